// The account at other prices, volatilities and days: nothing moves without a shock, the grid and the curve are the
// scenarios they name, the lines met are the nearest, and what can't be priced leaves the whole open.
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  bookOf,
  breakEven,
  crossingsInSteps,
  curveInSteps,
  DEFAULT_PROFILE,
  marketGridInSteps,
  marketOf,
  marketSheet,
  marketStrip,
  NO_MOVE,
  payoffInSteps,
  shockOf,
  sideAt,
  type Assumed,
  type Book,
  type Market,
  type Profile,
  type SheetPlan,
} from "../src/account";
import { amount, drained, scenario, type Amount } from "../src/core";
import { marginStress, riskStress } from "../src/functions/stress";
import { readCells } from "../src/statements";
import { bookWith, PROFILE } from "./taskpane/books";

const WITH_OIL: Profile = {
  ...PROFILE,
  products: { ...PROFILE.products, sc2702: { exchange: "0.1", broker: "0.13" } },
};

const sample = (equity = "500000"): Promise<Book> =>
  bookWith({ figures: { equity }, profile: WITH_OIL });

function ready(book: Book): Market {
  const market = marketOf(book);
  if ("refused" in market) throw new Error(market.refused.en);
  return market;
}

type Cell = string | number;

/** A table of positions as an account: index and ETF options whose broker adds a tenth. */
async function bookOfRows(
  rows: readonly (readonly Cell[])[],
  { equity = "200000", profile = {} as Partial<Profile> } = {},
): Promise<Book> {
  const head = ["合约", "方向", "手数", "结算价", "标的价", "行权价", "单位"];
  const statement = await readCells([head, ...rows] as Cell[][], "持仓", { day: "2026-11-20" });
  return bookOf({
    statement,
    prices: {},
    equity: amount(equity),
    profile: { ...DEFAULT_PROFILE, surcharge: { kind: "multiple", markup: "0.1" }, ...profile },
    today: "2026-11-20",
  });
}

const assumed = (move: string, volatility = "0", days = 0, of?: string): Assumed => ({
  ...{ move: amount(move), volatility: amount(volatility), days, of },
});

describe("without a shock", () => {
  test("the account stands where it stands: at the printed figures, of which the rules lack a constant part", async () => {
    const book = await sample();
    const market = ready(book);
    const { strip, exchange } = marketStrip(market, NO_MOVE);
    expect(strip.then).toEqual(strip.now);
    expect(strip.now.margin?.toFixed(2)).toBe("471396.00");
    expect(sideAt(market, scenario(market.broker, {}))).toMatchObject({
      margin: strip.now.margin,
      ratio: strip.now.ratio,
      status: "marginCall",
    });
    // By the rules 464,488.00: as the room of the account says.
    expect(market.offset.toFixed(2)).toBe("6908.00");
    expect(exchange?.ratio).toEqual(book.standings.exchange.ratio);
  });

  test("a book of which nothing is printed stands at what its lines take together", async () => {
    const book = await bookOfRows([
      ["IO2612-C-4800", "卖", 1, 45.2, 4650, 4800, 100],
      ["510050C2612M03100", "卖", 2, 0.05, 3.05, 3.1, 10000],
    ]);
    const market = ready(book);
    expect(market.offset.isZero()).toBe(true);
    expect(scenario(market.broker, {}).margin).toEqual(book.standings.recomputed.margin);
    expect(market.exchange && scenario(market.exchange.scenarios, {}).margin).toEqual(
      book.standings.exchange.margin,
    );
  });
});

