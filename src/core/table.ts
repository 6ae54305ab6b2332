import { MarginError, type WhyNot } from "./errors";

/**
 * The columns a positions table may have, with the names each is found by
 * (case, blanks, brackets and what stands in them do not matter).
 * Where two columns of a table fit, the name that stands earlier here is taken:
 * "标的价" is the price even beside a "标的" that names the underlying.
 */
export const COLUMNS = {
  contract: [
    "contract",
    "合约",
    "交易代码",
    "合约代码",
    "品种合约",
    "合约简称",
    "合约名称",
    "instrument",
    "symbol",
    "code",
  ],
  exchange: ["exchange", "交易所", "市场", "venue"],
  right: [
    "right",
    "期权类型",
    "认购认沽",
    "认购/认沽",
    "看涨看跌",
    "看涨/看跌",
    "合约类型",
    "call/put",
    "type",
  ],
  side: [
    "side",
    "买卖",
    "方向",
    "买卖方向",
    "持仓方向",
    "持仓类型",
    "持仓类别",
    "买卖标志",
    "多空",
    "买/卖",
    "long/short",
  ],
  quantity: [
    "quantity",
    "qty",
    "lots",
    "手数",
    "张数",
    "持仓数量",
    "持仓",
    "持仓量",
    "数量",
    "总持仓",
    "合约余额",
    "position",
  ],
  settlement: [
    "settlement",
    "结算价",
    "今结算价",
    "今结算",
    "option price",
    "期权价格",
    "权利金单价",
  ],
  underlying: [
    "underlying price",
    "标的价",
    "标的价格",
    "标的收盘价",
    "标的结算价",
    "futures",
    "期货价",
    "index",
    "underlying",
    "标的",
  ],
  rate: ["rate", "保证金率", "保证金比例", "期货保证金率", "交易所率", "margin rate"],
  strike: ["strike", "行权价", "行权价格", "执行价", "执行价格", "strike price"],
  unit: ["unit", "合约单位", "合约乘数", "乘数", "交易单位", "multiplier", "单位"],
  lockedShares: ["locked shares", "锁定份数", "备兑股份数量", "备兑锁定", "covered shares"],
  // Known by name, so that a header is understood; a margin does not ask for them, liquidation for some.
  previousSettlement: ["previous settlement", "昨结算", "昨结算价", "前结算", "前结算价"],
  openPrice: ["open price", "开仓价", "开仓均价", "均价", "持仓均价", "成本价"],
  closePrice: ["close price", "平仓价"],
  lastPrice: ["last price", "最新价", "last"],
  openInterest: ["open interest", "市场持仓量"],
  expiry: ["expiry", "到期日", "到期"],
  volatility: ["volatility", "波动率", "隐含波动率"],
  combination: ["combination", "组合", "组合编号", "set"],
  statement: ["statement", "账单", "保证金", "保证金占用", "占用保证金", "margin"],
  note: ["note", "备注", "说明", "remark"],
} as const satisfies Record<string, readonly string[]>;

export type Column = keyof typeof COLUMNS;

