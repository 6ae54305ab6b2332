import type { Bound, ErrorCode, ErrorParams, MarginError } from "./errors";
import { digits, isAmount } from "./number";
import type { Bilingual } from "./terms";

/** Arguments by their name in the public contract, as a trader calls them. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  band: "涨跌幅比例",
  callLine: "追保线",
  callSettlement: "认购结算价",
  callStrike: "认购行权价",
  closePrice: "平仓价",
  code: "代码",
  coefficient: "保证金调整系数",
  combination: "组合编号",
  contract: "合约",
  equity: "客户权益",
  exchange: "交易所",
  expiry: "到期日",
  firstMargin: "第一腿保证金",
  firstPremium: "第一腿权利金",
  futures: "标的期货价",
  immediateLine: "即时处置线",
  index: "标的指数",
  language: "语言",
  lastPrice: "最新价",
  line: "风险线",
  liquidationLine: "平仓线",
  lockedShares: "备兑锁定份数",
  longStrike: "买入腿行权价",
  lots: "手数",
  lotsAfter: "变化后的手数",
  margin: "保证金",
  marginHeld: "已收保证金",
  markup: "上浮比例",
  minimum: "最低保障系数",
  minimumRatio: "最低比例",
  minimumShare: "最低保障比例",
  mode: "计算方式",
  multiplier: "合约乘数",
  on: "日期",
  openInterest: "市场持仓量",
  openPrice: "开仓价",
  order: "平仓顺序",
  outOfTheMoneyShare: "虚值额扣减比例",
  positions: "持仓表",
  premium: "权利金",
  previousSettlement: "前结算价",
  price: "价格",
  putSettlement: "认沽结算价",
  putStrike: "认沽行权价",
  quantity: "手数",
  rate: "保证金率",
  rateAfter: "变化后的保证金率",
  ratio: "比例",
  right: "认购/认沽",
  riskRatio: "风险度",
  secondMargin: "第二腿保证金",
  secondPremium: "第二腿权利金",
  sets: "组数",
  settlement: "结算价",
  settlementAfter: "变化后的结算价",
  settlementBefore: "变化前的结算价",
  shortStrike: "卖出腿行权价",
  side: "买卖方向",
  strike: "行权价格",
  strikeAfter: "变化后的行权价格",
  strikeGap: "行权价差金额",
  underlying: "标的价格",
  underlyingAfter: "变化后的标的价格",
  underlyingBefore: "变化前的标的价格",
  underlyingPreviousClose: "标的前收盘价",
  unit: "合约单位",
  unitAfter: "变化后的合约单位",
  watchLine: "关注线",
  x: "折扣系数",
};

/** The Chinese name of an argument of the functions. */
export const argumentName = (argument: string): string => ARGUMENTS[argument] ?? argument;

const MUST: Readonly<Record<Bound, Bilingual>> = {
  aboveZero: { zh: "须大于 0", en: "must be above zero" },
  notNegative: { zh: "不能小于 0", en: "must not be below zero" },
  wholeAboveZero: { zh: "须为正整数", en: "must be a whole number above zero" },
  fraction: {
    zh: "须是大于 0、不超过 1 的小数（百分之七写 0.07 或 7%）",
    en: "must be a fraction above 0 and at most 1 (seven per cent is 0.07 or 7%)",
  },
  markup: {
    zh: "须是 0 到 10 之间的小数（上浮两成写 0.2）",
    en: "must be a fraction from 0 to 10 (20 per cent more is 0.2)",
  },
  notDecreasing: {
    zh: "不能低于前一条线",
    en: "must not be below the line before it",
  },
  tooLarge: { zh: "太大，须小于 10¹⁵", en: "is too large, must be below 10^15" },
  tooManyRows: {
    zh: "一次最多 100000 行",
    en: "takes 100,000 rows at most in one call",
  },
  tooManyLegs: {
    zh: "同一品种最多 1000 行一起组合",
    en: "takes 1,000 rows of one product at most where they combine",
  },
  aRange: { zh: "须是一个单元格", en: "must be a single cell, not a range" },
  lockedShares: {
    zh: "不够备兑全部手数",
    en: "must cover all lots",
  },
  notAboveStrike: { zh: "不能高于行权价格", en: "must not be above the strike" },
};

