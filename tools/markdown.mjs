// Blocks of the function reference as Markdown, for docs/.

/**
 * @param {import("./help-page.mjs").Block[]} blocks
 * @returns {string}
 */
export function toMarkdown(blocks) {
  return `${blocks.map(block).join("\n\n")}\n`;
}

/** @param {import("./help-page.mjs").Block} block */
function block(block) {
  switch (block.kind) {
    case "heading":
      // An anchor of our own: the one a forge makes from a heading drops the dots of an id.
      return `${block.id ? `<a id="${block.id}"></a>\n\n` : ""}${"#".repeat(block.level)} ${block.text}`;
    case "paragraph":
      return block.link
        ? `${escape(block.text)} [${block.link.text}](${block.link.href})`
        : escape(block.text);
    case "code":
      return `\`\`\`text\n${block.text}\n\`\`\``;
    case "links":
      return block.links.map(({ text, href }) => `[${text}](${href})`).join(" · ");
    case "table":
      return [block.header, block.header.map(() => "---"), ...block.rows].map(row).join("\n");
  }
}

/** @param {string[]} cells */
function row(cells) {
  return `| ${cells.map((cell) => escape(cell).replaceAll("|", "\\|")).join(" | ")} |`;
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[*_<>[\]]/g, "\\$&");
}
