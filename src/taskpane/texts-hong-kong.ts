/** The sentences of the Hong Kong card, in both languages. */
import type { HongKongField } from "../account";
import type { OptionValueMode } from "../core";
import type { Language } from "./language";

const zh = {
  status: "香港状态",
  caption: "香港（港元）",
  ratioCaption: "客户维持 ÷ 权益",
  incomplete: "不完整",
  estimated: "模型估算",
  sample: "样例",

  toAdd: "需追加",
  toInitial: (initial: string) => `补到客户开仓 ${initial}`,
  room: "离追保",
  roomText: "权益再少这些，就低于客户维持",
  yuan: (money: string, rate: string) => `折合 ${money}（汇率 ${rate}，你填写）`,

  commodity: "组合商品",
  house: "结算所",
  initial: "客户开仓",
  maintenance: "客户维持",
  total: "合计",
  marginsCaption: "香港各组合商品的保证金",

  minimumBinds: (minimum: string, scan: string) =>
    `按短仓最低收：最坏情景亏 ${scan}，短仓最低 ${minimum} 更高。`,
  longBinds: (value: string) => `只有权利仓，最多收到它们的价值 ${value}。`,
  called: (maintenance: string) => `权益低于客户维持 ${maintenance}：要补到客户开仓。`,
  noEquity: "没有港元权益。填上，才有状态。",
  noRatio: (codes: string) =>
    `没有 ${codes} 的客户比率，客户保证金先不下结论。问公司，或看交易所通告里客户与结算所保证金之比。`,
  rowsCounted: (k: number, n: number) =>
    `不完整：${n} 行中 ${k} 行已计。没计的行在下面写明缺什么。`,
  notWhole: "不完整：账单或参数文件没有读全，先不下结论。",
  stale: (file: string, day: string, held: string) =>
    `参数文件 ${file} 是 ${day} 的，持仓是 ${held} 的，隔得太远，不说正常。换近日的文件。`,
  estimateNote: "有的情景是模型估的，以交易所当天的参数文件为准。",
  neverSummed: "只计港元，不和其他持仓相加，也不写进工作表。",

  scenarios: "16 种情景",
  showScenarios: "组合商品",
  volUp: "波动率升",
  volDown: "波动率降",
  extreme: "极端，部分计入",
  axis: "价格变动，以扫描区间计",
  still: "价格不动",
  up: (ranges: string) => `涨 ${ranges} 个扫描区间`,
  down: (ranges: string) => `跌 ${ranges} 个扫描区间`,
  worst: (n: number, move: string, vol: string, loss: string) =>
    `最坏是情景 #${n}：${move}${vol}，亏 ${loss}。`,
  noLoss: (n: number, move: string, vol: string, gain: string) =>
    `每种情景都赚；最少的是 #${n}：${move}${vol}，赚 ${gain}。`,
  withVol: { up: "、波动率升", down: "、波动率降", none: "" },
  minimumLine: (minimum: string) => `短仓最低 ${minimum}`,
  table: "看表格",
  scenario: "情景",
  move: "价格",
  volatility: "波动率",
  loss: "盈亏",
  scenarioCaption: "各情景的盈亏，亏为负",
  sum: (parts: string) => `结算所保证金 = ${parts}`,
  scan: "扫描",
  calendar: "跨月",
  spot: "现货月",
  credit: "商品间抵减",
  optionValue: "期权价值",

  rows: "香港持仓",
  side: { long: "买", short: "卖", covered: "备兑" },
  fromFile: "文件",
  fromModel: "模型",
  open: "未计",

  terms: "权益和参数",
  equity: "港元权益",
  equityByUser: "你填写",
  equityPrinted: "账单所列",
  wrongMoney: (text: string) => `“${text}”不是金额，没有采用。填一个数字。`,
  wrongPrice: (text: string) => `“${text}”不是价格，没有采用。填大于 0 的数字。`,
  wrongFigure: (text: string) => `“${text}”不能用，没有采用。填一个合理的数字。`,
  future: (key: string) => `${key} 期货价`,
  field: {
    clientRatio: "客户比率",
    psr: "价格扫描区间（点）",
    vsr: "波动率扫描区间",
    multiplier: "合约乘数",
    calendarCharge: "跨月收费（HK$，没有写 none）",
    shortOptionMinimum: "短仓最低（HK$，没有写 none）",
  } satisfies Record<HongKongField, string>,
  ratioHint: "客户开仓 ÷ 结算所保证金，公司或通告里有。",
  fileOf: (house: string, day: string) => `参数文件 ${house} ${day}`,
  filed: (minimum: string, calendar: string) => `短仓最低 ${minimum}，跨月 ${calendar}`,
  noFile: "把交易所的参数文件（.spn 或 RPF，压缩的也行）拖到窗格里；没有就填下面的数。",
  value: "期权价值",
  valueMode: {
    none: "不计入",
    short: "加上空头市值",
    net: "减净市值",
  } satisfies Record<OptionValueMode, string>,
  rate: "1 港元折人民币",
};

