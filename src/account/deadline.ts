/** The day by which money must be there, counted in trading days. No clock: days are arithmetic. */
import { dayFromNumber, type Citation, type Day } from "../core";
import { tradingDays as known } from "../exchanges/trading-days";

const MILLISECONDS = 86_400_000;

const numberOf = (day: Day): number => {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, date) / MILLISECONDS;
};

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (((numberOf(day) + 4) % 7) + 7) % 7;

export interface TradingCalendar {
  readonly tradingDays: number;
  /** Days without trading besides Saturdays, Sundays and the holidays that are known. */
  readonly holidays: readonly Day[];
}

/** Month and day of what is closed in a year whose holidays are not announced yet. */
export const ALWAYS_CLOSED: { readonly days: readonly string[]; readonly source: Citation } = {
  days: ["01-01", "05-01", "10-01", "10-02", "10-03"],
  source: {
    title: {
      zh: "国务院《全国年节及纪念日放假办法》",
      en: "the State Council's regulation on public holidays",
    },
    article: {
      zh: "第二条：元旦（1 月 1 日）、劳动节（5 月 1 日）、国庆节（10 月 1 日至 3 日）放假",
      en: "article 2: 1 January, 1 May and 1 to 3 October are holidays",
    },
    certainty: "unverified",
    asOf: "2026-11-22",
    note: {
      zh: "放假办法原文未查到；调休和农历节日每年另行公布，不在其中",
      en: "the regulation itself was not seen; bridging days and lunar holidays are announced each year and are not among them",
    },
  },
};

/** The day of a deadline. */
export interface Deadline {
  readonly day: Day;
  /** False where it was counted in a year whose holidays are not known: it may be later. */
  readonly certain: boolean;
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));

const alwaysClosed = (day: Day): boolean => ALWAYS_CLOSED.days.includes(day.slice(5));

/** The n-th trading day after a day, and whether the holidays up to it are known; days given add to those. */
export function deadlineOf(day: Day, { tradingDays, holidays }: TradingCalendar): Deadline {
  const given = new Set(holidays);
  const own = holidays.filter((one) => !alwaysClosed(one));
  const isClosed = (one: Day): boolean =>
    known.closed.has(one) || given.has(one) || alwaysClosed(one);
  // Holidays given of a year tell of its days up to the last of them.
  const isTold = (one: Day): boolean =>
    own.some((holiday) => yearOf(holiday) === yearOf(one) && one <= holiday);
  const isKnown = (one: Day): boolean =>
    (yearOf(one) >= known.firstYear && yearOf(one) <= known.lastYear) || isTold(one);
  let number = numberOf(day);
  let certain = true;
  for (let left = tradingDays; left > 0;) {
    number += 1;
    const next = dayFromNumber(number);
    const weekday = weekdayOf(next);
    certain &&= isKnown(next);
    if (weekday !== 0 && weekday !== 6 && !isClosed(next)) left -= 1;
  }
  return { day: dayFromNumber(number), certain };
}

/**
 * The n-th trading day after a day; with none, that day itself.
 *
 * @example deadlineAfter("2026-11-20", { tradingDays: 1, holidays: [] }) // a Friday: "2026-11-23"
 */
export const deadlineAfter = (day: Day, calendar: TradingCalendar): Day =>
  deadlineOf(day, calendar).day;
