/** Many scenarios at once: the curve of the ratio along the price, the grid of price × volatility, what positions gain. */
import { amount, type Amount, type Outcome, type ScenarioBook, type Shock } from "../core";
import { ratiosOf, shockOf, sideAt, type Assumed, type Market } from "./market";
import type { Standing } from "./standing";

/** How far prices are looked at either way, a fraction. */
export const MARKET_SPAN = amount("0.2");
/** Points of the curve from one end of the span to the other. */
const POINTS = 161;

/** A ratio somewhere; undefined where no equity is left: that is beyond every line. */
export interface Somewhere {
  readonly move: Amount;
  readonly ratio: Amount | undefined;
  readonly status: Standing;
}

export interface Curve {
  readonly assumed: Assumed;
  readonly moves: readonly Amount[];
  /** Doubles, for drawing; infinite where no equity is left. */
  readonly ratios: Float64Array;
  readonly at: (index: number) => Somewhere;
}

const MOVES: readonly Amount[] = Array.from({ length: POINTS }, (_, index) =>
  MARKET_SPAN.times(2 * index)
    .dividedBy(POINTS - 1)
    .minus(MARKET_SPAN),
);

/** Scenarios of one line in a step of the work. */
const STRIDE = 2000;

/** Outcomes of many shocks, a stretch at a time. */
export interface Stretches {
  readonly margins: Float64Array;
  readonly gains: Float64Array;
  readonly at: (index: number) => Outcome;
}

export function* outcomesInSteps(
  book: ScenarioBook,
  shocks: readonly Shock[],
): Generator<void, Stretches> {
  const step = Math.max(5, Math.floor(STRIDE / Math.max(1, book.positions.length)));
  const margins = new Float64Array(shocks.length);
  const gains = new Float64Array(shocks.length);
  const parts: ReturnType<ScenarioBook["outcomes"]>[] = [];
  for (let start = 0; start < shocks.length; start += step) {
    const part = book.outcomes(shocks.slice(start, start + step));
    margins.set(part.margins, start);
    gains.set(part.gains, start);
    parts.push(part);
    yield;
  }
  const at = (index: number): Outcome =>
    (parts[Math.floor(index / step)] as (typeof parts)[number]).at(index % step);
  return { margins, gains, at };
}

/** The risk ratio along the price, with the volatility and the days that are assumed. */
export function* curveInSteps(market: Market, assumed: Assumed): Generator<void, Curve> {
  const shocks = MOVES.map((move) => shockOf(market, { ...assumed, move }));
  const outcomes = yield* outcomesInSteps(market.broker, shocks);
  return {
    assumed,
    moves: MOVES,
    ratios: ratiosOf(market, outcomes),
    at: (index) => somewhere(market, MOVES[index] as Amount, outcomes.at(index)),
  };
}

function somewhere(market: Market, move: Amount, outcome: Outcome): Somewhere {
  const { ratio, status } = sideAt(market, outcome);
  return { move, ratio, status };
}

/** A cell of the heat map. */
export interface GridCell extends Somewhere {
  readonly volatility: Amount;
}

/** Rows fall with the price, columns rise with the volatility. */
export interface MarketGrid {
  readonly assumed: Assumed;
  readonly moves: readonly Amount[];
  readonly volatilities: readonly Amount[];
  readonly rows: readonly (readonly GridCell[])[];
}

const percents = (texts: string): readonly Amount[] =>
  texts.split(" ").map((text) => amount(text).dividedBy(100));

const SMALL = { moves: percents("6 3 0 -3 -6"), volatilities: percents("-20 0 25 50 100") };
const LARGE = {
  moves: percents("9 6 3 0 -3 -6 -9"),
  volatilities: percents("-40 -20 0 25 50 75 100"),
};

/** The risk ratio where prices and volatilities move, five by five or seven by seven. */
export function* marketGridInSteps(
  market: Market,
  assumed: Assumed,
  large: boolean,
): Generator<void, MarketGrid> {
  const { moves, volatilities } = large ? LARGE : SMALL;
  const shocks = moves.flatMap((move) =>
    volatilities.map((volatility) => shockOf(market, { ...assumed, move, volatility })),
  );
  const outcomes = yield* outcomesInSteps(market.broker, shocks);
  const rows = moves.map((move, row) =>
    volatilities.map((volatility, column): GridCell => {
      const outcome = outcomes.at(row * volatilities.length + column);
      return { ...somewhere(market, move, outcome), volatility };
    }),
  );
  return { assumed, moves, volatilities, rows };
}
