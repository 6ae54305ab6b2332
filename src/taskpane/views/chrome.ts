/** The frame of the pane: the rooms' tabs, and the menu of language and theme. */
import { h, type Child, type Described } from "../element";
import { LANG } from "../language";
import type { Pane } from "../pane";
import type { LanguageChoice, ThemeChoice } from "../preferences";
import type { State } from "../state";
import type { Texts } from "../texts";
import { globe } from "./icons";

interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly lang?: string;
}

const choices = <T extends string>(
  name: string,
  legend: string,
  options: readonly Choice<T>[],
  chosen: T,
  choose: (value: T) => void,
): Described =>
  h(
    "fieldset",
    {},
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

function menu(state: State, pane: Pane, texts: Texts): Described {
  const languages: Choice<LanguageChoice>[] = [
    { value: "auto", label: texts.auto },
    { value: "zh", label: "中文", lang: LANG.zh },
    { value: "en", label: "English", lang: LANG.en },
  ];
  const themes: Choice<ThemeChoice>[] = [
    { value: "auto", label: texts.auto },
    { value: "light", label: texts.light },
    { value: "dark", label: texts.dark },
  ];
  return h(
    "div",
    { class: "menu", id: "menu", hidden: !state.menu },
    choices("language", texts.language, languages, state.languageChoice, (value) =>
      pane.chooseLanguage(value),
    ),
    choices("theme", texts.theme, themes, state.themeChoice, (value) => pane.chooseTheme(value)),
  );
}

export function chrome(state: State, pane: Pane, texts: Texts, room: readonly Child[]): Child[] {
  return [
    h(
      "header",
      {},
      h("h1", { class: "unseen" }, texts.title),
      h(
        "div",
        { class: "tabs", role: "tablist", "aria-label": texts.rooms },
        h(
          "button",
          {
            type: "button",
            role: "tab",
            id: "tab-functions",
            "aria-selected": "true",
            "aria-controls": "room",
          },
          texts.functions,
        ),
      ),
      h(
        "button",
        {
          type: "button",
          id: "menu-button",
          class: "icon-button",
          "aria-label": texts.menu,
          title: texts.menu,
          "aria-expanded": String(state.menu),
          "aria-controls": "menu",
          onclick: () => pane.toggleMenu(),
        },
        globe(),
      ),
      menu(state, pane, texts),
    ),
    h(
      "main",
      {},
      h("div", { id: "room", role: "tabpanel", "aria-labelledby": "tab-functions" }, ...room),
    ),
    h("p", { class: "unseen", role: "status", "aria-live": "polite" }, state.said),
  ];
}
