// Everything Excel would refuse, or silently do without, in a manifest: checked without Microsoft's
// online validator, and against the files the manifest points to.
import { checkAddresses, checkFunctions, checkIcons } from "./manifest-files.mjs";
import { childProblems } from "./manifest-grammar.mjs";
import { attribute, find, parse, walk } from "./manifest-tree.mjs";

/** @typedef {import("./manifest-grammar.mjs").Element} Element */
/** @typedef {{ rule: string, message: string }} Finding */

const locale = "zh-CN";
const kindOfResource = new Map([
  ["bt:Images", "image"],
  ["bt:Urls", "url"],
  ["bt:ShortStrings", "short string"],
  ["bt:LongStrings", "long string"],
]);

/**
 * @param {string} xml
 * @param {{ distDir: string }} options where the files the manifest points to were built
 * @returns {Finding[]} nothing when the manifest is sound
 */
export function checkManifest(xml, { distDir }) {
  /** @type {Element} */
  let manifest;
  try {
    manifest = parse(xml);
  } catch (error) {
    return [{ rule: "xml", message: error instanceof Error ? error.message : String(error) }];
  }
  /** @type {Finding[]} */
  const findings = [];
  /** @type {Report} */
  const report = (rule, message) => findings.push({ rule, message });
  const elements = [...walk(manifest)];
  for (const element of elements) {
    for (const message of childProblems(element)) report("order", message);
  }
  const base = attribute(elements, "OfficeApp/DefaultSettings/SourceLocation", "DefaultValue");
  const files = { distDir, base: base.slice(0, base.lastIndexOf("/") + 1) };
  checkIdentity(elements, report);
  checkResources(elements, report);
  checkTexts(elements, report);
  checkAddresses(elements, files, report);
  checkIcons(elements, files, report);
  checkRuntime(elements, base, report);
  checkFunctions(elements, files, report);
  return findings;
}

/** @typedef {(rule: string, message: string) => void} Report */

/**
 * @param {Element[]} elements
 * @param {Report} report
 */
function checkIdentity(elements, report) {
  const id = find(elements, "OfficeApp/Id")[0]?.text ?? "";
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    report("identity", `Id is a GUID; it is ${id}`);
  }
  const version = find(elements, "OfficeApp/Version")[0]?.text ?? "";
  if (!/^\d{1,5}(\.\d{1,5}){3}$/.test(version)) {
    report("identity", `Version is four numbers; it is ${version}`);
  }
}

/**
 * @param {Element[]} elements
 * @param {Report} report
 */
function checkResources(elements, report) {
  /** @type {Map<string, { kind: string, used: boolean }>} */
  const resources = new Map();
  for (const [list, kind] of kindOfResource) {
    for (const resource of find(elements, list)[0]?.children ?? []) {
      const id = resource.attributes.id ?? "";
      if (resources.has(id)) report("resid", `two resources are called ${id}`);
      if (id.length > 32) report("id-length", `${id} is longer than 32 characters`);
      resources.set(id, { kind, used: false });
    }
  }
  for (const element of elements) {
    const resid = element.attributes.resid;
    if (resid === undefined) continue;
    const resource = resources.get(resid);
    if (!resource) {
      report("resid", `<${element.name}> points to ${resid}, which isn't there`);
      continue;
    }
    resource.used = true;
    const wanted = kindWanted(element);
    if (resource.kind !== wanted) {
      report("resid", `<${element.name}> wants a ${wanted}; ${resid} is a ${resource.kind}`);
    }
  }
  for (const [id, { used }] of resources) {
    if (!used) report("resid", `nothing uses ${id}`);
  }
}

/** @param {Element} element */
function kindWanted({ name }) {
  if (name === "bt:Image") return "image";
  if (name === "Description") return "long string";
  return ["Label", "Title", "Namespace"].includes(name) ? "short string" : "url";
}

/**
 * @param {Element[]} elements
 * @param {Report} report
 */
function checkTexts(elements, report) {
  const limits = [
    { end: "OfficeApp/DisplayName", limit: 125, rule: "short-string" },
    { end: "OfficeApp/Description", limit: 250, rule: "long-string" },
    { end: "bt:ShortStrings/bt:String", limit: 125, rule: "short-string" },
    { end: "bt:LongStrings/bt:String", limit: 250, rule: "long-string" },
  ];
  for (const { end, limit, rule } of limits) {
    for (const text of find(elements, end)) {
      const name = text.attributes.id ?? text.name;
      const overrides = text.children.map(({ attributes }) => attributes.Value ?? "");
      for (const value of [text.attributes.DefaultValue ?? "", ...overrides]) {
        if (value === "") report("locale", `${name} is empty`);
        if (value.length > limit) report(rule, `${name} is longer than ${limit} characters`);
      }
      requireLocale(text, name, report);
    }
  }
  const metadata = find(elements, "Metadata/SourceLocation")[0]?.attributes.resid;
  for (const url of find(elements, "bt:Urls/bt:Url")) {
    if (url.attributes.id === metadata) requireLocale(url, "the functions' metadata", report);
  }
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {Report} report
 */
function requireLocale(element, name, report) {
  const locales = element.children.map(({ attributes }) => attributes.Locale);
  if (!locales.includes(locale)) report("locale", `${name} has no ${locale} text`);
  if (new Set(locales).size !== locales.length) report("locale", `${name} has a locale twice`);
}

/**
 * Pane, ribbon command and functions share one runtime only if all four name the same resource.
 * @param {Element[]} elements
 * @param {string} paneAddress
 * @param {Report} report
 */
function checkRuntime(elements, paneAddress, report) {
  const runtime = find(elements, "Runtimes/Runtime")[0];
  const resid = runtime?.attributes.resid ?? "";
  if (runtime?.attributes.lifetime !== "long") {
    report("runtime", "the runtime's lifetime must be long: functions outlive the pane");
  }
  for (const end of [
    "Page/SourceLocation",
    "FunctionFile",
    "Action[ShowTaskpane]/SourceLocation",
  ]) {
    const found = attribute(elements, end, "resid");
    if (found !== resid) report("runtime", `${end} names ${found || "nothing"}, not ${resid}`);
  }
  const pane = find(elements, "bt:Urls/bt:Url").find(({ attributes }) => attributes.id === resid);
  if (pane?.attributes.DefaultValue !== paneAddress) {
    report("runtime", "DefaultSettings and the shared runtime open different pages");
  }
  const sets = new Map(
    find(elements, "Sets/Set").map(({ attributes }) => [attributes.Name, attributes.MinVersion]),
  );
  if (sets.get("SharedRuntime") !== "1.1") report("runtime", "SharedRuntime 1.1 must be required");
  const functions = Number(sets.get("CustomFunctionsRuntime") ?? "1.1");
  if (!(functions <= 1.3)) {
    report("runtime", "CustomFunctionsRuntime above 1.3 shuts out perpetual versions of Excel");
  }
}
