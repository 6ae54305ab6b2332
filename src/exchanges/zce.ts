import { edition, productTable, type Citation, type RuleSet } from "../core/rule";
import { combinationEdition } from "../core/strategy";
import { tradingDays } from "./trading-days";

/** Recognised at the day's settlement without instruction; intraday each leg is margined singly. */
const SETTLED = {
  title: {
    zh: "期货柜台接口说明与期货期权结算文章",
    en: "a counter's interface notes and an article on futures-option settlement",
  },
  asOf: "2026-11-21",
} as const;
const COVERED: Citation = {
  ...SETTLED,
  article: {
    zh: "备兑：权利金 + 标的期货交易保证金",
    en: "covered: premium + margin of the future",
  },
  certainty: "confirmed",
  note: {
    zh: "结算时自动识别；起用日取期权上市日，凭记忆",
    en: "recognised at settlement; the first day, the start of option trading, is from memory",
  },
};
const STRADDLE: Citation = {
  ...SETTLED,
  article: { zh: "跨式、宽跨式", en: "straddle and strangle" },
  certainty: "unverified",
  note: {
    zh: "结算时自动识别有据；公式与两腿相等时取较大权利金凭记忆",
    en: "that they are recognised at settlement has a source; the formula, and the larger premium for equal legs, are from memory",
  },
};

const SETTLEMENT: Citation = {
  ...SETTLED,
  title: {
    zh: "期货柜台接口说明（持仓查询问答）",
    en: "a counter's interface notes (questions on positions)",
  },
  article: {
    zh: "备兑、跨式、宽跨式在每日结算时自动识别，不用下指令，平仓逐腿平；盘中各腿单独收",
    en: "covered options, straddles and strangles are recognised at the day's settlement without instruction and closed leg by leg; intraday each leg is margined singly",
  },
  certainty: "confirmed",
};

