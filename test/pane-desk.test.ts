// The desk under quick hands: files in a queue, questions one after the other, what is typed and what is
// said of it; and what it writes into the workbench's sheets.
import { beforeAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import type { Frame, Page } from "playwright-core";
import type * as Sheets from "../src/taskpane/workbook-sheets";
import { inBrowser, paneBrowser, workbenchSession } from "./host/in-browser";
import { file } from "./taskpane/eyes";
import { filesOnDisk } from "./taskpane/on-disk";
import type { Look } from "./taskpane/page";
import type { WorkbenchPage } from "./workbench/driver";
import { loadInPane } from "./workbench/in-pane";

declare global {
  interface Window {
    sheets: typeof Sheets;
  }
}

const CTP = "test/statements/ctp-standard/ctp_mtm_daily_std_20261120.txt";
const OLD_XLS = "test/statements/cfmmc-daily-xls/cfmmc_daily_099990000001_2026-11-20.xls";

const ctp = () => file("20261120.txt", readFileSync(CTP));
const oldXls = () => file("old.xls", readFileSync(OLD_XLS));

/** Nobody knows these columns; another last row makes another table. */
const unknown = (name: string, contract = "IO2612-C-4800") =>
  file(name, `代号,多空,数,结,价\n${contract},卖,3,45.2,4650\nIO2612-P-4300,卖,1,18.6,4650\n`);

const [HEADER, ROW] = [
  "合约,方向,手数,结算价,标的价,备注",
  `IO2612-C-4800,卖,3,45.2,4650,${"x".repeat(120)}`,
];
const short = (name: string) => file(name, `${HEADER}\n${ROW}\n`);

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
const said = (page: Page) => page.locator('p[role="status"]').innerText();
const alerted = (page: Page) => page.locator('p[role="alert"]').innerText();

inBrowser("the desk", () => {
  const panes = paneBrowser();
  const onDisk = filesOnDisk();

  /** Long enough to be seen while it is read. */
  const long = (name: string, rows = 60_000) =>
    onDisk(name, [HEADER, ...Array.from({ length: rows }, () => ROW)].join("\n"));

  const open = (look: Partial<Look> = {}, prepare?: (page: Page) => Promise<unknown>) =>
    panes.open({ width: 320, language: "zh", theme: "light", room: "account", ...look }, prepare, {
      until: "#choose-files",
    });

  /** The rows of the source menu. */
  async function sources(page: Page): Promise<string[]> {
    if ((await page.locator("#source-menu").count()) === 0) await page.click("#source-button");
    return page.locator(".source-row").allInnerTexts();
  }

  async function nameColumns(page: Page): Promise<void> {
    await page.selectOption("#map-contract", { label: "代号" });
    await page.selectOption("#map-side", { label: "多空" });
    await page.selectOption("#map-quantity", { label: "数" });
    await page.selectOption("#map-settlement", { label: "结" });
    await page.selectOption("#map-underlyingPrice", { label: "价" });
    await page.click("#import-mapped:enabled");
  }

  test("files that are chosen while others are read wait their turn, and all arrive", async () => {
    const page = await open();
    await page.setInputFiles("#files", [long("a.csv", 20_000), CTP], { timeout: 60_000 });
    await page.waitForTimeout(50);
    await page.setInputFiles("#files", oldXls());
    await page.waitForFunction(
      () => document.querySelector("#source-button")?.textContent?.includes("监控中心"),
      undefined,
      { timeout: 60_000 },
    );
    expect(await sources(page)).toHaveLength(3);
    await page.close();
  }, 90_000);

  test("the sample waits for the file that is read", async () => {
    const page = await open();
    await page.setInputFiles("#files", long("a.csv"), { timeout: 60_000 });
    // The bar comes after 300 ms and moves the button: a click on its way down would miss it.
    await page.waitForSelector("#cancel-reading");
    await page.click("#try-sample");
    await page.waitForFunction(
      () => document.querySelector(".source-bar > .badge")?.textContent === "样例",
      undefined,
      { timeout: 60_000 },
    );
    expect(await sources(page)).toHaveLength(2);
    await page.close();
  }, 90_000);

  test("Cancel ends the file that is read and no other; the focus stays on the page", async () => {
    const page = await open();
    const files = [long("a.csv"), long("b.csv"), CTP];
    await page.setInputFiles("#files", files, { timeout: 60_000 });
    expect(await page.locator("#waiting").innerText()).toBe("另有 2 份等着。");
    await page.click("#cancel-reading");
    await page.waitForSelector("#progress-says >> text=b.csv");
    expect(await page.locator(".notice").innerText()).toBe("已取消读取 a.csv，原来的账户不变。");
    expect(await focused(page)).toBe("choose-files");
    await page.click("#cancel-reading");
    await page.waitForSelector("#status-heading");
    expect(await sources(page)).toHaveLength(1);
    await page.close();
  }, 90_000);

  test("of two tables nobody knows, naming the columns of one leaves the other listed", async () => {
    const page = await open();
    await page.setInputFiles("#files", [unknown("一.csv"), unknown("二.csv"), ctp()]);
    await page.waitForSelector("#status-heading");
    expect(await page.locator(".trouble-card").count()).toBe(2);
    await page.click(".trouble-acts .button");
    await nameColumns(page);
    await page.waitForSelector("#source-button >> text=一.csv");
    expect(await page.locator(".trouble-card").innerText()).toContain("二.csv");
    await page.click(".trouble-acts .button");
    await nameColumns(page);
    await page.waitForSelector("#source-button >> text=二.csv");
    expect(await page.locator(".trouble-card").count()).toBe(0);
    expect(await sources(page)).toHaveLength(3);
    await page.close();
  });

  test("a table to be mapped stays asked for while a statement behind it arrives", async () => {
    const page = await open();
    const sideless = (name: string, code: string) =>
      file(name, `合约,手数,结算价\n${code},3,45.2\nIO2612-P-4300,1,18.6\n`);
    await page.setInputFiles("#files", [
      file("nothing.txt", "hello\nworld\n"),
      sideless("一.csv", "IO2612-C-4800"),
      sideless("二.csv", "IO2612-C-4900"),
      ctp(),
    ]);
    await page.waitForSelector("#import-mapped");
    const arrived = (rows: number) =>
      page.waitForSelector(`[role="status"] >> text=导入完成，${rows} 行`, { state: "attached" });
    await arrived(10);
    expect(await page.locator(".page").innerText()).toContain("一.csv");
    expect(await page.locator(".trouble-card").innerText()).toContain("没认出 nothing.txt");
    await page.click("#import-mapped:enabled");
    await page.waitForSelector("text=二.csv：每一项");
    await arrived(2);
    await page.keyboard.press("Escape");
    await page.waitForSelector("text=二.csv 没有导入，其余不变。");
    expect(await page.locator(".trouble-card").count()).toBe(1);
    expect(await sources(page)).toHaveLength(2);
    await page.close();
  });

  test("only a table offers to name its columns", async () => {
    const page = await open();
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
      "base64",
    );
    await page.setInputFiles("#files", [
      file("图.png", png),
      file(
        "坏.txt",
        new Uint8Array(600).map((_, at) => (at * 37 + 129) % 256),
      ),
      unknown("表.csv"),
    ]);
    await page.waitForSelector(".trouble-card >> nth=2");
    const cards = await page.locator(".trouble-card").allInnerTexts();
    expect(cards.map((card) => card.includes("指定列\n") || /指定列$/m.test(card))).toEqual([
      false,
      false,
      true,
    ]);
    expect(cards[1]).toContain("坏.txt");
    await page.close();
  });

  test("columns that aren't named after all leave the account as it was", async () => {
    const page = await open();
    await page.setInputFiles("#files", unknown("表.csv"));
    await page.click(".trouble-acts .button");
    await nameColumns(page);
    await page.waitForSelector("#status-heading");
    await page.click("#source-button");
    await page.click("text=列的对应");
    await page.waitForSelector("#import-mapped");
    await page.keyboard.press("Escape");
    await page.waitForSelector("#status-heading");
    expect(await page.locator(".notice").count()).toBe(0);
    expect(await sources(page)).toHaveLength(1);
    await page.close();
  });

  test("a status that changes while equity is typed is spoken, urgently where it is urgent", async () => {
    const page = await open();
    await page.setInputFiles("#files", ctp());
    await page.waitForSelector("#status-heading");
    expect(await said(page)).toContain("正常");
    await page.click("#import-button");
    await page.setInputFiles("#files", short("表.csv"));
    await page.waitForSelector("#typed-equity");
    expect(await said(page)).toContain("未定");
    await page.fill("#typed-equity", "100000");
    await page.waitForFunction(() =>
      document.querySelector('[role="alert"]')?.textContent?.includes("即时处置"),
    );
    expect(await said(page)).toBe("");
    await page.fill("#typed-equity", "");
    await page.waitForFunction(() =>
      document.querySelector('p[role="status"]')?.textContent?.includes("未定"),
    );
    expect(await alerted(page)).toBe("");
    await page.click("#source-button");
    await page.click(".source-row >> text=CTP");
    expect(await said(page)).toMatch(/^90\*\*\*\*01 11-20 结算，正常 53\.85%/);
    await page.close();
  });

  test("with many rows the figures follow once the typing rests, not at every key", async () => {
    const page = await open();
    const rows = Array.from(
      { length: 300 },
      (_, at) => `IO2612-C-${4000 + 10 * at},卖,1,45.2,4650`,
    );
    const table = ["合约,方向,手数,结算价,标的价", ...rows].join("\n");
    await page.setInputFiles("#files", file("多.csv", table));
    await page.waitForSelector("#typed-equity");
    const [before, after] = await page.evaluate(() => {
      const pill = () => document.querySelector(".hero .pill")?.textContent;
      const field = document.querySelector<HTMLInputElement>("#typed-equity");
      const was = pill();
      field?.focus();
      if (field) field.value = "1000";
      field?.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return [was, pill()];
    });
    expect(after).toBe(before);
    expect(await page.inputValue("#typed-equity")).toBe("1000");
    await page.waitForSelector(".hero .pill >> text=即时处置");
    await page.fill("#typed-equity", "100");
    await page.click("#tab-whatIf");
    await page.click("#part-actions");
    expect(await page.locator(".strip").innerText()).toContain("100.00");
    await page.close();
  });

  test("a line that was refused is taken once the line in its way is changed", async () => {
    const page = await open();
    await page.click("#try-sample");
    await page.waitForSelector("#status-heading");
    await page.click("#settings-button");
    await page.fill("#set-lines-call", "60%");
    await page.waitForSelector(".objection >> text=先改关注线");
    await page.fill("#set-lines-watch", "50%");
    await page.waitForFunction(() => document.querySelector(".objection") === null);
    await page.click("#settings-back");
    await page.click("#settings-button");
    expect(await page.inputValue("#set-lines-call")).toBe("60%");
    expect(await page.inputValue("#set-lines-watch")).toBe("50%");
    await page.close();
  });

  test("own trades stay with their account, and one without a price isn't counted", async () => {
    const page = await open();
    await page.setInputFiles("#files", [ctp(), oldXls()]);
    await page.waitForSelector("#source-button >> text=监控中心");
    await page.click("#tab-whatIf");
    await page.click("#part-actions");
    await page.check("#order-own");
    expect(await page.locator("#copy-instructions").isDisabled()).toBe(true);
    await page.fill("#trade-0-contract", "IO2612-C-4800");
    await page.fill("#trade-0-lots", "1");
    await page.waitForSelector("text=第 1 笔缺价格，未计入。");
    expect(await page.locator("#copy-instructions").isDisabled()).toBe(true);
    await page.click("#source-button");
    await page.click(".source-row >> text=CTP");
    expect(await page.locator("#trade-0-lots").count()).toBe(0);
    await page.click("#source-button");
    await page.click(".source-row >> text=监控中心");
    expect(await page.inputValue("#trade-0-lots")).toBe("1");
    await page.close();
  });

  test("a step that Excel didn't do is named, wherever the user is by then", async () => {
    const page = await open();
    await page.click("#try-sample");
    await page.waitForSelector("text=写入工作表：");
    expect(await said(page)).toMatch(/^写入工作表：.+。$/);
    await page.close();
  });

  test("the profile's slippage stands in the empty field, as it is used", async () => {
    const page = await open();
    await page.click("#try-sample");
    await page.waitForSelector("#status-heading");
    await page.click("#settings-button");
    await page.fill("#set-slippage", "2%");
    await page.click("#settings-back");
    await page.click("#tab-whatIf");
    await page.click("#part-actions");
    expect(await page.getAttribute("#slippage", "placeholder")).toMatch(/^2(\.0+)?%$/);
    await page.close();
  });

  test("a language chosen in the first run leaves no sentence of the other behind", async () => {
    const page = await open();
    await page.setInputFiles("#files", long("a.csv"), { timeout: 60_000 });
    await page.click("#cancel-reading");
    await page.waitForSelector(".notice");
    await page.click("#menu-button");
    await page.check('input[name="language"][value="en"]');
    await page.waitForSelector("text=Drop a statement here");
    expect(await page.locator(".notice").count()).toBe(0);
    expect(await said(page)).toBe("");
    await page.close();
  });
});

