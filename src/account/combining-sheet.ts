/** The sets to dissolve and to build as a sheet of their own: figures of the day, and sums over them. Pure; the pane writes it. */
import { amount, type Amount } from "../core";
import { FORMATS, masked, withoutAccounts } from "../statements";
import type { Book, Line } from "./book";
import type { Combining, SetAct } from "./combining";
import { onHeadline } from "./combining-headline";
import type { SheetCell, SheetOptions, SheetPlan } from "./sheet";
import {
  centred,
  dayOfSheet,
  DIFFERENCE,
  figure,
  figureHeader,
  formula,
  Grid,
  header,
  MONEY,
  text,
  WHOLE,
} from "./sheet-cells";
import { sheetName } from "./sheet-name";

const zh = {
  sheet: "组合",
  source: "来源",
  account: "账户",
  standard: { broker: "公司标准", exchange: "交易所标准" },
  none: "都不组合",
  now: "现有组合",
  best: "做完各步",
  freed: "释放",
  meanwhile: "期间多占用",
  printed: "按账单释放",
  note: "已计各行按规则和当日价格算出，可能与账单所列不同，不随价格变动；优惠、变化、之后和合计是公式。",
  columns: ["步", "操作", "代码", "策略", "腿 1", "腿 2", "组数"],
  figures: ["单独", "组合", "优惠", "保证金变化", "之后"],
  act: { dissolve: "拆分", build: "构建" },
  bySelf: { dissolve: "结算时不再组合", build: "结算时自动组合" },
  side: { long: "买", short: "卖", covered: "备兑" },
  shares: "现货",
  total: "合计",
};

const en: typeof zh = {
  sheet: "Combinations",
  source: "Source",
  account: "account",
  standard: { broker: "Broker's standard", exchange: "Exchange's standard" },
  none: "No combinations",
  now: "As held",
  best: "After all steps",
  freed: "Freed",
  meanwhile: "More meanwhile",
  printed: "Freed of the printed",
  note: "Rows counted, by the rules at the day's prices: they may differ from what is printed and do not move with prices. Saved, change, margin then and the total are formulas.",
  columns: ["Step", "Act", "Code", "Strategy", "Leg 1", "Leg 2", "Sets"],
  figures: ["Apart", "Together", "Saved", "Change in margin", "Margin then"],
  act: { dissolve: "dissolve", build: "build" },
  bySelf: { dissolve: "parted at clearing", build: "formed at clearing" },
  side: { long: "long", short: "short", covered: "covered" },
  shares: "shares",
  total: "Total",
};

const TEXTS = { zh, en } as const;

/** The header's row; it stays in sight with the figures above it. */
const HEADER = 10;
const FIRST = HEADER + 1;

const NONE = amount("0");

const WIDTHS = [20, 18, 9, 22, 26, 26, 8, 15, 15, 15, 16, 16];

const legText = ({ kind, position }: Line, { side, shares }: typeof zh): string =>
  `${kind === "shares" ? shares : side[position.side]} ${position.contract}`;

const plain = (value: Amount): SheetCell => figure(value, MONEY, "label");

/** Lays out a pairing: now, best and freed on top, one row an act below, and their sums. */
export function combiningSheet(
  book: Book,
  combining: Combining,
  { language, taken }: Pick<SheetOptions, "language" | "taken">,
): SheetPlan {
  const texts = TEXTS[language];
  const { acts } = combining;
  const grid = new Grid();
  const last = FIRST + acts.length - 1;
  putHead(grid, book, combining, language, last);
  acts.forEach((act, index) => putAct(grid, act, FIRST + index, index + 1, language));
  if (acts.length > 0) putTotals(grid, last, texts);
  const { cells } = grid;
  return {
    name: sheetName(dayOfSheet(book), texts, taken),
    cells,
    widths: WIDTHS,
    frozenRows: HEADER,
    colours: [],
    names: {},
    printArea: `A1:L${cells.length}`,
    firstInput: `A${FIRST}`,
    liveRows: acts.length,
  };
}

