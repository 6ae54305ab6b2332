/** How far the price may move until the account's status is another: the nearest such move either way. */
import {
  amount,
  firstReached,
  marginedParts,
  scenario,
  steepnessOf,
  type LineAim,
  type Amount,
  type Moving,
  type PositionHeld,
  type Shock,
  type Walk,
} from "../core";
import { underlyingTick } from "../exchanges/underlying-ticks";
import { shockOf, sideAt, type Assumed, type Market, type MarketUnderlying } from "./market";
import { MARKET_SPAN } from "./market-grid";
import type { Standing } from "./standing";

/** The first move at which the status is another than without one. */
export interface Crossing {
  /** A fraction: of whole hundredths of a percent, or where one underlying moves to a tick. */
  readonly move: Amount;
  /** Of the underlying that moves alone. */
  readonly price: Amount | undefined;
  readonly ratio: Amount | undefined;
  readonly status: Standing;
}

export interface Crossings {
  readonly assumed: Assumed;
  /** Without any move of the price. */
  readonly status: Standing;
  readonly ratio: Amount | undefined;
  /** Undefined where there is none within the span. */
  readonly up: Crossing | undefined;
  readonly down: Crossing | undefined;
}

const ONE = amount("1");
/** A step where everything moves, or no tick is known. */
const STEP = amount("0.0001");
/** Prices looked at together where no step can be left out. */
const TOGETHER = 32;
/** What doubles round, of a bound that they tell. */
const SURELY = 1 - 1e-9;

type Sign = 1 | -1;

/** A step of a walk, as the move it is. */
interface Path extends Walk {
  readonly moveAt: (step: number) => Amount;
  readonly priceAt: (step: number) => Amount | undefined;
}

/** In steps of a hundredth of a percent, up to the span. */
function pathOfAll(market: Market, assumed: Assumed, sign: Sign): Path {
  const moveAt = (step: number): Amount => STEP.times(sign * step);
  return {
    steps: MARKET_SPAN.dividedBy(STEP).toNumber(),
    length: STEP.toNumber(),
    moveAt,
    priceAt: () => undefined,
    shock: (step) => shockOf(market, { ...assumed, move: moveAt(step) }),
  };
}

/** Tick by tick, where the tick of the underlying is known. */
function pathOfOne(
  market: Market,
  assumed: Assumed,
  { code, price }: MarketUnderlying,
  sign: Sign,
): Path {
  const first = market.broker.positions.find((one) => one.kind !== "shares" && one.of === code);
  const tick = (first && underlyingTick(first)) ?? price.times(STEP);
  const ticks = price.dividedBy(tick);
  const start = sign > 0 ? ticks.floor().plus(1) : ticks.ceil().minus(1);
  const last = price.times(MARKET_SPAN.times(sign).plus(ONE)).dividedBy(tick);
  const steps = sign > 0 ? last.floor().minus(start) : start.minus(last.ceil());
  const priceAt = (step: number): Amount => tick.times(start.plus(sign * (step - 1)));
  const still = shockOf(market, assumed);
  return {
    steps: steps.plus(1).toNumber(),
    length: tick.dividedBy(price).toNumber(),
    priceAt,
    moveAt: (step) => priceAt(step).dividedBy(price).minus(ONE),
    shock: (step): Shock => ({ ...still, prices: new Map([[code, priceAt(step)]]) }),
  };
}

/** The first step at which a line that is reached is left; undefined where it stays reached. */
function* firstLeft(
  path: Path,
  { book, restMargin, steepness }: Moving,
  { equity, line }: LineAim,
  falling: number,
): Generator<void, number | undefined> {
  const [rest, money, level] = [restMargin, equity, line].map((one) => one.toNumber()) as [
    number,
    number,
    number,
  ];
  const nearing = falling * path.length;
  // Where a set's rule jumps, no bound tells how far it surely stays.
  const bound = steepness.jumping.length === 0;
  let next = 1;
  while (next <= path.steps) {
    const steps = Array.from(
      { length: Math.min(TOGETHER, path.steps - next + 1) },
      (_, index) => next + index,
    );
    const outcomes = book.outcomes(steps.map(path.shock));
    let surely = next;
    for (const [index, step] of steps.entries()) {
      const share = level * (money + (outcomes.gains[index] as number));
      const over = (outcomes.margins[index] as number) + rest - share;
      if (over < 1e-9 * (Math.abs(share) + 1)) {
        const { margin, gain } = outcomes.at(index);
        const exact = margin.plus(restMargin).minus(line.times(equity.plus(gain)));
        if (exact.isNegative()) return step;
      }
      const spare = over - steepness.ticks;
      const free =
        spare <= 0 ? 0 : nearing <= 0 ? Infinity : Math.floor((spare / nearing) * SURELY);
      surely = Math.max(surely, step + 1 + (bound ? free : 0));
      if (surely > path.steps) return undefined;
    }
    next = surely;
    yield;
  }
  return undefined;
}

/** Finds both crossings; nothing nearer is passed over. */
export function* crossingsInSteps(market: Market, assumed: Assumed): Generator<void, Crossings> {
  const { broker: book, start, offset } = market;
  const still = { ...assumed, move: amount("0") };
  const here = scenario(book, shockOf(market, still));
  const from = sideAt(market, here);
  const { watch, call, liquidation, immediate } = market.book.inputs.profile.lines;
  const lines = [watch, call, liquidation, immediate].map(amount);
  const equity = start.money.plus(here.gain);
  const isReached = (line: Amount): boolean =>
    !equity.greaterThan(0) || from.margin.greaterThanOrEqualTo(line.times(equity));
  const ahead = lines.find((line) => !isReached(line));
  const behind = lines.filter(isReached).at(-1);
  const one = market.underlyings.find(({ code }) => code === assumed.of);
  const moving = (position: PositionHeld): number =>
    position.kind === "shares" || (one && position.of !== one.code)
      ? 0
      : (position.underlying?.toNumber() ?? 0);
  const parts = marginedParts(book.positions, book.sets);

  function* search(sign: Sign): Generator<void, Crossing | undefined> {
    const path = one ? pathOfOne(market, still, one, sign) : pathOfAll(market, still, sign);
    const towards = (line: Amount): { readonly aim: LineAim; readonly moves: Moving } => {
      const aim = { ...book.terms, equity: start.money, line };
      const steepness = steepnessOf(book.positions, parts, aim, moving);
      return { aim, moves: { book, restMargin: offset, steepness } };
    };
    let nearest: number | undefined;
    if (ahead) {
      const { aim, moves } = towards(ahead);
      const { least, most } = moves.steepness;
      nearest = firstReached(path, moves, aim, sign > 0 ? most : -least);
      yield;
    }
    if (behind) {
      const { aim, moves } = towards(behind);
      const { least, most } = moves.steepness;
      const steps = nearest ?? path.steps;
      const left = yield* firstLeft({ ...path, steps }, moves, aim, sign > 0 ? -least : most);
      nearest = left ?? nearest;
    }
    if (nearest === undefined) return undefined;
    const { ratio, status } = sideAt(market, scenario(book, path.shock(nearest)));
    return { move: path.moveAt(nearest), price: path.priceAt(nearest), ratio, status };
  }
  const up = yield* search(1);
  const down = yield* search(-1);
  return { assumed: still, status: from.status, ratio: from.ratio, up, down };
}
