import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import Ajv from "ajv-draft-04";
import { registeredIds } from "../tools/manifest-files.mjs";
import { readMetadata } from "../tools/metadata.mjs";

const dist = path.resolve("dist");

interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly dimensionality?: string;
  readonly optional?: boolean;
}

interface CustomFunction {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly helpUrl: string;
  readonly parameters: readonly Parameter[];
  readonly result: { readonly dimensionality?: string };
  readonly options?: Readonly<Record<string, boolean>>;
}

interface Metadata {
  readonly allowErrorForDataTypeAny?: boolean;
  readonly functions: readonly CustomFunction[];
}

const read = (name: string): Metadata =>
  JSON.parse(readFileSync(path.join(dist, name), "utf8")) as Metadata;
const english = read("functions.json");
const chinese = read("functions.zh-CN.json");
const languages = [
  ["functions.json", english],
  ["functions.zh-CN.json", chinese],
] as const;

/** The public contract: an id never changes once released, new arguments come last and optional. */
const CONTRACT = `
SSE.CALLMARGIN(settlement, underlying, strike, [unit], [lots], [markup], [on], [ratio], [minimumRatio])
SSE.PUTMARGIN(settlement, underlying, strike, [unit], [lots], [markup], [on], [ratio], [minimumRatio])
SZSE.CALLMARGIN(settlement, underlying, strike, [unit], [lots], [markup], [on], [ratio], [minimumRatio])
SZSE.PUTMARGIN(settlement, underlying, strike, [unit], [lots], [markup], [on], [ratio], [minimumRatio])
CFFEX.CALLMARGIN(settlement, index, strike, [multiplier], [lots], [markup], [on], [coefficient], [minimum])
CFFEX.PUTMARGIN(settlement, index, strike, [multiplier], [lots], [markup], [on], [coefficient], [minimum])
ZCE.MARGIN(right, settlement, futures, strike, unit, rate, [lots], [markup], [on])
DCE.MARGIN(right, settlement, futures, strike, unit, rate, [lots], [markup], [on])
SHFE.MARGIN(right, settlement, futures, strike, unit, rate, [lots], [markup], [on])
INE.MARGIN(right, settlement, futures, strike, unit, rate, [lots], [markup], [on])
GFEX.MARGIN(right, settlement, futures, strike, unit, rate, [lots], [markup], [on])
HKEX.RISKARRAY(right, futures, strike, days, volatility, settlement, psr, [multiplier], [vsr], [lookahead]) spills
HKEX.DELTA(right, futures, strike, days, volatility, settlement, psr, [multiplier], [vsr], [lookahead])
HKEX.SHORTMARGIN(right, futures, strike, days, volatility, settlement, psr, [multiplier], [lots], [vsr], [clientRatio], [shortOptionMinimum])
HKEX.MARGIN(positions[][], parameters[][], [on], [optionValue], [credits[][]]) spills
MARGIN.SCANRISK(quantities[][], arrays[][])
ZCE.LEGACYMARGIN(right, premium, futures, strike, unit, rate, [lots], [markup])
ZCE.COVEREDMARGIN(premium, futures, unit, rate, [lots], [markup])
MARGIN.SHORT(contract, settlement, underlying, [rate], [lots], [markup], [on], [strike], [unit])
MARGIN.WORKING(exchange, right, settlement, underlying, strike, unit, [rate], [lots], [markup], [on]) spills
MARGIN.FORMULA(exchange, right, settlement, underlying, strike, unit, [rate], [on])
MARGIN.CHANGE(exchange, right, strike, unit, settlementBefore, underlyingBefore, settlementAfter, underlyingAfter, [rate], [lots], [markup], [on], [rateAfter], [strikeAfter], [unitAfter], [lotsAfter]) spills
MARGIN.IMPLIEDRATE(exchange, right, charged, settlement, underlying, strike, unit, [lots])
MARGIN.IMPLIEDMARKUP(exchange, right, charged, settlement, underlying, strike, unit, [rate], [lots], [on])
MARGIN.TABLE(positions[][], [markup], [on]) spills
MARGIN.PORTFOLIO(positions[][], [mode], [markup], [on], [priority[][]])
MARGIN.COMBINE(positions[][], [markup], [on]) spills
SSE.SPREADMARGIN(right, longStrike, shortStrike, [unit], [sets], [markup])
SZSE.SPREADMARGIN(right, longStrike, shortStrike, [unit], [sets], [markup])
SSE.STRADDLEMARGIN(callSettlement, putSettlement, underlying, callStrike, putStrike, [unit], [sets], [markup], [on])
SZSE.STRADDLEMARGIN(callSettlement, putSettlement, underlying, callStrike, putStrike, [unit], [sets], [markup], [on])
DCE.COMBOMARGIN(code, firstMargin, secondMargin, firstPremium, secondPremium, [strikeGap], [x], [sets])
MARGIN.LIQUIDATE(positions[][], equity, [line], [order], [markup], [on]) spills
MARGIN.CALLPRICE(positions[][], equity, [line], [markup], [on], [equityBasis]) spills
MARGIN.MAXLOTS(contract, settlement, underlying, equity, [line], [rate], [marginUsed], [markup], [on], [premiumCounts], [strike], [unit])
MARGIN.STRESS(positions[][], priceShocks[][], [volShocks[][]], [markup], [on]) spills
RISKSTRESS(positions[][], equity, priceShocks[][], [volShocks[][]], [markup], [on], [equityBasis]) spills
MARGIN.LEDGER(events[][], [opening], [markup]) spills
OPTION.CONTRACT(code, [on]) spills
OPTION.PREMIUM(price, unit, [lots])
OPTION.CLOSEOUT(openPrice, closePrice, unit, marginHeld, [lots]) spills
OPTION.BREAKEVEN(right, strike, premium)
OPTION.PAYOFF(right, side, strike, premium, price, unit, [lots])
OPTION.BLACK76(right, futures, strike, years, volatility, [rate])
OPTION.BSM(right, spot, strike, years, volatility, [rate], [dividend])
OPTION.IMPLIEDVOL(right, price, forward, strike, years, [rate])
OPTION.RICHNESS(right, price, forward, strike, years, volatility, [rate]) spills
OPTION.HISTVOL(prices[][], [periodsPerYear])
OPTION.GREEKS(right, forward, strike, years, volatility, [rate]) spills
RISKRATIO(margin, equity)
RISKSTATUS(ratio, [callLine], [liquidationLine], [immediateLine], [watchLine], [language])
MARGINCALL(margin, equity, [line])
EXERCISEPNL(right, side, strike, settlement, unit, [lots], [premium])
SSE.LIMITUP(right, previousSettlement, underlyingPreviousClose, strike, [band])
SSE.LIMITDOWN(right, previousSettlement, underlyingPreviousClose, strike, [band])
SZSE.LIMITUP(right, previousSettlement, underlyingPreviousClose, strike, [band])
SZSE.LIMITDOWN(right, previousSettlement, underlyingPreviousClose, strike, [band])
SSE.ADJUST(strike, settlement, unit, close, [dividend], [bonus], [rights], [rightsPrice]) spills
SZSE.ADJUST(strike, settlement, unit, close, [dividend], [bonus], [rights], [rightsPrice]) spills
SSE.COVEREDSHARES(unit, lots, [held])
SZSE.COVEREDSHARES(unit, lots, [held])
OPTION.ASSIGNMENT(shorts[][], exercised) spills
`;

