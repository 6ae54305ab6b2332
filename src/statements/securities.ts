/**
 * Securities brokers' option queries, saved from the counter or the client. The same columns come as real .xls,
 * as a web page or tab-separated text named .xls, as CSV with ="text", in GBK; the file's kind is found out before.
 *
 * - 持仓查询: 合约编码, 合约代码, 合约简称, 持仓方向 (权利仓/义务仓/备兑 or L/S/C), 备兑标志, 合约余额, 合约市值, 保证金,
 *   备兑股份数量, 合约成本价. Market values and costs of shorts are below zero.
 * - 客户结算单查询: one row a day with 期末结存, 占用保证金, 资金可用金额, 保证金风险率 (a fraction).
 * - 成交查询: history has 交易所, 合约编码, 成交编码; today's has 市场名称, 合约代码, 成交号; 备兑锁定 rows have no price.
 * No settlement price is printed, only the market value; no total row either, so sums stay unchecked.
 * An adjusted contract's strike is in its short name (300ETF购12月3948A is 3.948), not in its trading code.
 */
import { readRight, readSide, type Amount, type Contract, type Day, type Side } from "../core";
import { checkAccount } from "./account-check";
import type { Draft } from "./draft";
import type { Format } from "./format";
import { type Names, type Row } from "./row";
import { codeAndNumber, saysYes } from "./securities-words";
import { findTable, rowsBelow, type Found } from "./sheet-table";
import type { Sheet } from "./source";
import { Codes } from "./subject";

const POSITIONS = {
  account: ["证券账户", "资产账户", "资金账号"],
  number: ["合约编码"],
  code: ["合约代码", "交易代码"],
  name: ["合约简称", "合约名称"],
  exchange: ["交易所", "市场名称", "交易板块", "市场"],
  right: ["合约类型", "期权类型", "认购认沽"],
  side: ["持仓方向", "持仓类别", "持仓类型", "opthold_type"],
  covered: ["备兑标志", "备兑", "covered_flag"],
  lots: ["合约余额", "持仓数量", "实际持仓", "合约数量", "持仓"],
  openPrice: ["合约成本价", "成本价", "开仓均价"],
  marketValue: ["合约市值", "市值"],
  margin: ["保证金", "占用保证金", "已占用保证金"],
  lockedShares: ["备兑股份数量", "备兑锁定数量"],
  combined: ["已组合合约数量", "组合持仓"],
  underlying: ["标的证券代码", "标的代码"],
} as const satisfies Names<string>;

const ACCOUNT = {
  day: ["交易日期", "清算日期"],
  broker: ["机构名称"],
  id: ["资产账户", "资金账号", "客户代码"],
  name: ["客户名称"],
  currency: ["货币代码", "币种"],
  previousBalance: ["期初结存"],
  balance: ["期末结存"],
  available: ["资金可用金额", "可用资金"],
  margin: ["占用保证金"],
  exerciseMargin: ["行权锁定保证金"],
  netPremium: ["权利金收付"],
  exercisePnl: ["行权收付"],
  commission: ["手续费"],
  exerciseFee: ["行权手续费"],
  marketValueLong: ["权利仓市值"],
  marketValueShort: ["义务仓市值"],
  riskDegree: ["保证金风险率"],
  marginCall: ["应追加保证金"],
  paidIn: ["转入金额", "银衍入金"],
  paidOut: ["转出金额", "银衍出金"],
  clearingFee: ["结算费"],
  handlingFee: ["经手费"],
} as const satisfies Names<string>;

const TRADES = {
  day: ["成交日期"],
  time: ["成交时间"],
  exchange: ["交易所", "市场名称"],
  number: ["合约编码"],
  code: ["合约代码"],
  name: ["合约名称", "合约简称"],
  side: ["买卖", "买卖方向"],
  effect: ["开平", "开平标志"],
  covered: ["备兑", "备兑标志"],
  price: ["成交价格", "成交价"],
  lots: ["成交数量"],
  turnover: ["成交金额"],
  id: ["成交编码", "成交号", "成交编号"],
} as const satisfies Names<string>;

