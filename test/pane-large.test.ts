// A book of many rows in the production pane, in a real browser: the page answers while it is worked out, the
// figures are the same as for a small one, and the calculation can be given up.
import { describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { digits, drained } from "../src/core";
import { bookInSteps, bookOf, type Book, type BookInputs } from "../src/account/book";
import { DEFAULT_PROFILE } from "../src/account/profile";
import { readSnapshots, sinceLast, snapshotOf, type Snapshot } from "../src/account/since";
import { readPasted, type Account, type Statement } from "../src/statements";
import { given, longStatement } from "../tools/bench-reconcile.mjs";
import { inBrowser, paneBrowser } from "./host/in-browser";
import { random } from "./host/random";

const CTP = "test/statements/ctp-standard/ctp_mtm_daily_std_20261120.txt";

/** Short index calls, each printed with a margin of its own: row i takes 50,000 + i. */
function table(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, i) => `IO${["2612", "2703", "2706"][i % 3]}-C-${3000 + i},卖,1,45.2,4650,${50_000 + i}`,
  );
  return ["合约,方向,手数,结算价,标的价,保证金", ...lines].join("\n");
}

/** What the rows of the table print together, grouped in thousands. */
const totalOf = (rows: number): string =>
  (50_000 * rows + (rows * (rows - 1)) / 2).toLocaleString("en-US");

const file = (name: string, text: string) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(text),
});

async function inputs(rows: number): Promise<BookInputs> {
  const statement = await readPasted(table(rows), "t.csv", { day: "2026-11-20" });
  return { statement, prices: {}, profile: DEFAULT_PROFILE, today: "2026-11-20" };
}

describe("a book in steps", () => {
  test.each([1, 120, 900])("of %i rows is the book at once", async (rows) => {
    const given = await inputs(rows);
    const whole: Book = drained(bookInSteps(given));
    expect(whole).toEqual(bookOf(given));
    expect(whole.lines).toHaveLength(rows);
  });

  test("tells the rows that are done: never fewer than before, and all of them at the end", async () => {
    const told = [...bookInSteps(await inputs(900))];
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(900);
    expect(told.some((rows) => rows > 0 && rows < 900)).toBe(true);
  });

  test("of few rows takes one step: nobody waits for a breath", async () => {
    expect([...bookInSteps(await inputs(10))]).toEqual([]);
  });
});

describe("what is kept of a large book", () => {
  test("are its totals, and a change between such snapshots stays unsplit", async () => {
    const given = await inputs(2001);
    const account = { ...given.statement.account, id: "90000001", figures: {} } as Account;
    const snapshot = (day: string, rows: Statement): Snapshot =>
      snapshotOf(bookOf({ ...given, statement: rows, account: { ...account, day } }));
    const before = snapshot("2026-11-19", given.statement);
    expect([before.lines, before.totalsOnly]).toEqual([[], true]);
    expect(readSnapshots(JSON.parse(JSON.stringify([before])))).toEqual([before]);
    const fewer = { ...given.statement, positions: given.statement.positions.slice(0, 10) };
    const since = sinceLast(before, snapshot("2026-11-20", fewer));
    expect(since?.causes.map(({ id, contracts }) => [id, contracts])).toEqual([["unsplit", []]]);
    const [change] = since?.causes ?? [];
    expect(change && digits(change.amount)).toBe(since && digits(since.after.minus(since.before)));
  });
});

