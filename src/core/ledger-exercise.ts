/** Exercise, assignment, lapse and adjustment: what each does to the books. */
import { adjustedCode, adjustedSettlement } from "./adjustment";
import { tradingDayFrom } from "./calendar";
import { readContract, readInstrument } from "./contract";
import type { Day } from "./day";
import { MarginError, type WhyNot } from "./errors";
import {
  checkExerciseDay,
  exerciseRuleOn,
  futureSide,
  neededForFutures,
  neededForShares,
} from "./exercise";
import { forSide, priceNow, worthAt, type Act } from "./ledger-act";
import { addTo, netByExchange, spread, takeApart } from "./ledger-acts";
import { lotsIn, marginIn, over, type Books } from "./ledger-books";
import {
  optionKey,
  partsOf,
  scaled,
  total,
  type OptionHeld,
  type SharesHeld,
} from "./ledger-instrument";
import { exact, type Amount } from "./number";
import { attempt } from "./row";
import { blank } from "./table";
import type { Side } from "./terms";

/** Takes apart as many whole sets as it needs to have the lots loose: what is assigned is so in a set as well. */
export function loosen(books: Books, thing: OptionHeld, side: Side, lots: Amount, on: Day): void {
  for (const set of [...books.sets.values()]) {
    const lacking = lots.minus(books.loose(thing, side));
    if (lacking.lessThanOrEqualTo(0)) return;
    if (!set.legs.some((leg) => leg.thing.key === thing.key && leg.side === side)) continue;
    takeApart(books, set, exact.min(lacking, set.sets), on);
    books.notes.push({ kind: "dissolved", label: set.id });
  }
}

/** The trading day shares change hands on; undefined where the year's holidays are not known. */
export function deliveryDay({ contract: { rules } }: OptionHeld, on: Day): Day | undefined {
  const { deliveredAfter } = exerciseRuleOn(rules, on, "date");
  try {
    return tradingDayFrom(on, deliveredAfter, rules.calendar);
  } catch (error) {
    if (error instanceof MarginError && error.code === "noCalendar") return undefined;
    throw error;
  }
}

/** An American option on any day to its expiry, a European one on that day. */
export function checkDay({ contract, expiry, certain }: OptionHeld, on: Day): void {
  // Where its holidays are not known, an expiry may still move to a later day.
  const moved = expiry !== undefined && !certain && on > expiry;
  checkExerciseDay(contract.terms?.style ?? "American", on, moved ? on : expiry, "date");
}

/** Shares and the strike change hands later; the margin stays until then. */
function deliverShares(
  { books, on, place }: Act,
  thing: OptionHeld,
  underlying: SharesHeld,
  side: Side,
  lots: Amount,
): void {
  const { latest, today, rates, todayRates, markup } = books;
  const settled = {
    option: today.get(thing.key),
    underlying: today.get(underlying.key) ?? latest.get(underlying.key),
    rate: todayRates.get(underlying.key) ?? rates.get(underlying.key),
  };
  const parcels = books.take(thing, side, lots);
  const margin =
    side === "short" && settled.option
      ? scaled(partsOf(thing, settled, markup, on), lots)
      : marginIn(parcels);
  const coming = (thing.contract.right === "call") === (side === "long");
  const shares = thing.unit.times(lots);
  const cash = thing.strike.times(shares);
  const due = deliveryDay(thing, on);
  const { label, strike } = thing;
  const covered = side === "covered";
  const moved = {
    ...{ label, covered },
    shares: coming ? shares : shares.negated(),
    cash: coming ? cash.negated() : cash,
  };
  const note = { ...moved, kind: "toDeliver", lots, ...(due && { day: due }) } as const;
  const delivery = { ...moved, thing: underlying, strike, margin, made: on, due, note, row: place };
  books.freeze(margin);
  books.deliveries = [...books.deliveries, delivery];
  books.realised = books.realised.plus(over(parcels, ({ cost }) => forSide(side, cost).negated()));
  books.notes.push(note);
}

/** Options on futures become futures at the strike. */
function becomeFutures(act: Act, thing: OptionHeld, side: Side, lots: Amount): void {
  const { books, on } = act;
  const { underlying: future, contract, strike, unit } = thing;
  if (future.kind !== "future") return;
  const parcels = books.take(thing, side, lots);
  books.realised = books.realised.plus(over(parcels, ({ cost }) => forSide(side, cost).negated()));
  const price = act.given("underlying") ?? priceNow(books, future.key);
  const rate = act.given("rate", "fraction") ?? books.rates.get(future.key);
  if (rate) books.rates.set(future.key, rate);
  const margin = partsOf(future, { option: undefined, underlying: price, rate }, books.markup, on);
  const cost = strike.times(unit);
  const got = futureSide(contract.right, side === "long" ? "long" : "short");
  books.put(future, got, [{ lots, cost, marked: cost, margin }]);
}

