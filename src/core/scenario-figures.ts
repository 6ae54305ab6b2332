/** Figures of one position over many scenarios, side by side as columns, and their totals. */
import { padded, power } from "./blocks";
import { amountAt, type Column } from "./columns";
import { amount, digits, exact, type Amount } from "./number";

/** A figure in each scenario of a run, or the same one in all. */
export interface Figures {
  /** Whole numbers of 10^-scale, NaN where that is none, from `start` on; `constant` where it is one for all. */
  readonly wholes: Float64Array;
  readonly start: number;
  readonly constant: boolean;
  readonly scale: number;
  readonly most: number;
  readonly at: (scenario: number) => Amount;
}

const SAFE = Number.MAX_SAFE_INTEGER;
/** More decimals than prices, rates and moves have together; the scenarios that do go to decimals. */
const MOST_SCALE = 10;

/** A figure in whole numbers of 10^-scale, else NaN. */
export function wholeOf(figure: Amount, scale: number): number {
  const n = figure.times(amount(`1e${scale}`));
  return n.isInteger() && n.abs().lessThanOrEqualTo(SAFE) ? n.toNumber() : NaN;
}

const largest = (wholes: Float64Array): number => {
  let most = 0;
  for (const n of wholes) if (Math.abs(n) > most) most = Math.abs(n);
  return most;
};

/** One exact figure a scenario; neighbours that are one object are read once. */
export function figuresOf(amounts: readonly Amount[]): Figures {
  let [scale, last]: [number, Amount | undefined] = [0, undefined];
  for (const figure of amounts) {
    if (figure === last) continue;
    last = figure;
    scale = Math.max(scale, Math.min(figure.decimalPlaces(), MOST_SCALE));
  }
  const wholes = new Float64Array(padded(amounts.length));
  last = undefined;
  let whole = NaN;
  for (let i = 0; i < amounts.length; i++) {
    const figure = amounts[i] as Amount;
    if (figure !== last) [last, whole] = [figure, wholeOf(figure, scale)];
    wholes[i] = whole;
  }
  const at = (scenario: number): Amount => amounts[scenario] as Amount;
  return { wholes, start: 0, constant: false, scale, most: largest(wholes), at };
}

/** The doubles nearest to the figures. */
export function doublesOf({ wholes, scale, at }: Figures, scenarios: number): Float64Array {
  const doubles = new Float64Array(scenarios);
  const unit = power(scale);
  for (let i = 0; i < scenarios; i++) {
    const double = (wholes[i] as number) / unit;
    doubles[i] = Number.isNaN(double) ? at(i).toNumber() : double;
  }
  return doubles;
}

/** One figure for all scenarios; a round one in units of a power of ten, which leaves its products room. */
export function constantFigure(figure: Amount): Figures {
  const zeros = figure.isZero() ? 0 : (/0*$/.exec(digits(figure.trunc()))?.[0].length ?? 0);
  const scale = figure.isInteger() ? -zeros : Math.min(figure.decimalPlaces(), MOST_SCALE);
  const wholes = Float64Array.of(wholeOf(figure, scale));
  return { wholes, start: 0, constant: true, scale, most: largest(wholes), at: () => figure };
}

/**
 * Several positions' figures as one column: all scenarios of the first, then of the second …
 * @param over the memory of an older column of as many rows
 */
export function columnOf(
  positions: readonly Figures[],
  scenarios: number,
  over?: Float64Array,
): Column {
  const scale = positions.reduce((most, figures) => Math.max(most, figures.scale), -Infinity);
  const wholes = over ?? new Float64Array(padded(positions.length * scenarios));
  let most = 0;
  positions.forEach((figures, position) => {
    const by = power(scale - figures.scale);
    const to = position * scenarios;
    const safe = figures.most * by <= SAFE;
    const wider = (n: number): number => (safe || Math.abs(n * by) <= SAFE ? n * by : NaN);
    if (figures.constant) wholes.fill(wider(figures.wholes[0] as number), to, to + scenarios);
    else {
      const { wholes: from, start } = figures;
      if (safe)
        for (let i = 0; i < scenarios; i++) wholes[to + i] = (from[start + i] as number) * by;
      else for (let i = 0; i < scenarios; i++) wholes[to + i] = wider(from[start + i] as number);
    }
    most = Math.max(most, Math.min(figures.most * by, SAFE));
  });
  const apart = (row: number): Amount =>
    (positions[Math.floor(row / scenarios)] as Figures).at(row % scenarios);
  return { wholes, scale, most, apart };
}

/** One position's figures as a column of so many rows, where they stand. */
export function viewOf(
  { wholes, start, constant, scale, most, at }: Figures,
  rows: number,
): Column {
  return constant
    ? { wholes, scale, most, constant: wholes[0], apart: at }
    : { wholes: wholes.subarray(start, start + rows), scale, most, apart: at };
}

/** A sum in each scenario, in whole numbers while these are safe. */
export class Totals {
  private readonly sums: { wholes: Float64Array; scale: number; most: number }[] = [];
  /** Of scenarios with a figure that is no whole number, what it adds. */
  private readonly rest = new Map<number, Amount>();

  constructor(readonly scenarios: number) {}

  /** Adds a column of so many positions' figures. */
  add(column: Column, positions: number): void {
    const { scenarios, rest } = this;
    const together = column.most > 0 ? Math.max(1, Math.floor(SAFE / column.most)) : positions;
    for (let first = 0; first < positions; first += together) {
      const after = Math.min(first + together, positions);
      const { wholes, by } = this.room(column.scale, column.most * (after - first));
      for (let position = first; position < after; position++) {
        const start = position * scenarios;
        for (let i = 0; i < scenarios; i++) {
          const n = (column.wholes[start + i] as number) * by;
          wholes[i] = (wholes[i] as number) + (Number.isNaN(n) ? 0 : n);
          if (!Number.isNaN(n)) continue;
          rest.set(i, (rest.get(i) ?? exact.zero).plus(amountAt(column, start + i)));
        }
      }
    }
  }

  /** A sum that has room for more, and what that is multiplied by to be at its scale. */
  private room(scale: number, most: number): { wholes: Float64Array; by: number } {
    for (const sum of this.sums) {
      const wider = Math.max(sum.scale, scale);
      const [p, by] = [power(wider - sum.scale), power(wider - scale)];
      if (!(sum.most * p + most * by <= SAFE)) continue;
      if (p > 1) sum.wholes.forEach((n, i) => (sum.wholes[i] = n * p));
      [sum.scale, sum.most] = [wider, sum.most * p + most * by];
      return { wholes: sum.wholes, by };
    }
    const wholes = new Float64Array(this.scenarios);
    this.sums.push({ wholes, scale, most });
    return { wholes, by: 1 };
  }

  /** The exact sum. */
  at(scenario: number): Amount {
    return this.sums.reduce(
      (sum, { wholes, scale }) => sum.plus(amount(`${wholes[scenario] as number}e${-scale}`)),
      this.rest.get(scenario) ?? exact.zero,
    );
  }

  /** Writes the doubles nearest to the sums. */
  write(out: Float64Array, start: number): void {
    const [sum, ...others] = this.sums;
    for (let i = 0; i < this.scenarios; i++) {
      const plain = sum && others.length === 0 && power(sum.scale) > 0 && !this.rest.has(i);
      out[start + i] = plain ? (sum.wholes[i] as number) / power(sum.scale) : this.at(i).toNumber();
    }
  }
}
