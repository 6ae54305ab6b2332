// Serves dist/ over HTTPS on this machine only, for Excel, which loads add-ins from nowhere else.
import { readFileSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { generateCertificates, getHttpsServerOptions } from "office-addin-dev-certs";
import { locate } from "./server.mjs";

/** @type {Record<string, string>} */
const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".xml": "application/xml; charset=utf-8",
};

/**
 * A development certificate. On Windows and Mac its authority is added to those the user trusts
 * (the system asks); elsewhere nothing is installed and a browser has to be told once.
 * @returns {Promise<{ cert: Buffer, key: Buffer, ca: Buffer, trusted: boolean }>}
 */
export async function developmentCertificate() {
  if (process.platform === "win32" || process.platform === "darwin") {
    const { cert, key, ca } = await getHttpsServerOptions();
    return { cert, key, ca, trusted: true };
  }
  const dir = await mkdtemp(path.join(os.tmpdir(), "option-seller-margin-"));
  try {
    const files = ["ca.crt", "localhost.crt", "localhost.key"].map((name) => path.join(dir, name));
    await generateCertificates(...files);
    const [ca, cert, key] = files.map((file) => readFileSync(file));
    return { ca, cert, key, trusted: false };
  } finally {
    await rm(dir, { recursive: true });
  }
}

/**
 * @param {{ folder: string, port: number, certificate: { cert: Buffer, key: Buffer } }} options
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export function serveHttps({ folder, port, certificate: { cert, key } }) {
  const server = https.createServer({ cert, key }, (request, response) => {
    // Excel on the web reads the metadata from its own origin.
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cache-Control", "no-store");
    const file = locate([{ prefix: "/", folder }], request.url ?? "/");
    if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end("not found");
      return;
    }
    readFile(file).then(
      (body) => {
        const type = contentTypes[path.extname(file)] ?? "application/octet-stream";
        response.writeHead(200, { "Content-Type": type }).end(body);
      },
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", () => {
      const address = /** @type {import("node:net").AddressInfo} */ (server.address());
      const close = () =>
        new Promise((/** @type {(value: void) => void} */ closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ port: address.port, close });
    });
  });
}
