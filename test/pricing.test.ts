import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  amount,
  black76,
  bsm,
  greeks,
  impliedVolatility,
  MarginError,
  toTick,
  type Right,
} from "../src/core";
import { caseTable } from "./host/case-table";
import { lastPlace, referencePoints, type ReferencePoint } from "./host/pricing-reference";

/** Below it a double begins to lose digits, and at last is 0. */
const LAST = 1e-290;
const RUNS = { seed: 20261120, numRuns: 2000 };
const futures = referencePoints("black76");
const carried = referencePoints("bsm");

type Terms = readonly [forward: number, strike: number, years: number, volatility: number];
const termsOf = (p: ReferencePoint): Terms => [p.underlying, p.strike, p.years, p.volatility];

/** The first lines at which something is further off than it may be. */
const beyond = (
  points: readonly ReferencePoint[],
  error: (point: ReferencePoint) => number,
  allowed: (point: ReferencePoint) => number,
): readonly string[] =>
  points
    .filter((p) => !(error(p) <= allowed(p)))
    .slice(0, 5)
    .map((p) => `${error(p)}: ${p.line}`);

type Case = "id" | "model" | "right" | "underlying" | "strike" | "years" | "volatility" | "rate";

test.each(
  caseTable<Case | "dividend" | "price">("pricing.csv").map((row) => [row.id, row] as const),
)("%s is the printed price", (_id, row) => {
  const [above = "", below = "1"] = row.years.split("/");
  const terms = [
    row.right as Right,
    Number(row.underlying),
    Number(row.strike),
    Number(above) / Number(below),
    Number(row.volatility),
    Number(row.rate),
  ] as const;
  const price = row.model === "bsm" ? bsm(...terms, Number(row.dividend)) : black76(...terms);
  const places = row.price.split(".")[1]?.length ?? 0;
  expect(price.toFixed(places)).toBe(row.price);
});

describe("against 60-digit values", () => {
  const price = (p: ReferencePoint): number => black76(p.right, ...termsOf(p), p.rate);
  const carriedPrice = (p: ReferencePoint): number =>
    bsm(p.right, ...termsOf(p), p.rate, p.dividend);

  test("there are enough of them, in the tails and at the strike as well", () => {
    expect(futures.length).toBeGreaterThanOrEqual(2000);
    expect(carried.length).toBeGreaterThanOrEqual(300);
    const deep = futures.filter((p) => p.price < 1e-30 * p.underlying);
    expect(deep.length).toBeGreaterThan(200);
    expect(futures.filter((p) => p.underlying === p.strike).length).toBeGreaterThan(50);
  });

  // A price far above the forward (a put deep in the money) has a last place coarser than that.
  test("Black-76 is right to 1e-15 of the forward, or to the price's own last place", () => {
    const allowed = (p: ReferencePoint): number =>
      Math.max(1e-15 * p.underlying, lastPlace(p.price));
    expect(beyond(futures, (p) => Math.abs(price(p) - p.price), allowed)).toEqual([]);
  });

  test("Black-76 is right to 1e-12 of itself, however small", () => {
    const off = (p: ReferencePoint): number => Math.abs(price(p) / p.price - 1);
    expect(beyond(futures, off, () => 1e-12)).toEqual([]);
  });

  // Spot and strike are carried to expiry first: one rounding each, of what they are then.
  test("Black–Scholes–Merton is right to 1e-15 of spot and strike, and to 1e-12 of itself", () => {
    const allowed = (p: ReferencePoint): number =>
      Math.min(1e-15 * Math.max(p.underlying, p.strike), 1e-12 * p.price);
    expect(beyond(carried, (p) => Math.abs(carriedPrice(p) - p.price), allowed)).toEqual([]);
  });

  test.each(["delta", "gamma", "vega"] as const)("%s is right to 1e-12 of itself", (name) => {
    const off = (p: ReferencePoint): number =>
      Math.abs((greeks(p.right, ...termsOf(p), p.rate)?.[name] ?? NaN) - p[name]);
    expect(beyond(futures, off, (p) => 1e-12 * Math.abs(p[name]) + LAST)).toEqual([]);
  });

  test("theta is right to 1e-12 of its two parts, interest and decay", () => {
    const off = (p: ReferencePoint): number =>
      Math.abs((greeks(p.right, ...termsOf(p), p.rate)?.theta ?? NaN) - p.theta);
    const interest = (p: ReferencePoint): number => p.rate * p.price;
    const parts = (p: ReferencePoint): number =>
      Math.abs(interest(p)) + Math.abs(p.theta - interest(p));
    expect(beyond(futures, off, (p) => 1e-12 * parts(p) + LAST)).toEqual([]);
  });
});