describe("with a shock", () => {
  let market: Market;

  beforeAll(async () => {
    market = ready(await sample());
  });

  test("the strip is the scenario's margin with the printed part, and futures move the equity", () => {
    const then = marketStrip(market, assumed("0.02", "0.1")).strip.then;
    const { margin, gain } = scenario(market.broker, shockOf(market, assumed("0.02", "0.1")));
    expect(then?.margin).toEqual(margin.plus("6908"));
    // Six lots of the future bought, 10 t each, at 2,985.
    expect(gain.toFixed(2)).toBe("3582.00");
    expect(then?.equity).toEqual(amount("503582"));
    expect(then?.status).toBe("liquidation");
  });

  test("one underlying moves alone, the others stay", () => {
    const alone = shockOf(market, assumed("0.02", "0", 0, "m2701"));
    const prices = market.broker.prices(alone);
    for (const { position, underlying } of prices) {
      const now = position.underlying;
      expect(underlying).toEqual(position.of === "m2701" ? now?.times("1.02") : now);
    }
    expect(shockOf(market, assumed("0", "0", 0, "m2701"))).toEqual({});
  });

  test("curve and grid are the scenarios they name, to the last digit", () => {
    const curve = drained(curveInSteps(market, assumed("0.05", "0.25", 3)));
    for (const index of [0, 40, 80, 111, 160]) {
      const { move, ratio, status } = curve.at(index);
      const there = { ...assumed("0", "0.25", 3), move };
      const side = sideAt(market, scenario(market.broker, shockOf(market, there)));
      expect({ ratio, status }).toEqual({ ratio: side.ratio, status: side.status });
      expect(curve.ratios[index]).toBeCloseTo(ratio?.toNumber() ?? NaN, 9);
    }
    for (const large of [false, true]) {
      const grid = drained(marketGridInSteps(market, assumed("0.05", "0.25", 3), large));
      expect(grid.rows.map((row) => row.length)).toEqual(Array(large ? 7 : 5).fill(large ? 7 : 5));
      for (const { move, volatility, ratio } of grid.rows.flat()) {
        const there: Assumed = { move, volatility, days: 3, of: undefined };
        expect(ratio).toEqual(
          sideAt(market, scenario(market.broker, shockOf(market, there))).ratio,
        );
      }
    }
  });

  test("what days ahead can be ends at the nearest expiry", () => {
    // SR701 on 12-11.
    expect(market.daysLeft).toBe(21);
    const last = marketStrip(market, assumed("0", "0", market.daysLeft)).strip.then;
    expect(last?.margin).toBeDefined();
    expect(() => marketStrip(market, assumed("0", "0", market.daysLeft + 1))).toThrow();
  });
});

