/** The other prices that could give a row's figure: the option's, its underlying's, a future's, each opening's. */
import { amount, digits, type Amount, type Bilingual } from "../core";
import type { Position } from "../statements";
import type { Charge } from "./figure";
import { marginWith, type Attempts, type Breaking, type NamedPrice } from "./reconcile-attempts";
import { marginNearly } from "./nearly";
import type { ReasonId } from "./reconcile-reasons";
import { toFen } from "./reconcile-terms";

const ZERO = amount("0");

const priced = (price: Amount | undefined): price is Amount => Boolean(price?.greaterThan(0));

/** The previous settlement of a row's own contract. */
const previousOf = ({ held, quote }: Breaking): Amount | undefined =>
  held.position.previousSettlement ?? quote?.previousSettlement;

const lacksPrevious = (code: string) => (): Bilingual => ({
  zh: `缺 ${code} 的前一日价格`,
  en: `the previous day's price of ${code} is missing`,
});

/** An option's price and its underlying's, as a rule would take them. */
interface Pair {
  readonly id: ReasonId;
  readonly price: NamedPrice;
  readonly underlying: NamedPrice;
}

/** Every pair of prices that isn't the row's own; some twice, under other names. */
function pricePairs(row: Breaking): readonly Pair[] {
  const { held, quote, underlyings, previous } = row;
  const { position, price, underlyingPrice } = held;
  if (!price || !underlyingPrice) return [];
  const old = previousOf(row);
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
  const today: NamedPrice = { name: { zh: "标的", en: "underlying" }, price: underlyingPrice };
  const before: NamedPrice | undefined = previous && {
    name: { zh: "标的昨日价", en: "underlying's previous price" },
    price: previous,
  };
  const pairs: Pair[] = [];
  const put = (id: ReasonId, name: Bilingual, one: Amount, other: NamedPrice): void => {
    if (one.equals(price) && other.price.equals(underlyingPrice)) return;
    pairs.push({ id, price: { name, price: one }, underlying: other });
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

/** Each pair of prices once for a reason; one that several reasons take is each one's. */
function tryPairs(row: Breaking, charge: Charge, attempts: Attempts): void {
  const seen = new Set<string>();
  for (const { id, price: one, underlying: other } of pricePairs(row)) {
    const changed = { price: one.price, underlyingPrice: other.price };
    if (!attempts.asksFor(changed, charge)) continue;
    const key = `${id} ${digits(one.price)} ${digits(other.price)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const margin = marginWith(row, changed, charge);
    attempts.add(id, margin && toFen(margin), () => ({
      zh: `${one.name.zh} ${digits(one.price)}、${other.name.zh} ${digits(other.price)}`,
      en: `${one.name.en} ${digits(one.price)}, ${other.name.en} ${digits(other.price)}`,
    }));
  }
}

/** A future's other prices. */
function tryFuturePrices(row: Breaking, charge: Charge, attempts: Attempts): void {
  const { position, price } = row.held;
  const { contract, openPrice, lastPrice } = position;
  const old = row.previous ?? previousOf(row);
  const others: readonly (readonly [ReasonId, Amount | undefined])[] = [
    ["previousDay", old],
    ["openPrice", openPrice],
    ["otherPrice", lastPrice ?? row.quote?.lastPrice],
  ];
  for (const [id, other] of others) {
    if (!priced(other) || (price && other.equals(price))) continue;
    attempts.try(id, { price: other, underlyingPrice: other }, charge, () => ({
      zh: digits(other),
      en: digits(other),
    }));
  }
  if (!old) attempts.lacks("previousDay", lacksPrevious(contract));
}

/** Each opening at its own price; only those of the day where the counter keeps that to today's. */
function tryOpenings(row: Breaking, charge: Charge, attempts: Attempts): void {
  const { openings, held, on } = row;
  const { position, price } = held;
  const inAll = openings.reduce((sum, { quantity }) => sum.plus(quantity), ZERO);
  if (openings.length < 2 || !inAll.equals(position.quantity) || !price) return;
  const lotsOf = (opening: Position) => ({ ...position, quantity: opening.quantity });
  type PriceOf = (opening: Position) => Amount | undefined;
  const sumNearly = (priceOf: PriceOf): number | undefined => {
    let sum = 0;
    for (const opening of openings) {
      const changed = { position: lotsOf(opening), price: priceOf(opening) };
      const margin = marginNearly(held, changed, charge, on);
      if (margin === undefined) return undefined;
      sum += margin;
    }
    return sum;
  };
  const sumOf = (priceOf: PriceOf): Amount | undefined => {
    let sum = ZERO;
    for (const opening of openings) {
      const own = priceOf(opening);
      if (!priced(own)) return undefined;
      const margin = marginWith(row, { position: lotsOf(opening), price: own }, charge);
      if (!margin) return undefined;
      sum = sum.plus(margin);
    }
    return toFen(sum);
  };
  const put = (priceOf: PriceOf, zh: string, en: string): void => {
    if (attempts.asks(() => sumNearly(priceOf))) {
      attempts.add("openPrice", sumOf(priceOf), () => ({ zh, en }));
    }
  };
  put(({ openPrice }) => openPrice, "逐笔开仓价", "each opening at its own price");
  if (openings.some(({ openDay }) => openDay === on)) {
    put(
      ({ openPrice, openDay }) => (openDay === on ? openPrice : price),
      "当日开仓的按开仓价",
      "the day's openings at their own price",
    );
  }
}

export function tryPrices(row: Breaking, charge: Charge, attempts: Attempts): void {
  if (row.held.kind === "future") {
    tryFuturePrices(row, charge, attempts);
    return;
  }
  tryPairs(row, charge, attempts);
  tryOpenings(row, charge, attempts);
  const { underlying = "", position } = row.held;
  if (!row.previous) attempts.lacks("previousDay", lacksPrevious(underlying));
  else if (!previousOf(row)) attempts.lacks("previousDay", lacksPrevious(position.contract));
}
