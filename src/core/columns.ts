/**
 * The few operations of a formula over whole columns of exact figures, hundreds of times faster than
 * decimals one by one, and to the same last digit. Private to the core.
 */
import type { Arithmetic } from "./arithmetic";
import { blockArithmetic, padded, power, ROWS, type Block } from "./blocks";
import { amount, exact, type Amount } from "./number";

/** Exact figures of many rows: a block as long as the table. */
export interface Column extends Omit<Block, "constant"> {
  /** The figure of a row that is NaN: no safe whole number, so it is worked out in decimals. */
  readonly apart: (row: number) => Amount;
}

/** Figures of many rows, or one for all of them. */
export type Given = Column | Amount;

/** No exchange quotes finer; a row that does is worked out in decimals. */
const DECIMALS = 4;

/** Below it a double and its decimal of as many digits are the same number. */
const FIFTEEN_DIGITS = 1e15;

/** A double as a whole number of 10^-scale, else NaN. */
function whole(value: number, scale: number): number {
  const n = Math.round(value * power(scale));
  return n / power(scale) === value && Math.abs(n) < FIFTEEN_DIGITS ? n : NaN;
}

/** The fewest decimals that hold a figure, from a scale on; the scale itself where none do. */
function finer(value: number, scale: number): number {
  for (let more = scale; more <= DECIMALS; more++) {
    if (!Number.isNaN(whole(value, more))) return more;
  }
  return scale;
}

/** A column of doubles, each read as its 15 digits, as readNumber reads one. */
export function column(doubles: Float64Array): Column {
  const wholes = new Float64Array(padded(doubles.length));
  let [scale, most] = [0, 0];
  for (let i = 0; i < doubles.length; i++) {
    let n = whole(doubles[i] as number, scale);
    if (Number.isNaN(n)) {
      const value = Number((doubles[i] as number).toPrecision(15));
      const before = scale;
      scale = finer(value, scale);
      const by = power(scale - before);
      if (by > 1) {
        most = 0;
        for (let j = 0; j < i; j++) {
          const wider = (wholes[j] as number) * by;
          wholes[j] = Math.abs(wider) < FIFTEEN_DIGITS ? wider : NaN;
          if (Math.abs(wider) > most) most = Math.abs(wider);
        }
      }
      n = whole(value, scale);
    }
    wholes[i] = n;
    if (Math.abs(n) > most) most = Math.abs(n);
  }
  return { wholes, scale, most, apart: (row) => amount((doubles[row] as number).toPrecision(15)) };
}

/** A row's exact figure. */
export function amountAt({ wholes, scale, apart }: Column, row: number): Amount {
  const n = wholes[row] as number;
  return Number.isNaN(n) ? apart(row) : exact.times(amount(n), amount(`1e${-scale}`));
}

/** The doubles nearest to a column's figures. */
export function nearest(figures: Column, height: number): Float64Array {
  const doubles = new Float64Array(height);
  const unit = power(figures.scale);
  for (let i = 0; i < height; i++) {
    const double = (figures.wholes[i] as number) / unit;
    // Adding 0 turns a minus zero into a plain one.
    doubles[i] = (Number.isNaN(double) ? amountAt(figures, i).toNumber() : double) + 0;
  }
  return doubles;
}

/** What is worked out for every row: `at` is a given figure, the row's own where there are many. */
export type RowFormula<Name extends string> = <N>(
  arithmetic: Arithmetic<N>,
  at: (given: Given) => N,
) => Readonly<Record<Name, N>>;

const isColumn = (given: Given): given is Column => "wholes" in given;

/**
 * Works out a formula for every row, exactly: in whole numbers, and in decimals what these can't hold.
 *
 * @example overRows(2, ({ times }, at) => ({ square: times(at(x), at(x)) })) // x 3, 0.5: 9, 0.25
 */
export function overRows<Name extends string>(
  height: number,
  formula: RowFormula<Name>,
): Readonly<Record<Name, Column>> {
  const rows = padded(height);
  const blocks = blockArithmetic();
  const columns = new Map<Name, Column>();
  for (let start = 0; start < rows; start += ROWS) {
    const end = Math.min(start + ROWS, rows);
    blocks.begin(end - start);
    const answers = formula(blocks.arithmetic, (given) =>
      isColumn(given)
        ? { wholes: given.wholes.subarray(start, end), scale: given.scale, most: given.most }
        : blocks.constant(given),
    );
    for (const name in answers) {
      const { wholes, scale, most } = answers[name];
      let answer = columns.get(name);
      if (!answer) {
        const apart = (row: number): Amount => decimals(row)[name];
        answer = { wholes: new Float64Array(rows), scale, most, apart };
        columns.set(name, answer);
      }
      answer.wholes.set(wholes.subarray(0, end - start), start);
    }
  }
  blocks.end();
  let last: { row: number; answers: Readonly<Record<Name, Amount>> } | undefined;
  const decimals = (row: number): Readonly<Record<Name, Amount>> => {
    if (last?.row !== row) {
      const answers = formula(exact, (given) => (isColumn(given) ? amountAt(given, row) : given));
      last = { row, answers };
    }
    return last.answers;
  };
  return Object.fromEntries(columns) as Record<Name, Column>;
}
