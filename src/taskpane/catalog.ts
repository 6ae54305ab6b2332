/** The functions as the pane shows them: Microsoft's metadata in both languages, read once. */
import type { Language } from "./language";

/** What of functions.json the pane reads. */
export interface Metadata {
  readonly functions: readonly {
    readonly id: string;
    readonly description: string;
    readonly helpUrl?: string;
    readonly parameters: readonly {
      readonly name: string;
      readonly description: string;
      readonly optional?: boolean;
      readonly dimensionality?: string;
    }[];
    readonly result: { readonly dimensionality?: string };
  }[];
}

/** A parameter's text, taken apart: "Strike, yuan per share. As listed." */
export interface ParameterText {
  readonly label: string;
  /** Unit or kind, where the first sentence names one. */
  readonly unit: string;
  readonly hint: string;
}

export interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  /** Takes a range rather than a single value. */
  readonly table: boolean;
  readonly text: Readonly<Record<Language, ParameterText>>;
}

export interface FunctionEntry {
  readonly id: string;
  readonly description: Readonly<Record<Language, string>>;
  readonly helpUrl: Readonly<Record<Language, string | undefined>>;
  readonly parameters: readonly Parameter[];
  readonly spills: boolean;
}

export type Catalog = readonly FunctionEntry[];

// A full stop ends a sentence only before a space or at the end: 0.12 is a figure.
const SENTENCE_END: Readonly<Record<Language, RegExp>> = { zh: /。/u, en: /\.(?=\s|$)/ };
const UNIT_START: Readonly<Record<Language, RegExp>> = { zh: /[，：]/u, en: /,\s/ };

function cut(text: string, at: RegExp): [string, string] {
  const found = at.exec(text);
  if (!found) return [text.trim(), ""];
  return [text.slice(0, found.index).trim(), text.slice(found.index + found[0].length).trim()];
}

export function parameterText(description: string, language: Language): ParameterText {
  const [first, hint] = cut(description, SENTENCE_END[language]);
  const [label, unit] = cut(first, UNIT_START[language]);
  return { label, unit, hint };
}

/** Both languages side by side; a text missing in one is shown in the other. */
export function catalogOf(metadata: Readonly<Record<Language, Metadata>>): Catalog {
  return metadata.en.functions.map((en) => {
    const zh = metadata.zh.functions.find(({ id }) => id === en.id) ?? en;
    return {
      id: en.id,
      description: { zh: zh.description, en: en.description },
      helpUrl: { zh: zh.helpUrl, en: en.helpUrl },
      spills: en.result.dimensionality === "matrix",
      parameters: en.parameters.map((parameter, index) => ({
        name: parameter.name,
        optional: parameter.optional ?? false,
        table: parameter.dimensionality === "matrix",
        text: {
          zh: parameterText((zh.parameters[index] ?? parameter).description, "zh"),
          en: parameterText(parameter.description, "en"),
        },
      })),
    };
  });
}