inBrowser("the desk beside the workbench's sheets", () => {
  const session = workbenchSession();
  let bench: WorkbenchPage;
  let pane: Frame;

  const names = () => pane.evaluate(() => window.sheets.sheetNames());

  beforeAll(async () => {
    bench = await session.open("?lang=zh-CN&theme=light");
    pane = bench.pane();
    await loadInPane(pane, "src/taskpane/workbook-sheets.ts", "sheets");
    await pane.click("#tab-account");
    await pane.setInputFiles("#files", CTP);
    await pane.waitForSelector("#write-sheet");
  }, 60_000);

  test("Undo stands under the words of the writing alone, and is there again after another room", async () => {
    const before = await names();
    await pane.click("#write-sheet");
    await pane.waitForSelector("#undo");
    await pane.click("#tab-whatIf");
    expect(await pane.locator("#undo").count()).toBe(0);
    await pane.click("#tab-account");
    expect(await pane.locator(".advice.done").innerText()).toMatch(/已写入“保证金 11-20”.+撤销/);
    await pane.click("#undo");
    await pane.waitForSelector("text=已删除“保证金 11-20”。");
    expect(await pane.locator("#undo").count()).toBe(0);
    expect(await names()).toEqual(before);
  }, 60_000);

  test("two presses of Write make one sheet", async () => {
    const before = await names();
    await pane.evaluate(() => {
      const button = document.querySelector<HTMLElement>("#write-sheet");
      button?.click();
      button?.click();
    });
    await pane.waitForSelector("#undo");
    await bench.settled();
    expect(await names()).toHaveLength(before.length + 1);
    expect(await pane.getAttribute("#write-sheet", "aria-disabled")).toBeNull();
  }, 60_000);

  test("another success wears no Undo", async () => {
    expect(await pane.locator("#undo").count()).toBe(1);
    await pane.click(".paste-column summary");
    await pane.fill("#paste-prices", "SR701 5750");
    await pane.click("#take-prices");
    await pane.waitForSelector("text=已填入 1 个标的价");
    expect(await pane.locator("#undo").count()).toBe(0);
  }, 60_000);
});
