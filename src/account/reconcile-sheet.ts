/**
 * A reconciliation as a sheet of its own, to send to the broker: the rule found, counts and the bridge on top, then
 * every row with our formula beside the broker's figure. Pure; the pane writes it.
 */
import { amount, type Amount, type Bilingual } from "../core";
import { FORMATS, masked, placeSaid, withoutAccounts } from "../statements";
import type { Reconciliation, ReconciledRow, Verdict } from "./reconcile";
import {
  columnFormats,
  currencyOf,
  priceUnit,
  type ColumnFormats,
} from "./reconcile-sheet-columns";
import type { SheetCell, SheetOptions, SheetPlan } from "./sheet";
import { linesOf } from "./sheet-lines";
import { sheetName } from "./sheet-name";
import {
  centred,
  DATE,
  dateNumber,
  DIFFERENCE,
  figure,
  figureHeader,
  formula,
  Grid,
  header,
  indented,
  MONEY,
  RATIO,
  text,
  WHOLE,
  wrapping,
} from "./sheet-cells";
import { optionOf, takesMargin } from "./figure";
import { isUnknown } from "./reconcile-bridge";

const zh = {
  sheet: "对账",
  source: "来源",
  account: "账户",
  on: "规则日期",
  ratios: {
    printed: "风险度，账单所印",
    ofPrinted: "风险度，账单保证金 ÷ 权益",
    byRules: "风险度，按规则重算",
  },
  bridge: "从重算到账单",
  from: "按公司规则逐行重算",
  to: { account: "账单保证金", rows: "账单逐行之和" },
  left: "相加后剩余",
  identities: "账户恒等式",
  holds: ["不成立", "成立"],
  names: ["合约", "方向", "手数", "价格", "标的价", "保证金率", "上浮", "单位/手", "行权价"],
  units: { points: "点", both: "或点" },
  figures: ["账单", "我们", "差额"],
  reason: "原因",
  note: "说明",
  printed: "账单",
  expected: "应为",
  side: { long: "买", short: "卖", covered: "备兑" },
  verdict: {
    matching: "吻合",
    explained: "已解释",
    unexplained: "未解释",
    notCheckable: "不可核对",
  },
  omitted: (n: number) => `另有 ${n} 行吻合，未列出`,
  rows: '0 "行"',
  unprinted: (n: number, all: number) => `（${n === all ? "都" : `${n} 行`}没有印保证金）`,
  incomplete: "（不完整）",
  problems: "问题",
  at: (row: number) => `第 ${row} 行`,
  moreProblems: (n: number) => `还有 ${n} 处`,
};

const en: typeof zh = {
  sheet: "Reconciliation",
  source: "Source",
  account: "account",
  on: "Rules of",
  ratios: {
    printed: "Risk ratio as printed",
    ofPrinted: "Risk ratio of the printed margin",
    byRules: "Risk ratio by the rules",
  },
  bridge: "From the rules to the statement",
  from: "By the broker's rule, row by row",
  to: { account: "Margin as printed", rows: "Sum of the rows as printed" },
  left: "Left after adding up",
  identities: "What the statement's figures owe each other",
  holds: ["fails", "holds"],
  names: [
    ...["Contract", "Side", "Lots", "Price", "Underlying", "Rate", "Markup", "Unit/lot", "Strike"],
  ],
  units: { points: "points", both: "or points" },
  figures: ["Statement", "Ours", "Difference"],
  reason: "Reason",
  note: "Note",
  printed: "printed",
  expected: "expected",
  side: { long: "long", short: "short", covered: "covered" },
  verdict: {
    matching: "matching",
    explained: "explained",
    unexplained: "unexplained",
    notCheckable: "not checkable",
  },
  omitted: (n: number) =>
    n === 1 ? "1 more row matches and is not listed" : `${n} more rows match and are not listed`,
  rows: '[=1]0 "row";0 "rows"',
  unprinted: (n: number, all: number) => ` (${n === all ? "none" : all - n} with a printed margin)`,
  incomplete: " (incomplete)",
  problems: "Problems",
  at: (row: number) => `row ${row}`,
  moreProblems: (n: number) => `${n} more`,
};

const TEXTS = { zh, en } as const;

const WIDTHS = [22, 12, 8, 15, 17, 10, 9, 10, 17, 16, 16, 16, 30, 60];

const widthOf = (columns: readonly number[]): number => columns.reduce((sum, one) => sum + one, 0);

/** What a text at the left has: the page, or what is left of it before the sums in J. */
const PAGE = widthOf(WIDTHS);
const BEFORE_SUMS = widthOf(WIDTHS.slice(0, 9));

