/** What holds of every reconciliation: its bridge adds up, its counts are its rows, and what is as the rules say fits. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { reconciliation, type Reconciliation } from "../src/account/reconcile";
import { DEFAULT_PROFILE, type Profile } from "../src/account";
import { amount, digits, type Amount } from "../src/core";
import { readCells, readStatement, type Account, type AccountFigure } from "../src/statements";
import { planted } from "./host/planted";
import { toGbk } from "./statements/files";

const DAY = "2026-11-20";
const ZERO = amount("0");

/** Futures broker's products with prices and rates; cotton has neither. */
const CONTRACTS = [
  ...["m2701", "m2705", "m2701-P-2900", "m2701-C-3100", "m2701-P-2800", "m2705-C-3000"],
  ...["SR701C6000", "SR701P5500", "IO2612-C-4800", "IO2612-P-4300", "CF701C14000"],
  ...["510050C2612M03100", "510050P2612M02900", "510300C2612A04000", "510050", "XX999"],
] as const;

const PRICES: Record<string, Amount> = Object.fromEntries(
  Object.entries({ m2701: 2985, m2705: 2900, SR701: 5750, IO: 4650, "510050": 3 }).map(
    ([code, price]) => [code, amount(price)],
  ),
);
const PREVIOUS: Record<string, Amount> = { m2701: amount("2970"), IO: amount("4638.5") };

const PROFILE: Profile = {
  ...DEFAULT_PROFILE,
  products: { m: { exchange: "0.07" }, SR: { exchange: "0.07" } },
};

const fen = (most: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: most }).map((n) => (n / 100).toFixed(2));

const row = fc.record({
  contract: fc.constantFrom(...CONTRACTS),
  side: fc.constantFrom("买", "卖", "卖", "卖", "备兑"),
  lots: fc.integer({ min: 1, max: 9 }),
  price: fc.integer({ min: 1, max: 400 }).map((ticks) => (ticks / 2).toFixed(1)),
  margin: fc.option(fen(9_000_000), { nil: "", freq: 8 }),
  currency: fc.constantFrom("CNY", "CNY", "CNY", "USD"),
});

const FIGURES = ["margin", "deliveryMargin", "exerciseMargin", "equity", "available"] as const;

const figures = fc.record(
  Object.fromEntries(FIGURES.map((name) => [name, fen(90_000_000)])) as Record<
    AccountFigure,
    fc.Arbitrary<string>
  >,
  { requiredKeys: [] },
);

const HEADER = ["合约", "方向", "手数", "结算价", "保证金", "币种"];

function expectAddsUp({ bridge: { from, items, to } }: Reconciliation): void {
  const sum = items.reduce<Amount>((total, item) => total.plus(item.amount), from);
  expect(digits(sum)).toBe(digits(to));
}

test("of a random book the bridge adds up to the last digit, and every row is counted once", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 12 }),
      fc.option(figures, { nil: undefined }),
      async (rows, printed) => {
        const cells = rows.map(({ contract, side, lots, price, margin, currency }) =>
          [contract, side, lots, price, margin, currency].map(String),
        );
        const plain = await readCells([HEADER, ...cells], "表", { day: DAY });
        const account: Account | undefined = printed && {
          ...{ id: undefined, name: undefined, broker: undefined, currency: "CNY", day: DAY },
          figures: Object.fromEntries(
            Object.entries(printed).map(([name, figure]) => [name, amount(figure)]),
          ),
        };
        const found = reconciliation({
          statement: { ...plain, account, accounts: account ? [account] : [] },
          ...{ profile: PROFILE, prices: PRICES, previousPrices: PREVIOUS, today: DAY },
        });
        expectAddsUp(found);
        const { counts } = found;
        expect(found.rows).toHaveLength(plain.positions.length);
        for (const verdict of Object.keys(counts) as (keyof typeof counts)[]) {
          const of = found.rows.filter((one) => one.verdict === verdict);
          expect([verdict, of.length]).toEqual([verdict, counts[verdict]]);
        }
        for (const one of found.rows) {
          seen.add(one.verdict);
          if (one.verdict === "matching")
            expect(one.difference && digits(one.difference)).toBe("0");
          if (one.verdict === "unexplained") {
            expect([one.difference?.isZero(), one.reasons]).toEqual([false, []]);
            expect(one.tried.some(({ leaves }) => leaves.isZero())).toBe(false);
          }
          if (one.verdict === "explained") {
            expect(one.reasons.length).toBeGreaterThan(0);
            for (const { name } of one.reasons) expect(one.text.zh).toContain(name.zh);
          }
          if (one.verdict === "notCheckable") expect(one.ours).toBeUndefined();
          // A cause is named only to the fen; of sets it is the set as a whole that meets its figure.
          for (const { id } of one.verdict === "explained" ? one.reasons : []) {
            const same = one.tried.filter((attempt) => attempt.id === id);
            if (same.length > 0) expect(same.some(({ leaves }) => leaves.isZero())).toBe(true);
          }
        }
      },
    ),
    { seed: 8, numRuns: 200 },
  );
  expect([...seen].sort()).toEqual(["explained", "matching", "notCheckable", "unexplained"]);
});