/** An index option pays what it is worth; out of the money nothing. */
function payCash(act: Act, thing: OptionHeld, side: Side, lots: Amount): void {
  const { books } = act;
  const price = act.neededPrice(thing);
  const parcels = books.take(thing, side, lots);
  const worth = exact.max(worthAt(thing, price), exact.zero);
  const cash = forSide(side, worth).times(thing.unit).times(lots);
  addTo(books.flow, "exerciseCash", cash);
  const premium = over(parcels, ({ cost }) => forSide(side, cost).negated());
  books.realised = books.realised.plus(premium).plus(cash);
}

/** Exercising what the market gives cheaper is allowed; what it loses and takes is said. */
function warn(act: Act, thing: OptionHeld, lots: Amount): void {
  const { books, on } = act;
  const { underlying, contract, strike, unit, label } = thing;
  const price = act.priceOfDay(thing);
  if (!price) return;
  const worth = worthAt(thing, price);
  if (!worth.lessThan(0)) return;
  const pays = underlying.kind === "index" ? exact.zero : worth;
  const loss = pays.negated().times(unit).times(lots);
  const needed = ((): { cash: Amount; shares: Amount } => {
    const { right } = contract;
    if (underlying.kind === "shares") return neededForShares(right, strike, unit, lots);
    if (underlying.kind === "index") return { cash: exact.zero, shares: exact.zero };
    const rate = act.given("rate", "fraction") ?? books.rates.get(underlying.key);
    const prices = { option: undefined, underlying: price, rate };
    const margin = total(partsOf(underlying, prices, books.markup, on));
    return neededForFutures(right, strike, price, unit, lots, margin, exact.zero);
  })();
  const said = { label, lots, cash: loss.negated(), needed: needed.cash };
  books.notes.push({ kind: "outOfTheMoney", ...said, shares: needed.shares.negated() });
}

/** What exercise or assignment makes of lots. */
function settleLots(act: Act, thing: OptionHeld, side: Side, lots: Amount): void {
  loosen(act.books, thing, side, lots, act.on);
  if (side === "long") warn(act, thing, lots);
  const { underlying } = thing;
  if (underlying.kind === "shares") deliverShares(act, thing, underlying, side, lots);
  else if (underlying.kind === "future") becomeFutures(act, thing, side, lots);
  else payCash(act, thing, side, lots);
}

const settled =
  (sides: readonly Side[]) =>
  (act: Act): void => {
    const { on, option: thing, lots } = act;
    const side = act.sideOf(thing, sides);
    checkDay(thing, on);
    settleLots(act, thing, side, lots);
  };
export const exercise = settled(["long"]);
export const assign = settled(["short", "covered"]);

/**
 * What ends on the expiry day: which side, the lots of the row or all of them, and all there are. Where the exchange
 * nets long against short by itself, it has done so before, and the row's lots may count what was netted.
 */
function ending(act: Act, sides: readonly Side[]) {
  const { books, on, row, option: thing } = act;
  const { expiry } = thing;
  if (expiry && on < expiry) {
    throw new MarginError("notAllowed", {
      ...{ argument: "expiry", value: expiry, detail: "notYetExpired" },
    });
  }
  netByExchange(books, thing);
  const side = act.sideOf(thing, sides);
  const inSets = [...books.sets.values()].reduce(
    (sum, { legs, sets }) =>
      legs.some((leg) => leg.thing.key === thing.key && leg.side === side) ? sum.plus(sets) : sum,
    exact.zero,
  );
  const all = books.loose(thing, side).plus(inSets);
  const rule = exerciseRuleOn(thing.contract.rules, on, "date");
  const of = blank(row.side) ? "long" : side;
  const netted = books.netted.get(`${thing.key} ${of}`) ?? exact.zero;
  const whole = blank(row.quantity) && !all.plus(netted).isZero();
  const lots = whole ? all : act.lots;
  const most = all.plus(netted);
  const left = lots.lessThanOrEqualTo(most) ? exact.min(lots, all) : lots;
  return { thing, side, all, lots: left, rule };
}

/** Lots end without exercise; what a holder gives up by that is said. */
function lapse(
  act: Act,
  thing: OptionHeld,
  side: Side,
  lots: Amount,
  kind: "expiredInTheMoney" | "abandonedInTheMoney" = "expiredInTheMoney",
) {
  const price = act.priceOfDay(thing);
  const { books, on } = act;
  const { label, unit } = thing;
  loosen(books, thing, side, lots, on);
  const parcels = books.take(thing, side, lots);
  books.free(thing, side, lots);
  const premium = over(parcels, ({ cost }) => forSide(side, cost).negated());
  books.realised = books.realised.plus(premium);
  const worth = price && worthAt(thing, price);
  if (!worth?.greaterThan(0)) return;
  const cash = worth.times(unit).times(lots);
  books.notes.push({ kind, label, lots, cash });
}

export const refusedEvent = ({ row }: Act, detail: WhyNot): MarginError =>
  new MarginError("notAllowed", { argument: "event", value: row.event, detail });

