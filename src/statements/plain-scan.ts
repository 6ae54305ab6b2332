/**
 * One row of settlement text that is plainly figures and words, read from its bytes. Tables are printed in columns of
 * one width: a cell as wide as the one above it is read four bytes at a time, any other byte by byte.
 */
import { fixedFigure, isAlike, isPrintable } from "./plain-figure";
import {
  LONG_LOTS,
  LONG_PRICE,
  LONG_VALUE,
  OPEN_DAY,
  SHORT_LOTS,
  SHORT_PRICE,
  SHORT_VALUE,
  SKIPPED,
  WIDTH,
  WORDS,
  type Layout,
} from "./plain-layout";
import type { Words } from "./plain-words";

const DECIMALS = 4;
const SCALES = Float64Array.of(1e4, 1e3, 1e2, 10, 1);

/** Bytes: a blank, a minus, a point, a bar, 0 and the ends of lines. */
const BLANK = 32;
const MINUS = 45;
const POINT = 46;
const NOUGHT = 48;
const BAR = 124;
/** The first byte beyond ASCII; in Chinese text those above it are the first of two. */
const ASCII = 128;
export const LINE_FEED = 10;
export const RETURN = 13;

/** Figures beyond these digits are read the long way. */
const MOST_DIGITS = 15;
/** 20261120. */
const DAY_DIGITS = 8;
/** The least number of so many digits, in ten-thousandths. */
const LEAST_DAY = 1e11;

/** What the rows of a table have in common. */
export interface Table {
  readonly layout: Layout;
  readonly bytes: Uint8Array;
  readonly known: Words;
  /** Whether characters beyond ASCII are pairs of bytes, the second of which may look like a bar. */
  readonly isPaired: boolean;
}

/** Written out, without a spread: the runtime forgets the layout of such an object once none is left, and its code with it. */
export const tableOf = (layout: Layout, known: Words): Table => ({
  layout,
  known,
  bytes: known.bytes,
  isPaired: known.encoding === "gb18030",
});

/** Reads rows one after the other; of the last one the figures, in ten-thousandths, and the words. */
export class Scanner {
  readonly figures = new Float64Array(WIDTH);
  readonly words = new Int32Array(WORDS);
  private readonly view: DataView;
  /** How wide a cell was in the row before, and its decimals; 0 where that says nothing. */
  private readonly widths: Int32Array;
  private readonly decimals: Int32Array;
  /** Where a cell of that width stood in a row before, and its word; below zero for none. */
  private readonly above: Int32Array;
  private readonly aboveWords: Int32Array;
  /** The lots without which a cell says nothing, where they stand before it; else -1. */
  private readonly lotsOf: Int8Array;

  constructor(private readonly table: Table) {
    const { bytes, layout } = table;
    this.lotsOf = Int8Array.from(layout, (kind, cell) => {
      const isLong = kind === LONG_PRICE || kind === LONG_VALUE;
      const lots = isLong ? LONG_LOTS : SHORT_LOTS;
      const at = isLong || kind === SHORT_PRICE || kind === SHORT_VALUE ? layout.indexOf(lots) : -1;
      return at >= 0 && at < cell ? lots : -1;
    });
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.widths = new Int32Array(layout.length);
    this.decimals = new Int32Array(layout.length);
    this.above = new Int32Array(layout.length);
    this.aboveWords = new Int32Array(layout.length).fill(-1);
  }

