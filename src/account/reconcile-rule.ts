/**
 * A broker's rule, found in what it charged: the terms that give most contracts to the fen, and the products that have
 * terms of their own. Nothing is fitted: a figure is given exactly or not at all.
 */
import { amount, type Amount, type Bilingual, type Day, type Pace } from "../core";
import { otherRates, profileRate } from "./charge";
import { marginBy, type Charge } from "./figure";
import type { Held } from "./holding";
import type { Profile } from "./profile";
import type { Asked, Asking } from "./reconcile-asking";
import {
  chargeBy,
  given,
  keyOf,
  rateTold,
  roundest,
  sameTerms,
  toFen,
  type BrokerTerms,
} from "./reconcile-terms";

/** A holding charged by itself, with every price, and the exchange's terms for it. */
export interface ChargedRow {
  readonly held: Held;
  readonly printed: Amount;
  readonly exchange: Charge;
  /** Of a future's two sides under one printed margin: the larger alone, which may be what was charged. */
  readonly larger?: Held;
}

/** Terms and the products they hold for. */
export interface RulePart {
  readonly terms: BrokerTerms;
  readonly products: readonly Product[];
  /** Contracts of those asked that they give to the fen. */
  readonly contracts: number;
}

/** Products whose contracts fit as many by terms of either style: the statement can't tell by which they go. */
export interface OpenPart {
  readonly alternatives: readonly BrokerTerms[];
  readonly products: readonly Product[];
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
  /** Products whose style is left open. */
  readonly open: readonly OpenPart[];
  /** Products that go by the profile, as the statement doesn't tell by what. */
  readonly byProfile: readonly Product[];
  /** Two contracts tell it and no terms of the other style give as many. */
  readonly confirmed: boolean;
  /** Whether `main` is what the account as a whole goes by, not some products alone. */
  readonly isOfAll: boolean;
  /** Terms that fit as well, where it isn't confirmed. */
  readonly alternatives: readonly BrokerTerms[];
  /** Contracts of those asked that such terms give, at the most. */
  readonly contracts: number;
  /** By which terms a holding is charged; undefined where that isn't known. */
  readonly termsOf: (held: Held) => BrokerTerms | undefined;
  /** Whether the statement tells these, or the profile a rate of its product's own; not the profile's addition alone. */
  readonly isTold: (held: Held) => boolean;
  /** The terms among which a holding's style is left open, those of termsOf first; none where it isn't. */
  readonly openOf: (held: Held) => readonly BrokerTerms[];
  /** Terms of a product's own that give what its rule gives on another day's rate: as good a cause as that. */
  readonly besideOf: (held: Held) => readonly BrokerTerms[];
}

const NONE: readonly BrokerTerms[] = [];

/** More decimals than these would fit anything: 12.34 %, 1.2345 times; one contract alone tells a rounder figure. */
const MOST_DECIMALS = { rate: 4, markup: 4 } as const;
const ALONE_DECIMALS = { rate: 3, markup: 2 } as const;

/** Speculation and hedging may be charged apart. */
export const useOf = ({ position: { hedge = "" } }: Held): string =>
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

export const keyOfProduct = ({ code, name }: Product): string => `${code} ${name.en}`;

/** Each product once, and its hedging apart. */
export const distinct = (products: readonly Product[]): readonly Product[] => [
  ...new Map(products.map((one) => [keyOfProduct(one), one])).values(),
];

/** The figure by some terms equals the printed one. */
export function gives(terms: BrokerTerms, row: ChargedRow, on: Day): boolean {
  const charge = chargeBy(terms, row.exchange);
  if (!charge) return false;
  const isGiven = (held: Held): boolean => {
    const margin = marginBy(held, charge, on);
    return margin !== undefined && toFen(margin).equals(row.printed);
  };
  return isGiven(row.held) || (row.larger !== undefined && isGiven(row.larger));
}