/** Zhengzhou Commodity Exchange: options on futures. */
export const zce: RuleSet = {
  exchange: "ZCE",
  name: { zh: "郑州商品交易所", en: "Zhengzhou Commodity Exchange" },
  aliases: ["CZCE", "郑商所", "XZCE"],
  underlying: "future",
  editions: [
    edition({
      from: "2017-04-19",
      source: {
        title: {
          zh: "郑商所期权保证金问答（网页）",
          en: "a question and answer on ZCE option margin",
        },
        article: { zh: "期权卖方交易保证金", en: "trading margin of an option seller" },
        url: "https://licai.cofool.com/ask/qa_940106.html",
        certainty: "confirmed",
        asOf: "2026-11-21",
        note: {
          zh: "公式有据；起用日取期权上市日 2017-04-19，凭记忆",
          en: "the formula has a source; the first day 2017-04-19, the start of option trading, is from memory",
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
    SR,白糖,White Sugar,10,t,0.5,American,futures,confirmed
    CF,棉花,Cotton,5,t,1,American,futures,confirmed
    TA,PTA,PTA,5,t,0.5,American,futures,confirmed
    MA,甲醇,Methanol,10,t,0.5,American,futures,from memory
    RM,菜籽粕,Rapeseed Meal,10,t,0.5,American,futures,from memory
    OI,菜籽油,Rapeseed Oil,10,t,0.5,American,futures,from memory
    PK,花生,Peanut,5,t,0.5,American,futures,from memory
    PX,对二甲苯,Paraxylene,5,t,,American,futures,from memory
    SH,烧碱,Caustic Soda,30,t,,American,futures,from memory
    SA,纯碱,Soda Ash,20,t,0.5,American,futures,from memory
    FG,玻璃,Glass,20,t,,American,futures,from memory
    PF,短纤,Polyester Staple Fiber,5,t,,American,futures,from memory
    SM,锰硅,Manganese Silicon,5,t,,American,futures,from memory
    SF,硅铁,Ferrosilicon,5,t,,American,futures,from memory
    UR,尿素,Urea,20,t,,American,futures,from memory
    AP,苹果,Apple,10,t,,American,futures,from memory
    CJ,红枣,Chinese Jujube,5,t,,American,futures,from memory
    ZC,动力煤,Thermal Coal,100,t,0.1,American,futures,from memory
    `,
  ),
  codes: [
    {
      example: "SR701C6000",
      pattern:
        /^(?<product>[A-Z]{2})(?<y>\d)(?<mm>\d\d)(?<series>MS)?(?<right>[CP])(?<strike>\d+)$/i,
    },
  ],
  calendar: tradingDays,
  expiries: [
    {
      fromMonth: "2023-07",
      day: { tradingDay: 3, monthsBefore: 1 },
      source: {
        title: {
          zh: "期货公司期权到期通知（2023-10-12，转载）",
          en: "a broker's notice of options expiring (2023-10-12, a copy)",
        },
        article: {
          zh: "标的期货合约交割月份前一个月的第 3 个交易日（2401 以前的合约月份）",
          en: "third trading day of the month before the future's delivery month (contract months before 2401)",
        },
        url: "http://m.tianchangspin.com/contents/2023/10/12-08f7c21c3fc24eeab62fa8b65b693e95.html",
        certainty: "weak",
        asOf: "2023-10-12",
        note: {
          zh: "2307 与 2312 合约见于通知；更早的合约月份未查到，不给到期日",
          en: "seen in notices for months 2307 and 2312; earlier months were not found and have no expiry day",
        },
      },
    },
    {
      fromMonth: "2024-01",
      day: { tradingDay: -3, monthsBefore: 1, upTo: 15 },
      source: {
        title: {
          zh: "郑商所白糖期货品种手册，经一开源程序源码引用",
          en: "ZCE's handbook on sugar, as an open program quotes it",
        },
        article: {
          zh: "标的期货合约交割月份前一个月第 15 个日历日之前（含该日）的倒数第 3 个交易日（自 2401 合约月份起）",
          en: "third last trading day up to the 15th of the month before the future's delivery month (contract months from 2401)",
        },
        url: "https://www.czce.com.cn/cn/content_file/sspz/bt/pzjs/qh/2026/7/1988e8c935d84b258bd838174a114d1c.pdf",
        certainty: "weak",
        asOf: "2026-09-27",
        note: {
          zh: "经转引；2409 合约的通知与之相符；自 2401 合约起见于一开源文档",
          en: "seen through a quotation; a notice for the 2409 contracts agrees; that it began with month 2401 stands in an open document",
        },
      },
    },
    {
      fromMonth: "2024-10",
      products: ["AP", "CJ", "PX"],
      day: { tradingDay: -3, monthsBefore: 2 },
      source: {
        title: {
          zh: "期货公司期权到期通知（2409 合约）",
          en: "a broker's notice of the 2409 options expiring",
        },
        article: {
          zh: "苹果、红枣、对二甲苯：标的期货合约交割月份前两个月的倒数第 3 个交易日",
          en: "apple, jujube, paraxylene: third last trading day of the second month before the future's delivery month",
        },
        url: "https://www.qh168.com.cn/index.aspx?article_id=35244&cat_code=GongGao",
        certainty: "weak",
        asOf: "2026-11-22",
        note: {
          zh: "由 2410 合约到期日 2024-08-28 得出，规则文本与红枣经转引；更早的合约月份未查到",
          en: "from the day 2024-08-28 of the 2410 contracts; the text and jujube were seen through a quotation; earlier months were not found",
        },
      },
    },
    {
      series: true,
      day: { tradingDay: -3, monthsBefore: 2, upTo: 15 },
      source: {
        title: {
          zh: "郑商所白糖期货品种手册，经一开源程序源码引用",
          en: "ZCE's handbook on sugar, as an open program quotes it",
        },
        article: {
          zh: "系列期权：标的期货合约交割月份前两个月第 15 个日历日之前（含该日）的倒数第 3 个交易日",
          en: "series options: third last trading day up to the 15th of the second month before the future's delivery month",
        },
        url: "https://www.czce.com.cn/cn/content_file/sspz/bt/pzjs/qh/2026/7/1988e8c935d84b258bd838174a114d1c.pdf",
        certainty: "weak",
        asOf: "2026-09-27",
        note: { zh: "经转引，未见原文", en: "seen through a quotation only" },
      },
    },
  ],
  exercise: [
    {
      from: "2017-04-19",
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
          zh: "起用日 2017-04-19 为期权上市日，凭记忆；按手数放弃见于柜台接口文档",
          en: "the first day 2017-04-19, the start of option trading, is from memory; abandoning by lots stands in a counter's interface notes",
        },
      },
      automatic: true,
      abandon: "lots",
      deliveredAfter: 0,
      combined: false,
      netting: true,
    },
  ],
  formedAtClearing: SETTLEMENT,
  combinations: [
    {
      name: "PRT",
      title: { zh: "备兑组合", en: "short option with its future" },
      forms: [{ legs: ["long future", "short call"] }, { legs: ["short future", "short put"] }],
      editions: [
        combinationEdition({
          from: "2017-04-19",
          source: COVERED,
          needs: ["firstMargin", "secondPremium"],
          parameters: {},
          // 权利金 + 标的期货交易保证金
          margin: ({ plus }, { firstMargin, secondPremium }) => plus(firstMargin, secondPremium),
        }),
      ],
    },
    {
      name: "STD",
      title: { zh: "卖出跨式", en: "short straddle" },
      forms: [{ legs: ["short call", "short put"], strike: "equal" }],
      editions: [
        combinationEdition({
          from: "2017-04-19",
          source: STRADDLE,
          needs: ["firstMargin", "secondMargin", "firstPremium", "secondPremium"],
          parameters: {},
          // max(认购保证金, 认沽保证金) + 保证金较低一腿的权利金；两腿相等时取较大的权利金
          margin(
            { plus, max, ifAbove },
            { firstMargin, secondMargin, firstPremium, secondPremium },
          ) {
            const equal = plus(firstMargin, max(firstPremium, secondPremium));
            const secondLarger = plus(secondMargin, firstPremium);
            return ifAbove(
              firstMargin,
              secondMargin,
              plus(firstMargin, secondPremium),
              ifAbove(secondMargin, firstMargin, secondLarger, equal),
            );
          },
        }),
      ],
    },
    {
      name: "STG",
      title: { zh: "卖出宽跨式", en: "short strangle" },
      forms: [{ legs: ["short call", "short put"], strike: "above" }],
      editions: [
        combinationEdition({
          from: "2017-04-19",
          source: STRADDLE,
          needs: ["firstMargin", "secondMargin", "firstPremium", "secondPremium"],
          parameters: {},
          // max(认购保证金, 认沽保证金) + 保证金较低一腿的权利金；两腿相等时取较大的权利金
          margin(
            { plus, max, ifAbove },
            { firstMargin, secondMargin, firstPremium, secondPremium },
          ) {
            const equal = plus(firstMargin, max(firstPremium, secondPremium));
            const secondLarger = plus(secondMargin, firstPremium);
            return ifAbove(
              firstMargin,
              secondMargin,
              plus(firstMargin, secondPremium),
              ifAbove(secondMargin, firstMargin, secondLarger, equal),
            );
          },
        }),
      ],
    },
  ],
};

/**
 * The older formula, kept for teaching and old statements: no floor at half the futures margin.
 * It gives the current rule's figure wherever the out-of-the-money amount is below the futures margin.
 */
export const zceLegacy: RuleSet = {
  exchange: "ZCE.LEGACY",
  name: { zh: "郑商所旧公式", en: "Zhengzhou, older formula" },
  aliases: ["CZCE.LEGACY"],
  underlying: "future",
  editions: [
    edition({
      from: undefined,
      source: {
        title: {
          zh: "期货期权结算介绍文章（算例）",
          en: "futures-option settlement article (worked example)",
        },
        article: { zh: "传统保证金公式", en: "traditional margin formula" },
        certainty: "weak",
        asOf: "2026-11-21",
        note: {
          zh: "教学用旧公式，现行规则另有最低保障；两分支公式在 2010 年的教材里已有",
          en: "an older formula for teaching; the current rule has a minimum besides, as a textbook of 2010 already had",
        },
      },
      needs: ["settlement", "underlying", "strike", "multiplier", "rate"],
      parameters: { outOfTheMoneyShare: "0.5" },

      // 权利金 + 标的期货交易保证金 − 期权虚值额的一半，不小于 0
      call(
        { plus, minus, times, max, zero },
        { settlement, underlying, strike, multiplier, rate },
        { outOfTheMoneyShare },
      ) {
        const premium = times(settlement, multiplier);
        const futuresMargin = times(times(underlying, multiplier), rate);
        const outOfTheMoney = times(max(minus(strike, underlying), zero), multiplier);
        const deduction = times(outOfTheMoneyShare, outOfTheMoney);
        const basic = minus(futuresMargin, deduction);
        const minimum = minus(zero, premium);
        const margin = max(plus(premium, basic), zero);
        return { premium, underlyingPart: futuresMargin, deduction, basic, minimum, margin };
      },

      // 同上；看跌期权虚值额 = max(标的期货价 − 行权价格, 0) × 交易单位
      put(
        { plus, minus, times, max, zero },
        { settlement, underlying, strike, multiplier, rate },
        { outOfTheMoneyShare },
      ) {
        const premium = times(settlement, multiplier);
        const futuresMargin = times(times(underlying, multiplier), rate);
        const outOfTheMoney = times(max(minus(underlying, strike), zero), multiplier);
        const deduction = times(outOfTheMoneyShare, outOfTheMoney);
        const basic = minus(futuresMargin, deduction);
        const minimum = minus(zero, premium);
        const margin = max(plus(premium, basic), zero);
        return { premium, underlyingPart: futuresMargin, deduction, basic, minimum, margin };
      },
    }),
  ],
  products: [],
  codes: [],
  combinations: [],
};
