import {
  blank,
  both,
  historicalVolatility,
  impliedVolatility,
  MarginError,
  numberWithin,
  richness,
  VERDICT,
} from "../core";
import {
  answer,
  cellError,
  cellsOf,
  double,
  doubleOr,
  orElse,
  rightOf,
  spill,
  type Answer,
} from "./cell";

/**
 * Dear or cheap: an option's market price against its Black-76 price at a volatility of your own, given or historical. Estimates; European exercise.
 * @customfunction OPTION.RICHNESS OPTION.RICHNESS
 * @param {any} right Call or put. C, P, call, put, 认购, 认沽, 看涨 or 看跌.
 * @param {any} price Market price of the option per quoted unit. The bid for a seller, the ask for a buyer.
 * @param {any} forward Forward price of the underlying, per quoted unit. For an option on a future, the future's price.
 * @param {any} strike Strike per quoted unit.
 * @param {any} years Time left, in years. 30 days are 30/365.
 * @param {any} volatility Volatility a year it is measured by, a fraction. Your own, or OPTION.HISTVOL's.
 * @param {any} [rate] Interest rate, continuously compounded, a fraction. Left out: 0.
 * @returns {any[][]} Theoretical price, market price less it, that as a fraction of it, implied volatility, and dear, cheap or fair, under a header row.
 */
export function optionRichness(
  right: any,
  price: any,
  forward: any,
  strike: any,
  years: any,
  volatility: any,
  rate?: any,
): any[][] {
  return spill(() => {
    const way = rightOf(right);
    const [market, ahead, at] = [
      double(price, "price", "aboveZero"),
      double(forward, "forward", "aboveZero"),
      double(strike, "strike", "aboveZero"),
    ];
    const left = double(years, "years", "years");
    const sigma = double(volatility, "volatility", "volatility");
    const interest = doubleOr(rate, "interestRate", "interest", 0);
    const { theoretical, difference, verdict } = richness(
      ...([way, market, ahead, at, left, sigma, interest] as const),
    );
    let implied: Answer;
    try {
      implied = impliedVolatility(way, market, ahead, at, left, interest);
    } catch (error) {
      implied = cellError(error);
    }
    return [
      HEADER,
      [
        theoretical,
        difference,
        theoretical > 0 ? difference / theoretical : WORTHLESS,
        implied,
        both(VERDICT[verdict]),
      ],
    ];
  });
}

const HEADER = [
  "理论价 theoretical",
  "市价减理论价 difference",
  "差额比例 difference ratio",
  "隐含波动率 implied volatility",
  "贵贱 verdict",
];
const WORTHLESS = "理论价为 0 theoretical is 0";

/** A year of the mainland exchanges has 242 to 244 trading days. */
const TRADING_DAYS = "242";

/**
 * Historical volatility a year from closes, close to close: an estimate.
 * @customfunction OPTION.HISTVOL OPTION.HISTVOL
 * @param {any[][]} prices Closes of the underlying, a row or a column, one period apart. At least 3; none missing in between.
 * @param {any} [periodsPerYear] Periods a year. Left out: 242, days; 52 for weeks.
 * @returns {number} Volatility a year, a fraction.
 */
export function optionHistVol(prices: any[][], periodsPerYear?: any): number {
  return answer(() =>
    historicalVolatility(
      closesOf(prices),
      orElse(periodsPerYear, "periodsPerYear", "aboveZero", TRADING_DAYS).toNumber(),
    ),
  );
}

/** Closes of one row or column; blank cells at either end are passed over. */
function closesOf(value: unknown): number[] {
  const rows = cellsOf(value, "prices");
  if (rows.length > 1 && rows.some(({ length }) => length > 1)) {
    throw new MarginError("outOfRange", { argument: "prices", value, must: "aLine" });
  }
  const cells = rows.flat();
  const written = [...cells.keys()].filter((index) => !blank(cells[index]));
  const closes = cells.slice(written[0] ?? cells.length, (written.at(-1) ?? 0) + 1);
  return closes.map((cell) => {
    if (!blank(cell)) return numberWithin(cell, "prices", "aboveZero").toNumber();
    throw new MarginError("notAllowed", { argument: "prices", value: cell, detail: "middleBlank" });
  });
}
