/** Where a function's rule stands, from the same objects the functions compute with. */
import {
  combinationEditionOn,
  combinationNamed,
  combinationOf,
  editionOn,
  MarginError,
  readNumber,
  readRight,
  sentence,
  type Bilingual,
  type Citation,
  type Combination,
  type Day,
  type RuleSet,
} from "../core";
import { exchanges } from "../exchanges";
import { dayOf } from "../functions/cell";
import { shortName } from "./families";
import { subjectOf, type Named } from "./subject";

export interface Source {
  readonly citation: Citation;
  /** First day in force; undefined where no notice dates it. */
  readonly from: Day | undefined;
}

/** The combination that a combination's own function is asked about; undefined while that is not told. */
function combinationIn(id: string, rules: RuleSet, values: Named): Combination | undefined {
  if (id.endsWith(".COMBOMARGIN")) return combinationNamed(rules, String(values["code"] ?? ""));
  const spread = id.endsWith(".SPREADMARGIN");
  const [one, other] = (spread ? ["longStrike", "shortStrike"] : ["callStrike", "putStrike"]).map(
    (name) => readNumber(values[name]),
  );
  const right = readRight(values["right"]);
  if (!one || !other || (spread && !right)) return undefined;
  return combinationOf(
    rules,
    spread ? [`long ${right ?? "call"}`, `short ${right ?? "call"}`] : ["short call", "short put"],
    one,
    other,
  );
}

/** Where it stands that a covered call locks its shares. */
function coveredSource({ combinations }: RuleSet): Source | undefined {
  const covered = combinations.find(({ forms }) =>
    forms.some(({ legs }) => legs[0] === "long shares"),
  );
  const edition = covered?.editions[0];
  return edition && { citation: edition.source, from: edition.from };
}

/** The source of a function's rule, a sentence where there is none for that day, or nothing to cite. */
export function sourceOf(id: string, values: Named): Source | Bilingual | undefined {
  try {
    const subject = subjectOf(id, values);
    if (!subject) return undefined;
    const { rules, product } = subject;
    if (rules.arrays) return { citation: rules.arrays, from: undefined };
    if (/\.LIMIT(UP|DOWN)$/.test(id)) {
      return rules.priceLimit && { citation: rules.priceLimit.source, from: undefined };
    }
    if (id.endsWith(".ADJUST")) {
      return rules.adjustment && { citation: rules.adjustment.source, from: undefined };
    }
    if (id.endsWith(".COVEREDSHARES")) return coveredSource(rules);
    if (/\.(SPREAD|STRADDLE|COMBO)MARGIN$/.test(id)) {
      const combination = combinationIn(id, rules, values);
      if (!combination) return undefined;
      const edition = combinationEditionOn(rules, combination, dayOf(values["on"]));
      return { citation: edition.source, from: edition.from };
    }
    const edition = editionOn(rules, dayOf(values["on"]), product);
    return { citation: edition.source, from: edition.from };
  } catch (error) {
    // A day without a rule is worth saying; an argument still being typed is not.
    if (!(error instanceof MarginError)) throw error;
    return error.code === "noRule" ? sentence(error) : undefined;
  }
}

/** An older formula lists no products: it is its exchange's, ZCE.LEGACY is ZCE's. */
const withProducts = (rules: RuleSet): RuleSet | undefined =>
  rules.products.length > 0
    ? rules
    : exchanges.find(({ exchange }) => rules.exchange.startsWith(`${exchange}.`));

/** The currency of a function's amounts, where its exchange has only one. */
export function currencyOf(id: string, values: Named): string | undefined {
  try {
    const subject = subjectOf(id, values);
    return subject && withProducts(subject.rules)?.products[0]?.currency;
  } catch {
    return undefined;
  }
}

/** One rule in force, for the list behind "rules as of". */
export interface RuleLine extends Source {
  readonly key: string;
  readonly name: Bilingual;
}

/**
 * The edition of each rule that is in force, product by product where editions differ by product.
 * @param on the day; today where left out
 */
export function currentRules(on: unknown = null): readonly RuleLine[] {
  const day = dayOf(on);
  return exchanges.flatMap((rules: RuleSet) => {
    const last = new Map(
      rules.editions
        .filter(({ from }) => from === undefined || from <= day)
        .map((edition) => [edition.products?.join(" ") ?? "", edition]),
    );
    return [...last].map(([products, edition]) => ({
      key: `${rules.exchange} ${products}`.trim(),
      name: shortName(rules),
      citation: edition.source,
      from: edition.from,
    }));
  });
}

/** The day from which every one of the rules was published or looked up: that of the oldest. */
export const rulesAsOf = (rules: readonly RuleLine[]): Day =>
  rules.map(({ citation }) => citation.asOf).sort()[0] ?? "";
