import { describe, expect, test } from "@jest/globals";
import { evaluate, type Draft, type Evaluation } from "../src/taskpane/draft";
import { EXAMPLES, SAMPLE_RANGES } from "../src/taskpane/examples";
import { figureKind, figureText } from "../src/taskpane/numbers";
import { currentRules, rulesAsOf, sourceOf } from "../src/taskpane/source";
import { catalog, entryOf, functions } from "./taskpane/built";

const ON = "2026-11-20";

function worked(id: string, typed: Draft["typed"], readings: Draft["readings"] = {}): Evaluation {
  const entry = entryOf(id);
  // A day where the function takes one, so that nothing hangs on today.
  const dated = entry.parameters.some(({ name }) => name === "on") ? { on: ON, ...typed } : typed;
  return evaluate(functions, entry, { id, typed: dated, readings }, id);
}

const amounts = (working: Evaluation["working"], role: string): number[] =>
  (working?.rows ?? []).filter((row) => row.role === role).map(({ amount }) => amount);

describe("the examples", () => {
  test("are of every function that takes no range, and of no other", () => {
    const typed = catalog.filter(({ parameters }) => parameters.every(({ table }) => !table));
    expect(Object.keys(EXAMPLES).sort()).toEqual(typed.map(({ id }) => id).sort());
    expect(typed.length).toBeGreaterThan(40);
  });

  test.each(Object.entries(EXAMPLES))("%s gives its figure", (id, { typed, figure, at }) => {
    const inEnglish = Object.fromEntries(
      Object.entries(typed).map(([name, text]) => [name, text.replace("{language}", "en")]),
    );
    const { result, missing } = worked(id, inEnglish);
    expect(missing).toEqual([]);
    if (result?.kind === "failure") throw new Error(result.failure.message);
    const [row = 0, column = 0] = at ?? [];
    const found = result?.kind === "rows" ? result.rows[row]?.[column] : result?.value;
    if (figureKind(id) === "ratio") {
      expect(figureText(found as number, "ratio")).toBe(figureText(figure as number, "ratio"));
    } else expect(found).toBe(figure);
  });
});

describe("the working", () => {
  const SHORTS = Object.keys(EXAMPLES).filter(
    (id) => /(CALL|PUT|LEGACY|\.)MARGIN$/.test(id) || id === "MARGIN.SHORT",
  );

  test.each(SHORTS)("of %s adds up to the very figure", (id) => {
    const { result, working } = worked(id, { markup: "0.2", ...EXAMPLES[id]?.typed });
    if (result?.kind !== "number") throw new Error(`${id} has no figure`);
    expect(amounts(working, "total")).toEqual([result.value]);
    const sum = amounts(working, "term").reduce((total, amount) => total + amount, 0);
    expect(sum).toBeCloseTo(result.value, 6);
    expect(working?.notes).toHaveLength(2);
  });

  test("is withheld where MARGIN.WORKING can't be given the same parameters", () => {
    const typed = { settlement: "0.0282", underlying: "2.339", strike: "2.8", minimumRatio: "0.1" };
    const { result, working } = worked("SSE.CALLMARGIN", typed);
    expect(result).toEqual({ kind: "number", value: 2621 });
    expect(working).toBeUndefined();
  });

  test("of an index option by its code is that of its own product", () => {
    const typed = { contract: "MO2301-C-6800", settlement: "50", underlying: "6500" };
    const { working } = worked("MARGIN.SHORT", { ...typed, on: "2022-08-01" });
    // 15 % of 6500 × 100, which only MO had on that day.
    expect(amounts(working, "term")).toContain(97500);
  });

  test("is not offered for what is no single short option", () => {
    for (const id of ["ZCE.COVEREDMARGIN", "RISKRATIO", "OPTION.PREMIUM"]) {
      expect(worked(id, EXAMPLES[id]?.typed ?? {}).working).toBeUndefined();
    }
  });
});

