import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkManifest } from "../tools/manifest-check.mjs";
import { manifest } from "../tools/manifest.mjs";

const distDir = path.resolve("dist");
const built = readFileSync(path.join(distDir, "manifest.xml"), "utf8");
const messages = (xml: string, dir = distDir): string[] =>
  checkManifest(xml, { distDir: dir }).map(({ rule, message }) => `${rule}: ${message}`);

describe("the manifest", () => {
  test("as built has nothing to find", () => {
    expect(messages(built)).toEqual([]);
  });

  test("with a namespace, for hosts where another add-in has our prefixes, is sound too", () => {
    const xml = manifest({ prefix: "OSM" });
    expect(xml).toContain('<Namespace resid="Functions.Namespace"/>');
    expect(xml).toContain('id="Functions.Namespace" DefaultValue="OSM"');
    expect(messages(xml)).toEqual([]);
  });

  test("names the build's address and version and no other", () => {
    const xml = manifest({ url: "https://margin.example/excel", version: "1.2.3-beta.1" });
    expect(xml).toContain("<Version>1.2.3.0</Version>");
    expect(xml).not.toContain("localhost");
    expect(xml.match(/https:\/\/margin\.example\/excel\/[\w./-]+/g)?.length).toBeGreaterThan(10);
    expect(messages(xml)).toEqual([]);
  });
});

