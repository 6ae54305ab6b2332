/** Settings: the broker's terms, the seller's own rules, how the pane looks. */
import type { Book, Profile } from "../../../account";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import type { LanguageChoice, MoveColours, ThemeChoice } from "../../preferences";
import { fieldPercent, LINES } from "../../profile-fields";
import { SETTINGS_TEXTS, type SettingsTexts } from "../../texts-settings";
import type { AccountUi } from "../account/room";
import { noticeView } from "../account/notice";
import { appearancePart } from "./appearance";
import { field, fieldId, radios, refusal, section, select } from "./fields";
import { settingsHead } from "./head";
import { datedPart } from "./dated";
import { ratesPart, stopLossPart } from "./tables";

export interface SettingsActs {
  back(): void;
  type(path: string, text: string): void;
  choose(path: string, value: string): void;
  /** Takes what is typed of new rates for some days. */
  addStep(): void;
  removeStep(code: string, index: number): void;
  exportJson(): void;
  importJson(file: File): void;
  clearSnapshots(): void;
  keepImports(on: boolean): void;
  clearImports(): void;
  reset(): void;
  language(choice: LanguageChoice): void;
  theme(choice: ThemeChoice): void;
  moves(choice: MoveColours): void;
  wan(on: boolean): void;
}

export interface SettingsProps {
  readonly profile: Profile;
  /** Raw text of fields being typed, by path: "lines.call", "products.m.exchange". */
  readonly typed: Readonly<Record<string, string>>;
  /** A sentence by path, for what was refused. */
  readonly refused: Readonly<Record<string, string>>;
  /** For the products in use. */
  readonly book: Book | undefined;
  readonly languageChoice: LanguageChoice;
  readonly themeChoice: ThemeChoice;
  readonly moves: MoveColours;
  readonly wan: boolean;
  readonly notice: AccountUi["notice"];
  readonly snapshots: number;
  /** Whether imports are kept on this machine. */
  readonly keepsImports: boolean;
  readonly acts: SettingsActs;
  readonly language: Language;
}

const KINDS = ["multiple", "points", "own", "unknown"] as const;

function surchargePart(props: SettingsProps, texts: SettingsTexts): Described {
  const { surcharge } = props.profile;
  return section(
    "surcharge",
    texts.surcharge,
    radios(
      "surcharge",
      texts.surcharge,
      KINDS.map((value) => ({ value, label: texts.surchargeKind[value] })),
      surcharge.kind,
      (kind) => props.acts.choose("surcharge.kind", kind),
    ),
    surcharge.kind === "multiple" &&
      field(
        {
          path: "surcharge.markup",
          label: texts.markup,
          value: fieldPercent(surcharge.markup),
          hint: texts.percentHint,
        },
        props,
      ),
    surcharge.kind === "points" &&
      field(
        {
          path: "surcharge.points",
          label: texts.points,
          value: fieldPercent(surcharge.points),
          hint: texts.pointsHint,
        },
        props,
      ),
    surcharge.kind === "unknown" &&
      h("p", { key: "unknown", class: "note" }, texts.surchargeUnknown),
  );
}

const linesPart = (props: SettingsProps, texts: SettingsTexts): Described =>
  section(
    "lines",
    texts.lines,
    h(
      "div",
      { class: "grid" },
      ...LINES.map((line) =>
        field(
          {
            path: `lines.${line}`,
            label: texts.line[line],
            value: fieldPercent(props.profile.lines[line]),
            refusalElsewhere: true,
          },
          props,
        ),
      ),
    ),
    ...LINES.map((line) => refusal(`lines.${line}`, props)),
    h("p", { key: "hint", class: "note" }, texts.linesHint),
  );

function holidaysField(props: SettingsProps, texts: SettingsTexts): Described {
  const path = "deadline.holidays";
  const { holidays } = props.profile.deadline;
  const wrong = props.refused[path] !== undefined;
  return h(
    "div",
    { key: path, class: "labelled wide" },
    h("label", { for: fieldId(path) }, texts.holidays),
    h("textarea", {
      id: fieldId(path),
      class: "entry",
      rows: 3,
      spellcheck: "false",
      value: props.typed[path] ?? holidays.join("\n"),
      "aria-invalid": wrong ? "true" : undefined,
      "aria-describedby": wrong ? `${fieldId(path)}-wrong` : undefined,
      oninput: (event: InputEvent) =>
        props.acts.type(path, (event.target as HTMLTextAreaElement).value),
    }),
    h(
      "p",
      { key: "hint", class: "note" },
      holidays.length > 0
        ? `${texts.holidayCount(holidays.length)}${props.language === "zh" ? "。" : ". "}`
        : "",
      texts.holidaysHint,
    ),
    refusal(path, props),
  );
}

