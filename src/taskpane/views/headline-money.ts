/** A headline's amount: of a million and more in 万 where that was chosen, and whole on focus, hover and copy. */
import type { Amount } from "../../core";
import { h, type Child } from "../element";
import type { Language } from "../language";
import { inWan, isInWan, type Towards } from "../figures";

export interface Headline {
  readonly value: Amount;
  /** Whole, with its currency or sign. */
  readonly text: string;
  /** "¥", or nothing. */
  readonly currency: string;
  readonly wan: boolean | undefined;
  /** An amount to add is never shown too small, nor what is left too large. */
  readonly towards: Towards;
  /** Within a button the button's own focus shows it whole. */
  readonly inButton?: boolean;
  readonly language: Language;
}

const WAN: Readonly<Record<Language, string>> = { zh: "万", en: "wan" };

export function headlineMoney({
  value,
  text,
  currency,
  wan,
  towards,
  inButton,
  language,
}: Headline): Child {
  if (!wan || !isInWan(value)) return text;
  return h(
    "span",
    { class: "wan", tabindex: inButton ? undefined : "0" },
    h(
      "span",
      { class: "wan-short", "aria-hidden": "true" },
      `${currency}${inWan(value, towards)} ${WAN[language]}`,
    ),
    h("span", { class: "wan-whole" }, text),
  );
}
