/**
 * A broker's rule, found in what it charged: the terms that give most contracts to the fen, and the products that have
 * terms of their own. Nothing is fitted: a figure is given exactly or not at all.
 */
import { amount, type Amount, type Bilingual, type Day, type Pace } from "../core";
import { profileRate } from "./charge";
import { marginBy, type Charge } from "./figure";
import type { Held } from "./holding";
import type { Profile } from "./profile";
import {
  chargeBy,
  keyOf,
  rateTold,
  roundest,
  sameTerms,
  termsText,
  toFen,
  type BrokerTerms,
} from "./reconcile-terms";

/** A holding charged by itself, with every price, and the exchange's terms for it. */
export interface ChargedRow {
  readonly held: Held;
  readonly printed: Amount;
  readonly exchange: Charge;
}

/** Terms and the products they hold for. */
export interface RulePart {
  readonly terms: BrokerTerms;
  readonly products: readonly Product[];
  /** Contracts of those asked that they give to the fen. */
  readonly contracts: number;
}

export interface Product {
  readonly code: string;
  readonly name: Bilingual;
}

export interface BrokerRule {
  /** The terms most contracts go by; undefined where nothing tells them. */
  readonly main: RulePart | undefined;
  /** Products with terms of their own, each told by two contracts at least. */
  readonly others: readonly RulePart[];
  /** Two contracts tell it and no terms of the other style give as many. */
  readonly confirmed: boolean;
  /** Terms that fit as well, where it isn't confirmed. */
  readonly alternatives: readonly BrokerTerms[];
  /** By which terms a holding is charged; undefined where that isn't known. */
  readonly termsOf: (held: Held) => BrokerTerms | undefined;
}

/** More decimals than these would fit anything: 12.34 %, 1.2345 times; one contract alone tells a rounder figure. */
const MOST_DECIMALS = { rate: 4, markup: 4 } as const;
const ALONE_DECIMALS = { rate: 3, markup: 2 } as const;
/** Contracts of a product that are asked; all are checked against the rule afterwards. */
export const MOST_ASKED = 8;

/** Speculation and hedging may be charged apart. */
const useOf = ({ position: { hedge = "" } }: Held): string =>
  hedge.trim().startsWith("保") || hedge.trim().startsWith("套保") ? "hedge" : "";

/** Holdings that are asked together: of one product and use. */
export const groupOf = (held: Held): string =>
  `${held.productCode ?? held.underlying ?? held.position.contract} ${useOf(held)}`;

/** What its terms are told of: hedging apart from the rest of a product. */
export function productOf(held: Held): Product {
  const code = held.productCode ?? held.underlying ?? held.position.contract;
  const { zh, en } = held.product?.name ?? { zh: code, en: code };
  if (useOf(held) === "") return { code, name: { zh, en } };
  return { code, name: { zh: `${zh}（套保）`, en: `${en} (hedging)` } };
}

/** Each product once, and its hedging apart. */
export const distinct = (products: readonly Product[]): readonly Product[] => [
  ...new Map(products.map((one) => [`${one.code} ${one.name.en}`, one])).values(),
];

/** The figure by some terms equals the printed one. */
export function gives(terms: BrokerTerms, row: ChargedRow, on: Day): boolean {
  const charge = chargeBy(terms, row.exchange);
  if (!charge) return false;
  const margin = marginBy(row.held, charge, on);
  return margin !== undefined && toFen(margin).equals(row.printed);
}

/** The terms one row tells: none, one, or one of either style. */
export function termsTold(row: ChargedRow, on: Day, alone: boolean): BrokerTerms[] {
  const { held, printed, exchange } = row;
  const most = alone ? ALONE_DECIMALS : MOST_DECIMALS;
  const told = (): Amount | undefined => rateTold(held, printed, on);
  if (exchange.gap || !exchange.rate) {
    const rate = roundest(told(), most.rate, (one) => gives({ kind: "rate", rate: one }, row, on));
    return rate?.greaterThan(0) ? [{ kind: "rate", rate }] : [];
  }
  const margin = marginBy(held, exchange, on);
  if (margin && toFen(margin).equals(printed)) return [{ kind: "exchange" }];
  const found: BrokerTerms[] = [];
  // Without an addition it is the exchange's figure, which isn't the printed one.
  const added = roundest(
    told()?.minus(exchange.rate),
    most.rate,
    (one) => !one.isZero() && gives({ kind: "points", points: one }, row, on),
  );
  if (added?.greaterThan(0)) found.push({ kind: "points", points: added });
  // A future can't tell a multiple from a rate; an option's premium can.
  if ((alone || held.kind === "option") && margin?.greaterThan(0)) {
    const markup = roundest(printed.dividedBy(margin).minus(1), most.markup, (one) =>
      toFen(margin.times(one.plus(1))).equals(printed),
    );
    if (markup?.greaterThan(0) && markup.lessThan(10)) found.push({ kind: "multiple", markup });
  }
  return found;
}

