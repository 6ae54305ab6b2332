/** What lots assigned together ask for: cash and shares, by when, and what is short of them. */
import {
  amount,
  obligations,
  type Amount,
  type AssignedShort,
  type Day,
  type Obligation,
  type Pace,
} from "../core";
import type { Book, Line } from "./book";
import { assignable } from "./expiring-assigned";
import { known, sumOf, unknown, type Known } from "./expiring-known";
import { Freed } from "./expiring-freed";
import type { AssignedLine, NettedShort } from "./expiring-tonight";
import { optionOf } from "./figure";
import { readingOf } from "./reading";

/** What all lots assigned ask for. */
export interface Needs {
  /** Strikes to pay for shares, losses of index options, margin and losses of futures, before anything is set against it. */
  readonly cash: Amount;
  readonly available: Amount | undefined;
  /**
   * Freed the same night, in the clearing that asks for the cash: margin of shorts delivered then, of futures set off and
   * of what is netted, gains of first markings. Shares are delivered later, and their margin is not among it.
   */
  readonly freed: Known<Amount>;
  /** What is missing of the cash with what is available and freed. */
  readonly cashShort: Known<Amount>;
  /** By the day it is due, the earliest first; an unknown day last. */
  readonly cashBy: readonly { readonly by: Day | undefined; readonly cash: Amount }[];
  readonly shares: readonly SharesNeeded[];
  readonly obligations: readonly LineObligation[];
  /** The statement has rows that weren't read, so more may be asked for. */
  readonly incomplete: boolean;
}

/** Shares of one ETF to deliver. */
export interface SharesNeeded {
  readonly code: string;
  readonly needed: Amount;
  /** As the statement lists them, locked ones among them. */
  readonly held: Amount;
  /** Locked by covered calls, those whose locked shares aren't printed in full. */
  readonly locked: Amount;
  /** What is missing; shares locked for covered calls that aren't assigned serve no other. */
  readonly short: Amount;
  readonly by: Day | undefined;
}

/** One line's part. */
export interface LineObligation {
  readonly lineId: string;
  readonly shares: Amount;
  readonly cash: Amount;
  /** What comes in for them. */
  readonly receives: { readonly shares: Amount; readonly cash: Amount };
  readonly by: Day | undefined;
  readonly sharesShort: Amount;
  /** Once the lines before it have taken theirs. */
  readonly cashShort: Known<Amount>;
}

const ZERO = amount("0");

const larger = (a: Amount, b: Amount): Amount => (a.lessThan(b) ? b : a);
const smaller = (a: Amount, b: Amount): Amount => (a.greaterThan(b) ? b : a);

/** Lots that bring a future and those set off ask for different margins. */
function shortsOf({ option, lots, assigned, netted }: AssignedLine, on: Day): AssignedShort[] {
  const { line, side } = option;
  const terms = assignable(line);
  if (terms.unknown) return [];
  const { contract, product, strike, unit } = terms.value;
  const { future, price } = assigned;
  const margin = future?.marginPerLot.value;
  const one: AssignedShort = {
    label: line.id,
    rules: contract.rules,
    product,
    right: contract.right,
    strike,
    unit,
    lots,
    on,
    ...(side === "covered" && { covered: true }),
    ...(price.value && { settlement: price.value }),
    ...(margin && { futuresMargin: margin }),
  };
  if (netted.lots.isZero()) return [one];
  const setOff = { ...one, lots: netted.lots, futuresMargin: ZERO };
  const left = lots.minus(netted.lots);
  return left.isZero() ? [setOff] : [{ ...one, lots: left }, setOff];
}

interface Shares {
  readonly held: Amount;
  readonly locked: Amount;
  /** Free for those assigned. */
  readonly free: Amount;
}

const productOf = ({ position }: Line): string | undefined => {
  const { subject } = position;
  if (subject?.kind === "shares") return subject.product.code;
  return optionOf(position)?.product;
};

/** What a covered line has locked: as printed, else in full, as its margin is taken. */
const lockedBy = ({ position, unit }: Line): Amount =>
  position.lockedShares ?? unit?.times(position.quantity) ?? ZERO;

function* sharesInSteps(
  { lines }: Book,
  assigned: readonly AssignedLine[],
  netted: readonly NettedShort[],
  pace: Pace,
): Generator<void, ReadonlyMap<string, Shares>> {
  const lots = new Map(netted.map((one) => [one.option.line, one.lots]));
  for (const one of assigned) put(lots, one.option.line, ZERO, (sofar) => sofar.plus(one.lots));
  const found = new Map<string, { listed: Amount; locked: Amount; reserved: Amount }>();
  for (const line of lines) {
    if (pace.due(ADDING)) yield;
    const code = productOf(line);
    const { side, quantity } = line.position;
    const isShares = line.kind === "shares" && side === "long";
    if (code === undefined || (!isShares && side !== "covered")) continue;
    const { listed, locked, reserved } = found.get(code) ?? {
      listed: ZERO,
      locked: ZERO,
      reserved: ZERO,
    };
    const own = isShares ? ZERO : lockedBy(line);
    const open = quantity.minus(lots.get(line) ?? ZERO);
    const kept = isShares ? ZERO : smaller(own, (line.unit ?? ZERO).times(open));
    found.set(code, {
      listed: isShares ? listed.plus(quantity) : listed,
      locked: locked.plus(own),
      reserved: reserved.plus(kept),
    });
  }
  return new Map(
    [...found].map(([code, { listed, locked, reserved }]) => {
      const held = larger(listed, locked);
      return [code, { held, locked, free: held.minus(reserved) }];
    }),
  );
}

