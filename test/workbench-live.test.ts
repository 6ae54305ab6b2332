// The live sheet in the workbench: written by the pane's own code through Microsoft's library, then
// calculated by the functions, and changed as a user would.
import { beforeAll, expect, test } from "@jest/globals";
import type { Book, SheetPlan } from "../src/account";
import { liveSheet } from "../src/account/sheet";
import type * as Sheets from "../src/taskpane/workbook-sheets";
import { DEFAULT_PROFILE } from "../src/account/profile";
import { bookOfRows, CTP_PRICES, ctpBook, HOSTILE, hostileBook } from "./host/books";
import { inBrowser, workbenchSession } from "./host/in-browser";
import type { WorkbenchPage } from "./workbench/driver";
import { loadInPane } from "./workbench/in-pane";

declare global {
  interface Window {
    sheets: typeof Sheets;
  }
}

inBrowser("the live sheet in the workbench", () => {
  const session = workbenchSession();
  let page: WorkbenchPage;
  let book: Book;
  let plan: SheetPlan;

  const write = async (planned: SheetPlan): Promise<string> => {
    const { sheet } = await page
      .pane()
      .evaluate((given) => window.sheets.writeSheet(given), planned);
    await page.settled();
    return sheet;
  };
  const names = () => page.pane().evaluate(() => window.sheets.sheetNames());

  beforeAll(async () => {
    page = await session.open("?lang=zh-CN&theme=light");
    await loadInPane(page.pane(), "src/taskpane/workbook-sheets.ts", "sheets");
    book = await ctpBook();
    plan = liveSheet(book, { language: "zh", namespace: "", taken: await names() });
    expect(await write(plan)).toBe("保证金 11-20");
  }, 90_000);

  test("its totals, ratios and status equal the book's, and every row its line's", async () => {
    const { exchange } = book.standings;
    // The legs' 472,728 less the strangle's 8,240; the exchange's 350,903 less 4,658: of m2701-P-2800's 5,258 the
    // premium of 4 × 15 × 10 stays.
    expect(exchange.margin?.toNumber()).toBe(346_245);
    expect(await page.values("B4:C4")).toEqual([[464_488, 346_245]]);
    expect(await page.values("B5:C5")).toEqual([[464_488 / 875_417.48, 346_245 / 875_417.48]]);
    expect(await page.values("W13:Y13")).toEqual([[11_840, -8240, -4658]]);
    expect(await page.values("B6:C7")).toEqual([
      ["正常", "正常"],
      [0, 0],
    ]);
    expect(await page.value("B8")).toBe("");
    expect(await page.values("B9:C9")).toEqual([["10/10", "10/10"]]);
    expect(await page.values("K22:L31")).toEqual(
      book.lines.map(({ broker, exchangeFigure }) => [
        exchangeFigure.margin?.toNumber(),
        broker.margin?.toNumber(),
      ]),
    );
    expect(await page.value("D4")).toBe("");
    expect(await page.value("L6")).toBe(471_396 - 464_488);
  });

  test("a changed price moves margin, ratio and status", async () => {
    expect(plan.firstInput).toBe("B16");
    await page.fill("B3", [["500000"]]);
    expect(await page.value("B6")).toBe("追保");
    expect(await page.value("B7")).toBe(16_097.78);
    const before = (await page.value("L25")) as number;
    await page.fill("B16", [["4743"]]);
    expect((await page.value("L25")) as number).toBeGreaterThan(before);
    expect((await page.value("B5")) as number).toBeGreaterThan(0.95);
    await page.fill("B16", [["4880"]]);
    expect(await page.value("B6")).toBe("平仓");
    await page.fill("B16:B16", [["4650"]]);
    expect(await page.value("B4")).toBe(464_488);
    await page.fill("B3", [["875417.48"]]);
  });

  test("the relief of a strangle moves with its legs, and goes with them, on both standards", async () => {
    // The sample's strangle: m2701-C-3100 in row 27, m2701-P-2800 in row 28, four lots of each.
    expect(await page.values("T13:V13")).toEqual([["m2701-C-3100", "m2701-P-2800", 4]]);
    const reliefs = async (): Promise<unknown[]> => (await page.values("X13:Y13"))[0] ?? [];
    /** A row's margins on the broker's standard and the exchange's. */
    const taken = async (row: number): Promise<[number, number]> => [
      (await page.value(`L${row}`)) as number,
      (await page.value(`K${row}`)) as number,
    ];
    expect(await reliefs()).toEqual([-8240, -4658]);
    const [price, prices] = [await page.value("B13"), await page.values("D27:D28")];
    // The call comes into the money: 310 + 330 a t of 10 t; the put falls to 2 + 165, at the exchange 2 + 115.5.
    await page.fill("B13", [["3300"]]);
    await page.fill("D27:D28", [["310"], ["2"]]);
    expect([(await taken(27))[0], await taken(28)]).toEqual([25_600, [6680, 4700]]);
    // The dearer leg whole, and the other's premium of 4 × 20.
    expect(await reliefs()).toEqual([80 - 6680, 80 - 4700]);
    // The put comes into the money instead: now the call is charged its premium alone.
    await page.fill("B13", [["2700"]]);
    await page.fill("D27:D28", [["10"], ["300"]]);
    const call = await taken(27);
    expect(await reliefs()).toEqual(call.map((margin) => 400 - margin));
    // Closed to one lot, and to none: the other leg is charged whole again.
    const lots = (await page.value("C28")) as number;
    await page.fill("C28", [["1"]]);
    expect(await reliefs()).toEqual(call.map((margin) => (400 - margin) / 4));
    // More sets than lots, or none: never more relief than for the lots that are held, nor less than none.
    for (const sets of ["9", "1"]) {
      await page.fill("V13", [[sets]]);
      expect(await reliefs()).toEqual(call.map((margin) => (400 - margin) / 4));
    }
    for (const sets of ["0", "-4"]) {
      await page.fill("V13", [[sets]]);
      expect(await reliefs()).toEqual([0, 0]);
    }
    await page.fill("V13", [["4"]]);
    await page.fill("C28", [["0"]]);
    expect([await taken(28), await reliefs()]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    await empty(page, "C28");
    for (const at of ["L28", "K28", "B4"]) {
      expect([at, await page.value(at)]).toEqual([at, expect.stringMatching(/^#/)]);
    }
    await page.fill("C28", [[String(lots)]]);
    await page.fill(
      "D27:D28",
      prices.map(([one]) => [String(one)]),
    );
    await page.fill("B13", [[String(price)]]);
    expect(await page.value("B4")).toBe(464_488);
  });

  test("a blank cell that a set's rule goes by leaves its relief open: the sum is an upper bound", async () => {
    const unit = (await page.value("I28")) as number;
    await empty(page, "I28");
    expect(await page.values("W13:Y13")).toEqual([["", "", ""]]);
    expect(await page.values("B4:D4")).toEqual([[472_728, 350_903, "上限"]]);
    await page.fill("I28", [[String(unit)]]);
    expect(await page.values("B4:D4")).toEqual([[464_488, 346_245, ""]]);
    // A set whose relief was taken out: at most as much as the legs alone.
    const relief = await page.formula("Y13");
    await empty(page, "Y13");
    expect(await page.values("C4:D4")).toEqual([[350_903, "上限"]]);
    await page.fill("Y13", [[relief]]);
    expect(await page.values("C4:D4")).toEqual([[346_245, ""]]);
  });

  test("a deadline stands there while the account is called, and a blank markup is an error", async () => {
    await page.fill("B3", [["500000"]]);
    expect(await page.value("B8")).toBeCloseTo(46349 + 11.5 / 24, 6);
    // By the margin worked out here, and by the printed one, as the pane has it.
    expect(await page.values("B7")).toEqual([[16_097.78]]);
    expect(await page.value("L8")).toBe(23_773.34);
    await page.fill("B3", [["875417.48"]]);
    expect(await page.value("B8")).toBe("");
    await empty(page, "F7");
    for (const at of ["L22", "B4", "B5"]) {
      expect([at, await page.value(at)]).toEqual([at, expect.stringMatching(/^#/)]);
    }
    expect(await page.value("K22")).toBe(20_495);
    await page.fill("F7", [["0"]]);
    expect(await page.value("B4")).toBe(464_488);
  });

  test("a blank price shows as an error in its rows, the sums, the ratio and the status", async () => {
    await empty(page, "B16");
    for (const at of ["K25", "L25", "B4", "C4", "B5", "B6", "C6", "B7"]) {
      expect([at, await page.value(at)]).toEqual([at, expect.stringMatching(/^#/)]);
    }
    expect(await page.value("B9")).toBe("8/10");
    await page.fill("B16", [["4650"]]);
    expect(await page.value("B6")).toBe("正常");
  });

  test("a margin that was taken out, a blank equity or an unchecked statement is never normal", async () => {
    await empty(page, "L22");
    expect(await page.values("B6:B9")).toEqual([["未定"], [0], [""], ["9/10"]]);
    await page.fill("L22", [["29450"]]);
    expect(await page.value("B6")).toBe("正常");
    await page.fill("F9", [["否"]]);
    expect(await page.values("B6:C6")).toEqual([["未定", "未定"]]);
    await page.fill("F9", [["是"]]);
    await empty(page, "B3");
    expect(await page.values("B5:B7")).toEqual([["#N/A"], ["#N/A"], ["#N/A"]]);
    await page.fill("B3", [["875417.48"]]);
  });

  test("inputs are blue, the statement's figures grey, the header bold, the summary frozen", async () => {
    const looks = await page.page.evaluate(() => {
      const sheet = window.workbench?.api.getActiveWorkbook()?.getActiveSheet();
      const style = (at: string) => sheet?.getRange(at).getCellStyleData();
      return {
        input: style("B16")?.cl?.rgb,
        statement: style("M22")?.cl?.rgb,
        header: style("A21")?.bl,
        frozen: sheet?.getFrozenRows(),
        wide: sheet?.getColumnWidth(15),
        names: sheet?.getDefinedNames().map((name) => name.getName()),
      };
    });
    expect(looks).toEqual({
      input: "#0000ff",
      statement: "#7f7f7f",
      header: 1,
      frozen: 9,
      wide: 285,
      names: expect.arrayContaining(Object.keys(plan.names)),
    });
    await page.fill("R1", [["=margin_broker/equity"]]);
    expect(await page.value("R1")).toBe(464_488 / 875_417.48);
  });

  test("a sheet written with nothing but the statement comes alive by doing what its notes ask", async () => {
    const bare = await ctpBook({ prices: {}, profile: DEFAULT_PROFILE });
    const taken = await names();
    await write(liveSheet(bare, { language: "zh", namespace: "", taken }));
    expect(await page.value("B4")).toMatch(/^#/);
    const listed = bare.underlyings.map(({ code }) => code);
    const asked = new Set<string>();
    const notes = async (): Promise<string> =>
      (await page.values("P22:P31")).flat().map(String).join("");
    for (let round = 0; round < 3; round++) {
      for (const [, cell = ""] of (await notes()).matchAll(/填 ([A-Z]+\d+)/g)) {
        if (asked.has(cell)) continue;
        asked.add(cell);
        const price = CTP_PRICES[listed[Number(cell.slice(1)) - 13] ?? ""];
        const figure = cell.startsWith("B")
          ? price?.toFixed()
          : cell.startsWith("C")
            ? "0.1"
            : "0.12";
        await page.fill(cell, [[figure ?? ""]]);
      }
    }
    expect(asked.size).toBeGreaterThan(8);
    expect(await notes()).not.toContain("填");
    expect(await page.values("B9:C9")).toEqual([["10/10", "10/10"]]);
    for (const at of ["B4", "C4", "B5", "C5"]) expect(await page.value(at)).toBeGreaterThan(0);
    await page.pane().evaluate((name) => window.sheets.removeSheet(name), "保证金 11-20 (2)");
    await page.settled();
  }, 60_000);

  test("a second sheet gets a number, and only sheets of ours are taken away", async () => {
    const second = liveSheet(book, { language: "zh", namespace: "", taken: await names() });
    expect(await write(second)).toBe("保证金 11-20 (2)");
    expect(await page.value("B4")).toBe(464_488);
    const [theirs = ""] = await names();
    const remove = (name: string) =>
      page.pane().evaluate(
        (given) =>
          window.sheets.removeSheet(given).then(
            () => "removed",
            (error: { problem: string }) => error.problem,
          ),
        name,
      );
    expect(await remove(theirs)).toBe("noSuchRange");
    expect(await remove("保证金 11-20 (2)")).toBe("removed");
    expect(await names()).toEqual(expect.arrayContaining([theirs, "保证金 11-20"]));
    expect(await names()).not.toContain("保证金 11-20 (2)");
  });

  test("a sheet that cannot be written is taken back", async () => {
    const broken = { ...plan, name: "broken", cells: [...plan.cells, [{ value: 1 }]] };
    const before = await names();
    const problem = await page
      .pane()
      .evaluate(
        (given) =>
          window.sheets.writeSheet(given).catch((error: { problem: string }) => error.problem),
        broken,
      );
    expect(problem).toBe("noSuchRange");
    expect(await names()).toEqual(before);
  });

  test("text that begins as a formula arrives as that very text", async () => {
    const hostile = liveSheet(await hostileBook(), { language: "en", namespace: "", taken: [] });
    await write({ ...hostile, name: "hostile" });
    const texts = hostile.cells.flatMap((row, r) =>
      row.flatMap((one, c) => (typeof one?.value === "string" ? [{ r, c, value: one.value }] : [])),
    );
    const seen = await page.page.evaluate(
      (cells) => {
        const sheet = window.workbench?.api.getActiveWorkbook()?.getActiveSheet();
        return cells.map(({ r, c }) => {
          const range = sheet?.getRange(r, c);
          return { r, c, value: range?.getValue() ?? "", formula: range?.getFormula() };
        });
      },
      texts.map(({ r, c }) => ({ r, c })),
    );
    expect(seen).toEqual(texts.map((text) => ({ ...text, formula: "" })));
    for (const text of HOSTILE) expect(texts.map(({ value }) => value)).toContain(text);
    await page.pane().evaluate(() => window.sheets.removeSheet("hostile"));
  });

  test("in a cell that isn't one for text, such text would have become a formula", async () => {
    const formulas = await page.pane().evaluate(() =>
      Excel.run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange("AB1:AB5");
        range.values = [["=1+1"], ["+A1"], ["-2"], ["@SUM(A1)"], ["'=1+1"]];
        range.load("formulas");
        await context.sync();
        return range.formulas as unknown;
      }),
    );
    expect(formulas).toEqual([["=1+1"], ["=+A1"], [-2], ["=SUM(A1)"], ["=1+1"]]);
  });

  test("more than 200 rows are answered by one formula a column", async () => {
    const many = await bookOfRows(300);
    const large = liveSheet(many, { language: "zh", namespace: "", taken: [] });
    await write({ ...large, name: "large" });
    const { header, last } = { header: 16, last: 316 };
    expect(await page.formula(`K${header}`)).toContain("MARGIN.TABLE(");
    expect(await page.values(`K${header + 1}:L${last}`)).toEqual(
      many.lines.map(({ broker, exchangeFigure }) => [
        exchangeFigure.margin?.toNumber(),
        broker.margin?.toNumber(),
      ]),
    );
    expect(await page.value("B4")).toBe(many.standings.recomputed.margin?.toNumber());
    expect(await page.value("C4")).toBe(many.standings.exchange.margin?.toNumber());
    await page.pane().evaluate(() => window.sheets.removeSheet("large"));
  });

  test("what the workbook keeps is read back, replaced, and outlives the pane", async () => {
    const kept = (kind: "profile" | "snapshots") =>
      page.pane().evaluate((given) => window.sheets.keptRead(given), kind);
    expect(await kept("profile")).toBeUndefined();
    const text = JSON.stringify({ a: "<&>\"'\r\n中文 ]]> \u0001" });
    for (const given of ["first", text]) {
      await page.pane().evaluate((profile) => window.sheets.keptWrite("profile", profile), given);
    }
    expect(await kept("profile")).toBe(text);
    expect(await kept("snapshots")).toBeUndefined();
    const count = await page.pane().evaluate(() =>
      Excel.run(async (context) => {
        const { customXmlParts } = context.workbook;
        const found = customXmlParts.getByNamespace("urn:option-seller-margin:profile:1");
        const counted = found.getCount();
        await context.sync();
        return counted.value;
      }),
    );
    expect(count).toBe(1);

    await page.page.click("#theme");
    await page.page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
    await page.settled();
    // The pane was loaded anew; Microsoft's library is its last script.
    await page.pane().waitForFunction(() => typeof Office !== "undefined" && Office.context);
    await loadInPane(page.pane(), "src/taskpane/workbook-sheets.ts", "sheets");
    expect(await kept("profile")).toBe(text);
    // The sheet is known as ours by the workbook, not by the pane that wrote it.
    await page.pane().evaluate(() => window.sheets.removeSheet("保证金 11-20"));
    expect(await names()).not.toContain("保证金 11-20");
  });

  test("nothing was asked of any other server, and the console shows no error", () => {
    expect(page.foreignRequests).toEqual([]);
    expect(page.troubles).toEqual([]);
  });
});

async function empty(page: WorkbenchPage, address: string): Promise<void> {
  await page.page.evaluate((at) => {
    window.workbench?.api.getActiveWorkbook()?.getActiveSheet().getRange(at).clearContent();
  }, address);
  await page.settled();
}
