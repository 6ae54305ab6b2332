import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** A source file by its path under src/, with / between folders. */
interface Source {
  readonly file: string;
  readonly code: string;
}

const sources: readonly Source[] = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((file) => file.split(path.sep).join("/"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, code: readFileSync(path.join("src", file), "utf8") }));

/** What each room may import from other rooms; nobody looks up. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  exchanges: ["core"],
  statements: ["exchanges", "core"],
  account: ["statements", "exchanges", "core"],
  functions: ["exchanges", "core"],
  taskpane: ["functions", "account", "statements", "exchanges", "core"],
  workbench: [],
};

/** Packages a room may import; the others take none. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  core: /^decimal\.js$/,
  statements: /^(papaparse|read-excel-file(\/.*)?|@e965\/xlsx|saxes|fflate)$/,
  taskpane: /^@fluentui\/web-components/,
  workbench:
    /^(@univerjs\/(core|themes|preset-sheets-core|engine-formula|sheets|sheets-formula)|@fontsource\/noto-sans-sc|rxjs|react|react-dom)(\/|$)/,
};

/** Rooms whose answers hang on what they are given and on nothing else: the day too is given. */
const TIMELESS: ReadonlySet<string> = new Set(["core", "exchanges", "account"]);

/** Names that belong to one file alone; comments and texts may say them anywhere. */
const ONLY_IN = [
  { name: "CustomFunctions", file: "functions/cell.ts" },
  { name: "Excel", file: "taskpane/workbook.ts" },
  { name: "Excel", file: "taskpane/workbook-sheets.ts" },
] as const;
/** What only the core may import: its columns show in no type of anyone else's. */
const PRIVATE: ReadonlySet<string> = new Set(["core/blocks", "core/columns", "core/margins"]);
const DECIMAL = { name: "decimal.js", file: "core/number.ts" } as const;

const room = (file: string): string => file.split("/")[0] ?? "";

const importsOf = (code: string): string[] =>
  ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

/** `new Date`, `Date()`, `Date.now` and `performance`; Date.UTC is arithmetic. */
function readsClock(node: ts.Node): boolean {
  if (!ts.isIdentifier(node)) return false;
  if (node.text === "performance") return true;
  if (node.text !== "Date") return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === "now";
  return ts.isNewExpression(parent) || ts.isCallExpression(parent);
}

/** Every breach of a wall, as "file: what". */
function breaches(files: readonly Source[]): string[] {
  const found: string[] = [];
  for (const { file, code } of files) {
    const here = room(file);
    const allowed = MAY_IMPORT[here];
    if (!allowed) found.push(`${file}: ${here} is not a room`);
    for (const name of importsOf(code)) {
      if (name.startsWith(".")) {
        const target = path.posix.join(path.posix.dirname(file), name);
        const there = room(target);
        if (PRIVATE.has(target) && (here !== "core" || file === "core/index.ts")) {
          found.push(`${file}: imports ${target}`);
        }
        const inside = there === here || allowed?.includes(there);
        if (!inside) found.push(`${file}: imports ${there}`);
      } else if (!PACKAGES[here]?.test(name)) {
        found.push(`${file}: imports ${name}`);
      }
      if (name === DECIMAL.name && file !== DECIMAL.file) found.push(`${file}: says decimal.js`);
    }
    for (const node of nodesOf(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true))) {
      const said = ts.isIdentifier(node) ? node.text : "";
      const homes = ONLY_IN.filter(({ name }) => name === said);
      if (homes.length > 0 && !homes.some((home) => home.file === file)) {
        found.push(`${file}: says ${said}`);
      }
      if (TIMELESS.has(here) && readsClock(node)) {
        found.push(`${file}: reads the clock`);
      }
    }
  }
  return found;
}

test("no file of the add-in crosses a wall", () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(breaches(sources)).toEqual([]);
});

test.each([DECIMAL, ...ONLY_IN])("$name is really said in $file", ({ name, file }) => {
  const code = sources.find((source) => source.file === file)?.code;
  expect(code).toContain(name);
});

