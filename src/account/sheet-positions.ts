/** One row a position: its figures as cells, its margins as formulas over them. */
import { readContract, type Amount, type Pace } from "../core";
import { exchanges } from "../exchanges";
import type { Figure, Line } from "./book";
import type { SheetCell } from "./sheet";
import {
  dayOfSheet,
  DIFFERENCE,
  figure,
  formula,
  centred,
  figureHeader,
  header,
  MONEY,
  priceFormat,
  QUOTED,
  rateFormat,
  text,
  WHOLE,
  type Grid,
} from "./sheet-cells";
import type { Layout } from "./sheet-layout";
import { putMissing } from "./sheet-missing";
import { hasLocked, isLive, markupText, SHEETS_MARKUP } from "./sheet-terms";
import type { Found } from "./sheet-underlyings";

/** An error where a figure isn't known: a sum over it shows it too. */
const UNKNOWN: SheetCell = { formula: "=NA()", format: MONEY, role: "input" };

/** Lays out header and rows; the number of rows whose margin is a formula of ours. */
export function* putPositions(grid: Grid, layout: Layout, pace: Pace): Generator<void, number> {
  putHeader(grid, layout);
  const { book, first, last, spilled } = layout;
  let live = 0;
  for (const [index, line] of book.lines.entries()) {
    if (putLine(grid, layout, line, first + index)) live++;
    if (pace.due()) yield;
  }
  if (layout.unread) putUnread(grid, layout, last);
  else if (book.lines.length === 0) putNothing(grid, layout, first);
  if (spilled) putTables(grid, layout);
  return live;
}

const TEXT_COLUMNS: readonly string[] = ["A", "B", "E", "O", "P"];
const CENTRED: readonly string[] = ["B", "E", "O"];

function putHeader(grid: Grid, layout: Layout): void {
  const { texts, header: row, columns, spilled } = layout;
  const named: readonly (readonly [string, string])[] = [
    ["A", texts.contract],
    ["B", texts.side],
    ["C", texts.lots],
    ["D", texts.settlement],
    ["E", texts.underlying],
    ["F", texts.underlyingPrice],
    [columns.exchangeRate, spilled ? texts.tableExchangeRate : texts.exchangeRate],
    [columns.brokerRate, spilled ? texts.tableBrokerRate : texts.brokerRate],
    [columns.unit, texts.unit],
    [columns.strike, texts.strike],
    ["K", texts.exchangeMargin],
    ["L", texts.brokerMargin],
    ["M", texts.statement],
    ["N", texts.difference],
    ["O", texts.set],
    ["P", texts.note],
    ...(layout.locked ? [["Q", texts.locked] as const] : []),
  ];
  for (const [column, title] of named) {
    const plain = TEXT_COLUMNS.includes(column) ? header(title) : figureHeader(title);
    grid.put(column, row, CENTRED.includes(column) ? centred(plain) : plain);
  }
}

function putLine(grid: Grid, layout: Layout, line: Line, row: number): boolean {
  const { texts, columns, spilled } = layout;
  const { position, strike, unit, printed } = line;
  const underlying = layout.underlyingOf(line);
  const least = underlying ? QUOTED[underlying.kind] : 0;
  const found = underlying && layout.found(underlying);
  const at = (column: string): string => `${column}${row}`;

  grid.put("A", row, text(contractText(line, layout)));
  grid.put("B", row, centred(text(texts.sides[position.side])));
  grid.put("C", row, figure(position.quantity, WHOLE));
  grid.put("D", row, settlementCell(line, found, row, least));
  grid.put("E", row, centred(text(line.underlying ?? "")));
  const price = sameFigure(line.underlyingPrice, found?.price);
  grid.put(
    "F",
    row,
    underlying && price
      ? lookup("B", row, layout, priceFormat(found?.price, least))
      : line.kind === "future" && line.price
        ? formula(`=D${row}`, priceFormat(line.price, least))
        : figure(line.underlyingPrice, priceFormat(line.underlyingPrice, least)),
  );
  const ofExchange = [columns.exchangeRate, line.exchangeFigure, found?.exchangeRate] as const;
  const ofBroker = [columns.brokerRate, line.broker, found?.brokerRate] as const;
  const looked = {
    price: underlying !== undefined && price,
    exchangeRate: putRate(grid, layout, line, row, ...ofExchange),
    brokerRate: putRate(grid, layout, line, row, ...ofBroker),
  };
  const asks = layout.asked.get(position.contract)?.asks;
  grid.put(columns.unit, row, figure(unit, WHOLE, unit && !asks?.unit ? "statement" : "input"));
  const strikeFormat = priceFormat(strike, 0);
  if (line.kind === "option") {
    const role = strike && !asks?.strike ? "statement" : "input";
    grid.put(columns.strike, row, figure(strike, strikeFormat, role));
  }

  const live = isLive(line);
  if (!spilled) {
    grid.put("K", row, marginCell(layout, line, at, line.exchangeFigure, columns.exchangeRate));
    grid.put("L", row, marginCell(layout, line, at, line.broker, columns.brokerRate));
  }
  if (printed) {
    grid.put("M", row, figure(printed, MONEY, "statement"));
    grid.put("N", row, formula(`=M${row}-L${row}`, DIFFERENCE));
  }
  if (hasLocked(line)) grid.put("Q", row, figure(position.lockedShares, WHOLE));
  const sets = layout.setsWith(line);
  if (sets.length > 0) grid.put("O", row, centred(text(sets.map(({ id }) => id).join(" "))));
  if (!putMissing(grid, layout, line, row, looked, found)) {
    const note = noteOf(layout, line);
    if (note !== "") grid.put("P", row, text(note, "note"));
  }
  return live;
}

