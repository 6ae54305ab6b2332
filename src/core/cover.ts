/**
 * The least that is enough: whole lots, of each no more than there are, that together gain what is needed
 * at the least price, and of all such choices the one that is least by a second price.
 *
 * A search in depth, cut off by the bound of broken lots (the choice one would make if lots could be split); the second
 * search also prices the first one's result (a Lagrange multiplier), so that its bound holds for both. What is chosen
 * is reckoned exactly: in doubles where these hold every whole number, else in big integers, which go through the same
 * lines of code. Bounds are doubles always, and cut off only what is beyond their own rounding. It is done in steps: a
 * long search lets others go ahead in between.
 */
import { drained, Pace, sortedInSteps } from "./steps";

/** All whole, all doubles or all big integers; so are the need and the lots that are found. */
export interface Choice {
  readonly lots: number;
  /** What one lot gains, above zero. */
  readonly gain: number;
  /** What one lot costs, by the first measure and by the second; not negative. */
  readonly first: number;
  readonly second: number;
}

export interface Cover {
  /** Lots of each choice. */
  readonly lots: readonly number[];
  /** False where the search was given up before it had shown that nothing is better. */
  readonly proven: boolean;
}

/** Far beyond what books of hundreds of contracts take; it keeps a contrived one from freezing the sheet. */
const MOST_NODES = 500_000;

/** Nodes searched in one stretch. */
const STRETCH = 2000;

/** One look at a choice, in units of work. */
const LOOK = 0.005;

type Lots = readonly number[];

/** One search: the choices column by column. */
interface Search {
  readonly lots: Lots;
  readonly gains: readonly number[];
  /** What is to be least. */
  readonly prices: readonly number[];
  /** What is spent by the other measure, and what may be. */
  readonly spends: readonly number[];
  readonly most: number;
}

const at = (list: readonly number[], index: number): number => list[index] as number;
const least = (a: number, b: number): number => (a < b ? a : b);
/** Rounded down; exact where neither is below zero and doubles hold their sum. */
export const divided = (a: number, b: number): number =>
  typeof (a as unknown) === "bigint" ? a / b : Math.floor(a / b);
const divisor = (a: number, b: number): number => (b > 0 ? divisor(b, a % b) : a);
/** Prices differ by so much at least, where they do. */
const stepOf = (prices: readonly number[]): number =>
  Number(prices.reduce(divisor, like(at(prices, 0), 0))) || 1;
/** A whole double as the kind that another number is of. */
export const like = (kind: number, n: number): number =>
  typeof (kind as unknown) === "bigint" ? (BigInt(n) as unknown as number) : n;
const sum = (lots: Lots, each: readonly number[]): number =>
  lots.reduce((total, n, i) => total + n * at(each, i), like(at(each, 0), 0));

/**
 * Brings the places of the lowest ranks to the front until they hold what is wanted, as a sort would but no further;
 * which of them is the one that brings it over.
 */
function front(
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
interface Relaxed {
  /** Any figure gives a true bound, this one the sharpest, so a plain double does. */
  readonly multiplier: number;
  /** Lots by choice as doubles: what one would take if lots could be split. */
  readonly split: Lots;
  /** No choice of whole lots has a price below it. */
  readonly bound: number;
}

const SLIGHT = 2 ** -40;

function* relax(search: Search, need: number, pace: Pace): Generator<void, Relaxed> {
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

/** What choices cost by both measures together. */
const weightsOf = ({ prices, spends }: Search, multiplier: number): number[] =>
  prices.map((price, i) => Number(price) + multiplier * Number(at(spends, i)));

/** How many choices around the broken one, and how many lots either way, a first good guess is sought among. */
const NEAR = { choices: 16, lots: 3 };

/**
 * A good choice close to the split one: all but the choices around the broken one as split, those searched through.
 * Undefined where none is below the price to beat; it need not be the best.
 */
function* guess(
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

/** Searches for the least choice below a price, or shows that there is none. */
function* improve(
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

/** Choices alike in all figures count as one with all their lots: which of them is taken makes no difference. */
function* merged(
  choices: readonly Choice[],
  pace: Pace,
): Generator<
  void,
  {
    readonly distinct: readonly Choice[];
    /** Lots of the distinct choices dealt out to those they stand for, the first given first. */
    readonly deal: (lots: Lots) => Lots;
  }
> {
  const places = new Map<string, number>();
  const distinct: Choice[] = [];
  const placeOf: number[] = [];
  for (const choice of choices) {
    const key = `${choice.gain} ${choice.first} ${choice.second}`;
    const place = places.get(key) ?? distinct.length;
    const known = distinct[place];
    places.set(key, place);
    distinct[place] = known ? { ...known, lots: known.lots + choice.lots } : choice;
    placeOf.push(place);
    if (pace.due(LOOK)) yield;
  }
  const deal = (lots: Lots): Lots => {
    const left = [...lots];
    return choices.map((choice, index) => {
      const place = at(placeOf, index);
      const dealt = least(choice.lots, at(left, place));
      left[place] = at(left, place) - dealt;
      return dealt;
    });
  };
  return { distinct, deal };
}

/** The least cover of a need; undefined where all lots together do not gain it. */
export const leastCover = (all: readonly Choice[], need: number): Cover | undefined =>
  drained(leastCoverInSteps(all, need, new Pace()));

export function* leastCoverInSteps(
  all: readonly Choice[],
  need: number,
  pace: Pace,
): Generator<void, Cover | undefined> {
  const { distinct, deal } = yield* merged(all, pace);
  const found = yield* coverOf(distinct, need, pace);
  return found && { lots: deal(found.lots), proven: found.proven };
}

/** The best of a choice at hand, of a guess and of all others. */
function* bestOf(
  search: Search,
  need: number,
  known: Lots | undefined,
  pace: Pace,
): Generator<void, Partial<Cover>> {
  const relaxed = yield* relax(search, need, pace);
  const step = stepOf(search.prices);
  const price = (lots: Lots | undefined): number => (lots ? sum(lots, search.prices) : Infinity);
  const best = (lots: Lots | undefined): boolean => relaxed.bound > Number(price(lots)) - step;
  if (known && best(known)) return { lots: known, proven: true };
  const start = (yield* guess(search, need, relaxed, price(known), pace)) ?? known;
  if (start && best(start)) return { lots: start, proven: true };
  const better = yield* improve(search, need, relaxed.multiplier, price(start), pace);
  return start ? { lots: start, ...better } : better;
}

function* coverOf(
  choices: readonly Choice[],
  need: number,
  pace: Pace,
): Generator<void, Cover | undefined> {
  const zero = like(need, 0);
  if (need <= 0) return { lots: choices.map(() => zero), proven: true };
  const column = (name: keyof Choice): number[] => choices.map((choice) => choice[name]);
  const [all, gains, firsts, seconds] = [
    column("lots"),
    column("gain"),
    column("first"),
    column("second"),
  ];
  if (choices.length === 0 || sum(all, gains) < need) return undefined;
  const free = { lots: all, gains, prices: firsts, spends: all.map(() => zero), most: zero };
  const first = yield* bestOf(free, need, undefined, pace);
  const lots = first.lots ?? all;
  if (pace.due(choices.length * LOOK)) yield;
  const bound = { lots: all, gains, prices: seconds, spends: firsts, most: sum(lots, firsts) };
  const second = yield* bestOf(bound, need, lots, pace);
  return {
    lots: second.lots ?? lots,
    proven: first.proven === true && second.proven === true,
  };
}
