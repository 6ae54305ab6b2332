/**
 * The least that is enough: whole lots, of each no more than there are, that together gain what is needed
 * at the least price, and of all such choices the one that is least by a second price.
 *
 * Exact on integers. A search in depth, cut off by the bound of broken lots (the choice one would make if lots
 * could be split); the second search also prices the first one's result (a Lagrange multiplier), so that its
 * bound holds for both. It is done in steps: a long search lets others go ahead in between.
 */
import { drained, Pace, sortedInSteps } from "./steps";

export interface Choice {
  readonly lots: bigint;
  /** What one lot gains, above zero. */
  readonly gain: bigint;
  /** What one lot costs, by the first measure and by the second; not negative. */
  readonly first: bigint;
  readonly second: bigint;
}

export interface Cover {
  /** Lots of each choice. */
  readonly lots: readonly bigint[];
  /** False where the search was given up before it had shown that nothing is better. */
  readonly proven: boolean;
}

/** Far beyond what books of hundreds of contracts take; it keeps a contrived one from freezing the sheet. */
const MOST_NODES = 500_000;

/** One look at a choice, in units of work. */
const LOOK = 0.02;

/** The multiplier is a fraction; prices are scaled by this so that it can be an integer. */
const FINE = 64n;
const FINE_NUMBER = 2 ** 64;

/** One search: the price to make least, and what may be spent by the other measure. */
interface Search {
  readonly price: (choice: Choice) => bigint;
  readonly spends: (choice: Choice) => bigint;
  readonly most: bigint;
  /** The multiplier, scaled. */
  readonly multiplier: bigint;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const dividedUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;
const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));
const at = (list: readonly bigint[], index: number): bigint => list[index] as bigint;
const sum = (lots: readonly bigint[], of: (index: number) => bigint): bigint =>
  lots.reduce((total, n, index) => total + n * of(index), 0n);

/** Lots by choice as doubles: what one would take if lots could be split. */
type Split = readonly number[];

/** The multiplier at which split lots spend just what may be spent, and those lots. */
interface Relaxed {
  /** Any figure gives a true bound, this one the sharpest, so plain doubles do. */
  readonly multiplier: number;
  readonly split: Split;
}

function* relax(
  choices: readonly Choice[],
  need: bigint,
  { price, spends, most }: Omit<Search, "multiplier">,
  pace: Pace,
): Generator<void, Relaxed> {
  const plain = choices.map((choice, index) => ({
    index,
    gain: Number(choice.gain),
    lots: Number(choice.lots),
    price: Number(price(choice)),
    spends: Number(spends(choice)),
  }));
  if (pace.due(choices.length * LOOK)) yield;
  function* splitAt(multiplier: number): Generator<void, { split: Split; spent: number }> {
    const ranked = plain.map((one) => ({
      one,
      rank: (one.price + multiplier * one.spends) / one.gain,
    }));
    if (pace.due(choices.length * LOOK)) yield;
    const order = yield* sortedInSteps(ranked, (a, b) => a.rank - b.rank, pace);
    if (pace.due(choices.length * LOOK)) yield;
    const split = plain.map(() => 0);
    let left = Number(need);
    let spent = 0;
    for (const { one } of order) {
      if (left <= 0) break;
      const lots = Math.min(one.lots, left / one.gain);
      split[one.index] = lots;
      left -= lots * one.gain;
      spent += lots * one.spends;
    }
    return { split, spent };
  }
  const largest = (of: (one: (typeof plain)[number]) => number): number =>
    plain.reduce((most, one) => Math.max(most, of(one)), 0);
  const room = Number(most);
  let [low, high] = [0, largest((one) => one.price) / (largest((one) => one.spends) || 1)];
  let over = yield* splitAt(low);
  if (high === 0 || over.spent <= room) return { multiplier: 0, split: over.split };
  let under = yield* splitAt(high);
  for (let doubled = 0; doubled < 60 && under.spent > room; doubled++) {
    high *= 2;
    under = yield* splitAt(high);
  }
  for (let halved = 0; halved < 40; halved++) {
    const middle = (low + high) / 2;
    const there = yield* splitAt(middle);
    if (there.spent > room) [low, over] = [middle, there];
    else [high, under] = [middle, there];
  }
  const share = Math.max(0, Math.min(1, (room - under.spent) / (over.spent - under.spent)));
  const mixed = under.split.map((lots, i) => lots + share * ((over.split[i] as number) - lots));
  return { multiplier: high, split: mixed };
}

/** How many choices around the broken one, and how many lots either way, a first good guess is sought among. */
const NEAR = { choices: 16, lots: 3 };

/**
 * A good choice close to the split one: all but the choices around the broken one as split, those searched through.
 * Undefined where none is found; it need not be the best.
 */
