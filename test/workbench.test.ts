import { beforeAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { inBrowser, workbenchSession } from "./host/in-browser";
import { AS_USED, type WorkbenchPage } from "./workbench/driver";

// The thirteen real-time margins of 9 March 2015 as printed (SSE option training, lecture 5), by
// strike and then by time.
const published = [
  3562.8, 4146.8, 4419.4, 2492.8, 3436.8, 3638.4, 1842.8, 2826.8, 3344.4, 1685.8, 2176.8, 2617.4,
  1645.8,
];
const publishedChanges = [
  -0.0991, 0.0485, 0.1175, -0.2178, 0.0784, 0.1417, -0.2566, 0.1404, 0.3492, -0.0921, 0.1723,
  0.4096, -0.0444,
];

const column = (rows: unknown[][], index = 0): unknown[] => rows.map((row) => row[index]);
const isError = (value: unknown) => typeof value === "string" && /^#[A-Z/0]+[!?]?$/.test(value);

inBrowser("the workbench in a real browser", () => {
  const session = workbenchSession();
  let zh: WorkbenchPage;
  let en: WorkbenchPage;

  beforeAll(async () => {
    zh = await session.open("?lang=zh-CN&theme=light", AS_USED);
    en = await session.open("?lang=en&theme=dark", AS_USED);
  }, 60_000);

  test("the first sheet's thirteen live margins equal the published ones, in both languages", async () => {
    for (const page of [zh, en]) {
      expect(column(await page.values("F6:F18", 0))).toEqual(published);
      expect(column(await page.values("G6:G18", 0))).toEqual(published);
      const changes = column(await page.values("K6:K18", 0)) as number[];
      expect(changes.map((change) => Number(change.toFixed(4)))).toEqual(publishedChanges);
    }
  });

  test("the account's ratios equal the published ones, and its status is in the page's language", async () => {
    const rows = await zh.values("A23:L32", 0);
    const rounded = (index: number) =>
      column(rows, index).map((ratio) => Number((ratio as number).toFixed(4)));
    expect(rounded(7)).toEqual(column(rows, 8));
    expect(rounded(9)).toEqual(column(rows, 10));
    expect(column(rows, 6)).toEqual(
      column(rows, 4).map((margin) => Number(((margin as number) * 1.2).toFixed(2))),
    );
    expect(rows[5]?.[0]).toBe("13:47");
    expect(rows[5]?.[11]).toBe("追保");
    expect(column(await en.values("L23:L32", 0))).toEqual([
      "watch",
      "normal",
      "normal",
      "normal",
      "watch",
      "margin call",
      "liquidation",
      "immediate liquidation",
      "immediate liquidation",
      "immediate liquidation",
    ]);
  });

  test("the second sheet's days, spilled change and close-outs equal the published ones", async () => {
    for (const page of [zh, en]) {
      expect(column(await page.values("D10:D13", 1))).toEqual([6620, 5925, 7535, 7220]);
      expect(column(await page.values("F11:F12", 1))).toEqual([-695, 1610]);
      const change = await page.values("A16:D23", 1);
      expect(column(change, 3).slice(1)).toEqual([800, -90, 900, 0, 0, 0, 1610]);
      expect(await page.values("B27:C27", 1)).toEqual([[2325, -600]]);
      expect(await page.values("B29:C29", 1)).toEqual([[4220, 600]]);
    }
  });

  test("the third sheet's ledgers equal the published days, and close to nothing", async () => {
    for (const page of [zh, en]) {
      const published = await page.values("B20:C29", 2);
      expect(column(published)).toEqual([3000, 6620, 695, 5925, 2925, 7535, 1610, 800, -90, 900]);
      expect(column(published)).toEqual(column(published, 1));
      expect(await page.values("B30", 2)).toEqual([[0]]);
      // Assigned at 8500 and marked to 8400, the future sold at 8450: 3000 − 500 in all.
      expect(await page.values("F16:H17", 2)).toEqual([
        [4200, -3335, -1000],
        [0, -4200, 500],
      ]);
      expect(await page.values("P17:R17", 2)).toEqual([[2500, 0, 2500]]);
      expect(await page.values("B43:C44", 2)).toEqual([
        [2325, 2325],
        [-600, -600],
      ]);
    }
  });

  test("no cell of any demo sheet shows an error", async () => {
    for (const page of [zh, en]) {
      for (const sheet of [0, 1, 2]) {
        const cells = (await page.values("A1:L40", sheet)).flat();
        expect(cells.filter(isError)).toEqual([]);
        expect(cells.filter((cell) => typeof cell === "number").length).toBeGreaterThan(50);
      }
    }
  });

  test("a formula typed on the keyboard computes", async () => {
    await zh.type("N6", "=SSE.CALLMARGIN(0.0282, 2.339, 2.4)");
    expect(await zh.value("N6")).toBe(2478.8);
  });

  test("an argument left out between two commas takes its default", async () => {
    await zh.type("N7", "=SSE.CALLMARGIN(0.0282,2.339,2.4,,2)");
    expect(await zh.value("N7")).toBe(4957.6);
    await zh.type("N8", '=SSE.CALLMARGIN(0.0282,2.339,2.4,,,,"2015-03-09")');
    expect(await zh.value("N8")).toBe(2478.8);
  });

  test("autocomplete describes our functions in the page's language", async () => {
    for (const [page, file] of [
      [zh, "functions.zh-CN.json"],
      [en, "functions.json"],
    ] as const) {
      const text = readFileSync(path.join("dist", file), "utf8");
      const { functions } = JSON.parse(text) as {
        functions: { id: string; description: string }[];
      };
      const { description } = functions.find(({ id }) => id === "RISKRATIO") ?? {};
      expect(description).toBeTruthy();
      await page.click("N9");
      await page.page.keyboard.type("=RISKRAT");
      const offered = page.page.locator('[data-u-comp="sheets-formula-editor"] li');
      await offered.first().waitFor();
      expect(await offered.allInnerTexts()).toEqual([
        expect.stringContaining(`RISKRATIO\n${description ?? ""}`),
      ]);
      await page.page.keyboard.press("Tab");
      // The editor moves its cursor behind the bracket a moment later; no typist is quicker.
      await page.page.waitForTimeout(250);
      await page.page.keyboard.type("50,100)");
      await page.page.keyboard.press("Enter");
      await page.settled();
      expect(await page.formula("N9")).toBe("=RISKRATIO(50,100)");
      expect(await page.value("N9")).toBe(0.5);
    }
  });

  test("a function's rows spill, stop at a filled cell with #SPILL!, and unfold when it is emptied", async () => {
    const formula = "=OPTION.CLOSEOUT(300,360,10,5925)";
    await zh.type("P6", formula);
    expect(await zh.values("P7:Q7")).toEqual([[2325, -600]]);

    await zh.type("Q10", "1");
    await zh.type("P9", formula);
    expect(await zh.value("P9")).toBe("#SPILL!");
    expect(await zh.value("P10")).toBe("");
    await zh.click("P9");
    expect(await zh.line("P9")).toMatch(/^P9 #SPILL! 溢出区域/);

    await zh.click("Q10");
    await zh.page.keyboard.press("Delete");
    await zh.settled();
    expect(await zh.values("P10:Q10")).toEqual([[2325, -600]]);
  });

  test("an error shows our message, in both languages, when its cell is selected", async () => {
    for (const page of [zh, en]) {
      await page.type("N11", "=SSE.CALLMARGIN(0.0282,2.339,-3)");
      expect(await page.value("N11")).toBe("#VALUE!");
      await page.click("N11");
      expect(await page.line("N11")).toBe(
        "N11 #VALUE! 行权价格须大于 0，现为 -3 · strike must be above zero; it is -3",
      );
      await page.click("N6");
      expect(await page.line()).toContain("=SSE.CALLMARGIN(");
    }
  });

  test("one cell may stand where one value belongs, a larger range may not", async () => {
    await zh.type("N12", "=RISKRATIO(F12,G21)");
    expect(await zh.value("N12")).toBe(1842.8 / 3340);
    await zh.type("N13", "=RISKRATIO(F12:F13,G21)");
    expect(await zh.value("N13")).toBe("#VALUE!");
  });

  test("a blank price is refused by name, and a caught error is caught", async () => {
    await zh.type("N14", "=SSE.CALLMARGIN(Z1,2.339,2.4)");
    await zh.click("N14");
    expect(await zh.line("N14")).toMatch(/^N14 #VALUE! 结算价/);
    await zh.type("N15", '=IFERROR(SSE.CALLMARGIN(-1,2.339,2.4),"caught")');
    expect(await zh.value("N15")).toBe("caught");
  });

  test("a table's bad rows carry their own errors and messages, the other rows are right", async () => {
    const rows = [
      ["合约", "方向", "手数", "结算价", "标的价"],
      ["510050C2612M03100", "卖", "1", "0.05", "3"],
      ["510050C2612M03100", "卖", "1", "0", "3"],
      ["=1/0", "卖", "1", "0.05", "3"],
    ];
    await zh.fill("N18:R21", rows);
    await zh.type("N23", '=MARGIN.TABLE(N18:R21,,"2026-11-20")');
    expect(column(await zh.values("N24:N26"))).toEqual([3100, "#VALUE!", "#VALUE!"]);
    await zh.click("N25");
    expect(await zh.line("N25")).toMatch(/^N25 #VALUE! .+0/);
  });

  test("functions may call functions", async () => {
    await en.type("N13", "=RISKSTATUS(RISKRATIO(SSE.CALLMARGIN(0.035,2.364,2.4,,,0.2),3340))");
    expect(await en.value("N13")).toBe("liquidation");
  });

  test("the pane is the production page but for the host script and the address of office.js", async () => {
    const served = await (await fetch(`${session.url}addin/taskpane.html`)).text();
    const built = readFileSync(path.join("dist", "taskpane.html"), "utf8");
    const restored = served
      .replace(/<script src="\/office-host\.js"><\/script>\s*/, "")
      .replace(
        'src="/office-js/office.js"',
        'src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"',
      );
    expect(served).not.toBe(built);
    expect(restored).toBe(built);
    for (const file of ["functions.js", "taskpane.js", "functions.json"]) {
      const copy = await (await fetch(`${session.url}addin/${file}`)).text();
      expect(copy).toBe(readFileSync(path.join("dist", file), "utf8"));
    }
  });

  test("Microsoft's library in the pane reads and writes the sheet", async () => {
    await zh.click("F12");
    const seen = await zh.pane().evaluate(() =>
      Excel.run(async (context) => {
        const selected = context.workbook.getSelectedRange();
        selected.load("address,values,formulas,numberFormat,text");
        const target = context.workbook.worksheets.getActiveWorksheet().getRange("N28");
        target.formulas = [["=SSE.CALLMARGIN(0.0282,2.339,2.4)"]];
        const missing = context.workbook.worksheets.getItemOrNullObject("no such sheet");
        missing.load("name");
        await context.sync();
        return {
          address: selected.address,
          values: selected.values as unknown,
          formulas: selected.formulas as unknown,
          numberFormat: selected.numberFormat as unknown,
          text: selected.text,
          isMissing: missing.isNullObject,
          language: Office.context.displayLanguage,
        };
      }),
    );
    expect(seen).toEqual({
      address: "'上交所 2015-03-09'!F12",
      values: [[1842.8]],
      formulas: [["=SSE.CALLMARGIN(E12,D12,B12,,,,$B$3)"]],
      numberFormat: [["#,##0.00"]],
      text: [["1,842.80"]],
      isMissing: true,
      language: "zh-CN",
    });
    await zh.settled();
    expect(await zh.value("N28")).toBe(2478.8);
  });

  test("the pane learns which formula fills a spilled cell, and hears of a new selection", async () => {
    await zh.click("C29");
    const spill = await zh.pane().evaluate(() =>
      Excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getItem("期货期权逐日");
        const parent = sheet.getRange("C19").getSpillParentOrNullObject();
        const none = sheet.getRange("E17").getSpillParentOrNullObject();
        const whole = sheet.getRange("A16").getSpillingToRangeOrNullObject();
        const child = sheet.getRange("C19");
        for (const range of [parent, none, whole, child]) range.load("address,values");
        await context.sync();
        return [parent.address, none.isNullObject, whole.address, child.values as unknown];
      }),
    );
    const name = "'期货期权逐日'";
    expect(spill).toEqual([`${name}!A16`, true, `${name}!A16:D23`, [[-350]]]);

    await zh.pane().evaluate(() => {
      const heard = new Promise<void>((resolve) => {
        const { DocumentSelectionChanged } = Office.EventType;
        Office.context.document.addHandlerAsync(DocumentSelectionChanged, () => resolve());
      });
      Object.assign(window, { heard });
    });
    await zh.click("C30");
    await zh.pane().evaluate(() => (window as unknown as { heard: Promise<void> }).heard);
  });

  test("what the host does not emulate fails with ApiNotFound", async () => {
    const code = await zh.pane().evaluate(() =>
      Excel.run(async (context) => {
        context.workbook.tables.load("items");
        await context.sync();
        return "no error";
      }).catch((error: { code: string }) => error.code),
    );
    expect(code).toBe("ApiNotFound");
  });

  test("Chinese is drawn on a machine that has no Chinese font", async () => {
    const drawn = await zh.page.evaluate(() => {
      // Black pixels of one character, as a text to compare.
      const picture = (character: string, face: string): string => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 48;
        const context = canvas.getContext("2d");
        if (!context) throw new Error("no canvas");
        context.font = `32px ${face}`;
        context.fillText(character, 4, 38);
        const { data } = context.getImageData(0, 0, 48, 48);
        return data.filter((_, index) => index % 4 === 3).join();
      };
      const face = '"Noto Sans SC"';
      const tofu = picture("\u{10FFFD}", face);
      return {
        withoutOurFace: picture("金", "sans-serif") === picture("\u{10FFFD}", "sans-serif"),
        asTofu: [..."保证金公式行权价推断差平仓盈亏溢出"].filter(
          (han) => picture(han, face) === tofu,
        ),
        same: picture("保", face) === picture("证", face),
      };
    });
    expect(drawn).toEqual({ withoutOurFace: true, asTofu: [], same: false });
    expect(await inkIn(zh, "A1")).toBe(true);
    expect(await inkIn(zh, "A34")).toBe(false);
  });

  test("the pane follows the page's theme and language", async () => {
    const background = (page: WorkbenchPage) =>
      page.pane().evaluate(() => Office.context.officeTheme.bodyBackgroundColor);
    expect([await background(zh), await background(en)]).toEqual(["#f5f5f5", "#262626"]);
    expect(await en.pane().evaluate(() => Office.context.displayLanguage)).toBe("en-US");

    await en.page.click("#theme");
    await en.page.waitForFunction(() => document.documentElement.dataset["theme"] === "light");
    await en.type("N16", "=RISKRATIO(1,4)");
    expect(await en.value("N16")).toBe(0.25);
    expect(await background(en)).toBe("#f5f5f5");
  });

  test("the pane is as wide as Excel makes it, and no wider or narrower than panes get", async () => {
    const width = async () => (await zh.page.locator("#pane").boundingBox())?.width;
    expect(await width()).toBe(350);
    await zh.page.focus("#divider");
    await zh.page.keyboard.press("ArrowLeft");
    expect(await width()).toBe(360);
    const divider = await zh.page.locator("#divider").boundingBox();
    await zh.page.mouse.move((divider?.x ?? 0) + 2, 400);
    await zh.page.mouse.down();
    await zh.page.mouse.move(200, 400);
    expect(await width()).toBe(450);
    await zh.page.mouse.move(1790, 400);
    await zh.page.mouse.up();
    expect(await width()).toBe(270);
  });

  test("the language button turns the whole page", async () => {
    const title = () => en.page.textContent("#title");
    expect(await title()).toMatch(/^Option Seller Margin/);
    await en.page.click("#language");
    await en.page.waitForURL((url) => !url.search.includes("lang=en"));
    await en.ready();
    expect(await title()).toMatch(/^卖方保证金/);
    expect(await en.value("F6")).toBe(3562.8);
  });

  test("nothing was asked of any other server, and the console shows no error", () => {
    for (const page of [zh, en]) {
      expect(page.foreignRequests).toEqual([]);
      expect(page.troubles).toEqual([]);
    }
  });
});

/** Whether anything dark is drawn inside a cell of the sheet. */
async function inkIn(workbench: WorkbenchPage, address: string): Promise<boolean> {
  const { page } = workbench;
  const { x, y, width, height } = await workbench.place(address);
  const clip = { x: x + 3, y: y + 3, width: width - 6, height: height - 6 };
  const image = await page.screenshot({ clip });
  return page.evaluate(
    async (bytes) => {
      const bitmap = await createImageBitmap(
        new Blob([new Uint8Array(bytes)], { type: "image/png" }),
      );
      const canvas = document.createElement("canvas");
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      const context = canvas.getContext("2d");
      context?.drawImage(bitmap, 0, 0);
      const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
      return [...data].some((value, index) => index % 4 === 0 && value < 120);
    },
    [...image],
  );
}
