/** The broker's terms and the seller's own discipline: what no statement says. Kept in the workbook, exchanged as JSON. */
import type { Day } from "../core";
import type { HongKongTerms } from "./hong-kong-terms";

/** How a broker's figure follows from the exchange's. */
export type Surcharge =
  /** Exchange figure × (1 + markup). */
  | { readonly kind: "multiple"; readonly markup: string }
  /** Percentage points on the exchange's rate or coefficient: 0.03 makes 12 % 15 %. */
  | { readonly kind: "points"; readonly points: string }
  /** Own rates, product by product. */
  | { readonly kind: "own" }
  /** Not known yet: nothing is recomputed on the broker's standard but what the statement itself tells. */
  | { readonly kind: "unknown" };

/** Rates from a day on: before a holiday, or near delivery. They go before the ordinary ones. */
export interface DatedRates {
  readonly from: Day;
  /** The last day; left out: until another begins. */
  readonly to?: Day | undefined;
  readonly exchange?: string | undefined;
  readonly broker?: string | undefined;
}

/** Rates of one product ("m", "IO", "510050") or of one future ("m2701"), fractions as text. */
export interface ProductRates {
  /** The exchange's futures margin rate; a coefficient only to replace the rule's own. */
  readonly exchange?: string | undefined;
  /** The broker's own; it goes before any surcharge. */
  readonly broker?: string | undefined;
  readonly dated?: readonly DatedRates[] | undefined;
}

/** Which price margins are worked out from. */
export type PriceBasis = "settlement" | "previousSettlement" | "last" | "higher" | "trade";

/** What a broker calls the risk ratio. The gauge always shows margin ÷ what it is divided by. */
export type RatioDefinition = "equity" | "marginMoney" | "inverse" | "marketValue";

export interface Profile {
  readonly surcharge: Surcharge;
  readonly products: Readonly<Record<string, ProductRates>>;
  /** Fractions as text, none below the one before. */
  readonly lines: Readonly<Record<"watch" | "call" | "liquidation" | "immediate", string>>;
  readonly deadline: {
    readonly tradingDays: number;
    /** "11:30", Asia/Shanghai. */
    readonly time: string;
    readonly holidays: readonly Day[];
  };
  readonly priceBasis: PriceBasis;
  readonly ratio: RatioDefinition;
  /** Collateral counted as money: amount × (1 − haircut) on top of the printed equity. */
  readonly collateral: { readonly amount: string; readonly haircut: string };
  /** Added to the price paid when a short is bought back, a fraction of that price. */
  readonly slippage: string;
  /** The seller's own rules; undefined: not watched. */
  readonly discipline: {
    /** By contract: the option price at which the seller wants out. */
    readonly stopLoss: Readonly<Record<string, string>>;
    /** Largest share of equity one product's margin may take. */
    readonly productShare?: string | undefined;
    /** Share of equity to keep free. */
    readonly cushion?: string | undefined;
  };
  /** For holdings in Hong Kong; undefined until something of it is given. */
  readonly hongKong?: HongKongTerms | undefined;
}

export const DEFAULT_PROFILE: Profile = {
  surcharge: { kind: "unknown" },
  products: {},
  lines: { watch: "0.8", call: "0.9", liquidation: "1", immediate: "1.2" },
  deadline: { tradingDays: 1, time: "11:30", holidays: [] },
  priceBasis: "settlement",
  ratio: "equity",
  collateral: { amount: "0", haircut: "0" },
  slippage: "0",
  discipline: { stopLoss: {} },
};