/** 到期: where the exchange exercises by itself, only what is not in the money lapses. */
export function expire(act: Act): void {
  const { thing, side, lots, rule } = ending(act, ["short", "covered", "long"]);
  if (lots.isZero()) return;
  if (!rule.automatic) return lapse(act, thing, side, lots);
  const price = act.neededPrice(thing);
  if (!worthAt(thing, price).greaterThan(0)) return lapse(act, thing, side, lots);
  // Which lots of a short are assigned hangs on others; the cash of an index option does not.
  if (side !== "long" && thing.underlying.kind !== "index") {
    throw refusedEvent(act, "assignedByItself");
  }
  settleLots(act, thing, side, lots);
  act.books.notes.push({ kind: "exercisedByItself", label: thing.label, lots });
}

/** 放弃: as the exchange takes it; of a short, the lots its holders gave up. */
export function abandon(act: Act): void {
  const { thing, side, all, lots, rule } = ending(act, ["long", "short"]);
  if (rule.abandon === "none") throw refusedEvent(act, "abandonExpire");
  if (rule.abandon === "whole" && side === "long" && !lots.equals(all)) {
    throw new MarginError("notAllowed", {
      ...{ argument: "quantity", value: lots, detail: "abandonWhole" },
    });
  }
  lapse(act, thing, side, lots, "abandonedInTheMoney");
}

/** A split, a merger or a dividend of an ETF: the shares that come in or go, and the cash. */
function adjustShares(act: Act): void {
  const { books, row, thing } = act;
  if (thing.kind !== "shares") return;
  if (lotsIn(books.shareHolding(thing).parcels).isZero()) throw notHeld(row.contract);
  const cash = act.given("amount");
  if (!blank(row.quantity)) {
    spread(books, thing, act.sharesMore);
    adjusted(books, books.shareHolding(thing).thing);
  } else if (!cash) throw new MarginError("missing", { argument: "quantity", detail: thing.label });
  if (!cash) return;
  addTo(books.flow, "shareCash", cash);
  books.realised = books.realised.plus(cash);
}

const notHeld = (value: unknown): MarginError =>
  new MarginError("notAllowed", { argument: "contract", value, detail: "notHeld" });

/** A contract goes on under new terms and a new code: what it came in for stays as it is. */
export function adjust(act: Act): void {
  const { books, row, on } = act;
  if (readInstrument(row.contract, books.exchanges, on).kind === "shares") return adjustShares(act);
  const [strike, unit] = [act.figure("strike"), act.figure("unit", "wholeAboveZero")];
  const old = oldTerms(act);
  const { rules } = old.contract;
  const code = blank(row.newContract)
    ? rules.adjustment && adjustedCode(rules.adjustment, old.label)
    : String(row.newContract).trim();
  if (!code) throw new MarginError("missing", { argument: "newContract", detail: old.label });
  const contract = readContract(code, books.exchanges, on, "newContract");
  const key = optionKey({ ...contract, code });
  const thing: OptionHeld = { ...old, key, label: code, contract, strike, unit };
  // Sets of a contract that is adjusted are undone.
  for (const set of [...books.sets.values()]) {
    if (!set.legs.some((leg) => leg.thing.key === old.key)) continue;
    takeApart(books, set, set.sets, on);
    books.notes.push({ kind: "dissolved", label: set.id });
  }
  const moved = [...books.positions.values()].filter((held) => held.thing.key === old.key);
  if (moved.every(({ parcels }) => parcels.length === 0)) {
    throw notHeld(row.contract);
  }
  books.options.set(key, thing);
  for (const { side, parcels } of moved) {
    if (parcels.length === 0) continue;
    const lots = lotsIn(parcels);
    books.put(thing, side, books.take(old, side, lots));
  }
  const before = act.given("previousSettlement") ?? settlementAfter(books, old, unit);
  if (before) books.latest.set(key, before);
  const { underlying } = thing;
  if (underlying.kind === "shares") adjusted(books, books.shareHolding(underlying).thing, code);
}

const adjusted = (books: Books, shares: SharesHeld, ...codes: readonly string[]): unknown =>
  books.adjusted.set(shares, [...(books.adjusted.get(shares) ?? []), ...codes]);

/** After a day's adjustments, in whatever order they stood: which covered calls they left short of shares. */
export function noteShortfalls(books: Books, on: Day): void {
  for (const [shares, codes] of books.adjusted) {
    const short = books.coveredNeed(shares).minus(books.shareHolding(shares).locked);
    if (!short.greaterThan(0)) continue;
    if (!books.shortSince.has(shares)) books.shortSince.set(shares, on);
    const label = codes.length > 0 ? codes.join("、") : shares.label;
    books.notes.push({ kind: "coveredShort", label, shares: short });
  }
  books.adjusted = new Map();
}

/** The last settlement over the new unit; none where it rounds to nothing. */
function settlementAfter({ latest }: Books, old: OptionHeld, unit: Amount): Amount | undefined {
  const [rule, last] = [old.contract.rules.adjustment, latest.get(old.key)];
  return rule && last && attempt(() => adjustedSettlement(rule, last, old.unit, unit));
}

/** The contract as it was: the row's strike and unit are the new ones. */
function oldTerms(act: Act): OptionHeld {
  const { books, row, on } = act;
  const label = String(row.contract ?? "").trim();
  const contract = readContract(row.contract, books.exchanges, on);
  const old = books.options.get(optionKey({ ...contract, code: label }));
  if (old) return old;
  throw notHeld(row.contract);
}
