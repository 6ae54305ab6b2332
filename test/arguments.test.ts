import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import {
  customFunctionsHost,
  errorCell,
  isCellError,
  type FunctionsMetadata,
} from "./host/custom-functions-host";

const dist = path.resolve("dist");
const metadata = JSON.parse(
  readFileSync(path.join(dist, "functions.json"), "utf8"),
) as FunctionsMetadata;
const host = customFunctionsHost(path.join(dist, "functions.js"), metadata, "2026-11-20T04:00:00Z");

const etf = [0.0282, 2.339, 2.4, 10000, 1, 0, "2026-11-20", 0.12, 0.07];
const index = [45.2, 4650, 4800, 100, 1, 0, "2026-11-20", 0.12, 0.5];
const future = ["C", 62, 5750, 6000, 10, 0.07, 1, 0, "2026-11-20"];
const limit = ["C", 0.2, 3, 2.9, 0.1];
const spread = ["C", 3.1, 3, 10000, 1, 0];
const straddle = [0.08, 0.07, 3, 3, 3, 10000, 1, 0, "2026-11-20"];
const adjust = [1.95, 0.05, 10000, 2.46, 0.053, 0.1, 0.2, 2];
const positions = [
  ["contract", "side", "quantity", "settlement", "underlying", "rate"],
  ["m2701-P-2900", "short", 10, 38.5, 2985, 0.07],
];

const hongKong = ["C", 28885, 28800, 24, 0.162457, 523, 1720];

/** A call of each function that answers, with every argument given. */
const VALID: Readonly<Record<string, readonly unknown[]>> = {
  "SSE.CALLMARGIN": etf,
  "SSE.PUTMARGIN": etf,
  "SSE.LIMITUP": limit,
  "SSE.LIMITDOWN": limit,
  "SSE.SPREADMARGIN": spread,
  "SSE.STRADDLEMARGIN": straddle,
  "SZSE.SPREADMARGIN": spread,
  "SZSE.STRADDLEMARGIN": straddle,
  "SZSE.CALLMARGIN": etf,
  "SZSE.PUTMARGIN": etf,
  "SZSE.LIMITUP": limit,
  "SZSE.LIMITDOWN": limit,
  "SSE.ADJUST": adjust,
  "SZSE.ADJUST": adjust,
  "SSE.COVEREDSHARES": [10220, 3, 30000],
  "SZSE.COVEREDSHARES": [10220, 3, 30000],
  "CFFEX.CALLMARGIN": index,
  "CFFEX.PUTMARGIN": index,
  "ZCE.MARGIN": future,
  "ZCE.LEGACYMARGIN": future.slice(0, 8),
  "ZCE.COVEREDMARGIN": [62, 5750, 10, 0.07, 1, 0],
  "DCE.MARGIN": future,
  "DCE.COMBOMARGIN": ["CAS", 3900, 0, 900, 0, 1000, 0.5, 1],
  "SHFE.MARGIN": future,
  "INE.MARGIN": future,
  "GFEX.MARGIN": future,
  "HKEX.RISKARRAY": [...hongKong, 50, 0.07, 1],
  "HKEX.DELTA": [...hongKong, 50, 0.07, 1],
  "HKEX.SHORTMARGIN": [...hongKong, 50, 1, 0.07, 1.33, 8600],
  "HKEX.MARGIN": [
    [
      ["contract", "side", "quantity", "settlement", "underlying price", "expiry"],
      ["HSI28800C9", "short", 1, 523, 28885, "2019-03-28"],
    ],
    [
      ["product", "psr", "vsr", "calendar charge", "short option minimum", "client ratio"],
      ["HSI", 1720, 0.07, 19800, 8600, 1.33],
    ],
    "2019-03-04",
    "none",
    [["first", "second", "credit"]],
  ],
  "MARGIN.SCANRISK": [[[1]], [Array.from({ length: 16 }, (_, at) => at)]],
  "MARGIN.SHORT": ["m2701-P-2900", 38.5, 2985, 0.07, 10, 0, "2026-11-20", 2900, 10],
  "MARGIN.TABLE": [positions, 0, "2026-11-20"],
  "MARGIN.PORTFOLIO": [positions, "none", 0, "2026-11-20", [["combination", "priority"]]],
  "MARGIN.COMBINE": [positions, 0, "2026-11-20"],
  "MARGIN.LEDGER": [
    [
      ["date", "event", "contract", "price", "settlement", "underlying", "rate"],
      ["2026-11-19", "open", "m2701-P-2900", 40, "", 2985, 0.07],
      ["2026-11-19", "settle", "m2701-P-2900", "", 38.5, 2985, ""],
    ],
    20000,
    0.2,
  ],
  "MARGIN.LIQUIDATE": [positions, 20000, 1, "fewest", 0, "2026-11-20"],
  "MARGIN.CALLPRICE": [positions, 40000, 1, 0, "2026-11-20", "market"],
  "MARGIN.MAXLOTS": [
    ...["m2701-P-2900", 38.5, 2985, 50000, 0.8, 0.07, 1000, 0, "2026-11-20", false, 2900, 10],
  ],
  "MARGIN.STRESS": [positions, [[-0.05, 0, 0.05]], [[0], [0.5]], 0, "2026-11-20"],
  RISKSTRESS: [positions, 20000, [[-0.05], [0.05]], [[0]], 0, "2026-11-20", "market"],
  "MARGIN.WORKING": ["SSE", "C", 0.0282, 2.339, 2.4, 10000, 0.12, 1, 0, "2026-11-20"],
  "MARGIN.IMPLIEDRATE": ["DCE", "P", 29450, 38.5, 2985, 2900, 10, 10],
  "MARGIN.IMPLIEDMARKUP": ["SSE", "C", 42485.6, 0.0512, 3.052, 3.1, 10000, 0.12, 10, "2026-11-20"],
  "MARGIN.FORMULA": ["DCE", "C", "A2", "B2", "C2", "D2", "E2", "2026-11-20"],
  "MARGIN.CHANGE": [
    ...["DCE", "C", 3000, 10, 100, 3000, 120, 3050, 0.07, 1, 0, "2026-11-20"],
    ...[0.08, 3010, 11, 2],
  ],
  RISKRATIO: [2505, 3340],
  RISKSTATUS: [0.85, 0.9, 1, 1.2, 0.8, "zh"],
  MARGINCALL: [4013.28, 3340, 1],
  "OPTION.PREMIUM": [132, 100, 1],
  "OPTION.CLOSEOUT": [360, 300, 10, 7220, 1],
  "OPTION.BREAKEVEN": ["C", 2.4, 0.03],
  "OPTION.PAYOFF": ["C", "short", 2.4, 0.03, 2.5, 10000, 1],
  "OPTION.CONTRACT": ["m2701-C-3100", "2026-11-20"],
  "OPTION.ASSIGNMENT": [
    [
      [3, 3],
      [4, ""],
    ],
    5,
  ],
  "OPTION.BLACK76": ["C", 5750, 6000, 0.25, 0.2, 0.02],
  "OPTION.BSM": ["P", 3, 2.9, 0.25, 0.2, 0.02, 0.01],
  "OPTION.IMPLIEDVOL": ["C", 62, 5750, 6000, 0.25, 0.02],
  "OPTION.RICHNESS": ["C", 62, 5750, 6000, 0.25, 0.2, 0.02],
  "OPTION.HISTVOL": [[[3.0], [3.05], [3.02], [3.06]], 242],
  "OPTION.GREEKS": ["C", 5750, 6000, 0.25, 0.2, 0.02],
  EXERCISEPNL: ["C", "long", 2200, 2210, 10, 1, 20],
};

