import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  ADDITIVE,
  amount,
  editionOn,
  run,
  shortMargin,
  type Amount,
  type Right,
  type RuleSet,
  type ShortContract,
  type ShortMargin,
} from "../src/core";
import { exact } from "../src/core/number";
import { exchanges } from "../src/exchanges";
import { fraction, fractions, shown } from "./host/fraction";

const ON = "2026-11-20";
const RUNS = { numRuns: 400 };

/** A positive figure with up to `decimals` decimals, as digits. */
const figure = (most: number, decimals: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: most }).map((n) =>
    amount(n)
      .dividedBy(10 ** decimals)
      .toFixed(),
  );

interface Drawn {
  right: Right;
  settlement: string;
  underlying: string;
  strike: string;
  multiplier: string;
  rate: string;
}

/** Strikes lie within a fifth of the underlying as often as anywhere: that is where the branches meet. */
const contracts: fc.Arbitrary<Drawn> = fc
  .record({
    right: fc.constantFrom<Right>("call", "put"),
    settlement: figure(2_000_000, 4),
    underlying: figure(2_000_000, 4),
    anywhere: figure(2_000_000, 4),
    near: fc.option(fc.integer({ min: 800, max: 1200 }), { freq: 1 }),
    multiplier: figure(30_000, 0),
    rate: figure(400, 3),
  })
  .map(({ near, anywhere, ...drawn }) => ({
    ...drawn,
    strike: near ? amount(drawn.underlying).times(near).dividedBy(1000).toFixed() : anywhere,
  }));

const contractOf = <N>(
  drawn: Drawn,
  of: (digits: string) => N,
  givenRate = true,
): ShortContract<N> => ({
  right: drawn.right,
  terms: {
    settlement: of(drawn.settlement),
    underlying: of(drawn.underlying),
    strike: of(drawn.strike),
    multiplier: of(drawn.multiplier),
  },
  rate: givenRate ? of(drawn.rate) : undefined,
});

const one = { lots: amount(1), markup: amount(0), on: ON };

/** The exchange's own rate where it has one, the drawn one where the contract needs it. */
const marginOf = (rules: RuleSet, drawn: Drawn, changes: Partial<Drawn> = {}): ShortMargin => {
  const givenRate = rules.underlying === "future";
  return shortMargin(rules, contractOf({ ...drawn, ...changes }, amount, givenRate), one);
};

const scaled = (digits: string, by: string): string => amount(digits).times(by).toFixed();

test("the drawn contracts bind on both branches, in and out of the money", () => {
  const sse = exchanges.find(({ exchange }) => exchange === "SSE") as RuleSet;
  const kinds = fc.sample(contracts, { numRuns: 400, seed: 1 }).map((drawn) => {
    const { branch, outOfTheMoney } = marginOf(sse, drawn);
    return `${branch} ${outOfTheMoney.isZero() ? "in" : "out"}`;
  });
  for (const kind of ["basic in", "basic out", "minimum out", "cap in"]) {
    expect(kinds.filter((one) => one === kind).length).toBeGreaterThan(8);
  }
});

