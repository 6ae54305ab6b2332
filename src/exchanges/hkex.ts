import type { TradingCalendar } from "../core/calendar";
import { HKEX_PROFILE } from "../core/risk-scenarios";
import { productTable, type Citation, type RuleSet } from "../core/rule";

/**
 * The mini contracts by the one whose combined commodity they join: five minis set off one.
 * Their deltas count by the multipliers, 10 to 50.
 */
export const JOINS: Readonly<Record<string, string>> = { MHI: "HSI", MCH: "HHI" };

/** Weekdays without trading, month and day, by year; Saturdays and Sundays have none anyway. */
const CLOSED: Readonly<Record<number, string>> = {
  2025: "0101 0129 0130 0131 0404 0418 0421 0501 0505 0701 1001 1007 1029 1225 1226",
  2026: "0101 0217 0218 0219 0403 0406 0407 0501 0525 0619 0701 1001 1019 1225",
  2027: "0101 0208 0209 0326 0329 0405 0513 0609 0701 0916 1001 1008 1227",
};

const calendar: TradingCalendar = {
  firstYear: 2025,
  lastYear: 2027,
  closed: new Set(
    Object.entries(CLOSED).flatMap(([year, days]) =>
      days.split(" ").map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`),
    ),
  ),
  source: {
    title: {
      zh: "港交所衍生品交易日历与假期表",
      en: "HKEX derivatives trading calendar and holiday schedule",
    },
    article: {
      zh: "2025 至 2027 年休市日；半日市算交易日",
      en: "the days without trading of 2025 to 2027; a half day is a trading day",
    },
    url: "https://www.hkex.com.hk/Services/Trading/Derivatives/Overview/Trading-Calendar-and-Holiday-Schedule?sc_lang=en",
    certainty: "weak",
    asOf: "2026-07-31",
    note: {
      zh: "摘自该页 2026-07-31 版的转录；台风停市不在其中",
      en: "from a transcript of the page as of 2026-07-31; days closed for a typhoon are not in it",
    },
  },
};

const weekly: Citation = {
  title: { zh: "港交所周指数期权合约细则", en: "HKEX contract summary of weekly index options" },
  article: {
    zh: "到期日为该周最后一个营业日，写在代码的 W 之后",
    en: "expires on the last business day of the week, which the code has after its W",
  },
  url: "https://www.hkex.com.hk/Products/Listed-Derivatives/Equity-Index/Hang-Seng-China-Enterprises-Index/Weekly-Hang-Seng-China-Enterprises-Index-Options?sc_lang=en",
  certainty: "confirmed",
  asOf: "2022-05-02",
};

/**
 * Hong Kong Exchanges and Clearing: index options. There is no margin of one contract alone here:
 * the whole book's risk arrays are added (core/scan-margin.ts).
 */
export const hkex: RuleSet = {
  exchange: "HKEX",
  name: { zh: "香港交易所", en: "Hong Kong Exchanges and Clearing" },
  aliases: ["港交所", "HKFE", "XHKF"],
  underlying: "index",
  editions: [],
  arrays: HKEX_PROFILE.source,
  products: productTable(
    "HKD",
    `
    HSI,恒生指数期权,Hang Seng Index Options,50,HK$ a point,1,European,cash,confirmed
    HHI,恒生中国企业指数期权,HSCEI Options,50,HK$ a point,1,European,cash,confirmed
    HTI,恒生科技指数期权,Hang Seng TECH Index Options,50,HK$ a point,1,European,cash,confirmed
    MHI,小型恒生指数期权,Mini-Hang Seng Index Options,10,HK$ a point,1,European,cash,confirmed
    MCH,小型恒生中国企业指数期权,Mini-HSCEI Options,10,HK$ a point,1,European,cash,confirmed
    `,
  ),
  codes: [
    {
      example: "HSI24000L7",
      pattern:
        /^(?<product>[A-Z]{3})(?<strike>\d{3,6})(?<letter>[A-X])(?<y>\d)(?:W(?<week>\d\d))?$/i,
      // Long-dated series are listed more than five years ahead.
      monthsAhead: 72,
    },
  ],
  calendar,
  expiries: [
    {
      day: { tradingDay: -2, monthsBefore: 0 },
      source: {
        title: {
          zh: "港交所恒生指数期权合约细则",
          en: "HKEX contract summary of Hang Seng Index options",
        },
        article: {
          zh: "合约月份最后一个营业日之前的那个营业日",
          en: "the business day immediately preceding the last business day of the contract month",
        },
        url: "http://www.hkex.com.hk/eng/prod/drprod/hkifo/options.htm",
        certainty: "confirmed",
        asOf: "2026-11-22",
      },
    },
  ],
  weekly: { day: { inCode: true }, source: weekly },
  combinations: [],
};
