/** The command of a morning job, run as it is run: exit codes, what it prints, its JSON and its workbook. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import XLSX from "@e965/xlsx";
import { caseNamed, fromGbk, toGbk } from "./statements/files";

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const command = path.resolve("tools", "reconcile.mjs");

let folder: string;

/** Runs the command where its user stands: in the folder of the files. */
const run = (...args: readonly string[]): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd: folder }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

const write = (file: string, content: string | Uint8Array): void =>
  writeFileSync(path.join(folder, file), content);

const ctpText = (): string => fromGbk(caseNamed("ctp-standard").bytes);

/** Text that two formats claim. */
const fitsTwo = (): Uint8Array =>
  toGbk(fromGbk(caseNamed("ctp-wide").bytes) + fromGbk(caseNamed("etf-option").bytes));

/** The sample on another day. */
const onDay = (day: string, text: string): Uint8Array =>
  toGbk(text.replaceAll("日期 Date：20261120", `日期 Date：${day}`));

const PRICES = [
  ["m2701", "2985", "2970"],
  ["SR701", "5750", "5742"],
  ["cu2701", "86500", "86120"],
  // Codes are read in any case.
  ["SC2702", "498.6", "505.2"],
  ["si2701", '"9,350"', "9310"],
  ["IO", "4650", "4638"],
] as const;

const pricesOf = (...days: readonly string[]): string =>
  [
    "underlying,day,price,previous",
    ...days.flatMap((day) =>
      PRICES.map(([code, price, previous]) => [code, day, price, previous].join(",")),
    ),
    "",
  ].join("\n");

const RATES = { m: "0.07", SR: "0.07", cu: "0.09", sc: "0.1", si: "0.09" };
const BROKER = JSON.stringify({
  version: 1,
  products: Object.fromEntries(
    Object.entries(RATES).map(([code, exchange]) => [code, { exchange }]),
  ),
});

const GIVEN = ["--prices", "prices.csv", "--broker", "broker.json"] as const;

/** Money alone, as a query prints it. */
const FUND =
  "2026-11-20@90000001@1000@529@0@47.10@900@900@1000@1000@0@0@0@0@N@CNY@1000@0@0@0@0@0\n";

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "reconcile-"));
  write("20261120.txt", caseNamed("ctp-standard").bytes);
  write("etf.txt", caseNamed("etf-option").bytes);
  write("prices.csv", pricesOf("2026-11-20", "2026-11-23", "2026-11-24"));
  write("broker.json", BROKER);
  write("wrong.json", JSON.stringify({ products: { m: { exchange: "7" } } }));
  // Five hundred more on sugar, from the Monday on; the sums are the sample's with it.
  const more = [
    ["25600.00", "26100.00"],
    ["471396.00", "471896.00"],
    ["404021.48", "403521.48"],
    ["53.85%", "53.90%"],
  ] as const;
  const raised = more.reduce((text, [from, to]) => text.replaceAll(from, to), ctpText());
  mkdirSync(path.join(folder, "month"));
  write("month/20261120.txt", caseNamed("ctp-standard").bytes);
  write("month/20261123.txt", onDay("20261123", raised));
  write("month/20261124.txt", onDay("20261124", raised));
  // The first run compiles the sources where nobody has yet.
  await run("--help");
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("exit code 0: everything is explained", () => {
  test("the sample, in Chinese unless told otherwise", async () => {
    const { code, out, err } = await run("20261120.txt", ...GIVEN);
    expect([code, err]).toEqual([0, ""]);
    const lines = out.split("\n");
    expect(lines.slice(0, 5)).toEqual([
      "== 90****01 人民币 · 示例期货有限公司 ==",
      "2026-11-20 · 20261120.txt",
      "公司在交易所保证金率上加 3 个百分点。",
      "5 个品种 8 行吻合到分。",
      "全部对上：7 行吻合，3 行有原因，差额合计 -1332.00。",
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        "≈ 已解释  sc2702C520 卖 1 手：账单 73376.00，我们 66468.00，差额 +6908.00",
        "    昨日价格（期权昨结算 15.1、标的昨日价 505.2）。",
        "  按公司规则逐行重算  472728.00",
        "  组合优惠（2 行）     -8240.00",
        "  账单保证金          471396.00",
        "账户恒等式 18/18",
        "风险度：账单印的 53.85%，按账单保证金 53.85%，按公司规则重算 53.06%",
      ]),
    );
    expect(out).not.toContain("90000001");
  });

  test("the other style of charging, with an adjusted contract's terms, in English", async () => {
    // Without a column of days prices hold for the one day there is.
    write("etf.csv", "标的,价格\n510050,3.052\n510300,4.721\n159919,4.735\n");
    write("terms.csv", "合约,行权价,合约单位\n510300C2612A04000,3.948,10132\n");
    const { code, out } = await run(
      ...["etf.txt", "--prices", "etf.csv", "--terms", "terms.csv", "--lang", "en"],
    );
    expect(code).toBe(0);
    expect(out).toContain("== 99****01 CNY · ");
    expect(out).toContain("The broker charges 1.15 times the exchange's margin.\n");
    expect(out).toContain("All accounted for: 5 rows matching, 0 with a cause, 0.00 in all.\n");
  });
});

