/** Other prices as a sheet: the positions, and a grid of ratios that are functions of ours over them; else its values. */
import { drained, Pace, type Amount } from "../core";
import { recomputedOf } from "./recomputed";
import { atMarketValue } from "./plan";
import type { Book, Line } from "./book";
import { optionOf, ruleRate, takesMargin } from "./figure";
import { dayOf, marketStrip, type Assumed, type Market } from "./market";
import type { MarketGrid } from "./market-grid";
import { likelyDayOf } from "./market-positions";
import { MARKET_SHEET_TEXTS, type MarketSheetTexts } from "./market-sheet-texts";
import type { SheetCell, SheetOptions, SheetPlan } from "./sheet";
import { sheetName } from "./sheet-name";
import {
  DATE,
  dateNumber,
  figure,
  figureHeader,
  formula,
  Grid,
  header,
  MONEY,
  priceFormat,
  QUOTED,
  RATIO,
  rateFormat,
  text,
  WHOLE,
} from "./sheet-cells";
import { SHEET_TEXTS } from "./sheet-texts";
import type { HeldSet } from "./sets";

type Asked = Pick<SheetOptions, "language" | "taken" | "namespace">;

/** What the sheet shows: the grid that stands in the pane, and what is assumed there. */
export interface MarketShownThere {
  readonly grid: MarketGrid;
  readonly assumed: Assumed;
}

/** Lots of a line, of one set or of none. */
interface Row {
  readonly line: Line;
  readonly lots: Amount;
  readonly set: string;
}

const MOVE = "+0.##%;-0.##%;0%";

/** Where things stand: inputs, the grid under them, the positions under that. */
const EQUITY = 4;
const OFFSET = 5;
const MARKUP = 6;
const ON = 7;
const GRID_HEAD = 15;

const LETTERS = "ABCDEFGHIJK";

/** Lots in sets stand in rows of their own, so that each has one set. */
function rowsOf({ lines, sets }: Book): readonly Row[] {
  const left = new Map(lines.map((line) => [line, line.position.quantity]));
  const together = sets.flatMap((set: HeldSet, index): Row[] =>
    set.legs.map((line) => {
      left.set(line, (left.get(line) ?? line.position.quantity).minus(set.sets));
      return { line, lots: set.sets, set: set.id || String(index + 1) };
    }),
  );
  const alone = lines.flatMap((line): Row[] => {
    const lots = left.get(line) as Amount;
    return lots.greaterThan(0) ? [{ line, lots, set: "" }] : [];
  });
  return [...alone, ...together];
}

/** The markup that all rows which take margin are charged with; undefined where they differ. */
function markupOf({ lines }: Book): Amount | undefined {
  let found: Amount | undefined;
  for (const line of lines) {
    if (!takesMargin(line) || line.broker.gap) continue;
    const { markup } = line.broker;
    if (found && !found.equals(markup)) return undefined;
    found = markup;
  }
  return found;
}

/** Whether one formula over the positions gives what the pane shows: all prices move, on the day itself. */
const isLive = ({ book }: Market, { days, of }: Assumed): boolean =>
  days === 0 &&
  of === undefined &&
  markupOf(book) !== undefined &&
  book.lines.every(({ kind, position }) => kind !== "shares" && !position.lockedShares) &&
  book.sets.every(({ legs }) => legs.every(({ kind }) => kind !== "shares"));

export const marketSheet = (market: Market, shown: MarketShownThere, asked: Asked): SheetPlan =>
  drained(marketSheetInSteps(market, shown, asked));

/** The same for a long book, pausing between stretches. */
export function* marketSheetInSteps(
  market: Market,
  shown: MarketShownThere,
  { language, taken, namespace }: Asked,
): Generator<void, SheetPlan> {
  const { book } = market;
  const { grid: map, assumed } = shown;
  const texts = MARKET_SHEET_TEXTS[language];
  const grid = new Grid();
  const rows = rowsOf(book);
  const first = GRID_HEAD + map.moves.length + 4;
  const live = isLive(market, { ...assumed, days: map.assumed.days, of: map.assumed.of });
  const named = (id: string): string => (namespace === "" ? id : `${namespace}.${id}`);
  putHead(grid, market, texts);
  putStrip(grid, market, assumed, texts);
  const cell = live
    ? liveCell(market, named, `$A$${first - 1}:$K$${first + rows.length - 1}`)
    : undefined;
  putGrid(grid, map, texts, cell);
  const pace = new Pace();
  putTitles(grid, first - 1, texts);
  for (const [index, row] of rows.entries()) {
    if (pace.due()) yield;
    putRow(grid, book, row, first + index, texts);
  }
  const { cells } = grid;
  return {
    name: sheetName(dayOf(market), { ...SHEET_TEXTS[language], sheet: texts.sheet }, taken),
    cells,
    widths: [22, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12],
    frozenRows: 3,
    colours: [],
    names: {},
    printArea: `A1:K${cells.length}`,
    firstInput: live ? `A${GRID_HEAD + 1}` : "A1",
    liveRows: live ? map.moves.length : 0,
  };
}

function putHead(grid: Grid, market: Market, texts: MarketSheetTexts): void {
  const { book, start, offset } = market;
  const on = dayOf(market);
  grid.put("A", 1, text(`${texts.sheet} ${on}`, "title"));
  grid.put("A", 2, text(texts.note, "note"));
  grid.put("A", EQUITY, text(texts.equity));
  grid.put("B", EQUITY, figure(start.money, MONEY));
  grid.put("A", OFFSET, text(texts.offset));
  grid.put("B", OFFSET, figure(offset, MONEY, recomputedOf(book) ? "statement" : "label"));
  grid.put("A", MARKUP, text(texts.markup));
  const markup = markupOf(book);
  grid.put("B", MARKUP, markup ? figure(markup, rateFormat(markup)) : text(texts.various, "note"));
  grid.put("A", ON, text(texts.on));
  grid.put("B", ON, { value: dateNumber(on), format: DATE, role: "input" });
}

