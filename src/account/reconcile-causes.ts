/** What else could give one row's figure: each reason worked out exactly, by the rule and with one thing changed. */
import {
  amount,
  digits,
  numberFromDay,
  readInstrument,
  type Amount,
  type Bilingual,
  type Day,
} from "../core";
import { exchanges } from "../exchanges";
import type { Position } from "../statements";
import { rateText, type RateInForce } from "./charge";
import { marginBy, optionOf, takesMargin, tried, type Charge } from "./figure";
import { marginWith, type Attempts, type Breaking } from "./reconcile-attempts";
import { onLarger } from "./reconcile-both-sides";
import { tryPrices } from "./reconcile-prices";
import type { ReasonId } from "./reconcile-reasons";
import { useOf } from "./reconcile-rule";
import {
  chargeBy,
  given,
  keyOf,
  percent,
  termsText,
  toFen,
  type BrokerTerms,
} from "./reconcile-terms";

const SAME: Bilingual = { zh: "", en: "" };

/** Rates are set in half points; a lone row's rate is named only where it is so round. */
const HALF_POINT = amount("0.005");

const asShort = (position: Position): Position => ({ ...position, side: "short" });

/** What gives one figure can't be told apart. */
class ByFigure<T> {
  private readonly found = new Map<string, { readonly figure: Amount; readonly ones: T[] }>();

  put(margin: Amount, one: T): void {
    const figure = toFen(margin);
    const same = this.found.get(digits(figure)) ?? { figure, ones: [] };
    same.ones.push(one);
    this.found.set(digits(figure), same);
  }

  all(): Iterable<{ readonly figure: Amount; readonly ones: readonly T[] }> {
    return this.found.values();
  }
}

/** "12% from 2026-11-23; or 12% from 2026-09-28 to 2026-10-08"; what is said alike once. */
const either = (texts: readonly Bilingual[]): Bilingual => ({
  zh: [...new Set(texts.map(({ zh }) => zh))].join("；或").replace(/或(?=\d)/g, "或 "),
  en: [...new Set(texts.map(({ en }) => en))].join("; or "),
});

/** Days from a day to those of a step; none to the ordinary rate. */
function daysTo({ step }: RateInForce, on: Day): number {
  if (!step) return 0;
  const { from, to } = step;
  if (on < from) return numberFromDay(from) - numberFromDay(on);
  return to !== undefined && to < on ? numberFromDay(on) - numberFromDay(to) : 0;
}

/** Rates of other days, the nearest first: a step begun early or late, or the ordinary rate kept. */
function tryOtherRates(row: Breaking, attempts: Attempts): boolean {
  const { printed, terms, otherRates, on } = row;
  const own = terms.kind === "rate";
  const byFigure = new ByFigure<RateInForce>();
  for (const one of otherRates[own ? "broker" : "exchange"]) {
    const plain = given(one.rate);
    const charge = own ? plain : chargeBy(terms, plain);
    if (!charge || !attempts.asksFor({}, charge)) continue;
    const margin = marginWith(row, {}, charge);
    if (margin) byFigure.put(margin, one);
  }
  let found = false;
  for (const { figure, ones } of byFigure.all()) {
    const nearest = [...ones].sort((a, b) => daysTo(a, on) - daysTo(b, on));
    attempts.add("datedRate", figure, () => either(nearest.map(rateText)));
    found ||= figure.equals(printed);
  }
  return found;
}

/** The row by its terms, unrounded. */
function wholeOf(row: Breaking): Amount | undefined {
  const charge = chargeBy(row.terms, row.exchange);
  return charge && (takesMargin(row.held) ? row.margin : marginWith(row, {}, charge));
}