describe("what else is given", () => {
  test("a second price of the day explains rows that were charged by it", async () => {
    const rows = PRICES.map(([code, price, previous]) =>
      [code, code === "IO" ? "4652.6" : price, previous, code === "IO" ? price : ""].join(","),
    );
    write("two.csv", ["标的,结算价,前一日价格,收盘价", ...rows].join("\n"));
    const { code, out } = await run(
      ...["20261120.txt", "--prices", "two.csv", "--broker", "broker.json", "--json"],
    );
    const [{ rows: found }] = JSON.parse(out).accounts[0].days;
    const index = found.filter(
      (row: { underlying: string; side: string }) =>
        row.underlying === "IO" && row.side === "short",
    );
    expect(code).toBe(0);
    expect(index.length).toBeGreaterThan(0);
    for (const { reasons } of index) {
      expect(reasons).toEqual([
        expect.objectContaining({
          id: "otherUnderlying",
          detail: expect.stringContaining("标的另一价格 4650"),
        }),
      ]);
    }
  });

  test("of a file that fits two formats --format tells which it is", async () => {
    write("either.txt", fitsTwo());
    const asked = await run("either.txt", ...GIVEN);
    expect(asked.code).toBe(2);
    expect(asked.out).toContain("用 --format 说明是哪一种：ctp、etfOption。");
    const told = await run("either.txt", "20261120.txt", ...GIVEN, "--format", "CTP");
    expect(told.out).not.toContain("--format");
    const wrong = await run("either.txt", "--format", "pdf");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("现为 pdf。")]);
  });
});

describe("lines that nothing takes are told", () => {
  test("of prices: codes and days that no statement has, figures that it prints otherwise", async () => {
    const lines = [
      "underlying,day,price",
      ...["m2701,2026-11-20,2999", "NOSUCH,2026-11-20,5", "SR701,2026-11-10,5750"],
      // The index itself, its future, and the day before: all taken.
      ...["IO,2026-11-20,4650", "IF2612,2026-11-20,4650", "sc2702,2026-11-19,505.2"],
      ...["X1", "X2", "X3", "X4"].map((code) => `${code},2026-11-20,1`),
    ];
    write("slips.csv", lines.join("\n"));
    const { code, out } = await run("20261120.txt", "--prices", "slips.csv");
    expect(code).toBe(1);
    expect(out.split("\n").filter((line) => line.startsWith("! "))).toEqual([
      "! slips.csv 有 7 行没有用上：第 2 行 m2701 2026-11-20 2999（账单是 2985）、第 3 行 NOSUCH（账单里没有）、第 4 行 SR701 2026-11-10（没有用得上的账单）、第 8 行 X1（账单里没有）、第 9 行 X2（账单里没有），还有 2 行。核对代码、日期和数字。",
    ]);
    const json = await run("20261120.txt", "--prices", "slips.csv", "--json", "--lang", "en");
    expect(JSON.parse(json.out).notes).toEqual([
      expect.stringMatching(
        /^Of slips\.csv 7 lines were not taken: row 2, m2701 2026-11-20 2999 \(the statement has 2985\); /,
      ),
    ]);
    // A table of many days is none of slips.
    const fine = await run("20261120.txt", ...GIVEN);
    expect(fine.out).not.toContain("没有用上");
  });

  test("of terms; the number a statement prints beside the code is taken", async () => {
    write("etf.csv", "标的,价格\n510050,3.052\n510300,4.721\n159919,4.735\n");
    write("numbers.csv", "合约,行权价,合约单位\n10010777,3.948,10132\n");
    const given = ["etf.txt", "--prices", "etf.csv", "--terms"] as const;
    const taken = await run(...given, "numbers.csv");
    expect([taken.code, taken.out]).toEqual([0, expect.not.stringContaining("没有用上")]);
    write("slips.csv", "合约,行权价,合约单位\n10010778,3.948,10132\n10011001,3.2,10000\n");
    const { out } = await run(...given, "slips.csv");
    expect(out).toContain(
      "! slips.csv 有 2 行没有用上：第 2 行 10010778（账单里没有）、第 3 行 10011001 行权价 3.2（账单是 3.1）。",
    );
  });
});

