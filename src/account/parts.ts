/** Margin added up by exchange or by product; a part that lacks a line has no figure. */
import type { Amount, Bilingual } from "../core";
import type { Line, Part } from "./book";
import { sum } from "./price";

interface Key {
  readonly code: string;
  readonly name: Bilingual;
}

const OTHER: Key = { code: "other", name: { zh: "其他", en: "Other" } };

const whole = (amounts: readonly (Amount | undefined)[]): Amount | undefined => {
  const known = amounts.flatMap((one) => one ?? []);
  return known.length === amounts.length ? sum(known) : undefined;
};

export function partsOf(
  lines: readonly Line[],
  keyOf: (line: Line) => Key | undefined,
): readonly Part[] {
  const groups = new Map<string, { key: Key; lines: Line[] }>();
  for (const line of lines) {
    const key = keyOf(line) ?? OTHER;
    const group = groups.get(key.code);
    if (group) group.lines.push(line);
    else groups.set(key.code, { key, lines: [line] });
  }
  return [...groups.values()].map(({ key, lines: members }) => ({
    key: key.code,
    name: key.name,
    broker: whole(members.map(({ printed, broker }) => printed ?? broker.margin)),
    exchange: whole(members.map(({ exchangeFigure }) => exchangeFigure.margin)),
  }));
}
