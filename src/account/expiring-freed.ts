/** What the clearing of an assumed assignment frees by itself, for what it asks for in the same night. */
import {
  amount,
  freedAtOnce,
  type Amount,
  type AssignedShort,
  type Bilingual,
  type Day,
} from "../core";
import { known, type Known } from "./expiring-known";
import type { AssignedLine } from "./expiring-tonight";

const ZERO = amount("0");

/** Adds up what is freed; what of it is open is left out of the sum, and said. */
export class Freed {
  /** As far as it is known. */
  counted: Amount = ZERO;
  private open: Bilingual | undefined;

  add(part: Known<Amount>): void {
    if (part.unknown) this.open ??= part.unknown;
    else this.counted = this.counted.plus(part.value);
  }

  /** A line's margin, where it is delivered on the day, gains of its futures, and what setting those off frees. */
  addLine({ assigned, released, netted }: AssignedLine, shorts: readonly AssignedShort[], on: Day) {
    if (released.unknown && assigned.by.value === on) this.add(released);
    shorts.forEach((short, index) => {
      // A line whose futures are set off in part is two shorts, yet takes one margin.
      const margin = index === 0 ? released.value : undefined;
      this.add(known(freedAtOnce(short, margin ?? ZERO)));
    });
    this.add(netted.freed);
  }

  get all(): Known<Amount> {
    return this.open ? { unknown: this.open } : known(this.counted);
  }
}
