/** Random lives of every event there is: what an exchange would refuse is left out, and at the end all is closed. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { amount, digits, MarginError, type Amount, type LedgerDay } from "../src/core";
import { EVENT_KINDS } from "../src/core/ledger-event";
import { balanced, figuresOf, rowUnder, worked } from "./host/followed";

const HEADER = [
  ...["date", "event", "contract", "side", "lots", "price", "settlement", "underlying", "rate"],
  ...["strike", "unit", "combination", "amount", "fee"],
];
const row = rowUnder(HEADER);
type Row = ReturnType<typeof row>;

/** Over a weekend, the index options' last day, copper's, the ETF's and its delivery. */
const DAYS = ["18", "19", "20", "23", "24", "25", "26"].map((day) => `2026-11-${day}`);
const END = "2026-11-27";

interface Told {
  readonly code: string;
  readonly expiry: string;
  readonly underlying: string;
}
const OPTIONS: readonly Told[] = [
  { code: "IO2611-C-4800", expiry: "2026-11-20", underlying: "IO" },
  { code: "IO2611-P-4700", expiry: "2026-11-20", underlying: "IO" },
  { code: "cu2612C80000", expiry: "2026-11-24", underlying: "cu2612" },
  { code: "cu2612P79000", expiry: "2026-11-24", underlying: "cu2612" },
  { code: "510050C2611M03000", expiry: "2026-11-25", underlying: "510050" },
  { code: "510050P2611M03000", expiry: "2026-11-25", underlying: "510050" },
  { code: "510050C2612M02950", expiry: "2026-12-23", underlying: "510050" },
  { code: "510050C2612M03000", expiry: "2026-12-23", underlying: "510050" },
  { code: "510050P2612M02900", expiry: "2026-12-23", underlying: "510050" },
];
const CU = ["cu2612C80000", "cu2612P79000"] as const;
const AFTER = "510050C2612A03000";
const ADJUSTED = { strike: 2.936, unit: 10220 };
const TOLD = [...OPTIONS, { code: AFTER, expiry: "2026-12-23", underlying: "510050" }];

const spot = (underlying: string, n: number): number =>
  underlying === "IO"
    ? 4600 + n * 4
    : underlying === "cu2612"
      ? 78000 + n * 40
      : (280 + n / 4) / 100;
const price = (code: string, n: number): number =>
  code.startsWith("51") ? (10 + n) / 1000 : code.startsWith("IO") ? 10 + n * 2 : 100 + n * 20;
const rate = (underlying: string): number | string => (underlying === "cu2612" ? 0.09 : "");

/** A day's prices. */
const settles = (on: string, n: number): Row[] => [
  ...TOLD.filter(({ expiry }) => on <= expiry).map(({ code, underlying }) =>
    row(on, "settle", code, {
      ...{ settlement: price(code, n), underlying: spot(underlying, n), rate: rate(underlying) },
      ...(code === AFTER && ADJUSTED),
    }),
  ),
  row(on, "settle", "510050", { settlement: spot("510050", n) }),
  row(on, "settle", "cu2612", { settlement: spot("cu2612", n), rate: 0.09 }),
];

/** Whose prices any life may need. */
const STANDING = ["510050", "cu2612"];

const SIDES = ["short", "long", "covered"] as const;

const OPENING = 1_000_000;

/** A life as it goes on: rows that the ledger has taken. */
class Life {
  rows: Row[] = [];
  readonly taken = new Set<string>();
  private today: Row[] = [];
  private prices: Row[] = [];

  /** The prices of what has been met, and of what an adjustment made of it. */
  private known(rows: readonly Row[]): Row[] {
    const met = new Set(rows.map(([, , contract]) => contract));
    return this.prices.filter(
      ([, , code]) => met.has(code) || STANDING.includes(String(code)) || code === AFTER,
    );
  }

  private dayWith(...more: Row[]): LedgerDay {
    const rows = [...this.rows, ...this.today, ...more];
    const days = worked([HEADER, ...rows, ...this.known(rows)], OPENING, 0.2);
    const date = this.prices[0]?.[0];
    const day = days.find((one) => one.day === date);
    if (!day) throw new Error(`there is no ${String(date)}`);
    return day;
  }

  /** Takes rows together if the ledger does; what it has against them otherwise. */
  take(...more: Row[]): MarginError | undefined {
    const day = this.dayWith(...more);
    if ("error" in day) return day.error;
    this.today.push(...more);
    for (const [, event] of more) this.taken.add(String(event));
    return undefined;
  }

