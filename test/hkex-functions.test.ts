/** Hong Kong's functions as a sheet calls them, under Microsoft's own runtime. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { compositeDelta, HKEX_PROFILE, modelArray } from "../src/core";
import {
  customFunctionsHost,
  isCellError,
  type FunctionsMetadata,
} from "./host/custom-functions-host";
import { arrayCases } from "./host/risk-series";

const dist = path.resolve("dist");
const metadata = JSON.parse(
  readFileSync(path.join(dist, "functions.json"), "utf8"),
) as FunctionsMetadata;
const host = customFunctionsHost(path.join(dist, "functions.js"), metadata, "2026-11-20T04:00:00Z");

const value = async (id: string, ...args: unknown[]): Promise<unknown> => {
  const outcome = await host.invoke(id, args);
  if (outcome.ok) return outcome.value;
  throw new Error(`${id}: ${outcome.errorCode} ${outcome.message ?? ""}`);
};
const rows = async (id: string, ...args: unknown[]): Promise<unknown[][]> =>
  (await value(id, ...args)) as unknown[][];
const refused = async (id: string, ...args: unknown[]): Promise<string> => {
  const outcome = await host.invoke(id, args);
  return isCellError(outcome)
    ? `${outcome.errorCode} ${outcome.message?.split(" · ")[1] ?? ""}`
    : "answered";
};
/** The sentence in a cell of a spill. */
const said = (cell: unknown): string =>
  isCellError(cell as never) ? String((cell as { message?: string }).message) : String(cell);
const _ = null;

const caseOf = (name: string) => {
  const found = arrayCases.find(({ id }) => id === `hkex-array-${name}`);
  if (!found) throw new Error(name);
  return found;
};

/** The arguments of the functions of one option, from a published array's row. */
function argumentsOf(name: string): unknown[] {
  const { option, scan } = caseOf(name);
  const { right, underlying, strike, years, volatility, settlement } = option;
  const days = Math.round(years * 365);
  return [right, underlying, strike, days, volatility, settlement, scan.priceScan];
}

