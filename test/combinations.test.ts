import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  combinationNamed,
  digits,
  heldSets,
  lotsThatJoin,
  marginTogether,
  MarginError,
  nettedTonight,
  possibleSets,
  sentence,
  setsIn,
  setsInOrder,
  type Holding,
} from "../src/core";
import { exchanges } from "../src/exchanges";
import { sse } from "../src/exchanges/sse";
import type { CellError } from "../src/functions/cell";
import { dceComboMargin } from "../src/functions/dce";
import { marginPortfolio } from "../src/functions/portfolio";
import { sseSpreadMargin, sseStraddleMargin } from "../src/functions/sse";
import { szseSpreadMargin, szseStraddleMargin } from "../src/functions/szse";
import { zceCoveredMargin } from "../src/functions/zce";
import { holdingsOf, tableOf, type BookRow } from "./host/position-rows";
import { caseTable } from "./host/case-table";

type Column =
  | "id"
  | "status"
  | "source"
  | "exchange"
  | "on"
  | "first"
  | "firstSide"
  | "firstPrice"
  | "second"
  | "secondSide"
  | "secondPrice"
  | "underlying"
  | "rate"
  | "combination"
  | "apart"
  | "together"
  | "note";
type CombinationCase = Record<Column, string>;

const cases = caseTable<Column>("combinations.csv");
const ON = "2026-11-20";

/** The two rows of a case; shares come in a lot of 10,000. */
const rowsOf = (row: CombinationCase, combination?: string): BookRow[] =>
  (["first", "second"] as const).map((leg) => ({
    contract: row[leg],
    side: row[`${leg}Side`],
    quantity: /^\d{6}$/.test(row[leg]) ? 10_000 : 1,
    settlement: row[`${leg}Price`],
    underlying: row.underlying,
    rate: row.rate,
    ...(combination !== undefined && { combination }),
  }));

const refusal = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    if (error instanceof MarginError) return sentence(error).en;
    throw error;
  }
  return "answered";
};

describe("two legs", () => {
  test.each(cases.map((row) => [row.id, row] as const))("%s", (_id, row) => {
    for (const rows of [rowsOf(row, "A"), rowsOf(row, "A").reverse()]) {
      const holdings = holdingsOf(rows, row.on);
      expect(holdings.map(({ joins }) => joins?.rules.exchange ?? row.exchange)).toEqual([
        row.exchange,
        row.exchange,
      ]);
      const possible = possibleSets(holdings, row.on);
      if (row.combination === "") {
        expect(possible).toEqual([]);
        expect(refusal(() => heldSets(holdings, row.on))).toMatch(/^combination is "A"/);
      } else if (row.together === "?") {
        expect(possible).toEqual([]);
        expect(refusal(() => heldSets(holdings, row.on))).toBe("x is missing (A)");
      } else {
        for (const sets of [possible, heldSets(holdings, row.on)]) {
          expect(
            sets.map(({ combination, first, apart, together, saved }) => ({
              combination: combination.name,
              first: first.label,
              apart: digits(apart),
              together: digits(together),
              saved: digits(saved),
            })),
          ).toEqual([
            {
              combination: row.combination,
              first: row.first,
              apart: row.apart,
              together: row.together,
              saved: String(Number(row.apart) - Number(row.together)),
            },
          ]);
        }
        // A set that costs more than its legs may be held; none is built.
        const margins = (["none", "held", "best"] as const).map((mode) =>
          Number(digits(marginTogether(holdings, setsIn(mode, holdings, row.on)))),
        );
        const [none, held] = [Number(row.apart), Number(row.together)];
        expect(margins).toEqual([none, held, Math.min(none, held)]);
      }
    }
  });

  test("every combination of every exchange has a case that it fits and a source", () => {
    const known = exchanges.flatMap(({ exchange, combinations }) =>
      combinations.map(({ name }) => `${exchange} ${name}`),
    );
    const worked = new Set(
      cases.map(({ exchange, combination }) => `${exchange} ${combination}`.trim()),
    );
    expect(known.filter((name) => !worked.has(name))).toEqual([]);
    expect(cases.every(({ source, status }) => source !== "" && status === "worked")).toBe(true);
  });
});

const short = (contract: string, settlement: number, more: BookRow = {}): BookRow => ({
  ...{ contract, side: "short", quantity: 1, settlement, underlying: 3, ...more },
});
const long = (contract: string, more: BookRow = {}): BookRow => ({
  ...{ contract, side: "long", quantity: 1, underlying: 3, ...more },
});
const call = (strike: number): string => `510050C2612M0${strike}`;
const put = (strike: number): string => `510050P2612M0${strike}`;

