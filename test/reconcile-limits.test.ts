/** Where a cause ends: covered options and their shares, rates below the exchange's, a lone row's rate, two causes of one figure. */
import { describe, expect, test } from "@jest/globals";
import { bookOf } from "../src/account/book";
import { DEFAULT_PROFILE, readProfile, type Profile } from "../src/account";
import { reconciliation, type Reconciliation } from "../src/account/reconcile";
import { amount, digits } from "../src/core";
import { plainBook, readCells, readStatement, type Statement } from "../src/statements";
import { rowOf, said } from "./host/reconciled-rows";
import { caseNamed } from "./statements/files";

const DAY = "2026-11-20";

const PROFILE: Profile = {
  ...DEFAULT_PROFILE,
  products: { m: { exchange: "0.07" }, c: { exchange: "0.08" } },
};

const HEADER = [
  ...["合约", "方向", "手数", "结算价", "标的价", "保证金"],
  ...["昨结算", "开仓价", "最新价", "锁定份数", "投保"],
];

type Cells = readonly (string | number)[];

/** A table with the columns that its rows use. */
async function paper(rows: readonly Cells[]): Promise<Statement> {
  const used = HEADER.map((_, column) => column).filter((column) =>
    rows.some((row) => (row[column] ?? "") !== ""),
  );
  const cells = rows.map((row) => used.map((column) => String(row[column] ?? "")));
  const header = used.map((column) => HEADER[column]);
  return readCells([header, ...cells], "表", { day: DAY });
}

const reconciled = async (
  rows: readonly Cells[],
  { profile = PROFILE, ...more }: { profile?: Profile; previousPrices?: object } = {},
): Promise<Reconciliation> =>
  reconciliation({
    ...{ statement: await paper(rows), profile, prices: {}, today: DAY },
    ...(more as object),
  });

/** Soybean meal at 2985 whose broker takes 10 %: 2945 and 2810 a lot. */
const MEAL: readonly Cells[] = [
  ["m2701-P-2900", "卖", 1, 38.5, 2985, 2945],
  ["m2701-C-3100", "卖", 1, 40, 2985, 2810],
];

/** Options on the 50 ETF whose broker takes 1.15 times the exchange's margin. */
const ETF: readonly Cells[] = [
  ["510050C2612M03100", "卖", 10, 0.0512, 3.052, 42485.6],
  ["510050P2612M02900", "卖", 5, 0.0176, 3.052, 13330.8],
];