describe("the source", () => {
  const cited = (id: string, values: Record<string, unknown>) => {
    const source = sourceOf(id, { on: ON, ...values });
    return source && "citation" in source ? source : undefined;
  };

  test("is that of the rule in force on the day", () => {
    expect(cited("CFFEX.CALLMARGIN", { on: "2020-01-02" })?.from).toBe("2019-12-23");
    expect(cited("CFFEX.CALLMARGIN", {})?.citation.certainty).toBe("weak");
    expect(cited("SSE.CALLMARGIN", {})?.citation.certainty).toBe("confirmed");
  });

  test("of an older formula is its own", () => {
    expect(cited("ZCE.LEGACYMARGIN", {})?.citation.article.zh).toBe("传统保证金公式");
    expect(cited("ZCE.COVEREDMARGIN", {})?.from).toBe(cited("ZCE.MARGIN", {})?.from);
  });

  test("follows the contract code and the exchange's name", () => {
    expect(cited("MARGIN.SHORT", { contract: "MO2301-C-6800" })?.from).toBe("2022-12-19");
    expect(cited("MARGIN.WORKING", { exchange: "大商所" })?.from).toBe("2017-03-31");
    expect(cited("MARGIN.SHORT", { contract: "MO23" })).toBeUndefined();
  });

  test("of a price limit is the price limit's", () => {
    expect(cited("SSE.LIMITUP", {})?.citation.article.en).toBe("price limits");
  });

  test("of a combination is the combination's, once its legs are told", () => {
    const strikes = { right: "C", longStrike: "3.1", shortStrike: 3 };
    expect(cited("SSE.SPREADMARGIN", strikes)?.citation.article.zh).toContain("熊市");
    expect(cited("SSE.SPREADMARGIN", { ...strikes, longStrike: 2.9 })?.citation.certainty).toBe(
      "weak",
    );
    expect(cited("SZSE.STRADDLEMARGIN", { callStrike: 4, putStrike: 4 })?.from).toBe("2019-12-23");
    expect(cited("DCE.COMBOMARGIN", { code: "bls" })?.from).toBe("2024-07-11");
    for (const nothing of [{}, { code: "ABC" }]) {
      expect(cited("DCE.COMBOMARGIN", nothing)).toBeUndefined();
    }
    expect(cited("SSE.SPREADMARGIN", {})).toBeUndefined();
    expect(cited("SSE.STRADDLEMARGIN", { callStrike: 3 })).toBeUndefined();
  });

  test("is missing where there is nothing to cite, and said to be missing on a day before any rule", () => {
    expect(sourceOf("RISKRATIO", {})).toBeUndefined();
    expect(sourceOf("SSE.CALLMARGIN", { on: "2014-01-01" })).toEqual({
      zh: expect.stringContaining("没有可用的规则"),
      en: expect.stringContaining("no rule"),
    });
  });

  test("of every current rule is listed, and the oldest day heads them", () => {
    const rules = currentRules(ON);
    expect(rules.map(({ key }) => key)).toEqual(
      expect.arrayContaining(["SSE", "CFFEX IO", "CFFEX MO", "CFFEX HO", "GFEX"]),
    );
    const days = rules.map(({ citation }) => citation.asOf);
    expect(days).toContain(rulesAsOf(rules));
    expect(days.every((day) => day >= rulesAsOf(rules))).toBe(true);
    expect(days.some((day) => day > rulesAsOf(rules))).toBe(true);
  });
});

test("a day's rules hold nothing that came into force later", () => {
  const before = currentRules("2022-08-01");
  expect(before.find(({ key }) => key === "CFFEX HO")).toBeUndefined();
  expect(before.every(({ from }) => from === undefined || from <= "2022-08-01")).toBe(true);
});

