import type { Contract, Future } from "./contract";
import { monthNumber, type Day } from "./day";
import { MarginError } from "./errors";
import { amount, type Amount, exact } from "./number";
import { marginOfRows, strikeAndUnit, type RowAlone } from "./positions";
import { instrumentsOfRows, lotsOf, optional, sideOf } from "./row";
import type { Product, RuleSet } from "./rule";
import type { Leg } from "./strategy";
import { blank, type Row } from "./table";
import type { Side } from "./terms";

/** A row of a positions table as combinations see it. */
export interface Holding {
  /** The contract as the table writes it. */
  readonly label: string;
  readonly side: Side;
  /** Whole lots; of shares, the shares. */
  readonly lots: Amount;
  /** The exchange's margin of the whole row alone, without a broker's markup. */
  readonly alone: Amount;
  /** The id of the set the row is held in, where the table has one. */
  readonly set: string | undefined;
  /** The option contract, for what an exchange nets by itself. */
  readonly contract?: HeldContract;
  /** What may join others; left out for what no exchange combines: adjusted, covered, or not known by its code. */
  readonly joins?: Joining;
}

/** Which option contract a row holds. */
export interface HeldContract {
  readonly rules: RuleSet;
  readonly product: string;
  /** The same for two rows of one contract, and only then. */
  readonly key: string;
  /** Undefined where neither code nor table tells it. */
  readonly unit: Amount | undefined;
}

/** What a combination's rule asks of a leg; amounts in the contract's currency for one lot. */
export interface Joining {
  readonly leg: Leg;
  readonly rules: RuleSet;
  readonly product: string;
  readonly unit: Amount;
  readonly margin: Amount;
  readonly premium: Amount;
  /** The contract month; shares have none. */
  readonly month?: string;
  /** Options of one month expire together, those of a series sooner than the plain ones. */
  readonly series?: boolean;
  readonly strike?: Amount;
  /** The last trading day: the table's, or else by the rule before holiday shifts. */
  readonly expiry?: Day | undefined;
}

/** The day a table is read for, and what only its host can read. */
export interface HoldingTerms {
  readonly on: Day;
  /** A date as the host's cells hold it. */
  readonly dayOfCell: (cell: unknown) => Day | undefined;
}

/** When options expire, for comparing two on one product. */
export const expiryRank = ({ month = "", series }: Joining): number =>
  2 * monthNumber(month) - (series ? 1 : 0);

/** The last trading day a row gives; read only where an exchange takes sets apart before it. */
function expiryOf(row: Row, rules: RuleSet, { dayOfCell }: HoldingTerms): Day | undefined {
  if (blank(row.expiry) || !rules.combinations.some(({ dissolves }) => dissolves)) return undefined;
  const day = dayOfCell(row.expiry);
  if (day) return day;
  throw new MarginError("notADate", { argument: "expiry", value: row.expiry });
}

/** What one lot takes alone, and its premium. */
export type Each = Pick<Joining, "margin" | "premium">;

/** Shares as a leg; undefined where their unit isn't known. */
export const sharesLeg = (
  rules: RuleSet,
  { code, unit }: Product,
  each: Each,
): Joining | undefined =>
  unit === undefined
    ? undefined
    : { ...each, leg: "long shares", rules, product: code, unit: amount(unit) };

/** A future as a leg; undefined where what it is of isn't known. */
export function futureLeg(
  { rules, product, month }: Future,
  { side, unit: given }: { readonly side: Side; readonly unit: Amount | undefined },
  each: Each,
): Joining | undefined {
  const unit = given ?? (product?.unit && amount(product.unit));
  if (!rules || !product || !month || !unit) return undefined;
  const leg = side === "long" ? "long future" : "short future";
  return { ...each, leg, rules, product: product.code, month, unit };
}

/** What is known of an option beside its code. */
interface OptionHeld {
  readonly side: Side;
  readonly strike: Amount | undefined;
  readonly unit: Amount | undefined;
  /** As the caller knows it; left out: by the exchange's rule. */
  readonly expiry?: Day | undefined;
}

/**
 * An option as a leg; undefined for what no exchange combines: adjusted, covered, or of unknown unit.
 * @throws MarginError where strike or unit contradict the code.
 */
export function optionLeg(contract: Contract, held: OptionHeld, each: Each): Joining | undefined {
  const { rules, product, month, series, right, adjusted } = contract;
  if (adjusted || held.side === "covered" || !(held.unit ?? contract.unit)) return undefined;
  const { strike, multiplier: unit } = strikeAndUnit(contract, held);
  const expiry = held.expiry ?? contract.expiry?.day;
  const { margin, premium } = each;
  const leg = `${held.side} ${right}` as const;
  return { margin, premium, leg, rules, product, unit, month, series, strike, expiry };
}

/** @param label tells contracts apart whose strike isn't known */
export function heldContract(
  contract: Contract,
  held: Pick<OptionHeld, "strike" | "unit">,
  label: string,
): HeldContract {
  const { rules, product, month, series, right, adjusted } = contract;
  const strike = held.strike ?? contract.strike;
  const which = strike ? strike.toFixed() : label.toUpperCase();
  const kind = `${series ? "series" : "plain"} ${adjusted ? "adjusted" : "standard"}`;
  return {
    rules,
    product,
    key: [rules.exchange, product, month, kind, right, which].join(" "),
    unit: held.unit ?? contract.unit,
  };
}

/**
 * Reads rows of a positions table for combining; what one lot takes alone may have been worked out before.
 * @throws MarginError as marginOfRows does, and where strike, unit or expiry contradict the code.
 */
export function holdingsOfRows(
  exchanges: readonly RuleSet[],
  terms: HoldingTerms,
): (row: Row, each?: RowAlone) => Holding {
  const marginOf = marginOfRows(exchanges, { markup: exact.zero, on: terms.on });
  const instrumentOf = instrumentsOfRows(exchanges, terms.on);
  return (row, known) => {
    const found = known ?? marginOf(row);
    const lots = lotsOf(row);
    const one = (all: Amount): Amount => (known ? all : all.dividedBy(lots));
    const each = { margin: one(found.margin), premium: one(found.premium) };
    const named = blank(row.contract) ? undefined : instrumentOf(row);
    const side = found.branch === "shares" ? "long" : sideOf(row);
    const label = String(
      named ? row.contract : `${String(row.exchange)} ${String(row.right)}`,
    ).trim();
    const alone = known ? known.margin.times(lots) : found.margin;
    const set = blank(row.combination) ? undefined : String(row.combination).trim();
    const holding: Holding = { label, side, lots, alone, set };
    if (!named) return holding;
    if (named.kind === "shares") {
      const joins = sharesLeg(named.rules, named.product, each);
      return { ...holding, ...(joins && { joins }) };
    }
    const unit = optional(row, "unit", "wholeAboveZero");
    if (named.kind === "future") {
      const joins = futureLeg(named, { side, unit }, each);
      return { ...holding, ...(joins && { joins }) };
    }
    const { contract: option } = named;
    const strike = optional(row, "strike", "aboveZero");
    const expiry = expiryOf(row, option.rules, terms);
    const joins = optionLeg(option, { side, unit, strike, expiry }, each);
    const contract = heldContract(option, { strike, unit }, label);
    return { label, side, lots, alone, set, contract, ...(joins && { joins }) };
  };
}
