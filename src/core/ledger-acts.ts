/** Trades, cash, locked shares and sets: what each does to the books. */
import { MarginError, type WhyNot } from "./errors";
import type { Holding } from "./holding";
import { forSide, marginOf, type Act } from "./ledger-act";
import { lotsIn, over, split, type Books, type Flow, type HeldSet } from "./ledger-books";
import type { Parcel, Position } from "./ledger-books";
import type { Day } from "./day";
import {
  NO_PARTS,
  joiningOf,
  scaled,
  total,
  type FutureHeld,
  type OptionHeld,
  type Parts,
  type SharesHeld,
} from "./ledger-instrument";
import { digits, exact, type Amount } from "./number";
import { setOfTwo } from "./sets";
import { blank } from "./table";
import type { Side } from "./terms";

const { zero } = exact;

export function addTo(flow: Flow, figure: keyof Flow, amount: Amount): void {
  flow[figure] = flow[figure].plus(amount);
}

const tooMany = (
  argument: string,
  value: Amount,
  must: "freeShares" | "lockedFree",
  least: Amount,
) => new MarginError("outOfRange", { argument, value, must, detail: digits(least) });

/** Covered calls need their shares locked first. */
function checkLocked(books: Books, thing: OptionHeld, lots: Amount): void {
  const { underlying, unit, contract } = thing;
  if (underlying.kind !== "shares" || contract.right !== "call") {
    throw new MarginError("notAllowed", { argument: "side", value: "covered", detail: "etf" });
  }
  const need = books.coveredNeed(underlying).plus(unit.times(lots));
  const { locked } = books.shareHolding(underlying);
  if (locked.lessThan(need)) {
    throw new MarginError("outOfRange", {
      argument: "lockedShares",
      value: locked,
      must: "lockedShares",
      detail: `≥ ${digits(need)}`,
    });
  }
}

export function open(act: Act): void {
  const { books, contract: thing, lots } = act;
  const { flow } = books;
  const price = act.figure("price");
  const side = act.side ?? ("side" in act.row ? undefined : "short");
  if (!side) throw new MarginError("unknownName", { argument: "side", value: act.row.side });
  const cost = price.times(thing.unit);
  if (thing.kind === "future" && side === "covered") {
    throw new MarginError("notAllowed", { argument: "side", value: act.row.side, detail: "etf" });
  }
  if (thing.kind === "option" && side === "covered") checkLocked(books, thing, lots);
  const margin = act.margin(thing, side, act.prices(thing, price));
  books.put(thing, side, [{ lots, cost, marked: cost, margin }]);
  const frozen = total(margin).times(lots);
  addTo(flow, "usedToOpen", frozen);
  if (thing.kind === "future") return;
  const premium = cost.times(lots);
  addTo(flow, side === "long" ? "premiumOut" : "premiumIn", premium);
  addTo(flow, "usedToOpen", forSide(side, premium));
}

/** Books what closing parcels of a future at a price brings. */
export function closeFuture(
  { flow }: Books,
  side: Side,
  parcels: readonly Parcel[],
  value: Amount,
): Amount {
  addTo(
    flow,
    "futuresPnl",
    over(parcels, ({ marked }) => forSide(side, value.minus(marked))),
  );
  return over(parcels, ({ cost }) => forSide(side, value.minus(cost)));
}

export function close(act: Act): void {
  const { books, contract: thing, lots } = act;
  const side = act.closingSide(thing);
  closeLots(books, thing, side, lots, act.figure("price"));
}

function closeLots(
  books: Books,
  thing: OptionHeld | FutureHeld,
  side: Side,
  lots: Amount,
  price: Amount,
): void {
  const { flow } = books;
  const value = price.times(thing.unit);
  const parcels = books.take(thing, side, lots);
  const released = over(parcels, ({ margin }) => total(margin));
  addTo(flow, "cashBack", released);
  if (thing.kind === "future") {
    books.realised = books.realised.plus(closeFuture(books, side, parcels, value));
    return;
  }
  books.free(thing, side, lots);
  const premium = value.times(lots);
  addTo(flow, side === "long" ? "premiumIn" : "premiumOut", premium);
  addTo(flow, "cashBack", forSide(side, premium));
  const gained = over(parcels, ({ cost }) => forSide(side, value.minus(cost)));
  books.realised = books.realised.plus(gained);
}

