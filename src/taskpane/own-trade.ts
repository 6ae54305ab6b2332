/** A trade as typed → the trade, or what keeps it from being counted. */
import type { OwnTrade } from "../account";
import { readNumber } from "../core";
import type { TypedTrade } from "./views/what-if/room";

export type TradeField = "contract" | "lots" | "price";

export type ReadTrade =
  | { readonly trade: OwnTrade }
  /** Fields still to be filled; all of them where the row was only just added. */
  | { readonly lacks: readonly TradeField[] }
  | { readonly wrong: "lots" | "price" };

const FIELDS: readonly TradeField[] = ["contract", "lots", "price"];

export function readTyped(typed: TypedTrade): ReadTrade {
  const { side, effect } = typed;
  const [lots, price] = [readNumber(typed.lots), readNumber(typed.price)];
  const isWhole = lots?.isInteger() && lots.greaterThan(0) && !typed.lots.includes("%");
  const isPrice = price && !price.isNegative() && !typed.price.includes("%");
  if (typed.lots.trim() !== "" && !isWhole) return { wrong: "lots" };
  if (typed.price.trim() !== "" && !isPrice) return { wrong: "price" };
  const lacks = FIELDS.filter((field) => typed[field].trim() === "");
  if (lacks.length > 0 || !lots || !price) return { lacks };
  const contract = typed.contract.trim();
  return { trade: { contract, side, effect, lots: lots.toNumber(), price } };
}

export const isBlank = (read: ReadTrade): boolean =>
  "lacks" in read && read.lacks.length === FIELDS.length;

/** The trades that are counted, each with its number in the list. */
export const countedTrades = (typed: readonly TypedTrade[]): readonly OwnTrade[] =>
  typed.flatMap((one, index) => {
    const read = readTyped(one);
    return "trade" in read ? [{ ...read.trade, number: index + 1 }] : [];
  });