describe("sets that a table says are held", () => {
  const held = (rows: readonly BookRow[], on = ON): string => {
    const holdings = holdingsOf(rows, on);
    return digits(marginTogether(holdings, heldSets(holdings, on)));
  };

  test("count beside legs that stand alone", () => {
    const set = { combination: 7, quantity: 3 };
    expect(
      held([long(call(3100), set), short(call(3000), 0.08, set), short(put(3000), 0.07)]),
    ).toBe("7300");
  });

  test("may cost more than their legs alone", () => {
    const set = { combination: "a" };
    expect(held([long(call(3500), set), short(call(3000), 0.08, set)])).toBe("5000");
  });

  test.each<[string, BookRow[], RegExp]>([
    ["a single leg", [long(call(3000), { combination: 1 })], /is "1": a set must be exactly two/],
    [
      "three legs",
      [3000, 3100, 3200].map((strike) => long(call(strike), { combination: 1 })),
      /exactly two rows/,
    ],
    [
      "unequal lots",
      [
        long(call(3100), { combination: 1, quantity: 2 }),
        short(call(3000), 0.08, { combination: 1 }),
      ],
      /equal lots/,
    ],
    [
      "two exchanges",
      [long("159919C2612M003100", { combination: 1 }), short(call(3000), 0.08, { combination: 1 })],
      /no combination of the exchange/,
    ],
    [
      "two units",
      [
        long("510500C2612M03000", { combination: 1, unit: 10_100 }),
        short("510500C2612M03100", 0.08, { combination: 1 }),
      ],
      /one underlying, expiry and unit/,
    ],
    [
      "an adjusted contract",
      [
        long("510050C2612A03000", { combination: 1, unit: 10_100, strike: 2.97 }),
        short("510050C2612A03100", 0.08, { combination: 1, unit: 10_100, strike: 3.07 }),
      ],
      /not adjusted/,
    ],
    [
      "too few shares",
      [
        long("510050", { combination: 1, quantity: 19_999 }),
        short(call(3000), 0.08, { combination: 1, quantity: 2 }),
      ],
      /enough shares/,
    ],
  ])("are refused by their id for %s", (_what, rows, said) => {
    expect(refusal(() => held(rows))).toMatch(said);
  });

  test("are refused once the exchange has taken them apart, unless the table knows a later expiry", () => {
    const rows = (expiry: string): BookRow[] => [
      long(call(3000), { combination: 1, expiry }),
      short(call(3100), 0.04, { combination: 1, expiry }),
    ];
    expect(refusal(() => held(rows(""), "2026-12-22"))).toMatch(/takes such a set apart/);
    expect(held(rows("2026-12-28"), "2026-12-22")).toBe("0");
    expect(refusal(() => held(rows("soon"), "2026-12-22"))).toMatch(/expiry must be a date/);
  });

  test("are taken apart two trading days before expiry, holidays counted", () => {
    // Expiry on 2023-01-30 after the Spring Festival of 21 to 29 January: E-2 is the 19th.
    const rows: BookRow[] = [
      long("510050C2301M02700", { combination: 1, underlying: 2.8 }),
      short("510050C2301M02800", 0.04, { combination: 1, underlying: 2.8 }),
    ];
    expect(held(rows, "2023-01-19")).toBe("0");
    expect(refusal(() => held(rows, "2023-01-20"))).toMatch(/takes such a set apart/);
  });
});

describe("shares", () => {
  const lots = (rows: readonly BookRow[]): readonly number[] => lotsThatJoin(holdingsOf(rows, ON));

  test("count in whole lots of the standard unit", () => {
    expect(lots([long("510050", { quantity: 29_999 })])).toEqual([2]);
    expect(lots([long("510050", { quantity: 9_999 })])).toEqual([0]);
  });

  test("locked by covered calls cover no others, adjusted units counted", () => {
    const shares = long("510050", { quantity: 30_000 });
    const covered = { side: "covered", contract: call(3000), quantity: 1 };
    expect(lots([shares, covered])).toEqual([2, 1]);
    expect(lots([shares, { ...covered, contract: "510050C2612A03000", unit: 10_001 }])[0]).toBe(1);
    // An adjusted contract without its unit locks an unknown number: none is taken for free.
    expect(lots([shares, { ...covered, contract: "510050C2612A03000" }])[0]).toBe(0);
    expect(lots([long("510050", { quantity: 5_000 }), shares, covered])).toEqual([0, 2, 1]);
  });
});

