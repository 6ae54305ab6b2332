// A manifest against the files it points to: addresses, icons, and the functions' ids.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { attribute, find } from "./manifest-tree.mjs";

/** @typedef {import("./manifest-grammar.mjs").Element} Element */
/** @typedef {import("./manifest-check.mjs").Report} Report */
/** @typedef {{ distDir: string, base: string }} Files where the files are, and their address */

/**
 * @param {Element[]} elements
 * @param {Files} files
 * @param {Report} report
 */
export function checkAddresses(elements, { distDir, base }, report) {
  for (const { attributes } of elements) {
    for (const value of [attributes.DefaultValue, attributes.Value]) {
      if (value === undefined || !/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) continue;
      if (!value.startsWith("https://")) {
        report("https", `${value} isn't https`);
      } else if (!value.startsWith(base)) {
        report("files", `${value} isn't under ${base}`);
      } else if (!existsSync(path.join(distDir, value.slice(base.length)))) {
        report("files", `${value} wasn't built`);
      }
    }
  }
}

/**
 * @param {Element[]} elements
 * @param {Files} files
 * @param {Report} report
 */
export function checkIcons(elements, { distDir, base }, report) {
  const addresses = new Map(
    find(elements, "bt:Images/bt:Image").map(({ attributes }) => [
      attributes.id,
      attributes.DefaultValue ?? "",
    ]),
  );
  /** @type {(address: string, size: number) => void} */
  const check = (address, size) => {
    const file = path.join(distDir, address.slice(base.length));
    if (!address.startsWith(base) || !existsSync(file)) {
      report("icons", `the icon of ${size} pixels isn't there: ${address}`);
      return;
    }
    const found = pngSize(readFileSync(file));
    if (found !== `${size}×${size}`) report("icons", `${address} is ${found}, not ${size}×${size}`);
  };
  check(attribute(elements, "OfficeApp/IconUrl", "DefaultValue"), 32);
  check(attribute(elements, "OfficeApp/HighResolutionIconUrl", "DefaultValue"), 64);
  for (const icon of find(elements, "Icon")) {
    for (const size of [16, 32, 80]) {
      const image = icon.children.find(({ attributes }) => attributes.size === String(size));
      if (image) check(addresses.get(image.attributes.resid) ?? "", size);
      else report("icons", `${icon.path} has no icon of ${size} pixels`);
    }
  }
}

/** @param {Buffer} bytes */
function pngSize(bytes) {
  const isPng = bytes.subarray(1, 4).toString("latin1") === "PNG";
  return isPng ? `${bytes.readUInt32BE(16)}×${bytes.readUInt32BE(20)}` : "not a PNG";
}

/**
 * @param {Element[]} elements
 * @param {Files} files
 * @param {Report} report
 */
export function checkFunctions(elements, { distDir, base }, report) {
  const urls = new Map(find(elements, "bt:Urls/bt:Url").map((url) => [url.attributes.id, url]));
  /** @type {(end: string) => string[]} */
  const filesOf = (end) => {
    const url = urls.get(attribute(elements, end, "resid"));
    const overrides = url?.children.map(({ attributes }) => attributes.Value ?? "") ?? [];
    return [url?.attributes.DefaultValue ?? "", ...overrides]
      .map((address) => path.join(distDir, address.slice(base.length)))
      .filter((file) => existsSync(file) && /\.(js|json)$/.test(file));
  };
  const [script] = filesOf("Script/SourceLocation");
  if (!script) return;
  const registered = registeredIds(readFileSync(script, "utf8"));
  for (const file of filesOf("Metadata/SourceLocation")) {
    /** @type {{ functions: { id: string }[] }} */
    const metadata = JSON.parse(readFileSync(file, "utf8"));
    const described = new Set(metadata.functions.map(({ id }) => id));
    const name = path.basename(file);
    for (const id of registered) {
      if (!described.has(id)) report("functions", `${id} is registered but not in ${name}`);
    }
    for (const id of described) {
      if (!registered.has(id)) report("functions", `${id} is in ${name} but not registered`);
    }
  }
}

/**
 * The ids a bundle registers when it's run as Excel would run it.
 * @param {string} code
 * @returns {Set<string>}
 */
export function registeredIds(code) {
  /** @type {Set<string>} */
  const ids = new Set();
  /** @type {Record<string, unknown>} */
  const window = {
    console,
    CustomFunctions: { associate: (/** @type {string} */ id) => void ids.add(id) },
  };
  window.self = window;
  vm.runInNewContext(code, window);
  return ids;
}
