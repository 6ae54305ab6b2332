// Positions margined together: which sets a statement or its charges tell, what the exchange's rule takes off for
// them, and that nothing that isn't known makes a sum smaller or a status normal.
import { describe, expect, test } from "@jest/globals";
import { bookOf, combiningFor, planFor, stripOf, type Book, type HeldSet } from "../src/account";
import { liveSheet } from "../src/account/sheet";
import type { Profile } from "../src/account/profile";
import { amount, bestSets, digits, marginTogether, type Amount, type Day } from "../src/core";
import { readCells, type Statement } from "../src/statements";
import { CTP_PROFILE, ctpBook } from "./host/books";
import { holdingsOf } from "./host/position-rows";
import { random } from "./host/random";
import { drawBook } from "./host/random-books";
import { recalculate } from "./oracle/univer";

const DAY = "2026-11-20";

type Row = readonly [contract: string, side: string, lots: number, price: number, of: number];

interface Told {
  readonly legs: readonly string[];
  readonly sets: number;
  readonly strategy?: string;
  readonly margin?: string;
}

interface Given {
  readonly day?: Day;
  readonly equity?: string;
  readonly profile?: Partial<Profile>;
  /** Changes what was read. */
  readonly read?: (statement: Statement) => Statement;
}

const RATES: Profile["products"] = Object.fromEntries(
  ["m", "y", "SR", "CF"].map((code) => [code, { exchange: "0.1" }]),
);

/** A book at a broker that charges 1.2 times the exchange's margin, with sets as a statement prints them. */
async function book(rows: readonly Row[], told: readonly Told[], given: Given = {}): Promise<Book> {
  const { day = DAY, equity = "10000000", profile, read = (one) => one } = given;
  const header = ["合约", "方向", "手数", "结算价", "标的价"];
  const statement = await readCells([header, ...rows.map((row) => row.map(String))], "表", { day });
  const combinations = told.map(({ legs, sets, strategy, margin }, index) => ({
    ...{ place: {}, id: String(index + 1), strategy, legs, quantity: amount(sets) },
    margin: margin === undefined ? undefined : amount(margin),
  }));
  return bookOf({
    statement: read({ ...statement, combinations }),
    prices: {},
    equity: amount(equity),
    profile: {
      ...CTP_PROFILE,
      products: RATES,
      surcharge: { kind: "multiple", markup: "0.2" },
      ...profile,
    },
    today: day,
  });
}

const shown = (n: Amount | undefined): string => (n ? digits(n) : "–");

const described = ({ combination, legs, sets, saved }: HeldSet): string =>
  [
    combination?.name ?? "none",
    legs.map(({ id }) => id).join(" + "),
    ...[sets, saved.broker, saved.exchange].map(shown),
  ].join(" | ");

const setsOf = ({ sets }: Book): string[] => sets.map(described);

/** Lines with lots in sets, and how many. */
const openIn = ({ lines }: Book): string[] =>
  lines.flatMap(({ id, combined, inSets }) => (combined ? [`${id} ${shown(inSets)}`] : []));

const totals = ({ standings: { recomputed, exchange } }: Book): string[] =>
  [recomputed, exchange].map(
    ({ margin, withoutRelief, status }) => `${withoutRelief ? "≤" : ""}${shown(margin)} ${status}`,
  );

// ETF at 3.0: a short at the money takes (0.05 + 0.12 × 3) × 10,000 = 4,100, either right.
const CALL: Row = ["510050C2612M03000", "卖", 10, 0.05, 3];
const PUT: Row = ["510050P2612M03000", "卖", 10, 0.04, 3];
// 0.1 out of the money: 0.02 + max(0.36 − 0.1, 0.21) = 0.28, 2,800 a lot.
const OUT: Row = ["510050C2612M03100", "卖", 5, 0.02, 3];
const LONG: Row = ["510050C2612M03000", "买", 5, 0.05, 3];
const straddle: Told = { legs: [CALL[0], PUT[0]], sets: 10, strategy: "KS" };

