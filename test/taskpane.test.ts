import { beforeAll, expect, test } from "@jest/globals";
import type { Frame, Page } from "playwright-core";
import { currentRules, rulesAsOf } from "../src/taskpane/source";
import { inBrowser, paneBrowser, withAxe, workbenchSession } from "./host/in-browser";
import { catalog, NOON } from "./taskpane/built";
import { barriers, faces } from "./taskpane/eyes";
import type { Look } from "./taskpane/page";
import type { WorkbenchPage } from "./workbench/driver";

/** Excel opens panes at about 270 px on a Mac and 320 on Windows; 450 is as wide as most people make one. */
const WIDTHS = [270, 320, 450];
const LOOKS: Look[] = (["zh", "en"] as const).flatMap((language): Look[] => [
  { width: 320, language, theme: "light" },
  { width: 320, language, theme: "dark" },
  { width: 320, language, theme: "light", contrast: true },
]);
const name = ({ language, theme, contrast }: Look): string =>
  `${language}, ${contrast ? "high contrast" : theme}`;

/** Everything a look can show at once: rules, menu, an opened function with all its parts. */
async function unfoldAll(page: Page): Promise<void> {
  await page.click(".as-of");
  await page.click("#row-SSE-CALLMARGIN");
  await page.click("#example");
  for (const part of ["more", "working", "source"]) {
    await page.click(`[aria-controls="${part}"]`);
  }
  await page.focus("#field-settlement");
  await page.click("#menu-button");
}

