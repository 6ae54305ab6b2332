/** By what each row of the live sheet is charged, and whether one formula over the whole table can answer it. */
import { amount, type Amount } from "../core";
import type { Book, Figure, Line, Underlying } from "./book";
import { optionOf } from "./figure";
import type { Layout } from "./sheet-layout";

/** Whether a line's margins are formulas of ours. */
export const isLive = ({ kind, position }: Line): boolean =>
  kind === "future" || (kind === "option" && position.side === "short");

/** A covered ETF call whose locked shares are known: they must stay enough for its lots. Nothing else can be covered. */
export function hasLocked({ position }: Line): boolean {
  const { side, lockedShares } = position;
  if (side !== "covered" || lockedShares === undefined) return false;
  const contract = optionOf(position);
  return contract?.rules.underlying === "etf" && contract.right === "call";
}

/** The markup of the sheet: the profile's, else the one most lines were worked out with. */
export function markupOf({ inputs, lines }: Book): Amount {
  const { surcharge } = inputs.profile;
  if (surcharge.kind === "multiple") return amount(surcharge.markup);
  const counts = new Map<string, number>();
  for (const { broker } of lines) {
    if (broker.gap !== undefined || broker.markup.isZero()) continue;
    const key = broker.markup.toFixed();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [usual] = [...counts].sort(([, a], [, b]) => b - a);
  return amount(usual?.[0] ?? 0);
}

/** A row's own markup; undefined where it goes by the sheet's. A broker's own rate goes before any. */
function ownMarkup(
  underlying: Underlying | undefined,
  worked: Figure,
  sheets: Amount,
): Amount | undefined {
  // A rate typed for what the broker's printed rows do not tell is its whole rate: no markup of others on it.
  const untold = worked.gap?.what === "brokerRate" ? amount(0) : undefined;
  const terms = underlying?.brokerRate ? underlying.markup : untold;
  const markup = worked.gap ? terms : worked.markup;
  return !markup || markup.equals(sheets) ? undefined : markup;
}

/** The cell of the sheet's markup. */
export const SHEETS_MARKUP = "$F$7";

/** A row's markup as a formula has it: the sheet's cell, or the row's own. */
export const markupText = (layout: Layout, line: Line, worked: Figure): string =>
  ownMarkup(layout.underlyingOf(line), worked, layout.markup)?.toFixed() ?? SHEETS_MARKUP;

/** Nothing can be typed into what a formula spills, and it has one markup and no locked shares. */
export function answeredAsTable({ lines, underlyings }: Book, markup: Amount): boolean {
  const named = new Map(underlyings.map((one) => [one.code, one]));
  return lines.every((line) => {
    const { broker, exchangeFigure, underlying } = line;
    const gaps = [broker.gap, exchangeFigure.gap];
    if (line.kind === "other" || hasLocked(line)) return false;
    if (gaps.some((gap) => gap?.what === "rule")) return false;
    if (!isLive(line)) return gaps.every((gap) => !gap);
    return !ownMarkup(underlying === undefined ? undefined : named.get(underlying), broker, markup);
  });
}
