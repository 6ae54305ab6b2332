import {
  ADDITIVE,
  amount,
  argumentName,
  both,
  digits,
  marginFormula,
  marginOfRows,
  MarginError,
  readContract,
  readOperand,
  readTable,
  shortMargin,
  strikeAndUnit,
  type Amount,
  type Bilingual,
  type Branch,
  type NamedRules,
  type RowMargin,
  type ShortMargin,
} from "../core";
import { exchanges } from "../exchanges";
import {
  answer,
  cellError,
  cellsOf,
  dayOf,
  lotsOf,
  markupOf,
  number,
  optional,
  optionalRate,
  priceOf,
  rightOf,
  rulesOf,
  spill,
  wordOf,
} from "./cell";

/**
 * Margin of a short option by its contract code, for all lots; exchange, unit and strike come from the code.
 * @customfunction MARGIN.SHORT MARGIN.SHORT
 * @param {any} contract Contract code. m2701-C-3100, 510050C2612M03100, IO2612-C-4800, SR701C6000 …
 * @param {any} settlement Option price per quoted unit. Previous settlement, the day's settlement or a live price.
 * @param {any} underlying Price of the ETF, index or future per quoted unit. To match the option price.
 * @param {any} [rate] Futures margin rate, ETF ratio or index coefficient, a fraction. Needed for options on futures; elsewhere left out: the rule's own.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [strike] Strike per quoted unit. Needed for an adjusted contract only.
 * @param {any} [unit] Contract unit. Needed for an adjusted contract, or one whose unit is not known.
 * @returns {number} Margin in the contract's currency.
 */
export function marginShort(
  contract: any,
  settlement: any,
  underlying: any,
  rate?: any,
  lots?: any,
  markup?: any,
  on?: any,
  strike?: any,
  unit?: any,
): number {
  return answer(() => {
    const day = dayOf(on);
    const read = readContract(wordOf(contract, "contract"), exchanges, day);
    const terms = strikeAndUnit(read, {
      strike: optional(strike, "strike", "aboveZero"),
      unit: optional(unit, "unit", "wholeAboveZero"),
    });
    return shortMargin(
      read.rules,
      {
        right: read.right,
        product: read.product,
        rate: optionalRate(rate),
        terms: {
          ...terms,
          settlement: priceOf(settlement, "settlement"),
          underlying: priceOf(underlying, "underlying"),
        },
      },
      { lots: lotsOf(lots), markup: markupOf(markup), on: day },
    ).total;
  });
}

const TERM: Readonly<Record<keyof Omit<ShortMargin, "branch" | "edition" | "figures">, Bilingual>> =
  {
    premium: { zh: "权利金", en: "premium" },
    underlyingPart: { zh: "标的部分", en: "underlying part" },
    outOfTheMoney: { zh: "虚值额扣减", en: "out-of-the-money deduction" },
    lift: { zh: "补至最低保障", en: "lift to the minimum" },
    cut: { zh: "封顶扣减", en: "cut by the cap" },
    markup: { zh: "公司上浮", en: "broker's markup" },
    total: { zh: "合计", en: "total" },
    basic: { zh: "其中：基本部分", en: "of which basic" },
    minimum: { zh: "其中：最低保障", en: "of which minimum" },
  };

const BRANCH: Readonly<Record<Branch | RowMargin["branch"], Bilingual>> = {
  basic: { zh: "基本部分", en: "basic" },
  minimum: { zh: "最低保障", en: "minimum" },
  cap: { zh: "封顶", en: "cap" },
  long: { zh: "权利仓", en: "long" },
  covered: { zh: "备兑", en: "covered" },
  future: { zh: "期货", en: "future" },
  shares: { zh: "ETF 份额", en: "ETF shares" },
};

const CERTAINTY = {
  confirmed: { zh: "有据", en: "confirmed" },
  weak: { zh: "待核：来源较弱", en: "not verified: weak source" },
  unverified: { zh: "待核：凭记忆", en: "not verified: from memory" },
} as const;

