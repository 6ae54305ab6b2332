/** Rows that are judged together: two sides under one margin, the larger side over months, sets that need one partner. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DEFAULT_PROFILE, type Profile } from "../src/account";
import { reconciliation, type Reconciliation, type ReconciledRow } from "../src/account/reconcile";
import { packedInSteps } from "../src/account/reconcile-packing";
import type { Way } from "../src/account/reconcile-ways";
import type { Comparable } from "../src/account/reconcile-row";
import { amount, digits, drained, Pace, type Amount } from "../src/core";
import { readCells, type Position, type Statement } from "../src/statements";

const DAY = "2026-11-20";

const packed = (ways: readonly Way[]) => drained(packedInSteps(ways, new Pace()));

const PROFILE: Profile = { ...DEFAULT_PROFILE, products: { m: { exchange: "0.07" } } };

const HEADER = ["合约", "方向", "手数", "结算价", "标的价", "保证金", "昨结算"];

type Cells = readonly (string | number)[];

async function paper(rows: readonly Cells[]): Promise<Statement> {
  const cells = rows.map((row) => HEADER.map((_, column) => String(row[column] ?? "")));
  return { ...(await readCells([HEADER, ...cells], "表", { day: DAY })), day: DAY };
}

/** Futures with one margin for both sides, as summaries print it. */
async function shared(
  rows: readonly Cells[],
  margins: Readonly<Record<string, string>>,
): Promise<Statement> {
  const statement = await paper(rows);
  const positions = statement.positions.map((one): Position => {
    const margin = margins[one.contract];
    if (margin === undefined) return one;
    const sharedMargin = one.side === "long" ? amount(margin) : undefined;
    return { ...one, margin: undefined, sharedMargin };
  });
  return { ...statement, positions };
}

const ACCOUNT = {
  ...{ id: "1", name: undefined, broker: undefined, day: DAY, currency: undefined, figures: {} },
};

const reconciled = (statement: Statement): Reconciliation =>
  reconciliation({ statement, profile: PROFILE, prices: {}, today: DAY });

const said = ({ position, verdict, reasons }: ReconciledRow): string =>
  [position.contract, position.side, verdict, ...reasons.map(({ id }) => id)].join(" ");

const items = ({ bridge }: Reconciliation): unknown[] =>
  bridge.items.map(({ ids, amount: part }) => [ids.join(" "), digits(part)]);

const figures = (row: ReconciledRow | undefined): unknown[] =>
  [row?.printed, row?.ours, row?.difference].map((n) => n && digits(n));

/** Soybean meal at 2985 whose broker takes 10 %: 2945, 2810 a lot; 2985 of a future. */
const MEAL: readonly Cells[] = [
  ["m2701-P-2900", "卖", 1, 38.5, 2985, 2945],
  ["m2701-C-3100", "卖", 1, 40, 2985, 2810],
];
const SIX_FOUR: readonly Cells[] = [
  ["m2701", "买", 6, 2985, "", "", 2970],
  ["m2701", "卖", 4, 2985, "", "", 2970],
];

