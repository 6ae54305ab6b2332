import {
  findRules,
  unknownExchange,
  type Contract,
  type Future,
  type NamedRules,
} from "./contract";
import { numberWithin } from "./argument";
import type { Day } from "./day";
import { MarginError } from "./errors";
import { shortMargin, type Branch } from "./margin";
import { digits, exact, type Amount } from "./number";
import { besideCode, instrumentsOfRows, lotsOf, number, optional, sideOf } from "./row";
import type { RuleSet } from "./rule";
import { blank, type Row } from "./table";
import { readRight } from "./terms";

/** What a row of a margin table answers, in the contract's currency for all its lots. */
export interface RowMargin {
  readonly margin: Amount;
  readonly premium: Amount;
  readonly basic: Amount;
  readonly minimum: Amount;
  readonly branch: Branch | "long" | "covered" | "future" | "shares";
  /** What is held, where it takes margin: a short option or a future. */
  readonly held?: {
    readonly lots: Amount;
    readonly unit: Amount;
    readonly month: string | undefined;
  };
}

/** What combinations ask of it, for one lot; without a branch it is a short option. */
export type RowAlone = Pick<RowMargin, "margin" | "premium"> & Partial<Pick<RowMargin, "branch">>;

const nothing = (branch: RowMargin["branch"]): RowMargin => ({
  margin: exact.zero,
  premium: exact.zero,
  basic: exact.zero,
  minimum: exact.zero,
  branch,
});

/** What a rule needs of a contract, from its code or from the columns that replace it. */
type Read = NamedRules &
  Pick<Contract, "right" | "strike" | "unit" | "terms"> & { readonly month: string | undefined };

/** The right a row names beside its code must be the code's. */
function checkRight(row: Row, contract: Contract): void {
  if (blank(row.right)) return;
  const right = readRight(row.right);
  if (!right) throw new MarginError("unknownName", { argument: "right", value: row.right });
  if (right === contract.right) return;
  throw new MarginError("contradiction", {
    argument: "right",
    value: row.right,
    detail: String(row.contract),
  });
}

/** The exchange and right of a row without a contract code. */
function contractByColumns(row: Row, exchanges: readonly RuleSet[]): Read {
  const found = findRules(row.exchange, exchanges);
  if (!found) {
    // Without an exchange column the contract's code was wanted.
    if ("exchange" in row) throw unknownExchange("exchange", row.exchange, exchanges);
    throw new MarginError("unknownName", { argument: "contract", value: row.contract });
  }
  const right = readRight(row.right);
  if (!right) throw new MarginError("unknownName", { argument: "right", value: row.right });
  return {
    ...found,
    right,
    strike: undefined,
    unit: undefined,
    terms: undefined,
    month: undefined,
  };
}

/** What the caller gave beside a contract code, where the code may say it too. */
export interface Given {
  readonly strike: Amount | undefined;
  readonly unit: Amount | undefined;
}

/**
 * The strike and unit of a contract: the given ones, else the code's.
 * A given unit replaces one that is from memory.
 * @throws contradiction where a plain contract's code says another strike, or its product is known to have another unit;
 * missing where an adjusted contract or an unknown product needs what isn't given.
 */
export function strikeAndUnit(
  contract: Pick<Contract, "strike" | "unit" | "terms">,
  given: Given,
): { strike: Amount; multiplier: Amount } {
  const sure = contract.terms?.certainty === "confirmed" ? contract.unit : undefined;
  for (const [argument, ours, theirs] of [
    ["strike", contract.strike, given.strike],
    ["unit", sure, given.unit],
  ] as const) {
    if (ours && theirs && !ours.equals(theirs)) {
      throw new MarginError("contradiction", { argument, value: theirs, detail: digits(ours) });
    }
  }
  const strike = given.strike ?? contract.strike;
  const multiplier = given.unit ?? contract.unit;
  if (!strike) throw new MarginError("missing", { argument: "strike" });
  if (!multiplier) throw new MarginError("missing", { argument: "unit" });
  return { strike, multiplier };
}

