/** How the pane looks: language, theme, the colours of moves, large amounts. */
import { h, type Described } from "../../element";
import { LANG } from "../../language";
import { MOVE_COLOURS, type LanguageChoice, type ThemeChoice } from "../../preferences";
import type { SettingsTexts } from "../../texts-settings";
import { radios, section } from "./fields";
import type { SettingsProps } from "./page";

const choices = (props: SettingsProps, texts: SettingsTexts): readonly Described[] => [
  radios<LanguageChoice>(
    "settings-language",
    texts.language,
    [
      { value: "auto", label: texts.auto },
      { value: "zh", label: "中文", lang: LANG.zh },
      { value: "en", label: "English", lang: LANG.en },
    ],
    props.languageChoice,
    (choice) => props.acts.language(choice),
  ),
  radios<ThemeChoice>(
    "settings-theme",
    texts.theme,
    [
      { value: "auto", label: texts.auto },
      { value: "light", label: texts.light },
      { value: "dark", label: texts.dark },
    ],
    props.themeChoice,
    (choice) => props.acts.theme(choice),
  ),
];

const wanChoice = ({ wan, acts }: SettingsProps, texts: SettingsTexts): Described =>
  h(
    "label",
    { key: "wan", class: "choice" },
    h("input", {
      type: "checkbox",
      id: "set-wan",
      checked: wan,
      "aria-describedby": "set-wan-hint",
      onchange: (event: Event) => acts.wan((event.target as HTMLInputElement).checked),
    }),
    h("span", {}, texts.wan),
  );

export const appearancePart = (props: SettingsProps, texts: SettingsTexts): Described =>
  section(
    "appearance",
    texts.appearance,
    h("div", { class: "grid named" }, ...choices(props, texts)),
    h(
      "div",
      { key: "moves", class: "named" },
      radios(
        "settings-moves",
        texts.moves,
        MOVE_COLOURS.map((value) => ({ value, label: texts.moveColours[value] })),
        props.moves,
        (choice) => props.acts.moves(choice),
      ),
    ),
    h("p", { key: "moves hint", class: "note" }, texts.movesHint),
    wanChoice(props, texts),
    h("p", { key: "wan hint", id: "set-wan-hint", class: "note" }, texts.wanHint),
  );
