/**
 * The volatility at which Black-76 gives a price.
 *
 * The price less its intrinsic value depends on two numbers, x = |ln(forward ÷ strike)| and
 * s = volatility × √years. It bends upwards in s below √(2x) and downwards above, so the search knows
 * its side; it starts near the answer and takes third-order (Householder) steps, three as a rule and
 * five at most, kept between the bounds it has seen. After P. Jäckel, "Let's be rational" (2015).
 */
import { MarginError, type WhyNot } from "./errors";
import { logRatio, timeValue } from "./pricing";
import { DENSITY, density, mills, roughQuantile } from "./pricing-normal";
import type { Right } from "./terms";

/** 1 − time value: what is left to the smaller of forward and strike, where s is above √(2x). */
function leftOver(x: number, s: number, exponential: number): number {
  const h = x / s;
  const t = s / 2;
  return exponential * (mills(t - h) + mills(t + h));
}

/** Steps enough for halving alone to end. */
const MOST_STEPS = 100;
/** A step this small leaves an error below a double's last digit: the next is its fourth power. */
const SMALL = 1e-5;

/**
 * s, from a time value per unit of the smaller of forward and strike.
 * @param value above 0 and below 1
 */
export function impliedDeviation(value: number, x: number): number {
  const bend = Math.sqrt(2 * x);
  const atBend = x > 0 ? timeValue(x, bend, DENSITY) : 0;
  const above = value >= atBend;
  const left = 1 - value;
  let s: number;
  // What is compared: the time value, its logarithm where it is small, that of what is left where it is large.
  let compare: "value" | "logarithm" | "left";
  if (above) {
    const d = roughQuantile((value - atBend) / (1 - atBend), left / (1 - atBend));
    s = d + Math.sqrt(d * d + 2 * x);
    compare = value > 0.5 ? "left" : "value";
  } else if (value > 0.3 * x) {
    s = Math.min(bend, (value + x / 2) / DENSITY);
    compare = "value";
  } else {
    const d = roughQuantile((atBend - value) / atBend, value / atBend);
    s = (2 * x) / (d + Math.sqrt(d * d + 2 * x));
    compare = "logarithm";
  }
  let low = above ? bend : 0;
  let high = above ? Infinity : bend;
  for (let step = 0; step < MOST_STEPS; step++) {
    const h = x / s;
    const slope = density(h - s / 2);
    // The time value's second and third derivative, each over its first.
    let second = (h * h) / s - s / 4;
    let third = second * second - (3 * h * h) / (s * s) - 0.25;
    let newton: number;
    if (compare === "value") {
      newton = (value - timeValue(x, s, slope)) / slope;
    } else {
      const now = compare === "left" ? leftOver(x, s, slope) : timeValue(x, s, slope);
      const u = (compare === "left" ? -slope : slope) / now;
      newton = Math.log((compare === "left" ? left : value) / now) / u;
      third += u * (2 * u - 3 * second);
      second -= u;
    }
    if (newton > 0) low = s;
    else high = s;
    const householder =
      (newton * (1 + 0.5 * second * newton)) / (1 + newton * (second + (third * newton) / 6));
    let next = s + householder;
    if (!(next >= low && next <= high)) next = high < Infinity ? (low + high) / 2 : 2 * s;
    const done = Math.abs(next - s) < SMALL * s;
    s = next;
    if (done) break;
  }
  return s;
}

/**
 * The volatility that gives an option's price by Black-76. Accurate to about 10⁻¹⁵ where the price
 * determines it, and no further than the price's own last digit does.
 *
 * @throws outOfRange at expiry; noModelFigure for a price that none gives: at its intrinsic value or
 * below, or as high as the forward (a call) or the strike (a put), all discounted.
 */
export function impliedVolatility(
  right: Right,
  price: number,
  forward: number,
  strike: number,
  years: number,
  rate = 0,
): number {
  if (!(years > 0)) {
    throw new MarginError("outOfRange", { argument: "years", value: years, must: "aboveZero" });
  }
  const discount = Math.exp(-rate * years);
  const intrinsic = Math.max(right === "call" ? forward - strike : strike - forward, 0);
  const most = right === "call" ? forward : strike;
  const value = (price / discount - intrinsic) / Math.min(forward, strike);
  const none = (detail: WhyNot, bound: number): never => {
    const choices = [String(Number((bound * discount).toPrecision(15)))];
    throw new MarginError("noModelFigure", { argument: "price", value: price, detail, choices });
  };
  if (!(value > 0)) return none("atIntrinsic", intrinsic);
  if (value >= 1 || price >= most * discount) return none("atMost", most);
  return impliedDeviation(value, Math.abs(logRatio(forward, strike))) / Math.sqrt(years);
}
