// A manifest as a tree of elements, and finding one's way in it by the end of a path.
import { SaxesParser } from "saxes";

/** @typedef {import("./manifest-grammar.mjs").Element} Element */

/** @param {string} xml */
export function parse(xml) {
  /** @type {Element} */
  const top = { name: "", path: "", attributes: {}, children: [], text: "" };
  const open = [top];
  const parser = new SaxesParser({ xmlns: false });
  parser.on("opentag", ({ name, attributes }) => {
    const parent = open[open.length - 1] ?? top;
    const typed = ["ExtensionPoint", "Control", "Action"].includes(name);
    const segment = typed ? `${name}[${attributes["xsi:type"] ?? ""}]` : name;
    const here = parent.path ? `${parent.path}/${segment}` : segment;
    /** @type {Element} */
    const element = { name, path: here, attributes: { ...attributes }, children: [], text: "" };
    parent.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open[open.length - 1];
    if (element) element.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  const root = top.children[0];
  if (!root) throw new Error("the manifest is empty");
  return root;
}

/**
 * @param {Element} element
 * @returns {Generator<Element>}
 */
export function* walk(element) {
  yield element;
  for (const child of element.children) yield* walk(child);
}

/**
 * @param {Element[]} elements
 * @param {string} end
 */
export function find(elements, end) {
  return elements.filter((element) => `/${element.path}`.endsWith(`/${end}`));
}

/**
 * @param {Element[]} elements
 * @param {string} end
 * @param {string} name
 */
export function attribute(elements, end, name) {
  return find(elements, end)[0]?.attributes[name] ?? "";
}