test("what bear call spreads save on the printed prices of 9 March 2015 is 44 to 80 %, not 30 to 50", () => {
  // SSE option training deck, lecture 5: the ETF at 2.294 at 10:00, the calls' prices then.
  const printed: [number, number][] = [
    [2250, 0.081],
    [2350, 0.03],
    [2400, 0.015],
    [2450, 0.008],
  ];
  const shares = printed.flatMap(([sold, price], i) =>
    printed.slice(i + 1).map(([held]) => {
      const rows = [
        long(`510050C2612M0${held}`),
        short(`510050C2612M0${sold}`, price, { underlying: 2.294 }),
      ];
      const [set] = possibleSets(holdingsOf(rows, ON), ON);
      if (!set) throw new Error(String(sold));
      return Math.round(set.saved.dividedBy(set.apart).times(100).toNumber());
    }),
  );
  expect(shares).toEqual([72, 58, 44, 80, 60, 73]);
});

describe("after tonight's netting", () => {
  const netted = (rows: readonly BookRow[], inSets: (holding: Holding) => number = () => 0) =>
    nettedTonight(holdingsOf(rows, ON), inSets).map(
      ({ holding, lots }) => `${holding.side} ${holding.label} ${lots}`,
    );
  const book = [
    long(call(3000), { quantity: 5 }),
    { contract: call(3000), side: "covered", quantity: 3 },
    short(call(3000), 0.08, { quantity: 4 }),
    short(call(3100), 0.08, { quantity: 4 }),
  ];

  test("long and short of one contract are set off, uncovered short before covered", () => {
    expect(netted(book)).toEqual([
      `long ${call(3000)} 5`,
      `short ${call(3000)} 4`,
      `covered ${call(3000)} 1`,
    ]);
  });

  test("legs in sets stay", () => {
    expect(netted(book, ({ side }) => (side === "long" ? 3 : side === "short" ? 1 : 0))).toEqual([
      `long ${call(3000)} 2`,
      `short ${call(3000)} 2`,
    ]);
  });

  test("only exchanges that do so net, commodity and index exchanges never", () => {
    const rows = [
      long("m2701-C-3000"),
      short("m2701-C-3000", 90, { underlying: 3000, rate: 0.1 }),
      long("IO2612-C-4800"),
      short("IO2612-C-4800", 60, { underlying: 4800 }),
    ];
    expect(netted(rows)).toEqual([]);
    expect(exchanges.filter(({ netting }) => netting).map(({ exchange }) => exchange)).toEqual([
      "SSE",
      "SZSE",
    ]);
  });
});

describe("an exchange's own order", () => {
  test("forms sets pair by pair, 1 before 2, whatever they save", () => {
    const soy = (contract: string, side: string, settlement: number | "", quantity: number) => ({
      ...{ contract, side, settlement, quantity, underlying: 3000, rate: 0.1 },
    });
    const holdings = holdingsOf(
      [
        soy("m2701-C-3000", "short", 90, 3),
        soy("m2701-C-3100", "long", "", 2),
        soy("m2701-P-3000", "short", 80, 2),
      ],
      ON,
    );
    const total = (order: readonly string[]): string => {
      const sets = setsInOrder(holdings, ON, ({ combination }) => {
        const place = order.indexOf(combination.name);
        return place < 0 ? undefined : place;
      });
      return digits(marginTogether(holdings, sets));
    };
    // Alone 11,700 + 7,600; a straddle saves 3,000, a credit spread 2,900.
    expect(total([])).toBe("19300");
    expect(total(["STD", "BES"])).toBe("10400");
    expect(total(["BES", "STD"])).toBe("10500");
    expect(digits(marginTogether(holdings, setsIn("best", holdings, ON)))).toBe("10400");
  });
});

