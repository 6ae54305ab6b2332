// What if · Expiry, in a real browser: what assignment tonight asks for, the options until they expire, and their
// sheet; for every eye, at every width, in both languages, by keyboard.
import { expect, test } from "@jest/globals";
import type { Frame, Page } from "playwright-core";
import type * as Sheets from "../src/taskpane/workbook-sheets";
import { inBrowser, paneBrowser, withAxe, workbenchSession } from "./host/in-browser";
import { file, SHADES, troubles } from "./taskpane/eyes";
import { EXPIRIES_CSV, FUTURES_CSV, ONE_PUT_CSV } from "./taskpane/expiries";
import type { Look } from "./taskpane/page";
import { loadInPane } from "./workbench/in-pane";

declare global {
  interface Window {
    sheets: typeof Sheets;
  }
}

const CTP = "test/statements/ctp-standard/ctp_mtm_daily_std_20261120.txt";
/** Noon in Shanghai on the day the ETF options expire. */
const EXPIRY_NOON = Date.UTC(2026, 10, 25, 4);
const FILE = "20261125.csv";

/** What no table says: the equity; the broker takes what the exchange takes. */
async function terms(pane: Page | Frame): Promise<void> {
  if ((await pane.locator("#typed-equity").count()) > 0) await pane.fill("#typed-equity", "200000");
  await pane.click("#settings-button");
  await pane.check('input[name="surcharge"][value="multiple"]');
  await pane.fill("#set-surcharge-markup", "0%");
  await pane.click("#settings-back");
}

async function expiry(pane: Page | Frame, given: string | ReturnType<typeof file>): Promise<void> {
  await pane.setInputFiles("#files", given);
  await pane.waitForSelector("#status-heading", { state: "attached" });
  await terms(pane);
  await pane.click("#tab-whatIf");
  await pane.click("#part-expiry");
  await pane.waitForSelector("#timeline-heading");
}

const plain = async (pane: Page | Frame, selector: string): Promise<string[]> =>
  (await pane.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());

