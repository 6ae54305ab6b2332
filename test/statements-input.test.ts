/** Bad input gets a plain sentence in both languages; encodings, cells, plain tables and mappings. */
import * as XLSX from "@e965/xlsx";
import { describe, expect, test } from "@jest/globals";
import { digits } from "../src/core";
import {
  fingerprint,
  positionsOfAccount,
  readCells,
  readPasted,
  readStatement,
  type ReadOptions,
  type Statement,
} from "../src/statements";
import { caseNamed, cases, fromGbk, toGbk, toUtf8 } from "./statements/files";

const codes = ({ problems }: Statement): string[] => problems.map(({ code }) => code);

const readText = (text: string, file = "a.txt", options?: ReadOptions): Promise<Statement> =>
  readStatement(toUtf8(text), file, options);

const textOf = (name: string): string => fromGbk(caseNamed(name).bytes);

const lines = (statement: Statement): string[] =>
  statement.positions.map(({ contract, side, quantity, margin }) =>
    [contract, side, digits(quantity), margin ? digits(margin) : "-"].join(" "),
  );

/** An old-style container with the given streams. */
function container(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const cfb = XLSX.CFB.utils.cfb_new();
  for (const [name, bytes] of Object.entries(streams)) XLSX.CFB.utils.cfb_add(cfb, name, bytes);
  return new Uint8Array(XLSX.CFB.write(cfb, { type: "buffer" }) as Uint8Array);
}