function* guess(
  choices: readonly Choice[],
  need: bigint,
  split: Split,
  search: Search,
  pace: Pace,
): Generator<void, readonly bigint[] | undefined> {
  const weight = (choice: Choice): number =>
    Number(search.price(choice)) +
    (Number(search.multiplier) / FINE_NUMBER) * Number(search.spends(choice));
  const rank = (choice: Choice): number => weight(choice) / Number(choice.gain);
  const broken = split.reduce(
    (worst, lots, i) => (lots > 0 ? Math.max(worst, rank(choices[i] as Choice)) : worst),
    0,
  );
  const offs = choices.map((choice, index) => ({
    index,
    off: Math.abs(weight(choice) - broken * Number(choice.gain)),
  }));
  const near = (yield* sortedInSteps(offs, (a, b) => a.off - b.off, pace))
    .slice(0, NEAR.choices)
    .map(({ index }) => index);
  if (pace.due(choices.length * LOOK)) yield;
  const base = split.map((lots) => BigInt(Math.round(lots)));
  const free = near.map((index) => {
    const choice = choices[index] as Choice;
    const lots = split[index] as number;
    const from = BigInt(Math.max(0, Math.floor(lots) - NEAR.lots));
    base[index] = from;
    return { ...choice, lots: least(choice.lots, BigInt(Math.ceil(lots) + NEAR.lots)) - from };
  });
  if (pace.due(choices.length * LOOK)) yield;
  const left = need - sum(base, (i) => (choices[i] as Choice).gain);
  const most = search.most - sum(base, (i) => search.spends(choices[i] as Choice));
  if (left <= 0n || most < 0n) return undefined;
  const { lots } = yield* improve(free, left, undefined, { ...search, most }, pace);
  if (!lots) return undefined;
  near.forEach((index, i) => (base[index] = at(base, index) + at(lots, i)));
  return base;
}

/** Searches for a choice below the price of `start`, which is one, or shows that there is none. */
function* improve(
  choices: readonly Choice[],
  need: bigint,
  start: readonly bigint[] | undefined,
  { price, spends, most, multiplier }: Search,
  pace: Pace,
): Generator<void, Partial<Cover>> {
  const weight = (choice: Choice): bigint => (price(choice) << FINE) + multiplier * spends(choice);
  // Best first: what a unit of gain costs, then the larger lots.
  const weighted = choices.map((choice, index) => ({ choice, index, weight: weight(choice) }));
  const byWeight = (a: (typeof weighted)[number], b: (typeof weighted)[number]): number => {
    const left = a.weight * b.choice.gain;
    const right = b.weight * a.choice.gain;
    if (left !== right) return left < right ? -1 : 1;
    return a.choice.gain === b.choice.gain
      ? a.index - b.index
      : a.choice.gain > b.choice.gain
        ? -1
        : 1;
  };
  if (pace.due(choices.length * LOOK)) yield;
  const order = yield* sortedInSteps(weighted, byWeight, pace);
  const count = order.length;
  if (pace.due(count * LOOK)) yield;
  const weights = order.map((one) => one.weight);
  const gains = order.map(({ choice }) => choice.gain);
  const held = order.map(({ choice }) => choice.lots);
  const prices = order.map(({ choice }) => price(choice));
  const spent = order.map(({ choice }) => spends(choice));
  const step = prices.reduce(divisor, 0n) || 1n;

  // Sums of whole choices from the best on, and from each place on the one that spends least for its gain.
  const gainUpTo = [0n];
  const weightUpTo = [0n];
  for (let i = 0; i < count; i++) {
    gainUpTo.push(at(gainUpTo, i) + at(gains, i) * at(held, i));
    weightUpTo.push(at(weightUpTo, i) + at(weights, i) * at(held, i));
  }
  if (pace.due(count * LOOK)) yield;
  const thrifty: number[] = [];
  for (let i = count - 1, best = i; i >= 0; i--) {
    if (at(spent, i) * at(gains, best) < at(spent, best) * at(gains, i)) best = i;
    thrifty[i] = best;
  }

  if (pace.due(count * LOOK)) yield;
  const x = new Array<bigint>(count).fill(0n);
  let left = need;
  let weighed = 0n;
  let used = 0n;
  let best = start && sum(start, (index) => price(choices[index] as Choice));
  let found = start;

  /**
   * What the places from i on can make of what is chosen so far. `worse` holds for fewer lots of the choice
   * before as well; `overspent` may not: what spends much of the other measure may be better left out.
   */
  const judge = (i: number): "open" | "worse" | "overspent" => {
    if (left <= 0n) {
      const paid = weighed - multiplier * used;
      return best !== undefined && paid >= best << FINE ? "worse" : "open";
    }
    if (i === count || at(gainUpTo, count) - at(gainUpTo, i) < left) return "worse";
    if (best !== undefined && boundFrom(i) > (best - step) << FINE) return "worse";
    const thriftiest = thrifty[i] as number;
    const fits = at(spent, thriftiest) * left <= (most - used) * at(gains, thriftiest);
    return fits ? "open" : "overspent";
  };

  /** No whole lots from i on that gain what is left can make the price lower. */
  const boundFrom = (i: number): bigint => {
    const target = at(gainUpTo, i) + left;
    let low = i;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(gainUpTo, middle + 1) >= target) high = middle;
      else low = middle + 1;
    }
    const broken = at(weights, low) * (target - at(gainUpTo, low));
    const whole = at(weightUpTo, low) - at(weightUpTo, i);
    return weighed + whole + dividedUp(broken, at(gains, low)) - multiplier * most;
  };

  const take = (i: number, lots: bigint): void => {
    x[i] = at(x, i) + lots;
    left -= lots * at(gains, i);
    weighed += lots * at(weights, i);
    used += lots * at(spent, i);
  };

  let nodes = 0;
  /** Nodes, and choices passed over on the way back to one. */
  let looked = 0;
  /** The next place after one lot less of the last choice that may be better with less; undefined at the end. */
  const backFrom = (i: number): number | undefined => {
    for (let last = i - 1; last >= 0; last--) {
      looked += 1;
      while (at(x, last) > 0n) {
        take(last, -1n);
        nodes += 1;
        looked += 1;
        const verdict = judge(last + 1);
        if (verdict === "open") return last + 1;
        if (verdict === "worse") break;
      }
      take(last, -at(x, last));
    }
    return undefined;
  };

  for (let i: number | undefined = 0; nodes < MOST_NODES; nodes++) {
    if (pace.due((looked + 1) * LOOK)) yield;
    looked = 0;
    if (judge(i) !== "open") i = backFrom(i);
    else if (left <= 0n) {
      best = (weighed - multiplier * used) >> FINE;
      const lots = new Array<bigint>(count).fill(0n);
      order.forEach(({ index }, k) => (lots[index] = at(x, k)));
      found = lots;
      i = backFrom(i);
    } else {
      const enough = least(at(held, i), dividedUp(left, at(gains, i)));
      const room = at(spent, i) > 0n ? (most - used) / at(spent, i) : enough;
      take(i, least(enough, room));
      i += 1;
    }
    if (i === undefined) return found ? { lots: found, proven: true } : {};
  }
  return found ? { lots: found, proven: false } : {};
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
    readonly deal: (lots: readonly bigint[]) => bigint[];
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
  const deal = (lots: readonly bigint[]): bigint[] => {
    const left = [...lots];
    return choices.map((choice, index) => {
      const place = placeOf[index] as number;
      const dealt = least(choice.lots, at(left, place));
      left[place] = at(left, place) - dealt;
      return dealt;
    });
  };
  return { distinct, deal };
}

