/** What reading a statement gives: the nouns of a broker's paper, in the words of the field. */
import type { Amount, Bilingual, Day, Right, Side } from "../core";
import type { Problem } from "./problems";
import type { Subject } from "./subject";
import type { GuessedTable } from "./columns";

/** The layouts we know, by the name shown when the user has to choose. */
export const FORMATS = {
  ctp: { zh: "期货公司结算单（CTP 文本）", en: "futures broker's settlement text (CTP)" },
  etfOption: { zh: "期货公司 ETF 期权结算单", en: "futures broker's ETF option statement" },
  cfmmc: { zh: "监控中心结算日报/月报", en: "CFMMC daily or monthly workbook" },
  securities: { zh: "证券公司期权查询", en: "securities broker's option query" },
  wenhua: { zh: "文华账单", en: "Wenhua workbook" },
  machineText: { zh: "holddata/cusfund 文本", en: "holddata or cusfund text" },
  ibkr: { zh: "盈透活动报表", en: "IBKR activity statement" },
  futu: { zh: "富途持仓", en: "Futu positions" },
  table: { zh: "普通表格", en: "plain table" },
} as const satisfies Record<string, Bilingual>;

export type FormatId = keyof typeof FORMATS;

/** The money figures of an account as statements print them, with what each label means. */
export const FIGURES = {
  previousBalance: { zh: "期初结存", en: "balance brought forward" },
  netDeposit: { zh: "出入金", en: "deposits less withdrawals" },
  realisedPnl: { zh: "平仓盈亏", en: "realised profit, futures only" },
  markToMarketPnl: { zh: "持仓盯市盈亏", en: "day's profit on positions held, futures only" },
  dayPnl: { zh: "当日盈亏", en: "day's profit, realised and on positions held" },
  floatingPnl: { zh: "浮动盈亏", en: "profit since opening on positions held" },
  exercisePnl: { zh: "期权执行盈亏", en: "profit on exercise and assignment" },
  deliveryPnl: { zh: "交割盈亏", en: "profit on delivery" },
  premiumReceived: { zh: "权利金收入", en: "premium received" },
  premiumPaid: { zh: "权利金支出", en: "premium paid, above zero" },
  netPremium: { zh: "总权利金", en: "premium received less premium paid" },
  commission: { zh: "手续费", en: "commission" },
  exerciseFee: { zh: "行权手续费", en: "exercise fee" },
  deliveryFee: { zh: "交割手续费", en: "delivery fee" },
  balance: { zh: "期末结存", en: "balance carried forward" },
  equity: { zh: "客户权益", en: "customer equity on the cash basis, premium included" },
  margin: { zh: "保证金占用", en: "margin in use on the broker's standard" },
  deliveryMargin: { zh: "交割保证金", en: "delivery margin" },
  exerciseMargin: { zh: "行权锁定保证金", en: "margin locked for exercise" },
  available: { zh: "可用资金", en: "funds available" },
  /** As printed, a fraction. */
  riskDegree: { zh: "风险度", en: "risk degree" },
  marginCall: { zh: "应追加资金", en: "margin call" },
  initialMargin: { zh: "基础保证金", en: "minimum balance" },
  frozen: { zh: "冻结资金", en: "frozen funds" },
  pledge: { zh: "质押金", en: "pledged collateral counted as money" },
  pledgeChange: { zh: "质押变化金额", en: "change of the pledged amount" },
  fxPledgeIn: { zh: "货币质入", en: "currency pledged in" },
  fxPledgeOut: { zh: "货币质出", en: "currency pledge redeemed" },
  fxPledgeChange: { zh: "货币质押变化金额", en: "change of the currency pledge" },
  fxPledgeMargin: { zh: "货币质押保证金占用", en: "margin in use by currency pledge" },
  collateral: { zh: "非货币充抵金额", en: "non-cash collateral counted" },
  fxCollateral: { zh: "货币充抵金额", en: "currency collateral counted" },
  cash: { zh: "实有货币资金", en: "cash held" },
  marketValueLong: { zh: "多头期权市值", en: "market value of long options" },
  marketValueShort: { zh: "空头期权市值", en: "market value of short options, above zero" },
  marketValueEquity: { zh: "市值权益", en: "equity with option market value" },
} as const satisfies Record<string, Bilingual>;

export type AccountFigure = keyof typeof FIGURES;

/** One account in one currency. Its full number stays in memory: show `masked(id)`. */
export interface Account {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly broker: string | undefined;
  /** As printed: 人民币, CNY, HKD. */
  readonly currency: string | undefined;
  readonly day: Day | undefined;
  /** Only what the statement prints; amounts in the account's currency. */
  readonly figures: Readonly<Partial<Record<AccountFigure, Amount>>>;
}

/** Where something stands in the file: rows count from 1. */
export interface Place {
  readonly sheet?: string | undefined;
  readonly row?: number | undefined;
  readonly column?: string | undefined;
}