describe("covered takes nothing where a call on an ETF has its shares", () => {
  const NOT_COVERED = "不能备兑：只有 ETF 认购期权可以。核对备兑标志。";

  test.each([
    ["a put", ["510050P2612M02800", "备兑", 4, 0.0091, 3.052, 0]],
    ["a put that was charged", ["510050P2612M02800", "备兑", 4, 0.0091, 3.052, 9434.6]],
    ["an index call", ["IO2612-C-4800", "备兑", 1, 68.4, 4650, 0]],
    ["a call on a future", ["m2701-C-3100", "备兑", 4, 40, 2985, 0]],
  ] as const)("%s can't be covered, in the account's book neither", async (_, row) => {
    const rows = [...ETF, row];
    const found = await reconciled(rows);
    const [contract] = row;
    const one = rowOf(found, contract);
    expect([said(one), one.text.zh]).toEqual(["notCheckable", `${contract} ${NOT_COVERED}`]);
    expect([one.ours, found.bridge.complete]).toEqual([undefined, false]);
    expect(found.sentence.zh).toBe("1 行不可核对；2 行吻合。");
    const { lines } = bookOf({
      ...{ statement: await paper(rows), profile: PROFILE, prices: {}, today: DAY },
    });
    const line = lines.find(({ position }) => position.contract === contract);
    expect(line?.exchangeFigure.gap?.why).toEqual(one.text);
  });

  test("a call does, whether its shares are printed or not", async () => {
    for (const locked of ["", 40000]) {
      const call = ["510050C2612M03200", "备兑", 4, 0.0221, 3.052, 0, "", "", "", locked];
      const found = await reconciled([...ETF, call]);
      expect(said(rowOf(found, "510050C2612M03200"))).toBe("matching covered");
      expect(found.sentence.zh).toMatch(/^全部对上/);
    }
  });

  test("a call short of its shares that took nothing isn't said to match", async () => {
    const call = ["510050C2612M03200", "备兑", 4, 0.0221, 3.052, 0, "", "", "", 30000];
    const row = rowOf(await reconciled([...ETF, call]), "510050C2612M03200");
    expect([said(row), row.text.zh]).toEqual([
      "notCheckable",
      "510050C2612M03200 备兑不足：锁定 30000 份，须 40000 份；补足，或按义务仓收保证金。",
    ]);
  });

  // 2,763.91 a lot as a short one.
  test.each([
    [1, 2763.91, 30000, "4 手中 1 手按义务仓，锁定 30000 份"],
    [3, 8291.73, "", "4 手中 3 手按义务仓"],
    [4, 11055.64, 0, "按义务仓"],
  ])("%s of 4 lots charged as short is named with its lots", async (_, charged, locked, detail) => {
    const call = ["510050C2612M03200", "备兑", 4, 0.0221, 3.052, charged, "", "", "", locked];
    const row = rowOf(await reconciled([...ETF, call]), "510050C2612M03200");
    expect([said(row), row.text.zh]).toEqual(["explained asShort", `按义务仓收（${detail}）。`]);
    expect(row.difference && digits(row.difference)).toBe(String(charged));
  });

  test.each([2763.92, 2763.9, 13819.55])("%s is no number of its lots", async (charged) => {
    const call = ["510050C2612M03200", "备兑", 4, 0.0221, 3.052, charged];
    const row = rowOf(await reconciled([...ETF, call]), "510050C2612M03200");
    expect(said(row)).toBe("unexplained");
    expect(new Set(row.tried.map(({ id }) => id))).toEqual(new Set(["asShort"]));
  });

  test("a statement with covered rows is checked row by row", async () => {
    const { bytes, file } = caseNamed("etf-option");
    expect(plainBook(await readStatement(bytes, file))).toBeUndefined();
  });
});

describe("no broker takes less than the exchange", () => {
  // 150 and half of the strike's distance, 925, off the futures part.
  const at = (rate: number): number => Math.round((150 + 29850 * rate - 925) * 100) / 100;
  const floor = (rate: number): number => Math.round((150 + 29850 * rate * 0.5) * 100) / 100;
  const put = (charged: number, use = ""): Cells => [
    ...["m2701-P-2800", "卖", 1, 15, 2985, charged, "", "", "", "", use],
  ];

  test.each([0.065, 0.04, 0.005])("a rate of %s below its 7 % is no cause", async (rate) => {
    const charged = Math.max(at(rate), floor(rate));
    const found = await reconciled([...MEAL, put(charged)]);
    const row = rowOf(found, "m2701-P-2800");
    expect(said(row)).toBe("unexplained");
    expect(row.tried.map(({ id }) => id)).not.toContain("otherRate");
    // The rate that it tells is shown all the same.
    expect(row.impliedRate?.toDecimalPlaces(5).toNumber()).toBe(rate);
    expect(found.sentence.zh).toMatch(/^1 行未解释/);
  });

  test("one above it is, and of hedging, for which the exchange may have a rate of its own, any", async () => {
    const above = await reconciled([...MEAL, put(at(0.08))]);
    expect(said(rowOf(above, "m2701-P-2800"))).toBe("explained otherRate");
    const hedged = await reconciled([...MEAL, put(Math.max(at(0.05), floor(0.05)), "套保")]);
    expect(said(rowOf(hedged, "m2701-P-2800"))).toBe("explained otherRate");
  });
});

