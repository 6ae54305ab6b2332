// The function reference, twice from one source: docs/ for readers of the repository, and the help
// pages that Excel opens from a function's description. `npm run docs` writes docs/.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { namespace, root } from "./config.mjs";
import { readExamples } from "./examples.mjs";
import { helpPage } from "./help-page.mjs";
import { toHtml } from "./html.mjs";
import { toMarkdown } from "./markdown.mjs";
import { readMetadata } from "./metadata.mjs";
import { readColumns, readRules } from "./rules.mjs";
import { isMain } from "./main.mjs";

/** @typedef {import("./metadata.mjs").Metadata} Metadata */

const pages = /** @type {const} */ ([
  { language: "en", tag: "en", name: "functions", title: "English" },
  { language: "zh", tag: "zh-CN", name: "functions.zh-CN", title: "简体中文" },
]);

/** @returns {Map<string, string>} the generated files by their path in the repository, with their text */
export function documents() {
  const metadata = readMetadata();
  const shared = { rules: readRules(), columns: readColumns(), examples: readExamples() };
  return new Map(
    pages.map(({ language, name }) => [
      `docs/${name}.md`,
      toMarkdown(helpPage(language, { metadata: metadata[language], ...shared })),
    ]),
  );
}

/**
 * @param {string} outDir
 * @param {{ en: Metadata, zh: Metadata }} metadata
 */
export function writeHelp(outDir, metadata) {
  const shared = {
    rules: readRules(),
    columns: readColumns(),
    examples: readExamples(),
    prefix: namespace,
  };
  mkdirSync(path.join(outDir, "help"), { recursive: true });
  for (const { language, tag, name } of pages) {
    const other = pages.find((page) => page.language !== language) ?? pages[0];
    const html = toHtml(helpPage(language, { metadata: metadata[language], ...shared }), {
      language: tag,
      other: { text: other.title, href: `${other.name}.html` },
    });
    writeFileSync(path.join(outDir, "help", `${name}.html`), html);
  }
}

if (isMain(import.meta.url)) {
  for (const [file, text] of documents()) {
    writeFileSync(path.join(root, file), text);
    console.log(file);
  }
}