describe("one option", () => {
  test("deep in the money a loss that is all intrinsic value has no dust after its last digit", async () => {
    const [losses] = await rows("HKEX.RISKARRAY", "C", 23429, 10900, 60, 0.16, 12539, 600, 50);
    expect(losses?.[0]).toBe(500);
    expect(await value("HKEX.SHORTMARGIN", "P", 29253, 31900, 5, 0.1, 2660, 1720, 50)).toBe(85350);
  });

  test.each(arrayCases.filter(({ id }) => id.startsWith("hkex")).map(({ id }) => id.slice(11)))(
    "%s has the model's array, which is the published one within rounding",
    async (name) => {
      const { option, scan, array, tolerance } = caseOf(name);
      const [losses, ...others] = await rows("HKEX.RISKARRAY", ...argumentsOf(name));
      expect(others).toEqual([]);
      expect(losses).toEqual(modelArray(option, scan, HKEX_PROFILE).map((loss) => loss + 0));
      const off = array.map((loss, at) => Math.abs(Number(loss) - Number(losses?.[at])));
      expect(Math.max(...off)).toBeLessThanOrEqual(tolerance);
      expect(await value("HKEX.DELTA", ...argumentsOf(name))).toBe(
        compositeDelta(option, scan, HKEX_PROFILE),
      );
    },
  );

  test("multiplier, volatility scan range and look-ahead are settings", async () => {
    const call = argumentsOf("HSI-201903-C28800");
    const [plain] = await rows("HKEX.RISKARRAY", ...call);
    const [mini] = await rows("HKEX.RISKARRAY", ...call, 10);
    // A fifth, but for the last bit of a product of doubles.
    mini?.forEach((loss, at) => expect(5 * Number(loss)).toBeCloseTo(Number(plain?.[at]), 8));
    const [wider] = await rows("HKEX.RISKARRAY", ...call, 50, 0.1);
    expect(Number(wider?.[0])).toBeLessThan(Number(plain?.[0]));
    const [later] = await rows("HKEX.RISKARRAY", ...call, 50, 0.07, 5);
    expect(Number(later?.[0])).toBeGreaterThan(Number(plain?.[0]));
  });

  test("short alone needs its worst scenario for every lot, a client's is rounded down to the dollar", async () => {
    const call = argumentsOf("HSI-201903-C28800");
    const [losses = []] = await rows("HKEX.RISKARRAY", ...call);
    const worst = Math.max(...losses.map((loss) => -Number(loss)));
    expect(worst).toBeCloseTo(70830, -1);
    expect(await value("HKEX.SHORTMARGIN", ...call)).toBe(worst);
    expect(await value("HKEX.SHORTMARGIN", ...call, _, 3)).toBeCloseTo(3 * worst, 6);
    expect(await value("HKEX.SHORTMARGIN", ...call, _, 3, _, 1.33)).toBe(
      Math.floor(3 * worst * 1.33),
    );
    expect(await value("HKEX.SHORTMARGIN", ...call, _, 2, _, _, 80000)).toBe(160000);
  });

  test.each([
    ["a volatility left blank", ["C", 28885, 28800, 24, 0, 523, 1720], "#N/A volatility is 0"],
    ["a settlement of 0", ["C", 28885, 28800, 24, 0.16, 0, 1720], "#VALUE! settlement"],
    ["no scan range", ["C", 28885, 28800, 24, 0.16, 523, 0], "#VALUE! psr"],
    ["days gone by", ["C", 28885, 28800, -1, 0.16, 523, 1720], "#VALUE! days"],
    ["an unknown right", ["X", 28885, 28800, 24, 0.16, 523, 1720], "#VALUE! right"],
    [
      "a volatility scan range of 7",
      ["C", 28885, 28800, 24, 0.16, 523, 1720, 50, 7],
      "#VALUE! vsr",
    ],
  ])("%s is refused", async (_what, args, words) => {
    expect(await refused("HKEX.RISKARRAY", ...args)).toContain(words);
  });

  test("volatility 0 is taken for an option settled at its intrinsic value", async () => {
    const [deep] = await rows("HKEX.RISKARRAY", "P", 28885, 32400, 24, 0, 3515, 1720);
    expect(Math.round(Number(deep?.[14]) / 10) * 10).toBe(52730);
  });
});

describe("MARGIN.SCANRISK", () => {
  const array = (name: string) => caseOf(name).array.map(Number);

  test("adds the arrays exactly and takes the worst scenario", async () => {
    const arrays = [array("HSI-201903-C28800"), array("HSI-201903-P28800")];
    expect(await value("MARGIN.SCANRISK", [[-1], [-1]], arrays)).toBe(64230);
    expect(await value("MARGIN.SCANRISK", [[-1, -1]], arrays)).toBe(64230);
    expect(await value("MARGIN.SCANRISK", [[1]], [Array(16).fill(-5)])).toBe(0);
    expect(await value("MARGIN.SCANRISK", [[0.1]], [Array(16).fill(0.2)])).toBe(0.02);
    const withBlank = [...arrays, Array(16).fill("")];
    expect(await value("MARGIN.SCANRISK", [[-1], [-1], [""]], withBlank)).toBe(64230);
  });

  test("refuses fifteen values, a quantity without an array and a hole in an array", async () => {
    const whole = Array(16).fill(1);
    expect(await refused("MARGIN.SCANRISK", [[1]], [whole.slice(1)])).toBe(
      "#VALUE! arrays must have one value a scenario (16); it is 15",
    );
    expect(await refused("MARGIN.SCANRISK", [[1], [2]], [whole])).toContain("quantities");
    expect(await refused("MARGIN.SCANRISK", [[""]], [whole])).toContain("quantities");
    expect(await refused("MARGIN.SCANRISK", [[1]], [[...whole.slice(1), ""]])).toContain("arrays");
  });
});