describe("MARGIN.PORTFOLIO in the order of clearing", () => {
  const soy = (
    contract: string,
    side: string,
    settlement: number | "",
    quantity: number,
  ): BookRow => ({
    ...{ contract, side, settlement, quantity, underlying: 3000, rate: 0.1 },
  });
  // Alone 11,700 + 7,600; a straddle saves 3,000, a credit spread 2,900.
  const book = [
    soy("m2701-C-3000", "short", 90, 3),
    soy("m2701-C-3100", "long", "", 2),
    soy("m2701-P-3000", "short", 80, 2),
  ];
  const STRADDLE = "-m2701-C-3000,-m2701-P-3000";
  const SPREAD = "-m2701-C-3000,m2701-C-3100";
  const NAMES = ["组合", "优先级"];
  const margin = (rows: readonly BookRow[], list?: unknown[][], mode = "order"): number =>
    marginPortfolio(tableOf(rows), mode, 0, ON, list);
  const refused = (rows: readonly BookRow[], list?: unknown[][]): string => {
    try {
      margin(rows, list);
    } catch (error) {
      return (error as CellError).message;
    }
    return "answered";
  };

  test("forms the pairs of the exchange's list, 1 first, whichever leg is written first", () => {
    expect(margin(book, [NAMES, [STRADDLE, 1], [SPREAD, 2]])).toBe(10400);
    expect(margin(book, [NAMES, [STRADDLE, 9], [SPREAD, 2]], "交易所顺序")).toBe(10500);
    expect(
      margin(book, [
        ["Priority", "x", "combination"],
        [2, 0, "M2701-c-3100， -m2701-C-3000"],
      ]),
    ).toBe(13500);
    expect(margin(book, [], "best")).toBe(10400);
  });

  test("forms no pair that is not listed, nor one of other sides", () => {
    expect(margin(book, [NAMES])).toBe(19300);
    expect(margin(book, [NAMES, ["m2701-C-3000,m2701-P-3000", 1]])).toBe(19300);
    expect(margin(book, [NAMES, ["-m2701-C-3000,-m2701-P-2900", 1]])).toBe(19300);
  });

  test("takes the lines for speculation where the list has hedged positions too", () => {
    const list = [
      [...NAMES, "投保属性"],
      [STRADDLE, 1, "套保-套保"],
      [STRADDLE, 4, "投机-投机"],
      [SPREAD, 2, "投机-投机"],
      [SPREAD, 3, "投机-套保"],
    ];
    expect(margin(book, list)).toBe(10500);
  });

  test("never needs less than the best, and other exchanges keep the sets they hold", () => {
    const etf = [
      short(call(3000), 0.08, { combination: "S" }),
      short(put(3000), 0.07, { combination: "S" }),
    ];
    const list = [NAMES, [SPREAD, 1], [STRADDLE, 2]];
    expect(margin([...book, ...etf], list)).toBe(10500 + 5100);
    const alone = etf.map((row) => ({ ...row, combination: "" }));
    expect(margin([...book, ...alone], list)).toBe(10500 + 8700);
    // What a table says of Dalian's sets does not count: clearing forms them anew.
    const told = book.map((row, leg) => (leg < 2 ? { ...row, combination: 1, quantity: 2 } : row));
    expect(margin(told, list)).toBe(
      margin(
        told.map((row) => ({ ...row, combination: "" })),
        list,
      ),
    );
  });

  test("needs no list where no exchange orders the sets or one leg stands alone", () => {
    expect(margin([soy("m2701-C-3000", "short", 90, 3), short(put(3000), 0.07)])).toBe(
      11700 + 4300,
    );
    expect(margin([])).toBe(0);
  });

  test.each<[string, unknown[][] | undefined, RegExp]>([
    ["without a list", undefined, /缺优先级（DCE） · priority is missing \(DCE\)/],
    ["for a blank list", [["", 0]], /priority is missing/],
    ["for a list without its header", [[STRADDLE, 1]], /first row must hold column names/],
    ["for a pair with two places", [NAMES, [STRADDLE, 1], [STRADDLE, 2]], /第 3 行 .*两个优先级/],
    [
      "for two pairs at one place",
      [NAMES, [STRADDLE, 1], [SPREAD, 1]],
      /row 3, .*which comes first/,
    ],
    [
      "for a place that is none",
      [NAMES, [STRADDLE, "first"]],
      /row 2, .*priority must be a number/,
    ],
    ["for half a pair", [NAMES, ["m2701-C-3000", 1]], /row 2, .*names no two legs/],
    ["for a leg that is no contract", [NAMES, ["m2701-C,-m2701-P-3000", 1]], /row 2, .*not known/],
  ])("is refused %s", (_what, list, said) => {
    expect(refused(book, list)).toMatch(said);
  });

  test("is refused where clearing forms a pair that no rule here prices: what is left for others is not known", () => {
    const futures = [soy("m2701", "long", 3000, 1), soy("m2705", "short", 3000, 1)];
    expect(refused([...book, ...futures], [NAMES, ["m2701,-m2705", 7]])).toMatch(
      /没有 m2701,-m2705 的规则 · row 2, m2701,-m2705: there is no rule/,
    );
    const calendar = [soy("m2701-C-3000", "short", 90, 1), soy("m2705-C-3000", "long", "", 1)];
    expect(refused(calendar, [NAMES, ["-m2701-C-3000,m2705-C-3000", 1]])).toMatch(/no rule/);
    expect(margin(calendar, [NAMES])).toBe(3900);
  });

  test("on random books takes the pairs as listed, and never less than the best", () => {
    const strikes = [2900, 3000, 3100];
    const row = fc.record({
      right: fc.constantFrom("C", "P"),
      strike: fc.constantFrom(...strikes),
      side: fc.constantFrom("short", "long"),
      price: fc.integer({ min: 20, max: 200 }),
      lots: fc.integer({ min: 1, max: 4 }),
    });
    const books = fc.uniqueArray(row, {
      minLength: 2,
      maxLength: 7,
      selector: ({ right, strike, side }) => `${right} ${strike} ${side}`,
    });
    let dearer = 0;
    fc.assert(
      fc.property(books, fc.infiniteStream(fc.nat(1000)), (drawn, ranks) => {
        const rows = drawn.map(({ right, strike, side, price, lots }) =>
          soy(`m2701-${right}-${strike}`, side, price, lots),
        );
        const holdings = holdingsOf(rows, ON);
        const sign = ({ side, label }: Holding): string => (side === "short" ? "-" : "") + label;
        const listed = possibleSets(holdings, ON)
          .map((set) => ({ set, rank: ranks.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ set }) => set);
        const lines = listed.map(({ first, second }, at) => [
          `${sign(first)},${sign(second)}`,
          at + 1,
        ]);
        let expected = margin(rows, [], "none");
        const left = new Map(holdings.map((holding) => [holding, holding.lots.toNumber()]));
        for (const { first, second, saved } of listed) {
          const sets = Math.min(left.get(first) ?? 0, left.get(second) ?? 0);
          for (const leg of [first, second]) left.set(leg, (left.get(leg) ?? 0) - sets);
          expected -= sets * saved.toNumber();
        }
        const ordered = margin(rows, [NAMES, ...lines.reverse()]);
        expect(ordered).toBeCloseTo(expected, 6);
        const best = margin(rows, [], "best");
        expect(ordered).toBeGreaterThanOrEqual(best);
        if (ordered > best) dearer += 1;
      }),
      { numRuns: 300 },
    );
    expect(dearer).toBeGreaterThan(30);
  });

  test("passes over what is not held unread, in a list of a hundred thousand lines", () => {
    const list: unknown[][] = [NAMES, [STRADDLE, 1], [SPREAD, 2]];
    for (let line = 3; line < 100_000; line++)
      list.push([`a2701-C-${line},-a2701-C-${line + 1}`, line]);
    expect(margin(book, list)).toBe(10400);
  });

  test("the order stands in the rules of the exchange that has one, with its doubt", () => {
    const ordering = exchanges.filter(({ clearingOrder }) => clearingOrder);
    expect(ordering.map(({ exchange }) => exchange)).toEqual(["DCE"]);
    expect(ordering[0]?.clearingOrder?.certainty).toBe("weak");
    expect(ordering[0]?.clearingOrder?.note).toBeDefined();
  });
});

