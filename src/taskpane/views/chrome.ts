/** The frame of the pane: the rooms' tabs, the source bar, and the menu of language and theme. */
import type { Desk } from "../desk";
import { h, type Child, type Described } from "../element";
import { LANG } from "../language";
import type { Pane } from "../pane";
import type { LanguageChoice, ThemeChoice } from "../preferences";
import type { State } from "../state";
import type { Texts } from "../texts";
import { FRAME_TEXTS } from "../texts-frame";
import { tabs } from "./frame/tabs";
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

/** What the menu chooses. */
export interface Chosen {
  chooseLanguage(choice: LanguageChoice): void;
  chooseTheme(choice: ThemeChoice): void;
}

function menu(state: State, chosen: Chosen, texts: Texts): Described {
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
    { key: "menu", class: "menu", id: "menu", hidden: !state.menu },
    choices("language", texts.language, languages, state.languageChoice, (value) =>
      chosen.chooseLanguage(value),
    ),
    choices("theme", texts.theme, themes, state.themeChoice, (value) => chosen.chooseTheme(value)),
  );
}

const menuButton = (state: State, pane: Pane, texts: Texts): Described =>
  h(
    "button",
    {
      key: "menu-button",
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
  );

export interface Shown {
  /** Undefined where the room has none: language and theme are then chosen beside the tabs. */
  readonly sourceBar: Child;
  readonly room: readonly Child[];
  /** Stands over the rooms while it is open. */
  readonly page: Child;
  readonly over: readonly Child[];
}

export function chrome(
  state: State,
  pane: Pane,
  desk: Desk,
  chosen: Chosen,
  texts: Texts,
  { sourceBar, room, page, over }: Shown,
): Child[] {
  const frameTexts = FRAME_TEXTS[state.language];
  return [
    !page &&
      h(
        "header",
        { key: "header" },
        h("h1", { class: "unseen" }, texts.title),
        h(
          "div",
          { class: "rooms" },
          tabs(desk, texts.rooms, frameTexts),
          !sourceBar && menuButton(state, pane, texts),
        ),
        !sourceBar && menu(state, chosen, texts),
        sourceBar,
      ),
    h(
      "main",
      { key: "main" },
      page ||
        h(
          "div",
          {
            key: `room ${desk.state.room}`,
            id: "room",
            role: "tabpanel",
            "aria-labelledby": `tab-${desk.state.room}`,
          },
          ...room,
        ),
    ),
    ...over,
    h("p", { key: "said", class: "unseen", role: "status", "aria-live": "polite" }, state.said),
    h("p", { key: "alert", class: "unseen", role: "alert" }, desk.state.alert),
  ];
}
