/** What if shorts are assigned tonight: what must be paid and delivered, and where the account stands then. */
import { amount, drained, Pace, type Amount, type Bilingual, type Day } from "../core";
import type { Book } from "./book";
import { lotsOf, stays, type LeftOut, type TonightAsked } from "./expiring-counted";
import { notesOn } from "./expiring-notes";
import { ifAssigned, type IfAssigned } from "./expiring-assigned";
import { known, sumOf, unknown, type Known } from "./expiring-known";
import { needsInSteps, type Needs } from "./expiring-needs";
import { nettedNote } from "./expiring-netted";
import { HeldFutures, nets, NOTHING_NETTED, type Netted } from "./expiring-netting";
import {
  circumstancesOf,
  linesInSteps,
  releasedBy,
  surroundingsInSteps,
  type ExpiringLine,
  type Surroundings,
} from "./expiring";
import { atMarketValue, bookedValue, ratioOf, standingIn, startOf } from "./plan";
import { stripOf, type Strip } from "./strip";

/** A line whose lots are taken for assigned. */
export interface AssignedLine {
  readonly option: ExpiringLine;
  readonly lots: Amount;
  readonly assigned: IfAssigned;
  /** The margin these lots free. */
  readonly released: Known<Amount>;
  readonly netted: Netted;
  /** The margin of the futures that are not set off; zero where there are none. */
  readonly futuresMargin: Amount;
}

/** Lots of a short that the exchange nets before it assigns. */
export interface NettedShort {
  readonly option: ExpiringLine;
  readonly lots: Amount;
  readonly why: Bilingual;
  /** The margin these lots free. */
  readonly released: Known<Amount>;
}

/** What tonight's clearing changes of margin and money. */
export interface AssignmentChange {
  /** Margin of the shorts assigned, freed. */
  readonly released: Amount;
  /** Margin of the shorts that the exchange nets against longs, freed. */
  readonly nettedOptions: Amount;
  /** Margin of futures held that are set off, freed. */
  readonly netted: Amount;
  /** Margin of the futures that come in. */
  readonly futuresMargin: Amount;
  /** Strikes for shares, index cash, first marking of futures; signed. */
  readonly cash: Amount;
  /** What it takes to buy the shares that are missing, at the ETF's price. */
  readonly bought: Amount;
  /** What an equity at market value had booked as the shorts' worth; zero for other equities. */
  readonly booked: Amount;
}

export interface AssignedTonight {
  readonly on: Day;
  readonly assigned: readonly AssignedLine[];
  /** What is netted first; wholly netted ones are among those left out too. */
  readonly netted: readonly NettedShort[];
  readonly left: readonly LeftOut[];
  /** Shorts that may count, but lack a price, a rate or a rule: totals wait for them. */
  readonly open: readonly { readonly option: ExpiringLine; readonly why: Bilingual }[];
  readonly needs: Known<Needs>;
  readonly change: Known<AssignmentChange>;
  readonly strip: Strip;
  /** What the figures leave out. */
  readonly notes: readonly Bilingual[];
}

const ZERO = amount("0");

function assignedLine(
  option: ExpiringLine,
  lots: Amount,
  around: Surroundings,
  futures: HeldFutures | undefined,
): Known<AssignedLine> {
  const { line } = option;
  const { on } = around;
  const worked = ifAssigned(line, lots, circumstancesOf(line, on, around));
  if (worked.unknown) return worked;
  const assigned = worked.value;
  const { future, cash } = assigned;
  if (cash.unknown) return cash;
  if (future?.margin.unknown) return future.margin;
  const netted = future && futures && nets(line, on) ? futures.take(future) : NOTHING_NETTED;
  const each = future?.marginPerLot.value ?? ZERO;
  return known({
    option,
    lots,
    assigned,
    released: releasedBy(line, lots),
    netted,
    futuresMargin: each.times(lots.minus(netted.lots)),
  });
}

/** What the worth of the lots had taken from an equity at market value. */
function booked(book: Book, { option, lots }: AssignedLine): Known<Amount> {
  if (!atMarketValue(book)) return known(ZERO);
  const { line } = option;
  const { contract, quantity } = line.position;
  const worth = bookedValue(line);
  if (worth) return known(lots.equals(quantity) ? worth : worth.times(lots).dividedBy(quantity));
  return unknown(
    `${contract} 没有结算价，市值权益里扣了多少算不出。补上价格再导入。`,
    `${contract} has no settlement price, so what the equity at market value has booked for it is open. Add the price and import again.`,
  );
}

/** A line's part in adding up. */
const ADDING = 0.2;