/** The last rows of a working: what bound, and where the rule stands. */
function sourceRows({ branch, edition, figures }: ShortMargin): string[][] {
  const { source, from, parameters } = edition;
  const used = Object.entries(figures).map(([name, figure]) => {
    const theirs = name in parameters && figure.equals(amount(parameters[name] as string));
    const given = theirs ? "" : "（自填 given）";
    return `${argumentName(name)} ${name} ${digits(figure.toSignificantDigits(12))}${given}`;
  });
  return [
    ["取用 branch", both(BRANCH[branch])],
    ["系数 figures", used.join("; ")],
    ["依据 source", `${source.title.zh} · ${source.title.en}`],
    ["条款 article", `${source.article.zh} · ${source.article.en}`],
    ["网址 address", source.url],
    ["自何日起 in force from", from ?? "不限 undated"],
    ["核实 verified", `${both(CERTAINTY[source.certainty])} (${source.asOf})`],
    ...(source.note ? [["说明 note", `${source.note.zh} · ${source.note.en}`]] : []),
  ];
}

/** One short contract by exchange name, from cells. */
function one(
  { rules, product }: NamedRules,
  cells: {
    right: unknown;
    strike: unknown;
    unit: unknown;
    settlement: unknown;
    underlying: unknown;
    rate: unknown;
    lots: unknown;
    markup: unknown;
    on: unknown;
  },
  suffix = "",
): ShortMargin {
  const named = (name: string): string => name + suffix;
  return shortMargin(
    rules,
    {
      right: rightOf(cells.right),
      product,
      rate: optionalRate(cells.rate),
      terms: {
        settlement: priceOf(cells.settlement, named("settlement")),
        underlying: priceOf(cells.underlying, named("underlying")),
        strike: priceOf(cells.strike, "strike"),
        multiplier: number(cells.unit, "unit", "wholeAboveZero"),
      },
    },
    { lots: lotsOf(cells.lots), markup: markupOf(cells.markup), on: dayOf(cells.on) },
  );
}

/**
 * Working of a short option's margin: the terms that add up to it, which branch bound, the article and its source.
 * @customfunction MARGIN.WORKING MARGIN.WORKING
 * @param {any} exchange Exchange. SSE, SZSE, CFFEX, ZCE, DCE, SHFE, INE, GFEX, its Chinese name, ZCE.LEGACY, or CFFEX.MO and CFFEX.HO for their coefficients.
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} settlement Option price per quoted unit. Previous settlement, the day's settlement or a live price.
 * @param {any} underlying Price of the ETF, index or future per quoted unit. To match the option price.
 * @param {any} strike Strike per quoted unit.
 * @param {any} unit Contract unit. Shares, tonnes, or yuan a point.
 * @param {any} [rate] Futures margin rate, ETF ratio or index coefficient, a fraction. Needed for options on futures; elsewhere left out: the rule's own.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @returns {any[][]} Term and amount, under a header row.
 */
export function marginWorking(
  exchange: any,
  right: any,
  settlement: any,
  underlying: any,
  strike: any,
  unit: any,
  rate?: any,
  lots?: any,
  markup?: any,
  on?: any,
): any[][] {
  return spill(() => {
    const cells = { right, settlement, underlying, strike, unit, rate, lots, markup, on };
    const margin = one(rulesOf(exchange), cells);
    return [
      ["项目 term", "金额 amount"],
      ...([...ADDITIVE, "total", "basic", "minimum"] as const).map((term) => [
        both(TERM[term]),
        margin[term],
      ]),
      ...sourceRows(margin),
    ];
  });
}

/**
 * The margin rule as a plain spreadsheet formula over references, names or numbers given as text.
 * @customfunction MARGIN.FORMULA MARGIN.FORMULA
 * @param {any} exchange Exchange. SSE, SZSE, CFFEX, ZCE, DCE, SHFE, INE, GFEX, its Chinese name, ZCE.LEGACY, or CFFEX.MO and CFFEX.HO for their coefficients.
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} settlement Reference of the option price, as text. "A2", a name, or a number.
 * @param {any} underlying Reference of the underlying's price, as text. "B2", a name, or a number.
 * @param {any} strike Reference of the strike, as text. "C2", a name, or a number.
 * @param {any} unit Reference of the contract unit, as text. "D2", a name, or a number.
 * @param {any} [rate] Reference of the rate, as text. Needed for options on futures; elsewhere left out: the rule's own.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @returns {string} Formula text for one contract.
 */
export function marginFormulaText(
  exchange: any,
  right: any,
  settlement: any,
  underlying: any,
  strike: any,
  unit: any,
  rate?: any,
  on?: any,
): string {
  return answer(() => {
    const { rules, product } = rulesOf(exchange);
    const operand = (value: unknown, name: string) => readOperand(wordOf(value, name), name);
    const rateText = wordOf(rate, "rate");
    const noRate = rateText === null || rateText === undefined || rateText === "" || rateText === 0;
    const contract = {
      right: rightOf(right),
      product,
      rate: noRate ? undefined : operand(rate, "rate"),
      terms: {
        settlement: operand(settlement, "settlement"),
        underlying: operand(underlying, "underlying"),
        strike: operand(strike, "strike"),
        multiplier: operand(unit, "unit"),
      },
    };
    return `=${marginFormula(rules, contract, dayOf(on))}`;
  });
}

