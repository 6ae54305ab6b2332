/** The day by which money must be there, counted in trading days. No clock: days are arithmetic. */
import { dayFromNumber, type Day } from "../core";

const MILLISECONDS = 86_400_000;

const numberOf = (day: Day): number => {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, date) / MILLISECONDS;
};

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (((numberOf(day) + 4) % 7) + 7) % 7;

export interface TradingCalendar {
  readonly tradingDays: number;
  /** Days without trading besides Saturdays and Sundays. */
  readonly holidays: readonly Day[];
}

/**
 * The n-th trading day after a day; with none, that day itself.
 *
 * @example deadlineAfter("2026-11-20", { tradingDays: 1, holidays: [] }) // a Friday: "2026-11-23"
 */
export function deadlineAfter(day: Day, { tradingDays, holidays }: TradingCalendar): Day {
  const closed = new Set(holidays);
  let number = numberOf(day);
  let left = tradingDays;
  while (left > 0) {
    number += 1;
    const next = dayFromNumber(number);
    const weekday = weekdayOf(next);
    if (weekday !== 0 && weekday !== 6 && !closed.has(next)) left -= 1;
  }
  return dayFromNumber(number);
}