const LONGEST = 40;

/** The offending value as it is shown. */
function shown(value: unknown): Bilingual {
  if (value === null || value === undefined || (typeof value === "string" && !value.trim())) {
    return { zh: "空白", en: "blank" };
  }
  if (Array.isArray(value)) return { zh: "一个区域", en: "a range" };
  if (typeof value === "string") {
    const short = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
    return { zh: `“${short}”`, en: `"${short}"` };
  }
  if (typeof value === "object" && !isAmount(value)) {
    return { zh: "一个数据类型", en: "a data type" };
  }
  const plain = isAmount(value) ? digits(value) : String(value);
  return { zh: plain, en: plain };
}

/** What a name could have been, for `unknownName`. */
const EXPECTED: Readonly<Record<string, Bilingual>> = {
  right: {
    zh: "写 C、P、认购、认沽、看涨或看跌",
    en: "use C, P, call or put",
  },
  side: {
    zh: "写 卖、买、备兑、short、long 或 covered",
    en: "use short, long or covered",
  },
  exchange: { zh: "可用 {choices} 或其中文名", en: "use {choices}" },
  ambiguous: {
    zh: "{choices} 都有，请在前面加上交易所，如 SSE.",
    en: "{choices} both have it; put the exchange in front, such as SSE.",
  },
  contract: {
    zh: "写交易代码，如 m2701-C-3100、510050C2612M03100",
    en: "use a trading code such as m2701-C-3100 or 510050C2612M03100",
  },
  instrumentNumber: {
    zh: "这是合约编码，看不出行权价和认购认沽；请用交易代码，如 510050C2612M03100",
    en: "this is an instrument number that tells neither strike nor right; use the trading code, such as 510050C2612M03100",
  },
  language: { zh: "写 zh 或 en", en: "use zh or en" },
  mode: {
    zh: "写 none（单独）、held（已有）或 best（最优）",
    en: "use none, held or best",
  },
  strategy: { zh: "可用 {choices}", en: "use {choices}" },
  order: {
    zh: "写 流动性、最少手数、最省，或 liquidity、fewest、cheapest",
    en: "use liquidity, fewest or cheapest",
  },
};

/** Why a value is not allowed where it stands, for `notAllowed`. */
const REASONS: Readonly<Record<string, Bilingual>> = {
  reference: {
    zh: '写单元格引用、名称或大于 0 的数，如 "A2"',
    en: 'use a cell reference, a name or a number above zero, such as "A2"',
  },
  header: {
    zh: "第一行须是列名，至少有 合约 一列，或 交易所、认购认沽、行权价 三列",
    en: "the first row must hold column names: contract, or exchange, right and strike",
  },
  headerTwice: { zh: "有两列同名", en: "two columns have this name" },
  noQuantity: {
    zh: "认不出这些列名，表里又没有手数一列，不能当作一手计算",
    en: "these column names are not known and there is no quantity column, so one lot a row cannot be assumed",
  },
  noSide: {
    zh: "认不出这些列名，表里又没有买卖方向一列，不能当作卖方计算",
    en: "these column names are not known and there is no side column, so short cannot be assumed",
  },
  etf: {
    zh: "备兑只用于 ETF 认购期权；期货期权的备兑组合用 ZCE.COVEREDMARGIN",
    en: "covered is for ETF calls; for a futures option held against its future use ZCE.COVEREDMARGIN",
  },
  inCombination: {
    zh: "组合里的腿不能单独平仓；先拆开组合，或只给未组合的行",
    en: "a leg of a combination cannot be closed alone: undo the combination, or leave its rows out",
  },
  shortShares: { zh: "ETF 份额不能卖空持有", en: "ETF shares cannot be held short" },
  setOfTwo: { zh: "一个组合须正好是表中两行", en: "a set must be exactly two rows" },
  setForm: {
    zh: "这两行不构成该交易所的组合（须同标的、同到期、同单位、未调整，并按规则起用日）",
    en: "its rows make no combination of the exchange on that day (one underlying, expiry and unit, not adjusted)",
  },
  setDissolved: {
    zh: "到期前交易所已解除这种组合，请按单腿列出",
    en: "the exchange takes such a set apart before expiry and has done so: list its legs singly",
  },
  setLots: {
    zh: "两腿手数须相等，份额须足够",
    en: "its legs must have equal lots, and enough shares",
  },
  noSpread: {
    zh: "与买入腿行权价相同，不构成价差",
    en: "the strikes are equal, which makes no spread",
  },
  noStraddle: {
    zh: "高于认购行权价，不构成跨式或宽跨式",
    en: "it is above the call's strike, which makes neither straddle nor strangle",
  },
};

