// Finds a browser: BROWSER_PATH, an installed Chrome or Edge, or the one that comes from npm.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

const installed = [
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  path.join(os.homedir(), "AppData\\Local\\Google\\Chrome\\Application\\chrome.exe"),
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** @returns {Promise<{ path: string, problem?: undefined } | { path?: undefined, problem: string }>} */
export async function findBrowser() {
  const given = process.env.BROWSER_PATH;
  if (given) {
    return existsSync(given)
      ? { path: given }
      : { problem: `BROWSER_PATH points to ${given}, which isn't there` };
  }
  const found = installed.find((file) => existsSync(file));
  if (found) return { path: found };
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { problem: "no Chrome or Edge was found; set BROWSER_PATH to one" };
  }
  try {
    return { path: await browserFromNpm() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `the browser from npm doesn't start: ${reason.trim()}` };
  }
}

/** Starts with the system's libraries where they are there, else with those that come along. */
async function browserFromNpm() {
  const { default: chromium, inflate } = await import("@sparticuz/chromium");
  const browser = await chromium.executablePath();
  if (await starts(browser)) return browser;
  const bin = new URL("../bin/al2023.tar.br", import.meta.resolve("@sparticuz/chromium"));
  const libraries = path.join(await inflate(fileURLToPath(bin)), "lib");
  // A script of its own, so that the libraries reach the browser and nothing else the tests start.
  const script = path.join(
    mkdtempSync(path.join(os.tmpdir(), "browser-")),
    "chromium-with-libraries",
  );
  writeFileSync(script, `#!/bin/sh\nLD_LIBRARY_PATH="${libraries}" exec "${browser}" "$@"\n`, {
    mode: 0o755,
  });
  await run(script, ["--headless", "--no-sandbox", "--version"]);
  return script;
}

/** @param {string} browser */
function starts(browser) {
  return run(browser, ["--headless", "--no-sandbox", "--version"]).then(
    () => true,
    () => false,
  );
}
