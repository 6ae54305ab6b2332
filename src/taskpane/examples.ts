/** One worked example a function, as typed, with the figure it must give. */
import type { Bilingual } from "../core";

export interface Example {
  readonly typed: Readonly<Record<string, string>>;
  /** What the function gives; for a spill, with the place of the figure in it. */
  readonly figure: number | string;
  readonly at?: readonly [row: number, column: number];
  /** Where the figure is printed; none where it was worked by hand. */
  readonly printed?: Bilingual;
}

const SSE_DECK: Bilingual = {
  zh: "上交所期权培训材料第五讲",
  en: "SSE training deck, lecture 5",
};
const SSE_DECK_OPENING: Bilingual = {
  zh: "上交所期权培训材料第五讲；前收盘价、前结算价由印出的涨跌幅反推",
  en: "SSE training deck, lecture 5; previous close and settlement inferred from the printed changes",
};
const SETTLEMENT_ARTICLE: Bilingual = {
  zh: "期货期权结算文章算例",
  en: "a worked example in an article on futures-option settlement",
};
const ANSWER = (site: string): Bilingual => ({
  zh: `公开算例（${site}）`,
  en: `a published example (${site})`,
});

const futuresOption = (
  right: string,
  settlement: string,
  futures: string,
  strike: string,
  unit: string,
  rate: string,
): Example["typed"] => ({ right, settlement, futures, strike, unit, rate });

/** The 28,800 call of March 2019 by HKEX's risk parameter file of 2019-03-04. */
const HANG_SENG_CALL: Example["typed"] = {
  ...{ right: "C", futures: "28885", strike: "28800", days: "24", volatility: "0.162457" },
  ...{ settlement: "523", psr: "1720" },
};

type SampleRange = Readonly<Record<keyof Bilingual, readonly (readonly (string | number)[])[]>>;

/** A call spread and a put sold with it; the combination column is for the sets that are held. */
const COMBINING: SampleRange = {
  zh: [
    ["合约", "买卖", "手数", "结算价", "标的价", "组合"],
    ["510050C2706M03300", "买", 2, 0.02, 3, 1],
    ["510050C2706M03000", "卖", 2, 0.08, 3, 1],
    ["510050P2706M02900", "卖", 1, 0.035, 3, ""],
  ],
  en: [
    ["contract", "side", "lots", "settlement", "underlying price", "combination"],
    ["510050C2706M03300", "long", 2, 0.02, 3, 1],
    ["510050C2706M03000", "short", 2, 0.08, 3, 1],
    ["510050P2706M02900", "short", 1, 0.035, 3, ""],
  ],
};

/** Nine closes of one underlying, a day apart. */
const CLOSES = [[2985], [2992], [2971], [2968], [3004], [3011], [2996], [2990], [3002]];

/** Two short options of a table that says when they expire and at which volatility, where that is not their price's. */
const SHOCKED: SampleRange = {
  zh: [
    ["合约", "买卖", "手数", "结算价", "标的价", "保证金率", "到期日", "波动率"],
    ["IO2612-P-4300", "卖", 2, 18.6, 4650, "", "", ""],
    ["m2701-P-2900", "卖", 10, 38.5, 2985, 0.07, "2026-12-07", 0.16],
  ],
  en: [
    ["contract", "side", "lots", "settlement", "underlying price", "rate", "expiry", "volatility"],
    ["IO2612-P-4300", "short", 2, 18.6, 4650, "", "", ""],
    ["m2701-P-2900", "short", 10, 38.5, 2985, 0.07, "2026-12-07", 0.16],
  ],
};

