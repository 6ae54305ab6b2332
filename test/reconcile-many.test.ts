// Many rows that don't fit: what is ruled out nearly is never a cause, the work comes in short steps that tell how far
// it is, and it can be given up and begun again.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  bookOf,
  DEFAULT_PROFILE,
  reconciliationInSteps,
  type Reconciliation,
} from "../src/account";
import { figureOf } from "../src/account/figure";
import { marginNearly, mayTellRoundRate } from "../src/account/nearly";
import { given, rateTold, roundest, toFen } from "../src/account/reconcile-terms";
import { amount, digits, drained } from "../src/core";
import { readPasted, readStatement, type Statement } from "../src/statements";
import { Desk } from "../src/taskpane/desk";
import { entriesOf } from "../src/taskpane/desk-entries";
import { Looking } from "../src/taskpane/desk-looking";
import { Reconciling, type Reconciled, type ReconcileWish } from "../src/taskpane/desk-reconciled";
import { NOTHING_TYPED, type Typed } from "../src/taskpane/desk-state";
import { WishesTold } from "../src/taskpane/reconcile-inputs";
import type { ReconcileCode } from "../src/taskpane/rooms";
import { planted, type Plant } from "./host/planted";
import { random } from "./host/random";
import { caseNamed, toGbk } from "./statements/files";

const DAY = "2026-11-20";

/** Short calls and puts on soybean meal, most of them charged by no rule. */
function table(rows: number, seed = 1): string {
  const draw = random(seed);
  const below = (n: number): number => Math.floor(draw() * n);
  const lines = Array.from({ length: rows }, (_, i) => {
    const contract = `m2701-${i % 2 === 0 ? "C" : "P"}-${2600 + 50 * below(16)}`;
    const charged = 2000 + below(300_000) / 100;
    return `${contract},卖,${1 + below(3)},${20 + below(100)},${charged.toFixed(2)}`;
  });
  return ["合约,方向,手数,结算价,保证金", ...lines].join("\n");
}

const tableRead = (rows: number, seed?: number): Promise<Statement> =>
  readPasted(table(rows, seed), "t.csv", { day: DAY });

const inputsOf = (statement: Statement) => ({
  statement,
  prices: { m2701: amount("2985") },
  previousPrices: { m2701: amount("2970") },
  profile: {
    ...DEFAULT_PROFILE,
    surcharge: { kind: "points", points: "0.03" } as const,
    products: { m: { exchange: "0.07", dated: [{ from: "2026-12-01", exchange: "0.12" }] } },
  },
  today: DAY,
});

/** A row's reasons as they are named, against everything that was tried of it, exactly. */
function expectSameCauses({ rows }: Reconciliation): number {
  let broken = 0;
  for (const { tried, reasons, position } of rows) {
    if (tried.length === 0) continue;
    broken += 1;
    const own = tried.filter(({ id, leaves }) => id !== "relief" && leaves.isZero());
    const ids = [...new Set(own.map(({ id }) => id))].sort();
    const named = reasons.flatMap(({ id }) => (id === "relief" ? [] : [id])).sort();
    expect([position.contract, named]).toEqual([position.contract, ids]);
  }
  return broken;
}

const PLANTS: readonly Plant[] = [
  ...(["oneFen", "someMoney", "lots", "previousDay", "openPrice", "openPriceOnPrevious"] as const),
  ...(["previousOption", "previousUnderlying", "notAdded", "wrongRate", "toTheYuan"] as const),
  ...(["twoCauses", "relief"] as const),
];

