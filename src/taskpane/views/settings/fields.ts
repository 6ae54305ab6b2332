/** Fields of the settings page: a label, what was typed, and below it why it wasn't taken. */
import { h, type Child, type Described } from "../../element";
import type { SettingsProps } from "./page";

export interface FieldOptions {
  readonly path: string;
  readonly label: string;
  /** The profile's own figure, where nothing is being typed. */
  readonly value: string;
  readonly hint?: string | undefined;
  readonly placeholder?: string | undefined;
  /** In a table the column's head is the label. */
  readonly bare?: boolean;
  /** The sentence of a refusal stands below the whole group. */
  readonly refusalElsewhere?: boolean;
}

export const fieldId = (path: string): string => `set-${path.replace(/[^\w-]/g, "-")}`;

export const refusal = (path: string, { refused }: SettingsProps): Child =>
  refused[path] !== undefined &&
  h(
    "p",
    { key: `${path} refused`, id: `${fieldId(path)}-wrong`, class: "objection" },
    refused[path],
  );

export function entry(
  { path, label, value, placeholder, bare }: FieldOptions,
  props: SettingsProps,
): Described {
  const id = fieldId(path);
  const wrong = props.refused[path] !== undefined;
  return h("input", {
    key: path,
    id,
    type: "text",
    class: "entry",
    value: props.typed[path] ?? value,
    placeholder,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-label": bare ? label : undefined,
    "aria-invalid": wrong ? "true" : undefined,
    "aria-describedby": wrong ? `${id}-wrong` : undefined,
    oninput: (event: InputEvent) => props.acts.type(path, (event.target as HTMLInputElement).value),
  });
}

export const field = (options: FieldOptions, props: SettingsProps): Described =>
  h(
    "div",
    { key: options.path, class: "labelled" },
    h("label", { for: fieldId(options.path) }, options.label),
    entry(options, props),
    options.hint !== undefined && h("p", { key: "hint", class: "note" }, options.hint),
    !options.refusalElsewhere && refusal(options.path, props),
  );

export const radios = <T extends string>(
  name: string,
  legend: string,
  options: readonly { readonly value: T; readonly label: string; readonly lang?: string }[],
  chosen: T,
  choose: (value: T) => void,
): Described =>
  h(
    "fieldset",
    { key: name },
    h("legend", {}, legend),
    ...options.map(({ value, label, lang }) =>
      h(
        "label",
        { key: value, class: "choice" },
        h("input", {
          type: "radio",
          name,
          value,
          checked: value === chosen,
          onchange: () => choose(value),
        }),
        h("span", { lang }, label),
      ),
    ),
  );

export const select = <T extends string>(
  path: string,
  label: string,
  options: Readonly<Record<T, string>>,
  chosen: T,
  props: SettingsProps,
): Described =>
  h(
    "div",
    { key: path, class: "labelled wide" },
    h("label", { for: fieldId(path) }, label),
    h(
      "select",
      {
        id: fieldId(path),
        value: chosen,
        onchange: (event: Event) =>
          props.acts.choose(path, (event.target as HTMLSelectElement).value),
      },
      ...(Object.entries(options) as [T, string][]).map(([value, name]) =>
        h("option", { key: value, value, selected: value === chosen }, name),
      ),
    ),
    refusal(path, props),
  );

export const section = (key: string, title: string, ...body: Child[]): Described =>
  h(
    "section",
    { key, class: "card block settings-part", "aria-labelledby": `settings-${key}` },
    h("h2", { id: `settings-${key}` }, title),
    ...body,
  );
