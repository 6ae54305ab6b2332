/** The sentences of where an account stands and what it asks for, in both languages. */
import type { Standing } from "../account";
import type { Language } from "./language";

const zh = {
  statusHeading: "状态",
  standing: {
    normal: "正常",
    watch: "关注",
    marginCall: "追保",
    liquidation: "平仓",
    immediate: "即时处置",
    undetermined: "未定",
  } satisfies Record<Standing, string>,
  /** On the gauge, where room is short. */
  zone: {
    normal: "正常",
    watch: "关注",
    marginCall: "追保",
    liquidation: "平仓",
    immediate: "即时",
    undetermined: "未定",
  } satisfies Record<Standing, string>,
  line: {
    watch: "关注线",
    marginCall: "追保线",
    liquidation: "平仓线",
    immediate: "即时处置线",
  },

  sample: "样例",
  recalculating: "正在重算",
  incomplete: "不完整",
  brokerStandard: "公司标准",
  exchangeStandard: "交易所标准",
  broker: "公司",
  exchange: "交易所",
  asPrinted: "账单所列",
  byRule: "按规则重算",
  brokerDefinition: (ratio: string) => `公司口径 ${ratio}`,
  gaugeStanding: (standard: string, ratio: string, word: string) => `${standard} ${ratio}，${word}`,
  gaugeUnknown: (standard: string) => `${standard}未定`,
  gaugeNext: (line: string, level: string) => `下一条线 ${line} ${level}`,
  gaugePast: "各条线都已越过",
  listSeparator: "；",

  toAdd: "需追加",
  by: " 前",
  backTo: (line: string) => `降回 ${line} 以下`,
  orClose: "或平仓",
  close: "平仓",
  lots: (n: string) => `${n} 手`,
  payPremium: "付权利金",
  moreSteps: (n: number) => `另有 ${n} 步`,
  afterAll: (ratio: string) => `，全部做完 ${ratio}`,
  shortfall: (money: string) => `全部平掉仍差 ${money}，要入金。`,
  room: "离追保",
  roomText: (line: string) => `权益再少这些，风险度到 ${line}`,
  undeterminedEquity: "账单里没有客户权益。填上，才有风险度和状态。",
  undeterminedRows: (problems: boolean) =>
    `有数字缺着或没读到，先不下结论。补齐下面缺的${problems ? "，或看“问题”" : "，或在持仓里展开看缺什么"}。`,
  noPositionsRead: "这份文件只有资金，没有持仓，先不下结论。把同一天的持仓文件也导入。",
  liquidationReached: (line: string, money: string) =>
    `已到平仓线：公司可随时强行平仓。降回 ${line} 以下需 ${money}。`,
  liquidationReachedOnly: "已到平仓线：公司可随时强行平仓。",
  immediateReached: (ratio: string) => `已到即时处置线 ${ratio}。先处理，再推演。`,
  nothingLeft: (equity: string) =>
    `客户权益 ${equity}，不在 0 以上：风险度算不出来，各条线都已越过，按即时处置。先入金，再推演。`,
  immediateByExchange: (ratio: string) =>
    `交易所标准的风险度 ${ratio} 已到 100%：按即时处置。先处理，再推演。`,
  standardsDiffer: (broker: string, exchange: string) =>
    `公司标准${broker}，交易所标准${exchange}：先是公司的要求。`,
  exchangeSeverer: (exchange: string, broker: string) =>
    `交易所标准${exchange}，比公司标准（${broker}）更严：核对公司参数和账单。`,
  withoutRelief: "≤ 是上限：有的组合没有规则可算，其中的腿逐腿计，没有扣优惠，实际可能更低。",
  incompleteRows: (k: number, n: number, problems: boolean) =>
    `不完整：${n} 行中 ${k} 行已计。${problems ? "未计的行见“问题”，或在持仓里展开。" : "未计的行在持仓里展开，看缺什么。"}`,
  incompleteFile: "不完整：账单没有读全，合计可能偏小。未读的行见“问题”。",
  write: "写入工作表",
  reduce: "降低风险度",
  notConnected: "没有连上 Excel。可以先看账户，写入要等连上。",
  nothingToWrite: "没有持仓，写出来的保证金只会是 0，所以先不写。",
  undo: "撤销",

  problems: (n: number) => `${n} 行未读 · 查看`,
  showProblems: (n: number) => `${n} 行未读`,
  look: "查看",

  spoken: (rows: number, status: string, ratio: string) =>
    `导入完成，${rows} 行，${status}${ratio === "" ? "" : ` ${ratio}`}`,
  spokenNow: (account: string, status: string, ratio: string) =>
    [account, [status, ratio].filter(Boolean).join(" ")].filter(Boolean).join("，"),
  holidaysUnknown: (year: string) => `（${year} 年休市日未知）`,
  spokenAdd: (money: string, deadline: string) => `，需追加 ${money}，${deadline} 前`,
  spokenAddOnly: (money: string) => `，需追加 ${money}`,
  stop: "。",
};