/** What no argument may be. */
const RANGE = [[1, 2]];
const NONSENSE = ["?", "constructor", -7.5, true, {}, errorCell("#DIV/0!"), RANGE];

/** Arguments that a value of the list above is good for, with the reason. */
const GOOD: readonly (readonly [id: string, argument: string, value: unknown])[] = [
  // Equity may be below zero: that is when a call is largest.
  ["MARGINCALL", "equity", -7.5],
  ["MARGIN.LIQUIDATE", "equity", -7.5],
  // Each cell of the grid says that there is no ratio.
  ["RISKSTRESS", "equity", -7.5],
  // A row of shocks is what belongs there.
  ...["MARGIN.STRESS", "RISKSTRESS"].flatMap((id) =>
    ["priceShocks", "volShocks"].map((argument) => [id, argument, RANGE] as const),
  ),
  ["MARGIN.CALLPRICE", "equity", -7.5],
  ["MARGIN.MAXLOTS", "equity", -7.5],
  ["MARGIN.MAXLOTS", "premiumCounts", true],
  ["MARGIN.LEDGER", "opening", -7.5],
  // A short position, of contracts that need not be lots.
  ["MARGIN.SCANRISK", "quantities", -7.5],
  // Any name may be a defined name of the sheet.
  ...["settlement", "underlying", "strike", "unit", "rate"].map(
    (argument) => ["MARGIN.FORMULA", argument, "constructor"] as const,
  ),
];

const cases = metadata.functions.flatMap(({ id, parameters }) =>
  parameters.map(({ name }, position) => [id, name, position] as const),
);

