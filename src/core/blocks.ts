/**
 * The arithmetic of blocks: stretches of rows as whole numbers of 10^-scale in doubles, which hold
 * every whole number up to 2^53. What could leave these is looked at row by row, and is NaN where it did.
 *
 * A formula runs once, over sums that are not worked out yet; what it asks for becomes steps, each a
 * tight loop, that then run stretch by stretch.
 */
import type { Arithmetic } from "./arithmetic";
import { amount, digits, type Amount } from "./number";

/** Whole numbers of the rows of a stretch, none of them above a block's most. */
interface Stretch {
  readonly id: number;
  wholes: Float64Array;
  /** All of a column, or of an answer, of which it is a part. */
  readonly all?: Float64Array;
}

/** So many times what a stretch holds. */
interface Part {
  readonly of: Stretch;
  readonly times: number;
}

/** Figures of many rows: a sum of parts, in units of 10^-scale. */
export interface Block {
  readonly parts: readonly Part[];
  readonly scale: number;
  /** No sum of some of the parts is above it, nor below its opposite; a safe whole number. */
  readonly most: number;
}

/** Figures at hand: the whole numbers of all rows, filled up to whole strides. */
export interface Wholes {
  readonly wholes: Float64Array;
  readonly scale: number;
  /** No |whole| is above it. */
  readonly most: number;
  /** The whole number that all rows are. */
  readonly constant?: number | undefined;
}

/** The longest loop takes this many rows a turn. */
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

type Rows = Float64Array;

/** Without a branch, which a processor would often guess wrong; NaN stays NaN. */
const larger = (x: number, y: number): number => (x + y + Math.abs(x - y)) / 2;

/** The larger of a sum and a part. */
function largest(
  out: Rows,
  a: Rows,
  p: number,
  b: Rows,
  q: number,
  c: Rows,
  r: number,
  length: number,
): void {
  for (let i = 0; i < length; i += STRIDE) {
    out[i] = larger((a[i] as number) * p + (b[i] as number) * q, (c[i] as number) * r);
    out[i + 1] = larger(
      (a[i + 1] as number) * p + (b[i + 1] as number) * q,
      (c[i + 1] as number) * r,
    );
    out[i + 2] = larger(
      (a[i + 2] as number) * p + (b[i + 2] as number) * q,
      (c[i + 2] as number) * r,
    );
    out[i + 3] = larger(
      (a[i + 3] as number) * p + (b[i + 3] as number) * q,
      (c[i + 3] as number) * r,
    );
  }
}

/** Sums of two parts. */
function summed(out: Rows, x: Part, y: Part, length: number): void {
  const [a, p, b, q] = [x.of.wholes, x.times, y.of.wholes, y.times];
  for (let i = 0; i < length; i++) out[i] = (a[i] as number) * p + (b[i] as number) * q;
}

function products(out: Rows, a: Rows, b: Rows, length: number): void {
  for (let i = 0; i < length; i++) out[i] = (a[i] as number) * (b[i] as number);
}

/** A part, NaN above the limit. */
function withinLimit(out: Rows, x: Part, limit: number, length: number): void {
  const [a, p] = [x.of.wholes, x.times];
  for (let i = 0; i < length; i++) {
    const n = (a[i] as number) * p;
    out[i] = Math.abs(n) <= limit ? n : NaN;
  }
}

/** Whole quotients of two parts, NaN where there is none. */
function quotients(out: Rows, dividend: Part, divisor: Part, length: number): void {
  const [a, b, q] = [dividend.of.wholes, divisor.of.wholes, divisor.times];
  for (let i = 0; i < length; i++) {
    const n = a[i] as number;
    const by = (b[i] as number) * q;
    const quotient = Math.round(n / by);
    // A quotient that does not end here is none of ours.
    out[i] = quotient * by === n ? quotient : NaN;
  }
}

/** One part where a sum is above nothing, else another. */
function chosen(out: Rows, above: Part, then: Part, otherwise: Part, length: number): void {
  const [c, a, b] = [above.of.wholes, then.of.wholes, otherwise.of.wholes];
  const [r, p, q] = [above.times, then.times, otherwise.times];
  for (let i = 0; i < length; i++) {
    const difference = (c[i] as number) * r;
    const n = difference > 0 ? (a[i] as number) * p : (b[i] as number) * q;
    out[i] = Number.isNaN(difference) ? NaN : n;
  }
}