/** Soybean meal's options at 10 %, per lot and with the last price: what they are charged alone. */
const ALONE = {
  "m2701-P-2900": [2945, "38.5"],
  "m2701-C-3100": [2810, "40"],
  "m2701-P-2800": [2210, "15"],
  "m2701-C-3000": [3510, "60"],
} as const;
type Meal = keyof typeof ALONE;
const MEALS = Object.keys(ALONE) as Meal[];

const mealRow = fc.record({
  lots: fc.integer({ min: 1, max: 4 }),
  charged: fc.oneof(
    { weight: 5, arbitrary: fc.constant("alone" as const) },
    { weight: 2, arbitrary: fc.constant("premium" as const) },
    { weight: 1, arbitrary: fen(900_000) },
  ),
});

const set = fc.record({
  legs: fc.shuffledSubarray(MEALS, { minLength: 2, maxLength: 2 }),
  quantity: fc.integer({ min: 1, max: 3 }),
  margin: fc.option(fen(900_000), { nil: undefined }),
});

test("with sets that the statement lists the bridge adds up too", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(mealRow, mealRow, mealRow, mealRow),
      fc.array(set, { maxLength: 3 }),
      fc.boolean(),
      async (rows, sets, beside) => {
        const cells = rows.map(({ lots, charged }, index) => {
          const contract = MEALS[index] as Meal;
          const [alone, price] = ALONE[contract];
          const perLot = charged === "alone" ? amount(alone) : amount(price).times(10);
          const margin =
            charged === "alone" || charged === "premium" ? perLot.times(lots).toFixed(2) : charged;
          return [contract, "卖", String(lots), price, margin, "CNY"];
        });
        const plain = await readCells([HEADER, ...cells], "表", { day: DAY });
        // Some papers print the margin of sets beside their legs' rows.
        const apart = sets.reduce<Amount>((sum, { margin }) => sum.plus(margin ?? 0), ZERO);
        const found = reconciliation({
          statement: {
            ...plain,
            totals: {
              ...plain.totals,
              margin: plain.totals.margin.plus(beside ? apart : ZERO),
            },
            combinations: sets.map(({ legs, quantity, margin }, index) => ({
              ...{ place: {}, id: String(index), strategy: undefined, legs },
              quantity: amount(quantity),
              margin: margin === undefined ? undefined : amount(margin),
            })),
          },
          ...{ profile: PROFILE, prices: PRICES, today: DAY },
        });
        expectAddsUp(found);
        for (const { ids } of found.bridge.items) ids.forEach((id) => seen.add(id));
      },
    ),
    { seed: 8, numRuns: 150 },
  );
  expect([...seen]).toEqual(expect.arrayContaining(["relief", "reliefMissing", "unexplained"]));
});

/** What the profile knows of the broker that made the statement. */
const TOLD = ["nothing", "its terms", "dated rates"] as const;