/** A code that our functions read: behind its exchange's name where it is not enough alone. */
function contractText({ position, exchange, kind }: Line, { book }: Layout): string {
  const { contract } = position;
  if (kind !== "option" || !exchange) return contract;
  try {
    readContract(contract, exchanges, dayOfSheet(book));
    return contract;
  } catch {
    return `${exchange.code}.${contract}`;
  }
}

/** A future listed among the underlyings has its price there. */
function settlementCell(
  line: Line,
  found: Found | undefined,
  row: number,
  least: number,
): SheetCell {
  const format = priceFormat(line.price, least);
  const there = line.kind === "future" && sameFigure(line.underlyingPrice, found?.price);
  return there && found ? formula(`=F${row}`, format) : figure(line.price, format);
}

const sameFigure = (a: Amount | undefined, b: Amount | undefined): boolean =>
  a === undefined || b === undefined ? a === b : a.equals(b);

function lookedUp(column: string, row: number, { underlyings }: Layout): string {
  const { first, last } = underlyings;
  const over = (letter: string): string => `$${letter}$${first}:$${letter}$${last}`;
  return `INDEX(${over(column)},MATCH(E${row},${over("A")},0))`;
}

/** A blank cell that is looked up is 0, unless it is said to stay blank. */
function lookup(column: string, row: number, layout: Layout, format: string): SheetCell {
  const looked = lookedUp(column, row, layout);
  return formula(`=IF(${looked}="","",${looked})`, format);
}

/** Tests that a cell holds no figure: a blank one, or one whose formula found a blank. */
const none = (cell: string): string => `${cell}="",${cell}<=0`;

/** A rate: looked up, unless this line was worked out with another than its underlying's. Whether it is. */
function putRate(
  grid: Grid,
  layout: Layout,
  line: Line,
  row: number,
  column: string,
  { rate }: Figure & { readonly rate?: Amount | undefined },
  found: Amount | undefined,
): boolean {
  if (!isLive(line)) return false;
  const underlying = layout.underlyingOf(line);
  const isExchange = column === layout.columns.exchangeRate;
  const ownRule = isExchange && found === undefined && underlying?.kind !== "future";
  if (!underlying || (rate !== undefined && !ownRule && !(found && rate.equals(found)))) {
    grid.put(column, row, figure(rate, rateFormat(rate)));
    return false;
  }
  const source = isExchange ? "C" : "D";
  const format = rateFormat(found ?? rate);
  // In a table a blank rate of an ETF or index is the rule's own: the exchange's, not the broker's.
  const guarded = layout.spilled && !isExchange && underlying.kind !== "future";
  const looked = lookedUp(source, row, layout);
  grid.put(
    column,
    row,
    guarded
      ? formula(`=IF(OR(${none(looked)}),NA(),${looked})`, format)
      : lookup(source, row, layout, format),
  );
  return true;
}

