import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Cause, Since } from "../src/account";
import { amount } from "../src/core";
import {
  changeText,
  dayText,
  growthText,
  inWan,
  isInWan,
  moneyText,
  pointsText,
  rateText,
  ratioText,
  shareText,
  weekdayText,
} from "../src/taskpane/figures";
import { positionOn, zonesOf } from "../src/taskpane/gauge";
import { waterfallOf } from "../src/taskpane/waterfall";

const LINES = ["0.8", "0.9", "1", "1.2"].map(amount);

describe("figures", () => {
  test("money has two decimals, a real minus sign, and is a dash where it isn't known", () => {
    expect(moneyText(amount("471896"))).toBe("471,896.00");
    expect(moneyText(amount("-15000"))).toBe("\u221215,000.00");
    expect(moneyText(amount("-0.001"))).toBe("0.00");
    expect(moneyText(amount("0"))).toBe("0.00");
    expect(moneyText(undefined)).toBe("—");
  });

  test("a change has its sign, zero has none", () => {
    expect(changeText(amount("41350"))).toBe("+41,350.00");
    expect(changeText(amount("-5940"))).toBe("\u22125,940.00");
    expect(changeText(amount("0.001"))).toBe("0.00");
    expect(pointsText(amount("0.2139"))).toBe("+21.39");
    expect(pointsText(undefined)).toBe("—");
    expect(growthText(amount("-0.2260"))).toBe("\u221222.6%");
  });

  test.each([
    ["12345678.90", "nearest", "1,234.57"],
    ["12345612.34", "up", "1,234.57"],
    ["12345699.99", "down", "1,234.56"],
    ["1000000", "up", "100.00"],
    ["-12345678.90", "nearest", "\u22121,234.57"],
  ] as const)("%s in 万, rounded %s, is %s", (value, towards, text) => {
    expect(isInWan(amount(value))).toBe(true);
    expect(inWan(amount(value), towards)).toBe(text);
  });

  test("in 万 an amount to add is never too small, nor what is left too large", () => {
    const fen = fc.bigInt({ min: 100_000_000n, max: 10n ** 15n });
    fc.assert(
      fc.property(fen, (n) => {
        const value = amount(String(n)).dividedBy(100);
        const shown = (towards: "up" | "down") =>
          amount(inWan(value, towards).replaceAll(",", "")).times(10_000);
        expect(shown("up").comparedTo(value)).toBeGreaterThanOrEqual(0);
        expect(shown("down").comparedTo(value)).toBeLessThanOrEqual(0);
        expect(shown("up").minus(shown("down")).toNumber()).toBeLessThanOrEqual(100);
      }),
      { seed: 20261120 },
    );
  });

  test("what is below a million stays whole", () => {
    expect(isInWan(amount("999999.99"))).toBe(false);
    expect(isInWan(amount("-1000000"))).toBe(true);
  });

  test("shares and rates", () => {
    expect(shareText(amount("0.37718"))).toBe("37.7%");
    expect(rateText(amount("0.125"))).toBe("12.5%");
  });

  test.each([
    ["0.9438", "94.38%"],
    ["0.9", "90.00%"],
    ["0.89996", "89.996%"],
    ["0.8999999", "89.99999%"],
    ["0.899999999999999", "89.9999999999999%"],
    ["0.900000001", "90.0000001%"],
    ["1.2", "120.00%"],
    ["1.19999", "119.999%"],
    ["0.85999", "86.00%"],
    ["0", "0.00%"],
  ])("the ratio %s is printed %s: rounding crosses no line", (ratio, printed) => {
    expect(ratioText(amount(ratio), LINES)).toBe(printed);
  });

  test("a ratio keeps to lines of any place", () => {
    expect(ratioText(amount("0.85499"), [amount("0.855")])).toBe("85.499%");
    expect(ratioText(amount("0.85499"), LINES)).toBe("85.50%");
  });

  test("days have their weekday, and their year where it isn't the statement's", () => {
    expect(weekdayText("2026-11-23", "2026-11-20", "zh")).toBe("11-23 周一");
    expect(weekdayText("2026-11-23", "2026-11-20", "en")).toBe("Mon 23 Nov");
    expect(weekdayText("2027-01-04", "2026-12-31", "zh")).toBe("2027-01-04 周一");
    expect(weekdayText("2027-01-04", "2026-12-31", "en")).toBe("Mon 4 Jan 2027");
    expect(dayText(undefined, "2026-11-20")).toBe("—");
  });
});