  begin(prices: Row[]): void {
    this.prices = prices;
  }

  end(): void {
    const rows = [...this.rows, ...this.today];
    this.rows = [...rows, ...this.known(rows)];
    this.today = [];
  }

  /** Whether a contract has come into it. */
  has(code: string): boolean {
    return code === AFTER || [...this.rows, ...this.today].some((one) => one[2] === code);
  }

  /** What stands against the day as it is. */
  get against(): MarginError | undefined {
    const day = this.dayWith();
    return "error" in day ? day.error : undefined;
  }
}

/** How many the ledger says there are, asked for more than there can be. */
function countBy(life: Life, ask: (count: number) => Row): Row[] {
  const detail = life.take(ask(99_999_999))?.params.detail ?? "";
  const count = Number(/(\d+)$/.exec(detail)?.[1] ?? 0);
  return count > 0 ? [ask(count)] : [];
}

/** Buys and locks what a day lacks to have figures at all. */
function provide(life: Life, on: string, n: number): void {
  for (let round = 0; round < 9; round += 1) {
    const error = life.against;
    if (!error) return;
    const { argument, value } = error.params;
    const cost = { price: spot("510050", n) };
    const buy = (lots: unknown): Row => row(on, "buy", "510050", { ...cost, lots });
    if (argument === "delivery") life.take(buy(Number(String(value))));
    else if (argument === "lockedShares") {
      // As many as it takes.
      for (const lots of [220, 440, 660, 880, 1100, 2200, 4400]) {
        if (!life.take(buy(lots), row(on, "lock", "510050", { lots }))) return;
      }
    } else throw error;
  }
}

