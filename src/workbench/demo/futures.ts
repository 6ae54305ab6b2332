// Sheet 2: a short put on a future through two days, with the published worked figures: margin by
// the rule of the time, why it changed, and what buying the option back brings.
import type { Language } from "../preferences";
import { SheetBuilder, type Cell, type StyleName } from "./cells";

interface Event {
  zh: string;
  en: string;
  option: number;
  futures: number;
  margin: number;
  /** The row of the sale, whose premium was received. */
  sale: number;
  /** The row of the event before it, if the position is the same. */
  before?: number;
  printedChange?: number;
  printedCash?: number;
}

const firstRow = 10;

const events: readonly Event[] = [
  {
    zh: "第 1 日 卖出开仓",
    en: "Day 1, sold",
    option: 300,
    futures: 8640,
    margin: 6620,
    sale: firstRow,
  },
  {
    zh: "第 1 日 结算",
    en: "Day 1, settled",
    option: 280,
    futures: 8750,
    margin: 5925,
    sale: firstRow,
    before: firstRow,
    printedChange: -695,
    printedCash: 2925,
  },
  {
    zh: "第 2 日 结算",
    en: "Day 2, settled",
    option: 360,
    futures: 8570,
    margin: 7535,
    sale: firstRow,
    before: firstRow + 1,
    printedChange: 1610,
  },
  {
    zh: "另一例：第 2 日卖出",
    en: "Other case: sold on day 2",
    option: 360,
    futures: 8640,
    margin: 7220,
    sale: firstRow + 3,
    printedCash: 3620,
  },
];

const changeRow = firstRow + events.length + 1;

/** The change of day 2 as printed, by the row of the spilled table in which its term stands. */
const printedChanges = new Map([
  [1, 800],
  [2, -90],
  [3, 900],
  [7, 1610],
]);
const spilledRows = 8;

const closeRow = changeRow + spilledRows + 2;

// The current rule is asked about a fixed day, so that the sheet never depends on today.
const currentRulesDay = "2026-11-20";

