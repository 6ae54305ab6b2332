// Runs source files of the pane inside its frame, where Microsoft's library is: each is transpiled as
// it stands and evaluated with what it imports, in a registry of modules.
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Frame } from "playwright-core";

const COMMON_JS = {
  compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
};

/** A file and all it imports, as JavaScript by path; types leave no imports behind. */
function modules(file: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(file)) return found;
  const code = ts.transpileModule(readFileSync(file, "utf8"), COMMON_JS).outputText;
  found.set(file, "");
  const bound = code.replace(/require\("(\.[^"]*)"\)/g, (_, name: string) => {
    const imported = `${path.join(path.dirname(file), name)}.ts`;
    modules(imported, found);
    return `require(${JSON.stringify(imported)})`;
  });
  return found.set(file, bound);
}

/** Puts a source file's exports on the pane's window under a name. */
export async function loadInPane(frame: Frame, file: string, name: string): Promise<void> {
  const bodies = [...modules(file)].map(
    ([at, code]) => `${JSON.stringify(at)}: (require, exports) => {${code}\n}`,
  );
  await frame.evaluate(`(() => {
    const bodies = {${bodies.join(",\n")}};
    const loaded = {};
    const load = (file) => {
      if (!loaded[file]) bodies[file](load, (loaded[file] = {}));
      return loaded[file];
    };
    window[${JSON.stringify(name)}] = load(${JSON.stringify(file)});
  })()`);
}
