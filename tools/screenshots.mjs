// Makes the pictures of the workbench in docs/ again: `node tools/build.mjs`, then this.
import path from "node:path";
import { chromium } from "playwright-core";
import { findBrowser } from "../test/host/browser.mjs";
import { root } from "./config.mjs";
import { serve } from "./server.mjs";

const pictures = [
  { file: "workbench-sse.png", sheet: 0, cell: "F6", shownInPane: "SSE.CALLMARGIN" },
  { file: "workbench-futures.png", sheet: 1, cell: "A16", shownInPane: "ZCE.LEGACYMARGIN" },
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
    await pane.getByRole("searchbox").fill(shownInPane);
    await pane.getByText(shownInPane, { exact: true }).first().click();
    await pane.getByText("填入示例").click();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: path.join(root, "docs", file) });
    await page.close();
    console.log(`docs/${file}`);
  }
} finally {
  await browser.close();
  await server.close();
}
