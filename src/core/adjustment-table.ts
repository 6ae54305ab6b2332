/** The exchange's own table of an adjustment, pasted: where it has a contract, it stands above our computation. */
import { adjustedCode, adjustedSettlement, adjustedStrike, wholeUnit } from "./adjustment";
import type { AdjustedTerms, AdjustmentRule, UnroundedUnit } from "./adjustment";
import { numberWithin } from "./argument";
import { MarginError, type Bound, type ErrorParams } from "./errors";
import { exact, type Amount } from "./number";
import { attempt } from "./row";

/** A row of the table: what a contract was and what it becomes. */
export interface OfficialRow {
  readonly code: string | undefined;
  readonly unit: Amount;
  readonly strike: Amount;
  /** The names it goes by afterwards, where the table has them. */
  readonly newCode: string | undefined;
  readonly newName: string | undefined;
  readonly newUnit: Amount;
  readonly newStrike: Amount;
  readonly newSettlement: Amount | undefined;
  /** Where it stands, the table's first row counted as 1. */
  readonly row: NonNullable<ErrorParams["row"]>;
}

/** The contract to adjust, as it was. */
export interface TermsBefore {
  readonly code?: string;
  readonly unit: Amount;
  readonly strike: Amount;
  readonly settlement: Amount;
}

/** Names of columns behind what says whether they hold old or new terms: "原合约单位", "new unit". */
const NAMES = {
  code: ["合约代码", "合约交易代码", "交易代码", "contract", "code"],
  name: ["合约简称", "简称", "shortname", "name"],
  unit: ["合约单位", "单位", "unit"],
  strike: ["行权价格", "行权价", "strike"],
} as const;
const OLD = ["原", "调整前", "原来", "old", ""];
const NEW = ["新", "调整后", "new"];

const headers = (before: readonly string[], names: readonly string[]): string[] =>
  before.flatMap((each) => names.map((name) => each + name));

const HEADERS = {
  code: headers(OLD, NAMES.code),
  unit: headers(OLD, NAMES.unit),
  strike: headers(OLD, NAMES.strike),
  newCode: headers(NEW, NAMES.code),
  newName: headers(NEW, NAMES.name),
  newUnit: headers(NEW, NAMES.unit),
  newStrike: headers(NEW, NAMES.strike),
  newSettlement: headers(NEW, ["前结算价", "结算价", "previoussettlement"]),
} as const;
type Field = keyof typeof HEADERS;

/** What must be there for a row to say anything. */
const NEEDED = ["unit", "strike", "newUnit", "newStrike"] as const;

const fold = (cell: unknown): string =>
  typeof cell === "string"
    ? cell
        .normalize("NFKC")
        .replace(/\s+|\(.*?\)/g, "")
        .toLowerCase()
    : "";

const isBlank = (cell: unknown): boolean =>
  cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");

type Line = readonly unknown[];

const columnsOf = (names: readonly string[]): Record<Field, number> =>
  Object.fromEntries(
    Object.entries(HEADERS).map(([field, known]) => [
      field,
      names.findIndex((name) => known.includes(name)),
    ]),
  ) as Record<Field, number>;

const complete = (columns: Record<Field, number>): boolean =>
  NEEDED.every((field) => columns[field] >= 0);

/** A header over two rows: "调整前" stands once above its columns. */
function twoRows(above: Line, below: Line): string[] {
  let group = "";
  return below.map((name, index) => {
    group = fold(above[index]) || group;
    return group + fold(name);
  });
}

/** The columns, how many there are, and the row the contracts begin at: titles may stand above the header. */
function headed(table: readonly Line[]) {
  for (const [index, line] of table.entries()) {
    const [one, two] = [
      columnsOf(line.map(fold)),
      columnsOf(twoRows(line, table[index + 1] ?? [])),
    ];
    if (complete(one)) return { columns: one, width: line.length, from: index + 1 };
    const width = Math.max(line.length, table[index + 1]?.length ?? 0);
    if (complete(two)) return { columns: two, width, from: index + 2 };
  }
  const columns = columnsOf((table[0] ?? []).map(fold));
  throw new MarginError("missing", {
    argument: NEEDED.find((field) => columns[field] < 0) ?? "unit",
  });
}

/**
 * Reads the table under its header, which may stand on two rows; blank rows are passed over.
 * @throws missing for a column that isn't there; notANumber, outOfRange for a cell, notAllowed for a row with
 * more cells than the header, naming the row.
 */