const NO_SHARES: Shares = { held: ZERO, locked: ZERO, free: ZERO };

const noMoney = unknown(
  "没有可用资金，缺多少现金算不出。填入权益，或补齐保证金。",
  "Funds available aren't known, so what is missing of the cash is left open. Enter the equity, or complete the margin.",
);

/** A line's part in adding up. */
const ADDING = 0.2;

/** Shorts the core is asked about at a time. */
const STRETCH = 100;

/** The core's obligations, covered calls served first, a stretch at a time: each leaves the next what is at hand. */
function* obligationsInSteps(
  shorts: readonly AssignedShort[],
  shares: Map<string, Amount>,
  money: Amount,
  pace: Pace,
): Generator<void, readonly Obligation[]> {
  const covered = shorts.filter((short) => short.covered);
  const queue = [...covered, ...shorts.filter((short) => !short.covered)];
  const served = new Map<AssignedShort, Obligation>();
  let cash = money;
  for (let at = 0; at < queue.length; at += STRETCH) {
    for (const one of obligations(queue.slice(at, at + STRETCH), { shares, cash })) {
      const { code } = one.short.product;
      const delivered = one.shares.minus(one.sharesShort);
      if (!delivered.isZero()) shares.set(code, (shares.get(code) ?? ZERO).minus(delivered));
      cash = cash.minus(one.cash.minus(one.cashShort));
      served.set(one.short, one);
    }
    if (pace.due(STRETCH)) yield;
  }
  return shorts.flatMap((short) => served.get(short) ?? []);
}

/** A part added to those under its key. */
function put<K, T>(map: Map<K, T>, key: K, none: T, add: (sofar: T) => T): void {
  map.set(key, add(map.get(key) ?? none));
}

const plus = (sofar: Known<Amount>, more: Known<Amount>): Known<Amount> => sumOf([sofar, more]);

/** What the lines assigned ask for together, on a day. */
export function* needsInSteps(
  book: Book,
  assigned: readonly AssignedLine[],
  netted: readonly NettedShort[],
  on: Day,
  pace: Pace,
): Generator<void, Needs> {
  const { available } = book.standings;
  const atHand = yield* sharesInSteps(book, assigned, netted, pace);
  const free = new Map([...atHand].map(([code, { free: shares }]) => [code, shares]));
  const shorts: AssignedShort[] = [];
  const freed = new Freed();
  for (const { released } of netted) freed.add(released);
  for (const one of assigned) {
    const its = shortsOf(one, on);
    freed.addLine(one, its, on);
    shorts.push(...its);
    if (pace.due(ADDING)) yield;
  }
  const { all } = freed;
  // What is open can only add to what is freed: with enough at hand nothing is missing.
  const short = (missing: Amount): Known<Amount> => {
    if (!available) return noMoney;
    return all.unknown && !missing.isZero() ? all : known(missing);
  };
  const money = (available ?? ZERO).plus(freed.counted);
  const asked = yield* obligationsInSteps(shorts, free, money, pace);
  const lines = new Map<string, LineObligation>();
  const days = new Map<Day | undefined, Amount>();
  const shares = new Map<string, SharesNeeded>();
  let [cash, cashShort] = [ZERO, ZERO];
  for (const one of asked) {
    const { by } = one;
    const { label, product } = one.short;
    cash = cash.plus(one.cash);
    cashShort = cashShort.plus(one.cashShort);
    const none: LineObligation = {
      ...{ lineId: label, by, shares: ZERO, cash: ZERO, sharesShort: ZERO, cashShort: short(ZERO) },
      receives: { shares: ZERO, cash: ZERO },
    };
    put(lines, label, none, (sofar) => ({
      ...sofar,
      shares: sofar.shares.plus(one.shares),
      cash: sofar.cash.plus(one.cash),
      receives: {
        shares: sofar.receives.shares.plus(one.receives.shares),
        cash: sofar.receives.cash.plus(one.receives.cash),
      },
      sharesShort: sofar.sharesShort.plus(one.sharesShort),
      cashShort: plus(sofar.cashShort, short(one.cashShort)),
    }));
    if (!one.cash.isZero()) put(days, by, ZERO, (sofar) => sofar.plus(one.cash));
    if (!one.shares.isZero()) {
      const { code } = product;
      const { held, locked } = atHand.get(code) ?? NO_SHARES;
      const none = { code, held, locked, by, needed: ZERO, short: ZERO };
      put<string, SharesNeeded>(shares, code, none, (sofar) => ({
        ...sofar,
        needed: sofar.needed.plus(one.shares),
        short: sofar.short.plus(one.sharesShort),
      }));
    }
    if (pace.due(ADDING)) yield;
  }
  return {
    cash,
    available,
    freed: all,
    cashShort: short(cashShort),
    cashBy: [...days]
      .map(([by, due]) => ({ by, cash: due }))
      .sort((a, b) => ((a.by ?? LAST) < (b.by ?? LAST) ? -1 : 1)),
    shares: [...shares.values()],
    obligations: [...lines.values()],
    incomplete: readingOf(book.inputs.statement, book.account).incomplete,
  };
}

/** Behind every day. */
const LAST = "~";
