/** Reading the tables of futures companies' text statements row by row, and their 共 N条 rows. */
import { amount, type Amount } from "../core";
import { summed, type Summed, type SummedTable } from "./control";
import { marginOf, sum, type Draft } from "./draft";
import type { Part, PipeTable } from "./pipes";
import type { PlainHoldings, Sums } from "./plain-holdings";
import { cellsAt } from "./plain-text";
import { locate, Row, type Columns, type Names } from "./row";
import type { Position } from "./statement";

/** A table's rows by column; a row of another width was cut or damaged. */
export function* rowsOf<K extends string>(
  draft: Draft,
  table: PipeTable,
  names: Names<K>,
  columns: Columns<NoInfer<K>>,
): Generator<Row<K>> {
  for (const { row, cells } of table.rows) {
    if (cells.length === table.header.length) {
      const place = { row, sheet: undefined };
      yield new Row(draft, names, columns, cells, place, table.header);
    } else {
      draft.note("rowShape", { row }, { cells: cells.length, expected: table.header.length });
    }
  }
}

/** The rows of a table in their order: plain ones by their place, the others and those that only look plain by column. */
export function* mixedRows<K extends string>(
  draft: Draft,
  table: PipeTable,
  names: Names<K>,
  columns: Columns<NoInfer<K>>,
  plain: PlainHoldings,
): Generator<Row<K> | number> {
  const { rows, contract, length } = plain;
  let next = 0;
  const before = function* (line: number): Generator<Row<K> | number> {
    for (; next < length && (rows.lines[next] as number) < line; next += 1) {
      if ((contract[next] as number) >= 0) yield next;
      else {
        const row = { row: rows.lines[next] as number, cells: cellsAt(rows, next) };
        yield* rowsOf(draft, { ...table, rows: [row] }, names, columns);
      }
    }
  };
  for (const row of table.rows) {
    yield* before(row.row);
    yield* rowsOf(draft, { ...table, rows: [row] }, names, columns);
  }
  yield* before(Infinity);
}

export function columnsOf<K extends string>(
  draft: Draft,
  table: PipeTable,
  names: Names<K>,
  needed: readonly NoInfer<K>[],
): Columns<K> | undefined {
  const columns = locate(names, table.header, table.english);
  const missing = needed.find((key) => !columns.has(key));
  if (missing === undefined) return columns;
  draft.note("missingColumn", { row: table.row, column: names[missing][0] }, {});
  return undefined;
}

/** A statement that stops at a table's title or in a table whose total isn't checked was cut as well. */
export function noteCut(
  draft: Draft,
  { tables, cut }: Part,
  totalOf: (table: PipeTable) => "checked" | "known" | "unknown",
): void {
  const table = tables.find(({ last }) => last);
  const total = table && totalOf(table);
  if (total === "checked") return;
  const row =
    total === "known" && !table?.closed ? (table?.rows.at(-1)?.row ?? table?.row) : undefined;
  if (row !== undefined || cut !== undefined) draft.noteCut({ row: row ?? cut });
}

/** The rows between a table's header and its total. */
export const countOf = ({ rows, plain }: PipeTable): number => rows.length + (plain?.length ?? 0);

/** The printed values of options on a side; undefined where one has none. */
function valueOf(positions: readonly Position[], isLong: boolean): Amount | undefined {
  const values: Amount[] = [];
  for (const { side, subject, marketValue } of positions) {
    if ((side === "long") !== isLong) continue;
    if (marketValue) values.push(marketValue);
    else if (subject?.kind !== "future") return undefined;
  }
  return sum(values);
}

/** Lots by side, the margins and values of positions. */
export function sumsOf(positions: readonly Position[]): Sums {
  const lots = (isLong: boolean): Amount =>
    sum(
      positions.map(({ side, quantity }) => ((side === "long") === isLong ? quantity : undefined)),
    );
  return {
    long: lots(true),
    short: lots(false),
    margin: marginOf(positions),
    valueLong: valueOf(positions, true),
    valueShort: valueOf(positions, false),
  };
}

/** The 共 N条 row under positions: lots by side, margin and the options' values. */
export function checkTotal<K extends string>(
  draft: Draft,
  table: PipeTable,
  names: Names<K>,
  columns: Columns<NoInfer<K>>,
  sums: Sums,
  kind: SummedTable,
): void {
  const { long, short, margin } = sums;
  const { total, plain } = table;
  if (!total) {
    const last = plain?.length ? (plain.lines[plain.length - 1] as number) : 0;
    const at = Math.max(table.rows.at(-1)?.row ?? 0, last) || table.row;
    if (table.last) draft.noteCut({ row: at });
    else draft.note("noTotalRow", { row: table.row }, {});
    return;
  }
  if (total.cells.length !== table.header.length) {
    const facts = { cells: total.cells.length, expected: table.header.length };
    draft.note("rowShape", { row: total.row }, facts);
    return;
  }
  const row = new Row<string>(draft, names, columns, total.cells, { row: total.row }, table.header);
  const count = /\d+/.exec(total.cells[0] ?? "")?.[0] ?? "";
  const place = { row: total.row };
  draft.control("共N条", amount(countOf(table)), amount(count), place, summed(kind, "rows"));
  for (const [key, added] of [
    ["longLots", long],
    ["shortLots", short],
    ["lots", long.plus(short)],
    ["margin", margin],
  ] as const) {
    if (!row.has(key)) continue;
    draft.control(row.at(key).column ?? "", added, row.amount(key), place, summed(kind, key));
  }
  for (const [key, added] of valuesOf(sums)) {
    const printed = row.has(key) ? row.amount(key)?.abs() : undefined;
    // Not all print a value beneath the others; what is printed must be theirs.
    if (!printed || !added) continue;
    draft.control(row.at(key).column ?? "", added(printed), printed, place, summed(kind, key));
  }
}

type Added = ((printed: Amount) => Amount) | undefined;

/** What the values come to beneath each column; in a column of both sides, together or one less the other. */
function valuesOf({ valueLong: long, valueShort: short }: Sums) {
  const [all, net] = [short && long?.plus(short), short && long?.minus(short).abs()];
  const both: Added = all && net && ((printed) => (net.equals(printed) ? net : all));
  return [
    ["marketValueLong", long && (() => long)],
    ["marketValueShort", short && (() => short)],
    ["marketValue", both],
  ] as const satisfies readonly (readonly [Summed, Added])[];
}

/** The latest statement of each account; a file of several days holds its earlier ones too. */
export function latest(draft: Draft, parts: readonly Part[]): Part[] {
  const byAccount = new Map<string, Part[]>();
  for (const part of parts) {
    const id = part.id ?? "";
    byAccount.set(id, [...(byAccount.get(id) ?? []), part]);
  }
  return [...byAccount.values()].map((days) => {
    const last = days.reduce((a, b) => ((b.day ?? "") > (a.day ?? "") ? b : a));
    if (days.length > 1) {
      draft.note("severalDays", {}, { count: days.length, day: last.day ?? "?" });
    }
    return last;
  });
}
