/**
 * Any table with contracts and lots: a client's grid saved as CSV, a selection in the sheet, pasted cells.
 *
 * Columns are guessed (columns.ts) unless a mapping is given by hand or remembered. Quantities below zero are shorts;
 * two columns, one a side, are read as two holdings; without any sign of the side every row is taken as short,
 * the dearer way to be wrong, and said so.
 */
import { readRight, readSide, type Amount, type Side } from "../core";
import { guessColumns, isEnough, TABLE_COLUMNS, type GuessedTable, type Mapping } from "./columns";
import { chargedTo } from "./both-sides";
import { summed, type ControlName } from "./control";
import { marginOf, sum, type Draft } from "./draft";
import { checkMarketValue } from "./market-value";
import { Row, type Columns } from "./row";
import { saysYes } from "./securities-words";
import { isBlank, isTotal, isWider } from "./sheet-table";
import type { Sheet, Source } from "./source";
import type { Position } from "./statement";

type TableRow = Row<keyof typeof TABLE_COLUMNS>;

/** The table of a file: the sheet whose columns are surest, with a remembered mapping where there is one. */
export function tableOf(
  { sheets }: Source,
  given: Mapping | undefined,
  remembered: Readonly<Record<string, Mapping>>,
): { sheet: Sheet; guessed: GuessedTable } | undefined {
  let best: { sheet: Sheet; guessed: GuessedTable; sure: number } | undefined;
  for (const sheet of sheets) {
    const guess = guessColumns(sheet);
    const mapping = given ?? remembered[guess.fingerprint] ?? guess.mapping;
    const sure =
      guess.guesses.reduce((total, { confidence }) => total + confidence, 0) +
      (isEnough(mapping) ? 100 : 0);
    if (!best || sure > best.sure) best = { sheet, guessed: { ...guess, mapping }, sure };
  }
  return best;
}

/** What a table's minus signs stand for. */
interface Signs {
  /** The side of a row that names none and has no minus. */
  readonly unsaid: Side;
  /** Every row that names itself short is below zero: the minus says the side once more. */
  readonly minusIsShort: boolean;
}

function sidesOf(
  draft: Draft,
  row: TableRow,
  signs: Signs,
): { side: Side; quantity: Amount }[] | undefined {
  const long = row.has("longLots") ? row.lots("longLots") : undefined;
  const short = row.has("shortLots") ? row.lots("shortLots") : undefined;
  if (!row.has("quantity")) {
    if (row.unread) return undefined;
    const both = [
      { side: "long" as const, quantity: long },
      { side: "short" as const, quantity: short },
    ];
    if (!long && !short) draft.note("missing", row.at("shortLots"), {});
    return long || short
      ? both.flatMap(({ side, quantity }) => (quantity?.greaterThan(0) ? [{ side, quantity }] : []))
      : undefined;
  }
  const quantity = row.needed("quantity");
  if (!quantity) return undefined;
  if (!quantity.isInteger()) {
    draft.note("outOfRange", row.at("quantity"), { raw: row.text("quantity") });
    return undefined;
  }
  if (quantity.isZero()) return [];
  const side = sideOf(row, quantity, signs.unsaid);
  if (quantity.isNegative() && (side === "long" || (side === "short" && !signs.minusIsShort))) {
    const facts = { raw: row.text("quantity"), expected: row.text("side") };
    draft.note("signAgainstSide", row.at("quantity"), facts);
    return undefined;
  }
  return side && [{ side, quantity: quantity.abs() }];
}

function sideOf(row: TableRow, quantity: Amount, unsaid: Side): Side | undefined {
  const named = row.has("side") ? row.side("side") : undefined;
  if (row.has("side") && !named) return undefined;
  if (saysYes(row.text("covered"))) return "covered";
  return named ?? (quantity.lessThan(0) ? "short" : unsaid);
}

