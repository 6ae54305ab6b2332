import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  amount,
  bestSets,
  black76,
  heldOfRows,
  heldSets,
  holdingsOfRows,
  impliedVolatility,
  MarginError,
  marginTogether,
  readDay,
  readTable,
  scenario,
  scenarioBook,
  setsHeld,
  toTick,
  type Amount,
  type EquityBasis,
  type ScenarioBook,
  type Shock,
} from "../src/core";
import { exchanges } from "../src/exchanges";
import { random } from "./host/random";
import { drawBook } from "./host/random-books";

const ON = "2026-09-21";

type TableRow = Readonly<Record<string, string | number>>;

const tableOf = (rows: readonly TableRow[]): unknown[][] => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
};

const termsOf = (markup = "0") => ({
  on: ON,
  markup: amount(markup),
  dayOfCell: (cell: unknown) => readDay(String(cell)),
});

function bookOf(
  rows: readonly TableRow[],
  { markup = "0", basis = "cash" as EquityBasis } = {},
): ScenarioBook {
  const terms = termsOf(markup);
  const heldOf = heldOfRows(exchanges, terms);
  const held = readTable(tableOf(rows)).flatMap((row) => (row ? [heldOf(row)] : []));
  const positions = held.map(({ position }) => position);
  return scenarioBook(positions, setsHeld(held, terms), { on: ON, basis });
}

/** The margin as MARGIN.PORTFOLIO puts it together for held sets, in decimals, row by row. */
function marginHeld(rows: readonly TableRow[], markup = "0"): Amount {
  const holdingOf = holdingsOfRows(exchanges, termsOf());
  const holdings = readTable(tableOf(rows)).flatMap((row) => (row ? [holdingOf(row)] : []));
  return marginTogether(holdings, heldSets(holdings, ON)).times(amount(markup).plus(1));
}

/** A random book; where two rows of equal lots save margin together, they are held as a set. */
function drawRows(seed: number, legs: number): TableRow[] {
  const draw = random(seed);
  const rows = drawBook(draw, legs, 3).map(({ row }): TableRow => ({
    ...row,
    // With a volatility of its own, any price can be shocked.
    volatility: Math.round(1000 * (0.1 + 0.4 * draw())) / 1000,
  }));
  const holdingOf = holdingsOfRows(exchanges, termsOf());
  const holdings = readTable(tableOf(rows)).flatMap((row) => (row ? [holdingOf(row)] : []));
  const sets = new Map<number, string>();
  for (const { first, second } of bestSets(holdings, ON).sets) {
    const [a, b] = [holdings.indexOf(first), holdings.indexOf(second)];
    const shares = [first, second].some(({ joins }) => joins?.leg === "long shares");
    if (shares || sets.has(a) || sets.has(b) || !first.lots.equals(second.lots)) continue;
    sets.set(a, `set ${a}`);
    sets.set(b, `set ${a}`);
  }
  return rows.map((row, index) => ({ ...row, combination: sets.get(index) ?? "" }));
}

const fractions = (least: number, most: number): fc.Arbitrary<Amount> =>
  fc.integer({ min: least, max: most }).map((n) => amount(n).dividedBy(1000));

const shocks: fc.Arbitrary<readonly Shock[]> = fc.array(
  fc.record({ move: fractions(-500, 500), volatility: fractions(-900, 1500) }),
  { minLength: 1, maxLength: 12 },
);

/** The table as it stands after a shock, at the book's own prices. */
function rowsThen(rows: readonly TableRow[], book: ScenarioBook, shock: Shock): TableRow[] {
  const prices = [...book.prices(shock)];
  return rows.map((row) => {
    if (!("settlement" in row)) return row;
    const { price, underlying } = prices.shift() ?? {};
    return {
      ...row,
      settlement: price ? price.toFixed() : (row["settlement"] ?? ""),
      underlying: underlying?.toFixed() ?? "",
    };
  });
}

const CALL = "510050C2706M03000";
const sold = (contract: string, settlement: number, underlying: number, more: TableRow = {}) => ({
  ...{ contract, side: "short", quantity: 1, settlement, underlying },
  ...more,
});

