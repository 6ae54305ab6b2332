/**
 * Takes plain rows from the file's bytes into their columns: rows that look like one before a column after the other,
 * any other byte by byte, and none that isn't plain.
 */
import { readDay } from "../core";
import {
  ACCOUNT,
  CONTRACT,
  HEDGE,
  LONG_VALUE,
  LOTS,
  MARGIN,
  OPEN_DAY,
  OPEN_PRICE,
  PARTS,
  PREVIOUS,
  SETTLEMENT,
  SHORT_LOTS,
  SHORT_PRICE,
  SHORT_VALUE,
  SIDE,
  VALUE,
  WORDS,
} from "./plain-layout";
import type { PlainRows } from "./plain-rows";
import { Scanner, type Table } from "./plain-scan";
import { PlainShape } from "./plain-shape";

/** Bounds within which whole numbers are exact in the products made of them. */
const MOST_LOTS = 1e6;
const MOST_PRICE = 1e11;
const MOST_FEN = 1e13;

/** Bytes before and behind a row that are read with it. */
const LEAST_START = 8;
/** A shape that so many rows have in turn is a good one. */
const LONG = 64;
/** Rows looked at together: these stay in the processor's nearest caches. */
const LEAST_TOGETHER = 4;
const MOST_TOGETHER = 64;
/** The least figure above nothing, in ten-thousandths. */
const LEAST_PART = 1;
/** The least number of eight digits. */
const LEAST_DAY = 10_000_000;

/** How rows of a table are taken. */
export class Taking {
  /** The margins of all, in fen: their sum is exact. */
  private charged = 0;
  private readonly scanner: Scanner;
  private readonly table: Table;
  private readonly view: DataView;
  /** What rows looked like of late, long and short ones; the side of the last; and how many were unlike it. */
  private readonly shapes: (PlainShape | undefined)[] = [undefined, undefined];
  private side = 0;
  private misses = 0;
  private patience = 0;
  /** Of the rows looked at together: the words by kind, and figures that aren't kept. */
  private readonly words = Array.from({ length: WORDS }, () => new Int32Array(MOST_TOGETHER));
  private readonly scratch = new Float64Array(MOST_TOGETHER);
  private readonly hasPrevious: boolean;
  private readonly hasValue: readonly [boolean, boolean];

  constructor(private readonly rows: PlainRows) {
    const { table } = rows;
    const { buffer, byteOffset, byteLength } = table.bytes;
    this.table = table;
    this.scanner = new Scanner(table);
    this.view = new DataView(buffer, byteOffset, byteLength);
    this.hasPrevious = rows.has(PREVIOUS);
    this.hasValue = [rows.has(LONG_VALUE), rows.has(rows.isSummary ? SHORT_VALUE : VALUE)];
  }

  /** Takes the rows that begin there, as long as they are plain; the place behind the last of them. */
  takeAll(start: number, line: number): number {
    let at = start;
    const { rows } = this;
    const first = line - rows.length;
    for (;;) {
      const before = rows.length;
      at = this.takeAlike(at, first);
      const next = this.take(at, first + rows.length);
      if (next < 0) return at;
      this.learn(at, next, rows.length - 1 - before);
      at = next;
    }
  }

  /** Takes rows by the shapes known; a row of the other side may stand among them. */
  private takeAlike(start: number, first: number): number {
    let at = start;
    for (let side = this.side, failed = 0; failed < 2; side = 1 - side) {
      const { length } = this.rows;
      const shape = this.shapes[side];
      if (shape) at = this.takeBy(shape, at, first);
      failed = this.rows.length > length ? 0 : failed + 1;
      if (failed === 0) this.side = side;
    }
    return at;
  }

