/**
 * The shape that futures companies' text statements share: a heading, label：value pairs fixed by blanks,
 * then tables of |cells| under a Chinese and an English header row, each closed by a |共 N条| row.
 * Widths are bytes and not kept by all brokers, so only the separators count.
 */
import { readDay, readNumber, type Amount, type Day } from "../core";
import type { Draft } from "./draft";
import type { PlainRows } from "./plain-rows";
import { folded } from "./row";
import { FIGURES, type Account, type AccountFigure, type Place } from "./statement";

export interface PipeRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export interface PipeTable {
  readonly title: string;
  readonly row: number;
  readonly header: readonly string[];
  readonly english: readonly string[];
  readonly rows: readonly PipeRow[];
  /** Rows that are plainly figures and words, where the file's bytes were read; they stand among the others. */
  readonly plain: PlainRows | undefined;
  readonly total: PipeRow | undefined;
  /** Nothing follows it: without a total row the file was cut here. */
  readonly last: boolean;
  /** A line that is no row follows its rows, a rule or a text: where no total is owed, it is whole. */
  readonly closed: boolean;
}

/** One statement of one account for one day; a file may hold several behind each other. */
export interface Part {
  readonly row: number;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly broker: string | undefined;
  readonly from: Day | undefined;
  readonly day: Day | undefined;
  readonly accounts: readonly Account[];
  readonly tables: readonly PipeTable[];
  /** The row of a table's title or header that nothing of the table follows. */
  readonly cut: number | undefined;
}

/** Labels besides those of FIGURES, in either language, blanks squeezed out. */
const LABELS: ReadonlyMap<string, AccountFigure> = new Map([
  ...Object.entries(FIGURES).map(
    ([figure, { zh }]) => [folded(zh), figure as AccountFigure] as const,
  ),
  ...([
    ["上日结存", "previousBalance"],
    ["balanceb/f", "previousBalance"],
    ["deposit/withdrawal", "netDeposit"],
    ["realizedp/l", "realisedPnl"],
    ["totalp/l", "realisedPnl"],
    ["mtmp/l", "markToMarketPnl"],
    ["accum.p/l", "floatingPnl"],
    ["exercisep/l", "exercisePnl"],
    ["deliveryp/l", "deliveryPnl"],
    ["commission", "commission"],
    ["exercisefee", "exerciseFee"],
    ["deliveryfee", "deliveryFee"],
    ["balancec/f", "balance"],
    ["clientequity", "equity"],
    ["marginoccupied", "margin"],
    ["维持保证金", "margin"],
    ["smargin", "margin"],
    ["deliverymargin", "deliveryMargin"],
    ["fundavail.", "available"],
    ["riskdegree", "riskDegree"],
    ["margincall", "marginCall"],
    ["追加保证金", "marginCall"],
    ["执行冻结资金", "frozen"],
    ["premiumreceived", "premiumReceived"],
    ["premiumpaid", "premiumPaid"],
    ["权利仓市值", "marketValueLong"],
    ["义务仓市值", "marketValueShort"],
    ["marketvalue(long)", "marketValueLong"],
    ["marketvalue(short)", "marketValueShort"],
    ["marketvalue(equity)", "marketValueEquity"],
    ["longmarketvalue", "marketValueLong"],
    ["shortmarketvalue", "marketValueShort"],
  ] as const),
]);

const PAIR = /([^:：]+)[:：]+[ \t]*([^\s:：\p{Script=Han}]*)/gu;

function figureNamed(label: string): AccountFigure | undefined {
  const whole = label.normalize("NFKC").trim();
  const chinese = /^[^A-Za-z]*/.exec(whole)?.[0] ?? "";
  return LABELS.get(folded(chinese)) ?? LABELS.get(folded(whole.slice(chinese.length)));
}

/** Market values of shorts and premium paid are printed either way; we keep them above zero. */
const UNSIGNED: ReadonlySet<AccountFigure> = new Set(["marketValueShort", "premiumPaid"]);