describe("a book without a shock", () => {
  test("takes exactly what MARGIN.PORTFOLIO gives for what is held", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const rows = drawRows(seed, 12);
      const { margin, gain } = scenario(bookOf(rows, { markup: "0.15" }), {});
      expect(margin.toFixed()).toBe(marginHeld(rows, "0.15").toFixed());
      expect(gain.isZero()).toBe(true);
    }
  });

  test("holds sets in most of these books", () => {
    const sets = Array.from({ length: 40 }, (_, at) => drawRows(at + 1, 12)).map(
      (rows) => new Set(rows.map((row) => row["combination"])).size - 1,
    );
    expect(sets.filter((count) => count > 0).length).toBeGreaterThan(15);
  });

  test("leaves every price as it is given, whatever its digits", () => {
    const given = [
      sold(CALL, 0.08123, 3.0004),
      sold("IO2612-C-4650", 45.13, 4650.37),
      sold("m2705-C-3000", 61.7, 3000.3, { rate: 0.07 }),
    ];
    for (const basis of ["cash", "market"] as const) {
      const book = bookOf(given, { basis });
      const shock = { move: amount(0), volatility: amount(0), days: 0 };
      const prices = book.prices(shock).map(({ price }) => price?.toNumber());
      expect(prices).toEqual([0.08123, 45.13, 61.7]);
      expect(scenario(book, shock).gain.isZero()).toBe(true);
    }
  });
});

describe("a scenario", () => {
  test("takes to the last digit what the rules give, row by row in decimals, at its prices", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), shocks, (seed, drawn) => {
        const rows = drawRows(seed, 8);
        const book = bookOf(rows, { markup: "0.12" });
        const outcomes = book.outcomes(drawn);
        drawn.forEach((shock, index) => {
          const { margin } = outcomes.at(index);
          expect(margin.toFixed()).toBe(marginHeld(rowsThen(rows, book, shock), "0.12").toFixed());
          expect(outcomes.margins[index]).toBe(margin.toNumber());
        });
      }),
      { numRuns: 40, seed: 6 },
    );
  });

  test("agrees with decimals where whole numbers don't hold its figures", () => {
    const rows = [
      sold("510050C2706M03000", 0.1234, 3.1234, { quantity: 900_000_000, volatility: 0.2 }),
      sold("m2705-P-3000", 61.5, 3000.25, { quantity: 700_000_001, rate: 0.0712345678901 }),
      sold("m2705", 3000.123456789, 3000.123456789, { rate: 0.07, side: "long" }),
    ];
    const book = bookOf(rows, { markup: "0.123456789" });
    const drawn = ["-0.0123456789012", "0.0333333333333", "0"].map((move) => ({
      move: amount(move),
    }));
    const outcomes = book.outcomes(drawn);
    drawn.forEach((shock, index) => {
      const plain = marginHeld(rowsThen(rows, book, shock), "0.123456789");
      expect(outcomes.at(index).margin.toFixed()).toBe(plain.toFixed());
      expect(outcomes.margins[index]).toBe(plain.toNumber());
    });
  });

  test("gives the same whatever other scenarios are asked for, and in whichever order", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), shocks, (seed, drawn) => {
        const book = bookOf(drawRows(seed, 8), { basis: "market" });
        const [there, back] = [book.outcomes(drawn), book.outcomes([...drawn].reverse())];
        drawn.forEach((shock, index) => {
          const one = scenario(book, shock);
          for (const other of [there.at(index), back.at(drawn.length - 1 - index)]) {
            expect(other.margin.toFixed()).toBe(one.margin.toFixed());
            expect(other.gain.toFixed()).toBe(one.gain.toFixed());
          }
        });
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  test("gives the same in a grid of more scenarios than one run of columns", () => {
    const book = bookOf(drawRows(3, 20), { basis: "market" });
    const moves = Array.from({ length: 61 }, (_, i) => amount(i - 30).dividedBy(100));
    const grid = moves.flatMap((move) =>
      moves.map((volatility) => ({ move, volatility: volatility.times(2) })),
    );
    const outcomes = book.outcomes(grid);
    expect(outcomes.count).toBe(3721);
    for (let index = 0; index < grid.length; index += 97) {
      const one = scenario(book, grid[index] as Shock);
      expect(outcomes.at(index).margin.toFixed()).toBe(one.margin.toFixed());
      expect(outcomes.margins[index]).toBe(one.margin.toNumber());
      expect(outcomes.gains[index]).toBe(one.gain.toNumber());
    }
  });

  test("does not mind whether lots stand in one row or in several", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), shocks, (seed, drawn) => {
        const rows = drawRows(seed, 6).map((row): TableRow => ({ ...row, combination: "" }));
        const split = rows.flatMap((row) => {
          const lots = Number(row["quantity"]);
          // Shares count by the ten thousand.
          const parts = lots > 9 ? 1 : lots;
          return Array.from({ length: parts }, () => ({ ...row, quantity: lots / parts }));
        });
        const [whole, parts] = [rows, split].map((some) =>
          bookOf(some, { basis: "market" }).outcomes(drawn),
        );
        drawn.forEach((_, index) => {
          expect(parts?.at(index).margin.toFixed()).toBe(whole?.at(index).margin.toFixed());
          expect(parts?.at(index).gain.toFixed()).toBe(whole?.at(index).gain.toFixed());
        });
      }),
      { numRuns: 30, seed: 8 },
    );
  });

  test("takes nothing for what is long", () => {
    const rows = [
      sold(CALL, 0.08, 3, { side: "long" }),
      sold("IO2612-P-4300", 18.6, 4650, { side: "long" }),
      { contract: "510050", side: "long", quantity: 20000 },
    ];
    const { margins } = bookOf(rows).outcomes([{ move: amount("-0.3") }, { move: amount("0.3") }]);
    expect([...margins]).toEqual([0, 0]);
  });

  test("never takes less for a short call as its underlying or any volatility rises", () => {
    const calls = [
      sold(CALL, 0.08, 3, { quantity: 3 }),
      sold("IO2612-C-4800", 45.2, 4650),
      sold("SR705C6000", 62, 5750, { rate: 0.07 }),
    ];
    const up = Array.from({ length: 81 }, (_, i) => amount(i - 40).dividedBy(100));
    const vols = Array.from({ length: 41 }, (_, i) => amount(i - 18).dividedBy(20));
    for (const call of calls) {
      const book = bookOf([call]);
      const rising = book.outcomes(up.map((move) => ({ move }))).margins;
      const wilder = book.outcomes(vols.map((volatility) => ({ volatility }))).margins;
      for (const margins of [rising, wilder]) {
        expect([...margins]).toEqual([...margins].sort((a, b) => a - b));
        expect(new Set(margins).size).toBeGreaterThan(30);
      }
    }
  });

  test("moves underlyings by name where it names them, the others by its move", () => {
    const book = bookOf([
      sold(CALL, 0.08, 3),
      sold("m2705-P-3000", 61.5, 3000, { rate: 0.07 }),
      sold("m2705", 3000, 3000, { rate: 0.07, side: "long" }),
    ]);
    expect(book.underlyings.map(({ key, positions }) => [key, positions])).toEqual([
      ["510050", 1],
      ["m2705", 2],
    ]);
    const prices = new Map([["m2705", amount("2905")]]);
    const then = book.prices({ move: amount("0.1"), prices });
    expect(then.map(({ underlying }) => underlying?.toNumber())).toEqual([3.3, 2905, 2905]);
    expect(scenario(book, { prices }).gain.toNumber()).toBe(-950);
  });
});

