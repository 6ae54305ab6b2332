import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { amount, maxLots, type Amount } from "../src/core";
import type { CellError } from "../src/functions/cell";
import { marginShort } from "../src/functions/margin";
import { marginMaxLots } from "../src/functions/max-lots";

const ON = "2015-03-09";
/** The published account: 3344.4 a lot at the close, 3340 of equity. */
const CALL = ["510050C1503M02400", 0.0498, 2.397] as const;

const refusal = (run: () => unknown): CellError => {
  try {
    run();
  } catch (error) {
    return error as CellError;
  }
  throw new Error("it answered");
};

describe("the most lots", () => {
  test("of the published call at 3344.4 a lot: none for 3340, eleven for 50,000 below 80 %", () => {
    const lots = (equity: number, line?: number) =>
      marginMaxLots(...CALL, equity, line, undefined, undefined, undefined, ON);
    expect(marginShort(...CALL, undefined, 1, 0, ON)).toBe(3344.4);
    expect(lots(3340, 1)).toBe(0);
    expect(lots(50000)).toBe(11);
  });

  test("stay below the line: exactly on it counts as reached", () => {
    const lots = (equity: number, used = 0) =>
      marginMaxLots(...CALL, equity, 1, undefined, used, 0, ON);
    expect(lots(6688.8)).toBe(1);
    expect(lots(6688.81)).toBe(2);
    expect(lots(10000, 3311.2)).toBe(1);
    expect(lots(10000, 10000)).toBe(0);
    expect(lots(-5000)).toBe(0);
  });

  test("are more where the premium received counts at once", () => {
    // 3344.4 takes, 0.8 × 498 comes back: 40,000 ÷ 2946 leaves room for 13.
    const lots = marginMaxLots(...CALL, 50000, 0.8, undefined, 0, 0, ON, true);
    expect(lots).toBe(13);
    expect(marginMaxLots(...CALL, 50000, 0.8, undefined, 0, 0, ON, "是")).toBe(lots);
    expect(marginMaxLots(...CALL, 50000, 0.8, undefined, 0, 0, ON, "否")).toBe(11);
  });

  test("of a put at its cap may have no largest number, and that is said", () => {
    // A put's margin ends at its strike; a premium above it would bring more than it takes.
    const put = ["510050P1503M02400", 2.3, 0.01] as const;
    expect(marginMaxLots(...put, 100000, 1, undefined, 0, 0, ON, false)).toBeGreaterThan(0);
    const error = refusal(() => marginMaxLots(...put, 100000, 1.1, undefined, 0, 0, ON, true));
    expect(error.code).toBe("#N/A");
    expect(error.message).toContain("权利金现为 23000，每手收到的权利金抵得过");
    expect(error.message).toContain("premium is 23000: each lot's premium brings at least");
  });

  test("ask for TRUE or FALSE and nothing else", () => {
    for (const word of ["maybe", 2, "constructor"]) {
      const run = () => marginMaxLots(...CALL, 50000, 0.8, undefined, 0, 0, ON, word);
      expect(refusal(run).message).toContain("use TRUE or FALSE");
    }
  });
});

const money = (most: number) =>
  fc.integer({ min: 1, max: most }).map((n) => amount(n).dividedBy(100));

test("n lots are below the line and n + 1 are not", () => {
  let positive = 0;
  fc.assert(
    fc.property(
      fc.record({
        each: money(5_000_000),
        premiumShare: fc.integer({ min: 0, max: 100 }),
        equity: money(1_000_000_000),
        line: fc.constantFrom("0.8", "0.9", "1", "1.2"),
        used: money(500_000_000),
        premiumCounts: fc.boolean(),
        /** Margin in use that puts so many lots exactly on the line. */
        exact: fc.option(fc.integer({ min: 1, max: 500 })),
      }),
      ({ each, premiumShare, equity, line: at, used, premiumCounts, exact }) => {
        const line = amount(at);
        const premium = each.times(premiumShare).dividedBy(200);
        const takes = premiumCounts ? each.minus(line.times(premium)) : each;
        const onLine = line.times(equity).minus(takes.times(exact ?? 0));
        const marginUsed = exact && onLine.greaterThanOrEqualTo(0) ? onLine : used;
        const room = { margin: each, premium, equity, line, marginUsed, premiumCounts };
        const below = (n: Amount): boolean => {
          const then = premiumCounts ? equity.plus(premium.times(n)) : equity;
          return marginUsed.plus(each.times(n)).lessThan(line.times(then));
        };
        const n = maxLots(room);
        expect(n.isInteger() && !n.isNegative()).toBe(true);
        expect(below(n.plus(1))).toBe(false);
        if (n.isZero()) return;
        expect(below(n)).toBe(true);
        positive += 1;
      },
    ),
    { seed: 20261120, numRuns: 500 },
  );
  expect(positive).toBeGreaterThan(200);
});
