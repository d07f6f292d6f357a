// A preview beside the form, or on a screen of its own: a page for readers in a frame.
//
// The server makes the page. Here only the frame is chosen: how wide it is, whether scripts run
// in it, and what the server is asked for. It is asked again whenever a draft was kept.

const panel = document.querySelector("#preview");
const form = panel.querySelector("form");
const box = panel.querySelector(".preview__window");
const said = panel.querySelector(".preview__said");
const frame = box.querySelector("iframe");
const opener = document.querySelector("[data-preview]");
const root = document.documentElement;

const WIDTHS = { phone: 360, desktop: 1280, print: 690 }; // an A4 page between its margins
const OURS = ["as", "without"];
const OPEN = "preview"; // in this tab alone, so that a save does not shut it

let asked = 0; // how often: a browser on its way to an address drops a second order for the same
let shownAt = ""; // the address in the frame, to keep its place when it is shown again

const chosen = (name) => new FormData(form).get(name);

function wanted() {
  const fields = [...new FormData(form)].filter(([name, value]) => value && !OURS.includes(name));
  if ("beside" in panel.dataset) fields.push(["draft", document.querySelector("#draft").dataset.key]);
  return `${panel.dataset.frame}?${new URLSearchParams(fields)}`;
}

function show() {
  if (panel.hidden) return;
  frame.sandbox = chosen("without") ? "allow-same-origin" : "allow-same-origin allow-scripts";
  shownAt = frame.contentDocument ? `${frame.contentDocument.title} ${frame.contentWindow.scrollY}` : "";
  asked += 1;
  const address = `${wanted()}&asked=${asked}`;
  // Not its `src`, which would put each look into the way back.
  if (frame.contentDocument) frame.contentWindow.location.replace(address);
  else frame.src = address;
}

function fit() {
  const width = WIDTHS[chosen("as")];
  const scale = Math.min(1, box.clientWidth / width);
  frame.style.width = `${width}px`;
  frame.style.height = `${box.clientHeight / scale}px`;
  frame.style.transform = `scale(${scale})`;
}

// What a style sheet says of paper holds in the frame, and what it says of screens does not.
function asPrinted(rules) {
  for (const rule of rules) {
    if (rule.media && /\bprint\b/.test(rule.media.mediaText)) rule.media.mediaText = "all";
    else if (rule.media && /\bscreen\b/.test(rule.media.mediaText)) rule.media.mediaText = "not all";
    if (rule.cssRules) asPrinted(rule.cssRules);
  }
}

function loaded() {
  const page = frame.contentDocument;
  if (!page) {
    said.textContent = "This cannot be shown. If you are logged out, log in again in a new tab.";
    return;
  }
  if (page.URL === "about:blank") return;
  said.textContent = page.querySelector("meta[name=left-out]")?.content ?? "";
  if (chosen("as") === "print") for (const sheet of page.styleSheets) asPrinted(sheet.cssRules);
  const before = shownAt.lastIndexOf(" ");
  if (shownAt.slice(0, before) === page.title) frame.contentWindow.scrollTo(0, Number(shownAt.slice(before)));
}

function open(is) {
  panel.hidden = !is;
  root.classList.toggle("previewing", is);
  opener.ariaExpanded = is;
  opener.textContent = is ? "Shut the preview" : "Preview beside the form";
  if (is) sessionStorage.setItem(OPEN, "1");
  else sessionStorage.removeItem(OPEN);
  fit();
  show();
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", () => { fit(); show(); });
form.addEventListener("click", ({ target }) => {
  if (!target.matches("[data-day]")) return;
  form.elements.at_0.value = target.dataset.day;
  form.elements.at_1.value = target.dataset.time;
  show();
});
frame.addEventListener("load", loaded);
document.addEventListener("draft:kept", show);
new ResizeObserver(fit).observe(box);

if (opener) {
  opener.hidden = false;
  opener.addEventListener("click", () => {
    open(panel.hidden);
    if (!panel.hidden) panel.querySelector("h2").focus();
  });
  panel.querySelector("[data-shut]").addEventListener("click", () => {
    open(false);
    opener.focus();
  });
  if (sessionStorage.getItem(OPEN)) open(true);
} else {
  fit();
  show();
}
