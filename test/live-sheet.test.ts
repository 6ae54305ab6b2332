// The live sheet as it is planned: no figure of the book is lost, nothing missing becomes a smaller sum,
// and no text of a file becomes a formula.
import { describe, expect, test } from "@jest/globals";
import { liveSheet, type SheetCell, type SheetOptions, type SheetPlan } from "../src/account/sheet";
import { DEFAULT_PROFILE } from "../src/account/profile";
import type { Line } from "../src/account/book";
import { amount, COLUMNS, columnOf, readInstrument, type Amount } from "../src/core";
import { exchanges } from "../src/exchanges";
import {
  bookOfRows,
  CTP_PRICES,
  CTP_PROFILE,
  ctpBook,
  ctpStatement,
  HOSTILE,
  hostileBook,
} from "./host/books";

const ZH: SheetOptions = { language: "zh", namespace: "", taken: [] };

const columnIndex = (letters: string): number =>
  [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;

function cellOf({ cells }: SheetPlan, address: string): SheetCell | undefined {
  const [, letters = "", row = ""] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
  return cells[Number(row) - 1]?.[columnIndex(letters)];
}

const contentOf = (plan: SheetPlan, address: string): string | number | undefined => {
  const cell = cellOf(plan, address);
  return cell?.formula ?? cell?.value;
};

const rowOf = (plan: SheetPlan, contract: string): number =>
  plan.cells.findIndex((row, index) => index > 20 && row[0]?.value === contract) + 1;

describe("the plan of the sample's sheet", () => {
  test("stands where the summary, the underlyings and the positions are looked for", async () => {
    const plan = liveSheet(await ctpBook(), ZH);
    expect(plan.cells.slice(0, 9).map((row) => row[0]?.value)).toEqual([
      "保证金 2026-11-20",
      "来源 ctp_mtm_daily_std_20261120.txt · 账户 90****01 · 期货公司结算单（CTP 文本）",
      "客户权益",
      "保证金",
      "风险度",
      "状态",
      "需追加",
      "截止",
      "已计行",
    ]);
    expect(plan.cells[11]?.slice(0, 4).map((cell) => cell?.value)).toEqual([
      "标的",
      "价格",
      "交易所率",
      "公司率",
    ]);
    expect(plan.cells[20]?.slice(0, 16).map((cell) => cell?.value)).toEqual([
      ..."合约 方向 手数 结算价 标的 标的价 交易所率 公司率 单位 行权价".split(" "),
      ..."交易所保证金 公司保证金 账单 差额 组合 备注".split(" "),
    ]);
    expect(contentOf(plan, "K22")).toBe(
      "=IF(COUNT(C22)<1,NA(),IF(C22=0,0,MARGIN.SHORT(A22,D22,F22,G22,C22,0,$F$8,J22,I22)))",
    );
    expect(contentOf(plan, "L22")).toBe(
      '=IF(OR(COUNT(C22,$F$7)<2,H22="",H22<=0),NA(),IF(C22=0,0,MARGIN.SHORT(A22,D22,F22,H22,C22,$F$7,$F$8,J22,I22)))',
    );
    expect(contentOf(plan, "F22")).toBe(
      '=IF(INDEX($B$13:$B$18,MATCH(E22,$A$13:$A$18,0))="","",INDEX($B$13:$B$18,MATCH(E22,$A$13:$A$18,0)))',
    );
    expect([contentOf(plan, "C3"), contentOf(plan, "B3")]).toEqual([
      '=IF($B$3="","",$B$3)',
      875417.48,
    ]);
    expect(contentOf(plan, "B4")).toBe("=SUM(L22:L31)+SUM(X13:X13)");
    expect([plan.frozenRows, plan.firstInput, plan.liveRows]).toEqual([9, "B16", 9]);
    expect(plan.printArea).toBe("A1:Y31");
  });

  test("every row is as wide as the first, and every column has a width", async () => {
    for (const plan of [
      liveSheet(await ctpBook(), ZH),
      liveSheet(await bookOfRows(3), { ...ZH, language: "en" }),
    ]) {
      const width = plan.cells[0]?.length ?? 0;
      expect(plan.cells.map((row) => row.length)).toEqual(plan.cells.map(() => width));
      expect(plan.widths).toHaveLength(width);
    }
  });

  test("a future goes by price, unit, rate and lots; a long option takes nothing", async () => {
    const plan = liveSheet(await ctpBook(), ZH);
    const future = rowOf(plan, "m2701");
    expect(contentOf(plan, `K${future}`)).toBe(
      `=IF(OR(COUNT(C${future})<1,C${future}<0,F${future}="",F${future}<=0,I${future}="",I${future}<=0,G${future}="",G${future}<=0),NA(),C${future}*F${future}*I${future}*G${future})`,
    );
    expect(contentOf(plan, `D${future}`)).toBe(`=F${future}`);
    const long = rowOf(plan, "si2701-C-9500");
    expect([contentOf(plan, `K${long}`), contentOf(plan, `L${long}`)]).toEqual([0, 0]);
  });

  test("a strangle takes what the exchange's function says of its legs' cells, on both standards", async () => {
    const plan = liveSheet(await ctpBook(), ZH);
    expect(plan.cells[12]?.slice(18, 22).map((cell) => cell?.value)).toEqual([
      "优惠腿 卖出宽跨式",
      "m2701-C-3100",
      "m2701-P-2800",
      4,
    ]);
    const [call, put] = [rowOf(plan, "m2701-C-3100"), rowOf(plan, "m2701-P-2800")];
    const held = `MAX(0,MIN(V13+0,C${call}+0,C${put}+0))`;
    const premiums = `D${call}*I${call},D${put}*I${put}`;
    const known = `COUNT(D${call},I${call},D${put},I${put})=4`;
    const together = (margins: string, markup: string): string =>
      `(DCE.COMBOMARGIN("STG",${margins}${call}/C${call}${markup},${margins}${put}/C${put}${markup},${premiums},0))`;
    expect(contentOf(plan, "W13")).toBe(
      `=IF(${known},IF(${held}=0,0,${held}*(1+$F$7)*${together("L", "/(1+$F$7)")}),"")`,
    );
    expect(contentOf(plan, "X13")).toBe(
      `=IF(${known},IF(${held}=0,0,W13-${held}*(L${call}/C${call}+L${put}/C${put})),"")`,
    );
    expect(contentOf(plan, "Y13")).toBe(
      `=IF(${known},IF(${held}=0,0,${held}*${together("K", "")}-${held}*(K${call}/C${call}+K${put}/C${put})),"")`,
    );
    expect(contentOf(plan, "D4")).toBe('=IF(COUNT(X13:Y13)<ROWS(X13:Y13)*2,"上限","")');
  });

  test("functions are called by the name this build gives them", async () => {
    const plan = liveSheet(await ctpBook(), { ...ZH, namespace: "OSM" });
    const formulas = plan.cells.flat().flatMap((cell) => cell?.formula ?? []);
    const ours = formulas.filter((text) => /MARGIN|RISK/.test(text));
    expect(ours.length).toBeGreaterThan(20);
    for (const text of ours) {
      expect(
        text.replace(
          /OSM\.(MARGIN\.SHORT|DCE\.COMBOMARGIN|RISKRATIO|RISKSTATUS|MARGINCALL)\(/g,
          "",
        ),
      ).not.toMatch(/MARGIN|RISK/);
    }
  });

  test("its name is the day's, and numbered where it is taken in any case", async () => {
    const book = await ctpBook();
    const named = (taken: readonly string[], language: "zh" | "en" = "en") =>
      liveSheet(book, { language, namespace: "", taken }).name;
    expect(named([], "zh")).toBe("保证金 11-20");
    expect(named([])).toBe("Margin 11-20");
    expect(named(["margin 11-20"])).toBe("Margin 11-20 (2)");
    expect(named(["Margin 11-20", "Margin 11-20 (2)"])).toBe("Margin 11-20 (3)");
  });
});

describe("what is not known", () => {
  test("a missing price is a blank input, chosen first, and its formulas stay", async () => {
    const prices = Object.fromEntries(Object.entries(CTP_PRICES).filter(([code]) => code !== "IO"));
    const plan = liveSheet(await ctpBook({ prices }), ZH);
    expect(plan.firstInput).toBe("B16");
    expect(cellOf(plan, "B16")).toMatchObject({ value: undefined, role: "input" });
    expect(contentOf(plan, "K25")).toContain("MARGIN.SHORT");
    expect(contentOf(plan, "P25")).toBe(
      '=IF(IFERROR(OR(F25="",F25=0),TRUE),"缺标的价：填 B16。","")' +
        '&IF(IFERROR(OR(H25="",H25=0),TRUE),"缺公司率：填 D16。","")',
    );
  });

  test("a broker's rate that nobody knows makes its figure an error, not the exchange's", async () => {
    const book = await ctpBook({
      profile: { ...CTP_PROFILE, products: { ...CTP_PROFILE.products, sc: { exchange: "0.1" } } },
    });
    const plan = liveSheet(book, ZH);
    const row = rowOf(plan, "sc2702C520");
    expect(contentOf(plan, "D17")).toBeUndefined();
    expect(contentOf(plan, `L${row}`)).toMatch(
      /^=IF\(OR\(COUNT\(C\d+,\$F\$7\)<2,H\d+="",H\d+<=0\),NA\(\),/,
    );
  });

  test("a contract without a rule of ours makes the sums an error until its margin is typed in", async () => {
    const plan = liveSheet(await hostileBook(), ZH);
    const lines = plan.cells.slice(21);
    for (const row of lines) {
      for (const column of ["K", "L"]) {
        expect(row[columnIndex(column)]).toMatchObject({ formula: "=NA()", role: "input" });
      }
    }
  });

  test("a file of money alone gives no sum of zero", async () => {
    const statement = { ...(await ctpStatement()), positions: [], rows: { found: 0, read: 0 } };
    const plan = liveSheet(await ctpBook({ statement }), ZH);
    const row = plan.cells.findIndex((cells) => cells[0]?.value === "合约") + 2;
    expect([contentOf(plan, `K${row}`), contentOf(plan, `L${row}`)]).toEqual(["=NA()", "=NA()"]);
    expect(contentOf(plan, "B4")).toBe(`=SUM(L${row}:L${row})`);
    expect(String(cellOf(plan, `P${row}`)?.value)).toContain("没有持仓");
  });

  test("what a row waits for is named cell by cell, a rate that follows another left out", async () => {
    const book = await ctpBook({
      prices: {},
      profile: { ...DEFAULT_PROFILE, surcharge: { kind: "points", points: "0.03" } },
    });
    const plan = liveSheet(book, { ...ZH, language: "en" });
    const row = rowOf(plan, "SR701C6000");
    expect(contentOf(plan, `P${row}`)).toBe(
      `=IF(IFERROR(OR(F${row}="",F${row}=0),TRUE),"Underlying price missing: fill in B14. ","")` +
        `&IF(IFERROR(OR(G${row}="",G${row}=0),TRUE),"Exchange rate missing: fill in C14. ","")`,
    );
  });

  test("rows of the file that were not read stand as one more row, an error in both sums", async () => {
    const statement = await ctpStatement();
    const rows = { found: statement.rows.found + 2, read: statement.rows.read };
    const plan = liveSheet(await ctpBook({ statement: { ...statement, rows } }), ZH);
    expect(cellOf(plan, "A32")?.value).toBe("未读的行（2）");
    expect([contentOf(plan, "K32"), contentOf(plan, "L32")]).toEqual(["=NA()", "=NA()"]);
    expect(contentOf(plan, "B4")).toMatch(/^=SUM\(L22:L32\)/);
    expect(contentOf(plan, "F9")).toBe("否");
  });

  test("no equity is a blank input, and nothing divides by it", async () => {
    const book = await bookOfRows(3);
    const plan = liveSheet(
      { ...book, standings: { ...book.standings, denominator: undefined } },
      ZH,
    );
    expect(cellOf(plan, "B3")).toMatchObject({ value: undefined, role: "input" });
    expect(contentOf(plan, "B5")).toBe('=IF($B$3="",NA(),RISKRATIO(B4,$B$3))');
  });
});

describe("the broker's terms", () => {
  test("a multiple or points follow the exchange's rate; a rate of its own does not", async () => {
    const sheetWith = async (surcharge: typeof DEFAULT_PROFILE.surcharge): Promise<SheetPlan> =>
      liveSheet(await ctpBook({ profile: { ...CTP_PROFILE, surcharge } }), ZH);
    const multiple = await sheetWith({ kind: "multiple", markup: "0.2" });
    expect([contentOf(multiple, "D13"), contentOf(multiple, "F7")]).toEqual([
      '=IF(C13="","",C13)',
      0.2,
    ]);
    const own = rowOf(multiple, "sc2702C520");
    expect(contentOf(multiple, "D17")).toBe(0.13);
    expect(contentOf(multiple, `L${own}`)).toContain(`,C${own},0,$F$8,`);
    const points = await sheetWith({ kind: "points", points: "0.03" });
    expect([contentOf(points, "D13"), contentOf(points, "F7")]).toEqual([
      '=IF(OR(C13="",C13=0),"",C13+0.03)',
      0,
    ]);
  });
});

describe("more than 200 rows", () => {
  test("one table formula a column, over a header whose names the function knows", async () => {
    const plan = liveSheet(await bookOfRows(201), ZH);
    expect(contentOf(plan, "K16")).toBe("=INDEX(MARGIN.TABLE(A16:J217,0,$F$8),0,1)");
    expect(contentOf(plan, "L16")).toBe(
      "=INDEX(MARGIN.TABLE(A16:I217,IF(COUNT($F$7)<1,NA(),$F$7),$F$8),0,1)",
    );
    expect(contentOf(plan, "B4")).toBe("=IF(COUNT(L17:L217)=0,NA(),SUM(L17:L217))");
    expect(plan.cells.slice(16, 217).every((row) => !row[10] && !row[11])).toBe(true);
    for (const language of ["zh", "en"] as const) {
      const { cells } = liveSheet(await bookOfRows(201), { ...ZH, language });
      const header = cells[15]?.slice(0, 10).map((cell) => columnOf(cell?.value)) ?? [];
      expect(header.map((named) => named?.column)).toEqual([
        "contract",
        "side",
        "quantity",
        "settlement",
        "underlying",
        "underlying",
        "rate",
        "unit",
        "strike",
        "rate",
      ]);
      expect(Object.keys(COLUMNS)).toContain("rate");
      const rank = (index: number): number => header[index]?.rank ?? 0;
      // The price goes before the name beside it, the exchange's rate before the broker's.
      expect(rank(5)).toBeLessThan(rank(4));
      expect(rank(9)).toBeLessThan(rank(6));
    }
  });

  test("200 rows, or a host without spills, keep a formula a row", async () => {
    const rows = (plan: SheetPlan) => plan.cells.filter((row) => row[10]?.formula).length;
    expect(rows(liveSheet(await bookOfRows(200), ZH))).toBe(
      liveSheet(await bookOfRows(200), ZH).liveRows,
    );
    const without = liveSheet(await bookOfRows(201), { ...ZH, spills: false });
    expect(contentOf(without, "K16")).toBe("交易所保证金");
    expect(contentOf(without, "K18")).toContain("MARGIN.SHORT");
  });
});

describe("what one formula can't answer stays a formula a row", () => {
  const changed = async (change: (line: Line) => Partial<Line>): Promise<SheetPlan> => {
    const book = await bookOfRows(201);
    const [first, ...others] = book.lines as [Line, ...Line[]];
    return liveSheet({ ...book, lines: [{ ...first, ...change(first) }, ...others] }, ZH);
  };
  const gap = { what: "rule", of: "X", why: { zh: "没有规则", en: "no rule" } } as const;
  const covered = (
    line: Line,
    lockedShares: number | undefined,
    code = "510050C2612M03100",
  ): Partial<Line> => ({
    kind: "option",
    position: {
      ...line.position,
      contract: code,
      subject: readInstrument(code, exchanges, "2026-11-20"),
      side: "covered",
      lockedShares: lockedShares === undefined ? undefined : amount(lockedShares),
    },
    unit: amount(10000),
    broker: { ...(line.broker as Extract<Line["broker"], { margin: Amount }>), margin: amount(0) },
  });

  test("a row with a markup of its own", async () => {
    const plan = await changed((line) => ({
      kind: "option",
      position: { ...line.position, side: "short" },
      broker: {
        ...(line.broker as Extract<Line["broker"], { margin: Amount }>),
        markup: amount("0.3"),
      },
    }));
    expect(plan.spilled).toBeUndefined();
    expect([contentOf(plan, "F7"), contentOf(plan, "L17")]).toEqual([
      0.3,
      expect.stringContaining(",C17,$F$7,$F$8,"),
    ]);
    expect(contentOf(plan, "L18")).toContain(",C18,0,$F$8,");
  });

  test("a row without a rule, whose margin is typed in", async () => {
    const plan = await changed(() => ({ broker: { gap }, exchangeFigure: { gap } }));
    expect(plan.spilled).toBeUndefined();
  });

  test("a covered call, which is an error once its locked shares are short", async () => {
    const plan = await changed((line) => covered(line, 0));
    expect(plan.spilled).toBeUndefined();
    for (const column of ["K", "L"]) {
      expect(contentOf(plan, `${column}17`)).toBe(
        "=IF(OR(COUNT(C17,I17,Q17)<3,C17<0,I17<=0,Q17<C17*I17),NA(),0)",
      );
    }
    expect([contentOf(plan, "Q16"), contentOf(plan, "Q17")]).toEqual(["锁定份数", 0]);
    expect(plan.widths).toHaveLength(17);
  });

  test("a put that is called covered has no figure: nothing but an ETF call can be", async () => {
    const refused = { gap: { ...gap, what: "terms" } } as const;
    const plan = await changed((line) => ({
      ...covered(line, 100_000, "510050P2612M03000"),
      broker: refused,
      exchangeFigure: refused,
    }));
    expect([contentOf(plan, "K17"), contentOf(plan, "L17")]).toEqual(["=NA()", "=NA()"]);
    expect((await changed((line) => covered(line, undefined))).spilled).toBeDefined();
  });
});

describe("relief that no rule here gives", () => {
  test("counts while its legs are as on the statement's day, else it is left open", async () => {
    const book = await ctpBook();
    const [a, b] = ["m2701-P-2900", "SR701C6000"];
    const combination = {
      place: {},
      id: "1",
      strategy: undefined,
      quantity: amount(5),
      margin: amount(30000),
      legs: [a as string, b as string],
    };
    const statement = { ...book.inputs.statement, combinations: [combination] };
    // What the broker charges on sugar is told by no row outside sets.
    const products = { ...CTP_PROFILE.products, SR: { exchange: "0.07", broker: "0.1" } };
    const profile = { ...CTP_PROFILE, products };
    const plan = liveSheet(await ctpBook({ statement, profile }), ZH);
    const [first, second] = [rowOf(plan, a as string), rowOf(plan, b as string)];
    expect(contentOf(plan, "X13")).toBe(
      `=IF(AND(C${first}=10,C${second}=5,V13=5,ABS(L${first}+L${second}-55050)<0.005),-10325,"")`,
    );
  });
});

describe("delivery margin", () => {
  test("stands in both sums, where the statement prints it", async () => {
    const statement = await ctpStatement();
    const account = statement.account as NonNullable<typeof statement.account>;
    const figures = {
      ...account.figures,
      deliveryMargin: amount(350000),
      riskDegree: amount("0.9383"),
    };
    const own = { ...account, figures };
    const book = await ctpBook({ statement: { ...statement, account: own, accounts: [own] } });
    const plan = liveSheet(book, ZH);
    expect([contentOf(plan, "K7"), contentOf(plan, "L7")]).toEqual(["交割、行权保证金", 350000]);
    expect(contentOf(plan, "B4")).toBe("=SUM(L22:L31)+SUM(X13:X13)+$L$7");
    expect(contentOf(plan, "C4")).toBe("=SUM(K22:K31)+SUM(Y13:Y13)+$L$7");
    expect(contentOf(plan, "L6")).toBe("=L4+L7-B4");
  });

  test("is no difference where the printed margin counts it in", async () => {
    const statement = await ctpStatement();
    const account = statement.account as NonNullable<typeof statement.account>;
    const margin = statement.totals.margin.plus(350000);
    const riskDegree = margin.dividedBy(account.figures.equity as typeof margin);
    const figures = { ...account.figures, margin, deliveryMargin: amount(350000), riskDegree };
    const own = { ...account, figures };
    const book = await ctpBook({ statement: { ...statement, account: own, accounts: [own] } });
    const plan = liveSheet(book, ZH);
    expect([contentOf(plan, "K7"), contentOf(plan, "L7")]).toEqual(["交割、行权保证金", 350000]);
    expect(contentOf(plan, "B4")).toBe("=SUM(L22:L31)+SUM(X13:X13)+$L$7");
    expect(contentOf(plan, "L6")).toBe("=L4-B4");
  });

  test("is no difference either where the risk degree counts it once more", async () => {
    const statement = await ctpStatement();
    const account = statement.account as NonNullable<typeof statement.account>;
    const margin = statement.totals.margin.plus(350000);
    const riskDegree = margin.plus(350000).dividedBy(account.figures.equity as typeof margin);
    const figures = { ...account.figures, margin, deliveryMargin: amount(350000), riskDegree };
    const own = { ...account, figures };
    const book = await ctpBook({ statement: { ...statement, account: own, accounts: [own] } });
    const plan = liveSheet(book, ZH);
    expect(contentOf(plan, "L7")).toBe(700000);
    expect(contentOf(plan, "B4")).toBe("=SUM(L22:L31)+SUM(X13:X13)+$L$7");
    expect(contentOf(plan, "L6")).toBe("=L4+350000-B4");
    expect(contentOf(plan, "L8")).toContain("(L4+350000)");
  });
});

describe("text of a file", () => {
  test("is never a formula, whatever it begins with, and always goes into a cell for text", async () => {
    for (const language of ["zh", "en"] as const) {
      const plan = liveSheet(await hostileBook(), { ...ZH, language });
      const cells = plan.cells.flat().filter((cell) => cell !== undefined);
      const texts = cells.filter(({ value }) => typeof value === "string");
      for (const hostile of HOSTILE) {
        expect(texts.map(({ value }) => value)).toContain(hostile);
        const inFormulas = cells.filter(({ formula }) => formula?.includes(hostile));
        expect(inFormulas.filter(() => hostile.length > 3 && hostile !== "510050")).toEqual([]);
      }
      expect(texts.filter(({ format }) => format !== "@")).toEqual([]);
      expect(texts.filter(({ formula }) => formula !== undefined)).toEqual([]);
    }
  });

  test("an account's number is masked", async () => {
    const plan = liveSheet(await ctpBook(), ZH);
    expect(JSON.stringify(plan)).not.toContain("90000001");
  });
});

test("colours cover every ratio once, by figures and not by words", async () => {
  const { colours } = liveSheet(await ctpBook({ equity: amount(1) }), ZH);
  expect(colours.map(({ range }) => range)).toEqual([
    ...Array.from({ length: 5 }, () => "B5:B6"),
    ...Array.from({ length: 5 }, () => "C5:C6"),
  ]);
  for (const { formula } of colours) expect(formula).toMatch(/^=AND\(ISNUMBER\([BC]\$5\),[BC]\$5/);
  expect(new Set(colours.map(({ fill, ink }) => fill + ink)).size).toBe(5);
});

test("a margin call on paper leaves the sheet's check open and stands among its notes", async () => {
  const statement = await ctpStatement();
  const account = statement.account as NonNullable<typeof statement.account>;
  const own = { ...account, figures: { ...account.figures, marginCall: amount(95000) } };
  const plan = liveSheet(
    await ctpBook({ statement: { ...statement, account: own, accounts: [own] } }),
    ZH,
  );
  expect(contentOf(plan, "F9")).toBe("否");
  const notes = plan.cells.slice(1, 9).map((row) => String(row[columnIndex("N")]?.value ?? ""));
  expect(notes.filter((note) => note.includes("应追加资金 95000.00"))).toHaveLength(1);
});
