import {
  amount,
  assignment,
  both,
  breakeven,
  closeOut,
  exercisePnl,
  payoff,
  premium as premiumAmount,
  readContract,
  type Bilingual,
  noCalendar,
  numberWithin,
  tradingDayFrom,
  type Contract,
  type Day,
} from "../core";
import { everyExchange } from "../exchanges";
import {
  answer,
  cellError,
  cellsOf,
  dayOf,
  lotsOf,
  number,
  orElse,
  priceOf,
  rightOf,
  sideOf,
  spill,
  wordOf,
  type Answer,
} from "./cell";

/**
 * Premium of an option: price × unit × lots.
 * @customfunction OPTION.PREMIUM OPTION.PREMIUM
 * @param {any} price Option price per quoted unit.
 * @param {any} unit Contract unit. Shares, tonnes, or yuan a point.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @returns {number} Premium in the contract's currency.
 */
export function optionPremium(price: any, unit: any, lots?: any): number {
  return answer(() =>
    premiumAmount(priceOf(price, "price"), number(unit, "unit", "wholeAboveZero"), lotsOf(lots)),
  );
}

/**
 * Buying a short option back: the cash that comes free (margin held − premium paid) and the profit realised.
 * @customfunction OPTION.CLOSEOUT OPTION.CLOSEOUT
 * @param {any} openPrice Price it was sold at, per quoted unit.
 * @param {any} closePrice Price it is bought back at, per quoted unit.
 * @param {any} unit Contract unit. Shares, tonnes, or yuan a point.
 * @param {any} marginHeld Margin held for all lots, in the contract's currency.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @returns {any[][]} Cash back and realised profit, under a header row.
 */
export function optionCloseOut(
  openPrice: any,
  closePrice: any,
  unit: any,
  marginHeld: any,
  lots?: any,
): any[][] {
  return spill(() => {
    const { cashBack, realisedPnl } = closeOut(
      priceOf(openPrice, "openPrice"),
      priceOf(closePrice, "closePrice"),
      number(unit, "unit", "wholeAboveZero"),
      number(marginHeld, "marginHeld", "notNegative"),
      lotsOf(lots),
    );
    return [
      ["收回资金 cash back", "平仓盈亏 realised P&L"],
      [cashBack, realisedPnl],
    ];
  });
}

/**
 * Underlying's price at expiry at which the premium is just won back.
 * @customfunction OPTION.BREAKEVEN OPTION.BREAKEVEN
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} strike Strike per quoted unit.
 * @param {any} premium Premium per quoted unit.
 * @returns {number} Price per quoted unit.
 */
export function optionBreakeven(right: any, strike: any, premium: any): number {
  return answer(() =>
    breakeven(rightOf(right), priceOf(strike, "strike"), priceOf(premium, "premium")),
  );
}

/**
 * Profit and loss of an option at expiry, premium included, for all lots.
 * @customfunction OPTION.PAYOFF OPTION.PAYOFF
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} side Side, short or long. 卖, 买, 义务, 权利.
 * @param {any} strike Strike per quoted unit.
 * @param {any} premium Premium received or paid, per quoted unit.
 * @param {any} price Underlying's price at expiry, per quoted unit.
 * @param {any} unit Contract unit. Shares, tonnes, or yuan a point.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @returns {number} Profit, negative for a loss, in the contract's currency.
 */
export function optionPayoff(
  right: any,
  side: any,
  strike: any,
  premium: any,
  price: any,
  unit: any,
  lots?: any,
): number {
  return answer(() =>
    payoff(
      rightOf(right),
      sideOf(side),
      priceOf(strike, "strike"),
      priceOf(premium, "premium"),
      priceOf(price, "price"),
      number(unit, "unit", "wholeAboveZero"),
      lotsOf(lots),
    ),
  );
}

/**
 * Profit and loss of exercise or assignment, signed and never floored, for all lots.
 * @customfunction EXERCISEPNL EXERCISEPNL
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} side Side, short (assigned) or long (exercising). 卖, 买, 义务, 权利.
 * @param {any} strike Strike per quoted unit.
 * @param {any} settlement Settlement price of the underlying, per quoted unit.
 * @param {any} unit Contract unit. Shares, tonnes, or yuan a point.
 * @param {any} [lots] Lots, a whole number. Left out: 1.
 * @param {any} [premium] Premium per quoted unit. Counts only if given; left out: 0.
 * @returns {number} Profit, negative for a loss, in the contract's currency.
 */
export function exercisePnlCell(
  right: any,
  side: any,
  strike: any,
  settlement: any,
  unit: any,
  lots?: any,
  premium?: any,
): number {
  return answer(() =>
    exercisePnl(
      rightOf(right),
      sideOf(side),
      priceOf(strike, "strike"),
      priceOf(settlement, "settlement"),
      number(unit, "unit", "wholeAboveZero"),
      lotsOf(lots),
      orElse(premium, "premium", "notNegative", "0"),
    ),
  );
}

/** A blank cell of a range, which stays blank. */
const isBlank = (cell: unknown): boolean =>
  cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");

/**
 * Lots assigned to each short position when lots are exercised: pro rata, whole lots, the rest to the largest remainders. Equal ones: first listed first; exchanges draw lots.
 * @customfunction OPTION.ASSIGNMENT OPTION.ASSIGNMENT
 * @param {any[][]} shorts Lots short, whole numbers. A range of any shape; all positions of the contract.
 * @param {any} exercised Lots exercised in all, a whole number.
 * @returns {any[][]} Lots assigned, in the shape of the range.
 */
