// What if · Actions → Combination relief, in a real browser: what could be saved and how, copied and
// written to a sheet; sets to dissolve first; for every eye, at every width, in both languages.
import { expect, test } from "@jest/globals";
import type { Frame, Page } from "playwright-core";
import type * as Sheets from "../src/taskpane/workbook-sheets";
import { inBrowser, paneBrowser, withAxe, workbenchSession } from "./host/in-browser";
import { file, SHADES, troubles } from "./taskpane/eyes";
import type { Look } from "./taskpane/page";
import { HELD_STRANGLE, LONELY_CSV, SPREAD_CSV } from "./taskpane/spread";
import { loadInPane } from "./workbench/in-pane";

declare global {
  interface Window {
    sheets: typeof Sheets;
  }
}

const spread = () => file("20261120.csv", SPREAD_CSV);

/** What no file here says: equity, the ETF's price; the broker takes a fifth more than the exchange. */
async function terms(pane: Page | Frame): Promise<void> {
  for (const [field, text] of [
    ["#typed-equity", "25000"],
    ["#price-510050", "2.95"],
  ] as const) {
    if ((await pane.locator(field).count()) > 0) await pane.fill(field, text);
  }
  await pane.click("#settings-button");
  await pane.check('input[name="surcharge"][value="multiple"]');
  await pane.fill("#set-surcharge-markup", "20%");
  await pane.click("#settings-back");
}

async function combine(pane: Page | Frame, given: ReturnType<typeof file>): Promise<void> {
  await pane.setInputFiles("#files", given);
  await pane.waitForSelector("#status-heading", { state: "attached" });
  await terms(pane);
  await pane.click("#tab-whatIf");
  await pane.click("#part-actions");
  await pane.click("#order-combine");
  await pane.waitForSelector(".combine-figures");
}

const plain = async (pane: Page | Frame, selector: string): Promise<string[]> =>
  (await pane.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());

inBrowser("combination relief", () => {
  const panes = paneBrowser();

  const open = (look: Partial<Look> = {}) =>
    panes.open({ width: 320, language: "zh", theme: "light", room: "account", ...look }, withAxe, {
      until: "#choose-files",
    });

  test.each(["zh", "en"] as const)(
    "in %s and in whatever theme no state keeps anyone out, overflows or cuts a figure at any width",
    async (language) => {
      for (const given of [
        spread(),
        file("20261120.csv", LONELY_CSV),
        file("20261120.txt", HELD_STRANGLE),
      ]) {
        const page = await open({ language });
        await combine(page, given);
        const states = ["combine", "own"] as const;
        for (const state of states) {
          await page.click(`#order-${state}`);
          if (state === "own") {
            await page.fill("#trade-0-contract", "510050C2612M03000");
            await page.fill("#trade-0-lots", "1");
            await page.fill("#trade-0-price", "0.066");
          }
          expect([state, await troubles(page, SHADES[language])]).toEqual([state, []]);
        }
        await page.close();
      }
    },
    120_000,
  );

  test("says what could be saved, and by which sets, with the ratio after each", async () => {
    const page = await open();
    await combine(page, spread());
    expect(await plain(page, ".combine-figures")).toEqual(["组合 已省 0.00 还可省 11,904.00"]);
    expect(await plain(page, ".set-act")).toEqual([
      "构建 认购牛市价差 CNSJC × 2 组 → 49.58% 买 510050C2612M02900 卖 510050C2612M03000 省 8,856.00 之后保证金 12,396.00",
      "构建 宽跨式空头 KKS × 1 组 → 37.39% 卖 510050C2612M03000 卖 510050P2612M02850 省 3,048.00 之后保证金 9,348.00",
    ]);
    const strip = (await plain(page, ".strip")).join(" ");
    expect(strip).toContain("风险度 85.01% 37.39% −47.62");
    expect(strip).toContain("保证金 21,252.00 9,348.00 −11,904.00");
    await page.close();
  });

  test("is reached by keyboard after liquidity, and its acts after it as one reads", async () => {
    const page = await open({ language: "en" });
    await combine(page, spread());
    await page.focus("#order-liquidity");
    await page.keyboard.press("ArrowRight");
    const focused = () => page.evaluate(() => document.activeElement?.id);
    expect(await focused()).toBe("order-combine");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("copy-instructions");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("write-combining");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("to-account");
    await page.close();
  });

  test("the orders are copied one act a line, in the language of the pane", async () => {
    for (const [language, orders] of [
      [
        "zh",
        "构建组合\tCNSJC 认购牛市价差\t买 510050C2612M02900\t卖 510050C2612M03000\t2 组\n" +
          "构建组合\tKKS 宽跨式空头\t卖 510050C2612M03000\t卖 510050P2612M02850\t1 组",
      ],
      [
        "en",
        "build\tCNSJC call bull spread\tlong 510050C2612M02900\tshort 510050C2612M03000\t2 sets\n" +
          "build\tKKS short strangle\tshort 510050C2612M03000\tshort 510050P2612M02850\t1 set",
      ],
    ] as const) {
      const page = await open({ language });
      await page.evaluate(() => {
        const copied: string[] = [];
        const writeText = async (text: string): Promise<void> => void copied.push(text);
        Object.defineProperty(navigator, "clipboard", { value: { writeText, copied } });
      });
      await combine(page, spread());
      await page.click("#copy-instructions");
      const copied = await page.evaluate(
        () => (navigator.clipboard as unknown as { copied: string[] }).copied,
      );
      expect(copied).toEqual([orders]);
      await page.close();
    }
  });

  test("where nothing combines there is nothing to copy or to write", async () => {
    const page = await open();
    await combine(page, file("20261120.csv", LONELY_CSV));
    expect((await plain(page, "#room")).join(" ")).toContain(
      "没有能省保证金的组合：1 条空头腿怎么配都不省。",
    );
    expect(await page.isDisabled("#copy-instructions")).toBe(true);
    expect(await page.isDisabled("#write-combining")).toBe(true);
    await page.close();
  });

  test("a set that ties up legs is dissolved on the way, and the cash needed meanwhile is told", async () => {
    for (const [language, figures, acts, need] of [
      [
        "zh",
        "组合 已省 3,048.00 还可省 1,380.00",
        [/^拆分 宽跨式空头 KKS × 1 组 → .+ 多占 3,048.00 /, /^构建 认购牛市价差 CNSJC × 1 组 → /],
        "需先拆 1 组 期间多占用现金 3,048.00",
      ],
      [
        "en",
        "Combinations save 3,048.00 already 1,380.00 more could be saved",
        [
          /^Dissolve short strangle KKS × 1 set → .+ takes 3,048.00 more /,
          /^Build call bull spread CNSJC × 1 set → /,
        ],
        "1 set to dissolve first 3,048.00 more cash needed meanwhile",
      ],
    ] as const) {
      const page = await open({ language });
      await combine(page, file("20261120.txt", HELD_STRANGLE));
      expect(await plain(page, ".combine-figures")).toEqual([figures]);
      const shown = await plain(page, ".set-act");
      expect(shown).toHaveLength(acts.length);
      acts.forEach((act, index) => expect(shown[index]).toMatch(act));
      expect(await plain(page, ".step-totals")).toEqual([need]);
      await page.close();
    }
  });
});