/** 金证 writes letters, 恒生 digits, most words. */
const SIDE_CODES: Readonly<Record<string, Side>> = {
  L: "long",
  S: "short",
  C: "covered",
  "0": "long",
  "1": "short",
  "2": "covered",
};

function sideOf(draft: Draft, row: Row<keyof typeof POSITIONS>): Side | undefined {
  const text = row.text("side");
  const side = SIDE_CODES[text.toUpperCase()] ?? readSide(text);
  if (!side) {
    draft.note("unknownSide", row.at("side"), { raw: text });
    return undefined;
  }
  return side === "short" && saysYes(row.text("covered")) ? "covered" : side;
}

type ContractRow = Pick<
  Row<"code" | "number" | "name" | "exchange">,
  "text" | "optional" | "neededText" | "place"
>;

const venueOf = (number: string | undefined): string | undefined =>
  number && (number.startsWith("1") ? "SSE" : "SZSE");

function tradeOf(draft: Draft, row: ContractRow) {
  const { code, number } = codeAndNumber(row.text("code"), row.text("number"));
  const name = row.optional("name");
  const exchange = venueOf(number) ?? row.optional("exchange");
  const contract = code || name ? draft.traded(code ?? name ?? "", row.place, exchange) : number;
  return contract ? { contract, number, exchange } : undefined;
}

/** By trading code; by the short name, which has neither year nor exchange, where only the number is there. */
function contractOf(draft: Draft, row: ContractRow) {
  const { code, number } = codeAndNumber(row.text("code"), row.text("number"));
  const name = row.optional("name");
  const exchange = venueOf(number) ?? row.optional("exchange");
  if (!code && !name && !number) row.neededText("code");
  const named = draft.contract(code ?? name ?? number ?? "", row.place, exchange);
  return { ...named, number, name, exchange };
}

function* readPositions(
  draft: Draft,
  sheet: Sheet,
  found: Found<keyof typeof POSITIONS>,
): Generator<void> {
  const seen = new Map<string, number>();
  for (const row of rowsBelow(draft, sheet, POSITIONS, found)) {
    draft.found += 1;
    const side = sideOf(draft, row);
    row.needed("lots");
    const quantity = row.lots("lots");
    const named = contractOf(draft, row);
    if (!row.unread && side && quantity) {
      draft.read += 1;
      const line = row.cells.join("\t");
      const first = seen.get(line);
      if (first !== undefined) draft.note("duplicateRow", row.place, { first });
      else seen.set(line, row.place.row ?? 0);
      const right = readRight(row.text("right"));
      draft.agreeWithCode(named.subject, { right }, (column) =>
        column === "right" ? row.at("right") : row.at("code"),
      );
      const contract = named.subject?.kind === "option" ? named.subject.contract : undefined;
      if (quantity.greaterThan(0)) {
        draft.positions.push({
          place: row.place,
          account: row.optional("account"),
          ...named,
          side,
          quantity,
          right,
          strike:
            contract && (contract.strike ?? strikeOfName(contract, named.name, named.exchange)),
          openPrice: row.expected("openPrice"),
          margin: side === "long" ? row.amount("margin") : row.expected("margin"),
          marketValue: row.expected("marketValue")?.abs(),
          lockedShares: side === "covered" ? row.amount("lockedShares") : undefined,
          combinedQuantity: row.amount("combined"),
        });
      }
    }
    yield;
  }
}

/** An adjusted contract's short name shows its new strike; its trading code keeps the old one but has the year. */
function strikeOfName(
  { month }: Contract,
  name: string | undefined,
  exchange: string | undefined,
): Amount | undefined {
  const reading = name ? new Codes(`${month}-01`).read(name, exchange) : undefined;
  const named = reading && "subject" in reading ? reading.subject : undefined;
  return named?.kind === "option" ? named.contract.strike : undefined;
}