/**
 * Why a short option's margin changed: each term before, after and the change; they add up exactly.
 * @customfunction MARGIN.CHANGE MARGIN.CHANGE
 * @param {any} exchange Exchange. SSE, SZSE, CFFEX, ZCE, DCE, SHFE, INE, GFEX, its Chinese name, ZCE.LEGACY, or CFFEX.MO and CFFEX.HO for their coefficients.
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} strike Strike per quoted unit.
 * @param {any} unit Contract unit. Shares, tonnes, or yuan a point.
 * @param {any} settlementBefore Option price before, per quoted unit.
 * @param {any} underlyingBefore Underlying's price before, per quoted unit.
 * @param {any} settlementAfter Option price after, per quoted unit.
 * @param {any} underlyingAfter Underlying's price after, per quoted unit.
 * @param {any} [rate] Futures margin rate, ETF ratio or index coefficient, a fraction. Needed for options on futures; elsewhere left out: the rule's own.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @param {any} [rateAfter] Rate after, a fraction. Left out: as before.
 * @param {any} [strikeAfter] Strike after an adjustment, per quoted unit. Left out: as before.
 * @param {any} [unitAfter] Contract unit after an adjustment. Left out: as before.
 * @param {any} [lotsAfter] Lots after. Left out: as before.
 * @returns {any[][]} Term, before, after and change, under a header row; the total last.
 */
export function marginChange(
  exchange: any,
  right: any,
  strike: any,
  unit: any,
  settlementBefore: any,
  underlyingBefore: any,
  settlementAfter: any,
  underlyingAfter: any,
  rate?: any,
  lots?: any,
  markup?: any,
  on?: any,
  rateAfter?: any,
  strikeAfter?: any,
  unitAfter?: any,
  lotsAfter?: any,
): any[][] {
  return spill(() => {
    const rules = rulesOf(exchange);
    const same = { right, markup, on };
    const before = one(
      rules,
      {
        ...same,
        strike,
        unit,
        rate,
        lots,
        settlement: settlementBefore,
        underlying: underlyingBefore,
      },
      "Before",
    );
    const after = one(
      rules,
      {
        ...same,
        strike: strikeAfter ?? strike,
        unit: unitAfter ?? unit,
        rate: rateAfter ?? rate,
        lots: lotsAfter ?? lots,
        settlement: settlementAfter,
        underlying: underlyingAfter,
      },
      "After",
    );
    return [
      ["项目 term", "变化前 before", "变化后 after", "变化 change"],
      ...([...ADDITIVE, "total"] as const).map((term): (string | Amount)[] => [
        both(TERM[term]),
        before[term],
        after[term],
        after[term].minus(before[term]),
      ]),
    ];
  });
}

/**
 * Margin of every row of a positions table; a row that cannot be answered carries its own error.
 * @customfunction MARGIN.TABLE MARGIN.TABLE
 * @param {any[][]} positions Positions with a header row. Columns by name in Chinese or English, in any order: contract, side, quantity, settlement, underlying, rate, strike, unit …
 * @param {any} [markup] Broker's addition to the exchange figure, a fraction. 0.2 is 20 per cent more; left out: 0.
 * @param {any} [on] Day whose rules apply, a date or ISO text. Left out: today in Shanghai.
 * @returns {any[][]} Margin, premium, basic, minimum and branch, a row for each position under a header row.
 */
export function marginTable(positions: any[][], markup?: any, on?: any): any[][] {
  return spill(() => {
    const { rows } = readTable(cellsOf(positions));
    const marginOf = marginOfRows(exchanges, { markup: markupOf(markup), on: dayOf(on) });
    return [
      ["保证金 margin", "权利金 premium", "基本部分 basic", "最低保障 minimum", "取用 branch"],
      ...rows.map((row) => {
        if (!row) return BLANK_ROW;
        try {
          const { margin, premium, basic, minimum, branch } = marginOf(row);
          return [margin, premium, basic, minimum, both(BRANCH[branch])];
        } catch (error) {
          if (!(error instanceof MarginError)) throw error;
          return [cellError(error), "", "", "", ""];
        }
      }),
    ];
  });
}

const BLANK_ROW = ["", "", "", "", ""];
