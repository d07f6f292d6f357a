// Opens the steps for the browser that is reading. It looks and forgets: nothing is sent.

const kinds = [
  ["samsung-internet", /SamsungBrowser/],
  // Browsers that look like one of the others, and have steps of their own.
  ["", /CriOS|FxiOS|EdgiOS|EdgA|OPR|Vivaldi|DuckDuckGo/],
  ["safari-iphone", /iPhone|iPad/],
  ["firefox-android", /Android.*Firefox/],
  ["firefox", /Firefox/],
  ["chrome-android", /Android.*Chrome/],
  ["edge", /Edg\//],
  ["chrome", /Chrome/],
  ["safari-mac", /Macintosh.*Safari/],
];

let found = kinds.find(([, looks]) => looks.test(navigator.userAgent))?.[0];
// An iPad says that it is a Mac, but a Mac has no touch screen.
if (found === "safari-mac" && navigator.maxTouchPoints > 1) found = "safari-iphone";
const steps = found && document.querySelector(`details[data-browser="${found}"]`);
if (steps) steps.open = true;
