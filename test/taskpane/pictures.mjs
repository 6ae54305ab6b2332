// Takes the pictures of the pane in docs/ anew: node test/taskpane/pictures.mjs
// The pane is photographed beside a sheet of the workbench, with a cell already taken as an argument.
import path from "node:path";
import { chromium } from "playwright-core";
import { root } from "../../tools/config.mjs";
import { serve } from "../../tools/server.mjs";
import { findBrowser } from "../host/browser.mjs";

const pictures = [
  { file: "pane-functions-320-light.png", width: 320, lang: "zh-CN", theme: "light" },
  { file: "pane-functions-320-dark.png", width: 320, lang: "zh-CN", theme: "dark" },
  { file: "pane-functions-450-light-en.png", width: 450, lang: "en", theme: "light" },
  {
    file: "pane-functions-320-contrast.png",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    contrast: true,
  },
];

const found = await findBrowser();
if (!found.path) throw new Error(found.problem);
const server = await serve();
const browser = await chromium.launch({ executablePath: found.path, args: ["--no-sandbox"] });
try {
  for (const picture of pictures) await take(picture);
} finally {
  await browser.close();
  await server.close();
}

/** @param {{ file: string, width: number, lang: string, theme: string, contrast?: boolean }} picture */
async function take({ file, width, lang, theme, contrast }) {
  const page = await browser.newPage({
    viewport: { width: 1100, height: 1700 },
    deviceScaleFactor: 2,
    forcedColors: contrast ? "active" : "none",
  });
  await page.goto(`${server.url}?lang=${lang}&theme=${theme}`);
  await page.waitForFunction(() => window.workbench?.isSettled());
  const pane = page.frame({ url: /taskpane\.html/ });
  if (!pane) throw new Error("the workbench has no pane");
  await pane.click("#tab-functions");
  await pane.waitForSelector("#list");
  await pane.addStyleTag({ url: "/fonts/600.css" });
  await page.evaluate((paneWidth) => {
    Object.assign(document.querySelector("iframe").style, {
      width: `${paneWidth}px`,
      flex: "none",
    });
    const workbook = window.workbench.api.getActiveWorkbook();
    const sheet = workbook.create("Sheet1", 60, 20);
    workbook.setActiveSheet(sheet);
    sheet.getRange("B2").setValue(0.0282);
    sheet.getRange("B2").activate();
  }, width);
  await pane.click("#row-SSE-CALLMARGIN");
  await pane.click(".pick >> nth=0");
  await pane.fill("#field-underlying", "2.339");
  await pane.fill("#field-strike", "2.4");
  await page.evaluate(() => {
    window.workbench.api.getActiveWorkbook().getActiveSheet().getRange("B7").activate();
  });
  await page.mouse.move(300, 300);
  await pane.hover("header");
  await pane.waitForSelector("#insert >> text=B7");
  await pane.click('[aria-controls="working"]');
  await pane.click('[aria-controls="source"]');
  await pane.evaluate(() => {
    document.activeElement?.blur();
    return document.fonts.ready;
  });
  // As tall as its content, so that nothing is cut and nothing is blank.
  const height = await pane.evaluate(() => document.querySelector("#pane").scrollHeight + 8);
  const frame = await page.locator("iframe").boundingBox();
  await page.mouse.move(300, 300);
  await page.waitForTimeout(300);
  await page.screenshot({
    path: path.join(root, "docs", file),
    clip: { x: frame.x, y: frame.y, width, height: Math.min(height, frame.height) },
  });
  await page.close();
  console.log(`docs/${file}`);
}
