/** The money an account's margin is measured by: its equity, what of it is free, and what the ratio divides by. */
import { amount, type Amount } from "../core";
import { printedEquity } from "../statements";
import type { BookInputs } from "./book";
import type { Reading } from "./reading";
import type { Standings } from "./standing";

const ZERO = amount("0");

/** The equity on paper. A balance alone lacks what futures have gained or lost since they were opened. */
function equityOnPaper({ account, positions }: Reading): Amount | undefined {
  const figures = account?.figures ?? {};
  const { equity, floatingPnl, markToMarketPnl, dayPnl } = figures;
  const whole = equity ?? floatingPnl ?? markToMarketPnl ?? dayPnl;
  const floats = !whole && positions.some(({ subject }) => subject?.kind === "future");
  return floats ? undefined : printedEquity(figures);
}

export function moneyOf(inputs: BookInputs, reading: Reading) {
  const { profile } = inputs;
  const { marketValueEquity } = reading.account?.figures ?? {};
  const onPaper = equityOnPaper(reading);
  const equity = onPaper ?? inputs.equity;
  // What is typed is what the ratio divides by.
  const base = profile.ratio === "marketValue" ? (marketValueEquity ?? inputs.equity) : equity;
  const { amount: pledged, haircut } = profile.collateral;
  const collateral = amount(pledged).times(amount("1").minus(haircut));
  return {
    equity,
    equityFrom: onPaper ? ("printed" as const) : equity ? ("user" as const) : undefined,
    marketValueEquity,
    denominator: base?.plus(collateral),
  };
}

export function availableOf(
  { account }: Reading,
  equity: Amount | undefined,
  margin: Amount | undefined,
): Pick<Standings, "available" | "availableFrom"> {
  const { available, frozen } = account?.figures ?? {};
  if (available) return { available, availableFrom: "printed" };
  if (!equity || !margin) return { available: undefined, availableFrom: undefined };
  return { available: equity.minus(margin).minus(frozen ?? ZERO), availableFrom: "computed" };
}