  /** A row was read byte by byte: those below may be like it. */
  private learn(start: number, behind: number, taken: number): void {
    const { view, scanner, rows, table } = this;
    const side = rows.isShort[rows.length - 1] as number;
    const shape = this.shapes[side];
    if (taken > 0) this.misses = 0;
    if (taken >= LONG) this.patience = 0;
    if (start < LEAST_START) return;
    if (shape && start + shape.reach <= table.bytes.length && shape.holds(view, start)) {
      shape.keep(start, scanner.words);
      return;
    }
    if (this.misses++ < this.patience) return;
    this.misses = 0;
    // Rows that are never alike aren't looked at for long.
    this.patience = this.patience * 2 + 1;
    this.shapes[side] = PlainShape.of(table, view, start, behind, side === 1);
    this.shapes[side]?.keep(start, scanner.words);
  }

  /** Takes the rows that begin there, as long as they have the shape and words met before; the place behind them. */
  private takeBy(shape: PlainShape, start: number, first: number): number {
    const { view, table } = this;
    const { length: width, reach } = shape;
    const until = table.bytes.length - reach;
    let at = start;
    let together = LEAST_TOGETHER;
    while (at >= LEAST_START) {
      const there = Math.floor((until - at) / width) + 1;
      const rows = Math.min(there, this.rows.room, together);
      if (rows < 1) return at;
      const taken = this.takeRows(shape, at, shape.held(view, at, rows), first);
      at += taken * width;
      if (taken < rows) return at;
      together = Math.min(together * 2, MOST_TOGETHER);
    }
    return at;
  }

  /** Takes rows of a shape, a column after the other, up to the first that isn't plain; how many. */
  private takeRows(shape: PlainShape, start: number, held: number, first: number): number {
    const { view, words, scratch } = this;
    const to = this.rows;
    const { isSummary, isShort, lots, settlement, margin, value, openDay, length } = to;
    const { length: width, figures } = shape;
    const side = shape.isShort ? 1 : 0;
    const onShort = isSummary && shape.isShort;
    const lotsCell = figures[onShort ? SHORT_LOTS : LOTS];
    const [settlementCell, marginCell] = [figures[SETTLEMENT], figures[MARGIN]];
    const priceCell = figures[onShort ? SHORT_PRICE : OPEN_PRICE];
    const valueCell = figures[onShort ? SHORT_VALUE : VALUE];
    const [previousCell, dayCell] = [figures[PREVIOUS], figures[OPEN_DAY]];
    if (!lotsCell || !settlementCell || !marginCell) return 0;
    let rows = held;
    for (const run of shape.runs) rows = run.read(start, width, rows, words);
    if (rows === 0) return 0;
    lotsCell.wholes(view, start, width, rows, lots, length);
    settlementCell.parts(view, start, width, rows, settlement, length);
    marginCell.parts(view, start, width, rows, margin, length);
    if (valueCell) valueCell.parts(view, start, width, rows, value, length);
    else value.fill(NaN, length, length + rows);
    if (dayCell) dayCell.wholes(view, start, width, rows, openDay, length);
    // The others are only looked at; a price before must be above nothing.
    if (previousCell) {
      previousCell.parts(view, start, width, rows, scratch, 0);
      rows = leading(scratch, rows, LEAST_PART);
    }
    if (priceCell) rows = priceCell.plain(view, start, width, rows);
    rows = this.sound(rows, side);
    isShort.fill(side, length, length + rows);
    to.contract.set((words[CONTRACT] as Int32Array).subarray(0, rows), length);
    to.hedge.set((words[HEDGE] as Int32Array).subarray(0, rows), length);
    to.account.set((words[ACCOUNT] as Int32Array).subarray(0, rows), length);
    const { lines, starts } = to;
    for (let i = 0; i < rows; i++) {
      lines[length + i] = first + length + i;
      starts[length + i] = start + i * width;
    }
    to.length = length + rows;
    return rows;
  }

