/** Rates for some days: before a holiday, near delivery. Each step has its days and its rates; one more can be added. */
import type { DatedRates } from "../../../account";
import { fieldPercent } from "../../profile-fields";
import { newStepPath, stepPath, type StepField, type StepTyped } from "../../profile-dated";
import { h, type Child, type Described } from "../../element";
import type { SettingsTexts } from "../../texts-settings";
import { field, refusal, section, type FieldOptions } from "./fields";
import type { SettingsProps } from "./page";

/** The four fields in two lines, and below them why one wasn't taken. */
function stepFields(
  options: Readonly<Record<StepField, FieldOptions>>,
  props: SettingsProps,
): readonly Child[] {
  const { from, to, exchange, broker } = options;
  const all = [from, to, exchange, broker].map((one) => ({ ...one, refusalElsewhere: true }));
  return [
    h("div", { key: "fields", class: "grid" }, ...all.map((one) => field(one, props))),
    ...all.map(({ path }) => refusal(path, props)),
  ];
}

function stepView(
  code: string,
  step: DatedRates,
  index: number,
  props: SettingsProps,
  texts: SettingsTexts,
): Described {
  const option = (name: StepField, label: string, value: string, placeholder?: string) => ({
    path: stepPath(code, index, name),
    label,
    value,
    placeholder,
  });
  const label = texts.step(code, step.from, step.to);
  return h(
    "div",
    { key: `${code} ${index}`, class: "dated-step", role: "group", "aria-label": label },
    h(
      "div",
      { class: "dated-head" },
      h("span", { class: "code", translate: "no" }, code),
      h(
        "button",
        {
          type: "button",
          id: `remove-step-${code}-${index}`,
          class: "link",
          "aria-label": texts.removeStepOf(label),
          onclick: () => props.acts.removeStep(code, index),
        },
        texts.removeStep,
      ),
    ),
    ...stepFields(
      {
        from: option("from", texts.from, step.from),
        to: option("to", texts.to, step.to ?? "", texts.open),
        exchange: option("exchange", texts.exchangeRate, fieldPercent(step.exchange), "—"),
        broker: option("broker", texts.brokerRate, fieldPercent(step.broker), "—"),
      },
      props,
    ),
  );
}

function newStepView(props: SettingsProps, texts: SettingsTexts): Described {
  const option = (name: keyof StepTyped, label: string, placeholder: string): FieldOptions => ({
    path: newStepPath(name),
    label,
    value: "",
    placeholder,
  });
  return h(
    "details",
    { key: "new", class: "dated-new" },
    h("summary", { id: "new-step", class: "link" }, texts.newStep),
    field(option("product", texts.stepProduct, "m2701"), props),
    ...stepFields(
      {
        from: option("from", texts.from, "2026-09-28"),
        to: option("to", texts.to, texts.open),
        exchange: option("exchange", texts.exchangeRate, "12%"),
        broker: option("broker", texts.brokerRate, "—"),
      },
      props,
    ),
    h(
      "div",
      { key: "add", class: "buttons" },
      h(
        "button",
        {
          type: "button",
          id: "add-step",
          class: "button small",
          onclick: () => props.acts.addStep(),
        },
        texts.addStep,
      ),
    ),
  );
}

export function datedPart(props: SettingsProps, texts: SettingsTexts): Described {
  const codes = Object.keys(props.profile.products).sort();
  return section(
    "dated",
    texts.dated,
    h("p", { key: "hint", class: "note" }, texts.datedHint),
    ...codes.flatMap((code) =>
      (props.profile.products[code]?.dated ?? []).map((step, index) =>
        stepView(code, step, index, props, texts),
      ),
    ),
    newStepView(props, texts),
  );
}
