import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { serve, withHost } from "../tools/server.mjs";

const officeJs = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

describe("the workbench's server", () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "server-"));
    for (const name of ["addin", "workbench"]) mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, "secret.txt"), "secret");
    writeFileSync(path.join(folder, "workbench", "index.html"), "<p>workbench</p>");
    writeFileSync(path.join(folder, "addin", "functions.json"), "{}");
    writeFileSync(
      path.join(folder, "addin", "taskpane.html"),
      `<head><script src="${officeJs}"></script><script src="functions.js"></script></head>`,
    );
    server = await serve({
      addin: path.join(folder, "addin"),
      workbench: path.join(folder, "workbench"),
    });
  });

  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The path goes out as it stands: fetch() would tidy "..". */
  const ask = (target: string, method = "GET"): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { port } = server;
      const request = http.request(
        { host: "127.0.0.1", port, path: target, method },
        (response) => {
          let body = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => (body += part));
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          );
        },
      );
      request.on("error", reject);
      request.end();
    });

  test("listens on this machine only", () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  test("files have their types and are never kept", async () => {
    const page = await ask("/");
    expect(page.body).toBe("<p>workbench</p>");
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["cache-control"]).toBe("no-store");
    expect((await ask("/addin/functions.json")).headers["content-type"]).toBe(
      "application/json; charset=utf-8",
    );
    expect((await ask("/office-js/office.js")).headers["content-type"]).toBe(
      "text/javascript; charset=utf-8",
    );
    expect((await ask("/fonts/latin-400.css")).headers["content-type"]).toBe(
      "text/css; charset=utf-8",
    );
  });

  test("the page may neither evaluate text nor load from elsewhere", async () => {
    const policy = (await ask("/")).headers["content-security-policy"];
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|https?:/);
  });

  test.each([
    "/../secret.txt",
    "/addin/../secret.txt",
    "/addin/../../secret.txt",
    "/addin/%2e%2e/secret.txt",
    "/addin/..%2fsecret.txt",
    "/addin/%00",
    "/addin/%",
    "/fonts/../../../package.json",
    "/addin/missing.js",
    "/addin",
  ])("%s is not found", async (target) => {
    const answer = await ask(target);
    expect(answer.status).toBe(404);
    expect(answer.body).toBe("not found");
  });

  test("nothing can be sent to it", async () => {
    expect((await ask("/", "POST")).status).toBe(405);
  });

  test("the pane's page gets the host's script ahead of Microsoft's, which comes from here", async () => {
    expect((await ask("/addin/taskpane.html")).body).toMatch(
      /<head><script src="\/office-host\.js"><\/script>\s*<script src="\/office-js\/office\.js"><\/script><script src="functions\.js">/,
    );
  });

  test("a pane that loads office.js from an unknown address is refused, not half served", () => {
    expect(() => withHost("<head></head>")).toThrow("known address");
    expect(() => withHost('<script src="https://example.com/office.js"></script>')).toThrow();
  });

  test("the address for tenants in mainland China is known too", () => {
    const address =
      "https://appsforoffice.cdn.partner.office365.cn/appsforoffice/lib/1/hosted/office.js";
    expect(withHost(`<script src="${address}"></script>`)).toContain('src="/office-js/office.js"');
  });
});
