import { edition, productTable, type RuleSet } from "../core/rule";

/** Shanghai International Energy Exchange: options on futures. */
export const ine: RuleSet = {
  exchange: "INE",
  name: { zh: "上海国际能源交易中心", en: "Shanghai International Energy Exchange" },
  aliases: ["上期能源", "能源中心", "上能所", "XINE"],
  underlying: "future",
  editions: [
    edition({
      from: "2021-06-21",
      source: {
        title: { zh: "上期所/能源中心期权手册（转载）", en: "SHFE and INE option handbook (copy)" },
        article: { zh: "期权卖方交易保证金", en: "trading margin of an option seller" },
        url: "https://edu.efunds.com.cn/c/42/42575.shtml",
        certainty: "confirmed",
        asOf: "2026-11-21",
        note: {
          zh: "公式有据；起用日取期权上市日 2021-06-21，凭记忆",
          en: "the formula has a source; the first day 2021-06-21, the start of option trading, is from memory",
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
    sc,原油,Crude Oil,1000,barrel,0.05,American,futures,from memory
    `,
  ),
  codes: [
    {
      example: "sc2702C520",
      pattern:
        /^(?<product>[A-Z]{2})(?<yy>\d\d)(?<mm>\d\d)(?<series>MS)?(?<right>[CP])(?<strike>\d+)$/i,
    },
  ],
  combinations: [],
};
