// `npm run bench`: what the product's work costs beside its peers, in one interleaved run, and the size of what a user
// downloads. `-- --page` writes docs/performance.md from the run; any other word measures only the rows that hold it.
// Ratios hold from machine to machine; absolute times do not.
import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import vm from "node:vm";
import { format } from "prettier";
import { bookRows } from "./bench-book.mjs";
import { callPriceRows } from "./bench-call-price.mjs";
import { measured, random } from "./bench-clock.mjs";
import { liquidationRows } from "./bench-liquidation.mjs";
import { marginRows } from "./bench-margin.mjs";
import { numpyIsHere } from "./bench-numpy.mjs";
import { linesOf, performancePage } from "./bench-page.mjs";
import { priceRows } from "./bench-prices.mjs";
import { filesServed, sizes } from "./bench-sizes.mjs";
import { statementResults } from "./bench-statement.mjs";
import { stressRows } from "./bench-stress.mjs";
import { buildAddIn } from "./build.mjs";
import { root } from "./config.mjs";

const PAGE = path.join(root, "docs", "performance.md");
const words = process.argv.slice(2).filter((word) => word !== "--page");
const asPage = process.argv.includes("--page");
if (asPage && words.length > 0) throw new Error("the page is written from the whole benchmark");

const [load = 0] = os.loadavg();
const cores = os.cpus();
const distDir = await buildAddIn();

/** @type {Map<string, (...args: any[]) => any>} */
const functions = new Map();
Object.assign(globalThis, {
  CustomFunctions: {
    associate: (/** @type {string} */ id, /** @type {any} */ fn) => functions.set(id, fn),
  },
});
vm.runInThisContext(readFileSync(path.join(distDir, "functions.js"), "utf8"));

/** @param {string} id */
function known(id) {
  const fn = functions.get(id);
  if (!fn) throw new Error(`${id} isn't in the bundle`);
  return fn;
}

/** Each draws its own numbers, so that a row left out changes no other. */
const families = [
  () => marginRows(random(), known),
  () => bookRows(random(), known),
  () => liquidationRows(random()),
  () => priceRows(random()),
  () => stressRows(random()),
  () => callPriceRows(random()),
];

/** @type {import("./bench-clock.mjs").Result[]} */
const results = [];
function show(/** @type {import("./bench-clock.mjs").Result} */ result) {
  results.push(result);
  console.log(result.name.en);
  for (const [, each = "", peer, its, times, goal, outcome] of linesOf(result, "en")) {
    const against = peer === "–" ? "" : ` · ${peer} ${its} · ${times} times as fast`;
    console.log(`  ${each}${against}${goal === "–" ? "" : ` · goal ${goal}: ${outcome}`}`);
  }
}
for (const rows of families) {
  for (const row of rows()) {
    if (words.every((word) => row.name.en.includes(word))) show(measured(row));
  }
}

/** @type {import("./bench-clock.mjs").Words[]} */
const left = [
  {
    zh: "未测：LibreOffice 自带公式、QuantLib 与 “Let's be rational” 的 C++ 版本不随 npm 安装，以上目标按注明的比值换算；big.js 不在依赖之中。",
    en: "Not measured: LibreOffice's own formulas, and QuantLib and “Let's be rational” in C++, which npm doesn't install; their goals are converted by the ratios given above. big.js isn't among the dependencies.",
  },
];
if (!numpyIsHere()) {
  left.push({ zh: "这台机器上没有 NumPy。", en: "NumPy isn't on this machine." });
}
if (words.length === 0 || words.includes("statement")) {
  for (const result of statementResults()) show(result);
}
for (const { en } of left) console.log(en);

console.log("\nSizes");
for (const { name, plain, kilobytes } of filesServed(distDir)) {
  const size = (/** @type {number} */ n) => n.toFixed(1).padStart(8);
  console.log(`${name.padEnd(36)} ${size(plain)} KB ${size(kilobytes)} KB gzip`);
}

if (asPage) {
  const page = performancePage({
    ...{ results, left, sizes: sizes(distDir) },
    machine: {
      model: (cores[0]?.model ?? "").replace(/\s+/g, " ").trim(),
      cores: cores.length,
      node: process.versions.node,
      system: `${os.platform()} ${os.arch()}`,
      date: new Date().toISOString().slice(0, 10),
      busy: load > cores.length / 2,
    },
  });
  writeFileSync(PAGE, await format(page, { parser: "markdown", printWidth: 100 }));
  console.log(`\n${path.relative(root, PAGE)} is written.`);
}
