/** The sentences of what an account lacks and where it is typed, in both languages. */
import type { Language } from "./language";

/** What contracts lack: all of them their strike, all their unit, or this and that. */
export type TermsLacked = "strike" | "unit" | "both";

const TERMS_ZH: Readonly<Record<TermsLacked, string>> = {
  strike: "行权价",
  unit: "单位",
  both: "行权价或单位",
};
const TERMS_EN: Readonly<Record<TermsLacked, string>> = {
  strike: "strike",
  unit: "unit",
  both: "strike or unit",
};

const zh = {
  missingPrices: (n: number) => `缺 ${n} 个标的价`,
  missingRates: (n: number) => `缺 ${n} 个交易所保证金率`,
  missingEquity: "缺客户权益",
  missingTerms: (n: number, which: TermsLacked) => `缺 ${n} 个合约的${TERMS_ZH[which]}`,
  and: "，",
  priceSentence: (list: string) =>
    `账单没有 ${list} 的价格。公司标准用账单数字，不受影响；交易所标准先不下结论。`,
  priceSentenceComputed: (list: string) =>
    `账单没有 ${list} 的价格，也没有列保证金：两种标准都先不下结论。`,
  rateSentence: (list: string) => `账单不印交易所保证金率：${list}。填上才能按交易所标准重算。`,
  equitySentence: "账单没有列客户权益；填上才有风险度。",
  termsSentence: (list: string, which: TermsLacked) =>
    `${list} 的代码和账单都没有写明${TERMS_ZH[which]}，保证金先不下结论。照交易所的合约公告填。`,
  given: (n: number) => `你已填 ${n} 个，可改`,
  askedCaption: "标的价格和保证金率",
  underlying: "标的",
  price: "价格",
  rate: "交易所率",
  priceOf: (code: string) => `${code} 价格`,
  rateOf: (code: string) => `${code} 交易所保证金率`,
  rateHint: "%",
  contract: "合约",
  strike: "行权价",
  unit: "单位",
  termsCaption: "合约的行权价和单位",
  strikeOf: (contract: string) => `${contract} 行权价`,
  unitOf: (contract: string) => `${contract} 单位`,
  wrongUnit: (text: string) => `“${text}”不是合约单位，没有采用。填大于 0 的整数。`,
  wrongStrike: (text: string) => `“${text}”不是行权价，没有采用。填大于 0 的数字。`,
  equity: "客户权益",
  wrongPrice: (text: string) => `“${text}”不是价格，没有采用。填大于 0 的数字。`,
  wrongEquity: (text: string) => `“${text}”不是金额，没有采用。填一个数字。`,
  or: "或",
  fromSelection: "从选区取价",
  pasteColumn: "粘贴一列",
  pasteHint: "每行一个：合约，空格或制表符，价格",
  pasteTake: "填入",
  officialTable: "粘贴交易所的合约调整表",
  officialHint: "连表头一起粘贴，要有原、新合约单位和原、新行权价；合约代码新旧都认。",
  officialExample: "合约代码\t原合约单位\t新合约单位\t原行权价格\t新行权价格",
  officialDiffers: (official: string, computed: string) =>
    `调整表的行权价是 ${official}，按规则算是 ${computed}：用调整表的。`,
  priceInForce: (price: string) => `现用 ${price}。`,
  noPriceInForce: "现在没有价格。",
  rateInForce: (rate: string) => `现用 ${rate}。`,
  noRateInForce: "现在没有率。",
  termsHint: "公司的上浮方式还没填，按公司标准重算要用它。",
  termsHintLink: "去公司参数填上浮方式",
  openSettings: "在公司参数里填率",
};

export type MissingTexts = typeof zh;

const en: MissingTexts = {
  missingPrices: (n) => `${n} underlying ${n === 1 ? "price" : "prices"} missing`,
  missingRates: (n) => `${n} exchange ${n === 1 ? "rate" : "rates"} missing`,
  missingEquity: "equity missing",
  missingTerms: (n, which) =>
    `${n} ${n === 1 ? "contract" : "contracts"} without ${TERMS_EN[which]}`,
  and: ", ",
  priceSentence: (list) =>
    `The statement has no price of ${list}. The broker figure is as printed; the exchange figure is left open.`,
  priceSentenceComputed: (list) =>
    `The statement has no price of ${list} and prints no margin: both standards are left open.`,
  rateSentence: (list) =>
    `Statements don't print the exchange's margin rate: ${list}. Type it to get the exchange figure.`,
  equitySentence: "The statement prints no customer equity; type it to get a risk ratio.",
  termsSentence: (list, which) =>
    `Neither code nor statement tells the ${TERMS_EN[which]} of ${list}, so the margin is left open. Type what the exchange's notice says.`,
  given: (n) => `${n} typed by you: change`,
  askedCaption: "Prices and margin rates of underlyings",
  underlying: "Underlying",
  price: "Price",
  rate: "Exch. rate",
  priceOf: (code) => `Price of ${code}`,
  rateOf: (code) => `Exchange margin rate of ${code}`,
  rateHint: "%",
  contract: "Contract",
  strike: "Strike",
  unit: "Unit",
  termsCaption: "Strike and unit of contracts",
  strikeOf: (contract) => `Strike of ${contract}`,
  unitOf: (contract) => `Unit of ${contract}`,
  wrongUnit: (text) =>
    `“${text}” isn't a contract unit and wasn't taken. Type a whole number above 0.`,
  wrongStrike: (text) => `“${text}” isn't a strike and wasn't taken. Type a number above 0.`,
  equity: "Customer equity",
  wrongPrice: (text) => `“${text}” isn't a price and wasn't taken. Type a number above 0.`,
  wrongEquity: (text) => `“${text}” isn't an amount and wasn't taken. Type a number.`,
  or: "or",
  fromSelection: "Take from selection",
  pasteColumn: "Paste a column",
  pasteHint: "One a line: contract, space or tab, price",
  pasteTake: "Fill in",
  officialTable: "Paste the exchange's adjustment table",
  officialHint:
    "With its header: old and new contract unit, old and new strike; contracts by old or new code.",
  officialExample: "code\told unit\tnew unit\told strike\tnew strike",
  officialDiffers: (official, computed) =>
    `The table's strike is ${official}, the rule gives ${computed}: the table's counts.`,
  priceInForce: (price) => `In use: ${price}.`,
  noPriceInForce: "No price is in use.",
  rateInForce: (rate) => `In use: ${rate}.`,
  noRateInForce: "No rate is in use.",
  termsHint: "How the broker adds to the exchange's margin isn't set: recomputing needs it.",
  termsHintLink: "Set the markup in the broker profile",
  openSettings: "Set rates in the broker profile",
};

export const MISSING_TEXTS: Readonly<Record<Language, MissingTexts>> = { zh, en };
