// What is checked without running anything: format, rules of style, types. As many at once as there are cores.
import { spawn } from "node:child_process";
import os from "node:os";

/** The longest first. */
const checks = [
  ["prettier", "--check", "."],
  ["tsc", "-p", "tsconfig.json"],
  ["eslint", "."],
  ["tsc", "-p", "tsconfig.account.json"],
  ["tsc", "-p", "tsconfig.core.json"],
];

/**
 * @param {string[]} command
 * @returns {Promise<boolean>} whether it finds nothing; what it says is shown whole, when it is over
 */
function passes(command) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn("npx", ["--no-install", ...command], { shell: os.platform() === "win32" });
    let said = "";
    child.stdout.on("data", (/** @type {Buffer} */ text) => (said += text.toString()));
    child.stderr.on("data", (/** @type {Buffer} */ text) => (said += text.toString()));
    child.on("error", (error) => (said += String(error)));
    child.on("close", (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const outcome = code === 0 ? "passes" : "fails";
      console.log(`${command.join(" ")} ${outcome} (${seconds} s)`);
      if (code !== 0) console.log(said);
      resolve(code === 0);
    });
  });
}

let failed = false;
async function worker() {
  for (let next = checks.shift(); next; next = checks.shift()) {
    if (!(await passes(next))) failed = true;
  }
}
await Promise.all(Array.from({ length: Math.max(1, os.availableParallelism()) }, worker));
if (failed) process.exitCode = 1;
