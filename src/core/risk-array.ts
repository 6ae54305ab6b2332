/**
 * Risk arrays by model: what one long contract loses in each scenario, where no published array is at hand.
 *
 * Estimates in doubles, in currency for one contract, a gain below 0; a published array of the same
 * series comes first wherever there is one.
 */
import { MarginError } from "./errors";
import { exact, type Amount } from "./number";
import { black76, bsm, logRatio } from "./pricing";
import { share } from "./pricing-normal";
import type { Scenario } from "./risk-parameters";
import { DELTA_POINTS, type ArrayProfile } from "./risk-scenarios";
import type { Right } from "./terms";

/** An option as its array is made from it; prices per quoted unit, rates continuously compounded. */
export interface ModelOption {
  readonly right: Right;
  /** The future's price; by Black–Scholes–Merton the price today. */
  readonly underlying: number;
  readonly strike: number;
  /** Years to expiry before looking ahead; 0 on its last day. */
  readonly years: number;
  /** A fraction; 0 for an option deep in the money that is settled at its intrinsic value. */
  readonly volatility: number;
  /** Settlement price; needed where losses are counted from it. */
  readonly settlement?: number | undefined;
  readonly rate?: number;
  readonly dividend?: number;
}

/** How far it is scanned, and what one quoted unit is worth. */
export interface ScanTerms {
  /** Price scan range per quoted unit. */
  readonly priceScan: number;
  /** Volatility scan range, a fraction: points or a share, as the profile says. */
  readonly volatilityScan: number;
  /** Currency a quoted unit of one contract. */
  readonly multiplier: number;
}

/** Its price at another underlying and volatility; neither falls below 0, and past expiry only intrinsic value is left. */
function priced(
  { right, strike, rate, dividend }: ModelOption,
  model: ArrayProfile["model"],
  underlying: number,
  years: number,
  volatility: number,
): number {
  const [u, t, v] = [Math.max(underlying, 0), Math.max(years, 0), Math.max(volatility, 0)];
  return model === "black76"
    ? black76(right, u, strike, t, v, rate)
    : bsm(right, u, strike, t, v, rate, dividend);
}

const shifted = (
  { volatility }: ModelOption,
  { volatilityShift }: ArrayProfile,
  moves: number,
): number => (volatilityShift === "absolute" ? volatility + moves : volatility * (1 + moves));

/** A scenario's figures as the doubles a model takes. */
interface Step {
  readonly move: number;
  readonly volatility: number;
  readonly cover: number;
}

const STEPS = new WeakMap<readonly Scenario[], readonly Step[]>();

/** The scenarios as doubles, converted once for each list of them. */
function stepsOf(scenarios: readonly Scenario[]): readonly Step[] {
  let steps = STEPS.get(scenarios);
  if (!steps) {
    steps = scenarios.map(({ move: [above, below], volatility, cover }) => {
      return { move: above / below, volatility, cover: cover.toNumber() };
    });
    STEPS.set(scenarios, steps);
  }
  return steps;
}

/**
 * The array of one long option.
 *
 * @throws missing where the profile counts from the settlement price and none is given.
 * @example modelArray({ right: "call", underlying: 28885, strike: 29200, years: 24 / 365, volatility: 0.159185,
 *   settlement: 332 }, { priceScan: 1720, volatilityScan: 0.07, multiplier: 50 }, HKEX_PROFILE)[10] // −63,684: HKEX printed −63,680
 */
export function modelArray(
  option: ModelOption,
  { priceScan, volatilityScan, multiplier }: ScanTerms,
  profile: ArrayProfile,
): number[] {
  const { underlying, years, settlement } = option;
  const { model, lookAhead } = profile;
  const base =
    profile.base === "settlement"
      ? settlement
      : priced(option, model, underlying, years, option.volatility);
  if (base === undefined) throw new MarginError("missing", { argument: "settlement" });
  return stepsOf(profile.scenarios).map(({ move, volatility, cover }) => {
    const moved = shifted(option, profile, volatility * volatilityScan);
    const then = priced(option, model, underlying + move * priceScan, years - lookAhead, moved);
    return (base - then) * multiplier * cover;
  });
}

/** Its delta at another underlying and volatility; a half where price and strike meet with no time value left. */
function deltaAt(
  option: ModelOption,
  { model }: ArrayProfile,
  at: { readonly underlying: number; readonly years: number; readonly volatility: number },
): number {
  const { right, strike, rate = 0, dividend = 0 } = option;
  const years = Math.max(at.years, 0);
  const s = Math.max(at.volatility, 0) * Math.sqrt(years);
  const carry = model === "black76" ? 0 : (rate - dividend) * years;
  const x = logRatio(Math.max(at.underlying, 0), strike) + carry;
  const sign = right === "call" ? 1 : -1;
  const inside = s > 0 ? share(sign * (x / s + s / 2)) : x === 0 ? 0.5 : sign * x > 0 ? 1 : 0;
  return sign * Math.exp(-(model === "black76" ? rate : dividend) * years) * inside;
}

/**
 * The composite delta of one long option: its delta over seven price moves, each with its weight.
 *
 * @example compositeDelta(…the option above…) // 0.41
 */
export function compositeDelta(
  option: ModelOption,
  { priceScan, volatilityScan }: ScanTerms,
  profile: ArrayProfile,
): number {
  const volatilities =
    profile.deltaAt === "base"
      ? [option.volatility]
      : [1, -1].map((moves) => shifted(option, profile, moves * volatilityScan));
  const years = option.years - profile.lookAhead;
  let sum = 0;
  for (const [move, weight] of DELTA_POINTS) {
    const underlying = option.underlying + move * priceScan;
    for (const volatility of volatilities) {
      sum += weight * deltaAt(option, profile, { underlying, years, volatility });
    }
  }
  return sum / volatilities.length;
}

/**
 * The array of one long future, exact: the price scan range's moves.
 * @param priceScan in the currency for one contract
 * @param step what a file prints its values in (10 where its risk exponent is 1); left out: not rounded
 */
export function futureArray(
  priceScan: Amount,
  scenarios: readonly Scenario[],
  step?: Amount,
): Amount[] {
  return scenarios.map(({ move: [above, below], cover }) => {
    const loss = priceScan.times(-above).times(cover).dividedBy(below);
    return step ? loss.dividedBy(step).round().times(step) : loss;
  });
}

/** A model's figures as exact numbers, every digit of the double kept, ready to be added. */
export const asAmounts = (figures: readonly number[]): Amount[] =>
  figures.map((figure) => exact.of(String(figure)));
