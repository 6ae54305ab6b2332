/**
 * What the rule gives for each figure printed of sets and their legs. Where it is known which figure holds what, each
 * must be right by itself; only a total spread over the legs in some other way is held against its sum.
 */
import { amount, type Amount } from "../core";
import type { Comparable } from "./reconcile-row";
import { toFen } from "./reconcile-terms";
import { sum } from "./reconcile-ways";

/** A set with its two legs. */
export interface SetOfRows {
  readonly legs: readonly Comparable[];
  readonly lots: Amount;
  /** What it takes off its legs, for all its lots. */
  readonly saved: Amount;
  /** Printed for it beside its rows, which then hold their other lots alone. */
  readonly apart: Amount | undefined;
}

/** Figures of sets that have legs in common. */
export interface PrintedSets {
  readonly rows: readonly Comparable[];
  readonly sets: readonly SetOfRows[];
  /** What a row takes alone, unrounded. */
  readonly marginOf: (row: Comparable) => Amount;
}

/** A printed figure, and its part by the rule to the fen. */
export interface PrintedPart {
  /** The row it stands in; undefined where it stands beside the rows. */
  readonly row: Comparable | undefined;
  readonly printed: Amount;
  readonly due: Amount;
}

export interface Parts {
  /** Whether each figure is right by itself, or only their sum, spread in a way that no rule tells; else neither. */
  readonly fit: "each" | "sum" | undefined;
  /** By the rule, in the way that comes nearest to what is printed. */
  readonly nearest: readonly PrintedPart[];
}

const ZERO = amount("0");
const HALF_FEN = amount("0.005");
/** Figures as near to their parts as that are no other way of spreading them. */
const NEAR = amount("0.02");
/** Of more sets in the rows than these it isn't tried which leg each is taken off. */
const MOST_CARRIED = 8;

const offOf = ({ printed, due }: PrintedPart): Amount => printed.minus(due).abs();

/** The legs that sets in the rows may be taken off: every choice of one leg a set. */
const choicesOf = (sets: readonly SetOfRows[]): readonly (readonly Comparable[])[] =>
  sets.reduce<readonly (readonly Comparable[])[]>(
    (all, { legs }) => all.flatMap((some) => legs.map((leg) => [...some, leg])),
    [[]],
  );

/** What so many lots of a row take alone. */
const shareOf = (row: Comparable, margin: Amount, lots: Amount): Amount =>
  margin.times(lots).dividedBy(row.held.position.quantity);

/** The figures where sets in the rows are taken off the legs that are chosen. */
function partsBy(
  { rows, sets, marginOf }: PrintedSets,
  carriers: readonly Comparable[],
): readonly PrintedPart[] {
  const exact = new Map(rows.map((row) => [row, marginOf(row)]));
  const takeOff = (row: Comparable, less: Amount): unknown =>
    exact.set(row, (exact.get(row) ?? ZERO).minus(less));
  const beside: PrintedPart[] = [];
  let carried = 0;
  for (const { legs, lots, saved, apart } of sets) {
    if (!apart) {
      const carrier = carriers[carried++];
      if (carrier) takeOff(carrier, saved);
      continue;
    }
    const shares = legs.map((leg) => shareOf(leg, marginOf(leg), lots));
    for (const [at, leg] of legs.entries()) takeOff(leg, shares[at] ?? ZERO);
    beside.push({ row: undefined, printed: apart, due: toFen(sum(shares).minus(saved)) });
  }
  const inRows = rows.map((row): PrintedPart => {
    return { row, printed: row.printed, due: toFen(exact.get(row) ?? ZERO) };
  });
  return [...inRows, ...beside];
}

/** Several rounded figures may be off their sum by less than half a fen each; one is the sum to the fen. */
function addsUpTo(printed: readonly Amount[], exact: Amount): boolean {
  const figures = printed.filter((one) => !one.isZero());
  const total = sum(figures);
  return figures.length > 1
    ? total.minus(exact).abs().lessThan(HALF_FEN.times(figures.length))
    : total.equals(toFen(exact));
}

export function partsOf(given: PrintedSets): Parts {
  const { rows, sets, marginOf } = given;
  const inRows = sets.filter(({ apart }) => !apart);
  const isTold = inRows.length <= MOST_CARRIED;
  const choices = isTold ? choicesOf(inRows) : [inRows.flatMap(({ legs }) => legs[0] ?? [])];
  let nearest: readonly PrintedPart[] = [];
  let least: Amount | undefined;
  let isNear = false;
  for (const carriers of choices) {
    const parts = partsBy(given, carriers);
    const offs = parts.map(offOf);
    const off = sum(offs);
    if (off.isZero()) return { fit: "each", nearest: parts };
    if (!offs.some((one) => one.greaterThan(NEAR))) isNear = true;
    if (least && !off.lessThan(least)) continue;
    least = off;
    nearest = parts;
  }
  if (inRows.length === 0 || isNear) return { fit: undefined, nearest };
  const exact = sum(rows.map(marginOf)).minus(sum(sets.map(({ saved }) => saved)));
  const isSum = addsUpTo(
    nearest.map(({ printed }) => printed),
    exact,
  );
  return { fit: isSum ? "sum" : undefined, nearest };
}
