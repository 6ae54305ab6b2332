/** The warnings about an account and its lines together. */
import type { Book, Warning } from "../../../account";

const found = new WeakMap<Book, readonly Warning[]>();

/** Looked for once for a book, however often it is shown. */
export function warningsOf(book: Book): readonly Warning[] {
  const known = found.get(book) ?? [
    ...book.warnings,
    ...book.lines.flatMap(({ warnings }) => warnings),
  ];
  found.set(book, known);
  return known;
}

/** More than anyone reads in a pane; the sheet has every line's beside it. */
export const MOST_WARNINGS = 200;
