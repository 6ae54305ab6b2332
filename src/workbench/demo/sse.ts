// Sheet 1: the thirteen real-time margins that the Shanghai Stock Exchange's option training material
// (lecture 5) prints for 9 March 2015, and one account that day. Published figures are typed in;
// every margin beside them is a live formula.
import type { Language } from "../preferences";
import { SheetBuilder, type Cell, type Content } from "./cells";

interface Quote {
  strike: number;
  time: string;
  underlying: number;
  option: number;
  margin: number;
  /** Printed change against the opening margin. */
  change: number;
}

export const quotes: readonly Quote[] = [
  {
    strike: 2.25,
    time: "10:00",
    underlying: 2.294,
    option: 0.081,
    margin: 3562.8,
    change: -0.0991,
  },
  { strike: 2.25, time: "14:00", underlying: 2.364, option: 0.131, margin: 4146.8, change: 0.0485 },
  {
    strike: 2.25,
    time: "15:00",
    underlying: 2.397,
    option: 0.1543,
    margin: 4419.4,
    change: 0.1175,
  },
  { strike: 2.35, time: "10:00", underlying: 2.294, option: 0.03, margin: 2492.8, change: -0.2178 },
  { strike: 2.35, time: "14:00", underlying: 2.364, option: 0.06, margin: 3436.8, change: 0.0784 },
  {
    strike: 2.35,
    time: "15:00",
    underlying: 2.397,
    option: 0.0762,
    margin: 3638.4,
    change: 0.1417,
  },
  { strike: 2.4, time: "10:00", underlying: 2.294, option: 0.015, margin: 1842.8, change: -0.2566 },
  { strike: 2.4, time: "14:00", underlying: 2.364, option: 0.035, margin: 2826.8, change: 0.1404 },
  { strike: 2.4, time: "15:00", underlying: 2.397, option: 0.0498, margin: 3344.4, change: 0.3492 },
  {
    strike: 2.45,
    time: "10:00",
    underlying: 2.294,
    option: 0.008,
    margin: 1685.8,
    change: -0.0921,
  },
  { strike: 2.45, time: "14:00", underlying: 2.364, option: 0.02, margin: 2176.8, change: 0.1723 },
  {
    strike: 2.45,
    time: "15:00",
    underlying: 2.397,
    option: 0.0271,
    margin: 2617.4,
    change: 0.4096,
  },
  { strike: 2.5, time: "10:00", underlying: 2.294, option: 0.004, margin: 1645.8, change: -0.0444 },
];

// Not printed: the previous day's prices that make all five contracts' printed changes come out.
const previousClose = 2.339;
const previousSettlement: Record<number, number> = {
  2.25: 0.1148,
  2.35: 0.049,
  2.4: 0.0282,
  2.45: 0.016,
  2.5: 0.0085,
};

interface Moment {
  zh: string;
  en: string;
  /** Fund and option price, where they are known; at the open they are inferred. */
  prices?: readonly [underlying: number, option: number];
  isInferred?: boolean;
  margin: number;
  exchangeRatio: number;
  brokerRatio: number;
}

const moments: readonly Moment[] = [
  {
    zh: "开盘",
    en: "open",
    prices: [previousClose, 0.0282],
    isInferred: true,
    margin: 2478.8,
    exchangeRatio: 0.7422,
    brokerRatio: 0.8906,
  },
  at("10:00", 1842.8, 0.5517, 0.6621, [2.294, 0.015]),
  at("11:00", 1864, 0.5581, 0.6697),
  at("13:00", 1865.2, 0.5584, 0.6701),
  at("13:30", 2237.6, 0.6699, 0.8039),
  at("13:47", 2632.4, 0.7881, 0.9458),
  at("14:00", 2826.8, 0.8463, 1.0156, [2.364, 0.035]),
  at("14:30", 3393.6, 1.016, 1.2193),
  at("14:45", 3382.4, 1.0127, 1.2152),
  {
    zh: "收盘结算",
    en: "close",
    prices: [2.397, 0.0498],
    margin: 3344.4,
    exchangeRatio: 1.0013,
    brokerRatio: 1.2016,
  },
];

function at(
  time: string,
  margin: number,
  exchangeRatio: number,
  brokerRatio: number,
  prices?: readonly [number, number],
): Moment {
  return { zh: time, en: time, margin, exchangeRatio, brokerRatio, ...(prices ? { prices } : {}) };
}

const rulesDay = "2015-03-09";
const firstQuoteRow = 6;
const accountRow = firstQuoteRow + quotes.length + 1;
const inputRow = accountRow + 1;
const firstMomentRow = inputRow + 2;

