import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  amount,
  assignment,
  atExpiry,
  checkExerciseDay,
  combinedExercise,
  digits,
  exerciseRuleOn,
  freedAtOnce,
  exercisePnl,
  futureSide,
  MarginError,
  neededForFutures,
  neededForShares,
  nettedFutures,
  obligations,
  sentence,
  type Amount,
  type AssignedShort,
  type Right,
  type RuleSet,
  type Side,
} from "../src/core";
import { exchanges } from "../src/exchanges";
import { cffex } from "../src/exchanges/cffex";
import { dce } from "../src/exchanges/dce";
import { shfe } from "../src/exchanges/shfe";
import { sse } from "../src/exchanges/sse";
import { caseTable } from "./host/case-table";

const whole = (...lots: number[]): Amount[] => lots.map((n) => amount(n));
const SEED = { seed: 20261122 };

type Column =
  "id" | "right" | "side" | "strike" | "settlement" | "unit" | "lots" | "premium" | "pnl";

test.each(caseTable<Column>("exercise.csv").map((row) => [row.id, row] as const))(
  "%s: profit and loss of exercise are exact",
  (_, { right, side, strike, settlement, unit, lots, premium, pnl }) => {
    const [k, s, u, n, p] = [strike, settlement, unit, lots, premium].map(amount) as [
      ...[Amount, Amount, Amount, Amount, Amount],
    ];
    expect(digits(exercisePnl(right as Right, side as Side, k, s, u, n, p))).toBe(pnl);
  },
);

describe("assignment", () => {
  const assigned = (shorts: number[], exercised: number): number[] =>
    assignment(whole(...shorts), amount(exercised)).map((n) => n.toNumber());

  test.each([
    ["pro rata where it comes out even", [1000, 9000], 8000, [800, 7200]],
    ["the rest to the largest remainder", [3, 3, 4], 5, [2, 1, 2]],
    ["largest first, not first listed", [1, 2, 4], 3, [0, 1, 2]],
    ["equal remainders, first listed first", [1, 1, 1], 2, [1, 1, 0]],
    ["all of them", [5, 0, 7], 12, [5, 0, 7]],
    ["none", [5, 7], 0, [0, 0]],
    ["nobody short and nothing exercised", [0, 0], 0, [0, 0]],
    ["no position at all", [], 0, []],
    // 0.1 + 0.2 in doubles would put these in another order.
    ["a tie that doubles would break", [10, 20, 70], 5, [1, 1, 3]],
  ] as [string, number[], number, number[]][])("is %s", (_, shorts, exercised, expected) => {
    expect(assigned(shorts, exercised)).toEqual(expected);
  });

  test("of numbers beyond what doubles hold is exact", () => {
    const [a, b] = assignment(
      [amount("999999999999999"), amount("999999999999998")],
      amount("999999999999999"),
    ).map(digits);
    expect([a, b]).toEqual(["500000000000000", "499999999999999"]);
  });

  test("never exceeds a position, adds up, is within a lot of pro rata, and treats larger positions no worse", () => {
    const book = fc
      .array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 30 })
      .chain((shorts) => {
        const total = shorts.reduce((sum, n) => sum + n, 0);
        return fc.tuple(fc.constant(shorts), fc.integer({ min: 0, max: total }));
      });
    fc.assert(
      fc.property(book, ([shorts, exercised]) => {
        const total = shorts.reduce((sum, n) => sum + n, 0);
        const given = assigned(shorts, exercised);
        expect(given.reduce((sum, n) => sum + n, 0)).toBe(exercised);
        shorts.forEach((short, i) => {
          const lots = given[i] ?? -1;
          expect(lots >= 0 && lots <= short).toBe(true);
          expect(Math.abs(lots * total - short * exercised)).toBeLessThan(Math.max(total, 1));
          shorts.forEach((other, j) => {
            if (other > short) expect(given[j]).toBeGreaterThanOrEqual(lots);
          });
        });
      }),
      SEED,
    );
  });

  test("of more than is short is refused", () => {
    expect(refusal(() => assigned([3, 4], 8))).toBe(
      "exercised must not be above the shorts in all (shorts 7); it is 8",
    );
  });
});

