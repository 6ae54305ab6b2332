/** The user's own terms for Hong Kong: what a parameter file doesn't say, or all of it where there is none. */
import type { OptionValueMode } from "../core";

/** A product's figures as plain text; what is left out isn't known. */
export interface HongKongProduct {
  /** Price scan range in points, and volatility scan range as a fraction. */
  readonly psr?: string | undefined;
  readonly vsr?: string | undefined;
  readonly multiplier?: string | undefined;
  /** Charge for one pair of deltas in two months, and the least for one short option, in HK$. */
  readonly calendarCharge?: string | undefined;
  readonly shortOptionMinimum?: string | undefined;
  readonly minimumMethod?: "gross" | "larger" | undefined;
  /** Client initial margin for one of clearing-house margin. */
  readonly clientRatio?: string | undefined;
}

export interface HongKongTerms {
  readonly products: Readonly<Record<string, HongKongProduct>>;
  /** How options' value enters; the risk margin alone where left out. */
  readonly optionValue?: OptionValueMode | undefined;
  /** Yuan for one Hong Kong dollar, to show a sum beside; nothing is added up by it. */
  readonly rate?: string | undefined;
}

export const NO_HONG_KONG_TERMS: HongKongTerms = { products: {} };

/** The fields of a product, in the order they are asked for. */
export const HONG_KONG_FIELDS = [
  "clientRatio",
  "psr",
  "vsr",
  "multiplier",
  "calendarCharge",
  "shortOptionMinimum",
] as const satisfies readonly (keyof HongKongProduct)[];

export type HongKongField = (typeof HONG_KONG_FIELDS)[number];
