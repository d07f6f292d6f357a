// The cookie forms without a reload or a jump.

const SECONDS = 12;
const TOLD = "[data-told]:not([hidden])";
const root = document.documentElement;
let sent;
const find = (page = document) => page.querySelector("#choice");

// Only a page that the server marked is counted, and it marks none without agreement.
function countOn(page) {
  if (!page.querySelector("[data-count]")) return;
  navigator.sendBeacon("/cookies/count/", new URLSearchParams({ page: location.pathname }));
}

async function answerTo(form, fields, giveUp) {
  const timer = setTimeout(() => giveUp.abort(), SECONDS * 1000);
  try {
    const response = await fetch(form.action, { method: "POST", body: fields, signal: giveUp.signal });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } finally {
    clearTimeout(timer);
  }
}

function show(page) {
  find().replaceWith(document.adoptNode(find(page)));
  for (const name of ["data-text", "data-colours", "data-beta"]) {
    const value = page.documentElement.getAttribute(name);
    if (value === null) root.removeAttribute(name);
    else root.setAttribute(name, value);
  }
  countOn(page);
}

document.addEventListener("submit", async (event) => {
  const section = find();
  // An older browser does not say which button was pressed: it sends the form itself.
  if (!section?.contains(event.target) || !("submitter" in event)) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(event.target));
  if (event.submitter?.name) fields.append(event.submitter.name, event.submitter.value);
  // Said twice is said once; whoever says something else meanwhile means that.
  if (sent?.said === `${fields}`) return;
  sent?.giveUp.abort();
  const mine = (sent = { said: `${fields}`, giveUp: new AbortController() });
  const page = await answerTo(event.target, fields, mine.giveUp).catch(() => null);
  if (sent !== mine) return;
  sent = undefined;
  // The page of an error may ask the question too; only an answer tells what became of it.
  if (page && find(page)?.querySelector(TOLD)) {
    show(page);
  } else {
    // What was told before, such as "saved", is not true of this choice.
    for (const told of section.querySelectorAll("[data-told]")) told.hidden = !("problem" in told.dataset);
  }
  find().querySelector(TOLD).focus();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-hide]")) return;
  event.preventDefault();
  const section = find();
  const form = section.querySelector("form");
  (form ? event.target.closest("[data-told]") : section).remove();
  history.replaceState(null, "", location.pathname);
  (form ? section : document.querySelector("main")).focus({ preventScroll: true });
});

// On the cookie pages: back to the page of ours that led here, which the server may not know.
function nameTheWayBack() {
  const back = document.querySelector("[data-back]");
  if (!back || location.search || !document.referrer.startsWith(`${location.origin}/`)) return;
  const { pathname } = new URL(document.referrer);
  // "//name/" would name another machine.
  if (!/^\/(?!\/|cookies\/|admin\/)/.test(pathname)) return;
  back.setAttribute("href", pathname);
  document.querySelector("#choice [name=next]").value = pathname;
}

nameTheWayBack();
countOn(document);
