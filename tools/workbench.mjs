// Builds the workbench into dist-workbench/: seconds, since nothing is minified.
import { cpSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import webpack from "webpack";
import { root } from "./config.mjs";
import { workbenchDir } from "./server.mjs";
import { workbenchConfiguration } from "./workbench.config.mjs";
import { isMain } from "./main.mjs";

/** Builds beside the old folder and swaps, so that a failed build leaves the old one. */
export async function buildWorkbench() {
  const outDir = `${workbenchDir}.${process.pid}`;
  rmSync(outDir, { recursive: true, force: true });
  try {
    await bundle(outDir);
    const page = path.join(root, "src", "workbench", "index.html");
    cpSync(page, path.join(outDir, "index.html"));
    rmSync(workbenchDir, { recursive: true, force: true });
    renameSync(outDir, workbenchDir);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
  return workbenchDir;
}

/** @param {string} outDir */
function bundle(outDir) {
  return new Promise((resolve, reject) => {
    webpack(workbenchConfiguration(outDir), (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
      else resolve(undefined);
    });
  });
}

if (isMain(import.meta.url)) {
  const started = performance.now();
  await buildWorkbench();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`Built dist-workbench/ in ${seconds} s`);
}
