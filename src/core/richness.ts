/**
 * Dear or cheap: an option's market price against what a model makes of a volatility, and the volatility
 * that past prices had. Doubles: all of it is an estimate.
 */
import { MarginError } from "./errors";
import { black76, logRatio } from "./pricing";
import type { Bilingual, Right } from "./terms";

/** What the market asks for an option beside what it is worth at a volatility. */
export interface Richness {
  readonly theoretical: number;
  /** Market price less theoretical. */
  readonly difference: number;
  readonly verdict: "dear" | "cheap" | "fair";
}

export const VERDICT: Readonly<Record<Richness["verdict"], Bilingual>> = {
  dear: { zh: "偏贵", en: "dear" },
  cheap: { zh: "偏便宜", en: "cheap" },
  fair: { zh: "持平", en: "fair" },
};

/** Nearer than a double's reckoning tells apart. */
const SAME = 1e-12;

/**
 * An option's price against Black-76 at a volatility. Prices per quoted unit; European exercise.
 *
 * @example richness("call", 0.035, 1.615, 1.65, 30 / 365, 0.29…) // theoretical 0.0409…
 */
export function richness(
  right: Right,
  price: number,
  forward: number,
  strike: number,
  years: number,
  volatility: number,
  rate = 0,
): Richness {
  const theoretical = black76(right, forward, strike, years, volatility, rate);
  const difference = price - theoretical;
  const same = Math.abs(difference) <= SAME * Math.max(price, forward);
  return { theoretical, difference, verdict: same ? "fair" : difference > 0 ? "dear" : "cheap" };
}

/** Two changes are the fewest that spread. */
const FEWEST = 3;

/**
 * Historical volatility a year, close to close: the deviation of the logarithms of price changes from their
 * mean (n − 1), × √periods a year. Prices one period apart, none missing; either order gives the same.
 *
 * @throws outOfRange for fewer than three prices.
 */
export function historicalVolatility(prices: readonly number[], periodsPerYear: number): number {
  if (prices.length < FEWEST) {
    throw new MarginError("outOfRange", {
      ...{ argument: "prices", value: prices.length, must: "threePrices" },
    });
  }
  const changes = prices.slice(1).map((price, index) => logRatio(price, prices[index] as number));
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const squares = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0);
  return Math.sqrt((squares / (changes.length - 1)) * periodsPerYear);
}
