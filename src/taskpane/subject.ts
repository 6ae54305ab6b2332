/** Whose rules a call is about, read off the function's id and its arguments. */
import { findRules, readContract, type Contract, type RuleSet } from "../core";
import { everyExchange, exchanges } from "../exchanges";
import { dayOf } from "../functions/cell";
import { prefixOf } from "./families";

/** The values of a call by parameter name; what is left out is null or missing. */
export type Named = Readonly<Record<string, unknown>>;

export interface Subject {
  readonly rules: RuleSet;
  /** Where editions differ by product. */
  readonly product: string | undefined;
  readonly contract: Contract | undefined;
}

/** The rules an exchange's function is named after: ZCE.LEGACYMARGIN belongs to ZCE.LEGACY, not to ZCE. */
function namedAfter(id: string): RuleSet | undefined {
  return everyExchange
    .filter(({ exchange }) => prefixOf(`${exchange}.`) === prefixOf(id) && id.startsWith(exchange))
    .sort((a, b) => b.exchange.length - a.exchange.length)[0];
}

/** @throws MarginError for a contract code or a day that can't be read */
export function subjectOf(id: string, values: Named): Subject | undefined {
  const own = namedAfter(id);
  if (own) return { rules: own, product: undefined, contract: undefined };
  if (values["contract"] !== undefined && values["contract"] !== null) {
    const contract = readContract(values["contract"], exchanges, dayOf(values["on"]));
    return { rules: contract.rules, product: contract.product, contract };
  }
  const named = findRules(values["exchange"], exchanges);
  return named && { ...named, contract: undefined };
}
