/** Why the margin changed since the last import: parts by hand, and that they add up on any book. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bookOf, type Book } from "../src/account/book";
import { DEFAULT_PROFILE, type Profile } from "../src/account/profile";
import {
  markOf,
  openingsOf,
  readSnapshots,
  sinceLast,
  snapshotOf,
  type Since,
  type Snapshot,
  type SnapshotLine,
} from "../src/account/since";
import { amount, digits, type Amount } from "../src/core";
import { readStatement, type Position, type Statement } from "../src/statements";
import { caseNamed } from "./statements/files";

const ACCOUNT = markOf("90000001");

const snapshot = (
  day: string | undefined,
  margin: string,
  lines: readonly SnapshotLine[],
  status = "normal",
): Snapshot => ({
  version: 1,
  account: ACCOUNT,
  day,
  file: "statement.txt",
  equity: "100000",
  margin,
  status,
  lines,
});

const explained = (before: Snapshot, after: Snapshot): Since => {
  const since = sinceLast(before, after);
  if (!since) throw new Error("nothing to compare");
  return since;
};

const parts = ({ causes }: Since): readonly string[] =>
  causes.map(({ id, amount: part }) => `${id} ${digits(part)}`);

/** A short put on sugar, strike 8500, futures margin 5 %: a lot is 10 t. */
const put = (price: string, underlyingPrice: string, change: Partial<SnapshotLine> = {}) => ({
  contract: "SR701P8500",
  side: "short",
  lots: "1",
  price,
  underlyingPrice,
  strike: "8500",
  unit: "10",
  rate: "0.05",
  markup: "0",
  ...change,
});