const signature = ({ id, parameters, result }: CustomFunction): string => {
  const list = parameters.map(({ name, optional, dimensionality }) => {
    const shown = dimensionality === "matrix" ? `${name}[][]` : name;
    return optional ? `[${shown}]` : shown;
  });
  return `${id}(${list.join(", ")})${result.dimensionality === "matrix" ? " spills" : ""}`;
};

/** Everything of a function but its texts and its page of help. */
const withoutTexts = ({ functions, ...rest }: Metadata): unknown => ({
  ...rest,
  functions: functions.map(({ id, name, parameters, result, options }) => ({
    id,
    name,
    result,
    options,
    parameters: parameters.map(({ name, type, dimensionality, optional }) => ({
      name,
      type,
      dimensionality,
      optional,
    })),
  })),
});

describe("the functions' metadata", () => {
  test("every function of the public contract has its name and its arguments in their order", () => {
    const expected = CONTRACT.trim().split("\n");
    expect(english.functions.map(signature).sort()).toEqual(expected.sort());
  });

  test.each(languages)("%s is valid by Microsoft's schema", (_name, metadata) => {
    const validate = schemaValidator();
    // Microsoft's schema has a function's options beside its name, the file Excel reads has them apart.
    const functions = metadata.functions.map(({ options, ...rest }) => ({ ...rest, ...options }));
    expect([validate({ functions }), validate.errors ?? []]).toEqual([true, []]);
    // The check itself can fail: a function without an id is not valid.
    expect(validate({ functions: [{ ...functions[0], id: undefined }] })).toBe(false);
  });

  test("the two languages differ in their texts and in nothing else", () => {
    expect(withoutTexts(chinese)).toEqual(withoutTexts(english));
  });

  test("the built functions.js registers exactly the functions described", () => {
    const registered = registeredIds(readFileSync(path.join(dist, "functions.js"), "utf8"));
    expect([...registered].sort()).toEqual(english.functions.map(({ id }) => id).sort());
  });

  test("tables accept error cells, so the file says so once, where Microsoft defines it", () => {
    const takesTable = english.functions.some(({ parameters }) =>
      parameters.some(({ dimensionality }) => dimensionality === "matrix"),
    );
    expect(takesTable).toBe(true);
    expect(Object.keys(english)).toEqual(["allowErrorForDataTypeAny", "functions"]);
    expect(english.allowErrorForDataTypeAny).toBe(true);
  });

  test("nothing is volatile or streaming", () => {
    const marked = english.functions.filter(({ options }) => options?.volatile ?? options?.stream);
    expect(marked).toEqual([]);
  });

  test("every text is a sentence in its language, labelled, and short enough for Excel to show", () => {
    const problems: string[] = [];
    for (const [name, { functions }] of languages) {
      const chineseWanted = name.includes("zh");
      for (const { id, description, parameters } of functions) {
        for (const [where, text] of [
          ["", description],
          ...parameters.map((parameter) => [parameter.name, parameter.description]),
        ] as [string, string][]) {
          // An English hint may quote the Chinese words a cell can hold; its first sentence doesn't.
          const [label = ""] = text.split(/。|\.(?:\s|$)/);
          const inItsLanguage = /\p{Script=Han}/u.test(label) === chineseWanted;
          const labelled = where === "" || label.length <= 100;
          if (!inItsLanguage || text.length > 255 || !labelled || !/[.。…]$/.test(text)) {
            problems.push(`${name} ${id} ${where}: ${text}`);
          }
        }
      }
    }
    expect(problems).toEqual([]);
  });

  test("every function's help address leads to its own place on a built page", () => {
    for (const [, { functions }] of languages) {
      for (const { id, helpUrl } of functions) {
        const url = new URL(helpUrl);
        expect(url.hash).toBe(`#${id}`);
        const page = readFileSync(path.join(dist, url.pathname), "utf8");
        expect(page).toContain(`id="${id}"`);
      }
    }
  });
});

