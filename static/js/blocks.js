// The blocks of a page in the admin, for whoever works with keys or hears the screen.
//
// django-content-editor adds a block with a plus that takes no focus, moves it by dragging, and
// keeps blocks in the document by type. Here the plus and its menu take keys, each block has
// buttons whose names say which block, and the document has the order of the screen.

const PLUS = ".order-machine-insert-target";
const MENU = ".plugin-buttons";
const REMOVE = ".inline-deletelink";
const BUTTON = ".prose-menubar button";
const TOGGLE = "[data-name=bold], [data-name$=List]";
const FIELD = "fieldset :is(input:not([type=hidden]), select, textarea)";

let machine, news;
let opened = null; // the plus whose menu is open
let added = null; // the block just added, until the cursor is in it
let removed = null; // where the block stood that is being removed

const blocks = () => [...machine.querySelectorAll(":scope > .inline-related:not(.empty-form)")];
const ordered = () => blocks().sort((one, other) => one.style.order - other.style.order);
const numberInForm = (block) => block.id.split("-").pop();

function start() {
  machine = document.querySelector(".order-machine");
  machine.insertAdjacentHTML("beforebegin", '<p role="status" class="visually-hidden"></p>');
  news = machine.previousElementSibling;
  machine.querySelectorAll(".inline-related").forEach(giveControls);
  document.querySelector(MENU).id = "block-types";
  for (const control of document.querySelectorAll(`${PLUS}, ${MENU} .plugin-button`)) {
    control.role = "button";
    control.tabIndex = 0;
  }
  for (const plus of machine.querySelectorAll(PLUS)) {
    plus.setAttribute("aria-controls", "block-types");
    plus.ariaExpanded = false;
  }
  for (const icon of document.querySelectorAll(`h3 .material-icons, ${MENU} .material-icons`)) {
    icon.ariaHidden = true;
  }
  document.querySelector(".order-machine-help").textContent =
    "To move a block, use its buttons, or drag it by its bar.";
  document.querySelectorAll(".prose-editor > textarea").forEach(nameProse);
  arrange();
  listen();
}

// In the forms that new blocks are copied from, too.
function giveControls(block) {
  const title = block.querySelector("h3");
  const names = ["Move up", "Move down", "Hide"];
  const buttons = names.map((name) => `<button type="button" class="button">${name}</button>`);
  block.dataset.type = title.querySelector("b").textContent.replace(":", "");
  title.insertAdjacentHTML("afterend", `<p class="block-controls">${buttons.join(" ")}</p>`);
  title.nextElementSibling.prepend(block.querySelector(PLUS));
}

// Put blocks into the document in this order, and the cursor back where it was.
function place(inThisOrder) {
  const focused = document.activeElement;
  inThisOrder.forEach((block, index) => {
    if (machine.children[index] !== block) machine.children[index].before(block);
  });
  if (document.activeElement !== focused) focused.focus();
}

// Bring the document into the order of the screen, and name every control after its block.
function arrange() {
  place(ordered());
  const last = machine.querySelector(`:scope > ${PLUS}`);
  if (last !== machine.lastElementChild) machine.append(last);
  last.ariaLabel = "Add a block at the end";
  blocks().forEach((block, index, { length }) => {
    const name = `block ${index + 1}, ${block.dataset.type}`;
    const [up, down, hide] = block.querySelectorAll(".block-controls button");
    const remove = block.querySelector(`.delete input, ${REMOVE}`);
    block.role = "group";
    block.ariaLabel = name;
    block.querySelector("h3 b").textContent = `${index + 1}. ${block.dataset.type}:`;
    block.querySelector(PLUS).ariaLabel = `Add a block before ${name}`;
    up.ariaLabel = `Move up ${name}`;
    up.ariaDisabled = index === 0;
    down.ariaLabel = `Move down ${name}`;
    down.ariaDisabled = index === length - 1;
    hide.textContent = block.matches(".collapsed") ? "Show" : "Hide";
    hide.ariaLabel = `${hide.textContent} ${name}`;
    if (remove) remove.ariaLabel = `${remove.matches("input") ? "Delete" : "Remove"} ${name}`;
  });
}