describe("sets that a statement names", () => {
  test("are priced by the rule on both standards, whichever leg comes first", async () => {
    // 4,100 and 4,000 apart; together the larger and the other's premium of 400: 3,600 less a set.
    for (const legs of [straddle.legs, [...straddle.legs].reverse()]) {
      const one = await book([CALL, PUT], [{ ...straddle, legs }]);
      expect(setsOf(one)).toEqual([
        "KS | 510050C2612M03000 short + 510050P2612M03000 short | 10 | 43200 | 36000",
      ]);
      expect(totals(one)).toEqual(["54000 normal", "45000 normal"]);
    }
  });

  test("lots outside them are charged alone", async () => {
    const one = await book([CALL, PUT], [{ ...straddle, sets: 4 }]);
    // 81,000 less four times 3,600.
    expect(totals(one)).toEqual(["79920 normal", "66600 normal"]);
  });

  test("a debit spread takes nothing; one that costs more than its legs is charged what it costs", async () => {
    const spread: Told = { legs: [LONG[0], OUT[0]], sets: 5, strategy: "CNSJC" };
    expect(totals(await book([LONG, OUT], [spread]))).toEqual(["0 normal", "0 normal"]);
    const far: Row = ["510050C2612M03500", "买", 5, 0.001, 3];
    const credit: Told = { legs: [far[0], OUT[0]], sets: 5, strategy: "CXSJC" };
    // 0.4 × 10,000 a set against 2,800 for the short leg alone.
    const costly = await book([far, OUT], [credit]);
    expect(setsOf(costly)).toEqual([
      "CXSJC | 510050C2612M03500 long + 510050C2612M03100 short | 5 | -7200 | -6000",
    ]);
    expect(totals(costly)).toEqual(["24000 normal", "20000 normal"]);
  });

  test("a code that is held long and short means the leg that fits", async () => {
    const both: Row = ["510050C2612M03000", "卖", 1, 0.05, 3];
    const one = await book([LONG, both, OUT], [{ legs: [LONG[0], OUT[0]], sets: 5 }]);
    expect(setsOf(one)[0]).toMatch(/^CNSJC \| 510050C2612M03000 long \+ 510050C2612M03100 short/);
    expect(totals(one)).toEqual(["≤4920 normal", "≤4100 normal"]);
  });

  test("one code for both legs is an option held both ways", async () => {
    const [code, , , ...prices] = ["m2701-C-3000", "", 0, 50, 2985] as const;
    const rows: Row[] = [
      [code, "卖", 2, ...prices],
      [code, "买", 2, ...prices],
    ];
    const one = await book(rows, [{ legs: [code, code], sets: 2 }]);
    expect(setsOf(one)[0]).toMatch(/^OPL \| m2701-C-3000 short \+ m2701-C-3000 long \| 2/);
    // 500 + 29,850 × 0.1 − half of 150 out of the money: 3,410 a lot, a fifth of it in the set.
    expect(totals(one)).toEqual(["1636.8 normal", "1364 normal"]);
  });
});

describe("a set that no rule prices leaves the sum the most it can be", () => {
  /** A set with a long leg on an ETF may take more than its legs, lots no set names may be in one: never normal. */
  const none = async (
    rows: readonly Row[],
    told: readonly Told[],
    given: Given = {},
    status: "normal" | "undetermined" = "normal",
  ) => {
    const one = await book(rows, told, given);
    expect(one.sets.map(({ combination, saved }) => [combination, saved])).toEqual(
      told.map(() => [undefined, { broker: undefined, exchange: undefined }]),
    );
    expect(totals(one)).toEqual([
      expect.stringMatching(`^≤.+ ${status}$`),
      expect.stringMatching(`^≤.+ ${status}$`),
    ]);
    return one;
  };

  test("where its name is another rule's", () =>
    none([CALL, PUT], [{ ...straddle, strategy: "KKS" }]));

  test("where the title is another rule's", () =>
    none([CALL, PUT], [{ ...straddle, strategy: "宽跨式空头" }]));

  test("where a leg isn't there, or no form joins them", async () => {
    await none([CALL], [straddle], {}, "undetermined");
    await none([CALL, OUT], [{ legs: [CALL[0], OUT[0]], sets: 5 }]);
    await none([CALL, PUT, OUT], [{ legs: [CALL[0], PUT[0], OUT[0]], sets: 5 }]);
  });

  test("where the exchange has taken it apart by that day", () =>
    none(
      [LONG, OUT],
      [{ legs: [LONG[0], OUT[0]], sets: 5 }],
      { day: "2026-12-22" },
      "undetermined",
    ));

  test("where the sets ask for more lots than there are, all together", async () => {
    await none([CALL, PUT], [{ ...straddle, sets: 11 }]);
    await none(
      [CALL, PUT],
      [
        { ...straddle, sets: 6 },
        { ...straddle, sets: 5 },
      ],
    );
    // A set that no rule prices takes lots too.
    await none(
      [CALL, PUT],
      [
        { ...straddle, sets: 6 },
        { ...straddle, strategy: "KKS", sets: 5 },
      ],
    );
  });

  test("where the row's own count of lots in sets is smaller", () =>
    none([CALL, PUT], [straddle], {
      read: (statement) => ({
        ...statement,
        positions: statement.positions.map((one) => ({ ...one, combinedQuantity: amount(9) })),
      }),
    }));

  test("where shares are a leg: how many are free is not told", () =>
    none([CALL, ["510050", "买", 5000, 3, 3]], [{ legs: ["510050", CALL[0]], sets: 10 }]));

  test("where lots in sets are counted beyond those named, for these lots alone", async () => {
    const counted = (statement: Statement): Statement => ({
      ...statement,
      positions: statement.positions.map((one) => ({ ...one, combinedQuantity: amount(10) })),
    });
    const one = await book([CALL, PUT], [{ ...straddle, sets: 4 }], { read: counted });
    expect(totals(one)).toEqual(["≤79920 undetermined", "≤66600 undetermined"]);
  });
});