describe.each(exchanges.map((rules) => [rules.exchange, rules] as const))("%s", (name, rules) => {
  test("decimals and fractions agree to the last digit on every term of the working", () => {
    fc.assert(
      fc.property(contracts, (drawn) => {
        const edition = editionOn(rules, ON);
        // A given ETF ratio scales its floor by 7/12, which need not end: only rates that are the edition's.
        const givenRate = !edition.rate;
        const ours = run(exact, edition, contractOf(drawn, amount, givenRate)).working;
        const theirs = run(fractions, edition, contractOf(drawn, fraction, givenRate)).working;
        for (const term of Object.keys(ours) as (keyof typeof ours)[]) {
          expect(ours[term].toFixed().replace(/^-0$/, "0")).toBe(shown(theirs[term]));
        }
      }),
      RUNS,
    );
  });

  test("the additive terms add up to the total, and twelve lots at a markup are the same rule", () => {
    fc.assert(
      fc.property(contracts, figure(2000, 3), (drawn, markup) => {
        const terms = { lots: amount(12), markup: amount(markup), on: ON };
        const result = shortMargin(
          rules,
          contractOf(drawn, amount, rules.underlying === "future"),
          terms,
        );
        const sum = ADDITIVE.reduce((total, term) => total.plus(result[term]), exact.zero);
        expect(sum.toFixed()).toBe(result.total.toFixed());
        const single = marginOf(rules, drawn).total;
        expect(result.total.toFixed()).toBe(
          single.times(12).times(amount(markup).plus(1)).toFixed(),
        );
      }),
      RUNS,
    );
  });

  test("the deduction is never negative, and the margin never below the minimum unless capped", () => {
    fc.assert(
      fc.property(contracts, (drawn) => {
        const { premium, outOfTheMoney, minimum, total, lift, cut, branch } = marginOf(
          rules,
          drawn,
        );
        expect(outOfTheMoney.greaterThan(0)).toBe(false);
        expect(lift.lessThan(0)).toBe(false);
        expect(cut.greaterThan(0)).toBe(false);
        if (branch !== "cap") expect(total.lessThan(premium.plus(minimum))).toBe(false);
        expect(total.lessThan(0)).toBe(false);
      }),
      RUNS,
    );
  });

  test("doubling the multiplier doubles the margin", () => {
    fc.assert(
      fc.property(contracts, (drawn) => {
        const doubled = marginOf(rules, drawn, { multiplier: scaled(drawn.multiplier, "2") });
        expect(doubled.total.toFixed()).toBe(marginOf(rules, drawn).total.times(2).toFixed());
      }),
      RUNS,
    );
  });

  test("a call's margin never falls as the underlying rises", () => {
    fc.assert(
      fc.property(contracts, figure(3000, 3), (drawn, more) => {
        const call = { ...drawn, right: "call" as const };
        const higher = amount(call.underlying).plus(more).toFixed();
        const after = marginOf(rules, call, { underlying: higher }).total;
        expect(after.lessThan(marginOf(rules, call).total)).toBe(false);
      }),
      RUNS,
    );
  });

  test("a dearer option never has a lower margin", () => {
    fc.assert(
      fc.property(contracts, (drawn) => {
        const dearer = marginOf(rules, drawn, {
          settlement: scaled(drawn.settlement, "1.1"),
        }).total;
        expect(dearer.lessThan(marginOf(rules, drawn).total)).toBe(false);
      }),
      RUNS,
    );
  });

  if (rules.underlying === "etf") {
    test("a put's margin is never above strike × unit", () => {
      fc.assert(
        fc.property(contracts, (drawn) => {
          const put = { ...drawn, right: "put" as const };
          const cap: Amount = amount(put.strike).times(put.multiplier);
          expect(marginOf(rules, put).total.greaterThan(cap)).toBe(false);
        }),
        RUNS,
      );
    });

    test("a given ratio scales the floor by seven twelfths", () => {
      fc.assert(
        fc.property(contracts, (drawn) => {
          const { figures } = shortMargin(rules, contractOf(drawn, amount), one);
          const twelfth = amount(drawn.rate).times(7).dividedBy(12);
          expect(figures["minimumRatio"]?.toFixed()).toBe(twelfth.toFixed());
        }),
        RUNS,
      );
    });
  }

  if (name === "ZCE.LEGACY") {
    test("gives the current rule's figure wherever the out-of-the-money amount is at most the futures margin", () => {
      const zce = exchanges.find(({ exchange }) => exchange === "ZCE") as RuleSet;
      fc.assert(
        fc.property(contracts, (drawn) => {
          const today = marginOf(zce, drawn);
          const withinReach = today.branch === "basic";
          const older = marginOf(rules, drawn).total;
          if (withinReach) expect(older.toFixed()).toBe(today.total.toFixed());
          else expect(older.lessThan(today.total)).toBe(true);
        }),
        RUNS,
      );
    });
  }
});
