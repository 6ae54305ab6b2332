import {
  ADDITIVE,
  amount,
  argumentName,
  both,
  digits,
  marginFormula,
  readNumber,
  readOperand,
  shortMargin,
  type Amount,
  type Bilingual,
  type NamedRules,
  type ShortMargin,
} from "../core";
import { BRANCH } from "./branch";
import {
  answer,
  dayOf,
  lotsOf,
  markupOf,
  number,
  optionalRate,
  orBefore,
  priceOf,
  rightOf,
  rulesOf,
  spill,
  wordOf,
} from "./cell";

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
    ...(source.url ? [["网址 address", source.url]] : []),
    ["自何日起 in force from", from ?? "未注明 undated"],
    ["核实 verified", `${both(CERTAINTY[source.certainty])} (${source.asOf})`],
    ...(source.note ? [["说明 note", `${source.note.zh} · ${source.note.en}`]] : []),
  ];
}

/** A cell, and the argument it was given as. */
interface Given {
  readonly cell: unknown;
  readonly argument: string;
}

/** What makes one short contract, as given. */
type GivenContract = Readonly<
  Record<"settlement" | "underlying" | "strike" | "unit" | "rate" | "lots", Given>
> & { readonly right: unknown; readonly markup: unknown; readonly on: unknown };

/** Cells given under the names of their own arguments. */
const asNamed = <Name extends string>(cells: Record<Name, unknown>): Record<Name, Given> =>
  Object.fromEntries(
    Object.entries(cells).map(([argument, cell]) => [argument, { cell, argument }]),
  ) as Record<Name, Given>;

/** One short contract by exchange name, from cells. */
function one({ rules, product }: NamedRules, given: GivenContract): ShortMargin {
  const price = ({ cell, argument }: Given) => priceOf(cell, argument);
  return shortMargin(
    rules,
    {
      right: rightOf(given.right),
      product,
      rate: optionalRate(given.rate.cell, given.rate.argument),
      terms: {
        settlement: price(given.settlement),
        underlying: price(given.underlying),
        strike: price(given.strike),
        multiplier: number(given.unit.cell, given.unit.argument, "wholeAboveZero"),
      },
    },
    {
      lots: lotsOf(given.lots.cell, given.lots.argument),
      markup: markupOf(given.markup),
      on: dayOf(given.on),
    },
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
    const cells = asNamed({ settlement, underlying, strike, unit, rate, lots });
    const margin = one(rulesOf(exchange), { ...cells, right, markup, on });
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

/** A rate given as a number must be one; a blank, or its 0, is left out. */
function rateOperand(value: unknown): ReturnType<typeof readOperand> | undefined {
  const word = wordOf(value, "rate");
  const left = word === null || word === undefined || word === "" || word === 0;
  if (left) return undefined;
  if (readNumber(word)) number(word, "rate", "fraction");
  return readOperand(word, "rate");
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
    const contract = {
      right: rightOf(right),
      product,
      rate: rateOperand(rate),
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
    const before = one(rules, {
      ...same,
      ...asNamed({ strike, unit, rate, lots }),
      settlement: { cell: settlementBefore, argument: "settlementBefore" },
      underlying: { cell: underlyingBefore, argument: "underlyingBefore" },
    });
    const after = one(rules, {
      ...same,
      strike: orBefore(strikeAfter, strike, "strike"),
      unit: orBefore(unitAfter, unit, "unit"),
      rate: orBefore(rateAfter, rate, "rate"),
      lots: orBefore(lotsAfter, lots, "lots"),
      settlement: { cell: settlementAfter, argument: "settlementAfter" },
      underlying: { cell: underlyingAfter, argument: "underlyingAfter" },
    });
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