describe("an option's price in a scenario", () => {
  const YEARS = (Date.UTC(2027, 5, 23) - Date.UTC(2026, 8, 21)) / 86_400_000 / 365;

  test("is the model's at its own implied volatility, to the nearest tick", () => {
    const volatility = impliedVolatility("call", 0.08, 3, 3, YEARS);
    const book = bookOf([sold(CALL, 0.08, 3)]);
    fc.assert(
      fc.property(fractions(-400, 400), fractions(-900, 2000), (move, more) => {
        const [{ price } = {}] = book.prices({ move, volatility: more });
        const sigma = volatility * (1 + more.toNumber());
        const model = black76("call", 3 * (1 + move.toNumber()), 3, YEARS, sigma);
        // Within a billionth of half a tick either neighbour is right.
        const nearHalf = Math.abs(((model / 0.0001) % 1) - 0.5) < 1e-9;
        const tick = toTick(model, amount("0.0001")).toNumber();
        if (!nearHalf) expect(price?.toNumber()).toBe(Math.max(tick, 0.0001));
      }),
      { numRuns: 500, seed: 9 },
    );
  });

  test("moves by the volatility of its column, from the price it has", () => {
    const book = bookOf([sold(CALL, 0.08, 3, { volatility: 0.25 })]);
    const [{ price } = {}] = book.prices({ move: amount("0.02") });
    const moved = black76("call", 3.06, 3, YEARS, 0.25) - black76("call", 3, 3, YEARS, 0.25) + 0.08;
    expect(price?.toNumber()).toBe(Math.round(moved * 1e4) / 1e4);
  });

  test("is never below a tick while it is traded, and its intrinsic value once it has expired", () => {
    const rows = [sold("510050C2612M03000", 0.08, 3), sold("510050P2612M03000", 0.08, 3)];
    const book = bookOf(rows);
    expect(book.daysLeft).toBe(93);
    const at = (move: string, days: number) =>
      book.prices({ move: amount(move), days }).map(({ price }) => price?.toNumber());
    expect(at("-0.4", 0)).toEqual([0.0001, 1.2]);
    expect(at("-0.4", 93)).toEqual([0, 1.2]);
    expect(at("0.1", 93)).toEqual([0.3, 0]);
  });

  test("at its intrinsic value has the volatility that its rounding can hide", () => {
    const book = bookOf([sold("m2705-C-2000", 1000, 3000, { rate: 0.07 })]);
    const price = (move: string) =>
      book.prices({ move: amount(move) }).map((then) => then.price?.toNumber())[0];
    expect(price("0")).toBe(1000);
    expect(price("0.1")).toBe(1300);
    // Back at its strike it has a time value again.
    expect(price("-0.3333")).toBeGreaterThan(20);
  });

  test("that is below its intrinsic value needs a volatility of its own", () => {
    const low = sold("IO2612-C-4300", 340, 4650);
    const { blocking, refused, outcomes } = bookOf([low]);
    const error = refused.get(blocking[0] as never);
    expect(error?.code).toBe("noModelFigure");
    expect(error?.params).toMatchObject({ argument: "settlement", detail: "belowIntrinsic" });
    expect(() => outcomes([{}])).toThrow(error);
    const given = bookOf([{ ...low, volatility: 0.18 }]);
    expect(given.prices({}).map(({ price }) => price?.toNumber())).toEqual([340]);
    // What it lacks fades until expiry, where it is worth its intrinsic value.
    const last = given.prices({ days: given.daysLeft }).map(({ price }) => price?.toNumber());
    expect(last).toEqual([350]);
  });
});