describe("a change is split into the rule's own terms", () => {
  test("the worked day: 1610 more is premium +800, futures margin −90, out-of-the-money half +900", () => {
    const since = explained(
      snapshot("2026-11-19", "5925", [put("280", "8750")]),
      snapshot("2026-11-20", "7535", [put("360", "8570")]),
    );
    expect(parts(since)).toEqual(["premium 800", "underlying -90", "outOfTheMoney 900"]);
    expect([since.from, since.to, since.crossed]).toEqual(["2026-11-19", "2026-11-20", false]);
    expect(since.causes[0]?.contracts).toEqual([{ contract: "SR701P8500", amount: amount("800") }]);
  });

  test("lots opened and closed are at that day's margin of a lot, the rest is split", () => {
    const more = explained(
      snapshot("2026-11-19", "5925", [put("280", "8750")]),
      snapshot("2026-11-20", "22605", [put("360", "8570", { lots: "3" })]),
    );
    expect(parts(more)).toEqual([
      "opened 15070",
      "premium 800",
      "underlying -90",
      "outOfTheMoney 900",
    ]);
    const fewer = explained(
      snapshot("2026-11-19", "17775", [put("280", "8750", { lots: "3" })]),
      snapshot("2026-11-20", "7535", [put("360", "8570")]),
    );
    expect(parts(fewer)[0]).toBe("closed -11850");
  });

  test("a contract that came is opened whole, one that went is closed whole", () => {
    const since = explained(
      snapshot("2026-11-19", "5925", [put("280", "8750")]),
      snapshot("2026-11-20", "600", [
        { contract: "m2701-P-2800", side: "short", lots: "4", printed: "600" },
      ]),
    );
    expect(parts(since)).toEqual(["opened 600", "closed -5925"]);
  });

  test.each([
    ["a rate raised from 5 to 6 %", { rate: "0.06" }, "6800", ["rate 875"]],
    ["a markup of 10 %", { markup: "0.1" }, "6517.5", ["markup 592.5"]],
    // Strike 8400: out of the money 3500, half of it 1750, the floor of 2187.5 binds.
    ["a lower strike", { strike: "8400" }, "5425", ["adjustment -500"]],
    ["what the rule doesn't tell", { printed: "5800" }, "5800", ["unexplained -125"]],
    ["what a set takes less", { printed: "5800", combined: true }, "5800", ["relief -125"]],
    ["a price missing today", { price: undefined, printed: "6000" }, "6000", ["unsplit 75"]],
  ] as [string, Partial<SnapshotLine>, string, string[]][])("%s", (_, change, margin, causes) => {
    const since = explained(
      snapshot("2026-11-19", "5925", [put("280", "8750")]),
      snapshot("2026-11-20", margin, [put("280", "8750", change)]),
    );
    expect(parts(since)).toEqual(causes);
  });

  test("the floor that comes to bind shows as the minimum, the cap of an ETF put as the cap", () => {
    const floor = explained(
      snapshot("2026-11-19", "5925", [put("280", "8750")]),
      snapshot("2026-11-20", "3300", [put("100", "9200")]),
    );
    expect(parts(floor)).toEqual([
      "premium -1800",
      "underlying 225",
      "outOfTheMoney -2250",
      "lift 1200",
    ]);
    const etf = (price: string, underlyingPrice: string): SnapshotLine => ({
      contract: "510050P2612M02900",
      side: "short",
      lots: "1",
      price,
      underlyingPrice,
      strike: "2.9",
      unit: "10000",
      rate: "0.12",
      markup: "0",
    });
    // Capped at 29000: 28000 + 240 − 0 → minimum 2030: 30030, cut by 1030.
    const cap = explained(
      snapshot("2026-11-19", "3804", [etf("0.0204", "3")]),
      snapshot("2026-11-20", "29000", [etf("2.8", "0.2")]),
    );
    expect(parts(cap).find((one) => one.startsWith("cut"))).toBe("cut -1030");
  });

  test("a future moves by its price; both sides of one account by the larger side", () => {
    const future = (side: string, price: string, combined = false): SnapshotLine => ({
      ...(combined ? { combined } : {}),
      contract: "m2701",
      side,
      lots: "6",
      price,
      underlyingPrice: price,
      unit: "10",
      rate: "0.1",
      markup: "0",
    });
    const since = explained(
      snapshot("2026-11-19", "17820", [future("long", "2970")]),
      snapshot("2026-11-20", "17910", [future("long", "2985")]),
    );
    expect(parts(since)).toEqual(["underlying 90"]);
    const both = explained(
      snapshot("2026-11-19", "17910", [future("long", "2985"), future("short", "2985")]),
      snapshot("2026-11-20", "35820", [
        future("long", "2985", true),
        future("short", "2985", true),
      ]),
    );
    expect(parts(both)).toEqual(["relief 17910"]);
    expect(both.causes[0]?.contracts).toEqual([]);
  });

  test("half a fen of rounding is no cause of its own", () => {
    const since = explained(
      snapshot("2026-11-19", "5925", [put("280", "8750")]),
      snapshot("2026-11-20", "7535.004", [put("360", "8570", { printed: "7535.004" })]),
    );
    expect(parts(since)).toEqual(["premium 800", "underlying -90", "outOfTheMoney 900.004"]);
  });

  test("a line crossed is said, an undetermined end crosses none", () => {
    const at = (status: string): Snapshot => snapshot("2026-11-20", "5925", [], status);
    const crossed = (a: string, b: string) => explained(at(a), at(b)).crossed;
    expect([
      crossed("normal", "watch"),
      crossed("marginCall", "watch"),
      crossed("watch", "watch"),
      crossed("undetermined", "watch"),
    ]).toEqual([true, true, false, false]);
  });

  test("two accounts, or an end without a margin, have nothing to compare", () => {
    const one = snapshot("2026-11-20", "5925", []);
    expect(sinceLast({ ...one, account: markOf("90000002") }, one)).toBeUndefined();
    expect(sinceLast({ ...one, margin: undefined }, one)).toBeUndefined();
    expect(sinceLast(one, { ...one, margin: undefined })).toBeUndefined();
  });
});

const figure = (most: number, decimals: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: most }).map((n) =>
    amount(n)
      .div(10 ** decimals)
      .toFixed(),
  );

const perhaps = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(one, { nil: undefined, freq: 6 });

const CONTRACTS = [
  ["m2701-P-2900", "2900", "10"],
  ["SR701C6000", "6000", "10"],
  ["cu2701C90000", "90000", "5"],
  ["IO2612-C-4800", "4800", "100"],
  ["510050C2612M03100", "3.1", "10000"],
  ["510050P2612M02900", "2.9", "10000"],
  ["510300C2612A04000", "3.948", "10132"],
  ["m2701", undefined, "10"],
  ["HK.TCH261230P480000", "480", "100"],
] as const;