describe("the currency", () => {
  test("of an older formula is its exchange's", () => {
    const worth = (id: string, typed: Draft["typed"]) => worked(id, typed).currency;
    expect(worth("ZCE.LEGACYMARGIN", EXAMPLES["ZCE.LEGACYMARGIN"]?.typed ?? {})).toBe("CNY");
    expect(worth("MARGIN.WORKING", { exchange: "ZCE.LEGACY" })).toBe("CNY");
    expect(worth("RISKRATIO", {})).toBeUndefined();
  });
});

describe("the sample of a range", () => {
  test.each(["zh", "en"] as const)("is one that its function takes whole, in %s", (language) => {
    const sample = SAMPLE_RANGES["MARGIN.TABLE"]?.[language] ?? [];
    const reading = { "A1:F3": { values: sample } };
    const { result } = worked("MARGIN.TABLE", { positions: "A1:F3" }, reading);
    if (result?.kind !== "rows") throw new Error("the sample gives no table");
    expect(result.rows.slice(1).map(([margin]) => margin)).toEqual([55320, 20495]);
  });

  test.each(["zh", "en"] as const)("of a portfolio combines, in %s", (language) => {
    const values = SAMPLE_RANGES["MARGIN.PORTFOLIO"]?.[language] ?? [];
    const readings = { "A1:F4": { values } };
    const margins = ["none", "held", "best"].map(
      (mode) => worked("MARGIN.PORTFOLIO", { positions: "A1:F4", mode }, readings).result,
    );
    // Alone 8,800 + 2,950; two spreads at 3,000 and the put; one spread and a strangle at 4,400 + 350.
    expect(margins).toEqual([11750, 8950, 7750].map((value) => ({ kind: "number", value })));
    const built = worked("MARGIN.COMBINE", { positions: "A1:F4" }, readings).result;
    if (built?.kind !== "rows") throw new Error("no rows");
    expect(built.rows.slice(1).map(([, , , sets]) => sets)).toEqual([1, 1]);
  });
});

describe("a call being put together", () => {
  test("says what is missing before it asks the function", () => {
    const { missing, formula, result } = worked("SSE.CALLMARGIN", { settlement: "0.0282" });
    expect(missing.map(({ name }) => name)).toEqual(["underlying", "strike"]);
    expect([formula, result]).toEqual([undefined, undefined]);
  });

  test("takes referenced cells as the sheet would pass them", () => {
    const typed = { settlement: "B2", underlying: "2.339", strike: "2.4" };
    const of = (value: unknown) =>
      worked("SSE.CALLMARGIN", typed, { B2: { values: [[value]] } }).result;
    expect(of(0.0282)).toEqual({ kind: "number", value: 2478.8 });
    expect(of("")).toMatchObject({
      kind: "failure",
      failure: { code: "#VALUE!", message: expect.stringContaining("空白") },
    });
    expect(of("#N/A")).toMatchObject({ kind: "failure" });
  });

  test("waits for a reference that isn't read, but has its formula already", () => {
    const typed = { settlement: "B2", underlying: "2.339", strike: "2.4" };
    for (const readings of [{}, { B2: { problem: "notInExcel" as const } }]) {
      const { result, formula } = worked("SSE.CALLMARGIN", typed, readings);
      expect(result).toBeUndefined();
      expect(formula).toBe(`=SSE.CALLMARGIN(B2, 2.339, 2.4,,,, "${ON}")`);
    }
  });

  test("keeps an error in its own row of a table", () => {
    const values = [
      ["合约", "买卖", "手数", "结算价", "标的价"],
      ["510050C2612M03100", "卖", 2, 0.05, 3.05],
      ["510050C2612M03100", "卖", 2, 0, 3.05],
    ];
    const { result } = worked("MARGIN.TABLE", { positions: "A1:E3" }, { "A1:E3": { values } });
    expect(result).toMatchObject({
      kind: "rows",
      rows: [{}, [7320, 1000, 6320, 4270, "基本部分 basic"], [{ code: "#VALUE!" }, "", "", "", ""]],
    });
  });
});