/** What a range for a table's function may look like: a row of names, then a position a row. */
export const SAMPLE_RANGES: Readonly<Record<string, SampleRange>> = {
  "MARGIN.PORTFOLIO": COMBINING,
  "MARGIN.COMBINE": COMBINING,
  "MARGIN.STRESS": SHOCKED,
  "MARGIN.CALLPRICE": SHOCKED,
  RISKSTRESS: SHOCKED,
  "MARGIN.TABLE": {
    zh: [
      ["合约", "买卖", "手数", "结算价", "标的价", "保证金率"],
      ["IO2612-P-4300", "卖", 2, 18.6, 4650, ""],
      ["m2701-P-2900", "卖", 10, 38.5, 2985, 0.07],
    ],
    en: [
      ["contract", "side", "lots", "settlement", "underlying price", "rate"],
      ["IO2612-P-4300", "short", 2, 18.6, 4650, ""],
      ["m2701-P-2900", "short", 10, 38.5, 2985, 0.07],
    ],
  },
  "HKEX.MARGIN": {
    zh: [
      ["合约", "买卖", "手数", "结算价", "期货价", "到期日"],
      ["HSI29200C9", "卖", 1, 332, 28885, "2019-03-28"],
      ["HSI29600C9", "买", 1, 195, 28885, "2019-03-28"],
    ],
    en: [
      ["contract", "side", "quantity", "settlement", "futures", "expiry"],
      ["HSI29200C9", "short", 1, 332, 28885, "2019-03-28"],
      ["HSI29600C9", "long", 1, 195, 28885, "2019-03-28"],
    ],
  },
  "MARGIN.LEDGER": {
    zh: [
      ["日期", "事件", "合约", "买卖", "手数", "价格", "结算价", "标的价", "保证金率"],
      ["2026-11-19", "开仓", "OI701P8500", "卖", 1, 300, "", 8640, 0.05],
      ["2026-11-19", "结算", "OI701P8500", "", "", "", 280, 8750, ""],
      ["2026-11-20", "结算", "OI701P8500", "", "", "", 360, 8570, ""],
    ],
    en: [
      [
        "date",
        "event",
        "contract",
        "side",
        "lots",
        "price",
        "settlement",
        "underlying price",
        "rate",
      ],
      ["2026-11-19", "open", "OI701P8500", "short", 1, 300, "", 8640, 0.05],
      ["2026-11-19", "settle", "OI701P8500", "", "", "", 280, 8750, ""],
      ["2026-11-20", "settle", "OI701P8500", "", "", "", 360, 8570, ""],
    ],
  },
  "OPTION.HISTVOL": { zh: CLOSES, en: CLOSES },
  "MARGIN.LIQUIDATE": {
    zh: [
      ["合约", "买卖", "手数", "结算价", "标的价", "保证金率", "平仓价", "市场持仓量"],
      ["IO2612-P-4300", "卖", 2, 18.6, 4650, "", 19.2, 5210],
      ["m2701-P-2900", "卖", 10, 38.5, 2985, 0.07, 40, 18300],
    ],
    en: [
      [
        "contract",
        "side",
        "lots",
        "settlement",
        "underlying price",
        "rate",
        "close price",
        "open interest",
      ],
      ["IO2612-P-4300", "short", 2, 18.6, 4650, "", 19.2, 5210],
      ["m2701-P-2900", "short", 10, 38.5, 2985, 0.07, 40, 18300],
    ],
  },
};