/** Columns of prices, and of sums of money. */
const PRICES: ReadonlySet<number> = new Set([3, 4, 8]);
const SUMS: ReadonlySet<number> = new Set([9, 10, 11]);
const REASON = 12;

/** What asks for attention first; within it the largest difference. */
const ORDER: readonly Verdict[] = ["unexplained", "explained", "notCheckable", "matching"];

/** Beyond so many rows those that match are only summed up. */
const MOST_ROWS = 2000;

/** Problems listed; the others are counted. */
const MOST_PROBLEMS = 200;

const ZERO = amount("0");

/** Stands where a figure would, were it known. */
const UNKNOWN: SheetCell = { ...text("—"), align: "right" };

function ordered(found: Reconciliation): readonly ReconciledRow[] {
  const listed = found.length > MOST_ROWS ? found.breaking : found.rows;
  const size = ({ difference }: ReconciledRow): Amount => (difference ?? ZERO).abs();
  return [...listed].sort(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || size(b).comparedTo(size(a)),
  );
}

/** Lays a reconciliation out, one page wide. */
export function reconcileSheet(
  found: Reconciliation,
  { language, namespace, taken }: Pick<SheetOptions, "language" | "namespace" | "taken">,
): SheetPlan {
  const texts = TEXTS[language];
  const day = found.day ?? found.inputs.today;
  const say = (words: Bilingual): string => words[language];
  const rows = ordered(found);
  const grid = new Grid();
  const currency = currencyOf(found, rows);
  const head = putHead(grid, found, texts, day, say);
  const { items } = found.bridge;
  const bridge = putRatios(grid, found, texts, head.next + 1);
  // The bridge's title, what it starts from, its items, what it ends in, what is left.
  const top = bridge + items.length + 5;
  const first = top + 1;
  const unlisted = found.length - rows.length;
  const last = first + rows.length - 1 + (unlisted > 0 ? 1 : 0);
  putBridge(grid, found, texts, bridge, last < first ? undefined : `K${first}:K${last}`, say);
  if (currency !== "") grid.put("J", bridge, { ...text(currency, "note"), align: "right" });
  putHeadings(grid, texts, top, currency, priceUnit(rows));
  const short = namespace === "" ? "MARGIN.SHORT" : `${namespace}.MARGIN.SHORT`;
  const formats = columnFormats(rows, isLive);
  rows.forEach((row, index) =>
    putRow(grid, row, first + index, { texts, say, short, on: head.on, formats }),
  );
  if (unlisted > 0) putOmitted(grid, found, last, texts.omitted(unlisted));
  const problems = putIdentities(grid, found, texts, Math.max(last, top) + 2, currency, say);
  putProblems(grid, found, texts, problems, say);
  const { cells } = grid;
  return {
    name: sheetName(day, texts, taken),
    cells,
    widths: WIDTHS,
    frozenRows: 0,
    colours: [],
    names: {},
    printArea: `A1:N${cells.length}`,
    headerRow: top,
    firstInput: `A${first}`,
    liveRows: rows.filter(isLive).length,
  };
}

const letter = (index: number): string => String.fromCharCode("A".charCodeAt(0) + index);

function putHeadings(
  grid: Grid,
  { names, figures, reason, note, units }: typeof zh,
  at: number,
  currency: string,
  prices: ReturnType<typeof priceUnit>,
): void {
  const priced = {
    money: currency,
    points: units.points,
    both: currency === "" ? "" : `${currency} ${units.both}`,
  }[prices];
  [...names, ...figures, reason, note].forEach((name, index) => {
    const unit = PRICES.has(index) ? priced : SUMS.has(index) ? currency : "";
    const cell = wrapping(header([name, unit].filter(Boolean).join(" ")));
    // The side stands in the middle of its column.
    if (index === 1) grid.put(letter(index), at, centred(cell));
    else if (index === REASON) grid.put(letter(index), at, indented(cell));
    else if (index < 1 || index > REASON) grid.put(letter(index), at, cell);
    else grid.put(letter(index), at, { ...cell, align: "right" });
  });
}

/** What the statement says of the risk, and what it comes to; what can't be told is no figure. */
function putRatios(
  grid: Grid,
  { ratios: { printed, ofPrinted, byRules }, bridge }: Reconciliation,
  { ratios }: typeof zh,
  at: number,
): number {
  const told = [
    [ratios.printed, printed, "statement"],
    // A sum of rows of which some aren't printed is no sum.
    [ratios.ofPrinted, bridge.unprinted > 0 ? undefined : ofPrinted, "label"],
    [ratios.byRules, byRules, "label"],
  ] as const;
  if (told.every(([, ratio]) => ratio === undefined)) return at;
  told.forEach(([name, ratio, role], index) => {
    grid.put("A", at + index, text(name));
    grid.put("J", at + index, ratio ? figure(ratio, RATIO, role) : UNKNOWN);
  });
  return at + told.length;
}

