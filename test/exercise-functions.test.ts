/** The functions of exercise, adjustment and expiry as a sheet calls them, under Microsoft's own runtime. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
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

const rows = async (id: string, ...args: unknown[]): Promise<unknown[][]> => {
  const outcome = await host.invoke(id, args);
  if (outcome.ok) return outcome.value as unknown[][];
  throw new Error(`${id}: ${outcome.errorCode} ${outcome.message ?? ""}`);
};
const refused = async (id: string, ...args: unknown[]): Promise<string> => {
  const outcome = await host.invoke(id, args);
  return isCellError(outcome)
    ? `${outcome.errorCode} ${outcome.message?.split(" · ")[1] ?? ""}`
    : "answered";
};
const _ = null;

describe("ADJUST", () => {
  test.each([
    ["SSE.ADJUST", [1.95, 0.5, 10000, 2.46, 0.053], [[10220, 1.908, 0.4892]]],
    ["SSE.ADJUST", [3, 0.1234, 10000, 3, _, 1], [[20000, 1.5, 0.0617]]],
    ["SSE.ADJUST", [3, 0.1234, 10000, 3, 0, 0, 0, 0], [[10000, 3, 0.1234]]],
    // The exchanges differ: 46000 ÷ 26383.6 and 46000 ÷ 26384.
    ["SZSE.ADJUST", [4.6, 0.2, 10000, 3, _, 1.63836], [[26384, 1.744, 0.0758]]],
    ["SSE.ADJUST", [4.6, 0.2, 10000, 3, _, 1.63836], [[26384, 1.743, 0.0758]]],
    ["SZSE.ADJUST", [3, 0.1234, 10000, 3, _, _, 0.3, 2], [[10833, 2.769, 0.1139]]],
    // Notices print per 10: 0.53 in cash and 3 shares for 10.
    ["SSE.ADJUST", ["2.50", 0.1, 10000, 2.46, 0.053, 0.3], [[13286, 1.882, 0.0753]]],
  ] as [string, unknown[], number[][]][])("%s of %j", async (id, args, expected) => {
    expect(await rows(id, ...args)).toEqual(expected);
  });

  test.each([
    [
      [1.95, 0.5, 10000, 2.46, 2.46],
      "#VALUE! dividend must be below the close plus rightsPrice x rights (close 2.46); it is 2.46",
    ],
    [[1.95, 0.5, 10000, 2.46, -0.1], "#VALUE! dividend must not be below zero; it is -0.1"],
    [[1.95, 0.5, 10000, 0, 0.05], "#VALUE! close must be above zero; it is 0"],
    [[1.95, 0.5, 10000.5, 2.46], "#VALUE! unit must be a whole number above zero; it is 10000.5"],
    [
      [1.95, 0.5, 10000, 2.46, _, -1],
      "#VALUE! bonus must be above -1 (two for one is 1, one for two is -0.5); it is -1",
    ],
    [["", 0.5, 10000, 3], "#VALUE! strike must be a number; it is blank"],
  ] as [unknown[], string][])("refuses %j", async (args, said) => {
    expect(await refused("SSE.ADJUST", ...args)).toBe(said);
  });
});

describe("an adjusted price that rounds to 0", () => {
  const shown = async (...args: unknown[]): Promise<unknown[]> =>
    ((await rows("SSE.ADJUST", ...args))[0] ?? []).map((cell) =>
      isCellError(cell) ? `${cell.errorCode} ${cell.message?.split(" · ")[1] ?? ""}` : cell,
    );
  const ROUNDS = "rounds to 0 after the adjustment; take the exchange's figure";

  test("is an error in its own cell, the others stand", async () => {
    expect(await shown(3, 0.0001, 10000, 3, 0, 2)).toEqual([
      ...[30000, 1, `#VALUE! settlement is 0.0001: it ${ROUNDS}`],
    ]);
    expect(await shown(0.001, 0.5, 10000, 3, 0, 2)).toEqual([
      ...[30000, `#VALUE! strike is 0.001: it ${ROUNDS}`, 0.1667],
    ]);
  });

  test("without a share left there is no row", async () => {
    expect(await refused("SSE.ADJUST", 3, 0.5, 1, 3, 0, -0.9)).toContain("less than a share");
  });
});

describe("COVEREDSHARES", () => {
  test.each([
    [[10220, 3], 30660],
    [[10220, 3, 30000], 660],
    [[10220, 3, 30660], 0],
    [[10220, 3, 50000], 0],
    // A blank cell of a range: nothing is held.
    [[10220, 3, 0], 30660],
  ] as [unknown[], number][])("of %j is %d", async (args, shares) => {
    for (const exchange of ["SSE", "SZSE"]) {
      expect(await host.invoke(`${exchange}.COVEREDSHARES`, args)).toEqual({
        ok: true,
        value: shares,
      });
    }
  });
});

describe("OPTION.ASSIGNMENT", () => {
  test.each([
    ["a column", [[3], [3], [4]], 5, [[2], [1], [2]]],
    ["a row", [[3, 3, 4]], 5, [[2, 1, 2]]],
    [
      "a block with blanks",
      [
        [3, ""],
        [null, 3],
        [4, 0],
      ],
      5,
      [
        [2, ""],
        ["", 1],
        [2, 0],
      ],
    ],
    ["a single cell", [[7]], 7, [[7]]],
    ["blanks alone", [["", ""]], 0, [["", ""]]],
    ["nothing exercised", [[3], [4]], 0, [[0], [0]]],
  ] as [string, unknown[][], number, unknown[][]][])(
    "keeps the shape of %s",
    async (_what, shorts, exercised, expected) => {
      expect(await rows("OPTION.ASSIGNMENT", shorts, exercised)).toEqual(expected);
    },
  );

  test.each([
    [[[3], [4]], 8, "#VALUE! exercised must not be above the shorts in all (shorts 7); it is 8"],
    [[["", ""]], 1, "#VALUE! exercised must not be above the shorts in all (shorts 0); it is 1"],
    [[[3], [-4]], 1, "#VALUE! shorts must be a whole number, not below zero; it is -4"],
    [[[3], [1.5]], 1, "#VALUE! shorts must be a whole number, not below zero; it is 1.5"],
    [[[3], ["x"]], 1, '#VALUE! shorts must be a number; it is "x"'],
    [[[3], [errorCell("#N/A")]], 1, '#VALUE! shorts must be a number; it is "#N/A"'],
    [[[3], [4]], 1.5, "#VALUE! exercised must be a whole number, not below zero; it is 1.5"],
    [[[3], [4]], -1, "#VALUE! exercised must be a whole number, not below zero; it is -1"],
    [[[3], [4]], "", "#VALUE! exercised must be a number; it is blank"],
  ] as [unknown[][], unknown, string][])("refuses %j of %j", async (shorts, exercised, said) => {
    expect(await refused("OPTION.ASSIGNMENT", shorts, exercised)).toBe(said);
  });
});

describe("OPTION.CONTRACT", () => {
  const fields = async (code: string, on = "2026-11-20"): Promise<Map<string, unknown>> =>
    new Map(
      (await rows("OPTION.CONTRACT", code, on)).map(([field, what]) => [
        String(field).split(" ").slice(1).join(" "),
        what,
      ]),
    );

  test.each([
    ["510050C2612M03100", "2026-11-20", "2026-12-23", "2026-12-21", "2026-12-24"],
    ["510050C2301M02800", "2023-01-03", "2023-01-30", "2023-01-19", "2023-01-31"],
    ["IO2602-C-4800", "2026-01-05", "2026-02-24", "2026-02-12", "2026-02-25"],
    ["m2701-C-3100", "2026-11-20", "2026-12-16", "2026-12-14", "2026-12-17"],
    ["SR611MSC6000", "2026-08-03", "2026-09-11", "2026-09-09", "2026-09-14"],
  ])("%s: E, E-2 and E+1 count the holidays", async (code, on, expiry, before, after) => {
    const found = await fields(code, on);
    expect(["expiry", "E-2", "E+1"].map((field) => found.get(field))).toEqual([
      expiry,
      before,
      after,
    ]);
  });

  test("has the error of a year that is not known in those cells, and all else", async () => {
    const found = await fields("510050C2703M03100");
    for (const field of ["expiry", "E-2", "E+1"]) {
      const cell = found.get(field);
      expect(isCellError(cell) && [cell.errorCode, cell.message?.split(" · ")[1]]).toEqual([
        "#N/A",
        "the trading days of 2027 are not known yet (known: 2015 to 2026); see the exchange's notice",
      ]);
    }
    expect(found.get("strike")).toBe(3.1);
    expect(String(found.get("expiry rule"))).toContain("fourth Wednesday");
  });

  test("of a product without a rule says that it is not known", async () => {
    const found = await fields("DCE.bz2701-C-6000");
    for (const field of ["expiry", "E-2", "E+1", "expiry rule"]) {
      expect(found.get(field)).toBe("未知 unknown");
    }
  });
});
