import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import {
  amount,
  black76,
  bsm,
  compositeDelta,
  futureArray,
  HKEX_PROFILE,
  MarginError,
  modelArray,
  modelVolatility,
  sixteenScenarios,
  TAKASBANK_PROFILE,
  type ArrayProfile,
  type ModelOption,
} from "../src/core";
import { compareArrays, parametersBeside } from "../tools/verify-arrays.mjs";
import { random } from "./host/random";
import { arrayCases } from "./host/risk-series";

/**
 * Composite deltas are printed to the hundredth by HKEX, and 18 of the day's 1,852 lie up to 0.0053 off;
 * to the millionth by Takasbank, whose spot of XU030X has few digits.
 */
function deltaWithin(id: string): number {
  if (id.startsWith("hkex")) return 0.0053;
  return id.includes("XU030X") ? 2e-5 : 2e-6;
}

describe.each(arrayCases.map((one) => [one.id, one] as const))("%s", (id, one) => {
  const { option, scan, profile } = one;

  test("every value of the published array is the model's within what the file rounds", () => {
    const model = modelArray(option, scan, profile);
    expect(model).toHaveLength(16);
    const off = model.map((loss, at) => Math.abs(loss - Number(one.array[at])));
    // Half the step the file rounds to and a little for the volatility's last digit.
    expect(Math.max(...off)).toBeLessThanOrEqual(one.tolerance);
  });

  test("the composite delta is the published one", () => {
    const off = compositeDelta(option, scan, profile) - one.delta;
    expect(Math.abs(off)).toBeLessThanOrEqual(deltaWithin(id));
  });
});

describe("a future's array", () => {
  // HKEX risk parameter file of 2019-03-04: A50 is filed in units, HSI in tens.
  test.each([
    ["A50", "3330", "1", [1110, 2220, 3330, 2997]],
    ["HSI", "86000", "10", [28670, 57330, 86000, 77400]],
  ] as const)("of %s is the filed one", (_product, psr, step, [third, two, whole, extreme]) => {
    const array = futureArray(amount(psr), sixteenScenarios(3, "0.30"), amount(step));
    const filed = [0, 0, -third, -third, third, third, -two, -two, two, two];
    filed.push(-whole, -whole, whole, whole, -extreme, extreme);
    expect(array.map((loss) => loss.toNumber() + 0)).toEqual(filed);
  });

  test("of JSCC's Nikkei 225 worked example: three futures of 570,000 are scanned at 1,710,000", () => {
    const array = futureArray(amount(570000), sixteenScenarios(2, "0.35"));
    const worst = array.reduce((a, b) => (b.greaterThan(a) ? b : a));
    expect(worst.times(3).toNumber()).toBe(1710000);
  });
});

describe("scenarios", () => {
  test("pair the two volatilities of one price move, and an extreme move with itself", () => {
    const scenarios = sixteenScenarios(3, "0.30");
    expect(scenarios).toHaveLength(16);
    scenarios.forEach(({ move, volatility, pair }, at) => {
      const other = scenarios[pair];
      expect(other?.pair).toBe(at);
      expect(other?.move).toEqual(move);
      expect(other?.volatility).toBe(volatility === 0 ? 0 : -volatility);
    });
  });
});

const near: ModelOption = {
  ...{ right: "call", underlying: 28885, strike: 28800, years: 24 / 365 },
  ...{ volatility: 0.162457, settlement: 523 },
};
const hsi = { priceScan: 1720, volatilityScan: 0.07, multiplier: 50 };

/** A scenario's loss by the model's own price, one after the other. */
function plainLosses(option: ModelOption, scan: typeof hsi, profile: ArrayProfile): number[] {
  const { right, strike, settlement, rate, dividend } = option;
  const priced = (underlying: number, years: number, volatility: number): number => {
    const terms = [Math.max(underlying, 0), strike, Math.max(years, 0), volatility, rate] as const;
    return profile.model === "black76" ? black76(right, ...terms) : bsm(right, ...terms, dividend);
  };
  const base =
    profile.base === "settlement"
      ? (settlement ?? NaN)
      : priced(option.underlying, option.years, option.volatility);
  return profile.scenarios.map(({ move: [above, below], volatility, cover }) => {
    const moves = volatility * scan.volatilityScan;
    const up = profile.volatilityShift === "absolute" ? moves : option.volatility * moves;
    const then = priced(
      option.underlying + (above / below) * scan.priceScan,
      option.years - profile.lookAhead,
      Math.max(option.volatility + up, 0),
    );
    return (base - then) * scan.multiplier * cover.toNumber();
  });
}

test("an array is the model's own prices to 1e-15 of forward and strike, over 100,000 of them", () => {
  const draw = random(8);
  const wrong: string[] = [];
  for (let series = 0; series < 6400; series++) {
    const profile = series % 2 ? HKEX_PROFILE : TAKASBANK_PROFILE;
    const underlying = 100 + Math.round(30_000 * draw());
    const strike = Math.round(underlying * Math.exp((draw() - 0.5) * (draw() < 0.2 ? 4 : 0.6))) + 1;
    const option: ModelOption = {
      ...{ right: draw() < 0.5 ? "call" : "put", underlying, strike },
      years: draw() < 0.1 ? 0 : 2 * draw() ** 3,
      volatility: draw() < 0.1 ? 0.001 : 0.05 + draw(),
      settlement: Math.round(200 * draw()),
      ...(series % 3 ? {} : { rate: 0.05 * draw(), dividend: 0.03 * draw() }),
    };
    const scan = {
      priceScan: underlying * (0.02 + 0.1 * draw()),
      volatilityScan: 0.07,
      multiplier: 50,
    };
    const plain = plainLosses(option, scan, profile);
    // Both round, the plain one's price in its own last place, and so do the differences.
    const allowed = 3e-15 * Math.max(underlying + 3 * scan.priceScan, strike) * scan.multiplier;
    modelArray(option, scan, profile).forEach((loss, at) => {
      if (!(Math.abs(loss - (plain[at] as number)) <= allowed)) {
        wrong.push(`${series}, scenario ${at + 1}: ${loss} for ${plain[at]}`);
      }
    });
  }
  expect(wrong.slice(0, 5)).toEqual([]);
});

