// The one place that reads the build's environment. Everything that depends on where the add-in
// will be hosted (manifest, help links, content security policy) takes its values from here.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const environment = process.env;

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
export const distDir = path.join(root, "dist");
export const functionsDir = path.join(root, "src", "functions");

/** @type {{ version: string }} */
const packageJson = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
export const packageVersion = packageJson.version;

/** Where the built add-in is served from, without a slash at its end. */
export const addinUrl = httpsAddress(environment.ADDIN_URL || "https://localhost:3000");

/** Set to have Excel prefix every function: with `OSM` users type =OSM.SSE.CALLMARGIN(…). */
export const namespace = functionNamespace(environment.ADDIN_NAMESPACE || "");

const officeAddresses = {
  // Microsoft's worldwide address.
  microsoft: "https://appsforoffice.microsoft.com/lib/1/hosted/office.js",
  // Tenants in mainland China run by 21Vianet can't count on the worldwide one.
  "21vianet": "https://appsforoffice.cdn.partner.office365.cn/appsforoffice/lib/1/hosted/office.js",
};
export const officeJsAddresses = Object.values(officeAddresses);
export const officeJs = officeAddress(environment.ADDIN_OFFICE_CDN || "microsoft");

/** What taskpane.html allows itself: its own files and Microsoft's office.js, nothing else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src 'self' ${new URL(officeJs).origin}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** @param {string} text */
function httpsAddress(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" || url.search || url.hash) {
    throw new Error(`ADDIN_URL must be an https address without query or hash; it is ${text}`);
  }
  return url.href.replace(/\/+$/, "");
}

/** @param {string} text */
function functionNamespace(text) {
  if (text && !/^[A-Za-z][A-Za-z0-9._]{0,31}$/.test(text)) {
    throw new Error(
      `ADDIN_NAMESPACE takes up to 32 letters, digits, dots and underscores after a letter; it is ${text}`,
    );
  }
  return text;
}

/** @param {string} name */
function officeAddress(name) {
  const address = officeAddresses[/** @type {keyof typeof officeAddresses} */ (name)];
  if (!address) {
    const known = Object.keys(officeAddresses).join(" or ");
    throw new Error(`ADDIN_OFFICE_CDN is ${known}; it is ${name}`);
  }
  return address;
}