inBrowser("a book of many rows in the pane", () => {
  const panes = paneBrowser();

  const open = (): Promise<Page> =>
    panes.open({ width: 320, language: "zh", theme: "light", room: "account" }, undefined, {
      until: "#choose-files",
    });

  test("a tab that is clicked while it is worked out opens before the status is there", async () => {
    const page = await open();
    // Clicks on the page's own time, as soon as the calculation is seen.
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        if (seen.length > 0 || !document.querySelector("#cancel-calculation")) return;
        seen.push("bar");
        setTimeout(() => {
          document.getElementById("tab-whatIf")?.click();
          const { ariaSelected } = document.getElementById("tab-whatIf") as HTMLElement;
          seen.push(`whatIf ${ariaSelected}`);
          seen.push(document.querySelector("#cancel-calculation") ? "still busy" : "over");
        }, 0);
      }).observe(document.body, { childList: true, subtree: true });
    });
    await page.setInputFiles("#files", file("大账户.csv", table(20_000)));
    await page.waitForSelector("#strip-heading", { state: "attached", timeout: 60_000 });
    await page.click("#tab-account");
    await page.waitForSelector("#status-heading");
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen).toEqual(["bar", "whatIf true", "still busy"]);
    const shown = await page.locator("#room").innerText();
    expect(shown).toContain(totalOf(20_000));
    expect(await page.locator(".position").count()).toBe(200);
    expect(shown).toContain("还有 19800 行没有列出");
    await page.close();
  }, 90_000);

  test("settlement text of many rows comes over in columns, never row by row, and is reconciled", async () => {
    const page = await panes.open(
      { width: 320, language: "zh", theme: "light", room: "account" },
      (fresh) =>
        fresh.addInitScript(() => {
          const heard: string[] = [];
          const Own = Worker;
          const Heard = class extends Own {
            constructor(url: string | URL) {
              super(url);
              this.addEventListener("message", ({ data }: MessageEvent<Record<string, string>>) => {
                heard.push(data["list"] ?? `${data["kind"]}${data["book"] ? " in columns" : ""}`);
              });
            }
          };
          Object.assign(window, { heard, Worker: Heard });
        }),
      { until: "#choose-files" },
    );
    const bytes = longStatement(random(20261120), 25_000);
    const settlement = { name: "结算单.txt", mimeType: "text/plain", buffer: Buffer.from(bytes) };
    await page.setInputFiles("#files", settlement);
    await page.waitForSelector("#status-heading", { timeout: 60_000 });
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    const parts = heard.filter((one) => one !== "rows");
    expect(new Set(parts)).toEqual(new Set(["quotes", "done in columns"]));
    for (const [code, price] of Object.entries(given.prices)) {
      const rate = given.rates[/^[A-Za-z]+/.exec(code)?.[0] ?? ""]?.exchange ?? "";
      await page.fill(`[id="price-${code}"]`, price);
      await page.fill(`[id="rate-${code}"]`, rate);
    }
    await page.click("#tab-reconcile");
    await page.waitForSelector("#room >> text=✓ 吻合", { timeout: 60_000 });
    const shown = await page.locator("#room").innerText();
    expect(shown).toMatch(/25,000\n✓ 吻合/);
    expect(shown).toContain("加 3 个百分点");
    await page.click("#matching-button");
    expect(await page.locator(".break-item .break-name .code").count()).toBe(200);
    expect(await page.locator("#room").innerText()).toContain("24,800");
    await page.close();
  }, 90_000);

  test("where the code for columns can't be loaded, the statement comes over row by row", async () => {
    const page = await panes.open(
      { width: 320, language: "zh", theme: "light", room: "account" },
      (fresh) => fresh.route(/columns[^/]*\.js/, (route) => route.abort()),
      { until: "#choose-files" },
    );
    const refused: string[] = [];
    page.on("requestfailed", (request) => refused.push(request.url()));
    await page.setInputFiles("#files", CTP);
    await page.waitForSelector("#status-heading");
    expect(refused.length).toBeGreaterThan(0);
    expect(await page.locator("#room").innerText()).toContain("m2701-P-2900");
    await page.close();
  }, 90_000);

  test("the account before stays readable and marked, and a calculation given up leaves it as it was", async () => {
    const page = await open();
    await page.setInputFiles("#files", CTP);
    await page.waitForSelector("#status-heading");
    const before = await page.locator("#source-button").innerText();
    await page.click("#import-button");
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const cancel = document.getElementById("cancel-calculation");
        if (seen.length > 0 || !cancel) return;
        seen.push(document.getElementById("room")?.innerText ?? "");
        setTimeout(() => cancel.click(), 0);
      }).observe(document.body, { childList: true, subtree: true });
    });
    await page.setInputFiles("#files", file("大账户.csv", table(20_000)));
    await page.waitForSelector(".advice.trouble >> text=已取消计算", { timeout: 60_000 });
    const [meanwhile] = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(meanwhile).toContain("正在重算");
    expect(meanwhile).toContain("53.85");
    expect(await page.locator("#source-button").innerText()).toBe(before);
    expect(await page.locator("#room").innerText()).not.toContain("正在重算");
    await page.click("#source-button");
    expect(await page.locator(".source-row").count()).toBe(1);
    await page.close();
  }, 90_000);
});
