/** In which form of an exchange's combinations two legs can be held together on a day. */
import { likelyTradingDayFrom } from "./calendar";
import { editionInForce, strikesFit } from "./combination";
import type { Day } from "./day";
import { expiryRank, type Joining } from "./holding";
import type { RuleSet } from "./rule";
import type { Combination, CombinationEdition, Form } from "./strategy";

/** Whether two legs of one product make a form: month, expiry, unit and strikes. */
export function fits(form: Form, first: Joining, second: Joining): boolean {
  const inTime = form.sooner ? expiryRank(first) < expiryRank(second) : sameMonth(first, second);
  if (!inTime || !first.unit.equals(second.unit)) return false;
  return !first.strike || !second.strike || strikesFit(form, first.strike, second.strike);
}

/** Shares go with every month; a future with the options on it, whichever series; options with their own expiry. */
const sameMonth = (first: Joining, second: Joining): boolean =>
  !first.month ||
  !second.month ||
  (first.month === second.month &&
    (!first.strike || !second.strike || first.series === second.series));

/** Whether the exchange has taken a leg's sets apart by the day; where its expiry is not known, it may have. */
export function dissolved(
  { dissolves }: Combination,
  { expiry, rules }: Joining,
  on: Day,
): boolean {
  if (!dissolves) return false;
  return !expiry || on > likelyTradingDayFrom(expiry, -dissolves.tradingDaysBefore, rules.calendar);
}

/** A form an exchange knows, and the rule in force on the day. */
export interface Known {
  readonly form: Form;
  readonly combination: Combination;
  readonly edition: CombinationEdition;
}

/** An exchange's forms in force on a day. */
export const formsOn = ({ combinations }: RuleSet, on: Day): readonly Known[] =>
  combinations.flatMap((combination) => {
    const edition = editionInForce(combination, on);
    return edition ? combination.forms.map((form) => ({ form, combination, edition })) : [];
  });

/** Whether every parameter of an edition has a figure. */
export const answerable = ({ edition }: Known): boolean =>
  Object.values(edition.parameters).every((figure) => figure !== undefined);

/** Why two rows make no set: no form fits, or the exchange has taken the set apart by the day. */
export type NoSet = "setForm" | "setDissolved";

/** The first form that two legs fit, and whether the second of them is its first leg; or why they fit none. */
export function formOfTwo(
  a: Joining,
  b: Joining,
  on: Day,
): { readonly known: Known; readonly isTurned: boolean } | NoSet {
  const { rules, product } = a;
  if (rules !== b.rules || product !== b.product) return "setForm";
  let none: NoSet = "setForm";
  for (const combination of rules.combinations) {
    for (const form of combination.forms) {
      for (const isTurned of [false, true]) {
        const [first, second] = isTurned ? [b, a] : [a, b];
        const [one, other] = form.legs;
        if (first.leg !== one || second.leg !== other) continue;
        if (!fits(form, first, second)) continue;
        const edition = editionInForce(combination, on);
        if (!edition) continue;
        none = "setDissolved";
        if (dissolved(combination, a, on) || dissolved(combination, b, on)) continue;
        return { known: { form, combination, edition }, isTurned };
      }
    }
  }
  return none;
}