describe("a row that nothing but the profile's addition covers", () => {
  const surcharge = { kind: "multiple", markup: "0.2" } as const;
  /** 11 %: three points on the exchange's 8. */
  const corn: Cells = ["c2701-P-2260", "卖", 7, 20.5, 2312, 17417.4];

  test("lists its own addition beside another rate, and isn't all accounted for", async () => {
    const found = await reconciled([corn], { profile: { ...PROFILE, surcharge } });
    const row = rowOf(found, "c2701-P-2260");
    expect(said(row)).toBe("explained points otherRate");
    expect(row.text.zh).toContain("在交易所保证金率上加 3 个百分点");
    expect(found.sentence).toEqual({
      zh: "0 行吻合，1 行有原因，差额合计 +2342.76；其中 1 行只按自己的加收才正好，公司的收法未确认。",
      en: "0 rows matching, 1 with a cause, +2342.76 in all; 1 row fits only an addition of its own, and the broker's rule isn't confirmed.",
    });
    expect(found.counts).toMatchObject({ explained: 1, unexplained: 0, notCheckable: 0 });
  });

  test("lists points and a multiple where a future fits both", async () => {
    // 10 % and 15 %: 5 points, or half as much again; the profile says 1.2 times.
    const products = { c: { exchange: "0.1" } };
    const future: Cells = ["c2701", "买", 2, 2312, "", 6936];
    const found = await reconciled([future], { profile: { ...PROFILE, products, surcharge } });
    expect(said(rowOf(found, "c2701"))).toBe("explained points multiple otherRate");
  });

  test("nor is a lone row's rate beside the profile's own one", async () => {
    const products = { c: { exchange: "0.08", broker: "0.1" } };
    const found = await reconciled([corn], { profile: { ...PROFILE, products } });
    expect(said(rowOf(found, "c2701-P-2260"))).toBe("explained otherRate");
    expect(found.sentence.zh).not.toContain("全部对上");
    expect(found.sentence.zh).toContain("公司的收法未确认");
  });

  test("beside a rule that the statement tells, another rate is a difference from it, and accounted for", async () => {
    // 8 % where two contracts tell 10.
    const found = await reconciled([...MEAL, ["m2701-P-2800", "卖", 1, 15, 2985, 1613]]);
    expect(said(rowOf(found, "m2701-P-2800"))).toBe("explained otherRate");
    expect(found.sentence.zh).toMatch(/^全部对上/);
  });
});

test("of two steps with one rate both are named, the nearer first", async () => {
  const dated = [
    { from: "2026-09-28", to: "2026-10-08", exchange: "0.12" },
    { from: "2026-11-23", exchange: "0.12" },
  ];
  const read = readProfile({ products: { m: { exchange: "0.07", dated } } });
  if ("refused" in read) throw new Error(read.refused.en);
  // 15 %: a step's 12 and the broker's 3.
  const early: Cells = ["m2701-P-2800", "卖", 1, 15, 2985, 3702.5];
  const found = await reconciled([...MEAL, early], { profile: read.profile });
  const row = rowOf(found, "m2701-P-2800");
  expect(said(row)).toBe("explained datedRate");
  expect(row.text).toEqual({
    zh: "节假日或临近交割的保证金率（12%，2026-11-23 起；或 12%，2026-09-28 至 2026-10-08）。",
    en: "the rate of a holiday or near delivery (12% from 2026-11-23; or 12% from 2026-09-28 to 2026-10-08).",
  });
});

describe("one pair of prices that two causes take is both causes'", () => {
  const previousPrices = { m2701: amount("2970") };

  test.each([
    // 420 and 10 % of 29,700 less half of 1,300; or 400 and the same.
    ["an opening price that is the previous settlement", [2740, 42, 42], "previousDay openPrice"],
    ["a last price below it", [2740, 42, "", 41], "previousDay higherPrice"],
    ["an option's price that didn't move", [2720, 40, ""], "previousDay otherUnderlying"],
    ["another opening price", [2740, 43, 42], "openPrice"],
  ] as const)("%s", async (_, [charged, ...prices], ids) => {
    const [put] = MEAL;
    const call = ["m2701-C-3100", "卖", 1, 40, 2985, charged, ...prices];
    const low: Cells = ["m2701-P-2800", "卖", 1, 15, 2985, 2210];
    const found = await reconciled([put as Cells, low, call], { previousPrices });
    expect(said(rowOf(found, "m2701-C-3100"))).toBe(`explained ${ids}`);
  });
});
