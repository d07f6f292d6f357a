// What is pasted into a text comes in as plain paragraphs, headings, lists, bold words and links,
// whatever it was copied from, and the screen says what was left out.
//
// The policy of the admin empties every style attribute of what is pasted, so styles are read as
// text here, before the editor sees the words.

const HIDDEN = /display:none|visibility:hidden|mso-hide:all|font-size:0(?:p[xt])?(?:;|$)/;
const COMMENT = "[class*=MsoComment], [id^=_com_], a[href^='#_msocom'], a[name^=_msoanchor], a[href^='#cmnt'], a[id^=cmnt]";
const DELETED = "del, s, strike, .msoDel, [data-deleted]";
const NOT_WORDS = "style, script, meta, link, title, xml, template, noscript, iframe, object, form";
const PICTURE = "img, svg, picture, video, audio, canvas";
const BLOCK = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, table, blockquote, section, article, pre, dl, dt, dd, figure";
const INVISIBLE = /[\u00ad\u034f\u061c\u200b\u200e\u200f\u2060\ufeff]/g;

const style = (element) => (element.getAttribute("style") ?? "").toLowerCase().replace(/\s+/g, "");

function remove(root, selector, what, left) {
  for (const element of root.querySelectorAll(selector)) {
    if (!element.isConnected && !root.contains(element)) continue;
    if (what) left.add(what);
    element.remove();
  }
}

const unwrap = (element) => element.replaceWith(...element.childNodes);

function rename(element, tag) {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  if (tag === "a") made.setAttribute("href", element.getAttribute("href"));
  element.replaceWith(made);
  return made;
}

// Conditional comments of Word and the like.
function removeComments(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) comment.remove();
}

function removeUnseen(root, left) {
  removeComments(root);
  remove(root, NOT_WORDS, "", left);
  for (const element of root.querySelectorAll("[style*='mso-element' i]")) {
    if (/mso-element:comment/.test(style(element))) {
      left.add("comments");
      element.remove();
    }
  }
  remove(root, COMMENT, "comments", left);
  remove(root, DELETED, "deleted words", left);
  remove(root, PICTURE, "pictures", left);
  for (const element of root.querySelectorAll("[style], [hidden]")) {
    const said = style(element);
    if (element.hasAttribute("hidden") || HIDDEN.test(said)) {
      left.add("hidden words");
      element.remove();
    } else if (/text-decoration(?:-line)?:[^;]*line-through/.test(said)) {
      left.add("deleted words");
      element.remove();
    }
  }
}

// Word's list items are paragraphs that begin with their bullet or number.
function makeLists(root) {
  let list = null;
  let last = null;
  for (const item of root.querySelectorAll("p[style*='mso-list' i], p[class*=MsoListParagraph]")) {
    const marker = [...item.querySelectorAll("span")].find((span) => style(span).includes("mso-list:ignore"));
    const sign = (marker?.textContent ?? /^\s*(?:[·•o§-]|\d+[.)])\s/.exec(item.textContent)?.[0] ?? "").trim();
    if (!marker && !sign) continue;
    marker?.remove();
    const kind = /^\(?(?:\d+|[a-z]|[ivx]+)[.)]$/i.test(sign) ? "ol" : "ul";
    if (!list || list.localName !== kind || last !== item.previousElementSibling) {
      list = root.ownerDocument.createElement(kind);
      item.before(list);
    }
    const made = root.ownerDocument.createElement("li");
    made.append(...item.childNodes);
    item.remove();
    list.append(made);
    last = list;
  }
}

// A table becomes a line for each row; a heading of its column stands before each word.
function makeLines(root, left) {
  for (const table of root.querySelectorAll("table")) {
    left.add("the form of a table; its words are here, a line for each row");
    const rows = [...table.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("th, td")]
      .map((cell) => cell.textContent.replace(/\s+/g, " ").trim()));
    const first = table.querySelector("tr");
    const heads = first?.querySelector("th") && !first.querySelector("td") ? rows.shift() : [];
    const lines = rows.map((cells) => cells
      .map((words, place) => (words && heads[place] ? `${heads[place]}: ${words}` : words))
      .filter(Boolean).join("; "));
    table.replaceWith(...lines.filter(Boolean).map((line) => {
      const paragraph = root.ownerDocument.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }));
  }
}