describe("the manifest checker finds", () => {
  const long = "x".repeat(251);

  test.each([
    ["a file that isn't XML", "</OfficeApp>", "", /^xml: /],
    [
      "an element too early",
      "<Version>0.1.0.0</Version>\n  <ProviderName>Option Seller Margin</ProviderName>",
      "<ProviderName>Option Seller Margin</ProviderName>\n  <Version>0.1.0.0</Version>",
      "order: <Version> must come before <ProviderName> in <OfficeApp>",
    ],
    [
      "runtimes that don't come first in their host",
      /(<Runtimes>.*?<\/Runtimes>)(.*?<\/AllFormFactors>)/s,
      "$2$1",
      "order: <Runtimes> must come before <AllFormFactors> in <Host>",
    ],
    [
      "an element that has no place",
      "</VersionOverrides>",
      "<EquivalentAddins></EquivalentAddins></VersionOverrides>",
      "order: <EquivalentAddins> has no place in <VersionOverrides>",
    ],
    [
      "a missing element",
      /<Supertip>.*?<\/Supertip>/s,
      "",
      "order: <Supertip> is missing in <Control>",
    ],
    [
      "an element twice",
      "<FunctionFile",
      '<FunctionFile resid="Pane.Url"/><FunctionFile',
      "order: <FunctionFile> appears 2 times in <DesktopFormFactor>",
    ],
    [
      "a pointer to a resource that isn't there",
      '<Label resid="Group.Label"/>',
      '<Label resid="Group.Name"/>',
      "resid: <Label> points to Group.Name, which isn't there",
    ],
    [
      "a resource nothing uses",
      '<Label resid="Group.Label"/>',
      '<Label resid="Button.Label"/>',
      "resid: nothing uses Group.Label",
    ],
    [
      "a resource of the wrong kind",
      '<Label resid="Group.Label"/>',
      '<Label resid="Button.Tip"/>',
      "resid: <Label> wants a short string; Button.Tip is a long string",
    ],
    [
      "two resources of one name",
      '<bt:String id="Button.Label"',
      '<bt:String id="Group.Label"',
      "resid: two resources are called Group.Label",
    ],
    [
      "a resource name above 32 characters",
      /Group\.Label/g,
      "Group.Label.That.Is.Far.Too.Long.For.It",
      "id-length: Group.Label.That.Is.Far.Too.Long.For.It is longer than 32 characters",
    ],
    [
      "a short string above 125 characters",
      'id="Button.Label" DefaultValue="Margin"',
      `id="Button.Label" DefaultValue="${long.slice(0, 126)}"`,
      "short-string: Button.Label is longer than 125 characters",
    ],
    [
      "a long string above 250 characters, in the other language too",
      /(<bt:String id="Button\.Tip".*? Value=")[^"]*("\/>)/s,
      `$1${long}$2`,
      "long-string: Button.Tip is longer than 250 characters",
    ],
    [
      "a text without its Chinese",
      /(id="Button\.Label" DefaultValue="Margin">)\s*<bt:Override[^>]*\/>/,
      "$1",
      "locale: Button.Label has no zh-CN text",
    ],
    [
      "metadata without its Chinese",
      /<bt:Override Locale="zh-CN" Value="[^"]*functions\.zh-CN\.json"\/>/,
      "",
      "locale: the functions' metadata has no zh-CN text",
    ],
    [
      "an empty text",
      'Locale="zh-CN" Value="保证金"',
      'Locale="zh-CN" Value=""',
      "locale: Button.Label is empty",
    ],
    [
      "an address that isn't https",
      "https://localhost:3000/functions.js",
      "http://localhost:3000/functions.js",
      "https: http://localhost:3000/functions.js isn't https",
    ],
    [
      "an address of somebody else",
      "https://localhost:3000/functions.js",
      "https://example.com/functions.js",
      "files: https://example.com/functions.js isn't under https://localhost:3000/",
    ],
    [
      "an address of a file that wasn't built",
      "https://localhost:3000/functions.js",
      "https://localhost:3000/function.js",
      "files: https://localhost:3000/function.js wasn't built",
    ],
    [
      "an icon of the wrong size",
      '<bt:Image id="Icon.80" DefaultValue="https://localhost:3000/assets/icon-80.png"/>',
      '<bt:Image id="Icon.80" DefaultValue="https://localhost:3000/assets/icon-64.png"/>',
      "icons: https://localhost:3000/assets/icon-64.png is 64×64, not 80×80",
    ],
    [
      "an icon size that is left out",
      /<bt:Image size="80" resid="Icon\.80"\/>/,
      "",
      /^icons: .* has no icon of 80 pixels$/,
    ],
    [
      "an icon that isn't there",
      /(<HighResolutionIconUrl DefaultValue="[^"]*)icon-64/,
      "$1icon-65",
      "icons: the icon of 64 pixels isn't there: https://localhost:3000/assets/icon-65.png",
    ],
    [
      "a pane outside the shared runtime",
      /(<Action xsi:type="ShowTaskpane">.*?<SourceLocation resid=")Pane\.Url/s,
      "$1Help.Url",
      "runtime: Action[ShowTaskpane]/SourceLocation names Help.Url, not Pane.Url",
    ],
    [
      "functions outside the shared runtime",
      /(<Page>\s*<SourceLocation resid=")Pane\.Url/,
      "$1Help.Url",
      "runtime: Page/SourceLocation names Help.Url, not Pane.Url",
    ],
    [
      "a runtime that ends with the pane",
      'lifetime="long"',
      'lifetime="short"',
      "runtime: the runtime's lifetime must be long: functions outlive the pane",
    ],
    [
      "two start pages",
      /(<DefaultSettings>\s*<SourceLocation DefaultValue="[^"]*)taskpane/,
      "$1help/functions",
      "runtime: DefaultSettings and the shared runtime open different pages",
    ],
    [
      "hosts without a shared runtime let in",
      '<Set Name="SharedRuntime" MinVersion="1.1"/>',
      "",
      "runtime: SharedRuntime 1.1 must be required",
    ],
    [
      "a requirement that shuts out perpetual Excel",
      'Name="CustomFunctionsRuntime" MinVersion="1.3"',
      'Name="CustomFunctionsRuntime" MinVersion="1.4"',
      "runtime: CustomFunctionsRuntime above 1.3 shuts out perpetual versions of Excel",
    ],
    ["an id that isn't a GUID", /<Id>[^<]*/, "<Id>margin", "identity: Id is a GUID; it is margin"],
    [
      "a version Excel can't read",
      /<Version>[^<]*/,
      "<Version>1.0",
      "identity: Version is four numbers; it is 1.0",
    ],
  ])("%s", (_what, from, to, finding) => {
    const mutated = built.replace(from, to);
    expect(mutated === built).toBe(false);
    expect(messages(mutated)).toContainEqual(
      typeof finding === "string" ? finding : expect.stringMatching(finding),
    );
  });

  test.each([
    [
      "a function that is described but not registered",
      (ids: { id: string }[]) => [...ids, { id: "SSE.NOTHING" }],
      "functions: SSE.NOTHING is in functions.zh-CN.json but not registered",
    ],
    [
      "a function that is registered but not described",
      (ids: { id: string }[]) => ids.filter(({ id }) => id !== "SSE.CALLMARGIN"),
      "functions: SSE.CALLMARGIN is registered but not in functions.zh-CN.json",
    ],
  ])("%s", (_what, change, finding) => {
    const dir = mkdtempSync(path.join(os.tmpdir(), "manifest-"));
    try {
      cpSync(distDir, dir, { recursive: true });
      const file = path.join(dir, "functions.zh-CN.json");
      const metadata = JSON.parse(readFileSync(file, "utf8")) as { functions: { id: string }[] };
      writeFileSync(file, JSON.stringify({ functions: change(metadata.functions) }));
      expect(messages(built, dir)).toEqual([finding]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
