// Builds what is hosted: bundles, metadata, pane, manifest, help and icons, into dist/.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import webpack from "webpack";
import webpackConfiguration from "../webpack.config.js";
import {
  contentSecurityPolicy,
  distDir,
  namespace,
  officeJs,
  packageVersion,
  root,
} from "./config.mjs";
import { writeHelp } from "./docs.mjs";
import { iconSizesInManifest } from "./icons.mjs";
import { writeManifest } from "./manifest.mjs";
import { readMetadata } from "./metadata.mjs";
import { isMain } from "./main.mjs";

/**
 * Builds beside the old dist/ and then puts it in its place: a failed build leaves the old one, and
 * nobody serving dist/ ever sees half of one.
 */
export async function buildAddIn() {
  const metadata = readMetadata();
  const outDir = `${distDir}.${process.pid}`;
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  try {
    await bundle(outDir);
    writeJson(path.join(outDir, "functions.json"), metadata.en);
    writeJson(path.join(outDir, "functions.zh-CN.json"), metadata.zh);
    writePane(outDir);
    copyIcons(outDir);
    copySample(outDir);
    writeManifest(outDir);
    writeHelp(outDir, metadata);
    replaceDirectory(distDir, outDir);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
  return distDir;
}

/** @param {string} outDir */
function bundle(outDir) {
  return new Promise((resolve, reject) => {
    webpack(webpackConfiguration(outDir), (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
      else resolve(undefined);
    });
  });
}

/** @param {string} outDir */
function writePane(outDir) {
  /** @type {Record<string, string>} */
  const values = { officeJs, contentSecurityPolicy, version: packageVersion, namespace };
  const template = readFileSync(path.join(root, "src", "taskpane", "taskpane.html"), "utf8");
  const html = template.replace(/\{\{(\w+)\}\}/g, (text, /** @type {string} */ name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`taskpane.html: nothing is known about ${text}`);
    return value;
  });
  writeFileSync(path.join(outDir, "taskpane.html"), html);
}

/** @param {string} outDir */
function copyIcons(outDir) {
  mkdirSync(path.join(outDir, "assets"), { recursive: true });
  for (const size of iconSizesInManifest) {
    const name = path.join("assets", `icon-${size}.png`);
    cpSync(path.join(root, name), path.join(outDir, name));
  }
}

/**
 * The invented account the pane shows to who has no statement at hand.
 * @param {string} outDir
 */
function copySample(outDir) {
  cpSync(path.join(root, "assets", "sample"), path.join(outDir, "assets", "sample"), {
    recursive: true,
  });
}

/**
 * @param {string} file
 * @param {unknown} value
 */
function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * @param {string} target
 * @param {string} replacement
 */
function replaceDirectory(target, replacement) {
  const old = `${replacement}.old`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(replacement, target);
  rmSync(old, { recursive: true, force: true });
}

if (isMain(import.meta.url)) {
  const started = performance.now();
  await buildAddIn();
  const { buildWorkbench } = await import("./workbench.mjs");
  await buildWorkbench();
  console.log(
    `Built dist/ and dist-workbench/ in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}