/** Elements whose text is wider than they are, but for those meant to be cut or scrolled. */
const clipped = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("#pane *")]
      .filter((element) => !element.closest(".unseen, .about, .scroll, svg, input"))
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const cut = getComputedStyle(element).overflowX !== "visible";
        const tooWide = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
        return left < -0.5 || right > innerWidth + 0.5 || (cut && tooWide);
      })
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent}`),
  );

/** Tables that have to be scrolled sideways. */
const scrolled = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll(".scroll")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ scrollWidth, clientWidth }) => `${scrollWidth} in ${clientWidth}`),
  );

const answer = (page: Page | Frame) => page.locator(".outcome");

inBrowser("the pane in a real browser", () => {
  const panes = paneBrowser();

  test.each(LOOKS.map((look) => [name(look), look] as const))(
    "in %s nothing overflows at any width, and nothing keeps anyone out",
    async (_, look) => {
      const page = await panes.open(look, withAxe);
      const root = page.locator("html");
      expect(await root.getAttribute("lang")).toBe(look.language === "zh" ? "zh-CN" : "en");
      expect(await root.getAttribute("data-theme")).toBe(look.theme);
      await unfoldAll(page);
      expect(await barriers(page)).toEqual([]);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 640 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        expect([width, await clipped(page)]).toEqual([width, []]);
      }
      await page.close();
    },
  );

  test.each([
    ["zh", "认购保证金", "= 2,478.80元"],
    ["en", "shanghai call", "= 2,478.80CNY"],
  ] as const)(
    "by keyboard alone, in %s: search, open, type, read",
    async (language, query, shown) => {
      const page = await panes.open({ width: 320, language, theme: "light" });
      const focused = () => page.evaluate(() => document.activeElement?.id);
      const { keyboard } = page;
      await page.focus("#search");
      await keyboard.type(query);
      await keyboard.press("ArrowDown");
      expect(await focused()).toBe("row-SSE-CALLMARGIN");
      await keyboard.press("Enter");
      for (const figure of ["0.0282", "2.339", "2.4"]) {
        await keyboard.press("Tab");
        // Between two fields lies the button that takes the selection, unless Excel isn't there.
        while (!(await focused())?.startsWith("field-")) await keyboard.press("Tab");
        await keyboard.type(figure);
      }
      expect(await answer(page).locator(".answer").innerText()).toBe(shown);
      await page.waitForFunction(() =>
        document.querySelector('[role="status"]')?.textContent?.includes("2,478.80"),
      );
      await keyboard.press("Escape");
      expect(await focused()).toBe("row-SSE-CALLMARGIN");
      expect(await page.locator(".detail").count()).toBe(0);
      await keyboard.press("ArrowUp");
      expect(await focused()).toBe("search");
      await keyboard.press("Escape");
      expect(await page.inputValue("#search")).toBe("");
      await page.close();
    },
  );

  test("focus and typed text stay while everything around them changes", async () => {
    const page = await panes.open({ width: 320, language: "zh", theme: "light" });
    await page.click("#row-SSE-CALLMARGIN");
    await page.focus("#field-strike");
    await page.keyboard.type("2");
    await page.keyboard.type(".4");
    await page.evaluate(() => {
      const english = document.querySelector<HTMLInputElement>('input[value="en"]');
      english?.click();
    });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-strike");
    expect(await page.inputValue("#field-strike")).toBe("2.4");
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await page.locator("label[for=field-strike]").innerText()).toBe("Strike yuan per share");
    await page.close();
  });

  test.each([
    ["zh", "行权价格须大于 0，现为 -3", "还缺：标的 ETF 价格"],
    ["en", "strike must be above zero; it is -3", "Still needed: ETF price"],
  ] as const)(
    "errors and what is missing are said in %s alone",
    async (language, error, missing) => {
      const page = await panes.open({ width: 320, language, theme: "light" });
      await page.click("#row-SSE-CALLMARGIN");
      await page.fill("#field-settlement", "0.0282");
      await page.fill("#field-strike", "-3");
      expect(await answer(page).locator("p").allInnerTexts()).toEqual(["= —", missing]);
      await page.fill("#field-underlying", "2.339");
      expect(await answer(page).innerText()).toBe(`#VALUE! ${error}`);
      await page.close();
    },
  );

  test("typed text stays text: a calculation is refused, markup is shown as it was typed", async () => {
    const page = await panes.open({ width: 320, language: "zh", theme: "light" });
    await page.click("#row-SSE-CALLMARGIN");
    await page.click("#example");
    await page.fill("#field-strike", "=WEBSERVICE(A1)");
    expect(await page.locator("#field-strike-said").innerText()).toMatch(/不接受算式/);
    expect(await page.locator("#field-strike").getAttribute("aria-invalid")).toBe("true");
    expect(await page.isDisabled("#insert")).toBe(true);
    const hostile = 'x"),<img src=x onerror=alert(1)>&HYPERLINK("';
    await page.fill("#field-strike", hostile);
    expect(await page.locator("#formula").innerText()).toBe(
      '=SSE.CALLMARGIN(0.0282, 2.339, "x""),<img src=x onerror=alert(1)>&HYPERLINK(""")',
    );
    expect(await answer(page).innerText()).toContain(hostile.slice(0, 20));
    expect(await page.locator("#pane img").count()).toBe(0);
    await page.close();
  });

  test.each([
    ["copied", "公式已复制。", ""],
    ["kept from add-ins", "公式已选中，按 Ctrl+C 复制。", "=SSE.CALLMARGIN(0.0282, 2.339, 2.4)"],
  ])("where the clipboard is %s, the formula is taken or selected", async (how, said, selected) => {
    const page = await panes.open({ width: 320, language: "zh", theme: "light" }, (fresh) =>
      fresh.addInitScript((works) => {
        const copied: string[] = [];
        const writeText = (text: string) =>
          works ? Promise.resolve(copied.push(text)) : Promise.reject(new Error("blocked"));
        Object.defineProperty(navigator, "clipboard", { value: { writeText, copied } });
      }, how === "copied"),
    );
    await page.click("#row-SSE-CALLMARGIN");
    await page.click("#example");
    await page.click(".formula button");
    await page.waitForSelector(`.advice.done >> text=${said}`);
    expect(await page.evaluate(() => String(getSelection()))).toBe(selected);
    const { copied } = await page.evaluate(
      () => navigator.clipboard as unknown as { copied: string[] },
    );
    expect(copied).toEqual(selected ? [] : ["=SSE.CALLMARGIN(0.0282, 2.339, 2.4)"]);
    await page.close();
  });

  test("a spilled answer is a table in the page's language, with its own scroll", async () => {
    const page = await panes.open({ width: 270, language: "en", theme: "light" });
    await page.fill("#search", "margin.change");
    await page.keyboard.press("Enter");
    await page.click("#example");
    const rows = await page.locator(".outcome tr").allInnerTexts();
    expect(rows[0]).toBe("term\tbefore\tafter\tchange");
    expect(rows[1]).toBe("premium\t2,800.00\t3,600.00\t800.00");
    expect(rows[2]).toBe("underlying part\t4,375.00\t4,285.00\t\u221290.00");
    expect(rows.at(-1)).toBe("total\t5,925.00\t7,535.00\t1,610.00");
    expect(await answer(page).innerText()).toContain("equals the published 1,610.00");
    await faces(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(270);
    await page.close();
  });

  test.each(["zh", "en"] as const)(
    "the figures of a spilled answer are all in sight at every width, in %s",
    async (language) => {
      const page = await panes.open({ width: 320, language, theme: "light" });
      await faces(page);
      for (const id of ["MARGIN.WORKING", "MARGIN.CHANGE", "OPTION.CLOSEOUT"]) {
        await page.fill("#search", id);
        await page.keyboard.press("Enter");
        await page.click("#example");
        await page.waitForSelector(".outcome table");
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 640 });
          expect([id, width, await scrolled(page)]).toEqual([id, width, []]);
        }
      }
      await page.close();
    },
  );

  test("a function that takes a range shows what one looks like until it has one", async () => {
    const page = await panes.open({ width: 320, language: "zh", theme: "light" }, withAxe);
    await page.fill("#search", "margin.table");
    await page.keyboard.press("Enter");
    expect(await page.locator(".sample tr").allInnerTexts()).toEqual([
      "合约\t买卖\t手数\t结算价\t标的价\t保证金率",
      "IO2612-P-4300\t卖\t2\t18.6\t4650\t",
      "m2701-P-2900\t卖\t10\t38.5\t2985\t0.07",
    ]);
    expect(await barriers(page)).toEqual([]);
    expect(await scrolled(page)).toEqual([]);
    await page.fill("#field-positions", "A1:F3");
    expect(await page.locator(".sample").count()).toBe(0);
    await page.close();
  });

  test("in a namespace's build the formula carries the prefix, complete or not", async () => {
    const page = await panes.open({ width: 320, language: "zh", theme: "light" }, (fresh) =>
      fresh.route("**/taskpane.html", async (route) => {
        const response = await route.fetch();
        const html = await response.text();
        const body = html.replace('name="namespace" content=""', 'name="namespace" content="OSM"');
        expect(body).not.toBe(html);
        await route.fulfill({ response, body });
      }),
    );
    await page.click("#row-SSE-CALLMARGIN");
    const formula = page.locator("#formula");
    expect(await formula.innerText()).toBe("=OSM.SSE.CALLMARGIN(settlement, underlying, strike)");
    await page.click("#example");
    expect(await formula.innerText()).toBe("=OSM.SSE.CALLMARGIN(0.0282, 2.339, 2.4)");
    await page.close();
  });

  test("the head of the rules names the oldest and how many are not verified", async () => {
    const page = await panes.open({ width: 320, language: "zh", theme: "light" });
    const rules = currentRules("2026-11-20");
    const doubtful = rules.filter(({ citation }) => citation.certainty !== "confirmed").length;
    expect(doubtful).toBeGreaterThan(0);
    expect((await page.locator(".as-of").innerText()).split("\n").slice(1)).toEqual([
      `规则截至 ${rulesAsOf(rules)}`,
      `${doubtful} 条待核`,
    ]);
    await page.close();
  });

  test("a rule that isn't verified says so before it is opened, and why after", async () => {
    const page = await panes.open({ width: 320, language: "zh", theme: "light" });
    await page.fill("#search", "cffex.call");
    await page.keyboard.press("Enter");
    const source = page.locator('[aria-controls="source"]');
    expect(await source.innerText()).toMatch(/^依据\s待核$/);
    await source.click();
    expect(await page.locator("#source").innerText()).toMatch(/待核 来源较弱[\s\S]*现行值未核实/);
    await page.click('[aria-controls="more"]');
    await page.fill("#field-on", "2020-01-02");
    expect(await source.innerText()).toBe("依据");
    await page.close();
  });

  test("without office.js, functions and results work, and inserting says why it doesn't", async () => {
    const page = await panes.open({ width: 320, language: "zh", theme: "light" }, (fresh) =>
      fresh.route("**/office-js/**", (route) => route.abort()),
    );
    expect(await page.locator(".headline").innerText()).toBe(`${catalog.length} 个函数已载入`);
    expect(await page.locator(".health").innerText()).toContain("没有加载到");
    await page.click("#row-SSE-CALLMARGIN");
    await page.click("#example");
    expect(await page.locator(".answer").innerText()).toBe("= 2,478.80元");
    expect(await page.isDisabled("#insert")).toBe(true);
    expect(await page.isDisabled(".pick >> nth=0")).toBe(true);
    await page.fill("#field-strike", "B2");
    await page.waitForSelector("#field-strike-said >> text=没有连上 Excel");
    expect(await page.locator("#formula").innerText()).toBe("=SSE.CALLMARGIN(0.0282, 2.339, B2)");
    await page.close();
  });

  test("an office.js that never answers holds up nothing, and is taken when it comes after all", async () => {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const page = await panes.open(
      { width: 320, language: "zh", theme: "light" },
      async (fresh) => {
        await fresh.clock.install({ time: NOON });
        await fresh.route("**/office-js/office.js", async (route) => {
          await arrived;
          await route.fulfill({
            contentType: "text/javascript",
            body: `window.associated = [];
              window.CustomFunctions = { associate: (id) => associated.push(id) };
              window.Office = { context: {}, onReady: () => Promise.resolve({ host: null }) };`,
          });
        });
      },
      { loads: false },
    );
    expect(await page.locator(".headline").innerText()).toBe("正在连接 Excel…");
    await page.click("#row-SSE-CALLMARGIN");
    await page.click("#example");
    expect(await page.locator(".answer").innerText()).toBe("= 2,478.80元");
    await page.clock.fastForward(10_000);
    await page.waitForSelector("text=10 秒内没有连上 Excel");
    expect(await page.locator(".headline").innerText()).toBe(`${catalog.length} 个函数已载入`);
    expect(await page.evaluate(() => document.readyState)).toBe("loading");
    arrive();
    await page.waitForSelector("text=这里不是 Excel");
    const associated = await page.evaluate(
      () => (window as unknown as { associated: string[] }).associated,
    );
    expect(associated.sort()).toEqual(catalog.map(({ id }) => id).sort());
    await page.close();
  });

  test("before any script has run the page says what it is waiting for", async () => {
    const page = await panes.open(
      { width: 320, language: "zh", theme: "light" },
      (fresh) => fresh.route("**/taskpane.js", (route) => route.abort()),
      { until: "#pane" },
    );
    expect(await page.locator("#pane").innerText()).toBe("正在连接 Excel… Connecting to Excel…");
    await page.close();
  });

  test("an Office that stays silent is waited for ten seconds and no longer", async () => {
    const page = await panes.open({ width: 320, language: "en", theme: "light" }, async (fresh) => {
      await fresh.clock.install({ time: NOON });
      await fresh.route("**/office-js/office.js", (route) =>
        route.fulfill({
          contentType: "text/javascript",
          body: `window.Office = {
            context: {},
            onReady: () => new Promise((resolve) => {
              addEventListener("office answers", () => resolve({ host: null }));
            }),
          };`,
        }),
      );
    });
    expect(await page.locator(".headline").innerText()).toBe("Connecting to Excel…");
    await page.clock.fastForward(10_000);
    await page.waitForSelector("text=Excel didn't answer in 10 s");
    expect(await page.locator("#repair").innerText()).toBe("Try again");
    await page.evaluate(() => {
      const { Office } = window as unknown as { Office: { onReady: unknown } };
      Office.onReady = () => Promise.resolve({ host: null });
      dispatchEvent(new Event("office answers"));
    });
    await page.waitForSelector("text=This isn't Excel");
    await page.close();
  });

  test("a list of functions that can't be read is said, not shown empty", async () => {
    const page = await panes.open(
      { width: 320, language: "zh", theme: "light" },
      (fresh) => fresh.route("**/functions.zh-CN.json", (route) => route.abort()),
      { until: "text=读不到函数表" },
    );
    expect(await page.locator("#list").count()).toBe(0);
    await page.close();
  });

  test("language and theme are chosen in the menu and kept", async () => {
    const page = await panes.open({ width: 320, language: "zh", theme: "light" });
    await page.click("#menu-button");
    await page.click("text=English");
    await page.click("text=Dark");
    expect(await page.locator("#tab-functions").innerText()).toBe("Functions");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    const kept = await page.evaluate(() =>
      ["language", "theme"].map((key) => localStorage.getItem(`option-seller-margin.${key}`)),
    );
    expect(kept).toEqual(["en", "dark"]);
    await page.keyboard.press("Escape");
    expect(await page.isVisible("#menu")).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("menu-button");
    await page.close();
  });
});

