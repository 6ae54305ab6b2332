/** What rates are kept by: a product as its exchange writes it, or one future. */
import { exchanges } from "../exchanges";

const products = exchanges.flatMap((rules) => rules.products.map(({ code }) => code));

const FUTURE = /^([A-Za-z]{1,2})(\d{3,4})$/;

/** The one of these that is written so, whatever the case. */
function written(codes: readonly string[], text: string): string | undefined {
  if (codes.includes(text)) return text;
  const alike = new Set(codes.filter((code) => code.toUpperCase() === text.toUpperCase()));
  return alike.size === 1 ? [...alike][0] : undefined;
}

/**
 * The code that rates of a product or a future are looked up by, from what was typed; undefined for none.
 * @param known codes of the book and of the profile, beside the products there are
 */
export function ratesCode(text: string, known: readonly string[]): string | undefined {
  const typed = text.normalize("NFKC").trim();
  const found = written([...known, ...products], typed);
  if (found !== undefined) return found;
  const [, letters, month] = FUTURE.exec(typed) ?? [];
  const product = letters === undefined ? undefined : written(products, letters);
  return product === undefined ? undefined : `${product}${month}`;
}