/** A text in as many cells below each other as it has lines. */
const lined = (said: string, width: number, role: SheetCell["role"] = "label"): SheetCell[] =>
  linesOf(said, width).map((line) => text(line, role));

function putHead(
  grid: Grid,
  { inputs, account, rule, sentence, counts, notes }: Reconciliation,
  texts: typeof zh,
  day: string,
  say: (words: Bilingual) => string,
): { readonly next: number; readonly on: string } {
  const { file, format } = inputs.statement;
  const whose = account?.id === undefined ? [] : [`${texts.account} ${masked(account.id)}`];
  const kind = format ? [say(FORMATS[format])] : [];
  const source = [`${texts.source} ${withoutAccounts(file)}`, ...whose, ...kind].join(" · ");
  const counted = ORDER.filter((verdict) => counts[verdict] > 0 || verdict !== "notCheckable")
    .map((verdict) => `${texts.verdict[verdict]} ${counts[verdict]}`)
    .join(" · ");
  const lines: readonly SheetCell[] = [
    text(`${texts.sheet} ${day}`, "title"),
    ...lined(source, PAGE, "note"),
    ...lined(say(rule.sentence), PAGE),
    ...lined(say(rule.borneOut), PAGE, "note"),
    ...lined(say(sentence), PAGE),
    text(counted),
    ...notes.flatMap((note) => lined(say(note), PAGE, "note")),
  ];
  lines.forEach((cell, index) => grid.put("A", index + 1, cell));
  const next = lines.length + 1;
  grid.put("A", next, text(texts.on));
  grid.put("B", next, { value: dateNumber(day), format: DATE, role: "input" });
  return { next, on: `$B$${next}` };
}

function putBridge(
  grid: Grid,
  { bridge, counts, length }: Reconciliation,
  texts: typeof zh,
  at: number,
  ours: string | undefined,
  say: (words: Bilingual) => string,
): void {
  const money = (value: Amount): SheetCell => figure(value, DIFFERENCE, "label");
  grid.put("A", at, text(`${texts.bridge}${bridge.complete ? "" : texts.incomplete}`, "title"));
  grid.put("A", at + 1, text(texts.from));
  // Where no row could be checked the rules gave none.
  const isOpen = length > 0 && counts.notCheckable === length;
  const from = ours
    ? worked(`=SUM(${ours})`, MONEY, bridge.from)
    : figure(bridge.from, MONEY, "label");
  grid.put("J", at + 1, isOpen ? UNKNOWN : from);
  bridge.items.forEach((item, index) => {
    const { name, rows, unprinted, amount: part } = item;
    const row = at + 2 + index;
    const some = unprinted > 0 ? texts.unprinted(unprinted, rows) : "";
    grid.put("A", row, text(`${say(name)}${some}`));
    if (rows > 0) grid.put("I", row, { value: rows, format: texts.rows, role: "label" });
    grid.put("J", row, isUnknown(item) ? UNKNOWN : money(part));
  });
  const end = at + 2 + bridge.items.length;
  grid.put("A", end, text(texts.to[bridge.toFrom]));
  grid.put("A", end + 1, text(texts.left, "note"));
  if (bridge.unprinted > 0) {
    // A sum of rows of which some aren't printed is no sum.
    for (const row of [end, end + 1]) grid.put("J", row, UNKNOWN);
    return;
  }
  grid.put("J", end, figure(bridge.to, MONEY, "statement"));
  const left = `=ROUND(J${end}-SUM(J${at + 1}:J${end - 1}),2)`;
  grid.put("J", end + 1, worked(left, DIFFERENCE, ZERO));
}

/** A formula with what it comes to, for a file that nobody recalculates. */
const worked = (written: string, format: string, value: Amount | undefined): SheetCell => ({
  ...formula(written, format),
  value: value?.toNumber(),
});

/** Whether a row's figure is a formula of ours. */
const isLive = ({ held, verdict, ours, rate }: ReconciledRow): boolean =>
  takesMargin(held) && verdict !== "notCheckable" && ours !== undefined && rate !== undefined;

interface Put {
  readonly texts: typeof zh;
  readonly say: (words: Bilingual) => string;
  readonly short: string;
  readonly on: string;
  readonly formats: ColumnFormats;
}