export function sseSheet(language: Language) {
  const say = (zh: string, en: string): string => (language === "en" ? en : zh);
  const sheet = new SheetBuilder();
  const headers = (pairs: readonly (readonly [string, string])[]): Cell[] =>
    pairs.map(([zh, en], column) => [say(zh, en), column === 0 ? "left header" : "header"]);

  sheet.put(
    1,
    [
      [
        say(
          "上证 50ETF 认购期权：2015 年 3 月 9 日盘中保证金",
          "SSE 50ETF calls: margins during 9 March 2015",
        ),
        "title",
      ],
    ],
    27,
  );
  sheet.put(2, [
    [
      say(
        "绿底为实时公式，黄底为上交所期权培训材料（第 5 讲）公布的数值，紫底为推断值（材料未列，五个合约的涨跌幅与之吻合）。",
        "Green: live formula. Yellow: printed in the exchange's training material (lecture 5). Violet: inferred, not printed; five contracts' changes agree.",
      ),
      "note",
    ],
  ]);
  sheet.put(3, [
    [say("规则日期", "Rules as of"), "label"],
    [rulesDay, "typed"],
    null,
    [say("50ETF 前收盘价，元（推断）", "Previous close, yuan (inferred)"), "label"],
    null,
    null,
    [previousClose, "inferred fund"],
  ]);
  sheet.put(
    firstQuoteRow - 1,
    headers([
      ["合约", "contract"],
      ["行权价\n元", "strike\nyuan"],
      ["时间", "time"],
      ["50ETF\n元", "50ETF\nyuan"],
      ["期权价\n元/份", "option\nyuan"],
      ["保证金\n公式", "margin\nformula"],
      ["保证金\n公布", "margin\nprinted"],
      ["差", "differs\nby"],
      ["前结算价\n推断", "prev. settle\ninferred"],
      ["开仓保证金\n公式", "opening\nmargin"],
      ["较开仓\n公式", "change\nformula"],
      ["较开仓\n公布", "change\nprinted"],
    ]),
    38,
  );
  for (const [index, quote] of quotes.entries()) {
    sheet.put(firstQuoteRow + index, [
      [say(`50ETF 购 ${quote.strike.toFixed(2)}`, `50ETF call ${quote.strike.toFixed(2)}`), "word"],
      [quote.strike, "input strike"],
      [quote.time, "typed"],
      [quote.underlying, "input fund"],
      [quote.option, "input option"],
      ["=SSE.CALLMARGIN(E{row},D{row},B{row},,,,$B$3)", "live money"],
      [quote.margin, "published money"],
      ["=F{row}-G{row}", "live money"],
      [previousSettlement[quote.strike] ?? null, "inferred option"],
      ["=SSE.CALLMARGIN(I{row},$G$3,B{row},,,,$B$3)", "live money"],
      ["=F{row}/J{row}-1", "live signedPercent"],
      [quote.change, "published signedPercent"],
    ]);
  }

  sheet.put(
    accountRow,
    [
      [
        say(
          "一个账户：卖出 1 张 50ETF 购 2.40，公司在交易所标准上浮 20%",
          "One account: one short 50ETF call 2.40; the broker asks 20% more than the exchange",
        ),
        "subtitle",
      ],
    ],
    27,
  );
  sheet.put(inputRow, [
    [say("公司上浮", "Markup"), "label"],
    [0.2, "input percent"],
    null,
    [say("保证金账户资金，元", "Margin money, yuan"), "label"],
    null,
    null,
    [3340, "input money"],
    null,
    [say("行权价，元", "Strike, yuan"), "label"],
    null,
    [2.4, "input strike"],
  ]);
  sheet.put(
    firstMomentRow - 1,
    headers([
      ["时间", "time"],
      ["50ETF\n元", "50ETF\nyuan"],
      ["期权价\n元/份", "option\nyuan"],
      ["交易所\n公式", "exchange\nformula"],
      ["交易所\n公布", "exchange\nprinted"],
      ["差", "differs\nby"],
      ["公司\n公式", "broker\nformula"],
      ["风险度\n交易所标准", "ratio by\nexchange"],
      ["风险度\n公布", "ratio\nprinted"],
      ["风险度\n公司标准", "ratio by\nbroker"],
      ["风险度\n公布", "ratio\nprinted"],
      ["状态\n公司标准", "status by\nbroker"],
    ]),
    38,
  );
  const status = language === "en" ? "=RISKSTATUS(J{row})" : '=RISKSTATUS(J{row},,,,,"zh")';
  for (const [index, moment] of moments.entries()) {
    const look = moment.isInferred ? "inferred" : "input";
    const [underlying, option] = moment.prices ?? [];
    const cell = (value: Content | undefined, style: NonNullable<Cell>[1]): Cell =>
      value === undefined ? null : [value, style];
    const strike = `$K$${inputRow}`;
    const markup = `$B$${inputRow}`;
    // Where no price is printed, the exchange's figure is taken as printed.
    const isLive = moment.prices !== undefined;
    sheet.put(firstMomentRow + index, [
      [say(moment.zh, moment.en), "word"],
      cell(underlying, `${look} fund`),
      cell(option, `${look} option`),
      isLive
        ? [`=SSE.CALLMARGIN(C{row},B{row},${strike},,,,$B$3)`, "live money"]
        : ["=E{row}", "published money"],
      [moment.margin, "published money"],
      isLive ? ["=D{row}-E{row}", "live money"] : null,
      isLive
        ? [`=SSE.CALLMARGIN(C{row},B{row},${strike},,,${markup},$B$3)`, "live money"]
        : [`=D{row}*(1+${markup})`, "live money"],
      [`=RISKRATIO(D{row},$G$${inputRow})`, "live percent"],
      [moment.exchangeRatio, "published percent"],
      [`=RISKRATIO(G{row},$G$${inputRow})`, "live percent"],
      [moment.brokerRatio, "published percent"],
      [status, "live word"],
    ]);
  }
  sheet.put(firstMomentRow + moments.length, [
    [
      say(
        "风险度 = 保证金 ÷ 保证金账户资金。追保线 90%：按公司标准，13:47 触及。没有价格的时间取公布的交易所保证金。",
        "Ratio = margin ÷ money in the margin account. With a call line of 90%, the broker's call comes at 13:47. Where no price is printed, the printed exchange margin is used.",
      ),
      "note",
    ],
  ]);

  // The status takes more room in English than in Chinese.
  const widths =
    language === "en"
      ? [102, 78, 58, 74, 74, 74, 74, 74, 84, 72, 72, 162]
      : [108, 78, 66, 78, 78, 82, 82, 78, 84, 84, 82, 88];
  return sheet.build("sse", say("上交所 2015-03-09", "SSE 9 March 2015"), widths);
}
