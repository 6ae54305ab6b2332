/**
 * What an account's printed figures owe each other; a failure is a problem, never a crash.
 *
 * equity = brought forward + deposits + realised + marked to market + delivery + exercise
 *          + premium received − premium paid − fees (± pledges); the market value of options is not in it.
 * market-value equity = equity + long options − short options.
 * risk degree = margin ÷ equity, or one of the other definitions in use (margin-in-use.ts).
 */
import { amount, digits, type Amount } from "../core";
import type { Draft } from "./draft";
import { close, sum } from "./draft";
import { besideRows, degreeMet, degreesOf, type DegreeKind } from "./margin-in-use";
import { FIGURES, type Account, type AccountFigure, type Place } from "./statement";

const PLUS: readonly AccountFigure[] = [
  "previousBalance",
  "netDeposit",
  "realisedPnl",
  "markToMarketPnl",
  "dayPnl",
  "exercisePnl",
  "deliveryPnl",
  "premiumReceived",
  "netPremium",
];
const MINUS: readonly AccountFigure[] = ["premiumPaid", "commission", "exerciseFee", "deliveryFee"];

/** Brokers differ in whether, and with which sign, these are in the balance. */
const SLACK: readonly AccountFigure[] = [
  "pledge",
  "pledgeChange",
  "fxPledgeIn",
  "fxPledgeOut",
  "fxPledgeChange",
  "collateral",
  "fxCollateral",
  "exercisePnl",
];

type Figures = Account["figures"];

/** The differences that pledges may explain: each once, added or taken away. */
function explained(difference: Amount, figures: Figures): boolean {
  const parts = SLACK.flatMap((figure) => {
    const part = figures[figure];
    return part && !part.isZero() ? [part] : [];
  });
  let reachable: Amount[] = [amount("0")];
  for (const part of parts) {
    reachable = reachable.flatMap((sofar) => [sofar, sofar.plus(part), sofar.minus(part)]);
  }
  return reachable.some((one) => close(one, difference));
}

/** One thing a statement's own figures owe each other. */
export interface Identity {
  readonly figure: "balance" | "equity" | "marketValueEquity" | "riskDegree" | "available";
  readonly printed: Amount;
  /** What the other figures give; of available money the most. */
  readonly expected: Amount;
  readonly holds: boolean;
  /** Of a risk degree, in which way it was worked out. */
  readonly by?: DegreeKind;
}

function balanceIdentities(figures: Figures): Identity[] {
  const { previousBalance, balance, equity, floatingPnl } = figures;
  const pick = (names: readonly AccountFigure[]) => sum(names.map((name) => figures[name]));
  if (!previousBalance || !(equity ?? balance)) return [];
  const carried = pick(PLUS).minus(pick(MINUS));
  const expect = (
    figure: "balance" | "equity",
    expected: Amount,
    printed: Amount | undefined,
  ): Identity[] =>
    printed
      ? [{ figure, printed, expected, holds: explained(printed.minus(expected), figures) }]
      : [];
  // Marked to market, the balance is the equity; offset trade by trade, the floating profit stands outside.
  const floats = floatingPnl && !figures.markToMarketPnl && !figures.dayPnl;
  return [
    ...expect("balance", carried, balance),
    ...expect("equity", floats ? (balance ?? carried).plus(floatingPnl) : carried, equity),
  ];
}

function marketValueIdentity(figures: Figures): Identity[] {
  const { equity, balance, marketValueEquity, marketValueLong, marketValueShort } = figures;
  const base = equity ?? balance;
  if (!base || !marketValueEquity || !marketValueLong || !marketValueShort) return [];
  const expected = base.plus(marketValueLong).minus(marketValueShort);
  const holds = explained(marketValueEquity.minus(expected), figures);
  return [{ figure: "marketValueEquity", printed: marketValueEquity, expected, holds }];
}

function riskDegreeIdentity(figures: Figures): Identity[] {
  const { riskDegree } = figures;
  const [plain] = degreesOf(figures);
  if (!riskDegree || !plain) return [];
  const met = degreeMet(figures);
  const { degree, by } = met ?? plain;
  return [{ figure: "riskDegree", printed: riskDegree, expected: degree, holds: Boolean(met), by }];
}

/** Available money can be less than equity less margin (profit not yet usable, frozen orders), not more. */
function availableIdentity(figures: Figures): Identity[] {
  const { margin, available } = figures;
  const equity = figures.equity ?? figures.balance;
  if (!margin || !equity || !available) return [];
  const expected = equity.minus(margin);
  const beyond = available.minus(expected);
  const holds = beyond.lessThanOrEqualTo(0) || explained(beyond, figures);
  return [{ figure: "available", printed: available, expected, holds }];
}

/** Everything an account's printed figures owe each other, as far as enough of them are printed. */
export const identitiesOf = (figures: Figures): readonly Identity[] => [
  ...balanceIdentities(figures),
  ...marketValueIdentity(figures),
  ...riskDegreeIdentity(figures),
  ...availableIdentity(figures),
];

const percent = (fraction: Amount): string => `${digits(fraction.times(100).toDecimalPlaces(2))}%`;

function noteFailed(draft: Draft, { figure, printed, expected }: Identity, place: Place): void {
  const at = { ...place, column: FIGURES[figure].zh };
  if (figure === "riskDegree") {
    draft.note("riskDegreeDiffers", at, { printed: percent(printed), expected: percent(expected) });
  } else if (figure === "available") {
    draft.note("availableTooHigh", at, { printed: digits(printed), expected: digits(expected) });
  } else {
    draft.note("balanceDiffers", at, {
      column: FIGURES[figure],
      expected: digits(expected),
      printed: digits(printed),
      difference: digits(printed.minus(expected)),
    });
  }
}

/** Checks what the figures printed allow to be checked; `needed` ones that are absent are problems. */
export function checkAccount(
  draft: Draft,
  { figures }: Account,
  place: Place,
  needed: readonly AccountFigure[],
): void {
  for (const figure of needed) {
    if (figures[figure]) continue;
    draft.note("noFigure", { ...place, column: FIGURES[figure].zh }, { column: FIGURES[figure] });
  }
  const { previousBalance, equity, balance } = figures;
  if (!previousBalance || !(equity ?? balance)) draft.leaveUnproved();
  for (const identity of identitiesOf(figures)) {
    if (!identity.holds) noteFailed(draft, identity, place);
  }
}

/**
 * Margins of the rows against the account's: rows below it are missing rows, unless what is missing is the delivery or
 * exercise margin that is printed beside it and that some count in; rows above it can be the relief for the larger side
 * or for combinations, which proves nothing either way.
 */
export function checkMargin(draft: Draft, rows: Amount, figures: Figures, place: Place): void {
  const { margin: printed } = figures;
  const counted = besideRows(figures, rows);
  if (counted) {
    draft.control(FIGURES.margin, rows.plus(counted), printed, place);
  } else if (printed && rows.greaterThan(printed.plus("0.01"))) {
    draft.note("marginAboveAccount", place, { rows: digits(rows), printed: digits(printed) });
    draft.leaveUnproved();
  } else {
    draft.control(FIGURES.margin, rows, printed, place);
  }
}
