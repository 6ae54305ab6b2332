/**
 * What a user typed for an argument: a number, a text or a reference, and nothing else.
 * A text never becomes a formula: it goes into the call as a quoted text.
 */
import { readNumber } from "../core";
import type { Parameter } from "./catalog";
import { readReference, type Reference } from "./reference";

export type Refusal = "expression" | "name" | "needsRange" | "tooLong";

export type Argument =
  | { readonly kind: "blank" }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "reference"; readonly reference: Reference }
  | { readonly kind: "refused"; readonly why: Refusal };

/** Excel takes no longer text inside a formula. */
const LONGEST_TEXT = 255;

/** Arguments that are themselves references written as text: there A2 means "A2", not the cell's value. */
const AS_TEXT: Readonly<Record<string, readonly string[]>> = {
  "MARGIN.FORMULA": ["settlement", "underlying", "strike", "unit", "rate"],
};

export const takesText = (id: string, { name }: Pick<Parameter, "name">): boolean =>
  AS_TEXT[id]?.includes(name) ?? false;

/** Arguments that are words; all others are figures. */
const WORDS: ReadonlySet<string> = new Set([
  "right",
  "side",
  "language",
  "mode",
  "exchange",
  "contract",
  "code",
  "on",
]);

/** What Excel would take for a defined name, "myPrice" or "Sheet1!myPrice": what it stands for we can't know. */
const DEFINED_NAME =
  /^(?:(?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?[\p{L}_\\][\p{L}\p{N}_.?\\]*$/u;

function asText(value: string): Argument {
  const clean = value.replace(/\p{Cc}/gu, " ");
  return clean.length > LONGEST_TEXT
    ? { kind: "refused", why: "tooLong" }
    : { kind: "text", value: clean };
}

export function readArgument(
  typed: string,
  id: string,
  parameter: Pick<Parameter, "name" | "table">,
): Argument {
  const text = typed.trim();
  if (text === "") return { kind: "blank" };
  const body = text.startsWith("=") ? text.slice(1).trim() : text;

  if (parameter.table) {
    const reference = readReference(body);
    return reference ? { kind: "reference", reference } : { kind: "refused", why: "needsRange" };
  }
  const quoted = /^"((?:[^"]|"")*)"$/.exec(body)?.[1];
  if (quoted !== undefined) return asText(quoted.replace(/""/g, '"'));
  if (takesText(id, parameter)) return asText(body);

  const reference = readReference(body);
  if (reference) return { kind: "reference", reference };
  const number = readNumber(body)?.toNumber();
  if (number !== undefined && Number.isFinite(number)) return { kind: "number", value: number };
  if (text.startsWith("=")) return { kind: "refused", why: "expression" };
  if (!WORDS.has(parameter.name) && DEFINED_NAME.test(body))
    return { kind: "refused", why: "name" };
  // As in a cell, an apostrophe in front makes a text of anything.
  return asText(text.startsWith("'") ? text.slice(1) : text);
}
