// From a broker's statement to a sheet that calculates: the production pane in the workbench, used as a
// seller uses it, with the figures of the statement typed here again.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import type { Frame } from "playwright-core";
import { inBrowser, workbenchSession } from "./host/in-browser";
import { file } from "./taskpane/eyes";
import type { WorkbenchPage } from "./workbench/driver";

const CTP = "test/statements/ctp-standard/ctp_mtm_daily_std_20261120.txt";
const OLD_XLS = "test/statements/cfmmc-daily-xls/cfmmc_daily_099990000001_2026-11-20.xls";

/** Settlement prices of the underlyings on the day, and the exchanges' rates on their futures. */
const PRICES = { SR701: "5750", cu2701: "86500", sc2702: "498.6", IO: "4650" };
const RATES = { m2701: "7%", SR701: "7%", cu2701: "9%", sc2702: "10%" };

/** What the statement prints, row by row. */
const PRINTED = {
  "IO2612-C-4800": "177,810.00",
  cu2701C90000: "98,800.00",
  sc2702C520: "73,376.00",
  "IO2612-P-4300": "36,610.00",
  "m2701-P-2900": "29,450.00",
  SR701C6000: "25,600.00",
  m2701: "17,910.00",
  "m2701-C-3100": "11,240.00",
  "m2701-P-2800": "600.00",
  "si2701-C-9500": "0.00",
};

const UNKNOWN_COLUMNS =
  "代号,多空,数,结,价\nIO2612-C-4800,卖,3,45.2,4650\nIO2612-P-4300,卖,1,18.6,4650\n";

const VIEWS = (["zh-CN", "en"] as const).flatMap((lang) =>
  (["light", "dark"] as const).map((theme) => [lang, theme] as const),
);

