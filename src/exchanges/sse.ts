import { edition, productTable, type RuleSet } from "../core/rule";
import { nthWeekday } from "../core/day";

/** Shanghai Stock Exchange: ETF options. */
export const sse = {
  exchange: "SSE",
  name: { zh: "上海证券交易所", en: "Shanghai Stock Exchange" },
  aliases: ["上交所", "上证所", "上证", "XSHG", "SH"],
  underlying: "etf",
  editions: [
    edition({
      from: "2015-02-09",
      source: {
        title: {
          zh: "上交所期权培训材料第五讲",
          en: "SSE option training deck, lecture 5",
        },
        article: {
          zh: "义务仓开仓保证金与维持保证金公式",
          en: "formulas of opening and maintenance margin of a short position",
        },
        url: "http://www.fxhzs.com/jiqiao/133.html",
        certainty: "confirmed",
        asOf: "2026-11-21",
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
    510050,上证50ETF,SSE 50 ETF,10000,shares,0.0001,European,shares,confirmed
    510300,沪深300ETF,CSI 300 ETF,10000,shares,0.0001,European,shares,confirmed
    510500,中证500ETF,CSI 500 ETF,10000,shares,0.0001,European,shares,from memory
    588000,科创50ETF,STAR 50 ETF,10000,shares,0.0001,European,shares,from memory
    588080,科创板50ETF,STAR Market 50 ETF,10000,shares,0.0001,European,shares,from memory
    `,
  ),
  codes: [
    {
      example: "510050C2612M03100",
      pattern:
        /^(?<product>5\d{5})(?<right>[CP])(?<yy>\d\d)(?<mm>\d\d)(?<flag>[A-Z])(?<milli>\d{5,6})$/i,
    },
    {
      example: "50ETF购12月3100",
      pattern:
        /^(?<shortName>.+?)(?<right>购|沽)(?<mm>\d{1,2})月(?<milli>\d{3,6})(?<flag>[A-Z]?)$/i,
    },
    { example: "10000001", pattern: /^(?<number>1\d{7})$/ },
  ],
  shortNames: {
    "510050": ["50ETF", "上证50ETF"],
    "510300": ["300ETF"],
    "510500": ["500ETF"],
    "588000": ["科创50", "科创50ETF"],
    "588080": ["科创板50", "科创板50ETF"],
  },
  expiry: {
    rule: { zh: "合约月份的第四个星期三", en: "fourth Wednesday of the contract month" },
    day: (month) => nthWeekday(month, 3, 4),
  },

  priceLimit: {
    source: {
      title: { zh: "上交所英文网站：衍生品概览", en: "SSE website: derivatives overview" },
      article: { zh: "涨跌幅限制", en: "price limits" },
      url: "http://english.sse.com.cn/markets/derivatives/overview/",
      certainty: "confirmed",
      asOf: "2026-11-21",
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