describe("what is missing is said with the option that gives it", () => {
  test.each([
    [
      ["--prices", "prices.csv"],
      "缺 SR701 的交易所期货保证金率，交易所标准先不下结论。在公司参数里填保证金率，命令行用 --broker。",
    ],
    [
      ["--broker", "broker.json"],
      "缺 SR701 的价格，按规则的保证金先不下结论。填入价格，命令行用 --prices。",
    ],
  ])("%j", async (args, sentence) => {
    expect((await run("20261120.txt", ...args)).out).toContain(sentence);
  });

  test("an adjusted contract's terms, an option's settlement, columns without names", async () => {
    write("etf.csv", "标的,价格\n510050,3.052\n510300,4.721\n159919,4.735\n");
    const etf = await run("etf.txt", "--prices", "etf.csv");
    expect(etf.out).toContain("照合约公告在账户里“合约的行权价和单位”处补上，命令行用 --terms。");
    write("opened.csv", "合约,方向,手数,开仓价,标的价,保证金\nm2701-P-2900,卖,10,41,2985,29450\n");
    const given = ["opened.csv", "--day", "2026-11-20", "--broker", "broker.json"] as const;
    const { out } = await run(...given);
    expect(out).toContain(
      "m2701-P-2900 没有结算价，保证金算不出。补上再导入，命令行写进 --prices（标的写 m2701-P-2900）。",
    );
    write("own.csv", "标的,价格\nm2701-P-2900,38.5\n");
    expect((await run(...given, "--prices", "own.csv")).out).not.toContain("没有结算价");
    write("strange.csv", "a,b\nm2701-P-2900,10\n");
    expect((await run("strange.csv")).out).toContain("先把列名改成“合约”“手数”。");
  });
});

test("days whose rows each fit an addition of their own are told in full, and aren't all right", async () => {
  mkdirSync(path.join(folder, "own"));
  const header = "日期,账号,合约,方向,手数,结算价,标的价,保证金";
  for (const day of ["2026-11-19", "2026-11-20"]) {
    const rows = ["m2701-C-3100,卖,4,40,2985,12553.40", "SR701C6000,卖,5,62,5750,32212.50"];
    const lines = rows.map((row) => `${day},90000001,${row}`);
    write(`own/${day}.csv`, [header, ...lines, ""].join("\n"));
  }
  const { code, out } = await run("own", ...GIVEN);
  expect(code).toBe(0);
  expect(out).not.toContain("对上");
  expect(out.split("\n")).toEqual(
    expect.arrayContaining([
      "2 天中 2 天的加收未确认。",
      "    2026-11-19  未解释 0 · 不可核对 0 · 已解释 2 · 吻合 0 · 加收未确认",
      "2026-11-19 · 2026-11-19.csv",
      "2026-11-20 · 2026-11-20.csv",
    ]),
  );
  expect(out.match(/2 行各按自己的加收才正好，公司的收法未确认。/g)).toHaveLength(2);
  const english = await run("own", ...GIVEN, "--lang", "en");
  expect(english.out).toContain("Of 2 days 2 with additions that aren't confirmed.\n");
});