function putRow(
  grid: Grid,
  row: ReconciledRow,
  at: number,
  { texts, say, short, on, formats }: Put,
): void {
  const { held, position, printed, ours, rate, markup, verdict, reasons } = row;
  const { kind, price, underlyingPrice, unit, strike } = held;
  const live = isLive(row);
  const prices = takesMargin(held);
  const cells: readonly (SheetCell | undefined)[] = [
    text(position.contract),
    centred(text(texts.side[position.side])),
    figure(position.quantity, WHOLE, "statement"),
    prices ? figure(price, formats.price) : undefined,
    prices ? figure(underlyingPrice, formats.underlying) : undefined,
    live ? figure(rate, formats.rate) : undefined,
    live ? figure(markup, formats.markup) : undefined,
    figure(unit, WHOLE, "statement"),
    kind === "option" ? figure(strike, formats.strike, "statement") : undefined,
    printed && figure(printed, MONEY, "statement"),
    live
      ? worked(ourFormula(kind, contractText(row), at, short, on), MONEY, ours)
      : ours && figure(ours, MONEY, "label"),
    printed && ours ? worked(`=J${at}-K${at}`, DIFFERENCE, row.difference) : undefined,
    wrapping(
      indented(
        text(
          reasonText(
            reasons.map(({ name }) => say(name)),
            texts.verdict[verdict],
            verdict,
          ),
        ),
      ),
    ),
    wrapping(text(say(row.text), "note")),
  ];
  cells.forEach((cell, index) => grid.put(letter(index), at, cell));
}

/** Several reasons that can't be told apart stand side by side. */
const reasonText = (names: readonly string[], word: string, verdict: Verdict): string =>
  verdict === "explained" ? names.join(" / ") : word;

/** A code that our functions read alone; behind its exchange's name where it isn't enough. */
function contractText({ position, held }: ReconciledRow): string | undefined {
  const terms = optionOf(position)?.terms;
  return terms || !held.exchange ? undefined : `${held.exchange.code}.${position.contract}`;
}

/** The rule on the row's own cells, to the fen as a statement prints it. */
function ourFormula(
  kind: ReconciledRow["held"]["kind"],
  named: string | undefined,
  at: number,
  short: string,
  on: string,
): string {
  if (kind === "future") return `=ROUND(C${at}*E${at}*H${at}*F${at}*(1+G${at}),2)`;
  const contract = named === undefined ? `A${at}` : `"${named}"`;
  return `=ROUND(${short}(${contract},D${at},E${at},F${at},C${at},G${at},${on},I${at},H${at}),2)`;
}

/** Rows that match and aren't listed still count in the sums. */
function putOmitted(grid: Grid, { matched }: Reconciliation, at: number, said: string): void {
  grid.put("A", at, text(said));
  grid.put("J", at, figure(matched.printed, MONEY, "statement"));
  grid.put("K", at, figure(matched.ours, MONEY, "label"));
  grid.put("L", at, worked(`=J${at}-K${at}`, DIFFERENCE, matched.difference));
}

const FORMAT_OF = { money: MONEY, fraction: RATIO, number: WHOLE } as const;

/** Returns where what follows may begin. */
function putIdentities(
  grid: Grid,
  { identities }: Reconciliation,
  texts: typeof zh,
  at: number,
  currency: string,
  say: (words: Bilingual) => string,
): number {
  if (identities.length === 0) return at;
  const held = identities.filter(({ holds }) => holds).length;
  const title = [`${texts.identities} ${held}/${identities.length}`, currency].filter(Boolean);
  grid.put("A", at, text(title.join(" · "), "title"));
  grid.put("J", at, figureHeader(texts.printed));
  grid.put("K", at, figureHeader(texts.expected));
  let row = at + 1;
  for (const { name, text: how, of, printed, expected, holds } of identities) {
    const format = FORMAT_OF[of];
    grid.put("J", row, figure(printed, format, "statement"));
    grid.put("K", row, figure(expected, format, "label"));
    grid.put("M", row, indented(text(texts.holds[holds ? 1 : 0] ?? "")));
    for (const cell of lined(`${say(name)} = ${say(how)}`, BEFORE_SUMS)) grid.put("A", row++, cell);
  }
  return row + 1;
}

/** What could not be read, or doesn't fit, each with its row and value; a file's text stays text. */
function putProblems(
  grid: Grid,
  { inputs }: Reconciliation,
  texts: typeof zh,
  at: number,
  say: (words: Bilingual) => string,
): void {
  const problems = inputs.statement.problems.filter(({ notice }) => !notice);
  if (problems.length === 0) return;
  grid.put("A", at, text(`${texts.problems} ${problems.length}`, "title"));
  const listed = problems.slice(0, MOST_PROBLEMS);
  const more = problems.length - listed.length;
  const lines = [
    ...listed.map((one) => `${placeSaid(one, texts.at)}${say(one.text)}`),
    ...(more > 0 ? [texts.moreProblems(more)] : []),
  ].flatMap((line) => lined(line, PAGE, "note"));
  lines.forEach((cell, index) => grid.put("A", at + 1 + index, cell));
}