test("an array has as many values as its profile has scenarios", () => {
  const cover = amount(1);
  const scenarios = Array.from({ length: 40 }, (_, at) => {
    return { move: [at, 20] as const, volatility: at % 11, cover, pair: at };
  });
  const profile = { ...HKEX_PROFILE, scenarios };
  const plain = plainLosses(near, hsi, profile);
  expect(modelArray(near, hsi, profile).map((loss) => loss.toFixed(6))).toEqual(
    plain.map((loss) => loss.toFixed(6)),
  );
});

describe("at the edges", () => {
  test("on the last day nothing but intrinsic value is left, whatever volatility does", () => {
    const array = modelArray({ ...near, years: 0 }, hsi, HKEX_PROFILE);
    expect(array[0]).toBe(array[1]);
    expect(array[10]).toBe((523 - (28885 + 1720 - 28800)) * 50);
    expect(array[12]).toBe(523 * 50);
    expect(array.every(Number.isFinite)).toBe(true);
    expect(compositeDelta({ ...near, years: 0 }, hsi, HKEX_PROFILE)).toBeGreaterThan(0);
  });

  test("volatility does not fall below 0: an option without any is priced at its intrinsic value when volatility falls", () => {
    // HSI 201903 P32400 of the file of 2019-03-04 is settled at 3,515, its intrinsic value, and filed with volatility 0.
    const deep: ModelOption = {
      ...near,
      right: "put",
      strike: 32400,
      volatility: 0,
      settlement: 3515,
    };
    const array = modelArray(deep, hsi, HKEX_PROFILE);
    expect(array[1]).toBe(0);
    expect(array[11]).toBe(1720 * 50);
    expect(Math.round((array[14] ?? 0) / 10) * 10).toBe(52730);
  });

  test("a price move below 0 leaves a call worth nothing and a put worth its strike", () => {
    const far = { ...hsi, priceScan: 20000 };
    const call = modelArray(near, far, HKEX_PROFILE);
    const put = modelArray({ ...near, right: "put", settlement: 438 }, far, HKEX_PROFILE);
    expect(call[15]).toBeCloseTo(523 * 50 * 0.3, 6);
    expect(put[15]).toBeCloseTo((438 - 28800) * 50 * 0.3, 6);
  });

  test("a profile that counts from the settlement price needs one", () => {
    const unsettled = { ...near, settlement: undefined };
    expect(() => modelArray(unsettled, hsi, HKEX_PROFILE)).toThrow(MarginError);
  });

  test("volatility 0 beside a price with time value is refused, at the intrinsic value it is taken", () => {
    expect(() => modelVolatility(near, 0)).toThrow(MarginError);
    expect(modelVolatility({ ...near, settlement: 85 }, 0)).toBe(0);
    expect(modelVolatility(near, undefined)).toBeCloseTo(0.162457, 4);
    expect(modelVolatility({ ...near, settlement: 85 }, undefined)).toBe(0);
  });
});

const shared = path.resolve("..", "shared", "data", "risk-parameters");
const beside = existsSync(shared);

describe("the exchange's own file of 2019-03-04", () => {
  const compare = (product: string, series: number, allowed: number): void => {
    const file = path.join(shared, `hkex_rpf_20190304_${product}_options.csv`);
    const [found, ...others] = compareArrays(readFileSync(file, "utf8"), parametersBeside(file));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ product, series, within: series, allowed });
    // A composite delta is printed to the hundredth; the model's is within 0.0053 of every one.
    expect(found?.worstDelta).toBeLessThan(0.0054);
  };
  const every = "every HSI series, 1,852, and every HHI series, 634, is within the file's rounding";
  const where = path.relative(".", shared);
  (beside ? test : test.skip)(
    beside ? every : `not run: ${every}, as ${where} is not beside the repository`,
    () => {
      compare("HSI", 1852, 5.1);
      compare("HHI", 634, 0.6);
    },
  );

  test("the comparison can fail: another volatility scan range is out of rounding", () => {
    const one = arrayCases.find(({ id }) => id === "hkex-array-HSI-201903-C28800");
    const cells = {
      ...{ product: "HSI", business_date: "2019-03-04", option_month: "201903" },
      ...{ expiry_date_inferred: "2019-03-28", cp: "C", strike: 28800, settle_price_pts: 523 },
      ...{ implied_vol: 0.162457, composite_delta: 0.53 },
      ...Object.fromEntries((one?.array ?? []).map((loss, at) => [`a${at + 1}`, loss])),
    };
    const text = [Object.keys(cells).join(), Object.values(cells).join()].join("\n");
    const within = (vsr_abs: number) =>
      compareArrays(text, {
        HSI: {
          ...{ multiplier: 50, psr_points: 1720, vsr_abs, array_rounding: 10 },
          futures_price_by_month: { "201903": 28885 },
        },
      })[0]?.within;
    expect([within(0.07), within(0.08)]).toEqual([1, 0]);
  });
});
