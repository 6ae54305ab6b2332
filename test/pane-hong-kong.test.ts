// Hong Kong holdings in a real browser: a parameter file dropped beside them, a status in HK$, the sixteen scenarios;
// for every eye, at every width, in both languages.
import { expect, test } from "@jest/globals";
import path from "node:path";
import type { Page } from "playwright-core";
import { inBrowser, paneBrowser, withAxe } from "./host/in-browser";
import { bytesOf, PUBLISHED, rpfText, spnText, zipped } from "./host/risk-files";
import { barriers, file, outOfPlace } from "./taskpane/eyes";
import type { Look } from "./taskpane/page";

const table = (...rows: readonly string[]): string => ["合约,买卖,手数", ...rows, ""].join("\n");

/** The file's name has the day of the published arrays. */
const HELD = "20190304.csv";
const STRADDLE = table("HSI28800C9,卖,1", "HSI28800O9,卖,1");
const CONDOR = table("HSI29800C9,卖,1", "HSI30200C9,买,1", "HSI27800O9,卖,1", "HSI27400O9,买,1");

const SPN = file("rpf.spn", bytesOf(spnText(PUBLISHED)));
const ZIPPED = file("RPF_190304.zip", zipped({ "rpf-190304.lis": rpfText(PUBLISHED) }));

const said = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).innerText()).replace(/\s+/g, " ").trim();

async function choose(page: Page, given: ReturnType<typeof file>): Promise<void> {
  if ((await page.locator("#files").count()) === 0) await page.click("#import-button");
  await page.setInputFiles("#files", given);
}