describe("the status", () => {
  test("follows an exact figure both ways; of an upper bound only what is certain", async () => {
    // 54,000 together and 97,200 apart, on the broker's standard.
    expect(totals(await book([CALL, PUT], [straddle], { equity: "80000" }))[0]).toBe(
      "54000 normal",
    );
    expect(totals(await book([CALL, PUT], [straddle], { equity: "55000" }))[0]).toBe(
      "54000 marginCall",
    );
    const unknown = { ...straddle, strategy: "KKS" };
    expect(totals(await book([CALL, PUT], [unknown], { equity: "80000" }))).toEqual([
      "≤97200 undetermined",
      "≤81000 undetermined",
    ]);
  });

  test("is never normal where a set's printed margin is another than the rule's, which is said", async () => {
    const agreed = await book([CALL, PUT], [{ ...straddle, margin: "54000" }]);
    expect([agreed.standings.doubts, totals(agreed)[0]]).toEqual([[], "54000 normal"]);
    const one = await book([CALL, PUT], [{ ...straddle, margin: "60000" }]);
    expect(totals(one)).toEqual(["54000 undetermined", "45000 undetermined"]);
    expect(one.standings.status).toBe("undetermined");
    expect(one.standings.doubts.map(({ zh }) => zh)).toEqual([
      "组合保证金账单所印与规则不同：1 KS 账单 60000.00、规则 54000.00。重算的合计按规则，重算的状态不说“正常”。核对公司参数、价格和这些组合的规则。",
    ]);
    // It is called all the same.
    const called = await book([CALL, PUT], [{ ...straddle, margin: "60000" }], { equity: "55000" });
    expect(totals(called)[0]).toBe("54000 marginCall");
  });

  test("is never normal where a set that no rule prices was charged more than its legs", async () => {
    const more = { ...straddle, strategy: "KKS", margin: "98000" };
    expect(totals(await book([CALL, PUT], [more]))[0]).toBe("≤97200 undetermined");
  });
});

