/** The currencies statements print, by one code each: 人民币, CNY and RMB are the same account's. */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/^(CNY|RMB|人民币|元|¥|￥)$/i, "CNY"],
  [/^(HKD|港币|港元|HK\$)$/i, "HKD"],
  [/^(USD|美元|US\$)$/i, "USD"],
];

/** Undefined where none is printed; one that isn't known stands for itself. */
export function currencyCode(printed: string | undefined): string | undefined {
  const word = printed?.trim().toUpperCase() ?? "";
  if (word === "") return undefined;
  return CODES.find(([names]) => names.test(word))?.[1] ?? word;
}

const YUAN = "CNY";

/** One that isn't printed may be any: the account's only one, else the mainland's. */
export const currencyAmong = (
  printed: string | undefined,
  known: ReadonlySet<string>,
): string | undefined => currencyCode(printed) ?? (known.has(YUAN) ? YUAN : [...known][0]);

/** One that isn't printed may be any. */
export function sameCurrency(a: string | undefined, b: string | undefined): boolean {
  const [one, other] = [currencyCode(a), currencyCode(b)];
  return one === undefined || other === undefined || one === other;
}

/** The one currency that all of some print, where they print one. */
export function onlyCurrency(printed: readonly (string | undefined)[]): string | undefined {
  const [first, ...more] = printed.filter((one) => currencyCode(one) !== undefined);
  return more.every((one) => sameCurrency(first, one)) ? first : undefined;
}