/** The least cover of a need; undefined where all lots together do not gain it. */
export const leastCover = (all: readonly Choice[], need: bigint): Cover | undefined =>
  drained(leastCoverInSteps(all, need, new Pace()));

export function* leastCoverInSteps(
  all: readonly Choice[],
  need: bigint,
  pace: Pace,
): Generator<void, Cover | undefined> {
  const { distinct, deal } = yield* merged(all, pace);
  const found = yield* coverOf(distinct, need, pace);
  return found && { lots: deal(found.lots), proven: found.proven };
}

/** A search from the better of a choice at hand and a guess. */
function* bestOf(
  choices: readonly Choice[],
  need: bigint,
  known: readonly bigint[] | undefined,
  limits: Omit<Search, "multiplier">,
  pace: Pace,
): Generator<void, Partial<Cover>> {
  const { multiplier, split } = yield* relax(choices, need, limits, pace);
  const search = { ...limits, multiplier: BigInt(Math.round(multiplier * FINE_NUMBER)) };
  const price = (lots: readonly bigint[]): bigint =>
    sum(lots, (index) => limits.price(choices[index] as Choice));
  const near = yield* guess(choices, need, split, search, pace);
  const start = near && (!known || price(near) < price(known)) ? near : known;
  return yield* improve(choices, need, start, search, pace);
}

function* coverOf(
  choices: readonly Choice[],
  need: bigint,
  pace: Pace,
): Generator<void, Cover | undefined> {
  if (need <= 0n) return { lots: choices.map(() => 0n), proven: true };
  const most = choices.reduce((total, { lots, gain }) => total + lots * gain, 0n);
  if (most < need) return undefined;
  const byFirst = { price: (choice: Choice) => choice.first, spends: () => 0n, most: 0n };
  const first = yield* bestOf(choices, need, undefined, byFirst, pace);
  const lots = first.lots ?? choices.map((choice) => choice.lots);
  if (pace.due(choices.length * LOOK)) yield;
  const bySecond = {
    price: (choice: Choice) => choice.second,
    spends: (choice: Choice) => choice.first,
    most: sum(lots, (index) => (choices[index] as Choice).first),
  };
  const second = yield* bestOf(choices, need, lots, bySecond, pace);
  return {
    lots: second.lots ?? lots,
    proven: first.proven === true && second.proven === true,
  };
}
