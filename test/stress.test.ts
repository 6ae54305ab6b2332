import { describe, expect, test } from "@jest/globals";
import { impliedVolatility } from "../src/core";
import type { CellError } from "../src/functions/cell";
import { marginPortfolio } from "../src/functions/portfolio";
import { marginStress, riskStress } from "../src/functions/stress";
import { caseTable } from "./host/case-table";

const ON = "2026-11-20";
const HEADER = ["合约", "买卖", "手数", "结算价", "标的价", "保证金率"];
const IO = ["IO2612-P-4300", "卖", 2, 18.6, 4650, ""];
const M = ["m2705-P-2900", "卖", 10, 88.5, 2985, 0.07];
const TABLE = [HEADER, IO, M];

const grid = (...args: Parameters<typeof marginStress>) => marginStress(...args) as unknown[][];

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as CellError).message;
  }
  throw new Error("it answered");
}

describe("MARGIN.STRESS", () => {
  test("has the shocks as its first row and column, and says in the corner that it estimates", () => {
    const rows = grid(TABLE, [[-0.05], [0], [0.05]], [[0, 0.5]], 0, ON);
    expect(rows.map((row) => row[0])).toEqual([expect.any(String), -0.05, 0, 0.05]);
    expect(rows[0]?.slice(1)).toEqual([0, 0.5]);
    expect(rows[0]?.[0]).toMatch(/估计.*estimate/);
    expect(rows.slice(1).every((row) => row.length === 3)).toBe(true);
  });

  test("without a shock is MARGIN.PORTFOLIO, every short alone or sets as held", () => {
    for (const markup of [0, 0.2]) {
      const [, [, alone] = []] = grid(TABLE, [[0]], undefined, markup, ON);
      expect(alone).toBe(marginPortfolio(TABLE, "none", markup, ON));
    }
    const spread = [
      [...HEADER, "组合"],
      ["510050C2706M03300", "买", 2, 0.02, 3, "", 1],
      ["510050C2706M03000", "卖", 2, 0.08, 3, "", 1],
      ["510050P2706M02900", "卖", 1, 0.035, 3, "", ""],
    ];
    const [, [, held] = []] = grid(spread, [[0]], undefined, 0.1, ON);
    expect(held).toBe(marginPortfolio(spread, "held", 0.1, ON));
    // A credit spread takes the distance of its strikes whatever the price, the put beside it what it needs.
    const [, ...rows] = grid(spread, [[-0.1], [0.1]], undefined, 0, ON);
    const put = grid([HEADER, spread[3]?.slice(0, 6) ?? []], [[-0.1], [0.1]], undefined, 0, ON);
    rows.forEach((row, at) => {
      expect(row[1]).toBeCloseTo(6000 + (put[at + 1]?.[1] as number), 6);
    });
  });

  test("takes shocks as a row, a column or a number, and passes over blank cells", () => {
    const [, ...column] = grid(TABLE, [[-0.05], [""], [0.05], [null]], undefined, 0, ON);
    const [, ...row] = grid(TABLE, [[-0.05, "5%"]], undefined, 0, ON);
    expect(row).toEqual(column);
    expect(column).toHaveLength(2);
    expect(grid(TABLE, 0.05 as never, 0.5 as never, 0, ON)).toHaveLength(2);
  });

  test("is the rule at the price moved: a put alone, far out of the money", () => {
    // 4650 × 1.1 = 5115; the put at its tick: 0.2 × 100 + the minimum 0.5 × 0.12 × 4300 × 100.
    const [, [, margin] = []] = grid([HEADER, IO], [[0.1]], [[-0.9]], 0, ON);
    expect(margin).toBe(2 * (20 + 25800));
  });

  test("names the row that keeps the total from being a number", () => {
    const low = ["IO2612-C-4300", "卖", 1, 340, 4650, ""];
    expect(refusal(() => grid([HEADER, IO, low], [[0]], undefined, 0, ON))).toBe(
      "第 3 行 IO2612-C-4300：结算价现为 340，低于内在价值（350），没有哪个波动率能给出这个价格；核对价格和标的价，或在波动率一列填一个波动率 · " +
        "row 3, IO2612-C-4300: settlement is 340: below the intrinsic value (350), so no volatility gives it; check it and the underlying's price, or give a volatility in its column",
    );
    const expired = ["510050C2611M03000", "卖", 1, 0.1, 3, ""];
    expect(refusal(() => grid([HEADER, expired], [[0]], undefined, 0, "2026-11-26"))).toContain(
      "row 2, 510050C2611M03000: expiry is",
    );
    const wild = [...HEADER, "波动率"];
    expect(refusal(() => grid([wild, [...IO, -0.2]], [[0]], undefined, 0, ON))).toContain(
      "volatility must be above 0",
    );
  });

  test("refuses shocks of -100 % and below, what is no line of them, and none at all", () => {
    expect(refusal(() => grid(TABLE, [[0], [-1]], undefined, 0, ON))).toContain(
      "priceShocks must be above -1 (5 per cent down is -0.05 or -5%); it is -1",
    );
    expect(refusal(() => grid(TABLE, [[0]], [[-1.5]], 0, ON))).toContain("volShocks must be above");
    expect(
      refusal(() =>
        grid(
          TABLE,
          [
            [0, 1],
            [1, 2],
          ],
          undefined,
          0,
          ON,
        ),
      ),
    ).toContain("priceShocks must be one row, one column or a number");
    expect(refusal(() => grid(TABLE, [[""]], undefined, 0, ON))).toContain(
      "priceShocks is missing",
    );
    expect(refusal(() => grid(TABLE, [["x"]], undefined, 0, ON))).toContain("must be a number");
  });

  test("refuses a grid of more than 1,000,000 cells with the limit", () => {
    const shocks = (count: number) => [Array.from({ length: count }, (_, i) => i / count)];
    expect(refusal(() => grid(TABLE, shocks(1001), shocks(1000), 0, ON))).toContain(
      "takes 1,000,000 cells at most in one grid; it is 1001000",
    );
  });

  test("of no positions is 0", () => {
    expect(grid([HEADER], [[0.1]], undefined, 0, ON)[1]).toEqual([0.1, 0]);
  });
});

