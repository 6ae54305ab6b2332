/**
 * The scan of a combined commodity: its positions' arrays added, and the worst scenario.
 *
 * Losses are above 0 and quantities signed, long above 0. Sums are exact.
 */
import { MarginError } from "./errors";
import { exact, type Amount } from "./number";
import type { Scenario } from "./risk-parameters";

/** Some of one contract: lots with their sign, and the array of one long contract. */
export interface Scanned {
  readonly quantity: Amount;
  readonly array: readonly Amount[];
}

/** Thirds of a scan range have no end in decimals: what forty digits leave of a hedge is cut off here. */
const DECIMALS = 20;

/**
 * The loss of all positions together in each scenario.
 * @throws outOfRange for an array that has not as many values as there are scenarios.
 */
export function scenarioLosses(positions: readonly Scanned[], scenarios: number): Amount[] {
  const losses = Array.from({ length: scenarios }, () => exact.zero);
  for (const { quantity, array } of positions) {
    if (array.length !== scenarios) {
      throw new MarginError("outOfRange", {
        argument: "arrays",
        value: array.length,
        must: "scenarios",
        detail: String(scenarios),
      });
    }
    array.forEach((loss, at) => {
      losses[at] = (losses[at] as Amount).plus(loss.times(quantity));
    });
  }
  return losses.map((loss) => loss.toDecimalPlaces(DECIMALS));
}

/** The index of the largest loss, the first of equal ones. */
export const worstOf = (losses: readonly Amount[]): number =>
  losses.reduce((worst, loss, at) => (loss.greaterThan(losses[worst] as Amount) ? at : worst), 0);

/** What the scan of a combined commodity comes to. */
export interface Scan {
  readonly losses: readonly Amount[];
  /** The largest loss, never below 0. */
  readonly risk: Amount;
  /** The scenario it comes from, an index from 0; the first of equal ones. */
  readonly worst: number;
  readonly pair: number;
  /** Scan risk in parts: time, volatility, and the price risk that is left, never below 0. */
  readonly timeRisk: Amount;
  readonly volatilityRisk: Amount;
  readonly priceRisk: Amount;
}

/** The worst scenario of some positions and what its loss is made of. */
export function scan(positions: readonly Scanned[], scenarios: readonly Scenario[]): Scan {
  const losses = scenarioLosses(positions, scenarios.length);
  const worst = worstOf(losses);
  const pair = scenarios[worst]?.pair ?? worst;
  const lossAt = (at: number): Amount => losses[at] ?? exact.zero;
  const gain = lossAt(worst).isNegative();
  const half = (a: Amount, b: Amount): Amount => a.plus(b).dividedBy(2);
  const risk = exact.max(lossAt(worst), exact.zero);
  const timeRisk = half(lossAt(0), lossAt(1));
  // Where every scenario gains there is no active one: volatility's part is that of no price move.
  const volatilityRisk = gain
    ? half(lossAt(0), lossAt(1).negated())
    : half(lossAt(worst), lossAt(pair).negated());
  const priceRisk = exact.max(risk.minus(timeRisk).minus(volatilityRisk), exact.zero);
  return { losses, risk, worst, pair, timeRisk, volatilityRisk, priceRisk };
}

/** The largest loss over the scenarios, never below 0. */
export function scanRisk(positions: readonly Scanned[], scenarios = 16): Amount {
  const losses = scenarioLosses(positions, scenarios);
  return exact.max(losses[worstOf(losses)] ?? exact.zero, exact.zero);
}
