/**
 * What is held, at other prices: margin by the exchanges' rules and what equity gains, for shocks of price,
 * volatility and days.
 *
 * Option prices in a scenario are a model's estimates, moved in whole ticks; from them on everything is exact.
 * - An underlying stands at its price × (1 + move), not rounded: a rule takes it as it is.
 * - An option stands at its given price plus what the model's price moves by, in whole ticks, half a tick
 *   upwards; never below one tick, but at its expiry. Without a shock it is its given price, whatever its digits.
 */
import type { Day } from "./day";
import { MarginError } from "./errors";
import type { Amount } from "./number";
import type { RuleSet } from "./rule";
import type { CombinationEdition } from "./strategy";
import type { Right, Side } from "./terms";

/** A position of options. Prices and strike per quoted unit. */
export interface OptionHeld {
  readonly kind: "option";
  /** As its table or statement writes it. */
  readonly label: string;
  readonly side: Side;
  /** Whole. */
  readonly lots: Amount;
  readonly unit: Amount | undefined;
  readonly rules: RuleSet;
  readonly product: string | undefined;
  readonly right: Right;
  readonly strike: Amount | undefined;
  /** The price it stands at now. A long option that no figure asks for may lack it, and all else that is undefined. */
  readonly settlement: Amount | undefined;
  /** Which underlying: the same key for all that move as one. */
  readonly of: string;
  /** What the underlying stands at now. */
  readonly underlying: Amount | undefined;
  /** Replaces the edition's ratio, or is the futures margin rate. */
  readonly rate?: Amount | undefined;
  /** The broker's addition as a fraction of the exchange's figure; none where left out. */
  readonly markup?: Amount | undefined;
  /** The last trading day; undefined where nothing tells it. */
  readonly expiry: Day | undefined;
  /** A year, a fraction; left out: implied by the price. */
  readonly volatility?: Amount | undefined;
  /** Undefined where not known: 0.0001 is taken, finer than any. */
  readonly tick: Amount | undefined;
}

/** A position of futures: price × unit × rate, either side, and its gain moves equity. */
export interface FutureHeld {
  readonly kind: "future";
  readonly label: string;
  readonly side: "long" | "short";
  readonly lots: Amount;
  readonly unit: Amount;
  readonly of: string;
  readonly underlying: Amount;
  readonly rate: Amount;
  readonly markup?: Amount | undefined;
}

/** Shares move with nothing here: they take no margin, and equity is without them. */
export interface SharesHeld {
  readonly kind: "shares";
  readonly label: string;
}

export type PositionHeld = OptionHeld | FutureHeld | SharesHeld;

/** Lots of two positions held as sets; they stay so in every scenario. */
export interface SetHeld {
  readonly edition: CombinationEdition;
  readonly first: PositionHeld;
  readonly second: PositionHeld;
  readonly sets: Amount;
  readonly markup?: Amount | undefined;
}

/**
 * Whether equity moves with options: on the cash basis their premium was settled once and only futures'
 * gains move it; on the market basis equity holds the options' net value.
 */
export type EquityBasis = "cash" | "market";

/** By the rules of which day, and how equity is reckoned. */
export interface ScenarioTerms {
  readonly on: Day;
  readonly basis: EquityBasis;
}

/** What moves; a shock of nothing is today. */
export interface Shock {
  /** Relative move of every underlying that `prices` does not name, above −1. */
  readonly move?: Amount | undefined;
  /** What single underlyings stand at instead, by key. */
  readonly prices?: ReadonlyMap<string, Amount> | undefined;
  /** Relative move of every volatility, above −1: σ × (1 + y). */
  readonly volatility?: Amount | undefined;
  /** Calendar days ahead. */
  readonly days?: number | undefined;
}

/** An underlying of a book. */
export interface UnderlyingHeld {
  readonly key: string;
  /** What positions say it stands at; more than one where they disagree. */
  readonly prices: readonly Amount[];
  /** Positions on it that a move of its price can change. */
  readonly positions: number;
}

/** What a shock makes of a book. */
export interface Outcome {
  /** With markup. */
  readonly margin: Amount;
  /** What equity gains, below zero where it loses. */
  readonly gain: Amount;
}

/** What many shocks make of it, in their order. */
export interface Outcomes {
  readonly count: number;
  /** The doubles nearest to the exact figures. */
  readonly margins: Float64Array;
  readonly gains: Float64Array;
  readonly at: (index: number) => Outcome;
}

/** A position's price in a scenario. */
export interface PriceThen {
  readonly position: OptionHeld | FutureHeld;
  /** An option's price, a future's own; undefined where the option is refused. */
  readonly price: Amount | undefined;
  /** Undefined where it is not known today. */
  readonly underlying: Amount | undefined;
}

/** What is held, ready to be shocked. */
export interface ScenarioBook {
  readonly positions: readonly PositionHeld[];
  readonly sets: readonly SetHeld[];
  readonly terms: ScenarioTerms;
  readonly underlyings: readonly UnderlyingHeld[];
  /** Calendar days until the first option expires; undefined where no option's price matters. */
  readonly daysLeft: number | undefined;
  /** Positions that no model prices, and why: no expiry, no volatility, a price that is missing. */
  readonly refused: ReadonlyMap<PositionHeld, MarginError>;
  /** Those of them that margin or gain asks for: while there is one, there are no outcomes. */
  readonly blocking: readonly PositionHeld[];
  /**
   * Margin and gain of many shocks at once.
   * @throws what the first blocking position is refused for; outOfRange for a move of −1 or below, a price
   * not above 0, or days that are not whole, below 0 or beyond daysLeft.
   */
  readonly outcomes: (shocks: readonly Shock[]) => Outcomes;
  /** What each option and future stands at, in the order given; shares are left out. */
  readonly prices: (shock: Shock) => readonly PriceThen[];
}

/** The one outcome of a shock. */
export const scenario = (book: ScenarioBook, shock: Shock): Outcome => book.outcomes([shock]).at(0);
