import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  amount,
  impliedRate,
  liquidation,
  readClosingOrder,
  shortMargin,
  type Aim,
  type Amount,
  type Closable,
  type ClosingOrder,
  type Liquidation,
  type Right,
} from "../src/core";
import { leastCover } from "../src/core/cover";
import { exchanges } from "../src/exchanges";
import { CellError } from "../src/functions/cell";
import { marginLiquidate } from "../src/functions/liquidate";
import { marginPortfolio } from "../src/functions/portfolio";

/** A holding by its figures per lot. */
const held = (
  id: string,
  lots: number,
  margin: number | string,
  cost: number | string,
  more: Partial<Closable> = {},
): Closable => ({
  id,
  lots,
  margin: amount(margin).times(lots),
  cost: amount(cost).times(lots),
  ...more,
});

const aim = (margin: number, equity: number, more: Partial<Aim> = {}): Aim => ({
  margin: amount(margin),
  equity: amount(equity),
  line: amount(1),
  order: "fewest",
  ...more,
});

const shown = ({ steps }: Liquidation<Closable>): string[] =>
  steps.map(({ item, lots }) => `${item.id} × ${lots}`);

describe("a plan worked by hand", () => {
  // Margin 1000, equity 800. A lot of a does 100 − 20, of b 60 − 5, of c 30 − 28.
  const book = [held("a", 4, 100, 20), held("b", 10, 60, 5), held("c", 5, 30, 28)];

  test.each<[ClosingOrder, string[], number, number]>([
    // 200 to gain: 80 + 80 + 55 with 45 of cost; three lots of a would cost 60.
    ["fewest", ["a × 2", "b × 1"], 260, 45],
    // Four lots of b gain 220 for 20; three of them gain only 165.
    ["cheapest", ["b × 4"], 240, 20],
  ])("by %s", (order, steps, released, cost) => {
    const plan = liquidation(book, aim(1000, 800, { order }));
    expect(shown(plan)).toEqual(steps);
    expect([plan.released, plan.cost].map(Number)).toEqual([released, cost]);
    expect(Number(plan.after.ratio)).toBeCloseTo((1000 - released) / (800 - cost), 12);
    expect([plan.reached, plan.proven, Number(plan.after.shortfall)]).toEqual([true, true, 0]);
  });

  test("by liquidity: open interest, then the nearest month, then the contract", () => {
    const interest = (n: number) => ({ openInterest: amount(n) });
    const items = [
      held("unknown", 1, 50, 0),
      held("thin", 1, 50, 0, interest(10)),
      held("b", 1, 50, 0, { ...interest(500), month: "2027-01" }),
      held("far", 1, 50, 0, { ...interest(500), month: "2027-03" }),
      held("a", 1, 50, 0, { ...interest(500), month: "2027-01" }),
    ];
    const plan = liquidation(items, aim(1000, 750, { order: "liquidity" }));
    expect(shown(plan)).toEqual(["a × 1", "b × 1", "far × 1", "thin × 1", "unknown × 1"]);
    expect(shown(liquidation(items, aim(1000, 901, { order: "liquidity" })))).toEqual([
      "a × 1",
      "b × 1",
    ]);
  });

  test("each step shows where it leads", () => {
    const { steps } = liquidation(book, aim(1000, 800));
    expect(steps.map(({ after }) => [Number(after.margin), Number(after.equity)])).toEqual([
      [800, 760],
      [740, 755],
    ]);
    expect(steps[0]?.after.shortfall.toNumber()).toBe(40);
  });

  test("nothing is closed below the line, nor on it unless it must be left", () => {
    expect(shown(liquidation(book, aim(799, 800)))).toEqual([]);
    expect(shown(liquidation(book, aim(800, 800)))).toEqual([]);
    const left = liquidation(book, aim(800, 800, { strictly: true }));
    expect(shown(left)).toEqual(["b × 1"]);
    expect(left.reached).toBe(true);
  });

  test("a lot that costs as much as it frees is left alone", () => {
    const deep = held("deep", 3, 100, 120);
    const even = held("even", 3, 100, 100);
    const plan = liquidation([deep, even, held("a", 1, 100, 20)], aim(1000, 800));
    expect(shown(plan)).toEqual(["a × 1"]);
    expect(plan.unhelpful.map(({ id }) => id)).toEqual(["deep", "even"]);
    // 1000 − 100 and 800 − 20: 900 ÷ 1 − 780 to add.
    expect([plan.reached, Number(plan.after.shortfall)]).toEqual([false, 120]);
  });

  test("an account without equity closes all that helps and says what is missing", () => {
    const plan = liquidation(book, aim(1000, -50));
    expect(shown(plan)).toEqual(["a × 4", "b × 10", "c × 5"]);
    expect(plan.after.ratio).toBeUndefined();
    // 1150 are released for 270: nothing is left to margin, and 320 below zero.
    expect([plan.reached, Number(plan.after.equity)]).toEqual([false, -320]);
  });

  test("what a closing takes from the equity can be less than what is paid", () => {
    const booked = { ...held("a", 2, 100, 120), loss: amount(0) };
    const plan = liquidation([booked], aim(1000, 900));
    expect(shown(plan)).toEqual(["a × 1"]);
    expect([plan.cost, plan.after.equity].map(Number)).toEqual([120, 900]);
  });

  test("a margin that does not divide by its lots is released to the fen", () => {
    const thirds: Closable = { id: "t", lots: 3, margin: amount(100), cost: amount(0) };
    const plan = liquidation([thirds], aim(100, 0.5, { order: "cheapest" }));
    expect(shown(plan)).toEqual(["t × 3"]);
    expect(plan.released.toString()).toBe("100");
  });
});

