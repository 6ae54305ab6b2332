// The pane's worked examples, for the function reference: tests hold each to its figure.
import path from "node:path";
import { root } from "./config.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

/** @typedef {import("./metadata.mjs").CustomFunction} CustomFunction */
/** @typedef {import("../src/taskpane/examples").Example} Example */

/** @returns {Readonly<Record<string, Example>>} */
export function readExamples() {
  return loadTypeScript(path.join(root, "src", "taskpane", "examples.ts")).EXAMPLES;
}

/**
 * The example as it is typed into a cell, with what it gives: `=RISKRATIO(2478.8, 3340) → 0.7422`.
 * @param {CustomFunction} definition
 * @param {Example} example
 * @param {string} name the function's name as it is typed
 */
export function exampleText({ parameters }, { typed, figure }, name) {
  const given = parameters.map(({ name }) => argument(typed[name]));
  const last = given.findLastIndex((text) => text !== "");
  return `=${name}(${given.slice(0, last + 1).join(", ")}) → ${figure}`;
}

/**
 * Numbers as they are, text in quotes; a word for the pane's own language is English here.
 * @param {string | undefined} typed
 */
function argument(typed) {
  if (typed === undefined) return "";
  const text = typed === "{language}" ? "en" : typed;
  return /^-?\d+(\.\d+)?$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