describe("implied volatility against 60-digit values", () => {
  /** How far one unit in the price's last place moves the volatility, as a share of it. */
  const perLastPlace = (p: ReferencePoint): number => lastPlace(p.price) / p.vega / p.implied;
  const intrinsic = (p: ReferencePoint): number =>
    Math.exp(-p.rate * p.years) *
    Math.max(p.right === "call" ? p.underlying - p.strike : p.strike - p.underlying, 0);
  /** A time value below two units in the last place is lost as soon as the price is rounded. */
  const speaks = (p: ReferencePoint): boolean => p.price - intrinsic(p) > 2 * lastPlace(p.price);
  const speaking = futures.filter((p) => speaks(p) && !Number.isNaN(p.implied));
  const off = (p: ReferencePoint): number =>
    Math.abs(impliedVolatility(p.right, p.price, ...firstThree(p), p.rate) / p.implied - 1);
  const firstThree = (p: ReferencePoint) => [p.underlying, p.strike, p.years] as const;

  test("every price with a time value has an answer", () => {
    expect(speaking.length).toBeGreaterThan(2000);
    expect(
      beyond(
        speaking,
        (p) => (Number.isFinite(off(p)) ? 0 : 1),
        () => 0,
      ),
    ).toEqual([]);
  });

  test("it is right to 1e-12 where the price's last place moves it by less than 1e-13", () => {
    const determined = speaking.filter((p) => perLastPlace(p) < 1e-13);
    expect(determined.length).toBeGreaterThan(2000);
    expect(beyond(determined, off, () => 1e-12)).toEqual([]);
  });

  // Taking the intrinsic value off and the discount out are three roundings of the price.
  test("elsewhere it is within four of the price's last places", () => {
    expect(beyond(speaking, off, (p) => 1e-12 + 4 * perLastPlace(p))).toEqual([]);
  });
});

const right = fc.constantFrom<Right>("call", "put");
const figure = (least: number, most: number): fc.Arbitrary<number> =>
  fc.double({ min: least, max: most, noNaN: true });
const terms = fc.tuple(figure(0.01, 1e5), figure(0.3, 3), figure(0.001, 5), figure(0.01, 3));
const rate = figure(-0.05, 0.15);
const of = ([forward, moneyness, years, volatility]: readonly [number, number, number, number]) =>
  [forward, forward * moneyness, years, volatility] as const;

describe("laws", () => {
  test("put–call parity: call − put is the discounted forward less the strike", () => {
    fc.assert(
      fc.property(terms, rate, (drawn, r) => {
        const [forward, strike, years, volatility] = of(drawn);
        const apart =
          black76("call", forward, strike, years, volatility, r) -
          black76("put", forward, strike, years, volatility, r);
        const parity = Math.exp(-r * years) * (forward - strike);
        // Three prices, each within a last place of the largest.
        expect(Math.abs(apart - parity)).toBeLessThanOrEqual(
          4 * lastPlace(3 * Math.max(forward, strike)),
        );
      }),
      RUNS,
    );
  });

  test("a price lies between its intrinsic value and the most it can be", () => {
    fc.assert(
      fc.property(right, terms, (side, drawn) => {
        const [forward, strike] = of(drawn);
        const price = black76(side, ...of(drawn));
        const gain = side === "call" ? forward - strike : strike - forward;
        expect(price).toBeGreaterThanOrEqual(Math.max(gain, 0));
        expect(price).toBeLessThanOrEqual(side === "call" ? forward : strike);
      }),
      RUNS,
    );
  });

  // The steps are of 1 %: a finer one would compare rounding.
  test("a price never falls as volatility or time grows", () => {
    fc.assert(
      fc.property(right, terms, (side, drawn) => {
        const [forward, strike, years, volatility] = of(drawn);
        const price = black76(side, forward, strike, years, volatility);
        const slack = lastPlace(price);
        expect(black76(side, forward, strike, years, volatility * 1.01)).toBeGreaterThanOrEqual(
          price - slack,
        );
        expect(black76(side, forward, strike, years * 1.01, volatility)).toBeGreaterThanOrEqual(
          price - slack,
        );
      }),
      RUNS,
    );
  });

  test("an option on a price that carries nothing is the same by either model", () => {
    fc.assert(
      fc.property(right, terms, (side, drawn) => {
        expect(bsm(side, ...of(drawn))).toBe(black76(side, ...of(drawn)));
      }),
      RUNS,
    );
  });

  test("the call of forward and strike is the put of strike and forward", () => {
    fc.assert(
      fc.property(terms, (drawn) => {
        const [forward, strike, years, volatility] = of(drawn);
        const call = black76("call", forward, strike, years, volatility);
        const put = black76("put", strike, forward, years, volatility);
        // ln(F ÷ K) and ln(K ÷ F) round apart by a last place each.
        expect(Math.abs(call - put)).toBeLessThanOrEqual(1e-12 * call);
      }),
      RUNS,
    );
  });

  test("the greeks of call and put: deltas apart by the discount, the rest in common but for interest", () => {
    fc.assert(
      fc.property(terms, rate, (drawn, r) => {
        const [, , years] = of(drawn);
        const call = greeks("call", ...of(drawn), r);
        const put = greeks("put", ...of(drawn), r);
        const discount = Math.exp(-r * years);
        expect((call?.delta ?? NaN) - (put?.delta ?? NaN)).toBeCloseTo(discount, 14);
        expect([call?.gamma, call?.vega]).toEqual([put?.gamma, put?.vega]);
      }),
      RUNS,
    );
  });

  test("the price at the implied volatility is the price", () => {
    fc.assert(
      fc.property(right, terms, rate, (side, drawn, r) => {
        const [forward, strike, years, volatility] = of(drawn);
        const price = black76(side, forward, strike, years, volatility, r);
        const outOfTheMoney = side === "call" ? strike >= forward : strike <= forward;
        fc.pre(outOfTheMoney && price > 1e-280);
        const implied = impliedVolatility(side, price, forward, strike, years, r);
        const again = black76(side, forward, strike, years, implied, r);
        // In the tail the price moves a thousand times as fast as the volatility.
        expect(Math.abs(again / price - 1)).toBeLessThan(1e-11);
      }),
      { ...RUNS, numRuns: 20_000 },
    );
  });
});

