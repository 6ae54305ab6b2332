// Importing into the production pane, in a real browser: what is dropped, chosen, pasted or damaged, and
// what the pane says of it. The sheet beside it is the workbench's business.
import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { inBrowser, paneBrowser, withAxe } from "./host/in-browser";
import { file, troubles } from "./taskpane/eyes";
import { filesOnDisk } from "./taskpane/on-disk";
import type { Look } from "./taskpane/page";

const CTP = "test/statements/ctp-standard/ctp_mtm_daily_std_20261120.txt";
const OLD_XLS = "test/statements/cfmmc-daily-xls/cfmmc_daily_099990000001_2026-11-20.xls";

const UNKNOWN_COLUMNS =
  "代号,多空,数,结,价\nIO2612-C-4800,卖,3,45.2,4650\nIO2612-P-4300,卖,1,18.6,4650\n";

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
const said = (page: Page) => page.locator('[role="status"]').textContent();

inBrowser("importing into the pane", () => {
  const panes = paneBrowser();
  const onDisk = filesOnDisk();

  const open = (look: Partial<Look> = {}, prepare?: (page: Page) => Promise<unknown>) =>
    panes.open({ width: 320, language: "zh", theme: "light", room: "account", ...look }, prepare, {
      until: "#choose-files",
    });

  /** As a hand does that lets go of a file over the pane. */
  async function drop(page: Page, name: string, content: Uint8Array): Promise<void> {
    const files = await page.evaluateHandle(
      ([title, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], title));
        return data;
      },
      [name, [...content]] as const,
    );
    await page.dispatchEvent("#room", "dragover", { dataTransfer: files });
    await page.dispatchEvent("#room", "drop", { dataTransfer: files });
  }

  test("a settlement statement that is dropped shows its status, says it, and puts the focus there", async () => {
    const page = await open();
    await drop(page, "20261120.txt", readFileSync(CTP));
    await page.waitForSelector("#status-heading");
    expect(await focused(page)).toBe("status-heading");
    expect(await page.locator("#source-button").innerText()).toMatch(
      /90\*\*\*\*01\s+11-20 结算\s*CTP/,
    );
    expect(await said(page)).toContain("导入完成，10 行");
    expect(await said(page)).toContain("53.85%");
    expect(await page.locator("#pane").innerText()).not.toContain("90000001");
    await page.close();
  });

  test("a real .xls is read, and nothing is asked for but the pane's own files", async () => {
    const asked: string[] = [];
    const page = await open({}, async (fresh) => {
      fresh.on("request", (request) => asked.push(request.url()));
    });
    await page.setInputFiles("#files", OLD_XLS);
    await page.waitForSelector("#status-heading");
    expect(await page.locator("#source-button").innerText()).toContain("监控中心");
    const { origin } = new URL(page.url());
    expect(asked.filter((url) => !url.startsWith(`${origin}/`))).toEqual([]);
    await page.close();
  });

  test("where the host allows no worker, the page reads by itself", async () => {
    const page = await open({}, (fresh) =>
      fresh.addInitScript(() => Reflect.deleteProperty(window, "Worker")),
    );
    await page.setInputFiles("#files", OLD_XLS);
    await page.waitForSelector("#status-heading");
    expect(await page.locator("#source-button").innerText()).toContain("监控中心");
    await page.close();
  });

  test("where the worker is of another build, the page reads by itself; where all is, it says so", async () => {
    const done = `{ id: data.id, form: "columns 9", kind: "done", statement: {}, head: [], book: {} }`;
    const isOther = (name: string, body: string) => (fresh: Page) =>
      fresh.route(`**/${name}`, (route) => route.fulfill({ contentType: "text/javascript", body }));
    const worker = isOther("statements.js", `onmessage = ({ data }) => postMessage(${done});`);
    const here = isOther(
      "statements-here.js",
      `optionSellerMarginReadHere = (port) => {
        port.onmessage = ({ data }) => port.postMessage(${done});
      };`,
    );
    const page = await open({}, worker);
    await page.setInputFiles("#files", CTP);
    await page.waitForSelector("#status-heading");
    expect(await said(page)).toContain("导入完成，10 行");
    await page.close();
    const other = await open({}, (fresh) => Promise.all([worker(fresh), here(fresh)]));
    await other.setInputFiles("#files", CTP);
    await other.waitForSelector("#pane >> text=不是同一个版本");
    expect(await other.locator("#status-heading").count()).toBe(0);
    await other.close();
  });

  test("the same statement twice is replaced or kept, as the user says", async () => {
    const page = await open();
    await page.setInputFiles("#files", CTP);
    await page.waitForSelector("#status-heading");
    for (const answer of ["#question-keep", "#question-replace"]) {
      await page.click("#import-button");
      await page.setInputFiles("#files", CTP);
      expect(await page.locator("#question").innerText()).toContain(
        "这份结算单（2026-11-20）已导入",
      );
      await page.click(answer);
      await page.waitForSelector("#status-heading");
      await page.click("#source-button");
      expect(await page.locator(".source-row").count()).toBe(1);
      await page.keyboard.press("Escape");
      expect(await focused(page)).toBe("source-button");
    }
    await page.close();
  });

  test("two accounts are kept apart, and one is chosen in the source bar", async () => {
    const page = await open();
    await page.setInputFiles("#files", CTP);
    await page.waitForSelector("#status-heading");
    await page.click("#import-button");
    await page.setInputFiles("#files", OLD_XLS);
    await page.waitForSelector("#status-heading");
    await page.click("#source-button");
    expect(await page.locator("#source-menu").innerText()).toContain("属于 2 个账户");
    await page.click(".source-row >> text=90****01");
    expect(await page.locator("#source-button").innerText()).toContain("CTP");
    await page.close();
  });

  test.each([
    ["an empty file", file("空.txt", ""), "空.txt 是空的。"],
    ["what is no statement", file("信.txt", "hello\nworld\n"), "没认出 信.txt"],
    [
      "a workbook cut in half",
      file("半.xlsx", readFileSync(OLD_XLS).subarray(0, 3000)),
      "半.xlsx 损坏或不完整",
    ],
    [
      "more than the limit",
      file("大.txt", new Uint8Array(20_000_001)),
      "大.txt 有 21 MB，上限 20 MB",
    ],
  ])("%s gets its sentence, and the account before stays", async (_, given, sentence) => {
    const page = await open();
    await page.setInputFiles("#files", CTP);
    await page.waitForSelector("#status-heading");
    await page.click("#import-button");
    await page.setInputFiles("#files", onDisk(given.name, given.buffer));
    await page.waitForSelector(".trouble-card");
    expect(await page.locator(".trouble-card").innerText()).toContain(sentence);
    expect(await focused(page)).toMatch(/^failure-/);
    await page.keyboard.press("Escape");
    expect(await page.locator("#status-heading").count()).toBe(1);
    expect(await focused(page)).toBe("import-button");
    await page.close();
  });

  test("columns nobody knows are named by hand, remembered, and used for the same header again", async () => {
    const page = await open();
    const table = file("表.csv", UNKNOWN_COLUMNS);
    await page.setInputFiles("#files", table);
    await page.click(".trouble-acts .button");
    expect(await focused(page)).toBe("page-title");
    await page.selectOption("#map-contract", { label: "代号" });
    await page.selectOption("#map-side", { label: "多空" });
    expect(await page.locator("#import-mapped").isDisabled()).toBe(true);
    await page.selectOption("#map-quantity", { label: "数" });
    await page.selectOption("#map-settlement", { label: "结" });
    await page.selectOption("#map-underlyingPrice", { label: "价" });
    await page.click("#import-mapped:enabled >> text=导入 2 行");
    await page.waitForSelector("#status-heading");
    expect(await page.locator("#room").innerText()).toContain("IO2612-C-4800");

    await page.click("#import-button");
    await page.setInputFiles("#files", file("明天.csv", UNKNOWN_COLUMNS));
    await page.waitForSelector("#status-heading");
    await page.click("#source-button");
    expect(await page.locator(".source-row").count()).toBe(2);
    await page.close();
  });

  test("a table that is pasted is read; its unread rows are listed and counted", async () => {
    const page = await open();
    const text = "合约\t方向\t手数\t结算价\nIO2612-C-4800\t卖\t3\t45.2\nIO2612-P-4300\t卖\tx\t18.6";
    await page.fill("#pasted", text);
    await page.click("#read-pasted");
    await page.click("#problems-button");
    const listed = await page.locator(".problems").innerText();
    expect(listed).toMatch(/第 3 行“.+”不是数字：“x”。[^]*粘贴的内容/);
    await page.keyboard.press("Escape");
    expect(await focused(page)).toBe("problems-button");
    await page.close();
  });

  test("the sample wears its badge and goes without a trace", async () => {
    const page = await open();
    await page.click("#try-sample");
    await page.waitForSelector("#status-heading");
    expect(await page.locator(".source-bar > .badge").innerText()).toBe("样例");
    expect(await page.locator("#room").innerText()).toContain("94.28");
    await page.click("#source-button");
    await page.click("#clear-sample");
    await page.waitForSelector("#choose-files");
    expect(await page.locator("#source-button").count()).toBe(0);
    await page.close();
  });

  test("a long file shows its rows and can be cancelled; the account before stays", async () => {
    const page = await open();
    await page.setInputFiles("#files", CTP);
    await page.waitForSelector("#status-heading");
    const [header, row] = [
      "合约,方向,手数,结算价,标的价,备注",
      `IO2612-C-4800,卖,3,45.2,4650,${"x".repeat(150)}`,
    ];
    const long = [header, ...Array.from({ length: 100_000 }, () => row)].join("\n");
    await page.click("#import-button");
    await page.setInputFiles("#files", onDisk("long.csv", long));
    await page.click("#cancel-reading");
    expect(await page.locator(".notice").innerText()).toBe("已取消读取 long.csv，原来的账户不变。");
    await page.keyboard.press("Escape");
    expect(await page.locator("#status-heading").count()).toBe(1);
    await page.close();
  });

  test("rooms are walked by arrows, and the last one is there again next time", async () => {
    const page = await open();
    await page.focus("#tab-account");
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toBe("tab-whatIf");
    await page.keyboard.press("End");
    expect(await focused(page)).toBe("tab-functions");
    await page.keyboard.press("Home");
    expect(await focused(page)).toBe("tab-account");
    expect(await page.evaluate(() => localStorage.getItem("option-seller-margin.room"))).toBe(
      "account",
    );
    await page.close();
  });

  test.each(["zh", "en"] as const)(
    "in %s first run, import, columns and problems keep nobody out and overflow at no width",
    async (language) => {
      const page = await open({ language }, withAxe);
      const check = async (): Promise<void> => {
        expect(await troubles(page, ["dark", "light"])).toEqual([]);
      };
      await check();
      await page.setInputFiles("#files", file("t.csv", UNKNOWN_COLUMNS));
      await page.waitForSelector(".trouble-card");
      await check();
      await page.click(".trouble-acts .button");
      await check();
      await page.keyboard.press("Escape");
      await page.fill(
        "#pasted",
        "合约\t方向\t手数\t结算价\nIO2612-C-4800\t卖\tx\t45.2\nm2701-P-2900\t卖\t2\t38.5",
      );
      await page.click("#read-pasted");
      await page.click("#problems-button");
      await check();
      await page.close();
    },
  );
});