interface Drawn {
  readonly lots: number;
  readonly margin: number;
  readonly cost: number;
}

const books = fc.array(
  fc.record({
    lots: fc.integer({ min: 1, max: 4 }),
    // Few different figures, so that ties are common.
    margin: fc.integer({ min: 0, max: 12 }),
    cost: fc.constantFrom(0, 0, 1, 2, 3, 5, 8, 13),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Every choice of lots, none better than another unsaid. */
function* choices(book: readonly Drawn[]): Generator<number[]> {
  const [first, ...rest] = book;
  if (!first) return yield [];
  for (const others of choices(rest)) {
    for (let lots = 0; lots <= first.lots; lots++) yield [lots, ...others];
  }
}

const total = (lots: readonly number[], book: readonly Drawn[], of: (d: Drawn) => number): number =>
  lots.reduce((sum, n, i) => sum + n * of(book[i] as Drawn), 0);

/** The least pair (lots, cost) or (cost, lots) of all the choices that reach the line, by trying them all. */
function bruteForce(
  book: readonly Drawn[],
  {
    margin,
    equity,
    line,
    order,
    strictly,
  }: Record<"margin" | "equity" | "line", number> & {
    order: "fewest" | "cheapest";
    strictly: boolean;
  },
): readonly [number, number] | undefined {
  let best: readonly [number, number] | undefined;
  for (const lots of choices(book)) {
    const cost = total(lots, book, (d) => d.cost);
    // Hundredths keep the comparison in whole numbers.
    const over =
      100 * (margin - total(lots, book, (d) => d.margin)) -
      Math.round(100 * line) * (equity - cost);
    if (strictly ? over >= 0 : over > 0) continue;
    const count = lots.reduce((a, b) => a + b, 0);
    const pair = order === "fewest" ? ([count, cost] as const) : ([cost, count] as const);
    if (!best || pair[0] < best[0] || (pair[0] === best[0] && pair[1] < best[1])) best = pair;
  }
  return best;
}

test("no choice of lots is better than the plan: thousands of books tried out in full", () => {
  let reached = 0;
  let missed = 0;
  fc.assert(
    fc.property(
      books,
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: -5, max: 60 }),
      fc.constantFrom(0.8, 0.9, 1, 1.2),
      fc.constantFrom("fewest" as const, "cheapest" as const),
      fc.boolean(),
      (book, rest, equity, line, order, strictly) => {
        const margin =
          rest +
          total(
            book.map(({ lots }) => lots),
            book,
            (d) => d.margin,
          );
        const items = book.map((d, i) => held(String(i), d.lots, d.margin, d.cost));
        const plan = liquidation(
          items,
          aim(margin, equity, { line: amount(line), order, strictly }),
        );
        const count = plan.steps.reduce((sum, { lots }) => sum + lots, 0);
        const expected = bruteForce(book, { margin, equity, line, order, strictly });
        expect(plan.proven).toBe(true);
        expect(plan.reached).toBe(expected !== undefined);
        if (expected) {
          reached += 1;
          const pair = order === "fewest" ? [count, Number(plan.cost)] : [Number(plan.cost), count];
          expect(pair).toEqual(expected);
        } else {
          missed += 1;
          // Whatever helps is closed, and nothing else.
          expect(count).toBe(
            total(
              book.map(({ margin: m, cost }) => (100 * m > Math.round(100 * line) * cost ? 1 : 0)),
              book,
              ({ lots }) => lots,
            ),
          );
          expect(plan.after.shortfall.greaterThanOrEqualTo(0)).toBe(true);
        }
      },
    ),
    { numRuns: 4000 },
  );
  expect(Math.min(reached, missed)).toBeGreaterThan(400);
}, 120_000);

test("the ratio after all steps is at the line or below, and without any one lot it is not", () => {
  fc.assert(
    fc.property(books, fc.constantFrom<ClosingOrder>("fewest", "cheapest"), (book, order) => {
      const items = book.map((d, i) => held(String(i), d.lots, d.margin + 20, d.cost));
      const margin = items.reduce((sum, item) => sum.plus(item.margin), amount(0));
      const equity = margin.times("0.9");
      const plan = liquidation(items, aim(Number(margin), Number(equity), { order }));
      if (!plan.reached || plan.steps.length === 0) return;
      expect(plan.after.margin.lessThanOrEqualTo(plan.after.equity)).toBe(true);
      for (const { released, cost, lots } of plan.steps) {
        const without = plan.after.margin.plus(released.dividedBy(lots));
        expect(without.greaterThan(plan.after.equity.plus(cost.dividedBy(lots)))).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
}, 60_000);

describe("large books", () => {
  /** A sequence of numbers that is the same on every run. */
  function* sequence(seed: number): Generator<number> {
    for (let state = seed; ;) {
      state = (state * 48271) % 2147483647;
      yield state / 2147483647;
    }
  }

  const bookOf = (contracts: number, most: number, seed: number): Closable[] => {
    const random = sequence(seed);
    const next = (): number => random.next().value as number;
    return Array.from({ length: contracts }, (_, i) => {
      const cost = Math.round(20 + next() * 800) * 5;
      const margin = Math.round(1500 + next() * 9000 + cost);
      return held(`c${i}`, 1 + Math.floor(next() * most), margin, cost);
    });
  };

  test.each([
    ["fewest", 200, 1000],
    ["cheapest", 200, 1000],
    ["fewest", 50, 20],
    ["cheapest", 50, 20],
  ] as const)("%s is proven for %i contracts of up to %i lots", (order, contracts, most) => {
    for (const seed of [1, 7, 42, 43, 44, 45]) {
      const items = bookOf(contracts, most, seed);
      const margin = items.reduce((sum, item) => sum.plus(item.margin), amount(0));
      const equity = margin.times("0.83").toDecimalPlaces(2);
      const plan = liquidation(items, aim(Number(margin), Number(equity), { order }));
      expect([seed, plan.reached, plan.proven]).toEqual([seed, true, true]);
    }
  });

  test("contracts alike in all figures are closed in the order of their liquidity", () => {
    const items = Array.from({ length: 500 }, (_, i) =>
      held(`c${i}`, 20, 3000 + (i % 5), 400, { openInterest: amount(i) }),
    );
    const margin = items.reduce((sum, item) => sum.plus(item.margin), amount(0));
    const equity = margin.times("0.99");
    const plan = liquidation(items, aim(Number(margin), Number(equity)));
    expect(plan.proven).toBe(true);
    expect(plan.steps.slice(0, 3).map(({ item }) => item.id)).toEqual(["c499", "c494", "c489"]);
  });

  test("a search that is given up says so, and its plan still reaches the line", () => {
    // Gains whose sums meet a need nowhere but by trying: coins of nearly one size, an odd sum to pay.
    const coins = Array.from({ length: 40 }, (_, i) => {
      const gain = 1_000_000_000_000 + 2 * (i * i * 7919 + 1);
      return { lots: 1, gain, first: gain, second: 1 };
    });
    const need = coins.slice(10, 30).reduce((sum, { gain }) => sum + gain, 0) - 1;
    const found = leastCover(coins, need);
    const gained = found?.lots.reduce((sum, n, i) => sum + n * (coins[i]?.gain ?? 0), 0) ?? 0;
    expect(gained >= need).toBe(true);
    expect(found?.proven).toBe(false);
  });
});

test("doubles and big integers choose the same lots, and so do figures too long for doubles", () => {
  const figures = fc.record({
    lots: fc.integer({ min: 1, max: 9 }),
    gain: fc.integer({ min: 1, max: 400 }),
    first: fc.integer({ min: 0, max: 60 }),
    second: fc.integer({ min: 0, max: 60 }),
  });
  const big = (n: number): number => BigInt(n) as unknown as number;
  fc.assert(
    fc.property(fc.array(figures, { minLength: 1, maxLength: 30 }), fc.nat(2000), (all, need) => {
      const doubles = leastCover(all, need);
      const bigs = leastCover(
        all.map(({ lots, gain, first, second }) => ({
          ...{ lots: big(lots), gain: big(gain), first: big(first), second: big(second) },
        })),
        big(need),
      );
      expect(bigs?.lots.map(Number)).toEqual(doubles?.lots);
      expect(bigs?.proven).toBe(doubles?.proven);
    }),
    { numRuns: 300, seed: 20261122 },
  );
  fc.assert(
    fc.property(fc.array(figures, { minLength: 2, maxLength: 12 }), (all) => {
      // A little more a lot, far below what a choice turns on, has more digits than doubles hold.
      const plan = (more: string) => {
        const items = all.map(({ lots, gain, second }, i) =>
          held(
            String(i),
            lots,
            amount(gain + second)
              .plus(more)
              .toFixed(),
            second,
          ),
        );
        const margin = all.reduce((sum, { lots, gain }) => sum + lots * gain, 0) + 1000;
        const need = Math.ceil((margin - 1000) / 3) - 0.5;
        return shown(liquidation(items, aim(margin, margin - need)));
      };
      expect(plan("1e-14")).toEqual(plan("0"));
    }),
    { numRuns: 100, seed: 20261122 },
  );
});

test.each([
  ["流动性", "liquidity"],
  ["最少手数", "fewest"],
  [" 最省 ", "cheapest"],
  ["FEWEST", "fewest"],
  ["constructor", undefined],
  [1, undefined],
])("the order %p reads as %s", (word, order) => {
  expect(readClosingOrder(word)).toBe(order);
});

describe("MARGIN.LIQUIDATE", () => {
  const ON = "2026-11-20";
  const HEADER = ["合约", "买卖", "手数", "结算价", "标的价", "保证金率"];
  // By the rules: 1860 + the larger of 55,800 − 35,000 and 25,800 = 27,660 a lot of IO, 2049.5 of m2701.
  const IO = ["IO2612-P-4300", "卖", 2, 18.6, 4650, ""];
  const M = ["m2701-P-2900", "卖", 10, 38.5, 2985, 0.07];
  const FUTURE = ["m2701", "买", 6, "", 2985, 0.07];

  const rows = (table: unknown[][], ...rest: unknown[]) =>
    marginLiquidate(table, ...(rest as [unknown])) as unknown[][];
  const refusal = (table: unknown[][], ...rest: unknown[]): string => {
    try {
      marginLiquidate(table, ...(rest as [unknown]));
    } catch (error) {
      return (error as CellError).message;
    }
    throw new Error("it answered");
  };

  test("closes by liquidity and shows each step, the total last", () => {
    const table = [
      [...HEADER, "市场持仓量"],
      [...IO, 5210],
      [...M, 18300],
    ];
    // 55,320 + 20,495 = 75,815 against 70,000: a lot of m2701 gains 2049.5 − 385, and there are ten.
    const [header, first, total, ...more] = rows(table, 70000, 1, null, 0, ON);
    expect(more).toEqual([]);
    expect(header).toHaveLength(10);
    expect(first).toEqual([
      ...["m2701-P-2900", 4, 8198, 1540, 67617, 68460],
      ...[expect.closeTo(67617 / 68460, 12), 0, 38.5, "结算价 settlement"],
    ]);
    expect(total?.slice(0, 4)).toEqual(["合计 total", 4, 8198, 1540]);
  });

  test("takes the close price, else the last price, else the settlement, and names it", () => {
    const table = [
      [...HEADER, "最新价", "平仓价"],
      [...IO, 19.2, ""],
      [...M, 39, 40],
    ];
    const [, ...steps] = rows(table, 10, 1, "最省", 0, ON);
    expect(steps.map((row) => row.slice(8))).toEqual([
      [19.2, "最新价 last price"],
      [40, "平仓价 close price"],
      ["", ""],
    ]);
    expect(steps.map((row) => row[3])).toEqual([3840, 4000, 7840]);
  });

  test("says what is missing where all that helps is not enough", () => {
    const [, , , total] = rows([HEADER, IO, M], 1000, 1, "fewest", 0, ON);
    // Both closed: no margin left, 3720 + 3850 paid out of 1000.
    expect(total?.slice(0, 6)).toEqual([
      ...["合计，回不到风险线 total, the line is out of reach", 12, 75815, 7570, 0, -6570],
    ]);
    expect(total?.[6]).toBeInstanceOf(CellError);
    expect(total?.[7]).toBe(6570);
  });

  test("closes nothing below the line, and a total alone is the answer", () => {
    const [, total, ...more] = rows([HEADER, IO, M], 100000, 0.9, "fewest", 0, ON);
    expect(total?.slice(0, 6)).toEqual(["合计 total", 0, 0, 0, 75815, 100000]);
    expect(more).toEqual([]);
  });

  test("closes futures at no cost, leaves longs and covered calls alone, and skips blank rows", () => {
    const table = [
      HEADER,
      FUTURE,
      ["IO2612-C-4800", "买", 3, 45.2, 4650, ""],
      ["", "", "", "", "", ""],
      ["510050C2612M03100", "备兑", 1, 0.05, 3.1, ""],
      IO,
    ];
    // 6 × 2089.5 + 55,320 against 57,000: five of the futures free 10,447.5, and 10,857 are needed.
    const [, ...steps] = rows(table, 57000, 1, "cheapest", 0, ON);
    expect(steps[0]?.slice(0, 4)).toEqual(["m2701", 6, 12537, 0]);
    expect(steps[0]?.slice(8)).toEqual(["", "期货，不付权利金 future, no premium"]);
    expect(steps).toHaveLength(2);
  });

  test("a line is reached at equality, as RISKSTATUS has it: the plan may end on it", () => {
    const [, total] = rows([HEADER, IO, M], 75815, 1, "fewest", 0, ON);
    expect(total?.slice(0, 2)).toEqual(["合计 total", 0]);
    expect(total?.[6]).toBe(1);
  });

  test.each<[what: string, table: unknown[][], message: RegExp]>([
    [
      "a row without a price",
      [HEADER, IO, ["m2701-P-2900", "卖", 10, "", 2985, 0.07]],
      /第 3 行 m2701-P-2900：.*结算价.* · row 3, m2701-P-2900: settlement must be above zero/,
    ],
    [
      "a row without a rate",
      [HEADER, ["m2701-P-2900", "卖", 10, 38.5, 2985, ""]],
      /第 2 行 m2701-P-2900：缺/,
    ],
    [
      "a set of one row",
      [
        [...HEADER, "组合"],
        [...IO, ""],
        [...M, "A1"],
      ],
      /combination is "A1": a set must be exactly two rows/,
    ],
    [
      "a set whose long leg has no price to sell at",
      [
        [...HEADER, "组合"],
        ["510050C2612M03100", "卖", 1, 0.04, 3, "", 7],
        ["510050C2612M03000", "买", 1, "", 3, "", 7],
      ],
      /第 3 行 510050C2612M03000：平仓价须大于 0/,
    ],
    [
      "a set whose factor is not known",
      [
        [...HEADER, "组合"],
        ["m2701-C-3000", "卖", 1, 90, 3000, 0.1, 7],
        ["m2705-C-3000", "买", 1, 120, 3000, 0.1, 7],
      ],
      /x is missing \(7\)/,
    ],
    [
      "a set that the exchange has taken apart",
      [
        [...HEADER, "到期日", "组合"],
        ["510050C2612M03100", "卖", 1, 0.04, 3, "", "2026-11-20", 7],
        ["510050C2612M03000", "买", 1, 0.08, 3, "", "2026-11-20", 7],
      ],
      /takes such a set apart/,
    ],
    [
      "a close price below zero",
      [
        [...HEADER, "平仓价"],
        [...IO, -1],
      ],
      /第 2 行 IO2612-P-4300：平仓价须大于 0/,
    ],
    [
      "an open interest that is no number",
      [
        [...HEADER, "市场持仓量"],
        [...IO, "many"],
      ],
      /row 2, IO2612-P-4300: openInterest must be a number/,
    ],
    ["a table without a header", [IO, M], /positions/],
  ])("refuses the whole table for %s, naming the row", (_what, table, message) => {
    expect(refusal(table, 1000, 1, "fewest", 0, ON)).toMatch(message);
  });
});

describe("MARGIN.LIQUIDATE with the sets that are held", () => {
  const ON = "2026-11-20";
  const HEADER = ["合约", "买卖", "手数", "结算价", "标的价", "保证金率", "组合", "市场持仓量"];
  const call = (strike: number) => `510050C2612M0${strike}`;
  const put = (strike: number) => `510050P2612M0${strike}`;
  const plan = (
    table: unknown[][],
    equity: number,
    order = "fewest",
    line = 1,
    markup = 0,
  ): unknown[][] => marginLiquidate([HEADER, ...table], equity, line, order, markup, ON);
  const totalOf = (rows: unknown[][]) => rows.at(-1)?.slice(0, 6);
  const FIRST_COLUMNS = ["合约 contract", "平仓手数 lots to close", "释放保证金 margin released"];

  // Apart 4,400 and 4,300; together 4,400 + 700 of the put's premium.
  const STRADDLE = [
    [call(3000), "卖", 2, 0.08, 3, "", "S", 900],
    [put(3000), "卖", 2, 0.07, 3, "", "S", 400],
  ];

  test("a straddle closes as one: its margin comes free, both premiums are paid", () => {
    // 10,200 against 9,000: one set frees 5,100 for 1,500.
    const [, step, total] = plan(STRADDLE, 9000);
    expect(step).toEqual([
      `S KS 跨式空头 short straddle: 卖 short ${call(3000)} + 卖 short ${put(3000)}`,
      ...[1, 5100, 1500, 5100, 7500, 0.68, 0, 0.15],
      `卖 short ${call(3000)} 0.08 结算价 settlement + 卖 short ${put(3000)} 0.07 结算价 settlement`,
    ]);
    expect(total?.slice(0, 4)).toEqual(["合计 total", 1, 5100, 1500]);
  });

  test("the broker's markup is on the set", () => {
    expect(totalOf(plan(STRADDLE, 12240, "fewest", 1, 0.2))).toEqual([
      ...["合计 total", 0, 0, 0, 12240, 12240],
    ]);
  });

  test("a credit spread costs the short leg less what the long one brings", () => {
    const spread = [
      [call(3000), "卖", 3, 0.08, 3, "", 1, ""],
      [call(3100), "买", 3, 0.04, 3, "", 1, ""],
    ];
    // 3,000 against 2,500: a set frees 1,000 for 800 − 400.
    const [, step] = plan(spread, 2500);
    expect(step?.slice(1, 9)).toEqual([1, 1000, 400, 2000, 2100, 2000 / 2100, 0, 0.04]);
  });

  // Free of margin; sold it brings 800 − 400.
  const DEBIT = [
    [call(3000), "买", 5, 0.08, 3, "", "B", ""],
    [call(3100), "卖", 5, 0.04, 3, "", "B", ""],
  ];
  const LOOSE = [put(3000), "卖", 4, 0.07, 3, "", "", ""];

  test("a debit spread is sold where its money helps, and not more of them than that", () => {
    // 17,200 against 16,500: a loose put frees 4,300 for 700, a spread brings 400.
    expect(plan([...DEBIT, LOOSE], 16500).map((row) => row.slice(0, 4))).toEqual([
      [...FIRST_COLUMNS, "平仓支出 cost to close"],
      [put(3000), 1, 4300, 700],
      ["合计 total", 1, 4300, 700],
    ]);
    // Two of five spreads bring 800, enough: nothing is paid, and the other three stay.
    const cheapest = plan([...DEBIT, LOOSE], 16500, "cheapest");
    expect(cheapest.slice(1).map((row) => row.slice(1, 4))).toEqual([
      [2, 0, -800],
      [2, 0, -800],
    ]);
    expect(totalOf(cheapest)).toEqual(["合计 total", 2, 0, -800, 17200, 17300]);
  });

  test("a covered call frees no margin, so it stays; its shares cover no second one", () => {
    const covered = [
      ["510050", "买", 25000, "", "", "", "Z", ""],
      [call(3000), "卖", 2, 0.08, 3, "", "Z", ""],
    ];
    expect(totalOf(plan([...covered, LOOSE], 17200))?.[4]).toBe(17200);
    const [, ...steps] = plan([...covered, LOOSE], 0);
    expect(steps.map(([id]) => id)).toEqual([
      put(3000),
      "合计，回不到风险线 total, the line is out of reach",
    ]);
    const locked = [call(2900), "备兑", 1, 0.12, 3, "", "", ""];
    expect(() => plan([...covered, locked], 1000)).toThrow(/enough shares/);
  });

  test("an option held against its future closes with it", () => {
    const set = [
      ["SR701", "买", 2, 6000, 6000, 0.07, "P", ""],
      ["SR701C6000", "卖", 2, 100, 6000, 0.07, "P", ""],
    ];
    // Together 4,200 + 1,000 a set; the future costs nothing to close.
    const [, step] = plan(set, 10000);
    expect(step?.slice(1, 6)).toEqual([1, 5200, 1000, 5200, 9000]);
    expect(step?.[9]).toBe("卖 short SR701C6000 100 结算价 settlement");
  });

  test("a future with its long option closes for the margin of both, and the option is sold", () => {
    const set = [
      ["m2701", "买", 4, 3000, 3000, 0.1, "F", 10],
      ["m2701-P-3000", "买", 4, 80, 3000, 0.1, "F", 20],
    ];
    // 0.8 × 3,000 a set; the put brings 800.
    const [, step, total] = plan(set, 6000);
    expect(step?.slice(0, 9)).toEqual([
      "F BFO 买入期权期货组合 long option with its future: 买 long m2701 + 买 long m2701-P-3000",
      ...[2, 4800, -1600, 4800, 7600, 4800 / 7600, 0, -80],
    ]);
    expect(total?.slice(0, 4)).toEqual(["合计 total", 2, 4800, -1600]);
  });

  test("by liquidity a set goes by the leg that is held least", () => {
    const loose = (interest: number | "") => [...LOOSE.slice(0, 7), interest];
    const first = (table: unknown[][]) => plan(table, 20000, "liquidity")[1]?.[0];
    expect(first([...STRADDLE, loose(399)])).toMatch(/^S KS/);
    expect(first([...STRADDLE, loose(401)])).toBe(put(3000));
    const unknown = STRADDLE.map((row, leg) => (leg === 0 ? [...row.slice(0, 7), ""] : row));
    expect(first([...unknown, loose(1)])).toBe(put(3000));
  });

  test("a set id that is blank or 0 is none", () => {
    const rows = ["", 0, null].map((id) => [put(3000), "卖", 1, 0.07, 3, "", id, ""]);
    expect(totalOf(plan(rows, 12900))).toEqual(["合计 total", 0, 0, 0, 12900, 12900]);
  });

  /** What a random book is made of; strikes and lots are drawn. */
  const KINDS = [
    {
      legs: [
        ["short", call],
        ["short", put],
      ],
      gap: 0,
    },
    {
      legs: [
        ["short", call],
        ["short", put],
      ],
      gap: -100,
    },
    {
      legs: [
        ["long", call],
        ["short", call],
      ],
      gap: 100,
    },
    {
      legs: [
        ["long", call],
        ["short", call],
      ],
      gap: -100,
    },
    {
      legs: [
        ["long", put],
        ["short", put],
      ],
      gap: -100,
    },
    { legs: [["short", put]], gap: 0 },
    { legs: [["short", call]], gap: 0 },
  ] as const;
  interface Part {
    readonly kind: number;
    readonly strike: number;
    readonly lots: number;
    readonly prices: readonly number[];
  }
  const parts: fc.Arbitrary<Part[]> = fc.array(
    fc.record({
      kind: fc.nat(KINDS.length - 1),
      strike: fc.constantFrom(2900, 3000, 3100),
      lots: fc.integer({ min: 1, max: 3 }),
      prices: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  );

  const rowsOf = (book: readonly Part[], lots: readonly number[]): unknown[][] =>
    book.flatMap(({ kind, strike, prices }, part) => {
      const { legs, gap } = KINDS[kind] as (typeof KINDS)[number];
      if (!lots[part]) return [];
      return legs.map(([side, code], leg) => {
        const price = (prices[leg] as number) / 100;
        const id = legs.length > 1 ? part + 1 : "";
        return [code(strike + leg * gap), side, lots[part], price, 3, "", id, ""];
      });
    });
  /** What closing one of a part costs, leg by leg. */
  const costOf = ({ kind, prices }: Part): number =>
    (KINDS[kind] as (typeof KINDS)[number]).legs.reduce(
      (sum, [side], leg) => sum + (side === "long" ? -1 : 1) * (prices[leg] as number) * 100,
      0,
    );

  test("no choice of sets and rows is better, margined anew as what remains", () => {
    let reached = 0;
    let brought = 0;
    fc.assert(
      fc.property(
        parts,
        fc.constantFrom(0.5, 0.7, 0.9, 0.99),
        fc.constantFrom("fewest", "cheapest"),
        (book, share, order) => {
          const heldMargin = (lots: readonly number[]): number =>
            lots.every((n) => n === 0)
              ? 0
              : marginPortfolio([HEADER, ...rowsOf(book, lots)], "held", 0, ON);
          const all = book.map(({ lots }) => lots);
          const start = heldMargin(all);
          const equity = Math.round(start * share);
          const answer = plan(rowsOf(book, all), equity, order);
          const [title, count, released, cost, margin, left] = answer.at(-1) as [
            string,
            ...number[],
          ];
          expect(title).not.toMatch(/未能证明/);

          let best: readonly [number, number] | undefined;
          const asDrawn = book.map(({ lots }) => ({ lots, margin: 0, cost: 0 }));
          for (const closed of choices(asDrawn)) {
            const cash = closed.reduce((sum, n, i) => sum + n * costOf(book[i] as Part), 0);
            const paid = closed.reduce(
              (sum, n, i) => sum + n * Math.max(0, costOf(book[i] as Part)),
              0,
            );
            const remaining = heldMargin(all.map((n, i) => n - (closed[i] as number)));
            if (remaining - (equity - cash) > 1e-6) continue;
            const lots = closed.reduce((a, b) => a + b, 0);
            const pair = order === "fewest" ? ([lots, cash] as const) : ([paid, lots] as const);
            if (!best || pair[0] < best[0] || (pair[0] === best[0] && pair[1] < best[1]))
              best = pair;
          }
          expect(title === "合计 total").toBe(best !== undefined);
          expect(margin).toBeCloseTo(start - Number(released), 6);
          expect(left).toBeCloseTo(equity - Number(cost), 6);
          const costs = answer.slice(1, -1).map((row) => Number(row[3]));
          if (costs.some((n) => n < 0)) brought += 1;
          if (!best) return;
          reached += 1;
          const paid = costs.reduce((sum, n) => sum + Math.max(0, n), 0);
          expect(order === "fewest" ? [count, cost] : [paid, count]).toEqual([...best]);

          // The very rows that remain, margined anew.
          const names = answer.slice(1, -1).map((row) => [String(row[0]), Number(row[1])] as const);
          const open = book.map(({ kind, strike, lots }, i) => {
            const { legs } = KINDS[kind] as (typeof KINDS)[number];
            const mine = names.filter(([name]) => legs.length > 1 && name.startsWith(`${i + 1} `));
            return { single: legs.length === 1 ? legs[0][1](strike) : "", lots, closed: mine };
          });
          const rest = open.map(({ lots, closed }) => lots - closed.reduce((a, [, n]) => a + n, 0));
          const singles = names.filter(([name]) => open.some(({ single }) => single === name));
          const perLot = ([name, n]: readonly [string, number]): number => {
            const part = open.findIndex(({ single }) => single === name);
            return n * heldMargin(all.map((_, i) => (i === part ? 1 : 0)));
          };
          // Loose rows of one contract may have two prices: their margins differ, so only books of one each are tried.
          const codes = open.flatMap(({ single }) => single || []);
          if (new Set(codes).size < codes.length) return;
          const remaining = heldMargin(rest) - singles.reduce((sum, one) => sum + perLot(one), 0);
          expect(margin).toBeCloseTo(remaining, 6);
        },
      ),
      { numRuns: 400 },
    );
    expect(Math.min(reached, brought)).toBeGreaterThan(40);
  }, 120_000);
});

describe("the rate a charged figure implies", () => {
  const ON = "2026-11-20";
  const figure = (most: number, decimals: number) =>
    fc.integer({ min: 1, max: most }).map((n) => amount(n).dividedBy(10 ** decimals));
  const drawn = fc.record({
    rules: fc.constantFrom(...exchanges),
    right: fc.constantFrom<Right>("call", "put"),
    settlement: figure(20_000, 4),
    underlying: figure(80_000, 3),
    moneyness: fc.integer({ min: 600, max: 1400 }),
    multiplier: figure(30_000, 0),
    rate: fc.integer({ min: 10, max: 400 }).map((n) => amount(n).dividedBy(1000)),
  });

  const chargedAt = (
    {
      rules,
      right,
      settlement,
      underlying,
      strike,
      multiplier,
    }: Readonly<Record<"settlement" | "underlying" | "strike" | "multiplier", Amount>> & {
      rules: (typeof exchanges)[number];
      right: Right;
    },
    rate: Amount,
  ): Amount =>
    shortMargin(
      rules,
      { right, terms: { settlement, underlying, strike, multiplier }, rate },
      { lots: amount(1), markup: amount(0), on: ON },
    ).total;

  test("gives that very figure by the rule, on every exchange", () => {
    const counted = new Map<string, number>();
    fc.assert(
      fc.property(drawn, ({ moneyness, rate, ...rest }) => {
        const contract = { ...rest, strike: rest.underlying.times(moneyness).dividedBy(1000) };
        const { rules, right, settlement, underlying, strike, multiplier } = contract;
        const charged = chargedAt(contract, rate);
        const terms = { settlement, underlying, strike, multiplier };
        const implied = impliedRate(rules, { right, terms }, charged, ON);
        const etfPut = rules.underlying === "etf" && right === "put";
        const capped = etfPut && charged.equals(strike.times(multiplier));
        const nothing = charged.lessThanOrEqualTo(0);
        expect(implied === undefined).toBe(capped || nothing);
        if (!implied) return;
        counted.set(rules.exchange, (counted.get(rules.exchange) ?? 0) + 1);
        expect(chargedAt(contract, implied).toSignificantDigits(25)).toEqual(
          charged.toSignificantDigits(25),
        );
        // Without a floor that rises one rate alone can give it; with one, too.
        if (rules.exchange !== "ZCE.LEGACY") expect(implied.toNumber()).toBe(rate.toNumber());
      }),
      { numRuns: 3000 },
    );
    expect([...counted.keys()].sort()).toEqual(exchanges.map(({ exchange }) => exchange).sort());
  });

  test("is the 15 % of a broker's statement, floor or no floor", () => {
    const cffex = exchanges.find(({ exchange }) => exchange === "CFFEX");
    if (!cffex) throw new Error("there is no CFFEX");
    // 45.2 × 100 + 0.15 × 4650 × 100 − 150 × 100 = 59,270 a lot.
    const terms = {
      settlement: amount("45.2"),
      underlying: amount(4650),
      strike: amount(4800),
      multiplier: amount(100),
    };
    const contract = { right: "call" as const, terms, product: "IO" };
    expect(impliedRate(cffex, contract, amount(59270), ON)?.toString()).toBe("0.15");
    expect(impliedRate(cffex, contract, amount(4520), ON)).toBeUndefined();
    expect(impliedRate(cffex, contract, amount(4519), ON)).toBeUndefined();
  });

  test("is none for a put charged its whole strike or more", () => {
    const [sse] = exchanges;
    if (!sse) throw new Error("there is no exchange");
    const terms = {
      settlement: amount("2.39"),
      underlying: amount("0.1"),
      strike: amount("2.4"),
      multiplier: amount(10000),
    };
    const put = { right: "put" as const, terms };
    expect(impliedRate(sse, put, amount(24000), ON)).toBeUndefined();
    expect(impliedRate(sse, put, amount(24001), ON)).toBeUndefined();
    expect(impliedRate(sse, put, amount(23990), ON)).toBeDefined();
  });
});