describe("the functions of single combinations, at their borders", () => {
  const refusalOf = (body: () => unknown): string => {
    try {
      return `answered ${String(body())}`;
    } catch (error) {
      return (error as CellError).message;
    }
  };

  test.each([
    ["C", 3, 3.1, 0],
    ["C", 3.1, 3, 1000],
    ["P", 3, 2.9, 0],
    ["P", 2.9, 3, 1000],
  ])("a spread of %s long at %p and short at %p takes %p", (right, bought, sold, margin) => {
    expect(sseSpreadMargin(right, bought, sold)).toBe(margin);
    expect(szseSpreadMargin(right, bought, sold, 10000, 3, 0.2)).toBeCloseTo(margin * 3.6, 9);
    expect(refusalOf(() => sseSpreadMargin(right, bought, bought))).toMatch(/makes no spread/);
  });

  test.each([
    // The call needs more, the put does, both need the same: 4,000 and the larger premium.
    [0.08, 0.07, 3, 3, 5100],
    [0.05, 0.07, 3, 3, 4800],
    [0.14, 0.04, 3.1, 3.1, 5400],
    // A strangle either way, and one whose legs need the same: 3,200 + 600.
    [0.04, 0.035, 3.1, 2.9, 3350],
    [0.03, 0.06, 3.1, 2.9, 3500],
    [0.06, 0.06, 3.1, 2.9, 3800],
  ])("calls at %p and puts at %p, strikes %p and %p: %p", (c, p, callStrike, putStrike, margin) => {
    expect(sseStraddleMargin(c, p, 3, callStrike, putStrike, 10000, 1, 0, ON)).toBe(margin);
    expect(szseStraddleMargin(c, p, 3, callStrike, putStrike, 10000, 2, 0.5, ON)).toBe(margin * 3);
  });

  test("a put above the call's strike makes no straddle, and none is older than its rule", () => {
    expect(refusalOf(() => sseStraddleMargin(0.15, 0.14, 3, 2.9, 3.1))).toMatch(/neither straddle/);
    expect(
      refusalOf(() => sseStraddleMargin(0.08, 0.07, 3, 3, 3, 10000, 1, 0, "2019-11-15")),
    ).toMatch(/no rule for 2019-11-15/);
  });

  const combos: [string, unknown[], number][] = [
    ["STD", [3900, 3800, 900, 800], 4700],
    ["STD", [3700, 3800, 700, 800], 4500],
    ["STD", [3500, 3500, 1000, 500], 4500],
    ["STD", [3500, 3500, 500, 1000], 4500],
    ["STG", [3000, 2900, 500, 400], 3400],
    ["STG", [2900, 3000, 400, 500], 3400],
    ["STG", [3000, 3000, 500, 500], 3500],
    ["SFO", [3000, "", "", 900], 3900],
    ["PRT", [3000, 0, 0, 900], 3900],
    ["OPL", [3900, "", "", ""], 780],
    ["BLS", [3000, "", "", ""], 600],
    ["BES", [3900, "", "", "", 1000], 1000],
    ["BES", [3900, "", "", "", 3900], 3900],
    ["BES", [3900, "", "", "", 5000], 3900],
    ["CAS", [3900, "", "", "", "", 0.5], 1950],
    ["BFO", [3000, "", "", ""], 2400],
    ["BFO", [3000, "", "", "", "", 0.7], 2100],
  ];
  test.each(combos)("DCE %s of %p takes %p", (code, [a, b, c, d, gap, x], margin) => {
    expect(dceComboMargin(code, a, b, c, d, gap, x)).toBeCloseTo(margin, 9);
    expect(dceComboMargin(code.toLowerCase(), a, b, c, d, gap, x, 3)).toBeCloseTo(margin * 3, 9);
  });

  test("a calendar spread without its factor has no answer, and a strike gap is asked for", () => {
    expect(refusalOf(() => dceComboMargin("CAS", 3900, "", "", ""))).toMatch(/x is missing/);
    expect(refusalOf(() => dceComboMargin("BES", 3900, "", "", ""))).toMatch(/strikeGap must/);
  });

  test("a short option against its future takes premium and futures margin, as in a table", () => {
    expect(zceCoveredMargin(100, 6000, 10, 0.07)).toBe(5200);
    expect(zceCoveredMargin(100, 6000, 10, 0.07, 2, 0.5)).toBe(15600);
    expect(refusalOf(() => zceCoveredMargin(100, 6000, 10, 0))).toMatch(/rate is missing/);
    expect(refusalOf(() => zceCoveredMargin(0, 6000, 10, 0.07))).toMatch(/premium must be above/);
  });
});

test("more than 1,000 rows of one product are refused where they would combine, not where they cannot", () => {
  const many = (row: BookRow, count: number) =>
    holdingsOf(
      Array.from({ length: count }, () => row),
      ON,
    );
  expect(refusal(() => possibleSets(many(long(call(3000)), 1001), ON))).toMatch(/1,000 rows/);
  expect(possibleSets(many(long(call(3000)), 1000), ON)).toEqual([]);
  expect(possibleSets(many(long("IO2612-C-4800"), 1001), ON)).toEqual([]);
});

test("a combination is found by its code or another name of it, in any case", () => {
  const dce = exchanges.find(({ exchange }) => exchange === "DCE");
  if (!dce) throw new Error("DCE");
  expect(combinationNamed(dce, " prt ")?.name).toBe("SFO");
  expect(combinationNamed(dce, "constructor")).toBeUndefined();
  expect(combinationNamed(sse, "ks")?.title.en).toBe("short straddle");
});
