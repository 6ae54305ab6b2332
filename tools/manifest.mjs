// manifest.xml with this build's address, version and, if asked for, namespace.
// `node tools/manifest.mjs check` checks the one in dist/.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { addinUrl, distDir, namespace, packageVersion, root } from "./config.mjs";
import { checkManifest } from "./manifest-check.mjs";
import { isMain } from "./main.mjs";

const addressInSource = "https://localhost:3000";
const noNamespace = /<!-- No Namespace:.*?-->/s;

/**
 * @param {{ url?: string, version?: string, prefix?: string }} [options]
 * @returns {string}
 */
export function manifest({ url = addinUrl, version = packageVersion, prefix = namespace } = {}) {
  let xml = readFileSync(path.join(root, "manifest.xml"), "utf8");
  xml = xml.replace(/<!--\s*The manifest in the repository.*?-->\s*/s, "");
  xml = xml.replaceAll(addressInSource, escapeXml(url));
  xml = xml.replace("<Version>0.0.0.0<", `<Version>${version.replace(/[-+].*$/, "")}.0<`);
  if (prefix) {
    const text = escapeXml(prefix);
    xml = xml.replaceAll(" =SSE.", ` =${text}.SSE.`);
    xml = xml.replace(noNamespace, '<Namespace resid="Functions.Namespace"/>');
    xml = xml.replace(
      "</bt:ShortStrings>",
      `  <bt:String id="Functions.Namespace" DefaultValue="${text}">
          <bt:Override Locale="zh-CN" Value="${text}"/>
        </bt:String>
      </bt:ShortStrings>`,
    );
  }
  return xml;
}

/** @param {string} outDir */
export function writeManifest(outDir) {
  writeFileSync(path.join(outDir, "manifest.xml"), manifest());
}

/** @param {string} text */
function escapeXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

if (isMain(import.meta.url)) {
  if (process.argv[2] !== "check") throw new Error("usage: node tools/manifest.mjs check");
  const findings = checkManifest(readFileSync(path.join(distDir, "manifest.xml"), "utf8"), {
    distDir,
  });
  for (const { rule, message } of findings) console.error(`${rule}: ${message}`);
  console.log(findings.length === 0 ? "dist/manifest.xml is sound" : `${findings.length} findings`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
