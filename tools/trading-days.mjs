// Writes src/exchanges/closed-days.ts: the weekdays that are state holidays, from the package chinese-days.
// Run it when a new year's holidays have been announced and the package has them.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "./config.mjs";
import { isMain } from "./main.mjs";

/** The year the first option was listed. */
const FIRST_YEAR = 2015;

/** @returns {Map<number, string[]>} the weekdays of each known year that are holidays, as "0101" */
export function closedWeekdays() {
  /** @type {{ holidays: Record<string, string> }} */
  const { holidays } = createRequire(import.meta.url)("chinese-days/dist/chinese-days.json");
  /** @type {Map<number, string[]>} */
  const years = new Map();
  for (const day of Object.keys(holidays).sort()) {
    const year = Number(day.slice(0, 4));
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (year < FIRST_YEAR || weekday % 6 === 0) continue;
    years.set(year, [...(years.get(year) ?? []), day.slice(5).replace("-", "")]);
  }
  return years;
}

/** The file of those days. */
export function closedDaysSource() {
  const years = [...closedWeekdays()].map(([year, days]) => `  ${year}: "${days.join(" ")}",`);
  return [
    "/** Weekdays that are state holidays, month and day, by year; written by tools/trading-days.mjs. */",
    "export const CLOSED_DAYS: Readonly<Record<number, string>> = {",
    ...years,
    "};",
    "",
  ].join("\n");
}

if (isMain(import.meta.url)) {
  writeFileSync(path.join(root, "src", "exchanges", "closed-days.ts"), closedDaysSource());
}
