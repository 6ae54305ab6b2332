// functions.json, in English and in Chinese, from the JSDoc above each function and from
// src/functions/zh-CN.json. Microsoft's generator reads one file at a time and one language; the
// checks it leaves out are here, because Excel drops a badly described function without a word.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { parseTree } from "custom-functions-metadata";
import { addinUrl, functionsDir } from "./config.mjs";

/** @typedef {{ name: string, description: string, type: string, dimensionality?: string, optional?: boolean }} Parameter */
/** @typedef {{ id: string, name: string, description: string, helpUrl: string, parameters: Parameter[], result: { type?: string, dimensionality?: string }, options?: Record<string, boolean> }} CustomFunction */
/** @typedef {{ allowErrorForDataTypeAny?: boolean, functions: CustomFunction[] }} Metadata */
/** @typedef {{ description?: string, parameters?: Record<string, string> }} FunctionTexts */
/** @typedef {{ parameters?: Record<string, string>, functions?: Record<string, FunctionTexts> }} Texts */

const helpPages = { en: "functions.html", zh: "functions.zh-CN.html" };

/**
 * The metadata of every function in `dir`, in both languages; throws a list of everything wrong.
 * @param {{ dir?: string, url?: string }} [options]
 * @returns {{ en: Metadata, zh: Metadata }}
 */
export function readMetadata({ dir = functionsDir, url = addinUrl } = {}) {
  const { sources, problems } = readSources(dir);
  const textsFile = path.join(dir, "zh-CN.json");
  /** @type {Texts} */
  const texts = existsSync(textsFile) ? JSON.parse(readFileSync(textsFile, "utf8")) : {};
  problems.push(...functionProblems(sources), ...textProblems(sources, texts));
  if (problems.length > 0) throw new Error(`functions metadata:\n  ${problems.join("\n  ")}`);

  const functions = sources.map((source) => source.definition);
  return {
    en: asMetadata(functions.map((definition) => withHelp(definition, url, helpPages.en))),
    zh: asMetadata(
      functions.map((definition) => withHelp(inChinese(definition, texts), url, helpPages.zh)),
    ),
  };
}

/** @typedef {{ file: string, definition: CustomFunction }} Source */

/**
 * Files in the order index.ts imports them: that is also the order of the documentation.
 * @param {string} dir
 */
function readSources(dir) {
  const problems = [];
  const index = readFileSync(path.join(dir, "index.ts"), "utf8");
  const imported = [...index.matchAll(/^import\s+(?:.*\sfrom\s+)?"\.\/([\w-]+)";/gm)].map(
    ([, name]) => `${name}.ts`,
  );
  const present = readdirSync(dir).filter((name) => name.endsWith(".ts") && name !== "index.ts");
  /** @type {Source[]} */
  const sources = [];
  for (const file of [...new Set([...imported, ...present.sort()])]) {
    const code = readFileSync(path.join(dir, file), "utf8");
    const { functions, extras } = parseTree(code, file);
    for (const extra of extras) {
      problems.push(...extra.errors.map((error) => `${file}: ${error}`));
    }
    // The generator sees top-level function declarations only and skips the rest in silence.
    const tags = code.match(/^\s*\*\s*@customfunction\b/gim)?.length ?? 0;
    if (tags !== functions.length) {
      problems.push(`${file}: ${tags} @customfunction tags but ${functions.length} functions`);
    }
    if (functions.length > 0 && !imported.includes(file)) {
      problems.push(`${file}: has functions but index.ts doesn't import it`);
    }
    for (const found of functions) {
      const definition = /** @type {CustomFunction} */ (structuredClone(found));
      definition.description = oneLine(definition.description);
      for (const parameter of definition.parameters) {
        parameter.description = oneLine(parameter.description);
      }
      sources.push({ file, definition });
    }
  }
  return { sources, problems };
}