inBrowser("the pane beside a sheet", () => {
  const session = workbenchSession();
  let bench: WorkbenchPage;
  let pane: Frame;

  beforeAll(async () => {
    bench = await session.open("?lang=zh-CN&theme=light");
    await bench.pane().click("#tab-functions");
    await bench.page.evaluate(() => {
      const workbook = window.workbench?.api.getActiveWorkbook();
      const sheet = workbook?.create("Sheet1", 60, 20);
      if (sheet) workbook?.setActiveSheet(sheet);
      sheet?.getRange("B2:D2").setValues([[0.0282, 2.339, 2.4]]);
      sheet?.getRange("A30:E32").setValues([
        ["合约", "买卖", "手数", "结算价", "标的价"],
        ["510050C2612M03100", "卖", 2, 0.05, 3.05],
        ["510050C2612M03100", "卖", 2, 0, 3.05],
      ]);
    });
    const found = bench.page.frame({ url: /taskpane\.html/ });
    if (!found) throw new Error("the workbench has no pane");
    pane = found;
    await pane.waitForSelector("#list");
    // The pane's day stands still; the sheet beside it needs a clock that runs.
    await pane.evaluate((noon) => (Date.now = () => noon), NOON);
  }, 60_000);

  const wait = () => bench.page.waitForTimeout(400);

  /** Selects cells, and comes back to the pane as a mouse does. */
  async function select(address: string): Promise<void> {
    await bench.page.evaluate((cells) => {
      window.workbench?.api.getActiveWorkbook()?.getActiveSheet().getRange(cells).activate();
    }, address);
    await bench.page.mouse.move(300, 300);
    await pane.hover("header");
    await wait();
  }

  const cell = (address: string) =>
    bench.page.evaluate((cells) => {
      const sheet = window.workbench?.api.getActiveWorkbook()?.getActiveSheet();
      const range = sheet?.getRange(cells);
      return { formula: range?.getFormula(), value: range?.getValue() };
    }, address);

  test("takes its language from the host", async () => {
    expect(await pane.locator("html").getAttribute("lang")).toBe("zh-CN");
    const registered = `${catalog.length}/${catalog.length} 个函数已注册`;
    await pane.waitForSelector(`.headline >> text=${registered}`);
  });

  test("three selected cells fill three arguments, and the cells' values give the result", async () => {
    await pane.click("#row-SSE-CALLMARGIN");
    await select("B2:D2");
    await pane.click(".pick >> nth=0");
    await wait();
    expect(await pane.inputValue("#field-settlement")).toBe("B2");
    expect(await pane.inputValue("#field-strike")).toBe("D2");
    await pane.focus("#field-strike");
    expect(await pane.inputValue("#field-strike")).toBe("Sheet1!D2");
    await pane.focus("#field-underlying");
    expect(await pane.locator("#field-underlying-said").innerText()).toBe("2.339");
    expect(await answer(pane).innerText()).toBe("= 2,478.80元");
  });

  test("a cell that the formula reads is not offered for it", async () => {
    expect(await pane.isDisabled("#insert")).toBe(true);
    expect(await pane.locator(".detail").innerText()).toContain("B2 是这个公式的参数");
  });

  test("the button names the cell, and the formula goes there and computes", async () => {
    await select("B7");
    expect(await pane.locator("#insert").innerText()).toBe("插入 B7");
    await pane.click("#insert");
    await bench.settled();
    expect(await cell("B7")).toEqual({
      formula: "=SSE.CALLMARGIN(B2, C2, D2)",
      value: 2478.8,
    });
    await pane.waitForSelector("text=已写入 Sheet1!B7。");
    expect(await pane.locator("#insert").innerText()).toBe("覆盖 B7");
  });

  test("a changed cell is read again when the mouse comes back", async () => {
    await bench.page.evaluate(() => {
      const sheet = window.workbench?.api.getActiveWorkbook()?.getActiveSheet();
      sheet?.getRange("B2").setValue(0.0498);
      sheet?.getRange("C2").setValue(2.397);
    });
    await select("B9");
    expect(await answer(pane).innerText()).toBe("= 3,344.40元");
  });

  test("a block of cells is refused where one belongs", async () => {
    await select("B2:C3");
    await pane.click(".pick >> nth=0");
    await pane.waitForSelector("text=选区有 4 个单元格，这里要 1 个。");
    expect(await pane.inputValue("#field-settlement")).toBe("B2");
  });

  test("on another sheet the same cells keep theirs", async () => {
    await bench.page.evaluate(() => {
      const workbook = window.workbench?.api.getActiveWorkbook();
      workbook?.create("Other", 20, 10).getRange("A20").setValue({
        f: "=_xldudf_RISKRATIO(1,2)",
      });
    });
    await select("A1");
    await pane.waitForSelector("#formula >> text==SSE.CALLMARGIN(Sheet1!B2, Sheet1!C2, Sheet1!D2)");
    expect(await pane.inputValue("#field-settlement")).toBe("Sheet1!B2");
    await bench.page.evaluate(() => {
      const workbook = window.workbench?.api.getActiveWorkbook();
      const sheet = workbook?.getSheetByName("Sheet1");
      if (sheet) workbook?.setActiveSheet(sheet);
    });
    await select("B9");
  });

  test("a positions table is tried in the pane, the bad row with its own error", async () => {
    await pane.fill("#search", "margin.table");
    await pane.press("#search", "Enter");
    await select("A30:E32");
    await pane.click(".pick >> nth=0");
    await pane.waitForSelector(".outcome table");
    const rows = await pane.locator(".outcome tr").allInnerTexts();
    expect(rows[1]).toBe("7,320.00\t1,000.00\t6,320.00\t4,270.00\t基本部分");
    expect(rows[2]).toMatch(/^#VALUE! 结算价须大于 0，现为 0/);
  });

  test("cells that show #NAME? are found, and Repair brings them back and leaves spills whole", async () => {
    await bench.page.evaluate(() => {
      const sheet = window.workbench?.api.getActiveWorkbook()?.getActiveSheet();
      sheet?.getRange("F20").setValue({ f: "=OPTION.CLOSEOUT(360,300,10,7220)" });
      sheet?.getRange("A20").setValue({ f: "=_xldudf_SSE_CALLMARGIN(0.0282,2.339,2.4)" });
    });
    await bench.settled();
    expect((await cell("A20")).value).toBe("#NAME?");
    await pane.evaluate(() => window.dispatchEvent(new Event("focus")));
    // One here, one on the other sheet.
    await pane.waitForSelector("text=2 个单元格显示 #NAME?");
    await pane.click("#repair");
    await pane.waitForSelector("text=/已重写 \\d+ 个公式。/");
    await bench.settled();
    expect(await cell("A20")).toEqual({
      formula: "=SSE.CALLMARGIN(0.0282,2.339,2.4)",
      value: 2478.8,
    });
    expect((await cell("F21")).value).toBe(4220);
    expect((await cell("G21")).value).toBe(600);
    expect(await pane.locator(".headline").innerText()).toMatch(/^(\d+)\/\1 个函数已注册$/);
  });

  test("the pane asked nobody but its own server, and broke nothing", () => {
    expect(bench.foreignRequests).toEqual([]);
    expect(bench.troubles).toEqual([]);
  });
});
