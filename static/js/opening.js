// Says whether a service is open now. The page carries the days ahead (signposting/opening_hours/open_now.py);
// this only compares them with the clock. A clock that is plainly wrong gets no words at all.

const MINUTE = 60_000;
// A page is a little older than the moment it is read, never younger.
const EARLY = 5;

const dayOf = (days, minute) => days.filter(([start]) => start <= minute).length - 1;

function words({ from, until, days, spans }, now) {
  if (now < from - EARLY || now < days[0]?.[0] || now >= until || !days.length) return "";
  const today = dayOf(days, now);
  const reason = days[today][3];
  const closed = reason ? `Closed today, ${reason}.` : "Closed now.";
  const next = spans.find(([, ends]) => now < ends);
  if (!next) return closed;
  const [starts, ends, opens, closes] = next;
  if (now >= starts) return ends === until ? "Open now." : `Open now. Closes at ${closes}.`;
  const then = dayOf(days, starts);
  const [, weekday, date] = days[then];
  const far = then - today < 7 ? `on ${weekday}` : `on ${weekday} ${date}`;
  return `${closed} Opens at ${opens} ${["today", "tomorrow"][then - today] ?? far}.`;
}

const places = [...document.querySelectorAll("[data-opening]")].map((place) => [
  place,
  JSON.parse(place.dataset.opening),
]);

function update() {
  const now = Math.floor(Date.now() / MINUTE);
  for (const [place, opening] of places) {
    const said = words(opening, now);
    if (place.textContent !== said) place.textContent = said;
    place.hidden = !said;
  }
}

let timer;
function everyMinute() {
  update();
  clearTimeout(timer);
  timer = setTimeout(everyMinute, MINUTE - (Date.now() % MINUTE));
}

if (places.length) {
  everyMinute();
  // What the page says at first is read in its place; only a change is announced.
  for (const [place] of places) place.setAttribute("role", "status");
  document.addEventListener("visibilitychange", everyMinute);
}
