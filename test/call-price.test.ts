import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  amount,
  callPrices,
  heldOfRows,
  readDay,
  readTable,
  scenario,
  scenarioBook,
  setsHeld,
  type Amount,
  type CallPrice,
  type CallPriceRow,
  type EquityBasis,
  type Outcome,
  type PositionHeld,
  type SetHeld,
} from "../src/core";
import { exchanges } from "../src/exchanges";
import { marginCallPrice } from "../src/functions/call-price";
import { underlyingTick } from "../src/exchanges/underlying-ticks";

const ON = "2026-11-20";
const dayOfCell = (cell: unknown) => readDay(String(cell));

/** A table's positions and sets. */
function held(
  table: unknown[][],
  markup = "0",
): { positions: PositionHeld[]; sets: readonly SetHeld[] } {
  const terms = { on: ON, dayOfCell, markup: amount(markup) };
  const heldOf = heldOfRows(exchanges, terms);
  const rows = readTable(table).flatMap((row) => (row ? [heldOf(row)] : []));
  return { positions: rows.map(({ position }) => position), sets: setsHeld(rows, terms) };
}

interface Asked {
  readonly equity: number;
  readonly line?: string;
  readonly basis?: EquityBasis;
}

const bookOf = ({ positions, sets }: ReturnType<typeof held>, { basis = "cash" }: Asked) =>
  scenarioBook(positions, sets, { on: ON, basis });

const answersOf = (book: ReturnType<typeof held>, asked: Asked, tick?: string) =>
  callPrices(bookOf(book, asked), {
    ...{ equity: amount(asked.equity), line: amount(asked.line ?? "1") },
    tickOf: tick ? () => amount(tick) : underlyingTick,
  });

/** Every tick on both sides of today's price, each worked out exactly: of which the nearest reach the line. */
function byEveryTick(
  book: ReturnType<typeof held>,
  asked: Asked,
  tick: string,
  of: { readonly key: string; readonly now: number } | "all",
): { below: string | undefined; above: string | undefined; already: boolean } {
  const whole = bookOf(book, asked);
  const [own, line] = [amount(asked.equity), amount(asked.line ?? "1")];
  const over = ({ margin, gain }: Outcome): boolean => {
    const equity = own.plus(gain);
    if (equity.lessThan(0)) return true;
    return margin.greaterThan(0) && margin.greaterThanOrEqualTo(line.times(equity));
  };
  const today = of === "all" ? amount(0) : amount(of.now).dividedBy(tick);
  const span = of === "all" ? amount(1).dividedBy(tick) : today;
  const down: Amount[] = [];
  const up: Amount[] = [];
  const lowest = today.minus(span);
  for (let n = today.ceil().minus(1); n.greaterThan(lowest); n = n.minus(1))
    down.push(n.times(tick));
  for (let n = today.floor().plus(1); n.lessThanOrEqualTo(today.plus(span)); n = n.plus(1)) {
    up.push(n.times(tick));
  }
  const nearest = (places: readonly Amount[]): string | undefined => {
    const outcomes = whole.outcomes(
      places.map((place) =>
        of === "all" ? { move: place } : { prices: new Map([[of.key, place]]) },
      ),
    );
    const found = places.findIndex((_, index) => over(outcomes.at(index)));
    return places[found]?.toFixed();
  };
  return { below: nearest(down), above: nearest(up), already: over(scenario(whole, {})) };
}

const answer = (rows: readonly CallPriceRow[], index: number): CallPrice => {
  const found = rows.at(index);
  if (!found || "error" in found) throw new Error("an answer was expected");
  return found;
};
const printed = ({ below, above, already }: CallPrice, which: "price" | "move") => ({
  below: below?.[which]?.toFixed(),
  above: above?.[which]?.toFixed(),
  already,
});

const HEADER = ["contract", "side", "quantity", "settlement", "underlying", "rate", "combination"];
const shortCall = ["m2701-C-3100", "short", 10, 60, 2985, 0.07, ""];

