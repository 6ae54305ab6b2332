import { edition, productTable, type RuleSet } from "../core/rule";
import { nthWeekday } from "../core/day";

/** Shenzhen Stock Exchange: ETF options. The margin articles are Shanghai's; contract adjustment is not. */
export const szse = {
  exchange: "SZSE",
  name: { zh: "深圳证券交易所", en: "Shenzhen Stock Exchange" },
  aliases: ["深交所", "深证", "XSHE", "SZ"],
  underlying: "etf",
  editions: [
    edition({
      from: "2019-12-23",
      source: {
        title: {
          zh: "深交所通知附件（2019-12-07 上载），经开源模拟器 tqsdk 源码引用",
          en: "annex of an SZSE notice (posted 2019-12-07), as an open simulator (tqsdk) quotes it",
        },
        article: {
          zh: "义务仓开仓保证金与维持保证金公式",
          en: "formulas of opening and maintenance margin of a short position",
        },
        url: "http://docs.static.szse.cn/www/disclosure/notice/general/W020191207433397366259.pdf",
        certainty: "weak",
        asOf: "2026-11-21",
        note: {
          zh: "公式经转引核对，未见原文；起用日 2019-12-23 凭记忆",
          en: "the formula was checked through a quotation, the notice itself was not seen; the first day 2019-12-23 is from memory",
        },
      },
      needs: ["settlement", "underlying", "strike", "multiplier"],
      parameters: { ratio: "0.12", minimumRatio: "0.07" },
      rate: { parameter: "ratio", proportional: ["minimumRatio"] },

      // [合约结算价 + max(12% × 标的收盘价 − 认购期权虚值, 7% × 标的收盘价)] × 合约单位
      call(
        { plus, minus, times, max, zero },
        { settlement, underlying, strike, multiplier },
        { ratio, minimumRatio },
      ) {
        const premium = times(settlement, multiplier);
        const underlyingPart = times(times(ratio, underlying), multiplier);
        const deduction = times(max(minus(strike, underlying), zero), multiplier);
        const basic = minus(underlyingPart, deduction);
        const minimum = times(times(minimumRatio, underlying), multiplier);
        const margin = plus(premium, max(basic, minimum));
        return { premium, underlyingPart, deduction, basic, minimum, margin };
      },

      // min[合约结算价 + max(12% × 标的收盘价 − 认沽期权虚值, 7% × 行权价格), 行权价格] × 合约单位
      put(
        { plus, minus, times, max, min, zero },
        { settlement, underlying, strike, multiplier },
        { ratio, minimumRatio },
      ) {
        const premium = times(settlement, multiplier);
        const underlyingPart = times(times(ratio, underlying), multiplier);
        const deduction = times(max(minus(underlying, strike), zero), multiplier);
        const basic = minus(underlyingPart, deduction);
        const minimum = times(times(minimumRatio, strike), multiplier);
        const margin = min(plus(premium, max(basic, minimum)), times(strike, multiplier));
        return { premium, underlyingPart, deduction, basic, minimum, margin };
      },
    }),
  ],

  products: productTable(
    "CNY",
    `
    159919,沪深300ETF,CSI 300 ETF,10000,shares,0.0001,European,shares,from memory
    159922,中证500ETF,CSI 500 ETF,10000,shares,0.0001,European,shares,from memory
    159915,创业板ETF,ChiNext ETF,10000,shares,0.0001,European,shares,from memory
    159901,深证100ETF,SZSE 100 ETF,10000,shares,0.0001,European,shares,from memory
    `,
  ),
  codes: [
    {
      example: "159919C2612M004800",
      pattern:
        /^(?<product>1\d{5})(?<right>[CP])(?<yy>\d\d)(?<mm>\d\d)M(?<milli>\d{5,6})(?<flag>[A-Z]?)$/i,
    },
    {
      example: "沪深300ETF购12月4800",
      pattern:
        /^(?<shortName>.+?)(?<right>购|沽)(?<mm>\d{1,2})月(?<milli>\d{3,6})(?<flag>[A-Z]?)$/i,
    },
    { example: "90000001", pattern: /^(?<number>9\d{7})$/ },
  ],
  shortNames: {
    "159919": ["300ETF", "沪深300ETF"],
    "159922": ["500ETF", "中证500ETF"],
    "159915": ["创业板ETF"],
    "159901": ["深证100ETF", "100ETF"],
  },
  expiry: {
    rule: { zh: "合约月份的第四个星期三", en: "fourth Wednesday of the contract month" },
    day: (month) => nthWeekday(month, 3, 4),
  },

  priceLimit: {
    source: {
      title: { zh: "与上交所相同的公式", en: "the same formula as at SSE" },
      article: { zh: "涨跌幅限制", en: "price limits" },
      url: "http://english.sse.com.cn/markets/derivatives/overview/",
      certainty: "unverified",
      asOf: "2026-11-21",
      note: {
        zh: "深交所原文未见，按上交所公式计算",
        en: "SZSE's own text was not found; SSE's formula is used",
      },
    },
    tick: "0.0001",
    // 认购最大涨幅 = max{标的前收盘价 × 0.5%, min[2 × 标的前收盘价 − 行权价格, 标的前收盘价] × 10%}
    // 认购最大跌幅 = 标的前收盘价 × 10%
    call({ of, minus, times, max, min }, { underlying, strike, band }) {
      const room = min(minus(times(of("2"), underlying), strike), underlying);
      return {
        rise: max(times(of("0.005"), underlying), times(room, band)),
        fall: times(underlying, band),
      };
    },
    // 认沽最大涨幅 = max{行权价格 × 0.5%, min[2 × 行权价格 − 标的前收盘价, 标的前收盘价] × 10%}
    // 认沽最大跌幅 = 标的前收盘价 × 10%
    put({ of, minus, times, max, min }, { underlying, strike, band }) {
      const room = min(minus(times(of("2"), strike), underlying), underlying);
      return {
        rise: max(times(of("0.005"), strike), times(room, band)),
        fall: times(underlying, band),
      };
    },
  },
} satisfies RuleSet;
