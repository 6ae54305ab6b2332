import { readFileSync } from "node:fs";
import path from "node:path";
import {
  customFunctionsHost,
  errorCell,
  isCellError,
  type FunctionsMetadata,
  type Outcome,
} from "./host/custom-functions-host";

const dist = path.resolve("dist");
const metadata = JSON.parse(
  readFileSync(path.join(dist, "functions.json"), "utf8"),
) as FunctionsMetadata;
const hostAt = (now: string) => customFunctionsHost(path.join(dist, "functions.js"), metadata, now);
const host = hostAt("2026-11-20T04:00:00Z");

const value = async (id: string, ...args: unknown[]): Promise<unknown> => {
  const outcome = await host.invoke(id, args);
  if (outcome.ok) return outcome.value;
  throw new Error(`${id}: ${outcome.errorCode} ${outcome.message ?? ""}`);
};
const rows = async (id: string, ...args: unknown[]): Promise<unknown[][]> =>
  (await value(id, ...args)) as unknown[][];
const _ = null;

test("every function described is associated once, under Microsoft's own runtime", () => {
  const ids = metadata.functions.map(({ id }) => id);
  expect([...host.associated].sort()).toEqual(ids.sort());
});

test.each<[id: string, args: unknown[], expected: unknown]>([
  ["SSE.CALLMARGIN", [0.0282, 2.339, 2.4], 2478.8],
  ["SSE.CALLMARGIN", [0.0282, 2.339, 2.4, 10000, 3, 0.2, "2015-03-09"], 8923.68],
  // Half the edition's ratio and its minimum given by the caller: 282 + max(1403.4 − 610, 818.65).
  ["SSE.CALLMARGIN", [0.0282, 2.339, 2.4, _, _, _, _, 0.06, 0.035], 1100.65],
  ["SSE.PUTMARGIN", [0.0892, 2.339, 2.4], 3698.8],
  ["SSE.PUTMARGIN", [2.39, 0.1, 2.4], 24000],
  ["SZSE.CALLMARGIN", [0.0282, 2.339, 2.4], 2478.8],
  ["SZSE.PUTMARGIN", [0.01, 2.7, 2.4], 1780],
  ["CFFEX.CALLMARGIN", [20, 3850, 3900, _, _, _, "2020-01-02"], 35500],
  ["CFFEX.CALLMARGIN", [150, 4850, 4800, _, _, _, _, 0.11], 68350],
  ["CFFEX.PUTMARGIN", [72, 2150, 2200, 100, 1, 0, _, 0.1, 0.5], 28700],
  ["ZCE.MARGIN", ["C", 140, 3450, 3450, 5, 0.1], 2425],
  ["ZCE.MARGIN", ["看涨", 618, 20615, 20400, 5, 0.1], 13397.5],
  ["DCE.MARGIN", ["call", 100, 3500, 3400, 10, 0.07], 3450],
  ["SHFE.MARGIN", ["看跌", 100, 70000, 68000, 5, 0.1], 30500],
  ["INE.MARGIN", ["C", 10, 500, 600, 1000, 0.15], 47500],
  ["GFEX.MARGIN", ["认购", 1000, 100000, 100000, 1, 0.1, 2, 0.1], 24200],
  ["ZCE.LEGACYMARGIN", ["P", 300, 8640, 8500, 10, 0.05], 6620],
  ["ZCE.LEGACYMARGIN", ["C", 1, 1000, 5000, 10, 0.05], 0],
  ["ZCE.COVEREDMARGIN", [100, 6000, 10, 0.07], 5200],
  ["MARGIN.SHORT", ["510050C1503M02400", 0.0282, 2.339, _, _, 0.2, "2015-03-09"], 2974.56],
  ["MARGIN.SHORT", ["m2101-C-3000", 90, 3000, 0.1], 3900],
  ["SSE.SPREADMARGIN", ["C", 3, 3.1], 0],
  ["SSE.SPREADMARGIN", ["认购", 3.1, 3, _, 2, 0.2], 2400],
  ["SSE.SPREADMARGIN", ["P", 3, 2.9], 0],
  ["SSE.SPREADMARGIN", ["P", 2.9, 3, 10100], 1010],
  ["SZSE.SPREADMARGIN", ["C", 4.1, 4], 1000],
  ["SZSE.SPREADMARGIN", ["P", 4, 3.9], 0],
  ["SSE.STRADDLEMARGIN", [0.08, 0.07, 3, 3, 3], 5100],
  ["SSE.STRADDLEMARGIN", [0.14, 0.04, 3, 3.1, 3.1], 5400],
  ["SSE.STRADDLEMARGIN", [0.04, 0.035, 3, 3.1, 2.9, 10000, 2, 0.1], 7370],
  ["SZSE.STRADDLEMARGIN", [0.1, 0.09, 4, 4, 4], 6700],
  ["DCE.COMBOMARGIN", ["STD", 3900, 3800, 900, 800], 4700],
  ["DCE.COMBOMARGIN", ["std", 3500, 3500, 1000, 500, _, _, 2], 9000],
  ["DCE.COMBOMARGIN", ["STG", 2900, 3000, 400, 500], 3400],
  ["DCE.COMBOMARGIN", ["SFO", 3000, "", "", 900], 3900],
  ["DCE.COMBOMARGIN", ["PRT", 3000, _, _, 900], 3900],
  ["DCE.COMBOMARGIN", ["OPL", 3900, 0, 0, 0], 780],
  ["DCE.COMBOMARGIN", ["BLS", 3000, 0, 0, 0, _, 0.5], 1500],
  ["DCE.COMBOMARGIN", ["BES", 3900, 0, 0, 0, 1000], 1000],
  ["DCE.COMBOMARGIN", ["BES", 3900, 0, 0, 0, 5000], 3900],
  ["DCE.COMBOMARGIN", ["CAS", 3900, 0, 0, 0, _, 0.5], 1950],
  ["DCE.COMBOMARGIN", ["BFO", 3000, 0, 0, 0], 2400],
  ["OPTION.PREMIUM", [132, 100], 13200],
  ["OPTION.PREMIUM", ["１３２", "1,000", "2"], 264000],
  ["OPTION.BREAKEVEN", ["C", 2.4, 0.0282], 2.4282],
  ["OPTION.PAYOFF", ["P", "short", 8500, 300, 8000, 10], -2000],
  ["OPTION.PAYOFF", ["认购", "买", 2.4, 0.03, 2.5, 10000, 2], 1400],
  ["EXERCISEPNL", ["C", "long", 2200, 2210, 10], 100],
  ["EXERCISEPNL", ["C", "义务", 2200, 2210, 10, 2, 20], 200],
  ["SSE.LIMITUP", ["C", 0.12, 3, 2.9], 0.42],
  ["SSE.LIMITDOWN", ["C", 0.12, 3, 2.9], 0.0001],
  ["SZSE.LIMITUP", ["P", 0.12, 3, 2.9], 0.4],
  ["SZSE.LIMITDOWN", ["P", 0.5, 3, 2.9], 0.2],
  ["RISKRATIO", [2505, 3340], 0.75],
  ["RISKRATIO", [0, 3340], 0],
  ["RISKSTATUS", [0.9], "margin call"],
  ["RISKSTATUS", [0.85, _, _, _, _, "zh"], "关注"],
  ["RISKSTATUS", [1.25, 0.9, 1, 1.2, 0.8, "en"], "immediate liquidation"],
  ["MARGINCALL", [4013.28, 3340], 673.28],
  ["MARGINCALL", [3000, 3340, 0.9], 0],
])("%s of %j is %j", async (id, args, expected) => {
  expect(await value(id, ...args)).toBe(expected);
});

