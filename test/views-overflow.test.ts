// The pane at the widths Excel gives it: nothing stands out sideways, whatever the statement says.
import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { inBrowser, paneBrowser } from "./host/in-browser";
import { faces } from "./taskpane/eyes";
import type { Look } from "./taskpane/page";

const MONTHLY = "test/statements/cfmmc-monthly-xls/cfmmc_monthly_099990000001_2026-11.xls";
const HOLDDATA = "test/statements/holddata/holddata_20261120.txt";
const MONEY = "test/statements/cusfund/cusfund_20261120.txt";

const WIDTHS = [270, 320, 450];
const LANGUAGES = ["zh", "en"] as const;

/** Texts cut or standing out of the pane, by what they say. */
const standingOut = (page: Page): Promise<readonly string[]> =>
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

/** The same at every width. */
async function overflowing(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 });
    found.push(...(await standingOut(page)).map((text) => `${width}: ${text}`));
  }
  return found;
}

inBrowser("nothing stands out sideways", () => {
  const panes = paneBrowser();

  const open = async (language: Look["language"]): Promise<Page> => {
    const look: Look = { width: 320, language, theme: "light", room: "account" };
    const page = await panes.open(look, undefined, { until: "#choose-files" });
    await faces(page);
    return page;
  };

  async function take(page: Page, files: string | { name: string; text: string }): Promise<void> {
    const input =
      typeof files === "string"
        ? files
        : { name: files.name, mimeType: "text/plain", buffer: Buffer.from(files.text) };
    await page.setInputFiles("#files", input);
    await page.waitForSelector("#status-heading");
  }

  test.each(LANGUAGES)(
    "%s: undetermined as printed and incomplete, and a file of money alone",
    async (language) => {
      const page = await open(language);
      await take(page, MONTHLY);
      expect(await overflowing(page)).toEqual([]);
      await page.click("#import-button");
      await take(page, MONEY);
      expect(await overflowing(page)).toEqual([]);
      await page.close();
    },
    60_000,
  );

  test.each(LANGUAGES)(
    "%s: a margin call, its plan and the broker's own ratio",
    async (language) => {
      const page = await open(language);
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
    const page = await open("zh");
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