const line: fc.Arbitrary<SnapshotLine> = fc
  .constantFrom(...CONTRACTS)
  .chain(([contract, strike, unit]) =>
    fc.record({
      contract: fc.constant(contract),
      side: fc.constantFrom("short", "short", "short", "long", "covered"),
      lots: fc.integer({ min: 1, max: 30 }).map(String),
      printed: fc.option(figure(9_999_999, 2), { nil: undefined }),
      price: perhaps(figure(99_999, 4)),
      underlyingPrice: perhaps(figure(999_999, 3)),
      strike: fc.constantFrom(strike, strike, undefined),
      unit: fc.constantFrom(unit, unit, "9999"),
      rate: perhaps(figure(999, 3)),
      markup: perhaps(figure(50, 2)),
      combined: fc.constantFrom(undefined, undefined, true as const),
    }),
  );

const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    day: fc.constantFrom("2026-11-19", "2026-11-20", undefined),
    margin: figure(999_999_999, 2),
    lines: fc.array(line, { maxLength: 8 }),
    status: fc.constantFrom("normal", "watch", "immediate", "undetermined"),
  })
  .map(({ day, margin, lines, status }) => snapshot(day, margin, lines, status));

const total = (amounts: readonly Amount[]): Amount =>
  amounts.reduce<Amount>((sum, one) => sum.plus(one), amount("0"));

const OF_THE_ACCOUNT: ReadonlySet<string> = new Set(["relief", "unexplained", "unsplit"]);

test("on any two books the causes add up to the change, to the last digit", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anySnapshot, anySnapshot, (before, after) => {
      const since = explained(before, after);
      const sum = total(since.causes.map((cause) => cause.amount));
      expect(digits(sum)).toBe(digits(since.after.minus(since.before)));
      for (const { id, amount: part, contracts } of since.causes) {
        seen.add(id);
        expect(part.isZero()).toBe(false);
        const ofContracts = digits(total(contracts.map((one) => one.amount)));
        // Only what concerns the account as a whole names no contract.
        if (!OF_THE_ACCOUNT.has(id)) expect(ofContracts).toBe(digits(part));
      }
    }),
    { numRuns: 3000, seed: 20261120, endOnFailure: true },
  );
  const every = ["adjustment", "closed", "cut", "lift", "markup", "opened", "outOfTheMoney"];
  every.push("premium", "rate", "relief", "underlying", "unexplained", "unsplit");
  expect([...seen].sort()).toEqual(every);
});