describe("the price of the call", () => {
  test("lies above for a short call; down to the last tick there is none", () => {
    const book = held([HEADER, shortCall]);
    const rows = answersOf(book, { equity: 30000 });
    const m2701 = answer(rows, 0);
    expect(rows).toHaveLength(2);
    expect(printed(m2701, "price")).toEqual(
      byEveryTick(book, { equity: 30000 }, "1", { key: "m2701", now: 2985 }),
    );
    expect(m2701.below).toBeUndefined();
    expect(m2701.above?.ratio?.greaterThanOrEqualTo(1)).toBe(true);
    expect(m2701.above?.before.lessThan(1)).toBe(true);
  });

  test("of all together moves in steps of 0.01 %", () => {
    const book = held([HEADER, shortCall, ["IO2612-P-4500", "short", 1, 60, 4650.12, "", ""]]);
    const asked = { equity: 120000, line: "0.9" };
    const all = answer(answersOf(book, asked), -1);
    expect(all.underlying).toBeUndefined();
    expect(printed(all, "move")).toEqual(byEveryTick(book, asked, "0.0001", "all"));
    expect(all.below).toBeDefined();
    expect(all.above).toBeDefined();
  });

  test("of one underlying holds the others still", () => {
    const put = ["IO2612-P-4500", "short", 1, 60, 4650.12, "", ""];
    const both = held([HEADER, shortCall, put]);
    const rows = answersOf(both, { equity: 100000 });
    const alone = scenario(bookOf(held([HEADER, put]), { equity: 0 }), {}).margin;
    const single = answersOf(held([HEADER, shortCall]), {
      equity: 100000 - alone.toNumber(),
    });
    expect(answer(rows, 0).above?.price).toEqual(answer(single, 0).above?.price);
    expect(answer(rows, 1).underlying).toBe("IO");
    // The index itself is quoted to 0.01 and stands between two ticks of anything coarser.
    expect(answer(rows, 1).below?.price?.decimalPlaces()).toBeLessThanOrEqual(2);
  });

  test("counts an account that sinks below zero on the way as past every line", () => {
    // 200 t of a short future lose 50,000 by 250 more; the line itself is far out of reach.
    const book = held([HEADER, ["m2701", "short", 20, 2985, 2985, 0.07, ""]]);
    const asked = { equity: 50000, line: "1000" };
    const { above } = answer(answersOf(book, asked, "500"), 0);
    expect(above?.price?.toNumber()).toBe(3500);
    expect(above?.ratio).toBeUndefined();
  });

  test("is today where the line is reached already, at equality too", () => {
    const book = held([HEADER, ["m2701", "long", 1, 3000, 3000, 0.1, ""]]);
    for (const equity of [3000, 2999, -1]) {
      const row = answer(answersOf(book, { equity }), 0);
      expect(row).toMatchObject({ already: true });
      expect(row.below ?? row.above).toBeUndefined();
    }
    expect(answer(answersOf(book, { equity: 3001 }), 0).already).toBe(false);
  });

  test("has no answer where rows give two prices of one underlying", () => {
    const book = held([HEADER, shortCall, ["m2701-P-2900", "short", 1, 40, 2990, 0.07, ""]]);
    const [first] = answersOf(book, { equity: 100000 });
    expect(first).toMatchObject({ underlying: "m2701", error: { code: "notAllowed" } });
  });

  test("stops where a straddle's larger leg changes and its margin jumps over the line", () => {
    const set = (code: string, price: number) => [code, "short", 2, price, 3040, 0.07, "S1"];
    const book = held([HEADER, set("m2701-C-3000", 62), set("m2701-P-3000", 112)]);
    const asked = { equity: 7870 };
    const { above } = answer(answersOf(book, asked), 0);
    expect(above?.price?.toFixed()).toBe(
      byEveryTick(book, asked, "1", { key: "m2701", now: 3040 }).above,
    );
    // A jump: one tick adds what no slope of the rule could.
    expect(above?.ratio?.minus(above.before).toNumber()).toBeGreaterThan(0.02);
  });

  test("is the nearest tick of an ETF and of an index too, puts at their cap among them", () => {
    const etf = (code: string, side: string, lots: number, price: number) =>
      [code, side, lots, price, 2.987, "", ""] as const;
    const fund = [
      etf("510050C2612M03000", "short", 10, 0.0612),
      etf("510050P2612M02900", "short", 7, 0.0333),
      etf("510050C2612M03100", "long", 4, 0.025),
    ];
    const index = [
      ["IO2612-C-4700", "short", 2, 85.4, 4650.12, "", ""],
      ["IO2612-P-4500", "short", 1, 42.2, 4650.12, "", ""],
    ];
    const looked = [
      [fund, "510050", 2.987, "0.001", 110000],
      // A put deep in the money takes its strike at most: down there nothing more is asked for.
      [fund.slice(1, 2), "510050", 2.987, "0.001", 7 * 29000 - 1000],
      [fund.slice(1, 2), "510050", 2.987, "0.001", 7 * 29000 + 1000],
      [index, "IO", 4650.12, "1", 250000],
    ] as const;
    const found = looked.map(([rows, key, now, tick, equity]) => {
      const book = held([HEADER, ...rows.map((cells) => [...cells])]);
      const row = answer(answersOf(book, { equity }, tick), 0);
      expect(printed(row, "price")).toEqual(byEveryTick(book, { equity }, tick, { key, now }));
      return [row.below !== undefined, row.above !== undefined];
    });
    expect(found).toEqual([
      [true, true],
      [true, false],
      [false, false],
      [true, true],
    ]);
  });

  test("goes by 0.01 % of today's price where the tick is not known", () => {
    const book = held([HEADER, ["lc2701-C-80000", "short", 1, 1500, 75000, 0.1, ""]]);
    const row = answer(answersOf(book, { equity: 20000 }), 0);
    expect(row.tick).toBeUndefined();
    const steps = row.above?.move.times(10000);
    expect(steps?.isInteger()).toBe(true);
  });
});

