/** What the columns of a written reconciliation are in, and how many decimals all figures of one column have. */
import { currencyCode, onlyCurrency } from "./currency";
import { optionOf, takesMargin } from "./figure";
import type { Reconciliation, ReconciledRow } from "./reconcile";
import { priceFormat, QUOTED, rateFormat, WHOLE } from "./sheet-cells";

const YUAN = "CNY";

/** The code of the account's money, else of its rows'; "" where these have several. */
export function currencyOf(
  { account }: Pick<Reconciliation, "account">,
  rows: readonly ReconciledRow[],
): string {
  const printed = rows.map(({ position }) => position.currency);
  const known = currencyCode(account?.currency) ?? currencyCode(onlyCurrency(printed));
  return known ?? (printed.some((one) => currencyCode(one) !== undefined) ? "" : YUAN);
}

/** Futures on indices; those on bonds are quoted in money. */
const INDEX_FUTURES = new Set(["IF", "IH", "IC", "IM"]);

function isInPoints({ position, held }: ReconciledRow): boolean {
  if (held.kind === "future") return INDEX_FUTURES.has(held.product?.code ?? "");
  return optionOf(position)?.rules.underlying === "index";
}

/** Whether prices are money: those of indices are points. */
export function priceUnit(rows: readonly ReconciledRow[]): "money" | "points" | "both" {
  const priced = rows.filter(({ held }) => takesMargin(held));
  const many = priced.filter(isInPoints).length;
  if (many === 0) return "money";
  return many === priced.length ? "points" : "both";
}

/** Decimals a price is quoted with. */
const quotedOf = ({ position }: ReconciledRow): number =>
  QUOTED[optionOf(position)?.rules.underlying ?? "future"];

/** The one format that shows all figures of a column in full: the longest has most decimals. */
const shared = (formats: readonly string[], least: string): string =>
  formats.reduce((longest, one) => (one.length > longest.length ? one : longest), least);

export interface ColumnFormats {
  readonly price: string;
  readonly underlying: string;
  readonly rate: string;
  readonly markup: string;
  readonly strike: string;
}

/** @param isLive whether a row shows its rate and markup */
export function columnFormats(
  rows: readonly ReconciledRow[],
  isLive: (row: ReconciledRow) => boolean,
): ColumnFormats {
  const priced = rows.filter(({ held }) => takesMargin(held));
  const live = rows.filter(isLive);
  const options = rows.filter(({ held }) => held.kind === "option");
  const prices = priced.map((row) => priceFormat(row.held.price, quotedOf(row)));
  const underlyings = priced.map((row) => priceFormat(row.held.underlyingPrice, quotedOf(row)));
  const plainRate = rateFormat(undefined);
  return {
    price: shared(prices, WHOLE),
    underlying: shared(underlyings, WHOLE),
    rate: shared(
      live.map(({ rate }) => rateFormat(rate)),
      plainRate,
    ),
    markup: shared(
      live.map(({ markup }) => rateFormat(markup)),
      plainRate,
    ),
    strike: shared(
      options.map(({ held }) => priceFormat(held.strike, 0)),
      WHOLE,
    ),
  };
}