/** Sums of two parts in units of so many; whether one of them is NaN. */
function written(out: Rows, x: Part, y: Part, unit: number, length: number): boolean {
  const [a, p, b, q] = [x.of.wholes, x.times, y.of.wholes, y.times];
  let isOdd = false;
  for (let i = 0; i < length; i++) {
    // Adding 0 turns a minus zero into a plain one.
    const n = ((a[i] as number) * p + (b[i] as number) * q) / unit + 0;
    out[i] = n;
    if (n !== n) isOdd = true;
  }
  return isOdd;
}

/** Rows worked out at a time: a formula's steps over them stay in the processor's nearest cache. */
const ROWS = 1024;

/** Memory of stretches that nobody works with. */
const idle: Rows[] = [];

/** A formula over blocks, and the steps it makes. */
export interface BlockArithmetic {
  readonly arithmetic: Arithmetic<Block>;
  readonly constant: (figure: Amount) => Block;
  readonly given: (figures: Wholes) => Block;
  /** Has a block written in units of so many whole numbers; what is NaN is what `apart` says of its row. */
  readonly write: (block: Block, to: Rows, unit: number, apart: (row: number) => number) => void;
  /** Takes the steps over so many rows, and gives the memory back. */
  readonly run: (rows: number) => void;
}

export function blockArithmetic(): BlockArithmetic {
  const memory: Rows[] = [];
  const moving: Stretch[] = [];
  const known = new Map<Wholes | string, Stretch>();
  const steps: (() => void)[] = [];
  let [ids, start, length] = [0, 0, ROWS];

  const spare = (): Stretch => {
    const wholes = idle.pop() ?? new Float64Array(ROWS);
    memory.push(wholes);
    return { id: ids++, wholes };
  };
  const stretchOf = (all: Rows): Stretch => {
    const stretch = { id: ids++, wholes: all, all };
    moving.push(stretch);
    return stretch;
  };
  const ones = spare();
  ones.wholes.fill(1);

  /** What a step makes of parts; the same step is taken once. */
  const made = (sign: string, parts: readonly Part[], step: (out: Rows) => void): Part => {
    const key = sign + parts.map(({ of, times }) => `${of.id}*${times}`).join();
    const there = known.get(key);
    if (there) return { of: there, times: 1 };
    const of = spare();
    known.set(key, of);
    steps.push(() => step(of.wholes));
    return { of, times: 1 };
  };

  /** A block as one part. */
  const one = ([first = { of: ones, times: 0 }, ...more]: readonly Part[]): Part =>
    more.reduce((x, y) => made("+", [x, y], (out) => summed(out, x, y, length)), first);
  /** A block as two parts; nothing is taken of rows that count anyway, for NaN times 0 is none. */
  const two = ([first = one([]), ...more]: readonly Part[]): readonly [Part, Part] => [
    first,
    more.length > 0 ? one(more) : { of: first.of, times: 0 },
  ];

  const always = (n: number, scale: number): Block => {
    const safe = Math.abs(n) <= SAFE;
    return {
      parts: [{ of: ones, times: safe ? n : NaN }],
      ...{ scale, most: safe ? Math.abs(n) : SAFE },
    };
  };
  const constant = (figure: Amount): Block => {
    const [units = "", decimals = ""] = digits(figure).split(".");
    return always(Number(units + decimals), decimals.length);
  };
  const constantOf = ({ parts: [part, ...more] }: Block): number | undefined =>
    !part ? 0 : part.of === ones && more.length === 0 ? part.times : undefined;
  const zero = always(0, 0);

  /** A block times a whole number, at another scale. */
  const multiplied = ({ parts, most }: Block, by: number, scale: number): Block => ({
    parts: parts.map(({ of, times }) => ({ of, times: times * by })),
    ...{ scale, most: most * Math.abs(by) },
  });

  /** The same where it may leave the safe numbers, row by row: NaN above the limit. */
  const limited = ({ parts }: Block, by: number, scale: number, limit: number): Block => {
    const { of, times } = one(parts);
    const all = { of, times: times * by };
    const part = made(`<${limit} `, [all], (out) => withinLimit(out, all, limit, length));
    return { parts: [part], scale, most: limit };
  };

  /** Two blocks at one scale, whose sum is safe in every row. */
  const pair = (a: Block, b: Block): readonly [a: Block, b: Block, scale: number] => {
    const scale = Math.max(a.scale, b.scale);
    const [p, q] = [power(scale - a.scale), power(scale - b.scale)];
    return a.most * p + b.most * q <= SAFE
      ? [multiplied(a, p, scale), multiplied(b, q, scale), scale]
      : [limited(a, p, scale, HALF), limited(b, q, scale, HALF), scale];
  };

  const plus = (first: Block, second: Block): Block => {
    const [a, b, scale] = pair(first, second);
    const parts = [...a.parts];
    for (const part of b.parts) {
      const { of } = part;
      const at = parts.findIndex((known) => known.of === of);
      const times = (parts[at]?.times ?? 0) + part.times;
      if (at < 0) parts.push(part);
      else if (times === 0) parts.splice(at, 1);
      else parts[at] = { of, times };
    }
    return { parts, scale, most: a.most + b.most };
  };
  const minus = (a: Block, b: Block): Block => plus(a, multiplied(b, -1, b.scale));

  const max = (first: Block, second: Block): Block => {
    const [a, b, scale] = pair(first, second);
    const [more, fewer] = a.parts.length > b.parts.length ? [a, b] : [b, a];
    const [[x, y], single] = [two(more.parts), one(fewer.parts)];
    const z = single.times === 0 ? { of: x.of, times: 0 } : single;
    const part = made("max", [x, y, z], (out) =>
      largest(out, x.of.wholes, x.times, y.of.wholes, y.times, z.of.wholes, z.times, length),
    );
    return { parts: [part], scale, most: Math.max(a.most, b.most) };
  };

  const arithmetic: Arithmetic<Block> = {
    zero,
    of: (figure) => constant(amount(figure)),
    plus,
    minus,
    times(a, b) {
      const [scale, most] = [a.scale + b.scale, a.most * b.most];
      const [p, q] = [constantOf(a), constantOf(b)];
      if (p !== undefined || q !== undefined) {
        const [block, by] = q === undefined ? [b, p as number] : [a, q];
        return most <= SAFE
          ? { ...multiplied(block, by, scale), most }
          : limited(block, by, scale, SAFE);
      }
      const [{ of: x, times: n }, { of: y, times: m }] = [one(a.parts), one(b.parts)];
      const whole = [x, y].map((of) => ({ of, times: 1 }));
      const { of } = made("x", whole, (out) => products(out, x.wholes, y.wholes, length));
      const block = { parts: [{ of, times: n * m }], scale, most };
      return most <= SAFE ? block : limited(block, 1, scale, SAFE);
    },
    over(a, b) {
      const more = QUOTIENT_DECIMALS + Math.max(b.scale - a.scale, 0);
      const dividend = one(limited(a, power(more), a.scale, SAFE).parts);
      const divisor = one(b.parts);
      const part = made("/", [dividend, divisor], (out) =>
        quotients(out, dividend, divisor, length),
      );
      return { parts: [part], scale: a.scale + more - b.scale, most: SAFE };
    },
    max,
    min: (a, b) => minus(zero, max(minus(zero, a), minus(zero, b))),
    ifAbove(first, second, then, otherwise) {
      const above = one(minus(first, second).parts);
      const [a, b, scale] = pair(then, otherwise);
      const [x, y] = [one(a.parts), one(b.parts)];
      const part = made("?", [above, x, y], (out) => chosen(out, above, x, y, length));
      return { parts: [part], scale, most: Math.max(a.most, b.most) };
    },
  };
  return {
    arithmetic,
    constant,
    given(figures) {
      const { wholes, scale, most, constant: n } = figures;
      if (n !== undefined) return always(n, scale);
      const of = known.get(figures) ?? stretchOf(wholes);
      known.set(figures, of);
      return { parts: [{ of, times: 1 }], scale, most };
    },
    write({ parts }, to, unit, apart) {
      const [[x, y], out] = [two(parts), stretchOf(to)];
      steps.push(() => {
        const { wholes } = out;
        if (!written(wholes, x, y, unit, length)) return;
        for (let i = 0; i < length; i++) {
          if (Number.isNaN(wholes[i])) wholes[i] = apart(start + i) + 0;
        }
      });
    },
    run(rows) {
      for (start = 0; start < rows; start += ROWS) {
        const end = Math.min(start + ROWS, rows);
        length = end - start;
        for (const stretch of moving) stretch.wholes = (stretch.all as Rows).subarray(start, end);
        for (const step of steps) step();
      }
      idle.push(...memory);
    },
  };
}