const PARAMETERS = [
  ["product", "psr", "vsr", "calendar charge", "short option minimum", "client ratio"],
  ["HSI", 1720, 0.07, 19800, 8600, 1.33],
  ["HHI", 679, 0.07, 13250, 3395, 1.33],
];
const SCENARIOS = Array.from({ length: 16 }, (_, at) => `a${at + 1}`);
const ON = "2019-03-04";

/** A table of positions from the exchange's own arrays. */
const published = (lots: Readonly<Record<string, number>>): unknown[][] => [
  ["product", "month", "right", "strike", "side", "quantity", "settlement", "delta", ...SCENARIOS],
  ...Object.entries(lots).map(([name, quantity]) => {
    const [product, month] = name.split("-");
    const { option, delta, array } = caseOf(name);
    const { right, strike, settlement } = option;
    const held = [quantity < 0 ? "short" : "long", Math.abs(quantity)];
    return [product, month, right, strike, ...held, settlement, delta, ...array.map(Number)];
  }),
];

/** The same positions for the model, by their contract codes. */
const modelled = (lots: Readonly<Record<string, number>>): unknown[][] => [
  ["合约", "买卖", "手数", "结算价", "期货价", "波动率", "到期日"],
  ...Object.entries(lots).map(([name, quantity]) => {
    const { option } = caseOf(name);
    const [product, month = ""] = name.split("-");
    const letter = String.fromCharCode(
      (option.right === "call" ? 64 : 76) + Number(month.slice(4)),
    );
    const code = `${product}${option.strike}${letter}${month.slice(3, 4)}`;
    const { settlement, underlying, volatility } = option;
    const held = [quantity < 0 ? "卖" : "买", Math.abs(quantity)];
    return [code, ...held, settlement, underlying, volatility, "2019-03-28"];
  }),
];

const CONDOR = {
  ...{ "HSI-201903-P27400": 1, "HSI-201903-P27800": -1 },
  ...{ "HSI-201903-C29800": -1, "HSI-201903-C30200": 1 },
};

/** A column of the answer by its English name. */
async function figures(column: string, ...args: unknown[]): Promise<unknown[]> {
  const [header = [], ...lines] = await rows("HKEX.MARGIN", ...args);
  const at = header.findIndex((name) => String(name).endsWith(column));
  expect(at).toBeGreaterThanOrEqual(0);
  return lines.map((line) => line[at]);
}

