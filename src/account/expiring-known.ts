/** A figure, or the sentence that says why there is none. */
import { amount, type Amount, type Bilingual } from "../core";

export type Known<T> =
  | { readonly value: T; readonly unknown?: undefined }
  | { readonly unknown: Bilingual; readonly value?: undefined };

export const known = <T>(value: T): Known<T> => ({ value });

export const unknown = (zh: string, en: string): { readonly unknown: Bilingual } => ({
  unknown: { zh, en },
});

/** What follows from a figure, where it is known. */
export const from = <T, U>(one: Known<T>, of: (value: T) => U): Known<U> =>
  one.unknown ? one : known(of(one.value));

/** Known only where all are; else why the first is not. */
export function sumOf(parts: readonly Known<Amount>[]): Known<Amount> {
  let sum = amount("0");
  for (const part of parts) {
    if (part.unknown) return part;
    sum = sum.plus(part.value);
  }
  return known(sum);
}