export function officialRows(table: readonly Line[]): readonly OfficialRow[] {
  const { columns, width, from } = headed(table);
  return table.slice(from).flatMap((cells, index) => {
    if (cells.every(isBlank)) return [];
    const text = (field: Field): string | undefined => {
      const cell = cells[columns[field]];
      return isBlank(cell) ? undefined : fold(String(cell));
    };
    const names = [columns.code, columns.newCode].map((at) => cells[at]).find((c) => !isBlank(c));
    const row = { number: from + index + 1, names: String(names ?? "").trim() };
    if (!cells.slice(width).every(isBlank)) {
      const value = cells[columns.unit];
      throw new MarginError("notAllowed", { argument: "unit", value, detail: "officialWide", row });
    }
    const read = (field: Field, must: Bound): Amount => {
      try {
        return numberWithin(cells[columns[field]], field, must);
      } catch (error) {
        if (!(error instanceof MarginError)) throw error;
        throw error.of({ row });
      }
    };
    return {
      ...{ code: text("code"), newCode: text("newCode"), newName: text("newName"), row },
      unit: read("unit", "wholeAboveZero"),
      strike: read("strike", "aboveZero"),
      newUnit: read("newUnit", "wholeAboveZero"),
      newStrike: read("newStrike", "aboveZero"),
      newSettlement:
        text("newSettlement") === undefined ? undefined : read("newSettlement", "aboveZero"),
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
    ...{ argument: "strike", value: terms.strike, row: odd.row },
    detail: other ? "officialTwice" : "officialOther",
  });
}

/** What the table makes of a contract. */
export interface OfficialTerms {
  readonly unit: Amount;
  readonly strike: Amount;
  /** The strike that the rule gives from the row's old terms and new unit, where it is another one. */
  readonly computed: Amount | undefined;
}

/** The code a row's contract has afterwards, folded: the one printed, else the old one with its next mark. */
function codeAfter(
  rule: AdjustmentRule,
  standardUnit: Amount | undefined,
  { code, newCode, unit }: OfficialRow,
): string | undefined {
  if (newCode !== undefined || code === undefined) return newCode;
  const next = attempt(() => fold(adjustedCode(rule, code)));
  const mark = rule.markAt === "end" ? next?.at(-1) : next?.[rule.markAt];
  // What had the standard unit until now was never adjusted: a code with a mark is the new one.
  return mark !== "a" && standardUnit?.equals(unit) ? code : next;
}

/** The strike by the rule; where it divides by a unit that was rounded since, any that comes to the new unit will do. */
function byRule(rule: AdjustmentRule, { strike, unit, newUnit, newStrike }: OfficialRow) {
  const over = (next: Amount): Amount | undefined =>
    attempt(() => adjustedStrike(rule, strike, unit, { over: next, under: exact.of("1") }));
  const computed = over(newUnit);
  if (rule.strikeOver === "newUnit") return computed?.equals(newStrike) ? undefined : computed;
  const [high, low] = [over(newUnit.minus("0.5")), over(newUnit.plus("0.5"))];
  const fits =
    !high || !low || (newStrike.lessThanOrEqualTo(high) && newStrike.greaterThanOrEqualTo(low));
  return fits ? undefined : computed;
}

/**
 * The terms of a contract that has been adjusted, from the exchange's table: by its code or short name
 * afterwards. `standardUnit` is the product's. Undefined where the table has nothing of it.
 * @throws notAllowed where two rows give it different ones
 */
export function officialTermsOf(
  rows: readonly OfficialRow[],
  rule: AdjustmentRule,
  contract: string,
  standardUnit: Amount | undefined,
): OfficialTerms | undefined {
  const name = fold(contract);
  const found = rows.filter(
    (row) => row.newName === name || codeAfter(rule, standardUnit, row) === name,
  );
  const [first] = found;
  if (!first) return undefined;
  const { newUnit: unit, newStrike: strike } = first;
  const other = found.find((row) => !row.newUnit.equals(unit) || !row.newStrike.equals(strike));
  if (!other) return { unit, strike, computed: byRule(rule, first) };
  throw new MarginError("notAllowed", {
    ...{ argument: "newStrike", value: other.newStrike, detail: "officialTwice", row: other.row },
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