describe("MARGIN.CALLPRICE", () => {
  const table = [
    ["合约", "买卖", "手数", "结算价", "标的价", "保证金率"],
    ["m2705-C-3100", "卖", 10, 60, 2985, 0.07],
    ["IO2612-P-4300", "卖", 1, 18.6, 4650.12, ""],
  ];
  const rows = (equity: number, line?: number) =>
    marginCallPrice(table, equity, line, 0, ON) as unknown[][];

  test("spills a row an underlying and a last one for all, and says that it estimates", () => {
    const [header, m2705, io, all] = rows(80000);
    expect(header?.[0]).toMatch(/估计.*estimate/);
    expect(header).toHaveLength(8);
    expect(m2705).toEqual([
      ...["m2705", 2985, "跌到最低一跳也不触线 never reached down to the last tick", "", ""],
      ...[expect.any(Number), expect.any(Number), expect.any(Number)],
    ]);
    expect(Number(m2705?.[5]) / 2985 - 1).toBeCloseTo(Number(m2705?.[6]), 12);
    expect(io?.[0]).toBe("IO");
    expect(Number(io?.[3])).toBeLessThan(0);
    expect(all?.[0]).toBe("全部同幅 all, same %");
    expect([all?.[1], all?.[2], all?.[5]]).toEqual(["", "", ""]);
    for (const row of [m2705, io, all]) expect(row).toHaveLength(8);
  });

  test("says so where the line is reached today, or not up to twice the price", () => {
    expect(rows(1000)[1]?.slice(2)).toEqual([
      ...["已触线 already reached", "", "", "已触线 already reached", "", ""],
    ]);
    expect(rows(1e9)[1]?.[5]).toBe("涨一倍也不触线 never reached up to twice the price");
  });

  test("names the row that has no implied volatility, and gives no answer", () => {
    const wrong = [...table, ["m2705-P-3100", "卖", 1, 40, 2985, 0.07]];
    expect(() => marginCallPrice(wrong, 80000, 1, 0, ON)).toThrow(
      /第 4 行 m2705-P-3100：.*低于内在价值（115）.*row 4, m2705-P-3100: /,
    );
  });
});

/** Small books on one future: calls and puts, both sides, futures and straddles held as sets. */
const anyBook = fc.record({
  legs: fc.array(
    fc.record({
      right: fc.constantFrom("C", "P"),
      strike: fc.integer({ min: 27, max: 33 }).map((n) => n * 100),
      side: fc.constantFrom("short", "short", "long"),
      lots: fc.integer({ min: 1, max: 5 }),
      time: fc.integer({ min: 1, max: 200 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  future: fc.constantFrom("", "", "long", "short"),
  straddles: fc.integer({ min: 0, max: 2 }),
  /** Today's ratio as a share of the line: far from it, and so near that the curve is flat there. */
  today: fc.oneof(fc.integer({ min: 400, max: 990 }), fc.integer({ min: 990, max: 1001 })),
  line: fc.constantFrom("1", "0.8", "1.2"),
  basis: fc.constantFrom<EquityBasis>("cash", "market"),
});
const NOW = 2985;

test("no tick is nearer than the answer: small books of every kind, against every tick", () => {
  const found = { below: 0, above: 0, neither: 0 };
  fc.assert(
    fc.property(anyBook, ({ legs, future, straddles, today, line, basis }) => {
      const price = (right: string, strike: number, time: number) =>
        Math.max(right === "C" ? NOW - strike : strike - NOW, 0) + time / 2;
      const table: unknown[][] = [HEADER];
      for (const { right, strike, side, lots, time } of legs) {
        table.push([
          `m2701-${right}-${strike}`,
          side,
          lots,
          price(right, strike, time),
          NOW,
          0.07,
          "",
        ]);
      }
      if (future) table.push(["m2701", future, 2, NOW, NOW, 0.07, ""]);
      for (let n = 0; n < straddles; n++) {
        const strike = 2900 + 200 * n;
        for (const [right, time] of [
          ["C", 90],
          ["P", 130 - 60 * n],
        ] as const) {
          table.push([
            `m2701-${right}-${strike}`,
            "short",
            2,
            price(right, strike, time),
            NOW,
            0.07,
            `S${n}`,
          ]);
        }
      }
      const book = held(table);
      const { margin } = scenario(bookOf(book, { equity: 0, basis }), {});
      const equity = margin.times(1000).dividedBy(today).dividedBy(line).round().toNumber() || 1000;
      const asked = { equity, line, basis };
      const every = byEveryTick(book, asked, "5", { key: "m2701", now: NOW });
      const row = answer(answersOf(book, asked, "5"), 0);
      if (every.already) {
        expect(row.already).toBe(true);
        return;
      }
      expect(printed(row, "price")).toEqual(every);
      if (every.below) found.below += 1;
      if (every.above) found.above += 1;
      if (!every.below && !every.above) found.neither += 1;
    }),
    { seed: 20261120, numRuns: 60 },
  );
  // Each kind of answer is among them: the law is not empty.
  expect(Math.min(found.below, found.above)).toBeGreaterThan(20);
  expect(found.neither).toBeGreaterThan(0);
});