/** A core error as a sentence that names the argument and its value, in both languages; in a table, its row. */
export function sentence({ code, params }: MarginError): Bilingual {
  const { zh, en } = said(code, params);
  if (!params.row) return { zh, en };
  const { number, names } = params.row;
  return { zh: `第 ${number} 行 ${names}：${zh}`, en: `row ${number}, ${names}: ${en}` };
}

function said(code: ErrorCode, params: ErrorParams): Bilingual {
  const { argument, must, detail } = params;
  const zh = argumentName(argument);
  const value = shown(params.value);
  const now: Bilingual = { zh: `${zh}现为${pad(value.zh)}`, en: `${argument} is ${value.en}` };
  switch (code) {
    case "notANumber":
      return {
        zh: `${zh}须是数字，现为${pad(value.zh)}`,
        en: `${argument} must be a number; it is ${value.en}`,
      };
    case "notADate":
      return {
        zh: `${zh}须是日期，如 2026-11-20，现为${pad(value.zh)}`,
        en: `${argument} must be a date such as 2026-11-20; it is ${value.en}`,
      };
    case "outOfRange": {
      const bound = MUST[must ?? "aboveZero"];
      return {
        zh: `${zh}${bound.zh}${detail ? `（${detail}）` : ""}，现为${pad(value.zh)}`,
        en: `${argument} ${bound.en}${detail ? ` (${detail})` : ""}; it is ${value.en}`,
      };
    }
    case "unknownName": {
      const expected = EXPECTED[detail ?? argument];
      const choices = params.choices?.join(", ") ?? "";
      const fill = (text: string | undefined): string => text?.replace("{choices}", choices) ?? "";
      if (value.en === "blank") {
        return { zh: `${now.zh}，${fill(expected?.zh)}`, en: `${now.en}: ${fill(expected?.en)}` };
      }
      return {
        zh: `不认识的${zh}${pad(value.zh)}${expected ? `，${fill(expected.zh)}` : ""}`,
        en: `${argument} ${value.en} is not known${expected ? `: ${fill(expected.en)}` : ""}`,
      };
    }
    case "notAllowed": {
      const why = REASONS[detail ?? ""];
      return { zh: `${now.zh}，${why?.zh ?? ""}`, en: `${now.en}: ${why?.en ?? ""}` };
    }
    case "contradiction":
      return {
        zh: `${now.zh}，与合约代码不符（${detail}）`,
        en: `${now.en}, which contradicts the contract code (${detail})`,
      };
    case "missing":
      return {
        zh: `缺${zh}${detail ? `（${detail}）` : ""}`,
        en: `${argument} is missing${detail ? ` (${detail})` : ""}`,
      };
    case "noRule":
      if (!detail)
        return { zh: `没有 ${params.value} 的规则`, en: `there is no rule for ${params.value}` };
      return {
        zh: `${params.value} 没有可用的规则（最早：${detail}）`,
        en: `no rule for ${params.value} (first: ${detail})`,
      };
    case "undefinedRatio":
      return { zh: "客户权益为 0，风险度无意义", en: "equity is zero: there is no ratio" };
    case "beyondEveryLine":
      return {
        zh: `客户权益为负（${value.zh}），已越过所有风险线`,
        en: `equity is negative (${value.en}): beyond every line`,
      };
  }
}

/** A space between Chinese text and a figure, none before a quotation mark or a word. */
const pad = (value: string): string => (/^[\d-]/.test(value) ? ` ${value}` : value);
