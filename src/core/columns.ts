/**
 * The few operations of a formula over whole columns of exact figures, hundreds of times faster than
 * decimals one by one, and to the same last digit. Private to the core.
 */
import type { Arithmetic } from "./arithmetic";
import { blockArithmetic, padded, power, type Wholes } from "./blocks";
import { amount, exact, type Amount } from "./number";

/** Exact figures of many rows. */
export interface Column extends Wholes {
  /** The figure of a row that is NaN: no safe whole number, so it is worked out in decimals. */
  readonly apart: (row: number) => Amount;
}

/** Figures of many rows, or one for all of them. */
export type Given = Column | Amount;

/** No exchange quotes finer; a row that does is worked out in decimals. */
const DECIMALS = 4;

/** Below it a double and its decimal of as many digits are the same number. */
const FIFTEEN_DIGITS = 1e15;

/** Added and taken away again, it leaves a whole number: between 2^52 and 2^53 there are no others. */
const ROUNDS = 1.5 * 2 ** 52;

/** The whole number of units, so many to one, that is nearest to a double. */
const rounded = (value: number, by: number): number => value * by + ROUNDS - ROUNDS;

/** Whether a whole number of units is this very double, and a decimal of as many digits too. */
const holds = (n: number, by: number, value: number): boolean =>
  n / by === value && Math.abs(n) < FIFTEEN_DIGITS;

/** A double in units, NaN where it is no whole number of them. */
function whole(value: number, by: number): number {
  const n = rounded(value, by);
  return holds(n, by, value) ? n : NaN;
}

/** Reads doubles in units, from a row on; gives the first row that is no whole number of them. */
function firstOdd(doubles: Float64Array, by: number, from: number, wholes: Float64Array): number {
  let i = from;
  for (; i < doubles.length; i++) {
    const n = rounded(doubles[i] as number, by);
    if (!holds(n, by, doubles[i] as number)) break;
    wholes[i] = n;
  }
  return i;
}

/** The fewest decimals that hold a figure, from a scale on; the scale itself where none do. */
function finer(value: number, scale: number): number {
  for (let more = scale; more <= DECIMALS; more++) {
    if (!Number.isNaN(whole(value, power(more)))) return more;
  }
  return scale;
}

/**
 * A column of doubles, each read as its 15 digits, as readNumber reads one.
 * @param over the memory of an older column of as many rows or more
 */
export function column(doubles: Float64Array, over?: Float64Array): Column {
  const { length } = doubles;
  const wholes = over ?? new Float64Array(padded(length));
  let scale = 0;
  for (let i = firstOdd(doubles, 1, 0, wholes); i < length;) {
    const value = Number((doubles[i] as number).toPrecision(15));
    const before = power(scale);
    scale = finer(value, scale);
    for (let j = 0; before < power(scale) && j < i; j++) {
      const wider = (wholes[j] as number) * (power(scale) / before);
      wholes[j] = Math.abs(wider) < FIFTEEN_DIGITS ? wider : NaN;
    }
    wholes[i] = whole(value, power(scale));
    i = firstOdd(doubles, power(scale), i + 1, wholes);
  }
  let [least, most, all] = [Infinity, -Infinity, true];
  for (let i = 0; i < length; i++) {
    const n = wholes[i] as number;
    if (n < least) least = n;
    if (n > most) most = n;
    if (Number.isNaN(n)) all = false;
  }
  return {
    ...{ wholes, scale, most: Math.max(-least, most, 0) },
    constant: all && least === most ? most : undefined,
    apart: (row) => amount((doubles[row] as number).toPrecision(15)),
  };
}

/** A row's exact figure. */
export function amountAt({ wholes, scale, constant, apart }: Column, row: number): Amount {
  const n = constant ?? (wholes[row] as number);
  // Of fifteen digits the nearest double is as good as the figure.
  if (Math.abs(n) < FIFTEEN_DIGITS && power(scale) > 0) return amount(n / power(scale));
  return Number.isNaN(n) ? apart(row) : exact.times(amount(n), amount(`1e${-scale}`));
}

/** The exact sum of a column's figures. */
export function sumOf(figures: Column, height: number): Amount {
  let [sum, rest] = [0, exact.zero];
  for (let row = 0; row < height; row++) {
    const next = sum + (figures.wholes[row] as number);
    if (Math.abs(next) <= Number.MAX_SAFE_INTEGER) sum = next;
    else rest = rest.plus(amountAt(figures, row));
  }
  return rest.plus(exact.times(amount(sum), amount(`1e${-figures.scale}`)));
}

/** What is worked out for every row: `at` is a given figure, the row's own where there are many. */
export type RowFormula<Name extends string> = <N>(
  arithmetic: Arithmetic<N>,
  at: (given: Given) => N,
) => Readonly<Record<Name, N>>;

const isColumn = (given: Given): given is Column => "wholes" in given;

/** Works out a formula over blocks: its whole numbers, or the nearest doubles in their place. */
function worked<Name extends string>(
  height: number,
  formula: RowFormula<Name>,
  nearest: boolean,
  over?: (name: Name) => Float64Array,
): Readonly<Record<Name, Column>> {
  const [rows, blocks] = [padded(height), blockArithmetic()];
  const answers = formula(blocks.arithmetic, (given) =>
    isColumn(given) ? blocks.given(given) : blocks.constant(given),
  );
  // A row's figures in decimals are kept for its other columns.
  let last: { row: number; answers: Readonly<Record<Name, Amount>> } | undefined;
  const columns = {} as Record<Name, Column>;
  for (const name in answers) {
    const { scale, most } = answers[name];
    const wholes = over?.(name) ?? new Float64Array(rows);
    const apart = (row: number): Amount => {
      if (last?.row !== row) {
        const at = (given: Given): Amount => (isColumn(given) ? amountAt(given, row) : given);
        last = { row, answers: formula(exact, at) };
      }
      return last.answers[name];
    };
    columns[name] = { wholes, scale, most, apart };
    blocks.write(answers[name], wholes, nearest ? power(scale) : 1, (row) =>
      nearest && row < height ? apart(row).toNumber() : NaN,
    );
  }
  blocks.run(rows);
  return columns;
}

/**
 * Works out a formula for every row, exactly: in whole numbers, and in decimals what these can't hold.
 * @param over the memory that older figures of the name were in, of as many rows or more
 *
 * @example overRows(2, ({ times }, at) => ({ square: times(at(x), at(x)) })) // x 3, 0.5: 9, 0.25
 */
export const overRows = <Name extends string>(
  height: number,
  formula: RowFormula<Name>,
  over?: (name: Name) => Float64Array,
): Readonly<Record<Name, Column>> => worked(height, formula, false, over);

/** The same in the doubles nearest to the exact figures; `over` is the memory of no figure that is given. */
export function nearestOverRows<Name extends string>(
  height: number,
  formula: RowFormula<Name>,
  over?: (name: Name) => Float64Array,
): Readonly<Record<Name, Float64Array>> {
  const doubles = {} as Record<Name, Float64Array>;
  const columns = worked(height, formula, true, over);
  for (const name in columns) doubles[name] = columns[name].wholes.subarray(0, height);
  return doubles;
}