describe("sets that only the charges tell", () => {
  const HEADER = ["合约", "方向", "手数", "结算价", "标的价", "保证金", "投保"];
  const chargedBook = async (...rows: readonly (readonly (string | number)[])[]): Promise<Book> => {
    const cells = [HEADER, ...rows.map((row) => row.map(String))];
    return bookOf({
      statement: await readCells(cells, "表", { day: DAY }),
      prices: {},
      equity: amount("10000000"),
      profile: {
        ...CTP_PROFILE,
        products: RATES,
        surcharge: { kind: "multiple", markup: "0.2" },
      },
      today: DAY,
    });
  };
  const charged = async (
    ...rows: readonly (readonly (string | number)[])[]
  ): Promise<readonly string[]> => setsOf(await chargedBook(...rows));
  // Call 600 + 29,850 × 0.1 − half of 1,150: 3,010 a lot. Put 150 + 2,985 − half of 1,850: 2,210.
  const C = ["m2701-C-3100", "卖", 2, 60, 2985, 7224, "投机"];
  const P = ["m2701-P-2800", "卖", 2, 15, 2985, 300, "投机"];

  test("a leg charged its premium alone beside its only possible partner is a strangle", async () => {
    expect(await charged(C, P)).toEqual([
      "STG | m2701-C-3100 short + m2701-P-2800 short | 2 | 4944 | 4120",
    ]);
    const { sets } = await ctpBook();
    expect(sets.map(described)).toEqual([
      "STG | m2701-C-3100 short + m2701-P-2800 short | 4 | 8240 | 4658",
    ]);
    expect(sets.map(({ from, printed }) => [from, shown(printed)])).toEqual([["charges", "11840"]]);
  });

  test("none is told where another leg, a future or another use may be its partner", async () => {
    expect(await charged(C, P, ["m2701-C-3200", "卖", 2, 30, 2985, 5000, "投机"])).toEqual([]);
    expect(await charged(C, P, ["m2701", "卖", 2, 2985, 2985, 7164, "投机"])).toEqual([]);
    expect(await charged(C, [...P.slice(0, 6), "套保"])).toEqual([]);
    expect(await charged([...C.slice(0, 2), 3, ...C.slice(3)], P)).toEqual([]);
    expect(await charged(C, P, ["m2701-P-2700", "卖", 2, 9, 2985, 180, "投机"])).toEqual([]);
  });

  test("none is told where the rule would charge the other leg its premium alone", async () => {
    const dear = ["m2701-P-3300", "卖", 2, 330, 2985, 6600, "投机"];
    const call = ["m2701-C-3400", "卖", 2, 5, 2985, 4000, "投机"];
    const one = await chargedBook(call, dear);
    expect([setsOf(one), openIn(one)]).toEqual([
      [],
      ["m2701-C-3400 short 2", "m2701-P-3300 short 2"],
    ]);
  });

  test("none is told at an exchange that knows no combinations", async () => {
    const io = ["IO2612-P-4300", "卖", 1, 18.6, 4650, 1860, "投机"];
    const call = ["IO2612-C-4800", "卖", 1, 45.2, 4650, 59270, "投机"];
    const one = await chargedBook(io, call);
    expect([setsOf(one), openIn(one)]).toEqual([
      [],
      ["IO2612-P-4300 short 1", "IO2612-C-4800 short 1"],
    ]);
  });
});

