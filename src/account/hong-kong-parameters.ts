/** The parameters a Hong Kong book is margined by: those of files, and where they have none, the user's own. */
import {
  amount,
  HKEX_PROFILE,
  numberFromDay,
  parametersFrom,
  readDay,
  readNumber,
  typedParameters,
  type Bilingual,
  type CombinedCommodity,
  type Day,
  type RiskBookTerms,
  type RiskParameters,
  type TypedParameters,
} from "../core";
import { hkex, JOINS } from "../exchanges/hkex";
import { tried } from "./figure";
import type { HongKongProduct, HongKongTerms } from "./hong-kong-terms";
import { own } from "./price";

/** Everything there is to margin by, and what is to be said of it. */
export interface HongKongParameters {
  readonly merged: RiskParameters;
  /** Typed ones, for contracts that no file has an array of. */
  readonly typed: readonly TypedParameters[];
  /** Of which file a product's arrays are. */
  readonly files: readonly RiskParameters[];
  /** Why a product's typed figures can't be taken, by product. */
  readonly refused: Readonly<Record<string, Bilingual>>;
}

export const hongKongTerms = (on: Day): RiskBookTerms => ({
  rules: hkex,
  joins: JOINS,
  profile: HKEX_PROFILE,
  on,
  dayOfCell: (cell) => (typeof cell === "string" ? readDay(cell) : undefined),
});

/** The commodity a product is margined in: a mini joins the large contract's. */
export const joinedTo = (product: string): string => own(JOINS, product) ?? product;

const RUNS = ["early", "intraday", "settlement"] as const;

/** The latest day first, and of a day its final run. */
const newestFirst = (a: RiskParameters, b: RiskParameters): number =>
  a.on === b.on
    ? RUNS.indexOf(b.run ?? "settlement") - RUNS.indexOf(a.run ?? "settlement")
    : a.on < b.on
      ? 1
      : -1;

const ratioOf = (
  { code, products }: CombinedCommodity,
  { products: given }: HongKongTerms,
): string | undefined =>
  [code, ...products.map((product) => product.code)]
    .map((name) => own(given, name)?.clientRatio)
    .find((ratio) => ratio !== undefined);

function withRatio(commodity: CombinedCommodity, terms: HongKongTerms): CombinedCommodity {
  const ratio = readNumber(ratioOf(commodity, terms) ?? "");
  return ratio?.greaterThan(0) ? { ...commodity, clientRatio: ratio } : commodity;
}

/** Whether enough is typed to make arrays from. */
const isTyped = ({ psr }: HongKongProduct): boolean => psr !== undefined;

function typedOf(terms: HongKongTerms, on: Day): Pick<HongKongParameters, "typed" | "refused"> {
  const typed: TypedParameters[] = [];
  const refused: Record<string, Bilingual> = {};
  for (const [product, given] of Object.entries(terms.products)) {
    if (!isTyped(given)) continue;
    const read = tried(() => typedParameters({ product, ...given }, hongKongTerms(on)));
    if ("value" in read) typed.push(read.value);
    else refused[product] = read.refused;
  }
  return { typed, refused };
}

/** Days a parameter file may be older, or newer, than the holdings before it proves nothing of them. */
const FRESH = 7;

export const isStale = ({ on }: RiskParameters, day: Day): boolean =>
  Math.abs(numberFromDay(on) - numberFromDay(day)) > FRESH;

/** Files by commodity, each from the newest that has it; then what is typed. */
export function hongKongParameters(
  files: readonly RiskParameters[],
  terms: HongKongTerms,
  on: Day,
): HongKongParameters {
  const { typed, refused } = typedOf(terms, on);
  const byHand = parametersFrom(typed, [], hongKongTerms(on));
  const sorted = [...files].sort(newestFirst);
  const commodities: CombinedCommodity[] = [];
  const taken = new Map<string, RiskParameters>();
  for (const file of [...sorted, byHand]) {
    for (const commodity of file.commodities) {
      if (taken.has(commodity.code)) continue;
      taken.set(commodity.code, file);
      commodities.push(withRatio(commodity, terms));
    }
  }
  const first = sorted[0] ?? byHand;
  const sources = new Set(taken.values());
  const used = sorted.filter((file) => sources.has(file));
  const of = (code: string, file: RiskParameters): boolean => taken.get(code) === file;
  return {
    merged: {
      ...first,
      scenarios: first.scenarios,
      commodities,
      interSpreads: sorted.flatMap((file) =>
        file.interSpreads.filter(({ legs }) => legs.every((leg) => of(leg.commodity, file))),
      ),
      series: sorted.flatMap((file) => file.series.filter((one) => of(one.commodity, file))),
      ranges: [...sorted, byHand].flatMap((file) =>
        file.ranges.filter(({ product }) =>
          commodities.some(
            ({ code, products }) => of(code, file) && products.some((one) => one.code === product),
          ),
        ),
      ),
      complete: used.every(({ complete }) => complete),
    },
    typed,
    files: used,
    refused,
  };
}

export const HONG_KONG_UNITS: Readonly<Record<string, ReturnType<typeof amount>>> =
  Object.fromEntries(
    hkex.products.flatMap(({ code, unit }) => (unit ? [[code, amount(unit)] as const] : [])),
  );
