// Serves the workbench on this machine only, so that it also runs offline:
//   /            the workbench page
//   /addin/      dist/, the production files, unmodified but for two lines of taskpane.html (below)
//   /office-js/  Microsoft's library from @microsoft/office-js, standing for Microsoft's address
//   /fonts/      the Chinese face from @fontsource/noto-sans-sc
import { readFile, stat } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { distDir, officeJsAddresses, root } from "./config.mjs";

/** Where the workbench is built, and served from. */
export const workbenchDir = path.join(root, "dist-workbench");

const packages = path.join(root, "node_modules");

const contentTypes = /** @type {Record<string, string>} */ ({
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
});

// The page loads from this server only and evaluates no text; the pane has a policy of its own.
const pagePolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
].join("; ");

/**
 * @param {{ port?: number, addin?: string, workbench?: string }} [options]
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export function serve({ port = 0, addin = distDir, workbench = workbenchDir } = {}) {
  const folders = [
    { prefix: "/addin/", folder: addin },
    { prefix: "/office-js/", folder: path.join(packages, "@microsoft", "office-js", "dist") },
    { prefix: "/fonts/", folder: path.join(packages, "@fontsource", "noto-sans-sc") },
    { prefix: "/", folder: workbench },
  ];
  const server = http.createServer((request, response) => {
    answer(folders, request)
      .catch((error) => ({ status: 500, type: contentTypes[".txt"], body: String(error) }))
      .then(({ status, type, body }) => {
        response.writeHead(status, {
          "Content-Type": type,
          "Cache-Control": "no-store",
          "X-Content-Type-Options": "nosniff",
          ...(type === contentTypes[".html"] && !isPane(request.url)
            ? { "Content-Security-Policy": pagePolicy }
            : {}),
        });
        response.end(request.method === "HEAD" ? undefined : body);
      });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = /** @type {import("node:net").AddressInfo} */ (server.address());
      const close = () =>
        new Promise((/** @type {(value: void) => void} */ closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ url: `http://127.0.0.1:${address.port}/`, port: address.port, close });
    });
  });
}

/** @param {string | undefined} url */
function isPane(url) {
  return url?.startsWith("/addin/") ?? false;
}

/**
 * @param {{ prefix: string, folder: string }[]} folders
 * @param {http.IncomingMessage} request
 * @returns {Promise<{ status: number, type: string, body: Buffer | string }>}
 */
async function answer(folders, request) {
  const notFound = { status: 404, type: contentTypes[".txt"] ?? "", body: "not found" };
  if (request.method !== "GET" && request.method !== "HEAD") return { ...notFound, status: 405 };
  const file = locate(folders, request.url ?? "/");
  if (!file || !(await isFile(file))) return notFound;
  const type = contentTypes[path.extname(file)] ?? "application/octet-stream";
  const body = await readFile(file);
  const isTaskpane = path.basename(file) === "taskpane.html" && isPane(request.url);
  return { status: 200, type, body: isTaskpane ? withHost(body.toString("utf8")) : body };
}

/**
 * The file behind an address, or nothing if the address leaves its folder.
 * @param {{ prefix: string, folder: string }[]} folders
 * @param {string} url
 */
export function locate(folders, url) {
  let pathname;
  try {
    pathname = decodeURIComponent(url.split(/[?#]/)[0] ?? "");
  } catch {
    return undefined;
  }
  const home = folders.find(({ prefix }) => pathname.startsWith(prefix));
  if (!home || pathname.includes("\0")) return undefined;
  const file = path.resolve(home.folder, pathname.slice(home.prefix.length) || "index.html");
  return file.startsWith(path.resolve(home.folder) + path.sep) ? file : undefined;
}

/** @param {string} file */
async function isFile(file) {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/**
 * The two changes to the production page: the emulated host ahead of office.js, and Microsoft's
 * address answered by the copy in node_modules.
 * @param {string} html
 */
export function withHost(html) {
  const address = officeJsAddresses.find((known) => html.includes(`src="${known}"`));
  if (!address) throw new Error("taskpane.html does not load office.js from a known address");
  return html.replace(
    `<script src="${address}"></script>`,
    `<script src="/office-host.js"></script>\n    <script src="/office-js/office.js"></script>`,
  );
}