/** Shares come in at a cost each. */
export function takeIn(books: Books, thing: SharesHeld, shares: Amount, cost: Amount): void {
  const holding = books.shareHolding(thing);
  holding.parcels = [...holding.parcels, { lots: shares, cost, marked: cost, margin: NO_PARTS }];
}

/** Shares go out at a price each, the first in first. @throws outOfRange for more than may go */
export function giveOut(
  books: Books,
  thing: SharesHeld,
  shares: Amount,
  price: Amount,
  most: Amount,
): void {
  if (shares.greaterThan(most)) throw tooMany("quantity", shares, "freeShares", most);
  const holding = books.shareHolding(thing);
  const { taken, left } = split(holding.parcels, shares);
  holding.parcels = left;
  books.realised = books.realised.plus(over(taken, ({ cost }) => price.minus(cost)));
}

const freeShares = (books: Books, thing: SharesHeld): Amount => {
  const { parcels, locked } = books.shareHolding(thing);
  return lotsIn(parcels).minus(locked);
};

/** Shares change hands; a future is closed first and then opened. */
const trade =
  (side: "long" | "short") =>
  (act: Act): void => {
    const { books, traded: thing } = act;
    const price = act.figure("price");
    const lots = act.shareCount;
    if (thing.kind === "shares") {
      addTo(books.flow, "shareCash", forSide(side, price.times(lots)).negated());
      if (side === "long") takeIn(books, thing, lots, price);
      else giveOut(books, thing, lots, price, freeShares(books, thing));
      return;
    }
    const opposite = side === "long" ? "short" : "long";
    const closed = exact.min(lots, books.loose(thing, opposite));
    if (closed.greaterThan(0)) closeLots(books, thing, opposite, closed, price);
    const rest = lots.minus(closed);
    if (rest.isZero()) return;
    const cost = price.times(thing.unit);
    const margin = act.margin(thing, side, act.prices(thing, price));
    books.put(thing, side, [{ lots: rest, cost, marked: cost, margin }]);
    addTo(books.flow, "usedToOpen", total(margin).times(rest));
  };
export const buy = trade("long");
export const sell = trade("short");

export const deposit = (act: Act): void => addTo(act.books.flow, "deposits", act.figure("amount"));
export const withdraw = (act: Act): void =>
  addTo(act.books.flow, "withdrawals", act.figure("amount"));
export const fee = (act: Act): void => {
  const { row, books } = act;
  // A fee in the fee column is booked as any row's is.
  if (blank(row.fee)) addTo(books.flow, "fees", act.figure("amount"));
  else if (!blank(row.amount)) {
    throw new MarginError("notAllowed", { argument: "fee", value: row.fee, detail: "twoFees" });
  }
};

/** Locks shares, or makes an ordinary short call a covered one. */
export function lock(act: Act): void {
  const { books, thing } = act;
  if (thing.kind === "shares") {
    const shares = act.shareCount;
    const free = freeShares(books, thing);
    if (shares.greaterThan(free)) throw tooMany("quantity", shares, "freeShares", free);
    const holding = books.shareHolding(thing);
    holding.locked = holding.locked.plus(shares);
    return;
  }
  const { option, lots } = act;
  const { underlying } = option;
  if (underlying.kind === "shares") {
    const holding = books.shareHolding(underlying);
    const need = books.coveredNeed(underlying).plus(option.unit.times(lots));
    const more = exact.max(need.minus(holding.locked), zero);
    const free = freeShares(books, underlying);
    if (more.greaterThan(free)) throw tooMany("quantity", more, "freeShares", free);
    holding.locked = holding.locked.plus(more);
  }
  checkLocked(books, option, lots);
  const parcels = books.take(option, "short", lots);
  books.put(
    option,
    "covered",
    parcels.map((parcel) => ({ ...parcel, margin: NO_PARTS })),
  );
}

