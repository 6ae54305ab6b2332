/**
 * Holdings in columns as they pass to another thread: columns and bytes go there whole, and nothing is copied. What codes
 * name is read anew on the other side, by the same day.
 */
import { Pace, type Day } from "../core";
import { PlainBook, type Groups } from "./plain-book";
import { PlainContracts, PlainHoldings } from "./plain-holdings";
import type { Layout } from "./plain-layout";
import { PlainRows, type PlainColumns } from "./plain-rows";
import { tableOf } from "./plain-scan";
import { Words, type Encoding, type WordPlaces } from "./plain-words";
import { Codes } from "./subject";

interface TableParcel {
  readonly layout: Layout;
  readonly columns: PlainColumns;
}

export interface BookParcel {
  /** The file, where rows are read again for what no column holds. */
  readonly bytes: Uint8Array;
  readonly encoding: Encoding;
  readonly words: WordPlaces;
  /** The day by which codes are read. */
  readonly on: Day | undefined;
  /** Whose rows name no account. */
  readonly id: string | undefined;
  readonly summary: TableParcel;
  readonly openings: TableParcel | undefined;
  readonly groups: Groups | undefined;
}

const tableParcel = ({ rows }: PlainHoldings): TableParcel => ({
  layout: rows.table.layout,
  columns: rows.columns,
});

/** What passes of a book, and the memory that goes with it: afterwards the book can't be used here any more. */
export function packedBook({ summary, openings, groups }: PlainBook): {
  readonly parcel: BookParcel;
  readonly transfer: readonly ArrayBuffer[];
} {
  const { rows, contracts, id } = summary;
  const { bytes: held, encoding, places: words } = rows.known;
  // Of memory that holds other things too, its own part alone.
  const bytes = held.length === held.buffer.byteLength ? held : held.slice();
  const { on } = contracts.codes;
  const [own, opened] = [tableParcel(summary), openings && tableParcel(openings)];
  const going: readonly ArrayBufferView[] = [
    ...[bytes, words.starts, words.ends],
    ...Object.values(own.columns),
    ...(opened ? Object.values(opened.columns) : []),
    ...(groups ? [groups.first, groups.isOneDay, groups.isEven] : []),
  ];
  return {
    parcel: { bytes, encoding, words, on, id, summary: own, openings: opened, groups },
    transfer: [...new Set(going.map(({ buffer }) => buffer as ArrayBuffer))],
  };
}

/** A code read, in units of work. */
const READING = 1;

/** The book that was packed; codes are read a few at a time. */
export function* unpackedBook(parcel: BookParcel): Generator<void, PlainBook> {
  const { bytes, encoding, on, id, summary, openings, groups } = parcel;
  const pace = new Pace();
  const known = Words.again(bytes, encoding, parcel.words);
  const contracts = new PlainContracts(new Codes(on));
  function* holdings({ layout, columns }: TableParcel): Generator<void, PlainHoldings> {
    for (const word of new Set(columns.contract)) {
      contracts.placesOf(known, Int32Array.of(word), 1);
      if (pace.due(READING)) yield;
    }
    return new PlainHoldings(PlainRows.again(tableOf(layout, known), columns), contracts, id);
  }
  const own = yield* holdings(summary);
  return new PlainBook(own, openings && (yield* holdings(openings)), groups);
}
