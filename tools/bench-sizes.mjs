// What a user downloads, for the benchmark.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** @typedef {{ name: import("./bench-clock.mjs").Words, kilobytes: number, goal: number }} Size compressed */

const zipped = (/** @type {string} */ file) =>
  gzipSync(readFileSync(file), { level: 9 }).length / 1024;

/** Every file that is served, compressed and not. */
export function* filesServed(/** @type {string} */ folder) {
  for (const name of readdirSync(folder).filter((file) => /\.(js|css|json|html)$/.test(file))) {
    const file = path.join(folder, name);
    yield { name, plain: readFileSync(file).length / 1024, kilobytes: zipped(file) };
  }
}

/**
 * @param {string} folder
 * @returns {Size[]}
 */
export function sizes(folder) {
  const page = readFileSync(path.join(folder, "taskpane.html"), "utf8");
  const named = [...page.matchAll(/(?:href|src)="([\w.-]+)"/g)].map(([, name = ""]) => name);
  const first = ["taskpane.html", ...named.filter((name) => name !== "functions.js")];
  return [
    {
      name: {
        zh: "functions.js（全部函数与规则）",
        en: "functions.js, every function and rule",
      },
      ...{ kilobytes: zipped(path.join(folder, "functions.js")), goal: 40 },
    },
    {
      name: {
        zh: `任务窗格首次打开（${first.join("、")}；functions.js 另计，其余按需下载）`,
        en: `the taskpane's first load (${first.join(", ")}; functions.js apart, the rest when asked for)`,
      },
      kilobytes: first.reduce((sum, name) => sum + zipped(path.join(folder, name)), 0),
      goal: 150,
    },
  ];
}
