/** The sentences of What if · Market, in both languages. */
import type { Standing } from "../account";
import type { Language } from "./language";

/** A status that lies beyond a line. */
export type Reached = Exclude<Standing, "normal" | "undetermined">;

const zh = {
  estimate: "模型估计",
  estimateHint:
    "“假设”一栏是模型估计：期权按现价的隐含波动率用 Black-76 重新定价，取整到最小变动价位，再按规则算保证金。",
  preparing: "正在准备行情推演…",
  working: "正在重算",
  nothingMoves: "没有随行情变动的持仓：账单里没有期权空头，也没有期货。",
  tooLong: (rows: number, most: number) =>
    `${rows} 行持仓，行情推演最多 ${most} 行。按账户或品种分开导入，再推演。`,
  openRows: (n: number) => `算不出的 ${n} 行`,
  moreRows: (n: number) => `还有 ${n} 行`,
  exchange: (before: string, after: string) => `交易所标准 ${before} → ${after}`,
  exchangeOpen: "交易所标准：缺数字，先不下结论。",
  tentative: (contract: string, n: number) =>
    `${contract}${n > 1 ? ` 等 ${n} 行` : ""} 的到期日遇休市可能顺延，模型按暂定的日子算。`,

  sliders: "假设的行情",
  price: "价格",
  volatility: "波动率",
  days: "过几天",
  unit: { price: "%", volatility: "%", days: "天" },
  entry: {
    price: "价格变动，百分数",
    volatility: "波动率变动，百分数",
    days: "过几天，日历日",
  },
  priceHint: (percent: string) => `价格${percent}`,
  up: (percent: string) => `涨 ${percent}`,
  down: (percent: string) => `跌 ${percent}`,
  still: "不变",
  rises: (percent: string) => `升 ${percent}`,
  falls: (percent: string) => `降 ${percent}`,
  later: (n: number) => (n === 0 ? "今天" : `${n} 天后`),
  value: (said: string, ratio: string, status: string) => `${said}，风险度 ${ratio}，${status}`,
  wrong: (text: string, least: string, most: string) =>
    `“${text}”不是 ${least} 到 ${most} 的数，没有采用。`,
  wrongDays: (text: string, most: number) =>
    `“${text}”不是 0 到 ${most} 的整数，没有采用。最近的期权还有 ${most} 天到期，不能更远。`,
  daysHint: (most: number) =>
    most === 0
      ? "没有期权，或最近的今天到期：天数不能再往后。"
      : `日历日，最多到最近的到期日（${most} 天）；价格不动，只让时间过去。`,
  which: "动哪个标的",
  all: "全部同幅",
  alone: (code: string) => `只动 ${code}，其他标的不变。`,
  reset: "全部归零",

  curve: "多少价会触线",
  assuming: (volatility: string, days: string) => [volatility, days].filter(Boolean).join("、"),
  assumed: (what: string) => `（${what}${what.endsWith("%") ? " " : ""}时）`,
  volatilityOf: (text: string) => `波动率${text}`,
  reaches: (move: string, status: Reached) =>
    `${move} ${{ watch: "触关注线", marginCall: "触追保线", liquidation: "触平仓线", immediate: "触即时处置线" }[status]}`,
  leaves: (move: string, word: string) => `${move} 退出${word}`,
  stays: (move: string, word: string) => `${move} 之内仍是${word}`,
  neverReaches: (span: string) => `±${span} 之内不会触线`,
  alwaysAt: (span: string, word: string) => `±${span} 之内一直是${word}`,
  separator: "；",
  at: (price: string) => `（${price}）`,
  curveTable: "风险度与价格",
  move: "价格变动",
  level: "价格",
  ratio: "风险度",
  status: "状态",
  table: "看表格",
  now: "现在",
  then: "假设",

  heat: "价格 × 波动率",
  heatCaption: "风险度 %，行价格、列波动率（模型估计）",
  heatSentence: (cells: number, reached: number) =>
    reached === 0 ? `${cells} 格里没有一格触追保线。` : `${cells} 格里 ${reached} 格在追保线以上。`,
  heatHint: "方向键移动，回车把这一格当作假设。框住的是现在的价格和波动率。",
  cell: (price: string, volatility: string, ratio: string, status: string) =>
    `价格${price}，波动率${volatility}：风险度 ${ratio}，${status}`,
  noEquity: "权益不足",

  payoff: "盈亏",
  payoffSentence: (still: string, losses: string) => `拿到期、价格不变：${still}；${losses}`,
  gains: (money: string) => `赚 ${money}`,
  loses: (money: string) => `亏 ${money}`,
  breakEven: (moves: string, alreadyLosing: boolean) =>
    `${moves} ${alreadyLosing ? "以上才不亏" : "以上开始亏"}。`,
  or: " 或 ",
  alwaysGains: (span: string) => `±${span} 之内都不亏。`,
  alwaysLoses: (span: string) => `±${span} 之内都亏。`,
  payoffHint: "从现在的价格算起，只算期权和期货；到期线按各期权到期时的内在价值。",
  atExpiry: "到期",
  byModel: "现在（模型）",
  byModelThen: "假设（模型）",
  payoffTable: "盈亏与价格",

  write: "写入工作表",
  written: (sheet: string) => `已写入“${sheet}”。`,
};

