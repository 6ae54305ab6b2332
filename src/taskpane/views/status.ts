/** The five states and "undetermined": shape, word and weight, shared by all rooms. Never colour alone. */
import type { Standing } from "../../account";
import { h, type Described } from "../element";
import type { Language } from "../language";
import { ACCOUNT_TEXTS } from "../texts-account";

/** Under these names the style sheet knows them. */
export const STATUS_CLASS: Readonly<Record<Standing, string>> = {
  normal: "normal",
  watch: "watch",
  marginCall: "call",
  liquidation: "liq",
  immediate: "imm",
  undetermined: "none",
};

const line = (d: string): Described => h("path", { class: "outline", d });
const solid = (d: string): Described => h("path", { class: "solid", d });
const knocked = (d: string): Described => h("path", { class: "knocked", d });
const dot = (cx: number, cy: number, r: number, name: string): Described =>
  h("circle", { class: name, cx, cy, r });

const SHAPES: Readonly<Record<Standing, () => readonly Described[]>> = {
  normal: () => [dot(8, 8, 6.2, "outline"), line("m5.2 8.2 2 2 3.6-4")],
  watch: () => [line("M8 1.4 14.6 8 8 14.6 1.4 8z"), dot(8, 8, 1.9, "solid")],
  marginCall: () => [
    solid("M8 1.2 15.2 14H.8z"),
    knocked("M8 6v3.6"),
    dot(8, 11.9, 1, "knocked-dot"),
  ],
  liquidation: () => [
    solid(
      "M3 1.5h10A1.5 1.5 0 0 1 14.5 3v10a1.5 1.5 0 0 1-1.5 1.5H3A1.5 1.5 0 0 1 1.5 13V3A1.5 1.5 0 0 1 3 1.5z",
    ),
    knocked("m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6"),
  ],
  immediate: () => [
    solid("M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z"),
    knocked("M5.8 4.2v4.6m4.4-4.6v4.6"),
    dot(5.8, 11.7, 1.1, "knocked-dot"),
    dot(10.2, 11.7, 1.1, "knocked-dot"),
  ],
  undetermined: () => [
    h("circle", { class: "outline dashed", cx: 8, cy: 8, r: 6.2 }),
    line("M6.2 6.3a1.9 1.9 0 1 1 2.6 1.8c-.5.2-.8.6-.8 1.1"),
    dot(8, 11.3, 0.9, "solid"),
  ],
};

export const statusIcon = (status: Standing): Described =>
  h(
    "svg",
    { class: "status-icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    ...SHAPES[status](),
  );

export const standingWord = (status: Standing, language: Language): string =>
  ACCOUNT_TEXTS[language].standing[status];

/** A state as shape and word. */
export const pill = (status: Standing, language: Language, size?: "small"): Described =>
  h(
    "span",
    { class: `pill ${STATUS_CLASS[status]}${size ? " small" : ""}` },
    statusIcon(status),
    h("span", {}, standingWord(status, language)),
  );