const fold = (name: unknown): string =>
  String(name ?? "")
    .normalize("NFKC")
    .replace(/[([（【].*$/u, "")
    .replace(/[\s_]+/g, "")
    .toLowerCase();

/** A column, and how early in its list the name stands. */
interface Named<C extends string> {
  readonly column: C;
  readonly rank: number;
}

/** Finds the column a header cell names, in Chinese, English or both ("行权价 strike"). */
export function columnFinder<C extends string>(
  columns: Readonly<Record<C, readonly string[]>>,
): (header: unknown) => Named<C> | undefined {
  const byName: ReadonlyMap<string, Named<C>> = new Map(
    (Object.keys(columns) as C[]).flatMap((column) =>
      columns[column].map((name, rank) => [fold(name), { column, rank }] as const),
    ),
  );
  return (header) => {
    const whole = byName.get(fold(header));
    if (whole) return whole;
    const words = String(header ?? "")
      .normalize("NFKC")
      .split(/[\s·,|]+/)
      .filter(Boolean);
    const han = words.filter((w) => /\p{Script=Han}/u.test(w));
    const latin = words.filter((w) => !/\p{Script=Han}/u.test(w));
    const inZh = byName.get(fold(han.join("")));
    const inEn = byName.get(fold(latin.join("")));
    // Two languages that name two different columns name none.
    return !inEn || inEn.column === inZh?.column ? inZh : inZh ? undefined : inEn;
  };
}

/** The column of a positions table that a header cell names. */
export const columnOf = columnFinder<Column>(COLUMNS);

/** A row's cells by the columns of its table; a column the table lacks is undefined. */
export type Cells<C extends string> = Readonly<Partial<Record<C, unknown>>>;

/** A row of a positions table. */
export type Row = Cells<Column>;

/** A blank cell, and 0, which a blank cell of a range may arrive as. */
export const blank = (cell: unknown): boolean =>
  cell === null ||
  cell === undefined ||
  cell === 0 ||
  cell === "" ||
  (typeof cell === "string" && cell.trim() === "");

/** Where each column stands: one place, but for contracts, which a table may write in two ways. */
type Places<C extends string> = ReadonlyMap<C, readonly number[]>;

/** How a kind of table is read: its argument's name, its columns, and what its header must have. */
interface Reading<C extends string> {
  readonly argument: string;
  readonly columnOf: (header: unknown) => Named<C> | undefined;
  readonly check: (
    has: (column: C) => boolean,
    refuse: (detail: WhyNot, names: readonly unknown[]) => never,
    header: readonly unknown[],
    strange: readonly unknown[],
  ) => void;
}

function placesOf<C extends string>(
  header: readonly unknown[],
  { argument, columnOf: find }: Reading<C>,
): Places<C> {
  const places = new Map<C, { index: number; rank: number }[]>();
  header.forEach((name, index) => {
    const named = find(name);
    if (!named) return;
    const earlier = places.get(named.column) ?? [];
    if (earlier.some(({ rank }) => rank === named.rank)) {
      throw new MarginError("notAllowed", { argument, value: name, detail: "headerTwice" });
    }
    places.set(named.column, [...earlier, { index, rank: named.rank }]);
  });
  return new Map(
    [...places].map(([column, found]) => [
      column,
      found.sort((a, b) => a.rank - b.rank).map(({ index }) => index),
    ]),
  );
}

/** A positions header must say what a row is, and not hide how much and which way it is held. */
const POSITIONS: Reading<Column> = {
  argument: "positions",
  columnOf,
  check(has, refuse, header, strange) {
    if (!has("contract") && !(has("exchange") && has("right") && has("strike"))) {
      refuse("header", header);
    }
    if (strange.length === 0) return;
    if (!has("quantity")) refuse("noQuantity", strange);
    if (!has("side")) refuse("noSide", strange);
  },
};

const INSTRUMENT_NUMBER = /^\d{8}$/;

/** The cell that tells the contract: a trading code before a bare instrument number. */
function contractCell(cells: readonly unknown[]): unknown {
  const written = cells.filter((cell) => !blank(cell));
  return written.find((cell) => !INSTRUMENT_NUMBER.test(String(cell).trim())) ?? written[0] ?? null;
}

/** A table read by its header row. */
export interface Table<C extends string = Column> {
  /** The rows under the header. */
  readonly cells: readonly (readonly unknown[])[];
  /** Where a column stands; undefined where the table lacks it. */
  readonly place: (column: C) => number | undefined;
  /** The cell of a row that tells its contract. */
  readonly contract: (row: readonly unknown[]) => unknown;
  /** A row by its columns, undefined for a wholly blank one. */
  readonly row: (index: number) => Cells<C> | undefined;
}

/** Opens a table of any kind by its header row. */
function opened<C extends string>(
  all: readonly (readonly unknown[])[],
  reading: Reading<C>,
): Table<C> {
  const [header = []] = all;
  const cells = all.slice(1);
  const places = placesOf(header, reading);
  const refuse = (detail: WhyNot, names: readonly unknown[]): never => {
    throw new MarginError("notAllowed", {
      argument: reading.argument,
      value: names.filter((name) => typeof name === "string" && !blank(name)).join(", "),
      detail,
    });
  };
  const strange = header.filter((name) => !blank(name) && !reading.columnOf(name));
  reading.check((column) => places.has(column), refuse, header, strange);
  const [first, ...more] = places.get("contract" as C) ?? [];
  const contract = (row: readonly unknown[]): unknown => {
    if (first === undefined) return undefined;
    const code = row[first];
    return more.length > 0 ? contractCell([code, ...more.map((index) => row[index])]) : code;
  };
  const columns = [...places].map(([column, [index]]) => ({ column, index: index as number }));
  const rowOf = (row: readonly unknown[]): Cells<C> => {
    const found: Partial<Record<C, unknown>> = {};
    for (const { column, index } of columns) {
      found[column] = (column === "contract" ? contract(row) : row[index]) ?? null;
    }
    return found;
  };
  return {
    cells,
    place: (column) => places.get(column)?.[0],
    contract,
    row(index) {
      const row = cells[index] ?? [];
      return row.every(blank) ? undefined : rowOf(row);
    },
  };
}

/**
 * Reads a table by its header row: one entry a row, undefined for a wholly blank one.
 * @throws notAllowed where the header is not one of its kind of table, or has a column twice.
 */
export function readCells<C extends string>(
  all: readonly (readonly unknown[])[],
  reading: Reading<C>,
): readonly (Cells<C> | undefined)[] {
  const { cells, row } = opened(all, reading);
  return cells.map((_, index) => row(index));
}

/**
 * Opens a positions table.
 * Without a quantity column every row is one lot, without a side column short; a header with names
 * we do not know must have both.
 * @throws notAllowed where the header has no column to read contracts by, has one twice, or hides quantity or side.
 */
export const openTable = (all: readonly (readonly unknown[])[]): Table => opened(all, POSITIONS);

/** A positions table's rows, undefined for a wholly blank one; read and refused as openTable does. */
export const readTable = (all: readonly (readonly unknown[])[]): readonly (Row | undefined)[] =>
  readCells(all, POSITIONS);
