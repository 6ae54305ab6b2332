import { edition, productTable, type Citation, type Edition, type RuleSet } from "../core/rule";
import type { Day } from "../core/day";
import { tradingDays } from "./trading-days";

/**
 * The rule is one; the coefficient differs by product and day.
 * Floor: the call's is a share of the index, the put's a share of the strike. A put has no cap.
 */
const indexOption = (
  product: string,
  from: Day,
  coefficient: string,
  percent: string,
  said: Omit<Citation, "title" | "article">,
): Edition =>
  edition({
    from,
    products: [product],
    source: {
      title: {
        zh: "中金所股指期权合约及结算规则",
        en: "CFFEX index option contract and clearing rules",
      },
      article: {
        zh: `${product} 卖方交易保证金；保证金调整系数 ${percent}、最低保障系数 0.5`,
        en: `${product} margin of a short position; adjustment coefficient ${percent}, minimum coefficient 0.5`,
      },
      ...said,
    },
    needs: ["settlement", "underlying", "strike", "multiplier"],
    parameters: { coefficient, minimum: "0.5" },
    rate: { parameter: "coefficient", proportional: [] },

    // 合约当日结算价 × 合约乘数
    //   + max(标的指数当日收盘价 × 合约乘数 × 保证金调整系数 − 虚值额, 最低保障系数 × 标的指数当日收盘价 × 合约乘数 × 保证金调整系数)
    call(
      { plus, minus, times, max, zero },
      { settlement, underlying, strike, multiplier },
      { coefficient, minimum: guarantee },
    ) {
      const premium = times(settlement, multiplier);
      const underlyingPart = times(times(underlying, multiplier), coefficient);
      const deduction = times(max(minus(strike, underlying), zero), multiplier);
      const basic = minus(underlyingPart, deduction);
      const minimum = times(guarantee, underlyingPart);
      const margin = plus(premium, max(basic, minimum));
      return { premium, underlyingPart, deduction, basic, minimum, margin };
    },

    // 合约当日结算价 × 合约乘数
    //   + max(标的指数当日收盘价 × 合约乘数 × 保证金调整系数 − 虚值额, 最低保障系数 × 行权价格 × 合约乘数 × 保证金调整系数)
    put(
      { plus, minus, times, max, zero },
      { settlement, underlying, strike, multiplier },
      { coefficient, minimum: guarantee },
    ) {
      const premium = times(settlement, multiplier);
      const underlyingPart = times(times(underlying, multiplier), coefficient);
      const deduction = times(max(minus(underlying, strike), zero), multiplier);
      const basic = minus(underlyingPart, deduction);
      const minimum = times(guarantee, times(times(strike, multiplier), coefficient));
      const margin = plus(premium, max(basic, minimum));
      return { premium, underlyingPart, deduction, basic, minimum, margin };
    },
  });