/** Unlocks shares no covered call needs, or makes a covered call an ordinary short one. */
export function unlock(act: Act): void {
  const { books, thing } = act;
  if (thing.kind === "shares") {
    const shares = act.shareCount;
    const holding = books.shareHolding(thing);
    const free = exact.max(holding.locked.minus(books.coveredNeed(thing)), zero);
    if (shares.greaterThan(free)) throw tooMany("quantity", shares, "lockedFree", free);
    holding.locked = holding.locked.minus(shares);
    return;
  }
  const { option, lots } = act;
  uncover(books, option, lots, act.margin(option, "short", act.prices(option)));
}

/** Makes covered calls ordinary short ones. */
export function uncover(books: Books, thing: OptionHeld, lots: Amount, margin: Parts): void {
  const parcels = books.take(thing, "covered", lots);
  books.free(thing, "covered", lots);
  books.put(
    thing,
    "short",
    parcels.map((parcel) => ({ ...parcel, margin })),
  );
}

/**
 * Shares that come in for those held, or go where shares are merged, at no cost: what those cost is spread over
 * all, to the last digit. Locked shares are merged as the others are. @throws notAllowed where none is left
 */
export function spread(books: Books, thing: SharesHeld, more: Amount): void {
  const holding = books.shareHolding(thing);
  const whole = over(holding.parcels, ({ cost }) => cost);
  const before = lotsIn(holding.parcels);
  const shares = before.plus(more);
  if (!shares.greaterThan(0)) {
    throw new MarginError("notAllowed", {
      ...{ argument: "quantity", value: more, detail: "noShareLeft" },
    });
  }
  if (more.lessThan(0)) {
    holding.locked = holding.locked.times(shares).dividedBy(before).toDecimalPlaces(0);
  }
  const [one, rest] = [exact.of("1"), shares.minus(1)];
  const each = whole.dividedBy(shares).toDecimalPlaces(12);
  const parcel = (lots: Amount, cost: Amount): Parcel => ({
    ...{ lots, cost, marked: cost, margin: NO_PARTS },
  });
  holding.parcels = [parcel(rest, each), parcel(one, whole.minus(each.times(rest)))];
}

/** The last known prices of a leg. */
export const lastPrices = ({ latest, rates }: Books, thing: OptionHeld | FutureHeld) => {
  const under = thing.kind === "option" ? thing.underlying.key : thing.key;
  return {
    option: latest.get(thing.key),
    underlying: latest.get(under),
    rate: rates.get(under),
  };
};

type SetPrices = typeof lastPrices;

/** What the rule makes of two legs on a day, for one set with the broker's addition. */
export function setMargin(
  books: Books,
  id: string,
  legs: readonly [Position, Position],
  on: Day,
  refuse: (reason: WhyNot) => Error,
  prices: SetPrices = lastPrices,
) {
  const [one, other] = legs.map(({ thing, side }): Holding => {
    const joins = side === "covered" ? undefined : joiningOf(thing, side, prices(books, thing), on);
    const lots = exact.of("1");
    const alone = joins?.margin ?? zero;
    return { label: thing.label, side, lots, alone, set: id, ...(joins && { joins }) };
  }) as [Holding, Holding];
  const { combination, together } = setOfTwo(one, other, on, id, refuse);
  const whole = together.times(books.markup.plus(1));
  return { name: combination.name, margin: { ...NO_PARTS, other: whole } };
}

const refusal =
  (id: string) =>
  (detail: WhyNot): MarginError =>
    new MarginError("notAllowed", { argument: "combination", value: id, detail });

/** Two rows of one id make a set: the first waits for the second. */
export function build(act: Act): void {
  const { books, contract: thing, lots, row } = act;
  if (blank(row.combination)) throw new MarginError("missing", { argument: "combination" });
  const id = String(row.combination).trim();
  const side = act.sideOf(thing, ["short", "long", "covered"]);
  act.prices(thing);
  const waiting = books.waiting.get(id);
  if (books.sets.has(id)) throw refusal(id)("setOfTwo");
  if (!waiting) {
    books.waiting.set(id, { thing, side, lots });
    return;
  }
  if (!waiting.lots.equals(lots)) throw refusal(id)("setLots");
  const made = [
    { thing: waiting.thing, side: waiting.side, parcels: [] },
    { thing, side, parcels: [] },
  ] as const satisfies readonly Position[];
  const { name, margin } = setMargin(books, id, [made[0], made[1]], act.on, refusal(id));
  const bare = (parcels: readonly Parcel[]): Parcel[] =>
    parcels.map((parcel) => ({ ...parcel, margin: NO_PARTS }));
  const filled = (leg: Position): Position => ({
    ...leg,
    parcels: bare(books.take(leg.thing, leg.side, lots)),
  });
  const legs = [filled(made[0]), filled(made[1])] as const;
  books.waiting.delete(id);
  books.sets.set(id, { id, name, legs, sets: lots, margin });
  books.freeze(scaled(margin, lots));
}

