/**
 * Views say what the page should be; this makes it so. Elements that stay are kept, with their focus
 * and what was typed into them. Texts are texts: nothing here reads markup.
 */
type Handler = (event: never) => void;

export interface Attributes {
  readonly [name: string]: string | number | boolean | Handler | undefined;
}

export interface Described {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Child[];
}

export type Child = Described | string | false | undefined;

/** Describes an element. `key` tells siblings apart; `on…` are handlers; false and undefined are left out. */
export const h = (tag: string, attributes: Attributes = {}, ...children: Child[]): Described => ({
  tag,
  attributes,
  children,
});

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "g", "path", "circle", "line", "rect", "text"]);

/** What is live in an input is a property; the attribute is only its beginning. */
const PROPERTIES = new Set(["value", "checked"]);

/** Marks that turn the direction of what follows: a file's text must not make a figure read backwards. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const keys = new WeakMap<Node, string>();
const described = new WeakMap<Element, Attributes>();

function create(tag: string): Element {
  return SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
}

function set(element: Element, name: string, value: Attributes[string]): void {
  if (name === "key") return;
  if (name.startsWith("on")) Reflect.set(element, name, value ?? null);
  else if (PROPERTIES.has(name)) {
    if (Reflect.get(element, name) !== value) Reflect.set(element, name, value ?? "");
  } else if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function update(element: Element, { attributes, children }: Described): void {
  const before = described.get(element) ?? {};
  for (const name of Object.keys(before)) {
    if (!(name in attributes)) set(element, name, undefined);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (before[name] !== value || PROPERTIES.has(name)) set(element, name, value);
  }
  described.set(element, attributes);
  show(element, children);
}

/** Makes the children of `parent` what is described, in that order. */
export function show(parent: Element, children: readonly Child[]): void {
  const wanted = children.filter((child) => child !== false && child !== undefined);
  const keyOf = (child: Described | string): string | undefined =>
    typeof child === "string" ? undefined : (child.attributes["key"] as string | undefined);
  const wantedKeys = new Set(wanted.map(keyOf));

  // What goes, goes first: then nothing that stays has to move, and a focused element keeps its focus.
  const kept = new Map<string, Element>();
  for (const node of [...parent.childNodes]) {
    const key = keys.get(node);
    if (key === undefined) continue;
    if (wantedKeys.has(key)) kept.set(key, node as Element);
    else node.remove();
  }

  wanted.forEach((one, index) => {
    const child = typeof one === "string" ? one.replace(TURNING, "") : one;
    const here = parent.childNodes[index] ?? null;
    const free = here && !keys.has(here) ? here : null;
    if (typeof child === "string") {
      if (free?.nodeType === Node.TEXT_NODE) {
        if (free.nodeValue !== child) free.nodeValue = child;
      } else parent.insertBefore(document.createTextNode(child), here);
      return;
    }
    const key = keyOf(child);
    const match = key === undefined ? free : kept.get(key);
    const reusable = match instanceof Element && match.localName === child.tag;
    const element = reusable ? match : create(child.tag);
    if (key !== undefined) keys.set(element, key);
    if (here !== element) parent.insertBefore(element, here);
    update(element, child);
  });
  while (parent.childNodes.length > wanted.length) parent.lastChild?.remove();
}
