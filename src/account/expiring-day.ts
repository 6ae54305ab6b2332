/** When the options of a book expire, and how far off that is. */
import {
  dayFromNumber,
  isTradingDay,
  noCalendar,
  numberFromDay,
  sentence,
  type Bilingual,
  type Citation,
  type Day,
  type TradingCalendar,
} from "../core";
import type { Line } from "./book";
import { known, unknown, type Known } from "./expiring-known";
import { optionOf, tried } from "./figure";

/** An option's last day as far as it is known. */
export interface ExpiryDay {
  readonly day: Day | undefined;
  /** False where holidays may still move the day, or there is none. */
  readonly shifted: boolean;
  /** The rule it comes from; none where the code itself tells it. */
  readonly source: Citation | undefined;
  /** Why there is no day, or why it may still move. */
  readonly note: Bilingual | undefined;
  /** From the book's day; below zero once it has passed. */
  readonly calendarDays: number | undefined;
  /** The same in trading days, the expiry day among them. */
  readonly tradingDays: Known<number>;
}

const noDay = (note: Bilingual, source?: Citation): ExpiryDay => ({
  day: undefined,
  shifted: false,
  source,
  note,
  calendarDays: undefined,
  tradingDays: { unknown: note },
});

/** Counts from one day, each expiry once: a book has few of them. */
export class ExpiryDays {
  private readonly counted = new Map<TradingCalendar | undefined, Map<Day, Known<number>>>();

  constructor(private readonly on: Day) {}

  of({ position }: Line): ExpiryDay {
    const { contract: code, subject } = position;
    if (subject?.kind === "otherOption" && subject.expiry)
      return this.at(subject.expiry, undefined);
    const contract = optionOf(position);
    const { rules, expiry } = contract ?? {};
    if (!contract || !expiry) {
      return noDay({
        zh: `${code} 的到期日没有查到规则，以合约公告为准。`,
        en: `No rule was found for the day ${code} expires; the exchange's notice has it.`,
      });
    }
    const { day, month, shifted, rule } = expiry;
    const open = sentence(noCalendar("on", day ?? `${month}-01`, rules?.calendar));
    if (day === undefined) {
      const zh = `${code} 的到期日要数交易日才知道：${open.zh}。`;
      const en = `The day ${code} expires is counted in trading days: ${open.en}.`;
      return noDay({ zh, en }, rule.source);
    }
    const note = {
      zh: `${day} 按规则推算，遇休市会顺延：${open.zh}。`,
      en: `${day} is the rule's day, which a holiday would move: ${open.en}.`,
    };
    return {
      ...this.at(day, rules?.calendar),
      shifted,
      source: rule.source,
      note: shifted ? undefined : note,
    };
  }

  private at(day: Day, calendar: TradingCalendar | undefined): ExpiryDay {
    return {
      day,
      shifted: true,
      source: undefined,
      note: undefined,
      calendarDays: numberFromDay(day) - numberFromDay(this.on),
      tradingDays: this.tradingDaysTo(day, calendar),
    };
  }

  private tradingDaysTo(day: Day, calendar: TradingCalendar | undefined): Known<number> {
    const days = this.counted.get(calendar) ?? new Map<Day, Known<number>>();
    this.counted.set(calendar, days);
    const count = days.get(day) ?? this.count(day, calendar);
    days.set(day, count);
    return count;
  }

  private count(day: Day, calendar: TradingCalendar | undefined): Known<number> {
    if (!calendar) {
      return unknown(
        "这个市场的交易日没有收录，只数日历日。",
        "The trading days of this market aren't known; only calendar days count.",
      );
    }
    const [first, last] = [this.on, day].map(numberFromDay).sort((a, b) => a - b);
    const counted = tried(() => {
      let count = 0;
      for (let n = (first ?? 0) + 1; n <= (last ?? 0); n++) {
        if (isTradingDay(dayFromNumber(n), calendar)) count += 1;
      }
      return count;
    });
    if (!("value" in counted)) return { unknown: counted.refused };
    return known(day < this.on ? -counted.value : counted.value);
  }
}