describe("a leg charged less than the exchange takes of it alone", () => {
  const RATE = { surcharge: { kind: "multiple", markup: "0" } } as const;
  const HEADER = ["合约", "方向", "手数", "结算价", "标的价", "保证金"];
  const bookOfCharges = async (
    equity: number,
    rows: readonly (readonly (string | number)[])[],
    profile: Partial<Profile> = RATE,
  ): Promise<Book> =>
    bookOf({
      statement: await readCells([HEADER, ...rows.map((row) => row.map(String))], "表", {
        day: DAY,
      }),
      prices: {},
      equity: amount(equity),
      profile: { ...CTP_PROFILE, products: RATES, ...profile },
      today: DAY,
    });
  // Alone 900 + 3000 − half of 1000: 3,400.
  const SHORT = ["m2701-C-3100", "卖", 1, 90, 3000, 1000];
  const LONG_CALL = ["m2701-C-3200", "买", 1, 50, 3000, 0];
  const OTHERS = [
    ["SR701C6000", "卖", 1, 100, 6000, 7000],
    ["SR705C6000", "卖", 1, 100, 6000, 7000],
  ];

  test("is in the one set whose rule gives it to the fen", async () => {
    const one = await bookOfCharges(16000, [LONG_CALL, SHORT, ...OTHERS]);
    expect(setsOf(one)).toEqual(["BES | m2701-C-3100 short + m2701-C-3200 long | 1 | 2400 | 2400"]);
    expect(totals(one)).toEqual(["15000 marginCall", "15000 marginCall"]);
    expect(one.standings.status).not.toBe("immediate");
    // The long one sold, the short one is margined alone: 17,400 on 20,500.
    const sold = stripOf(await bookOfCharges(20000, [LONG_CALL, SHORT, ...OTHERS]), [
      { contract: "m2701-C-3200", side: "sell", effect: "close", lots: 1, price: amount(50) },
    ]);
    expect([shown(sold.then?.margin), shown(sold.then?.equity)]).toEqual(["17400", "20500"]);
  });

  test("goes by the exchange's standard where the broker's isn't known", async () => {
    const unknown = { surcharge: { kind: "unknown" } } as const;
    const one = await bookOfCharges(16000, [LONG_CALL, SHORT, ...OTHERS], unknown);
    expect(setsOf(one)).toEqual(["BES | m2701-C-3100 short + m2701-C-3200 long | 1 | – | 2400"]);
    expect(totals(one)[1]).toBe("15000 marginCall");
  });

  test("leaves the set open where no rule gives it, or several legs may be the other", async () => {
    const odd = [...SHORT.slice(0, 5), 1200];
    const one = await bookOfCharges(16000, [LONG_CALL, odd, ...OTHERS]);
    expect([setsOf(one), openIn(one), totals(one)[1]]).toEqual([
      [],
      ["m2701-C-3200 long 1", "m2701-C-3100 short 1"],
      "≤17400 watch",
    ]);
    const put = ["m2701-P-2700", "卖", 1, 10, 3000, 1600];
    const further = ["m2701-C-3300", "买", 3, 30, 3000, 0];
    for (const [other, lots] of [
      [put, "m2701-P-2700 short 1"],
      [further, "m2701-C-3300 long 1"],
    ] as const) {
      const more = await bookOfCharges(16000, [LONG_CALL, SHORT, other, ...OTHERS]);
      expect([setsOf(more), openIn(more)]).toEqual([
        [],
        ["m2701-C-3200 long 1", "m2701-C-3100 short 1", lots],
      ]);
      expect(totals(more)[1]).toMatch(/^≤/);
    }
  });

  test("keeps an open set's relief on the sheet only while all that may be in it stay as they were", async () => {
    const future = ["m2701", "买", 2, 3000, 3000, 6000];
    const far = ["m2705-C-3100", "买", 1, 120, 3000, 0];
    const one = await bookOfCharges(16000, [LONG_CALL, SHORT, future, far, ...OTHERS]);
    const { cells } = liveSheet(one, { language: "zh", namespace: "", taken: [] });
    const relief = cells
      .map((row) => row[23]?.formula ?? "")
      .find((text) => text.includes("-2400"));
    for (const [contract, lots] of [
      [LONG_CALL[0], 1],
      [future[0], 2],
      [far[0], 1],
    ] as const) {
      const row = cells.findIndex((line, at) => at > 13 && line[0]?.value === contract) + 1;
      expect(relief).toContain(`C${row}=${lots}`);
    }
  });

  test("is charged by other prices, or another rate, where no set by the rules takes so little", async () => {
    const none = await bookOfCharges(16000, [SHORT, ...OTHERS]);
    expect([openIn(none), totals(none)[1]]).toEqual([[], "17400 immediate"]);
    const cheap = [...SHORT.slice(0, 5), 400];
    const one = await bookOfCharges(16000, [LONG_CALL, cheap, ...OTHERS]);
    expect([openIn(one), totals(one)[1]]).toEqual([[], "17400 immediate"]);
  });

  test("may be of a calendar spread, whose rule lacks its factor", async () => {
    const near = ["m2701-C-3100", "卖", 1, 90, 3000, 500];
    const far = ["m2705-C-3100", "买", 1, 120, 3000, 0];
    const one = await bookOfCharges(16000, [near, far, ...OTHERS]);
    expect([setsOf(one), openIn(one)]).toEqual([
      [],
      ["m2701-C-3100 short 1", "m2705-C-3100 long 1"],
    ]);
  });

  test("covered by a future holds that future, which covers no other", async () => {
    const future = ["SR701", "买", 1, 6000, 6000, 6000];
    const covered = ["SR701C6000", "卖", 1, 100, 6000, 1000];
    const naked = ["SR701C5900", "卖", 1, 160, 6000, 7600];
    const one = await bookOfCharges(15000, [future, covered, naked]);
    expect(setsOf(one)).toEqual(["PRT | SR701 long + SR701C6000 short | 1 | 6000 | 6000"]);
    expect(totals(one)).toEqual(["14600 marginCall", "14600 marginCall"]);
    const plan = planFor(one, { order: "fewest", line: amount("0.8"), slippage: amount(0) });
    expect("steps" in plan ? plan.steps.map(({ contract }) => contract) : plan).not.toContain(
      "SR701 long",
    );
    const combining = combiningFor(one);
    expect("acts" in combining && [shown(combining.now), shown(combining.best)]).toEqual([
      "14600",
      "14600",
    ]);
    // By another premium it isn't told which it covers.
    const open = await bookOfCharges(15000, [future, [...covered.slice(0, 5), 1100], naked]);
    expect([setsOf(open), openIn(open)]).toEqual([[], ["SR701 long 1", "SR701C6000 short 1"]]);
    const left = combiningFor(open);
    expect("acts" in left && left.acts).toEqual([]);
  });

  test("one future of fewer lots than the options charged their premium is told with none", async () => {
    const future = ["SR701", "买", 1, 6000, 6000, 6000];
    const [one, other] = [
      ["SR701C6000", "卖", 1, 100, 6000, 1000],
      ["SR701C6100", "卖", 1, 60, 6000, 600],
    ];
    expect(setsOf(await bookOfCharges(15000, [future, one, other]))).toEqual([]);
    const two = ["SR701", "买", 2, 6000, 6000, 12000];
    expect(setsOf(await bookOfCharges(15000, [two, one, other]))).toHaveLength(2);
  });

  test("is no strangle where another set gives the same, or the rule takes the other leg for the lighter", async () => {
    // A bear spread of 50 takes 500, which is the premium by chance.
    const call = ["m2701-C-3000", "卖", 1, 50, 3000, 500];
    const wing = ["m2701-C-3050", "买", 1, 30, 3000, 0];
    const put = ["m2701-P-2700", "卖", 1, 10, 3000, 1600];
    const one = await bookOfCharges(16000, [wing, call, put, ...OTHERS]);
    expect([setsOf(one), openIn(one)]).toEqual([
      [],
      ["m2701-C-3050 long 1", "m2701-C-3000 short 1", "m2701-P-2700 short 1"],
    ]);
    // The call takes 1000 + 3000 alone, the put 300 + 2000.
    const heavier = ["m2701-C-3000", "卖", 1, 100, 3000, 1000];
    const lighter = ["m2701-P-2800", "卖", 1, 30, 3000, 2300];
    const two = await bookOfCharges(16000, [heavier, lighter, ...OTHERS]);
    expect([setsOf(two), openIn(two)]).toEqual([
      [],
      ["m2701-C-3000 short 1", "m2701-P-2800 short 1"],
    ]);
  });

  test("explains lots outside a set that the statement names", async () => {
    // Ten of 4,100; of four in the set nothing is printed in the row.
    const call = [...CALL.slice(0, 5), 24600];
    const told: Told = { ...straddle, sets: 4 };
    const put = [...PUT.slice(0, 5), 24000];
    const rows = [HEADER, ...[call, put].map((row) => row.map(String))];
    const statement = await readCells(rows, "表", { day: DAY });
    const combinations = [
      { ...{ place: {}, id: "1", strategy: "KS", legs: told.legs }, quantity: amount(4) },
    ].map((one) => ({ ...one, margin: amount(18000) }));
    const one = bookOf({
      statement: { ...statement, combinations },
      ...{ prices: {}, equity: amount("10000000"), today: DAY },
      profile: { ...CTP_PROFILE, products: RATES, ...RATE },
    });
    expect(totals(one)).toEqual(["66600 normal", "66600 normal"]);
  });
});

