/** What else could give one row's figure: each reason worked out exactly, by the rule and with one thing changed. */
import { amount, digits, readInstrument, type Amount, type Bilingual, type Day } from "../core";
import { exchanges } from "../exchanges";
import type { Position, Quote } from "../statements";
import { rateText, type RateInForce } from "./charge";
import { figureOf, optionOf, tried, type Charge } from "./figure";
import type { Held } from "./holding";
import { REASONS, type ReasonId, type Tried, type Untried } from "./reconcile-reasons";
import {
  chargeBy,
  keyOf,
  percent,
  rateTold,
  roundest,
  termsText,
  toFen,
  type BrokerTerms,
} from "./reconcile-terms";

/** Everything one breaking row is tried with. */
export interface Breaking {
  readonly held: Held;
  readonly printed: Amount;
  readonly exchange: Charge;
  /** The broker's terms for it, or the exchange's own where its rule isn't known. */
  readonly terms: BrokerTerms;
  readonly ruleKnown: boolean;
  /** Terms the rest of the account, or this row alone, tells. */
  readonly otherTerms: readonly BrokerTerms[];
  /** The holding split by opening, where the statement shows it. */
  readonly openings: readonly Position[];
  /** The option's own other prices, completed by the statement's quotes. */
  readonly quote: Quote | undefined;
  /** The underlying's other prices, with their names. */
  readonly underlyings: readonly NamedPrice[];
  /** Whether its underlying's previous price is known. */
  readonly previous: Amount | undefined;
  /** Rates of the rows of its underlying that go by no known terms, with how many contracts tell each. */
  readonly ratesTold: ReadonlyMap<string, number>;
  /** The profile's other rates for its underlying: the exchange's, and the broker's own. */
  readonly otherRates: Readonly<Record<"exchange" | "broker", readonly RateInForce[]>>;
  readonly on: Day;
}

export interface NamedPrice {
  readonly name: Bilingual;
  readonly price: Amount;
}

const ZERO = amount("0");
const SAME: Bilingual = { zh: "", en: "" };

/** Rates are set in half points; a lone row's rate is named only where it is so round. */
const HALF_POINT = amount("0.005");

const priced = (price: Amount | undefined): price is Amount => Boolean(price?.greaterThan(0));

/** What a row was charged and what was tried for it. */
export class Attempts {
  readonly tried: Tried[] = [];
  readonly untried: Untried[] = [];

  constructor(private readonly printed: Amount) {}

  add(id: ReasonId, figure: Amount | undefined, detail: Bilingual): void {
    if (!figure) return;
    const leaves = this.printed.minus(figure);
    this.tried.push({ id, name: REASONS[id], detail, figure, leaves });
  }

  lacks(id: ReasonId, lacks: Bilingual): void {
    this.untried.push({ id, name: REASONS[id], lacks });
  }

  /** Those that give the figure; of one reason the first. */
  get exact(): readonly Tried[] {
    const found = this.tried.filter(({ leaves }) => leaves.isZero());
    return found.filter(({ id }, index) => found.findIndex((one) => one.id === id) === index);
  }

  get nearest(): Tried | undefined {
    return this.tried.reduce<Tried | undefined>(
      (best, one) => (best && best.leaves.abs().lessThanOrEqualTo(one.leaves.abs()) ? best : one),
      undefined,
    );
  }
}

/** The whole row's margin with some of its inputs changed, unrounded. */
function marginWith(row: Breaking, changed: Partial<Held>, charge: Charge): Amount | undefined {
  return figureOf({ ...row.held, lacks: undefined, ...changed }, charge, row.on).margin;
}

const asShort = (position: Position): Position => ({ ...position, side: "short" });

/** An option's price and its underlying's, as a rule would take them. */
interface Pair {
  readonly id: ReasonId;
  readonly price: Amount;
  readonly underlying: Amount;
  readonly detail: Bilingual;
}

