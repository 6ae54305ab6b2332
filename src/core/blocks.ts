/**
 * The arithmetic of blocks: a stretch of rows as whole numbers of 10^-scale in doubles, which hold
 * every whole number up to 2^53. What could leave these is looked at row by row, and is NaN where it did.
 */
import type { Arithmetic } from "./arithmetic";
import { amount, digits, type Amount } from "./number";

/** The figures of a stretch of rows, small enough for all steps of a formula to stay near the processor. */
export interface Block {
  /** Filled up with rows of no meaning to whole strides. */
  readonly wholes: Float64Array;
  readonly scale: number;
  /** No |whole| is above it. */
  readonly most: number;
  /** The whole number that all rows are. */
  readonly constant?: number;
}

/** The loops take this many rows a turn. */
const STRIDE = 4;

/** Rows with those that fill up the last turn. */
export const padded = (height: number): number => Math.ceil(Math.max(height, 1) / STRIDE) * STRIDE;

const SAFE = Number.MAX_SAFE_INTEGER;
/** Two numbers up to it have a safe sum. */
const HALF = 2 ** 52;

/** Powers of ten that a double holds. */
const POWERS = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
export const power = (k: number): number => POWERS[k] ?? NaN;

/** Decimals a quotient may have beyond its dividend's. */
const QUOTIENT_DECIMALS = 4;

function product(out: Float64Array, a: Float64Array, b: Float64Array, length: number): void {
  for (let i = 0; i < length; i += STRIDE) {
    out[i] = (a[i] as number) * (b[i] as number);
    out[i + 1] = (a[i + 1] as number) * (b[i + 1] as number);
    out[i + 2] = (a[i + 2] as number) * (b[i + 2] as number);
    out[i + 3] = (a[i + 3] as number) * (b[i + 3] as number);
  }
}

function scaled(out: Float64Array, a: Float64Array, by: number, length: number): void {
  for (let i = 0; i < length; i += STRIDE) {
    out[i] = (a[i] as number) * by;
    out[i + 1] = (a[i + 1] as number) * by;
    out[i + 2] = (a[i + 2] as number) * by;
    out[i + 3] = (a[i + 3] as number) * by;
  }
}

/** Two blocks at one scale, with what each is to be multiplied by first. */
interface Pair {
  readonly a: Float64Array;
  readonly p: number;
  readonly b: Float64Array;
  readonly q: number;
}

function sum(out: Float64Array, { a, p, b, q }: Pair, length: number): void {
  for (let i = 0; i < length; i += STRIDE) {
    out[i] = (a[i] as number) * p + (b[i] as number) * q;
    out[i + 1] = (a[i + 1] as number) * p + (b[i + 1] as number) * q;
    out[i + 2] = (a[i + 2] as number) * p + (b[i + 2] as number) * q;
    out[i + 3] = (a[i + 3] as number) * p + (b[i + 3] as number) * q;
  }
}

/** Without a branch, which a processor would often guess wrong; NaN stays NaN. */
const larger = (x: number, y: number): number => (x + y + Math.abs(x - y)) / 2;

function largest(out: Float64Array, { a, p, b, q }: Pair, length: number): void {
  for (let i = 0; i < length; i += STRIDE) {
    out[i] = larger((a[i] as number) * p, (b[i] as number) * q);
    out[i + 1] = larger((a[i + 1] as number) * p, (b[i + 1] as number) * q);
    out[i + 2] = larger((a[i + 2] as number) * p, (b[i + 2] as number) * q);
    out[i + 3] = larger((a[i + 3] as number) * p, (b[i + 3] as number) * q);
  }
}

/** Rows worked out at a time: a formula's steps over them stay in the processor's cache. */
export const ROWS = 4096;

/** Memory of blocks that nobody works with. */
const idle: Float64Array[] = [];

/** The arithmetic of the blocks of one run. */
export interface BlockArithmetic {
  readonly arithmetic: Arithmetic<Block>;
  readonly constant: (figure: Amount) => Block;
  /** Begins a block; the results of the one before are overwritten. */
  readonly begin: (length: number) => void;
  /** Gives the memory back. */
  readonly end: () => void;
}