test.each([
  ["core/margin.ts", 'import { sse } from "../exchanges/sse";', "imports exchanges"],
  ["core/margin.ts", 'import fs from "node:fs";', "imports node:fs"],
  ["core/margin.ts", 'import { Decimal } from "decimal.js";', "says decimal.js"],
  ["core/margin.ts", 'export * from "decimal.js";', "says decimal.js"],
  ["core/margin.ts", 'const d = await import("decimal.js");', "says decimal.js"],
  ["core/margin.ts", "const now = Date.now();", "reads the clock"],
  ["core/margin.ts", "const now = new Date();", "reads the clock"],
  ["core/margin.ts", "const f = (n) => CustomFunctions.Error;", "says CustomFunctions"],
  ["core/index.ts", 'export * from "./columns";', "imports core/columns"],
  ["exchanges/sse.ts", 'import type { Column } from "../core/columns";', "imports core/columns"],
  ["functions/sse.ts", 'import { marginColumns } from "../core/margins";', "imports core/margins"],
  ["exchanges/sse.ts", 'import { price } from "../functions/cell";', "imports functions"],
  ["exchanges/sse.ts", 'import type { Decimal } from "decimal.js";', "imports decimal.js"],
  ["exchanges/sse.ts", "const day = new Date(2026, 0, 1);", "reads the clock"],
  ["exchanges/sse.ts", "const a = `${performance.now()}`;", "reads the clock"],
  ["functions/sse.ts", 'import { pane } from "../taskpane/state";', "imports taskpane"],
  ["functions/sse.ts", "throw new CustomFunctions.Error();", "says CustomFunctions"],
  ["statements/ctp.ts", 'import { price } from "../functions/cell";', "imports functions"],
  ["statements/ctp.ts", 'import { bookOf } from "../account/book";', "imports account"],
  ["account/book.ts", 'import { pane } from "../taskpane/state";', "imports taskpane"],
  ["account/book.ts", "const today = new Date();", "reads the clock"],
  ["account/book.ts", "let range: Excel.Range;", "says Excel"],
  ["taskpane/state.ts", "await Excel.run(async () => {});", "says Excel"],
  ["taskpane/state.ts", "let range: Excel.Range;", "says Excel"],
  ["taskpane/state.ts", 'import { sheet } from "../workbench/sheet";', "imports workbench"],
  ["workbench/sheet.ts", 'import { sse } from "../exchanges/sse";', "imports exchanges"],
  [
    "workbench/sheet.ts",
    'import pro from "@univerjs-pro/collaboration";',
    "imports @univerjs-pro/collaboration",
  ],
  ["cellar/wine.ts", "export {};", "cellar is not a room"],
])("the wall stands: %s may not hold %s", (file, code, breach) => {
  expect(breaches([{ file, code }])).toContain(`${file}: ${breach}`);
});

test("a comment or a text may say what the code may not", () => {
  const code = [
    "// Excel.run is not called here, nor CustomFunctions or Date.now().",
    "/** new Date() */",
    'const text = "Excel.run";',
    "const day = Date.UTC(2026, 10, 20);",
  ].join("\n");
  expect(breaches([{ file: "core/margin.ts", code }])).toEqual([]);
});

test("a class of the pane is styled by its bare name in one style sheet only, or in base.css and one more", () => {
  const folder = path.join("src", "taskpane", "styles");
  const sheets = new Map<string, Set<string>>();
  for (const sheet of readdirSync(folder)) {
    const css = readFileSync(path.join(folder, sheet), "utf8").replace(/\/\*[^]*?\*\//g, "");
    for (const [, selectors = ""] of css.matchAll(/([^{}]+)\{/g)) {
      for (const selector of selectors.split(",")) {
        const [, name] = /^\s*\.([a-z][\w-]*)\s*$/.exec(selector) ?? [];
        if (name) sheets.set(name, (sheets.get(name) ?? new Set()).add(sheet));
      }
    }
  }
  const shared = [...sheets].filter(
    ([, those]) => [...those].filter((sheet) => sheet !== "base.css").length > 1,
  );
  expect(sheets.size).toBeGreaterThan(100);
  expect(shared).toEqual([]);
});
