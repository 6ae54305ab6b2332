// The part of Microsoft's add-in manifest schema (taskpane 1.1 with VersionOverrides 1.0) that this
// add-in uses: which elements, in which order, how often. The published validator is an online
// service; a wrong order makes Excel refuse the add-in with a message that names no element.

/**
 * Keys are the end of an element's path, longest match first; ExtensionPoint, Control and Action
 * carry their xsi:type. `?` none or one, `*` any number, `+` at least one, else exactly one.
 * @type {Record<string, string>}
 */
const grammar = {
  OfficeApp:
    "Id AlternateId? Version ProviderName DefaultLocale DisplayName Description IconUrl" +
    " HighResolutionIconUrl? SupportUrl? AppDomains? Hosts Requirements? DefaultSettings" +
    " Permissions VersionOverrides?",
  DisplayName: "Override*",
  "OfficeApp/Description": "Override*",
  IconUrl: "Override*",
  HighResolutionIconUrl: "Override*",
  SupportUrl: "Override*",
  AppDomains: "AppDomain*",
  "OfficeApp/Hosts": "Host+",
  Requirements: "Sets? Methods?",
  Sets: "Set+",
  Methods: "Method+",
  DefaultSettings: "SourceLocation",
  "DefaultSettings/SourceLocation": "Override*",
  VersionOverrides: "Description? Requirements? Hosts Resources",
  "VersionOverrides/Hosts": "Host+",
  "VersionOverrides/Hosts/Host": "Runtimes? AllFormFactors? DesktopFormFactor?",
  Runtimes: "Runtime+",
  AllFormFactors: "ExtensionPoint?",
  "ExtensionPoint[CustomFunctions]": "Script Page Metadata? Namespace?",
  Script: "SourceLocation",
  Page: "SourceLocation",
  Metadata: "SourceLocation",
  DesktopFormFactor: "GetStarted? FunctionFile? ExtensionPoint+",
  GetStarted: "Title Description LearnMoreUrl",
  "ExtensionPoint[PrimaryCommandSurface]": "OfficeTab* CustomTab*",
  OfficeTab: "Group+",
  Group: "Label Icon Control+",
  Icon: "bt:Image+",
  "Control[Button]": "Label Supertip Icon Action",
  Supertip: "Title Description",
  "Action[ShowTaskpane]": "TaskpaneId? SourceLocation Title?",
  Resources: "bt:Images? bt:Urls? bt:ShortStrings? bt:LongStrings?",
  "bt:Images": "bt:Image+",
  "bt:Images/bt:Image": "bt:Override*",
  "bt:Urls": "bt:Url+",
  "bt:Url": "bt:Override*",
  "bt:ShortStrings": "bt:String+",
  "bt:LongStrings": "bt:String+",
  "bt:String": "bt:Override*",
};

/** @typedef {{ name: string, path: string, attributes: Record<string, string>, children: Element[], text: string }} Element */

/**
 * What is wrong with an element's children, as sentences.
 * @param {Element} element
 * @returns {string[]}
 */
export function childProblems(element) {
  const { name, path, children } = element;
  const rule = grammarOf(path);
  if (rule === undefined) {
    return children.length === 0 ? [] : [`<${name}> takes no elements here (${path})`];
  }
  const allowed = rule.split(" ").map((item) => {
    const times = /[?*+]$/.test(item) ? item.slice(-1) : "";
    return { name: times ? item.slice(0, -1) : item, times, count: 0 };
  });
  const problems = [];
  let reached = 0;
  for (const child of children) {
    const position = allowed.findIndex((item) => item.name === child.name);
    const item = allowed[position];
    if (!item) {
      problems.push(`<${child.name}> has no place in <${name}>`);
      continue;
    }
    if (position < reached) {
      problems.push(`<${child.name}> must come before <${allowed[reached]?.name}> in <${name}>`);
    }
    reached = Math.max(reached, position);
    item.count += 1;
  }
  for (const item of allowed) {
    if (item.count === 0 && (item.times === "" || item.times === "+")) {
      problems.push(`<${item.name}> is missing in <${name}>`);
    }
    if (item.count > 1 && (item.times === "" || item.times === "?")) {
      problems.push(`<${item.name}> appears ${item.count} times in <${name}>`);
    }
  }
  return problems;
}

/** @param {string} path */
function grammarOf(path) {
  const segments = path.split("/");
  for (let start = 0; start < segments.length; start += 1) {
    const rule = grammar[segments.slice(start).join("/")];
    if (rule !== undefined) return rule;
  }
  return undefined;
}
