/**
 * What rows of a table look like that are printed alike and held on one side: bars, blanks and points in the same
 * places. Whether a row does is told four bytes at a time by their bits.
 */
import { FixedCell } from "./plain-cell";
import {
  LONG_LOTS,
  LONG_PRICE,
  LONG_VALUE,
  OPEN_DAY,
  SHORT_LOTS,
  SHORT_PRICE,
} from "./plain-layout";
import { SHORT_VALUE, SKIPPED, WIDTH } from "./plain-layout";
import { PlainRuns } from "./plain-runs";
import type { Table } from "./plain-scan";

const BLANK = 32;
const BAR = 124;
const ASCII = 128;
const LINE_FEED = 10;
const RETURN = 13;

const LONGEST = 4096;
/** Bits of bytes: all of them, and those of blanks, digits and their signs. */
const ALL = 0xff;
const PRINTABLE = 0xe0;

/** Numbers of a step: the place of four bytes, what they are and by which bits. */
const STEP = 3;

/** Figures without decimals. */
const WHOLE: readonly number[] = [LONG_LOTS, SHORT_LOTS, OPEN_DAY];

/** A row's cells as it is taken apart. */
interface Cell {
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  /** Blanks, digits and their signs alone. */
  readonly isPrintable: boolean;
}

function cellsOf({ bytes, layout, isPaired }: Table, start: number, behind: number): Cell[] {
  const cells: Cell[] = [];
  let at = start + 1;
  for (const kind of layout) {
    const first = at;
    let isPrintable = true;
    for (; at < behind && bytes[at] !== BAR; at++) {
      const byte = bytes[at] as number;
      if (byte < BLANK || byte >= 2 * BLANK) isPrintable = false;
      if (isPaired && byte > ASCII) at++;
    }
    cells.push({ kind, start: first - start, end: at - start, isPrintable });
    at++;
  }
  return cells;
}

export class PlainShape {
  private constructor(
    /** Bytes of a row, the end of its line included, and those that are read of it. */
    readonly length: number,
    readonly reach: number,
    /** Four bytes each. */
    private readonly steps: Int32Array,
    /** The figures by kind, of the side that is held. */
    readonly figures: readonly (FixedCell | undefined)[],
    readonly runs: readonly PlainRuns[],
    readonly isShort: boolean,
  ) {}

  /** As a row is that begins there; undefined for one that others are hardly like. */
  static of(
    table: Table,
    view: DataView,
    start: number,
    behind: number,
    isShort: boolean,
  ): PlainShape | undefined {
    const { bytes, layout } = table;
    const length = behind - start;
    const last = bytes[behind - 1];
    if ((last !== LINE_FEED && last !== RETURN) || length > LONGEST) return undefined;
    const reach = Math.ceil(length / 4) * 4;
    const [is, by] = [new Uint8Array(reach), new Uint8Array(reach).fill(ALL, 0, length)];
    is.set(bytes.subarray(start, behind));
    const figures = new Array<FixedCell | undefined>(WIDTH).fill(undefined);
    const runs: PlainRuns[] = [];
    const isSummary = layout.includes(SHORT_LOTS);
    const none = isShort ? LONG_LOTS : SHORT_LOTS;
    /** Of the side that isn't held. */
    const silent = isShort ? [LONG_PRICE, LONG_VALUE] : [SHORT_PRICE, SHORT_VALUE];
    let run: { start: number; kinds: number[] } | undefined;
    const close = (end: number): void => {
      // With the bars on both sides.
      if (run) runs.push(new PlainRuns(view, run.start - 1, end - run.start + 2, run.kinds));
      run = undefined;
    };
    for (const cell of cellsOf(table, start, behind)) {
      const { kind, start: first, end, isPrintable } = cell;
      if (kind >= WIDTH && !(kind === SKIPPED && isPrintable)) {
        run ??= { start: first, kinds: [] };
        run.kinds.push(kind - WIDTH);
        by.fill(0, first, end);
        continue;
      }
      close(first - 1);
      // Lots of nothing are the same bytes in every row.
      if (isSummary && kind === none) continue;
      if (kind === SKIPPED || (isSummary && silent.includes(kind))) {
        if (!isPrintable) return undefined;
        is.fill(BLANK, first, end);
        by.fill(PRINTABLE, first, end);
        continue;
      }
      const figure = FixedCell.of(bytes, start, first, end);
      if (!figure || (figure.decimals > 0 && WHOLE.includes(kind))) return undefined;
      figures[kind] = figure;
      is.fill(BLANK, first, figure.first);
      by.fill(0, figure.first, end);
    }
    close(length - 1 - (bytes[behind - 2] === RETURN ? 1 : 0));
    return runs.some(({ width }) => width < 4)
      ? undefined
      : new PlainShape(length, reach, stepsOf(is, by), figures, runs, isShort);
  }

  /** Whether the row that begins there is like it, but for its figures and words. */
  holds(view: DataView, start: number): boolean {
    const { steps } = this;
    let wrong = 0;
    for (let i = 0; i < steps.length; i += STEP) {
      const four = view.getInt32(start + (steps[i] as number), true);
      wrong |= (four ^ (steps[i + 1] as number)) & (steps[i + 2] as number);
    }
    return wrong === 0;
  }

  /** Of so many rows, one behind the other, how many are like it up to the first that isn't. */
  held(view: DataView, start: number, rows: number): number {
    const { steps, length } = this;
    const behind = start + rows * length;
    let wrong = 0;
    // Two at a time take a third less than one by one.
    for (let i = 0; i < steps.length; i += 2 * STEP) {
      const [place, is, by] = [steps[i] as number, steps[i + 1] as number, steps[i + 2] as number];
      const [isNext, byNext] = [steps[i + STEP + 1] as number, steps[i + STEP + 2] as number];
      const ahead = (steps[i + STEP] as number) - place;
      for (let at = start + place; at < behind; at += length) {
        wrong |= (view.getInt32(at, true) ^ is) & by;
        wrong |= (view.getInt32(at + ahead, true) ^ isNext) & byNext;
      }
    }
    if (wrong === 0) return rows;
    let like = 0;
    while (this.holds(view, start + like * length)) like++;
    return like;
  }

  /** Remembers the words of a row that was read in another way. */
  keep(start: number, words: Int32Array): void {
    for (const run of this.runs) run.keep(start, words);
  }
}

function stepsOf(is: Uint8Array, by: Uint8Array): Int32Array {
  const [bytes, masks] = [new DataView(is.buffer), new DataView(by.buffer)];
  const steps: number[] = [];
  for (let at = 0; at < is.length; at += 4) {
    const mask = masks.getInt32(at, true);
    if (mask !== 0) steps.push(at, bytes.getInt32(at, true), mask);
  }
  // An even number of them: the last one twice.
  if (steps.length % (2 * STEP) !== 0) steps.push(...steps.slice(-STEP));
  return Int32Array.from(steps);
}
