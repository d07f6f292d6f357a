// Leaving at once, also when the server is gone: blank first. Without script the link does it.

const exit = document.querySelector(".exit");
const status = document.querySelector("[data-exit-status]");
const root = document.documentElement;
let left = false;
let leaving = false;

// Invisible, but nothing moves and nothing loses its focus, so it can be undone.
const blank = () => { root.style.opacity = "0"; };
const restore = () => { root.style.opacity = ""; };

// The server decides whether a guard is good. Here one has to be there: the browser ends it,
// and the clock of a device may be wrong by more than ten minutes.
const guarded = () => /(?:^|; )pause=\d/.test(document.cookie);

// For good, title and icon too.
function clear() {
  left = true;
  blank();
  document.title = "Paused";
  document.querySelector("link[rel=icon]")?.setAttribute("href", exit.dataset.icon);
  document.body.replaceChildren();
}

// The server answers with the cover. A reload might ask about a form.
function cover() {
  clear();
  location.replace(location.href.split("#")[0]);
}

// Other tabs are cleared with this one, and covered when somebody turns to them.
const others = self.BroadcastChannel && new BroadcastChannel("leave");
others?.addEventListener("message", clear);
addEventListener("focus", () => { if (left && !leaving) cover(); });

function leave() {
  leaving = true;
  clear();
  // Five minutes, so that the server believes a clock that is five minutes wrong; its answer
  // to the request below makes it ten.
  const end = Math.floor(Date.now() / 1000) + 300;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `pause=${end}; path=/; max-age=600; samesite=lax${secure}`;
  others?.postMessage("");
  // A frame first: on a slow phone the rest takes longer than blanking. None comes off screen.
  requestAnimationFrame(() => setTimeout(go));
  setTimeout(go, 100);
}

let gone = false;

function go() {
  if (gone) return;
  gone = true;
  fetch(exit.href, { keepalive: true, redirect: "manual" }).catch(() => {});
  location.replace(exit.dataset.to);
}

exit.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// Shift three times within five seconds, alone: not as part of a capital or a shortcut.
let presses = 0;
let alone = false;
let timer;

function stopCounting(words) {
  clearTimeout(timer);
  if (presses) status.textContent = words;
  presses = 0;
  alone = false;
}

addEventListener("keydown", (event) => {
  if (event.key !== "Shift") stopCounting("");
  else alone = !event.ctrlKey && !event.altKey && !event.metaKey;
});
addEventListener("pointerdown", () => stopCounting(""));
addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  presses += 1;
  if (presses === 3) {
    leave();
    return;
  }
  if (presses === 1) timer = setTimeout(stopCounting, 5000, "You are still on this site.");
  status.textContent = presses === 1
    ? "Press Shift 2 more times to leave this site."
    : "Press Shift 1 more time to leave this site.";
});

// The app switcher and the browser's page cache show what stood here last: nothing.
addEventListener("pagehide", blank);
addEventListener("pageshow", (event) => {
  if (event.persisted && (left || guarded())) cover();
  else if (!left && !document.hidden) restore();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) blank();
  // Left in another tab meanwhile, without this script.
  else if (guarded()) cover();
  else if (!left) restore();
});
// Opened behind another tab.
if (document.hidden) blank();
