/** One way a row may have been margined with others: what its rows come to, and how it is said. */
import { amount, type Amount, type Bilingual } from "../core";
import type { Partner } from "./reconcile-pairs";
import { REASONS, type Tried } from "./reconcile-reasons";
import type { Comparable, WorkRow } from "./reconcile-row";
import { toFen } from "./reconcile-terms";

/** One way a row may have been margined with others. */
export interface Way {
  /** The row it explains, and the partners that were charged as by the rule. */
  readonly rows: readonly Comparable[];
  readonly detail: Bilingual;
  /** Lots it takes: of the row, and of each partner. */
  readonly uses: ReadonlyMap<Comparable, Amount>;
  readonly tried: Tried;
}

/** Part of a way: so many sets with a partner, and what they take off. */
export interface Member {
  readonly partner: Partner;
  readonly sets: Amount;
  readonly saved: Amount;
  /** Whether the lighter leg's premium is raised by the broker's multiple, where there is one. */
  readonly premium?: Bilingual | undefined;
}

const ZERO = amount("0");
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

const listed = (texts: readonly Bilingual[]): Bilingual => ({
  zh: texts.map(({ zh }) => zh).join("；"),
  en: texts.map(({ en }) => en).join("; "),
});

/**
 * The relief taken off the row itself. What its partners were charged is judged of them: one that breaks is no part of
 * what is explained, yet its lots are used.
 */
export function wayOf(row: Comparable, members: readonly Member[]): Way {
  const figure = toFen(row.figure.margin.minus(sum(members.map(({ saved }) => saved))));
  const leaves = row.printed.minus(figure);
  const whole = members.flatMap(({ partner }) =>
    partner.row.difference.isZero() ? [partner.row] : [],
  );
  const detail = listed(
    members.map(({ partner, sets, premium }) => {
      const text = setText(partner.priced().combination.title, [row, partner.row], sets);
      return premium ? { zh: `${text.zh}${premium.zh}`, en: `${text.en}${premium.en}` } : text;
    }),
  );
  const uses = new Map([[row, sum(members.map(({ sets }) => sets))]]);
  for (const { partner, sets } of members) uses.set(partner.row, sets);
  return {
    rows: [row, ...whole],
    detail,
    uses,
    tried: { id: "relief", name: REASONS.relief, detail, figure, leaves },
  };
}