describe("what is ruled out in doubles is no cause", () => {
  test("of planted statements the causes named are all that give the figure exactly", async () => {
    let broken = 0;
    for (let seed = 1; seed <= 4; seed += 1) {
      for (const plant of PLANTS) {
        const { text, prices, previousPrices, exchangeRates } = planted(seed, plant);
        const statement = await readStatement(toGbk(text), "p.txt");
        const profile = { ...DEFAULT_PROFILE, products: exchangeRates };
        const inputs = { statement, prices, previousPrices, profile, today: DAY };
        broken += expectSameCauses(drained(reconciliationInSteps(inputs)));
      }
    }
    expect(broken).toBeGreaterThan(40);
  });

  test("of figures at random, too", async () => {
    const found = drained(reconciliationInSteps(inputsOf(await tableRead(150))));
    expect(expectSameCauses(found)).toBeGreaterThan(50);
  });

  test("a margin in doubles is the exact one within a millionth of a fen", async () => {
    const { rows } = drained(reconciliationInSteps(inputsOf(await tableRead(120, 3))));
    fc.assert(
      fc.property(
        fc.constantFrom(...rows),
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 999 }),
        ({ held }, rate, ticks) => {
          const charge = given(amount(rate).dividedBy(10_000));
          const changed = { price: amount(ticks).dividedBy(2) };
          const { margin } = figureOf({ ...held, ...changed }, charge, DAY);
          const nearly = marginNearly(held, changed, charge, DAY);
          expect(margin).toBeDefined();
          expect(Math.abs(Number(margin) - Number(nearly))).toBeLessThan(1e-8);
        },
      ),
      { seed: 8 },
    );
  });

  test("a rate of four decimals or half points that gives a figure is never ruled out", async () => {
    const { rows } = drained(reconciliationInSteps(inputsOf(await tableRead(60, 5))));
    fc.assert(
      fc.property(
        fc.constantFrom(...rows),
        fc.integer({ min: 1, max: 4000 }),
        ({ held }, tenThousandths) => {
          const rate = amount(tenThousandths).dividedBy(10_000);
          const { margin } = figureOf(held, given(rate), DAY);
          const charged = margin && toFen(margin);
          if (!charged) throw new Error("no figure");
          const told = roundest(rateTold(held, charged, DAY), 4, (one) => {
            const its = figureOf(held, given(one), DAY).margin;
            return its !== undefined && toFen(its).equals(charged);
          });
          if (told) expect(mayTellRoundRate(held, charged.toNumber(), DAY)).toBe(true);
        },
      ),
      { seed: 9 },
    );
  });
});

/** Whether a list of positions can be reached from it. */
function holdsStatement(from: unknown, seen = new Set<unknown>()): boolean {
  if (typeof from !== "object" || from === null || seen.has(from)) return false;
  seen.add(from);
  if ("positions" in from) return true;
  const within = from instanceof Map || from instanceof Set ? [...from].flat() : [];
  return [...Object.values(from), ...within].some((one) => holdsStatement(one, seen));
}

describe("in steps", () => {
  test("it tells the share that is done: never less than before, never the whole before its end", async () => {
    const told = [...reconciliationInSteps(inputsOf(await tableRead(400)))];
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(new Set(told.map((share) => Math.floor(share * 10))).size).toBeGreaterThan(5);
  });

  test("of few rows it takes one step", async () => {
    expect([...reconciliationInSteps(inputsOf(await tableRead(4)))]).toEqual([]);
  });
});

