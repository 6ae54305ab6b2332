/** One row of the monitoring centre's holdings, futures or options. */
import { readRight, type Amount } from "../core";
import { chargedTo } from "./both-sides";
import type { FUTURES } from "./cfmmc-words";
import type { Draft } from "./draft";
import type { Row } from "./row";
import type { Position } from "./statement";

export type SideRow = Row<keyof typeof FUTURES>;

/** A row of a summary: the filled side, or both. */
export function positionsOf(
  draft: Draft,
  row: SideRow,
  account: string | undefined,
): Position[] | undefined {
  const code = row.neededText("contract");
  const long = row.lots("longLots");
  const short = row.lots("shortLots");
  const margin = row.needed("margin");
  const settlement = row.price("settlement");
  if (row.unread || !margin) return undefined;
  const held = (lots: Amount | undefined): lots is Amount => Boolean(lots?.greaterThan(0));
  if (!held(long) && !held(short)) {
    draft.note("missing", row.at("shortLots"), {});
    return undefined;
  }
  const named = draft.contract(code, row.place);
  const previousSettlement = row.price("previousSettlement");
  const quote = { contract: named.contract, day: draft.day, settlement, previousSettlement };
  draft.quote(quote, row.place);
  const right = readRight(row.text("right"));
  const strike = row.amount("strike");
  draft.agreeWithCode(named.subject, { strike, right }, (column) => row.at(column));
  const charged = chargedTo(named.subject, held(long) && held(short), margin);
  const common = {
    place: row.place,
    account,
    ...named,
    right,
    strike,
    previousSettlement,
    settlement,
    hedge: row.optional("hedge"),
  };
  const sides: Position[] = [];
  if (held(long)) {
    const openPrice = row.expected("longPrice");
    sides.push({ ...common, side: "long", quantity: long, openPrice, ...charged.long });
  }
  if (held(short)) {
    const openPrice = row.expected("shortPrice");
    sides.push({ ...common, side: "short", quantity: short, openPrice, ...charged.short });
  }
  return sides;
}