/** Takes sets apart; their legs need their own margin again, by the last known prices. */
export function takeApart(books: Books, set: HeldSet, sets: Amount, on: Day): void {
  books.release(scaled(set.margin, sets));
  for (const leg of set.legs) {
    const { thing, side } = leg;
    const { taken, left } = split(leg.parcels, sets);
    leg.parcels = left;
    const margin = marginOf(books, thing, side, lastPrices(books, thing), on);
    books.put(
      thing,
      side,
      taken.map((parcel) => ({ ...parcel, margin })),
    );
  }
  set.sets = set.sets.minus(sets);
  if (set.sets.isZero()) books.sets.delete(set.id);
}

export function dissolve(act: Act): void {
  const { books, row } = act;
  const id = String(row.combination ?? "").trim();
  const set = books.sets.get(id);
  if (!set) throw refusal(id)("noSuchSet");
  const sets = blank(row.quantity) ? set.sets : act.lots;
  if (sets.greaterThan(set.sets)) {
    const params = { argument: "quantity", value: sets, detail: `${id} ${digits(set.sets)}` };
    throw new MarginError("outOfRange", { ...params, must: "notAboveLots" });
  }
  takeApart(books, set, sets, act.on);
}

/** Sets long against short of one contract, outside sets: no cash moves, but what each came in for counts. */
export function netLots(
  books: Books,
  thing: OptionHeld | FutureHeld,
  short: Side,
  lots: Amount,
): void {
  if (thing.kind === "option") books.free(thing, short, lots);
  const bought = books.take(thing, "long", lots);
  const sold = books.take(thing, short, lots);
  const gain = (each: (parcel: Parcel) => Amount): Amount =>
    over(sold, each).minus(over(bought, each));
  books.realised = books.realised.plus(gain(({ cost }) => cost));
  if (thing.kind === "future")
    addTo(
      books.flow,
      "futuresPnl",
      gain(({ marked }) => marked),
    );
}

/** Where the exchange nets by itself, long against short of a contract, uncovered short first. */
export function netByExchange(books: Books, thing: OptionHeld): void {
  if (!thing.contract.rules.netting) return;
  const { netted, notes } = books;
  for (const owed of ["short", "covered"] as const) {
    const lots = exact.min(books.loose(thing, "long"), books.loose(thing, owed));
    if (lots.isZero()) continue;
    netLots(books, thing, owed, lots);
    for (const side of ["long", owed]) {
      const key = `${thing.key} ${side}`;
      netted.set(key, lots.plus(netted.get(key) ?? zero));
    }
    notes.push({ kind: "netted", label: thing.label, lots });
  }
}

export function net(act: Act): void {
  const { books, contract: thing } = act;
  const sides: readonly Side[] = ["short", "covered"];
  const owed = sides.map((side) => books.loose(thing, side));
  const most = exact.min(books.loose(thing, "long"), lotsOwed(owed));
  let left = blank(act.row.quantity) ? most : act.lots;
  if (most.isZero()) {
    const { contract } = act.row;
    const params = { argument: "contract", value: contract, detail: "oneWay" } as const;
    throw new MarginError("notAllowed", params);
  }
  if (left.greaterThan(most)) {
    const params = { argument: "quantity", value: left, detail: `${thing.label} ${digits(most)}` };
    throw new MarginError("outOfRange", { ...params, must: "notAboveLots" });
  }
  sides.forEach((side, index) => {
    const some = exact.min(left, owed[index] as Amount);
    if (some.greaterThan(0)) netLots(books, thing, side, some);
    left = left.minus(some);
  });
}
const lotsOwed = (owed: readonly Amount[]): Amount => owed.reduce((a, b) => a.plus(b), zero);
