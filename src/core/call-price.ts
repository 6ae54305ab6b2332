/**
 * The price of the call: how far an underlying must fall or rise until the risk ratio reaches a line.
 * Verified on the whole book: at the answer the line is reached, a tick before it is not.
 */
import { riskRatio } from "./account";
import { marginedParts } from "./call-price-margin";
import { firstReached, reached, type LineAim, type Moving, type Walk } from "./call-price-search";
import { steepnessOf } from "./call-price-slope";
import { MarginError } from "./errors";
import { amount, digits, exact, type Amount } from "./number";
import {
  scenario,
  type Outcome,
  type PositionHeld,
  type ScenarioBook,
  type SetHeld,
  type Shock,
} from "./scenario";
import { scenarioBook } from "./scenario-book";

/** What is asked of an account. */
export interface CallPriceTerms {
  /** On the book's basis; may be below zero. */
  readonly equity: Amount;
  /** A fraction above zero. */
  readonly line: Amount;
  /** The tick a position's underlying is quoted in; undefined where not known: it moves by 0.01 % of today's price then. */
  readonly tickOf: (position: PositionHeld) => Amount | undefined;
}

/** Where a line is reached on one side. */
export interface Reached {
  /** Undefined where all underlyings move. */
  readonly price: Amount | undefined;
  /** A fraction of today's price, below zero downwards. */
  readonly move: Amount;
  /** Undefined where equity is below zero there: beyond every line. */
  readonly ratio: Amount | undefined;
  /** A tick before, where the line is not yet reached. */
  readonly before: Amount;
}

/** One underlying's answer, or all together moving by the same share. */
export interface CallPrice {
  /** Undefined for all together. */
  readonly underlying: string | undefined;
  /** Today's price. */
  readonly now: Amount | undefined;
  /** Undefined where its own is not known. */
  readonly tick: Amount | undefined;
  /** The line is reached today already; the sides are not looked at then. */
  readonly already: boolean;
  /** Undefined where the line is not reached down to the last tick above zero. */
  readonly below?: Reached | undefined;
  /** Undefined where it is not reached up to twice today's price. */
  readonly above?: Reached | undefined;
}

/** What an underlying's row answers, or why it has no answer. */
export type CallPriceRow = CallPrice | { readonly underlying: string; readonly error: MarginError };

const ONE = amount("1");
/** A step where no tick is known, and where all move: 0.01 %. */
const STEP = amount("0.0001");

const isOn = (position: PositionHeld, underlying: string): boolean =>
  position.kind !== "shares" && position.of === underlying;

/** Positions of one underlying, and all that sets tie to them. */
function tied(
  underlying: string,
  positions: readonly PositionHeld[],
  sets: readonly SetHeld[],
): { readonly positions: readonly PositionHeld[]; readonly sets: readonly SetHeld[] } {
  const mine = new Set(positions.filter((position) => isOn(position, underlying)));
  for (let size = 0; size < mine.size;) {
    size = mine.size;
    for (const { first, second } of sets) {
      if (mine.has(first) || mine.has(second)) mine.add(first).add(second);
    }
  }
  return {
    positions: positions.filter((position) => mine.has(position)),
    sets: sets.filter(({ first }) => mine.has(first)),
  };
}

/** Ticks of one underlying, from today's price down to the last above zero and up to twice as much. */
function walksOf(key: string, now: Amount, tick: Amount | undefined) {
  const shock = (price: Amount): Shock => ({ prices: new Map([[key, price]]) });
  if (!tick) {
    const walk = (sign: 1 | -1): Walk => ({
      steps: ONE.dividedBy(STEP).toNumber() - (sign < 0 ? 1 : 0),
      shock: (step) => shock(now.times(ONE.plus(STEP.times(sign * step)))),
      length: now.times(STEP).toNumber(),
    });
    return { below: walk(-1), above: walk(1) };
  }
  const ticks = now.dividedBy(tick);
  const [under, over] = [ticks.ceil().minus(1), ticks.floor().plus(1)];
  return {
    below: {
      steps: under.toNumber(),
      shock: (step: number) => shock(tick.times(under.minus(step - 1))),
      length: tick.toNumber(),
    },
    above: {
      steps: now.times(2).dividedBy(tick).floor().minus(over).plus(1).toNumber(),
      shock: (step: number) => shock(tick.times(over.plus(step - 1))),
      length: tick.toNumber(),
    },
  };
}