/** A product's contracts that are asked, and what they tell. */
interface Asked {
  readonly product: Product;
  readonly rows: readonly ChargedRow[];
  readonly told: Map<string, BrokerTerms>;
  /** What each row tells by itself, which is what gives it. */
  readonly each: ReadonlyMap<ChargedRow, ReadonlySet<string>>;
}

/** Which of a product's contracts each terms give. */
type Given = ReadonlyMap<string, number>;

const decimalsOf = (terms: BrokerTerms): number => {
  switch (terms.kind) {
    case "exchange":
      return 0;
    case "points":
      return terms.points.decimalPlaces();
    case "multiple":
      return terms.markup.decimalPlaces();
    case "rate":
      return terms.rate.decimalPlaces();
  }
};

function profileTerms({ surcharge }: Profile): BrokerTerms | undefined {
  if (surcharge.kind === "points") return { kind: "points", points: amount(surcharge.points) };
  if (surcharge.kind === "multiple") return { kind: "multiple", markup: amount(surcharge.markup) };
  return undefined;
}

const ownTerms = (held: Held, profile: Profile, on: Day): BrokerTerms | undefined => {
  const rate = profileRate(profile, held, "broker", on);
  return rate && { kind: "rate", rate };
};

function* askedOf(
  rows: readonly ChargedRow[],
  on: Day,
  pace: Pace,
): Generator<void, ReadonlyMap<string, Asked>> {
  const groups = new Map<string, Map<string, ChargedRow>>();
  for (const row of rows) {
    const key = groupOf(row.held);
    const group = groups.get(key) ?? new Map<string, ChargedRow>();
    if (group.size === 0) groups.set(key, group);
    const { contract } = row.held.position;
    if (group.size < MOST_ASKED && !group.has(contract)) group.set(contract, row);
  }
  const asked = new Map<string, Asked>();
  for (const [key, group] of groups) {
    const members = [...group.values()];
    const [{ held }] = members as [ChargedRow];
    const told = new Map<string, BrokerTerms>();
    const each = new Map<ChargedRow, ReadonlySet<string>>();
    for (const row of members) {
      const terms = termsTold(row, on, rows.length === 1);
      for (const one of terms) told.set(keyOf(one), one);
      each.set(row, new Set(terms.map(keyOf)));
      if (pace.due(8)) yield;
    }
    asked.set(key, { product: productOf(held), rows: members, told, each });
  }
  return asked;
}

/** Terms by how many contracts they give, the rounder first of two. */
interface Ranked {
  readonly terms: BrokerTerms;
  readonly contracts: number;
}

const ranked = (given: Given, told: ReadonlyMap<string, BrokerTerms>): readonly Ranked[] =>
  [...given]
    .flatMap(([key, contracts]) => {
      const terms = told.get(key);
      return terms && contracts > 0 ? [{ terms, contracts }] : [];
    })
    .sort((a, b) => b.contracts - a.contracts || decimalsOf(a.terms) - decimalsOf(b.terms));