  /** The place behind the line that begins there, or -1 where it isn't plain. */
  row(start: number): number {
    const { table, view, figures, words, widths, decimals, lotsOf, above, aboveWords } = this;
    const { bytes, layout, known } = table;
    // Four bytes are read up to a cell's end, so some of those before it.
    if (start < 4 || bytes[start] !== BAR) return -1;
    const count = layout.length;
    let at = start + 1;
    for (let cell = 0; cell < count; cell++) {
      const kind = layout[cell] as number;
      const wide = widths[cell] as number;
      if (wide > 0 && bytes[at + wide] === BAR) {
        const end = at + wide;
        if (kind < WIDTH) {
          const lots = lotsOf[cell] as number;
          if (lots >= 0 && figures[lots] === 0 && isPrintable(view, at, wide)) {
            at = end + 1;
            continue;
          }
          const figure = fixedFigure(view, end, wide, decimals[cell] as number);
          if (figure >= 0 && (kind !== OPEN_DAY || figure >= LEAST_DAY)) {
            figures[kind] = figure;
            at = end + 1;
            continue;
          }
        } else if (kind === SKIPPED && isPrintable(view, at, wide)) {
          at = end + 1;
          continue;
        } else {
          // Often it is the cell above once more.
          const isSame = wide >= 4 && isAlike(view, at, above[cell] as number, wide);
          const word = isSame ? (aboveWords[cell] as number) : known.cell(view, at, wide);
          if (word >= 0 && (kind === SKIPPED || known.odd[word] === 0)) {
            if (kind !== SKIPPED) words[kind - WIDTH] = word;
            above[cell] = at;
            aboveWords[cell] = word;
            at = end + 1;
            continue;
          }
        }
      }
      at =
        kind < WIDTH
          ? this.figure(at, kind, cell)
          : kind === SKIPPED
            ? this.skipped(at, cell)
            : this.word(at, kind - WIDTH, cell);
      if (at < 0) return -1;
    }
    const last = bytes[at];
    if (last === RETURN) return bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
    if (last === LINE_FEED) return at + 1;
    return last === undefined ? at : -1;
  }

  /** Reads a figure byte by byte; the place behind its cell, or -1. */
  private figure(start: number, kind: number, cell: number): number {
    const { bytes } = this.table;
    let at = start;
    while (bytes[at] === BLANK) at++;
    const isBelow = bytes[at] === MINUS && (kind === LONG_VALUE || kind === SHORT_VALUE);
    if (isBelow) at++;
    const first = at;
    let point = -1;
    let whole = 0;
    for (; ; at++) {
      const byte = bytes[at] as number;
      if (byte >= NOUGHT && byte <= NOUGHT + 9) whole = whole * 10 + (byte - NOUGHT);
      else if (byte === POINT && point < 0 && at > first) point = at;
      else break;
    }
    const end = at;
    const parts = point < 0 ? 0 : end - point - 1;
    if (end === first || parts > DECIMALS || end - first > MOST_DIGITS) return -1;
    if (kind === OPEN_DAY && (point >= 0 || end - first !== DAY_DIGITS)) return -1;
    const scaled = whole * (SCALES[parts] as number);
    if (scaled > Number.MAX_SAFE_INTEGER) return -1;
    while (bytes[at] === BLANK) at++;
    if (bytes[at] !== BAR) return -1;
    this.figures[kind] = isBelow ? -scaled : scaled;
    // Figures stand on the right; with a point there are decimals.
    const isAlike = at === end && parts < DECIMALS && parts > 0 === point >= 0;
    this.widths[cell] = isAlike ? end - start : 0;
    this.decimals[cell] = parts;
    return at + 1;
  }

  /** Passes over a cell that says nothing of interest, which must be sound all the same. */
  private skipped(start: number, cell: number): number {
    const { bytes, known, isPaired } = this.table;
    let at = start;
    let isAscii = true;
    for (let byte = bytes[at] as number; byte !== BAR; byte = bytes[++at] as number) {
      if (!(byte >= BLANK)) return -1;
      if (byte < ASCII) continue;
      isAscii = false;
      if (isPaired && byte > ASCII) at++;
    }
    if (isAscii) {
      this.learn(cell, start, at, -1);
      return at + 1;
    }
    const word = this.trimmed(start, at);
    if (known.odd[word] === 2) return -1;
    this.learn(cell, start, at, word);
    return at + 1;
  }

  private word(start: number, which: number, cell: number): number {
    const { bytes, known, isPaired } = this.table;
    let at = start;
    for (let byte = bytes[at] as number; byte !== BAR; byte = bytes[++at] as number) {
      if (!(byte >= BLANK)) return -1;
      if (isPaired && byte > ASCII) at++;
    }
    const word = this.trimmed(start, at);
    if (known.odd[word]) return -1;
    this.words[which] = word;
    this.learn(cell, start, at, word);
    return at + 1;
  }

  /** A cell was read byte by byte: the next one is held against it. */
  private learn(cell: number, start: number, end: number, word: number): void {
    this.widths[cell] = end - start;
    this.above[cell] = start;
    this.aboveWords[cell] = word;
    if (word >= 0) this.table.known.keep(this.view, start, end - start, word);
  }

  private trimmed(start: number, end: number): number {
    const { bytes, known } = this.table;
    let [first, last] = [start, end];
    while (first < last && bytes[first] === BLANK) first++;
    while (last > first && bytes[last - 1] === BLANK) last--;
    return known.at(first, last);
  }
}
