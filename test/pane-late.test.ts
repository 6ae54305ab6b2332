// Rooms whose code loads when it is first asked for: what is asked of the server and when, and what a
// user sees and can do while it doesn't come.
import { beforeAll, expect, test } from "@jest/globals";
import path from "node:path";
import type { Page, Route } from "playwright-core";
import { inBrowser, paneBrowser } from "./host/in-browser";
import { ctpWithEquity } from "./taskpane/ctp.mjs";
import { barriers, file, outOfPlace } from "./taskpane/eyes";

inBrowser("rooms that load later", () => {
  const panes = paneBrowser();
  let page: Page;
  const asked: string[] = [];
  const held: Route[] = [];
  /** What becomes of a request for the code of a room. */
  let network: "answers" | "hangs" | "is gone" = "answers";

  const release = async (): Promise<void> => {
    network = "answers";
    for (const route of held.splice(0)) await route.continue();
  };
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.id);
  const room = (): Promise<string> => page.locator("#room").innerText();
  const everyEye = async (view: string): Promise<void> => {
    expect([view, await barriers(page), await outOfPlace(page)]).toEqual([view, [], []]);
  };

  const open = (): Promise<Page> =>
    panes.open(
      { width: 320, language: "zh", theme: "light", room: "account" },
      async (fresh) => {
        await fresh.addInitScript({ path: path.resolve("node_modules/axe-core/axe.min.js") });
        await fresh.route("**/room-*.js", async (route) => {
          asked.push(route.request().url().replace(/^.*\//, ""));
          if (network === "answers") await route.continue();
          else if (network === "is gone") await route.abort();
          else held.push(route);
        });
      },
      { until: "#choose-files" },
    );
  const take = async (): Promise<void> => {
    await page.setInputFiles("#files", file("20.txt", ctpWithEquity("500000.00")));
    await page.waitForSelector("#status-heading", { state: "attached" });
  };

  beforeAll(async () => {
    page = await open();
  }, 30_000);

  test("the first screen asks for none of them", async () => {
    await page.waitForLoadState("networkidle");
    expect(asked).toEqual([]);
  });

  test("with an account they are fetched; where they can't be, the account says nothing of it", async () => {
    network = "is gone";
    await take();
    expect(await page.locator("#late, .notice.problem").count()).toBe(0);
    expect(await page.locator(".hero .pill").first().innerText()).toBe("追保");
  });

  test("a room that doesn't come says so, and the account stays", async () => {
    await page.click("#tab-whatIf");
    await page.waitForSelector("text=“行情”没有打开");
    await page.click("#part-actions");
    await page.waitForSelector("text=“操作”没有打开");
    expect(await room()).toContain("“操作”没有打开：加载项的文件读不到");
    await everyEye("late");
    await page.click("#part-expiry");
    await page.waitForSelector("text=“到期”没有打开");
    await page.click("#part-actions");
    await page.click("#tab-account");
    expect(await page.locator(".hero .pill").first().innerText()).toBe("追保");
    await page.click("#tab-whatIf");
    expect(await room()).toContain("“操作”没有打开");
  });

  test("asked again it shows nothing, then that it loads, then the room", async () => {
    network = "hangs";
    await page.click("#load-again");
    expect(await page.locator("#part").innerText()).toBe("");
    expect(await focused()).toBe("part-actions");
    await page.waitForSelector("#arriving-says");
    expect(await room()).toContain("正在打开“操作”…");
    await everyEye("loading");
    await release();
    await page.waitForSelector(".step");
    expect(await page.locator("#arriving-says").count()).toBe(0);
    expect(await page.locator(".strip").innerText()).toContain("94.28%");
  });

  test("Settings that don't come can be left, and the focus is where it is with them", async () => {
    network = "is gone";
    await page.click("#settings-button");
    await page.waitForSelector("#late");
    expect(await focused()).toBe("settings-heading");
    await everyEye("settings late");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("settings-button");
    await page.click("#settings-button");
    network = "answers";
    await page.click("#load-again");
    await page.waitForSelector("#set-lines-watch");
    expect(await focused()).toBe("settings-heading");
    await page.click("#settings-back");
  });

  test("each is asked for once when it has come, under a name that changes with what is in it", async () => {
    await page.click("#tab-functions");
    await page.waitForSelector("#list");
    await page.click("#tab-whatIf");
    await page.click("#part-expiry");
    await page.click("#load-again");
    await page.waitForSelector("#write-expiry");
    const before = asked.length;
    await page.click("#tab-account");
    await page.click("#settings-button");
    await page.waitForSelector("#set-lines-watch");
    await page.keyboard.press("Escape");
    await page.click("#tab-functions");
    await page.waitForSelector("#list");
    expect(asked.length).toBe(before);
    for (const name of asked) expect(name).toMatch(/^room-[\w-]+\.[0-9a-f]{8}\.js$/);
  });

  test("those that were fetched open without a network", async () => {
    await page.close();
    asked.length = 0;
    page = await open();
    await take();
    const names = (): string[] => asked.map((name) => name.replace(/^room-(\w+)\..*$/, "$1"));
    const wanted = ["actions", "expiry", "list", "market", "reconcile", "settings", "sheets"];
    // One after another: the network may rest between two of them.
    for (let tries = 0; tries < 100 && !wanted.every((name) => names().includes(name)); tries++) {
      await page.waitForTimeout(50);
    }
    expect(names()).toEqual(expect.arrayContaining(wanted));
    await page.waitForLoadState("networkidle");
    network = "is gone";
    await page.click("#tab-whatIf");
    await page.waitForSelector("#part-market[aria-selected=true]");
    await page.waitForSelector('[aria-labelledby="strip-heading"]');
    await page.click("#part-actions");
    await page.waitForSelector(".step");
    await page.click("#part-expiry");
    await page.waitForSelector("#write-expiry");
    await page.click("#tab-functions");
    await page.waitForSelector("#list");
  });
});