describe("exit code 1: something is left to ask", () => {
  test("a month in a folder is told day by day, with the first day of a break", async () => {
    const { code, out } = await run("month", ...GIVEN);
    expect(code).toBe(1);
    expect(out.split("\n")).toEqual(
      expect.arrayContaining([
        "3 天中 2 天有未解释的差额，最早 2026-11-23：SR701C6000 +500.00。",
        "  SR701C6000 +500.00：自 2026-11-23 起，共 2 天",
        "    2026-11-20  未解释 0 · 不可核对 0 · 已解释 3 · 吻合 7",
        "    反推保证金率 10.1739%，是交易所保证金的 1.5376 倍",
        "  ? 2026-11-23  未解释 1 · 不可核对 0 · 已解释 3 · 吻合 6",
        "? 未解释  SR701C6000 卖 5 手：账单 26100.00，我们 25600.00，差额 +500.00",
      ]),
    );
    // Of a month a day without a break is one line.
    expect(out).not.toContain("2026-11-20 · ");
  });

  test("what can't be checked is not explained", async () => {
    const { code, out } = await run("20261120.txt", "--broker", "broker.json");
    expect(code).toBe(1);
    expect(out).toContain("– 不可核对  SR701C6000 卖 5 手：账单 25600.00，我们 —，差额 —\n");
    expect(out).toContain("从重算到账单（不完整）\n");
  });

  test("where no row can be checked nothing is said to have been worked out", async () => {
    const { code, out } = await run("etf.txt", "--lang", "en");
    expect(code).toBe(1);
    expect(out).toContain("\nNo row confirms it");
    write("fund.txt", FUND);
    expect((await run("fund.txt")).out).toMatch(/按公司规则逐行重算 +—\n/);
  });

  test("what the statement's figures owe each other reads as an equation", async () => {
    write("failing.txt", toGbk(ctpText().replaceAll("404021.48", "504021.48")));
    const zh = await run("failing.txt", ...GIVEN);
    expect(zh.out).toContain(
      "  可用资金（至多） = 客户权益 − 保证金占用：不成立：账单 504021.48，应为 404021.48\n",
    );
    write("failing.txt", toGbk(ctpText().replaceAll("53.85%", "63.85%")));
    const en = await run("failing.txt", ...GIVEN, "--lang", "en");
    expect(en.out).toContain("  risk degree = margin in use ÷ equity: fails: printed 0.6385");
  });

  test("two papers of one day are told apart by their files, and their clash is said once of each", async () => {
    mkdirSync(path.join(folder, "two"));
    write("two/20.txt", caseNamed("ctp-standard").bytes);
    write("two/20b.txt", toGbk(ctpText().replaceAll("25600.00", "26100.00")));
    const { code, out } = await run("two", ...GIVEN, "--lang", "en");
    expect(code).toBe(1);
    const lines = out.split("\n");
    expect(lines.filter((line) => / {2}unexplained \d/.test(line))).toEqual([
      expect.stringContaining("2026-11-20 · 20.txt  unexplained 0"),
      expect.stringContaining("2026-11-20 · 20b.txt  unexplained 1"),
    ]);
    expect(out.match(/is the same kind of paper of the same account/g)).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith("! "))).toEqual([
      "! There are 2 statements of 90****01 CNY for 2026-11-20: each is reconciled by itself.",
    ]);
  });
});

describe("a margin that no row prints is no zero", () => {
  const rows = ["IO2612-C-4800,卖,1,45.2,,", "IO2612-P-4300,卖,1,18.6,,"];
  const table = (...lines: readonly string[]): string =>
    ["合约,方向,手数,结算价,标的价,保证金", ...lines, ""].join("\n");
  const sumOf = (out: string, name: string): string =>
    out.split("\n").find((line) => line.startsWith(`  ${name}`)) ?? "";

  test("where none is printed", async () => {
    write("bare.csv", table(...rows));
    const { code, out } = await run("bare.csv", "--day", "2026-11-20");
    expect(code).toBe(1);
    expect(sumOf(out, "不可核对的行")).toMatch(/^ {2}不可核对的行（2 行，都没有印保证金） +—$/);
    expect(sumOf(out, "账单逐行之和")).toMatch(/ —$/);
    expect(sumOf(out, "按公司规则逐行重算")).toMatch(/ —$/);
    const json = await run("bare.csv", "--day", "2026-11-20", "--json");
    const [{ bridge }] = JSON.parse(json.out).accounts[0].days;
    expect(bridge).toMatchObject({ to: null, unprinted: 2 });
    expect(bridge.items).toEqual([
      expect.objectContaining({ rows: 2, unprinted: 2, amount: null }),
    ]);
  });

  test("where some aren't, it is said of how many", async () => {
    write("half.csv", table(...rows, "IO2612-P-4200,卖,1,12.4,,30000"));
    const { out } = await run("half.csv", "--day", "2026-11-20", "--lang", "en");
    expect(sumOf(out, "rows that can't")).toMatch(
      /^ {2}rows that can't be checked \(3 rows, 1 with a printed margin\) +\+30000\.00$/,
    );
  });
});

