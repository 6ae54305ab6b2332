/** What the rules give on the broker's standard, held against what is printed: one definition for pane and sheet. */
import { amount, type Amount } from "../core";
import type { Book } from "./book";
import { sheetSets } from "./sheet-sets";
import { SHEET_TEXTS } from "./sheet-texts";

export interface Recomputed {
  /** Every line by the rules, less what its sets take less: by their rule, else as the statement prints it. */
  readonly margin: Amount;
  /** Below zero where the sets take less than their legs alone. */
  readonly relief: Amount;
  /** Printed less recomputed. */
  readonly difference: Amount;
  readonly ratio: Amount | undefined;
}

const known = new WeakMap<Book, Recomputed | "unknown">();

/** What all sets take less; undefined where it isn't known of one. */
function reliefOf(book: Book): Amount | undefined {
  let relief = amount(0);
  for (const set of sheetSets(book, SHEET_TEXTS.zh, ({ zh }) => zh)) {
    const own = set.priced ? set.priced.saved.broker?.negated() : set.relief;
    if (!own) return undefined;
    relief = relief.plus(own);
  }
  return relief;
}

function workedOut(book: Book): Recomputed | undefined {
  const { broker, recomputed, denominator } = book.standings;
  if (broker.basis !== "printed" || !broker.margin || !recomputed.margin) return undefined;
  const relief = reliefOf(book);
  if (!relief) return undefined;
  let margin = recomputed.margin.plus(relief);
  for (const { saved } of book.sets) margin = margin.plus(saved.broker ?? 0);
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