export function futuresSheet(language: Language) {
  const say = (zh: string, en: string): string => (language === "en" ? en : zh);
  const sheet = new SheetBuilder();
  const text = (zh: string, en: string, style: StyleName): Cell => [say(zh, en), style];
  const headers = (pairs: readonly (readonly [string, string])[]): Cell[] =>
    pairs.map(([zh, en], column) => text(zh, en, column === 0 ? "left header" : "header"));

  sheet.put(
    1,
    [text("卖出一手期货看跌期权：逐日保证金", "One short put on a future, day by day", "title")],
    27,
  );
  sheet.put(2, [
    text(
      "绿底为实时公式，黄底为文章公布的数值。左侧按当时的旧规则：权利金 + 期货保证金 − 虚值额的一半；最右一列为现行规则。",
      "Green: live formula. Yellow: printed in the settlement article. Margin by the rule of the time: premium + futures margin − half the out-of-the-money amount; far right: today's rule.",
      "note",
    ),
  ]);
  const inputs: readonly (readonly [
    zh: string,
    en: string,
    value: string | number,
    style: StyleName,
  ])[] = [
    ["看涨或看跌", "Call or put", "P", "typed"],
    ["行权价，元/吨", "Strike, yuan a tonne", 8500, "input whole"],
    ["交易单位，吨/手", "Unit, tonnes a lot", 10, "input whole"],
    ["期货保证金率", "Futures margin rate", 0.05, "input percent"],
    ["现行规则取哪一天", "Current rule as of", currentRulesDay, "typed"],
  ];
  for (const [index, [zh, en, value, style]] of inputs.entries()) {
    sheet.put(3 + index, [text(zh, en, "label"), [value, style]]);
  }
  sheet.put(
    firstRow - 1,
    headers([
      ["情形", "case"],
      ["期权价\n元/吨", "option\nyuan/t"],
      ["期货价\n元/吨", "futures\nyuan/t"],
      ["保证金\n公式", "margin\nformula"],
      ["保证金\n公布", "margin\nprinted"],
      ["变化\n公式", "change\nformula"],
      ["变化\n公布", "change\nprinted"],
      ["已收权利金\n公式", "premium\nreceived"],
      ["占用资金\n公式", "cash used\nformula"],
      ["占用资金\n公布", "cash used\nprinted"],
      ["现行规则\n公式", "current\nrule"],
    ]),
    38,
  );
  for (const [index, event] of events.entries()) {
    sheet.put(firstRow + index, [
      text(event.zh, event.en, "word"),
      [event.option, "input whole"],
      [event.futures, "input whole"],
      ["=ZCE.LEGACYMARGIN($B$3,B{row},C{row},$B$4,$B$5,$B$6)", "live money"],
      [event.margin, "published money"],
      event.before === undefined ? null : [`=D{row}-D${event.before}`, "live signed"],
      event.printedChange === undefined ? null : [event.printedChange, "published signed"],
      [`=OPTION.PREMIUM(B${event.sale},$B$5)`, "live money"],
      ["=D{row}-H{row}", "live money"],
      event.printedCash === undefined ? null : [event.printedCash, "published money"],
      ["=ZCE.MARGIN($B$3,B{row},C{row},$B$4,$B$5,$B$6,,,$B$7)", "live money"],
    ]);
  }

  sheet.put(
    changeRow,
    [
      text(
        "第 2 日为何多收 1,610 元：一个公式，溢出成一张表",
        "Why day 2 asks for 1,610 more: one formula that spills into a table",
        "subtitle",
      ),
    ],
    27,
  );
  const settled = firstRow + 1;
  const next = firstRow + 2;
  const why = `=MARGIN.CHANGE("ZCE.LEGACY",$B$3,$B$4,$B$5,B${settled},C${settled},B${next},C${next},$B$6)`;
  sheet.put(
    changeRow + 1,
    [
      [why, "left header"],
      [null, "header"],
      [null, "header"],
      [null, "header"],
      text("公布", "printed", "header"),
    ],
    38,
  );
  for (let offset = 1; offset < spilledRows; offset++) {
    const printed = printedChanges.get(offset);
    sheet.put(changeRow + 1 + offset, [
      [null, "live term"],
      [null, "live money"],
      [null, "live money"],
      [null, "live signed"],
      printed === undefined ? null : [printed, "published signed"],
    ]);
  }

  sheet.put(
    closeRow,
    [text("买入平仓：收回资金与平仓盈亏", "Buying it back: cash and profit", "subtitle")],
    27,
  );
  const closings = [
    {
      zh: "第 1 日卖出的，第 2 日以 360 买回",
      en: "Day 1's short, bought back at 360",
      formula: `=OPTION.CLOSEOUT(B${firstRow},360,$B$5,D${settled})`,
      printed: [2325, -600],
    },
    {
      zh: "另一例，当日以 300 买回",
      en: "Other case, bought back at 300",
      formula: `=OPTION.CLOSEOUT(B${firstRow + 3},300,$B$5,D${firstRow + 3})`,
      printed: [4220, 600],
    },
  ];
  for (const [index, { zh, en, formula, printed }] of closings.entries()) {
    const row = closeRow + 1 + index * 2;
    const [cash = null, profit = null] = printed;
    sheet.put(
      row,
      [
        text(zh, en, "left header"),
        [formula, "header"],
        [null, "header"],
        text("收回资金\n公布", "cash\nprinted", "header"),
        text("盈亏\n公布", "profit\nprinted", "header"),
      ],
      38,
    );
    sheet.put(row + 1, [
      null,
      [null, "live money"],
      [null, "live signed"],
      [cash, "published money"],
      [profit, "published signed"],
    ]);
  }

  const widths = [248, 80, 104, 76, 76, 74, 74, 74, 72, 72, 68];
  return sheet.build("futures", say("期货期权逐日", "Futures option, day by day"), widths);
}