inBrowser("a statement in the workbench", () => {
  const session = workbenchSession();
  const opened: WorkbenchPage[] = [];

  const open = async (query = "?lang=zh-CN&theme=light"): Promise<[WorkbenchPage, Frame]> => {
    const bench = await (opened[0]?.again(query) ?? session.open(query));
    opened.push(bench);
    const pane = bench.pane();
    await pane.click("#tab-account");
    await pane.waitForSelector("#choose-files");
    return [bench, pane];
  };

  async function typeMarket(pane: Frame, prices: Partial<typeof PRICES> = PRICES): Promise<void> {
    for (const [code, price] of Object.entries(prices)) await pane.fill(`#price-${code}`, price);
    for (const [code, rate] of Object.entries(RATES)) await pane.fill(`#rate-${code}`, rate);
  }

  /** The one rate of the broker's that the statement's own figures don't tell. */
  async function typeBrokerRate(pane: Frame): Promise<void> {
    await pane.click("#settings-button");
    await pane.fill("#set-products-sc2702-broker", "13%");
    await pane.click("#settings-back");
  }

  const status = (pane: Frame): Promise<string> => pane.locator(".hero .pill").first().innerText();

  /** A row of the table of both standards: its two figures. */
  const bothStandards = (pane: Frame, row: string): Promise<string[]> =>
    pane.locator("table.two tr", { hasText: row }).first().locator("td").allInnerTexts();

  /** The active sheet's rows under the header of the positions, by contract. */
  async function column(bench: WorkbenchPage, letter: string): Promise<Record<string, unknown>> {
    const contracts = await bench.values("A22:A31");
    const figures = await bench.values(`${letter}22:${letter}31`);
    return Object.fromEntries(contracts.map(([name], at) => [String(name), figures[at]?.[0]]));
  }

  async function writeSheet(bench: WorkbenchPage, pane: Frame): Promise<string> {
    await pane.click("#write-sheet");
    await pane.waitForSelector("#undo");
    await bench.settled();
    return pane.locator(".notice, .done").first().innerText();
  }

  describe("the CTP statement of 20 November", () => {
    let bench: WorkbenchPage;
    let pane: Frame;

    beforeAll(async () => {
      [bench, pane] = await open();
      await pane.setInputFiles("#files", CTP);
      await pane.waitForSelector("#status-heading");
    }, 60_000);

    test("shows the status the statement prints before any price is known", async () => {
      expect(await status(pane)).toBe("正常");
      const head = await pane.locator(".hero").innerText();
      expect(head.replace(/\s/g, "")).toContain("53.85%公司标准账单所列");
      expect(await bothStandards(pane, "保证金")).toEqual(["471,396.00", expect.anything()]);
      expect(await bothStandards(pane, "状态")).toEqual(["正常", "未定"]);
      const rows = await pane.locator(".position").allInnerTexts();
      const figures = rows.map((row) => row.replace(/\s+/g, " "));
      expect(figures).toEqual(
        Object.entries(PRINTED).map(([contract, margin]) =>
          expect.stringMatching(new RegExp(`^${contract} .*${margin.replace(".", "\\.")}`)),
        ),
      );
    });

    test("with the day's prices and rates typed, both standards are there", async () => {
      await typeMarket(pane);
      expect(await bothStandards(pane, "保证金")).toEqual(["471,396.00", "346,245.00"]);
      // 346,245 of 875,417.48; 471,396 is printed as 53.85%.
      expect(await bothStandards(pane, "风险度")).toEqual(["53.85%", "39.55%"]);
      expect(await bothStandards(pane, "状态")).toEqual(["正常", "正常"]);
    });

    test("an opened row shows how its margin came about, per lot on both standards", async () => {
      await pane.click(".position >> text=IO2612-C-4800");
      const rows = await pane.locator(".working-rows tr").allInnerTexts();
      const figures = rows.map((row) => row.replace(/\s+/g, " ").trim());
      // 45.2 × 100; 4650 × 100 at 15% and at 12%; 4800 − 4650 out of the money.
      for (const said of [
        "权利金 45.2×100 4,520.00 4,520.00",
        "标的 4,650×100×率 69,750.00 55,800.00",
        "虚值额 150×100 −15,000.00 −15,000.00",
        "每手 59,270.00 45,320.00",
        "× 3 手 177,810.00 135,960.00",
      ]) {
        expect(figures).toContain(said);
      }
    });

    test("the sheet it writes answers to its cells: a price moves margin, ratio and status", async () => {
      await typeBrokerRate(pane);
      expect(await writeSheet(bench, pane)).toContain("保证金 11-20");
      // The legs' 472,728 less the 8,240 the statement charges less for the strangle on soybean meal.
      const margin = 464_488;
      expect(await bench.value("B4")).toBe(margin);
      expect(await bench.value("B6")).toBe("正常");
      expect((await column(bench, "L"))["IO2612-C-4800"]).toBe(177_810);
      expect((await column(bench, "K"))["IO2612-C-4800"]).toBe(135_960);

      await bench.type("B3", "500000");
      expect(await bench.value("B5")).toBe(margin / 500_000);
      expect(await bench.value("B6")).toBe("追保");
      // To 90%: 464,488 ÷ 0.9 − 500,000, up to the fen.
      expect(await bench.value("B7")).toBe(16_097.78);

      expect(await bench.value("B16")).toBe(4650);
      await bench.type("B16", "4880");
      const after = await column(bench, "L");
      // In the money now: 4,520 and 15% of 488,000 a lot, three lots.
      expect(after["IO2612-C-4800"]).toBe(3 * (4_520 + 73_200));
      expect((await bench.value("B4")) as number).toBeGreaterThan(margin);
      expect((await bench.value("B5")) as number).toBeGreaterThan(1);
      expect(await bench.value("B6")).toBe("平仓");
    });

    test("what was written can be taken back", async () => {
      const names = () =>
        bench.page.evaluate(() =>
          window.workbench?.api
            .getActiveWorkbook()
            ?.getSheets()
            .map((sheet) => sheet.getSheetName()),
        );
      expect(await names()).toContain("保证金 11-20");
      await pane.click("#undo");
      await pane.waitForSelector("#undo", { state: "detached" });
      expect(await names()).not.toContain("保证金 11-20");
    });

    test("its account's number is nowhere in what is shown", async () => {
      const shown = await pane.locator("#pane").evaluate((element) => element.outerHTML);
      expect(shown).not.toContain("90000001");
    });
  });

  test("a statement that is dropped on the pane is taken", async () => {
    const [, pane] = await open();
    const transfer = await pane.evaluateHandle(
      ([name, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], name));
        return data;
      },
      ["20261120.txt", [...readFileSync(CTP)]] as const,
    );
    for (const event of ["dragenter", "dragover", "drop"]) {
      await pane.dispatchEvent("#room", event, { dataTransfer: transfer });
    }
    await pane.waitForSelector("#status-heading");
    expect(await pane.locator(".hero").innerText()).toContain("53.85");
  });

  test("the same account from the monitoring centre's .xls gives the same figures and sheet", async () => {
    const [bench, pane] = await open();
    await pane.setInputFiles("#files", OLD_XLS);
    await pane.waitForSelector("#status-heading");
    expect(await pane.locator("#source-button").innerText()).toContain("监控中心");
    expect(await bothStandards(pane, "保证金")).toEqual(["471,396.00", expect.anything()]);
    await typeMarket(pane);
    expect(await bothStandards(pane, "保证金")).toEqual(["471,396.00", "346,245.00"]);
    expect(await bothStandards(pane, "风险度")).toEqual(["53.85%", "39.55%"]);
    await typeBrokerRate(pane);
    expect(await writeSheet(bench, pane)).toContain("保证金 11-20");
    const figures = await column(bench, "L");
    expect([figures["IO2612-C-4800"], figures["m2701-P-2900"]]).toEqual([177_810, 29_450]);
    expect(await bench.value("B6")).toBe("正常");
  });

  test("a table whose columns nobody knows is mapped by hand and written as a sheet", async () => {
    const [bench, pane] = await open();
    await pane.setInputFiles("#files", file("表 2026-11-20.csv", UNKNOWN_COLUMNS));
    await pane.click(".trouble-acts .button");
    for (const [column, label] of [
      ["contract", "代号"],
      ["side", "多空"],
      ["quantity", "数"],
      ["settlement", "结"],
      ["underlyingPrice", "价"],
    ] as const) {
      await pane.selectOption(`#map-${column}`, { label });
    }
    await pane.click("#import-mapped:enabled >> text=导入 2 行");
    await pane.waitForSelector("#status-heading");
    // No equity and no printed margin: nothing is concluded until the user says what the table can't.
    expect(await status(pane)).toBe("未定");
    await pane.fill("#typed-equity", "500000");
    // 3 × 45,320; the put's 1,860 and its minimum, half of 12% of 4300 × 100.
    expect(await bothStandards(pane, "保证金")).toEqual(["—", "163,620.00"]);
    await writeSheet(bench, pane);
    expect(await bench.value("A4")).toBe("保证金");
    expect(await bench.value("C4")).toBe(163_620);
  });

  test.each(VIEWS)("in %s, %s, it is read, shown and written alike", async (lang, theme) => {
    const [bench, pane] = await open(`?lang=${lang}&theme=${theme}`);
    const zh = lang === "zh-CN";
    await pane.setInputFiles("#files", CTP);
    await pane.waitForSelector("#status-heading");
    await typeMarket(pane);
    const root = pane.locator("html");
    expect(await root.getAttribute("lang")).toBe(lang);
    expect(await root.getAttribute("data-theme")).toBe(theme);
    expect(await status(pane)).toBe(zh ? "正常" : "Normal");
    expect(await bothStandards(pane, zh ? "保证金" : "Margin")).toEqual([
      "471,396.00",
      "346,245.00",
    ]);
    await typeBrokerRate(pane);
    await writeSheet(bench, pane);
    expect(await bench.value("A4")).toBe(zh ? "保证金" : "Margin");
    expect(await bench.value("B6")).toBe(zh ? "正常" : "normal");
    expect((await column(bench, "L"))["IO2612-C-4800"]).toBe(177_810);
  });

  test("nothing was asked of any server but the workbench's own, and nothing broke", () => {
    expect(opened.length).toBeGreaterThan(5);
    expect(opened.flatMap(({ foreignRequests }) => foreignRequests)).toEqual([]);
    expect(opened.flatMap(({ troubles }) => troubles)).toEqual([]);
  });
});