test("a one-cell range counts as its cell", async () => {
  expect(await value("SSE.CALLMARGIN", [[0.0282]], [[2.339]], [[2.4]])).toBe(2478.8);
});

test("0.1 + 0.2 arrives as 0.3", async () => {
  expect(await value("OPTION.PREMIUM", 0.1 + 0.2, 10000)).toBe(3000);
});

describe("a spill", () => {
  test("MARGIN.WORKING shows terms that add up to the total, and where the rule stands", async () => {
    const working = await rows("MARGIN.WORKING", "SSE", "C", 0.0282, 2.339, 2.4, 10000, _, 2, 0.2);
    expect(working.slice(0, 8)).toEqual([
      ["项目 term", "金额 amount"],
      ["权利金 premium", 564],
      ["标的部分 underlying part", 5613.6],
      ["虚值额扣减 out-of-the-money deduction", -1220],
      ["补至最低保障 lift to the minimum", 0],
      ["封顶扣减 cut by the cap", 0],
      ["公司上浮 broker's markup", 991.52],
      ["合计 total", 5949.12],
    ]);
    const text = working.flat().join("\n");
    expect(text).toMatch(/依据 source\n.+\n条款 article\n.+/);
    // One width: Excel refuses a ragged array.
    expect(new Set(working.map((row) => row.length))).toEqual(new Set([2]));
  });

  test("MARGIN.CHANGE splits the published change of 1610 into 800, −90 and 900", async () => {
    const change = await rows(
      "MARGIN.CHANGE",
      ...["ZCE.LEGACY", "P", 8500, 10, 280, 8750, 360, 8570, 0.05],
    );
    const moved = new Map(change.map(([term, , , by]) => [String(term).split(" ")[0], by]));
    expect(change.at(-1)?.slice(1)).toEqual([5925, 7535, 1610]);
    expect(["权利金", "标的部分", "虚值额扣减"].map((term) => moved.get(term))).toEqual([
      800, -90, 900,
    ]);
  });

  test("OPTION.CLOSEOUT gives back 4220 and earns 600, as published", async () => {
    const [header, figures] = await rows("OPTION.CLOSEOUT", 360, 300, 10, 7220);
    expect(header).toEqual(["收回资金 cash back", "平仓盈亏 realised P&L"]);
    expect(figures).toEqual([4220, 600]);
  });

  test("OPTION.CONTRACT reads a contract code", async () => {
    const fields = new Map(
      (await rows("OPTION.CONTRACT", "m2701-C-3100")).map(([field, what]) => [
        String(field).split(" ")[1],
        what,
      ]),
    );
    expect(String(fields.get("exchange"))).toMatch(/^DCE /);
    expect([fields.get("strike"), fields.get("month"), fields.get("product")]).toEqual([
      3100,
      "2027-01",
      "m",
    ]);
  });

  test("holds no null, which Excel would show as 0", async () => {
    for (const table of [
      await rows("OPTION.CONTRACT", "IO2612-C-4800"),
      await rows("MARGIN.WORKING", "CFFEX", "P", 72, 2150, 2200, 100),
      await rows("MARGIN.TABLE", [
        ["合约", "结算价", "标的价格"],
        ["", "", ""],
      ]),
    ]) {
      expect(table.flat().filter((cell) => cell === null || cell === undefined)).toEqual([]);
    }
  });
});

