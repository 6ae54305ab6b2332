// Sheet 3: the life of one short put, as events and the ledger that follows from them: sold, settled
// twice with the published figures, assigned, and the future it became sold again.
import type { Language } from "../preferences";
import { SheetBuilder, type Cell, type Pattern, type StyleName } from "./cells";

type Day = readonly [
  date: string,
  event: readonly [zh: string, en: string],
  contract: string,
  side: "short" | "",
  lots: number | "",
  price: number | "",
  settlement: number | "",
  underlying: number | "",
  rate: number | "",
];

const put = "OI701P8500";
const opened: Day = ["2026-11-19", ["开仓", "open"], put, "short", 1, 300, "", 8640, 0.05];
const settled: Day = ["2026-11-19", ["结算", "settle"], put, "", "", "", 280, 8750, ""];

const assigned: readonly Day[] = [
  opened,
  settled,
  ["2026-11-20", ["结算", "settle"], put, "", "", "", 360, 8570, ""],
  ["2026-11-23", ["履约", "assign"], put, "", 1, "", "", "", ""],
  ["2026-11-23", ["结算", "settle"], "OI701", "", "", "", 8400, "", ""],
  ["2026-11-24", ["卖出", "sell"], "OI701", "", 1, 8450, "", "", ""],
];
const boughtBack: readonly Day[] = [
  opened,
  settled,
  ["2026-11-20", ["平仓", "close"], put, "", 1, 360, "", "", ""],
];

/** How the ledger's columns after the date are shown: words where there is no pattern. */
const shown: readonly (Pattern | undefined)[] = [
  ...Array<Pattern>(5).fill("money"),
  ...Array<Pattern>(5).fill("signed"),
  ...Array<Pattern>(4).fill("money"),
  ...Array<Pattern>(3).fill("signed"),
  "percent",
  undefined,
  ...Array<Pattern>(7).fill("signed"),
  undefined,
];

const firstRow = 5;
const ledgerRow = firstRow + assigned.length + 2;
const checkRow = ledgerRow + 7;
const secondRow = checkRow + 14;

export function lifeSheet(language: Language) {
  const say = (zh: string, en: string): string => (language === "en" ? en : zh);
  const sheet = new SheetBuilder();
  const text = (zh: string, en: string, style: StyleName): Cell => [say(zh, en), style];
  const headers = (pairs: readonly (readonly [string, string])[]): Cell[] =>
    pairs.map(([zh, en], column) => text(zh, en, column === 0 ? "left header" : "header"));

  const events = (row: number, days: readonly Day[]): void => {
    sheet.put(
      row,
      headers([
        ["日期", "date"],
        ["事件", "event"],
        ["合约", "contract"],
        ["买卖", "side"],
        ["手数", "lots"],
        ["价格", "price"],
        ["结算价", "settlement"],
        ["标的价", "underlying price"],
        ["保证金率", "rate"],
      ]),
      32,
    );
    for (const [index, day] of days.entries()) {
      const [date, [zh, en], contract, side, ...figures] = day;
      const [lots, price, settlement, underlying, rate] = figures;
      const whole = (figure: number | ""): Cell => (figure === "" ? null : [figure, "input whole"]);
      sheet.put(row + 1 + index, [
        [date, "word"],
        text(zh, en, "typed"),
        [contract, "typed"],
        side === "" ? null : text("卖", side, "typed"),
        ...[lots, price, settlement, underlying].map(whole),
        rate === "" ? null : [rate, "input percent"],
      ]);
    }
  };
  const ledger = (row: number, days: number, from: number, to: number): void => {
    sheet.put(
      row,
      [
        [`=MARGIN.LEDGER(A${from}:I${to},10000)`, "left header"],
        ...shown.map((): Cell => [null, "header"]),
      ],
      58,
    );
    for (let day = 1; day <= days; day++) {
      sheet.put(row + day, [
        [null, "live term"],
        ...shown.map((as): Cell => [null, as ? `live ${as}` : "live term"]),
      ]);
    }
  };

  sheet.put(1, [text("一张期权的一生", "Life of an option", "title")], 27);
  sheet.put(2, [
    text(
      "上面是发生的事，下面是一个公式算出的逐日台账：卖出、结算两日、被指派成期货、期货平掉。期初结存 10,000。绿底为实时公式，黄底为文章公布的数值。",
      "What happened, and under it the ledger day by day, one formula: sold, settled twice, assigned into a future, the future sold. Opening balance 10,000. Green: live formula. Yellow: printed in the settlement article.",
      "note",
    ),
  ]);
  sheet.put(firstRow - 2, [text("发生的事", "What happened", "subtitle")], 27);
  events(firstRow - 1, assigned);
  ledger(ledgerRow, 4, firstRow - 1, firstRow - 1 + assigned.length);

  const [one, two, last] = [ledgerRow + 1, ledgerRow + 2, ledgerRow + 4];
  sheet.put(
    checkRow - 1,
    headers([
      ["数字", "figure"],
      ["台账", "ledger"],
      ["公布", "printed"],
    ]),
  );
  const checks: readonly (readonly [zh: string, en: string, formula: string, printed: number])[] = [
    ["权利金收入", "premium in", `=B${one}`, 3000],
    ["卖出时的保证金", "margin when sold", `=D${one}`, 6620],
    ["当日结算释放", "released at settlement", `=E${one}`, 695],
    ["第 1 日保证金", "margin on day 1", `=F${one}`, 5925],
    ["净用资金", "net cash used", `=G${one}`, 2925],
    ["第 2 日保证金", "margin on day 2", `=F${two}`, 7535],
    ["第 2 日增加", "more on day 2", `=U${two}`, 1610],
    ["其中权利金", "of it premium", `=V${two}`, 800],
    ["其中期货保证金", "of it futures margin", `=W${two}`, -90],
    ["其中虚值额", "of it out of the money", `=X${two}`, 900],
  ];
  for (const [index, [zh, en, formula, printed]] of checks.entries()) {
    sheet.put(checkRow + index, [
      text(zh, en, "word"),
      [formula, "live signed"],
      [printed, "published signed"],
    ]);
  }
  sheet.put(checkRow + checks.length, [
    text("结存 − 期初 − 已实现", "balance − opening − realised", "word"),
    [`=M${last}-10000-P${last}`, "live signed"],
  ]);

  sheet.put(
    secondRow - 1,
    [text("或者：第 2 日以 360 买回", "Or: bought back on day 2 at 360", "subtitle")],
    27,
  );
  events(secondRow, boughtBack);
  const secondLedger = secondRow + boughtBack.length + 2;
  ledger(secondLedger, 2, secondRow, secondRow + boughtBack.length);
  const closed = secondLedger + 2;
  for (const [index, [zh, en, formula, printed]] of (
    [
      ["收回资金", "cash back", `=AA${closed}`, 2325],
      ["已实现盈亏", "realised", `=P${closed}`, -600],
    ] as const
  ).entries()) {
    sheet.put(closed + 2 + index, [
      text(zh, en, "word"),
      [formula, "live signed"],
      [printed, "published signed"],
    ]);
  }

  const widths = [
    150,
    80,
    88,
    ...Array<number>(15).fill(84),
    72,
    100,
    ...Array<number>(7).fill(84),
    420,
  ];
  return sheet.build("life", say("一张期权的一生", "Life of an option"), widths);
}
