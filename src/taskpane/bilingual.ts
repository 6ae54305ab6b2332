/**
 * What the functions answer in both languages at once, shown in the page's own.
 * A cell can't know its reader's language, so messages read "zh · en" and terms "权利金 premium".
 */
import type { Language } from "./language";

const SEPARATOR = " · ";

/**
 * One half of "zh · en". A value quoted in the sentence may hold the separator itself; as both halves
 * quote it, the one in the middle is ours.
 */
export function sentenceIn(language: Language, text: string): string {
  const parts = text.split(SEPARATOR);
  if (parts.length % 2 === 1) return text;
  const half = parts.length / 2;
  return (language === "zh" ? parts.slice(0, half) : parts.slice(half)).join(SEPARATOR);
}

// Chinese first, then a space and words that hold neither Chinese nor figures: nothing but a translation.
const TERM = /^(.*[\p{Script=Han}）])\s+([A-Za-z][^\p{Script=Han}\d]*)$/u;

const BRACKETED = /^(.+)（([^（）]+)）$/u;

/** One half of "权利金 premium" or "未知 unknown（凭记忆 from memory）"; a text that isn't plainly one stays whole. */
export function termIn(language: Language, text: string): string {
  if (text.includes(SEPARATOR)) return sentenceIn(language, text);
  const [, outside, inside] = BRACKETED.exec(text) ?? [];
  if (outside && inside) {
    const inner = termIn(language, inside);
    const [open, close] = language === "zh" || inner === inside ? ["（", "）"] : [" (", ")"];
    return termIn(language, outside) + open + inner + close;
  }
  const [, zh, en] = TERM.exec(text) ?? [];
  return (language === "zh" ? zh : en) ?? text;
}

/** Figures with their names, "比例 ratio 0.12; 最低比例 minimumRatio 0.07（自填 given）", with one name each. */
export const figuresIn = (language: Language, text: string): string =>
  text.replace(/(\p{Script=Han}+) ([A-Za-z]+)(?=[ ）])/gu, (_, zh: string, en: string) =>
    language === "zh" ? zh : en,
  );
