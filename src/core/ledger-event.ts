/** What happens in an account, as rows of a table: one event a row, days in order. */
import { MarginError } from "./errors";
import { COLUMNS, blank, columnFinder, readCells, type Cells } from "./table";
import type { Side } from "./terms";

/** The columns an events table may have, with the names each is found by. */
export const EVENT_COLUMNS = {
  date: ["date", "日期", "交易日", "交易日期", "成交日期", "day"],
  event: ["event", "事件", "业务", "业务类型", "操作", "动作", "action"],
  contract: COLUMNS.contract,
  side: COLUMNS.side,
  quantity: [...COLUMNS.quantity, "成交量", "成交数量", "份数", "shares"],
  price: ["price", "价格", "成交价", "成交价格", "成交均价"],
  settlement: COLUMNS.settlement,
  previousSettlement: COLUMNS.previousSettlement,
  underlying: COLUMNS.underlying,
  rate: COLUMNS.rate,
  strike: COLUMNS.strike,
  unit: COLUMNS.unit,
  expiry: COLUMNS.expiry,
  combination: COLUMNS.combination,
  amount: ["amount", "金额", "发生金额"],
  fee: ["fee", "手续费", "费用", "佣金", "fees", "commission"],
  newContract: ["new contract", "新合约", "新合约代码", "new code"],
  account: ["account", "账户", "账号", "资金账号", "资金账户", "客户号"],
  note: COLUMNS.note,
} as const satisfies Record<string, readonly string[]>;

export type EventColumn = keyof typeof EVENT_COLUMNS;
/** One event, its cells by column. */
export type EventRow = Cells<EventColumn>;

export type EventKind =
  | "open"
  | "close"
  | "settle"
  | "exercise"
  | "assign"
  | "expire"
  | "abandon"
  | "adjust"
  | "lock"
  | "unlock"
  | "build"
  | "dissolve"
  | "net"
  | "buy"
  | "sell"
  | "fee"
  | "deposit"
  | "withdraw";

/** An event's name may say more: 卖出平仓 sells what was held long. */
interface Meant {
  readonly kind: EventKind;
  readonly side?: Side;
  /** 合并行权: a call and a put, a row each. */
  readonly together?: true;
}

/** The words of each event, the first English one first. */
export const EVENT_KINDS: Readonly<Record<EventKind, string>> = {
  open: "open 开仓",
  close: "close 平仓",
  settle: "settle settlement 结算 日终结算 收盘",
  exercise: "exercise 行权",
  assign: "assign assigned assignment 指派 被指派 行权指派 履约 被行权",
  expire: "expire expired 到期 到期作废 作废",
  abandon: "abandon 放弃 放弃行权",
  adjust: "adjust adjustment 调整 合约调整",
  lock: "lock 锁定 备兑锁定 转备兑",
  unlock: "unlock 解锁 备兑解锁",
  build: "build 组合 构建组合 构建",
  dissolve: "dissolve 拆分 解除组合 拆分组合",
  net: "net netting 对冲 双向持仓对冲",
  buy: "buy 买 买入",
  sell: "sell 卖 卖出",
  fee: "fee 手续费 费用",
  deposit: "deposit 入金",
  withdraw: "withdraw withdrawal 出金",
};

const SAYING_MORE: Readonly<Record<string, Meant>> = {
  卖出开仓: { kind: "open", side: "short" },
  卖开: { kind: "open", side: "short" },
  selltoopen: { kind: "open", side: "short" },
  买入开仓: { kind: "open", side: "long" },
  买开: { kind: "open", side: "long" },
  buytoopen: { kind: "open", side: "long" },
  备兑开仓: { kind: "open", side: "covered" },
  买入平仓: { kind: "close", side: "short" },
  买平: { kind: "close", side: "short" },
  buytoclose: { kind: "close", side: "short" },
  卖出平仓: { kind: "close", side: "long" },
  卖平: { kind: "close", side: "long" },
  selltoclose: { kind: "close", side: "long" },
  备兑平仓: { kind: "close", side: "covered" },
  合并行权: { kind: "exercise", together: true },
  combinedexercise: { kind: "exercise", together: true },
};

const WORDS: ReadonlyMap<string, Meant> = new Map([
  ...Object.entries(SAYING_MORE),
  ...(Object.keys(EVENT_KINDS) as EventKind[]).flatMap((kind) =>
    EVENT_KINDS[kind].split(" ").map((word): [string, Meant] => [word, { kind }]),
  ),
]);

const fold = (text: unknown): string =>
  String(text).normalize("NFKC").replace(/\s+/g, "").toLowerCase();

/** On a closing, what is bought was held short and what is sold was held long. */
const CLOSED_BY: Readonly<Record<string, readonly Side[]>> = {
  ...{ 买: ["short", "covered"], 买入: ["short", "covered"] },
  ...{ buy: ["short", "covered"], b: ["short", "covered"] },
  ...{ 卖: ["long"], 卖出: ["long"], sell: ["long"], s: [] },
};

/** The sides a closing trade may be of, none where the word could mean either; undefined for a word of position. */
export const closedBy = (side: unknown): readonly Side[] | undefined => CLOSED_BY[fold(side)];

const agrees = ({ kind, side }: Meant, whole: Meant): boolean =>
  kind === whole.kind && (side === undefined || side === whole.side);

/** What an event's cell means: a word of ours, or one a language ("卖出开仓 sell to open"). @throws unknownName */
export function eventOf(row: EventRow): Meant {
  const cell = row.event;
  const words = blank(cell) ? [] : String(cell).split(/[\s·/|]+/);
  const isHan = (word: string): boolean => /\p{Script=Han}/u.test(word);
  const languages = [words.filter(isHan), words.filter((word) => !isHan(word))];
  const meant = languages.flatMap((each) => WORDS.get(fold(each.join(""))) ?? []);
  // 「开仓 buy to open」 says the side in one language only.
  const whole = meant.reduce<Meant | undefined>((sofar, one) => ({ ...sofar, ...one }), undefined);
  if (whole && meant.every((one) => agrees(one, whole))) return whole;
  throw new MarginError("unknownName", {
    argument: "event",
    value: cell,
    choices: Object.keys(EVENT_KINDS),
  });
}

/**
 * Reads an events table: one entry a row, undefined for a wholly blank one.
 * @throws notAllowed where the header lacks date or event, has a column twice, or hides the quantity.
 */
export const readEvents = (
  cells: readonly (readonly unknown[])[],
): readonly (EventRow | undefined)[] =>
  readCells<EventColumn>(cells, {
    argument: "events",
    columnOf: columnFinder<EventColumn>(EVENT_COLUMNS),
    check(has, refuse, header, strange) {
      if (!has("date") || !has("event")) refuse("eventHeader", header);
      if (strange.length > 0 && !has("quantity")) refuse("noQuantity", strange);
    },
  });
