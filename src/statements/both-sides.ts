/** Summaries print both sides of a contract in one row with one margin. */
import { amount, type Amount } from "../core";
import type { Position } from "./statement";
import type { Subject } from "./subject";

type Charge = Pick<Position, "margin" | "sharedMargin">;

/** Which side a row's margin is for: an option's long side costs none, a future's both sides share it. */
export function chargedTo(
  subject: Subject | undefined,
  both: boolean,
  margin: Amount,
): { readonly long: Charge; readonly short: Charge } {
  if (!both || margin.isZero()) return { long: { margin }, short: { margin } };
  if (subject?.kind === "option") return { long: { margin: amount("0") }, short: { margin } };
  return {
    long: { margin: undefined, sharedMargin: margin },
    short: { margin: undefined },
  };
}