describe("at expiry", () => {
  const at = (
    rules: RuleSet,
    on: string,
    [right, strike, settlement, lots]: [Right, string, string, number],
    told: { exercise?: number; abandon?: number } = {},
  ) => {
    const { exercised, lapsed, loss } = atExpiry(
      exerciseRuleOn(rules, on),
      right,
      amount(strike),
      amount(settlement),
      amount("10"),
      amount(lots),
      { exercise: amount(told.exercise ?? 0), abandon: amount(told.abandon ?? 0) },
    );
    return [exercised, lapsed, loss].map((n) => n.toNumber());
  };
  const ON = "2026-11-20";

  test("commodity and index options in the money are exercised by themselves, all else lapses", () => {
    for (const rules of exchanges.filter(
      ({ underlying, exercise }) => exercise && underlying !== "etf",
    )) {
      expect(at(rules, ON, ["call", "3000", "3000.5", 4])).toEqual([4, 0, 0]);
      expect(at(rules, ON, ["call", "3000", "3000", 4])).toEqual([0, 4, 0]);
      expect(at(rules, ON, ["put", "3000", "3000", 4])).toEqual([0, 4, 0]);
      expect(at(rules, ON, ["put", "3000", "2999.5", 4])).toEqual([4, 0, 0]);
    }
  });

  test("ETF options are exercised by instruction only", () => {
    expect(at(sse, ON, ["call", "3", "4", 5])).toEqual([0, 5, 0]);
    expect(at(sse, ON, ["call", "3", "4", 5], { exercise: 2 })).toEqual([2, 3, 0]);
  });

  test("out of the money an instruction is taken, and what it loses is told", () => {
    expect(at(shfe, ON, ["call", "3000", "2990", 4], { exercise: 3 })).toEqual([3, 1, 300]);
    expect(at(sse, ON, ["put", "3", "3.1", 1], { exercise: 1 })).toEqual([1, 0, 1]);
  });

  test("lots may be abandoned where the exchange takes a number; at Dalian so since June 2025", () => {
    const inTheMoney: [Right, string, string, number] = ["call", "3000", "3100", 4];
    expect(at(shfe, ON, inTheMoney, { abandon: 1 })).toEqual([3, 1, 0]);
    expect(at(dce, ON, inTheMoney, { abandon: 1 })).toEqual([3, 1, 0]);
    expect(at(dce, "2024-01-02", inTheMoney, { abandon: 4 })).toEqual([0, 4, 0]);
    expect(refusal(() => at(dce, "2024-01-02", inTheMoney, { abandon: 1 }))).toBe(
      "abandoned is 1: the exchange takes an abandonment of the whole position only",
    );
    expect(refusal(() => at(sse, ON, inTheMoney, { abandon: 1 }))).toContain(
      "without an instruction",
    );
  });

  test("more lots than there are is refused", () => {
    const held: [Right, string, string, number] = ["call", "3000", "3100", 4];
    expect(refusal(() => at(shfe, ON, held, { exercise: 5 }))).toBe(
      "exercised must not be above the lots held (lots 4); it is 5",
    );
    expect(refusal(() => at(shfe, ON, held, { exercise: 2, abandon: 3 }))).toContain("abandoned");
  });

  test("what is exercised and what lapses is what was held", () => {
    const sum = fc
      .integer({ min: 1, max: 50 })
      .chain((lots) => fc.tuple(fc.constant(lots), fc.integer({ min: 0, max: lots })));
    fc.assert(
      fc.property(
        sum,
        fc.constantFrom<Right>("call", "put"),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        ([lots, exercise], right, strike, settlement) => {
          for (const rules of [shfe, sse]) {
            const [exercised = -1, lapsed = -1, loss = -1] = at(
              rules,
              ON,
              [right, String(strike), String(settlement), lots],
              { exercise },
            );
            expect([exercised + lapsed, exercised >= exercise]).toEqual([lots, true]);
            expect(loss >= 0).toBe(true);
          }
        },
      ),
      SEED,
    );
  });

  test("there is no rule before an exchange had options", () => {
    expect(refusal(() => exerciseRuleOn(sse, "2014-01-01"))).toBe(
      "no rule for 2014-01-01 (first: SSE 2015-02-09)",
    );
  });
});

