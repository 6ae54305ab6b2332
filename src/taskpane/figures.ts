/** Exact amounts as the account's rooms print them: the real minus sign, one decimal count a column, no rounding across a line. */
import { amount, digits, type Amount, type Day } from "../core";
import type { Language } from "./language";

/** What isn't known; never zero. */
export const UNKNOWN = "—";

const MINUS = "\u2212";

function group(text: string): string {
  const [whole = "", decimals] = text.replace("-", MINUS).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** "−0.00" says nothing that "0.00" doesn't. */
const rounded = (value: Amount, places: number): string => {
  const text = value.toFixed(places);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
};

/** @example moneyText(amount("471896")) // "471,896.00" */
export const moneyText = (value: Amount | undefined): string =>
  value === undefined ? UNKNOWN : group(rounded(value, 2));

const signed = (value: Amount, places: number): string => {
  const text = rounded(value, places);
  return value.greaterThan(0) && !/^0(\.0*)?$/.test(text) ? `+${group(text)}` : group(text);
};

/** A change or a difference: its sign is always there, but zero has none. */
export const changeText = (value: Amount | undefined): string =>
  value === undefined ? UNKNOWN : signed(value, 2);

/** Which way a figure may be rounded that must not seem smaller, or larger, than it is. */
export type Towards = "up" | "down" | "nearest";

const WAN = amount("10000");
const LEAST_IN_WAN = amount("1000000");

export const isInWan = (value: Amount): boolean => value.abs().greaterThanOrEqualTo(LEAST_IN_WAN);

/** In units of ten thousand, without the word; a sign only where there is a minus. */
export function inWan(value: Amount, towards: Towards): string {
  const cents = value.dividedBy(WAN).times(100);
  const kept = towards === "up" ? cents.ceil() : towards === "down" ? cents.floor() : cents;
  return group(rounded(kept.dividedBy(100), 2));
}

/** A change of a ratio, in points: 0.2139 → "+21.39". */
export const pointsText = (value: Amount | undefined): string =>
  value === undefined ? UNKNOWN : signed(value.times(100), 2);

/** A change in per cent of what was: 0.125 → "+12.5%". */
export const growthText = (value: Amount | undefined): string =>
  value === undefined ? UNKNOWN : `${signed(value.times(100), 1)}%`;

/** A share of the whole, one decimal: "37.7%". */
export const shareText = (value: Amount | undefined): string =>
  value === undefined ? UNKNOWN : `${group(rounded(value.times(100), 1))}%`;

/** A price or count with all its digits, grouped. */
export const plainText = (value: Amount | undefined): string =>
  value === undefined ? UNKNOWN : group(digits(value));

/** A rate with all its digits: 0.15 → "15%". */
export const rateText = (value: Amount | undefined): string =>
  value === undefined ? UNKNOWN : `${group(digits(value.times(100)))}%`;

/** Digits past which a ratio is printed whole. */
const MOST_PLACES = 10;

/**
 * A ratio in per cent with two decimals, and more where two would put it on a line it isn't on or over one.
 * @param lines fractions; only these can be crossed
 * @param least decimals where fewer than two will do
 */
export function ratioNumber(ratio: Amount, lines: readonly Amount[], least = 2): string {
  const percent = ratio.times(100);
  for (let places = least; places <= MOST_PLACES; places++) {
    const text = rounded(percent, places);
    const shown = amount(text);
    const keeps = lines.every((line) => {
      const level = line.times(100);
      return shown.comparedTo(level) === percent.comparedTo(level);
    });
    if (keeps) return group(text);
  }
  return group(digits(percent));
}

/** @example ratioText(amount("0.89996"), [amount("0.9")]) // "89.996%" */
export const ratioText = (ratio: Amount | undefined, lines: readonly Amount[]): string =>
  ratio === undefined ? UNKNOWN : `${ratioNumber(ratio, lines)}%`;

const LONGEST_CODE = 40;

/** A contract's code; a text far longer than any code is cut, as it would fill the pane. */
export const codeText = (code: string): string =>
  code.length > LONGEST_CODE ? `${code.slice(0, LONGEST_CODE)}…` : code;

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  zh: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

const sameYear = (a: Day, b: Day | undefined): boolean =>
  b !== undefined && a.slice(0, 4) === b.slice(0, 4);

/** "11-20", with its year where it isn't the statement's. */
export const dayText = (day: Day | undefined, beside: Day | undefined): string =>
  day === undefined ? UNKNOWN : sameYear(day, beside) ? day.slice(5) : day;

/** "11-23 周一" or "Mon 23 Nov", with the year where it isn't the statement's. */
export function weekdayText(day: Day, beside: Day | undefined, language: Language): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const weekday = WEEKDAYS[language][new Date(Date.UTC(year, month - 1, date)).getUTCDay()] ?? "";
  if (language === "zh") return `${dayText(day, beside)} ${weekday}`;
  const text = `${weekday} ${date} ${MONTHS[month - 1] ?? ""}`;
  return sameYear(day, beside) ? text : `${text} ${year}`;
}

/** A count: statements have up to a hundred thousand rows. */
export const countText = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
