// Takes the pictures of the pane in docs/ anew, from what is built: node test/taskpane/pictures.mjs [view …]
// Every room and page is photographed in the workbench, as wide as Excel opens it and as high as its
// content; the account is the CTP case with less equity, a day after another statement of it.
import path from "node:path";
import { chromium } from "playwright-core";
import { root } from "../../tools/config.mjs";
import { loadTypeScript } from "../../tools/load-typescript.mjs";
import { serve } from "../../tools/server.mjs";
import { findBrowser } from "../host/browser.mjs";
import { ctpBreaking, ctpDayBefore, ctpWithEquity, MARKET } from "./ctp.mjs";

/** Noon in Shanghai on the day of the statement. */
const NOON = Date.UTC(2026, 10, 20, 4);

const UNKNOWN_COLUMNS =
  "代号,多空,数,结,价\nIO2612-C-4800,卖,3,45.2,4650\nIO2612-P-4300,卖,1,18.6,4650\n";

/** @typedef {import("playwright-core").Page} Page @typedef {import("playwright-core").Frame} Frame */

/** An iron condor of the day HKEX's published arrays are of, and a file of them. */
const CONDOR = `合约,买卖,手数
HSI29800C9,卖,1
HSI30200C9,买,1
HSI27800O9,卖,1
HSI27400O9,买,1
`;
/** @type {typeof import("../host/risk-files")} */
const { PUBLISHED, rpfText, zipped } = loadTypeScript(
  path.join(root, "test", "host", "risk-files.ts"),
);

const VIEWS = {
  ...{ account, "hong-kong": hongKong, whatif, market, expiry },
  ...{ reconcile, settings, mapping, functions },
};

/** @type {{ view: keyof typeof VIEWS, width: number, lang: "zh-CN" | "en", theme: string, contrast?: boolean, name: string }[]} */
const pictures = [
  {
    view: "account",
    width: 270,
    lang: "zh-CN",
    theme: "light",
    name: "270-light-zh",
  },
  {
    view: "account",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    name: "320-light-zh",
  },
  {
    view: "account",
    width: 320,
    lang: "zh-CN",
    theme: "dark",
    name: "320-dark-zh",
  },
  {
    view: "account",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    contrast: true,
    name: "320-contrast",
  },
  {
    view: "account",
    width: 450,
    lang: "en",
    theme: "light",
    name: "450-light-en",
  },
  {
    view: "hong-kong",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    name: "320-light-zh",
  },
  {
    view: "whatif",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    name: "320-light-zh",
  },
  {
    view: "market",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    name: "320-light-zh",
  },
  {
    view: "expiry",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    name: "320-light-zh",
  },
  {
    view: "reconcile",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    name: "320-light-zh",
  },
  {
    view: "reconcile",
    width: 450,
    lang: "en",
    theme: "light",
    name: "450-light-en",
  },
  {
    view: "settings",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    name: "320-light-zh",
  },
  {
    view: "mapping",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    name: "320-light-zh",
  },
  {
    view: "functions",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    name: "320-light",
  },
  {
    view: "functions",
    width: 320,
    lang: "zh-CN",
    theme: "dark",
    name: "320-dark",
  },
  {
    view: "functions",
    width: 450,
    lang: "en",
    theme: "light",
    name: "450-light-en",
  },
  {
    view: "functions",
    width: 320,
    lang: "zh-CN",
    theme: "light",
    contrast: true,
    name: "320-contrast",
  },
];

/** Views named on the command line, or all. @type {string[]} */
const wanted = process.argv.slice(2);

const found = await findBrowser();
if (!found.path) throw new Error(found.problem);
const server = await serve();
const browser = await chromium.launch({
  executablePath: found.path,
  args: ["--no-sandbox"],
});
try {
  for (const picture of pictures) {
    if (wanted.length === 0 || wanted.includes(picture.view)) await take(picture);
  }
} finally {
  await browser.close();
  await server.close();
}

/** @param {Frame} pane @param {string} name @param {Buffer} buffer */
async function choose(pane, name, buffer) {
  if ((await pane.locator("#files").count()) === 0) await pane.click("#import-button");
  await pane.setInputFiles("#files", { name, mimeType: "text/plain", buffer });
}

/** @param {Frame} pane */
async function typeMarket(pane) {
  for (const [kind, texts] of Object.entries({
    price: MARKET.prices,
    rate: MARKET.rates,
  })) {
    for (const [code, text] of Object.entries(texts)) {
      const field = pane.locator(`#${kind}-${code}`);
      if ((await field.count()) > 0) await field.fill(text);
    }
  }
}

/** @param {Frame} pane */
async function imported(pane) {
  await pane.click("#tab-account");
  for (const [name, bytes] of /** @type {const} */ ([
    ["20261119.txt", ctpDayBefore()],
    ["20261120.txt", ctpWithEquity("500000.00")],
  ])) {
    await choose(pane, name, bytes);
    await pane.waitForSelector("#files", { state: "detached" });
    await typeMarket(pane);
  }
}

/** @param {Frame} pane */
async function account(pane) {
  await imported(pane);
  await pane.click(".position >> nth=0");
}

/** The minimum binds, the equity is short, and yuan stand beside. @param {Frame} pane */
async function hongKong(pane) {
  await pane.click("#tab-account");
  await choose(pane, "20190304.csv", Buffer.from(CONDOR));
  await pane.waitForSelector("#hong-kong");
  const file = zipped({ "rpf-190304.lis": rpfText(PUBLISHED) });
  await choose(pane, "RPF_190304.zip", Buffer.from(file));
  await pane.waitForSelector(".hk-margins");
  await pane.fill("#hk-equity", "18000");
  await pane.fill("#hk-HSI-clientRatio", "1.33");
  await pane.fill("#hk-rate", "0.921");
}

