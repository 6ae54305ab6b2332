import { readFileSync } from "node:fs";
import path from "node:path";
import { documents } from "../tools/docs.mjs";
import { readRules } from "../tools/rules.mjs";

test.each([...documents()])("%s in the repository is what `npm run docs` writes", (file, text) => {
  expect(readFileSync(file, "utf8") === text).toBe(true);
});

describe.each(["functions.html", "functions.zh-CN.html"])("the help page %s", (name) => {
  const html = readFileSync(path.join("dist", "help", name), "utf8");

  test("shows every exchange's formulas with their source and how sure it is", () => {
    const rules = readRules();
    expect(rules.length).toBeGreaterThan(7);
    for (const { exchange, editions } of rules) {
      expect(html).toContain(`id="rules-${exchange}"`);
      for (const { source } of editions) {
        expect(html).toContain(source.asOf);
        if (source.url) expect(html).toContain(`href="${source.url}"`);
      }
    }
  });

  test("leads from every link on it to a place that exists", () => {
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  });

  test("runs no script and loads nothing", () => {
    expect(html).not.toMatch(/<script|<img|<link|@import|url\(/);
    expect(html).toContain("default-src 'none'");
  });
});
