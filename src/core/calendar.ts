/** Trading days, and the day an option expires by its exchange's rule. No clock: days are arithmetic. */
import { dayFromNumber, monthAfter, nthWeekday, numberFromDay, type Day } from "./day";
import { MarginError } from "./errors";
import type { Citation, RuleSet } from "./rule";

/** The years whose holidays have been announced, and the weekdays among them without trading. */
export interface TradingCalendar {
  readonly firstYear: number;
  readonly lastYear: number;
  readonly closed: ReadonlySet<Day>;
  readonly source: Citation;
}

/**
 * How a last trading day is found from the contract month:
 * - the n-th weekday (0 = Sunday) of it, postponed to the next trading day where that is a holiday;
 * - or a trading day of a month before it, counted from its first, or from its last where negative;
 *   `upTo` leaves out the trading days after that day of the month;
 * - or the contract's code says it.
 */
export type ExpiryDay =
  | { readonly weekday: number; readonly nth: number }
  | { readonly tradingDay: number; readonly monthsBefore: number; readonly upTo?: number }
  | { readonly inCode: true };

/** An exchange's rule of the last trading day, which is the expiry day; the citation's article is the rule. */
export interface ExpiryRule {
  /** First contract month it holds for. */
  readonly fromMonth?: string;
  /** The products it holds for; without it, the others of the exchange's table. */
  readonly products?: readonly string[];
  /** It is the rule of the monthly series 月度系列期权. */
  readonly series?: true;
  readonly day: ExpiryDay;
  readonly source: Citation;
}

/** An option's expiry day. */
export interface Expiry {
  readonly rule: ExpiryRule;
  /** The month it falls in, "2026-12". */
  readonly month: string;
  /** Undefined where it takes trading days of a year that is not known. */
  readonly day: Day | undefined;
  /** False where the day is the rule's before any holiday shift, the year's holidays not being known. */
  readonly shifted: boolean;
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));

const covers = (calendar: TradingCalendar | undefined, day: Day): calendar is TradingCalendar =>
  calendar !== undefined && yearOf(day) >= calendar.firstYear && yearOf(day) <= calendar.lastYear;

const isWeekday = (day: Day): boolean => {
  // 1970-01-01 was a Thursday: 0 is Sunday, 6 Saturday.
  const weekday = (((numberFromDay(day) + 4) % 7) + 7) % 7;
  return weekday % 6 !== 0;
};

/** The error for a day in a year whose holidays are not known. */
export const noCalendar = (
  argument: string,
  day: Day,
  calendar: TradingCalendar | undefined,
): MarginError =>
  new MarginError("noCalendar", {
    argument,
    value: day.slice(0, 4),
    ...(calendar && { detail: `${calendar.firstYear}–${calendar.lastYear}` }),
  });

/**
 * Whether there is trading on a day; a weekend working day is none.
 * @throws noCalendar for a day in a year that the calendar does not know.
 */
export function isTradingDay(day: Day, calendar: TradingCalendar | undefined): boolean {
  if (!covers(calendar, day)) throw noCalendar("on", day, calendar);
  return isWeekday(day) && !calendar.closed.has(day);
}

/** A weekday that is no known holiday: in a year that is not known, every weekday. */
const mayTrade = (day: Day, calendar: TradingCalendar | undefined): boolean =>
  isWeekday(day) && !calendar?.closed.has(day);

function stepped(day: Day, n: number, trades: (day: Day) => boolean): Day {
  let number = numberFromDay(day);
  for (let left = Math.abs(n); left > 0;) {
    number += Math.sign(n);
    if (trades(dayFromNumber(number))) left -= 1;
  }
  return dayFromNumber(number);
}

/**
 * The n-th trading day after a day, before it where n is negative.
 *
 * @throws noCalendar where a day passed is in a year that the calendar does not know.
 * @example tradingDayFrom("2026-09-30", 1, calendar) // "2026-10-08"
 */
export const tradingDayFrom = (day: Day, n: number, calendar: TradingCalendar | undefined): Day =>
  stepped(day, n, (passed) => isTradingDay(passed, calendar));

/** The same where a best guess will do: in a year that is not known, weekdays count. */
export const likelyTradingDayFrom = (
  day: Day,
  n: number,
  calendar: TradingCalendar | undefined,
): Day => stepped(day, n, (passed) => mayTrade(passed, calendar));

