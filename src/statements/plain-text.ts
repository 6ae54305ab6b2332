/**
 * Settlement text read from its bytes: lines of tables that are plain go straight into columns, all others are decoded
 * and read as text. What isn't one statement in one sound encoding is left to the long way.
 */
import type { Draft } from "./draft";
import type { Layout } from "./plain-layout";
import { PlainRows } from "./plain-rows";
import { LINE_FEED, RETURN, tableOf } from "./plain-scan";
import { Words, type Encoding } from "./plain-words";
import { brokerIn, cellsOf, isEnglish, namesClient, PartReader } from "./pipes";
import type { OpenTable, Part } from "./pipes";
import { LONGEST_HEAD, MARKUP, type Source } from "./source";

/** Bytes decoded at a time, until the head is long enough. */
const STRETCH = 50_000;
/** Rows that tables may have room for before their rows are seen, as a share of the file's bytes: no real row is as short. */
const BYTES_OF_ROW = 20;
const LEAST_ROOM = 16;
/** Lines that other formats look at. */
const FIRST_LINES = 50;

const BOM = [0xef, 0xbb, 0xbf] as const;
const ENCODINGS: readonly Encoding[] = ["utf-8", "gb18030"];

/** A text file by its bytes. */
export interface PlainText {
  /** As far as other formats need it to say whether it is theirs. */
  readonly source: Source;
  /** Rows by which its one statement was read; undefined where it must be read the long way. */
  readonly part: (
    draft: Draft,
    headers: ReadonlySet<string>,
    layoutOf: (table: OpenTable) => Layout | undefined,
  ) => Part | undefined;
}

function headOf(bytes: Uint8Array, encoding: string): string | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let head = "";
  try {
    for (let at = 0; at < bytes.length && head.length < LONGEST_HEAD; at += STRETCH) {
      const stream = at + STRETCH < bytes.length;
      head += decoder.decode(bytes.subarray(at, at + STRETCH), { stream });
    }
    return head.slice(0, LONGEST_HEAD);
  } catch {
    return undefined;
  }
}

/** Opens a text; undefined for what isn't text of one byte or two a character. */
export function plainText(bytes: Uint8Array, file: string): PlainText | undefined {
  const [first = 0, second = 0] = bytes;
  // Workbooks, and text of sixteen bits.
  const isOther =
    first >= 0xfe || (first === 0xd0 && second === 0xcf) || (first === 0x50 && second === 0x4b);
  if (isOther) return undefined;
  for (const encoding of ENCODINGS) {
    const head = headOf(bytes, encoding);
    if (head === undefined) continue;
    const lines = head.split(/\r\n|\n|\r/, FIRST_LINES);
    const isWhole = bytes.length <= LONGEST_HEAD;
    if (head.startsWith("\uFEFF") || MARKUP.test(head) || (lines.length < FIRST_LINES && !isWhole))
      return undefined;
    const source = { file, encoding, lines, head, sheets: [] };
    return {
      source: { ...source, cut: false, broken: [], openQuotes: [] },
      part: (draft, headers, layoutOf) => partOf(bytes, encoding, draft, headers, layoutOf),
    };
  }
  return undefined;
}

function partOf(
  bytes: Uint8Array,
  encoding: Encoding,
  draft: Draft,
  headers: ReadonlySet<string>,
  layoutOf: (table: OpenTable) => Layout | undefined,
): Part | undefined {
  const words = new Words(bytes, encoding);
  const reader = new PartReader(draft, headers);
  const firstLines: string[] = [];
  let clients = 0;
  let looked: OpenTable | undefined;
  let room = Math.ceil(bytes.length / BYTES_OF_ROW);
  let at = BOM.every((byte, i) => bytes[i] === byte) ? BOM.length : 0;
  let row = 1;
  try {
    while (at < bytes.length) {
      const plain = reader.table?.plain;
      if (plain) {
        const before = plain.length;
        at = plain.takeAll(at, row);
        row += plain.length - before;
        if (words.broken) return undefined;
        if (at >= bytes.length) break;
      }
      const end = endOfLine(bytes, at);
      const line = words.decoded(at, end);
      if (row <= 5) firstLines.push(line);
      if (namesClient(line)) clients += 1;
      if (clients > 1) return undefined;
      const { table } = reader;
      if (table && table !== looked && line.startsWith("|") && !isEnglish(cellsOf(line))) {
        looked = table;
        const layout = layoutOf(table);
        if (layout) {
          // As many as are left if all are as long as this one; of a thousand tables the first few get as many.
          const left = Math.ceil((bytes.length - at) / Math.max(end - at, 1)) + 1;
          const most = Math.max(Math.min(left, room), LEAST_ROOM);
          room = Math.max(room - most, 0);
          table.plain = new PlainRows(tableOf(layout, words), most);
          continue;
        }
      }
      reader.line(line, row);
      at = bytes[end] === RETURN && bytes[end + 1] === LINE_FEED ? end + 2 : end + 1;
      row += 1;
    }
  } catch (error) {
    // A character that isn't of this encoding.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
  return reader.part(1, brokerIn(firstLines));
}

function endOfLine(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++;
  return at;
}

/** The cells of a row that was taken as plain. */
export function cellsAt({ table, starts }: PlainRows, index: number): readonly string[] {
  const { bytes, known } = table;
  const start = starts[index] as number;
  return cellsOf(known.decoded(start, endOfLine(bytes, start)));
}