/** @param {Frame} pane */
async function whatif(pane) {
  await imported(pane);
  await pane.click("#reduce-risk");
}

/** The broker's rate on crude oil is set, which its printed row of an older price doesn't tell. @param {Frame} pane */
async function market(pane) {
  await imported(pane);
  await pane.click("#settings-button");
  await pane.fill("#set-products-sc2702-broker", "13%");
  await pane.click("#settings-back");
  await pane.click("#tab-whatIf");
  await pane.click("#part-market");
  await pane.fill("#move-price", "+2");
  await pane.fill("#move-volatility", "+10");
  await pane.waitForSelector(".plot .curve");
  await pane.waitForSelector(".heat");
}

/** @param {Frame} pane */
async function expiry(pane) {
  await imported(pane);
  await pane.click("#tab-whatIf");
  await pane.click("#part-expiry");
  await pane.click(".expiry >> nth=2");
}

/** One figure that no rule gives, and yesterday's prices typed. @param {Frame} pane */
async function reconcile(pane) {
  await pane.click("#tab-account");
  await choose(pane, "20261120.txt", ctpBreaking());
  await pane.waitForSelector("#files", { state: "detached" });
  await typeMarket(pane);
  await pane.click("#tab-reconcile");
  await pane.waitForSelector("#rows-heading");
  await pane.fill("#previous-sc2702", "505.2");
  await pane.fill("#previous-SR701", "5742");
  await pane.click(".break >> nth=0");
}

/** @param {Frame} pane */
async function settings(pane) {
  await imported(pane);
  await pane.click("#settings-button");
}

/** @param {Frame} pane */
async function mapping(pane) {
  await pane.click("#tab-account");
  await choose(pane, "持仓.csv", Buffer.from(UNKNOWN_COLUMNS));
  await pane.click(".trouble-acts .button");
  await pane.selectOption("#map-contract", { label: "代号" });
  await pane.selectOption("#map-quantity", { label: "数" });
  await pane.waitForSelector("#import-mapped:enabled");
}

/** A function with a cell already taken as its argument. @param {Frame} pane @param {Page} page */
async function functions(pane, page) {
  await pane.click("#tab-functions");
  await pane.waitForSelector("#list");
  const cell = (/** @type {string} */ address) =>
    page.evaluate((at) => {
      window.workbench.api.getActiveWorkbook().getActiveSheet().getRange(at).activate();
    }, address);
  await page.evaluate(() => {
    const workbook = window.workbench.api.getActiveWorkbook();
    const sheet = workbook.create("Sheet1", 60, 20);
    workbook.setActiveSheet(sheet);
    sheet.getRange("B2").setValue(0.0282);
  });
  await cell("B2");
  await pane.click("#row-SSE-CALLMARGIN");
  await pane.click(".pick >> nth=0");
  await pane.fill("#field-underlying", "2.339");
  await pane.fill("#field-strike", "2.4");
  await cell("B7");
  await page.mouse.move(300, 300);
  await pane.hover("header");
  await pane.waitForSelector("#insert >> text=B7");
  await pane.click('[aria-controls="working"]');
  await pane.click('[aria-controls="source"]');
}

/** @param {(typeof pictures)[number]} picture */
async function take({ view, width, lang, theme, contrast, name }) {
  const page = await browser.newPage({
    viewport: { width: 1100, height: 900 },
    deviceScaleFactor: 2,
    forcedColors: contrast ? "active" : "none",
    reducedMotion: "reduce",
  });
  page.setDefaultTimeout(20_000);
  await page.clock.setFixedTime(NOON);
  await page.goto(`${server.url}?lang=${lang}&theme=${theme}`);
  await page.waitForFunction(() => window.workbench !== undefined);
  await page.waitForTimeout(200);
  await page.waitForFunction(() => window.workbench.isSettled());
  const pane = page.frame({ url: /taskpane\.html/ });
  if (!pane) throw new Error("the workbench has no pane");
  for (const weight of [400, 600]) await pane.addStyleTag({ url: `/fonts/${weight}.css` });
  await page.evaluate((paneWidth) => {
    document.querySelector("#work").style.setProperty("--pane-width", `${paneWidth}px`);
  }, width);
  await VIEWS[view](pane, page);
  await pane.evaluate(() => {
    document.activeElement?.blur();
    return document.fonts.ready;
  });
  // The window first grows to the content, so that nothing is cut and nothing that sticks hangs midway.
  const content = () => pane.evaluate(() => document.querySelector("#pane").scrollHeight);
  await page.setViewportSize({ width: 1100, height: (await content()) + 200 });
  await page.waitForTimeout(300);
  const frame = await page.locator("iframe").boundingBox();
  if (frame.width !== width) throw new Error(`the pane is ${frame.width} px wide, not ${width}`);
  await page.mouse.move(300, 300);
  await page.waitForTimeout(300);
  // A room may fill the window; what it holds ends where its last part does.
  const end = await pane.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll("#pane header, #pane main *")].map(
        (element) => element.getBoundingClientRect().bottom,
      ),
    ),
  );
  const file = `pane-${view}-${name}.png`;
  await page.screenshot({
    path: path.join(root, "docs", file),
    clip: {
      x: frame.x,
      y: frame.y,
      width,
      height: Math.min(Math.ceil(end) + 8, frame.height),
    },
  });
  await page.close();
  console.log(`docs/${file}`);
}