/** A futures position: price × unit × rate × lots, either side. */
function futureMargin(row: Row, { product, month }: Future, markup: Amount): RowMargin {
  if ("side" in row && sideOf(row) === "covered") {
    throw new MarginError("notAllowed", { argument: "side", value: row.side, detail: "etf" });
  }
  const price = number(row, blank(row.settlement) ? "underlying" : "settlement", "aboveZero");
  const rate = optional(row, "rate", "fraction");
  if (!rate) throw new MarginError("missing", { argument: "rate" });
  const multiplier =
    optional(row, "unit", "wholeAboveZero") ?? (product?.unit && exact.of(product.unit));
  if (!multiplier) throw new MarginError("missing", { argument: "unit" });
  const lots = lotsOf(row);
  const basic = price.times(multiplier).times(rate).times(lots);
  return {
    ...nothing("future"),
    margin: basic.times(markup.plus(1)),
    basic,
    held: { lots, unit: multiplier, month },
  };
}

/** Covered needs no cash for an ETF call whose shares are locked; every other use is an error. */
function covered(row: Row, { rules, right, unit }: Read): RowMargin {
  if (rules.underlying !== "etf" || right !== "call") {
    throw new MarginError("notAllowed", { argument: "side", value: row.side, detail: "etf" });
  }
  const lots = lotsOf(row);
  if ("lockedShares" in row) {
    const multiplier = optional(row, "unit", "wholeAboveZero") ?? unit;
    if (!multiplier) throw new MarginError("missing", { argument: "unit" });
    const shares = blank(row.lockedShares)
      ? exact.zero
      : numberWithin(row.lockedShares, "lockedShares", "notNegative");
    if (shares.lessThan(multiplier.times(lots))) {
      throw new MarginError("outOfRange", {
        argument: "lockedShares",
        value: row.lockedShares,
        must: "lockedShares",
        detail: `≥ ${digits(multiplier.times(lots))}`,
      });
    }
  }
  return nothing("covered");
}

/** ETF shares need no margin; they can only be held. */
function shares(row: Row): RowMargin {
  if (!("side" in row) || sideOf(row) !== "short") return nothing("shares");
  throw new MarginError("notAllowed", {
    argument: "side",
    value: row.side,
    detail: "shortShares",
  });
}

/** By whose standard and by the rules of which day a table is answered. */
export interface TableTerms {
  /** The broker's addition to the exchange's figure, a fraction. */
  readonly markup: Amount;
  readonly on: Day;
}

/**
 * The margin of rows of a positions table: options, futures and ETF shares.
 * Long options and covered ETF calls need none.
 *
 * The function that comes back remembers the codes it has read, for tables of a hundred thousand rows;
 * it throws a MarginError that names the row's wrong or missing column.
 */
export function marginOfRows(
  exchanges: readonly RuleSet[],
  { markup, on }: TableTerms,
): (row: Row) => RowMargin {
  const instrument = instrumentsOfRows(exchanges, on);

  return (row) => {
    const named = blank(row.contract) ? undefined : instrument(row);
    if (named?.kind === "future") return futureMargin(row, named, markup);
    if (named?.kind === "shares") return shares(row);
    const side = sideOf(row);
    if (named) checkRight(row, named.contract);
    const contract = named?.contract ?? contractByColumns(row, exchanges);
    const lots = lotsOf(row);
    if (side === "long") return nothing("long");
    if (side === "covered") return covered(row, contract);
    const terms = strikeAndUnit(contract, {
      strike: besideCode(row, "strike", contract.strike, "aboveZero"),
      unit: besideCode(row, "unit", contract.unit, "wholeAboveZero"),
    });
    const result = shortMargin(
      contract.rules,
      {
        right: contract.right,
        terms: {
          ...terms,
          settlement: number(row, "settlement", "aboveZero"),
          underlying: number(row, "underlying", "aboveZero"),
        },
        rate: optional(row, "rate", "fraction"),
        product: contract.product,
      },
      { lots, markup, on },
    );
    return {
      ...result,
      margin: result.total,
      held: { lots, unit: terms.multiplier, month: contract.month },
    };
  };
}