/** @param {Source[]} sources */
function functionProblems(sources) {
  const problems = [];
  /** @type {Map<string, string>} */
  const seen = new Map();
  for (const { file, definition } of sources) {
    const { id, name, parameters } = definition;
    const where = `${file}: ${id}`;
    const twin = seen.get(id.toUpperCase());
    if (twin) problems.push(`${where} is already in ${twin}`);
    seen.set(id.toUpperCase(), file);
    if (id !== name) problems.push(`${where} is named ${name}: id and name must be equal`);
    if (!/^[A-Z][A-Z0-9.]{2,63}$/.test(id)) {
      problems.push(`${where}: an id is 3 to 64 capitals, digits and dots after a capital`);
    }
    if (/^([A-Z]{1,3}\d+|R\d*C\d*)$/.test(id)) problems.push(`${where} reads as a cell address`);
    if (!definition.description) problems.push(`${where} has no English description`);
    let optional = false;
    for (const parameter of parameters) {
      if (!/^[a-z][A-Za-z]*$/.test(parameter.name)) {
        problems.push(`${where}: ${parameter.name} isn't a name to show in a cell`);
      }
      if (!parameter.description) problems.push(`${where}: ${parameter.name} has no English text`);
      if (parameter.type !== "any") {
        // Excel would refuse a wrong value before the function could say which argument it was.
        problems.push(`${where}: ${parameter.name} is ${parameter.type}; use any`);
      }
      if (optional && !parameter.optional) {
        problems.push(`${where}: ${parameter.name} is required after an optional parameter`);
      }
      optional ||= Boolean(parameter.optional);
    }
  }
  return problems;
}

/**
 * @param {Source[]} sources
 * @param {Texts} texts
 */
function textProblems(sources, texts) {
  const problems = [];
  const used = new Set();
  for (const { definition } of sources) {
    const own = texts.functions?.[definition.id];
    if (!own?.description) problems.push(`zh-CN.json: ${definition.id} has no description`);
    const names = definition.parameters.map(({ name }) => name);
    for (const name of names) {
      if (own?.parameters?.[name] === undefined) used.add(name);
      if (!(own?.parameters?.[name] ?? texts.parameters?.[name])) {
        problems.push(`zh-CN.json: ${definition.id} has no text for ${name}`);
      }
    }
    for (const name of Object.keys(own?.parameters ?? {})) {
      if (!names.includes(name)) {
        problems.push(`zh-CN.json: ${definition.id} has no parameter ${name}`);
      }
    }
  }
  const ids = new Set(sources.map(({ definition }) => definition.id));
  for (const id of Object.keys(texts.functions ?? {})) {
    if (!ids.has(id)) problems.push(`zh-CN.json: there is no function ${id}`);
  }
  for (const name of Object.keys(texts.parameters ?? {})) {
    if (!used.has(name)) problems.push(`zh-CN.json: no function uses the text of ${name}`);
  }
  return problems;
}

/**
 * Texts change with the language and nothing else does.
 * @param {CustomFunction} definition
 * @param {Texts} texts
 */
function inChinese(definition, texts) {
  const own = texts.functions?.[definition.id];
  return {
    ...definition,
    description: own?.description ?? "",
    parameters: definition.parameters.map((parameter) => ({
      ...parameter,
      description: own?.parameters?.[parameter.name] ?? texts.parameters?.[parameter.name] ?? "",
    })),
  };
}

/**
 * @param {CustomFunction} definition
 * @param {string} url
 * @param {string} page
 */
function withHelp(definition, url, page) {
  const { id, name, description, parameters, result, options } = definition;
  const helpUrl = `${url}/help/${page}#${id}`;
  return { id, name, description, helpUrl, parameters, result, ...(options && { options }) };
}

/**
 * `allowErrorForDataTypeAny` lets a table's error cells reach the function, which answers them row
 * by row. Microsoft defines it for the whole file, so single values that are errors arrive too.
 * The generator's `allowCustomDataForDataTypeAny` is left out: our functions take plain values.
 * @param {CustomFunction[]} functions
 * @returns {Metadata}
 */
function asMetadata(functions) {
  const takesTables = functions.some(({ parameters }) =>
    parameters.some(({ dimensionality }) => dimensionality === "matrix"),
  );
  return { ...(takesTables && { allowErrorForDataTypeAny: true }), functions };
}

/** @param {string | undefined} text */
function oneLine(text) {
  return (text ?? "").replace(/\s+/g, " ").trim();
}
