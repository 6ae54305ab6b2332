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
