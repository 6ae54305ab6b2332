/** One way a row may have been margined with others: what its rows come to, and how it is said. */
import { amount, type Amount, type Bilingual } from "../core";
import type { Partner } from "./reconcile-pairs";
import { REASONS, type Tried } from "./reconcile-reasons";
import type { Comparable, WorkRow } from "./reconcile-row";
import { toFen } from "./reconcile-terms";

/** One way a row may have been margined with others. */
export interface Way {
  readonly rows: readonly Comparable[];
  readonly detail: Bilingual;
  /** Lots of each partner it takes. */
  readonly uses: ReadonlyMap<Comparable, Amount>;
  readonly tried: Tried;
}

/** Part of a way: so many sets with a partner, and what they take off. */
export interface Member {
  readonly partner: Partner;
  readonly sets: Amount;
  readonly saved: Amount;
}

const ZERO = amount("0");
/** What rounding to the fen can leave of one printed figure. */
const HALF_FEN = amount("0.005");

/** Printed figures against an exact sum: each that isn't whole fen by the rule may be off by its rounding. */
export const sumsTo = (printed: Amount, exact: Amount, parts: readonly Amount[]): boolean =>
  printed
    .minus(exact)
    .abs()
    .lessThanOrEqualTo(HALF_FEN.times(parts.filter((part) => part.decimalPlaces() > 2).length));

export const marginsOf = (rows: readonly Comparable[]): readonly Amount[] =>
  rows.map(({ figure }) => figure.margin);

export const sum = (amounts: readonly Amount[]): Amount =>
  amounts.reduce<Amount>((total, one) => total.plus(one), ZERO);

const contractsOf = (rows: readonly WorkRow[]): string =>
  rows.map(({ held }) => held.position.contract).join(" + ");

export function setText(
  title: Bilingual | undefined,
  rows: readonly WorkRow[],
  lots: Amount,
  id = "",
): Bilingual {
  const named = (language: keyof Bilingual): string =>
    [title?.[language], id].filter(Boolean).join(" ");
  const of = `${contractsOf(rows)} × ${lots.toFixed()}`;
  return { zh: `${named("zh")} ${of}`.trim(), en: `${named("en")} ${of}`.trim() };
}

export function wayOf(row: Comparable, members: readonly Member[]): Way {
  const rows = [row, ...members.map(({ partner }) => partner.row)];
  const less = sum(members.map(({ saved }) => saved));
  const exact = sum(marginsOf(rows)).minus(less);
  const charged = sum(rows.map(({ printed }) => printed));
  const isExact = sumsTo(charged, exact, [...marginsOf(rows), less]);
  const texts = members.map(({ partner, sets }) =>
    setText(partner.priced().combination.title, [row, partner.row], sets),
  );
  const detail = {
    zh: texts.map(({ zh }) => zh).join("；"),
    en: texts.map(({ en }) => en).join("; "),
  };
  const leaves = isExact ? ZERO : toFen(charged.minus(exact));
  const figure = row.printed.minus(leaves);
  return {
    rows,
    detail,
    uses: new Map(members.map(({ partner, sets }) => [partner.row, sets])),
    tried: { id: "relief", name: REASONS.relief, detail, figure, leaves },
  };
}
