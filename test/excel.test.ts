import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { generateCertificates } from "office-addin-dev-certs";
import { serveHttps } from "../tools/https-server.mjs";
import { sideloadPlan } from "../tools/sideload.mjs";

const id = "a8b50789-23d0-42e3-a2e1-6a9b12988a0f";

describe("handing the add-in to Excel", () => {
  test("is a registry value on Windows", () => {
    const manifest = "C:\\margin\\dist\\manifest.xml";
    const machine = {
      platform: "win32",
      home: "C:\\Users\\li",
      manifest,
      id,
      excelInstalled: true,
    };
    expect(sideloadPlan(machine)).toEqual({
      excel: "installed",
      steps: [
        {
          command: [
            ...["reg", "add", "HKCU\\Software\\Microsoft\\Office\\16.0\\WEF\\Developer"],
            ...["/v", id, "/t", "REG_SZ", "/d", manifest, "/f"],
          ],
        },
      ],
    });
  });

  test("is a copy into Excel's folder on a Mac", () => {
    const manifest = "/Users/li/margin/dist/manifest.xml";
    const machine = { platform: "darwin", home: "/Users/li", manifest, id, excelInstalled: true };
    const folder = "/Users/li/Library/Containers/com.microsoft.Excel/Data/Documents/wef";
    expect(sideloadPlan(machine)).toEqual({
      excel: "installed",
      steps: [{ copy: { from: manifest, to: `${folder}/${id}.manifest.xml` } }],
    });
  });

  test("can be undone on both", () => {
    const windows = { platform: "win32", home: "C:\\Users\\li", manifest: "C:\\m.xml", id };
    expect(sideloadPlan({ ...windows, excelInstalled: true, remove: true }).steps).toEqual([
      {
        command: [
          ...["reg", "delete", "HKCU\\Software\\Microsoft\\Office\\16.0\\WEF\\Developer"],
          ...["/v", id, "/f"],
        ],
      },
    ]);
    const mac = { platform: "darwin", home: "/Users/li", manifest: "/m.xml", id };
    const folder = "/Users/li/Library/Containers/com.microsoft.Excel/Data/Documents/wef";
    expect(sideloadPlan({ ...mac, excelInstalled: true, remove: true }).steps).toEqual([
      { remove: `${folder}/${id}.manifest.xml` },
    ]);
  });

  test.each([
    ["win32", false, "missing"],
    ["darwin", false, "missing"],
    ["linux", true, "unsupported"],
  ])("does nothing on %s where Excel is installed: %s", (platform, excelInstalled, excel) => {
    const machine = { platform, home: "/", manifest: "/manifest.xml", id, excelInstalled };
    expect(sideloadPlan(machine)).toEqual({ excel, steps: [] });
  });
});

test("the server gives what is in its folder, over HTTPS, and nothing outside it", async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), "excel-"));
  const files = ["ca.crt", "localhost.crt", "localhost.key"].map((name) => path.join(dir, name));
  await generateCertificates(...files);
  const [ca, cert, key] = files.map((file) => readFileSync(file)) as [Buffer, Buffer, Buffer];
  const folder = path.join(dir, "dist");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "functions.json"), "{}");
  const server = await serveHttps({ folder, port: 0, certificate: { cert, key } });
  try {
    const get = (file: string) =>
      new Promise<[number | undefined, string | undefined, string]>((resolve, reject) => {
        const options = { host: "localhost", port: server.port, path: file, ca };
        https
          .get(options, (response) => {
            let body = "";
            response.on("data", (chunk) => (body += String(chunk)));
            response.on("end", () =>
              resolve([response.statusCode, response.headers["content-type"], body]),
            );
          })
          .on("error", reject);
      });
    expect(await get("/functions.json")).toEqual([200, "application/json; charset=utf-8", "{}"]);
    expect((await get("/missing.js"))[0]).toBe(404);
    expect((await get("/../localhost.key"))[0]).toBe(404);
    expect((await get("/%2e%2e/localhost.key"))[0]).toBe(404);
    expect((await get("/"))[0]).toBe(404);
  } finally {
    await server.close();
    rmSync(dir, { recursive: true });
  }
});
