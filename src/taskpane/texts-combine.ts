/** The sentences of What if · Actions about combinations, in both languages. */
import type { Language } from "./language";

const zh = {
  combining: "正在配对…",
  noBook: "还不能配对：先把账户里缺的补上。",
  byExchange: "以下按交易所标准：有空头行不知道公司收多少。",
  /** What stands before a figure, and behind it. */
  saves: ["组合 已省 ", ""],
  costs: ["组合 比分开多收 ", ""],
  more: ["还可省 ", ""],
  asOf: (day: string) => `按 ${day} 结算的持仓。`,
  inPrint: (below: string, freed: string) =>
    `账单保证金比按规则算的少 ${below}，可能已含优惠：按账单最多再省 ${freed}。`,
  tooLow: (least: string) =>
    `“还可省”只按规则算：账单保证金已低于按规则最省的 ${least}，这些组合可能已经构建。下单前先问公司。`,
  acts: "拆分与构建的步骤",
  act: { build: "构建", dissolve: "拆分" },
  /** What clearing does by itself. */
  bySelf: { build: "结算时自动组合", dissolve: "结算时不再组合" },
  atSettlement: (exchange: string) =>
    `${exchange}在结算时自动识别组合，不用下指令；盘中各腿单独收。`,
  inOwnOrder: (exchange: string) =>
    `${exchange}在结算时按自己的优先级自动组合，不用下指令；按策略的顺序没有公布，实际组成的可能省得比这里少。有当日的组合优惠参数文件，用 MARGIN.PORTFOLIO 的 order 算。`,
  sets: (n: string) => `${n} 组`,
  side: { long: "买", short: "卖", covered: "备兑", many: "多", few: "空", held: "现货" },
  legSeparator: " + ",
  saved: (money: string) => `省 ${money}`,
  taken: (money: string) => `多占 ${money}`,
  margin: (money: string) => `保证金 ${money}`,
  marginThen: (money: string) => `之后保证金 ${money}`,
  /** Where some rows have no figure. */
  counted: (money: string) => `已计行的保证金 ${money}`,
  countedThen: (money: string) => `之后已计行的保证金 ${money}`,
  meanwhile: (sets: string, money: string) => [`需先拆 ${sets} 组`, `期间多占用现金 ${money}`],
  setBySet: (money: string) => `逐组拆、逐组建只多占 ${money}`,
  short: (available: string, lacks: string) =>
    `可用资金 ${available}，还差 ${lacks}：先入金或平仓，否则拆分会被拒。`,
  moreActs: (n: number) => `还有 ${n} 步，写入工作表可看全。`,

  amongCounted: "已计的行里，",
  /** No set of any short saves, or it has no partner. */
  nothing: (n: number) => `没有能省保证金的组合：${n} 条空头腿怎么配都不省。`,
  best: "没有更省的配法，不用动。",

  warnings: "组合的提示",
  rises: (day: string, money: string) => `${day} 收市后自动拆解，之后保证金 +${money}。`,
  falls: (day: string, money: string) => `${day} 收市后自动拆解，之后保证金 −${money}。`,
  passed: (day: string, money: string) =>
    `${day} 收市后自动拆解，可能已拆开，保证金 +${money}。导入当天的账单再看。`,
  toBuild: "（要构建的）",
  costlier: (money: string) => `组合比分开多收 ${money}，拆开更省。`,
  costlierThere: "组合比分开多收，拆开更省。",

  tonight: "今晚对冲后",
  tonightHow:
    "同一合约的权利仓和义务仓，日终由交易所对冲，组合里的腿不参加。这些手数留给对冲，不配对；数字是做完以上各步之后的。",
  released: (money: string) => `释放 ${money}`,
  lots: (n: string) => `${n} 手`,

  inOrder: (exchange: string) => `按${exchange}自己的顺序`,
  inOrderMore: (money: string) => `比最省的配法多占 ${money}。`,
  inOrderSame: "与最省的配法一样。",

  withBest: "若按最优组合",
  ratio: (ratio: string) => `风险度 ${ratio}`,

  write: "写入工作表",

  instruction: { build: "构建组合", dissolve: "拆分组合" },
  noOrders: "没有要下的指令：这些组合由交易所在结算时自动组成。",
};

