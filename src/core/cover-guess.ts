/** A first good cover, close to the choice of split lots. */
import { front, type Relaxed } from "./cover-relaxed";
import {
  at,
  improve,
  least,
  like,
  LOOK,
  sum,
  weightsOf,
  type Lots,
  type Search,
} from "./cover-search";
import type { Pace } from "./steps";

/** How many choices around the broken one, and how many lots either way, a first good guess is sought among. */
const NEAR = { choices: 16, lots: 3 };

/**
 * A good choice close to the split one: all but the choices around the broken one as split, those searched through.
 * Undefined where none is below the price to beat; it need not be the best.
 */
export function* guess(
  search: Search,
  need: number,
  { multiplier, split }: Relaxed,
  beat: number,
  pace: Pace,
): Generator<void, Lots | undefined> {
  const { lots, gains, prices, spends, most } = search;
  const weights = weightsOf(search, multiplier);
  const rank = (i: number): number => at(weights, i) / Number(at(gains, i));
  const broken = split.reduce((worst, n, i) => (n > 0 ? Math.max(worst, rank(i)) : worst), 0);
  const offs = weights.map((weight, i) => Math.abs(weight - broken * Number(at(gains, i))));
  if (pace.due(lots.length * LOOK)) yield;
  const places = lots.map((_, i) => i);
  const near = places
    .slice(0, front(places, offs, () => 1, NEAR.choices) + 1)
    .sort((a, b) => at(offs, a) - at(offs, b) || a - b);
  const base = split.map((n) => like(need, Math.round(n)));
  const free = near.map((i) => {
    const from = Math.max(0, Math.floor(at(split, i)) - NEAR.lots);
    base[i] = like(need, from);
    const to = like(need, Math.ceil(at(split, i)) + NEAR.lots);
    return least(at(lots, i), to) - at(base, i);
  });
  if (pace.due(lots.length * LOOK)) yield;
  const left = need - sum(base, gains);
  const room = most - sum(base, spends);
  if (left <= 0 || room < 0) return undefined;
  const only = (list: readonly number[]): number[] => near.map((i) => at(list, i));
  const part = { lots: free, gains: only(gains), prices: only(prices), spends: only(spends) };
  const below = beat === Infinity ? beat : beat - sum(base, prices);
  const found = yield* improve({ ...part, most: room }, left, multiplier, below, pace);
  found.lots?.forEach((n, i) => (base[at(near, i)] = at(base, at(near, i)) + n));
  return found.lots && base;
}
