// Asks opening_hours from npm about every quarter hour of two years, for the hours on standard
// input: JSON, name -> [text in OpenStreetMap's notation, part of the UK]. Prints JSON: for each
// name the runs of equal answers, as [how many quarter hours, 0 closed, 1 open or 2 unknown].
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const OpeningHours = require("opening_hours");
const { version } = require("opening_hours/package.json");
const QUARTER = 15 * 60 * 1000;
const FIRST = Date.UTC(2026, 0, 1);
const LAST = Date.UTC(2028, 0, 1);

if (process.env.TZ !== "Europe/London") throw new Error("Set TZ=Europe/London: it uses the local clock.");

const questions = JSON.parse(readFileSync(0, "utf8"));
const answers = {};
for (const [name, [text, state]] of Object.entries(questions)) {
  const place = { lat: 0, lon: 0, address: { country_code: "gb", state } };
  const hours = new OpeningHours(text, place);
  const runs = [];
  for (let now = FIRST; now < LAST; now += QUARTER) {
    const date = new Date(now);
    const said = hours.getUnknown(date) ? 2 : Number(hours.getState(date));
    if (runs.at(-1)?.[1] === said) runs.at(-1)[0] += 1;
    else runs.push([1, said]);
  }
  answers[name] = runs;
}
const date = new Date().toISOString().slice(0, 10);
process.stdout.write(JSON.stringify({ library: "opening_hours (npm)", version, date, questions, answers }));