describe("at the edges", () => {
  test.each<[Right, number, number, number]>([
    ["call", 105, 100, 5],
    ["put", 105, 100, 0],
    ["call", 100, 100, 0],
    ["put", 95, 100, 5],
  ])("at expiry a %s at %d struck at %d is worth %d", (side, forward, strike, worth) => {
    expect(black76(side, forward, strike, 0, 0.2, 0.05)).toBe(worth);
    expect(bsm(side, forward, strike, 0, 0.2, 0.05, 0.02)).toBe(worth);
    // Without volatility the forward is what comes: its intrinsic value, discounted.
    expect(black76(side, forward, strike, 2, 0, 0.05)).toBe(Math.exp(-0.1) * worth);
  });

  test("the greeks at expiry are those of the underlying or of nothing, and none on the strike", () => {
    expect(greeks("call", 105, 100, 0, 0.2)).toEqual({ delta: 1, gamma: 0, vega: 0, theta: 0 });
    expect(greeks("put", 95, 100, 0, 0.2)).toMatchObject({ delta: -1, gamma: 0, vega: 0 });
    expect(greeks("call", 95, 100, 0, 0.2)?.delta).toBe(0);
    expect(greeks("put", 100, 100, 0, 0.2)).toBeUndefined();
  });

  test.each<[what: string, terms: Terms]>([
    ["no time to speak of", [100, 100, 1e-18, 1e-3]],
    ["a strike out of sight", [1e-6, 1e12, 0.1, 0.1]],
    ["a strike of next to nothing", [1e12, 1e-6, 0.1, 0.1]],
    ["more volatility than there is", [100, 100, 100, 1e6]],
    ["a strike the last digit away", [1, 1 + 2 ** -52, 1, 1e-12]],
  ])("the price is finite and in its bounds with %s", (_what, [forward, strike, ...rest]) => {
    for (const side of ["call", "put"] as const) {
      const price = black76(side, forward, strike, ...rest);
      const gain = Math.max(side === "call" ? forward - strike : strike - forward, 0);
      expect(price).toBeGreaterThanOrEqual(gain);
      expect(price).toBeLessThanOrEqual(side === "call" ? forward : strike);
    }
  });

  test.each<[what: string, args: Parameters<typeof impliedVolatility>, code: string, why: string]>([
    ["below its intrinsic value", ["call", 4.9, 105, 100, 0.5], "noModelFigure", "atIntrinsic"],
    ["at its intrinsic value", ["put", 5, 95, 100, 0.5], "noModelFigure", "atIntrinsic"],
    ["as high as the forward", ["call", 105, 105, 100, 0.5], "noModelFigure", "atMost"],
    ["above the discounted strike", ["put", 96, 95, 100, 1, 0.05], "noModelFigure", "atMost"],
    ["at expiry", ["call", 6, 105, 100, 0], "outOfRange", ""],
  ])("no volatility gives a price %s", (_what, args, code, why) => {
    let refused: unknown;
    try {
      impliedVolatility(...args);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(MarginError);
    expect(refused).toMatchObject({ code, params: why ? { detail: why } : {} });
  });

  test.each([
    [41.3, "0.5", "41.5"],
    [41.25, "0.5", "41.5"],
    [0.18334298669304022, "0.0001", "0.1833"],
    [0.00004, "0.0001", "0"],
    [12.3, "0.2", "12.4"],
  ])("%d at a tick of %s is %s", (price, tick, rounded) => {
    expect(toTick(price, amount(tick)).toFixed()).toBe(rounded);
  });
});