describe("the lines met", () => {
  /** One by one, outward, in hundredths of a percent. */
  function first(market: Market, given: Assumed, sign: 1 | -1): Amount | undefined {
    const at = (move: Amount) =>
      sideAt(market, scenario(market.broker, shockOf(market, { ...given, move }))).status;
    const from = at(amount("0"));
    for (let n = 1; n <= 2000; n++) {
      const move = amount("0.0001").times(sign * n);
      if (at(move) !== from) return move;
    }
    return undefined;
  }

  test("are the nearest on both sides, on the sample", async () => {
    const market = ready(await sample());
    const given = assumed("0", "0.1");
    const { up, down, status } = drained(crossingsInSteps(market, given));
    expect(status).toBe("marginCall");
    expect([up?.move, up?.status]).toEqual([first(market, given, 1), "liquidation"]);
    expect([down?.move, down?.status]).toEqual([first(market, given, -1), "watch"]);
  });

  test("are the nearest for any small book of options, whatever is assumed", async () => {
    const leg = fc.record({
      right: fc.constantFrom("C", "P"),
      strike: fc.integer({ min: 40, max: 53 }).map((n) => n * 100),
      short: fc.boolean(),
      lots: fc.integer({ min: 1, max: 4 }),
      value: fc.integer({ min: 1, max: 900 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(leg, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 30, max: 220 }),
        fc.constantFrom("-0.3", "0", "0.8"),
        async (legs, percent, volatility) => {
          const rows = legs.map(({ right, strike, short, lots, value }) => {
            const intrinsic = Math.max(0, right === "C" ? 4650 - strike : strike - 4650);
            const price = Math.round((intrinsic + value / 5) * 5) / 5;
            const side = short ? "卖" : "买";
            return [`IO2701-${right}-${strike}`, side, lots, price, 4650, strike, 100];
          });
          const taken = (await bookOfRows(rows)).standings.recomputed.margin;
          if (!taken?.greaterThan(0)) return;
          const equity = taken.times(100).dividedBy(percent).toFixed(2);
          const market = ready(await bookOfRows(rows, { equity }));
          const given = assumed("0", volatility);
          const { up, down } = drained(crossingsInSteps(market, given));
          expect([up?.move.toFixed(4), down?.move.toFixed(4)]).toEqual([
            first(market, given, 1)?.toFixed(4),
            first(market, given, -1)?.toFixed(4),
          ]);
        },
      ),
      { seed: 20261120, numRuns: 8 },
    );
  });

  test("of one underlying stand on a tick of it, and the tick before is still within", async () => {
    const market = ready(
      await bookOfRows([["510050C2612M03100", "卖", 20, 0.05, 3.05, 3.1, 10000]], {
        equity: "100000",
      }),
    );
    const given = assumed("0", "0", 0, "510050");
    const { up, status } = drained(crossingsInSteps(market, given));
    expect(up?.price?.decimalPlaces()).toBeLessThanOrEqual(3);
    const at = (price: Amount | undefined) =>
      sideAt(market, scenario(market.broker, { prices: new Map([["510050", price as Amount]]) }))
        .status;
    expect(at(up?.price)).toBe(up?.status);
    expect(at(up?.price?.minus("0.001"))).toBe(status);
  });
});

describe("what is held to expiry", () => {
  test("gains its premium where it expires worthless, and loses from the strike and the premium on", async () => {
    const market = ready(await bookOfRows([["IO2612-C-4800", "卖", 2, 45, 4650, 4800, 100]]));
    const payoff = drained(payoffInSteps(market, NO_MOVE));
    if ("why" in payoff) throw new Error(payoff.why.en);
    const middle = (payoff.moves.length - 1) / 2;
    expect(payoff.expired[middle]).toBe(9000);
    expect(payoff.expired[0]).toBe(9000);
    expect(payoff.then[middle]).toBe(0);
    const { up, down } = breakEven(payoff);
    // 4,845 of 4,650.
    expect(up).toBeCloseTo(4845 / 4650 - 1, 4);
    expect(down).toBeUndefined();
  });

  test("is left open where a long option has no price, which the margin doesn't ask for", async () => {
    const market = ready(
      await bookWith({ without: ["si2701"], figures: { equity: "500000" }, profile: WITH_OIL }),
    );
    const payoff = drained(payoffInSteps(market, NO_MOVE));
    expect("why" in payoff && payoff.why.en).toContain("si2701-C-9500");
  });
});

describe("what can't be told", () => {
  test("names the line and leaves all figures open: no price, no rate, a price below its worth", async () => {
    const refused = (book: Book) => {
      const market = marketOf(book);
      if (!("refused" in market)) throw new Error("it isn't refused");
      return market;
    };
    const noRate = refused(await bookWith());
    expect(noRate.open.map(({ contract }) => contract)).toEqual(["sc2702C520"]);
    expect(noRate.refused.zh).toContain("sc2702");
    const noPrice = refused(await bookWith({ without: ["IO"], profile: WITH_OIL }));
    expect(noPrice.open.map(({ contract }) => contract)).toEqual([
      "IO2612-C-4800",
      "IO2612-P-4300",
    ]);
    expect(noPrice.refused.en).toContain("1 more row");
    const below = refused(await bookOfRows([["IO2612-C-4500", "卖", 1, 100, 4650, 4500, 100]]));
    expect(below.refused.en).toContain("IO2612-C-4500");
    expect(below.refused.zh).toContain("IO2612-C-4500");
  });

  test("nothing that isn't proven is normal, now or then", async () => {
    const book = await bookOfRows([["IO2612-C-4800", "卖", 1, 45.2, 4650, 4800, 100]], {
      equity: "9000000",
    });
    const unproven: Book = {
      ...book,
      standings: { ...book.standings, broker: { ...book.standings.broker, proven: false } },
    };
    const market = ready(unproven);
    const grid = drained(marketGridInSteps(market, NO_MOVE, true));
    expect(new Set(grid.rows.flat().map(({ status }) => status))).toEqual(
      new Set(["undetermined"]),
    );
    expect(drained(curveInSteps(market, NO_MOVE)).at(0).status).toBe("undetermined");
  });

  test("removing any one price of the sample never leaves a status that is normal", async () => {
    // The future on m2701 is held, and its price printed.
    for (const code of ["SR701", "cu2701", "sc2702", "IO"]) {
      const market = marketOf(await bookWith({ without: [code], profile: WITH_OIL }));
      expect([code, "refused" in market]).toEqual([code, true]);
    }
  });
});

/** A range of a plan as Excel hands it to a function: rows of values; one cell is its value. */
function valuesAt({ cells }: SheetPlan, address: string): unknown {
  const corner = (text: string): readonly [number, number] => {
    const [, letter = "A", row = "1"] = /^\$?([A-Z])\$?(\d+)$/.exec(text) ?? [];
    return [Number(row) - 1, letter.charCodeAt(0) - 65];
  };
  const [from = "", to] = address.split(":");
  const [top, left] = corner(from);
  if (to === undefined) return cells[top]?.[left]?.value;
  const [bottom, right] = corner(to);
  return cells
    .slice(top, bottom + 1)
    .map((row) => row.slice(left, right + 1).map((cell) => cell?.value ?? ""));
}

const FUNCTIONS: Readonly<Record<string, (...given: never[]) => unknown>> = {
  RISKSTRESS: riskStress as (...given: never[]) => unknown,
  "MARGIN.STRESS": marginStress as (...given: never[]) => unknown,
};

/** What one of the grid's formulas gives, by our own functions over the cells it names. */
function worked(plan: SheetPlan, formula: string): number {
  const figures = [...formula.matchAll(/INDEX\(([A-Z.]+)\(([^)]*)\),2,2\)/g)].map(
    ([, name = "", args = ""]) => {
      const given = args
        .split(",")
        .map((one) => (one.startsWith('"') ? one.slice(1, -1) : valuesAt(plan, one)));
      return (FUNCTIONS[name]?.(...(given as never[])) as number[][])[1]?.[1] as number;
    },
  );
  const [ratio = NaN, margin] = figures;
  if (margin === undefined) return ratio;
  const [, offset = ""] = /\*\(1\+(\$B\$\d+)\//.exec(formula) ?? [];
  return ratio * (1 + (valuesAt(plan, offset) as number) / margin);
}

describe("the sheet", () => {
  const asked = { language: "zh", namespace: "", taken: [] } as const;
  const gridOf = ({ cells }: SheetPlan) =>
    cells.slice(15, 20).map((row) => row.slice(1, 6).map((cell) => cell?.formula ?? cell?.value));

  test("has formulas over its positions that give what the pane shows: printed part, futures, markup and sets", async () => {
    const spread = await bookOfRows([
      ["IO2612-C-4800", "卖", 1, 45.2, 4650, 4800, 100],
      ["510050C2612M03100", "卖", 2, 0.05, 3.05, 3.1, 10000],
      ["510050P2612M03000", "买", 2, 0.02, 3.05, 3, 10000],
    ]);
    for (const book of [await sample(), spread]) {
      const market = ready(book);
      const grid = drained(marketGridInSteps(market, NO_MOVE, false));
      const plan = marketSheet(market, { grid, assumed: assumed("0.02", "0.1") }, asked);
      expect(plan.liveRows).toBe(5);
      for (const [row, cells] of gridOf(plan).entries()) {
        for (const [column, formula] of cells.entries()) {
          const shown = grid.rows[row]?.[column]?.ratio?.toNumber() ?? NaN;
          // Quotients and products of doubles, of about seven operations.
          expect(worked(plan, String(formula)) / shown).toBeCloseTo(1, 12);
        }
      }
    }
  });

  test("has values where days are ahead or one underlying moves alone, which no formula of ours tells", async () => {
    const market = ready(await sample());
    for (const given of [assumed("0", "0", 3), assumed("0", "0", 0, "m2701")]) {
      const grid = drained(marketGridInSteps(market, given, false));
      const plan = marketSheet(market, { grid, assumed: given }, asked);
      expect(plan.liveRows).toBe(0);
      expect(gridOf(plan)).toEqual(
        grid.rows.map((row) => row.map(({ ratio }) => ratio?.toNumber())),
      );
    }
  });

  test("says what was assumed, in either language, and changes by what then is less what now is", async () => {
    const market = ready(await sample());
    const grid = drained(marketGridInSteps(market, NO_MOVE, false));
    for (const [language, words] of [
      ["zh", ["模型估计", "全部同幅，今天"]],
      ["en", ["Model estimate", "all by the same %, today"]],
    ] as const) {
      const plan = marketSheet(market, { grid, assumed: assumed("0.02") }, { ...asked, language });
      const said = plan.cells.flat().map((cell) => String(cell?.value ?? ""));
      for (const word of words) expect(said.some((text) => text.includes(word))).toBe(true);
      expect(plan.cells[9]?.[3]?.formula).toBe("=C10-B10");
    }
  });
});