describe("random books", () => {
  test("take what core's sets take together, on both standards and in all their parts", async () => {
    const draw = random(20261120);
    for (let round = 0; round < 40; round++) {
      const seen = new Set<string>();
      const drawn = drawBook(draw, 14, 3).filter(({ kind, row }) => {
        const fresh = kind !== "shares" && !seen.has(String(row.contract));
        seen.add(String(row.contract));
        return fresh;
      });
      const holdings = holdingsOf(
        drawn.map(({ row }) => row),
        DAY,
      );
      const { sets } = bestSets(holdings, DAY);
      const rows = drawn.map(({ row, side }): Row => [
        ...([String(row.contract), side === "long" ? "买" : "卖"] as const),
        ...([Number(row.quantity), Number(row.settlement), Number(row.underlying)] as const),
      ]);
      const told = sets.map(({ first, second, sets: count, combination }) => ({
        ...{ legs: [second.label, first.label], sets: count, strategy: combination.name },
      }));
      const one = await book(rows, told);
      const { exchange, recomputed } = one.standings;
      const together = marginTogether(holdings, sets);
      expect([shown(exchange.margin), exchange.withoutRelief]).toEqual([digits(together), false]);
      expect(shown(recomputed.margin)).toBe(digits(together.times("1.2")));
      for (const parts of [one.byExchange, one.byProduct]) {
        const sum = (of: "broker" | "exchange"): Amount =>
          parts.reduce((all, part) => all.plus(part[of] ?? NaN), amount(0));
        expect([sum("exchange"), sum("broker")].map(digits)).toEqual([
          digits(together),
          digits(together.times("1.2")),
        ]);
      }
    }
  });
});

