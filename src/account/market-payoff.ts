/** What options and futures gain along the price: with what is assumed, and held until each option expires. */
import { type Amount, type Bilingual } from "../core";
import type { Book, Line } from "./book";
import { rightOf } from "./expiring-price";
import { shockOf, type Assumed, type Market } from "./market";
import { MARKET_SPAN, outcomesInSteps } from "./market-grid";

export interface Payoff {
  readonly assumed: Assumed;
  /** Fractions. */
  readonly moves: readonly Amount[];
  /** By the model, from today's prices; doubles, estimates. */
  readonly then: Float64Array;
  /** Every option at its intrinsic value. */
  readonly expired: Float64Array;
}

const POINTS = 81;

const MOVES: readonly Amount[] = Array.from({ length: POINTS }, (_, index) =>
  MARKET_SPAN.times(2 * index)
    .dividedBy(POINTS - 1)
    .minus(MARKET_SPAN),
);

/** A position's part, as doubles. */
interface Part {
  readonly size: number;
  readonly spot: number;
  readonly strike: number;
  /** 1 for a call, −1 for a put, 0 for a future. */
  readonly sign: number;
  readonly price: number;
  readonly moves: boolean;
}

function partOf(line: Line, of: string | undefined): Part | undefined {
  const { position, kind, unit, price, underlyingPrice, strike } = line;
  if (kind !== "option" && kind !== "future") return undefined;
  if (!unit || !price || !underlyingPrice) return undefined;
  const right = kind === "option" ? rightOf(line) : undefined;
  if (kind === "option" && (!right || !strike)) return undefined;
  const size = unit.times(position.quantity).toNumber();
  return {
    size: position.side === "long" ? size : -size,
    spot: underlyingPrice.toNumber(),
    strike: strike?.toNumber() ?? 0,
    sign: right === undefined ? 0 : right === "call" ? 1 : -1,
    price: price.toNumber(),
    moves: of === undefined || (line.underlying ?? position.contract) === of,
  };
}

function gainAt({ size, spot, strike, sign, price, moves }: Part, move: number): number {
  const then = moves ? spot * (1 + move) : spot;
  if (sign === 0) return size * (then - spot);
  return size * (Math.max(0, sign * (then - strike)) - price);
}

/** Lines whose gain is in the picture: shares are not. */
export const isInPayoff = ({ kind }: Line): boolean => kind === "option" || kind === "future";

/** What is gained along the price, from today's prices on. */
export function* payoffInSteps(
  market: Market,
  assumed: Assumed,
): Generator<void, Payoff | { readonly why: Bilingual }> {
  const { worth, book } = market;
  if ("why" in worth) return worth;
  const shocks = MOVES.map((move) => shockOf(market, { ...assumed, move }));
  const { gains } = yield* outcomesInSteps(worth, shocks);
  const parts = partsOf(book, assumed.of);
  const expired = Float64Array.from(MOVES, (move) => {
    const by = move.toNumber();
    return parts.reduce((sum, part) => sum + gainAt(part, by), 0);
  });
  return { assumed, moves: MOVES, then: gains, expired };
}

const partsOf = ({ lines }: Book, of: string | undefined): readonly Part[] =>
  lines.flatMap((line) => partOf(line, of) ?? []);

/** The nearest moves, up and down, from which on a loss stands at expiry; undefined where there is none. */
export function breakEven({ moves, expired }: Payoff): {
  readonly up: number | undefined;
  readonly down: number | undefined;
} {
  const middle = (moves.length - 1) / 2;
  const crossing = (step: 1 | -1): number | undefined => {
    for (let i = middle; moves[i + step]; i += step) {
      const [here, next] = [expired[i] as number, expired[i + step] as number];
      if (here < 0 === next < 0) continue;
      const [a, b] = [(moves[i] as Amount).toNumber(), (moves[i + step] as Amount).toNumber()];
      return a + ((b - a) * here) / (here - next);
    }
    return undefined;
  };
  return { up: crossing(1), down: crossing(-1) };
}