  /** Of the rows behind the last one, how many have figures that count, up to the first that hasn't; adds these up. */
  private sound(rows: number, side: number): number {
    const { isSummary, hasDay, length, lots, settlement, margin, value, openDay } = this.rows;
    const sides = this.words[SIDE] as Int32Array;
    let { charged } = this;
    let i = 0;
    for (; i < rows; i++) {
      const at = length + i;
      const [count, price] = [lots[at] as number, settlement[at] as number];
      const fen = (margin[at] as number) / 100;
      const sum = charged + fen;
      if (!(count > 0) || count > MOST_LOTS || !(price > 0) || price > MOST_PRICE) break;
      if (fen < 0 || fen !== Math.floor(fen) || sum > Number.MAX_SAFE_INTEGER) break;
      if ((value[at] as number) < 0) break;
      if (!isSummary && this.sideOf(sides[i] as number) !== side) break;
      if (hasDay && !((openDay[at] as number) >= LEAST_DAY && isDay(openDay[at] as number))) break;
      margin[at] = fen;
      charged = sum;
    }
    this.charged = charged;
    return i;
  }

  /** 1 for short, 0 for long, else -1. */
  private sideOf(word: number): number {
    const side = this.table.known.side(word);
    return side === "short" ? 1 : side === "long" ? 0 : -1;
  }

  private take(start: number, line: number): number {
    const { table, scanner, rows } = this;
    const { isSummary, length } = rows;
    const behind = scanner.row(start);
    if (behind < 0) return -1;
    const { figures, words } = scanner;
    const settlement = figures[SETTLEMENT] as number;
    const fen = (figures[MARGIN] as number) / 100;
    let parts = figures[LOTS] as number;
    let isShort: boolean;
    let value = VALUE;
    if (isSummary) {
      const short = figures[SHORT_LOTS] as number;
      isShort = short > 0;
      if (isShort === parts > 0) return -1;
      parts += short;
      if (isShort) value = SHORT_VALUE;
    } else {
      const side = table.known.side(words[SIDE] as number);
      if (side !== "long" && side !== "short") return -1;
      isShort = side === "short";
    }
    const lots = parts / PARTS;
    if (!(lots > 0) || lots > MOST_LOTS || lots !== Math.floor(lots)) return -1;
    const charged = this.charged + fen;
    if (fen > MOST_FEN || fen !== Math.floor(fen) || charged > Number.MAX_SAFE_INTEGER) return -1;
    if (!(settlement > 0) || settlement > MOST_PRICE) return -1;
    if (this.hasPrevious && !((figures[PREVIOUS] as number) > 0)) return -1;
    if (rows.hasDay) {
      const day = (figures[OPEN_DAY] as number) / PARTS;
      if (!isDay(day)) return -1;
      rows.openDay[length] = day;
    }
    if (rows.room === 0) rows.grow();
    rows.isShort[length] = isShort ? 1 : 0;
    rows.lots[length] = lots;
    rows.settlement[length] = settlement;
    rows.margin[length] = fen;
    rows.value[length] = this.hasValue[isShort ? 1 : 0] ? Math.abs(figures[value] as number) : NaN;
    rows.contract[length] = words[CONTRACT] as number;
    rows.hedge[length] = words[HEDGE] as number;
    rows.account[length] = words[ACCOUNT] as number;
    rows.lines[length] = line;
    rows.starts[length] = start;
    this.charged = charged;
    rows.length = length + 1;
    return behind;
  }

  /** A row read again, with what no column holds. */
  again(start: number): Scanner {
    this.scanner.row(start);
    return this.scanner;
  }
}

/** Whether 20YYMMDD is a day: 1 or 2, once it was asked. */
const FIRST_DAY = 20_000_000;
const DAYS = new Uint8Array(1_000_000);

function isDay(number: number): boolean {
  const place = number - FIRST_DAY;
  if (!(place >= 0 && place < DAYS.length)) return readDay(String(number)) !== undefined;
  const known = DAYS[place];
  if (known) return known === 1;
  const found = readDay(String(number)) !== undefined;
  DAYS[place] = found ? 1 : 2;
  return found;
}

/** How many figures at the start aren't below the least. */
function leading(figures: Float64Array, count: number, least: number): number {
  let i = 0;
  while (i < count && (figures[i] as number) >= least) i++;
  return i;
}
