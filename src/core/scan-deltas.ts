/**
 * Deltas of a combined commodity by contract month, and what is charged where months stand against each other.
 */
import { MarginError } from "./errors";
import { exact, type Amount } from "./number";
import type { CombinedCommodity, SpreadLeg, Tier } from "./risk-parameters";

/** Some of one contract: lots with their sign, what its delta is, and the month it counts in. */
export interface DeltaHeld {
  readonly quantity: Amount;
  /** Composite delta of one long contract. */
  readonly delta: Amount;
  /** One contract's deltas in the commodity's: 0.2 for a mini. */
  readonly scaling: Amount;
  readonly month: string;
}

/** Signed deltas by month, "2019-03", nearest first. */
export type MonthDeltas = ReadonlyMap<string, Amount>;

/** Deltas of each month together, rounded half away from zero where the house rounds. */
export function monthDeltas(held: readonly DeltaHeld[], decimals?: number): MonthDeltas {
  const sums = new Map<string, Amount>();
  for (const { quantity, delta, scaling, month } of held) {
    const own = quantity.times(delta).times(scaling);
    sums.set(month, (sums.get(month) ?? exact.zero).plus(own));
  }
  return new Map(
    [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, sum]) => [month, decimals === undefined ? sum : sum.toDecimalPlaces(decimals)]),
  );
}

/** All months' deltas together. */
export const netDelta = (deltas: MonthDeltas): Amount =>
  [...deltas.values()].reduce((sum, delta) => sum.plus(delta), exact.zero);

/** The months' deltas of one sign together: what spreads take from. */
export const pooled = (deltas: MonthDeltas, sign: 1 | -1): Amount =>
  [...deltas.values()]
    .filter((delta) => delta.times(sign).greaterThan(0))
    .reduce((sum, delta) => sum.plus(delta.abs()), exact.zero);

/** Whether a leg's deltas come from a month; tier 0 is every month. */
export function legTakes({ tier, month }: SpreadLeg, tiers: readonly Tier[], at: string): boolean {
  if (month !== undefined) return month === at;
  const named = tiers.find(({ number }) => number === tier);
  if (!named) return tier === 0;
  return (named.from ?? at) <= at && at <= (named.to ?? at);
}

/** What calendar spreads cost, and the deltas of each month that are left and that were used. */
export interface Calendar {
  readonly charge: Amount;
  readonly left: MonthDeltas;
  readonly used: MonthDeltas;
}

const SIGN = { A: 1, B: -1 } as const;

/**
 * The charge for months against each other: spreads in order of priority, each with either side long,
 * as many as the deltas left allow; within a tier the nearest months are used first.
 *
 * @throws missing where months stand against each other and the parameters have no charge.
 */
export function calendarCharge(commodity: CombinedCommodity, deltas: MonthDeltas): Calendar {
  const { code, calendar, calendarTiers } = commodity;
  const left = new Map(deltas);
  const used = new Map<string, Amount>();
  const bothSides = pooled(deltas, 1).greaterThan(0) && pooled(deltas, -1).greaterThan(0);
  if (!calendar && bothSides) {
    throw new MarginError("missing", { argument: "calendarCharge", detail: code });
  }
  const monthsOf = (leg: SpreadLeg, sign: number): string[] =>
    [...left.keys()].filter(
      (month) =>
        legTakes(leg, calendarTiers, month) &&
        (left.get(month) as Amount).times(sign).greaterThan(0),
    );
  const poolOf = (months: readonly string[]): Amount =>
    months.reduce((sum, month) => sum.plus((left.get(month) as Amount).abs()), exact.zero);

  let charge = exact.zero;
  const inOrder = [...(calendar ?? [])].sort((a, b) => a.priority - b.priority);
  for (const { legs, rate } of bothSides ? inOrder : []) {
    for (const orientation of [1, -1]) {
      // Legs that take from one pool share it.
      const pools = new Map<string, { readonly months: string[]; ratio: Amount }>();
      for (const leg of legs) {
        const sign = SIGN[leg.side] * orientation;
        const key = `${leg.month ?? leg.tier} ${sign}`;
        const pool = pools.get(key) ?? { months: monthsOf(leg, sign), ratio: exact.zero };
        pools.set(key, { ...pool, ratio: pool.ratio.plus(leg.ratio) });
      }
      const spreads = [...pools.values()]
        .map(({ months, ratio }) => poolOf(months).dividedBy(ratio))
        .reduce(exact.min);
      if (!spreads.greaterThan(0)) continue;
      charge = charge.plus(spreads.times(rate));
      for (const { months, ratio } of pools.values()) {
        let wanted = spreads.times(ratio);
        for (const month of months) {
          const there = left.get(month) as Amount;
          const taken = exact.min(there.abs(), wanted);
          wanted = wanted.minus(taken);
          left.set(month, there.isNegative() ? there.plus(taken) : there.minus(taken));
          used.set(month, (used.get(month) ?? exact.zero).plus(taken));
        }
      }
    }
  }
  return { charge, left, used };
}

/** The charge on the deltas of months about to expire: in spreads, and left over. */
export const spotCharge = (
  { spot }: CombinedCommodity,
  { left, used }: Pick<Calendar, "left" | "used">,
): Amount =>
  spot
    .map(({ month, spreadRate, outrightRate }) =>
      (used.get(month) ?? exact.zero)
        .times(spreadRate)
        .plus((left.get(month) ?? exact.zero).abs().times(outrightRate)),
    )
    .reduce((sum, charge) => sum.plus(charge), exact.zero);