describe("the day of exercise", () => {
  test.each([
    [
      "European",
      "2026-12-22",
      "2026-12-23",
      'on is "2026-12-22": a European option is exercised on its expiry day only',
    ],
    ["European", "2026-12-23", "2026-12-23", ""],
    ["European", "2026-12-24", "2026-12-23", 'on is "2026-12-24": the contract has expired'],
    ["European", "2026-12-23", undefined, "expiry is missing"],
    ["American", "2026-12-01", "2026-12-16", ""],
    ["American", "2026-12-16", "2026-12-16", ""],
    ["American", "2026-12-01", undefined, ""],
    ["American", "2026-12-17", "2026-12-16", 'on is "2026-12-17": the contract has expired'],
  ] as const)("%s, on %s of %s: %s", (style, on, expiry, said) => {
    expect(refusal(() => checkExerciseDay(style, on, expiry)) ?? "").toBe(said);
  });

  test("is named as the caller names it", () => {
    expect(refusal(() => checkExerciseDay("American", "2026-12-17", "2026-12-16", "date"))).toBe(
      'date is "2026-12-17": the contract has expired',
    );
    const named = (): string => {
      try {
        exerciseRuleOn(sse, "2014-01-01", "date");
      } catch (error) {
        if (error instanceof MarginError) return error.params.argument;
      }
      return "";
    };
    expect(named()).toBe("date");
  });
});

describe("exercise takes", () => {
  const shown = ({ cash, shares }: { cash: Amount; shares: Amount }) => [
    digits(cash),
    digits(shares),
  ];
  const [unit, lots] = [amount("10000"), amount("2")];

  test("the strike in cash for an ETF call, the shares for a put", () => {
    expect(shown(neededForShares("call", amount("3.1"), unit, lots))).toEqual(["62000", "0"]);
    expect(shown(neededForShares("put", amount("3.1"), unit, lots))).toEqual(["0", "20000"]);
  });

  test("the future's margin, the fee and what it is out of the money for an option on a future", () => {
    const needed = (right: Right, futures: string) =>
      shown(
        neededForFutures(
          right,
          amount("3000"),
          amount(futures),
          amount("10"),
          lots,
          amount("2100"),
          amount("1.5"),
        ),
      );
    expect(needed("call", "3050")).toEqual(["4203", "0"]);
    expect(needed("call", "2950")).toEqual(["5203", "0"]);
    expect(needed("put", "3050")).toEqual(["5203", "0"]);
  });

  test("gives the call's holder and the put's seller a long future, the others a short one", () => {
    expect([
      futureSide("call", "long"),
      futureSide("put", "short"),
      futureSide("call", "short"),
      futureSide("put", "long"),
    ]).toEqual(["long", "long", "short", "short"]);
  });

  test("sets futures off against opposite ones up to the lots obtained", () => {
    const netted = (obtained: number, opposite: number) =>
      Object.values(nettedFutures(amount(obtained), amount(opposite))).map(Number);
    expect(netted(3, 5)).toEqual([3, 0, 2]);
    expect(netted(5, 3)).toEqual([3, 2, 0]);
    expect(netted(5, 0)).toEqual([0, 5, 0]);
  });

  test("of a call and a put together pays the difference of the strikes, without shares", () => {
    expect(digits(combinedExercise(amount("2.9"), amount("3.1"), unit, lots))).toBe("4000");
    for (const put of ["2.9", "2.8"]) {
      expect(refusal(() => combinedExercise(amount("2.9"), amount(put), unit, lots))).toBe(
        `putStrike must be above the call's strike (callStrike 2.9); it is ${put}`,
      );
    }
    // As exercising each alone would have paid.
    for (const price of ["2.5", "3", "3.4"].map(amount)) {
      const alone = (right: Right, strike: string) =>
        exercisePnl(right, "long", amount(strike), price, unit, lots, amount("0"));
      expect(digits(alone("call", "2.9").plus(alone("put", "3.1")))).toBe("4000");
    }
  });
});

