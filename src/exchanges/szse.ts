import { edition, productTable, type Citation, type RuleSet } from "../core/rule";
import { combinationEdition } from "../core/strategy";
import type { Bilingual } from "../core/terms";
import { tradingDays } from "./trading-days";

const FROM = "2019-12-23";

/** Where the combinations stand. */
const said = (article: Bilingual, certainty: Citation["certainty"], note: Bilingual): Citation => ({
  title: { zh: "与上交所相同的组合策略", en: "the same combinations as at SSE" },
  article,
  url: "http://caifuhao.eastmoney.com/news/20240725214653371822220",
  certainty,
  asOf: "2026-11-21",
  note: {
    zh: `深交所原文未见，按上交所规则；${note.zh}；起用日 2019-12-23 凭记忆；调整过的合约不能组合，凭记忆`,
    en: `SZSE's own text was not seen, SSE's rule is used; ${note.en}; the first day 2019-12-23 is from memory; that adjusted contracts do not combine is from memory`,
  },
});

const DEBIT = said({ zh: "认购牛市、认沽熊市价差", en: "call bull and put bear spreads" }, "weak", {
  zh: "转引的规则文本与两个开源程序为 0，另一份摘要为行权价差 × 合约单位（买 3.0 卖 3.1 认购：0 或 1000），取 0",
  en: "0 by the rule as quoted and by two open programs, strike difference x unit by another summary (long call 3.0, short call 3.1: 0 or 1000); 0 is taken",
});
const CREDIT = said(
  { zh: "认购熊市、认沽牛市价差", en: "call bear and put bull spreads" },
  "weak",
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
  calendar: tradingDays,
  expiries: [
    {
      day: { weekday: 3, nth: 4 },
      source: {
        title: {
          zh: "沪深交易所关于 ETF 期权到期的公告（2023-01-17，转载）",
          en: "notice of both exchanges on ETF options expiring (2023-01-17, a copy)",
        },
        article: {
          zh: "合约月份的第四个星期三，遇节假日顺延",
          en: "fourth Wednesday of the contract month, the next trading day where it is a holiday",
        },
        url: "http://bodf.com.cn/agedNews/detail/9314900",
        certainty: "confirmed",
        asOf: "2026-11-21",
      },
    },
  ],

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

  adjustment: {
    source: {
      title: {
        zh: "深交所 159919 合约调整公告（2025-12-08，转载）",
        en: "SZSE's notice adjusting 159919 (2025-12-08, a copy)",
      },
      article: {
        zh: "新单位 = 原单位 × (1 + 变动比例) × 前收盘价 ÷ (前收盘价 − 现金红利 + 配股价 × 配股比例)，四舍五入到份；新行权价 = 原行权价 × 原单位 ÷ 取整前的新单位，3 位小数四舍五入",
        en: "new unit = unit x (1 + change) x close / (close - dividend + rightsPrice x rights), rounded to a share; strike = strike x unit / the new unit before rounding, 3 decimals half up",
      },
      url: "https://www.xcsc.com/main/a/20251208/1022970111.shtml",
      certainty: "weak",
      asOf: "2025-12-08",
      note: {
        zh: "除数由公告反推：5.75 调整为 5.664（按取整单位为 5.663），159922 的 4.6 调整为 1.744（按取整单位为 1.743）；159922 在 2025 年的公告两种读法都相符",
        en: "the divisor was found by reproducing notices: 5.75 became 5.664 (5.663 by the rounded unit), 4.6 of 159922 became 1.744 (1.743); the notice on 159922 of 2025 fits both readings",
      },
    },
    strikeOver: "unroundedUnit",
    strikeDecimals: 3,
    settlementDecimals: 4,
    markAt: "end",
    shortfallBecomes: "ordinaryShort",
    coveredShortfall: {
      title: {
        zh: "沪深两所备兑不足处理的问答（网页）",
        en: "a page on what both exchanges do where covered shares are short",
      },
      article: {
        zh: "除权除息日日终，不足部分转为普通义务仓，收取维持保证金",
        en: "at the end of the ex-date the part that is short becomes an ordinary short position, with maintenance margin",
      },
      url: "https://www.wolicai.com/answer/detail-79943900",
      certainty: "weak",
      asOf: "2026-11-21",
      note: { zh: "仅见于问答网页", en: "seen on a question-and-answer page only" },
    },
  },
  exercise: [
    {
      from: "2019-12-23",
      source: {
        title: {
          zh: "深交所期权到期通知（2022-05-20，转载）",
          en: "SZSE's notice of options expiring (2022-05-20, a copy)",
        },
        article: {
          zh: "到期日买方申报行权，下一交易日交收；认购认沽可合并行权",
          en: "the holder instructs on the expiry day, delivery on the next trading day; call and put may be exercised together",
        },
        url: "http://m.www37999.com/option/ggdt/jysgg.html?id=58520",
        certainty: "confirmed",
        asOf: "2026-11-21",
        note: {
          zh: "不自动行权与起用日 2019-12-23 凭记忆",
          en: "that nothing is exercised by itself and the first day 2019-12-23 are from memory",
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
          from: "2019-12-23",
          source: {
            title: { zh: "保证金介绍文章", en: "an article on margin for retail investors" },
            article: {
              zh: "备兑开仓：锁定足额标的",
              en: "covered call: the shares are locked in full",
            },
            certainty: "weak",
            asOf: "2026-11-21",
            note: {
              zh: "深交所原文未见，按上交所规则",
              en: "SZSE's own text was not seen, SSE's rule is used",
            },
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
    certainty: "weak",
    asOf: "2026-11-21",
    note: { zh: "深交所原文未见", en: "SZSE's own text was not seen" },
  },
} satisfies RuleSet;