describe("what could not be read", () => {
  const holdings = (rows: number): string =>
    Array.from(
      { length: rows },
      (_, i) => `2026-11-20@90000001@m2701-P-${2000 + 50 * i}@S@S@1@=x${i}@0@0@9@9@9@1@D@N@CNY@`,
    ).join("\n");

  test("is listed with its row and value, ten of it, and how many more there are", async () => {
    const good = "2026-11-20@90000001@m2701-P-2900@S@S@10@29450.00@0@0@41@40.5@38.5@1@D@N@CNY@";
    write("bad.txt", `${holdings(14)}\n${good}\n`);
    write("fund.txt", FUND);
    const { code, out } = await run("bad.txt", "fund.txt", ...GIVEN);
    expect(code).toBe(1);
    const lines = out.split("\n");
    const at = lines.findIndex((one) => one.startsWith("问题 "));
    expect(lines.slice(at, at + 3)).toEqual([
      "问题 15",
      "  第 1 行“交易保证金”不是数字：“=x0”。",
      "  第 2 行“交易保证金”不是数字：“=x1”。",
    ]);
    // Those that are left out, and the risk degree that the rows read don't give.
    expect(lines[at + 11]).toBe("  还有 5 处，见 --json 或 --xlsx");
  });

  test("money without holdings breaks no total, and is not accounted for", async () => {
    write("fund.txt", FUND);
    const { code, out } = await run("fund.txt", ...GIVEN);
    expect(code).toBe(1);
    expect(out).toContain("没有可以核对的行。\n");
    expect(out).not.toContain("账户合计与逐行之和");
    expect(out).toMatch(/不可核对的行 +\+471\.00\n/);
  });
});

describe("exit code 2: unreadable, or a wrong command", () => {
  test("a file that is no statement, beside one that is", async () => {
    write("letter.txt", "Dear customer,\nsee you soon.\n");
    const { code, out } = await run("20261120.txt", "letter.txt", ...GIVEN);
    expect(code).toBe(2);
    expect(out).toContain("全部对上");
    expect(out).toContain("! letter.txt 读不出：\n    没认出 letter.txt");
    // Nothing stands behind the colon.
    const english = await run("letter.txt", "--lang", "en");
    expect(english.out).toContain("! letter.txt can't be read:\n    letter.txt isn't");
  });

  test("a file of trades alone is said to be one", async () => {
    const { bytes, file } = caseNamed("securities-trades-history");
    write(file, bytes);
    const { code, out } = await run(file);
    expect(code).toBe(2);
    expect(out).toContain(`! ${file} 读不出：\n    这个文件只有成交，没有持仓，也没有资金`);
    expect(out).not.toContain("备兑锁定");
  });

  test("help is asked for either way, and a file named as a language is none", async () => {
    const help = await run("-h", "--lang", "en");
    expect([help.code, help.out]).toEqual([0, expect.stringMatching(/^Usage: /)]);
    write("en", "a letter\n");
    const { code, out } = await run("en");
    expect([code, out]).toEqual([2, expect.stringContaining("! en 读不出：")]);
  });

  test.each([
    [["nowhere.txt"], "打不开 nowhere.txt（ENOENT）", "out"],
    [[], "没有给出账单文件。", "err"],
    [["20261120.txt", "--price", "x"], "命令有误：没有 --price 这个选项。\n", "err"],
    [["20261120.txt", "-x"], "命令有误：没有 -x 这个选项。\n", "err"],
    [["20261120.txt", "--prices"], "命令有误：--prices 后面须有它的值。\n", "err"],
    [["--prices", "--json"], "命令有误：--prices 后面须有它的值，现为 --json。\n", "err"],
    [
      ["20261120.txt", "--json=1", "--lang=en"],
      "The command is wrong: --json takes no value, but has 1.\n",
      "err",
    ],
    [["20261120.txt", "--lang", "fr"], "--lang 须是 zh 或 en，现为 fr。", "err"],
    [["20261120.txt", "--day", "yesterday"], "--day 须是 2026-11-20 这样的日期", "err"],
    [["20261120.txt", "--prices", "broker.json"], "broker.json 缺列 underlying、price", "err"],
    [["20261120.txt", "--broker", "prices.csv"], "prices.csv 不是公司参数的 JSON", "err"],
    [
      ["20261120.txt", "--broker", "wrong.json"],
      'wrong.json：公司参数“products.m.exchange”现为 "7"，须大于 0、不超过 1。改好再运行。\n',
      "err",
    ],
  ] as const)("%j", async (args, sentence, where) => {
    const answer = await run(...args);
    expect(answer.code).toBe(2);
    expect(answer[where]).toContain(sentence);
  });

  test.each([
    ["underlying,day,price\nm2701,2026-11-20,0\n", "第 2 行 price 现为“0”：须是大于 0 的数字"],
    ["underlying,day,price\nm2701,soon,2985\n", "第 2 行 day 现为“soon”：不是日期"],
    [
      "underlying,day,price\nm2701,2026-11-20,2985\n\nM2701,2026-11-20,2986\n",
      "第 4 行 price 现为“2986”：m2701 这一天已有另一个价格 2985",
    ],
    ["underlying,day,price\n,2026-11-20,2985\n", "第 2 行 underlying 现为“”：不能空白"],
  ])("prices as %j are refused with their row and value", async (text, sentence) => {
    const file = `wrong${text.length}.csv`;
    write(file, text);
    const { code, err } = await run("20261120.txt", "--prices", file);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });

  test("prices without days can't be of three days", async () => {
    write("dayless.csv", "underlying,price\nm2701,2985\n");
    const { code, err } = await run("month", "--prices", "dayless.csv");
    expect([code, err]).toEqual([2, expect.stringContaining("dayless.csv 没有日期列")]);
  });
});

