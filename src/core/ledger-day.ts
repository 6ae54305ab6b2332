/** The end of a ledger's day: deliveries, what the exchange does by itself, the settlement, the figures. */
import { dayFromNumber, numberFromDay, type Day } from "./day";
import { MarginError, type WhyNot } from "./errors";
import { forSide, marginOf, missingPrice } from "./ledger-act";
import {
  addTo,
  giveOut,
  lastPrices,
  netByExchange,
  setMargin,
  takeApart,
  takeIn,
  uncover,
} from "./ledger-acts";
import { lotsIn, newFlow, over } from "./ledger-books";
import type { Books, Delivery, Flow, LedgerNote, Parcel, Position } from "./ledger-books";
import { eachPart, total, type FutureHeld, type OptionHeld, type Parts } from "./ledger-instrument";
import { digits, exact, type Amount } from "./number";

const { zero } = exact;

/** An account at the end of a day, in its currency; nothing is rounded. */
export interface LedgerFigures extends Readonly<Flow> {
  /** The balance the day began with. */
  readonly previous: Amount;
  readonly balance: Amount;
  /** 保证金占用: previous + frozen − released. */
  readonly margin: Amount;
  /** What the settlement changed the margin of what was held by, in parts. */
  readonly change: Parts;
  /** 净用资金: frozen − released − premium in + premium out; below zero where cash came back. */
  readonly netCashUsed: Amount;
  /** Balance − margin. */
  readonly available: Amount;
  readonly longValue: Amount;
  readonly shortValue: Amount;
  /** Shares at the day's price, with those on their way and their strike. */
  readonly shareValue: Amount;
  /** Balance + long option value − short option value + shares. */
  readonly marketEquity: Amount;
  /** Since the first day, before fees. */
  readonly realised: Amount;
  /** Of what is held. */
  readonly open: Amount;
  /** Realised + open − fees since the first day. */
  readonly running: Amount;
  /** Whether nothing is held and nothing is on its way. */
  readonly closed: boolean;
  readonly notes: readonly LedgerNote[];
}

/** Runs a step and books by how much the frozen margin went up or down. */
export function tracked(books: Books, step: () => void): void {
  const before = total(books.margin);
  step();
  const moved = total(books.margin).minus(before);
  if (moved.greaterThan(0)) addTo(books.flow, "frozen", moved);
  else addTo(books.flow, "released", moved.negated());
}

/** What comes in is there for what goes out. */
const inFirst = (deliveries: readonly Delivery[]): Delivery[] =>
  [...deliveries].sort((a, b) => Number(b.shares.greaterThan(0)) - Number(a.shares.greaterThan(0)));

/** Hands over what is due by a day. */
function deliver(books: Books, on: Day): void {
  const isDue = ({ due, made }: Delivery): boolean => (due === undefined ? made < on : due <= on);
  const due = inFirst(books.deliveries.filter(isDue));
  books.deliveries = books.deliveries.filter((delivery) => !isDue(delivery));
  for (const { thing, shares, cash, strike, margin, covered, label, row } of due) {
    const holding = books.shareHolding(thing);
    if (shares.greaterThan(0)) takeIn(books, thing, shares, strike);
    else if (shares.isZero()) books.realised = books.realised.plus(cash);
    else {
      const out = shares.negated();
      if (covered) holding.locked = exact.max(holding.locked.minus(out), zero);
      const free = lotsIn(holding.parcels).minus(holding.locked);
      if (out.greaterThan(free)) {
        throw new MarginError("outOfRange", {
          ...{ argument: "delivery", value: out, must: "deliverable" },
          detail: `${thing.label} ${digits(exact.max(free, zero))}`,
          ...(row && { row }),
        });
      }
      giveOut(books, thing, out, strike, free);
    }
    addTo(books.flow, "exerciseCash", cash);
    books.release(margin);
    books.notes.push({ kind: "delivered", label, shares, cash, covered });
  }
}

/** Takes apart the sets that may not stand on a day. */
function dissolveDue(books: Books, on: Day): void {
  for (const set of [...books.sets.values()]) {
    const refused = new Set<string>();
    const refuse = (reason: WhyNot): Error => {
      refused.add(reason);
      return new MarginError("notAllowed", {
        ...{ argument: "combination", value: set.id, detail: reason },
      });
    };
    try {
      setMargin(books, set.id, set.legs, on, refuse);
    } catch (error) {
      // A leg that has expired is said in the evening.
      if (set.legs.some(({ thing }) => thing.kind === "option" && books.expired(thing, on)))
        continue;
      if (!refused.has("setDissolved")) throw error;
      takeApart(books, set, set.sets, on);
      books.notes.push({ kind: "dissolved", label: set.id });
    }
  }
}

/** Where the exchange does so by itself, long against short of each contract. */
function netAll(books: Books): void {
  for (const { thing, side } of [...books.positions.values()]) {
    if (side === "long" && thing.kind === "option") netByExchange(books, thing);
  }
}