/** The rule a broker's rows tell, by exact agreement alone. */
export function* brokerRuleInSteps(
  rows: readonly ChargedRow[],
  profile: Profile,
  on: Day,
  pace: Pace,
): Generator<void, BrokerRule> {
  const asked = yield* askedOf(rows, on, pace);
  const fromProfile = profileTerms(profile);
  const told = new Map<string, BrokerTerms>();
  for (const one of asked.values()) {
    // A rate of its own says nothing of other products.
    for (const [key, terms] of one.told) if (terms.kind !== "rate") told.set(key, terms);
  }
  if (fromProfile) told.set(keyOf(fromProfile), fromProfile);
  const byProduct = new Map<Asked, Map<string, number>>();
  const inAll = new Map<string, number>();
  for (const one of asked.values()) {
    const given = new Map<string, number>();
    for (const [key, terms] of new Map([...told, ...one.told])) {
      const count = one.rows.filter(
        (row) => one.each.get(row)?.has(key) || gives(terms, row, on),
      ).length;
      given.set(key, count);
      if (told.has(key)) inAll.set(key, (inAll.get(key) ?? 0) + count);
      if (pace.due(one.rows.length)) yield;
    }
    byProduct.set(one, given);
  }
  const all = ranked(inAll, told);
  const [best] = all;
  const alternatives = best
    ? all.filter(
        ({ terms, contracts }) => contracts === best.contracts && !sameTerms(terms, best.terms),
      )
    : [];
  const rivals = alternatives.filter(({ terms }) => terms.kind !== best?.terms.kind);
  const confirmed = Boolean(best && best.contracts > 1 && rivals.length === 0);
  const settled = new Map<string, BrokerTerms>();
  const parts = new Map<string, { terms: BrokerTerms; products: Product[]; contracts: number }>();
  for (const [key, one] of asked) {
    const given = byProduct.get(one) as Given;
    const ofBest = best ? (given.get(keyOf(best.terms)) ?? 0) : 0;
    const [own] = ranked(given, new Map([...told, ...one.told]));
    // Of its own where that gives more, and two contracts at least say so.
    const taken =
      own && own.contracts > 1 && own.contracts > ofBest
        ? own
        : best && ofBest > 0
          ? { terms: best.terms, contracts: ofBest }
          : undefined;
    if (!taken || (!confirmed && taken.terms === best?.terms)) continue;
    settled.set(key, taken.terms);
    const part = parts.get(keyOf(taken.terms)) ?? {
      terms: taken.terms,
      products: [],
      contracts: 0,
    };
    part.contracts += taken.contracts;
    part.products.push(one.product);
    parts.set(keyOf(taken.terms), part);
  }
  const [main, ...others] = [...parts.values()].sort(
    // A product's own rate is no rule for the others.
    (a, b) =>
      Number(a.terms.kind === "rate") - Number(b.terms.kind === "rate") ||
      b.contracts - a.contracts,
  );
  const fallback = (confirmed && best ? best.terms : undefined) ?? fromProfile;
  return {
    main,
    others,
    confirmed: confirmed || Boolean(main),
    alternatives: confirmed ? [] : all.slice(0, 2).map(({ terms }) => terms),
    termsOf: (held) => settled.get(groupOf(held)) ?? ownTerms(held, profile, on) ?? fallback,
  };
}

const named = (products: readonly Product[], language: keyof Bilingual): string =>
  distinct(products)
    .map(({ name }) => name[language])
    .join(language === "zh" ? "、" : ", ");

/** The rule in a sentence: "broker adds 3 points to the exchange's margin rate on all products but IO …". */
export function ruleSentence(rule: BrokerRule): Bilingual {
  const { main, others, confirmed, alternatives } = rule;
  if (!main || !confirmed) {
    const either = alternatives.map(termsText);
    if (either.length === 0) {
      return {
        zh: "公司的收法看不出来：没有可核对的行，或没有一种收法正好得出。",
        en: "The broker's rule can't be told: no row can be checked, or no terms give any to the fen.",
      };
    }
    return {
      zh: `公司可能${either.map(({ zh }) => zh).join("，也可能")}：行数太少，未确认。`,
      en: `Perhaps the broker ${either.map(({ en }) => en).join(", or ")}: too few rows to confirm it.`,
    };
  }
  // A product's own rate is no rule for the others.
  if (main.terms.kind === "rate") {
    const each = [main, ...others].map(({ terms, products }) => ({
      zh: `${named(products, "zh")}${termsText(terms).zh}`,
      en: `${termsText(terms).en} on ${named(products, "en")}`,
    }));
    return {
      zh: `公司对${each.map(({ zh }) => zh).join("；")}。`,
      en: `The broker ${each.map(({ en }) => en).join("; ")}.`,
    };
  }
  if (others.length === 0) {
    return {
      zh: `公司${termsText(main.terms).zh}。`,
      en: `The broker ${termsText(main.terms).en}.`,
    };
  }
  const exceptions = named(
    others.flatMap(({ products }) => products),
    "zh",
  );
  const own = others.map(({ terms, products }) => ({
    zh: `${named(products, "zh")}${termsText(terms).zh}`,
    en: `on ${named(products, "en")} it ${termsText(terms).en}`,
  }));
  const but = named(
    others.flatMap(({ products }) => products),
    "en",
  );
  return {
    zh: `公司${termsText(main.terms).zh}，${exceptions}除外：${own.map(({ zh }) => zh).join("；")}。`,
    en: `The broker ${termsText(main.terms).en} on all products but ${but}: ${own.map(({ en }) => en).join("; ")}.`,
  };
}
