/** What Settings lets a user do with rates for some days: type a step, add it, take one away. */
import type { DatedRates } from "../account";
import type { Desk } from "./desk";
import type { Language } from "./language";
import {
  changeDated,
  datedCode,
  newStep,
  newStepPath,
  stepsOf,
  withDated,
  type StepTyped,
} from "./profile-dated";
import { SETTINGS_TEXTS } from "./texts-settings";
import { fieldId } from "./views/settings/fields";

/** The product's whole list is what is typed: where its steps stand is the profile's own matter. */
const keepSteps = (desk: Desk, code: string, dated: readonly DatedRates[]): void =>
  desk.memory.changeProfile(`products.${code}.dated`, withDated(code, dated));

/** Takes a field of a step that is there, once it isn't refused. */
export function takeStep(desk: Desk, path: string, text: string): void {
  const changed = changeDated(desk.state.profile, path, text);
  const code = datedCode(path);
  if (code === undefined || !changed || "refused" in changed) return;
  keepSteps(desk, code, stepsOf(changed.profile, code));
}

/** What was typed of steps goes: their places may be others now. */
function forgetSteps(desk: Desk): void {
  const others = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).filter(([path]) => !path.startsWith("dated.")));
  const { profileTyped, profileRefused } = desk.state;
  desk.set({ profileTyped: others(profileTyped), profileRefused: others(profileRefused) });
}

/** A field of a new step waits until the step is added; what was said of it is over. */
export function typeNewStep(desk: Desk, path: string): void {
  const others = Object.entries(desk.state.profileRefused).filter(([one]) => one !== path);
  desk.set({ profileRefused: Object.fromEntries(others) });
}

export function addStep(desk: Desk, language: Language): void {
  const { profile, profileTyped, profileRefused } = desk.state;
  const typed = (field: keyof StepTyped): string => profileTyped[newStepPath(field)] ?? "";
  const known = desk.looked?.book.underlyings.map(({ code }) => code) ?? [];
  const step = newStep(
    profile,
    {
      ...{ product: typed("product"), from: typed("from"), to: typed("to") },
      ...{ exchange: typed("exchange"), broker: typed("broker") },
    },
    known,
  );
  if ("refused" in step) {
    const path = newStepPath(step.field);
    const others = Object.entries(profileRefused).filter(
      ([one]) => !one.startsWith(newStepPath("")),
    );
    desk.set({
      profileRefused: { ...Object.fromEntries(others), [path]: step.refused[language] },
    });
    desk.around.focus(fieldId(path));
    return;
  }
  desk.typing();
  keepSteps(desk, step.code, step.dated);
  forgetSteps(desk);
  desk.around.say(SETTINGS_TEXTS[language].stepAdded(step.code));
  desk.around.focus(fieldId(newStepPath("product")));
}

export function removeStep(desk: Desk, language: Language, code: string, index: number): void {
  const steps = stepsOf(desk.state.profile, code);
  const step = steps[index];
  if (!step) return;
  desk.typing();
  keepSteps(
    desk,
    code,
    steps.filter((one) => one !== step),
  );
  forgetSteps(desk);
  const texts = SETTINGS_TEXTS[language];
  desk.around.say(texts.stepRemoved(texts.step(code, step.from, step.to)));
  desk.around.focus("new-step");
}