const deadlinePart = (props: SettingsProps, texts: SettingsTexts): Described =>
  section(
    "deadline",
    texts.deadline,
    field(
      {
        path: "deadline.tradingDays",
        label: texts.tradingDays,
        value: String(props.profile.deadline.tradingDays),
      },
      props,
    ),
    field({ path: "deadline.time", label: texts.time, value: props.profile.deadline.time }, props),
    holidaysField(props, texts),
  );

const methodPart = (props: SettingsProps, texts: SettingsTexts): Described =>
  section(
    "method",
    texts.method,
    select("ratio", texts.ratio, texts.ratios, props.profile.ratio, props),
    select("priceBasis", texts.priceBasis, texts.priceBases, props.profile.priceBasis, props),
    field(
      {
        path: "slippage",
        label: texts.slippage,
        value: fieldPercent(props.profile.slippage),
        hint: texts.slippageHint,
      },
      props,
    ),
  );

const collateralPart = (props: SettingsProps, texts: SettingsTexts): Described => {
  const { amount, haircut } = props.profile.collateral;
  return section(
    "collateral",
    texts.collateral,
    field(
      {
        path: "collateral.amount",
        label: texts.collateralAmount,
        value: amount === "0" ? "" : amount,
        placeholder: "0",
      },
      props,
    ),
    field(
      { path: "collateral.haircut", label: texts.haircut, value: fieldPercent(haircut) },
      props,
    ),
    h("p", { key: "hint", class: "note" }, texts.collateralHint),
  );
};

const disciplinePart = (props: SettingsProps, texts: SettingsTexts): Described => {
  const { cushion, productShare } = props.profile.discipline;
  return section(
    "discipline",
    texts.discipline,
    h("p", { key: "hint", class: "note" }, texts.disciplineHint),
    field(
      {
        path: "discipline.cushion",
        label: texts.cushion,
        value: fieldPercent(cushion),
        placeholder: "—",
      },
      props,
    ),
    field(
      {
        path: "discipline.productShare",
        label: texts.productShare,
        value: fieldPercent(productShare),
        placeholder: "—",
      },
      props,
    ),
    stopLossPart(props, texts),
  );
};

const button = (id: string, label: string, act: () => void, disabled = false): Described =>
  h(
    "button",
    { key: id, type: "button", id, class: "button small", disabled, onclick: act },
    label,
  );

/** A file field can't be styled; the button beside it opens it. */
const importField = ({ acts }: SettingsProps, texts: SettingsTexts): Described =>
  h("input", {
    key: "file",
    id: "profile-file",
    type: "file",
    accept: ".json,application/json",
    class: "unseen",
    tabindex: "-1",
    "aria-label": texts.importJson,
    onchange: (event: Event) => {
      const input = event.target as HTMLInputElement;
      const file = input.files?.[0];
      // The same file may be chosen again after it was mended.
      if (file) acts.importJson(file);
      input.value = "";
    },
  });

const filePart = (props: SettingsProps, texts: SettingsTexts): Described =>
  section(
    "file",
    texts.file,
    h(
      "div",
      { key: "buttons", class: "buttons" },
      button("export-profile", texts.exportJson, () => props.acts.exportJson()),
      button("import-profile", texts.importJson, () =>
        document.getElementById("profile-file")?.click(),
      ),
      button("reset-profile", texts.reset, () => props.acts.reset()),
      importField(props, texts),
    ),
    noticeView(props.notice),
    h("p", { key: "snapshots", class: "note" }, texts.snapshotCount(props.snapshots)),
    h(
      "div",
      { key: "clear", class: "buttons" },
      button(
        "clear-snapshots",
        texts.clearSnapshots,
        () => props.acts.clearSnapshots(),
        props.snapshots === 0,
      ),
    ),
  );

const importsPart = ({ keepsImports, acts }: SettingsProps, texts: SettingsTexts): Described =>
  section(
    "imports",
    texts.imports,
    h(
      "label",
      { key: "keep", class: "choice" },
      h("input", {
        type: "checkbox",
        id: "keep-imports",
        checked: keepsImports,
        "aria-describedby": "keep-imports-hint",
        onchange: (event: Event) => acts.keepImports((event.target as HTMLInputElement).checked),
      }),
      h("span", {}, texts.keepImports),
    ),
    h("p", { key: "hint", id: "keep-imports-hint", class: "note" }, texts.keepImportsHint),
    h(
      "div",
      { key: "clear", class: "buttons" },
      button("clear-imports", texts.clearImports, () => acts.clearImports()),
    ),
  );

export function settingsPage(props: SettingsProps): Child[] {
  const texts = SETTINGS_TEXTS[props.language];
  return [
    settingsHead(texts.title, texts.back, () => props.acts.back()),
    h("p", { key: "kept", class: "note" }, texts.kept),
    surchargePart(props, texts),
    ratesPart(props, texts),
    datedPart(props, texts),
    linesPart(props, texts),
    deadlinePart(props, texts),
    methodPart(props, texts),
    collateralPart(props, texts),
    disciplinePart(props, texts),
    appearancePart(props, texts),
    importsPart(props, texts),
    filePart(props, texts),
  ];
}
