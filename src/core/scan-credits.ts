/**
 * Credits between combined commodities whose price risks stand against each other.
 *
 * A spread takes deltas that no earlier spread has taken; the price risk for one delta stays that of
 * the whole portfolio, before any spread.
 */
import { exact, type Amount } from "./number";
import type { InterSpread, RiskParameters, SpreadLeg } from "./risk-parameters";
import { legTakes, type MonthDeltas } from "./scan-deltas";

/** decimal.js's rounding towards zero. */
const ROUND_DOWN = 1;

/** What a combined commodity brings to spreads with others. */
export interface Creditable {
  /** The deltas left after its calendar spreads. */
  readonly left: MonthDeltas;
  /** Price risk for one delta; 0 where it has none. */
  readonly weightedPriceRisk: Amount;
}

/**
 * Price risk for one delta, to two decimals.
 * @param net the commodity's deltas before any spread
 * @param most the price scan range for one delta, for houses that cap by it
 */
export function weightedPriceRisk(priceRisk: Amount, net: Amount, most?: Amount): Amount {
  if (net.isZero()) return exact.zero;
  const own = exact.max(priceRisk.dividedBy(net.abs()), exact.zero);
  return (most ? exact.min(most, own) : own).toDecimalPlaces(2);
}

const creditOf = (
  { credit }: InterSpread,
  leg: number,
  legs: number,
  spreads: Amount,
  priceRisk: Amount,
): Amount => {
  if ("flat" in credit) return spreads.times(credit.flat).dividedBy(legs);
  const share = "share" in credit ? credit.share : (credit.shares[leg] ?? exact.zero);
  return priceRisk.times(share);
};

/**
 * The credit of each combined commodity, by its code; none for one without a price risk.
 * A flat credit is shared equally by its legs. Spreads are counted down to the decimals deltas are rounded to.
 */
export function interCredits(
  commodities: ReadonlyMap<string, Creditable>,
  { interSpreads, commodities: defined }: Pick<RiskParameters, "interSpreads" | "commodities">,
): ReadonlyMap<string, Amount> {
  const left = new Map([...commodities].map(([code, { left: months }]) => [code, new Map(months)]));
  const credits = new Map<string, Amount>();
  const commodityOf = (code: string) => defined.find((one) => one.code === code);
  /** The months of a leg and their deltas together. */
  const legOf = (leg: SpreadLeg) => {
    const months = [...(left.get(leg.commodity) ?? [])].filter(([month]) =>
      legTakes(leg, commodityOf(leg.commodity)?.interTiers ?? [], month),
    );
    return { months, net: months.reduce((sum, [, delta]) => sum.plus(delta), exact.zero) };
  };
  for (const spread of [...interSpreads].sort((a, b) => a.priority - b.priority)) {
    const legs = spread.legs.map((leg) => ({ ...leg, ...legOf(leg) }));
    const direction = ({ side, net }: (typeof legs)[number]): number =>
      net.isZero() ? 0 : (net.isNegative() ? -1 : 1) * (side === "A" ? 1 : -1);
    const [first] = legs;
    const way = first ? direction(first) : 0;
    const risky = ({ commodity }: SpreadLeg): boolean =>
      commodities.get(commodity)?.weightedPriceRisk.greaterThan(0) ?? false;
    if (way === 0 || !legs.every((leg) => direction(leg) === way && risky(leg))) continue;
    const most = legs.map(({ net, ratio }) => net.abs().dividedBy(ratio)).reduce(exact.min);
    const decimals = legs.flatMap((leg) => commodityOf(leg.commodity)?.deltaDecimals ?? []);
    const spreads =
      decimals.length > 0 ? most.toDecimalPlaces(Math.min(...decimals), ROUND_DOWN) : most;
    legs.forEach((leg, at) => {
      const { commodity, ratio, net } = leg;
      const deltas = spreads.times(ratio);
      const { weightedPriceRisk: each } = commodities.get(commodity) as Creditable;
      const credit = creditOf(spread, at, legs.length, spreads, each.times(deltas));
      credits.set(commodity, (credits.get(commodity) ?? exact.zero).plus(credit));
      // Months of the leg's own sign give their deltas, the nearest first.
      let wanted = deltas;
      for (const [month, delta] of legOf(leg).months) {
        if (delta.isNegative() !== net.isNegative()) continue;
        const taken = exact.min(delta.abs(), wanted);
        wanted = wanted.minus(taken);
        left
          .get(commodity)
          ?.set(month, delta.isNegative() ? delta.plus(taken) : delta.minus(taken));
      }
    });
  }
  return credits;
}