/** Every pair of prices that isn't the row's own. */
function pricePairs(row: Breaking): readonly Pair[] {
  const { held, quote, underlyings, previous } = row;
  const { position, price, underlyingPrice } = held;
  if (!price || !underlyingPrice) return [];
  const old = position.previousSettlement ?? quote?.previousSettlement;
  const last = position.lastPrice ?? quote?.lastPrice;
  const settlement = position.settlement ?? quote?.settlement;
  const own: { id: ReasonId; name: Bilingual; price: Amount | undefined }[] = [
    { id: "otherPrice", name: { zh: "昨结算", en: "previous settlement" }, price: old },
    { id: "openPrice", name: { zh: "开仓价", en: "opening price" }, price: position.openPrice },
    { id: "otherPrice", name: { zh: "最新价", en: "last price" }, price: last },
    { id: "otherPrice", name: { zh: "结算价", en: "settlement" }, price: settlement },
    {
      id: "higherPrice",
      name: { zh: "最新价、昨结算取高", en: "the higher of last and previous settlement" },
      price: last && old && (last.greaterThan(old) ? last : old),
    },
  ];
  const said = (name: Bilingual, one: Amount, other: Bilingual, two: Amount): Bilingual => ({
    zh: `${name.zh} ${digits(one)}、${other.zh} ${digits(two)}`,
    en: `${name.en} ${digits(one)}, ${other.en} ${digits(two)}`,
  });
  const today: NamedPrice = { name: { zh: "标的", en: "underlying" }, price: underlyingPrice };
  const before: NamedPrice | undefined = previous && {
    name: { zh: "标的昨日价", en: "underlying's previous price" },
    price: previous,
  };
  const pairs: Pair[] = [];
  const seen = new Set<string>();
  const put = (id: ReasonId, name: Bilingual, one: Amount, other: NamedPrice): void => {
    const pair = `${digits(one)} ${digits(other.price)}`;
    const key = `${id} ${pair}`;
    if (seen.has(key) || seen.has(`previousDay ${pair}`)) return;
    if (one.equals(price) && other.price.equals(underlyingPrice)) return;
    seen.add(key);
    pairs.push({
      id,
      price: one,
      underlying: other.price,
      detail: said(name, one, other.name, other.price),
    });
  };
  if (priced(old) && before) {
    put("previousDay", { zh: "期权昨结算", en: "option's previous settlement" }, old, before);
  }
  for (const { id, name, price: one } of own) {
    if (!priced(one)) continue;
    put(id, name, one, today);
    // Counters keep the underlying's previous settlement while the option's price moves.
    if (before && (id === "openPrice" || id === "higherPrice")) put(id, name, one, before);
  }
  const others = before ? [before, ...underlyings] : underlyings;
  for (const other of others) put("otherUnderlying", { zh: "期权", en: "option" }, price, other);
  return pairs;
}

/** A future's other prices. */
function tryFuturePrices(row: Breaking, charge: Charge, attempts: Attempts): void {
  const { position, price } = row.held;
  const { previousSettlement, openPrice, lastPrice } = position;
  const old = row.previous ?? previousSettlement ?? row.quote?.previousSettlement;
  const others: readonly (readonly [ReasonId, Amount | undefined])[] = [
    ["previousDay", old],
    ["openPrice", openPrice],
    ["otherPrice", lastPrice ?? row.quote?.lastPrice],
  ];
  for (const [id, other] of others) {
    if (!priced(other) || (price && other.equals(price))) continue;
    const margin = marginWith(row, { price: other, underlyingPrice: other }, charge);
    attempts.add(id, margin && toFen(margin), { zh: digits(other), en: digits(other) });
  }
}

/** Each opening at its own price; only those of the day where the counter keeps that to today's. */
function tryOpenings(row: Breaking, charge: Charge, attempts: Attempts): void {
  const { openings, held, on } = row;
  const { position, price } = held;
  const inAll = openings.reduce((sum, { quantity }) => sum.plus(quantity), ZERO);
  if (openings.length < 2 || !inAll.equals(position.quantity) || !price) return;
  const sumOf = (priceOf: (opening: Position) => Amount | undefined): Amount | undefined => {
    let sum = ZERO;
    for (const opening of openings) {
      const own = priceOf(opening);
      if (!priced(own)) return undefined;
      const lots = { ...position, quantity: opening.quantity };
      const margin = marginWith(row, { position: lots, price: own }, charge);
      if (!margin) return undefined;
      sum = sum.plus(margin);
    }
    return toFen(sum);
  };
  attempts.add(
    "openPrice",
    sumOf(({ openPrice }) => openPrice),
    {
      zh: "逐笔开仓价",
      en: "each opening at its own price",
    },
  );
  if (openings.some(({ openDay }) => openDay === on)) {
    attempts.add(
      "openPrice",
      sumOf(({ openPrice, openDay }) => (openDay === on ? openPrice : price)),
      {
        zh: "当日开仓的按开仓价",
        en: "the day's openings at their own price",
      },
    );
  }
}

function tryPrices(row: Breaking, charge: Charge, attempts: Attempts): void {
  if (row.held.kind === "future") {
    tryFuturePrices(row, charge, attempts);
    return;
  }
  for (const { id, price, underlying, detail } of pricePairs(row)) {
    const margin = marginWith(row, { price, underlyingPrice: underlying }, charge);
    attempts.add(id, margin && toFen(margin), detail);
  }
  tryOpenings(row, charge, attempts);
  if (row.previous) return;
  const code = row.held.underlying ?? "";
  attempts.lacks("previousDay", {
    zh: `缺 ${code} 的前一日价格`,
    en: `the previous day's price of ${code} is missing`,
  });
}

/** Rates of other days: a step begun early or late, or the ordinary rate kept. */
function tryOtherRates(row: Breaking, attempts: Attempts): boolean {
  const { printed, terms, otherRates } = row;
  const own = terms.kind === "rate";
  let found = false;
  for (const one of otherRates[own ? "broker" : "exchange"]) {
    const { rate } = one;
    const plain = { given: rate, rate, markup: ZERO };
    const charge = own ? plain : chargeBy(terms, plain);
    const margin = charge && marginWith(row, {}, charge);
    attempts.add("datedRate", margin && toFen(margin), rateText(one));
    found ||= Boolean(margin && toFen(margin).equals(printed));
  }
  return found;
}

