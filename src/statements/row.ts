/** One row of a table, read by the names of its columns; what can't be read becomes a problem. */
import { readDay, readNumber, readSide, type Amount, type Day, type Side } from "../core";
import type { Draft } from "./draft";
import type { Place } from "./statement";

/** The names a column goes by, in Chinese and English; the first is the one shown. */
export type Names<K extends string> = Readonly<Record<K, readonly string[]>>;

/** Where each known column stands. */
export type Columns<K extends string> = ReadonlyMap<K, number>;

/** Headers are compared without blanks, case and width: "成交序号 ", "Trans.No.". */
export const folded = (header: string): string =>
  header === "" ? "" : header.normalize("NFKC").replace(/\s+/g, "").toLowerCase();

/** Names are folded once, not once a row: they are asked of every row that might be a header. */
const foldedNames = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

function namesOf<K extends string>(names: Names<K>): ReadonlyMap<K, readonly string[]> {
  const known = foldedNames.get(names) as ReadonlyMap<K, readonly string[]> | undefined;
  if (known) return known;
  const fresh = new Map((Object.keys(names) as K[]).map((key) => [key, names[key].map(folded)]));
  foldedNames.set(names, fresh);
  return fresh;
}

/** Whether a folded row names all of these columns: most rows fail at the first. */
export function namesAll<K extends string>(
  names: Names<K>,
  needed: readonly NoInfer<K>[],
  header: readonly string[],
): boolean {
  const known = namesOf(names);
  return needed.every((key) => known.get(key)?.some((name) => header.includes(name)));
}

/** Finds columns by header, the first of two equal ones; a second header row is asked last. */
export const locate = <K extends string>(
  names: Names<K>,
  ...headers: readonly (readonly string[])[]
): Columns<K> => locateFolded(names, ...headers.map((header) => header.map(folded)));

export function locateFolded<K extends string>(
  names: Names<K>,
  ...headers: readonly (readonly string[])[]
): Columns<K> {
  const columns = new Map<K, number>();
  for (const header of headers) {
    for (const [key, known] of namesOf(names)) {
      if (columns.has(key)) continue;
      for (const name of known) {
        const at = header.indexOf(name);
        if (at < 0) continue;
        columns.set(key, at);
        break;
      }
    }
  }
  return columns;
}

/** What stands in a cell for "nothing". */
const NOTHING = /^(?:|-{1,3}|—+|\/|null|n\/a)$/i;

/** Of a header in a sentence. */
const LONGEST_HEADER = 40;

// Percent signs and exponents are numbers elsewhere; in an amount's column they are damage.
const PLAIN_AMOUNT = /^[^%e]*$/i;

export class Row<K extends string> {
  /** Something the row can't do without isn't there: it must not be counted. */
  unread = false;

  constructor(
    private readonly draft: Draft,
    private readonly names: Names<K>,
    private readonly columns: Columns<K>,
    readonly cells: readonly string[],
    readonly place: Place,
    /** The header as the file has it; left out where it has none. */
    private readonly header: readonly string[] = [],
  ) {}

  has(key: K): boolean {
    return this.columns.has(key);
  }

  /** The cell's text; empty where the cell or its column isn't there. */
  text(key: K): string {
    const index = this.columns.get(key);
    const text = index === undefined ? "" : (this.cells[index] ?? "").trim();
    return NOTHING.test(text) ? "" : text;
  }

  /** The text, or undefined for nothing: for facts a position may lack. */
  optional(key: K): string | undefined {
    return this.text(key) || undefined;
  }

  /** Where a cell stands: under the file's own header, where there is one. */
  at(key: K): Place {
    const index = this.columns.get(key);
    const printed = index === undefined ? "" : (this.header[index] ?? "");
    const own = printed.replace(/\s+/g, " ").trim().slice(0, LONGEST_HEADER);
    return { ...this.place, column: own || this.names[key][0] };
  }

  neededText(key: K): string {
    const text = this.text(key);
    if (!text) this.lacks(key);
    return text;
  }

  amount(key: K): Amount | undefined {
    const text = this.text(key);
    if (!text) return undefined;
    const number = PLAIN_AMOUNT.test(text) ? readNumber(text) : undefined;
    if (!number) this.draft.note("notANumber", this.at(key), { raw: text });
    return number;
  }

  /** An amount without which the row says too little. */
  needed(key: K): Amount | undefined {
    const number = this.amount(key);
    if (!number && !this.text(key)) this.lacks(key);
    if (!number) this.unread = true;
    return number;
  }

  /** A figure the column exists for: blank is a problem, but the row still counts. */
  expected(key: K): Amount | undefined {
    if (this.has(key) && !this.text(key)) this.draft.note("missing", this.at(key), {});
    return this.amount(key);
  }

  /** A price that the table has a column for: above zero, else the row can't be valued. */
  price(key: K): Amount | undefined {
    const price = this.expected(key);
    if (!price || price.greaterThan(0)) return price;
    this.draft.note("outOfRange", this.at(key), { raw: this.text(key) });
    return undefined;
  }

  /** A number of lots: whole; zero is allowed, the caller leaves such a side out. */
  lots(key: K): Amount | undefined {
    const lots = this.amount(key);
    if (!lots || (lots.isInteger() && !lots.isNegative())) return lots;
    this.draft.note("outOfRange", this.at(key), { raw: this.text(key) });
    this.unread = true;
    return undefined;
  }

  day(key: K): Day | undefined {
    const text = this.text(key);
    if (!text) return undefined;
    const day = readDay(text.split(" ")[0] ?? "");
    if (!day) this.draft.note("notADay", this.at(key), { raw: text });
    return day;
  }

  side(key: K): Side | undefined {
    const text = this.text(key);
    const side = readSide(text);
    if (!side) {
      this.draft.note("unknownSide", this.at(key), { raw: text });
      this.unread = true;
    }
    return side;
  }

  /** Bought or sold, for a fill. */
  bought(key: K): "buy" | "sell" | undefined {
    const side = this.side(key);
    return side && (side === "long" ? "buy" : "sell");
  }

  private lacks(key: K): void {
    this.draft.note("missing", this.at(key), {});
    this.unread = true;
  }
}
