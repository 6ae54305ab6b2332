// Draws the icons Excel asks for from the one drawing in assets/icon.svg. The results are kept in
// the repository; run `npm run icons` after changing the drawing.
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./config.mjs";
import { isMain } from "./main.mjs";

/** Ribbon 16, 32 and 80; the add-in's own icon 32 and 64. */
export const iconSizesInManifest = [16, 32, 64, 80];

async function drawIcons() {
  // Loaded here alone: only drawing needs a browser, and a build doesn't draw.
  const { chromium } = await import("playwright-core");
  const { findBrowser } = await import("../test/host/browser.mjs");
  const found = await findBrowser();
  if (!found.path) throw new Error(`the icons are drawn by a browser, but ${found.problem}`);
  const browser = await chromium.launch({ executablePath: found.path, args: ["--no-sandbox"] });
  try {
    const svg = readFileSync(path.join(root, "assets", "icon.svg"), "utf8");
    for (const size of iconSizesInManifest) {
      // Drawn as vectors at each size, not scaled from one bitmap, so that edges stay sharp.
      const sized = svg.replace('width="32" height="32"', `width="${size}" height="${size}"`);
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      await page.setContent(`<style>body{margin:0}svg{display:block}</style>${sized}`);
      await page.screenshot({
        path: path.join(root, "assets", `icon-${size}.png`),
        clip: { x: 0, y: 0, width: size, height: size },
        omitBackground: true,
      });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

if (isMain(import.meta.url)) await drawIcons();
