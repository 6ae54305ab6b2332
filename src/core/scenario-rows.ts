/** Rows of a positions table as what a scenario moves. */
import { likelyExpiryDay } from "./calendar";
import { combinationEditionOn } from "./combination";
import { findRules, type Contract, type Future, type Instrument } from "./contract";
import type { Day } from "./day";
import { MarginError } from "./errors";
import { holdingsOfRows, type Holding, type HoldingTerms } from "./holding";
import { amount, digits, type Amount } from "./number";
import { heldSets } from "./portfolio";
import { instrumentsOfRows, lotsOf, number, optional, sideOf } from "./row";
import type { RuleSet } from "./rule";
import type { FutureHeld, OptionHeld, PositionHeld, SetHeld } from "./scenario";
import { blank, type Row } from "./table";
import { readRight, type Right } from "./terms";

/** A row as combinations see it and as scenarios do. */
export interface RowHeld {
  readonly holding: Holding;
  readonly position: PositionHeld;
}

/** By whose standard a table is shocked, besides the day. */
export interface RowsTerms extends HoldingTerms {
  readonly markup: Amount;
}

/** Names underlyings as the table or the code writes them, one name for one underlying. */
function underlyingNames(): (id: string, written: string) => string {
  const names = new Map<string, string>();
  return (id, written) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const name = [...names.values()].includes(written) ? id : written;
    names.set(id, name);
    return name;
  };
}

/** The tick of a product's options, or the one that all of an exchange's share. */
function tickOf({ products }: RuleSet, code: string | undefined): Amount | undefined {
  const ticks = products
    .filter((product) => code === undefined || product.code === code)
    .map(({ tick }) => tick);
  const [tick] = ticks;
  return tick !== undefined && ticks.every((other) => other === tick) ? amount(tick) : undefined;
}

/** What an option's row says beside its code; the row has been read as a holding, so that it is sound. */
interface OptionRead {
  readonly rules: RuleSet;
  readonly product: string | undefined;
  readonly right: Right;
  readonly contract?: Contract;
}

/** The row's expiry, else its code's by the exchange's rule: holidays nobody knows yet may still move that. */
function expiryOf(
  row: Row,
  contract: Contract | undefined,
  dayOfCell: RowsTerms["dayOfCell"],
): Day | undefined {
  if (blank(row.expiry)) {
    return contract?.expiry && likelyExpiryDay(contract.expiry, contract.rules.calendar);
  }
  const day = dayOfCell(row.expiry);
  if (day) return day;
  throw new MarginError("notADate", { argument: "expiry", value: row.expiry });
}

/**
 * Reads rows of a positions table for scenarios.
 * @throws MarginError as holdingsOfRows does, and for a volatility or an expiry that is none.
 */
export function heldOfRows(exchanges: readonly RuleSet[], terms: RowsTerms): (row: Row) => RowHeld {
  const holdingOf = holdingsOfRows(exchanges, terms);
  const instrumentOf = instrumentsOfRows(exchanges, terms.on);
  const nameOf = underlyingNames();
  const { markup } = terms;

  const futureOf = (row: Row, named: Future, label: string): FutureHeld => {
    const { product, month } = named;
    const unit = optional(row, "unit", "wholeAboveZero") ?? amount(product?.unit as string);
    const id = product ? `${named.rules?.exchange} ${product.code} ${month}` : label.toUpperCase();
    return {
      ...{ kind: "future", label, unit, markup, of: nameOf(id, label) },
      side: sideOf(row) === "long" ? "long" : "short",
      lots: lotsOf(row),
      underlying: number(row, blank(row.settlement) ? "underlying" : "settlement", "aboveZero"),
      rate: number(row, "rate", "fraction"),
    };
  };

  const optionOf = (row: Row, read: OptionRead, label: string): OptionHeld => {
    const { rules, product, right, contract } = read;
    const underlying = optional(row, "underlying", "aboveZero");
    const exchange = product ? `${rules.exchange}.${product}` : rules.exchange;
    const of = contract
      ? nameOf(
          [rules.exchange, product, rules.underlying === "future" ? contract.month : ""]
            .join(" ")
            .trim(),
          contract.underlying,
        )
      : // Without a code, what stands at one price at one exchange is taken for one underlying.
        `${exchange} ${underlying ? digits(underlying) : ""}`;
    return {
      ...{ kind: "option", label, rules, product, right, underlying, of, markup },
      side: sideOf(row),
      lots: lotsOf(row),
      unit: optional(row, "unit", "wholeAboveZero") ?? contract?.unit,
      strike: optional(row, "strike", "aboveZero") ?? contract?.strike,
      settlement: optional(row, "settlement", "aboveZero"),
      rate: optional(row, "rate", "fraction"),
      expiry: expiryOf(row, contract, terms.dayOfCell),
      volatility: optional(row, "volatility", "volatility"),
      tick: tickOf(rules, product),
    };
  };

  const positionOf = (row: Row, named: Instrument | undefined, label: string): PositionHeld => {
    if (named?.kind === "shares") return { kind: "shares", label };
    if (named?.kind === "future") return futureOf(row, named, label);
    if (named) {
      const { contract } = named;
      const { rules, product, right } = contract;
      return optionOf(row, { rules, product, right, contract }, label);
    }
    const found = findRules(row.exchange, exchanges) as NonNullable<ReturnType<typeof findRules>>;
    return optionOf(row, { ...found, right: readRight(row.right) as Right }, label);
  };

  return (row) => {
    const holding = holdingOf(row);
    const named = blank(row.contract) ? undefined : instrumentOf(row);
    return { holding, position: positionOf(row, named, holding.label) };
  };
}

/**
 * The sets that a table's combination column holds; none without one.
 * @throws as heldSets does.
 */
export function setsHeld(rows: readonly RowHeld[], { on, markup }: RowsTerms): readonly SetHeld[] {
  const positionOf = new Map(rows.map(({ holding, position }) => [holding, position]));
  const holdings = rows.map(({ holding }) => holding);
  return heldSets(holdings, on).map(({ combination, first, second, sets }) => ({
    edition: combinationEditionOn(first.joins?.rules as RuleSet, combination, on),
    first: positionOf.get(first) as PositionHeld,
    second: positionOf.get(second) as PositionHeld,
    sets: amount(sets),
    markup,
  }));
}