/** Everything moves by the same share, in steps of 0.01 %. */
const together = (sign: 1 | -1): Walk => ({
  steps: ONE.dividedBy(STEP).toNumber() - (sign < 0 ? 1 : 0),
  shock: (step) => ({ move: STEP.times(sign * step) }),
  length: STEP.toNumber(),
});

/** Both sides of one way of moving, verified on the whole book. */
function sidesOf(
  whole: ScenarioBook,
  aim: LineAim,
  moving: Moving,
  walks: { readonly below: Walk; readonly above: Walk },
  at: (shock: Shock) => Pick<Reached, "price" | "move">,
): Pick<CallPrice, "below" | "above"> {
  const side = (walk: Walk, most: number): Reached | undefined => {
    const step = firstReached(walk, moving, aim, most);
    if (step === undefined) return undefined;
    const shock = walk.shock(step);
    const outcomes = whole.outcomes([shock, step > 1 ? walk.shock(step - 1) : {}]);
    const [there, before] = [outcomes.at(0), outcomes.at(1)];
    if (!reached(there, aim) || reached(before, aim)) {
      throw new Error("the price of the call does not verify");
    }
    const ratio = ({ margin, gain }: Outcome): Amount => riskRatio(margin, aim.equity.plus(gain));
    const solvent = aim.equity.plus(there.gain).greaterThan(0);
    return { ...at(shock), ratio: solvent ? ratio(there) : undefined, before: ratio(before) };
  };
  const { least, most } = moving.steepness;
  return { below: side(walks.below, -least), above: side(walks.above, most) };
}

/** The row of one underlying, the others held still. */
function rowOf(
  whole: ScenarioBook,
  aim: LineAim,
  key: string,
  now: Amount,
  tick: Amount | undefined,
): Pick<CallPrice, "below" | "above"> {
  const { positions, sets } = tied(key, whole.positions, whole.sets);
  const book = scenarioBook(positions, sets, whole.terms);
  const moving = {
    book,
    restMargin: scenario(whole, {}).margin.minus(scenario(book, {}).margin),
    steepness: steepnessOf(positions, marginedParts(positions, sets), aim, (position) =>
      isOn(position, key) ? 1 : 0,
    ),
  };
  return sidesOf(whole, aim, moving, walksOf(key, now, tick), (shock) => {
    const price = shock.prices?.get(key) as Amount;
    return { price, move: price.dividedBy(now).minus(1) };
  });
}

/** All underlyings by the same share. */
function togetherOf(book: ScenarioBook, aim: LineAim): Pick<CallPrice, "below" | "above"> {
  const { positions, sets } = book;
  const parts = marginedParts(positions, sets);
  const steepness = steepnessOf(positions, parts, aim, (position) =>
    position.kind === "shares" ? 0 : (position.underlying?.toNumber() ?? 0),
  );
  const walks = { below: together(-1), above: together(1) };
  return sidesOf(book, aim, { book, restMargin: exact.zero, steepness }, walks, ({ move }) => ({
    ...{ price: undefined, move: move as Amount },
  }));
}

/** Two prices of one underlying leave none to start from. */
const twoPrices = (key: string, prices: readonly Amount[]): MarginError =>
  new MarginError("notAllowed", {
    ...{ argument: "underlying", detail: "underlyingTwice" },
    value: `${key} ${prices.map(digits).join(", ")}`,
  });

/**
 * Where each underlying alone, the others held still, brings the risk ratio to a line, and where all do that
 * move by the same share: the nearest tick below and above. Options are repriced as scenarios do. A row for
 * each underlying of the book, and last one for all.
 *
 * @throws what the book refuses a position for that margin or equity asks for.
 */
export function callPrices(
  book: ScenarioBook,
  { tickOf, equity, line }: CallPriceTerms,
): readonly CallPriceRow[] {
  const aim: LineAim = { ...book.terms, equity, line };
  const already = reached(scenario(book, {}), aim);
  const rows = book.underlyings.map(({ key, prices }): CallPriceRow => {
    const [now, other] = prices as [Amount, Amount?];
    if (other) return { underlying: key, error: twoPrices(key, prices) };
    const first = book.positions.find((position) => isOn(position, key));
    const tick = first && tickOf(first);
    const sides = already ? {} : rowOf(book, aim, key, now, tick);
    return { underlying: key, now, tick, already, ...sides };
  });
  const sides = already || rows.length === 0 ? {} : togetherOf(book, aim);
  return [
    ...rows,
    { ...{ underlying: undefined, now: undefined, tick: undefined }, already, ...sides },
  ];
}