describe("the settlement text against the day before", () => {
  const profile: Profile = {
    ...DEFAULT_PROFILE,
    products: Object.fromEntries(
      [
        ["m", "0.07", "0.1"],
        ["SR", "0.07", "0.1"],
        ["cu", "0.09", "0.12"],
        ["sc", "0.1", "0.13"],
        ["IO", "0.12", "0.15"],
      ].map(([code, exchange, broker]) => [code, { exchange, broker }]),
    ),
  };
  const prices = (of: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(of).map(([code, price]) => [code, amount(price)]));

  const bookWith = (statement: Statement, of: Readonly<Record<string, string>>): Book =>
    bookOf({ statement, prices: prices(of), profile, today: "2026-11-20" });

  /** As it stood: the day before's prices, one lot of IO calls less, no copper, the sets not yet made. */
  const yesterday = (statement: Statement): Statement => {
    const { account } = statement;
    if (!account) throw new Error("no account");
    const positions = statement.positions
      .filter(({ contract }) => contract !== "cu2701C90000")
      .map((position): Position => {
        const quantity = position.contract === "IO2612-C-4800" ? amount("2") : position.quantity;
        const settlement = position.previousSettlement;
        return { ...position, quantity, settlement, margin: undefined };
      });
    const { margin, ...figures } = account.figures;
    expect(margin).toBeDefined();
    return {
      ...statement,
      day: "2026-11-19",
      account: { ...account, day: "2026-11-19", figures },
      quotes: [],
      positions,
    };
  };

  test("opened, closed, prices and relief add up to the printed change", async () => {
    const { bytes, file } = caseNamed("ctp-standard");
    const statement = await readStatement(bytes, file);
    const now = bookWith(statement, {
      ...{ SR701: "5750", cu2701: "86500", sc2702: "498.6", IO: "4650" },
    });
    const was = bookWith(yesterday(statement), {
      ...{ m2701: "2970", SR701: "5742", sc2702: "505.2", IO: "4638" },
    });
    const since = explained(snapshotOf(was), snapshotOf(now));
    expect(digits(since.after)).toBe("471396");
    const sum = total(since.causes.map((cause) => cause.amount));
    expect(digits(sum)).toBe(digits(since.after.minus(since.before)));
    const part = (id: string) => since.causes.find((cause) => cause.id === id);
    // Two copper calls, and a third IO call at today's 59270 a lot.
    expect(part("opened")?.contracts.map((one) => [one.contract, digits(one.amount)])).toEqual([
      ["cu2701C90000", "98800"],
      ["IO2612-C-4800", "59270"],
    ]);
    // The set's lighter leg falls to its premium; the crude call is still charged on yesterday's prices.
    expect(part("relief")?.contracts.map((one) => [one.contract, digits(one.amount)])).toEqual([
      ["m2701-P-2800", "-8240"],
    ]);
    expect(part("unexplained")?.contracts.map((one) => one.contract)).toEqual(["sc2702C520"]);
    expect(part("rate")).toBeUndefined();
    expect(part("unsplit")).toBeUndefined();
  });

  test("an account in another currency, or a book that names none, is compared with no other", async () => {
    const { bytes, file } = caseNamed("ctp-standard");
    const statement = await readStatement(bytes, file);
    const { account } = statement;
    if (!account) throw new Error("no account");
    const of = (change: Partial<typeof account>): Snapshot => {
      const own = { ...account, ...change };
      const positions = statement.positions.map((one) => ({ ...one, account: own.id }));
      return snapshotOf(bookWith({ ...statement, account: own, accounts: [own], positions }, {}));
    };
    expect(of({}).account).toBe(ACCOUNT);
    expect(of({ currency: "CNY" }).account).toBe(ACCOUNT);
    expect(sinceLast(of({}), of({ currency: "HKD" }))).toBeUndefined();
    expect(sinceLast(of({ currency: "HKD" }), of({ currency: "港币" }))).toBeDefined();
    const nobody = of({ id: undefined });
    expect([nobody.account, sinceLast(nobody, nobody)]).toEqual(["", undefined]);
  });

  test("a snapshot is plain JSON that reads back the same and holds no account number", async () => {
    const { bytes, file } = caseNamed("ctp-standard");
    const book = bookWith(await readStatement(bytes, file), {});
    const one = snapshotOf(book);
    const text = JSON.stringify([one]);
    expect(text).not.toContain("90000001");
    expect(readSnapshots(JSON.parse(text))).toEqual([one]);
    expect(one.account).toMatch(/^[0-9a-f]{6}$/);
    expect(markOf("90000001")).toBe(one.account);
    expect(markOf("90000002")).not.toBe(one.account);
  });

  test("snapshots that are none are left out", () => {
    const good = snapshot("2026-11-20", "5925", [put("280", "8750")]);
    const bad: unknown[] = [
      null,
      7,
      {},
      { ...good, version: 2 },
      { ...good, margin: "a lot" },
      { ...good, day: "2026-02-30" },
      { ...good, lines: [{ ...put("280", "8750"), lots: "none" }] },
      { ...good, lines: [{ ...put("280", "8750"), price: 280 }] },
      { ...good, lines: "none" },
    ];
    const read = readSnapshots(JSON.parse(JSON.stringify([...bad, good])));
    expect(read).toHaveLength(1);
    expect(read).toEqual([good]);
    expect(readSnapshots({ lines: [] })).toEqual([]);
  });

  test("the margin at opening is a lot's where a line was first seen, anew after it was closed", () => {
    const days = [
      snapshot("2026-11-17", "11850", [put("280", "8750", { lots: "2" })]),
      snapshot("2026-11-18", "0", []),
      snapshot("2026-11-19", "7535", [put("360", "8570")]),
      snapshot("2026-11-20", "5925", [put("280", "8750")]),
    ];
    const opening = (of: readonly Snapshot[]) =>
      Object.entries(openingsOf(of, ACCOUNT)).map(([id, margin]) => `${id} ${digits(margin)}`);
    expect(opening(days.slice(0, 1))).toEqual(["SR701P8500 short 5925"]);
    expect(opening(days)).toEqual(["SR701P8500 short 7535"]);
    expect(openingsOf(days, markOf("7"))).toEqual({});
  });
});
