// What jest loads of ours, and decimal.js: types are taken out (`npm run check` looks at them), and the
// globals that are asked for in every line of arithmetic are bound once for each module. Tests run in a
// context of their own, where finding `Math` takes many times what is then done with it.
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const ts = require("typescript");

const compilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  esModuleInterop: true,
  isolatedModules: true,
  inlineSourceMap: true,
  inlineSources: true,
};

const globals = ["Array", "Error", "Float64Array", "Infinity", "JSON", "Map", "Math", "NaN"].concat(
  ["Number", "Object", "RegExp", "Set", "String"],
);

const version = createHash("sha256")
  .update(`${ts.version}${readFileSync(__filename, "utf8")}`)
  .digest("hex");

/** @param {string} code a module; its lines stay where they are */
function bound(code) {
  const used = globals.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  return used.length === 0 ? code : `const { ${used.join(", ")} } = globalThis; ${code}`;
}

module.exports = {
  /**
   * @param {string} source
   * @param {string} fileName
   */
  process(source, fileName) {
    if (!fileName.endsWith(".ts")) return { code: bound(source) };
    return { code: bound(ts.transpileModule(source, { fileName, compilerOptions }).outputText) };
  },

  /**
   * @param {string} source
   * @param {string} fileName
   */
  getCacheKey: (source, fileName) =>
    createHash("sha256").update(`${version}${fileName}\0${source}`).digest("hex"),
};
