// Finds a browser: BROWSER_PATH, an installed Chrome or Edge, or the one that comes from npm.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

const installed = [
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** @returns {Promise<{ path: string, problem?: undefined } | { path?: undefined, problem: string }>} */
export async function findBrowser() {
  const given = process.env.BROWSER_PATH;
  if (given) {
    return existsSync(given)
      ? { path: given }
      : { problem: `BROWSER_PATH points to ${given}, which isn't there.` };
  }
  const found = installed.find((file) => existsSync(file));
  if (found) return { path: found };
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { problem: "no Chrome or Edge was found; set BROWSER_PATH to one." };
  }
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    const path = await chromium.executablePath();
    // It starts only with the system libraries libnss3 and libnspr4; say so here and not in each test.
    await run(path, ["--headless", "--no-sandbox", "--version"]);
    return { path };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `the browser from npm doesn't start (${reason.trim()}).` };
  }
}
