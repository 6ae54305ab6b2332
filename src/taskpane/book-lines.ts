/** A book's lines by their ids. */
import type { Book, Line } from "../account";

const indexes = new WeakMap<Book, ReadonlyMap<string, Line>>();

/** A book is looked through once: a plan may have as many steps as it has lines. */
export function lineWith(book: Book, id: string): Line | undefined {
  const index = indexes.get(book) ?? new Map(book.lines.map((line) => [line.id, line]));
  indexes.set(book, index);
  return index.get(id);
}