test.each(metadata.functions.map(({ id }) => [id]))(
  "%s answers a call with every argument",
  async (id) => {
    const args = VALID[id];
    if (!args) throw new Error(`give ${id} a valid call`);
    const count = metadata.functions.find((described) => described.id === id)?.parameters.length;
    expect(args).toHaveLength(count ?? -1);
    expect(await host.invoke(id, args)).toMatchObject({ ok: true });
  },
);

test.each(cases)(
  "%s refuses nonsense as %s and names it in both languages",
  async (id, name, position) => {
    for (const bad of NONSENSE) {
      if (GOOD.some(([of, argument, value]) => of === id && argument === name && value === bad))
        continue;
      const args = [...(VALID[id] ?? [])];
      args[position] = bad;
      const outcome = await host.invoke(id, args);
      const said = isCellError(outcome) ? (outcome.message ?? outcome.errorCode) : "answered";
      const [zh = "", en = ""] = said.split(" · ");
      expect(`${JSON.stringify(bad)}: ${en}`.toLowerCase()).toContain(name.toLowerCase());
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(said).not.toMatch(/internal|object Object/);
    }
  },
);

test("MARGIN.SHORT takes a blank strike and unit from the code, however the host passes a blank", async () => {
  const args = [...(VALID["MARGIN.SHORT"] ?? [])];
  for (const blank of [null, "", 0, [[null]], [[0]]]) {
    args[7] = blank;
    args[8] = blank;
    expect(await host.invoke("MARGIN.SHORT", args)).toEqual({ ok: true, value: 20495 });
  }
  // An adjusted contract's code does not tell them: a blank is missing, not zero.
  const adjusted = ["510300C2612A04000", 0.8, 4.721, 0, 1, 0, "2026-11-20"];
  for (const [strike, unit, name] of [
    [0, 10132, "strike"],
    [3.948, 0, "unit"],
  ]) {
    const outcome = await host.invoke("MARGIN.SHORT", [...adjusted, strike, unit]);
    expect(outcome).toMatchObject({ ok: false, errorCode: "#N/A" });
    expect(isCellError(outcome) && outcome.message).toContain(`${String(name)} is missing`);
  }
});

const AFTER = { rateAfter: 12, strikeAfter: 13, unitAfter: 14, lotsAfter: 15 } as const;

test.each(Object.entries(AFTER))(
  "MARGIN.CHANGE takes a blank %s as unchanged, however the host passes a blank",
  async (_name, position) => {
    const args = [...(VALID["MARGIN.CHANGE"] ?? [])];
    // The same call with the value of before written out.
    args[position] = { 12: 0.07, 13: 3000, 14: 10, 15: 1 }[position];
    const unchanged = await host.invoke("MARGIN.CHANGE", args);
    for (const blank of [null, "", 0, [[null]], [[""]], [[0]]]) {
      args[position] = blank;
      expect(await host.invoke("MARGIN.CHANGE", args)).toEqual(unchanged);
    }
  },
);

test.each([
  ["strikeAfter", 13, -1],
  ["lotsAfter", 15, 1.5],
  ["rateAfter", 12, 7],
  ["unitAfter", 14, 0.5],
  ["settlementAfter", 6, 0],
  ["underlyingBefore", 5, ""],
])("MARGIN.CHANGE names %s where it is that one that is wrong", async (name, position, bad) => {
  const args = [...(VALID["MARGIN.CHANGE"] ?? [])];
  args[position] = bad;
  const outcome = await host.invoke("MARGIN.CHANGE", args);
  expect(isCellError(outcome) && outcome.message).toContain(name);
});

test("a bad row of MARGIN.TABLE carries its own error; the other rows are right", async () => {
  const table = [
    positions[0],
    positions[1],
    ["m2701-P-2900", "short", "1e300", 38.5, 2985, 0.07],
    ["__proto__", "short", 1, 38.5, 2985, 0.07],
    ["m2701-P-2900", "__proto__", 1, 38.5, 2985, 0.07],
    ["m2701-P-2900", "short", 1, errorCell("#N/A"), 2985, 0.07],
    ["m2701-P-2900", "short", 1, 38.5, "1e400", 0.07],
    positions[1],
  ];
  const outcome = await host.invoke("MARGIN.TABLE", [table]);
  const rows = (outcome.ok ? outcome.value : []) as unknown[][];
  expect(rows).toHaveLength(table.length);
  expect([rows[1]?.[0], rows[7]?.[0]]).toEqual([20495, 20495]);
  for (const row of rows.slice(2, 7)) {
    const [error, ...rest] = row;
    expect(isCellError(error) && error.message).toMatch(/ · /);
    expect(rest).toEqual(["", "", "", ""]);
  }
});
