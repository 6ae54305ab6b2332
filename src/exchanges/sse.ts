import { edition, productTable, type Citation, type RuleSet } from "../core/rule";
import { combinationEdition } from "../core/strategy";
import type { Bilingual } from "../core/terms";
import { tradingDays } from "./trading-days";

const FROM = "2019-11-18";

/** Where the combinations stand. */
const said = (article: Bilingual, certainty: Citation["certainty"], note: Bilingual): Citation => ({
  title: {
    zh: "上交所组合策略规则，财经网站转述",
    en: "SSE's combination rules as a finance site quotes them",
  },
  article,
  url: "http://caifuhao.eastmoney.com/news/20240725214653371822220",
  certainty,
  asOf: "2026-11-21",
  note: {
    zh: `${note.zh}；起用日 2019-11-18 凭记忆；调整过的合约不能组合，凭记忆`,
    en: `${note.en}; the first day 2019-11-18 is from memory; that adjusted contracts do not combine is from memory`,
  },
});

const DEBIT = said({ zh: "认购牛市、认沽熊市价差", en: "call bull and put bear spreads" }, "weak", {
  zh: "转引的规则文本与两个开源程序为 0，另一份摘要为行权价差 × 合约单位（买 3.0 卖 3.1 认购：0 或 1000），取 0",
  en: "0 by the rule as quoted and by two open programs, strike difference x unit by another summary (long call 3.0, short call 3.1: 0 or 1000); 0 is taken",
});
const CREDIT = said(
  { zh: "认购熊市、认沽牛市价差", en: "call bear and put bull spreads" },
  "confirmed",
  {
    zh: "各来源一致",
    en: "the sources agree",
  },
);
const STRADDLE = said({ zh: "跨式、宽跨式空头", en: "short straddle and strangle" }, "weak", {
  zh: "构建公式有据；维持保证金同式、两腿相等时取较大权利金，凭记忆",
  en: "the formula at build has a source; that maintenance is alike and that equal legs take the larger premium is from memory",
});

