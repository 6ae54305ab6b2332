/** Accounts followed day by day, as the tests of the ledger do it. */
import { expect } from "@jest/globals";
import {
  amount,
  digits,
  ledger,
  readEvents,
  sentence,
  type LedgerDay,
  type LedgerFigures,
} from "../../src/core";
import { exchanges } from "../../src/exchanges";
import { dayOfCell } from "../../src/functions/cell";

export type Cells = readonly (readonly unknown[])[];

/** A ledger in the core. */
export const worked = (cells: Cells, opening = 0, markup = 0): readonly LedgerDay[] =>
  ledger(readEvents(cells), {
    exchanges,
    dayOfCell,
    opening: amount(opening),
    markup: amount(markup),
  });

export function figuresOf(day: LedgerDay | undefined): LedgerFigures {
  if (day && "figures" in day) return day.figures;
  throw day?.error ?? new Error("there is no such day");
}

/** What must hold on every day. */
export function balanced(day: LedgerFigures): void {
  const moved = day.deposits
    .minus(day.withdrawals)
    .plus(day.premiumIn)
    .minus(day.premiumOut)
    .plus(day.futuresPnl)
    .plus(day.exerciseCash)
    .plus(day.shareCash)
    .minus(day.fees);
  expect(digits(day.balance)).toBe(digits(day.previous.plus(moved)));
  expect(digits(day.available)).toBe(digits(day.balance.minus(day.margin)));
  expect(digits(day.marketEquity)).toBe(
    digits(day.balance.plus(day.longValue).minus(day.shortValue).plus(day.shareValue)),
  );
  for (const figure of ["margin", "frozen", "released", "premiumIn", "premiumOut"] as const) {
    expect(day[figure].greaterThanOrEqualTo(0)).toBe(true);
  }
}

export const HEADER = [
  "date",
  "event",
  "contract",
  "side",
  "lots",
  "price",
  "settlement",
  "underlying",
  "rate",
  "amount",
  "fee",
];

/** Why each day of a ledger has no figures; "" where it has them. */
export const saidOf = (rows: Cells, header: readonly string[] = HEADER): string[] =>
  worked([header, ...rows]).map((day) => ("error" in day ? sentence(day.error).en : ""));

/** An event by its columns, as a row under a header. */
export const rowUnder =
  (header: readonly string[]) =>
  (date: string, event: string, contract: string, cells: Readonly<Record<string, unknown>> = {}) =>
    header.map((column) => ({ date, event, contract, ...cells })[column] ?? "");
