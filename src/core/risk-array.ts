/**
 * Risk arrays by model: what one long contract loses in each scenario, where no published array is at hand.
 *
 * Estimates in doubles, in currency for one contract, a gain below 0; a published array of the same
 * series comes first wherever there is one.
 */
import { MarginError } from "./errors";
import { amount, type Amount } from "./number";
import { black76, bsm, discount, logRatio, tableWorth } from "./pricing";
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

/** Its price by the model today; nothing falls below 0, and past expiry only intrinsic value is left. */
function priceNow(option: ModelOption, { model }: ArrayProfile): number {
  const { right, strike, rate, dividend } = option;
  const [u, t, v] = [
    Math.max(option.underlying, 0),
    Math.max(option.years, 0),
    Math.max(option.volatility, 0),
  ];
  return model === "black76"
    ? black76(right, u, strike, t, v, rate)
    : bsm(right, u, strike, t, v, rate, dividend);
}

const shifted = (
  { volatility }: ModelOption,
  { volatilityShift }: ArrayProfile,
  moves: number,
): number => (volatilityShift === "absolute" ? volatility + moves : volatility * (1 + moves));

/** Scenarios as the doubles a model takes: several share a move of the price, and more a move of volatility. */
interface Steps {
  readonly moves: Float64Array;
  readonly volatilities: Float64Array;
  /** Where each scenario's two moves stand, and what share of its loss counts. */
  readonly moveAt: Int32Array;
  readonly volatilityAt: Int32Array;
  readonly covers: Float64Array;
  /** Memory of one array after the other: what each price move makes of the price and its logarithm … */
  readonly prices: Float64Array;
  readonly logarithms: Float64Array;
  /** … and each volatility move of the deviation, and 1 ÷ it. */
  readonly deviations: Float64Array;
  readonly inverses: Float64Array;
}

const STEPS = new WeakMap<readonly Scenario[], Steps>();

/** The scenarios as doubles, converted once for each list of them. */
function stepsOf(scenarios: readonly Scenario[]): Steps {
  const known = STEPS.get(scenarios);
  if (known) return known;
  const moved = scenarios.map(({ move: [above, below] }) => above / below);
  const moves = Float64Array.from(new Set(moved));
  const volatilities = Float64Array.from(new Set(scenarios.map(({ volatility }) => volatility)));
  const steps = {
    ...{ moves, volatilities },
    moveAt: Int32Array.from(moved, (move) => moves.indexOf(move)),
    volatilityAt: Int32Array.from(scenarios, ({ volatility }) => volatilities.indexOf(volatility)),
    covers: Float64Array.from(scenarios, ({ cover }) => cover.toNumber()),
    prices: new Float64Array(moves.length),
    logarithms: new Float64Array(moves.length),
    deviations: new Float64Array(volatilities.length),
    inverses: new Float64Array(volatilities.length),
  };
  STEPS.set(scenarios, steps);
  return steps;
}

/** What it loses from a base price; prices are right to 10⁻¹⁵ of forward and strike. */
function lossesFrom(
  base: number,
  option: ModelOption,
  { priceScan, volatilityScan, multiplier }: ScanTerms,
  profile: ArrayProfile,
): number[] {
  const { right, strike, rate = 0, dividend = 0 } = option;
  const steps = stepsOf(profile.scenarios);
  const { moves, volatilities, moveAt, volatilityAt, covers } = steps;
  const { prices, logarithms, deviations, inverses } = steps;
  const left = Math.max(option.years - profile.lookAhead, 0);
  const root = Math.sqrt(left);
  // By Black-76 what comes for the forward is paid as late as the strike.
  const yields = profile.model === "black76" ? rate : dividend;
  const [a, b] = [discount(yields, left), strike * discount(rate, left)];
  for (let i = 0; i < moves.length; i++) {
    const underlying = Math.max(option.underlying + (moves[i] as number) * priceScan, 0);
    prices[i] = underlying * a;
    logarithms[i] = logRatio(underlying, strike) + (rate - yields) * left;
  }
  for (let i = 0; i < volatilities.length; i++) {
    const moved = shifted(option, profile, (volatilities[i] as number) * volatilityScan);
    const deviation = Math.max(moved, 0) * root;
    deviations[i] = deviation;
    inverses[i] = 1 / deviation;
  }
  const losses: number[] = [];
  for (let i = 0; i < covers.length; i++) {
    const move = moveAt[i] as number;
    const volatility = volatilityAt[i] as number;
    const then = tableWorth(
      right,
      prices[move] as number,
      b,
      logarithms[move] as number,
      deviations[volatility] as number,
      inverses[volatility] as number,
    );
    losses.push((base - then) * multiplier * (covers[i] as number));
  }
  return losses;
}

/**
 * The array of one long option.
 *
 * @throws missing where the profile counts from the settlement price and none is given.
 * @example modelArray({ right: "call", underlying: 28885, strike: 29200, years: 24 / 365, volatility: 0.159185,
 *   settlement: 332 }, { priceScan: 1720, volatilityScan: 0.07, multiplier: 50 }, HKEX_PROFILE)[10] // −63,684: HKEX printed −63,680
 */
export function modelArray(option: ModelOption, scan: ScanTerms, profile: ArrayProfile): number[] {
  const base = profile.base === "settlement" ? option.settlement : priceNow(option, profile);
  if (base === undefined) throw new MarginError("missing", { argument: "settlement" });
  return lossesFrom(base, option, scan, profile);
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
  figures.map((figure) => amount(String(figure)));