export function blockArithmetic(): BlockArithmetic {
  const memory: Float64Array[] = [];
  let used = 0;
  let length = ROWS;
  const spare = (): Float64Array => idle.pop() ?? new Float64Array(ROWS);
  const fresh = (): Float64Array => (memory[used++] ??= spare());

  const constants = new Map<string | Amount, Block>();
  const constant = (figure: string | Amount, exact: () => Amount): Block => {
    const known = constants.get(figure);
    if (known) return known;
    const [units = "", decimals = ""] = digits(exact()).split(".");
    const n = Number(units + decimals);
    const most = Math.abs(n);
    const wholes = spare().fill(most <= SAFE ? n : NaN);
    const block = { wholes, scale: decimals.length, most, constant: most <= SAFE ? n : NaN };
    constants.set(figure, block);
    return block;
  };
  const of = (figure: string): Block => constant(figure, () => amount(figure));
  const zero = of("0");

  /** A block times a number, row by row: NaN above the limit, where digits may be lost. */
  const limited = (a: Float64Array, by: number, limit: number): Float64Array => {
    const out = fresh();
    for (let i = 0; i < length; i++) {
      const n = (a[i] as number) * by;
      out[i] = Math.abs(n) <= limit ? n : NaN;
    }
    return out;
  };

  /** Two blocks at one scale, whose sum is safe in every row. */
  const pair = (a: Block, b: Block): Pair & { scale: number; mostA: number; mostB: number } => {
    const scale = Math.max(a.scale, b.scale);
    const [p, q] = [power(scale - a.scale), power(scale - b.scale)];
    const [mostA, mostB] = [a.most * p, b.most * q];
    if (mostA + mostB <= SAFE) return { a: a.wholes, p, b: b.wholes, q, scale, mostA, mostB };
    return {
      a: limited(a.wholes, p, HALF),
      b: limited(b.wholes, q, HALF),
      ...{ p: 1, q: 1, scale, mostA: HALF, mostB: HALF },
    };
  };

  const plus = (a: Block, b: Block): Block => {
    const both = pair(a, b);
    const wholes = fresh();
    sum(wholes, both, length);
    return { wholes, scale: both.scale, most: both.mostA + both.mostB };
  };

  const minus = (a: Block, b: Block): Block => {
    const both = pair(a, b);
    const wholes = fresh();
    sum(wholes, { ...both, q: -both.q }, length);
    return { wholes, scale: both.scale, most: both.mostA + both.mostB };
  };

  const max = (a: Block, b: Block): Block => {
    const both = pair(a, b);
    const wholes = fresh();
    largest(wholes, both, length);
    return { wholes, scale: both.scale, most: Math.max(both.mostA, both.mostB) };
  };

  const isOne = ({ constant, scale }: Block): boolean => constant === 1 && scale === 0;

  const arithmetic: Arithmetic<Block> = {
    zero,
    of,
    plus: (a, b) => (b.constant === 0 ? a : a.constant === 0 ? b : plus(a, b)),
    minus: (a, b) => (b.constant === 0 ? a : minus(a, b)),
    times(a, b) {
      if (isOne(b)) return a;
      if (isOne(a)) return b;
      const wholes = fresh();
      if (b.constant !== undefined) scaled(wholes, a.wholes, b.constant, length);
      else if (a.constant !== undefined) scaled(wholes, b.wholes, a.constant, length);
      else product(wholes, a.wholes, b.wholes, length);
      const [scale, most] = [a.scale + b.scale, a.most * b.most];
      if (most <= SAFE) return { wholes, scale, most };
      return { wholes: limited(wholes, 1, SAFE), scale, most: SAFE };
    },
    over(a, b) {
      const more = QUOTIENT_DECIMALS + Math.max(b.scale - a.scale, 0);
      const dividend = limited(a.wholes, power(more), SAFE);
      const wholes = fresh();
      for (let i = 0; i < length; i++) {
        const [n, by] = [dividend[i] as number, b.wholes[i] as number];
        const quotient = Math.round(n / by);
        // A quotient that does not end here is none of ours.
        wholes[i] = quotient * by === n ? quotient : NaN;
      }
      return { wholes, scale: a.scale + more - b.scale, most: SAFE };
    },
    max,
    min: (a, b) => minus(zero, max(minus(zero, a), minus(zero, b))),
    ifAbove(a, b, then, otherwise) {
      const { wholes: above } = minus(a, b);
      const { a: one, p, b: other, q, scale, mostA, mostB } = pair(then, otherwise);
      const wholes = fresh();
      for (let i = 0; i < length; i++) {
        const difference = above[i] as number;
        wholes[i] =
          difference > 0
            ? (one[i] as number) * p
            : difference <= 0
              ? (other[i] as number) * q
              : NaN;
      }
      return { wholes, scale, most: Math.max(mostA, mostB) };
    },
  };
  return {
    arithmetic,
    constant: (figure) => constant(figure, () => figure),
    begin(rows) {
      used = 0;
      length = rows;
    },
    end() {
      idle.push(...memory, ...[...constants.values()].map(({ wholes }) => wholes));
    },
  };
}
