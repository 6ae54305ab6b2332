// The pane at the widths Excel gives it: nothing stands out sideways, whatever the statement says.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { PaneBrowser, type Look } from "./taskpane/page";

const browserPath = process.env["BROWSER_PATH"] ?? "";
const inBrowser = browserPath === "" ? describe.skip : describe;

const MONTHLY = "test/statements/cfmmc-monthly-xls/cfmmc_monthly_099990000001_2026-11.xls";
const HOLDDATA = "test/statements/holddata/holddata_20261120.txt";
const MONEY = "test/statements/cusfund/cusfund_20261120.txt";

const WIDTHS = [270, 320, 450];
const LANGUAGES = ["zh", "en"] as const;
const LOOKS = LANGUAGES.flatMap((language) =>
  WIDTHS.map((width): Look => ({ width, language, theme: "light", room: "account" })),
);
const named = ({ width, language }: Look): string => `${width} ${language}`;

/** Texts cut or standing out of the pane, by what they say. */
const overflowing = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const pane = document.querySelector("#pane") as HTMLElement;
    const most = document.documentElement.clientWidth;
    const out: string[] = [];
    if (document.documentElement.scrollWidth > most) out.push("the page");
    for (const one of pane.querySelectorAll<HTMLElement>("*")) {
      const { right, width, height } = one.getBoundingClientRect();
      const isUnseen = one.closest(".unseen") !== null || width === 0 || height === 0;
      if (!isUnseen && right > most + 0.5) out.push(`${one.className}: ${one.innerText ?? ""}`);
    }
    for (const tab of pane.querySelectorAll<HTMLElement>('[role="tab"]')) {
      if (tab.getBoundingClientRect().height > 48) out.push(`two lines: ${tab.innerText}`);
    }
    return out;
  });

inBrowser("nothing stands out sideways", () => {
  let panes: PaneBrowser;

  beforeAll(async () => {
    panes = await PaneBrowser.start(browserPath);
  }, 30_000);

  afterAll(async () => {
    await panes.close();
  });

  const open = (look: Look): Promise<Page> =>
    panes.open(look, undefined, { until: "#choose-files" });

  async function take(page: Page, files: string | { name: string; text: string }): Promise<void> {
    const input =
      typeof files === "string"
        ? files
        : { name: files.name, mimeType: "text/plain", buffer: Buffer.from(files.text) };
    await page.setInputFiles("#files", input);
    await page.waitForSelector("#status-heading");
  }

  test.each(LOOKS.map((look) => [named(look), look] as const))(
    "%s: undetermined as printed and incomplete, and a file of money alone",
    async (_, look) => {
      const page = await open(look);
      await take(page, MONTHLY);
      expect(await overflowing(page)).toEqual([]);
      await page.click("#import-button");
      await take(page, MONEY);
      expect(await overflowing(page)).toEqual([]);
      await page.close();
    },
    60_000,
  );

  test.each(LOOKS.map((look) => [named(look), look] as const))(
    "%s: a margin call, its plan and the broker's own ratio",
    async (_, look) => {
      const page = await open(look);
      await take(page, HOLDDATA);
      await page.fill("#typed-equity", "500000");
      await page.waitForSelector(".hero.call");
      expect(await overflowing(page)).toEqual([]);
      await page.click("#settings-button");
      await page.selectOption("#set-ratio", "inverse");
      await page.click("#settings-back");
      expect(await overflowing(page)).toEqual([]);
      await page.click("#tab-whatIf");
      await page.click("#part-actions");
      await page.waitForSelector(".strip");
      expect(await overflowing(page)).toEqual([]);
      await page.click("#order-own");
      expect(await overflowing(page)).toEqual([]);
      await page.close();
    },
    60_000,
  );

  test("a contract of 500 characters and one that turns the line around", async () => {
    const page = await open({ width: 320, language: "zh", theme: "light", room: "account" });
    const text = [
      "合约,方向,手数,结算价,保证金",
      `${"A".repeat(500)},卖,1,10,1000`,
      "\u202eIO2612-C-4800,卖,3,45.2,1000",
    ].join("\n");
    await take(page, { name: "90001234560001_x.csv", text });
    expect(await overflowing(page)).toEqual([]);
    const shown = await page.locator("#pane").innerText();
    expect(shown).not.toContain("\u202e");
    expect(shown).not.toContain("90001234560001");
    await page.click("#problems-button");
    expect(await overflowing(page)).toEqual([]);
    const problems = await page.locator(".problems").first().innerText();
    expect(problems).toContain("90****01_x.csv");
    expect(problems.length).toBeLessThan(1000);
    await page.close();
  }, 30_000);
});
