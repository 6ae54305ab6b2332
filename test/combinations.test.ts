import { describe, expect, test } from "@jest/globals";
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
import { holdingsOf, type BookRow } from "./host/position-rows";
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