test("--json is the whole finding: figures as decimal text, nothing for what isn't known", async () => {
  const { code, out } = await run("month", ...GIVEN, "--json");
  const found = JSON.parse(out);
  expect([code, found.version, found.exitCode]).toEqual([1, 1, 1]);
  expect(found.files.map((file: { readable: boolean }) => file.readable)).toEqual([
    ...[true, true, true],
  ]);
  const [account] = found.accounts;
  expect([account.name, account.firstBreak]).toEqual(["90****01 人民币", "2026-11-23"]);
  expect(account.currency).toBe("CNY");
  expect(account.breaks).toEqual([
    { contract: "SR701C6000", from: "2026-11-23", days: 2, difference: "500" },
  ]);
  const [friday, monday] = account.days;
  expect(friday.counts).toEqual({ matching: 7, explained: 3, unexplained: 0, notCheckable: 0 });
  expect(friday.rule.main).toMatchObject({ kind: "points", points: "0.03" });
  expect(friday.bridge).toMatchObject({ from: "472728", to: "471396", complete: true });
  const row = monday.rows.find(({ contract }: { contract: string }) => contract === "SR701C6000");
  expect(row).toMatchObject({
    ...{ side: "short", quantity: "5", printed: "26100", ours: "25600", difference: "500" },
    ...{ verdict: "unexplained", rate: "0.1", impliedRate: "0.10173913", reasons: [] },
  });
  expect(Object.keys(row)).toEqual([
    ...["contract", "side", "quantity", "underlying", "price", "underlyingPrice", "strike", "unit"],
    ...["verdict", "printed", "ours", "difference", "perLot", "rate", "markup", "impliedRate"],
    ...["impliedMarkup", "reasons", "causesTried", "nearest", "untried", "text"],
  ]);
  expect(out).not.toContain("90000001");
});

test("--json names no nearest cause where a set fits and its partner's lots don't suffice", async () => {
  const rows = [
    ["合约", "方向", "手数", "结算价", "标的价", "保证金"],
    ["m2701-P-2800", "卖", 4, 15, 2985, 600],
    ["m2701-P-2750", "卖", 4, 11, 2985, 440],
    ["m2701-C-3100", "卖", 4, 40, 2985, 11240],
    ["m2705-P-2900", "卖", 1, 38.5, 2985, 2945],
  ];
  write("contested.csv", rows.map((row) => row.join(",")).join("\n"));
  const { out } = await run(
    ...["contested.csv", "--day", "2026-11-20", "--broker", "broker.json", "--json"],
  );
  const [{ rows: found }] = JSON.parse(out).accounts[0].days;
  expect(found.slice(0, 2)).toEqual([
    expect.objectContaining({ verdict: "unexplained", difference: "-8240", nearest: null }),
    expect.objectContaining({ verdict: "unexplained", difference: "-7240", nearest: null }),
  ]);
});

