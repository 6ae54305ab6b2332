// Loads sources into a build tool, so that documents are written from the same objects the product
// computes with, and benchmarks run the same code.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";
import ts from "typescript";

/** @type {Map<string, { exports: Record<string, unknown> }>} */
const loaded = new Map();

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
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const requirePackage = createRequire(file);
  const requireModule = (/** @type {string} */ name) => {
    const there = path.resolve(path.dirname(file), name);
    const source = [`${there}.ts`, path.join(there, "index.ts")].find((one) => existsSync(one));
    return name.startsWith(".") && source ? loadTypeScript(source) : requirePackage(name);
  };
  vm.compileFunction(outputText, ["exports", "require", "module"], { filename: file })(
    module.exports,
    requireModule,
    module,
  );
  return module.exports;
}