export type HongKongTexts = typeof zh;

const en: HongKongTexts = {
  status: "Hong Kong status",
  caption: "Hong Kong, in HK$",
  ratioCaption: "client maintenance ÷ equity",
  incomplete: "Incomplete",
  estimated: "Model estimate",
  sample: "Sample",

  toAdd: "Add",
  toInitial: (initial) => `up to client initial, ${initial}`,
  room: "Room",
  roomText: "less equity, and it is below client maintenance",
  yuan: (money, rate) => `about ${money} (at ${rate}, your rate)`,

  commodity: "Commodity",
  house: "Clearing",
  initial: "Initial",
  maintenance: "Maint.",
  total: "Total",
  marginsCaption: "Margin of each Hong Kong commodity",

  minimumBinds: (minimum, scan) =>
    `The short option minimum binds: the worst scenario loses ${scan}, the minimum is ${minimum}.`,
  longBinds: (value) => `Only long options: no more than their value of ${value} is asked for.`,
  called: (maintenance) =>
    `Equity is below client maintenance, ${maintenance}: it has to be brought back to client initial.`,
  noEquity: "There is no equity in HK$. Enter it for a status.",
  noRatio: (codes) =>
    `The client ratio of ${codes} isn't known, so client margin is left open. Ask the broker, or divide the client rate in the exchange's notice by the clearing house's.`,
  rowsCounted: (k, n) =>
    `Incomplete: ${k} of ${n} rows counted. What the others lack is said below.`,
  notWhole:
    "Incomplete: the statement or the parameter file wasn't read whole, so nothing is concluded.",
  stale: (file, day, held) =>
    `The parameter file ${file} is of ${day} and the holdings of ${held}: too far apart to call it normal. Take a file of these days.`,
  estimateNote:
    "Some scenarios are the model's estimates; the exchange's file of the day comes first.",
  neverSummed: "In HK$ alone: not added to other holdings, nor written to the sheet.",

  scenarios: "16 scenarios",
  showScenarios: "Commodity",
  volUp: "volatility up",
  volDown: "volatility down",
  extreme: "extreme, partly counted",
  axis: "price move in scan ranges",
  still: "price unchanged",
  up: (ranges) => `price up ${ranges} scan ${ranges === "1" ? "range" : "ranges"}`,
  down: (ranges) => `price down ${ranges} scan ${ranges === "1" ? "range" : "ranges"}`,
  worst: (n, move, vol, loss) => `The worst is scenario #${n}: ${move}${vol}, a loss of ${loss}.`,
  noLoss: (n, move, vol, gain) =>
    `Every scenario gains; #${n} gains least: ${move}${vol}, ${gain}.`,
  withVol: { up: ", volatility up", down: ", volatility down", none: "" },
  minimumLine: (minimum) => `minimum ${minimum}`,
  table: "Table",
  scenario: "Scenario",
  move: "Price",
  volatility: "Volatility",
  loss: "Result",
  scenarioCaption: "Result in each scenario, a loss below zero",
  sum: (parts) => `Clearing margin = ${parts}`,
  scan: "scan",
  calendar: "calendar",
  spot: "spot month",
  credit: "inter-commodity credit",
  optionValue: "option value",

  rows: "Hong Kong positions",
  side: { long: "long", short: "short", covered: "covered" },
  fromFile: "file",
  fromModel: "model",
  open: "not counted",

  terms: "Equity and parameters",
  equity: "Equity in HK$",
  equityByUser: "yours",
  equityPrinted: "as printed",
  wrongMoney: (text) => `“${text}” isn't an amount and wasn't taken. Enter a number.`,
  wrongPrice: (text) => `“${text}” isn't a price and wasn't taken. Enter a number above 0.`,
  wrongFigure: (text) =>
    `“${text}” can't be used and wasn't taken. Enter a number that makes sense.`,
  future: (key) => `${key} future`,
  field: {
    clientRatio: "Client ratio",
    psr: "Price scan range (points)",
    vsr: "Volatility scan range",
    multiplier: "Multiplier",
    calendarCharge: "Calendar charge (HK$, or none)",
    shortOptionMinimum: "Short option minimum (HK$, or none)",
  },
  ratioHint: "Client initial ÷ clearing-house margin; the broker or the exchange's notice has it.",
  fileOf: (house, day) => `Parameter file ${house} ${day}`,
  filed: (minimum, calendar) => `minimum ${minimum}, calendar ${calendar}`,
  noFile:
    "Drop the exchange's parameter file (.spn or RPF, zipped or not) on the pane; without one, fill in what is below.",
  value: "Option value",
  valueMode: {
    none: "left out",
    short: "short value added",
    net: "net value taken off",
  },
  rate: "Yuan for 1 HK$",
};

export const HONG_KONG_TEXTS: Readonly<Record<Language, HongKongTexts>> = { zh, en };
