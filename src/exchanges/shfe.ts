import { edition, productTable, type RuleSet } from "../core/rule";
import { tradingDays } from "./trading-days";

/** Shanghai Futures Exchange: options on futures. */
export const shfe: RuleSet = {
  exchange: "SHFE",
  name: { zh: "上海期货交易所", en: "Shanghai Futures Exchange" },
  aliases: ["上期所", "XSGE"],
  underlying: "future",
  editions: [
    edition({
      from: "2018-09-21",
      source: {
        title: { zh: "上期所/能源中心期权手册（转载）", en: "SHFE and INE option handbook (copy)" },
        article: { zh: "期权卖方交易保证金", en: "trading margin of an option seller" },
        url: "https://edu.efunds.com.cn/c/42/42575.shtml",
        certainty: "confirmed",
        asOf: "2026-11-21",
        note: {
          zh: "公式有据；起用日取期权上市日 2018-09-21，凭记忆",
          en: "the formula has a source; the first day 2018-09-21, the start of option trading, is from memory",
        },
      },
      needs: ["settlement", "underlying", "strike", "multiplier", "rate"],
      parameters: { outOfTheMoneyShare: "0.5", minimumShare: "0.5" },

      // max(A, B)：A = 结算价 × 交易单位 + 标的期货交易保证金 − 期权虚值额的一半
      //            B = 结算价 × 交易单位 + 标的期货交易保证金的一半
      call(
        { plus, minus, times, max, zero },
        { settlement, underlying, strike, multiplier, rate },
        { outOfTheMoneyShare, minimumShare },
      ) {
        const premium = times(settlement, multiplier);
        const futuresMargin = times(times(underlying, multiplier), rate);
        const outOfTheMoney = times(max(minus(strike, underlying), zero), multiplier);
        const deduction = times(outOfTheMoneyShare, outOfTheMoney);
        const basic = minus(futuresMargin, deduction);
        const minimum = times(minimumShare, futuresMargin);
        const margin = max(plus(premium, basic), plus(premium, minimum));
        return { premium, underlyingPart: futuresMargin, deduction, basic, minimum, margin };
      },

      // 同上；看跌期权虚值额 = max(标的期货价 − 行权价格, 0) × 交易单位
      put(
        { plus, minus, times, max, zero },
        { settlement, underlying, strike, multiplier, rate },
        { outOfTheMoneyShare, minimumShare },
      ) {
        const premium = times(settlement, multiplier);
        const futuresMargin = times(times(underlying, multiplier), rate);
        const outOfTheMoney = times(max(minus(underlying, strike), zero), multiplier);
        const deduction = times(outOfTheMoneyShare, outOfTheMoney);
        const basic = minus(futuresMargin, deduction);
        const minimum = times(minimumShare, futuresMargin);
        const margin = max(plus(premium, basic), plus(premium, minimum));
        return { premium, underlyingPart: futuresMargin, deduction, basic, minimum, margin };
      },
    }),
  ],

  products: productTable(
    "CNY",
    `
    cu,铜,Copper,5,t,2,American,futures,from memory
    al,铝,Aluminum,5,t,1,American,futures,from memory
    zn,锌,Zinc,5,t,1,American,futures,from memory
    pb,铅,Lead,5,t,,American,futures,from memory
    ni,镍,Nickel,1,t,,American,futures,from memory
    sn,锡,Tin,1,t,,American,futures,from memory
    au,黄金,Gold,1000,g,0.02,American,futures,confirmed
    ag,白银,Silver,15,kg,,American,futures,from memory
    rb,螺纹钢,Steel Rebar,10,t,,American,futures,from memory
    ru,天然橡胶,Natural Rubber,10,t,1,American,futures,from memory
    br,丁二烯橡胶,Butadiene Rubber,5,t,,American,futures,from memory
    ao,氧化铝,Alumina,20,t,,American,futures,from memory
    `,
  ),
  codes: [
    {
      example: "cu2701C90000",
      pattern:
        /^(?<product>[A-Z]{2})(?<yy>\d\d)(?<mm>\d\d)(?<series>MS)?(?<right>[CP])(?<strike>\d+)$/i,
    },
  ],
  calendar: tradingDays,
  expiries: [
    {
      day: { tradingDay: -5, monthsBefore: 1 },
      source: {
        title: {
          zh: "期货公司期权到期通知（2023-10-12，转载）",
          en: "a broker's notice of options expiring (2023-10-12, a copy)",
        },
        article: {
          zh: "标的期货合约交割月份前一个月的倒数第 5 个交易日",
          en: "fifth last trading day of the month before the future's delivery month",
        },
        url: "http://m.tianchangspin.com/contents/2023/10/12-08f7c21c3fc24eeab62fa8b65b693e95.html",
        certainty: "confirmed",
        asOf: "2023-10-12",
      },
    },
  ],
  exercise: [
    {
      from: "2018-09-21",
      source: {
        title: {
          zh: "中国期货业协会期权材料（网页）",
          en: "material of the China Futures Association (web page)",
        },
        article: {
          zh: "到期日未申报的，看涨行权价低于、看跌行权价高于标的期货当日结算价的自动行权，其余放弃；可按手数放弃",
          en: "without an instruction at expiry, calls with a strike below and puts with a strike above the future's settlement of the day are exercised, all else lapses; lots may be abandoned by number",
        },
        url: "http://www.irdauto.cn/content/show/26/142985",
        certainty: "confirmed",
        asOf: "2026-11-21",
        note: {
          zh: "起用日 2018-09-21 为期权上市日，凭记忆；按手数放弃见于柜台接口文档",
          en: "the first day 2018-09-21, the start of option trading, is from memory; abandoning by lots stands in a counter's interface notes",
        },
      },
      automatic: true,
      abandon: "lots",
      deliveredAfter: 0,
      combined: false,
      netting: true,
    },
  ],
  combinations: [],
};
