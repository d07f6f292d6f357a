// Keeps what staff type into a form and have not saved: on our server, for whoever typed it.
//
// It looks once a second whether anything changed, so whatever changes a form counts. Before a
// form is sent it asks the server: a form that could not be kept, or whose log-in has ended, is
// not sent into nothing, and says so.

const SECOND = 1000;
const KEEPALIVE = 60_000; // bytes that a browser sends for a page that is going away
const OWN = ["csrfmiddlewaretoken", "draft", "action", "number"];
const SECRET = "[type=password], [autocomplete=one-time-code]";
const TYPED = "input:not([type=hidden], [type=submit]), textarea, select";

const { dataset: page } = document.querySelector("#draft");
const forms = [...document.querySelectorAll("#content form[method=post]")].filter(
  (form) => !form.matches("#changelist-form, [data-no-draft]") &&
    form.querySelector(TYPED) && !form.querySelector(SECRET),
);

let touched = false; // until then, what changes a form is a script of its own
let kept; // what the server has, or the form began with
let failed = "";
let sending = false; // the form is on its way
let passing = false; // its second submit, which goes through
let looked = 0; // seconds since the last try that failed
let queue = Promise.resolve();
let status, alarm;

function typed() {
  const pairs = forms.flatMap((form) => [...new FormData(form)]);
  return JSON.stringify(
    pairs.filter(([name, value]) =>
      typeof value === "string" && !OWN.includes(name) && !name.includes("__prefix__")),
  );
}

const body = (fields) => JSON.stringify({
  key: page.key,
  user: page.user,
  address: page.address,
  title: [...document.querySelectorAll("#content > :is(h1, h2)")].map((line) => line.textContent.trim()).join(": "),
  fields: JSON.parse(fields),
});

function send(fields, options = {}) {
  const headers = { "Content-Type": "application/json" };
  return fetch(page.keep, { method: "POST", headers, body: body(fields), ...options });
}

// Why it could not be kept, in words and with what to do; "" if all is well.
async function reason(response) {
  if (!response) return "We cannot reach the site, so what you type is not kept. It is still here. Do not close this tab. We try again by ourselves.";
  if (response.ok) return "";
  const because = response.status === 413 ? "long" : (await response.json().catch(() => ({}))).because;
  const login = `<a href="${page.login}" target="_blank">Log in again in a new tab</a>`;
  return {
    "logged out": `You are logged out, so what you type is not kept. It is still here. ${login}, then come back to this one.`,
    "somebody else": `Somebody else is logged in now, so what you type is not kept. It is still here. ${login} with your own name, then come back to this one.`,
    long: "This is too long to keep or to save. It is still here. Move some of it to another page.",
  }[because] ?? "Something went wrong, so what you type is not kept. It is still here. Do not close this tab. We try again by ourselves.";
}

function tell(why) {
  if (why === failed) return;
  failed = why;
  alarm.innerHTML = why;
  alarm.hidden = !why;
}

// Keep these fields, or with "null" only ask whether they could be kept. One after the other.
function keep(fields = typed()) {
  queue = queue.then(async () => {
    const response = await send(fields).catch(() => null);
    tell(await reason(response));
    looked = 0;
    if (failed) return false;
    const { token, at } = await response.json();
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
    if (fields !== "null") {
      kept = fields;
      status.textContent = `Kept as you type, ${at}. Not saved yet.`;
      settle();
      document.dispatchEvent(new Event("draft:kept"));
    }
    return true;
  });
  return queue;
}

const changed = () => touched && typed() !== kept;

// The status is busy while there is something that it does not speak of yet.
function settle() {
  if (!changed()) status.ariaBusy = false;
}

function look() {
  looked += 1;
  if (!touched) kept = typed();
  settle();
  if (!sending && changed() && (!failed || looked >= 5)) keep();
}

// What a script sets off by itself, such as the editor of blocks when it opens, is nobody's work.
function touch({ isTrusted, type }) {
  if (touched || !isTrusted) return;
  if (["focusin", "pointerdown"].includes(type)) kept = typed(); // nothing is changed yet
  touched = true;
}

async function submitted(event) {
  if (passing) return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  touched = true;
  const { target, submitter } = event;
  const could = await keep(typed() === kept ? "null" : typed());
  if (!could) {
    sending = false;
    alarm.scrollIntoView({ block: "nearest" });
    return;
  }
  passing = true;
  target.requestSubmit(submitter);
  passing = false;
  // What goes into a frame, such as a preview, leaves this page as it is: it can be saved after.
  if (submitter?.formTarget) sending = false;
}

// A page that goes away sends what is left, if the browser still takes it; else it asks.
function goingAway(event) {
  if (sending || !changed()) return;
  const fields = typed();
  const whole = new Blob([body(fields)]).size;
  if (!failed && whole < KEEPALIVE) send(fields, { keepalive: true }).catch(() => {});
  else if (event.type === "beforeunload") event.preventDefault();
}

// A form that the server did not fill in itself.
function fill(fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of forms.flatMap((form) => [...form.elements])) {
    if (!control.matches(TYPED) || control.type === "file") continue;
    const sent = values.get(control.name) ?? [];
    if (["checkbox", "radio"].includes(control.type)) control.checked = sent.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = sent.includes(option.value);
    else if (sent.length) control.value = sent.shift();
  }
}

function start() {
  const fields = document.querySelector("#draft-fields");
  if (fields) fill(JSON.parse(fields.textContent));
  for (const form of forms) {
    form.insertAdjacentHTML("beforeend", `<input type="hidden" name="draft" value="${page.key}">`);
    form.addEventListener("submit", submitted);
    for (const event of ["focusin", "pointerdown", "keydown", "change", "drop"]) {
      form.addEventListener(event, touch, { capture: true });
    }
    for (const event of ["keydown", "input", "change", "drop"]) {
      form.addEventListener(event, () => { status.ariaBusy = true; }, { capture: true });
    }
  }
  const last = forms.at(-1);
  const place = last.querySelector(".submit-row") ?? last;
  place.insertAdjacentHTML("beforeend", '<p role="status" class="draft-status"></p>');
  status = place.lastElementChild;
  document.body.insertAdjacentHTML("beforeend", '<div role="alert" class="draft-alarm" hidden></div>');
  alarm = document.body.lastElementChild;
  kept = typed();
  setInterval(look, SECOND);
  addEventListener("beforeunload", goingAway);
  addEventListener("pagehide", goingAway);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) goingAway({});
    else if (failed) keep(changed() ? typed() : "null");
  });
  addEventListener("focus", () => { if (failed) keep(changed() ? typed() : "null"); });
  addEventListener("pageshow", () => { sending = false; });
}

if (forms.length) start();