export type CombineTexts = typeof zh;

const en: CombineTexts = {
  combining: "Pairing the legs…",
  noBook: "No pairing yet: fill in what the account lacks first.",
  byExchange: "On the exchange's standard: what the broker takes for some short rows isn't known.",
  saves: ["Combinations save ", " already"],
  costs: ["Combinations cost ", " more than their legs"],
  more: ["", " more could be saved"],
  asOf: (day) => `Positions as settled on ${day}.`,
  inPrint: (below, freed) =>
    `The printed margin is ${below} below the rules and may have relief in it: of the printed, ${freed} more at most.`,
  tooLow: (least) =>
    `What could be saved is by the rules alone: the printed margin is already below their least, ${least}, so these sets may be built. Ask the broker before ordering.`,
  acts: "Steps to dissolve and to build",
  act: { build: "Build", dissolve: "Dissolve" },
  bySelf: { build: "Formed at clearing:", dissolve: "Parted at clearing:" },
  atSettlement: (exchange) =>
    `${exchange} recognises its sets at settlement, without orders; intraday each leg is margined singly.`,
  inOwnOrder: (exchange) =>
    `${exchange} forms its sets at clearing in an order of its own, without orders; by strategy none is published, so what it forms may save less than this. With the day's file of combination discounts, MARGIN.PORTFOLIO gives it in mode order.`,
  sets: (n) => `${n} ${n === "1" ? "set" : "sets"}`,
  side: {
    long: "long",
    short: "short",
    covered: "covered",
    many: "long",
    few: "short",
    held: "shares",
  },
  legSeparator: " + ",
  saved: (money) => `saves ${money}`,
  taken: (money) => `takes ${money} more`,
  margin: (money) => `margin ${money}`,
  marginThen: (money) => `margin then ${money}`,
  counted: (money) => `rows counted ${money}`,
  countedThen: (money) => `rows counted then ${money}`,
  meanwhile: (sets, money) => [
    `${sets} ${sets === "1" ? "set" : "sets"} to dissolve first`,
    `${money} more cash needed meanwhile`,
  ],
  setBySet: (money) => `${money} where it is done set by set`,
  short: (available, lacks) =>
    `${available} is available, ${lacks} too little: add money or close first, or dissolving is rejected.`,
  moreActs: (n) => `${n} more steps; Write to sheet holds them.`,

  amongCounted: "Among the rows counted: ",
  nothing: (n) =>
    n === 1
      ? "No combination saves margin: nothing the only short leg could join saves any."
      : `No combination saves margin: nothing the ${n} short legs could join saves any.`,
  best: "No other pairing takes less margin; there is nothing to do.",

  warnings: "About these combinations",
  rises: (day, money) => `Dissolved automatically after ${day}; margin then rises by ${money}.`,
  falls: (day, money) => `Dissolved automatically after ${day}; margin then falls by ${money}.`,
  passed: (day, money) =>
    `Dissolved automatically after ${day}: it may be apart already, with ${money} more margin. Import the day's statement to see.`,
  toBuild: " (to be built)",
  costlier: (money) => `The set costs ${money} more than its legs apart; dissolve it.`,
  costlierThere: "The set costs more than its legs apart; dissolve it.",

  tonight: "After tonight's netting",
  tonightHow:
    "The exchange nets a long and a short of one contract at the end of the day; legs in sets stay. These lots are left to it and join no set; the figures are those after the steps above.",
  released: (money) => `releases ${money}`,
  lots: (n) => `${n} ${n === "1" ? "lot" : "lots"}`,

  inOrder: (exchange) => `In the order of ${exchange} itself`,
  inOrderMore: (money) => `${money} more than the best pairing.`,
  inOrderSame: "The same as the best pairing.",

  withBest: "With the best combinations",
  ratio: (ratio) => `ratio ${ratio}`,

  write: "Write to sheet",

  instruction: { build: "build", dissolve: "dissolve" },
  noOrders: "No orders to give: the exchange forms these sets by itself at settlement.",
};

export const COMBINE_TEXTS: Readonly<Record<Language, CombineTexts>> = { zh, en };