export type MarketTexts = typeof zh;

const en: MarketTexts = {
  estimate: "Model estimate",
  estimateHint:
    "“Then” is a model estimate: options are repriced by Black-76 at the volatility their price implies, rounded to the tick, and margined by the rules.",
  preparing: "Getting the market ready…",
  working: "Recalculating",
  nothingMoves:
    "Nothing here moves with the market: the statement holds no short options and no futures.",
  tooLong: (rows, most) =>
    `Market takes ${most} positions at most; there are ${rows}. Import them by account or product.`,
  openRows: (n) => `${n} ${n === 1 ? "row" : "rows"} left open`,
  moreRows: (n) => `${n} more ${n === 1 ? "row" : "rows"}`,
  exchange: (before, after) => `Exchange's standard ${before} → ${after}`,
  exchangeOpen: "Exchange's standard: a figure is missing, so it is left open.",
  tentative: (contract, n) =>
    `A holiday may still move the expiry of ${contract}${n > 1 ? ` and ${n - 1} more` : ""}; the model takes the tentative day.`,

  sliders: "The market assumed",
  price: "Price",
  volatility: "Volatility",
  days: "Days ahead",
  unit: { price: "%", volatility: "%", days: "d" },
  entry: {
    price: "Move of the price in percent",
    volatility: "Move of volatility in percent",
    days: "Calendar days ahead",
  },
  priceHint: (percent) => `price ${percent}`,
  up: (percent) => `up ${percent}`,
  down: (percent) => `down ${percent}`,
  still: "unchanged",
  rises: (percent) => `up ${percent}`,
  falls: (percent) => `down ${percent}`,
  later: (n) => (n === 0 ? "today" : `${n} ${n === 1 ? "day" : "days"} ahead`),
  value: (said, ratio, status) => `${said}, ratio ${ratio}, ${status}`,
  wrong: (text, least, most) =>
    `“${text}” isn't a number from ${least} to ${most} and wasn't taken.`,
  wrongDays: (text, most) =>
    `“${text}” isn't a whole number from 0 to ${most} and wasn't taken. The nearest option expires in ${most} days; the model goes no further.`,
  daysHint: (most) =>
    most === 0
      ? "There is no option, or one expires today: no day lies ahead."
      : `Calendar days, to the nearest expiry at most (${most}); prices stay, time passes.`,
  which: "What moves",
  all: "All, by the same %",
  alone: (code) => `${code} moves alone; the others stay.`,
  reset: "Reset all",

  curve: "At what price a line is met",
  assuming: (volatility, days) => [volatility, days].filter(Boolean).join(", "),
  assumed: (what) => ` (${what})`,
  volatilityOf: (text) => `volatility ${text}`,
  reaches: (move, status) =>
    `${move} reaches the ${{ watch: "watch", marginCall: "call", liquidation: "liquidation", immediate: "immediate" }[status]} line`,
  leaves: (move, word) => `${move} leaves ${word.toLowerCase()}`,
  stays: (move, word) => `${move} still ${word.toLowerCase()}`,
  neverReaches: (span) => `Within ±${span} no line is met`,
  alwaysAt: (span, word) => `Within ±${span} it stays ${word.toLowerCase()}`,
  separator: "; ",
  at: (price) => ` (${price})`,
  curveTable: "Risk ratio by price",
  move: "Price move",
  level: "Price",
  ratio: "Risk ratio",
  status: "Status",
  table: "Table",
  now: "now",
  then: "then",

  heat: "Price × volatility",
  heatCaption: "Risk ratio %, rows price, columns volatility (model estimate)",
  heatSentence: (cells, reached) =>
    reached === 0
      ? `None of ${cells} cells reaches the call line.`
      : `${reached} of ${cells} cells are at the call line or above.`,
  heatHint:
    "Arrow keys move; Enter takes a cell as the assumption. The frame is around today's price and volatility.",
  cell: (price, volatility, ratio, status) =>
    `price ${price}, volatility ${volatility}: ratio ${ratio}, ${status}`,
  noEquity: "no equity left",

  payoff: "Gain and loss",
  payoffSentence: (still, losses) => `Held to expiry at an unchanged price: ${still}; ${losses}`,
  gains: (money) => `a gain of ${money}`,
  loses: (money) => `a loss of ${money}`,
  breakEven: (moves, alreadyLosing) =>
    alreadyLosing ? `no loss beyond ${moves}.` : `a loss beyond ${moves}.`,
  or: " or ",
  alwaysGains: (span) => `no loss within ±${span}.`,
  alwaysLoses: (span) => `a loss anywhere within ±${span}.`,
  payoffHint:
    "From today's prices on, options and futures alone; at expiry each option is at its intrinsic value.",
  atExpiry: "At expiry",
  byModel: "Now (model)",
  byModelThen: "Then (model)",
  payoffTable: "Gain and loss by price",

  write: "Write to sheet",
  written: (sheet) => `Written to “${sheet}”.`,
};

export const MARKET_TEXTS: Readonly<Record<Language, MarketTexts>> = { zh, en };
