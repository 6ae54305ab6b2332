/** The language of the page: Excel's own, unless the user chose one here. */
export type Language = "zh" | "en";

/** Chinese where the tag says so, else English. */
export const languageOf = (tag: string | undefined): Language =>
  tag?.toLowerCase().startsWith("zh") ? "zh" : "en";

/** For `lang` attributes. */
export const LANG: Readonly<Record<Language, string>> = { zh: "zh-CN", en: "en" };

const HAN = /\p{Script=Han}/u;

/** The language a fragment is to be read in: Chinese as soon as it holds a Chinese character. */
export const langOf = (text: string): string => LANG[HAN.test(text) ? "zh" : "en"];
