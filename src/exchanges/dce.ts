import { edition, productTable, type Citation, type RuleSet } from "../core/rule";
import { combinationEdition } from "../core/strategy";
import type { Bilingual } from "../core/terms";
import { tradingDays } from "./trading-days";

/** The codes and formulas as one page lists them; which of them began in 2019 is from memory. */
const said = (from: string, note?: Bilingual): Citation => ({
  title: {
    zh: "大商所组合保证金介绍（网页，2024-07-11）",
    en: "a page on DCE's combination margin (2024-07-11)",
  },
  article: { zh: "期权组合保证金", en: "margin of option combinations" },
  url: "https://licai.cofool.com/user/guide_view_2826266.html",
  certainty: note ? "unverified" : "weak",
  asOf: "2024-07-11",
  note: {
    zh: `${note ? `${note.zh}；` : ""}只有交易所名单内的合约系列可组合，名单与优先级未查到；自 ${from} 起用，哪几种始于 2019 年凭记忆`,
    en: `${note ? `${note.en}; ` : ""}only series on the exchange's list combine, the list and the order of priority were not found; taken from ${from}, which kinds began in 2019 is from memory`,
  },
});
const FIRST = "2019-06-06";
const LATER = "2024-07-11";

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
  calendar: tradingDays,
  expiries: [
    {
      day: { tradingDay: 5, monthsBefore: 1 },
      source: {
        title: {
          zh: "Mondo Visione 转载的大商所公告（2023-11-17）",
          en: "DCE's announcement of 2023-11-17, as Mondo Visione has it",
        },
        article: {
          zh: "标的期货合约交割月份前一个月的第 5 个交易日（2501 以前的合约月份）",
          en: "fifth trading day of the month before the future's delivery month (contract months before 2501)",
        },
        url: "https://mondovisione.com/media-and-resources/news/dalian-commodity-exchange-extends-last-trading-day-for-options-contracts-20231127",
        certainty: "confirmed",
        asOf: "2023-11-27",
      },
    },
    {
      fromMonth: "2025-01",
      day: { tradingDay: 12, monthsBefore: 1 },
      source: {
        title: {
          zh: "Mondo Visione 转载的大商所公告（2023-11-17）",
          en: "DCE's announcement of 2023-11-17, as Mondo Visione has it",
        },
        article: {
          zh: "标的期货合约交割月份前一个月的第 12 个交易日（自 2501 合约月份起）",
          en: "twelfth trading day of the month before the future's delivery month (contract months from 2501)",
        },
        url: "https://mondovisione.com/media-and-resources/news/dalian-commodity-exchange-extends-last-trading-day-for-options-contracts-20231127",
        certainty: "confirmed",
        asOf: "2023-11-27",
      },
    },
    {
      series: true,
      day: { tradingDay: 12, monthsBefore: 2 },
      source: {
        title: {
          zh: "大商所 2610 期权到期通知，经一开源程序源码引用",
          en: "DCE's notice of the 2610 options expiring, as an open program quotes it",
        },
        article: {
          zh: "系列期权：标的期货合约交割月份前两个月的第 12 个交易日",
          en: "series options: twelfth trading day of the second month before the future's delivery month",
        },
        certainty: "weak",
        asOf: "2026-09-27",
        note: { zh: "经转引，未见原文", en: "seen through a quotation only" },
      },
    },
  ],
  exercise: [
    {
      from: "2017-03-31",
      source: {
        title: {
          zh: "中国期货业协会期权材料（网页）",
          en: "material of the China Futures Association (web page)",
        },
        article: {
          zh: "到期日未申报的，看涨行权价低于、看跌行权价高于标的期货当日结算价的自动行权，其余放弃；只能整笔取消自动行权",
          en: "without an instruction at expiry, calls with a strike below and puts with a strike above the future's settlement of the day are exercised, all else lapses; automatic exercise may only be cancelled as a whole",
        },
        url: "http://www.irdauto.cn/content/show/26/142985",
        certainty: "confirmed",
        asOf: "2026-11-21",
        note: {
          zh: "起用日 2017-03-31 为期权上市日，凭记忆；取消自动行权不带数量见于柜台接口文档",
          en: "the first day 2017-03-31, the start of option trading, is from memory; that the cancellation has no number stands in a counter's interface notes",
        },
      },
      automatic: true,
      abandon: "whole",
      deliveredAfter: 0,
      combined: false,
      netting: true,
    },
    {
      from: "2025-06-01",
      source: {
        title: { zh: "柜台更新说明（网页）", en: "a counter's notice of changes (web page)" },
        article: {
          zh: "到期日未申报的，看涨行权价低于、看跌行权价高于标的期货当日结算价的自动行权，其余放弃；2025 年 6 月起可按手数放弃",
          en: "without an instruction at expiry, calls with a strike below and puts with a strike above the future's settlement of the day are exercised, all else lapses; from June 2025 lots may be abandoned by number",
        },
        url: "https://aspirehk.ltd/en/real-time-quotes-and-news/932075",
        certainty: "weak",
        asOf: "2026-11-21",
        note: {
          zh: "仅见于一家网页，6 月何日未查到，取 1 日",
          en: "seen on one page only; which day of June was not found, the first is taken",
        },
      },
      automatic: true,
      abandon: "lots",
      deliveredAfter: 0,
      combined: false,
      netting: true,
    },
  ],
  combinations: [
    {
      name: "STD",
      title: { zh: "卖出跨式", en: "short straddle" },
      forms: [{ legs: ["short call", "short put"], strike: "equal" }],
      editions: [
        combinationEdition({
          from: FIRST,
          source: said(FIRST),
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
          from: FIRST,
          source: said(FIRST),
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
      name: "SFO",
      aliases: ["PRT"],
      title: { zh: "卖出期权期货组合", en: "short option with its future" },
      forms: [{ legs: ["long future", "short call"] }, { legs: ["short future", "short put"] }],
      editions: [
        combinationEdition({
          from: FIRST,
          source: said(FIRST),
          needs: ["firstMargin", "secondPremium"],
          parameters: {},
          // 期货保证金 + 权利金
          margin: ({ plus }, { firstMargin, secondPremium }) => plus(firstMargin, secondPremium),
        }),
      ],
    },
    {
      name: "OPL",
      title: { zh: "期权对锁", en: "long and short of one option" },
      forms: [
        { legs: ["short call", "long call"], strike: "equal" },
        { legs: ["short put", "long put"], strike: "equal" },
      ],
      editions: [
        combinationEdition({
          from: LATER,
          source: said(LATER),
          needs: ["firstMargin"],
          parameters: { x: "0.2" },
          // 义务仓保证金 × X
          margin: ({ times }, { firstMargin }, { x }) => times(x, firstMargin),
        }),
      ],
    },
    {
      name: "BLS",
      title: { zh: "买入垂直价差", en: "debit vertical spread" },
      forms: [
        { legs: ["short call", "long call"], strike: "above" },
        { legs: ["short put", "long put"], strike: "below" },
      ],
      editions: [
        combinationEdition({
          from: LATER,
          source: said(LATER),
          needs: ["firstMargin"],
          parameters: { x: "0.2" },
          // 义务仓保证金 × X
          margin: ({ times }, { firstMargin }, { x }) => times(x, firstMargin),
        }),
      ],
    },
    {
      name: "BES",
      title: { zh: "卖出垂直价差", en: "credit vertical spread" },
      forms: [
        { legs: ["short call", "long call"], strike: "below" },
        { legs: ["short put", "long put"], strike: "above" },
      ],
      editions: [
        combinationEdition({
          from: LATER,
          source: said(LATER),
          needs: ["strikeGap", "firstMargin"],
          parameters: {},
          // min(行权价差 × 交易单位, 义务仓保证金)
          margin: ({ min }, { strikeGap, firstMargin }) => min(strikeGap, firstMargin),
        }),
      ],
    },
    {
      name: "CAS",
      title: { zh: "期权日历价差", en: "calendar spread" },
      forms: [
        { legs: ["short call", "long call"], strike: "equal", sooner: true },
        { legs: ["short put", "long put"], strike: "equal", sooner: true },
      ],
      editions: [
        combinationEdition({
          from: LATER,
          source: said(LATER, {
            zh: "折扣系数 X 未查到，须自填",
            en: "the factor X was not found, give your own",
          }),
          needs: ["firstMargin"],
          parameters: { x: undefined },
          // 义务仓保证金 × X
          margin: ({ times }, { firstMargin }, { x }) => times(x, firstMargin),
        }),
      ],
    },
    {
      name: "BFO",
      title: { zh: "买入期权期货组合", en: "long option with its future" },
      forms: [{ legs: ["short future", "long call"] }, { legs: ["long future", "long put"] }],
      editions: [
        combinationEdition({
          from: LATER,
          source: said(LATER),
          needs: ["firstMargin"],
          parameters: { x: "0.8" },
          // 期货保证金 × X
          margin: ({ times }, { firstMargin }, { x }) => times(x, firstMargin),
        }),
      ],
    },
  ],
  formedAtClearing: {
    title: {
      zh: "期货柜台接口说明（大商所组合）",
      en: "a counter's interface notes (combinations at DCE)",
    },
    article: {
      zh: "结算时由交易所自动组合，不用下指令",
      en: "clearing forms the sets by itself, without instruction",
    },
    certainty: "confirmed",
    asOf: "2026-11-21",
  },
  clearingOrder: {
    title: {
      zh: "期货柜台接口说明；“组合保证金优惠参数”日文件",
      en: "a counter's interface notes; the exchange's daily file of combination discounts",
    },
    article: {
      zh: "结算时由交易所按优先级自动组合，1 为最先；优先级逐对列在日文件里",
      en: "clearing forms sets by itself by priority, 1 first; the daily file lists it pair by pair",
    },
    certainty: "weak",
    asOf: "2026-01-06",
    note: {
      zh: "按策略的优先级未查到，须自填当日文件的行；文件格式来自一个开源项目的说明",
      en: "no order by strategy was found, give the day's lines of the file; its format is from the notes of an open project",
    },
  },
};
