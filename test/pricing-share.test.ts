import { describe, expect, test } from "@jest/globals";
import type { Right } from "../src/core";
import { logRatio, tableWorth } from "../src/core/pricing";
import { share } from "../src/core/pricing-normal";
import { roughShare, tableShare } from "../src/core/pricing-share";
import { referencePoints } from "./host/pricing-reference";

describe("the normal distribution by its table", () => {
  const points = Array.from({ length: 100_001 }, (_, i) => (i - 50_000) / 5_003);
  const furthest = (ours: (d: number) => number): number =>
    points.reduce((most, d) => Math.max(most, Math.abs(ours(d) - share(d))), 0);

  // What it is compared with rounds as well: each may be two last places of a half off.
  test("is within 5e-16 of the one by an exponential", () => {
    expect(furthest(tableShare)).toBeLessThan(5e-16);
  });

  test("is within 4e-12 of it without the last terms, though not much nearer", () => {
    const off = furthest(roughShare);
    expect(off).toBeLessThan(4e-12);
    expect(off).toBeGreaterThan(1e-12);
  });

  test("rises where the distribution does, across the seams of its polynomials too", () => {
    const seams = Array.from({ length: 13 * 512 }, (_, i) => i / 512 - 8);
    const rises = seams.map((d) => tableShare(d + 1 / 512) - tableShare(d));
    expect(rises.filter((rise, at) => !(rise > 0) && (seams[at] as number) < 5)).toEqual([]);
  });

  test("ends in 0 and 1, and is no number for none", () => {
    expect([1e300, Infinity, 8.5].map(tableShare)).toEqual([1, 1, 1]);
    for (const d of [-1e300, -Infinity]) expect(tableShare(d)).toBeLessThan(1e-17);
    expect([tableShare(NaN), roughShare(NaN)]).toEqual([NaN, NaN]);
  });
});

describe("a price by the table", () => {
  test.each(["black76", "bsm"] as const)("of %s is within 1e-15 of forward and strike", (model) => {
    const off = referencePoints(model).map((p) => {
      const dividend = model === "black76" ? p.rate : p.dividend;
      const [a, b] = [
        p.underlying * Math.exp(-dividend * p.years),
        p.strike * Math.exp(-p.rate * p.years),
      ];
      const x = logRatio(p.underlying, p.strike) + (p.rate - dividend) * p.years;
      const s = p.volatility * Math.sqrt(p.years);
      return Math.abs(tableWorth(p.right, a, b, x, s, 1 / s) - p.price) / Math.max(a, b);
    });
    expect(off.length).toBeGreaterThan(250);
    expect(off.filter((share) => !(share <= 1e-15))).toEqual([]);
  });

  test.each<[string, Right, number, number, number, number]>([
    ["at expiry in the money", "call", 105, 100, 0, 5],
    ["at expiry out of the money", "put", 105, 100, 0, 0],
    ["at expiry on the strike", "call", 100, 100, 0, 0],
    ["with nothing left of the underlying", "put", 0, 100, 0.2, 100],
    ["with nothing left of the underlying, a call", "call", 0, 100, 0.2, 0],
    ["far out of the money", "call", 1, 1e12, 0.1, 0],
    ["of any volatility whatever", "put", 90, 100, 1e9, 100],
  ])("%s is what it should be", (_what, right, a, b, s, worth) => {
    expect(tableWorth(right, a, b, logRatio(a, b), s, 1 / s)).toBe(worth);
  });
});