describe("obligations", () => {
  const short = (rules: RuleSet, code: string, rest: Partial<AssignedShort>): AssignedShort => {
    const product = rules.products.find((found) => found.code === code);
    if (!product) throw new Error(code);
    return {
      label: code,
      rules,
      product,
      right: "call",
      strike: amount("3"),
      unit: amount("10000"),
      lots: amount("1"),
      on: "2026-09-23",
      ...rest,
    };
  };
  const listed = (
    assigned: readonly AssignedShort[],
    shares: Record<string, string>,
    cash: string,
  ) =>
    obligations(assigned, {
      shares: new Map(Object.entries(shares).map(([code, held]) => [code, amount(held)])),
      cash: amount(cash),
    });

  test("of ETF shorts: a call delivers shares, a put pays the strike, on the next trading day", () => {
    const calls = short(sse, "510050", { lots: amount("2") });
    const puts = short(sse, "510050", { right: "put", strike: amount("3.2") });
    const [call, put] = listed([calls, puts], { "510050": "15000" }, "30000");
    expect([call?.shares, call?.sharesShort, call?.receives.cash].map(String)).toEqual([
      "20000",
      "5000",
      "60000",
    ]);
    expect([put?.cash, put?.cashShort, put?.receives.shares].map(String)).toEqual([
      "32000",
      "2000",
      "10000",
    ]);
    expect([call?.by, put?.by]).toEqual(["2026-09-24", "2026-09-24"]);
  });

  test("over a holiday are due after it; where the holidays are not known no day is given", () => {
    const [first, second] = [{ on: "2026-09-24" }, { on: "2026-12-31" }].map((rest) =>
      listed([short(sse, "510050", rest)], {}, "0"),
    );
    expect(first?.[0]?.by).toBe("2026-09-28");
    expect(second?.[0]?.by).toBeUndefined();
  });

  test("covered calls take the shares first, wherever they stand", () => {
    const plain = short(sse, "510050", { label: "plain" });
    const covered = short(sse, "510050", { label: "covered", covered: true });
    const due = listed([plain, covered], { "510050": "10000" }, "0");
    expect(due.map((one) => [one.short.label, String(one.sharesShort)])).toEqual([
      ["plain", "10000"],
      ["covered", "0"],
    ]);
  });

  test("of an index option is its loss, of a commodity option the future's margin and loss", () => {
    const index = short(cffex, "IO", {
      strike: amount("4800"),
      unit: amount("100"),
      settlement: amount("4912.34"),
      on: "2026-12-18",
    });
    const meal = short(dce, "m", {
      right: "put",
      strike: amount("3000"),
      unit: amount("10"),
      lots: amount("2"),
      settlement: amount("2950"),
      futuresMargin: amount("2100"),
      on: "2026-12-16",
    });
    const [cash, future] = listed([index, meal], {}, "12000");
    expect([String(cash?.cash), String(cash?.cashShort), cash?.by, cash?.future]).toEqual([
      ...["11234", "0", "2026-12-18", undefined],
    ]);
    expect([String(future?.cash), String(future?.cashShort), future?.by, future?.future]).toEqual([
      ...["5200", "4434", "2026-12-16", "long"],
    ]);
  });

  test("delivered the same night are met from what that clearing frees, later ones are not", () => {
    const freed = (one: AssignedShort): string => digits(freedAtOnce(one, amount("3550")));
    const meal = {
      ...{ strike: amount("3100"), unit: amount("10"), lots: amount("2"), on: "2026-12-16" },
      ...{ settlement: amount("2950"), futuresMargin: amount("2100") },
    };
    // The gain of the first marking, (3100 − 2950) × 20, comes in that night too; a loss is paid, not freed.
    expect(freed(short(dce, "m", meal))).toBe("6550");
    expect(freed(short(dce, "m", { ...meal, right: "put" }))).toBe("3550");
    expect(freed(short(cffex, "IO", { ...meal, on: "2026-12-18" }))).toBe("3550");
    // Shares are delivered on the day after: their margin, and the strike, come only then.
    expect(freed(short(sse, "510050", {}))).toBe("0");
  });

  test("need a price, and for a future its margin", () => {
    const rest = { unit: amount("10"), on: "2026-12-16" };
    expect(refusal(() => listed([short(dce, "m", rest)], {}, "0"))).toBe(
      "settlement is missing (m)",
    );
    expect(
      refusal(() => listed([short(dce, "m", { ...rest, settlement: amount("3000") })], {}, "0")),
    ).toBe("futuresMargin is missing (m)");
  });
});

function refusal(body: () => unknown): string | undefined {
  try {
    body();
    return undefined;
  } catch (error) {
    if (error instanceof MarginError) return sentence(error).en;
    throw error;
  }
}