/** What the exchange does where an adjustment has left covered calls short of shares. */
function coverShortfalls(books: Books, on: Day): void {
  for (const [shares, since] of books.shortSince) {
    const lacking = (): Amount =>
      books.coveredNeed(shares).minus(books.shareHolding(shares).locked);
    const { positions, notes } = books;
    if (shares.rules?.adjustment?.shortfallBecomes === "ordinaryShort") {
      for (const { thing, side, parcels } of [...positions.values()]) {
        if (side !== "covered" || thing.kind !== "option") continue;
        if (thing.underlying.key !== shares.key || lacking().lessThanOrEqualTo(0)) continue;
        const lots = exact.min(lacking().dividedBy(thing.unit).ceil(), lotsIn(parcels));
        if (lots.isZero()) continue;
        uncover(books, thing, lots, marginOf(books, thing, "short", lastPrices(books, thing), on));
        notes.push({ kind: "becameShort", label: thing.label, lots });
      }
    }
    if (lacking().lessThanOrEqualTo(0)) books.shortSince.delete(shares);
    else if (on > since) {
      const { locked } = books.shareHolding(shares);
      throw new MarginError("notAllowed", {
        ...{ argument: "lockedShares", value: locked, detail: "coveredShort" },
      });
    }
  }
}

/** Unlocks what the covered calls that ended on the day had locked and no other needs. */
function unlockFreed(books: Books): void {
  for (const [thing, most] of books.freed) {
    const holding = books.shareHolding(thing);
    const shares = exact.min(most, holding.locked.minus(books.coveredNeed(thing)));
    if (shares.lessThanOrEqualTo(0)) continue;
    holding.locked = holding.locked.minus(shares);
    books.notes.push({ kind: "unlocked", label: thing.label, shares });
  }
  books.freed = new Map();
}

const dayAfter = (day: Day, days: number): Day => dayFromNumber(numberFromDay(day) + days);

/** Before a day's events: what fell due since the day before it in the ledger. */
export function startOfDay(books: Books, on: Day): void {
  tracked(books, () => {
    const yesterday = dayAfter(on, -1);
    if (books.deliveries.some(({ due }) => due && due <= yesterday)) deliver(books, yesterday);
    dissolveDue(books, on);
  });
}

/** The day's settlement price. @throws missing */
function settledAt({ today }: Books, key: string, label: string, on: Day): Amount {
  const price = today.get(key);
  if (price) return price;
  throw missingPrice(label, on);
}

function settledPrices(books: Books, thing: OptionHeld | FutureHeld, short: boolean, on: Day) {
  const option = settledAt(books, thing.key, thing.label, on);
  if (thing.kind === "future") {
    return { option, underlying: option, rate: books.rates.get(thing.key) };
  }
  const { key, label } = thing.underlying;
  const underlying = short ? settledAt(books, key, label, on) : books.today.get(key);
  return { option, underlying, rate: books.rates.get(key) };
}

/** A future's gain and loss to the settlement. */
function mark(books: Books, { thing, side, parcels }: Position, on: Day): readonly Parcel[] {
  if (thing.kind === "option") return parcels;
  const value = settledAt(books, thing.key, thing.label, on).times(thing.unit);
  addTo(
    books.flow,
    "futuresPnl",
    over(parcels, ({ marked }) => forSide(side, value.minus(marked))),
  );
  return parcels.map((parcel) => ({ ...parcel, marked: value }));
}

const held = ({ parcels }: Position): boolean => parcels.length > 0;

/** Every position, those in sets among them. */
const allHeld = ({ positions, sets }: Books): readonly Position[] =>
  [...positions.values(), ...[...sets.values()].flatMap(({ legs }) => legs)].filter(held);

/** @throws notAllowed where an option is held past its expiry, alone or in a set */
function checkExpired(books: Books, on: Day): void {
  for (const { thing } of allHeld(books)) {
    if (thing.kind !== "option" || !books.expired(thing, on)) continue;
    throw new MarginError("notAllowed", {
      ...{ argument: "contract", value: thing.label, detail: "pastExpiry" },
    });
  }
}

/** What is still held on the evening of its last day is valued as on any other, and said. */
function noteLastDay(books: Books, on: Day): void {
  for (const { thing, parcels } of allHeld(books)) {
    if (thing.kind !== "option") continue;
    const { certain, expiry } = books.options.get(thing.key) ?? thing;
    if (!certain || expiry !== on) continue;
    books.notes.push({ kind: "lastDay", label: thing.label, lots: lotsIn(parcels) });
  }
}

/**
 * Deliveries to come, each with the shares and the cash it still lacks: locked shares are for covered calls, and
 * cash that others bring in counts for none.
 */
