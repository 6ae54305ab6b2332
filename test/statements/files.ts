/** The statements under this folder: one folder a case, an input file and what must be read from it. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.dirname(fileURLToPath(import.meta.url));

export interface Case {
  readonly name: string;
  readonly folder: string;
  readonly file: string;
  readonly bytes: Uint8Array;
}

export const cases: readonly Case[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const inside = path.join(folder, name);
    const [file] = readdirSync(inside).filter((one) => !/^(expected|actual)\.json$/.test(one));
    if (!file) throw new Error(`${name} has no input`);
    const bytes = new Uint8Array(readFileSync(path.join(inside, file)));
    return { name, folder: inside, file, bytes };
  });

export function caseNamed(name: string): Case {
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(`no case ${name}`);
  return found;
}

/** Characters of GBK by their two bytes; the platform decodes GB18030 but does not encode it. */
const GBK: ReadonlyMap<string, readonly [number, number]> = new Map(
  Array.from({ length: 126 }, (_, i) => i + 0x81).flatMap((high) =>
    Array.from({ length: 190 }, (_, j) => (j < 63 ? j + 0x40 : j + 0x41)).map((low) => {
      const letter = new TextDecoder("gb18030").decode(new Uint8Array([high, low]));
      return [letter, [high, low]] as const;
    }),
  ),
);

export function toGbk(text: string): Uint8Array {
  return Uint8Array.from(
    [...text].flatMap((letter): readonly number[] => {
      const code = letter.codePointAt(0) as number;
      const pair = GBK.get(letter);
      if (code < 0x80) return [code];
      if (!pair) throw new Error(`not in GBK: ${letter}`);
      return pair;
    }),
  );
}

export const toUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const fromGbk = (bytes: Uint8Array): string => new TextDecoder("gb18030").decode(bytes);
