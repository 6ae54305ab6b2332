/** Each option of a book towards its expiry: how far off, in or out of the money, what it frees or asks for. */
import {
  amount,
  drained,
  Pace,
  sortedInSteps,
  type Amount,
  type Day,
  type Product,
  type Right,
  type Side,
} from "../core";
import type { Book, Line, Underlying } from "./book";
import { nettedInSteps, type NettedLots } from "./expiring-netted";
import { unasked, type Unasked } from "./expiring-unasked";
import { ifAssigned, type Circumstances, type IfAssigned } from "./expiring-assigned";
import { ExpiryDays, type ExpiryDay } from "./expiring-day";
import { known, unknown, type Known } from "./expiring-known";
import { rightOf, UnderlyingPrices, type ExpiryBasis, type Moneyness } from "./expiring-price";
import { optionOf } from "./figure";
import { marginHeld } from "./plan";

/** An option line, long ones and covered calls among them. */
export interface ExpiringLine {
  readonly line: Line;
  readonly side: Side;
  readonly right: Right | undefined;
  readonly lots: Amount;
  /** Of these, lots that the exchange nets tonight against the other side, before it assigns. */
  readonly netted: Amount;
  readonly style: Product["style"] | undefined;
  readonly expiry: ExpiryDay;
  readonly moneyness: Known<Moneyness>;
  /** Whether it may be exercised on the book's day: only later, no more, or not known. */
  readonly exercisable: "now" | "later" | "past" | "unknown";
  readonly worthless: Worthless;
  /** All lots that aren't netted, assigned at the underlying's price; a long option is not. */
  readonly assigned: Known<IfAssigned> | undefined;
  /** What becomes of a long option at expiry, at that price, without an instruction; of lots that aren't netted. */
  readonly unasked: Known<Unasked> | undefined;
}

/** What becomes free where it expires unexercised. */
export interface Worthless {
  readonly on: Day | undefined;
  /** As printed, else by the rules on the broker's standard. */
  readonly released: Known<Amount>;
  /** Shares a covered call had locked, as printed. */
  readonly unlocked: Amount | undefined;
}

/** The book's options, nearest expiry first; those whose day is not known stand last. */
export interface Expiring {
  readonly on: Day;
  readonly basis: ExpiryBasis;
  readonly lines: readonly ExpiringLine[];
}

const ZERO = amount("0");

/** What a line takes, freed with so many of its lots. */
export function releasedBy(line: Line, lots: Amount): Known<Amount> {
  const { contract, quantity } = line.position;
  if (line.combined) {
    return unknown(
      `${contract} 在组合中：它到期或被指派后组合解除，另一腿重新收保证金，释放多少不确定。先拆组合再看。`,
      `${contract} is in a combination: once it is gone the other leg is margined anew, and what that frees is open. Undo the combination to see it.`,
    );
  }
  const held = marginHeld(line);
  if ("unknown" in held) return held;
  const { margin } = held;
  return known(lots.equals(quantity) ? margin : margin.times(lots).dividedBy(quantity));
}

function exercisableOn(
  style: ExpiringLine["style"],
  { day, shifted }: ExpiryDay,
  on: Day,
): ExpiringLine["exercisable"] {
  // A day that holidays may still move is not taken for past.
  if (day !== undefined && day < on) return shifted ? "past" : "unknown";
  if (style === "American" || (style && day === on)) return "now";
  return style && day !== undefined ? "later" : "unknown";
}

/** What every line of a book is looked at with. */
export interface Surroundings {
  readonly on: Day;
  readonly days: ExpiryDays;
  readonly prices: UnderlyingPrices;
  readonly underlyings: ReadonlyMap<string, Underlying>;
  readonly netted: NettedLots;
}

export const circumstancesOf = (
  line: Line,
  on: Day | undefined,
  { prices, underlyings }: Surroundings,
): Circumstances => ({
  price: prices.of(line),
  underlying: line.underlying === undefined ? undefined : underlyings.get(line.underlying),
  on,
});

function expiringLine(line: Line, around: Surroundings): ExpiringLine {
  const { position } = line;
  const { side, quantity: lots, lockedShares } = position;
  const style = optionOf(position)?.terms?.style;
  const expiry = around.days.of(line);
  const exercisable = exercisableOn(style, expiry, around.on);
  const on = exercisable === "now" ? around.on : expiry.day;
  // What has expired by the rule is there to be checked, not to be netted.
  const netted = (exercisable === "past" ? undefined : around.netted.get(line)) ?? ZERO;
  const left = lots.minus(netted);
  const isLong = side === "long";
  const circumstances = circumstancesOf(line, on, around);
  return {
    line,
    side,
    right: rightOf(line),
    lots,
    netted,
    style,
    expiry,
    moneyness: around.prices.moneynessOf(line),
    exercisable,
    worthless: {
      on: expiry.day,
      released: releasedBy(line, lots),
      unlocked: side === "covered" ? lockedShares : undefined,
    },
    assigned: isLong || left.isZero() ? undefined : ifAssigned(line, left, circumstances),
    unasked:
      !isLong || left.isZero()
        ? undefined
        : unasked(line, left, circumstances.price, expiry.day ?? around.on),
  };
}

const isOption = ({ kind, position }: Line): boolean =>
  kind === "option" || position.subject?.kind === "otherOption";

/** Beyond every day. */
const LAST = "9999";

const byExpiry = (a: ExpiringLine, b: ExpiringLine): number => {
  const [first, second] = [a.expiry.day ?? LAST, b.expiry.day ?? LAST];
  return first === second ? 0 : first < second ? -1 : 1;
};

/** The options of a book towards their expiry, at the underlyings' settlement or last prices. */
export const expiring = (book: Book, basis: ExpiryBasis): Expiring =>
  drained(expiringInSteps(book, basis));

/** The same for a book of any length, pausing between stretches. */
export function* expiringInSteps(book: Book, basis: ExpiryBasis): Generator<void, Expiring> {
  const pace = new Pace();
  const around = yield* surroundingsInSteps(book, basis, pace);
  const lines = yield* linesInSteps(book, around, pace);
  return { on: around.on, basis, lines };
}

export function* surroundingsInSteps(
  book: Book,
  basis: ExpiryBasis,
  pace: Pace,
): Generator<void, Surroundings> {
  const on = book.day ?? book.inputs.today;
  return {
    on,
    days: new ExpiryDays(on),
    prices: yield* UnderlyingPrices.inSteps(book, basis, pace),
    underlyings: new Map(book.underlyings.map((one) => [one.code, one])),
    netted: yield* nettedInSteps(book, pace),
  };
}

export function* linesInSteps(
  book: Book,
  around: Surroundings,
  pace: Pace,
): Generator<void, readonly ExpiringLine[]> {
  const lines: ExpiringLine[] = [];
  for (const line of book.lines) {
    if (pace.due()) yield;
    if (isOption(line)) lines.push(expiringLine(line, around));
  }
  return yield* sortedInSteps(lines, byExpiry, pace);
}