describe("files that are no statements", () => {
  test.each<[string, Uint8Array, string, string]>([
    ["an empty file", new Uint8Array(), "empty", "a.txt 是空的。"],
    [
      "a letter",
      toUtf8("Dear Sir,\nnothing here.\n"),
      "notAStatement",
      "没认出 a.txt：不是已知的结算单，也没有合约和手数两列。在任务窗格里可以手工指定列；用命令行时，先把列名改成“合约”“手数”。",
    ],
    [
      "bytes of no encoding",
      Uint8Array.from({ length: 400 }, (_, i) => [0xff, 0x81, 0x20][i % 3] as number),
      "encoding",
      "a.txt 的文字读不出来（既非 UTF-8 也非 GB18030）。从软件里重新导出一份。",
    ],
    [
      "a 21 MB file",
      new Uint8Array(21_000_000),
      "tooLarge",
      "a.txt 有 21 MB，上限 20 MB。按月或按账户分开。",
    ],
    [
      "an encrypted .xlsx",
      container({ EncryptedPackage: new Uint8Array(64), EncryptionInfo: new Uint8Array(64) }),
      "password",
      "a.txt 有密码。在 Excel 里另存一份不加密的再导入。",
    ],
    [
      "an encrypted .xls",
      // BOF, then FILEPASS.
      container({ Workbook: Uint8Array.from([9, 8, 4, 0, 0, 6, 5, 0, 0x2f, 0, 2, 0, 0, 0]) }),
      "password",
      "a.txt 有密码。在 Excel 里另存一份不加密的再导入。",
    ],
    [
      "half an .xlsx",
      caseNamed("wenhua").bytes.slice(0, 9000),
      "unreadableWorkbook",
      "a.txt 损坏或不完整，打不开。重新下载或导出一份。",
    ],
    [
      "the first block of an .xls",
      caseNamed("securities-account").bytes.slice(0, 512),
      "unreadableWorkbook",
      "a.txt 损坏或不完整，打不开。重新下载或导出一份。",
    ],
  ])("%s", async (_, bytes, code, zh) => {
    const statement = await readStatement(bytes, "a.txt");
    expect(codes(statement)).toEqual([code]);
    expect(statement.problems[0]?.text.zh).toBe(zh);
    expect(statement.problems[0]?.text.en).toMatch(/^[A-Z a-z.,';:&\d-]+$/);
    expect([statement.format, statement.totals.trust]).toEqual([undefined, "incomplete"]);
  });

  test("a zip that promises to unpack to gigabytes is not unpacked", async () => {
    const bomb = caseNamed("wenhua").bytes.slice();
    const view = new DataView(bomb.buffer);
    for (let i = 0; i < bomb.length - 46; i += 1) {
      if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + 24, 500_000_000, true);
    }
    expect(codes(await readStatement(bomb, "a.xlsx"))).toEqual(["tooLarge"]);
  });

  test("a file that two formats claim is read by neither until one is chosen", async () => {
    const both = textOf("ctp-wide") + textOf("etf-option");
    const statement = await readText(both);
    expect([statement.format, statement.choices]).toEqual([undefined, ["ctp", "etfOption"]]);
    expect(statement.problems[0]?.text.zh).toBe(
      "a.txt 像 期货公司结算单（CTP 文本），也像 期货公司 ETF 期权结算单，请选一个。",
    );
    expect((await readText(both, "a.txt", { format: "ctp" })).format).toBe("ctp");
  });
});

describe("encodings", () => {
  const gbk = cases.filter(
    ({ bytes, name }) =>
      bytes[0] !== 0xd0 && bytes[0] !== 0x50 && name !== "ibkr" && name !== "futu",
  );

  test("there are texts to try", () => {
    expect(gbk.length).toBeGreaterThan(8);
  });

  test.each(gbk.map(({ name, bytes, file }) => [name, bytes, file] as const))(
    "%s reads the same in UTF-8, with a mark, and in UTF-16",
    async (_, bytes, file) => {
      const text = fromGbk(bytes);
      const before = await readStatement(bytes, file);
      const utf16 = new Uint8Array(
        new Uint16Array([0xfeff, ...[...text].map((c) => c.charCodeAt(0))]).buffer,
      );
      for (const other of [toUtf8(text), toUtf8(`\uFEFF${text}`), utf16]) {
        const after = await readStatement(other, file);
        expect({ ...after, encoding: "" }).toEqual({ ...before, encoding: "" });
      }
    },
  );

  test("text goes to GBK and back", async () => {
    const text = textOf("ctp-standard");
    expect(toGbk(text)).toEqual(caseNamed("ctp-standard").bytes);
  });

  test("one broken byte costs its row and is said, the rest is read", async () => {
    const { bytes, file } = caseNamed("ctp-standard");
    const broken = bytes.slice();
    broken[broken.length - 20] = 0xff;
    const statement = await readStatement(broken, file);
    expect([statement.format, statement.encoding, statement.positions.length]).toEqual([
      "ctp",
      "gb18030",
      10,
    ]);
    expect(codes(statement)).toContain("brokenCharacters");
  });

  test("a statement cut inside a character is read up to there and called cut", async () => {
    const { bytes, file } = caseNamed("ctp-standard");
    const at = bytes.length - [...bytes].reverse().findIndex((byte) => byte > 0x80) - 1;
    const statement = await readStatement(bytes.slice(0, at), file);
    expect(statement.positions).toHaveLength(10);
    expect(codes(statement)).toEqual(["truncated"]);
  });
});

describe("a statement that was cut", () => {
  const { bytes, file } = caseNamed("ctp-standard");
  const text = fromGbk(bytes);
  /** The sample up to the first such words behind others, read in columns and row by row. */
  async function upTo(...words: readonly string[]): Promise<Statement> {
    const end = words.reduce((from, word) => text.indexOf(word, from) + word.length, 0);
    const cut = toGbk(text.slice(0, end));
    const statement = await readStatement(cut, file);
    const slowly = await readStatement(cut, file, { rowByRow: true });
    expect(statement.problems).toEqual(slowly.problems);
    return statement;
  }
  const said = ({ problems }: Statement): string[] =>
    problems.flatMap(({ code, text: { zh } }) => (code === "truncated" ? [zh] : []));

  test("tells how many rows were read of it, those of openings too", async () => {
    const row = "| IO2612-C-4800  | 20261112|";
    const statement = await upTo("持仓明细", row);
    expect(statement.rows.read).toBe(4);
    expect(said(statement)).toEqual([`${file} 在第 78 行中断，已读 4 行，合计不完整。`]);
  });

  test.each([
    ["within a title", ["Positions Detail", "持仓汇"], 91],
    ["behind a title", ["Positions Detail", "持仓汇总 Positions"], 91],
    ["behind a title's rule", ["Positions Detail", "持仓汇总 Positions", "------"], 91],
    ["within a header", ["Positions Detail", "持仓汇总 Positions", "|       品种       |"], 91],
    ["behind a header", ["Positions Detail", "持仓汇总 Positions", "|     Product      |"], 93],
    ["behind the title of another table", ["平仓明细 Position Closed"], 55],
    ["in a table that holds no positions", ["平仓明细", "|20261120  |大商所  |"], 60],
  ])("%s it isn't whole", async (_, words, row) => {
    const statement = await upTo(...words);
    expect(said(statement)).toEqual([expect.stringContaining(`在第 ${row} 行中断`)]);
    expect(statement.totals.trust).toBe("incomplete");
  });

  test("behind its last table's total it is", async () => {
    const statement = await upTo("持仓汇总", "共    10条", "471396.00", "\n", "------");
    expect([said(statement), statement.totals.trust]).toEqual([[], "checked"]);
  });

  test("a table that no total is owed for is whole where a rule or a text closes it", async () => {
    const rule = "-".repeat(60);
    const start = text.indexOf("|20261120", text.indexOf("平仓明细"));
    const table = text.slice(0, text.indexOf("\r\n", start));
    const with_ = (...last: readonly string[]): Promise<Statement> =>
      readText([table, ...last].join("\r\n"));
    expect(said(await with_())).toHaveLength(1);
    for (const last of [[rule], [rule, "", "本单仅供参考。"], ["本单仅供参考。"]])
      expect(said(await with_(...last))).toEqual([]);
  });

  test("at the title of an ETF option statement's table it isn't whole", async () => {
    const etf = textOf("etf-option");
    const at = etf.indexOf("持仓汇总 Positions");
    const statement = await readText(etf.slice(0, at + 4));
    expect(said(statement)).toHaveLength(1);
  });
});

describe("what is missing is never passed over", () => {
  test.each(["ctp-standard", "ctp-wide", "etf-option"])(
    "%s without any one of its position rows is incomplete",
    async (name) => {
      const all = textOf(name).split("\r\n");
      const rows = all.flatMap((row, i) =>
        /^\|.*\d{4}.*\|/.test(row) && !row.startsWith("|共") ? [i] : [],
      );
      const whole = await readText(all.join("\r\n"));
      const ours = rows.filter((i) =>
        whole.positions.concat(whole.lots).some(({ place }) => place.row === i + 1),
      );
      expect(ours.length).toBeGreaterThan(0);
      for (const gone of ours) {
        const statement = await readText(all.filter((_, i) => i !== gone).join("\r\n"));
        expect([gone, statement.totals.trust]).toEqual([gone, "incomplete"]);
      }
    },
  );

  test("a settlement text without any one settlement price, margin or number of lots is incomplete", async () => {
    const all = textOf("ctp-standard").split("\r\n");
    const { positions } = await readText(all.join("\r\n"));
    for (const { place } of positions) {
      const row = (place.row ?? 0) - 1;
      for (const column of [3, 4, 5, 6, 7, 8, 10]) {
        const cells = (all[row] ?? "").split("|");
        if (Number(cells[column]) === 0) continue;
        cells[column] = " ";
        const damaged = all.map((each, i) => (i === row ? cells.join("|") : each));
        expect((await readText(damaged.join("\r\n"))).totals.trust).toBe("incomplete");
      }
    }
  });

  test.each([
    [
      "客户权益 Client Equity：：             875417.48",
      "客户权益 Client Equity：：             975417.48",
      "balanceDiffers",
    ],
    [
      "风 险 度 Risk Degree：                    53.85%",
      "风 险 度 Risk Degree：                    33.85%",
      "riskDegreeDiffers",
    ],
    [
      "可用资金 Fund Avail.：                 404021.48",
      "可用资金 Fund Avail.：                 504021.48",
      "availableTooHigh",
    ],
    [
      "保证金占用 Margin Occupied：           471396.00",
      "保证金占用 Margin Occupied：           4713x6.00",
      "notANumber",
    ],
  ])(
    "an account line that reads %s instead of another is a problem",
    async (right, wrong, code) => {
      const text = textOf("ctp-standard");
      expect(text).toContain(right);
      const statement = await readText(text.replace(right, wrong));
      expect(codes(statement)).toContain(code);
      expect(statement.totals.trust).toBe("incomplete");
    },
  );

  test("an unknown code keeps its row and its margin, and is named", async () => {
    const text = textOf("ctp-standard").replaceAll("sc2702C520", "zz2702X520");
    const statement = await readText(text);
    expect(lines(statement)).toContain("zz2702X520 short 1 73376");
    expect(statement.problems[0]).toMatchObject({ code: "unknownContract", raw: "zz2702X520" });
    expect(digits(statement.totals.margin)).toBe("471396");
  });

  test("rows that repeat are counted and named", async () => {
    const text = textOf("securities-csv").trimEnd();
    const last = text.split("\r\n").at(-1) ?? "";
    const statement = await readText(`${text}\r\n${last}`);
    expect(statement.positions).toHaveLength(4);
    expect(statement.problems[0]?.text.en).toBe("Row 5 repeats row 4; both are counted.");
  });

  test("two accounts in one file are kept apart", async () => {
    const statement = await readText(textOf("ctp-standard") + textOf("ctp-wide"));
    expect(statement.accounts.map(({ id }) => id)).toEqual(["90000001", "90000002"]);
    expect(statement.account).toBeUndefined();
    expect(codes(statement)).toEqual(["twoAccounts"]);
    expect(statement.accounts.map((one) => positionsOfAccount(statement, one).length)).toEqual([
      10, 1,
    ]);
  });

  test("of several days of one account the last one's holdings count", async () => {
    const earlier = textOf("ctp-wide").replaceAll("20261120", "20261119");
    const statement = await readText(textOf("ctp-wide") + earlier);
    expect([statement.day, statement.positions.length]).toEqual(["2026-11-20", 1]);
    expect(codes(statement)).toEqual(["severalDays"]);
  });
});

describe("a statement in which both sides of a future share one margin", () => {
  const workbook = (margin: string): string[][] => [
    ["客户交易结算日报(逐日盯市)"],
    ["客户期货期权内部资金账户", "", "000100000001", "", "", "交易日期", "", "2026-11-20"],
    ["期货期权账户资金状况"],
    ["上日结存", "", "100000", "", "", "客户权益", "", "100000"],
    ["当日结存", "", "100000", "", "", "保证金占用", "", margin],
    [],
    ["期货持仓汇总"],
    [
      "合约",
      "买持仓",
      "买均价",
      "卖持仓",
      "卖均价",
      "昨结算价",
      "今结算价",
      "持仓盯市盈亏",
      "交易保证金",
    ],
    ["RB2701", "3", "3100", "2", "3120", "3110", "3105", "0", "9000"],
    ["合计", "3", "", "2", "", "", "", "0", "9000"],
  ];

  test("counts the margin once and leaves each side's open", async () => {
    const statement = await readCells(workbook("9000"), "cells");
    expect(lines(statement)).toEqual(["rb2701 long 3 -", "rb2701 short 2 -"]);
    expect([digits(statement.totals.margin), statement.totals.trust]).toEqual(["9000", "checked"]);
    expect(codes(statement)).toEqual([]);
  });

  test("an account charged less than its rows is not called checked: larger-side relief can't be proved", async () => {
    const statement = await readCells(workbook("6000"), "cells");
    expect([codes(statement), statement.totals.trust]).toEqual([
      ["marginAboveAccount"],
      "unchecked",
    ]);
  });
});

describe("plain tables", () => {
  const HEADER = ["合约 Contract", "买卖", "总持仓", "开仓均价", "结算价", "占用保证金(元)"];
  const ROWS = [
    ["m2701-P-2900", "卖", 10, 41, 38.5, 29450],
    ["si2701-C-9500", "买", 5, 155, 168, 0],
  ];
  const BOOK = ["m2701-P-2900 short 10 29450", "si2701-C-9500 long 5 0"];

  test("columns are found by Chinese, English and bilingual names, below a title", async () => {
    const statement = await readCells([["持仓查询"], [], HEADER, ...ROWS], "Sheet1!A1:F5", {
      day: "2026-11-20",
    });
    expect([statement.format, lines(statement), codes(statement)]).toEqual(["table", BOOK, []]);
    expect(statement.table?.guesses.map(({ column, confidence }) => [column, confidence])).toEqual([
      ["contract", 0.9],
      ["side", 1],
      ["quantity", 1],
      ["openPrice", 1],
      ["settlement", 1],
      ["margin", 1],
    ]);
    expect(statement.table?.guesses[0]?.samples).toEqual(["m2701-P-2900", "si2701-C-9500"]);
    expect(statement.totals.trust).toBe("unchecked");
  });

  test("a pasted table in English with signed quantities", async () => {
    const text =
      "symbol\tqty\tmargin\nDCE.m2701-P-2900\t-10\t29,450.00\nsi2701-C-9500.GFEX\t５\t0\n";
    const statement = await readPasted(text, "clipboard", { day: "2026-11-20" });
    expect([lines(statement), codes(statement)]).toEqual([BOOK, []]);
  });

  test("unknown headers are refused, shown with samples, and read with columns given by hand or remembered", async () => {
    const cells = [
      ["a", "b", "c", "d"],
      ["x", "-10", "m2701-P-2900", "29450"],
      ["y", "5", "si2701-C-9500", "0"],
    ];
    const refused = await readCells(cells, "cells", { day: "2026-11-20" });
    expect(codes(refused)).toEqual(["notAStatement"]);
    expect(refused.table?.guesses.map(({ samples }) => samples[0])).toContain("m2701-P-2900");
    const mapping = { headerRow: 1, columns: { contract: 2, quantity: 1, margin: 3 } };
    const byHand = await readCells(cells, "cells", { day: "2026-11-20", mapping });
    expect([lines(byHand), codes(byHand)]).toEqual([BOOK, []]);
    const remembered = { [fingerprint(["A ", "ｂ", "c", "d"])]: mapping };
    const again = await readCells(cells, "cells", { day: "2026-11-20", remembered });
    expect(lines(again)).toEqual(BOOK);
  });

  test("without a side every row counts as short, and that is a problem", async () => {
    const statement = await readCells(
      [
        ["合约", "手数"],
        ["m2701-P-2900", 3],
      ],
      "cells",
      { day: "2026-11-20" },
    );
    expect(lines(statement)).toEqual(["m2701-P-2900 short 3 -"]);
    expect([codes(statement), statement.totals.trust]).toEqual([["noSide"], "incomplete"]);
  });

  test("a code whose year hangs on the day is refused without one and read with one", async () => {
    const cells = [
      ["合约", "买卖", "手数"],
      ["SR701C6000", "卖", 1],
      ["m2701-P-2900", "卖", 1],
    ];
    const without = await readCells(cells, "cells");
    expect(without.problems.map(({ code, raw }) => [code, raw])).toEqual([["noDay", "SR701C6000"]]);
    expect(codes(await readCells(cells, "cells", { day: "2026-11-20" }))).toEqual([]);
  });

  test("text that a sheet could take for a formula stays text", async () => {
    const evil = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)"];
    const csv = [
      "合约代码,合约名称,买卖,手数",
      ...evil.map((name) => `m2701-P-2900,"${name.replaceAll('"', '""')}",卖,1`),
    ];
    const { positions } = await readText(csv.join("\n"), "a.csv", { day: "2026-11-20" });
    expect(positions.map(({ name }) => name)).toEqual(evil);
  });

  test("a number that is an id keeps all its digits", async () => {
    const cells = [
      ["合约", "资金账号", "买卖", "手数"],
      ["m2701-P-2900", "0001234567890123456", "卖", 0.1 + 0.9],
    ];
    const { positions } = await readCells(cells, "cells", { day: "2026-11-20" });
    expect([positions[0]?.account, positions[0]?.quantity.toNumber()]).toEqual([
      "0001234567890123456",
      1,
    ]);
  });

  test("a quotation mark without a partner is named", async () => {
    const statement = await readText(
      '合约,买卖,手数\nm2701-P-2900,卖,1\n"m2701-C-3100,卖,2\nm2701-P-2800,卖,1\n',
      "a.csv",
      { day: "2026-11-20" },
    );
    expect(codes(statement)).toContain("openQuote");
    expect(statement.totals.trust).toBe("incomplete");
  });
});

describe("long files", () => {
  const rows = 100_000;
  const long = [
    "合约,买卖,手数,保证金",
    ...Array.from(
      { length: rows },
      (_, i) => `m2701-P-${1000 + (i % 500) * 10},卖,${1 + Math.floor(i / 500)},100`,
    ),
  ].join("\n");

  test("a hundred thousand rows report progress and are all read", async () => {
    const progress: number[] = [];
    const statement = await readText(long, "a.csv", {
      day: "2026-11-20",
      onProgress: (n) => progress.push(n),
    });
    expect(statement.rows).toEqual({ found: rows, read: rows });
    expect(progress).toHaveLength(rows / 2000);
    expect(digits(statement.totals.margin)).toBe("10000000");
  });

  test("reading stops when it is cancelled", async () => {
    const controller = new AbortController();
    const onProgress = (n: number): void => {
      if (n >= 4000) controller.abort(new Error("cancelled"));
    };
    await expect(
      readText(long, "a.csv", { signal: controller.signal, onProgress }),
    ).rejects.toThrow("cancelled");
  });
});
