/** Imports and what was typed for them as they are kept, and read back without trusting it. */
import { readDay } from "../core";
import { FORMATS, type FormatId, type Mapping } from "../statements";
import type { HongKongTyped, Typed } from "./desk-state";
import type { Input } from "./reading-input";
import type { Choices } from "./reading-message";
import type { TypedTerms } from "./views/account/terms";

/** An input, and how it was read: its format, and the columns of a table. */
export interface KeptInput {
  readonly input: Input;
  readonly choices: Choices;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string";

/** A file as its bytes: not every host keeps a Blob. */
export async function keptInput({ input, choices }: KeptInput): Promise<unknown> {
  if (input.kind !== "file") return { ...input, ...choices };
  const { file, ...rest } = input;
  return { ...rest, bytes: await file.arrayBuffer(), ...choices };
}

function inputOf(kept: Fields): Input | undefined {
  const { kind, name, bytes, text, cells, address, chosen } = kept;
  if (!isText(name)) return undefined;
  if (kind === "file" && bytes instanceof ArrayBuffer) {
    return { kind, name, file: new Blob([bytes]) };
  }
  if (kind === "text" && isText(text)) return { kind, name, text };
  if (kind === "cells" && Array.isArray(cells) && cells.every(Array.isArray)) {
    if (isText(address) && isText(chosen)) return { kind, name, cells, address, chosen };
  }
  return undefined;
}

const isFormat = (value: unknown): value is FormatId => isText(value) && value in FORMATS;

export function readKeptInput(kept: unknown): KeptInput | undefined {
  if (!isFields(kept)) return undefined;
  const input = inputOf(kept);
  if (!input) return undefined;
  const { format, mapping, day } = kept;
  return {
    input,
    choices: {
      ...(isText(day) && readDay(day) ? { day: readDay(day) } : {}),
      ...(isFormat(format) ? { format } : {}),
      ...(isFields(mapping) ? { mapping: mapping as unknown as Mapping } : {}),
    },
  };
}

/** Only what is text. */
const textsOf = (value: unknown): Record<string, string> =>
  isFields(value)
    ? Object.fromEntries(Object.entries(value).flatMap(([k, v]) => (isText(v) ? [[k, v]] : [])))
    : {};

const textOf = (value: unknown): string => (isText(value) ? value : "");

function termsOf(value: unknown): Record<string, TypedTerms> {
  if (!isFields(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([contract, one]) => {
      if (!isFields(one)) return [];
      const { strike, unit, computed } = one;
      const own = { strike: textOf(strike), unit: textOf(unit) };
      return [[contract, isText(computed) ? { ...own, computed } : own]];
    }),
  );
}

const hongKongOf = ({ equity, futures, terms }: Fields): HongKongTyped => ({
  equity: textOf(equity),
  futures: textsOf(futures),
  terms: textsOf(terms),
});

function typedOf({ prices, rates, equity, terms, previous, hongKong }: Fields): Typed {
  return {
    prices: textsOf(prices),
    rates: textsOf(rates),
    equity: textOf(equity),
    terms: termsOf(terms),
    previous: textsOf(previous),
    ...(isFields(hongKong) ? { hongKong: hongKongOf(hongKong) } : {}),
  };
}

/** What was typed, by account and day. */
export const readKeptTyped = (kept: unknown): Record<string, Typed> =>
  isFields(kept)
    ? Object.fromEntries(
        Object.entries(kept).flatMap(([key, typed]) =>
          isFields(typed) ? [[key, typedOf(typed)]] : [],
        ),
      )
    : {};
