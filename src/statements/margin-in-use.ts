/**
 * What an account's margin comes to. Delivery and exercise margin stand beside it on some papers; brokers differ in
 * whether their risk degree counts them in, and in what it divides by what.
 */
import type { Amount } from "../core";
import type { Account } from "./statement";

type Figures = Account["figures"];

/** A margin in use, with a risk degree it would be printed as. */
interface DegreeReading {
  readonly used: Amount;
  readonly degree: Amount;
  readonly by: DegreeKind;
}

/** Margin over equity, equity over margin, or margin over market-value equity. */
export type DegreeKind = "ofEquity" | "equityOver" | "ofMarketValue";

/** Printed as a per cent with two decimals, but not by all: some cut, some print fewer. */
const DEGREE = "0.0005";

/** Offset trade by trade, the floating profit stands outside the balance; marked to market, it is in it. */
export function printedEquity(figures: Figures): Amount | undefined {
  const { equity, balance, floatingPnl, markToMarketPnl, dayPnl } = figures;
  if (equity) return equity;
  const floats = floatingPnl && !markToMarketPnl && !dayPnl;
  return floats ? balance?.plus(floatingPnl) : balance;
}

/** The printed margin with what may be counted in beside it: the most first. */
function marginsOf({ margin, deliveryMargin, exerciseMargin }: Figures): readonly Amount[] {
  if (!margin) return [];
  const [delivery, exercise] = [deliveryMargin ?? 0, exerciseMargin ?? 0];
  return [
    margin.plus(delivery).plus(exercise),
    margin.plus(delivery),
    margin.plus(exercise),
    margin,
  ];
}

/** Every way a risk degree is worked out; the plain one, of everything in use, first. */
export function degreesOf(figures: Figures): readonly DegreeReading[] {
  const equity = printedEquity(figures);
  const { marketValueEquity } = figures;
  if (!equity?.greaterThan(0)) return [];
  return marginsOf(figures).flatMap((used) => [
    { used, degree: used.dividedBy(equity), by: "ofEquity" as const },
    ...(used.isZero() ? [] : [{ used, degree: equity.dividedBy(used), by: "equityOver" as const }]),
    ...(marketValueEquity?.greaterThan(0)
      ? [{ used, degree: used.dividedBy(marketValueEquity), by: "ofMarketValue" as const }]
      : []),
  ]);
}

/** The reading that comes nearest to the printed degree; undefined where none meets it. */
function nearest(figures: Figures, riskDegree: Amount): DegreeReading | undefined {
  const off = ({ degree }: DegreeReading): Amount => degree.minus(riskDegree).abs();
  const [best] = [...degreesOf(figures)].sort((a, b) => off(a).comparedTo(off(b)));
  return best && off(best).lessThanOrEqualTo(DEGREE) ? best : undefined;
}

/** The way in which the printed risk degree was worked out; undefined where none meets it. */
export const degreeMet = (figures: Figures): DegreeReading | undefined =>
  figures.riskDegree && nearest(figures, figures.riskDegree);

/** Whether a printed risk degree is met by none of its definitions; one that can't be checked contradicts nothing. */
export function contradictsDegree(figures: Figures): boolean {
  const { riskDegree } = figures;
  return Boolean(riskDegree && degreesOf(figures).length > 0 && !nearest(figures, riskDegree));
}

/** What rounding can leave between the rows and a total. */
const FEN = "0.01";

/** Delivery or exercise margin that the printed margin counts in beside its rows' sum; undefined where it counts none. */
export function besideRows(
  { margin, deliveryMargin, exerciseMargin }: Figures,
  rows: Amount,
): Amount | undefined {
  const beyond = margin?.minus(rows);
  const both = deliveryMargin && exerciseMargin && deliveryMargin.plus(exerciseMargin);
  return [deliveryMargin, exerciseMargin, both].find(
    (one) => one?.greaterThan(0) && beyond?.minus(one).abs().lessThanOrEqualTo(FEN),
  );
}

/** The printed margin with what the risk degree counts in beside it; where that doesn't tell, with all of it. */
export function printedMarginInUse(figures: Figures): Amount | undefined {
  const { riskDegree } = figures;
  const told = riskDegree && nearest(figures, riskDegree);
  return told ? told.used : marginsOf(figures)[0];
}