const step = fc.record({
  kind: fc.constantFrom(
    ...(["open", "open", "open", "close", "exercise", "assign", "adjust"] as const),
    ...(["lock", "unlock", "build", "build", "dissolve", "net", "buy", "sell"] as const),
    ...(["fee", "deposit", "withdraw", "spot", "split"] as const),
  ),
  of: fc.nat({ max: 99 }),
  side: fc.constantFrom(...SIDES),
  lots: fc.integer({ min: 1, max: 3 }),
  n: fc.integer({ min: 1, max: 99 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A spread either way, and a strangle: contract and side of both legs. */
const LEGS = [
  ["510050C2612M02950", "long", "510050C2612M03000", "short"],
  ["510050C2612M02950", "short", "510050C2612M03000", "long"],
  ["510050C2612M03000", "short", "510050P2612M02900", "short"],
] as const;

/** A step as rows: pairs for what needs them. */
function told({ kind, of, side, lots, n }: Step, on: string): Row[] {
  const one = TOLD[of % TOLD.length] as Told;
  const { code, underlying } = one;
  const beside = { underlying: spot(underlying, n), rate: rate(underlying) };
  const terms = code === AFTER ? ADJUSTED : {};
  const shares = { lots: lots * 10000, price: spot("510050", n) };
  const legs = LEGS[of % LEGS.length] as (typeof LEGS)[number];
  const id = `S${of % 2}`;
  switch (kind) {
    case "open":
      return [row(on, "open", code, { side, lots, price: price(code, n), ...beside, ...terms })];
    case "close":
      return [row(on, "close", code, { side, lots, price: price(code, n), fee: n, ...terms })];
    case "exercise":
    case "assign":
      return [
        row(on, "open", CU[of % 2] as string, {
          ...{ side: kind === "assign" ? "short" : "long", lots, price: price("cu", n) },
          ...{ underlying: spot("cu2612", n), rate: 0.09 },
        }),
        row(on, kind, CU[of % 2] as string, { lots }),
      ];
    case "net":
      return [
        ...(["long", "short"] as const).map((way) =>
          row(on, "open", code, { side: way, lots, price: price(code, n), ...beside, ...terms }),
        ),
        row(on, "net", code, terms),
      ];
    case "adjust":
      return [row(on, "adjust", "510050C2612M03000", ADJUSTED)];
    case "spot":
    case "split":
      return [
        row(on, "adjust", "510050", kind === "spot" ? { amount: n } : { lots: n % 2 ? n : -n }),
      ];
    case "lock":
      return of % 3
        ? [row(on, "buy", "510050", shares), row(on, "lock", "510050", { lots: lots * 10000 })]
        : [row(on, "lock", "510050C2612M03000", { lots })];
    case "unlock":
      return [row(on, kind, of % 2 ? code : "510050", { lots: of % 2 ? lots : 5000 })];
    case "build":
      return ["open", "build"].flatMap((event) =>
        [0, 2].map((at) =>
          row(on, event, legs[at] as string, {
            ...{ side: legs[at + 1], lots, combination: event === "build" ? id : "" },
            ...(event === "open" && { price: price("51", n), underlying: spot("510050", n) }),
          }),
        ),
      );
    case "dissolve":
      return [row(on, "dissolve", "", { combination: id })];
    case "buy":
    case "sell":
      return of % 2
        ? [row(on, kind, "510050", shares)]
        : [row(on, kind, "cu2612", { lots, price: spot("cu2612", n), rate: 0.09 })];
    default:
      return [row(on, kind, "", { amount: n * 10 })];
  }
}

/** Ends what expires on a day: some of it exercised, assigned or given up, the rest as it lapses. */
function expire(life: Life, on: string, lots: number): void {
  for (const { code } of OPTIONS.filter((one) => one.expiry === on && life.has(one.code))) {
    for (const side of SIDES) {
      const outcome = side === "long" ? "exercise" : "assign";
      life.take(row(on, lots % 2 ? outcome : "abandon", code, { side, lots }));
      const refused = life.take(row(on, "expire", code, { side }));
      if (refused?.params.detail !== "assignedByItself") continue;
      const [assigned] = countBy(life, (lots) => row(on, "assign", code, { side, lots }));
      if (assigned) life.take(assigned);
    }
  }
}

/** Closes all there is left. */
function closeAll(life: Life): void {
  for (let n = 0; n < 2; n += 1) life.take(row(END, "dissolve", "", { combination: `S${n}` }));
  for (const { code } of TOLD.filter((one) => one.expiry > END && life.has(one.code))) {
    for (const side of SIDES) {
      const terms = code === AFTER ? ADJUSTED : {};
      const rows = countBy(life, (lots) =>
        row(END, "close", code, { side, lots, price: price(code, 30), ...terms }),
      );
      if (rows.length > 0) life.take(...rows);
    }
  }
  for (const side of ["short", "long"] as const) {
    const rows = countBy(life, (lots) =>
      row(END, "close", "cu2612", { side, lots, price: spot("cu2612", 40) }),
    );
    if (rows.length > 0) life.take(...rows);
  }
  const freed = countBy(life, (lots) => row(END, "unlock", "510050", { lots }));
  if (freed.length > 0) life.take(...freed);
  const sold = countBy(life, (lots) =>
    row(END, "sell", "510050", { lots, price: spot("510050", 40) }),
  );
  if (sold.length > 0) life.take(...sold);
}

/** All of a life, its events of a day with that day's prices. */
function lived(days: readonly (readonly [readonly Step[], number])[]): Life {
  const life = new Life();
  DAYS.forEach((on, index) => {
    const [steps, n] = days[index] as (typeof days)[number];
    life.begin(settles(on, n));
    provide(life, on, n);
    for (const each of steps) life.take(...told(each, on));
    expire(life, on, n % 4);
    life.end();
  });
  life.begin(settles(END, 50));
  provide(life, END, 50);
  closeAll(life);
  life.end();
  return life;
}

test("whatever happened in it, its books balance every day, and all closed leaves the identity and no margin", () => {
  const met = new Set<string>();
  const day = fc.tuple(
    fc.array(step, { minLength: 2, maxLength: 7 }),
    fc.integer({ min: 1, max: 99 }),
  );
  fc.assert(
    fc.property(fc.tuple(...DAYS.map(() => day)), (days) => {
      const life = lived(days);
      for (const kind of life.taken) met.add(kind);
      const figures = worked([HEADER, ...life.rows], OPENING, 0.2).map(figuresOf);
      figures.forEach(balanced);
      const sum = (each: (day: (typeof figures)[number]) => Amount): Amount =>
        figures.reduce((all, one) => all.plus(each(one)), amount(0));
      const last = figures.at(-1);
      expect([last?.closed, last && digits(last.margin)]).toEqual([true, "0"]);
      const [fees, deposited] = [
        sum((one) => one.fees),
        sum((one) => one.deposits.minus(one.withdrawals)),
      ];
      expect(last && digits(last.balance)).toBe(
        last && digits(amount(OPENING).plus(deposited).plus(last.realised).minus(fees)),
      );
      expect(digits(sum((one) => one.frozen.minus(one.released)))).toBe("0");
    }),
    { seed: 20261122, numRuns: 8 },
  );
  expect([...met].sort()).toEqual(
    Object.keys(EVENT_KINDS)
      .filter((kind) => kind !== "settle")
      .sort(),
  );
});