describe("a book", () => {
  test("by published arrays is exact, and says that the short option minimum binds", async () => {
    const book = published(CONDOR);
    const [header, hsi, total, ...others] = await rows("HKEX.MARGIN", book, PARAMETERS, ON);
    expect(others).toEqual([]);
    expect(header?.slice(0, 9)).toEqual([
      "组合商品 commodity",
      "扫描风险 scan risk",
      "最坏情景 worst scenario",
      "跨月收费 calendar charge",
      "短仓最低 short option minimum",
      "取决于 binds",
      "结算所保证金 clearing-house margin",
      "客户开仓 client initial",
      "客户维持 client maintenance",
    ]);
    expect(hsi?.slice(0, 10)).toEqual([
      ...["HSI HKD", 10350, 12, 0, 17200, "短仓最低 short option minimum", 17200],
      ...[22876, 18300, 11],
    ]);
    expect(total?.slice(6, 9)).toEqual([17200, 22876, 18300]);
  });

  test.each([
    ["HSI-201903-C28800", -1, 70830],
    ["HSI-201903-P28800", -1, 69530],
    ["HSI-201904-C29000", -1, 69600],
    ["HSI-202112-C27600", -1, 116710],
  ])("short %s is scanned at its anchor", async (name, lots, risk) => {
    expect(await figures("scan risk", published({ [name]: lots }), PARAMETERS, ON)).toEqual([
      risk,
      "",
    ]);
  });

  test("by the model is within the arrays' rounding of that by published arrays", async () => {
    const [byModel] = await figures("scan risk", modelled(CONDOR), PARAMETERS, ON);
    // Four legs, each at most 5.1 off.
    expect(Math.abs(Number(byModel) - 10350)).toBeLessThanOrEqual(4 * 5.1);
    const margin = await figures("clearing-house margin", modelled(CONDOR), PARAMETERS, ON);
    expect(margin).toEqual([17200, 17200]);
  });

  test("without a volatility takes the one the settlement price implies", async () => {
    const given = modelled(CONDOR);
    const implied = given.map((row, at) => (at === 0 ? row : [...row.slice(0, 5), "", row[6]]));
    const [a] = await figures("scan risk", given, PARAMETERS, ON);
    const [b] = await figures("scan risk", implied, PARAMETERS, ON);
    expect(Math.abs(Number(a) - Number(b))).toBeLessThan(1);
  });

  test("of two months is charged for deltas against each other, of two products it stands in two rows", async () => {
    const months = published({ "HSI-201903-C28800": -1, "HSI-201906-C28600": 1 });
    expect(await figures("calendar charge", months, PARAMETERS, ON)).toEqual([10296, ""]);
    const products = published({ "HSI-201903-C28800": -1, "HHI-201903-C11600": -2 });
    const [hsi, hhi, total] = await figures("client initial", products, PARAMETERS, ON);
    expect(Number(hsi) + Number(hhi)).toBe(total);
    expect(hsi).toBe(94203);
  });

  test("of a future and five minis against it needs nothing, by either way of writing a future", async () => {
    const book = [
      ["contract", "side", "quantity"],
      ["HSIH9", "long", 1],
      ["MHI1903", "short", 5],
    ];
    expect(await figures("clearing-house margin", book, PARAMETERS, ON)).toEqual([0, 0]);
    expect(await figures("net delta", book, PARAMETERS, ON)).toEqual([0, ""]);
    const one = [...book.slice(0, 2)];
    expect(await figures("client initial", one, PARAMETERS, ON)).toEqual([114380, 114380]);
  });

  test("counts the larger of calls and puts where the parameters say so", async () => {
    const [header = [], hsi = []] = PARAMETERS;
    const larger = [
      [...header, "minimum method"],
      [...hsi, "larger"],
    ];
    expect(await figures("minimum", published(CONDOR), larger, ON)).toEqual([8600, ""]);
    expect(await figures("binds", published(CONDOR), larger, ON)).toEqual(["风险 risk", ""]);
  });

  test("counts options' value only where asked to", async () => {
    const straddle = published({ "HSI-201903-C28800": -1, "HSI-201903-P28800": -1 });
    // Settled at 523 and 440 points of 50 dollars.
    const worth = (523 + 440) * 50;
    for (const [mode, added] of [
      ["none", 0],
      ["short", worth],
      ["net", worth],
    ] as const) {
      expect(await figures("option value", straddle, PARAMETERS, ON, mode)).toEqual([added, ""]);
      expect(await figures("clearing-house margin", straddle, PARAMETERS, ON, mode)).toEqual([
        64230 + added,
        64230 + added,
      ]);
    }
  });

  test("takes credits between products in the order of their priorities", async () => {
    const book = [
      ["contract", "side", "quantity"],
      ["HSIH9", "long", 1],
      ["HHIH9", "short", 2],
    ];
    const credits = [
      ["first", "first ratio", "second", "second ratio", "credit", "priority"],
      ["HSI", 1, "HHI", 2, 0.5, 1],
    ];
    expect(await figures("credit", book, PARAMETERS, ON, _, credits)).toEqual([43000, 33950, ""]);
    expect(await figures("credit", book, PARAMETERS, ON)).toEqual([0, 0, ""]);
  });

  test("expiring today is left with its intrinsic value, a weekly option takes the day of its code", async () => {
    const option = (code: string) => [
      ["contract", "side", "quantity", "settlement", "underlying price"],
      [code, "short", 1, 100, 28885],
    ];
    const expiry = option("HSI28800C9W28");
    const [risk] = await figures("scan risk", expiry, PARAMETERS, "2019-03-28");
    expect(risk).toBe((28885 + 1720 - 28800 - 100) * 50);
    expect(Number((await figures("scan risk", expiry, PARAMETERS, ON))[0])).toBeGreaterThan(0);
  });

  test("of this year's codes needs no expiry column", async () => {
    const book = [
      ["contract", "side", "quantity", "settlement", "underlying price"],
      ["HSI26000L6", "short", 1, 523, 26000],
    ];
    const [risk] = await figures("scan risk", book, PARAMETERS);
    expect(Number(risk)).toBeGreaterThan(8600);
  });
});