function withLacking(books: Books, notes: readonly LedgerNote[], available: Amount): LedgerNote[] {
  let left = exact.max(available, zero);
  const lacking = new Map<LedgerNote, LedgerNote["lacking"]>();
  const hands = new Map<string, { free: Amount; locked: Amount }>();
  for (const { thing, shares, cash, covered, note } of inFirst(books.deliveries)) {
    const { parcels, locked } = books.shareHolding(thing);
    const hand = hands.get(thing.key) ?? { free: lotsIn(parcels).minus(locked), locked };
    hands.set(thing.key, hand);
    const fromLocked = covered ? exact.min(hand.locked, shares.negated()) : zero;
    hand.locked = hand.locked.minus(fromLocked);
    const free = hand.free.plus(shares).plus(fromLocked);
    hand.free = exact.max(free, zero);
    const money = left.plus(exact.min(cash, zero));
    left = exact.max(money, zero);
    lacking.set(note, {
      shares: exact.max(free.negated(), zero),
      cash: exact.max(money.negated(), zero),
    });
  }
  return notes.map((note) => {
    const missing = lacking.get(note);
    return missing ? { ...note, lacking: missing } : note;
  });
}

/** Everything held is valued at the day's settlement and its margin worked out anew. */
function settle(books: Books, on: Day): void {
  for (const position of [...books.positions.values()].filter(held)) {
    const { thing, side } = position;
    position.parcels = mark(books, position, on);
    const prices = settledPrices(books, thing, side === "short", on);
    const margin = marginOf(books, thing, side, prices, on);
    position.parcels = position.parcels.map((parcel) => ({ ...parcel, margin }));
  }
  for (const set of books.sets.values()) {
    for (const leg of set.legs) leg.parcels = mark(books, leg, on);
    const refuse = (detail: WhyNot): Error =>
      new MarginError("notAllowed", { argument: "combination", value: set.id, detail });
    const { margin } = setMargin(books, set.id, set.legs, on, refuse, (_, thing) =>
      settledPrices(books, thing, true, on),
    );
    set.margin = margin;
  }
  books.addUpMargin();
}

/** What is held at the day's prices, and what it gained since it came in. */
function valued(books: Books, on: Day) {
  const worth = { longValue: zero, shortValue: zero, shareValue: zero, open: zero };
  const add = (figure: keyof typeof worth, amount: Amount): void => {
    worth[figure] = worth[figure].plus(amount);
  };
  for (const { thing, side, parcels } of allHeld(books)) {
    const value = settledAt(books, thing.key, thing.label, on).times(thing.unit);
    add(
      "open",
      over(parcels, ({ cost }) => forSide(side, value.minus(cost))),
    );
    if (thing.kind === "future") continue;
    add(side === "long" ? "longValue" : "shortValue", value.times(lotsIn(parcels)));
  }
  for (const { thing, parcels } of books.shares.values()) {
    if (parcels.length === 0) continue;
    const price = settledAt(books, thing.key, thing.label, on);
    add("shareValue", price.times(lotsIn(parcels)));
    add(
      "open",
      over(parcels, ({ cost }) => price.minus(cost)),
    );
  }
  for (const { thing, shares, cash } of books.deliveries) {
    const price = shares.isZero() ? zero : settledAt(books, thing.key, thing.label, on);
    const value = price.times(shares).plus(cash);
    add("shareValue", value);
    add("open", value);
  }
  return worth;
}

/** Ends a day and gives its figures. @throws what a missing price, set or share makes of it */
export function endOfDay(books: Books, on: Day, feesBefore: Amount): LedgerFigures {
  const [alone] = books.waiting.keys();
  if (alone !== undefined) {
    throw new MarginError("notAllowed", {
      ...{ argument: "combination", value: alone, detail: "setOfTwo" },
    });
  }
  for (const [key, price] of books.today) books.latest.set(key, price);
  for (const [key, rate] of books.todayRates) books.rates.set(key, rate);
  checkExpired(books, on);
  tracked(books, () => deliver(books, on));
  // A set's last day ends with its legs apart.
  tracked(books, () => dissolveDue(books, dayAfter(on, 1)));
  tracked(books, () => netAll(books));
  tracked(books, () => coverShortfalls(books, on));
  unlockFreed(books);
  noteLastDay(books, on);
  const before = books.margin;
  tracked(books, () => settle(books, on));
  const change = eachPart(books.margin, before, exact.minus);
  for (const [key, position] of books.positions) {
    if (!held(position)) books.positions.delete(key);
  }

  const { flow, realised, balance: previous } = books;
  const balance = previous
    .plus(flow.deposits)
    .minus(flow.withdrawals)
    .plus(flow.premiumIn)
    .minus(flow.premiumOut)
    .plus(flow.futuresPnl)
    .plus(flow.exerciseCash)
    .plus(flow.shareCash)
    .minus(flow.fees);
  const margin = total(books.margin);
  const worth = valued(books, on);
  const notes = withLacking(books, books.notes, balance.minus(margin));
  books.balance = balance;
  books.flow = newFlow();
  books.notes = [];
  books.today = new Map();
  books.todayRates = new Map();
  books.netted = new Map();
  return {
    ...flow,
    ...worth,
    ...{ previous, balance, margin, change, realised, notes, closed: books.empty },
    netCashUsed: flow.frozen.minus(flow.released).minus(flow.premiumIn).plus(flow.premiumOut),
    available: balance.minus(margin),
    marketEquity: balance.plus(worth.longValue).minus(worth.shortValue).plus(worth.shareValue),
    running: realised.plus(worth.open).minus(feesBefore).minus(flow.fees),
  };
}