const move = (value: Amount, role: SheetCell["role"] = "statement"): SheetCell =>
  figure(value, MOVE, role);

/** What was assumed when it was written, as values. */
function putStrip(grid: Grid, market: Market, assumed: Assumed, texts: MarketSheetTexts): void {
  const { now, then } = marketStrip(market, assumed).strip;
  const at = 9;
  grid.put("A", at, header(texts.assumed));
  [texts.now, texts.then, texts.change].forEach((title, index) =>
    grid.put(LETTERS[index + 1] as string, at, figureHeader(title)),
  );
  const lines = [
    [texts.ratio, now.ratio, then?.ratio, RATIO],
    [texts.margin, now.margin, then?.margin, MONEY],
    [texts.equity, now.equity, then?.equity, MONEY],
  ] as const;
  lines.forEach(([name, before, after, format], index) => {
    const row = at + 1 + index;
    grid.put("A", row, text(name));
    grid.put("B", row, figure(before, format, "statement"));
    grid.put("C", row, figure(after, format, "statement"));
    if (before && after) grid.put("D", row, formula(`=C${row}-B${row}`, format));
  });
  const { of, days } = assumed;
  const words = [of === undefined ? texts.all : texts.alone(of), texts.days(days)].join(
    texts.comma,
  );
  grid.put("F", at, header(texts.shock));
  grid.put("G", at, text(words, "note"));
  grid.put("F", at + 1, text(texts.price));
  grid.put("G", at + 1, move(assumed.move));
  grid.put("F", at + 2, text(texts.volatility));
  grid.put("G", at + 2, move(assumed.volatility));
}

/** A cell's ratio by our functions over the positions; with what is printed above the rules, where there is such. */
function liveCell({ book, offset }: Market, named: (id: string) => string, positions: string) {
  const basis = atMarketValue(book) ? ',"market"' : "";
  return (row: number, column: string): SheetCell => {
    const shock = `$A${row},${column}$${GRID_HEAD}`;
    const ratio = `INDEX(${named("RISKSTRESS")}(${positions},$B$${EQUITY},${shock},$B$${MARKUP},$B$${ON}${basis}),2,2)`;
    if (offset.isZero()) return formula(`=${ratio}`, RATIO);
    const margin = `INDEX(${named("MARGIN.STRESS")}(${positions},${shock},$B$${MARKUP},$B$${ON}),2,2)`;
    return formula(`=${ratio}*(1+$B$${OFFSET}/${margin})`, RATIO);
  };
}

function putGrid(
  grid: Grid,
  { moves, volatilities, rows }: MarketGrid,
  texts: MarketSheetTexts,
  live: ((row: number, column: string) => SheetCell) | undefined,
): void {
  grid.put("A", GRID_HEAD - 1, header(texts.grid));
  grid.put("B", GRID_HEAD - 1, text(live ? texts.liveGrid : texts.valueGrid, "note"));
  grid.put("A", GRID_HEAD, header(texts.corner));
  const role = live ? "input" : "statement";
  volatilities.forEach((one, column) =>
    grid.put(LETTERS[column + 1] as string, GRID_HEAD, move(one, role)),
  );
  moves.forEach((one, index) => {
    const row = GRID_HEAD + 1 + index;
    grid.put("A", row, move(one, role));
    rows[index]?.forEach(({ ratio }, column) => {
      const letter = LETTERS[column + 1] as string;
      const value = ratio ? figure(ratio, RATIO, "statement") : text(texts.noEquity, "note");
      grid.put(letter, row, live ? live(row, letter) : value);
    });
  });
}

function putTitles(grid: Grid, row: number, texts: MarketSheetTexts): void {
  texts.columns.forEach((title, index) =>
    grid.put(
      LETTERS[index] as string,
      row,
      [0, 1, 9, 10].includes(index) ? header(title) : figureHeader(title),
    ),
  );
}

/** A position as a table of positions has it. */
function putRow(
  grid: Grid,
  { day, inputs }: Book,
  { line, lots, set }: Row,
  row: number,
  texts: MarketSheetTexts,
): void {
  const { position, price, underlyingPrice, strike, unit, kind, exchange } = line;
  const contract = optionOf(position);
  const places = QUOTED[contract?.rules.underlying ?? "future"];
  const rate = line.broker.gap ? undefined : line.broker.rate;
  const own = contract && rate && ruleRate(contract, day ?? inputs.today)?.equals(rate);
  const expiry = likelyDayOf(line);
  const cells: readonly (SheetCell | undefined)[] = [
    text(position.contract, "statement"),
    text(texts.sides[position.side], "statement"),
    figure(lots, WHOLE),
    price && figure(price, priceFormat(price, places)),
    underlyingPrice && figure(underlyingPrice, priceFormat(underlyingPrice, places)),
    rate && !own ? figure(rate, rateFormat(rate)) : undefined,
    kind === "option" ? strike && figure(strike, priceFormat(strike, 0), "statement") : undefined,
    unit && figure(unit, WHOLE, "statement"),
    expiry === undefined ? undefined : { value: dateNumber(expiry), format: DATE, role: "input" },
    exchange && text(exchange.code, "statement"),
    set === "" ? undefined : text(set, "statement"),
  ];
  cells.forEach((cell, index) => grid.put(LETTERS[index] as string, row, cell));
}