describe("a book that cannot be answered", () => {
  const positions = (...lines: unknown[][]): unknown[][] => [
    ["contract", "side", "quantity", "settlement", "underlying price", "volatility", "expiry"],
    ...lines,
  ];
  const good = ["HSI28800C9", "short", 1, 523, 28885, 0.162457, "2019-03-28"];

  test("has no total with a row that is wrong, and says the commodities are incomplete", async () => {
    const book = positions(good, ["HSI28800Z9", "short", 1, 523, 28885, 0.16, "2019-03-28"]);
    const [, hsi, wrong, ...others] = await rows("HKEX.MARGIN", book, PARAMETERS, ON);
    expect(others).toEqual([]);
    expect(String(hsi?.[0])).toBe("HSI HKD（不完整 incomplete）");
    expect(said(wrong?.[0])).toContain("row 3, HSI28800Z9");
    expect(wrong?.slice(1).every((cell) => cell === "")).toBe(true);
  });

  test.each([
    [
      "no parameters",
      ["HTI5000C9", "short", 1, 523, 5000, 0.3, "2019-03-28"],
      "parameters is missing (HTI)",
    ],
    ["no expiry of an unknown year", [...good.slice(0, 6), ""], "expiry is missing (2019-03)"],
    ["an expiry gone by", [...good.slice(0, 6), "2019-03-01"], "the contract has expired"],
    [
      "no settlement price",
      ["HSI28800C9", "short", 1, "", 28885, 0.16, "2019-03-28"],
      "settlement must be above zero",
    ],
    ["a side it cannot be", ["HSI28800C9", "covered", 1, 523, 28885, 0.16, "2019-03-28"], "side"],
    ["no quantity", ["HSI28800C9", "short", "", 523, 28885, 0.16, "2019-03-28"], "quantity"],
    [
      "a mainland contract",
      ["m2701-C-3100", "short", 1, 523, 28885, 0.16, "2019-03-28"],
      "is not known",
    ],
  ])("a row with %s says so in its own row", async (_what, row, words) => {
    const [, first] = await rows("HKEX.MARGIN", positions(row), PARAMETERS, ON);
    expect(said(first?.[0])).toContain(words);
  });

  test("an array with a hole, or fewer than sixteen columns, is refused in its row", async () => {
    const [header = [], row = []] = published({ "HSI-201903-C28800": -1 });
    const cut = [header.slice(0, -1), row.slice(0, -1)];
    const hole = [header, [...row.slice(0, -1), ""]];
    expect(said((await rows("HKEX.MARGIN", cut, PARAMETERS, ON))[1]?.[0])).toContain(
      "arrays must have one value a scenario (16); it is 15",
    );
    expect(said((await rows("HKEX.MARGIN", hole, PARAMETERS, ON))[1]?.[0])).toContain("a16");
  });

  test.each([
    ["a scan range of 0", ["HSI", 0, 0.07, 19800, 8600, 1.33], "psr must be above zero"],
    [
      "a product that joins another",
      ["MHI", 1720, 0.07, 19800, 8600, 1.33],
      "give the row of HSI alone",
    ],
    ["a product of nobody", ["DAX", 1720, 0.07, 19800, 8600, 1.33], "use HSI, HHI, HTI, MHI, MCH"],
  ])("parameters with %s are refused", async (_what, row, words) => {
    const book = published({ "HSI-201903-C28800": -1, "HSI-201906-C28600": 1 });
    const [header = []] = PARAMETERS;
    expect(await refused("HKEX.MARGIN", book, [header, row], ON)).toContain(words);
  });

  test.each([
    ["a charge left blank", ["HSI", 1720, 0.07, "", 8600, 1.33], "calendarCharge is missing (HSI)"],
    [
      "a minimum of 0, which a blank may be",
      ["HSI", 1720, 0.07, 19800, 0, 1.33],
      "shortOptionMinimum is missing (HSI)",
    ],
  ])(
    "a commodity with %s says so in its own row; the others keep theirs, and there is no total",
    async (_what, row, words) => {
      const [header = [], , hhi = []] = PARAMETERS;
      const lots = { "HSI-201903-C28800": -1, "HSI-201906-C28600": 1, "HHI-201903-C11600": -2 };
      const [first, open, ...rest] = (
        await rows("HKEX.MARGIN", published(lots), [header, row, hhi], ON)
      ).slice(1);
      expect(rest).toEqual([]);
      const alone = { "HHI-201903-C11600": -2 };
      const [, own] = await rows("HKEX.MARGIN", published(alone), PARAMETERS, ON);
      expect(first).toEqual(own);
      expect([open?.[0], open?.[1]]).toEqual(["HSI", ""]);
      for (const at of [6, 7, 8]) expect(said(open?.[at])).toContain(words);
      const credits = [
        ["first", "first ratio", "second", "second ratio", "credit"],
        ["HSI", 1, "HHI", 2, 0.5],
      ];
      const tied = [published(lots), [header, row, hhi], ON, _, credits];
      expect((await rows("HKEX.MARGIN", ...tied))[1]?.[0]).toBe("HHI HKD（不完整 incomplete）");
    },
  );

  test("none written out is none", async () => {
    const [header = []] = PARAMETERS;
    const none = [header, ["HSI", 1720, 0.07, "none", "无", 1.33]];
    const book = published({ "HSI-201903-C28800": -1, "HSI-201906-C28600": 1 });
    expect(await figures("calendar charge", book, none, ON)).toEqual([0, ""]);
    expect(await figures("minimum", book, none, ON)).toEqual([0, ""]);
  });

  test("a product twice, a strange column and a missing client ratio are said", async () => {
    const [header = [], hsi = []] = PARAMETERS;
    const book = published({ "HSI-201903-C28800": -1 });
    expect(await refused("HKEX.MARGIN", book, [header, hsi, hsi], ON)).toContain("two rows");
    expect(
      await refused(
        "HKEX.MARGIN",
        book,
        [
          [...header, "psrr"],
          [...hsi, 1],
        ],
        ON,
      ),
    ).toContain("psrr");
    const [first] = await figures(
      "client initial",
      book,
      [header.slice(0, 5), hsi.slice(0, 5)],
      ON,
    );
    expect(said(first)).toContain("clientRatio is missing (HSI)");
  });
});