/** What the shares that aren't there cost, at the price their options are assigned by. */
function boughtFor(assigned: readonly AssignedLine[], { shares }: Needs): Known<Amount> {
  let sum = ZERO;
  for (const { code, short } of shares) {
    const of = short.isZero() ? undefined : assigned.find((one) => isOn(one, code));
    if (!of) continue;
    const { moneyness } = of.option;
    if (moneyness.unknown) return moneyness;
    sum = sum.plus(short.times(moneyness.value.price));
  }
  return known(sum);
}

const isOn = ({ option }: AssignedLine, code: string): boolean => option.line.underlying === code;

function* changeInSteps(
  book: Book,
  assigned: readonly AssignedLine[],
  nettedShorts: readonly NettedShort[],
  needs: Needs,
  pace: Pace,
): Generator<void, Known<AssignmentChange>> {
  const nettedOptions = sumOf(nettedShorts.map(({ released }) => released));
  if (nettedOptions.unknown) return nettedOptions;
  const bought = boughtFor(assigned, needs);
  if (bought.unknown) return bought;
  let sum: AssignmentChange = {
    ...{ released: ZERO, nettedOptions: nettedOptions.value, netted: ZERO },
    ...{ futuresMargin: ZERO, cash: ZERO, bought: bought.value, booked: ZERO },
  };
  for (const one of assigned) {
    if (pace.due(ADDING)) yield;
    const { released, netted, futuresMargin, assigned: got } = one;
    const worth = booked(book, one);
    if (released.unknown) return released;
    if (netted.freed.unknown) return netted.freed;
    if (got.cash.unknown) return got.cash;
    if (worth.unknown) return worth;
    sum = {
      ...sum,
      released: sum.released.plus(released.value),
      netted: sum.netted.plus(netted.freed.value),
      futuresMargin: sum.futuresMargin.plus(futuresMargin),
      cash: sum.cash.plus(got.cash.value),
      booked: sum.booked.plus(worth.value),
    };
  }
  return known(sum);
}

/** Now and after all deliveries, on the broker's standard; futures without relief, shares not counted as money, those missing bought. */
function stripOfChange(book: Book, change: Known<AssignmentChange>): Strip {
  const { now } = stripOf(book, []);
  if (change.unknown) return { now, then: undefined, refused: change.unknown };
  const start = startOf(book);
  if ("refused" in start) return { now, then: undefined, refused: start.refused };
  const { released, nettedOptions, netted, futuresMargin, cash, bought, booked } = change.value;
  const freed = released.plus(nettedOptions).plus(netted);
  const margin = start.margin.minus(freed).plus(futuresMargin);
  const equity = start.money.plus(cash).minus(bought).plus(booked);
  const ratio = ratioOf(margin, equity);
  return { now, then: { margin, equity, ratio, status: standingIn(book, margin, equity) } };
}

/** What if the shorts of a book are assigned on its day. */
export const assignedTonight = (book: Book, asked: TonightAsked): AssignedTonight =>
  drained(assignedTonightInSteps(book, asked));

/** The same for a book of any length, pausing between stretches. */
export function* assignedTonightInSteps(
  book: Book,
  asked: TonightAsked,
): Generator<void, AssignedTonight> {
  const pace = new Pace();
  const around = yield* surroundingsInSteps(book, asked.basis, pace);
  const lines = yield* linesInSteps(book, around, pace);
  const { on } = around;
  const netting = asked.netting ?? false;
  const futures = new HeldFutures(book);
  const assigned: AssignedLine[] = [];
  const nettedShorts: NettedShort[] = [];
  const left: LeftOut[] = [];
  const open: { option: ExpiringLine; why: Bilingual }[] = [];
  for (const option of lines) {
    if (pace.due()) yield;
    if (option.side === "long") continue;
    const why = nettedNote(option);
    if (why) {
      const { line, netted } = option;
      nettedShorts.push({ option, lots: netted, why, released: releasedBy(line, netted) });
    }
    const out = stays(option, asked);
    if (out) {
      left.push(out);
      continue;
    }
    const lots = lotsOf(option, asked);
    const one = lots.unknown
      ? lots
      : assignedLine(option, lots.value, around, netting ? futures : undefined);
    if (one.unknown) open.push({ option, why: one.unknown });
    else assigned.push(one.value);
  }
  const [first] = open;
  const needs: Known<Needs> = first
    ? { unknown: first.why }
    : known(yield* needsInSteps(book, assigned, nettedShorts, on, pace));
  const change: Known<AssignmentChange> = needs.unknown
    ? needs
    : yield* changeInSteps(book, assigned, nettedShorts, needs.value, pace);
  return {
    on,
    assigned,
    netted: nettedShorts,
    left,
    open,
    needs,
    change,
    strip: stripOfChange(book, change),
    notes: notesOn({ assigned, netted: nettedShorts }, on, futures, netting),
  };
}