/** Other terms than the broker's rule: none added, another product's, another rate. */
function tryTerms(row: Breaking, attempts: Attempts): void {
  const { held, printed, exchange, terms, ruleKnown, otherTerms, ratesTold, on } = row;
  const at = (other: BrokerTerms): Amount | undefined => {
    const charge = chargeBy(other, exchange);
    const margin = charge && marginWith(row, {}, charge);
    return margin && toFen(margin);
  };
  const key = keyOf(terms);
  if (key !== "exchange") attempts.add("exchange", at({ kind: "exchange" }), SAME);
  for (const other of otherTerms) {
    if (keyOf(other) === key || other.kind === "exchange") continue;
    // Where the broker's rule isn't known a row tells terms of either style.
    attempts.add(ruleKnown ? "otherTerms" : other.kind, at(other), termsText(other));
  }
  // A rate that the profile's table tells needs no guess.
  if (tryOtherRates(row, attempts)) return;
  const told = rateTold(held, printed, on);
  const rate = roundest(told, 4, (one) => {
    const figure = one.greaterThan(0) && at({ kind: "rate", rate: one });
    return figure !== false && Boolean(figure?.equals(printed));
  });
  const round = told?.dividedBy(HALF_POINT).toDecimalPlaces(0).times(HALF_POINT);
  const named =
    rate && ((ratesTold.get(digits(rate)) ?? 0) > 1 || rate.modulo(HALF_POINT).isZero());
  const tryRate = named ? rate : round;
  // The exchange's own rate without anything added has been tried already.
  const own = exchange.gap ? undefined : exchange.rate;
  if (ruleKnown && tryRate?.greaterThan(0) && tryRate.lessThan(1) && !own?.equals(tryRate)) {
    const contracts = ratesTold.get(digits(tryRate)) ?? 1;
    const figure = at({ kind: "rate", rate: tryRate });
    const mine = at(terms);
    // The row's own rate is no other one.
    if (mine && figure?.equals(mine)) return;
    attempts.add("otherRate", figure, {
      zh: `${percent(tryRate)}${contracts > 1 ? `，同一标的 ${contracts} 个合约如此` : ""}`,
      en: `${percent(tryRate)}${contracts > 1 ? `, told by ${contracts} contracts of its underlying` : ""}`,
    });
  }
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
  for (const strike of strikes) {
    for (const unit of units) {
      if (strike === held.strike && unit === held.unit) continue;
      const margin = marginWith(row, { strike, unit }, charge);
      attempts.add("oldTerms", margin && toFen(margin), {
        zh: `行权价 ${digits(strike)}、单位 ${digits(unit)}`,
        en: `strike ${digits(strike)}, unit ${digits(unit)}`,
      });
    }
  }
}

/** Half-up to the fen on the row's total is the rule; brokers round otherwise too. */
function tryRounding(row: Breaking, whole: Amount, attempts: Attempts): void {
  const { quantity } = row.held.position;
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
    if (!figure.equals(plain)) attempts.add("rounding", figure, { zh, en });
  }
}

/** More lots than twice those held are no slip of the pen. */
function tryLots(row: Breaking, whole: Amount, attempts: Attempts): void {
  const { printed, held } = row;
  const { quantity } = held.position;
  if (!whole.greaterThan(0)) return;
  const lots = printed.times(quantity).dividedBy(whole).toDecimalPlaces(0);
  if (lots.equals(quantity) || lots.lessThan(1) || lots.greaterThan(quantity.times(2).plus(1)))
    return;
  const figure = toFen(whole.times(lots).dividedBy(quantity));
  attempts.add("lots", figure, {
    zh: `按 ${digits(lots)} 手收，账单列 ${digits(quantity)} 手`,
    en: `charged for ${digits(lots)} lots, the statement lists ${digits(quantity)}`,
  });
}

/** Tries every reason that concerns the row alone. */
export function tryRow(row: Breaking, attempts: Attempts): void {
  const { held, exchange, terms } = row;
  const { side } = held.position;
  const charge = chargeBy(terms, exchange);
  if (held.kind === "option" && side !== "short") {
    // What takes no margin was charged: as a short one?
    const margin = charge && marginWith(row, { position: asShort(held.position) }, charge);
    attempts.add("asShort", margin && toFen(margin), {
      zh: "按义务仓",
      en: "as a short position",
    });
    return;
  }
  tryTerms(row, attempts);
  const whole = charge && marginWith(row, {}, charge);
  if (!charge || !whole) return;
  tryPrices(row, charge, attempts);
  tryOldTerms(row, charge, attempts);
  tryRounding(row, whole, attempts);
  tryLots(row, whole, attempts);
}
