/** The published arrays of test/cases/risk-array.csv as series, and parameters of the day they are of. */
import {
  amount,
  HKEX_PROFILE,
  sixteenScenarios,
  TAKASBANK_PROFILE,
  type Amount,
  type ArrayProfile,
  type CombinedCommodity,
  type ModelOption,
  type RiskHolding,
  type RiskParameters,
  type RiskSeries,
  type Right,
  type ScanTerms,
} from "../../src/core";
import { caseTable } from "./case-table";

type Column =
  | "id"
  | "source"
  | "profile"
  | "right"
  | "underlying"
  | "strike"
  | "years"
  | "rate"
  | "dividend"
  | "volatility"
  | "settlement"
  | "psr"
  | "vsr"
  | "multiplier"
  | "array"
  | "delta"
  | "tolerance";

/** A published array and what a model makes it from. */
export interface ArrayCase {
  readonly id: string;
  readonly option: ModelOption;
  readonly scan: ScanTerms;
  readonly profile: ArrayProfile;
  readonly array: readonly string[];
  readonly delta: number;
  readonly tolerance: number;
}

/** "24/365", "955/100" or a plain figure. */
function ratio(text: string): number {
  const [above, below = "1"] = text.split("/");
  return Number(above) / Number(below);
}

export const arrayCases: readonly ArrayCase[] = caseTable<Column>("risk-array.csv").map((row) => ({
  id: row.id,
  option: {
    right: row.right as Right,
    underlying: Number(row.underlying),
    strike: Number(row.strike),
    years: ratio(row.years),
    volatility: Number(row.volatility),
    ...(row.settlement && { settlement: Number(row.settlement) }),
    ...(row.rate && { rate: Number(row.rate) }),
    ...(row.dividend && { dividend: Number(row.dividend) }),
  },
  scan: {
    priceScan: ratio(row.psr),
    volatilityScan: Number(row.vsr),
    multiplier: Number(row.multiplier),
  },
  profile: row.profile === "hkex" ? HKEX_PROFILE : TAKASBANK_PROFILE,
  array: row.array.split(" "),
  delta: Number(row.delta),
  tolerance: Number(row.tolerance),
}));

/** A Hang Seng Index option of 4 March 2019 with its published array: "HSI-201903-C28800". */
export function publishedSeries(name: string): RiskSeries {
  const found = arrayCases.find(({ id }) => id === `hkex-array-${name}`);
  if (!found) throw new Error(`no published array of ${name}`);
  const [product = "", month = ""] = name.split("-");
  const { right, strike, settlement } = found.option;
  return {
    ...{ commodity: product, product, kind: "option", right },
    month: `${month.slice(0, 4)}-${month.slice(4)}`,
    strike: amount(strike),
    ...(settlement && { price: amount(settlement) }),
    multiplier: amount(found.scan.multiplier),
    delta: amount(found.delta),
    array: found.array.map(amount),
  };
}

/** A future by its scan range alone, 1 delta. */
export const future = (
  commodity: string,
  month: string,
  psr: string,
  scaled: Partial<RiskSeries> = {},
): RiskSeries => ({
  ...{ commodity, product: commodity, kind: "future", month, delta: amount(1) },
  array: sixteenScenarios(3, "0.30").map(({ move: [above, below], cover }) =>
    amount(psr).times(-above).times(cover).dividedBy(below),
  ),
  ...scaled,
});

export const holding = (quantity: number | Amount, series: RiskSeries): RiskHolding => ({
  quantity: amount(String(quantity)),
  series,
});

/** A commodity with one charge for months against each other and a minimum for each short option. */
export const commodity = (
  code: string,
  charge: string | undefined,
  minimum: string | undefined,
  more: Partial<CombinedCommodity> = {},
): CombinedCommodity => ({
  ...{ code, currency: "HKD", calendarTiers: [], interTiers: [], spot: [] },
  products: [{ code, kind: "option", deltaScaling: amount(1) }],
  ...(charge && {
    calendar: [
      {
        priority: 1,
        rate: amount(charge),
        legs: (["A", "B"] as const).map((side) => {
          return { commodity: code, tier: 0, side, ratio: amount(1) };
        }),
      },
    ],
  }),
  ...(minimum && { shortOptionMinimum: { rate: amount(minimum), method: "gross" } }),
  ...more,
});

export const parameters = (
  commodities: readonly CombinedCommodity[],
  more: Partial<RiskParameters> = {},
): RiskParameters => ({
  ...{ house: "HKEX", on: "2019-03-04", source: "test", scenarios: sixteenScenarios(3, "0.30") },
  ...{ interSpreads: [], series: [], ranges: [], currencyRates: [], complete: true },
  commodities,
  ...more,
});

/** HSI as filed for 4 March 2019. */
export const HSI = commodity("HSI", "19800", "8600");
