/** The search in depth for the least cover: the choices column by column, and the best of them below a price. */
import { sortedInSteps, type Pace } from "./steps";

/** Far beyond what books of hundreds of contracts take; it keeps a contrived one from freezing the sheet. */
const MOST_NODES = 500_000;

/** Nodes searched in one stretch. */
const STRETCH = 2000;

/** One look at a choice, in units of work. */
export const LOOK = 0.005;

export type Lots = readonly number[];

export interface Cover {
  /** Lots of each choice. */
  readonly lots: readonly number[];
  /** False where the search was given up before it had shown that nothing is better. */
  readonly proven: boolean;
}

/** One search: the choices column by column. */
export interface Search {
  readonly lots: Lots;
  readonly gains: readonly number[];
  /** What is to be least. */
  readonly prices: readonly number[];
  /** What is spent by the other measure, and what may be. */
  readonly spends: readonly number[];
  readonly most: number;
}

export const at = (list: readonly number[], index: number): number => list[index] as number;
export const least = (a: number, b: number): number => (a < b ? a : b);
/** Rounded down; exact where neither is below zero and doubles hold their sum. */
export const divided = (a: number, b: number): number =>
  typeof (a as unknown) === "bigint" ? a / b : Math.floor(a / b);
const divisor = (a: number, b: number): number => (b > 0 ? divisor(b, a % b) : a);
/** Prices differ by so much at least, where they do. */
export const stepOf = (prices: readonly number[]): number =>
  Number(prices.reduce(divisor, like(at(prices, 0), 0))) || 1;
/** A whole double as the kind that another number is of. */
export const like = (kind: number, n: number): number =>
  typeof (kind as unknown) === "bigint" ? (BigInt(n) as unknown as number) : n;
export const sum = (lots: Lots, each: readonly number[]): number =>
  lots.reduce((total, n, i) => total + n * at(each, i), like(at(each, 0), 0));

/** What choices cost by both measures together. */
export const weightsOf = ({ prices, spends }: Search, multiplier: number): number[] =>
  prices.map((price, i) => Number(price) + multiplier * Number(at(spends, i)));

/** Searches for the least choice below a price, or shows that there is none. */
export function* improve(
  search: Search,
  need: number,
  multiplier: number,
  beat: number,
  pace: Pace,
): Generator<void, Partial<Cover>> {
  const { most } = search;
  const weights = weightsOf(search, multiplier);
  const ratios = weights.map((weight, i) => weight / Number(at(search.gains, i)));
  // Best first: what a unit of gain costs, then the larger lots.
  const byRatio = (a: number, b: number): number =>
    at(ratios, a) - at(ratios, b) || Number(at(search.gains, b) - at(search.gains, a)) || a - b;
  if (pace.due(weights.length * LOOK)) yield;
  const order = yield* sortedInSteps([...weights.keys()], byRatio, pace);
  const count = order.length;
  const [zero, one] = [like(need, 0), like(need, 1)];
  const inOrder = (list: readonly number[]): number[] => order.map((index) => at(list, index));
  const held = inOrder(search.lots);
  const gains = inOrder(search.gains);
  const prices = inOrder(search.prices);
  const spends = inOrder(search.spends);
  const ranks = inOrder(ratios);
  const step = stepOf(prices);
  if (pace.due(count * LOOK)) yield;

  // Sums of whole choices from the best on, and from each place on the least that is spent for a gain.
  const gainUpTo = [zero];
  const weightUpTo = [0];
  const thrift: number[] = [];
  for (let i = 0; i < count; i++) {
    gainUpTo.push(at(gainUpTo, i) + at(gains, i) * at(held, i));
    weightUpTo.push(at(weightUpTo, i) + at(weights, at(order, i)) * Number(at(held, i)));
  }
  for (let i = count - 1, best = Infinity; i >= 0; i--) {
    best = Math.min(best, Number(at(spends, i)) / Number(at(gains, i)));
    thrift[i] = best;
  }
  if (pace.due(count * LOOK)) yield;

  const enough = at(gainUpTo, count);
  const paidAtMost = multiplier * Number(most);
  /** More than all roundings of a bound together. */
  const rounding = (count + 16) * 2 ** -50 * (at(weightUpTo, count) + paidAtMost);
  let best = beat;
  let found: Lots | undefined;
  const x = new Array<number>(count).fill(zero);
  let place = 0;
  let [left, paid, used] = [need, zero, zero];

  /** Searches on through so many nodes; whether that was the last of it. */
  const searched = (nodes: number): boolean => {
    let [i, l, p, u] = [place, left, paid, used];
    let limit = Number(best) - step + rounding;
    for (let node = 0; node < nodes; node++) {
      /** Whether it is no better with fewer lots of the choice before: where too much is spent it may be. */
      let worse = false;
      if (l <= 0) {
        if (p < best) {
          best = p;
          limit = Number(best) - step + rounding;
          found = x.slice();
        }
      } else if (i === count || enough - at(gainUpTo, i) < l) worse = true;
      else {
        // No whole lots from i on that gain what is left make the price lower than broken ones.
        const target = at(gainUpTo, i) + l;
        let low = i;
        let high = count - 1;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (at(gainUpTo, middle + 1) >= target) high = middle;
          else low = middle + 1;
        }
        const broken = at(ranks, low) * Number(target - at(gainUpTo, low));
        const whole = at(weightUpTo, low) - at(weightUpTo, i);
        const bound = Number(p) + multiplier * Number(u) + whole + broken - paidAtMost;
        if (bound > limit) worse = true;
        else if (at(thrift, i) * Number(l) <= Number(most - u) * (1 + 2 ** -40)) {
          let lots = least(at(held, i), divided(l + at(gains, i) - one, at(gains, i)));
          if (at(spends, i) > 0) lots = least(lots, divided(most - u, at(spends, i)));
          x[i] = lots;
          l -= lots * at(gains, i);
          p += lots * at(prices, i);
          u += lots * at(spends, i);
          i += 1;
          continue;
        }
      }
      for (; i > 0; i--, worse = false) {
        const lots = worse ? at(x, i - 1) : least(at(x, i - 1), one);
        if (lots > 0) {
          x[i - 1] = at(x, i - 1) - lots;
          l += lots * at(gains, i - 1);
          p -= lots * at(prices, i - 1);
          u -= lots * at(spends, i - 1);
          if (!worse) break;
        }
      }
      if (i === 0) return true;
    }
    [place, left, paid, used] = [i, l, p, u];
    return false;
  };

  let proven = false;
  for (let nodes = 0; !proven && nodes < MOST_NODES; nodes += STRETCH) {
    proven = searched(STRETCH);
    if (pace.due(STRETCH * LOOK)) yield;
  }
  const lots = found && new Array<number>(count).fill(zero);
  if (lots) order.forEach((index, i) => (lots[index] = at(found as Lots, i)));
  return { proven, ...(lots && { lots }) };
}