class Money {
  readonly figures: Partial<Record<AccountFigure, Amount>> = {};
  id: string | undefined;
  currency: string | undefined;

  read(draft: Draft, line: string, row: number): void {
    for (const [, label = "", value = ""] of line.matchAll(PAIR)) {
      const figure = figureNamed(label);
      if (figure && value) this.take(draft, figure, value, row);
    }
  }

  private take(draft: Draft, figure: AccountFigure, value: string, row: number): void {
    const place: Place = { row, column: FIGURES[figure].zh };
    const printed = readNumber(value);
    if (!printed || value.endsWith("%") !== (figure === "riskDegree")) {
      draft.note("notANumber", place, { raw: value });
      return;
    }
    const number = UNSIGNED.has(figure) ? printed.abs() : printed;
    const known = this.figures[figure];
    if (known && !known.equals(number)) {
      draft.note("figureTwice", place, { raw: value });
    }
    this.figures[figure] = number;
  }
}

/** Rules of dashes are long, lines of labels are not; patterns are only tried on what could be one. */
const LONGEST_LABELLED = 2000;

const COUNT = /^共\s*\d+\s*条/;
const CLIENT = /客户号[^:：]*[:：]+\s*(\S+)/;
const NAME = /客户名称[^:：]*[:：]+\s*(\S+)/;
const DATE = /^\s*日期[^:：]*[:：]+\s*(\d{8})(?:\s*-\s*(\d{8}))?/;

/** What the titles of tables begin with, be they cut themselves. */
const TITLES = [
  ...["出入金明细", "成交记录", "成交明细", "平仓明细", "行权明细", "执行明细", "交割明细"],
  ...["质押明细", "持仓明细", "持仓汇总", "持仓变动", "组合持仓"],
];

function isTitle(line: string): boolean {
  const [, chinese = ""] =
    /^(\p{Script=Han}+)\P{Script=Han}*$/u.exec(line.replace(/\s/g, "")) ?? [];
  return chinese !== "" && TITLES.some((one) => one.startsWith(chinese) || chinese.startsWith(one));
}

export const cellsOf = (line: string): string[] => {
  const cells = line.trim().split("|");
  return cells.slice(1, cells.at(-1)?.trim() ? undefined : -1).map((cell) => cell.trim());
};

export interface OpenTable {
  title: string;
  row: number;
  header: string[];
  english: string[];
  rows: PipeRow[];
  plain: PlainRows | undefined;
  total: PipeRow | undefined;
  closed: boolean;
}

/** Whether a line names the client: a statement begins there. */
export const namesClient = (line: string): boolean =>
  line.length < LONGEST_LABELLED && CLIENT.test(line);

/** The broker's name among a file's first lines. */
export const brokerIn = (lines: readonly string[]): string | undefined =>
  lines
    .slice(0, 5)
    .find((line) => /\p{Script=Han}/u.test(line) && !/[:：|]/.test(line))
    ?.trim();

/**
 * Splits a text into statements and these into figures and tables.
 * @param headers every header cell of the tables we know, folded: a row with three of them opens a table
 */
export function partsOf(
  draft: Draft,
  lines: readonly string[],
  headers: ReadonlySet<string>,
): Part[] {
  const starts = lines.flatMap((line, i) => (namesClient(line) ? [i] : []));
  const from = starts.length > 0 ? starts : [0];
  const broker = brokerIn(lines);
  return from.map((start, i) => {
    const end = from[i + 1] ?? lines.length;
    const reader = new PartReader(draft, headers);
    // What stands above the first client number belongs to the first statement.
    const first = i === 0 ? 0 : start;
    for (let at = first; at < end; at += 1) reader.line(lines[at] ?? "", at + 1);
    return reader.part(first + 1, broker);
  });
}

/** One statement, line by line. */
export class PartReader {
  /** The table that rows belong to. */
  table: OpenTable | undefined;
  private readonly tables: OpenTable[] = [];
  private title = "";
  /** The title's row, as long as no row and no other line follows it. */
  private titled: number | undefined;
  private id: string | undefined;
  private name: string | undefined;
  private days: readonly (Day | undefined)[] = [];
  private readonly blocks: Money[] = [];

