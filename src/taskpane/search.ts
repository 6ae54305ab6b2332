/** Finds functions by id, by what they do, by their arguments and by their exchange, in both languages. */
import type { Bilingual } from "../core";
import type { FunctionEntry } from "./catalog";
import type { Family } from "./families";

const fold = (text: string): string => text.normalize("NFKC").toLowerCase();

const HAN = /^\p{Script=Han}{2,}$/u;

/** 认购保证金 is in 认购期权义务仓保证金: the same characters, in the same order. */
function inOrder(text: string, characters: string): boolean {
  let from = 0;
  for (const character of characters) {
    const at = text.indexOf(character, from);
    if (at < 0) return false;
    from = at + character.length;
  }
  return true;
}

function scoreInId(id: string, word: string): number {
  if (id === word) return 100;
  if (id.startsWith(word)) return 60;
  if (id.split(".").some((part) => part.startsWith(word))) return 50;
  return id.includes(word) ? 40 : 0;
}

function scoreInText(text: string, word: string, score: number): number {
  const found = text.indexOf(word);
  if (found < 0) return 0;
  return found === 0 || text[found - 1] === " " ? score + 2 : score;
}

/** How well one word fits a function; 0 where it does not. */
function scoreOf(entry: FunctionEntry, family: Bilingual, word: string): number {
  const descriptions = [fold(entry.description.zh), fold(entry.description.en)];
  const labels = entry.parameters.flatMap(({ name, text }) => [
    fold(name),
    fold(text.zh.label),
    fold(text.en.label),
  ]);
  return Math.max(
    scoreInId(fold(entry.id), word),
    scoreInText(fold(family.zh), word, 30),
    scoreInText(fold(family.en), word, 30),
    ...descriptions.map((text) => scoreInText(text, word, 20)),
    ...descriptions.map((text) => (HAN.test(word) && inOrder(text, word) ? 12 : 0)),
    ...labels.map((text) => scoreInText(text, word, 8)),
  );
}

/** Functions that fit every word of the query, the best first; equal ones keep their order. */
export function search(families: readonly Family[], query: string): readonly FunctionEntry[] {
  const words = fold(query)
    .split(/[\s,，、/]+/u)
    .filter(Boolean);
  return families
    .flatMap(({ name, functions }) =>
      functions.map((entry) => {
        const scores = words.map((word) => scoreOf(entry, name, word));
        const fits = scores.every((score) => score > 0);
        return { entry, score: fits ? scores.reduce((sum, score) => sum + score, 0) : 0 };
      }),
    )
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
