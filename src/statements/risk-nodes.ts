/** Markup as it streams by: elements with their text and children, handed over and forgotten one by one. */
import { SaxesParser } from "saxes";

export interface Node {
  readonly name: string;
  readonly row: number;
  text: string;
  readonly children: Node[];
  readonly parent: Node | undefined;
}

/** The text of a child; undefined where there is none or it is blank. */
export const textOf = (node: Node | undefined, name: string): string | undefined =>
  node?.children.find((child) => child.name === name)?.text.trim() || undefined;

export const childOf = (node: Node, name: string): Node | undefined =>
  node.children.find((child) => child.name === name);

export const childrenOf = (node: Node, name: string): Node[] =>
  node.children.filter((child) => child.name === name);

/** The nearest element around one, by name. */
export function around(node: Node, name: string): Node | undefined {
  let up = node.parent;
  while (up && up.name !== name) up = up.parent;
  return up;
}

/** What is done with an element that is whole: it is kept in its parent, forgotten, or the rest of its parent with it. */
export type Verdict = "keep" | "forget" | "skipParent";

/**
 * Reads markup in pieces.
 *
 * A document's own elements are told in the order in which they end. Inside an element that is skipped
 * nothing is built, so that a file of millions of figures costs no more memory than what is asked of it.
 */
export class Nodes {
  private readonly parser = new SaxesParser();
  private top: Node | undefined;
  private depth = 0;
  /** The depth of the element being skipped. */
  private skipping = Infinity;
  /** Where and why the markup broke off. */
  broken: { readonly row: number; readonly why: string } | undefined;
  /** Whether the document's element has ended. */
  whole = false;

  constructor(whenWhole: (node: Node) => Verdict) {
    const { parser } = this;
    parser.on("opentag", ({ name }) => {
      this.depth += 1;
      if (this.depth > this.skipping) return;
      const { top } = this;
      this.top = { name, row: parser.line, text: "", children: [], parent: top };
    });
    parser.on("text", (text) => {
      if (this.top && this.depth <= this.skipping) this.top.text += text;
    });
    parser.on("closetag", () => {
      this.depth -= 1;
      if (this.depth === 0) this.whole = true;
      if (this.depth >= this.skipping) return;
      this.skipping = Infinity;
      const { top: node } = this;
      if (!node) return;
      this.top = node.parent;
      const verdict = whenWhole(node);
      if (verdict === "keep") node.parent?.children.push(node);
      else if (verdict === "skipParent") this.skipping = this.depth;
    });
    parser.on("error", ({ message }) => {
      this.broken ??= { row: parser.line, why: message.replace(/^\d+:\d+: /, "") };
    });
  }

  get row(): number {
    return this.parser.line;
  }

  write(piece: string): void {
    if (!this.broken) this.parser.write(piece);
  }

  close(): void {
    if (this.whole && !this.broken) this.parser.close();
  }
}
