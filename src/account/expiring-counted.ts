/** Which shorts count where assignment tonight is assumed, with how many lots, and why the others don't. */
import { digits, type Amount, type Bilingual } from "../core";
import type { ExpiringLine } from "./expiring";
import { assignable } from "./expiring-assigned";
import { known, unknown, type Known } from "./expiring-known";
import type { ExpiryBasis } from "./expiring-price";
import { nettedNote } from "./expiring-netted";
import { own } from "./price";

/** What is assumed. */
export interface TonightAsked {
  readonly basis: ExpiryBasis;
  /**
   * Every short with all of its lots, those out of the money and those that can't be exercised yet among them.
   * Else only those in the money that may be exercised on the book's day.
   */
  readonly all: boolean;
  /** Lots by line's id, assigned whether in the money or not; zero leaves a line out. Others are assigned whole. */
  readonly lots?: Readonly<Record<string, Amount>> | undefined;
  /** Futures from assignment are set off against opposite ones held, where the exchange does so; else both stay. */
  readonly netting?: boolean | undefined;
}

/** A short that isn't taken for assigned. */
export interface LeftOut {
  readonly option: ExpiringLine;
  readonly reason: "notYet" | "notInTheMoney" | "expired" | "noLots" | "netted";
  readonly why: Bilingual;
}

const leftOut = (
  option: ExpiringLine,
  reason: LeftOut["reason"],
  zh: string,
  en: string,
): LeftOut => {
  const { contract } = option.line.position;
  return { option, reason, why: { zh: `${contract} ${zh}`, en: `${contract} ${en}` } };
};

/** Why a short stays out of it; undefined where it counts, or may. */
export function stays(
  option: ExpiringLine,
  { all, lots: chosen }: TonightAsked,
): LeftOut | undefined {
  const { exercisable, expiry, moneyness, line } = option;
  const given = chosen && own(chosen, line.id);
  if (given?.isZero()) {
    return leftOut(option, "noLots", "填了 0 手，不计入。", "has 0 lots chosen and isn't counted.");
  }
  if (exercisable === "past") {
    return leftOut(
      option,
      "expired",
      `按规则已于 ${expiry.day} 到期，账单仍列着，不计入。核对账单日期。`,
      `expired on ${expiry.day} by the rule, yet the statement lists it; it isn't counted. Check the statement's day.`,
    );
  }
  const netted = option.netted.equals(option.lots) ? nettedNote(option) : undefined;
  if (netted) return { option, reason: "netted", why: netted };
  if (all) return undefined;
  if (exercisable === "later") {
    return leftOut(
      option,
      "notYet",
      `是欧式，${expiry.day} 到期才能行权，今晚不会被指派。`,
      `is European: it can be exercised on ${expiry.day} only, not tonight.`,
    );
  }
  if (given || !moneyness.value || moneyness.value.at === "in") return undefined;
  const { at, by } = moneyness.value;
  return leftOut(
    option,
    "notInTheMoney",
    `${at === "at" ? "平值" : `虚值 ${digits(by)}`}，行权得不到好处，不计入。要计入就填手数。`,
    `is ${at === "at" ? "at" : `${digits(by)} out of`} the money: exercising gains nothing, so it isn't counted. To count it, enter its lots.`,
  );
}

/** The lots taken for assigned; or why it can't be said that a short counts. */
export function lotsOf(option: ExpiringLine, { all, lots: chosen }: TonightAsked): Known<Amount> {
  const { line, exercisable, moneyness, expiry } = option;
  const { contract } = line.position;
  const lots = option.lots.minus(option.netted);
  const { zh: why, en: because } = nettedNote(option) ?? { zh: "", en: "" };
  const given = chosen && own(chosen, line.id);
  if (given && (!given.isInteger() || given.lessThan(0) || given.greaterThan(lots))) {
    return unknown(
      `${contract} 填了 ${digits(given)} 手，须是 0 到 ${digits(lots)} 的整数。${why}改手数。`,
      `${contract} has ${digits(given)} lots chosen; it takes a whole number from 0 to ${digits(lots)}.${because && ` ${because}`} Change the lots.`,
    );
  }
  if (all) return known(given ?? lots);
  if (exercisable === "unknown") {
    const terms = assignable(line);
    if (terms.unknown) return terms;
    const { zh, en } = expiry.note ?? { zh: "", en: "" };
    return unknown(
      `不知道 ${contract} 今晚能不能行权。${zh}`,
      `Whether ${contract} can be exercised tonight is open. ${en}`,
    );
  }
  if (!given && moneyness.unknown) return moneyness;
  return known(given ?? lots);
}