inBrowser("the sheet of combinations", () => {
  const session = workbenchSession();

  test.each([
    ["zh-CN", "组合 11-20", /已写入“组合 11-20”，2 步。.*撤销/, "买 510050C2612M02900"],
    [
      "en",
      "Combinations 11-20",
      /Written to “Combinations 11-20”: 2 steps\..*Undo/,
      "long 510050C2612M02900",
    ],
  ] as const)(
    "in %s is written with its sums, numbered when taken, and taken back by Undo",
    async (lang, name, written, leg) => {
      const bench = await session.open(`?lang=${lang}&theme=light`);
      const pane = bench.pane();
      await loadInPane(pane, "src/taskpane/workbook-sheets.ts", "sheets");
      const names = () => pane.evaluate(() => window.sheets.sheetNames());
      const before = await names();
      await pane.click("#tab-account");
      await pane.waitForSelector("#choose-files");
      await combine(pane, spread());
      await pane.click("#write-combining");
      await pane.waitForSelector("#undo");
      expect(await pane.locator(".advice.done").innerText()).toMatch(written);
      await bench.settled();
      expect(await names()).toEqual([...before, name]);
      const head = await bench.values("A4:B8");
      expect(head.map((row) => row[1])).toEqual([21252, 21252, 9348, 11904, 0]);
      const rows = await bench.values("A11:L12");
      expect(rows.map((row) => [row[2], row[6], row[7], row[8], row[9], row[10], row[11]])).toEqual(
        [
          ["CNSJC", 2, 8856, 0, 8856, -8856, 12396],
          ["KKS", 1, 7968, 4920, 3048, -3048, 9348],
        ],
      );
      expect(rows[0]?.[4]).toBe(leg);
      expect((await bench.values("K13"))[0]?.[0]).toBe(-11904);

      await pane.click("#write-combining");
      await pane.waitForSelector(`text=${name} (2)`);
      expect(await names()).toEqual([...before, name, `${name} (2)`]);
      await pane.click("#undo");
      await bench.settled();
      expect(await names()).toEqual([...before, name]);
      // The account's own sheet is another: writing it asks nothing of this one.
      await pane.click("#tab-account");
      expect(await pane.locator("#undo").count()).toBe(0);
    },
    90_000,
  );
});