export const EXAMPLES: Readonly<Record<string, Example>> = {
  "SSE.CALLMARGIN": {
    typed: { settlement: "0.0282", underlying: "2.339", strike: "2.4" },
    figure: 2478.8,
    printed: SSE_DECK_OPENING,
  },
  "SSE.PUTMARGIN": { typed: { settlement: "0.05", underlying: "3", strike: "3" }, figure: 4100 },
  "SSE.LIMITUP": {
    typed: {
      right: "C",
      previousSettlement: "0.15",
      underlyingPreviousClose: "3",
      strike: "2.9",
    },
    figure: 0.45,
  },
  "SSE.LIMITDOWN": {
    typed: {
      right: "C",
      previousSettlement: "0.35",
      underlyingPreviousClose: "3",
      strike: "2.9",
    },
    figure: 0.05,
  },
  "SSE.SPREADMARGIN": {
    typed: { right: "C", longStrike: "3.1", shortStrike: "3" },
    figure: 1000,
  },
  "SSE.STRADDLEMARGIN": {
    typed: {
      callSettlement: "0.04",
      putSettlement: "0.035",
      underlying: "3",
      callStrike: "3.1",
      putStrike: "2.9",
    },
    figure: 3350,
  },
  "SSE.ADJUST": {
    typed: { strike: "1.95", settlement: "0.5", unit: "10000", close: "2.46", dividend: "0.053" },
    figure: 1.908,
    at: [0, 1],
    printed: ANSWER("cjgcw.com"),
  },
  "SSE.COVEREDSHARES": { typed: { unit: "10220", lots: "3", held: "30000" }, figure: 660 },
  "SZSE.ADJUST": {
    typed: { strike: "4.6", settlement: "0.2", unit: "10000", close: "3", bonus: "1.63836" },
    figure: 1.744,
    at: [0, 1],
  },
  "SZSE.COVEREDSHARES": { typed: { unit: "10153", lots: "2" }, figure: 20306 },
  "SZSE.SPREADMARGIN": {
    typed: { right: "P", longStrike: "3.9", shortStrike: "4" },
    figure: 1000,
  },
  "SZSE.STRADDLEMARGIN": {
    typed: {
      callSettlement: "0.1",
      putSettlement: "0.09",
      underlying: "4",
      callStrike: "4",
      putStrike: "4",
    },
    figure: 6700,
  },
  "DCE.COMBOMARGIN": {
    typed: {
      code: "STG",
      firstMargin: "3000",
      secondMargin: "2900",
      firstPremium: "500",
      secondPremium: "400",
    },
    figure: 3400,
  },
  "SZSE.CALLMARGIN": {
    typed: { settlement: "0.1", underlying: "4.735", strike: "4.735" },
    figure: 6682,
  },
  "SZSE.PUTMARGIN": { typed: { settlement: "0.002", underlying: "4", strike: "3" }, figure: 2120 },
  "SZSE.LIMITUP": {
    typed: {
      right: "P",
      previousSettlement: "0.1",
      underlyingPreviousClose: "4",
      strike: "4.1",
    },
    figure: 0.5,
  },
  "SZSE.LIMITDOWN": {
    typed: {
      right: "P",
      previousSettlement: "0.45",
      underlyingPreviousClose: "4",
      strike: "4.1",
    },
    figure: 0.05,
  },
  "CFFEX.CALLMARGIN": {
    typed: { settlement: "20", index: "3850", strike: "3900", on: "2020-01-02" },
    figure: 35500,
    printed: ANSWER("licai.cofool.com"),
  },
  "CFFEX.PUTMARGIN": {
    typed: { settlement: "18.6", index: "4650", strike: "4300", on: "2026-11-20" },
    figure: 27660,
  },
  "ZCE.MARGIN": {
    typed: futuresOption("C", "140", "3450", "3450", "5", "0.1"),
    figure: 2425,
    printed: ANSWER("sangews.com"),
  },
  "ZCE.LEGACYMARGIN": {
    typed: {
      right: "P",
      premium: "300",
      futures: "8640",
      strike: "8500",
      unit: "10",
      rate: "0.05",
    },
    figure: 6620,
    printed: SETTLEMENT_ARTICLE,
  },
  "ZCE.COVEREDMARGIN": {
    typed: { premium: "300", futures: "8640", unit: "10", rate: "0.05" },
    figure: 7320,
  },
  "DCE.MARGIN": {
    typed: futuresOption("C", "100", "3500", "3400", "10", "0.07"),
    figure: 3450,
    printed: ANSWER("fcqihuo.com"),
  },
  "SHFE.MARGIN": {
    typed: futuresOption("C", "1250", "86500", "90000", "5", "0.09"),
    figure: 36425,
  },
  "INE.MARGIN": {
    typed: futuresOption("C", "12.35", "498.6", "520", "1000", "0.1"),
    figure: 51510,
  },
  "HKEX.RISKARRAY": { typed: HANG_SENG_CALL, figure: -70759.46036084752, at: [0, 10] },
  "HKEX.DELTA": { typed: HANG_SENG_CALL, figure: 0.5296250482939449 },
  "HKEX.SHORTMARGIN": {
    typed: { ...HANG_SENG_CALL, clientRatio: "1.33", shortOptionMinimum: "8600" },
    figure: 94204,
  },
  "GFEX.MARGIN": {
    typed: futuresOption("C", "168", "9350", "9500", "5", "0.09"),
    figure: 4672.5,
  },
  "MARGIN.SHORT": {
    typed: { contract: "m2701-P-2900", settlement: "38.5", underlying: "2985", rate: "0.07" },
    figure: 2049.5,
  },
  "MARGIN.MAXLOTS": {
    typed: {
      contract: "m2701-P-2900",
      settlement: "38.5",
      underlying: "2985",
      equity: "50000",
      rate: "0.07",
    },
    figure: 19,
  },
  "MARGIN.WORKING": {
    typed: {
      exchange: "SSE",
      right: "C",
      settlement: "0.0498",
      underlying: "2.397",
      strike: "2.4",
      unit: "10000",
    },
    figure: 3344.4,
    at: [7, 1],
    printed: SSE_DECK,
  },
  "MARGIN.FORMULA": {
    typed: {
      exchange: "SSE",
      right: "C",
      settlement: "A2",
      underlying: "B2",
      strike: "C2",
      unit: "D2",
    },
    figure: "=A2*D2+MAX(0.12*B2*D2-MAX(C2-B2,0)*D2,0.07*B2*D2)",
  },
  "MARGIN.IMPLIEDRATE": {
    typed: {
      exchange: "DCE",
      right: "P",
      charged: "29450",
      settlement: "38.5",
      underlying: "2985",
      strike: "2900",
      unit: "10",
      lots: "10",
    },
    figure: 0.1,
  },
  "MARGIN.IMPLIEDMARKUP": {
    typed: {
      exchange: "SSE",
      right: "C",
      charged: "42485.6",
      settlement: "0.0512",
      underlying: "3.052",
      strike: "3.1",
      unit: "10000",
      lots: "10",
    },
    figure: 0.15,
  },
  "MARGIN.CHANGE": {
    typed: {
      exchange: "ZCE.LEGACY",
      right: "P",
      strike: "8500",
      unit: "10",
      settlementBefore: "280",
      underlyingBefore: "8750",
      settlementAfter: "360",
      underlyingAfter: "8570",
      rate: "0.05",
    },
    figure: 1610,
    at: [7, 3],
    printed: SETTLEMENT_ARTICLE,
  },
  RISKRATIO: {
    typed: { margin: "2974.56", equity: "3340" },
    figure: 0.8906,
    printed: SSE_DECK,
  },
  RISKSTATUS: { typed: { ratio: "0.9458", language: "{language}" }, figure: "margin call" },
  MARGINCALL: { typed: { margin: "4013.28", equity: "3340" }, figure: 673.28 },
  "OPTION.PREMIUM": {
    typed: { price: "132", unit: "100" },
    figure: 13200,
    printed: ANSWER("licai.cofool.com"),
  },
  "OPTION.CLOSEOUT": {
    typed: { openPrice: "360", closePrice: "300", unit: "10", marginHeld: "7220" },
    figure: 4220,
    at: [1, 0],
    printed: SETTLEMENT_ARTICLE,
  },
  "OPTION.BREAKEVEN": { typed: { right: "C", strike: "2200", premium: "20" }, figure: 2220 },
  "OPTION.PAYOFF": {
    typed: {
      right: "P",
      side: "short",
      strike: "8500",
      premium: "300",
      price: "8300",
      unit: "10",
    },
    figure: 1000,
  },
  "OPTION.CONTRACT": {
    typed: { code: "IO2612-C-4800" },
    figure: "CFFEX 中国金融期货交易所 China Financial Futures Exchange",
    at: [1, 1],
  },
  "OPTION.BLACK76": {
    typed: {
      right: "C",
      futures: "2985",
      strike: "3000",
      years: "0.25",
      volatility: "0.18",
      rate: "0.02",
    },
    figure: 99.5761814221574,
  },
  "OPTION.BSM": {
    typed: {
      right: "C",
      spot: "3",
      strike: "2.9",
      years: "0.25",
      volatility: "0.2",
      rate: "0.02",
    },
    figure: 0.18334298669304022,
  },
  "OPTION.IMPLIEDVOL": {
    typed: { right: "P", price: "38.5", forward: "2985", strike: "2900", years: "0.1" },
    figure: 0.19748465791119293,
  },
  "OPTION.RICHNESS": {
    typed: {
      right: "C",
      price: "0.035",
      forward: "1.615",
      strike: "1.65",
      years: "0.0822",
      volatility: "0.132",
    },
    figure: "偏贵 dear",
    at: [1, 4],
  },
  "OPTION.GREEKS": {
    typed: { right: "C", forward: "2985", strike: "3000", years: "0.25", volatility: "0.18" },
    figure: 0.4957334298907891,
    at: [1, 0],
  },
  EXERCISEPNL: {
    typed: { right: "C", side: "long", strike: "2200", settlement: "2210", unit: "1" },
    figure: 10,
  },
};