function putHead(
  grid: Grid,
  book: Book,
  combining: Combining,
  language: "zh" | "en",
  last: number,
): void {
  const { standard, none, now, meanwhile } = combining;
  const texts = TEXTS[language];
  const { file, format } = book.inputs.statement;
  const id = book.account?.id;
  const account = id === undefined ? [] : [`${texts.account} ${masked(id)}`];
  const kind = format ? [FORMATS[format][language]] : [];
  const source = [`${texts.source} ${withoutAccounts(file)}`, ...account, ...kind].join(" · ");
  grid.put("A", 1, text(`${texts.sheet} ${dayOfSheet(book)}`, "title"));
  grid.put("B", 1, figureHeader(texts.standard[standard]));
  grid.put("A", 2, text(source, "note"));
  grid.put("A", 3, text(texts.note, "note"));
  const rows: [string, SheetCell][] = [
    [texts.none, plain(none)],
    [texts.now, plain(now)],
    [texts.best, formula(last < FIRST ? "=B5" : `=B5+SUM(K${FIRST}:K${last})`, MONEY)],
    [texts.freed, formula("=B5-B6", MONEY)],
    [texts.meanwhile, plain(meanwhile)],
  ];
  const ofPrinted = freedOfPrinted(book, combining);
  if (ofPrinted) rows.push([texts.printed, plain(ofPrinted)]);
  rows.forEach(([label, cell], index) => {
    grid.put("A", 4 + index, text(label));
    grid.put("B", 4 + index, cell);
  });
  texts.columns.forEach((name, index) => grid.put(letter(index), HEADER, header(name)));
  texts.figures.forEach((name, index) =>
    grid.put(letter(texts.columns.length + index), HEADER, figureHeader(name)),
  );
  grid.put("A", HEADER, centred(header(texts.columns[0] ?? "")));
  // Sets are a figure among texts.
  grid.put("G", HEADER, figureHeader(texts.columns.at(-1) ?? ""));
}

/** Where what is printed is below the rules, relief may be in it already: then it frees less. */
function freedOfPrinted({ standings }: Book, combining: Combining): Amount | undefined {
  const { margin } = standings.broker;
  if (combining.standard === "exchange" || !margin) return undefined;
  const headline = onHeadline(margin, combining);
  if (headline === "open") return undefined;
  if ("tooLow" in headline) return NONE;
  return headline.below.isZero() ? undefined : headline.freed;
}

const letter = (index: number): string => String.fromCharCode("A".charCodeAt(0) + index);

function putAct(
  grid: Grid,
  { act, bySelf, combination, first, second, sets, apart, together }: SetAct,
  row: number,
  step: number,
  language: "zh" | "en",
): void {
  const texts = TEXTS[language];
  const built = act === "build";
  const cells: readonly SheetCell[] = [
    centred({ value: step, format: "0", role: "label" }),
    text(bySelf ? texts.bySelf[act] : texts.act[act]),
    text(combination.name),
    text(combination.title[language]),
    text(legText(first, texts)),
    text(legText(second, texts)),
    { value: sets, format: WHOLE, role: "label" },
    plain(apart),
    plain(together),
    formula(`=H${row}-I${row}`, MONEY),
    // A set that is dissolved no longer saves what it saved.
    formula(built ? `=-J${row}` : `=J${row}`, DIFFERENCE),
    formula(`=$B$5+SUM(K$${FIRST}:K${row})`, MONEY),
  ];
  cells.forEach((cell, index) => grid.put(letter(index), row, cell));
}

function putTotals(grid: Grid, last: number, { total }: typeof zh): void {
  const row = last + 1;
  const over = (column: string): string => `${column}${FIRST}:${column}${last}`;
  grid.put("A", row, text(total, "title"));
  grid.put("K", row, formula(`=SUM(${over("K")})`, DIFFERENCE));
}