describe("MARGIN.TABLE", () => {
  const header = ["合约 contract", "side", "数量", "settlement", "underlying", "rate"];
  const good = ["510050C2612M02400", "卖", 2, 0.0282, 2.339, ""];

  test("answers each row in its place and leaves a blank row blank", async () => {
    const table = await rows("MARGIN.TABLE", [
      ["contract", "side", "quantity", "settlement", "underlying", "rate"],
      good,
      ["", "", "", "", "", ""],
      ["m2701-C-3100", "short", 1, 90, 3000, 0.1],
      ["m2701-C-3100", "long", 1, 90, 3000, 0.1],
    ]);
    expect(table).toHaveLength(5);
    expect(table.map(([margin]) => margin)).toEqual(["保证金 margin", 4957.6, "", 3400, 0]);
  });

  test("puts a row's error in that row, with its message, and gets the others right", async () => {
    const table = await rows("MARGIN.TABLE", [
      ["contract", "side", "quantity", "settlement", "underlying", "rate"],
      good,
      ["510050C2612M02400", "卖", 2, 0, 2.339, ""],
      ["510050C2612M02400", "卖", 2, errorCell("#N/A"), 2.339, ""],
      ["m2701-C-3100", "卖", 1, 90, 3000, ""],
      good,
    ]);
    const [, first, blankPrice, errorPrice, noRate, last] = table.map(([margin]) => margin);
    expect([first, last]).toEqual([4957.6, 4957.6]);
    expect(blankPrice).toEqual({
      errorCode: "#VALUE!",
      message: expect.stringMatching(/^.*settlement .*0.*$/) as unknown,
    });
    expect(errorPrice).toEqual({
      errorCode: "#VALUE!",
      message: expect.stringMatching(/settlement .*#N\/A/) as unknown,
    });
    expect(noRate).toEqual({
      errorCode: "#N/A",
      message: expect.stringMatching(/rate is missing/) as unknown,
    });
  });

  test("understands its own bilingual headers", async () => {
    const table = await rows("MARGIN.TABLE", [header, good]);
    expect(table[1]?.[0]).toBe(4957.6);
  });

  test("without a header row is refused as a whole", async () => {
    expect(await host.invoke("MARGIN.TABLE", [[good, good]])).toMatchObject({
      ok: false,
      errorCode: "#VALUE!",
    });
  });
});

describe("a portfolio", () => {
  const header = ["合约", "买卖", "手数", "结算价", "标的价", "保证金率", "组合", "到期日"];
  const spread = [
    ["510050C2612M03300", "买", 2, "", 3, "", 1, ""],
    ["510050C2612M03000", "卖", 2, 0.08, 3, "", 1, ""],
  ];
  const put = ["510050P2612M02900", "卖", 1, 0.035, 3, "", "", ""];
  const dalian = [
    ["m2701-C-3000", "卖", 1, 90, 3000, 0.1, "", ""],
    ["m2701", "买", 1, 3000, "", 0.1, "", ""],
  ];
  const book = [header, ...spread, put, ...dalian];
  const margin = (table: unknown, ...rest: unknown[]) => value("MARGIN.PORTFOLIO", table, ...rest);

  test("is margined alone, as held, or at best, each exchange by its own rules and totalled", async () => {
    // Alone 8,800 + 2,950 + 3,900 + 3,000; held 2 × 3,000 for the spreads; best a spread, a strangle, a SFO.
    expect(await margin(book, "none")).toBe(18650);
    expect(await margin(book, "held")).toBe(15850);
    expect(await margin(book, "best")).toBe(11650);
    for (const left of [_, "", 0, "最优"]) expect(await margin(book, left)).toBe(11650);
    expect(await margin(book, "单独", 0.2)).toBe(22380);
  });

  test("MARGIN.COMBINE lists the sets whose savings make the difference, for all sets of a row", async () => {
    const [head, ...sets] = await rows("MARGIN.COMBINE", book, 0.1);
    expect(head).toEqual([
      "组合 combination",
      "第一腿 leg 1",
      "第二腿 leg 2",
      "组数 sets",
      "分开保证金 margin apart",
      "组合保证金 margin together",
      "节省 saved",
    ]);
    const [call, sold] = ["买 long 510050C2612M03300", "卖 short 510050C2612M03000"];
    expect(sets).toEqual([
      ["CXSJC 认购熊市价差 call bear spread", call, sold, 1, 4840, 3300, 1540],
      ["KKS 宽跨式空头 short strangle", sold, "卖 short 510050P2612M02900", 1, 8085, 5225, 2860],
      [
        "SFO 卖出期权期货组合 short option with its future",
        "买 long m2701",
        "卖 short m2701-C-3000",
        ...[1, 7590, 4290, 3300],
      ],
    ]);
    const saved = sets.reduce((sum, row) => sum + Number(row[6]), 0);
    expect(await margin(book, "none", 0.1)).toBe(Number(await margin(book, "best", 0.1)) + saved);
  });

  test("forms no spread that the exchange takes apart before expiry; the table may know another expiry", async () => {
    const rowsOn = (expiry: unknown) => [
      header,
      ["510050C2612M03000", "买", 1, "", 3, "", "", expiry],
      ["510050C2612M03100", "卖", 1, 0.04, 3, "", "", expiry],
    ];
    expect(await margin(rowsOn(""), "best", 0, "2026-12-21")).toBe(0);
    expect(await margin(rowsOn(""), "best", 0, "2026-12-22")).toBe(3000);
    // 46384 is 2026-12-28 as Excel counts; 46378 is 2026-12-22.
    expect(await margin(rowsOn(46384), "best", 0, "2026-12-22")).toBe(0);
    expect(await margin(rowsOn(46378), "best", 0, "2026-12-21")).toBe(3000);
  });

  test("of a header alone needs 0 and combines nothing", async () => {
    for (const mode of ["none", "held", "best"]) expect(await margin([header], mode)).toBe(0);
    expect(await rows("MARGIN.COMBINE", [header])).toEqual([
      expect.any(Array),
      ["没有能省保证金的组合 no combination saves margin", "", "", "", "", "", ""],
    ]);
    expect(await margin([header, header.map(() => "")])).toBe(0);
  });

  test("with a bad row is an error that names the row; MARGIN.COMBINE lists the good ones before it", async () => {
    const bad = ["m2701-C-3100", "卖", 0, 90, 3000, 0.1, "", ""];
    const table = [header, ...spread, bad, put];
    const outcome = await host.invoke("MARGIN.PORTFOLIO", [table]);
    expect(outcome).toMatchObject({ ok: false, errorCode: "#VALUE!" });
    expect(messageOf(outcome)).toMatch(
      /^第 4 行 m2701-C-3100：.* · row 4, m2701-C-3100: quantity /,
    );
    const [, first, second, error] = await rows("MARGIN.COMBINE", table);
    expect([first?.[6], second?.[6]]).toEqual([1400, 2600]);
    expect(error).toEqual([
      { errorCode: "#VALUE!", message: expect.stringContaining("row 4, m2701-C-3100") as unknown },
      ...["", "", "", "", "", ""],
    ]);
  });

  test.each<[what: string, table: unknown[][], args: unknown[], code: string, said: string]>([
    ["an unknown mode", book, ["worst"], "#VALUE!", 'mode "worst" is not known: use none, held'],
    [
      "held sets without a column for them",
      book.map((row) => row.slice(0, 6)),
      ["held"],
      "#N/A",
      "combination is missing",
    ],
    [
      "a held set with unequal lots",
      [header, spread[0] as unknown[], ["510050C2612M03000", "卖", 3, 0.08, 3, "", 1, ""]],
      ["held"],
      "#VALUE!",
      'combination is "1": its legs must have equal lots',
    ],
    [
      "a calendar spread, whose factor was not found",
      [
        header,
        ["m2701-C-3000", "卖", 1, 90, 3000, 0.1, "A", ""],
        ["m2705-C-3000", "买", 1, 95, 3000, 0.1, "A", ""],
      ],
      ["held"],
      "#N/A",
      "x is missing (A)",
    ],
    [
      "an expiry that is no date",
      [header, ["510050C2612M03000", "卖", 1, 0.08, 3, "", "", "soon"]],
      [],
      "#VALUE!",
      'row 2, 510050C2612M03000: expiry must be a date such as 2026-11-20; it is "soon"',
    ],
    [
      "covered calls beyond the locked shares",
      [
        ["合约", "买卖", "手数", "备兑锁定"],
        ["510050C2612M03000", "备兑", 2, 10000],
      ],
      [],
      "#VALUE!",
      "row 2, 510050C2612M03000: lockedShares must cover all lots",
    ],
  ])("refuses %s", async (_what, table, args, code, said) => {
    const outcome = await host.invoke("MARGIN.PORTFOLIO", [table, ...args]);
    expect(outcome).toMatchObject({ ok: false, errorCode: code });
    expect(messageOf(outcome)).toContain(said);
  });
});

describe("a combination's own function refuses", () => {
  test.each<[what: string, id: string, args: unknown[], code: string, said: string]>([
    ["equal strikes", "SSE.SPREADMARGIN", ["C", 3, 3], "#VALUE!", "shortStrike is 3: the strikes"],
    [
      "a put above the call",
      "SZSE.STRADDLEMARGIN",
      [0.1, 0.1, 3, 2.9, 3.1],
      "#VALUE!",
      "putStrike is 3.1: it is above the call's strike",
    ],
    [
      "a day before the first",
      "SSE.STRADDLEMARGIN",
      [0.08, 0.07, 3, 3, 3, _, _, _, "2019-11-15"],
      "#N/A",
      "no rule for 2019-11-15 (first: SSE KS 2019-11-18)",
    ],
    [
      "an unknown code",
      "DCE.COMBOMARGIN",
      ["ABC", 1, 1, 1, 1],
      "#VALUE!",
      'code "ABC" is not known: use STD, STG, SFO, PRT, OPL, BLS, BES, CAS, BFO',
    ],
    [
      "a calendar spread without its factor",
      "DCE.COMBOMARGIN",
      ["CAS", 3900, 0, 0, 0],
      "#N/A",
      "x is missing",
    ],
    [
      "a blank premium that the code asks for",
      "DCE.COMBOMARGIN",
      ["STD", 3900, 3800, 900, 0],
      "#VALUE!",
      "secondPremium must be above zero; it is 0",
    ],
    [
      "a credit spread without its strikes' distance",
      "DCE.COMBOMARGIN",
      ["BES", 3900, 0, 0, 0],
      "#VALUE!",
      "strikeGap must be a number; it is blank",
    ],
  ])("%s", async (_what, id, args, code, said) => {
    const outcome = await host.invoke(id, args);
    expect(outcome).toMatchObject({ ok: false, errorCode: code });
    expect(messageOf(outcome)).toContain(said);
  });
});

describe("a wrong argument is named with its value, in both languages", () => {
  test.each<[what: string, id: string, args: unknown[], code: string, zh: string, en: string]>([
    [
      "a blank price, which reaches us as 0",
      "SSE.CALLMARGIN",
      [0, 2.339, 2.4],
      "#VALUE!",
      "结算价须大于 0，现为 0",
      "settlement must be above zero; it is 0",
    ],
    [
      "a price left out",
      "SSE.CALLMARGIN",
      [_, 2.339, 2.4],
      "#VALUE!",
      "结算价须是数字，现为空白",
      "settlement must be a number; it is blank",
    ],
    [
      "a negative strike",
      "SSE.CALLMARGIN",
      [0.0282, 2.339, -3],
      "#VALUE!",
      "行权价格须大于 0，现为 -3",
      "strike must be above zero; it is -3",
    ],
    [
      "text",
      "SSE.CALLMARGIN",
      ["abc", 2.339, 2.4],
      "#VALUE!",
      "结算价须是数字，现为“abc”",
      'settlement must be a number; it is "abc"',
    ],
    [
      "NaN as text",
      "SSE.CALLMARGIN",
      ["NaN", 2.339, 2.4],
      "#VALUE!",
      "结算价须是数字，现为“NaN”",
      'settlement must be a number; it is "NaN"',
    ],
    [
      "infinity as text",
      "SSE.CALLMARGIN",
      ["Infinity", 2.339, 2.4],
      "#VALUE!",
      "结算价须是数字，现为“Infinity”",
      'settlement must be a number; it is "Infinity"',
    ],
    [
      "half a lot",
      "SSE.CALLMARGIN",
      [0.0282, 2.339, 2.4, _, 1.5],
      "#VALUE!",
      "手数须为正整数，现为 1.5",
      "lots must be a whole number above zero; it is 1.5",
    ],
    [
      "an error cell, which the metadata lets through to single values too",
      "SSE.CALLMARGIN",
      [errorCell("#N/A"), 2.339, 2.4],
      "#VALUE!",
      "结算价须是数字，现为“#N/A”",
      'settlement must be a number; it is "#N/A"',
    ],
    [
      "an unknown right",
      "ZCE.MARGIN",
      ["X", 140, 3450, 3450, 5, 0.1],
      "#VALUE!",
      "认购/认沽“X”",
      'right "X"',
    ],
    [
      "an unknown exchange",
      "MARGIN.WORKING",
      ["NYSE", "C", 1, 1, 1, 1],
      "#VALUE!",
      "交易所“NYSE”",
      'exchange "NYSE"',
    ],
    [
      "a day before any rule",
      "SSE.CALLMARGIN",
      [0.0282, 2.339, 2.4, _, _, _, "2014-12-31"],
      "#N/A",
      "2014-12-31",
      "no rule for 2014-12-31 (first: SSE 2015-02-09)",
    ],
    [
      "a day that isn't one",
      "SSE.CALLMARGIN",
      [0.0282, 2.339, 2.4, _, _, _, "2015-02-30"],
      "#VALUE!",
      "“2015-02-30”",
      'on must be a date such as 2026-11-20; it is "2015-02-30"',
    ],
    [
      "a range where a number belongs",
      "SSE.CALLMARGIN",
      [[[0.0282], [0.03]], 2.339, 2.4],
      "#VALUE!",
      "结算价须是一个单元格，现为一个区域",
      "settlement must be a single cell, not a range",
    ],
    [
      "a missing futures rate",
      "ZCE.MARGIN",
      ["C", 140, 3450, 3450, 5, 0],
      "#N/A",
      "缺保证金率",
      "rate is missing",
    ],
    [
      "an adjusted contract without its unit",
      "MARGIN.SHORT",
      ["510050C2612A03100", 0.0282, 2.339, _, _, _, _, 3.06],
      "#N/A",
      "缺合约单位",
      "unit is missing",
    ],
    [
      "negative equity",
      "RISKRATIO",
      [100, -5],
      "#N/A",
      "客户权益为负（-5），已越过所有风险线",
      "equity is negative (-5): beyond every line",
    ],
    [
      "a reference that is more than a reference",
      "MARGIN.FORMULA",
      ["SSE", "C", "A2+1", "B2", "C2", "D2"],
      "#VALUE!",
      "“A2+1”",
      'settlement is "A2+1"',
    ],
    [
      "lines in the wrong order",
      "RISKSTATUS",
      [0.5, 1.1, 1],
      "#VALUE!",
      "不能低于前一条线",
      "must not be below the line before it",
    ],
  ])("%s", async (_what, id, args, code, zh, en) => {
    const outcome = await host.invoke(id, args);
    expect(outcome).toMatchObject({ ok: false, errorCode: code });
    const message = messageOf(outcome);
    const [chinese = "", english = ""] = message.split(" · ");
    expect(chinese).toContain(zh);
    expect(english).toContain(en);
  });

  test("equity of zero is #DIV/0!, where Excel shows no message", async () => {
    expect(await host.invoke("RISKRATIO", [100, 0])).toEqual({ ok: false, errorCode: "#DIV/0!" });
  });

  test("no argument of any function lets nonsense through or becomes an internal error", async () => {
    const nonsense = ["?", -7.5, [[1, 2]], {}];
    const problems: string[] = [];
    for (const { id, parameters } of metadata.functions) {
      for (const [position, { name }] of parameters.entries()) {
        for (const bad of nonsense) {
          const args: unknown[] = parameters.map(() => _);
          args[position] = bad;
          const outcome = await host.invoke(id, args);
          const message = outcome.ok ? "answered" : (outcome.message ?? "");
          if (outcome.ok || /internal error/.test(message)) {
            problems.push(`${id} ${name} ${JSON.stringify(bad)}: ${message}`);
          }
        }
      }
    }
    expect(problems).toEqual([]);
  });
});

test("without a day the rules of today in Shanghai apply", async () => {
  const args = [0.0282, 2.339, 2.4];
  const before = await hostAt("2015-02-08T15:59:00Z").invoke("SSE.CALLMARGIN", args);
  const after = await hostAt("2015-02-08T16:01:00Z").invoke("SSE.CALLMARGIN", args);
  expect(before).toMatchObject({ ok: false, errorCode: "#N/A" });
  expect(after).toEqual({ ok: true, value: 2478.8 });
});

test("an Excel date, ISO text and Chinese text name the same day", async () => {
  for (const day of [42071, "2015-03-08", "2015年3月8日", 20150308]) {
    expect(await value("SSE.CALLMARGIN", 0.0282, 2.339, 2.4, _, _, _, day)).toBe(2478.8);
  }
});

test("the native formula names the cells it is given", async () => {
  const formula = String(await value("MARGIN.FORMULA", "SSE", "C", "A2", "B2", "C2", "D2"));
  expect(formula).toMatch(/^=[A-D0-9.+\-*(),MAXIN]+$/);
  expect(formula.match(/[A-D]2/g)).toEqual(expect.arrayContaining(["A2", "B2", "C2", "D2"]));
});

function messageOf(outcome: Outcome): string {
  return isCellError(outcome) ? (outcome.message ?? "") : "";
}
