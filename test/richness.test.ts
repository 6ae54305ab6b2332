import { describe, expect, test } from "@jest/globals";
import { black76, impliedVolatility } from "../src/core";
import type { CellError } from "../src/functions/cell";
import { optionHistVol, optionRichness } from "../src/functions/richness";

const refusal = (run: () => unknown): CellError => {
  try {
    run();
  } catch (error) {
    return error as CellError;
  }
  throw new Error("it answered");
};

const answer = (...args: Parameters<typeof optionRichness>) =>
  (optionRichness(...args) as unknown[][])[1] ?? [];

describe("dear or cheap", () => {
  test("the published 50ETF call of 1.650 at 1.615: bid 0.0350 against about 0.0110", () => {
    // The time left is not printed. With 30 days 13.2 % give the printed 0.0110, and the bid is 27.1 %.
    const [theoretical, difference, share, implied, verdict] = answer(
      ...(["C", 0.035, 1.615, 1.65, 30 / 365, 0.132] as const),
    ) as [number, number, number, number, string];
    expect(theoretical.toFixed(4)).toBe("0.0110");
    expect(difference).toBe(0.035 - theoretical);
    expect(share).toBe(difference / theoretical);
    expect(implied.toFixed(3)).toBe("0.271");
    expect(verdict).toBe("偏贵 dear");
  });

  test("follows the volatility it is measured by", () => {
    const [F, K, T] = [2985, 3000, 0.25];
    const price = black76("put", F, K, T, 0.2);
    const implied = impliedVolatility("put", price, F, K, T);
    expect(answer("P", price, F, K, T, 0.18).at(-1)).toBe("偏贵 dear");
    expect(answer("P", price, F, K, T, 0.22).at(-1)).toBe("偏便宜 cheap");
    expect(answer("P", price, F, K, T, implied).at(-1)).toBe("持平 fair");
  });

  test("keeps its other figures where the price has no implied volatility", () => {
    const [theoretical, , , implied, verdict] = answer("C", 90, 3100, 3000, 0.1, 0.2);
    expect(theoretical).toBe(black76("call", 3100, 3000, 0.1, 0.2));
    expect((implied as CellError).code).toBe("#N/A");
    expect((implied as CellError).message).toContain("not above the intrinsic value");
    expect(verdict).toBe("偏便宜 cheap");
  });

  test("gives no share of a theoretical price of 0", () => {
    const [theoretical, difference, share] = answer("C", 1, 2900, 3000, 0, 0.2);
    expect([theoretical, difference, share]).toEqual([0, 1, "理论价为 0 theoretical is 0"]);
  });
});

/** Hull, Options, Futures, and Other Derivatives, estimating volatility from 21 daily closes. */
const HULL = [
  20, 20.1, 19.9, 20, 20.5, 20.25, 20.9, 20.9, 20.9, 20.75, 20.75, 21, 21.1, 20.9, 20.9, 21.25,
  21.4, 21.4, 21.25, 21.75, 22,
];
const column = (prices: readonly unknown[]) => prices.map((price) => [price]);

describe("historical volatility", () => {
  test("of the printed closes is the printed 0.01216 a day and 19.3 % a year of 252 days", () => {
    expect((optionHistVol(column(HULL), 1) as number).toFixed(5)).toBe("0.01216");
    expect((optionHistVol([HULL], 252) as number).toFixed(3)).toBe("0.193");
  });

  test("takes a year of 242 trading days where none is given", () => {
    expect(optionHistVol([HULL])).toBe(optionHistVol([HULL], 242));
    expect(optionHistVol([HULL], 968)).toBe(2 * (optionHistVol([HULL]) as number));
  });

  test("is the same backwards, in a row or a column, with blank cells around, in another currency", () => {
    const plain = optionHistVol([HULL]) as number;
    expect(optionHistVol(column([...HULL].reverse()))).toBeCloseTo(plain, 14);
    expect(optionHistVol(column(["", 0, ...HULL, null]))).toBe(plain);
    expect(optionHistVol([HULL.map((price) => price * 7)])).toBeCloseTo(plain, 14);
  });

  test("of a price that grows by one factor is 0", () => {
    expect(optionHistVol([[1, 2, 4, 8]])).toBeCloseTo(0, 15);
  });

  test.each<[what: string, prices: unknown[][], zh: string, en: string]>([
    ["two closes", [[3, 3.1]], "至少要 3 个收盘价", "must be 3 closes at least"],
    ["no closes", [["", ""]], "至少要 3 个收盘价", "it is 0"],
    ["a gap", [[3, "", 3.1, 3.2]], "中间缺一期", "a period is missing in between"],
    ["a header", column(["收盘价", 3, 3.1, 3.2]), "收盘价须是数字", "prices must be a number"],
    [
      "a block",
      [
        [3, 3.1],
        [3, 3.2],
      ],
      "须是一行、一列",
      "must be one row, one column",
    ],
    ["a negative price", [[3, -3.1, 3.2]], "须大于 0", "must be above zero; it is -3.1"],
  ])("refuses %s", (_, prices, zh, en) => {
    const { message } = refusal(() => optionHistVol(prices));
    expect(message).toContain(zh);
    expect(message).toContain(en);
  });
});
