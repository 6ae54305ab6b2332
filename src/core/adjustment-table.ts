/** The exchange's own table of an adjustment, pasted: where it has a contract, it stands above our computation. */
import { adjustedSettlement, adjustedStrike, wholeUnit } from "./adjustment";
import type { AdjustedTerms, AdjustmentRule, UnroundedUnit } from "./adjustment";
import { numberWithin } from "./argument";
import type { Bound } from "./errors";
import { MarginError } from "./errors";
import type { Amount } from "./number";

/** A row of the table: what a contract was and what it becomes. */
export interface OfficialRow {
  readonly code: string | undefined;
  readonly unit: Amount;
  readonly strike: Amount;
  readonly newUnit: Amount;
  readonly newStrike: Amount;
  readonly newSettlement: Amount | undefined;
}

/** The contract to adjust, as it was. */
export interface TermsBefore {
  readonly code?: string;
  readonly unit: Amount;
  readonly strike: Amount;
  readonly settlement: Amount;
}

const HEADERS = {
  code: ["合约代码", "合约交易代码", "交易代码", "contract", "code"],
  unit: ["原合约单位", "调整前合约单位", "oldunit", "unit"],
  strike: ["原行权价格", "原行权价", "调整前行权价格", "调整前行权价", "oldstrike", "strike"],
  newUnit: ["新合约单位", "调整后合约单位", "newunit"],
  newStrike: ["新行权价格", "新行权价", "调整后行权价格", "调整后行权价", "newstrike"],
  newSettlement: ["新前结算价", "调整后前结算价", "调整后结算价", "newprevioussettlement"],
} as const;
type Field = keyof typeof HEADERS;

const fold = (cell: unknown): string =>
  typeof cell === "string" ? cell.normalize("NFKC").replace(/\s+/g, "").toLowerCase() : "";

const isBlank = (cell: unknown): boolean =>
  cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");

/**
 * Reads the table under its header row; blank rows are passed over.
 * @throws missing for a column that isn't there; notANumber, outOfRange for a cell, naming its row.
 */
export function officialRows(table: readonly (readonly unknown[])[]): readonly OfficialRow[] {
  const [header = [], ...rows] = table;
  const columns = Object.fromEntries(
    Object.entries(HEADERS).map(([field, names]) => [
      field,
      header.findIndex((cell) => (names as readonly string[]).includes(fold(cell))),
    ]),
  ) as Record<Field, number>;
  for (const field of ["unit", "strike", "newUnit", "newStrike"] as const) {
    if (columns[field] < 0) throw new MarginError("missing", { argument: field });
  }
  return rows.flatMap((cells, index) => {
    if (cells.every(isBlank)) return [];
    const cell = (field: Field): unknown => cells[columns[field]];
    const read = (field: Field, must: Bound): Amount => {
      try {
        return numberWithin(cell(field), field, must);
      } catch (error) {
        if (!(error instanceof MarginError)) throw error;
        const row = { number: index + 2, names: String(cell("code") ?? "") };
        throw new MarginError(error.code, { ...error.params, row });
      }
    };
    const code = cell("code");
    return {
      code: isBlank(code) ? undefined : fold(code),
      unit: read("unit", "wholeAboveZero"),
      strike: read("strike", "aboveZero"),
      newUnit: read("newUnit", "wholeAboveZero"),
      newStrike: read("newStrike", "aboveZero"),
      newSettlement: isBlank(cell("newSettlement"))
        ? undefined
        : read("newSettlement", "aboveZero"),
    };
  });
}

/** The row of a contract: by its code where both have one, else by old unit and strike. @throws contradiction */
function rowOf(rows: readonly OfficialRow[], terms: TermsBefore): OfficialRow | undefined {
  const same = ({ unit, strike }: OfficialRow): boolean =>
    unit.equals(terms.unit) && strike.equals(terms.strike);
  const code = fold(terms.code);
  const coded = rows.filter((row) => code && row.code === code);
  const found = coded.length > 0 ? coded : rows.filter((row) => (!code || !row.code) && same(row));
  const [first] = found;
  if (!first) return undefined;
  const other = found.find(
    (row) => !row.newUnit.equals(first.newUnit) || !row.newStrike.equals(first.newStrike),
  );
  const odd = other ?? (same(first) ? undefined : first);
  if (!odd) return first;
  throw new MarginError("notAllowed", {
    argument: "strike",
    value: terms.strike,
    detail: other ? "officialTwice" : "officialOther",
  });
}

/**
 * A contract's terms after an adjustment: the exchange's figures where its table has the contract, else computed.
 * `official` says which.
 */
export function adjustedTerms(
  rule: AdjustmentRule,
  terms: TermsBefore,
  next: UnroundedUnit,
  table: readonly OfficialRow[] = [],
): AdjustedTerms & { readonly official: boolean } {
  const row = rowOf(table, terms);
  const unit = row?.newUnit ?? wholeUnit(next);
  return {
    unit,
    strike: row?.newStrike ?? adjustedStrike(rule, terms.strike, terms.unit, next),
    previousSettlement:
      row?.newSettlement ?? adjustedSettlement(rule, terms.settlement, terms.unit, unit),
    official: row !== undefined,
  };
}