inBrowser("the expiries", () => {
  const panes = paneBrowser();

  const open = async (look: Partial<Look> = {}) =>
    panes.open(
      { width: 320, language: "zh", theme: "light", room: "account", ...look },
      async (fresh) => {
        await withAxe(fresh);
        await fresh.clock.setFixedTime(EXPIRY_NOON);
      },
      { until: "#choose-files" },
    );

  const sample = async (page: Page): Promise<void> => {
    await page.click("#try-sample");
    await page.waitForSelector("#status-heading");
    await page.click("#tab-whatIf");
    await page.click("#part-expiry");
    await page.waitForSelector("#timeline-heading");
  };

  const focused = (page: Page): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.id);

  test.each(["zh", "en"] as const)(
    "in %s and in whatever theme no state keeps anyone out, overflows or cuts a figure at any width",
    async (language) => {
      for (const given of [CTP, file(FILE, EXPIRIES_CSV), file(FILE, FUTURES_CSV)]) {
        const page = await open({ language });
        await expiry(page, given);
        for (const state of ["as is", "all, open"] as const) {
          if (state !== "as is") {
            await page.check("#assume-all");
            await page.click(".expiry >> nth=0");
            await page.click(".expiry >> nth=1", { modifiers: ["Control"] });
            await page.evaluate(() => {
              for (const one of document.querySelectorAll("details")) one.open = true;
            });
          }
          expect([state, await troubles(page, SHADES[language])]).toEqual([state, []]);
        }
        await page.close();
      }
    },
    180_000,
  );

  test("on the sample nothing is needed tonight, and no option is out of its order", async () => {
    const page = await open();
    await sample(page);
    expect(await plain(page, ".needs")).toEqual(["需 现金 ¥0.00 股票 0 缺 0"]);
    const shown = await plain(page, ".expiry");
    expect(shown).toHaveLength(9);
    const put = shown.find((text) => text.startsWith("m2701-P-2900"));
    expect(put).toMatch(
      /^m2701-P-2900 卖 10 \d+ 天 \S+ \S+ 到期 虚值 85 作废释放 29,450.00 指派 → 多 m2701 10 手，价 2,900 行权盈亏 \+8,500.00$/,
    );
    await page.close();
  });

  test("a put in the money that expires on the day asks for its strike, and the strip follows", async () => {
    const page = await open({ language: "en" });
    await expiry(page, file(FILE, ONE_PUT_CSV));
    expect(await plain(page, ".needs-table tbody tr")).toEqual([
      "cash ¥96,000.00 0.00",
      expect.stringMatching(/^by Thu 26 Nov available [\d,.]+$/),
      "shares 0 0",
    ]);
    const strip = (await plain(page, ".strip")).join(" ");
    // 0.1 in premium and 12 % of 3.1, of 30,000 shares: 14,160; then nothing but what the strike leaves.
    expect(strip).toContain("Margin 14,160.00 0.00 −14,160.00");
    expect(strip).toContain("Equity 200,000.00 104,000.00 −96,000.00");
    await page.close();
  });

  test("the assumption of all changes what is counted; the price asked for fills what was open", async () => {
    const page = await open();
    await expiry(page, file(FILE, EXPIRIES_CSV));
    const summaries = () => plain(page, ".left-out summary");
    expect(await summaries()).toEqual(["计入 3 行", "没有计入 2 行"]);
    await page.check("#assume-all");
    expect(await summaries()).toEqual(["计入 5 行"]);
    const spoken = () => page.locator('#pane > [role="status"]').innerText();
    const then = (await page.locator(".strip td.strong").innerText()).trim();
    expect(await spoken()).toMatch(new RegExp(`^假设：\\S+，风险度 ${then}$`));
    await page.selectOption("#expiry-basis", "last");
    expect(await page.inputValue("#expiry-basis")).toBe("last");
    await page.close();

    const other = await open();
    await expiry(other, file(FILE, FUTURES_CSV));
    const long = () => other.locator(".expiry >> text=si2701-C-9500");
    expect(await plain(other, ".expiry")).toContainEqual(expect.stringContaining("实值虚值未知"));
    await other.click("#expiry-price-si2701");
    await other.keyboard.type("9600");
    expect(await focused(other)).toBe("expiry-price-si2701");
    expect(await long().count()).toBe(1);
    expect((await plain(other, ".expiry")).join(" ")).toContain("实值 100");
    await other.close();
  });

  test("the parts are tabs: arrows, Home and End move, and what they reach is shown", async () => {
    const page = await open();
    await sample(page);
    await page.click("#part-actions");
    await page.waitForSelector("#order-fewest");
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toBe("part-expiry");
    await page.waitForSelector("#timeline-heading");
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toBe("part-market");
    await page.keyboard.press("End");
    expect(await focused(page)).toBe("part-expiry");
    await page.keyboard.press("Home");
    expect(await focused(page)).toBe("part-market");
    expect(await page.getAttribute("#part-market", "aria-selected")).toBe("true");
    expect(await page.getAttribute("#part", "aria-labelledby")).toBe("part-market");
    await page.keyboard.press("End");
    // Reading order: the tabs, the price, the assumption.
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("expiry-basis");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("assume-all");
    await page.keyboard.press("Space");
    expect(await page.isChecked("#assume-all")).toBe(true);
    await page.close();
  });

  test("rows are walked through with the arrows, open with Enter and close with Escape", async () => {
    const page = await open();
    await sample(page);
    const expanded = () =>
      page.locator(".expiry").evaluateAll((rows) => rows.map((row) => row.ariaExpanded));
    await page.focus(".expiry >> nth=0");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect((await expanded()).indexOf("true")).toBe(1);
    await page.waitForSelector(".expiry-facts");
    await page.keyboard.press("Escape");
    expect(await expanded()).not.toContain("true");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    expect((await expanded()).at(-1)).toBe("true");
    await page.close();
  });

  test("the part stays while another room is looked at; reducing risk opens the actions", async () => {
    const page = await open();
    await sample(page);
    await page.click("#tab-account");
    await page.click("#tab-whatIf");
    await page.waitForSelector("#timeline-heading");
    await page.click("#tab-account");
    await page.click("#reduce-risk");
    await page.waitForSelector("#order-fewest");
    await page.close();
  });

  test("a book of many options is worked out while the page answers", async () => {
    const page = await open();
    const rows = Array.from(
      { length: 5000 },
      (_, at) => `IO2612-C-${3000 + at},卖,1,45.2,4650,50000`,
    );
    const table = ["合约,方向,手数,结算价,标的价,保证金", ...rows].join("\n");
    await page.setInputFiles("#files", file(FILE, table));
    await page.waitForSelector("#status-heading", { timeout: 60_000 });
    await page.click("#tab-whatIf");
    await page.click("#part-expiry");
    await page.waitForSelector(".expiry", { timeout: 60_000 });
    // The longest the page keeps a timer waiting while all are taken for assigned.
    const longest = await page.evaluate(async () => {
      let [most, last] = [0, performance.now()];
      const timer = setInterval(() => {
        const now = performance.now();
        most = Math.max(most, now - last);
        last = now;
      }, 10);
      document.getElementById("assume-all")?.click();
      await new Promise((resolve) => setTimeout(resolve, 50));
      while (document.getElementById("room")?.textContent?.includes("正在算到期")) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      clearInterval(timer);
      return most;
    });
    expect(longest).toBeLessThan(1000);
    expect(await page.locator(".expiry").count()).toBe(200);
    expect(await page.locator("#room").innerText()).toContain("还有 4800 行没有列出");
    await page.close();
  }, 120_000);
});

inBrowser("the sheet of expiries", () => {
  const session = workbenchSession();

  test.each([
    ["zh-CN", "到期 11-20", /已写入“到期 11-20”，9 行。.*撤销/, "合约"],
    ["en", "Expiry 11-20", /Written to “Expiry 11-20”: 9 rows\..*Undo/, "Contract"],
  ] as const)(
    "in %s is written, numbered when taken, and taken back by Undo",
    async (lang, name, written, header) => {
      const bench = await session.open(`?lang=${lang}&theme=light`);
      const pane = bench.pane();
      await loadInPane(pane, "src/taskpane/workbook-sheets.ts", "sheets");
      const names = () => pane.evaluate(() => window.sheets.sheetNames());
      const before = await names();
      await pane.click("#tab-account");
      await pane.waitForSelector("#choose-files");
      await expiry(pane, CTP);
      await pane.click("#write-expiry");
      await pane.waitForSelector("#undo");
      expect(await pane.locator(".advice.done").innerText()).toMatch(written);
      await bench.settled();
      expect(await names()).toEqual([...before, name]);
      expect((await bench.values("D3"))[0]?.[0]).toBe(header);
      const contracts = (await bench.values("D4:D12")).map((row) => row[0]);
      const listed = (await plain(pane, ".expiry .code")).map((code) => code.trim());
      expect(contracts).toEqual(listed);

      await pane.click("#write-expiry");
      await pane.waitForSelector(`text=${name} (2)`);
      expect(await names()).toEqual([...before, name, `${name} (2)`]);
      await pane.click("#undo");
      await bench.settled();
      expect(await names()).toEqual([...before, name]);
      // The sheet of the account and those of actions are others.
      await pane.click("#part-actions");
      expect(await pane.locator("#undo").count()).toBe(0);
    },
    90_000,
  );
});