/** The terms one row tells: none, one, or one of either style; of two sides together also what the larger tells. */
export function termsTold(row: ChargedRow, on: Day, alone: boolean): BrokerTerms[] {
  const { larger: held, printed, exchange } = row;
  if (!held) return toldBy(row, on, alone);
  return [
    ...toldBy({ held: row.held, printed, exchange }, on, alone),
    ...toldBy({ held, printed, exchange }, on, alone),
  ];
}

function toldBy(row: ChargedRow, on: Day, alone: boolean): BrokerTerms[] {
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
  // A future alone can't tell a multiple from a rate, as an option's premium does; futures of two rates can.
  if (margin?.greaterThan(0)) {
    const markup = roundest(printed.dividedBy(margin).minus(1), most.markup, (one) =>
      toFen(margin.times(one.plus(1))).equals(printed),
    );
    if (markup?.greaterThan(0) && markup.lessThan(10)) found.push({ kind: "multiple", markup });
  }
  return found;
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

/** Other terms that give as many contracts as the best. */
const rivalsOf = (best: Ranked | undefined, all: readonly Ranked[]): readonly Ranked[] =>
  all.filter(
    ({ terms, contracts }) => contracts === best?.contracts && !sameTerms(terms, best.terms),
  );

/** What one product goes by: terms, or several among which it is open. */
interface Taken {
  readonly terms: readonly [BrokerTerms, ...BrokerTerms[]];
  readonly contracts: number;
}

/**
 * The terms that give most of its contracts; of those that give as many, what gives most of the whole account. Fewer than
 * two contracts go by the account's rule alone.
 */
function takenBy(
  own: readonly Ranked[],
  rule: BrokerTerms | undefined,
  inAll: Given,
): Taken | undefined {
  const most = own[0]?.contracts ?? 0;
  const top = own.filter(({ contracts }) => contracts === most);
  if (most < 2) {
    return rule && top.some(({ terms }) => sameTerms(terms, rule))
      ? { terms: [rule], contracts: most }
      : undefined;
  }
  const inWhole = top
    .map(({ terms }) => ({ terms, contracts: inAll.get(keyOf(terms)) ?? 0 }))
    .sort((a, b) => b.contracts - a.contracts);
  const [first] = inWhole as [Ranked];
  const rivals = rivalsOf(first, inWhole).map(({ terms }) => terms);
  return { terms: [first.terms, ...rivals], contracts: most };
}

/** Whether the account's rule on the rate of another day gives what a product's own terms give. */
function isByDay(
  rule: BrokerTerms,
  { terms: [own, ...more] }: Taken,
  rows: readonly ChargedRow[],
  profile: Profile,
  on: Day,
): boolean {
  const [first] = rows;
  if (!first || more.length > 0 || rule.kind === "rate" || sameTerms(own, rule)) return false;
  const theirs = rows.filter((row) => gives(own, row, on));
  return otherRates(profile, first.held, "exchange", on).some(({ rate }) =>
    theirs.every((row) => gives(rule, { ...row, exchange: given(rate) }, on)),
  );
}

/** Whether no more products tell other terms alone than have a contract that goes by these. */
function holdsForMost(
  terms: BrokerTerms,
  byProduct: ReadonlyMap<Asked, ReadonlyMap<string, number>>,
): boolean {
  let [by, against] = [0, 0];
  for (const [{ told }, given] of byProduct) {
    if ((given.get(keyOf(terms)) ?? 0) > 0) by += 1;
    // A rate alone, where the exchange's isn't known, says nothing of what is added.
    else if ([...told.values()].some(({ kind }) => kind !== "rate")) against += 1;
  }
  return by >= against;
}

/** The rule a broker's rows tell, by exact agreement alone. */
export function* brokerRuleInSteps(
  asking: Asking,
  profile: Profile,
  on: Day,
  pace: Pace,
): Generator<void, BrokerRule> {
  const asked = asking.products();
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
    const { rows } = one;
    for (const [key, terms] of new Map([...told, ...one.told])) {
      const count = rows.filter(
        (row) => one.each.get(row)?.has(key) || gives(terms, row, on),
      ).length;
      given.set(key, count);
      if (told.has(key)) inAll.set(key, (inAll.get(key) ?? 0) + count);
      if (pace.due(rows.length)) yield;
    }
    byProduct.set(one, given);
  }
  const all = ranked(inAll, told);
  const [best] = all;
  const rivals = rivalsOf(best, all);
  const confirmed = Boolean(best && best.contracts > 1 && rivals.length === 0);
  const rule = confirmed && best && holdsForMost(best.terms, byProduct) ? best.terms : undefined;
  const byGroup = new Map<string, Taken["terms"]>();
  const parts = new Map<
    string,
    { terms: Taken["terms"]; products: Product[]; contracts: number }
  >();
  const beside = new Map<string, Taken["terms"]>();
  const byProfile: Product[] = [];
  const ownOf = (held: Held): BrokerTerms | undefined => ownTerms(held, profile, on);
  for (const [key, one] of asked) {
    const own = ranked(byProduct.get(one) as Given, new Map([...told, ...one.told]));
    const [{ held }] = one.rows as [ChargedRow];
    const taken = takenBy(own, rule, inAll);
    if (!taken) {
      const byAddition =
        !rule && fromProfile && one.rows.some(({ exchange }) => chargeBy(fromProfile, exchange));
      if (ownOf(held) ?? byAddition) byProfile.push(productOf(held));
      continue;
    }
    const { terms, contracts } = taken;
    if (rule && !ownOf(held) && isByDay(rule, taken, one.rows, profile, on)) {
      beside.set(key, terms);
      continue;
    }
    // What the statement leaves open the profile may know.
    const known = terms.find((among) => fromProfile && sameTerms(among, fromProfile));
    byGroup.set(key, known ? [known] : terms);
    if (terms.length > 1 && (known ?? ownOf(held))) byProfile.push(productOf(held));
    const partKey = terms.map(keyOf).join();
    const part = parts.get(partKey) ?? { terms, products: [], contracts: 0 };
    part.contracts += contracts;
    part.products.push(productOf(held));
    parts.set(partKey, part);
  }
  const [main, ...others] = [...parts.values()]
    .flatMap(({ terms: [terms, ...more], products, contracts }) =>
      more.length > 0 ? [] : [{ terms, products, contracts }],
    )
    // A product's own rate is no rule for the others.
    .sort(
      (a, b) =>
        Number(a.terms.kind === "rate") - Number(b.terms.kind === "rate") ||
        b.contracts - a.contracts,
    );
  const open = [...parts.values()].flatMap(({ terms: alternatives, products, contracts }) =>
    alternatives.length > 1 ? [{ alternatives, products, contracts }] : [],
  );
  const openOf = (held: Held): readonly BrokerTerms[] => {
    const among = byGroup.get(groupOf(held)) ?? NONE;
    return among.length > 1 && !ownOf(held) ? among : NONE;
  };
  const settled = (held: Held): BrokerTerms | undefined => {
    const [terms, ...more] = byGroup.get(groupOf(held)) ?? NONE;
    return more.length > 0 ? (ownOf(held) ?? terms) : terms;
  };
  const fallback = rule ?? fromProfile;
  const either = best && best.contracts > 1 ? [best, ...rivals] : all.slice(0, 2);
  return {
    main,
    others,
    open,
    byProfile,
    confirmed: confirmed || Boolean(main),
    isOfAll: Boolean(rule && main && sameTerms(main.terms, rule)),
    alternatives: confirmed ? [] : either.map(({ terms }) => terms),
    contracts: best?.contracts ?? 0,
    termsOf: (held) => settled(held) ?? ownOf(held) ?? fallback,
    isTold: (held) => (settled(held) ?? ownOf(held) ?? rule) !== undefined,
    openOf,
    besideOf: (held) => beside.get(groupOf(held)) ?? NONE,
  };
}