/** Other terms than the broker's rule: none added, another product's, another rate. */
function tryTerms(row: Breaking, attempts: Attempts): void {
  const { exchange, terms, ruleKnown, ownTerms, otherTerms, larger } = row;
  const key = keyOf(terms);
  const put = (id: ReasonId, other: BrokerTerms, detail: () => Bilingual): void => {
    const charge = chargeBy(other, exchange);
    if (charge) attempts.try(id, {}, charge, detail);
  };
  if (key !== "exchange") put("exchange", { kind: "exchange" }, () => SAME);
  // Of several among which its product is open the first is no surer than the others.
  const isOpen = ruleKnown && ownTerms.some((one) => keyOf(one) === key);
  const seen = new Set(isOpen ? ["exchange"] : [key, "exchange"]);
  // Where the broker's rule isn't known a row tells terms of either style.
  for (const [isOwn, many] of [[true, ownTerms] as const, [false, otherTerms] as const]) {
    for (const other of many) {
      if (seen.has(keyOf(other))) continue;
      seen.add(keyOf(other));
      put(isOwn ? other.kind : "otherTerms", other, () => termsText(other));
    }
  }
  for (const other of larger?.terms ?? []) {
    const charge = chargeBy(other, exchange);
    const margin = charge && larger && marginBy(larger.held, charge, row.on);
    const { id, detail } = onLarger(other);
    attempts.add(id, margin && toFen(margin), () => detail);
  }
  // A rate that the profile's table tells needs no guess.
  if (!tryOtherRates(row, attempts) && ruleKnown) tryRoundRate(row, attempts);
}

/** The round rate that its figure tells, or else the half points nearest to it. */
function tryRoundRate(row: Breaking, attempts: Attempts): void {
  const { held, exchange, ratesTold, rate } = row;
  if (!attempts.asksForRate()) return;
  const { told, round } = rate;
  const half = told?.dividedBy(HALF_POINT).toDecimalPlaces(0).times(HALF_POINT);
  const named =
    round && ((ratesTold.get(digits(round))?.size ?? 0) > 1 || round.modulo(HALF_POINT).isZero());
  const other = named ? round : half;
  if (!other?.greaterThan(0) || !other.lessThan(1)) return;
  // The exchange's own rate has been tried already, and no broker takes less; of hedging its rate may be another.
  const own = exchange.gap ? undefined : exchange.rate;
  if (own?.equals(other) || (own?.greaterThan(other) && useOf(held) === "")) return;
  const contracts = ratesTold.get(digits(other))?.size ?? 1;
  const figure = marginWith(row, {}, given(other));
  const ours = wholeOf(row);
  // The row's own rate is no other one.
  if (figure && ours && toFen(figure).equals(toFen(ours))) return;
  attempts.add("otherRate", figure && toFen(figure), () => ({
    zh: `${percent(other)}${contracts > 1 ? `，同一标的 ${contracts} 个合约如此` : ""}`,
    en: `${percent(other)}${contracts > 1 ? `, told by ${contracts} contracts of its underlying` : ""}`,
  }));
}

/** The terms an adjusted contract had before: its code with the standard flag. */
function tryOldTerms(row: Breaking, charge: Charge, attempts: Attempts): void {
  const { held, on } = row;
  const contract = optionOf(held.position);
  if (!contract?.adjusted || !held.strike || !held.unit) return;
  const standard = held.position.contract.replace(/([CP]\d{4})[A-Z](?=\d)/, "$1M");
  const read = tried(() => readInstrument(standard, exchanges, on));
  const old = "value" in read && read.value.kind === "option" ? read.value.contract : undefined;
  if (!old) return;
  const strikes = [held.strike, ...(old.strike ? [old.strike] : [])];
  const units = [held.unit, ...(old.unit ? [old.unit] : [])];
  const byFigure = new ByFigure<Bilingual>();
  for (const strike of strikes) {
    for (const unit of units) {
      if (strike === held.strike && unit === held.unit) continue;
      if (!attempts.asksFor({ strike, unit }, charge)) continue;
      const margin = marginWith(row, { strike, unit }, charge);
      if (!margin) continue;
      byFigure.put(margin, {
        zh: `行权价 ${digits(strike)}、单位 ${digits(unit)}`,
        en: `strike ${digits(strike)}, unit ${digits(unit)}`,
      });
    }
  }
  for (const { figure, ones } of byFigure.all()) {
    attempts.add("oldTerms", figure, () => either(ones));
  }
}

