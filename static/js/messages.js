// After a form was sent: what came of it is where the eye is. First the message, then what is
// wrong, each with a link to its field.

const FIELD = "input:not([type=hidden]), select, textarea";
const content = document.querySelector("#content-start");

// The field that a list of errors is about: in its own row, or the first of its block.
function fieldOf(list) {
  const row = list.closest(".form-row, .fieldBox, td, form > div") ?? list.parentElement;
  const field = row.querySelector(FIELD) ?? list.closest(".inline-related, form")?.querySelector(`fieldset ${FIELD}`);
  return field?.parentElement.querySelector(".tiptap") ?? field;
}

// Such as "Block 3, Text: Title". An error of the whole form is of no field.
function nameOf(list, field) {
  const block = list.closest(".inline-related")?.ariaLabel ?? "";
  const hidden = field.closest(".prose-editor")?.querySelector("textarea") ?? field;
  const label = list.closest(".nonfield") ? "" : hidden.labels?.[0]?.textContent.trim().replace(/:$/, "") ?? "";
  const name = [block, label].filter(Boolean).join(": ");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function go(field) {
  const block = field.closest(".inline-related.collapsed");
  if (block) block.querySelector("h3").click();
  field.closest("details, fieldset.collapsed")?.setAttribute("open", "");
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center" });
}

function summary(lists) {
  const items = lists.flatMap((list) => {
    const field = fieldOf(list);
    if (!field) return [];
    return [...list.querySelectorAll("li")].map((error) => {
      const item = document.createElement("li");
      const name = nameOf(list, field);
      if (list.matches("#content form > div > .errorlist")) item.append(...[...error.childNodes].map((node) => node.cloneNode(true)));
      else {
        const link = document.createElement("a");
        link.href = "#";
        link.textContent = name ? `${name}: ${error.textContent}` : error.textContent;
        link.addEventListener("click", (event) => {
          event.preventDefault();
          go(field);
        });
        item.append(link);
      }
      return item;
    });
  });
  if (!items.length) return null;
  const found = document.createElement("div");
  found.className = "wrong";
  found.tabIndex = -1;
  found.setAttribute("role", "group");
  found.setAttribute("aria-labelledby", "wrong");
  found.innerHTML = '<h2 id="wrong">Nothing was saved: mend this first</h2><ul></ul>';
  found.lastElementChild.append(...items);
  content.querySelector("#content").prepend(found);
  return found;
}

function show() {
  const lists = [...content.querySelectorAll("form .errorlist")].filter((list) => list.querySelector("li"));
  const wrong = summary(lists);
  const first = content.querySelector(".messagelist") ?? wrong ?? content.querySelector(".draft-notice");
  if (!first) return;
  // The browser would go back to where the page stood, past the message.
  history.scrollRestoration = "manual";
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  scrollTo(0, 0);
  first.scrollIntoView({ block: "nearest" });
}

// The editor of blocks wants to scroll back to where it was, past the message. It would do so a
// moment after the page stands, and take away the field that somebody has gone to by then.
document.addEventListener("submit", ({ target }) => {
  // Not its `action`: a form with a field of that name has the field there.
  const to = target.getAttribute("action");
  if (to) target.setAttribute("action", to.replace(/scrollY=\d+&?/, ""));
});

const editor = document.querySelector("#content-editor-context");
if (editor && !document.querySelector(".order-machine [role=group]")) document.addEventListener("content-editor:ready", show);
else show();