test("a straddle's cells of two legs that take the same keep the larger premium, in either order", async () => {
  const rows: Row[] = [
    ["SR701C6000", "卖", 3, 40, 6000],
    ["SR701P6000", "卖", 7, 25, 6000],
  ];
  const one = await book(rows, [{ legs: ["SR701C6000", "SR701P6000"], sets: 3 }]);
  const plan = liveSheet(one, { language: "zh", namespace: "", taken: [] });
  const at = (column: number): string => plan.cells[12]?.[column]?.formula ?? "";
  const first =
    plan.cells.findIndex((row, index) => index > 13 && row[0]?.value === "SR701C6000") + 1;
  const cells = (premiums: readonly [number, number]): Record<string, number> => ({
    ...{ F7: 0.2, V13: 3, [`C${first}`]: 3, [`C${first + 1}`]: 7 },
    ...{ [`D${first}`]: premiums[0], [`D${first + 1}`]: premiums[1] },
    ...{ [`I${first}`]: 10, [`I${first + 1}`]: 10 },
    // 3,000.7 a lot at the exchange.
    ...{ [`K${first}`]: 3 * 3000.7, [`K${first + 1}`]: 7 * 3000.7 },
    ...{ [`L${first}`]: 3 * 3000.7 * 1.2, [`L${first + 1}`]: 7 * 3000.7 * 1.2 },
  });
  for (const premiums of [
    [40, 25],
    [25, 40],
  ] as const) {
    const [together = 0, exchange = 0] = await recalculate([at(22), at(24)], cells(premiums));
    expect(together).toBeCloseTo(3 * 1.2 * (3000.7 + 400), 6);
    expect(exchange).toBeCloseTo(3 * (400 - 3000.7), 6);
  }
});

test("an ETF spread goes by the exchange's function; what it lacks is an error, for it may cost more than its legs", async () => {
  const far: Row = ["510050C2612M03500", "买", 5, 0.001, 3];
  const one = await book([far, OUT], [{ legs: [far[0], OUT[0]], sets: 5 }]);
  const plan = liveSheet(one, { language: "zh", namespace: "OSM", taken: [] });
  const first = plan.cells.findIndex((row, index) => index > 13 && row[0]?.value === far[0]) + 1;
  const [long, short] = [first, first + 1];
  const known = `COUNT(J${long},J${short},I${short})=3`;
  const held = `MAX(0,MIN(V13+0,C${long}+0,C${short}+0))`;
  const together = `(OSM.SSE.SPREADMARGIN("C",J${long},J${short},I${short}))`;
  expect(plan.cells[12]?.[24]?.formula).toBe(
    `=IF(${known},IF(${held}=0,0,${held}*${together}-${held}*(K${long}/C${long}+K${short}/C${short})),NA())`,
  );
  expect(plan.cells[12]?.[22]?.formula).toBe(
    `=IF(${known},IF(${held}=0,0,${held}*(1+$F$7)*${together}),NA())`,
  );
});

test("a line of two sets has relief only while it has lots for both", async () => {
  const put: Row = ["510050P2612M02900", "卖", 4, 0.02, 3];
  const one = await book(
    [CALL, PUT, put],
    [
      { legs: [CALL[0], PUT[0]], sets: 6 },
      { legs: [CALL[0], put[0]], sets: 4 },
    ],
  );
  expect(one.sets.map(({ combination }) => combination?.name)).toEqual(["KS", "KKS"]);
  const plan = liveSheet(one, { language: "zh", namespace: "", taken: [] });
  const first = plan.cells.findIndex((row, index) => index > 13 && row[0]?.value === CALL[0]) + 1;
  for (const row of [12, 13]) {
    expect(plan.cells[row]?.[23]?.formula).toContain(`,V13+V14<=C${first}),`);
    expect(plan.cells[row]?.[23]?.formula).toMatch(/,""\)$/);
  }
});