/** One holding as the statement prints it; amounts for all lots, in the account's currency. */
export interface Position {
  readonly place: Place;
  readonly account: string | undefined;
  /** The code in the exchange's own case where it is known, else as printed. */
  readonly contract: string;
  /** What the code names; undefined where nobody's grammar reads it (a problem says so). */
  readonly subject: Subject | undefined;
  /** The number securities exchanges give a contract: "10011001". */
  readonly number?: string | undefined;
  readonly name?: string | undefined;
  /** As printed: 大商所, DCE, SSE. */
  readonly exchange?: string | undefined;
  readonly side: Side;
  /** Lots, above zero. */
  readonly quantity: Amount;
  readonly right?: Right | undefined;
  readonly strike?: Amount | undefined;
  /** 合约单位/合约乘数: printed, or the only whole number that gives the printed market value. */
  readonly multiplier?: Amount | undefined;
  /** Prices per quoted unit. */
  readonly openPrice?: Amount | undefined;
  readonly openDay?: Day | undefined;
  readonly previousSettlement?: Amount | undefined;
  readonly settlement?: Amount | undefined;
  readonly lastPrice?: Amount | undefined;
  /** The printed price of the underlying; most statements have none. */
  readonly underlyingPrice?: Amount | undefined;
  /** What the broker took; 0 is printed for longs and covered calls. */
  readonly margin?: Amount | undefined;
  /** One margin printed for the long and the short side of a future together; stands on the long one. */
  readonly sharedMargin?: Amount | undefined;
  /** Above zero on either side. */
  readonly marketValue?: Amount | undefined;
  /** 投/保 as printed: 投机, 套保, 交易. */
  readonly hedge?: string | undefined;
  /** Lots that are part of a combination. */
  readonly combinedQuantity?: Amount | undefined;
  readonly lockedShares?: Amount | undefined;
  readonly currency?: string | undefined;
}

/** A price the statement holds, by contract: an option's, or a future's that options may be on. */
export interface Quote {
  readonly contract: string;
  readonly day: Day | undefined;
  readonly settlement?: Amount | undefined;
  readonly previousSettlement?: Amount | undefined;
  readonly lastPrice?: Amount | undefined;
  /** Rows print different settlements for it: then it has none here, and a problem says so. */
  readonly settlementsDiffer?: true | undefined;
}

/** One fill. */
export interface Trade {
  readonly place: Place;
  readonly account: string | undefined;
  readonly day: Day | undefined;
  readonly time?: string | undefined;
  readonly contract: string;
  readonly number?: string | undefined;
  readonly exchange?: string | undefined;
  readonly side: "buy" | "sell";
  /** As printed: 开, 平今, 强平; a monitoring-centre option trade has none. */
  readonly effect?: string | undefined;
  readonly quantity: Amount;
  readonly price: Amount | undefined;
  /** Above zero when received. */
  readonly premium?: Amount | undefined;
  readonly fee?: Amount | undefined;
  readonly realisedPnl?: Amount | undefined;
  /** Text: it may have 19 digits and leading zeros. */
  readonly id?: string | undefined;
}

/** A combination the exchange recognised, margined as one. */
export interface Combination {
  readonly place: Place;
  /** 组合编号. */
  readonly id: string;
  /** 组合策略编码 as printed. */
  readonly strategy: string | undefined;
  readonly quantity: Amount;
  readonly margin: Amount | undefined;
  /** The legs' codes or numbers. */
  readonly legs: readonly string[];
}

/** One line of exercise, assignment or abandonment. */
export interface Exercise {
  readonly place: Place;
  readonly account: string | undefined;
  readonly day: Day | undefined;
  readonly contract: string;
  readonly side: "buy" | "sell";
  /** As printed: 期权执行, 期权履约, 期权放弃. */
  readonly outcome?: string | undefined;
  readonly quantity: Amount;
  readonly strike?: Amount | undefined;
  readonly pnl?: Amount | undefined;
  readonly fee?: Amount | undefined;
}

/**
 * How far the totals can be trusted:
 * checked – every row was read and the sums meet the figures the statement prints;
 * unchecked – every row was read, but the file has no such figures;
 * incomplete – there are problems, so a total may be too small.
 */
export type Trust = "checked" | "unchecked" | "incomplete";

/** Sums over what was read. */
export interface Totals {
  /** The printed margins of the positions, and of combinations where they stand apart. */
  readonly margin: Amount;
  readonly shortLots: Amount;
  readonly longLots: Amount;
  readonly trust: Trust;
}

/** A sum the file prints beneath rows, or of the same rows in another table, with what its rows add up to. */
export interface Control {
  /** Unique in the statement: "summary margin". */
  readonly id: string;
  readonly name: Bilingual;
  /** What it is the sum of. */
  readonly text: Bilingual;
  readonly of: "money" | "number";
  /** Whose, where the file has a part an account. */
  readonly account: string | undefined;
  readonly printed: Amount;
  readonly rows: Amount;
  readonly holds: boolean;
}

export interface Statement {
  readonly file: string;
  /** Undefined where nobody recognised it, or two did: then `choices` holds their names. */
  readonly format: FormatId | undefined;
  readonly choices: readonly FormatId[];
  readonly encoding: string | undefined;
  readonly period: "day" | "month" | undefined;
  /** The first day of a period longer than one. */
  readonly from: Day | undefined;
  /** The day the positions are of. */
  readonly day: Day | undefined;
  /** The only account; undefined where there are several or none. */
  readonly account: Account | undefined;
  readonly accounts: readonly Account[];
  readonly positions: readonly Position[];
  /** The same holdings split by opening, where the statement shows them. */
  readonly lots: readonly Position[];
  readonly combinations: readonly Combination[];
  readonly quotes: readonly Quote[];
  readonly trades: readonly Trade[];
  readonly exercises: readonly Exercise[];
  readonly problems: readonly Problem[];
  /** Printed sums of its rows; the account's own figures are held against each other elsewhere. */
  readonly controls: readonly Control[];
  /** Rows of positions found and read. */
  readonly rows: { readonly found: number; readonly read: number };
  readonly totals: Totals;
  /** For a plain table: the columns taken and what else they could be. */
  readonly table: GuessedTable | undefined;
}

/** The positions of one account, for a file that holds several: their sums are not added up. */
export const positionsOfAccount = (
  { positions }: Statement,
  { id }: Account,
): readonly Position[] => positions.filter(({ account }) => account === id);