  constructor(
    private readonly draft: Draft,
    private readonly headers: ReadonlySet<string>,
  ) {}

  line(line: string, row: number): void {
    if (line.trim() === "") return;
    const isRow = line.trimStart().startsWith("|");
    if (!isRow && this.table) this.table.closed = this.table.rows.length > 0;
    if (isRow) this.cells(cellsOf(line), row);
    else if (line.length <= LONGEST_LABELLED && !/^[\s-]+$/.test(line)) this.labels(line, row);
  }

  private cells(cells: string[], row: number): void {
    const { table, title } = this;
    if (COUNT.test(cells[0] ?? "")) {
      if (table) table.total = { row, cells };
      this.table = undefined;
      this.titled = undefined;
    } else if (!table || isHeader(cells, this.headers)) {
      this.table = {
        ...{ title, row, header: cells, english: [], rows: [] },
        ...{ plain: undefined, total: undefined, closed: false },
      };
      this.tables.push(this.table);
    } else if (awaitsEnglish(table) && isEnglish(cells)) {
      table.english = cells;
    } else {
      table.rows.push({ row, cells });
      table.closed = false;
      this.titled = undefined;
    }
  }

  private labels(line: string, row: number): void {
    this.titled = isTitle(line) ? row : undefined;
    const { blocks } = this;
    this.id ??= CLIENT.exec(line)?.[1];
    this.name ??= NAME.exec(line)?.[1];
    const dated = DATE.exec(line);
    if (dated && this.days.length === 0)
      this.days = dated.slice(1).map((day) => (day ? readDay(day) : undefined));
    if (line.includes("资金状况")) {
      const money = new Money();
      money.id = /资金账号[:：]+\s*(\w+)/.exec(line)?.[1];
      money.currency = /币种[:：]+\s*([^\s:：]+)/.exec(line)?.[1];
      blocks.push(money);
    } else if (/[:：]/.test(line)) {
      if (blocks.length === 0 && figureNamed(line.split(/[:：]/)[0] ?? ""))
        blocks.push(new Money());
      blocks.at(-1)?.read(this.draft, line, row);
    }
    if (!/[:：]|---/.test(line)) this.title = line.trim().replace(/\s+/g, " ");
  }

  part(row: number, broker: string | undefined): Part {
    const { id, name } = this;
    const [first, last] = this.days;
    const day = last ?? first;
    return {
      ...{ row, id, name, broker, day },
      from: last ? first : undefined,
      accounts: this.blocks.map((money) => ({
        id: money.id ?? id,
        ...{ name, broker, day },
        currency: money.currency,
        figures: money.figures,
      })),
      tables: this.tables.map((one) => ({ ...one, last: one === this.table })),
      cut: this.table?.plain?.length ? undefined : this.titled,
    };
  }
}

/** Nothing but the header was read of a table. */
const awaitsEnglish = ({ rows, english, plain }: OpenTable): boolean =>
  rows.length === 0 && english.length === 0 && !plain?.length;

/** No header has a figure, no row is without one. */
const isHeader = (cells: readonly string[], headers: ReadonlySet<string>): boolean =>
  !cells.some((cell) => /\d/.test(cell)) &&
  cells.filter((cell) => headers.has(folded(cell))).length >= 3;

export const isEnglish = (cells: readonly string[]): boolean =>
  cells.every((cell) => !/[\p{Script=Han}\d]/u.test(cell)) &&
  cells.some((cell) => /[a-z]/i.test(cell));

/** Every header cell of the tables a format knows. */
export const headerWords = (
  ...tables: readonly Readonly<Record<string, readonly string[]>>[]
): ReadonlySet<string> =>
  new Set(
    tables
      .flatMap((names) => Object.values(names).flat())
      .filter((name) => /\p{Script=Han}/u.test(name))
      .map(folded),
  );
