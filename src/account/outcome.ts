/** The most an option can gain and lose by its expiry, from the price it was opened at. */
import { amount, type Right } from "../core";
import type { Line } from "./book";
import { optionOf, type Holding } from "./figure";

type Outcome = Pick<Line, "largestGain" | "largestLoss">;

const UNKNOWN: Outcome = { largestGain: undefined, largestLoss: undefined };

/** A covered call's loss lies in the shares held beside it. */
export function outcomes({ kind, position, strike, unit }: Holding): Outcome {
  const { openPrice, quantity, side } = position;
  const right: Right | undefined = optionOf(position)?.right ?? position.right;
  if ((kind !== "option" && kind !== "other") || !right || !openPrice || !unit) return UNKNOWN;
  const units = unit.times(quantity);
  const premium = openPrice.times(units);
  const down = strike?.minus(openPrice).times(units);
  const beyond =
    right === "call" ? "unlimited" : down?.lessThan(0) ? amount("0") : (down ?? undefined);
  if (side === "long") return { largestGain: beyond, largestLoss: premium };
  return { largestGain: premium, largestLoss: side === "covered" ? undefined : beyond };
}
