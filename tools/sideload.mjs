// Where Excel looks for an add-in under development, on each system, without any further tool:
// a registry value on Windows, a folder on a Mac. Excel on the web takes an uploaded file.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const developerKey = "HKCU\\Software\\Microsoft\\Office\\16.0\\WEF\\Developer";

/**
 * @typedef {{ command: string[] } | { copy: { from: string, to: string } } | { remove: string }} Step
 * @typedef {{ excel: "installed" | "missing" | "unsupported", steps: Step[] }} Plan
 */

/**
 * What has to be done for Excel on this system to load the manifest, or to forget it again;
 * nothing where there's no Excel.
 * @param {{ platform: string, home: string, manifest: string, id: string, excelInstalled: boolean, remove?: boolean }} machine
 * @returns {Plan}
 */
export function sideloadPlan({ platform, home, manifest, id, excelInstalled, remove = false }) {
  if (platform !== "win32" && platform !== "darwin") return { excel: "unsupported", steps: [] };
  if (!excelInstalled) return { excel: "missing", steps: [] };
  if (platform === "win32") {
    const command = remove
      ? ["reg", "delete", developerKey, "/v", id, "/f"]
      : ["reg", "add", developerKey, "/v", id, "/t", "REG_SZ", "/d", manifest, "/f"];
    return { excel: "installed", steps: [{ command }] };
  }
  const folder = "Library/Containers/com.microsoft.Excel/Data/Documents/wef";
  const to = path.posix.join(home, folder, `${id}.manifest.xml`);
  const step = remove ? { remove: to } : { copy: { from: manifest, to } };
  return { excel: "installed", steps: [step] };
}

/**
 * @param {string} manifest
 * @param {string} id
 * @param {{ remove?: boolean }} [options] remove: take it out of Excel again
 * @returns {Promise<Plan["excel"]>}
 */
export async function sideload(manifest, id, { remove = false } = {}) {
  const { excel, steps } = sideloadPlan({
    platform: process.platform,
    home: os.homedir(),
    manifest,
    id,
    excelInstalled: await isExcelInstalled(),
    remove,
  });
  for (const step of steps) {
    if ("command" in step) {
      const [program = "", ...rest] = step.command;
      await run(program, rest);
    } else if ("remove" in step) {
      await rm(step.remove, { force: true });
    } else {
      await mkdir(path.dirname(step.copy.to), { recursive: true });
      await copyFile(step.copy.from, step.copy.to);
    }
  }
  return excel;
}

async function isExcelInstalled() {
  if (process.platform === "darwin") return existsSync("/Applications/Microsoft Excel.app");
  if (process.platform !== "win32") return false;
  return run("reg", ["query", "HKCR\\Excel.Application"]).then(
    () => true,
    () => false,
  );
}