const BEFORE_EXPIRY = {
  tradingDaysBefore: 2,
  reason: {
    zh: "到期前第二个交易日日终自动解除，不可重建，两腿按单腿收取并参加日终对冲",
    en: "taken apart at the end of the second trading day before expiry and not built again; the legs are margined singly and netted",
  },
};
const AT_EXPIRY = {
  tradingDaysBefore: 0,
  reason: { zh: "到期日日终自动解除", en: "taken apart at the end of the expiry day" },
};

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
  calendar: tradingDays,
  expiries: [
    {
      day: { weekday: 3, nth: 4 },
      source: {
        title: { zh: "上交所英文网站：衍生品概览", en: "SSE website: derivatives overview" },
        article: {
          zh: "合约月份的第四个星期三，遇节假日顺延",
          en: "fourth Wednesday of the contract month, the next trading day where it is a holiday",
        },
        url: "http://english.sse.com.cn/markets/derivatives/overview/",
        certainty: "confirmed",
        asOf: "2026-11-21",
      },
    },
  ],

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

  adjustment: {
    source: {
      title: {
        zh: "上交所 ETF 期权合约调整介绍（网页）",
        en: "a page on SSE's contract adjustment",
      },
      article: {
        zh: "新单位 = 原单位 × (1 + 变动比例) × 前收盘价 ÷ (前收盘价 − 现金红利 + 配股价 × 配股比例)，四舍五入到份；新行权价 = 原行权价 × 原单位 ÷ 新单位，3 位小数四舍五入",
        en: "new unit = unit x (1 + change) x close / (close - dividend + rightsPrice x rights), rounded to a share; strike = strike x unit / new unit, 3 decimals half up",
      },
      url: "http://www.50etf520.com/post/1516.html",
      certainty: "confirmed",
      asOf: "2026-11-21",
      note: {
        zh: "公式见于网页，取整后的单位为除数由 510300、588080、510210、601318、50ETF 的调整公告反推；前结算价 4 位小数凭记忆",
        en: "the formula stands on a page; that the rounded unit divides was found by reproducing notices (510300, 588080, 510210, 601318, 50ETF); 4 decimals of the previous settlement are from memory",
      },
    },
    strikeOver: "newUnit",
    strikeDecimals: 3,
    settlementDecimals: 4,
    markAt: 11,
    shortfallBecomes: "madeUp",
    coveredShortfall: {
      title: {
        zh: "上交所致投资者的一封信（2016-11，镜像）",
        en: "a letter of SSE to investors (2016-11, a mirror)",
      },
      article: {
        zh: "除权除息日当日补足锁定份额；日终中国结算补锁后仍不足的，须在下一交易日约定时间前补足或平仓，否则强行平仓",
        en: "lock the missing shares on the ex-date; what is still short after CSDC's lock at day end is to be made up or closed by the agreed time of the next trading day, or is closed by force",
      },
      url: "http://www-sse-com-cn.hcv8jop7ns0r.cn/assortment/options/guide/c/c_20161125_4206902.shtml",
      certainty: "confirmed",
      asOf: "2016-11-25",
    },
  },
  exercise: [
    {
      from: "2015-02-09",
      source: {
        title: { zh: "上交所期权问答（镜像）", en: "SSE's questions on options (a mirror)" },
        article: {
          zh: "到期日买方申报行权，认购备资金、认沽备标的；当晚按比例、再按尾数大小指派；下一交易日交收；交易所不自动行权，认购认沽可合并行权",
          en: "the holder instructs on the expiry day, with cash for a call and shares for a put; that night assigned pro rata, then by the size of the fraction; delivery on the next trading day; nothing is exercised by itself; call and put may be exercised together",
        },
        url: "http://m.www37999.com/option/cjwt/qa.html?id=53997",
        certainty: "confirmed",
        asOf: "2026-11-21",
        note: {
          zh: "不自动行权凭记忆；合并行权见于沪深交易所 2023-01-17 公告",
          en: "that nothing is exercised by itself is from memory; combined exercise stands in the exchanges' notice of 2023-01-17",
        },
      },
      automatic: false,
      abandon: "none",
      deliveredAfter: 1,
      combined: true,
      netting: false,
    },
  ],
  combinations: [
    {
      name: "CNSJC",
      title: { zh: "认购牛市价差", en: "call bull spread" },
      forms: [{ legs: ["long call", "short call"], strike: "below" }],
      editions: [
        combinationEdition({
          from: FROM,
          source: DEBIT,
          needs: [],
          parameters: {},
          // 义务仓保证金全免
          margin: ({ zero }) => zero,
        }),
      ],
      dissolves: BEFORE_EXPIRY,
    },
    {
      name: "PXSJC",
      title: { zh: "认沽熊市价差", en: "put bear spread" },
      forms: [{ legs: ["long put", "short put"], strike: "above" }],
      editions: [
        combinationEdition({
          from: FROM,
          source: DEBIT,
          needs: [],
          parameters: {},
          // 义务仓保证金全免
          margin: ({ zero }) => zero,
        }),
      ],
      dissolves: BEFORE_EXPIRY,
    },
    {
      name: "CXSJC",
      title: { zh: "认购熊市价差", en: "call bear spread" },
      forms: [{ legs: ["long call", "short call"], strike: "above" }],
      editions: [
        combinationEdition({
          from: FROM,
          source: CREDIT,
          needs: ["strikeGap"],
          parameters: {},
          // 行权价差 × 合约单位
          margin: (_, { strikeGap }) => strikeGap,
        }),
      ],
      dissolves: BEFORE_EXPIRY,
    },
    {
      name: "PNSJC",
      title: { zh: "认沽牛市价差", en: "put bull spread" },
      forms: [{ legs: ["long put", "short put"], strike: "below" }],
      editions: [
        combinationEdition({
          from: FROM,
          source: CREDIT,
          needs: ["strikeGap"],
          parameters: {},
          // 行权价差 × 合约单位
          margin: (_, { strikeGap }) => strikeGap,
        }),
      ],
      dissolves: BEFORE_EXPIRY,
    },
    {
      name: "KS",
      title: { zh: "跨式空头", en: "short straddle" },
      forms: [{ legs: ["short call", "short put"], strike: "equal" }],
      editions: [
        combinationEdition({
          from: FROM,
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
      dissolves: AT_EXPIRY,
    },
    {
      name: "KKS",
      title: { zh: "宽跨式空头", en: "short strangle" },
      forms: [{ legs: ["short call", "short put"], strike: "above" }],
      editions: [
        combinationEdition({
          from: FROM,
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
      dissolves: AT_EXPIRY,
    },
    {
      name: "ZBD",
      title: { zh: "备兑", en: "covered call" },
      forms: [{ legs: ["long shares", "short call"] }],
      editions: [
        combinationEdition({
          from: "2015-02-09",
          source: {
            title: { zh: "保证金介绍文章", en: "an article on margin for retail investors" },
            article: {
              zh: "备兑开仓：锁定足额标的",
              en: "covered call: the shares are locked in full",
            },
            certainty: "confirmed",
            asOf: "2026-11-21",
          },
          needs: [],
          parameters: {},
          // 每张锁定合约单位份数的标的，不收保证金
          margin: ({ zero }) => zero,
        }),
      ],
    },
  ],
  netting: {
    title: { zh: "期权模拟交易投资者指南", en: "a guide to option mock trading for investors" },
    article: {
      zh: "日终同一合约双向持仓自动对冲，先非备兑后备兑",
      en: "long and short of one contract are netted at day end, uncovered short first",
    },
    url: "http://tbliuliang.cn/58826/shanghaizhengquanjiaoyisuoqiquanquanzhenmonijiaoyitouzizhezhinan_1085.html",
    certainty: "confirmed",
    asOf: "2026-11-21",
  },
} satisfies RuleSet;
