/**
 * Which column of an unknown table is which: guessed from Chinese and English headers and from the cells themselves,
 * shown with samples, corrected by hand and remembered by the header's fingerprint.
 */
import { readSide } from "../core";
import type { Sheet } from "./source";
import { Codes } from "./subject";

/** What a plain table may hold, with the names its columns go by, the commonest first. */
export const TABLE_COLUMNS = {
  contract: [
    "合约代码",
    "合约",
    "品种合约",
    "期权代码",
    "交易代码",
    "contract",
    "instrument",
    "symbol",
    "code",
    "ticker",
  ],
  name: ["合约简称", "合约名称", "名称", "name", "description"],
  number: ["合约编码"],
  exchange: ["交易所", "市场", "交易市场", "exchange", "venue", "market"],
  side: [
    "买卖",
    "买/卖",
    "买卖方向",
    "方向",
    "多空",
    "持仓方向",
    "持仓类别",
    "side",
    "direction",
    "long/short",
    "b/s",
  ],
  quantity: [
    "总持仓",
    "持仓量",
    "持仓手数",
    "手数",
    "张数",
    "持仓",
    "数量",
    "合约余额",
    "quantity",
    "qty",
    "lots",
    "position",
    "positions",
    "volume",
  ],
  longLots: ["买持仓", "买持", "多头持仓", "权利仓数量", "long", "long lots"],
  shortLots: ["卖持仓", "卖持", "空头持仓", "义务仓数量", "short", "short lots"],
  covered: ["备兑标志", "备兑", "covered"],
  openPrice: [
    "开仓均价",
    "开仓价",
    "持仓均价",
    "均价",
    "成本价",
    "合约成本价",
    "open price",
    "average price",
    "avg price",
    "cost price",
    "average cost",
  ],
  previousSettlement: [
    "昨结算",
    "昨结算价",
    "前结算价",
    "昨结",
    "previous settlement",
    "prev settlement",
  ],
  settlement: ["结算价", "今结算", "今结算价", "settlement", "settlement price"],
  lastPrice: ["最新价", "现价", "市价", "last", "last price", "mark", "mark price", "price"],
  underlyingPrice: ["标的价", "标的价格", "标的收盘价", "标的结算价", "underlying price", "spot"],
  margin: [
    "保证金",
    "占用保证金",
    "保证金占用",
    "交易保证金",
    "持仓保证金",
    "margin",
    "margin used",
  ],
  marketValue: ["期权市值", "市值", "合约市值", "market value", "value"],
  right: [
    "期权类型",
    "认购认沽",
    "看涨看跌",
    "合约类型",
    "right",
    "call/put",
    "type",
    "option type",
  ],
  strike: ["行权价", "行权价格", "执行价", "执行价格", "strike", "strike price"],
  multiplier: ["合约乘数", "合约单位", "乘数", "交易单位", "multiplier", "unit", "mult"],
  lockedShares: ["备兑股份数量", "锁定份数", "备兑锁定", "locked shares"],
  hedge: ["投保", "投/保", "投机套保", "hedge", "hedge flag"],
  openDay: ["开仓日期", "开仓日", "open date"],
  account: ["资金账号", "账号", "账户", "资产账户", "account"],
  currency: ["币种", "货币", "currency"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TableColumn = keyof typeof TABLE_COLUMNS;

/** A header as an index of columns: made by guessing or by hand, kept by fingerprint. */
export interface Mapping {
  /** The file's row of the header, from 1; 0 where the table has none. */
  readonly headerRow: number;
  readonly columns: Readonly<Partial<Record<TableColumn, number>>>;
}

export interface Guess {
  readonly index: number;
  readonly header: string;
  /** Undefined: left out. */
  readonly column: TableColumn | undefined;
  /** 1 a known name, 0.9 one half of a bilingual one, 0.7 a part of it, 0.6 by the cells alone. */
  readonly confidence: number;
  readonly samples: readonly string[];
}

export interface GuessedTable {
  readonly sheet: string | undefined;
  readonly fingerprint: string;
  readonly mapping: Mapping;
  readonly guesses: readonly Guess[];
}

const plain = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(/[([（【].*$/u, "")
    .replace(/[\s_:：]+/g, "")
    .toLowerCase();

const KNOWN: readonly { readonly name: string; readonly column: TableColumn }[] = (
  Object.keys(TABLE_COLUMNS) as TableColumn[]
).flatMap((column) => TABLE_COLUMNS[column].map((name) => ({ name: plain(name), column })));

const BY_NAME: ReadonlyMap<string, TableColumn> = new Map(
  KNOWN.map(({ name, column }) => [name, column]),
);

/** What a header cell names, and how surely. */
export function columnNamed(
  header: string,
): { readonly column: TableColumn; readonly confidence: number } | undefined {
  const whole = plain(header.slice(0, LONGEST_NAME));
  if (!whole) return undefined;
  const exact = BY_NAME.get(whole);
  if (exact) return { column: exact, confidence: 1 };
  const han = whole.replace(/[^\p{Script=Han}]/gu, "");
  const latin = whole.replace(/\p{Script=Han}/gu, "");
  const half = han && latin ? (BY_NAME.get(han) ?? BY_NAME.get(latin)) : undefined;
  if (half) return { column: half, confidence: 0.9 };
  // The longest known name inside it; one letter of Chinese or a scrap of English proves nothing.
  const inside = KNOWN.filter(
    ({ name }) => whole.includes(name) && name.length >= (/\p{Script=Han}/u.test(name) ? 2 : 5),
  ).sort((a, b) => b.name.length - a.name.length)[0];
  return inside && { column: inside.column, confidence: 0.7 };
}

/** The same for the same columns in the same order, whatever their case, width and blanks. */
export function fingerprint(header: readonly string[]): string {
  let [a, b] = [0x811c9dc5, 0x1000193];
  for (const letter of header.map(plain).join("|")) {
    a = Math.imul(a ^ (letter.codePointAt(0) as number), 0x01000193) >>> 0;
    b = Math.imul(b ^ (letter.codePointAt(0) as number), 0x85ebca6b) >>> 0;
  }
  return a.toString(16).padStart(8, "0") + b.toString(16).padStart(8, "0");
}

const LONGEST_NAME = 60;
const SAMPLES = 3;
const LOOKED_AT = 20;
const DEEPEST = 40;

const cellsOf = ({ rows }: Sheet, from: number, index: number): string[] =>
  rows
    .slice(from, from + LOOKED_AT)
    .map((cells) => (cells[index] ?? "").trim())
    .filter(Boolean);

/** Most of the cells say what the column is. */
function byCells(cells: readonly string[]): TableColumn | undefined {
  const most = (is: (cell: string) => boolean): boolean =>
    cells.length > 0 && cells.filter(is).length > 0.7 * cells.length;
  const codes = new Codes("2026-01-15");
  if (most((cell) => /[A-Z]/i.test(cell) && "subject" in codes.read(cell))) return "contract";
  return most((cell) => readSide(cell) !== undefined) ? "side" : undefined;
}

/** How much of a row names columns, for finding the header among titles and data. */
const score = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (columnNamed(cell)?.confidence ?? 0), 0);

function headerOf({ rows }: Sheet): number {
  let best = { index: -1, score: 1.5 };
  for (let index = 0; index < Math.min(rows.length, DEEPEST); index += 1) {
    const found = score(rows[index] ?? []);
    if (found > best.score) best = { index, score: found };
  }
  return best.index >= 0 ? best.index : firstOfWords(rows);
}

/** Names nobody knows are still a header: the first row of words alone, above one with figures. */
function firstOfWords(rows: Sheet["rows"]): number {
  const words = (cells: readonly string[] | undefined): boolean =>
    (cells ?? []).filter((cell) => cell.trim() !== "").length > 1 &&
    !(cells ?? []).some((cell) => /\d/.test(cell));
  return rows
    .slice(0, DEEPEST)
    .findIndex((cells, i) => words(cells) && (rows[i + 1] ?? []).some((cell) => /\d/.test(cell)));
}

/** Guesses a sheet's columns; each kind of column is given to the one that is surest of it. */
export function guessColumns(sheet: Sheet): GuessedTable {
  const header = headerOf(sheet);
  const cells = header < 0 ? [] : (sheet.rows[header] ?? []);
  const width = header < 0 ? widest(sheet) : cells.length;
  const wanted = Array.from({ length: width }, (_, index) => {
    const body = cellsOf(sheet, header + 1, index);
    const named = columnNamed(cells[index] ?? "");
    const seen = named ? undefined : byCells(body);
    return {
      index,
      header: (cells[index] ?? "").trim(),
      column: named?.column ?? seen,
      confidence: named?.confidence ?? (seen ? 0.6 : 0),
      samples: body.slice(0, SAMPLES),
    };
  });
  const owner = new Map<TableColumn, { index: number; confidence: number }>();
  for (const { column, index, confidence } of wanted) {
    if (column && confidence > (owner.get(column)?.confidence ?? 0)) {
      owner.set(column, { index, confidence });
    }
  }
  const guesses = wanted.map((guess): Guess => {
    const owns = guess.column && owner.get(guess.column)?.index === guess.index;
    return owns ? guess : { ...guess, column: undefined, confidence: 0 };
  });
  return {
    sheet: sheet.name,
    fingerprint: fingerprint(cells),
    mapping: {
      headerRow: header + 1,
      columns: Object.fromEntries(
        guesses.flatMap(({ column, index }) => (column ? [[column, index]] : [])),
      ),
    },
    guesses,
  };
}

const widest = ({ rows }: Sheet): number =>
  rows.slice(0, LOOKED_AT).reduce((most, cells) => Math.max(most, cells.length), 0);

/** Contracts and their lots: less than that is no table of positions. */
export function isEnough({ columns }: Mapping): boolean {
  const { contract, name, quantity, longLots, shortLots } = columns;
  const lots = quantity ?? longLots ?? shortLots;
  return (contract ?? name) !== undefined && lots !== undefined;
}