/** China Financial Futures Exchange: index options IO, MO, HO. */
export const cffex: RuleSet = {
  exchange: "CFFEX",
  name: { zh: "中国金融期货交易所", en: "China Financial Futures Exchange" },
  aliases: ["中金所"],
  underlying: "index",
  defaultProduct: "IO",
  editions: [
    indexOption("IO", "2019-12-23", "0.10", "10%", {
      url: "http://tech.jiangsulong.com/a/2019/1219/1576696309.html",
      certainty: "confirmed",
      asOf: "2019-12-19",
    }),
    indexOption("IO", "2022-01-21", "0.12", "12%", {
      url: "https://licai.cofool.com/user/guide_view_2318383.html",
      certainty: "weak",
      asOf: "2022-09-01",
      note: {
        zh: "12% 见于 2022-09-01 的转载，并见于以 IO2201（2022-01-21 到期）为例的文章，故不晚于该日；何日由 10% 调整未查到，此前按 10%（指数 5000 点时一手标的部分 50000，按 12% 为 60000）；现行值未核实，可自填系数",
        en: "12% seen in a copy of 2022-09-01 and in an example with IO2201, which expired on 2022-01-21, so not later; the day of the change from 10% was not found, 10% is used before (at an index of 5000 the underlying part of a lot is 50000, by 12% 60000); today's value is not verified, give your own coefficient",
      },
    }),
    indexOption("MO", "2022-07-22", "0.15", "15%", {
      url: "https://licai.cofool.com/user/guide_view_2318383.html",
      certainty: "weak",
      asOf: "2022-09-01",
      note: {
        zh: "15% 见于 2022-09-01 的转载，自上市日起用",
        en: "15% seen in a copy of 2022-09-01, taken from the listing day on",
      },
    }),
    indexOption("MO", "2022-12-19", "0.12", "12%", {
      url: "https://www.founderfu.com/qiquanjiaoyiguize/374.html",
      certainty: "weak",
      asOf: "2026-11-21",
      note: {
        zh: "12% 见于一张未注日期的期货公司规则表，含 HO，故不早于 2022-12-19，从该日起用；若其后仍为 15%，指数 6000 点时一手标的部分应为 90000 而非 72000；现行值未核实，可自填系数",
        en: "12% stands in a broker's undated table that lists HO, so not before 2022-12-19, and is taken from that day; were it still 15%, the underlying part of a lot at an index of 6000 would be 90000, not 72000; today's value is not verified, give your own coefficient",
      },
    }),
    indexOption("HO", "2022-12-19", "0.12", "12%", {
      url: "https://www.founderfu.com/qiquanjiaoyiguize/374.html",
      certainty: "weak",
      asOf: "2026-11-21",
      note: {
        zh: "期货公司规则表未注日期；现行值未核实，可自填系数",
        en: "a broker's undated table; today's value is not verified, give your own coefficient",
      },
    }),
  ],

  products: productTable(
    "CNY",
    `
    IO,沪深300股指期权,CSI 300 Index Options,100,yuan a point,0.2,European,cash,confirmed
    MO,中证1000股指期权,CSI 1000 Index Options,100,yuan a point,0.2,European,cash,confirmed
    HO,上证50股指期权,SSE 50 Index Options,100,yuan a point,0.2,European,cash,confirmed
    `,
  ),
  codes: [
    {
      example: "IO2612-C-4800",
      pattern:
        /^(?<product>[A-Z]{2})(?<yy>\d\d)(?<mm>\d\d)-(?<right>[CP])-(?<strike>\d+(?:\.\d+)?)$/i,
    },
  ],
  calendar: tradingDays,
  expiries: [
    {
      day: { weekday: 5, nth: 3 },
      source: {
        title: {
          zh: "期货公司股指期权合约介绍（网页）",
          en: "a broker's page on the index option contracts",
        },
        article: {
          zh: "合约月份的第三个星期五，遇节假日顺延",
          en: "third Friday of the contract month, the next trading day where it is a holiday",
        },
        url: "https://www.founderfu.com/qiquanjiaoyiguize/374.html",
        certainty: "confirmed",
        asOf: "2026-11-21",
      },
    },
  ],
  exercise: [
    {
      from: "2019-12-23",
      source: {
        title: {
          zh: "股指期权行权问答（网页）",
          en: "a question and answer on index options at expiry",
        },
        article: {
          zh: "到期实值自动行权，现金结算；放弃须经会员系统",
          en: "in the money exercised by itself at expiry, settled in cash; abandoned through the member's system only",
        },
        certainty: "weak",
        asOf: "2026-11-21",
        note: {
          zh: "自动行权仅见于问答网页；可按手数放弃凭记忆",
          en: "automatic exercise was seen on a question-and-answer page only; abandoning by lots is from memory",
        },
      },
      automatic: true,
      abandon: "lots",
      deliveredAfter: 0,
      combined: false,
      netting: false,
    },
  ],
  combinations: [],
};