describe("elsewhere", () => {
  test("OPTION.CONTRACT says what a Hong Kong code means", async () => {
    const lines = await rows("OPTION.CONTRACT", "HSI24000L7", "2026-11-20");
    const field = (name: string) => lines.find(([label]) => String(label).endsWith(name))?.[1];
    expect(field("exchange")).toBe("HKEX 香港交易所 Hong Kong Exchanges and Clearing");
    expect(field("underlying")).toBe("恒生指数");
    expect(field("expiry")).toBe("2027-12-30");
    expect(field("unit")).toBe(50);
    expect(field("currency")).toBe("HKD");
    const later = await rows("OPTION.CONTRACT", "HSI24000L9", "2026-11-20");
    const unknown = later.find(([label]) => String(label).endsWith("expiry"))?.[1];
    expect(said(unknown)).toContain("2025 to 2027");
  });

  test("a formula of one contract sends Hong Kong's to HKEX.MARGIN", async () => {
    expect(await refused("MARGIN.SHORT", "HSI24000L7", 523, 26000)).toContain("HKEX.MARGIN");
    expect(await refused("MARGIN.WORKING", "HKEX", "C", 1, 2, 3, 4)).toContain("HKEX.MARGIN");
    const table = [
      ["contract", "settlement", "underlying price"],
      ["HSI24000L7", 523, 26000],
    ];
    const [, row] = await rows("MARGIN.TABLE", table);
    expect(said(row?.[0])).toContain("HKEX.MARGIN");
  });
});
