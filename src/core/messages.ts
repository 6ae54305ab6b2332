import type { Bound, ErrorCode, ErrorParams, MarginError } from "./errors";
import { digits, isAmount } from "./number";
import type { Bilingual } from "./terms";

/** Arguments by their name in the public contract, as a trader calls them. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  abandoned: "放弃手数",
  account: "账户",
  amount: "金额",
  arrays: "风险阵列",
  band: "涨跌幅比例",
  bonus: "送转比例",
  calendarCharge: "跨月收费",
  callLine: "追保线",
  callSettlement: "认购结算价",
  callStrike: "认购行权价",
  charged: "所收保证金",
  close: "标的前收盘价",
  closePrice: "平仓价",
  clientRatio: "客户比率",
  code: "代码",
  coefficient: "保证金调整系数",
  combination: "组合编号",
  contract: "合约",
  credit: "抵减率",
  credits: "抵减表",
  date: "日期",
  days: "天数",
  delta: "综合德尔塔",
  delivery: "交收份额",
  dividend: "每份现金红利",
  dividendYield: "股息率",
  equity: "客户权益",
  equityBasis: "权益口径",
  event: "事件",
  events: "事件表",
  exchange: "交易所",
  exercised: "行权手数",
  expiry: "到期日",
  fee: "手续费",
  firstMargin: "第一腿保证金",
  firstPremium: "第一腿权利金",
  forward: "标的远期价",
  futures: "标的期货价",
  futuresMargin: "标的期货保证金",
  held: "已锁定份数",
  immediateLine: "即时处置线",
  index: "标的指数",
  interestRate: "利率",
  language: "语言",
  lastPrice: "最新价",
  line: "风险线",
  liquidationLine: "平仓线",
  lockedShares: "备兑锁定份数",
  lookahead: "前瞻天数",
  longStrike: "买入腿行权价",
  lots: "手数",
  lotsAfter: "变化后的手数",
  margin: "保证金",
  marginHeld: "已收保证金",
  marginUsed: "已用保证金",
  markup: "上浮比例",
  minimum: "最低保障系数",
  minimumMethod: "最低方法",
  minimumRatio: "最低比例",
  minimumShare: "最低保障比例",
  mode: "计算方式",
  month: "合约月份",
  multiplier: "合约乘数",
  newContract: "新合约",
  newSettlement: "新前结算价",
  newStrike: "新行权价格",
  newUnit: "新合约单位",
  on: "日期",
  openInterest: "市场持仓量",
  openPrice: "开仓价",
  opening: "期初结存",
  periodsPerYear: "每年期数",
  optionValue: "期权价值",
  order: "平仓顺序",
  outOfTheMoneyShare: "虚值额扣减比例",
  parameters: "参数表",
  positions: "持仓表",
  premium: "权利金",
  premiumCounts: "权利金计入权益",
  previousSettlement: "前结算价",
  price: "价格",
  prices: "收盘价",
  priceShock: "价格变动",
  priceShocks: "价格变动",
  priority: "优先级",
  product: "品种",
  psr: "价格扫描区间",
  putSettlement: "认沽结算价",
  putStrike: "认沽行权价",
  quantities: "数量",
  quantity: "手数",
  rate: "保证金率",
  rateAfter: "变化后的保证金率",
  ratio: "比例",
  right: "认购/认沽",
  rights: "配股比例",
  rightsPrice: "配股价",
  riskRatio: "风险度",
  secondMargin: "第二腿保证金",
  secondPremium: "第二腿权利金",
  sets: "组数",
  settlement: "结算价",
  settlementAfter: "变化后的结算价",
  settlementBefore: "变化前的结算价",
  shorts: "卖方持仓",
  shortOptionMinimum: "短仓最低保证金",
  shortStrike: "卖出腿行权价",
  side: "买卖方向",
  spot: "标的现价",
  strike: "行权价格",
  strikeAfter: "变化后的行权价格",
  strikeGap: "行权价差金额",
  underlying: "标的价格",
  underlyingAfter: "变化后的标的价格",
  underlyingBefore: "变化前的标的价格",
  underlyingPreviousClose: "标的前收盘价",
  unit: "合约单位",
  unitAfter: "变化后的合约单位",
  volatility: "波动率",
  volShock: "波动率变动",
  volShocks: "波动率变动",
  vsr: "波动率扫描区间",
  watchLine: "关注线",
  x: "折扣系数",
  years: "剩余年数",
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
  years: {
    zh: "须在 0 到 100 之间（30 天写 30/365，负数是已到期）",
    en: "must be from 0 to 100 (30 days are 30/365; below 0 the option has expired)",
  },
  volatility: {
    zh: "须大于 0、不超过 10（年化百分之二十写 0.2 或 20%）",
    en: "must be above 0 and at most 10 (20 per cent a year is 0.2 or 20%)",
  },
  interest: {
    zh: "须是 -1 到 1 之间的小数（百分之二写 0.02 或 2%）",
    en: "must be a fraction from -1 to 1 (two per cent is 0.02 or 2%)",
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
  tooManyCells: {
    zh: "一次最多 1000000 格",
    en: "takes 1,000,000 cells at most in one grid",
  },
  threePrices: {
    zh: "至少要 3 个收盘价，才有两次涨跌可比",
    en: "must be 3 closes at least: two changes are the fewest that spread",
  },
  aRange: { zh: "须是一个单元格", en: "must be a single cell, not a range" },
  lockedShares: {
    zh: "不够备兑全部手数",
    en: "must cover all lots",
  },
  notAboveStrike: { zh: "不能高于行权价格", en: "must not be above the strike" },
  wholeNotNegative: { zh: "须为 0 或正整数", en: "must be a whole number, not below zero" },
  wholeNotZero: {
    zh: "须为整数，增加填正数，合并减少填负数",
    en: "must be a whole number: above zero for shares that come in, below zero for shares merged away",
  },
  aboveMinusOne: {
    zh: "须大于 -1（一拆二为 1，二合一为 -0.5）",
    en: "must be above -1 (two for one is 1, one for two is -0.5)",
  },
  shock: {
    zh: "须大于 -1（跌百分之五写 -0.05 或 -5%）",
    en: "must be above -1 (5 per cent down is -0.05 or -5%)",
  },
  aLine: {
    zh: "须是一行、一列或一个数",
    en: "must be one row, one column or a number",
  },
  beforeExpiry: {
    zh: "须为整数，不早于今天，不晚于最先到期的期权",
    en: "must be whole calendar days, not below 0 and not beyond the first option's expiry",
  },
  belowClose: {
    zh: "须低于前收盘价加配股价 × 配股比例",
    en: "must be below the close plus rightsPrice x rights",
  },
  aboveCallStrike: { zh: "须高于认购行权价", en: "must be above the call's strike" },
  notAboveShorts: { zh: "不能多于卖方持仓合计", en: "must not be above the shorts in all" },
  notBefore: {
    zh: "不能早于前面的日期，事件须按日期先后排列",
    en: "must not come before the days above it: list events by date",
  },
  freeShares: {
    zh: "不能多于可用份额，先买入或解锁",
    en: "must not be above the shares that are free: buy or unlock some first",
  },
  lockedFree: {
    zh: "不能多于备兑之外锁定的份额",
    en: "must not be above the locked shares that no covered call needs",
  },
  deliverable: {
    zh: "须在交收日前备足",
    en: "must be held and free by the delivery: buy the rest first",
  },
  notAboveLots: { zh: "不能多于持仓手数", en: "must not be above the lots held" },
  scenarios: {
    zh: "须是每个情景一个数",
    en: "must have one value a scenario",
  },
  sameRows: {
    zh: "须是一列，与风险阵列同样多行",
    en: "must be one column with a cell for each row of arrays",
  },
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
  premiumCounts: { zh: "写 TRUE 或 FALSE", en: "use TRUE or FALSE" },
  equityBasis: {
    zh: "写 cash（期权盈亏不动权益）或 market（权益含期权市值）",
    en: "use cash (options don't move equity) or market (equity holds their value)",
  },
  hongKong: {
    zh: "香港指数期权与期货没有单个合约的公式，按整个组合的风险阵列计：用 HKEX.MARGIN，一个卖出合约用 HKEX.SHORTMARGIN",
    en: "Hong Kong index options and futures have no formula of one contract, the whole book's risk arrays count: use HKEX.MARGIN, or HKEX.SHORTMARGIN for one short option",
  },
  product: { zh: "可用 {choices}", en: "use {choices}" },
  minimumMethod: {
    zh: "写 gross（合计）或 larger（较大一边）",
    en: "use gross (all short options) or larger (the larger of calls and puts)",
  },
  optionValue: {
    zh: "写 none（不计）、short（加上卖出期权市值）或 net（减去期权净值）",
    en: "use none, short (short options' value on top) or net (net option value off)",
  },
  mode: {
    zh: "写 none（单独）、held（已有）、best（最优）或 order（交易所顺序）",
    en: "use none, held, best or order",
  },
  strategy: { zh: "可用 {choices}", en: "use {choices}" },
  event: {
    zh: "写 开仓、平仓、结算、行权、指派、到期、放弃、调整、锁定、解锁、组合、拆分、对冲、买入、卖出、手续费、入金、出金，或 {choices}",
    en: "use {choices}",
  },
  order: {
    zh: "写 流动性、最少手数、最省，或 liquidity、fewest、cheapest",
    en: "use liquidity, fewest or cheapest",
  },
};

/** Why a value is not allowed where it stands, for `notAllowed`. */
const REASONS = {
  reference: {
    zh: '写单元格引用、名称或大于 0 的数，如 "A2"',
    en: 'use a cell reference, a name or a number above zero, such as "A2"',
  },
  header: {
    zh: "第一行须是列名，至少有 合约 一列，或 交易所、认购认沽、行权价 三列",
    en: "the first row must hold column names: contract, or exchange, right and strike",
  },
  eventHeader: {
    zh: "第一行须是列名，至少有 日期、事件 两列",
    en: "the first row must hold column names, date and event among them",
  },
  onlyOption: { zh: "这个事件只用于期权", en: "this event is for an option" },
  buyShares: {
    zh: "现券用 买入、卖出",
    en: "shares are bought and sold: use buy or sell",
  },
  openOption: {
    zh: "期权用 开仓、平仓",
    en: "options are opened and closed: use open or close",
  },
  eventSide: {
    zh: "与事件不符；行权的是权利仓，被指派的是义务仓；平仓时 买 平义务仓，卖 平权利仓",
    en: "it does not fit the event: exercise is of a long position, assign of a short one; on a closing buy closes a short, sell a long",
  },
  notHeld: {
    zh: "没有这个合约的持仓，先写开仓",
    en: "nothing of it is held: give its opening first",
  },
  oneWay: {
    zh: "没有双向持仓可对冲",
    en: "it is not held both ways, so there is nothing to net",
  },
  notYetExpired: {
    zh: "还没有到期；实际到期日不同的，填到期日一列",
    en: "it has not come yet; where the real day differs, give it in an expiry column",
  },
  pastExpiry: {
    zh: "已过到期日仍有持仓：补上行权、指派或到期；实际到期日不同的，填到期日一列",
    en: "it is still held after its expiry: say whether it was exercised, assigned or expired; where the real day differs, give it in an expiry column",
  },
  noTrading: {
    zh: "当日不交易，核对日期",
    en: "there is no trading on that day; check the date",
  },
  afterExpiry: {
    zh: "已过合约到期日，按到期日当天写；实际到期日不同的，填到期日一列",
    en: "it lies after the option's expiry: date it by the expiry day; where the real day differs, give it in an expiry column",
  },
  assignedByItself: {
    zh: "合约到期实值，由交易所自动行权：写 指派，对方放弃的手数写 放弃",
    en: "it is in the money and exercised by the exchange itself: use assign, and abandon for lots their holders gave up",
  },
  abandonExpire: {
    zh: "该交易所不自动行权，不行权即作废：写 到期",
    en: "the exchange exercises nothing by itself, what is not exercised lapses: use expire",
  },
  coveredShort: {
    zh: "合约调整后备兑不足，须在下一交易日补锁或平仓",
    en: "too few for the covered calls: lock the rest or close by the trading day after the adjustment",
  },
  inCombination: {
    zh: "持仓在这个组合里，先写 拆分",
    en: "what is held is in this set: dissolve it first",
  },
  together: {
    zh: "合并行权要同一 ETF、同一到期日、同一单位的认购和认沽各一行，手数相等",
    en: "a combined exercise takes a call and a put on one ETF, a row each, of one expiry, unit and number of lots",
  },
  noSuchSet: { zh: "没有这个组合", en: "there is no such set" },
  twoFees: {
    zh: "手续费行的金额、手续费两列只填一列",
    en: "a fee row takes amount or fee, not both",
  },
  twoAccounts: {
    zh: "与上面的行不是同一账户；一个账户一张台账",
    en: "rows above are of another account: a ledger follows one",
  },
  twoPrices: {
    zh: "同一天另有一个不同的结算价",
    en: "another row of the day has another settlement price",
  },
  twoRates: {
    zh: "同一天另有一个不同的保证金率",
    en: "another row of the day has another margin rate",
  },
  headerTwice: { zh: "有两列同名", en: "two columns have this name" },
  strangeColumn: {
    zh: "认不出这些列名，不计算以免漏掉",
    en: "these column names are not known, and nothing is left out quietly",
  },
  positionsHeader: {
    zh: "第一行须是列名，至少有 合约、买卖、手数 三列，或 品种、合约月份、买卖、手数 四列",
    en: "the first row must hold column names: contract, side and quantity, or product, month, side and quantity",
  },
  parametersHeader: {
    zh: "第一行须是列名，至少有 品种、价格扫描区间 两列",
    en: "the first row must hold column names, product and psr among them",
  },
  creditsHeader: {
    zh: "第一行须是列名，至少有 品种一、品种二、抵减率 三列",
    en: "the first row must hold column names, first, second and credit among them",
  },
  joins: {
    zh: "它并入 {choices} 的组合商品，只填 {choices} 一行",
    en: "it joins the combined commodity of {choices}: give the row of {choices} alone",
  },
  productTwice: { zh: "参数表里有两行", en: "it has two rows of parameters" },
  zeroVolatility: {
    zh: "而价格高于内在价值（{bound}）：0 只用于按内在价值结算的深度实值期权，填波动率",
    en: "while the price is above the intrinsic value ({bound}): 0 is for an option deep in the money that is settled at it; give the volatility",
  },
  noQuantity: {
    zh: "认不出这些列名，表里又没有手数一列，不能当作一手计算",
    en: "these column names are not known and there is no quantity column, so one lot a row cannot be assumed",
  },
  noSide: {
    zh: "认不出这些列名，表里又没有买卖方向一列，不能当作卖方计算",
    en: "these column names are not known and there is no side column, so short cannot be assumed",
  },
  underlyingTwice: {
    zh: "同一标的在各行的价格不同，触线价无从算起；改成同一个价格",
    en: "rows give different prices of one underlying, so there is no price to start from; give one",
  },
  middleBlank: {
    zh: "中间缺一期，涨跌就跨了两期；补上或删去它之前的各行",
    en: "a period is missing in between, so a change would span two; fill it in or leave out what comes before",
  },
  etf: {
    zh: "备兑只用于 ETF 认购期权；期货期权的备兑组合用 ZCE.COVEREDMARGIN",
    en: "covered is for ETF calls; for a futures option held against its future use ZCE.COVEREDMARGIN",
  },
  priorityHeader: {
    zh: "第一行须是列名，要有 组合 与 优先级 两列",
    en: "the first row must hold column names: combination and priority",
  },
  priorityPair: {
    zh: "不是两条腿；写成 m2701-C-3000,-m2701-C-3100，卖出腿前加负号",
    en: "it names no two legs: write m2701-C-3000,-m2701-C-3100, a minus before the short leg",
  },
  priorityTwice: {
    zh: "同一组合有两个优先级；加上 投保 一列，或只留一行",
    en: "the pair has two priorities: add the hedge column, or leave one row",
  },
  priorityShared: {
    zh: "两个组合同一优先级，先后不明",
    en: "two pairs have this priority, so which comes first is not told",
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
  noShareLeft: {
    zh: "调整后不足一份，核对比例",
    en: "the adjustment leaves less than a share; check the ratios",
  },
  roundsToNothing: {
    zh: "调整后四舍五入为 0，以交易所公布的为准",
    en: "it rounds to 0 after the adjustment; take the exchange's figure",
  },
  lastMark: {
    zh: "调整标记已到 Z，没有下一个，以交易所公布的代码为准",
    en: "Z is the last mark there is; take the exchange's code",
  },
  officialTwice: {
    zh: "官方调整表里有两行对得上，结果却不同",
    en: "two rows of the official table fit it and differ",
  },
  officialWide: {
    zh: "这一行比表头多出几格；数字里有逗号时去掉再粘贴",
    en: "the row has more cells than the header; leave out commas in figures",
  },
  officialOther: {
    zh: "官方调整表里该合约的原单位或原行权价不同",
    en: "the official table has another old unit or strike for the contract",
  },
  europeanEarly: {
    zh: "欧式期权只能在到期日行权",
    en: "a European option is exercised on its expiry day only",
  },
  expired: { zh: "合约已到期", en: "the contract has expired" },
  abandonWhole: {
    zh: "该交易所只能整笔放弃，不能按手数",
    en: "the exchange takes an abandonment of the whole position only",
  },
  abandonNone: {
    zh: "该交易所不自动行权，不行权即放弃",
    en: "the exchange exercises nothing by itself: without an instruction it lapses",
  },
  atIntrinsic: {
    zh: "不高于内在价值（折现后 {bound}），没有哪个波动率能给出这个价格；核对价格、标的价、行权价格和认购认沽",
    en: "not above the intrinsic value ({bound} discounted), so no volatility gives it; check the price, the forward, the strike and the right",
  },
  belowIntrinsic: {
    zh: "低于内在价值（{bound}），没有哪个波动率能给出这个价格；核对价格和标的价，或在波动率一列填一个波动率",
    en: "below the intrinsic value ({bound}), so no volatility gives it; check it and the underlying's price, or give a volatility in its column",
  },
  atMost: {
    zh: "不低于期权价格的上限（认购为标的价、认沽为行权价格，折现后 {bound}），没有哪个波动率能给出这个价格；核对单位",
    en: "not below the most an option can be worth (a call its forward, a put its strike: {bound} discounted), so no volatility gives it; check the units",
  },
  notAbovePremium: {
    zh: "不高于权利金 {bound}，没有哪个保证金率能给出这个金额；核对价格、单位和手数，或看是不是组合的一腿",
    en: "not above the premium of {bound}, so no rate gives it; check the price, the unit and the lots, or whether it is a leg of a set",
  },
  atCap: {
    zh: "已到封顶（行权价格 × 合约单位），再高的保证金率也是这个金额，反推不出",
    en: "at or above the cap (strike x unit), where every higher rate gives the same figure",
  },
  noMargin: {
    zh: "按规则的交易所保证金为 0，没有可比的上浮",
    en: "the exchange's margin is 0 by the rule, so there is no addition to tell",
  },
  noLargest: {
    zh: "每手收到的权利金抵得过它在这条线上要的权益，卖多少手都不触线；premiumCounts 填 FALSE 再算",
    en: "each lot's premium brings at least the equity it needs at that line, so no number of lots reaches it; give premiumCounts as FALSE",
  },
  corner: {
    zh: "到期时标的价正好等于行权价格，希腊值没有意义；剩余年数填大于 0 的数",
    en: "at expiry exactly on the strike there are no greeks; give years above 0",
  },
  noSpread: {
    zh: "与买入腿行权价相同，不构成价差",
    en: "the strikes are equal, which makes no spread",
  },
  noStraddle: {
    zh: "高于认购行权价，不构成跨式或宽跨式",
    en: "it is above the call's strike, which makes neither straddle nor strangle",
  },
} satisfies Readonly<Record<string, Bilingual>>;

/** The reasons there is a sentence for. */
export type WhyNot = keyof typeof REASONS;

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
      const why = REASONS[detail as WhyNot];
      const fill = (text = ""): string => text.replaceAll("{choices}", params.choices?.[0] ?? "");
      return { zh: `${now.zh}，${fill(why?.zh)}`, en: `${now.en}: ${fill(why?.en)}` };
    }
    case "noModelFigure": {
      const why = REASONS[detail as WhyNot];
      const fill = (text = ""): string => text.replace("{bound}", params.choices?.[0] ?? "");
      return { zh: `${now.zh}，${fill(why?.zh)}`, en: `${now.en}: ${fill(why?.en)}` };
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
    case "noCalendar":
      return {
        zh: `${params.value} 年的休市日尚未收录${detail ? `（已有 ${detail} 年）` : ""}，以交易所公告为准`,
        en: `the trading days of ${params.value} are not known yet${detail ? ` (known: ${detail.replace("–", " to ")})` : ""}; see the exchange's notice`,
      };
    case "afterError":
      return detail === "row"
        ? {
            zh: `第 ${params.value} 行有错，改好之前其后各日不计算`,
            en: `row ${params.value} is wrong: days after it wait until it is put right`,
          }
        : {
            zh: `${params.value} 有错，改好之前其后各日不计算`,
            en: `${params.value} is wrong: days after it wait until it is put right`,
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