describe("--xlsx", () => {
  const workbook = (file: string): XLSX.WorkBook =>
    XLSX.read(readFileSync(path.join(folder, file)), { cellFormula: true });
  const cells = (sheet: XLSX.WorkSheet | undefined): [string, XLSX.CellObject][] =>
    Object.entries(sheet ?? {}).filter(([at]) => !at.startsWith("!"));

  test("writes a sheet a day behind their list: formulas with their values, ours as text", async () => {
    const { code } = await run("month", ...GIVEN, "--xlsx", "report.xlsx");
    expect(code).toBe(1);
    const book = workbook("report.xlsx");
    expect(book.SheetNames).toEqual(["汇总", "对账 11-20", "对账 11-23", "对账 11-24"]);
    const list = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets["汇总"] as XLSX.WorkSheet, {
      header: 1,
    });
    const [head] = list;
    const under = (row: number, name: string): unknown => list[row]?.[head?.indexOf(name) ?? -1];
    expect(list[2]?.slice(1, 12)).toEqual([
      ...["CNY", "2026-11-23", "对账 11-23", 1, 0, 3, 6, 500, 0, 0, 0],
    ]);
    expect(under(2, "是否完整")).toBe("完整");
    const ratios = ["风险度（账单所印）", "风险度（账单保证金 ÷ 权益）", "风险度（按规则重算）"];
    const [printed, ofPrinted, byRules] = ratios.map((name) => under(2, name));
    expect([printed, Number(ofPrinted).toFixed(4)]).toEqual([0.539, "0.5391"]);
    expect(byRules).toBeLessThan(0.539);
    const day = book.Sheets["对账 11-23"];
    const all = cells(day);
    const at = (contract: string): string =>
      all.find(([, { v }]) => v === contract)?.[0].slice(1) ?? "";
    const sugar = at("SR701C6000");
    expect(["J", "K", "L"].map((column) => day?.[`${column}${sugar}`]?.v)).toEqual([
      ...[26100, 25600, 500],
    ]);
    expect(day?.[`L${sugar}`]?.f).toBe(`J${sugar}-K${sugar}`);
    expect([day?.[`K${sugar}`]?.f, day?.[`O${sugar}`]?.t, day?.[`O${sugar}`]?.v]).toEqual([
      ...[undefined, "s"],
      `=ROUND(MARGIN.SHORT(A${sugar},D${sugar},E${sugar},F${sugar},C${sugar},G${sugar},$B$7,I${sugar},H${sugar}),2)`,
    ]);
    const future = at("m2701");
    expect([day?.[`K${future}`]?.f, day?.[`K${future}`]?.v]).toEqual([
      `ROUND(C${future}*E${future}*H${future}*F${future}*(1+G${future}),2)`,
      17910,
    ]);
    // No other function is used than a spreadsheet's own.
    const used = all.flatMap(([, { f = "" }]) => f.match(/[A-Z.]+(?=\()/g) ?? []);
    expect([...new Set(used)].sort()).toEqual(["ROUND", "SUM"]);
  });

  test("the list marks a partial day, its unread row and what the total is off by", async () => {
    mkdirSync(path.join(folder, "cut"));
    write("cut/20261120.txt", caseNamed("ctp-standard").bytes);
    const unread = ctpText().replaceAll("25600.00", "25x00.00");
    write("cut/20261123.txt", onDay("20261123", unread));
    const { code, out } = await run("cut", ...GIVEN, "--xlsx", "cut.xlsx");
    expect(code).toBe(1);
    const book = workbook("cut.xlsx");
    const list = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets["汇总"] as XLSX.WorkSheet, {
      header: 1,
    });
    expect([...(list[1]?.slice(8, 12) ?? []), list[1]?.[15]]).toEqual([0, 0, 0, 0, "完整"]);
    const [open, total, failed, lost] = list[2]?.slice(8, 12) ?? [];
    const whole = list[2]?.[15];
    expect([open, total, lost, whole]).toEqual([0, 25600, 1, "不完整"]);
    expect(failed).toBeGreaterThan(0);
    // Which row and which value, in the text and on the day's sheet.
    expect(out).toMatch(/\n问题 \d+\n(.*\n)*  第 \d+ 行“保证金占用”不是数字：“25x00\.00”。\n/);
    const said = cells(book.Sheets["对账 11-23"]).filter(([, { v }]) =>
      String(v).includes("“25x00.00”"),
    );
    expect(said.map(([, { t, f }]) => [t, f])).toEqual(said.map(() => ["s", undefined]));
    expect(said.length).toBeGreaterThan(0);
  });

  test("formulas are headed in the header's row, and every sheet is laid out to be printed", async () => {
    const rows = ["合约,方向,手数,结算价,保证金", "sc2702C520,卖,1,,73376"];
    const priced = ["m2701-P-2900,卖,10,38.5,29450", "SR701C6000,卖,5,62,25600"];
    write("few.csv", [...rows, ...priced, ""].join("\n"));
    const given = ["few.csv", "20261120.txt", "--day", "2026-11-20", ...GIVEN];
    await run(...given, "--xlsx", "few.xlsx", "--lang", "en");
    const book = workbook("few.xlsx");
    const [list = "", few = ""] = book.SheetNames;
    const sheet = book.Sheets[few];
    // What can't be checked comes first and has no formula.
    const top =
      cells(sheet)
        .find(([, { v }]) => v === "Contract")?.[0]
        .slice(1) ?? "";
    const column = cells(sheet).filter(([at]) => at.startsWith("O"));
    expect(column.map(([at, { v }]) => [at, String(v).slice(0, 14)])).toEqual([
      [`O${top}`, "Formula (with "],
      ...[2, 3].map((below) => [`O${Number(top) + below}`, "=ROUND(MARGIN."]),
    ]);
    const names = book.Workbook?.Names?.map(({ Name, Sheet, Ref }) => [Name, Sheet, Ref]);
    const last = XLSX.utils.decode_range(sheet?.["!ref"] ?? "").e.r + 1;
    expect(names?.slice(0, 3)).toEqual([
      ["_xlnm.Print_Titles", 0, `'${list}'!$1:$1`],
      ["_xlnm.Print_Area", 1, `'${few}'!$A$1:$N$${last}`],
      ["_xlnm.Print_Titles", 1, `'${few}'!$${top}:$${top}`],
    ]);
    const parts = XLSX.CFB.read(readFileSync(path.join(folder, "few.xlsx")), { type: "buffer" });
    const part = (name: string): string =>
      Buffer.from(XLSX.CFB.find(parts, name).content as Uint8Array).toString();
    const styles = part("/xl/styles.xml")
      .replace(/.*<cellXfs/s, "")
      .match(/<xf .*?(?:\/>|<\/xf>)/gs);
    for (const index of book.SheetNames.keys()) {
      const xml = part(`/xl/worksheets/sheet${index + 1}.xml`);
      expect(xml).toMatch(/<sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr><dimension /);
      expect(xml).toMatch(
        /<\/sheetData><pageSetup [^>]*orientation="landscape" fitToWidth="1" fitToHeight="0"\/><ignored/,
      );
    }
    const styleOf = (at: string): string => {
      const [, style] =
        new RegExp(`<c r="${at}" s="(\\d+)"`).exec(part("/xl/worksheets/sheet2.xml")) ?? [];
      return styles?.[Number(style)] ?? "";
    };
    const first = Number(top) + 1;
    expect(styleOf(`N${first}`)).toContain('wrapText="1"');
    expect(styleOf(`M${first}`)).toContain('horizontal="left" indent="1" wrapText="1"');
    expect(styleOf(`J${first}`)).toMatch(/numFmtId="4" .*<alignment vertical="top"\/>/);
    expect(styleOf("A3")).not.toContain("wrapText");
  });

  test("a file's text never becomes a formula", async () => {
    const rows = ["=1+1", '=HYPERLINK("http://x")', "+A1", "@SUM(A1)"].map(
      (text) => `"${text.replaceAll('"', '""')}",卖,1,38.5,2945`,
    );
    write("=cmd.csv", ["合约,方向,手数,结算价,保证金", ...rows, ""].join("\n"));
    const answer = await run("=cmd.csv", "--day", "2026-11-20", "--xlsx", "hostile.xlsx");
    expect(answer.code).toBe(1);
    const book = workbook("hostile.xlsx");
    const all = book.SheetNames.flatMap((name) => cells(book.Sheets[name]));
    expect(all.filter(([, { v }]) => v === "=1+1").map(([, { t, f }]) => [t, f])).toEqual([
      ["s", undefined],
    ]);
    const formulas = all.flatMap(([, { f }]) => (f === undefined ? [] : [f]));
    expect(formulas.filter((f) => !/^(ROUND|SUM)\(|^J\d+-K\d+$/.test(f))).toEqual([]);
  });

  test("a place that can't be written is said, with exit code 2", async () => {
    const { code, err } = await run("20261120.txt", ...GIVEN, "--xlsx", "nowhere/report.xlsx");
    expect([code, err]).toEqual([2, expect.stringContaining("报告写不进 nowhere/report.xlsx")]);
    expect(existsSync(path.join(folder, "nowhere"))).toBe(false);
  });
});