test("a statement made by any broker's terms has no break, whatever the profile knows of them", async () => {
  const styles = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1000, max: 1_000_000 }),
      fc.constantFrom(...TOLD),
      async (seed, told) => {
        const made = planted(seed, "nothing");
        styles.add(`${made.style}, ${told}`);
        const statement = await readStatement(toGbk(made.text), "结算单.txt");
        const dated = Object.fromEntries(
          Object.entries(made.exchangeRates).map(([code, { exchange }]) => [
            code,
            { exchange: "0.02", dated: [{ from: "2026-11-16", to: "2026-11-20", exchange }] },
          ]),
        );
        const added = digits(made.added);
        const found = reconciliation({
          statement,
          profile: {
            ...DEFAULT_PROFILE,
            products: told === "dated rates" ? dated : made.exchangeRates,
            ...(told === "its terms" && {
              surcharge:
                made.style === "points"
                  ? { kind: "points", points: added }
                  : { kind: "multiple", markup: added },
            }),
          },
          ...{ prices: made.prices, previousPrices: made.previousPrices, today: DAY },
        });
        const { counts, bridge } = found;
        expect(counts).toEqual({
          ...{ matching: made.rows.length, explained: 0, unexplained: 0, notCheckable: 0 },
        });
        expect(bridge.items).toEqual([]);
        expect([bridge.complete, digits(bridge.from)]).toEqual([true, digits(bridge.to)]);
        expect(found.identities.filter(({ holds }) => !holds)).toEqual([]);
        expect(found.rule.terms.main?.terms).toEqual(
          made.style === "points"
            ? { kind: "points", points: made.added }
            : { kind: "multiple", markup: made.added },
        );
        const sum = made.rows.reduce<Amount>((total, one) => total.plus(one.charged), ZERO);
        expect(digits(bridge.to)).toBe(digits(sum));
      },
    ),
    { seed: 8, numRuns: 42 },
  );
  expect(styles.size).toBe(2 * TOLD.length);
});

/** Futures of some products, and the exchange's rate of each. */
const futures = fc.array(
  fc.record({
    product: fc.constantFrom("m", "c", "y", "cu", "al"),
    months: fc.constantFrom(["2701"], ["2701", "2705"], ["2701", "2703", "2705"]),
    rate: fc.constantFrom("0.05", "0.07", "0.08", "0.09", "0.1", "0.12"),
    price: fc.integer({ min: 2000, max: 9000 }),
    lots: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 1, maxLength: 4 },
);

const UNITS: Readonly<Record<string, number>> = { m: 10, c: 10, y: 10, cu: 5, al: 5 };

test("futures alone tell a broker's style, or both styles are said to fit; never the wrong one", async () => {
  const seen = { told: 0, open: 0 };
  await fc.assert(
    fc.asyncProperty(
      futures,
      fc.constantFrom("points" as const, "multiple" as const),
      fc.integer({ min: 1, max: 35 }),
      async (held, style, percents) => {
        const added = amount(style === "points" ? 1 + (percents % 6) : percents).dividedBy(100);
        const one = new Map(held.map((of) => [of.product, of]));
        const cells = [...one.values()].flatMap(({ product, months, rate, price, lots }) =>
          months.map((month, i) => {
            const own = style === "points" ? added.plus(rate) : added.plus(1).times(rate);
            const lot = own.times(price + 7 * i).times(UNITS[product] as number);
            return [product + month, "买", lots, price + 7 * i, lot.times(lots).toFixed(2), "CNY"];
          }),
        );
        const products = Object.fromEntries(
          [...one].map(([code, { rate }]) => [code, { exchange: rate }]),
        );
        const { rule, counts } = reconciliation({
          statement: await readCells([HEADER, ...cells.map((row) => row.map(String))], "表", {
            day: DAY,
          }),
          ...{ profile: { ...DEFAULT_PROFILE, products }, prices: {}, today: DAY },
        });
        const broker =
          style === "points" ? { kind: style, points: added } : { kind: style, markup: added };
        const { main, others, open, alternatives } = rule.terms;
        expect([counts.unexplained, counts.notCheckable]).toEqual([0, 0]);
        expect(others).toEqual([]);
        if (main) expect(main.terms).toEqual(broker);
        else expect(alternatives).toContainEqual(broker);
        for (const part of open) expect(part.alternatives).toContainEqual(broker);
        seen[main ? "told" : "open"] += 1;
      },
    ),
    { seed: 8, numRuns: 120 },
  );
  expect(Math.min(seen.told, seen.open)).toBeGreaterThan(20);
});
