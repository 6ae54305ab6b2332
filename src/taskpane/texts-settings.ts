/** The sentences of the settings page, in both languages. */
import type { PriceBasis, RatioDefinition, Surcharge } from "../account";
import type { Language } from "./language";
import type { MoveColours } from "./preferences";

const zh = {
  title: "公司参数与设置",
  back: "返回",
  kept: "公司参数存在这个工作簿里；语言、主题和显示方式存在这台电脑上。时间都按北京时间。",

  surcharge: "公司怎样上浮",
  surchargeKind: {
    multiple: "交易所数字上浮一个比例",
    points: "在交易所率上加点",
    own: "各品种自填公司率",
    unknown: "还不知道",
  } satisfies Record<Surcharge["kind"], string>,
  surchargeUnknown: "公司标准只用账单数字，以及能从账单逐行反推的率。",
  markup: "上浮比例",
  points: "加点",
  percentHint: "带 % 最清楚：20%。填 20 或 0.2 也按 20%。",
  pointsHint: "3% 就是加 3 个百分点：交易所 12%，公司 15%。",

  rates: "各标的的率",
  ratesHint:
    "期货期权要填交易所保证金率；ETF、股指的系数规则里有，填了就改用你的。公司率优先于上浮方式。",
  noProducts: "导入账单后，这里列出用到的标的。",
  underlying: "标的",
  exchangeRate: "交易所率",
  brokerRate: "公司率",
  exchangeRateOf: (code: string) => `${code} 交易所率`,
  brokerRateOf: (code: string) => `${code} 公司率`,
  inferred: (rate: string) => `${rate} 反推`,
  byRule: (rate: string) => `${rate} 规则`,
  inferredNote: "“反推”是能把这个标的每一行账单数字算到分的率。",

  dated: "节假日、临近交割的率",
  datedHint:
    "这几天里按这个率算，先于上面的率。“到”留空就一直用到下一段。填品种（m）或单个合约（m2701），合约的先于品种。",
  from: "从",
  to: "到",
  open: "不限",
  step: (code: string, from: string, to: string | undefined) =>
    `${code} ${from} ${to === undefined ? "起" : `至 ${to}`}`,
  removeStep: "删除",
  removeStepOf: (step: string) => `删除 ${step}`,
  stepRemoved: (step: string) => `已删除 ${step} 的率。`,
  newStep: "添加一段",
  addStep: "添加",
  stepAdded: (code: string) => `已添加 ${code} 的率。`,
  stepProduct: "品种或合约",

  lines: "风险度的线",
  line: { watch: "关注", call: "追保", liquidation: "平仓", immediate: "即时处置" },
  linesHint: "到线即算触线。从低到高，后一条不低于前一条。",

  deadline: "追加截止",
  tradingDays: "结算日后几个交易日",
  time: "时间",
  holidays: "假日表",
  holidaysHint:
    "粘贴休市日，每行一个，如 2026-10-01。周末和已收录的国家节假日不用填：填的另加在其上。",
  holidayCount: (n: number) => `已有 ${n} 天`,

  method: "口径",
  priceBasis: "按哪个价格算",
  priceBases: {
    settlement: "当日结算价",
    previousSettlement: "昨结算价",
    last: "最新价",
    higher: "最新价与昨结算价较大者",
    trade: "开仓成交价",
  } satisfies Record<PriceBasis, string>,
  ratio: "风险度怎样算",
  ratios: {
    equity: "保证金 ÷ 客户权益",
    marginMoney: "保证金 ÷ 保证金资金",
    inverse: "客户权益 ÷ 保证金（倒数）",
    marketValue: "保证金 ÷ 市值权益",
  } satisfies Record<RatioDefinition, string>,

  collateral: "充抵",
  collateralAmount: "充抵金额",
  haircut: "折扣",
  collateralHint: "金额 ×（1 − 折扣）加到风险度的分母上。",

  slippage: "滑点",
  slippageHint: "平仓价之上多付的比例，用于方案；如 1%。",

  discipline: "自律提醒",
  disciplineHint: "只提醒你自己，不影响状态。留空就不盯。",
  cushion: "至少留出权益的",
  productShare: "单品种保证金不超过权益的",
  stopLoss: "止损价",
  stopLossHint: "权利金到这个价就提醒。",
  stopLossOf: (contract: string) => `${contract} 止损价`,
  contract: "合约",
  price: "现价",

  language: "语言",
  theme: "主题",
  auto: "跟随 Excel",
  light: "浅色",
  dark: "深色",
  appearance: "显示",
  moves: "涨跌颜色",
  moveColours: {
    none: "不用颜色",
    redUp: "红涨绿跌",
    greenUp: "绿涨红跌",
  } satisfies Record<MoveColours, string>,
  movesHint: "只用于价格涨跌和盈亏的数字；保证金、风险度和状态不用。",
  wan: "大额用“万”",
  wanHint:
    "只用于 100 万以上的醒目金额，如 1,234.57 万；鼠标移上、聚焦或复制时是全数。表格、对账和工作表不变。",

  file: "参数文件",
  exportJson: "导出 JSON",
  importJson: "导入 JSON",
  reset: "恢复默认",
  snapshots: "快照",
  snapshotCount: (n: number) =>
    n === 0
      ? "还没有快照。每次导入留一份，用来和上次比。"
      : `工作簿里有 ${n} 份快照（权益、保证金、持仓），用来和上次比；把工作簿发给别人前可以清除。`,
  clearSnapshots: "清除快照",
  imports: "导入的账户",
  keepImports: "重新打开窗格时取回",
  keepImportsHint:
    "账单和你填的数字存在这台电脑的浏览器里，只在这个工作簿和它的副本里取回；不写进工作簿，也不发送。几个人共用的电脑，关掉它；关掉就把存的都删除。",
  clearImports: "删除这台电脑上存的账户",
};

