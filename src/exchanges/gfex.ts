import { edition, productTable, type RuleSet } from "../core/rule";
import { tradingDays } from "./trading-days";

/** Guangzhou Futures Exchange: options on futures. */
export const gfex: RuleSet = {
  exchange: "GFEX",
  name: { zh: "广州期货交易所", en: "Guangzhou Futures Exchange" },
  aliases: ["广期所"],
  underlying: "future",
  editions: [
    edition({
      from: "2022-12-23",
      source: {
        title: {
          zh: "与其他商品期货交易所相同的公式",
          en: "the formula of the other commodity exchanges",
        },
        article: { zh: "期权卖方交易保证金", en: "trading margin of an option seller" },
        url: "https://edu.efunds.com.cn/c/42/42575.shtml",
        certainty: "unverified",
        asOf: "2026-11-21",
        note: {
          zh: "广期所原文未见，公式与起用日 2022-12-23 均凭记忆",
          en: "GFEX's own text was not found; the formula and the first day 2022-12-23 are from memory",
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
    si,工业硅,Industrial Silicon,5,t,,American,futures,from memory
    lc,碳酸锂,Lithium Carbonate,1,t,,American,futures,from memory
    ps,多晶硅,Polysilicon,3,t,,American,futures,from memory
    `,
  ),
  codes: [
    {
      example: "si2701-C-9500",
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
          zh: "期货公司关于大商所、广期所 2412 期权到期的提示（2024-11-01）",
          en: "a broker's notice of DCE and GFEX 2412 options expiring (2024-11-01)",
        },
        article: {
          zh: "标的期货合约交割月份前一个月的第 5 个交易日",
          en: "fifth trading day of the month before the future's delivery month",
        },
        url: "https://doto-futures.com/gsgga/22409.html",
        certainty: "weak",
        asOf: "2024-11-01",
        note: {
          zh: "到期日见于 2409、2412 合约的通知，规则文本见于一开源文档",
          en: "the days stand in notices for months 2409 and 2412, the text in an open document",
        },
      },
    },
  ],
  exercise: [
    {
      from: "2022-12-23",
      source: {
        title: { zh: "交易软件行权说明", en: "a trading program's notes on exercise" },
        article: {
          zh: "到期日未申报的，看涨行权价低于、看跌行权价高于标的期货当日结算价的自动行权，其余放弃；只能整笔放弃",
          en: "without an instruction at expiry, calls with a strike below and puts with a strike above the future's settlement of the day are exercised, all else lapses; only the whole position may be abandoned",
        },
        url: "https://infinitrader.quantdo.com.cn/docs/option/h22_exercise_liquidate.html",
        certainty: "weak",
        asOf: "2026-11-21",
        note: {
          zh: "仅见于一款软件；其余按大商所；起用日 2022-12-23 凭记忆",
          en: "seen in one program only; the rest is taken from Dalian; the first day 2022-12-23 is from memory",
        },
      },
      automatic: true,
      abandon: "whole",
      deliveredAfter: 0,
      combined: false,
      netting: true,
    },
  ],
  combinations: [],
};
