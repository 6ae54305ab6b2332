/** What is typed or slid in Market → what is assumed; a text that is refused is as if it weren't there. */
import type { Assumed, Market } from "../account";
import { amount, readNumber, type Amount } from "../core";
import type { MarketUi } from "./views/what-if/market";

export type Slid = "price" | "volatility" | "days";

/** From where to where a slider goes, and by what step. */
export interface Reach {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

export const PRICES: Reach = { least: -20, most: 20, step: 0.5 };
export const VOLATILITIES: Reach = { least: -50, most: 100, step: 1 };

export const reachOf = (slid: Slid, { daysLeft }: Pick<Market, "daysLeft">): Reach =>
  slid === "price"
    ? PRICES
    : slid === "volatility"
      ? VOLATILITIES
      : { least: 0, most: daysLeft, step: 1 };

/** The figure in a field; zero where it is blank, undefined where it is none, or out of reach. */
export function readSlid(slid: Slid, text: string, { least, most }: Reach): Amount | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/\u2212/g, "-")
    .replace(/[%\s]/g, "");
  if (plain === "") return amount("0");
  const read = readNumber(plain.replace(/^\+/, ""));
  if (!read || read.lessThan(least) || read.greaterThan(most)) return undefined;
  return slid === "days" && !read.isInteger() ? undefined : read;
}

/** A slider's place as its field shows it: "+2.5", "−1", "0". */
export function slidText(slid: Slid, value: number): string {
  if (slid === "days") return String(value);
  const text = Math.abs(value).toFixed(slid === "price" ? 1 : 0);
  return value > 0 ? `+${text}` : value < 0 ? `\u2212${text}` : text;
}

export function readMoves(market: Market, ui: MarketUi): Assumed {
  const read = (slid: Slid): Amount =>
    readSlid(slid, ui[slid], reachOf(slid, market)) ?? amount("0");
  const { underlyings } = market;
  return {
    move: read("price").dividedBy(100),
    volatility: read("volatility").dividedBy(100),
    days: read("days").toNumber(),
    of: underlyings.some(({ code }) => code === ui.of) ? ui.of : undefined,
  };
}