describe("in the pane", () => {
  const wishOf = async (rows: number): Promise<ReconcileWish> => {
    const statement = await tableRead(rows);
    const entries = entriesOf([{ id: 1, input: undefined, statement, sample: false }]);
    const [front] = entries;
    if (!front) throw new Error("nothing was read");
    const { profile } = inputsOf(statement);
    const book = bookOf({ statement, prices: {}, profile, today: DAY });
    const typed = { [front.key]: { ...NOTHING_TYPED, prices: { m2701: "2985" } } };
    return [entries, front, book, typed, profile, [], DAY];
  };

  test("it is given up until something else is wished for, or it is begun again", async () => {
    const wish = await wishOf(600);
    const reconciling = new Reconciling(() => undefined);
    expect(reconciling.reconciled(...wish)).toMatchObject({ busy: true, cancelled: false });
    reconciling.cancel();
    const nothing = { found: undefined, days: [], busy: false, progress: undefined };
    expect(reconciling.reconciled(...wish)).toEqual({ ...nothing, cancelled: true });
    const [entries, front, book, typed, , ...rest] = wish;
    const other = [entries, front, book, typed, DEFAULT_PROFILE, ...rest] as const;
    expect(reconciling.reconciled(...other).busy).toBe(true);
    reconciling.cancel();
    reconciling.again();
    expect(reconciling.reconciled(...other)).toMatchObject({ busy: true, cancelled: false });
    reconciling.forget();
  });

  /** Whether it is over, once the steps done at once are. */
  const settled = async (reconciling: Reconciling, wish: ReconcileWish): Promise<Reconciled> => {
    for (;;) {
      const now = reconciling.reconciled(...wish);
      if (!now.busy) return now;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const priced = (wish: ReconcileWish, price: string): ReconcileWish => {
    const [entries, front, book, , ...rest] = wish;
    const typed = { [front.key]: { ...NOTHING_TYPED, prices: { m2701: price } } };
    return [entries, front, book, typed, ...rest];
  };

  test("given up, what was found before of other prices stays, as of no present inputs", async () => {
    const wish = await wishOf(150);
    const reconciling = new Reconciling(() => undefined);
    const before = await settled(reconciling, wish);
    expect(before).toMatchObject({ busy: false, cancelled: false });
    const newer = priced(wish, "2986");
    const { found } = reconciling.reconciled(...newer);
    expect(found).toBe(before.found);
    reconciling.cancel();
    const now = reconciling.reconciled(...newer);
    expect(now).toMatchObject({ busy: false, progress: undefined, cancelled: true });
    expect(now.found).toBe(before.found);
    expect(now.days).toEqual(before.days);
    // By the figures of before it is there again at once, whoever typed them anew.
    const back = reconciling.reconciled(...priced(wish, "2,985.0"));
    expect(back).toMatchObject({ busy: false, cancelled: false });
    expect(back.found).toBe(before.found);
    // A statement that is gone leaves no result behind.
    const [, front, book, typed, ...rest] = newer;
    const other = { ...front, key: "another" };
    const own = { another: typed[front.key] ?? NOTHING_TYPED };
    const gone = reconciling.reconciled([other], other, book, own, ...rest);
    expect(gone).toMatchObject({ busy: true, found: undefined, days: [] });
    reconciling.forget();
  });

  test("what was given up stays so when the same is wished for anew, and after another wish", async () => {
    const wish = await wishOf(300);
    const [entries, front, book, typed, profile, snapshots, today] = wish;
    const reconciling = new Reconciling(() => undefined);
    reconciling.reconciled(...wish);
    reconciling.cancel();
    const anew = [
      entriesOf([...front.from]),
      { ...front },
      { ...book },
      structuredClone(typed),
      structuredClone(profile),
      [...snapshots],
      today,
    ] as const;
    expect(reconciling.reconciled(...anew).cancelled).toBe(true);
    const blanks = {
      ...typed,
      [front.key]: { ...NOTHING_TYPED, prices: { m2701: "2985", a: "" } },
    };
    const same = [entries, front, book, blanks, profile, snapshots, today] as const;
    expect(reconciling.reconciled(...same).cancelled).toBe(true);
    const other = priced(wish, "2986");
    expect(reconciling.reconciled(...other)).toMatchObject({ busy: true, cancelled: false });
    expect(reconciling.reconciled(...anew)).toMatchObject({ busy: false, cancelled: true });
    reconciling.again();
    expect(reconciling.reconciled(...wish)).toMatchObject({ busy: true, cancelled: false });
    reconciling.forget();
  });

  test("every figure that counts makes it another wish", async () => {
    const wish = await wishOf(300);
    const [entries, front, book, typed, profile, snapshots] = wish;
    const own = typed[front.key] ?? NOTHING_TYPED;
    const reconciling = new Reconciling(() => undefined);
    reconciling.reconciled(...wish);
    reconciling.cancel();
    const contract = front.statement.positions[0]?.contract ?? "";
    const typedAs = (change: Partial<Typed>): ReconcileWish =>
      [
        ...[entries, front, book, { [front.key]: { ...own, ...change } }, profile, snapshots, DAY],
      ] as unknown as ReconcileWish;
    const [read] = entriesOf([
      { id: 1, input: undefined, statement: await tableRead(300), sample: false },
    ]);
    if (!read) throw new Error("nothing was read");
    const others: readonly ReconcileWish[] = [
      typedAs({ prices: { m2701: "2985.5" } }),
      typedAs({ previous: { m2701: "2970" } }),
      typedAs({ rates: { m2701: "8%" } }),
      typedAs({ terms: { [contract]: { strike: "2650", unit: "10" } } }),
      [entries, front, book, typed, { ...profile, products: {} }, snapshots, DAY],
      [entries, front, book, typed, profile, snapshots, "2026-11-23"],
      [[read], read, book, typed, profile, snapshots, DAY],
    ];
    for (const other of others) {
      expect(reconciling.reconciled(...other)).toMatchObject({ cancelled: false });
      expect(reconciling.reconciled(...wish)).toMatchObject({ cancelled: true });
    }
    reconciling.forget();
  });

  test("holdings read anew beside the file of their money make another wish, and go with it", async () => {
    const textOf = (name: string): string => Buffer.from(caseNamed(name).bytes).toString("utf8");
    const read = (name: string, text = textOf(name)): Promise<Statement> =>
      readPasted(text, caseNamed(name).file);
    const money = await read("cusfund");
    const rows = textOf("holddata").trimEnd().split("\n");
    const fewer = await read("holddata", rows.slice(0, -1).join("\n"));
    const told = new WishesTold();
    const texts = [await read("holddata"), fewer].map((holdings) => {
      const imported = [holdings, money].map((statement, id) => {
        return { id, input: undefined, statement, sample: false };
      });
      const entries = entriesOf(imported);
      const [front, ...others] = entries;
      if (!front) throw new Error("nothing was read");
      expect([others, front.from]).toEqual([[], imported]);
      const { statement, account } = front;
      const given = { statement, account, prices: {}, profile: DEFAULT_PROFILE, today: DAY };
      return told.text([entries, front, bookOf(given), {}, DEFAULT_PROFILE, [], DAY]);
    });
    expect(texts[0]).not.toBe(texts[1]);
  });

  test("where it was given up, what was found before isn't taken for the result", async () => {
    const found = drained(reconciliationInSteps(inputsOf(await tableRead(4))));
    const desk = Object.create(Desk.prototype) as Desk;
    const entry = { key: "its own" };
    const now = { found, days: [], busy: false, progress: undefined };
    const given = (cancelled: boolean): Desk =>
      Object.defineProperties(desk, {
        looked: { value: { entry }, configurable: true },
        reconciled: { value: () => ({ ...now, cancelled }), configurable: true },
      });
    const code = {} as ReconcileCode;
    expect(await given(false).reconciliation(code)).toEqual({ entry, found });
    expect(await given(true).reconciliation(code)).toBeUndefined();
  });

  test("once nothing is looked at, no statement is held on to", async () => {
    const wish = await wishOf(60);
    const reconciling = new Reconciling(() => undefined);
    await settled(reconciling, wish);
    reconciling.reconciled(...(await wishOf(600)));
    reconciling.cancel();
    expect(holdsStatement(reconciling)).toBe(true);
    reconciling.forget();
    expect(holdsStatement(reconciling)).toBe(false);
    const looking = new Looking(() => undefined);
    const [, entry, , , profile] = wish;
    expect(looking.at({ entry, typed: NOTHING_TYPED, profile, today: DAY }, [])).toBeDefined();
    expect(holdsStatement(looking)).toBe(true);
    looking.forget();
    expect(holdsStatement(looking)).toBe(false);
  });

  test("once it is noticed its rows are counted, and at the end it is what it is at once", async () => {
    const wish = await wishOf(600);
    const counts: string[] = [];
    const over = new Promise<void>((resolve) => {
      const reconciling = new Reconciling((isOver) => {
        const { progress, found } = reconciling.reconciled(...wish);
        if (progress) counts.push(`${progress.rows} of ${progress.all}`);
        if (!isOver) return;
        const whole = drained(
          reconciliationInSteps({ ...inputsOf(wish[1].statement), previousPrices: {} }),
        );
        expect(found?.rows.map(({ verdict }) => verdict)).toEqual(
          whole.rows.map(({ verdict }) => verdict),
        );
        expect(found && digits(found.bridge.to)).toBe(digits(whole.bridge.to));
        resolve();
      });
      reconciling.reconciled(...wish);
    });
    await over;
    expect(counts.length).toBeGreaterThan(0);
    for (const count of counts) expect(count).toMatch(/^\d+ of 600$/);
  });
});