describe("one margin printed for both sides of a future", () => {
  test("is what both take together, and each is said to match", async () => {
    const found = reconciled(await shared([...MEAL, ...SIX_FOUR], { m2701: "29850" }));
    expect(found.counts).toEqual({ matching: 4, explained: 0, unexplained: 0, notCheckable: 0 });
    expect(found.rows.slice(2).map(figures)).toEqual([
      ["17910", "17910", "0"],
      ["11940", "11940", "0"],
    ]);
    expect(found.rows[2]?.text.zh).toBe(
      "吻合：公司加点（在交易所保证金率上加 3 个百分点）。账单把买 6 手、卖 4 手合印一个保证金 29850.00，这里按规则分到两边。",
    );
    expect(items(found)).toEqual([]);
  });

  test("is the larger side's where that was charged", async () => {
    const found = reconciled(await shared([...MEAL, ...SIX_FOUR], { m2701: "17910" }));
    expect(found.rows.slice(2).map(said)).toEqual([
      "m2701 long explained largerSide",
      "m2701 short explained largerSide",
    ]);
    expect(items(found)).toEqual([["largerSide", "-11940"]]);
  });

  test("is one difference where it is neither", async () => {
    const found = reconciled(await shared([...MEAL, ...SIX_FOUR], { m2701: "29850.01" }));
    expect(found.rows.slice(2).map(said)).toEqual([
      "m2701 long unexplained",
      "m2701 short unexplained",
    ]);
    expect(found.rows[3]?.text.en).toContain("+0.01 unexplained");
    expect(items(found)).toEqual([["unexplained", "0.01"]]);
    const [long, short] = found.rows.slice(2).map(({ printed }) => printed as Amount);
    expect(long && short && digits(long.plus(short))).toBe("29850.01");
  });

  test("has its causes tried on all lots: the day before's price", async () => {
    const found = reconciled(await shared([...MEAL, ...SIX_FOUR], { m2701: "29700" }));
    expect(found.rows.slice(2).map(said)).toEqual([
      "m2701 long explained previousDay",
      "m2701 short explained previousDay",
    ]);
    expect(items(found)).toEqual([["previousDay", "-150"]]);
  });

  test("tells the rule by all its lots", async () => {
    const both = ["买", "卖"].flatMap((side): Cells[] => [
      ["m2701", side, 5, 2985, "", ""],
      ["m2705", side, 3, 2911, "", ""],
    ]);
    const margins = { m2701: "29850", m2705: "17466" };
    const found = reconciled(await shared([...both, ...MEAL.slice(0, 1)], margins));
    expect(found.rule.sentence.en).toBe("The broker adds 3 points to the exchange's margin rate.");
    expect(found.counts.matching).toBe(5);
    // 10 % on both sides is 20 % on the larger: without a row of one side nothing tells which.
    const alone = reconciled(await shared(both, margins));
    expect(alone.rule.terms.confirmed).toBe(false);
  });
});

