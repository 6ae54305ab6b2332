// Makes the pictures of the workbench in docs/ again: `node tools/build.mjs`, then this.
import path from "node:path";
import { chromium } from "playwright-core";
import { findBrowser } from "../test/host/browser.mjs";
import { ctpWithEquity, MARKET } from "../test/taskpane/ctp.mjs";
import { root } from "./config.mjs";
import { serve } from "./server.mjs";

const pictures = [
  { file: "workbench-sse.png", sheet: 0, cell: "F6", shownInPane: "SSE.CALLMARGIN" },
  { file: "workbench-futures.png", sheet: 1, cell: "A16", shownInPane: "ZCE.LEGACYMARGIN" },
  { file: "workbench-life.png", sheet: 2, cell: "A13", shownInPane: "OPTION.CLOSEOUT" },
];

const { path: executablePath, problem } = await findBrowser();
if (!executablePath) throw new Error(problem);
const server = await serve();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  for (const { file, sheet, cell, shownInPane } of pictures) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}?lang=zh-CN&theme=light`);
    await page.waitForFunction(() => window.workbench?.isSettled());
    await page.evaluate(([index, address]) => {
      const workbook = window.workbench.api.getActiveWorkbook();
      const chosen = workbook.getSheets()[index];
      workbook.setActiveSheet(chosen);
      chosen.getRange(address).activate();
    }, /** @type {[number, string]} */ ([sheet, cell]));
    const pane = page.frameLocator("#pane");
    await pane.locator("#tab-functions").click();
    await pane.getByRole("searchbox").fill(shownInPane);
    await pane.getByText(shownInPane, { exact: true }).first().click();
    await pane.getByText("填入示例").click();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: path.join(root, "docs", file) });
    await page.close();
    console.log(`docs/${file}`);
  }
  await liveSheet("workbench-live-sheet.png");
} finally {
  await browser.close();
  await server.close();
}

/** A statement imported into the pane, its sheet written and a row's working open. @param {string} file */
async function liveSheet(file) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // Noon in Shanghai on the day of the statement.
  await page.clock.setFixedTime(Date.UTC(2026, 10, 20, 4));
  await page.goto(`${server.url}?lang=zh-CN&theme=light`);
  await page.waitForFunction(() => window.workbench !== undefined);
  await page.waitForTimeout(200);
  await page.waitForFunction(() => window.workbench.isSettled());
  const pane = page.frame({ url: /taskpane\.html/ });
  if (!pane) throw new Error("the workbench has no pane");
  await pane.click("#tab-account");
  await pane.setInputFiles("#files", {
    name: "20261120.txt",
    mimeType: "text/plain",
    buffer: ctpWithEquity("500000.00"),
  });
  await pane.waitForSelector("#files", { state: "detached" });
  for (const [kind, texts] of Object.entries({ price: MARKET.prices, rate: MARKET.rates })) {
    for (const [code, text] of Object.entries(texts)) {
      const field = pane.locator(`#${kind}-${code}`);
      if ((await field.count()) > 0) await field.fill(text);
    }
  }
  // The one rate of the broker's that the statement's own figures don't tell.
  await pane.click("#settings-button");
  await pane.fill("#set-products-sc2702-broker", "13%");
  await pane.click("#settings-back");
  await pane.click("#write-sheet");
  await pane.waitForSelector("#undo");
  await page.waitForFunction(() => window.workbench.isSettled());
  await page.waitForTimeout(1500);
  await page.screenshot({ path: path.join(root, "docs", file) });
  await page.close();
  console.log(`docs/${file}`);
}
