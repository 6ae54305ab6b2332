/** The choice one would make if lots could be split: the bound of a cover, and where a good one lies. */
import { at, LOOK, type Lots, type Search } from "./cover-search";
import type { Pace } from "./steps";

/**
 * Brings the places of the lowest ranks to the front until they hold what is wanted, as a sort would but no further;
 * which of them is the one that brings it over.
 */
export function front(
  places: number[],
  ranks: readonly number[],
  holds: (place: number) => number,
  wanted: number,
): number {
  let [from, to, left] = [0, places.length, wanted];
  while (from < to) {
    const middle = (from + to) >> 1;
    const pivot = places[middle] as number;
    const rank = ranks[pivot] as number;
    places[middle] = places[to - 1] as number;
    let [lower, held] = [from, 0];
    for (let i = from; i < to - 1; i++) {
      const place = places[i] as number;
      const there = ranks[place] as number;
      if (there > rank || (there === rank && place > pivot)) continue;
      places[i] = places[lower] as number;
      places[lower] = place;
      lower += 1;
      held += holds(place);
    }
    places[to - 1] = places[lower] as number;
    places[lower] = pivot;
    if (held >= left) to = lower;
    else {
      left -= held + holds(pivot);
      if (left <= 0) return lower;
      from = lower + 1;
    }
  }
  return from;
}

/** The multiplier at which split lots spend just what may be spent, and those lots. */
export interface Relaxed {
  /** Any figure gives a true bound, this one the sharpest, so a plain double does. */
  readonly multiplier: number;
  /** Lots by choice as doubles: what one would take if lots could be split. */
  readonly split: Lots;
  /** No choice of whole lots has a price below it. */
  readonly bound: number;
}

const SLIGHT = 2 ** -40;

export function* relax(search: Search, need: number, pace: Pace): Generator<void, Relaxed> {
  const [lots, gains, prices, spends] = [
    search.lots.map(Number),
    search.gains.map(Number),
    search.prices.map(Number),
    search.spends.map(Number),
  ];
  const count = lots.length;
  const room = Number(search.most);
  const ranks = lots.map(() => 0);
  const places = lots.map((_, i) => i);
  const held = (i: number): number => at(lots, i) * at(gains, i);
  let bound = 0;
  const splitAt = (multiplier: number) => {
    for (let i = 0; i < count; i++) {
      ranks[i] = (at(prices, i) + multiplier * at(spends, i)) / at(gains, i);
    }
    const broken = front(places, ranks, held, Number(need));
    const split = lots.map(() => 0);
    let [left, paid, spent] = [Number(need), 0, 0];
    for (let k = 0; k <= broken && k < count; k++) {
      const i = at(places, k);
      const taken = Math.min(at(lots, i), left / at(gains, i));
      split[i] = taken;
      left -= taken * at(gains, i);
      paid += taken * at(prices, i);
      spent += taken * at(spends, i);
    }
    const rounding = count * 2 ** -50 * (paid + multiplier * (spent + room));
    bound = Math.max(bound, paid + multiplier * (spent - room) - rounding);
    return { split, paid, spent };
  };
  const largest = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b), 0);
  let high = largest(prices) / (largest(spends) || 1);
  let over = splitAt(0);
  if (pace.due(count * LOOK)) yield;
  if (high === 0 || over.spent <= room) return { multiplier: 0, split: over.split, bound };
  let under = splitAt(high);
  for (let doubled = 0; doubled < 60 && under.spent > room; doubled++) {
    high *= 2;
    under = splitAt(high);
    if (pace.due(count * LOOK)) yield;
  }
  // Where the lines of two splits cross lies the multiplier, unless a third split is cheaper there.
  for (let crossed = 0; crossed < 60; crossed++) {
    const there = (under.paid - over.paid) / (over.spent - under.spent);
    if (!(there > 0 && there < high)) break;
    const third = splitAt(there);
    const saved = over.paid - third.paid + there * (over.spent - third.spent);
    if (pace.due(count * LOOK)) yield;
    if (third.spent > room && saved > SLIGHT * third.paid) over = third;
    else {
      // A little above the crossing, so that what spends less comes first.
      high = there * (1 + SLIGHT);
      if (!(saved > SLIGHT * third.paid)) break;
      under = third;
    }
  }
  const share = Math.max(0, Math.min(1, (room - under.spent) / (over.spent - under.spent)));
  const mixed = under.split.map((n, i) => n + share * (at(over.split, i) - n));
  return { multiplier: high, split: mixed, bound };
}