describe("one margin for both sides where the product's style is left open", () => {
  const by = (rate: string): Profile => ({ ...PROFILE, products: { m: { exchange: rate } } });

  const judged = async (
    rate: string | undefined,
    rows: readonly Cells[],
    margins: Readonly<Record<string, string>>,
  ): Promise<Reconciliation> => {
    const profile = rate === undefined ? DEFAULT_PROFILE : by(rate);
    return reconciliation({
      ...{ statement: await shared(rows, margins), profile },
      ...{ prices: {}, today: DAY },
    });
  };

  const addsUp = ({ bridge: { from, items: parts, to } }: Reconciliation): void => {
    const sum = parts.reduce<Amount>((total, one) => total.plus(one.amount), from);
    expect(digits(sum)).toBe(digits(to));
  };

  const TEN_SIX: readonly Cells[] = [
    ["m2701", "买", 10, 2985],
    ["m2701", "卖", 6, 2985],
    ["m2705", "买", 10, 3010],
    ["m2705", "卖", 6, 3010],
  ];

  test("has its cause where the two rows' figures give it, each to the fen", async () => {
    // 1.71 points on 6.84 %: 2,552.175 a lot, each row 2,552.18; the two together unrounded are 5,104.35.
    const rows: readonly Cells[] = [
      ["m2701", "买", 1, 2985],
      ["m2701", "卖", 1, 2985],
      ["m2705", "买", 2, 2911, "", 4977.81],
      ["m2709", "买", 2, 2950, "", 5044.5],
    ];
    const found = await judged("0.0684", rows, { m2701: "5104.36" });
    expect(found.rows.slice(0, 2).map(said)).toEqual([
      "m2701 long explained multiple points",
      "m2701 short explained multiple points",
    ]);
    expect(found.rows[0]?.text.zh).toMatch(
      /^两种原因都能精确解释.*在交易所保证金率上加 1.71 个百分点/,
    );
    expect(items(found)).toEqual([["multiple points", "3025.34"]]);
    addsUp(found);
  });

  test("lists every reading, on both sides or on the larger alone, and isn't all accounted for", async () => {
    // 16.4 % on the larger side is 10.25 % on both.
    const found = await judged("0.064", TEN_SIX, { m2701: "48954", m2705: "49364" });
    const [long] = found.rows;
    expect(long?.reasons.map(({ id, detail }) => [id, detail.en])).toEqual([
      ["points", "adds 10 points to the exchange's margin rate, on the larger side only"],
      ["points", "adds 3.85 points to the exchange's margin rate"],
      ["multiple", "charges 2.5625 times the exchange's margin, on the larger side only"],
    ]);
    expect(long?.text.zh).toContain(
      "公司加点（在交易所保证金率上加 10 个百分点，只收较大的一边；或在交易所保证金率上加 3.85 个百分点）",
    );
    expect(figures(long)).toEqual(["48954", "19104", "29850"]);
    expect(found.sentence.zh).toContain("其中 4 行的加收看不出是哪一种");
    addsUp(found);
  });

  test("of a rate alone the words are of rates, not of partners, and the bridge adds up", async () => {
    const rows: readonly Cells[] = TEN_SIX.map(([code, side, lots, price]) => {
      return [code, side, lots === 6 ? 5 : lots, price] as Cells;
    });
    const found = await judged(undefined, rows, { m2701: "44775", m2705: "45150" });
    expect(found.rows[0]?.text.en).toMatch(
      /^the broker's own rate \(charges a margin rate of 10%; or charges a margin rate of 15%, on the larger side only\); the statement can't tell them apart\./,
    );
    expect(found.rows[0]?.text.zh).not.toContain("搭配");
    expect(items(found)).toEqual([["rate", "89925"]]);
    addsUp(found);
  });

  test("a pair alone names what its sum tells and what its larger side tells, as one", async () => {
    const found = await judged("0.07", TEN_SIX.slice(0, 2), { m2701: "71640" });
    expect(found.rows[0]?.reasons.map(({ detail }) => detail.zh)).toEqual([
      "在交易所保证金率上加 8 个百分点",
      "在交易所保证金率上加 17 个百分点，只收较大的一边",
    ]);
    expect(found.sentence.zh).toContain("其中 1 行只按自己的加收才正好");
    addsUp(found);
  });

  test("what is a fen off every style is told by the nearest, against the exchange's figure", async () => {
    const rows: readonly Cells[] = [
      ["m2705", "买", 3, 2911, "", 7335.72],
      ["m2709", "买", 3, 2950, "", 7434],
      // 1.4 points more are 12,412.00.
      ["m2701-P-2900", "卖", 5, 40, 2985, 12412.01],
    ];
    const found = await judged("0.07", rows, {});
    const put = found.rows[2];
    expect([put?.verdict, ...figures(put)]).toEqual([
      "unexplained",
      "12412.01",
      "10322.5",
      "2089.51",
    ]);
    expect(put?.text.en).toMatch(
      /^\+2089\.51 unexplained: .*nearest “points added to the rate” leaves \+0\.01\.$/,
    );
    addsUp(found);
  });

  test("an explained row has a cause at least, and its sentence names it", async () => {
    const seen = { explained: 0, larger: 0 };
    const pair = fc.record({
      lots: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
      price: fc.integer({ min: 1250, max: 1750 }).map((half) => 2 * half + 1),
      how: fc.constantFrom("sum", "rows", "rows", "larger", "odd"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(pair, { minLength: 1, maxLength: 3 }),
        fc.constantFrom("0.064", "0.0684", "0.0684", "0.07", undefined),
        fc.constantFrom("0.02", "0.0171", "0.0171", "0.035", "0"),
        fc.boolean(),
        async (pairs, rate, added, beside) => {
          const margins: Record<string, string> = {};
          const rows = pairs.flatMap(({ lots: [many, few], price, how }, i): Cells[] => {
            const code = `m270${2 * i + 1}`;
            const lot = amount(rate ?? "0.07")
              .plus(added)
              .times(price)
              .times(10);
            const figure = {
              sum: lot.times(many + few),
              rows: lot.times(many).toDecimalPlaces(2).plus(lot.times(few).toDecimalPlaces(2)),
              larger: lot.times(Math.max(many, few)),
              odd: lot.times(many + few).plus("0.37"),
            }[how as "sum"];
            margins[code] = figure.toFixed(2);
            return [
              [code, "买", many, price],
              [code, "卖", few, price],
            ];
          });
          // Futures of one side leave the style open.
          for (const [code, price] of beside
            ? [["m2709", 2950] as const, ["m2711", 2912] as const]
            : []) {
            const lot = amount(rate ?? "0.07")
              .plus(added)
              .times(price)
              .times(20);
            rows.push([code, "买", 2, price, "", lot.toFixed(2)]);
          }
          const found = await judged(rate, rows, margins);
          addsUp(found);
          for (const { verdict, reasons, text } of found.rows) {
            if (verdict !== "explained") continue;
            seen.explained += 1;
            expect(reasons.length).toBeGreaterThan(0);
            for (const { name, detail } of reasons) {
              expect([text.zh, text.en]).toEqual([
                expect.stringContaining(name.zh),
                expect.stringContaining(name.en),
              ]);
              if (detail.en.includes("larger")) seen.larger += 1;
            }
          }
        },
      ),
      { seed: 8, numRuns: 200 },
    );
    expect(Math.min(seen.explained, seen.larger)).toBeGreaterThan(50);
  });
});

describe("the larger side alone over a product's months", () => {
  test("in the rows", async () => {
    const rows: readonly Cells[] = [
      ...MEAL,
      ["m2701", "买", 6, 2985, "", 17910],
      ["m2705", "卖", 3, 2911, "", 0],
    ];
    const found = reconciled(await paper(rows));
    expect(found.rows.slice(2).map(said)).toEqual([
      "m2701 long explained largerSide",
      "m2705 short explained largerSide",
    ]);
    expect(found.rows[3]?.text.en).toBe(
      "larger side only (Soybean Meal: long 17910.00, short 8733.00; the larger is charged).",
    );
    expect(items(found)).toEqual([["largerSide", "-8733"]]);
  });

  test("hedging apart, of one contract too", async () => {
    const sides: readonly Cells[] = [
      ["m2701", "买", 6, 2985, "", 17910],
      ["m2701", "卖", 4, 2985, "", 0],
    ];
    const statement = await paper([...MEAL, ...sides]);
    const short = [...MEAL.map(() => "matching"), "explained", "explained"];
    expect(reconciled(statement).rows.map(({ verdict }) => verdict)).toEqual(short);
    const positions = statement.positions.map((one) =>
      one.contract === "m2701" && one.side === "short" ? { ...one, hedge: "套保" } : one,
    );
    const apart = reconciled({ ...statement, positions });
    expect(apart.rows.slice(2).map(said)).toEqual([
      "m2701 long matching points",
      "m2701 short unexplained",
    ]);
    // Nor is what the account's total lacks taken for a smaller side of both.
    const margin = amount("23665");
    const account = { ...ACCOUNT, figures: { margin } };
    const charged = positions.map((one) =>
      one.contract === "m2701" && one.side === "short" ? { ...one, margin: amount("11940") } : one,
    );
    const total = reconciled({ ...statement, positions: charged, account, accounts: [account] });
    expect(items(total)).toEqual([["total", "-11940"]]);
  });

  test("a fen beside it is none", async () => {
    const rows: readonly Cells[] = [
      ...MEAL,
      ["m2701", "买", 6, 2985, "", 17910],
      ["m2705", "卖", 3, 2911, "", 0.01],
    ];
    expect(reconciled(await paper(rows)).counts.unexplained).toBe(1);
  });
});

describe("the larger side, each row to the fen", () => {
  const of = async (...rows: readonly Cells[]): Promise<Reconciliation> =>
    reconciled(await paper([...MEAL, ...rows]));

  test("one contract's doesn't hide errors of two others that cancel", async () => {
    const found = await of(
      ["m2701", "买", 3, 2985, "", 8955],
      ["m2701", "卖", 1, 2985, "", 0],
      ["m2703", "买", 3, 2985, "", 9055],
      ["m2705", "买", 3, 2985, "", 8855],
    );
    expect(found.rows.slice(2).map(said)).toEqual([
      "m2701 long explained largerSide",
      "m2701 short explained largerSide",
      "m2703 long unexplained",
      "m2705 long unexplained",
    ]);
    expect(found.rows.slice(4).map(figures)).toEqual([
      ["9055", "8955", "100"],
      ["8855", "8955", "-100"],
    ]);
    expect(found.rows[2]?.text.zh).toContain("m2701 买 8955.00、卖 2985.00");
  });

  test("nor does the sum of a product count where its rows aren't the rule's", async () => {
    const found = await of(
      ["m2701", "买", 6, 2985, "", 17000],
      ["m2705", "卖", 6, 2985, "", 17910],
      ["m2709", "卖", 6, 2985, "", 910],
    );
    expect(found.rows.slice(2).map(said)).toEqual([
      "m2701 long unexplained",
      "m2705 short matching points",
      "m2709 short unexplained",
    ]);
  });

  test("one cell of two sides counts as one, whichever side the product is charged on", async () => {
    const rows: readonly Cells[] = [
      ["m2701", "买", 1, 2985, ""],
      ["m2701", "卖", 3, 2985, ""],
      ["m2705", "买", 6, 2985, "", 17910],
    ];
    const found = reconciled(await shared([...MEAL, ...rows], { m2701: "2985" }));
    expect(found.rows.slice(2).map(said)).toEqual([
      "m2701 long explained largerSide",
      "m2701 short explained largerSide",
      "m2705 long explained largerSide",
    ]);
    const off = reconciled(await shared([...MEAL, ...rows], { m2701: "2985.01" }));
    expect(off.counts.unexplained).toBe(2);
  });
});

describe("sets and larger sides whose exact figures end in half a fen", () => {
  /** 2.35 points on 7 %: 2,750.975 and 2,615.975 for a lot of each leg, 2,790.975 for one of the future. */
  const BASE: readonly Cells[] = [
    ["m2705-P-2800", "卖", 2, 15, 2985, 4031.95],
    ["m2705-C-3000", "卖", 2, 60, 2985, 6631.95],
  ];
  const legs = (put: number, call: number): readonly Cells[] => [
    ["m2701-P-2900", "卖", 1, 38.5, 2985, put],
    ["m2701-C-3100", "卖", 1, 40, 2985, call],
  ];

  /** The two legs as the statement lists them, their margin in their rows or beside them. */
  async function told(
    [put, call]: readonly [number, number],
    margin?: string,
    base = BASE,
  ): Promise<Reconciliation> {
    const plain = await paper([...base, ...legs(put, call)]);
    const apart = margin === undefined ? undefined : amount(margin);
    const set = {
      ...{ place: {}, id: "1", strategy: undefined, quantity: amount(1), margin: apart },
      legs: ["m2701-C-3100", "m2701-P-2900"],
    };
    const { totals } = plain;
    return reconciled({
      ...plain,
      combinations: [set],
      totals: { ...totals, margin: totals.margin.plus(apart ?? 0) },
    });
  }

  const ofLegs = ({ rows }: Reconciliation): readonly string[] => rows.slice(-2).map(said);
  const RELIEF = ["m2701-P-2900 short explained relief", "m2701-C-3100 short explained relief"];
  const NONE = ["m2701-P-2900 short unexplained", "m2701-C-3100 short unexplained"];

  test("a set that only the charges tell: its premium to the fen, and the other leg by itself", async () => {
    const of = async (put: number, call: number): Promise<readonly string[]> =>
      ofLegs(reconciled(await paper([...BASE, ...legs(put, call)])));
    expect(await of(2750.98, 400)).toEqual(RELIEF);
    const [, off] = NONE;
    for (const call of [400.01, 399.99])
      expect(await of(2750.98, call)).toEqual(["m2701-P-2900 short matching points", off]);
    // What is a fen less on the other leg is that leg's own: it was cut, or nothing tells why.
    expect(await of(2750.97, 400)).toEqual(["m2701-P-2900 short explained rounding", RELIEF[1]]);
    expect(await of(2750.95, 400)).toEqual(["m2701-P-2900 short unexplained", RELIEF[1]]);
    expect(await of(2751.98, 399)).toEqual(NONE);
  });

  test("a listed set's one printed figure is its exact one half-up", async () => {
    expect(ofLegs(await told([0, 0], "3150.98"))).toEqual(RELIEF);
    for (const [margin, off] of [
      ["3150.97", "-0.01"],
      ["3150.99", "0.01"],
    ] as const) {
      const found = await told([0, 0], margin);
      expect(ofLegs(found)).toEqual(NONE);
      expect(items(found)).toContainEqual(["unexplained", off]);
    }
  });

  test("a listed set in its legs' rows: each its part, else a sum that is less than a fen off", async () => {
    expect(ofLegs(await told([2750.98, 400]))).toEqual(RELIEF);
    expect(ofLegs(await told([2750.97, 400]))).toEqual(NONE);
    expect(ofLegs(await told([2750.98, 399.99]))).toEqual(NONE);
    // One leg prints all of it.
    expect(ofLegs(await told([3150.98, 0]))).toEqual(RELIEF);
    expect(ofLegs(await told([3150.97, 0]))).toEqual(NONE);
    for (const put of [1650.48, 1650.49]) {
      const found = await told([put, 1500.49]);
      expect(ofLegs(found)).toEqual(RELIEF);
      expect(found.rows.at(-1)?.text.zh).toContain("各腿怎么分看不出，只核对合计");
    }
    for (const put of [1650.47, 1650.5]) expect(ofLegs(await told([put, 1500.49]))).toEqual(NONE);
  });

  test("a listed set from which nothing was taken off has each leg by itself", async () => {
    const missing = ["m2701-P-2900 short explained reliefMissing"];
    expect(ofLegs(await told([2750.98, 2615.98]))).toEqual([
      ...missing,
      "m2701-C-3100 short explained reliefMissing",
    ]);
    expect(ofLegs(await told([2850.98, 2515.98]))).toEqual(NONE);
  });

  test("errors that cancel between a set's figure and its legs' other lots are told of each", async () => {
    const plain = await paper([
      ...BASE,
      ["m2701-P-2900", "卖", 2, 38.5, 2985, 2751.98],
      ["m2701-C-3100", "卖", 1, 40, 2985, 0],
    ]);
    const margin = amount("3149.98");
    const set = {
      ...{ place: {}, id: "1", strategy: undefined, quantity: amount(1), margin },
      legs: ["m2701-C-3100", "m2701-P-2900"],
    };
    const totals = { ...plain.totals, margin: plain.totals.margin.plus(margin) };
    const found = reconciled({ ...plain, combinations: [set], totals });
    expect(ofLegs(found)).toEqual(NONE);
    expect(found.rows.at(-1)?.text.en).toContain(
      "not of each: m2701-P-2900 prints 2751.98 for 2750.98, the set prints 3149.98 for 3150.98.",
    );
    expect(found.sentence.zh).not.toContain("全部对上");
  });

  test("while the rule isn't confirmed, by what may be the rule to the fen", async () => {
    // 1.15 times 2,449.50 are 2,816.925.
    const base: readonly Cells[] = [["m2705-P-2800", "卖", 2, 15, 2985, 3023.35]];
    expect(ofLegs(await told([0, 0], "2816.93", base))).toEqual([
      "m2701-P-2900 short explained multiple",
      "m2701-C-3100 short explained multiple",
    ]);
    expect(ofLegs(await told([0, 0], "2816.92", base))).toEqual(NONE);
  });

  test("the larger side of three lots", async () => {
    const of = async (long: number): Promise<Reconciliation> =>
      reconciled(
        await paper([...BASE, ["m2701", "买", 3, 2985, "", long], ["m2701", "卖", 1, 2985, "", 0]]),
      );
    expect((await of(8372.93)).rows.slice(2).map(said)).toEqual([
      "m2701 long explained largerSide",
      "m2701 short explained largerSide",
    ]);
    expect(said((await of(8372.92)).rows[3] as ReconciledRow)).toBe("m2701 short unexplained");
    const both: readonly Cells[] = [...BASE, ["m2701", "买", 3, 2985], ["m2701", "卖", 1, 2985]];
    const cell = async (margin: string): Promise<number> =>
      reconciled(await shared(both, { m2701: margin })).counts.unexplained;
    expect([await cell("8372.93"), await cell("8372.92")]).toEqual([0, 2]);
  });
});

describe("openings beneath a row that fits", () => {
  test("are each their part rounded, or cut where they add up to it", async () => {
    // 2.35 points on 7 %: 2,790.975 a lot, 8,372.93 for three.
    const plain = await paper([
      ["m2705-P-2800", "卖", 2, 15, 2985, 4031.95],
      ["m2705-C-3000", "卖", 2, 60, 2985, 6631.95],
      ["m2701", "买", 3, 2985, "", 8372.93],
    ]);
    const of = (...printed: readonly (readonly [lots: number, margin: string])[]) => {
      const row = plain.positions.at(-1) as Position;
      const lots = printed.map(([quantity, margin]): Position => {
        return { ...row, quantity: amount(quantity), margin: amount(margin) };
      });
      return reconciled({ ...plain, lots }).rows.at(-1)?.verdict;
    };
    expect(of([1, "2790.98"], [2, "5581.95"])).toBe("matching");
    expect(of([1, "2790.97"], [1, "2790.98"], [1, "2790.98"])).toBe("matching");
    // All half-up, a fen more than their row.
    expect(of([1, "2790.98"], [1, "2790.98"], [1, "2790.98"])).toBe("matching");
    expect(of([1, "2790.97"], [1, "2790.97"], [1, "2790.98"])).toBe("unexplained");
    expect(of([1, "2790.97"], [2, "5581.96"])).toBe("unexplained");
    expect(of([1, "2890.98"], [2, "5481.95"])).toBe("unexplained");
    // Tables that don't tell the same are no matter of a row.
    expect(of([1, "2890.98"])).toBe("matching");
  });
});

describe("sets that only the charges tell", () => {
  test("join no hedging leg with one that isn't", async () => {
    const statement = await paper([
      ...MEAL,
      ["m2703-P-2900", "卖", 4, 38.5, 2985, 11780],
      ["m2703-C-3100", "卖", 4, 40, 2985, 1600],
    ]);
    const [put, call] = reconciled(statement).rows.slice(2);
    expect([put, call].map((row) => row?.reasons[0]?.id)).toEqual(["relief", "relief"]);
    const hedged = (codes: readonly string[]): Statement => ({
      ...statement,
      positions: statement.positions.map((one) => ({
        ...one,
        hedge: codes.includes(one.contract) ? "套保" : "投机",
      })),
    });
    const apart = reconciled(hedged(["m2703-C-3100", MEAL[0]?.[0] as string]));
    expect(apart.rows[3]?.verdict).toBe("unexplained");
    expect(apart.rows[3]?.tried.map(({ id }) => id)).not.toContain("relief");
    const same = reconciled(hedged(["m2703-P-2900", "m2703-C-3100"]));
    expect(same.rows[3]?.reasons.map(({ id }) => id)).toEqual(["relief"]);
  });

  test("say whether the lighter leg's premium was raised by the broker's multiple", async () => {
    const of = async (call: number): Promise<string | undefined> => {
      const found = reconciled(
        await paper([
          ["m2705-P-2800", "卖", 2, 15, 2985, 3154.8],
          ["m2705-C-3000", "卖", 2, 60, 2985, 6274.8],
          ["m2701-P-2900", "卖", 4, 38.5, 2985, 9837.6],
          ["m2701-C-3100", "卖", 4, 40, 2985, call],
        ]),
      );
      return found.rows[3]?.text.zh;
    };
    const set = "组合优惠（卖出宽跨式 m2701-C-3100 + m2701-P-2900 × 4";
    expect(await of(1920)).toBe(`${set}（较轻一腿的权利金也按倍数收））。`);
    expect(await of(1600)).toBe(`${set}（较轻一腿的权利金不加倍数））。`);
  });

  test("have one leg at its premium, not both: of two neither is named", async () => {
    const rows: readonly Cells[] = [
      ["TA701P4350", "卖", 6, 42.5, 4702, 3465],
      ["TA701C5200", "卖", 6, 115.5, 4702, 3465],
    ];
    const profile: Profile = {
      ...PROFILE,
      products: { ...PROFILE.products, TA: { exchange: "0.08" } },
    };
    const statement = await paper([...MEAL, ...rows]);
    const found = reconciliation({ statement, profile, prices: {}, today: DAY });
    expect(found.rows.slice(2).map(({ verdict }) => verdict)).toEqual([
      "unexplained",
      "unexplained",
    ]);
    expect(found.rows[2]?.text.zh).toContain("搭档的手数不够，TA701C5200 也要用");
  });
});

describe("lots of a partner are used once", () => {
  /** Lighter legs charged their premium alone, beside calls charged whole: 2210, 1920 and 1640 a lot by the rule. */
  const puts: readonly Cells[] = [
    ["m2701-P-2800", "卖", 4, 15, 2985, 600],
    ["m2701-P-2750", "卖", 4, 11, 2985, 440],
    ["m2701-P-2700", "卖", 4, 8, 2985, 320],
  ];
  const calls: readonly Cells[] = [
    ["m2701-C-3100", "卖", 4, 40, 2985, 11240],
    ["m2701-C-3150", "卖", 4, 30, 2985, 9840],
    ["m2701-C-3050", "卖", 4, 50, 2985, 12640],
  ];
  const LONE: Cells = ["m2705-P-2900", "卖", 1, 38.5, 2985, 2945];

  const of = async (...rows: readonly Cells[]): Promise<Reconciliation> =>
    reconciled(await paper([...rows, LONE]));

  test("three sets of two calls are one too many, and none is named", async () => {
    const found = await of(...puts, ...calls.slice(0, 2));
    expect(found.rows.slice(0, 3).map(said)).toEqual(
      puts.map(([contract]) => `${contract} short unexplained`),
    );
    expect(found.rows[0]?.text.zh).toBe(
      "未解释 -8240.00：“组合优惠”正好（卖出宽跨式 m2701-P-2800 + m2701-C-3100 × 4 等 2 组），但搭档的手数不够，m2701-P-2750、m2701-P-2700 也要用，不能都是。",
    );
  });

  test("the first of two rows has no better claim than the second", async () => {
    const found = await of(...puts.slice(0, 2), ...calls.slice(0, 1));
    expect(found.counts.unexplained).toBe(2);
    expect(found.rows[1]?.text.en).toContain("m2701-P-2800 would need them too: not all can be.");
  });

  test("as many partners as rows explain them all, by one set or another", async () => {
    const found = await of(...puts, ...calls);
    expect(found.counts).toEqual({ matching: 4, explained: 3, unexplained: 0, notCheckable: 0 });
    expect(found.rows[0]?.reasons.map(({ id }) => id)).toEqual(["relief", "relief", "relief"]);
  });

  const member = (quantity: number, difference: number): Comparable =>
    ({
      held: { position: { quantity: amount(quantity) } },
      difference: amount(difference),
    }) as unknown as Comparable;

  test("what is named holds in every choice that explains most rows", () => {
    const lots = fc.integer({ min: 1, max: 3 });
    const books = fc
      .tuple(fc.array(lots, { minLength: 1, maxLength: 3 }), fc.array(lots, { maxLength: 5 }))
      .chain(([partners, rows]) =>
        fc.record({
          partners: fc.constant(partners),
          rows: fc.constant(rows),
          pairs: fc.array(fc.boolean(), {
            minLength: partners.length * rows.length,
            maxLength: partners.length * rows.length,
          }),
        }),
      );
    fc.assert(
      fc.property(books, ({ partners, rows, pairs }) => {
        const holders = partners.map((quantity) => member(quantity, 0));
        const breaking = rows.map((quantity) => member(quantity, -1));
        const ways: Way[] = breaking.flatMap((row, i) =>
          holders.flatMap((holder, j) => {
            if (!pairs[i * holders.length + j]) return [];
            const sets = Math.min(rows[i] as number, partners[j] as number);
            const uses = new Map([[holder, amount(sets)]]);
            return [{ rows: [row, holder], uses, detail: {}, tried: {} } as unknown as Way];
          }),
        );
        // Every choice there is, one after the other: of each row one of its ways, or none.
        type Choice = readonly (Way | undefined)[];
        const choices = breaking.reduce<readonly Choice[]>(
          (some, row) =>
            some.flatMap((one) =>
              [undefined, ...ways.filter((way) => way.rows[0] === row)].map((way) => [...one, way]),
            ),
          [[]],
        );
        const fits = (choice: Choice): boolean =>
          holders.every((holder, j) => {
            const used = choice.reduce((sum, way) => sum + Number(way?.uses.get(holder) ?? 0), 0);
            return used <= (partners[j] as number);
          });
        const count = (choice: Choice): number => choice.filter(Boolean).length;
        const fitting = choices.filter(fits);
        const most = Math.max(...fitting.map(count));
        const best = fitting.filter((choice) => count(choice) === most);
        const found = packed(ways);
        breaking.forEach((row, i) => {
          const may = new Set(best.map((choice) => choice[i]));
          const named = [
            ...found.certain.filter((way) => way.rows[0] === row),
            ...(found.possible.get(row) ?? []),
          ];
          const own = ways.some((way) => way.rows[0] === row);
          expect(new Set(named)).toEqual(may.has(undefined) ? new Set() : may);
          expect(found.contested.has(row)).toBe(own && may.has(undefined));
        });
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test("many rows that need too few partners come to an end, and none is named", () => {
    const holders = Array.from({ length: 29 }, () => member(4, 0));
    const breaking = Array.from({ length: 30 }, () => member(4, -1));
    const ways = breaking.flatMap((row) =>
      holders.map((holder) => {
        const uses = new Map([[holder, amount(4)]]);
        return { rows: [row, holder], uses, detail: {}, tried: {} } as unknown as Way;
      }),
    );
    const found = packed(ways);
    expect([found.certain.length, found.possible.size, found.contested.size]).toEqual([0, 0, 30]);
    const enough = packed(ways.filter((way) => way.rows[0] !== breaking[0]));
    expect([enough.possible.size, enough.contested.size]).toEqual([29, 0]);
  });
});
