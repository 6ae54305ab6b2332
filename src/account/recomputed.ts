/** What the rules give on the broker's standard, held against what is printed: one definition for pane and sheet. */
import { amount, type Amount } from "../core";
import type { Book } from "./book";
import { heldSets } from "./sheet-sets";
import { SHEET_TEXTS } from "./sheet-texts";

export interface Recomputed {
  /** Every line by the rules, less the relief the statement prints for its sets. */
  readonly margin: Amount;
  /** Zero or below. */
  readonly relief: Amount;
  /** Printed less recomputed. */
  readonly difference: Amount;
  readonly ratio: Amount | undefined;
}

const known = new WeakMap<Book, Recomputed | "unknown">();

function workedOut(book: Book): Recomputed | undefined {
  const { broker, recomputed, denominator } = book.standings;
  if (broker.basis !== "printed" || !broker.margin || !recomputed.margin) return undefined;
  let relief = amount(0);
  if (recomputed.withoutRelief) {
    for (const set of heldSets(book, SHEET_TEXTS.zh)) {
      if (!set.relief) return undefined;
      relief = relief.plus(set.relief);
    }
  }
  const margin = recomputed.margin.plus(relief);
  return {
    margin,
    relief,
    difference: broker.margin.minus(margin),
    ratio: denominator?.greaterThan(0) ? margin.dividedBy(denominator) : undefined,
  };
}

/** Undefined where nothing is printed, a line can't be worked out, or a set's relief isn't known. */
export function recomputedOf(book: Book): Recomputed | undefined {
  const found = known.get(book) ?? workedOut(book) ?? "unknown";
  known.set(book, found);
  return found === "unknown" ? undefined : found;
}
