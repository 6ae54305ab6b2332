// Blocks of the function reference as a static page: no script, one small style, light and dark.

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; line-height: 1.5;
  font-family: "Segoe UI", "Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
h3 { font-size: 1rem; margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 1rem; }
h2, h3 { scroll-margin-top: 1rem; }
h3:target { outline: 2px solid; outline-offset: 4px; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
pre { overflow-x: auto; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 4px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
pre, td:first-child { font-family: Consolas, Menlo, "Noto Sans SC", monospace; font-size: 0.875rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
th, td { text-align: start; vertical-align: top; padding: 0.25rem 0.5rem; border-bottom: 1px solid var(--line); }
`;

/**
 * @param {import("./help-page.mjs").Block[]} blocks
 * @param {{ language: string, other: { text: string, href: string } }} page
 * @returns {string}
 */
export function toHtml(blocks, { language, other }) {
  const title = blocks.find((block) => block.kind === "heading")?.text ?? "";
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<p><a href="${escape(other.href)}" lang="${language === "en" ? "zh-CN" : "en"}">${escape(other.text)}</a></p>
${blocks.map(block).join("\n")}
</body>
</html>
`;
}

/** @param {import("./help-page.mjs").Block} block */
function block(block) {
  switch (block.kind) {
    case "heading": {
      const id = block.id ? ` id="${escape(block.id)}"` : "";
      return `<h${block.level}${id}>${escape(block.text)}</h${block.level}>`;
    }
    case "paragraph":
      return `<p>${escape(block.text)}${block.link ? ` ${anchor(block.link)}` : ""}</p>`;
    case "code":
      return `<pre>${escape(block.text)}</pre>`;
    case "links":
      return `<nav>${block.links.map(anchor).join("\n")}</nav>`;
    case "table":
      return `<table>\n<tr>${cells("th", block.header)}</tr>\n${block.rows
        .map((row) => `<tr>${cells("td", row)}</tr>`)
        .join("\n")}\n</table>`;
  }
}

/**
 * @param {string} tag
 * @param {string[]} texts
 */
function cells(tag, texts) {
  return texts.map((text) => `<${tag}>${escape(text)}</${tag}>`).join("");
}

/** @param {{ text: string, href: string }} link */
function anchor({ text, href }) {
  return `<a href="${escape(href)}">${escape(text)}</a>`;
}

/** @param {string} text */
function escape(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
