import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { namesLeftOut } from "../tools/decimal-loader.cjs";

const run = promisify(execFile);
const read = (name: string): string => readFileSync(path.join("dist", name), "utf8");

/** What the pane loads once a room is asked for; room-123.js is what some of them share. */
const ROOMS = readdirSync("dist").filter((name) => /^room-[\w-]+\.[0-9a-f]{8}\.js$/.test(name));

/** What the page runs, and what the worker that reads statements runs. */
const SCRIPTS = [
  "functions.js",
  "taskpane.js",
  ...["", "-markup", "-risk", "-xls", "-xlsx", "-zip"].flatMap((part) => [
    `statements${part}.js`,
    `statements-here${part}.js`,
  ]),
  ...ROOMS,
];

describe("what is shipped", () => {
  // decimal.js and the margin rules of eight exchanges with their sentences in two languages fill 40 KB;
  // combinations, the ledger, the calendar, model prices and columns come on top of that.
  test("functions.js takes at most 100 KB compressed", () => {
    expect(gzipSync(read("functions.js")).length).toBeLessThanOrEqual(100 * 1024);
  });

  test("no source takes a decimal's root, logarithm, angle or other base, which the bundle leaves out", () => {
    const left = new Set(namesLeftOut(readFileSync("node_modules/decimal.js/decimal.mjs", "utf8")));
    expect(left.has("pow") && left.has("squareRoot")).toBe(true);
    const taken: string[] = [];
    for (const file of readdirSync("src", { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const text = readFileSync(path.join("src", file), "utf8");
      for (const [, owner, name] of text.matchAll(/(\w*)\??\.(\w+)\s*\(/g)) {
        const own = owner === "Math" || owner === "console";
        if (!own && left.has(name ?? "")) taken.push(`${file}: ${owner}.${name}`);
      }
    }
    expect(taken).toEqual([]);
  });

  test.each(SCRIPTS)("%s evaluates no text as code", (name) => {
    expect(read(name)).not.toMatch(/\beval\s*\(|\bnew\s+Function\b|sourceMappingURL/);
  });

  // Older WebKit, which Excel on a Mac may have, refuses the whole script for one of these.
  test.each(SCRIPTS)("%s looks behind in no pattern", (name) => {
    expect(read(name)).not.toMatch(/\(\?<[!=]/);
  });

  test("every script that is shipped is among those looked at here", () => {
    const scripts = readdirSync("dist").filter((name) => name.endsWith(".js"));
    expect(scripts.sort()).toEqual([...SCRIPTS].sort());
  });

  test("the readers of statements are no part of what loads first", () => {
    expect(gzipSync(read("taskpane.js")).length).toBeLessThanOrEqual(150 * 1024);
    expect(read("taskpane.js")).not.toMatch(/EncryptedPackage|gb18030/);
  });

  // What only it says.
  test.each([
    ["actions", "怎么配都不省"],
    ["expiry", "今晚被指派会怎样"],
    ["list", "上交所期权培训材料第五讲"],
    ["settings", "公司参数与设置"],
    ["sheets", ",0,ROUNDDOWN("],
  ])("the code of %s is a file of its own and no part of what loads first", (name, sentence) => {
    const [own, ...others] = ROOMS.filter((file) => file.startsWith(`room-${name}.`));
    expect(others).toEqual([]);
    expect(read(own ?? "").includes(sentence)).toBe(true);
    expect(read("taskpane.js").includes(sentence)).toBe(false);
  });

  test("the functions reach no network", () => {
    expect(read("functions.js")).not.toMatch(
      /\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b/,
    );
  });

  test("the pane waits for no one: the functions, then itself, office.js last, and no script of its own text", () => {
    const html = read("taskpane.html");
    const scripts = [...html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)];
    // Bare src attributes: neither async nor defer may change the order in which they stand.
    expect(scripts.map(([, attributes]) => attributes?.trim())).toEqual([
      'src="functions.js"',
      'src="taskpane.js"',
      'src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"',
    ]);
    const [body = ""] = /<body>[^]*/.exec(html) ?? [];
    expect(body).toMatch(/^<body>\s*<div id="pane">正在连接 Excel… Connecting to Excel…<\/div>/);
    expect(body.match(/<script/g)).toHaveLength(scripts.length);
    expect(scripts.map(([, , text]) => text)).toEqual(["", "", ""]);
    expect(html).not.toMatch(/\son\w+=|{{|javascript:/);
  });

  test("the pane's policy allows its own files and Microsoft's library, and no eval", () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(read("taskpane.html"))?.[1];
    expect(policy?.split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'self' https://appsforoffice.microsoft.com",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "worker-src 'self'",
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });
});

describe("the build's settings", () => {
  const settings = async (environment: Record<string, string>): Promise<unknown> => {
    const code =
      'import("./tools/config.mjs").then(({ addinUrl, namespace, officeJs, contentSecurityPolicy }) =>' +
      " console.log(JSON.stringify({ addinUrl, namespace, officeJs, contentSecurityPolicy })))";
    const env = { PATH: process.env["PATH"] ?? "", ...environment };
    const { stdout } = await run(process.execPath, ["--eval", code], { env });
    return JSON.parse(stdout);
  };

  test("are a local address, no namespace and Microsoft's worldwide library", async () => {
    expect(await settings({})).toMatchObject({
      addinUrl: "https://localhost:3000",
      namespace: "",
      officeJs: "https://appsforoffice.microsoft.com/lib/1/hosted/office.js",
    });
  });

  test("take another address, a namespace and the library of mainland China's tenants", async () => {
    const chosen = {
      ADDIN_URL: "https://margin.example/excel/",
      ADDIN_NAMESPACE: "OSM",
      ADDIN_OFFICE_CDN: "21vianet",
    };
    const host = "https://appsforoffice.cdn.partner.office365.cn";
    expect(await settings(chosen)).toMatchObject({
      addinUrl: "https://margin.example/excel",
      namespace: "OSM",
      officeJs: `${host}/appsforoffice/lib/1/hosted/office.js`,
      contentSecurityPolicy: expect.stringContaining(`script-src 'self' ${host};`) as unknown,
    });
  });

  test.each([
    [{ ADDIN_URL: "http://margin.example" }, /must be an https address.*it is http:\/\/margin/],
    [{ ADDIN_URL: "margin" }, /must be an https address/],
    [{ ADDIN_NAMESPACE: "1 2" }, /ADDIN_NAMESPACE takes/],
    [{ ADDIN_OFFICE_CDN: "elsewhere" }, /is microsoft or 21vianet; it is elsewhere/],
  ])("refuse %j with a sentence", async (environment, sentence) => {
    await expect(settings(environment)).rejects.toThrow(sentence);
  });
});