inBrowser("Hong Kong holdings", () => {
  const panes = paneBrowser();

  const open = (look: Partial<Look> = {}, prepare?: (page: Page) => Promise<unknown>) =>
    panes.open(
      { width: 320, language: "zh", theme: "light", room: "account", ...look },
      async (fresh) => {
        await withAxe(fresh);
        await prepare?.(fresh);
      },
      { until: "#choose-files" },
    );

  const hold = async (page: Page, rows: string): Promise<void> => {
    await choose(page, file(HELD, rows));
    await page.waitForSelector("#hong-kong");
  };

  const give = async (page: Page, equity: string): Promise<void> => {
    await page.fill("#hk-equity", equity);
    await page.fill("#hk-HSI-clientRatio", "1.33");
  };

  test("are undetermined without parameters, and stand in HK$ once a file is beside them", async () => {
    const page = await open();
    await hold(page, STRADDLE);
    expect(await said(page, "#status-heading")).toBe("香港状态 未定");
    expect(await said(page, "#hong-kong + section")).toContain("没有 HSI 的风险参数");
    await choose(page, ZIPPED);
    await page.waitForSelector(".hk-margins");
    expect(await said(page, "#hong-kong .advice")).toContain("HKEX 2019-03-04");
    expect(await said(page, ".hk-margins tbody tr")).toBe("HSI 64,230 — —");
    expect(await said(page, "#status-heading")).toContain("未定");
    await give(page, "60000");
    // 64,230 × 1.33 = 85,425.9 → 85,425; × 0.8 = 68,340.
    expect(await said(page, ".hk-margins tbody tr")).toBe("HSI 64,230 85,425 68,340");
    expect(await said(page, "#status-heading")).toContain("追保");
    expect(await said(page, "#hong-kong .todo")).toContain("HK$25,425.00");
    await page.fill("#hk-rate", "0.921");
    expect(await said(page, "#hong-kong .todo")).toContain("折合 ¥23,416.43（汇率 0.921，你填写）");
    await page.fill("#hk-equity", "85425");
    expect(await said(page, "#status-heading")).toContain("正常");
    expect(await said(page, "#hong-kong .todo")).toContain("HK$17,085.00");
    await page.fill("#hk-equity", "8x");
    expect(await said(page, "#status-heading")).toContain("未定");
    expect(await page.getAttribute("#hk-equity", "aria-invalid")).toBe("true");
    await page.close();
  });

  test("come after the parameter file just as well, and say when the short option minimum binds", async () => {
    const page = await open({ language: "en" });
    await choose(page, SPN);
    await page.waitForSelector(".notice");
    expect(await said(page, ".notice")).toContain("HKEX 2019-03-04");
    await hold(page, CONDOR);
    await page.waitForSelector(".hk-margins");
    expect(await said(page, "#hong-kong")).toContain("The short option minimum binds");
    const chart = page.locator(".scenarios");
    expect(await chart.getAttribute("role")).toBe("img");
    expect(await chart.getAttribute("aria-label")).toMatch(
      /^The worst is scenario #\d+: .* a loss of HK\$10,350\.$/,
    );
    expect(await said(page, ".minimum-line")).toBe("minimum 17,200");
    expect(await page.locator(".scenario-bar").count()).toBe(16);
    expect(await page.locator(".scenario-bar.worst").count()).toBe(1);
    expect(await said(page, ".worst-label")).toMatch(/^#\d+ 10,350$/);
    await page.click("#scenario-table");
    expect(await page.locator(".scenario-table tbody tr").count()).toBe(16);
    await page.close();
  });

  test("stand below the mainland's card and are never added to it", async () => {
    const page = await open();
    await hold(page, table("HSI28800C9,卖,1", "m1905-C-2600,卖,1"));
    const cards = await page
      .locator("main section.hero")
      .evaluateAll((all) => all.map(({ id }) => id));
    expect(cards).toEqual(["", "hong-kong"]);
    expect(await page.locator(".position").count()).toBe(1);
    const spoken = (words: string) =>
      page.locator('p[role="status"]', { hasText: words }).waitFor({ state: "attached" });
    await spoken("香港状态 未定。");
    await choose(page, ZIPPED);
    await page.waitForSelector(".hk-margins");
    await give(page, "60000");
    // 70,830 × 1.33 = 94,203.9 → 94,203; × 0.8 = 75,362.
    await spoken("香港状态 追保，需追加 HK$34,203.00。");
    await page.fill("#hk-equity", "94203");
    await spoken("香港状态 正常。");
    await page.close();
  });

  test("a damaged parameter file is said, and the account stays", async () => {
    const page = await open();
    await hold(page, STRADDLE);
    await choose(page, file("rpf.lis", rpfText(PUBLISHED).replace("U2", "UP")));
    await page.waitForSelector(".trouble-card");
    expect(await said(page, ".trouble-card")).toContain("UP");
    await page.close();
  });

  test("are not passed over where their code doesn't load", async () => {
    const blocked = "**/room-hong-kong*.js";
    const page = await open({}, (fresh) => fresh.route(blocked, (route) => route.abort()));
    await choose(page, file(HELD, STRADDLE));
    await page.waitForSelector("#hong-kong-again");
    expect(await said(page, "#hong-kong-late")).toContain("2 行香港持仓");
    await page.unroute(blocked);
    // Once it is let through, whatever is shown next may ask for it as well: then the button has gone.
    await page.evaluate(() => document.getElementById("hong-kong-again")?.click());
    await page.waitForSelector("#hong-kong");
    await page.close();
  });

  const LOOKS: readonly Look[] = [
    { width: 270, language: "zh", theme: "light" },
    { width: 350, language: "en", theme: "dark" },
    { width: 450, language: "en", theme: "light" },
    { width: 320, language: "zh", theme: "light", contrast: true },
  ];

  test.each(LOOKS)(
    "at $width px in $language, $theme, there are no barriers and nothing is out of place",
    async (look) => {
      const page = await open(look);
      await choose(page, SPN);
      await hold(page, CONDOR);
      await give(page, "10000");
      await page.fill("#hk-rate", "0.921");
      await page.click("#scenario-table");
      expect(await barriers(page)).toEqual([]);
      expect(await outOfPlace(page)).toEqual([]);
      const pictures = process.env["HONG_KONG_PICTURES"];
      if (pictures) {
        await page.setViewportSize({ width: look.width, height: 1800 });
        const name = [look.width, look.language, look.theme, look.contrast ? "contrast" : ""].join(
          "-",
        );
        await page.screenshot({ path: path.join(pictures, `${name}.png`) });
      }
      await page.close();
    },
  );
});