export type StatusTexts = typeof zh;

const en: StatusTexts = {
  statusHeading: "Status",
  standing: {
    normal: "Normal",
    watch: "Watch",
    marginCall: "Margin call",
    liquidation: "Liquidation",
    immediate: "Immediate",
    undetermined: "Undetermined",
  },
  zone: {
    normal: "Normal",
    watch: "Watch",
    marginCall: "Call",
    liquidation: "Liq.",
    immediate: "Immed.",
    undetermined: "Open",
  },
  line: {
    watch: "watch",
    marginCall: "margin call",
    liquidation: "liquidation",
    immediate: "immediate",
  },

  sample: "Sample",
  recalculating: "Recalculating",
  incomplete: "Incomplete",
  brokerStandard: "Broker",
  exchangeStandard: "Exchange",
  broker: "Broker",
  exchange: "Exchange",
  asPrinted: "as printed",
  byRule: "by the rules",
  brokerDefinition: (ratio) => `broker's own ${ratio}`,
  gaugeStanding: (standard, ratio, word) => `${standard} standard ${ratio}, ${word}`,
  gaugeUnknown: (standard) => `${standard} standard undetermined`,
  gaugeNext: (line, level) => `next line: ${line} ${level}`,
  gaugePast: "every line is passed",
  listSeparator: "; ",

  toAdd: "To add",
  by: "",
  backTo: (line) => `to below ${line}`,
  orClose: "Or close",
  close: "Close",
  lots: (n) => `${n} ${n === "1" ? "lot" : "lots"}`,
  payPremium: "premium",
  moreSteps: (n) => `${n} more ${n === 1 ? "step" : "steps"}`,
  afterAll: (ratio) => `, ${ratio} after all`,
  shortfall: (money) => `Closing everything still leaves ${money} to pay in.`,
  room: "To the call",
  roomText: (line) => `less equity brings the ratio to ${line}`,
  undeterminedEquity:
    "The statement has no customer equity. Type it to get a risk ratio and a status.",
  undeterminedRows: (problems) =>
    `Some figures are missing or unread, so nothing is concluded. Fill in what is missing below, or ${problems ? "see Problems" : "open the positions to see what they lack"}.`,
  noPositionsRead:
    "This file holds money and no positions, so nothing is concluded. Import the positions of that day as well.",
  liquidationReached: (line, money) =>
    `Liquidation line reached: the broker may close positions any time. ${money} brings it back below ${line}.`,
  liquidationReachedOnly: "Liquidation line reached: the broker may close positions any time.",
  immediateReached: (ratio) => `Immediate line reached at ${ratio}. Act first, model later.`,
  nothingLeft: (equity) =>
    `Equity is ${equity}, not above 0: there is no ratio, every line is passed, and it is immediate. Pay money in first, model later.`,
  immediateByExchange: (ratio) =>
    `The ratio on the exchange's standard, ${ratio}, has reached 100%: immediate. Act first, model later.`,
  standardsDiffer: (broker, exchange) =>
    `${broker} on the broker's standard, ${exchange} on the exchange's: it is the broker's demand.`,
  exchangeSeverer: (exchange, broker) =>
    `${exchange} on the exchange's standard, severer than the broker's (${broker}): check the broker profile and the statement.`,
  withoutRelief:
    "≤ is an upper bound: no rule here prices some sets, whose legs are counted one by one, without relief.",
  incompleteRows: (k, n, problems) =>
    `Incomplete: ${k} of ${n} rows counted. ${problems ? "See Problems for the rest, or open the positions." : "Open the others among the positions to see what they lack."}`,
  incompleteFile:
    "Incomplete: the statement wasn't read whole, so totals may be too small. See Problems.",
  write: "Write to sheet",
  reduce: "Reduce risk",
  notConnected: "Excel isn't connected. The account works; writing has to wait.",
  nothingToWrite:
    "Without positions a sheet's margin could only be 0, so there is nothing to write yet.",
  undo: "Undo",

  problems: (n) => `${n} ${n === 1 ? "row" : "rows"} not read`,
  showProblems: (n) => `${n} ${n === 1 ? "row" : "rows"} not read`,
  look: "Show",

  spoken: (rows, status, ratio) =>
    `Import finished, ${rows} ${rows === 1 ? "row" : "rows"}, ${status}${ratio === "" ? "" : ` ${ratio}`}`,
  spokenNow: (account, status, ratio) =>
    [account, [status, ratio].filter(Boolean).join(" ")].filter(Boolean).join(", "),
  holidaysUnknown: (year) => ` (holidays of ${year} not known)`,
  spokenAdd: (money, deadline) => `, add ${money} by ${deadline}`,
  spokenAddOnly: (money) => `, add ${money}`,
  stop: ".",
};

export const STATUS_TEXTS: Readonly<Record<Language, StatusTexts>> = { zh, en };