function marginCell(
  layout: Layout,
  line: Line,
  at: (column: string) => string,
  worked: Figure,
  rate: string,
): SheetCell {
  const { columns } = layout;
  if (hasLocked(line) && worked.gap?.what !== "rule") {
    const [lots, unit, locked] = [at("C"), at(columns.unit), at("Q")];
    const known = `COUNT(${lots},${unit},${locked})<3`;
    const tests = `${known},${lots}<0,${unit}<=0,${locked}<${lots}*${unit}`;
    return formula(`=IF(OR(${tests}),NA(),0)`, MONEY);
  }
  if (!isLive(line))
    return worked.gap || line.kind === "other"
      ? UNKNOWN
      : { value: 0, format: MONEY, role: "formula" };
  const isBroker = rate === columns.brokerRate;
  const markup = isBroker ? markupText(layout, line, worked) : "0";
  // A blank cell must become neither one lot, nor no lots, nor the exchange's terms.
  const needed = [at("C"), ...(markup === SHEETS_MARKUP ? [SHEETS_MARKUP] : [])];
  // Counted: to some hosts 0 equals a blank.
  const blank = `COUNT(${needed.join(",")})<${needed.length}`;
  if (line.kind === "future") {
    const product = [at("F"), at(columns.unit), at(rate)];
    const over = isBroker ? `*(1+${markup})` : "";
    const tests = [blank, `${at("C")}<0`, ...product.map(none)].join(",");
    return formula(`=IF(OR(${tests}),NA(),${at("C")}*${product.join("*")}${over})`, MONEY);
  }
  const given = [
    at("A"),
    at("D"),
    at("F"),
    at(rate),
    at("C"),
    markup,
    "$F$8",
    at(columns.strike),
    at(columns.unit),
  ];
  const open = isBroker ? `OR(${blank},${none(at(rate))})` : blank;
  const call = `${layout.name("MARGIN.SHORT")}(${given.join(",")})`;
  // No lots take nothing: a position closed to see what that does.
  return formula(`=IF(${open},NA(),IF(${at("C")}=0,0,${call}))`, MONEY);
}

/** What a reader must know of a line: why a figure is missing, and the warnings. */
function noteOf(layout: Layout, line: Line): string {
  const { broker, exchangeFigure, warnings, kind } = line;
  const gaps = [broker.gap, exchangeFigure.gap].flatMap((gap) =>
    gap ? [layout.say(gap.why)] : [],
  );
  if (kind === "other" && gaps.length === 0) gaps.push(layout.texts.notOurs);
  const said = [...new Set(gaps), ...warnings.map((warning) => layout.say(warning.text))];
  return said.join(" ");
}

/** Rows of the file that could not be read: the sums show an error until they are filled in or struck out. */
function putUnread(grid: Grid, layout: Layout, row: number): void {
  const { texts, reading, spilled } = layout;
  grid.put("A", row, text(texts.unread(reading.unread)));
  if (!spilled) {
    grid.put("K", row, UNKNOWN);
    grid.put("L", row, UNKNOWN);
  }
  grid.put("P", row, text(texts.unreadNote, "note"));
}

/** No positions at all: no margin of zero. */
function putNothing(grid: Grid, layout: Layout, row: number): void {
  grid.put("K", row, UNKNOWN);
  grid.put("L", row, UNKNOWN);
  grid.put("P", row, text(layout.texts.noPositions, "note"));
}

/** One formula a column: the whole table at once, on each standard. */
function putTables(grid: Grid, layout: Layout): void {
  const { header: row, last, columns } = layout;
  const margins = (to: string, markup: string): string =>
    `=INDEX(${layout.name("MARGIN.TABLE")}(A${row}:${to}${last},${markup},$F$8),0,1)`;
  grid.put("K", row - 1, figureHeader(layout.texts.exchangeMargin));
  grid.put("L", row - 1, figureHeader(layout.texts.brokerMargin));
  grid.put("K", row, titled(margins(columns.exchangeRate, "0")));
  // A blank markup must not become the exchange's terms.
  const markup = `IF(COUNT(${SHEETS_MARKUP})<1,NA(),${SHEETS_MARKUP})`;
  grid.put("L", row, titled(margins(columns.strike, markup)));
}

/** The first cell of a spill is its header. */
const titled = (written: string): SheetCell => ({
  formula: written,
  format: MONEY,
  role: "header",
  align: "right",
});
