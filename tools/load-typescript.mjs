// Loads sources into a tool, so that documents are written from the same objects the product computes
// with, benchmarks run the same code, and a command needs no build. What was compiled once is kept
// beside the packages for as long as its source stays the same.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { root } from "./config.mjs";

const require = createRequire(import.meta.url);
const kept = path.join(root, "node_modules", ".cache", "load-typescript");
/** @type {{ version: string }} */
const { version } = require("typescript/package.json");

/** @type {Map<string, { exports: Record<string, unknown> }>} */
const loaded = new Map();

/** @param {string} source */
function compile(source) {
  // The compiler itself takes a while to load.
  /** @type {typeof import("typescript")} */
  const ts = require("typescript");
  const { ModuleKind, ScriptTarget } = ts;
  return ts.transpileModule(source, {
    compilerOptions: {
      module: ModuleKind.CommonJS,
      target: ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  }).outputText;
}

/** @param {string} file */
function compiled(file) {
  const source = readFileSync(file, "utf8");
  const place = path.join(kept, `${path.relative(root, file).split(path.sep).join("-")}.js`);
  const mark = `// ${createHash("sha256").update(`${version}\n${compile}\n${source}`).digest("hex")}\n`;
  if (existsSync(place)) {
    const text = readFileSync(place, "utf8");
    if (text.startsWith(mark)) return text;
  }
  const text = `${mark}${compile(source)}`;
  try {
    mkdirSync(kept, { recursive: true });
    const own = `${place}.${process.pid}`;
    writeFileSync(own, text);
    renameSync(own, place);
  } catch {
    // Where nothing may be written it is compiled each time.
  }
  return text;
}

/**
 * @param {string} file
 * @returns {any} what the module exports
 */
export function loadTypeScript(file) {
  const known = loaded.get(file);
  if (known) return known.exports;
  /** @type {{ exports: Record<string, unknown> }} */
  const module = { exports: {} };
  loaded.set(file, module);
  const requirePackage = createRequire(file);
  const requireModule = (/** @type {string} */ name) => {
    const there = path.resolve(path.dirname(file), name);
    const source = [`${there}.ts`, path.join(there, "index.ts")].find((one) => existsSync(one));
    return name.startsWith(".") && source ? loadTypeScript(source) : requirePackage(name);
  };
  // What is kept beside the packages must not say where it was compiled.
  const here = JSON.stringify(pathToFileURL(file).href);
  vm.compileFunction(
    compiled(file).replaceAll("import.meta.url", here),
    ["exports", "require", "module"],
    { filename: file },
  )(module.exports, requireModule, module);
  return module.exports;
}
