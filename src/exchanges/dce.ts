import { edition, productTable, type RuleSet } from "../core/rule";

/** Dalian Commodity Exchange: options on futures. */
export const dce: RuleSet = {
  exchange: "DCE",
  name: { zh: "大连商品交易所", en: "Dalian Commodity Exchange" },
  aliases: ["大商所", "XDCE"],
  underlying: "future",
  editions: [
    edition({
      from: "2017-03-31",
      source: {
        title: { zh: "大商所期权保证金介绍（网页文章）", en: "an article on DCE option margin" },
        article: { zh: "期权卖方交易保证金", en: "trading margin of an option seller" },
        url: "http://web0773.net/futures/caipoqihuo/202112/19635962.html",
        certainty: "confirmed",
        asOf: "2026-11-21",
        note: {
          zh: "公式有据；起用日取期权上市日 2017-03-31，凭记忆",
          en: "the formula has a source; the first day 2017-03-31, the start of option trading, is from memory",
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
    m,豆粕,Soybean Meal,10,t,0.5,American,futures,confirmed
    c,玉米,Corn,10,t,0.5,American,futures,from memory
    cs,玉米淀粉,Corn Starch,10,t,,American,futures,from memory
    i,铁矿石,Iron Ore,100,t,0.1,American,futures,confirmed
    pg,液化石油气,LPG,20,t,0.2,American,futures,from memory
    l,聚乙烯,LLDPE,5,t,0.5,American,futures,from memory
    v,聚氯乙烯,PVC,5,t,0.5,American,futures,from memory
    pp,聚丙烯,Polypropylene,5,t,0.5,American,futures,from memory
    p,棕榈油,RBD Palm Olein,10,t,0.5,American,futures,from memory
    a,黄大豆1号,No. 1 Soybeans,10,t,0.5,American,futures,from memory
    b,黄大豆2号,No. 2 Soybeans,10,t,0.5,American,futures,from memory
    y,豆油,Soybean Oil,10,t,0.5,American,futures,from memory
    eg,乙二醇,Ethylene Glycol,10,t,0.5,American,futures,from memory
    eb,苯乙烯,Styrene,5,t,0.5,American,futures,from memory
    jd,鸡蛋,Egg,10,500 kg x 10,0.5,American,futures,from memory
    lh,生猪,Live Hog,16,t,,American,futures,from memory
    `,
  ),
  codes: [
    {
      example: "m2701-C-3100",
      pattern:
        /^(?<product>[A-Z]{1,2})(?<yy>\d\d)(?<mm>\d\d)(?<series>-MS)?-(?<right>[CP])-(?<strike>\d+(?:\.\d+)?)$/i,
    },
  ],
};