export function optionAssignment(shorts: any[][], exercised: any): any[][] {
  return spill(() => {
    const cells = cellsOf(shorts, "shorts");
    const lots = cells.flatMap((row) =>
      row
        .filter((cell) => !isBlank(cell))
        .map((cell) => numberWithin(cell, "shorts", "wholeNotNegative")),
    );
    const most = number(exercised, "exercised", "wholeNotNegative");
    const assigned = assignment(lots, most).values();
    return cells.map((row) =>
      row.map((cell) => (isBlank(cell) ? "" : (assigned.next().value ?? ""))),
    );
  });
}

const YES: Bilingual = { zh: "是", en: "yes" };
const NO: Bilingual = { zh: "否", en: "no" };
const RIGHT = { call: { zh: "认购/看涨", en: "call" }, put: { zh: "认沽/看跌", en: "put" } };
const STYLE = {
  European: { zh: "欧式", en: "European" },
  American: { zh: "美式", en: "American" },
};
const UNIT_OF: Readonly<Record<string, string>> = {
  shares: "份",
  t: "吨",
  kg: "千克",
  g: "克",
  barrel: "桶",
  "yuan a point": "元/点",
  "HK$ a point": "港元/点",
  "500 kg x 10": "500 千克 × 10",
};
const UNKNOWN: Bilingual = { zh: "未知", en: "unknown" };

/** What the option is on: the ETF, the index, or the future by its own code. */
function underlyingName({ rules, terms, underlying }: Contract): string {
  if (!terms) return both(UNKNOWN);
  if (rules.underlying === "index") {
    return terms.zh.replace(/股指期权$/, "指数").replace(/^小型|期权$/g, "");
  }
  return rules.underlying === "etf" ? `${underlying} ${terms.zh}` : underlying;
}

/** An answer, or the error that stands in its own cell. */
function orError(body: () => Answer): Answer {
  try {
    return body();
  } catch (error) {
    return cellError(error);
  }
}

/** @throws noCalendar where it takes the holidays of a year that are not known */
function knownExpiry({ rules, expiry }: Contract): Day | undefined {
  if (!expiry) return undefined;
  if (expiry.shifted && expiry.day) return expiry.day;
  throw noCalendar("expiry", expiry.month, rules.calendar);
}

const expiryDay = (contract: Contract): Answer =>
  orError(() => knownExpiry(contract) ?? both(UNKNOWN));

/** The trading day n days after expiry, before it where n is negative. */
const besideExpiry = (contract: Contract, n: number): Answer =>
  orError(() => {
    const expiry = knownExpiry(contract);
    return expiry ? tradingDayFrom(expiry, n, contract.rules.calendar) : both(UNKNOWN);
  });

/**
 * What a contract code says: exchange, product, underlying, right, strike, month, expiry day, unit, style, adjusted or not.
 * @customfunction OPTION.CONTRACT OPTION.CONTRACT
 * @param {any} code Contract code. m2701-C-3100, 510050C2612M03100, IO2612-C-4800, SR701C6000, HSI24000L7 …
 * @param {any} [on] Day to read the code on, which settles a one-digit year. Left out: today in Shanghai.
 * @returns {any[][]} Field and value, under a header row.
 */
export function optionContract(code: any, on?: any): any[][] {
  return spill(() => {
    const contract = readContract(wordOf(code, "code"), everyExchange, dayOf(on), "code");
    const { rules, terms } = contract;
    const doubt = terms?.certainty === "confirmed" ? "" : "（凭记忆 from memory）";
    const expiryRule = contract.expiry?.rule.source;
    return [
      ["项目 field", "内容 value"],
      ["交易所 exchange", `${rules.exchange} ${both(rules.name)}`],
      ["品种 product", contract.product],
      ["品名 name", terms?.zh ?? both(UNKNOWN)],
      ["标的 underlying", underlyingName(contract)],
      ["认购认沽 right", both(RIGHT[contract.right])],
      ["行权价格 strike", contract.strike ?? "以合约资料为准 see the contract list"],
      ["合约月份 month", contract.month],
      ["到期日 expiry", expiryDay(contract)],
      ["到期规则 expiry rule", both(expiryRule?.article ?? UNKNOWN)],
      [
        "合约单位 unit",
        contract.unit ??
          (contract.adjusted ? "以合约资料为准 see the contract list" : both(UNKNOWN)),
      ],
      [
        "单位说明 unit of",
        terms ? `${UNIT_OF[terms.unitOf] ?? ""} ${terms.unitOf}${doubt}`.trim() : both(UNKNOWN),
      ],
      ["最小变动 tick", terms?.tick ? amount(terms.tick) : both(UNKNOWN)],
      ["行权方式 style", terms ? both(STYLE[terms.style]) : both(UNKNOWN)],
      ["币种 currency", terms?.currency ?? both(UNKNOWN)],
      ["月度系列 series", both(contract.series ? YES : NO)],
      ["已调整 adjusted", both(contract.adjusted ? YES : NO)],
      ["到期前两个交易日 E-2", besideExpiry(contract, -2)],
      ["到期后一个交易日 E+1", besideExpiry(contract, 1)],
    ];
  });
}
