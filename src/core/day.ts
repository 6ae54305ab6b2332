/** A calendar day as ISO text, "2026-11-20". ISO days compare as text. */
export type Day = string;

const pad = (n: number, width = 2): string => String(n).padStart(width, "0");

/** Days from 1970-01-01 of a Gregorian date (no clock, no time zone). */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The day that lies `n` days after 1970-01-01. */
export function dayFromNumber(n: number): Day {
  const z = n + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

/** Reads "2026-11-20", "2026/11/20", "2026年11月20日" or "20261120"; undefined if there is no such day. */
export function readDay(text: string): Day | undefined {
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1) return undefined;
  const iso = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  return dayFromNumber(dayNumber(year, month, day)) === iso ? iso : undefined;
}

/** The n-th weekday (0 = Sunday) of a month "2026-12". */
export function nthWeekday(month: string, weekday: number, n: number): Day {
  const [year, monthNumber] = month.split("-").map(Number) as [number, number];
  const first = dayNumber(year, monthNumber, 1);
  // 1970-01-01 was a Thursday.
  const weekdayOfFirst = (((first + 4) % 7) + 7) % 7;
  return dayFromNumber(first + ((weekday - weekdayOfFirst + 7) % 7) + 7 * (n - 1));
}

/** Months since year 0 of a day or month, for comparing and shifting. */
export function monthNumber(dayOrMonth: string): number {
  const [year, month] = dayOrMonth.split("-").map(Number) as [number, number];
  return year * 12 + month - 1;
}

/** The number of a day, counted from 1970-01-01. */
export function numberFromDay(day: Day): number {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return dayNumber(year, month, date);
}

/** The month that lies `n` months after a month "2026-12". */
export function monthAfter(month: string, n: number): string {
  const months = monthNumber(month) + n;
  return `${pad(Math.floor(months / 12), 4)}-${pad((months % 12) + 1)}`;
}