/** A calendar's months, counted once: a table names the same ones on every row. */
const counted = new WeakMap<TradingCalendar, Map<string, readonly Day[]>>();

function tradingDaysOf(month: string, upTo: number, calendar: TradingCalendar): readonly Day[] {
  const months = counted.get(calendar) ?? new Map<string, readonly Day[]>();
  counted.set(calendar, months);
  const key = `${month} ${upTo}`;
  const first = numberFromDay(`${month}-01`);
  const days =
    months.get(key) ??
    Array.from({ length: upTo }, (_, i) => dayFromNumber(first + i)).filter(
      (day) => day.startsWith(month) && mayTrade(day, calendar),
    );
  months.set(key, days);
  return days;
}

/** The rule of a contract's expiry; none for a product the exchange's table does not list. */
function ruleOf(
  { expiries = [], products }: RuleSet,
  product: string,
  month: string,
  series: boolean,
): ExpiryRule | undefined {
  if (!products.some(({ code }) => code === product)) return undefined;
  const own = expiries.filter((rule) => Boolean(rule.series) === series);
  const named = own.filter((rule) => rule.products?.includes(product));
  const those = named.length > 0 ? named : own.filter((rule) => !rule.products);
  return those
    .filter(({ fromMonth }) => fromMonth === undefined || fromMonth <= month)
    .sort((a, b) => ((a.fromMonth ?? "") < (b.fromMonth ?? "") ? -1 : 1))
    .at(-1);
}

/** What rules were asked before: a table names the same product and month on every row. */
const expiries = new WeakMap<RuleSet, Map<string, Expiry | undefined>>();

/**
 * The expiry day of an option by its exchange's rule, holidays counted where the year's are known.
 * Undefined where no source gave a rule.
 *
 * @example expiryOf(sse, "510050", "2023-01", false)?.day // "2023-01-30", over the Spring Festival
 */
export function expiryOf(
  rules: RuleSet,
  product: string,
  month: string,
  series: boolean,
): Expiry | undefined {
  const asked = expiries.get(rules) ?? new Map<string, Expiry | undefined>();
  expiries.set(rules, asked);
  const key = `${product} ${month} ${series}`;
  if (!asked.has(key)) asked.set(key, expiryBy(rules, product, month, series));
  return asked.get(key);
}

function expiryBy(
  rules: RuleSet,
  product: string,
  month: string,
  series: boolean,
): Expiry | undefined {
  const rule = ruleOf(rules, product, month, series);
  if (!rule) return undefined;
  const { calendar } = rules;
  const { day } = rule;
  if ("inCode" in day) return { rule, month, day: undefined, shifted: false };
  if ("weekday" in day) {
    const meant = nthWeekday(month, day.weekday, day.nth);
    if (!covers(calendar, meant)) return { rule, month, day: meant, shifted: false };
    const open = mayTrade(meant, calendar) ? meant : likelyTradingDayFrom(meant, 1, calendar);
    return { rule, month, day: open, shifted: true };
  }
  const inMonth = monthAfter(month, -day.monthsBefore);
  const days = covers(calendar, `${inMonth}-01`)
    ? tradingDaysOf(inMonth, day.upTo ?? 31, calendar)
    : [];
  const found = days.at(day.tradingDay > 0 ? day.tradingDay - 1 : day.tradingDay);
  return { rule, month: inMonth, day: found, shifted: found !== undefined };
}

/**
 * The same where a best guess will do: a day that is counted in trading days of a year that is not known is
 * counted in weekdays.
 */
export function likelyExpiryDay(
  { rule: { day }, month, day: known }: Expiry,
  calendar: TradingCalendar | undefined,
): Day | undefined {
  if (known !== undefined || "weekday" in day || "inCode" in day) return known;
  const { tradingDay, upTo } = day;
  const first = numberFromDay(`${month}-01`);
  if (tradingDay > 0) return likelyTradingDayFrom(dayFromNumber(first - 1), tradingDay, calendar);
  const after = upTo === undefined ? `${monthAfter(month, 1)}-01` : dayFromNumber(first + upTo);
  return likelyTradingDayFrom(after, tradingDay, calendar);
}
