/**
 * What a European option is worth by Black-76 and Black–Scholes–Merton, and how that moves.
 *
 * Doubles, the one place where they are right: a model's price is an estimate, and is rounded to the
 * tick before a rule sees it. Prices per quoted unit; years and volatility as plain numbers (0.25, 0.18);
 * rates continuously compounded. American options are priced as European ones: the right to exercise
 * early is not in the figure.
 */
import { amount, type Amount } from "./number";
import { DENSITY, density, mills, millsRest, share } from "./pricing-normal";
import { tableShare } from "./pricing-share";
import type { Right } from "./terms";

/** 1 ÷ (2k + 1)!, as many as half a unit of deviation needs. */
const ODD_FACTORIALS: readonly number[] = [
  1,
  1 / 6,
  1 / 120,
  1 / 5040,
  1 / 362880,
  1 / 39916800,
  1 / 6227020800,
  1 / 1307674368000,
  1 / 355687428096000,
  1 / 121645100408832000,
  1 / 51090942171709440000,
];

/**
 * How many terms of the series are above 10⁻¹⁶ of its first: term k is t²ᵏ ÷ (2k + 1)!! of it at most.
 * A count known before is quicker than a look at each term.
 */
function termsFor(t: number): number {
  if (t < 0.12) return t < 0.06 ? 5 : 6;
  if (t < 0.29) return t < 0.2 ? 7 : 8;
  return t < 0.39 ? 9 : 10;
}

/**
 * Worth of an option out of the money per unit of the smaller of forward and strike:
 * Φ(s/2 − x/s) − eˣ·Φ(−s/2 − x/s), where x = |ln(forward ÷ strike)| and s = volatility × √years, above 0.
 *
 * Both terms hold the same exponential, so one is taken and Mills ratios do the rest. Where s is small
 * these nearly cancel; their difference is then the series ∫ exp(−hu − u²/2) 2 sinh(tu) du, h = x/s and
 * t = s/2, whose terms are all positive.
 * @param exponential φ(x/s − s/2), which a search has at hand
 */
export function timeValue(x: number, s: number, exponential = density(x / s - s / 2)): number {
  const t = s / 2;
  const h = x / s;
  const d = h - t;
  if (t >= 0.5 || x >= 2) {
    return d > 0
      ? exponential * (mills(d) - mills(h + t))
      : 1 - exponential * (mills(-d) + mills(h + t));
  }
  // As far out as this h may be infinite.
  if (exponential === 0) return 0;
  let even = mills(h);
  let odd = millsRest(h, even);
  let sum = odd;
  let power = 1;
  const terms = termsFor(t);
  for (let k = 1; k < terms; k++) {
    even = (2 * k - 1) * even - h * odd;
    odd = 2 * k * odd - h * even;
    power *= t * t;
    sum += odd * power * (ODD_FACTORIALS[k] as number);
  }
  return exponential * s * sum;
}

/** ln(a ÷ b), to the last digits where a and b are near each other. */
export function logRatio(a: number, b: number): number {
  const change = (a - b) / b;
  return change > -0.5 && change < 1 ? Math.log1p(change) : Math.log(a / b);
}

/** Worth today: `a` the underlying and `b` the strike, both as worth today, x = ln(a ÷ b), s = volatility × √years. */
export function worth(right: Right, a: number, b: number, x: number, s: number): number {
  const inTheMoney = Math.max(right === "call" ? a - b : b - a, 0);
  return s > 0 ? inTheMoney + Math.min(a, b) * timeValue(Math.abs(x), s) : inTheMoney;
}

/**
 * The same several times as fast, given 1 ÷ s as well: right to 10⁻¹⁵ of the larger of `a` and `b`, though not to
 * the last digits of a price that is little of them.
 */
export function tableWorth(
  right: Right,
  a: number,
  b: number,
  x: number,
  s: number,
  inverse: number,
): number {
  const inTheMoney = right === "call" ? a - b : b - a;
  const least = inTheMoney > 0 ? inTheMoney : 0;
  // Of the call and the put the one out of the money, so that intrinsic value keeps its last digits.
  const side = a > b ? -1 : 1;
  const d = x * inverse + s / 2;
  const outside = side * (a * tableShare(side * d) - b * tableShare(side * (d - s)));
  // No number at the strike without time or volatility.
  return outside > 0 ? least + outside : least;
}

/** What 1 is worth so many years before it is paid. */
export const discount = (rate: number, years: number): number =>
  rate === 0 ? 1 : Math.exp(-rate * years);

/**
 * Black-76: an option on a future, or on any forward price.
 * At expiry and without volatility it is worth its intrinsic value, discounted.
 *
 * @example black76("put", 60, 60, 1 / 3, 0.25, 0.09) // 3.349924…
 */
export function black76(
  right: Right,
  forward: number,
  strike: number,
  years: number,
  volatility: number,
  rate = 0,
): number {
  const s = volatility * Math.sqrt(years);
  const value = worth(right, forward, strike, logRatio(forward, strike), s);
  return discount(rate, years) * value;
}

/**
 * Black–Scholes–Merton: an option on a price today, which pays a continuous dividend yield.
 *
 * @example bsm("call", 42, 40, 0.5, 0.2, 0.1) // 4.759422…
 */
export function bsm(
  right: Right,
  spot: number,
  strike: number,
  years: number,
  volatility: number,
  rate = 0,
  dividend = 0,
): number {
  const a = spot * Math.exp(-dividend * years);
  const b = strike * Math.exp(-rate * years);
  const x = logRatio(spot, strike) + (rate - dividend) * years;
  return worth(right, a, b, x, volatility * Math.sqrt(years));
}

/** How an option's price moves: per unit of the forward (twice: gamma), per 1.00 of volatility, per year that passes. */
export interface Greeks {
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
}

/**
 * Black-76's derivatives, the forward held still while time passes.
 * Undefined at the strike with no time or volatility left: the price has a corner there.
 */
export function greeks(
  right: Right,
  forward: number,
  strike: number,
  years: number,
  volatility: number,
  rate = 0,
): Greeks | undefined {
  const root = Math.sqrt(years);
  const s = volatility * root;
  const discount = Math.exp(-rate * years);
  const x = logRatio(forward, strike);
  if (s === 0 && x === 0) return undefined;
  const sign = right === "call" ? 1 : -1;
  const d = s > 0 ? x / s + s / 2 : x * Infinity;
  const bell = discount * DENSITY * Math.exp(-0.5 * d * d);
  // Far from the strike the bell is 0 before its divisor is.
  const decay = bell > 0 ? (forward * bell * volatility) / (2 * root) : 0;
  return {
    delta: sign * discount * share(sign * d),
    gamma: bell > 0 ? bell / (forward * s) : 0,
    vega: forward * bell * root,
    theta: rate * black76(right, forward, strike, years, volatility, rate) - decay,
  };
}

/** A model's price at the nearest tick, half a tick upwards: an exact price a rule can take. */
export function toTick(price: number, tick: Amount): Amount {
  return amount(price.toPrecision(15)).dividedBy(tick).round().times(tick);
}