function* readAccount(
  draft: Draft,
  sheet: Sheet,
  found: Found<keyof typeof ACCOUNT>,
): Generator<void> {
  let latest: Row<keyof typeof ACCOUNT> | undefined;
  let on: Day | undefined;
  let days = 0;
  for (const row of rowsBelow(draft, sheet, ACCOUNT, found)) {
    const day = row.day("day");
    days += 1;
    if (!latest || (day && (!on || day > on))) {
      latest = row;
      on = day ?? on;
    }
    yield;
  }
  if (!latest) return;
  if (days > 1) draft.note("severalDays", {}, { count: days, day: on ?? "?" });
  draft.readOn(on);
  draft.period = "day";
  const row = latest;
  const fees = [row.amount("commission"), row.amount("clearingFee"), row.amount("handlingFee")];
  const [first, ...others] = fees.flatMap((fee) => fee ?? []);
  const paidIn = row.amount("paidIn");
  const paidOut = row.amount("paidOut");
  const account = {
    id: row.optional("id"),
    name: row.optional("name"),
    broker: row.optional("broker"),
    currency: row.optional("currency"),
    day: on,
    figures: {
      ...(paidIn && paidOut ? { netDeposit: paidIn.minus(paidOut) } : {}),
      ...(first ? { commission: others.reduce((a, b) => a.plus(b), first) } : {}),
      ...pick(row, [
        "previousBalance",
        "balance",
        "available",
        "margin",
        "exerciseMargin",
        "netPremium",
        "exercisePnl",
        "exerciseFee",
        "marketValueLong",
        "marketValueShort",
        "riskDegree",
        "marginCall",
      ]),
    },
  };
  // Without futures the balance is the equity.
  const { balance } = account.figures;
  const figures = { ...account.figures, ...(balance ? { equity: balance } : {}) };
  draft.accounts.push({ ...account, figures });
  checkAccount(draft, { ...account, figures }, row.place, ["equity", "margin"]);
}

function pick<K extends keyof typeof ACCOUNT>(row: Row<keyof typeof ACCOUNT>, keys: readonly K[]) {
  const figures: Partial<Record<K, NonNullable<ReturnType<typeof row.amount>>>> = {};
  for (const key of keys) {
    const figure = row.amount(key);
    if (figure) figures[key] = figure;
  }
  return figures;
}

function* readTrades(
  draft: Draft,
  sheet: Sheet,
  found: Found<keyof typeof TRADES>,
): Generator<void> {
  for (const row of rowsBelow(draft, sheet, TRADES, found)) {
    const effect = row.optional("effect");
    if (!row.text("lots") && !row.text("price") && effect) {
      draft.note("eventRow", row.place, { raw: effect });
    } else {
      const side = row.bought("side");
      const quantity = row.needed("lots");
      const traded = tradeOf(draft, row);
      if (!traded) row.neededText("code");
      if (!row.unread && side && quantity && traded) {
        draft.trades.push({
          place: row.place,
          account: undefined,
          day: row.day("day"),
          time: row.optional("time"),
          ...traded,
          side,
          effect,
          quantity,
          price: row.expected("price"),
          id: row.optional("id"),
        });
      }
    }
    yield;
  }
}

const tablesOf = (sheet: Sheet) => ({
  positions:
    findTable(sheet, POSITIONS, ["number", "side", "lots"]) ??
    findTable(sheet, POSITIONS, ["code", "name", "side", "lots"]),
  account: findTable(sheet, ACCOUNT, ["balance", "margin", "available"]),
  trades:
    findTable(sheet, TRADES, ["number", "side", "price", "lots", "id"]) ??
    findTable(sheet, TRADES, ["code", "name", "side", "price", "lots", "id"]),
});

export const securities: Format = {
  id: "securities",
  claims: ({ sheets }) =>
    sheets.some((sheet) => Object.values(tablesOf(sheet)).some((found) => found)),
  *read({ sheets }, draft) {
    for (const sheet of sheets) {
      const { positions, account, trades } = tablesOf(sheet);
      if (account) yield* readAccount(draft, sheet, account);
      if (positions) yield* readPositions(draft, sheet, positions);
      else if (trades) yield* readTrades(draft, sheet, trades);
    }
  },
};
