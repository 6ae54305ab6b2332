/** The families of functions; an exchange's name comes from its rules, so a new one needs nothing here. */
import type { Bilingual, RuleSet } from "../core";
import type { Catalog, FunctionEntry } from "./catalog";

export interface Family {
  /** What its ids begin with; the account's functions have no prefix. */
  readonly prefix: string;
  readonly name: Bilingual;
  readonly functions: readonly FunctionEntry[];
}

const ACCOUNT = "";

const OWN: Readonly<Record<string, Bilingual>> = {
  MARGIN: { zh: "按合约代码、整表", en: "Any contract, whole tables" },
  OPTION: { zh: "期权通用", en: "Any option" },
  [ACCOUNT]: { zh: "账户", en: "The account" },
};

const HAN_ONLY = /^\p{Script=Han}+$/u;

/** The name traders use, 上交所, where the rules list one. */
export const shortName = ({ name, aliases }: RuleSet): Bilingual => ({
  zh: aliases.find((alias) => HAN_ONLY.test(alias)) ?? name.zh,
  en: name.en,
});

export const prefixOf = (id: string): string => (id.includes(".") ? (id.split(".")[0] ?? "") : "");

function nameOf(prefix: string, exchanges: readonly RuleSet[]): Bilingual {
  const rules = exchanges.find(({ exchange }) => exchange === prefix);
  return rules ? shortName(rules) : (OWN[prefix] ?? { zh: "", en: "" });
}

/** Families in the order in which their first function is listed. */
export function familiesOf(catalog: Catalog, exchanges: readonly RuleSet[]): readonly Family[] {
  const byPrefix = new Map<string, FunctionEntry[]>();
  for (const entry of catalog) {
    const prefix = prefixOf(entry.id);
    const family = byPrefix.get(prefix);
    if (family) family.push(entry);
    else byPrefix.set(prefix, [entry]);
  }
  return [...byPrefix].map(([prefix, functions]) => ({
    prefix,
    name: nameOf(prefix, exchanges),
    functions,
  }));
}