describe("what cannot be shocked", () => {
  const refusalOf = (row: TableRow, basis: EquityBasis = "cash"): MarginError | undefined => {
    const book = bookOf([row], { basis });
    return book.blocking[0] && book.refused.get(book.blocking[0]);
  };

  test("is an expired option, one without an expiry, and a price no option has", () => {
    expect(refusalOf(sold("510050C2612M03000", 0.1, 3, { expiry: "2026-09-18" }))?.params).toEqual({
      ...{ argument: "expiry", value: "2026-09-18", detail: "expired" },
    });
    const unnamed = { exchange: "SSE", right: "C", strike: 3, unit: 10000 };
    const row = { ...sold("", 0.1, 3), ...unnamed, contract: "" };
    expect(refusalOf(row)).toMatchObject({ code: "missing", params: { argument: "expiry" } });
    expect(refusalOf({ ...row, expiry: "2026-12-23" })).toBeUndefined();
    expect(refusalOf(sold(CALL, 3.2, 3))?.params).toMatchObject({
      ...{ argument: "settlement", detail: "atMost" },
    });
  });

  test("is a long option only where equity holds its value", () => {
    const bare = { contract: CALL, side: "long", quantity: 1, settlement: "", underlying: "" };
    expect(refusalOf(bare)).toBeUndefined();
    expect(refusalOf(bare, "market")).toMatchObject({
      ...{ code: "missing", params: { argument: "settlement" } },
    });
  });

  test("is no option on its last day: its price moves by its intrinsic value", () => {
    const book = bookOf([sold(CALL, 0.08, 3, { expiry: ON })]);
    const [{ price } = {}] = book.prices({ move: amount("0.02"), volatility: amount(2) });
    expect(price?.toNumber()).toBe(0.14);
  });

  test("refuses moves of -100 % or below, prices of 0, and days beyond the first expiry", () => {
    const book = bookOf([sold("510050C2612M03000", 0.08, 3)]);
    const refused = (shock: Shock): unknown => {
      try {
        return scenario(book, shock);
      } catch (error) {
        return (error as MarginError).params.argument;
      }
    };
    expect(refused({ move: amount(-1) })).toBe("priceShock");
    expect(refused({ volatility: amount("-1.2") })).toBe("volShock");
    expect(refused({ prices: new Map([["510050", amount(0)]]) })).toBe("underlying");
    for (const days of [94, -1, 0.5]) expect(refused({ days })).toBe("days");
    expect(refused({ days: 93 })).toHaveProperty("margin");
  });
});

describe("equity", () => {
  const rows = [
    sold(CALL, 0.08, 3, { quantity: 2 }),
    sold("IO2612-P-4300", 18.6, 4650, { side: "long", quantity: 3 }),
    sold("m2705", 3000, 3000, { rate: 0.07, side: "long", quantity: 4 }),
    sold("SR705", 5750, 5750, { rate: 0.07, side: "short", quantity: 5 }),
  ];

  test("on the cash basis is moved by futures alone, on the market basis by options too", () => {
    const shock = { move: amount("-0.05") };
    // Long 4 lots of 10 t lose 150 a ton, short 5 lots of 10 t gain 287.5.
    const futures = -4 * 10 * 150 + 5 * 10 * 287.5;
    expect(scenario(bookOf(rows), shock).gain.toNumber()).toBe(futures);
    const book = bookOf(rows, { basis: "market" });
    const [call, put] = book.prices(shock).map(({ price }) => price?.toNumber() ?? NaN);
    const options = -2 * 10000 * ((call ?? 0) - 0.08) + 3 * 100 * ((put ?? 0) - 18.6);
    expect(scenario(book, shock).gain.toNumber()).toBeCloseTo(futures + options, 6);
    expect(options).toBeGreaterThan(0);
  });
});
