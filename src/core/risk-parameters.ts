/**
 * What a clearing house publishes for one day: its products' parameters and every series' risk array.
 *
 * One shape for every file format and for what a user types. Every figure is an exact decimal and ready
 * to add: amounts in the commodity's currency for one contract, the file's risk exponent and decimal
 * locators already applied, fractions as fractions (0.07, 0.55). A figure the file does not carry is
 * left out, never 0.
 */
import type { Day } from "./day";
import type { Amount } from "./number";
import type { Right } from "./terms";

/** One of the scenarios of an array, in the order of the array's values. */
export interface Scenario {
  /** How far the price moves, as a fraction of the price scan range: [1, 3] is up a third, [-3, 1] down three ranges. */
  readonly move: readonly [numerator: number, denominator: number];
  /** How far volatility moves, in volatility scan ranges: 1, -1 or 0. */
  readonly volatility: number;
  /** The share of the loss that counts; already inside a published array. */
  readonly cover: Amount;
  /** The index from 0 of the scenario with the same price move and the other volatility; its own where it has none. */
  readonly pair: number;
}

/** A product that a combined commodity is made of, by its code and kind. */
export interface RiskProduct {
  /** As the file writes it: "HSI", "MHI". */
  readonly code: string;
  readonly kind: SeriesKind;
  /** Deltas of one contract in those of the commodity: 0.2 for a mini, else 1. */
  readonly deltaScaling: Amount;
}

/** A run of contract months, "2019-03" to "2019-06", both counted; open where left out. */
export interface Tier {
  /** As spreads name it; 0 is all months. */
  readonly number: number;
  readonly from?: string;
  readonly to?: string;
}

/** One side of a spread. The two sides must have opposite deltas. */
export interface SpreadLeg {
  /** The combined commodity; in a spread within one commodity, that one. */
  readonly commodity: string;
  /** The tier its deltas come from; 0 is all months. */
  readonly tier: number;
  /** One contract month alone, "2019-03", where the spread names it. */
  readonly month?: string;
  readonly side: "A" | "B";
  /** Deltas a spread takes of it. */
  readonly ratio: Amount;
}

/** A charge for deltas of one commodity that stand against each other in different months. */
export interface CalendarSpread {
  /** Lowest first. */
  readonly priority: number;
  readonly legs: readonly SpreadLeg[];
  /** Charge for one spread. */
  readonly rate: Amount;
}

/** The charge on the deltas of a month about to expire. */
export interface SpotCharge {
  readonly month: string;
  /** For a delta used in calendar spreads. */
  readonly spreadRate: Amount;
  /** For a delta left over. */
  readonly outrightRate: Amount;
}

/** The least a commodity with short options needs. */
export interface ShortOptionMinimum {
  /** For one short option, in the currency. */
  readonly rate: Amount;
  /** All short options, or the larger of short calls and short puts. */
  readonly method: "gross" | "larger";
}

/** Contracts whose arrays are added before the worst scenario is looked for: an index's futures, options and minis. */
export interface CombinedCommodity {
  /** As the file writes it: "HSI". */
  readonly code: string;
  readonly currency: string;
  readonly products: readonly RiskProduct[];
  /** The months of calendar spreads; empty: one tier 0 of all months. */
  readonly calendarTiers: readonly Tier[];
  /** The months of spreads between commodities; empty: one tier 0 of all months. */
  readonly interTiers: readonly Tier[];
  /** Left out where the parameters at hand have none: two months against each other are then an error. */
  readonly calendar?: readonly CalendarSpread[];
  readonly spot: readonly SpotCharge[];
  /** Left out where the parameters at hand have none: a short option is then an error. */
  readonly shortOptionMinimum?: ShortOptionMinimum;
  /** How a price risk for one delta is found; normal where left out. */
  readonly priceRisk?: "normal" | "capped" | "scanRange";
  /** Whether options' value counts no further than the commodity's own risk. */
  readonly capOptionValue?: boolean;
  /** Client initial margin for one of clearing-house margin; left out where the file has none. */
  readonly clientRatio?: Amount;
  /** Decimals a month's delta is rounded to; not rounded where left out. */
  readonly deltaDecimals?: number;
}

/** Relief for price risks of two or more commodities that stand against each other. */
export interface InterSpread {
  /** Lowest first. */
  readonly priority: number;
  readonly legs: readonly SpreadLeg[];
  /** Share of the price risk that is credited, a fraction; or a flat amount for a spread. */
  readonly credit:
    { readonly share: Amount } | { readonly flat: Amount } | { readonly shares: readonly Amount[] };
}

export type SeriesKind = "future" | "option" | "physical";

/** One contract with its array: what it loses in each scenario, held long. */
export interface RiskSeries {
  /** The combined commodity it belongs to. */
  readonly commodity: string;
  /** As the file writes it: "HSI". */
  readonly product: string;
  readonly kind: SeriesKind;
  /** Contract month, "2019-03"; left out only for a physical. */
  readonly month?: string;
  /** The file's day or week within the month where it prints one ("15", "W1"), as printed. */
  readonly dayCode?: string;
  /** Last day, where the file says it. */
  readonly expiry?: Day;
  /** The month its delta counts in, where that is another than its own. */
  readonly deltaMonth?: string;
  readonly right?: Right;
  readonly strike?: Amount;
  /** Settlement price for one quoted unit. */
  readonly price?: Amount;
  /** Implied volatility, a fraction; 0 as printed for one deep in the money. */
  readonly volatility?: Amount;
  /** Currency a quoted unit of one contract: 50. */
  readonly multiplier?: Amount;
  /** Composite delta of one long contract. */
  readonly delta: Amount;
  /** Losses of one long contract, a gain below 0, in the commodity's currency; one a scenario. */
  readonly array: readonly Amount[];
}

/** The scan ranges of a product's month: what the model makes arrays from. */
export interface ScanRange {
  readonly product: string;
  readonly kind: SeriesKind;
  /** Contract month; all of the product's where left out. */
  readonly month?: string;
  /** Price scan range, in the currency for one contract. */
  readonly price: Amount;
  /** Volatility scan range, a fraction: volatility points, or a share of the volatility. */
  readonly volatility?: Amount;
  readonly volatilityKind?: "absolute" | "percent";
  readonly extremeMultiple?: Amount;
  readonly extremeCover?: Amount;
  /** How far ahead options are priced, in years. */
  readonly lookAhead?: Amount;
  /** Years to expiry as the file counts them. */
  readonly years?: Amount;
  readonly expiry?: Day;
  readonly baseVolatility?: Amount;
}

/** A rate between currencies, as the file prints it. */
export interface CurrencyRate {
  readonly from: string;
  readonly to: string;
  readonly factor: Amount;
}

/** A clearing house's parameters of one day. */
export interface RiskParameters {
  /** "HKEX", "TAKASBANK". */
  readonly house: string;
  /** The business day they were published for. */
  readonly on: Day;
  /** Which of the day's runs. */
  readonly run?: "early" | "intraday" | "settlement";
  /** Where they come from: a file's name, a range. */
  readonly source: string;
  /** The scenarios the arrays follow, as many as an array has values. */
  readonly scenarios: readonly Scenario[];
  readonly commodities: readonly CombinedCommodity[];
  readonly interSpreads: readonly InterSpread[];
  readonly series: readonly RiskSeries[];
  readonly ranges: readonly ScanRange[];
  readonly currencyRates: readonly CurrencyRate[];
  /** False where something of it could not be read: whatever it answers is then incomplete. */
  readonly complete: boolean;
}
