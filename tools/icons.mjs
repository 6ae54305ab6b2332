// Draws the icons Excel asks for from the one drawing in assets/icon.svg. The results are kept in
// the repository; run `npm run icons` after changing the drawing.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./config.mjs";

/** Ribbon 16, 32 and 80; the add-in's own icon 32 and 64. */
export const iconSizesInManifest = [16, 32, 64, 80];
const iconSizes = [...iconSizesInManifest, 128];

async function drawIcons() {
  // Loaded here alone: only drawing needs a canvas, and a build doesn't draw.
  const { createCanvas, loadImage } = await import("@napi-rs/canvas");
  const svg = readFileSync(path.join(root, "assets", "icon.svg"), "utf8");
  for (const size of iconSizes) {
    // Drawn as vectors at each size, not scaled from one bitmap, so that edges stay sharp.
    const sized = svg.replace(/width="32" height="32"/, `width="${size}" height="${size}"`);
    const canvas = createCanvas(size, size);
    canvas.getContext("2d").drawImage(await loadImage(Buffer.from(sized)), 0, 0);
    writeFileSync(path.join(root, "assets", `icon-${size}.png`), canvas.toBuffer("image/png"));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await drawIcons();
