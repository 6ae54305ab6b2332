/** The Hong Kong part of what is looked at, worked out once for what it follows from. */
import { hongKongBook, NO_HONG_KONG_TERMS, type HongKongBook, type Profile } from "../account";
import { readNumber, type Amount, type Day } from "../core";
import type { Entry } from "./desk-entries";
import type { ParameterFile } from "./desk-parameters";
import { NO_HONG_KONG_TYPED, type Typed } from "./desk-state";

type Wish = readonly [Entry, Typed, Profile, readonly ParameterFile[], Day];

let last: { readonly wish: Wish; readonly book: HongKongBook | undefined } | undefined;

const pricesOf = (typed: Readonly<Record<string, string>>): Record<string, Amount> =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([key, text]) => {
      const price = readNumber(text);
      return price?.greaterThan(0) ? [[key, price]] : [];
    }),
  );

export function hongKongFor(...wish: Wish): HongKongBook | undefined {
  if (last?.wish.every((one, at) => one === wish[at])) return last.book;
  const [entry, typed, profile, files, today] = wish;
  const { equity, futures } = typed.hongKong ?? NO_HONG_KONG_TYPED;
  const book = hongKongBook({
    statement: entry.statement,
    account: entry.account,
    files: files.flatMap(({ file }) => file.parameters ?? []),
    terms: profile.hongKong ?? NO_HONG_KONG_TERMS,
    prices: pricesOf(futures),
    equity: readNumber(equity),
    today,
  });
  last = { wish, book };
  return book;
}