const levels = (watch: string, call: string, liquidation: string, immediate: string) => ({
  watch: amount(watch),
  call: amount(call),
  liquidation: amount(liquidation),
  immediate: amount(immediate),
});

describe("the gauge", () => {
  const zones = zonesOf(levels("0.8", "0.9", "1", "1.2"));

  test("has five zones of fixed width that fill it", () => {
    expect(zones.map(({ width }) => width)).toEqual([34, 16.5, 16.5, 16.5, 16.5]);
  });

  test.each([
    ["0", 0],
    ["0.6925", 29.43],
    ["0.8", 34],
    ["0.9438", 57.73],
    ["1.2", 83.5],
    ["1.8", 100],
    ["25", 100],
  ])("the ratio %s stands at %d per cent", (ratio, x) => {
    expect(positionOn(amount(ratio), zones)).toBeCloseTo(x, 1);
  });

  test("two equal lines drop the zone between them, and the rest fills the gauge", () => {
    const some = zonesOf(levels("0.8", "0.8", "1", "1"));
    expect(some.map(({ status }) => status)).toEqual(["normal", "marginCall", "immediate"]);
    expect(some.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100, 9);
    expect(positionOn(amount("0.8"), some)).toBeCloseTo(some[1]?.left ?? 0, 9);
  });
});

const cause = (id: Cause["id"], figure: string): Cause => ({
  id,
  name: { zh: id, en: id },
  amount: amount(figure),
  contracts: [],
});

const since = (before: string, after: string, causes: readonly Cause[]): Since => ({
  from: "2026-11-19",
  to: "2026-11-20",
  before: amount(before),
  after: amount(after),
  causes,
  crossed: false,
});

describe("the waterfall", () => {
  const drawn = waterfallOf(
    since("423138", "464488", [
      cause("opened", "49400"),
      cause("closed", "-5940"),
      cause("premium", "-2340"),
      cause("underlying", "490"),
      cause("outOfTheMoney", "-500"),
      cause("lift", "0"),
      cause("relief", "240"),
    ]),
  );

  test("begins its axis at a round figure and says so", () => {
    expect(drawn?.axisFrom).toBe(410000);
    expect(drawn?.before).toBeCloseTo(18.77, 2);
    expect(drawn?.after).toBeCloseTo(77.84, 2);
  });

  test("has a bar for every cause but those of nothing, each where the last one ended", () => {
    expect(drawn?.bars.map(({ cause: { id }, taken }) => [id, taken])).toEqual([
      ["opened", true],
      ["closed", false],
      ["premium", false],
      ["underlying", true],
      ["outOfTheMoney", false],
      ["relief", true],
    ]);
    let level = drawn?.before ?? 0;
    for (const { left, width, taken } of drawn?.bars ?? []) {
      expect(taken ? left : left + width).toBeCloseTo(level, 9);
      level += taken ? width : -width;
    }
    expect(level).toBeCloseTo(drawn?.after ?? 0, 9);
  });

  test("isn't drawn where the parts don't add up, not even by a fen", () => {
    expect(waterfallOf(since("100", "150", [cause("opened", "49.99")]))).toBeUndefined();
  });

  test("stands from zero and from the same level without falling over", () => {
    expect(waterfallOf(since("0", "100", [cause("opened", "100")]))?.axisFrom).toBe(0);
    expect(waterfallOf(since("100", "100", []))?.bars).toEqual([]);
    expect(waterfallOf(since("0", "0", []))?.before).toBe(0);
  });
});