describe("RISKSTRESS", () => {
  test("is margin ÷ equity, and equity moves by futures alone on the cash basis", () => {
    const table = [HEADER, M, ["m2705", "买", 5, 2985, "", 0.07]];
    const [, [, margin] = []] = grid(table, [[-0.1]], undefined, 0, ON);
    const ratio = (basis: string) =>
      (riskStress(table, 100000, [[-0.1]], undefined, 0, ON, basis) as unknown[][])[1]?.[1];
    expect(ratio("cash")).toBe((margin as number) / (100000 - 5 * 10 * 298.5));
    expect(ratio("现金")).toBe(ratio("cash"));
    // The puts sold cost more after a fall, which equity on the market basis feels.
    expect(ratio("market")).toBeGreaterThan(ratio("cash") as number);
    expect(ratio("市值")).toBe(ratio("market"));
  });

  test("says in its own cell where equity is gone, and where there is none", () => {
    const table = [HEADER, ["m2705", "买", 5, 2985, "", 0.07]];
    const [, [, gone] = [], [, none] = [], [, left] = []] = riskStress(
      ...[table, 14925, [[-0.2], [-0.1], [0]], undefined, 0, ON],
    ) as unknown[][];
    expect((gone as CellError).code).toBe("#N/A");
    expect((none as CellError).code).toBe("#DIV/0!");
    expect(left).toBeCloseTo((5 * 10 * 2985 * 0.07) / 14925, 12);
  });

  test("knows two bases of equity", () => {
    const run = () => riskStress(TABLE, 100000, [[0]], undefined, 0, ON, "net");
    expect(refusal(run)).toContain("use cash (options don't move equity) or market");
  });
});

describe("the account of 9 March 2015, one short 50ETF call 2.400 and 3340 yuan all day", () => {
  const DAY = "2015-03-09";
  const table = (price: number, etf: number) => [
    ["合约", "买卖", "手数", "结算价", "标的价"],
    ["510050C1503M02400", "卖", 1, price, etf],
  ];
  const YEARS = 16 / 365;
  const volatility = (price: number, etf: number) =>
    impliedVolatility("call", price, etf, 2.4, YEARS);
  const printed = new Map(
    caseTable<"time" | "exchangeMargin" | "exchangeRisk" | "companyRisk">("account.csv").map(
      (row) => [row.time, row],
    ),
  );
  // 14:30 and 14:45 print margins without prices; these are prices that give them.
  const quotes: [string, number, number][] = [
    ["10:00", 0.015, 2.294],
    ["14:00", 0.035, 2.364],
    ["14:30", 0.051, 2.403],
    ["14:45", 0.05, 2.402],
    ["maintenance", 0.0498, 2.397],
  ];
  const percent = (ratio: unknown) => ((ratio as number) * 100).toFixed(2);

  test.each(quotes)("at %s has the ratios that are printed", (time, price, etf) => {
    const { exchangeRisk, companyRisk } = printed.get(time) ?? {};
    for (const [markup, risk] of [
      [0, exchangeRisk],
      [0.2, companyRisk],
    ] as const) {
      const [, [, now] = []] = riskStress(table(price, etf), 3340, [[0]], undefined, markup, DAY);
      expect(percent(now)).toBe(risk);
    }
  });

  test.each(quotes.slice(1))(
    "is taken from its 10:00 prices to those of %s, and to its ratio, on the cash basis",
    (time, price, etf) => {
      const [, at, from] = quotes[0] as [string, number, number];
      const more = volatility(price, etf) / volatility(at, from) - 1;
      const move = [[etf / from - 1]];
      const stressed = (basis: string) =>
        riskStress(table(at, from), 3340, move, [[more]], 0, DAY, basis)[1]?.[1] as number;
      expect(percent(stressed("cash"))).toBe(printed.get(time)?.exchangeRisk);
      // Were equity to move with the option it had sold, the ratio would be another.
      const margin = Number(printed.get(time)?.exchangeMargin);
      const moved = margin / (3340 - (price - at) * 10000);
      expect(stressed("market")).toBeCloseTo(moved, 9);
      expect(percent(moved)).not.toBe(printed.get(time)?.exchangeRisk);
    },
  );
});
