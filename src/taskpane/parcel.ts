/**
 * What was read, as it passes between the worker and the page: exact numbers as their digits, and the
 * rules, which both sides hold, by their place among the exchanges.
 */
import { amount, digits, isAmount } from "../core";
import { exchanges } from "../exchanges";
import { fingerprint } from "../statements";

const KNOWN: readonly object[] = exchanges.flatMap((rules) => [
  rules,
  ...rules.editions,
  ...rules.products,
]);
const PLACE: ReadonlyMap<object, number> = new Map(KNOWN.map((one, place) => [one, place]));

/** A mark of rules by their places: another one where a rule was added, or stands elsewhere. */
export const rulesHeld = (all: typeof exchanges): string =>
  fingerprint(
    all.map(({ exchange, editions, products }) =>
      [exchange, ...editions.map(({ from }) => from), ...products.map(({ code }) => code)].join(
        " ",
      ),
    ),
  );

/** The same on both sides where a rule's place means the same rule there. */
export const RULES_HELD = rulesHeld(exchanges);

/** Names no statement's own fields go by. */
const NUMBER = "#number";
const RULES = "#rules";

export function packed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isAmount(value)) return { [NUMBER]: digits(value) };
  const place = PLACE.get(value);
  if (place !== undefined) return { [RULES]: place };
  if (Array.isArray(value)) return value.map(packed);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, packed(field)]));
}

export function unpacked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unpacked);
  const fields = value as Readonly<Record<string, unknown>>;
  if (NUMBER in fields) return amount(String(fields[NUMBER]));
  if (RULES in fields) return KNOWN[Number(fields[RULES])];
  const whole: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) whole[name] = unpacked(fields[name]);
  return whole;
}