describe("the metadata step refuses", () => {
  const good = {
    "index.ts": 'import "./one";\n',
    "one.ts": functionSource("ONE.PRICE", "price"),
    "zh-CN.json": JSON.stringify({
      parameters: { price: "价格，元。" },
      functions: { "ONE.PRICE": { description: "一。" } },
    }),
  };

  test("nothing when all is well", () => {
    expect(problemsOf(good)).toEqual([]);
  });

  test.each([
    [
      "an id used twice across files",
      {
        "index.ts": 'import "./one";\nimport "./two";\n',
        "two.ts": functionSource("ONE.PRICE", "price"),
      },
      "two.ts: ONE.PRICE is already in one.ts",
    ],
    [
      "an id that isn't the name",
      { "one.ts": good["one.ts"].replace("ONE.PRICE ONE.PRICE", "ONE.PRICE ONE.COST") },
      "one.ts: ONE.PRICE is named ONE.COST: id and name must be equal",
    ],
    [
      "a name that Excel takes for a cell",
      {
        "one.ts": functionSource("ABC1", "price"),
        "zh-CN.json": good["zh-CN.json"].replace("ONE.PRICE", "ABC1"),
      },
      "one.ts: ABC1 reads as a cell address",
    ],
    [
      "a function the generator would drop in silence",
      { "one.ts": good["one.ts"].replace("export function f(", "export const f = (") },
      "one.ts: 1 @customfunction tags but 0 functions",
    ],
    [
      "a file that isn't imported",
      { "two.ts": functionSource("TWO.PRICE", "price") },
      "two.ts: has functions but index.ts doesn't import it",
    ],
    [
      "a parameter Excel would check before us",
      { "one.ts": good["one.ts"].replace("price: any", "price: number") },
      "one.ts: ONE.PRICE: price is number; use any",
    ],
    [
      "a parameter without an English text",
      { "one.ts": good["one.ts"].replace(" Price, yuan.", "") },
      "one.ts: ONE.PRICE: price has no English text",
    ],
    [
      "a function without a Chinese text",
      { "zh-CN.json": JSON.stringify({ parameters: { price: "价格" }, functions: {} }) },
      "zh-CN.json: ONE.PRICE has no description",
    ],
    [
      "a parameter without a Chinese text",
      { "zh-CN.json": good["zh-CN.json"].replace('"price"', '"cost"') },
      "zh-CN.json: ONE.PRICE has no text for price",
    ],
    [
      "a Chinese text nobody uses",
      { "zh-CN.json": good["zh-CN.json"].replace('"price"', '"cost":"成本","price"') },
      "zh-CN.json: no function uses the text of cost",
    ],
    [
      "Chinese texts of a function that isn't there",
      { "zh-CN.json": good["zh-CN.json"].replace('"ONE.PRICE"', '"TWO":{},"ONE.PRICE"') },
      "zh-CN.json: there is no function TWO",
    ],
  ])("%s", (_what, changed, problem) => {
    expect(problemsOf({ ...good, ...changed })).toContain(problem);
  });

  function functionSource(id: string, parameter: string): string {
    return `/**
 * Price.
 * @customfunction ${id} ${id}
 * @param {any} ${parameter} Price, yuan.
 * @returns {any} Price.
 */
export function f(${parameter}: any): any {}
`;
  }

  function problemsOf(files: Readonly<Record<string, string>>): string[] {
    const dir = mkdtempSync(path.join(os.tmpdir(), "metadata-"));
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text);
      readMetadata({ dir });
      return [];
    } catch (error) {
      return (error as Error).message.split("\n").map((line) => line.trim());
    } finally {
      rmSync(dir, { recursive: true });
    }
  }
});

function schemaValidator() {
  const require = createRequire(import.meta.url);
  const file = path.join(
    path.dirname(require.resolve("@microsoft/app-manifest/package.json")),
    "build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json",
  );
  interface Schema {
    $schema: string;
    definitions: { extensionCustomFunctions: { properties: { functions: object } } };
  }
  const { $schema, definitions } = JSON.parse(readFileSync(file, "utf8")) as Schema;
  const { functions } = definitions.extensionCustomFunctions.properties;
  // strict off: the schema uses formats and keywords ajv doesn't know, none of them about functions.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: true });
  return ajv.compile({ $schema, definitions, type: "object", properties: { functions } });
}
