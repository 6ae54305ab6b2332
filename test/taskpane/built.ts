// The built add-in as the pane has it: the functions of dist/functions.js by id, and the metadata.
import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { catalogOf, type Metadata } from "../../src/taskpane/catalog";
import type { Functions } from "../../src/taskpane/result";

const read = (file: string): string => readFileSync(path.join("dist", file), "utf8");
const metadata = (file: string): Metadata => JSON.parse(read(file)) as Metadata;

export const catalog = catalogOf({
  en: metadata("functions.json"),
  zh: metadata("functions.zh-CN.json"),
});

export const entryOf = (id: string) => {
  const entry = catalog.find((one) => one.id === id);
  if (!entry) throw new Error(`there is no function ${id}`);
  return entry;
};

/** Friday, 20 November 2026, noon in Shanghai: what "today" is for a call without a day. */
export const NOON = Date.UTC(2026, 10, 20, 4);

/** The functions run in a context whose clock stands still. */
export const functions: Functions = (() => {
  const found = new Map<string, (...args: unknown[]) => unknown>();
  const CustomFunctions = {
    associate: (id: string, fn: (...args: unknown[]) => unknown) => found.set(id, fn),
  };
  vm.runInNewContext(read("functions.js"), {
    CustomFunctions,
    Date: { now: () => NOON },
    console,
  });
  return found;
})();