function positionsOf(draft: Draft, row: TableRow, signs: Signs): Position[] | undefined {
  const code = row.optional("contract") ?? row.optional("name");
  if (!code) row.neededText("contract");
  const sides = sidesOf(draft, row, signs);
  if (row.unread || !code || !sides) return undefined;
  const exchange = row.optional("exchange");
  const named = draft.contract(code, row.place, exchange);
  const [settlement, previousSettlement, lastPrice] = [
    row.price("settlement"),
    row.price("previousSettlement"),
    row.price("lastPrice"),
  ];
  const prices = { settlement, previousSettlement, lastPrice };
  draft.quote({ contract: named.contract, day: draft.day, ...prices }, row.place);
  const right = row.has("right") ? readRight(row.text("right")) : undefined;
  const strike = row.amount("strike");
  draft.agreeWithCode(named.subject, { strike, right }, (column) => row.at(column));
  const margin = row.has("margin") ? row.expected("margin") : undefined;
  const charged = margin && chargedTo(named.subject, sides.length === 2, margin);
  return sides.map(({ side, quantity }) =>
    checkMarketValue(draft, {
      place: row.place,
      account: row.optional("account"),
      ...named,
      number: row.optional("number"),
      name: row.optional("name"),
      exchange,
      side,
      quantity,
      right,
      strike,
      multiplier: row.amount("multiplier"),
      openPrice: row.amount("openPrice"),
      openDay: row.day("openDay"),
      settlement,
      previousSettlement,
      lastPrice,
      underlyingPrice: row.price("underlyingPrice"),
      ...charged?.[side === "long" ? "long" : "short"],
      marketValue: row.amount("marketValue")?.abs(),
      lockedShares: row.amount("lockedShares"),
      hedge: row.optional("hedge"),
      currency: row.optional("currency"),
    }),
  );
}

export function* readTable(draft: Draft, sheet: Sheet, mapping: Mapping): Generator<void> {
  const columns: Columns<keyof typeof TABLE_COLUMNS> = new Map(
    Object.entries(mapping.columns) as [keyof typeof TABLE_COLUMNS, number][],
  );
  const header = mapping.headerRow - 1;
  const names = sheet.rows[header];
  const seen = new Map<string, number>();
  const rows = sheet.rows.slice(header + 1);
  const cellOf = (cells: readonly string[], key: "quantity" | "side"): string =>
    cells[columns.get(key) ?? -1] ?? "";
  const isBelow = (cells: readonly string[]): boolean =>
    /^\s*[-−－]/.test(cellOf(cells, "quantity"));
  const signed = rows.some(isBelow);
  const signs: Signs = {
    // Where some quantities are below zero, the others are held long.
    unsaid: signed ? "long" : "short",
    minusIsShort: rows.every(
      (cells) =>
        readSide(cellOf(cells, "side")) !== "short" ||
        isBelow(cells) ||
        isTotal(cells) ||
        // Closed rows hold nothing, with or without a minus.
        /^[\s0.,]*$/.test(cellOf(cells, "quantity")),
    ),
  };
  const sideless =
    columns.has("quantity") && !columns.has("side") && !columns.has("covered") && !signed;
  if (sideless) draft.note("noSide", { sheet: sheet.name, row: mapping.headerRow }, {});
  for (let index = header + 1; index < sheet.rows.length; index += 1) {
    const cells = sheet.rows[index] ?? [];
    if (isBlank(cells)) continue;
    const place = { sheet: sheet.name, row: index + 1 };
    const row: TableRow = new Row(draft, TABLE_COLUMNS, columns, cells, place, names);
    if (isTotal(cells)) {
      checkTotal(draft, row);
      continue;
    }
    draft.found += 1;
    if (header >= 0 && isWider(draft, sheet, header, index)) continue;
    const positions = positionsOf(draft, row, signs);
    if (positions) {
      draft.read += 1;
      const line = cells.join("\t");
      const first = seen.get(line);
      if (first !== undefined) draft.note("duplicateRow", place, { first });
      else seen.set(line, index + 1);
      draft.positions.push(...positions);
    }
    yield;
  }
}

/** A total row is a gift: what it prints must be the sum of what was read, of lots and of margin. */
function checkTotal(draft: Draft, row: TableRow): void {
  const lots = sum(draft.positions.map(({ quantity }) => quantity));
  const margin = marginOf(draft.positions);
  const check = (column: "quantity" | "margin", added: Amount, kept: ControlName): void =>
    draft.control(row.at(column).column ?? "", added, row.amount(column), row.place, kept);
  check("quantity", lots, summed("table", "lots"));
  check("margin", margin, summed("table", "margin"));
}
