/** The columns of the tables that a book margined by risk arrays is read from. */
import { MarginError } from "./errors";
import { blank, columnFinder, COLUMNS, readCells, type Cells } from "./table";

const SCENARIOS = Array.from({ length: 16 }, (_, at) => `a${at + 1}`);

const POSITION_COLUMNS = {
  contract: COLUMNS.contract,
  product: ["product", "品种"],
  month: ["month", "合约月份", "月份"],
  right: COLUMNS.right,
  strike: COLUMNS.strike,
  side: COLUMNS.side,
  quantity: COLUMNS.quantity,
  settlement: COLUMNS.settlement,
  underlying: COLUMNS.underlying,
  volatility: COLUMNS.volatility,
  expiry: COLUMNS.expiry,
  delta: ["delta", "composite delta", "德尔塔", "综合德尔塔"],
  note: COLUMNS.note,
  ...Object.fromEntries(SCENARIOS.map((name) => [name, [name]])),
} as const satisfies Record<string, readonly string[]>;

const PARAMETER_COLUMNS = {
  product: ["product", "品种"],
  psr: ["psr", "price scan range", "价格扫描区间"],
  vsr: ["vsr", "volatility scan range", "波动率扫描区间"],
  multiplier: ["multiplier", "合约乘数", "乘数"],
  calendarCharge: ["calendar charge", "跨月收费", "跨月附加"],
  shortOptionMinimum: ["short option minimum", "som", "短仓最低", "卖方最低"],
  minimumMethod: ["minimum method", "最低方法", "最低方式"],
  clientRatio: ["client ratio", "客户比率", "客户比例"],
  note: COLUMNS.note,
} as const satisfies Record<string, readonly string[]>;

const CREDIT_COLUMNS = {
  priority: ["priority", "优先级"],
  first: ["first", "first product", "product 1", "品种一", "品种1"],
  firstRatio: ["first ratio", "ratio 1", "比率一", "比率1"],
  second: ["second", "second product", "product 2", "品种二", "品种2"],
  secondRatio: ["second ratio", "ratio 2", "比率二", "比率2"],
  credit: ["credit", "抵减率", "抵减"],
} as const satisfies Record<string, readonly string[]>;

export type RiskColumn = keyof typeof POSITION_COLUMNS | `a${number}`;
export type ParameterColumn = keyof typeof PARAMETER_COLUMNS;
export type CreditColumn = keyof typeof CREDIT_COLUMNS;

/** Opens a table that has to have some columns and knows all of its header. */
const reader =
  <C extends string>(
    argument: "positions" | "parameters" | "credits",
    columns: Readonly<Record<C, readonly string[]>>,
    needed: readonly (readonly C[])[],
  ) =>
  (rows: readonly (readonly unknown[])[]): readonly (Cells<C> | undefined)[] =>
    readCells<C>(rows, {
      argument,
      columnOf: columnFinder<C>(columns),
      check(has, refuse, header, strange) {
        if (!needed.some((all) => all.every(has))) refuse(`${argument}Header`, header);
        if (strange.length > 0) refuse("strangeColumn", strange);
      },
    });

/** Reads positions: a contract code, or product and month with right and strike for an option. */
export const readRiskPositions = reader<RiskColumn>("positions", POSITION_COLUMNS, [
  ["contract", "side", "quantity"],
  ["product", "month", "side", "quantity"],
]);

export const readRiskParameters = reader<ParameterColumn>("parameters", PARAMETER_COLUMNS, [
  ["product", "psr"],
]);

export const readRiskCredits = reader<CreditColumn>("credits", CREDIT_COLUMNS, [
  ["first", "second", "credit"],
]);

/** The array a row gives in its sixteen columns; undefined where it has none of them. */
export function arrayCells(row: Cells<RiskColumn>): readonly unknown[] | undefined {
  const given = SCENARIOS.filter((name) => name in row);
  if (given.length === 0) return undefined;
  const cells = SCENARIOS.map((name) => row[name as RiskColumn]);
  if (cells.every((cell) => cell === undefined || cell === null || cell === "")) return undefined;
  if (given.length < SCENARIOS.length) {
    throw new MarginError("outOfRange", {
      argument: "arrays",
      value: given.length,
      must: "scenarios",
      detail: String(SCENARIOS.length),
    });
  }
  return cells;
}

/** A figure that is there, "none" written out, or nothing. */
export const written = (cell: unknown): "none" | "given" | undefined =>
  typeof cell === "string" && /^(none|无)$/i.test(cell.trim())
    ? "none"
    : blank(cell)
      ? undefined
      : "given";