export type SettingsTexts = typeof zh;

const en: SettingsTexts = {
  title: "Broker profile and settings",
  back: "Back",
  kept: "The broker profile is kept in this workbook; language, theme and the way figures look on this machine. Times are Shanghai time.",

  surcharge: "How the broker adds",
  surchargeKind: {
    multiple: "A share on top of the exchange's figure",
    points: "Percentage points on the exchange's rate",
    own: "Own rates, product by product",
    unknown: "Not known yet",
  },
  surchargeUnknown:
    "The broker's standard uses printed figures, and rates that the statement's rows give away.",
  markup: "Markup",
  points: "Points",
  percentHint: "Clearest with its sign: 20%. 20 or 0.2 is taken as 20%, too.",
  pointsHint: "3% adds 3 percentage points: exchange 12%, broker 15%.",

  rates: "Rates by underlying",
  ratesHint:
    "Options on futures need the exchange's margin rate. ETF and index coefficients are in the rules; yours replaces them. A broker's rate goes before the surcharge.",
  noProducts: "After an import, the underlyings in use are listed here.",
  underlying: "Underlying",
  exchangeRate: "Exchange",
  brokerRate: "Broker",
  exchangeRateOf: (code) => `${code}, exchange rate`,
  brokerRateOf: (code) => `${code}, broker rate`,
  inferred: (rate) => `${rate} inf.`,
  byRule: (rate) => `${rate} rule`,
  inferredNote:
    "“inf.”, inferred, is the rate that gives the printed rows of this underlying to the fen.",

  dated: "Rates for some days",
  datedHint:
    "Before holidays and near delivery: on these days these rates go before the ones above. Without a last day, until the next step. For a product (m) or one future (m2701), whose own goes first.",
  from: "From",
  to: "To",
  open: "open",
  step: (code, from, to) => `${code} from ${from}${to === undefined ? "" : ` to ${to}`}`,
  removeStep: "Remove",
  removeStepOf: (step) => `Remove ${step}`,
  stepRemoved: (step) => `The rates of ${step} were removed.`,
  newStep: "Add a step",
  addStep: "Add",
  stepAdded: (code) => `Rates of ${code} were added.`,
  stepProduct: "Product or future",

  lines: "Lines of the risk ratio",
  line: { watch: "Watch", call: "Margin call", liquidation: "Liquidation", immediate: "Immediate" },
  linesHint: "A line is reached at equality. From low to high, none below the one before.",

  deadline: "Deadline of a call",
  tradingDays: "Trading days after the settlement day",
  time: "Time",
  holidays: "Holidays",
  holidaysHint:
    "Paste the days without trading, one a line, such as 2026-10-01. Weekends and the state holidays we know need not be: yours are added to them.",
  holidayCount: (n) => `${n} ${n === 1 ? "day" : "days"} kept`,

  method: "How it is worked out",
  priceBasis: "Prices margins are worked out from",
  priceBases: {
    settlement: "the day's settlement",
    previousSettlement: "previous settlement",
    last: "last price",
    higher: "last or previous settlement, the higher",
    trade: "opening price",
  },
  ratio: "What the risk ratio is",
  ratios: {
    equity: "margin ÷ customer equity",
    marginMoney: "margin ÷ margin money",
    inverse: "customer equity ÷ margin (inverse)",
    marketValue: "margin ÷ market-value equity",
  },

  collateral: "Collateral",
  collateralAmount: "Amount",
  haircut: "Haircut",
  collateralHint: "Amount × (1 − haircut) is added to what the ratio divides by.",

  slippage: "Slippage",
  slippageHint: "Paid on top of the closing price in plans, such as 1%.",

  discipline: "Your own rules",
  disciplineHint: "They remind you only and don't change the status. Blank: not watched.",
  cushion: "Keep free, of equity",
  productShare: "One product takes at most, of equity",
  stopLoss: "Stop-loss prices",
  stopLossHint: "A reminder comes when the option's price reaches it.",
  stopLossOf: (contract) => `${contract}, stop-loss price`,
  contract: "Contract",
  price: "Price now",

  language: "Language",
  theme: "Theme",
  auto: "As in Excel",
  light: "Light",
  dark: "Dark",
  appearance: "Display",
  moves: "Colours of moves",
  moveColours: { none: "No colour", redUp: "Red up, green down", greenUp: "Green up, red down" },
  movesHint: "For price moves and P&L alone; margin, ratio and status never take them.",
  wan: "Large amounts in wan (10,000)",
  wanHint:
    "For headline amounts of a million and more, such as 1,234.57 wan; whole under the pointer, on focus and when copied. Tables, Reconcile and the sheet stay as they are.",

  file: "Profile file",
  exportJson: "Export JSON",
  importJson: "Import JSON",
  reset: "Back to defaults",
  snapshots: "Snapshots",
  snapshotCount: (n) =>
    n === 0
      ? "No snapshots yet. Every import leaves one, to compare with."
      : `${n} ${n === 1 ? "snapshot" : "snapshots"} (equity, margin, positions) in the workbook, to compare with; clear them before you send it on.`,
  clearSnapshots: "Clear snapshots",
  imports: "Imported accounts",
  keepImports: "Bring them back when the pane is opened again",
  keepImportsHint:
    "Statements and what you typed are kept by the browser on this machine and brought back in this workbook and its copies alone; they are neither written into the workbook nor sent. Switch it off where others use the machine: that deletes what is kept.",
  clearImports: "Delete the accounts kept on this machine",
};

export const SETTINGS_TEXTS: Readonly<Record<Language, SettingsTexts>> = { zh, en };
