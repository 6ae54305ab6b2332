/** A broker's rule, said in a sentence: what holds for the whole account, for some products, or perhaps. */
import type { Bilingual } from "../core";
import { distinct, type BrokerRule, type Product, type RulePart } from "./reconcile-rule";
import { termsText, type BrokerTerms } from "./reconcile-terms";

/** The names of products, with their codes where others are called the same: two exchanges list options on ETFs of one name. */
export function namesOf(
  products: readonly Product[],
  language: keyof Bilingual,
  among: readonly Product[] = products,
): string {
  const [comma, open, close] = language === "zh" ? ["、", "（", "）"] : [", ", " (", ")"];
  return distinct(products)
    .map(({ code, name }) => {
      const isAlone = among.every((one) => one.code === code || one.name.zh !== name.zh);
      return isAlone ? name[language] : `${name[language]}${open}${code}${close}`;
    })
    .join(comma);
}

/** As a sentence names the products of a rule. */
type Naming = (products: readonly Product[], language: keyof Bilingual) => string;

/** "adds 2 points …, or charges 1.2 times …". */
const eitherOf = (alternatives: readonly BrokerTerms[]): Bilingual => ({
  zh: alternatives.map((terms) => `可能${termsText(terms).zh}`).join("，也"),
  en: alternatives.map((terms) => termsText(terms).en).join(", or "),
});

/** The rule and the products that don't go by it; where the account as a whole tells none, product by product. */
function mainClause(
  main: RulePart,
  others: readonly RulePart[],
  open: BrokerRule["open"],
  isOfAll: boolean,
  named: Naming,
): Bilingual {
  const { zh, en } = termsText(main.terms);
  const own = [
    ...(isOfAll ? others : [main, ...others]).map(({ terms, products }) => {
      const text = termsText(terms);
      return {
        zh: `${named(products, "zh")}${text.zh}`,
        en: `on ${named(products, "en")} it ${text.en}`,
      };
    }),
    ...open.map(({ alternatives, products }) => {
      const either = eitherOf(alternatives);
      return {
        zh: `${named(products, "zh")}${either.zh}，看不出是哪一种`,
        en: `on ${named(products, "en")} it ${either.en}, which can't be told apart`,
      };
    }),
  ];
  if (!isOfAll) {
    return {
      zh: `公司的收法只能按品种看：${own.map((one) => one.zh).join("；")}`,
      en: `The broker's terms can be told product by product only: ${own.map((one) => one.en).join("; ")}`,
    };
  }
  if (own.length === 0) return { zh: `公司${zh}`, en: `The broker ${en}` };
  const exceptions = [...others, ...open].flatMap(({ products }) => products);
  return {
    zh: `公司${zh}，${named(exceptions, "zh")}除外：${own.map((one) => one.zh).join("；")}`,
    en: `The broker ${en} on all products but ${named(exceptions, "en")}: ${own.map((one) => one.en).join("; ")}`,
  };
}

/** What may be the rule; undefined where nothing tells it. */
function perhapsClause(
  { open, alternatives, contracts }: BrokerRule,
  named: Naming,
): Bilingual | undefined {
  const [only, ...more] = open;
  if (only && more.length === 0) {
    const { zh, en } = eitherOf(only.alternatives);
    return {
      zh: `公司${zh}：得出的合约一样多，看不出是哪一种`,
      en: `Perhaps the broker ${en}: as many contracts go by each, so the statement can't tell which`,
    };
  }
  if (only) {
    const each = open.map(({ alternatives: among, products }) => {
      const { zh, en } = eitherOf(among);
      return { zh: `${named(products, "zh")}${zh}`, en: `on ${named(products, "en")} it ${en}` };
    });
    return {
      zh: `公司的收法看不出是哪一种：${each.map(({ zh }) => zh).join("；")}`,
      en: `Which way the broker charges can't be told: ${each.map(({ en }) => en).join("; ")}`,
    };
  }
  if (alternatives.length === 0) return undefined;
  const { zh, en } = eitherOf(alternatives);
  const [because, as] =
    contracts === 1
      ? ["只有一个合约正好", "only one contract fits, which confirms nothing"]
      : ["行数太少", "too few rows to confirm it"];
  return { zh: `公司${zh}：${because}，未确认`, en: `Perhaps the broker ${en}: ${as}` };
}

/** Products of which a rate is told and no more: what is added to the exchange's isn't known. */
function ratesClause(rates: readonly RulePart[], isFirst: boolean, named: Naming): Bilingual {
  const all = rates.map(({ terms, products }) => {
    const { zh, en } = termsText(terms);
    return { zh: `${named(products, "zh")}${zh}`, en: `${en} on ${named(products, "en")}` };
  });
  return {
    zh: `${all.map(({ zh }) => zh).join("，")}，交易所的率不知道，看不出加收`,
    en: `${isFirst ? "The broker" : "it"} ${all.map(({ en }) => en).join(", ")}, where the exchange's rate isn't known and what is added can't be told`,
  };
}

/** Products whose terms the profile tells, not the statement. */
const profileClause = (
  products: readonly Product[],
  isFirst: boolean,
  named: Naming,
): Bilingual => ({
  zh: `${named(products, "zh")}按公司参数核对`,
  en: `${isFirst ? "Rows" : "rows"} of ${named(products, "en")} are checked by the broker profile`,
});

/** The rule in a sentence: "broker adds 3 points to the exchange's margin rate on all products but IO …". */
export function ruleSentence(rule: BrokerRule): Bilingual {
  const { main, others, open, byProfile, confirmed, isOfAll } = rule;
  const all = [...(main ? [main] : []), ...others, ...open].flatMap(({ products }) => products);
  const named: Naming = (products, language) => namesOf(products, language, [...all, ...byProfile]);
  const parts = main && confirmed ? [main, ...others] : [];
  const rates = parts.filter(({ terms }) => terms.kind === "rate");
  const [first, ...own] = parts.filter(({ terms }) => terms.kind !== "rate");
  const head = first ? mainClause(first, own, open, isOfAll, named) : perhapsClause(rule, named);
  const clauses = [
    ...(head ? [head] : []),
    ...(rates.length > 0 ? [ratesClause(rates, !head, named)] : []),
    ...(byProfile.length > 0 ? [profileClause(byProfile, !head && rates.length === 0, named)] : []),
  ];
  if (clauses.length === 0) {
    return {
      zh: "公司的收法看不出来：没有可核对的行，或没有一种收法正好得出。",
      en: "The broker's rule can't be told: no row can be checked, or no terms give any to the fen.",
    };
  }
  return {
    zh: `${clauses.map(({ zh }) => zh).join("；")}。`,
    en: `${clauses.map(({ en }) => en).join("; ")}.`,
  };
}
