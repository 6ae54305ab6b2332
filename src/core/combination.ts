/** An exchange's combinations: which two options make one, and what a set takes by its rule on a day. */
import type { Day } from "./day";
import { MarginError } from "./errors";
import { amount, exact, type Amount } from "./number";
import type { RuleSet } from "./rule";
import type { Combination, CombinationEdition, CombinationTerm, Form, Leg } from "./strategy";

/** The edition of a combination in force on a day, or undefined on a day before its first. */
export const editionInForce = (
  { editions }: Combination,
  on: Day,
): CombinationEdition | undefined =>
  editions.filter(({ from }) => from === undefined || from <= on).at(-1);

/**
 * The edition of a combination on a day; the newest where the day does not matter.
 * @throws noRule on a day before the first.
 */
export function combinationEditionOn(
  { exchange }: RuleSet,
  combination: Combination,
  on?: Day,
): CombinationEdition {
  const found = on === undefined ? combination.editions.at(-1) : editionInForce(combination, on);
  if (found) return found;
  throw new MarginError("noRule", {
    argument: "on",
    value: on,
    detail: `${exchange} ${combination.name} ${combination.editions[0]?.from ?? ""}`,
  });
}

/** The combination that two option legs with these strikes make at an exchange. */
export const combinationOf = (
  { combinations }: RuleSet,
  [one, other]: readonly [Leg, Leg],
  firstStrike: Amount,
  secondStrike: Amount,
): Combination | undefined =>
  combinations.find(({ forms }) =>
    forms.some(
      (form) =>
        form.legs[0] === one &&
        form.legs[1] === other &&
        strikesFit(form, firstStrike, secondStrike),
    ),
  );

/** A combination by its code, in any case. */
export const combinationNamed = (
  { combinations }: RuleSet,
  code: string,
): Combination | undefined =>
  combinations.find(({ name, aliases = [] }) =>
    [name, ...aliases].includes(code.normalize("NFKC").trim().toUpperCase()),
  );

const missing = (argument: string, detail: string | undefined): MarginError =>
  new MarginError("missing", { argument, ...(detail && { detail }) });

/** The figures of an edition's parameters, the given ones in place of its own. @throws missing */
export function parametersOf(
  { parameters }: CombinationEdition,
  given: Readonly<Record<string, Amount | undefined>> = {},
  detail?: string,
): Record<string, Amount> {
  const used: Record<string, Amount> = {};
  for (const [name, figure] of Object.entries(parameters)) {
    const value = given[name] ?? (figure === undefined ? undefined : amount(figure));
    if (!value) throw missing(name, detail);
    used[name] = value;
  }
  return used;
}

type Terms = Readonly<Partial<Record<CombinationTerm, Amount | undefined>>>;

/** The margin of one set by figures at hand. @throws missing, naming the term that isn't there */
export function marginBy(
  { needs, margin }: CombinationEdition,
  terms: Terms,
  parameters: Record<string, Amount>,
): Amount {
  for (const term of needs) if (!terms[term]) throw missing(term, undefined);
  return margin(exact, terms as Record<CombinationTerm, Amount>, parameters);
}

/**
 * The margin of one set.
 * @throws missing, naming the term or parameter that isn't there.
 */
export const combinedMargin = (
  edition: CombinationEdition,
  terms: Terms,
  given: Readonly<Record<string, Amount | undefined>> = {},
): Amount => marginBy(edition, terms, parametersOf(edition, given));

/** Whether the strikes of two options lie as a form asks. */
export const strikesFit = ({ strike }: Form, first: Amount, second: Amount): boolean =>
  strike === undefined ||
  (strike === "below"
    ? first.lessThan(second)
    : strike === "above"
      ? first.greaterThan(second)
      : first.equals(second));