function move(block, by) {
  const moved = ordered();
  const to = moved.indexOf(block) + by;
  if (!moved[to]) return;
  moved.splice(to - by, 1);
  moved.splice(to, 0, block);
  moved.forEach((each, index) => {
    each.style.order = each.querySelector(".order-machine-ordering").value = 10 * (index + 1);
  });
  arrange();
  block.scrollIntoView({ block: "nearest" });
  news.textContent = `${block.dataset.type} is now block ${to + 1} of ${moved.length}.`;
}

// Put the cursor into a new block. Rich text comes a moment after its block.
function enter(block) {
  const field = block.querySelector(FIELD);
  const words = field.parentElement.querySelector(".tiptap");
  (words ?? field).focus();
  added = words || !field.matches("textarea[data-django-prose-editor-configurable]") ? null : block;
}

// A rich text is called what its hidden textarea is called.
function nameProse(textarea) {
  const words = textarea.parentElement.querySelector(".tiptap");
  if (!words) return;
  words.ariaLabel = textarea.labels[0].textContent.replace(":", "");
  words.ariaMultiLine = true;
  words.spellcheck = true;
  textarea.parentElement.querySelectorAll(BUTTON).forEach(tellState);
}

// A button of a rich text shows by its looks that it is of no use now, or is on: it says so, too.
function tellState(button) {
  button.ariaDisabled = button.matches(".disabled");
  if (button.matches(TOGGLE)) button.ariaPressed = button.matches(".active");
}

// The menu of types is open or not: the cursor goes into it, and out of it.
function followMenu() {
  const open = machine.querySelector(`${PLUS}.selected`);
  if (open === opened) return;
  if (opened) opened.ariaExpanded = false;
  opened = open;
  if (!open) return;
  open.ariaExpanded = true;
  document.querySelector(`${MENU} .plugin-button`).focus({ preventScroll: true });
}

function clicked({ target }) {
  const block = target.closest(".inline-related");
  const button = target.closest(".block-controls button");
  if (button) {
    const [up, down] = button.parentElement.querySelectorAll("button");
    if (button === up) move(block, -1);
    else if (button === down) move(block, 1);
    else block.querySelector("h3").click();
  } else if (target.matches(".delete input")) {
    target.focus(); // the editor takes it away
    news.textContent = target.checked ? `${block.ariaLabel} goes when you save.` : "";
  } else if (removed !== null) {
    arrange();
    machine.querySelectorAll(PLUS)[removed].focus();
    news.textContent = `${block.ariaLabel} is removed.`;
    removed = null;
  }
  arrange();
  followMenu();
}

// Django numbers what is left of a type as it stands in the document, and wants what is saved
// already to come first: for this moment the document has the order of the form.
function aboutToClick({ target }) {
  if (!target.matches(REMOVE)) return;
  removed = blocks().indexOf(target.closest(".inline-related"));
  place(blocks().sort((one, other) => numberInForm(one) - numberInForm(other)));
}

function keyed(event) {
  const button = event.target.closest(".order-machine-wrapper [role=button]");
  if (button && ["Enter", " "].includes(event.key)) {
    event.preventDefault();
    if (!event.repeat) button.click();
  } else if (event.key === "Escape" && opened) {
    opened.focus();
    opened.click();
  }
}

// Each of these comes after the editor's own, so what a press did is done.
function listen() {
  document.addEventListener("click", aboutToClick, { capture: true });
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", keyed);
  document.addEventListener("drop", arrange);
  document.querySelector(".collapse-items input").addEventListener("change", arrange);
  document.querySelector(MENU).addEventListener("focusout", ({ relatedTarget }) => {
    if (opened && relatedTarget && !relatedTarget.closest(`${MENU}, ${PLUS}`)) opened.click();
  });
  document.addEventListener("formset:added", ({ target }) => {
    if (!target.matches(".order-machine > .inline-related")) return;
    arrange();
    enter(target);
    news.textContent = `${target.ariaLabel} is added.`;
  });
  document.addEventListener("prose-editor:ready", ({ target }) => {
    nameProse(target);
    if (added?.contains(target)) enter(added);
  });
  new MutationObserver((changes) => {
    for (const { target } of changes) if (target.matches(BUTTON)) tellState(target);
  }).observe(document.body, { subtree: true, attributeFilter: ["class"] });
}

if (document.querySelector(`.order-machine .inline-related ${PLUS}`)) start();
else document.addEventListener("content-editor:ready", start);