// Bold is what is bold, not what is called so: Google Docs puts all words into a <b> that is not.
function makeBold(root) {
  for (const element of root.querySelectorAll("b, strong, span, font")) {
    const weight = /(?:^|;)font-weight:([a-z0-9]+)/.exec(style(element))?.[1];
    const bold = weight ? ["bold", "bolder"].includes(weight) || weight >= 600 : element.matches("b, strong");
    if (bold && !element.closest("h1, h2, h3, h4, h5, h6") && element.textContent.trim()) rename(element, "strong");
    else unwrap(element);
  }
}

function makeBlocks(root) {
  const heading = { h1: "h2", h4: "h3", h5: "h3", h6: "h3", dt: "p", dd: "p", pre: "p", blockquote: "div", section: "div", article: "div", figure: "div" };
  for (const [from, to] of Object.entries(heading)) {
    for (const element of root.querySelectorAll(from)) rename(element, to);
  }
  for (const title of root.querySelectorAll("p[class*=MsoTitle], p[class*=MsoHeading]")) rename(title, "h2");
  for (const division of [...root.querySelectorAll("div")].reverse()) {
    if (division.querySelector(BLOCK)) unwrap(division);
    else rename(division, "p");
  }
  for (const line of root.querySelectorAll("br")) {
    const paragraph = line.closest("p");
    if (!paragraph) line.replaceWith(" ");
    else if (line.parentElement !== paragraph) line.replaceWith(" ");
    else {
      const rest = root.ownerDocument.createElement("p");
      while (line.nextSibling) rest.append(line.nextSibling);
      line.remove();
      paragraph.after(rest);
    }
  }
}

function makePlain(root, left) {
  const kept = "p, h2, h3, ul, ol, li, strong, a[href]";
  for (const link of root.querySelectorAll("a[href]")) {
    if (/^(?:https?:|mailto:)/i.test(link.getAttribute("href"))) continue;
    if (/^(?:tel|sms):/i.test(link.getAttribute("href"))) left.add("links to a telephone number");
    unwrap(link);
  }
  for (const element of [...root.querySelectorAll("*")].reverse()) {
    if (!element.matches(kept)) unwrap(element);
  }
  for (const element of root.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (name !== "href") element.removeAttribute(name);
    }
  }
  for (const element of [...root.querySelectorAll("p, h2, h3, li, ul, ol")].reverse()) {
    if (!element.textContent.replace(/[\s\u00a0]/g, "")) element.remove();
  }
}

// Return {html, left}: the words that may come in, and the names of what was left out.
export function cleaned(html) {
  const left = new Set();
  const root = new DOMParser().parseFromString(html, "text/html").body;
  removeUnseen(root, left);
  makeLists(root);
  makeLines(root, left);
  makeBold(root);
  makeBlocks(root);
  makePlain(root, left);
  return { html: root.innerHTML.replace(INVISIBLE, "").replace(/\u00a0/g, " ").replace(/&nbsp;/g, " "), left: [...left] };
}

// Say it under the text, once, in a place that is read out.
function tell(place, left) {
  let said = place.parentElement.querySelector(".pasted");
  if (!said) {
    place.insertAdjacentHTML("afterend", '<p class="pasted" role="status"></p>');
    said = place.nextElementSibling;
  }
  said.textContent = left.length ? `Left out of what you pasted: ${left.join(", ")}.` : "";
}

function pasted(event) {
  const words = event.target.closest?.(".tiptap");
  const html = event.clipboardData?.getData("text/html");
  if (!words || !html || html.includes("data-pm-slice")) return; // its own words come in as they are
  event.preventDefault();
  event.stopImmediatePropagation();
  const found = cleaned(html);
  words.editor.view.pasteHTML(found.html || " ");
  tell(words.closest(".prose-editor"), found.left);
}

document.addEventListener("paste", pasted, { capture: true });
