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
import { guess } from "./cover-guess";
import { relax } from "./cover-relaxed";
import {
  at,
  improve,
  least,
  like,
  LOOK,
  stepOf,
  sum,
  type Cover,
  type Lots,
  type Search,
} from "./cover-search";
import { drained, Pace } from "./steps";

/** All whole, all doubles or all big integers; so are the need and the lots that are found. */
export interface Choice {
  readonly lots: number;
  /** What one lot gains, above zero. */
  readonly gain: number;
  /** What one lot costs, by the first measure and by the second; not negative. */
  readonly first: number;
  readonly second: number;
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