/** Half-up to the fen on the row's total is the rule; brokers round otherwise too. */
function tryRounding(row: Breaking, whole: Amount, attempts: Attempts): void {
  const { quantity } = row.held.position;
  // No rounding moves a lot by more than a yuan.
  if (!attempts.reaches(whole, quantity.toNumber() + 1)) return;
  const lot = whole.dividedBy(quantity);
  const down = (n: Amount): Amount => n.times(100).floor().dividedBy(100);
  const up = (n: Amount): Amount => n.times(100).ceil().dividedBy(100);
  const ways: readonly (readonly [Amount, string, string])[] = [
    [toFen(lot).times(quantity), "每手四舍五入到分", "each lot to the fen"],
    [down(whole), "合计舍到分", "the total cut to the fen"],
    [up(whole), "合计进到分", "the total raised to the fen"],
    [down(lot).times(quantity), "每手舍到分", "each lot cut to the fen"],
    [up(lot).times(quantity), "每手进到分", "each lot raised to the fen"],
    [whole.toDecimalPlaces(1), "合计到角", "the total to ten fen"],
    [whole.toDecimalPlaces(0), "合计到元", "the total to the yuan"],
    [whole.floor(), "合计舍到元", "the total cut to the yuan"],
    [whole.ceil(), "合计进到元", "the total raised to the yuan"],
    [lot.toDecimalPlaces(0).times(quantity), "每手到元", "each lot to the yuan"],
    [lot.floor().times(quantity), "每手舍到元", "each lot cut to the yuan"],
    [lot.ceil().times(quantity), "每手进到元", "each lot raised to the yuan"],
  ];
  const plain = toFen(whole);
  for (const [figure, zh, en] of ways) {
    if (!figure.equals(plain)) attempts.add("rounding", figure, () => ({ zh, en }));
  }
}

/** The figure of the whole lots nearest to what was charged, nearly. */
function wholeLotsNearly({ printed, held }: Breaking, whole: Amount): number {
  const lot = whole.toNumber() / held.position.quantity.toNumber();
  return Math.round(printed.toNumber() / lot) * lot;
}

/** More lots than twice those held are no slip of the pen. */
function tryLots(row: Breaking, whole: Amount, attempts: Attempts): void {
  const { printed, held } = row;
  const { quantity } = held.position;
  if (!whole.greaterThan(0) || !attempts.asks(() => wholeLotsNearly(row, whole))) return;
  const lots = printed.times(quantity).dividedBy(whole).toDecimalPlaces(0);
  if (lots.equals(quantity) || lots.lessThan(1) || lots.greaterThan(quantity.times(2).plus(1)))
    return;
  const figure = toFen(whole.times(lots).dividedBy(quantity));
  attempts.add("lots", figure, () => ({
    zh: `按 ${digits(lots)} 手收，账单列 ${digits(quantity)} 手`,
    en: `charged for ${digits(lots)} lots, the statement lists ${digits(quantity)}`,
  }));
}

/** Charged as a short position: all lots, or of covered ones as many as may lack shares. */
function tryAsShort(row: Breaking, charge: Charge, attempts: Attempts): void {
  const { printed, held } = row;
  const position = asShort(held.position);
  const { quantity, side, lockedShares } = held.position;
  attempts.try("asShort", { position }, charge, () => ({
    zh: "按义务仓",
    en: "as a short position",
  }));
  if (side !== "covered") return;
  const whole = marginWith(row, { position }, charge);
  if (!whole?.greaterThan(0)) return;
  const lots = printed.times(quantity).dividedBy(whole).toDecimalPlaces(0);
  if (lots.lessThan(1) || !lots.lessThan(quantity)) return;
  const some = { position: { ...position, quantity: lots } };
  const [zh, en] = lockedShares
    ? [`，锁定 ${digits(lockedShares)} 份`, `, ${digits(lockedShares)} shares are locked`]
    : ["", ""];
  attempts.try("asShort", some, charge, () => ({
    zh: `${digits(quantity)} 手中 ${digits(lots)} 手按义务仓${zh}`,
    en: `${digits(lots)} of ${digits(quantity)} lots as a short position${en}`,
  }));
}

/** Tries every reason that concerns the row alone. */
export function tryRow(row: Breaking, attempts: Attempts): void {
  const { held, exchange, terms } = row;
  const { side } = held.position;
  const charge = chargeBy(terms, exchange);
  if (held.kind === "option" && side !== "short") {
    // What takes no margin was charged: as a short one?
    if (charge) tryAsShort(row, charge, attempts);
    return;
  }
  tryTerms(row, attempts);
  const whole = wholeOf(row);
  if (!charge || !whole) return;
  tryPrices(row, charge, attempts);
  tryOldTerms(row, charge, attempts);
  tryRounding(row, whole, attempts);
  tryLots(row, whole, attempts);
}
