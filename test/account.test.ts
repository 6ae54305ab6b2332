import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  amount,
  breakeven,
  coveredByFuture,
  digits,
  exercisePnl,
  marginCall,
  MarginError,
  payoff,
  riskRatio,
  riskStatus,
  type Amount,
  type ErrorCode,
  type Lines,
} from "../src/core";
import { exchanges } from "../src/exchanges";
import { answerTo } from "./host/cases";
import { caseTable, marginCases } from "./host/case-table";

const n = amount;
const LINES: Lines = {
  watchLine: n("0.8"),
  callLine: n("0.9"),
  liquidationLine: n("1"),
  immediateLine: n("1.2"),
};

function codeOf(action: () => unknown): ErrorCode | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof MarginError) return error.code;
    throw error;
  }
  return undefined;
}

describe("an account under watch, SSE training deck, 9 March 2015", () => {
  type Column =
    "time" | "exchangeMargin" | "brokerMargin" | "companyRisk" | "exchangeRisk" | "status";
  const rows = caseTable<Column>("account.csv");
  const equity = n("3340");
  /** The deck prints per cent with two decimals, half up. */
  const percent = (ratio: Amount): string => ratio.times(100).toFixed(2);

  // The deck prints the option's and the ETF's prices for four of the ten times.
  const priced: Readonly<Record<string, string>> = {
    open: "SSE-OPEN-CALL-2400-20150309",
    "10:00": "SSE-RT-CALL-2400-1000",
    "14:00": "SSE-RT-CALL-2400-1400",
    maintenance: "SSE-MAINT-CALL-2400-20150309",
  };
  const sse = exchanges.find(({ exchange }) => exchange === "SSE");
  const cases = marginCases("SSE");

  test.each(Object.entries(priced))(
    "%s: the rule with a markup of 0.2 gives the broker's figure",
    (time, id) => {
      const printed = rows.find((row) => row.time === time);
      const found = cases.find((row) => row.id === id);
      if (!sse || !found || !printed) throw new Error(id);
      const { total, markup } = answerTo(sse, { ...found, markup: "0.2" });
      expect(digits(total)).toBe(printed.brokerMargin);
      expect(digits(total.minus(markup))).toBe(printed.exchangeMargin);
    },
  );

  test.each(rows.map((row) => [row.time, row] as const))(
    "%s: both figures, ratios and status",
    (_t, row) => {
      const broker = n(row.brokerMargin);
      expect(percent(riskRatio(broker, equity))).toBe(row.companyRisk);
      expect(percent(riskRatio(n(row.exchangeMargin), equity))).toBe(row.exchangeRisk);
      expect(riskStatus(riskRatio(broker, equity), LINES)).toBe(row.status);
    },
  );
});

describe("a short option held against its future", () => {
  test("is premium + futures margin, with markup and lots", () => {
    const covered = { premium: n("300"), futures: n("8640"), unit: n("10"), rate: n("0.05") };
    expect(digits(coveredByFuture({ ...covered, lots: n("1"), markup: n("0") }))).toBe("7320");
    expect(digits(coveredByFuture({ ...covered, lots: n("2"), markup: n("0.2") }))).toBe("17568");
  });
});

describe("exercise and pay-off", () => {
  test("strike 2200, settlement 2210, call: 10 a unit, though 20 was paid (settlement article)", () => {
    const pnl = exercisePnl("call", "long", n("2200"), n("2210"), n("1"), n("1"), n("0"));
    expect(digits(pnl)).toBe("10");
  });

  test.each([
    ["call", "short", "0", "-100"],
    ["call", "short", "20", "100"],
    ["put", "long", "0", "-100"],
    ["put", "short", "0", "100"],
    ["call", "covered", "0", "-100"],
  ] as const)(
    "%s %s with premium %s gives %s for ten units, signed",
    (right, side, paid, expected) => {
      const pnl = exercisePnl(right, side, n("2200"), n("2210"), n("10"), n("1"), n(paid));
      expect(digits(pnl)).toBe(expected);
    },
  );

  test("the pay-off of a short is the mirror of the long's, and zero at the break-even of an exercised option", () => {
    const positive = fc.integer({ min: 1, max: 100_000 }).map((i) => n(i).dividedBy(100));
    fc.assert(
      fc.property(
        fc.constantFrom("call" as const, "put" as const),
        positive,
        positive,
        positive,
        (right, k, p, s) => {
          const long = payoff(right, "long", k, p, s, n("10"), n("3"));
          const short = payoff(right, "short", k, p, s, n("10"), n("3"));
          expect(long.plus(short).isZero()).toBe(true);
          if (right === "put" && p.greaterThan(k)) {
            expect(codeOf(() => breakeven(right, k, p))).toBe("outOfRange");
          } else {
            const even = breakeven(right, k, p);
            expect(payoff(right, "long", k, p, even, n("10"), n("3")).isZero()).toBe(true);
          }
          expect(long.lessThan(p.times(-30))).toBe(false);
        },
      ),
    );
  });
});

describe("risk ratio and status", () => {
  test.each([
    ["0", "100", "0"],
    ["0", "0", "0"],
    ["94.38", "100", "0.9438"],
  ])("margin %s on equity %s is %s", (margin, equity, ratio) => {
    expect(digits(riskRatio(n(margin), n(equity)))).toBe(ratio);
  });

  test("equity of zero has no ratio; below zero is beyond every line, whatever the margin", () => {
    expect(codeOf(() => riskRatio(n("1"), n("0")))).toBe("undefinedRatio");
    expect(codeOf(() => riskRatio(n("1"), n("-1")))).toBe("beyondEveryLine");
    expect(codeOf(() => riskRatio(n("0"), n("-1")))).toBe("beyondEveryLine");
  });

  test.each([
    ["0", "normal"],
    ["0.7999999999", "normal"],
    ["0.8", "watch"],
    ["0.9", "marginCall"],
    ["1", "liquidation"],
    ["1.1999999999", "liquidation"],
    ["1.2", "immediate"],
    ["99", "immediate"],
  ])("a ratio of %s is %s: a line is reached at equality", (ratio, status) => {
    expect(riskStatus(n(ratio), LINES)).toBe(status);
  });

  test("where lines are equal the severest wins", () => {
    expect(riskStatus(n("0.9"), { ...LINES, liquidationLine: n("0.9") })).toBe("liquidation");
  });

  test("lines that decrease and a negative ratio are refused", () => {
    expect(codeOf(() => riskStatus(n("0.5"), { ...LINES, callLine: n("0.7") }))).toBe("outOfRange");
    expect(codeOf(() => riskStatus(n("-0.1"), LINES))).toBe("outOfRange");
  });

  test("the money a call asks for brings the ratio back to the line exactly", () => {
    const money = fc.integer({ min: 1, max: 1_000_000_000 }).map((i) => n(i).dividedBy(100));
    // Lines whose quotient ends, so that equality can be asked for.
    const lines = fc.constantFrom("0.5", "0.8", "1", "1.25");
    fc.assert(
      fc.property(money, money, lines, (margin, equity, line) => {
        const add = marginCall(margin, equity, n(line));
        const after = riskRatio(margin, equity.plus(add));
        if (add.isZero()) expect(after.greaterThan(line)).toBe(false);
        else expect(digits(after)).toBe(digits(n(line)));
      }),
    );
    expect(digits(marginCall(n("471896"), n("-100"), n("1")))).toBe("471996");
  });
});
