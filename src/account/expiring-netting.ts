/** 双向持仓对冲: futures held that those from assignment are set off against, each lot once. */
import { amount, exerciseRuleOn, nettedFutures, type Amount, type Day } from "../core";
import type { Book, Line } from "./book";
import type { FutureGot } from "./expiring-assigned";
import { known, sumOf, type Known } from "./expiring-known";
import { optionOf, tried } from "./figure";
import { releasedBy } from "./expiring";

/** Lots set off, and the margin of the held ones that this frees. */
export interface Netted {
  readonly lots: Amount;
  readonly freed: Known<Amount>;
}

const ZERO = amount("0");

export const NOTHING_NETTED: Netted = { lots: ZERO, freed: known(ZERO) };

/** Whether an exchange sets them off on a day. */
export function nets({ position }: Line, on: Day): boolean {
  const contract = optionOf(position);
  const rule = contract && tried(() => exerciseRuleOn(contract.rules, on));
  return rule !== undefined && "value" in rule && rule.value.netting;
}

export class HeldFutures {
  private readonly held = new Map<string, { readonly line: Line; left: Amount }[]>();

  constructor({ lines }: Book) {
    for (const line of lines) {
      const { kind, underlying, position } = line;
      if (kind !== "future" || underlying === undefined) continue;
      const key = `${underlying} ${position.side}`;
      const one = { line, left: position.quantity };
      const group = this.held.get(key);
      if (group) group.push(one);
      else this.held.set(key, [one]);
    }
  }

  private opposite({ contract, side }: FutureGot) {
    return this.held.get(`${contract} ${side === "long" ? "short" : "long"}`) ?? [];
  }

  /** Lots held the other way and not yet set off. */
  against(future: FutureGot): Amount {
    return this.opposite(future).reduce((sum, { left }) => sum.plus(left), ZERO);
  }

  take(future: FutureGot): Netted {
    let wanted = future.lots;
    let lots = ZERO;
    const freed: Known<Amount>[] = [];
    for (const one of this.opposite(future)) {
      const { netted, obtainedLeft, oppositeLeft } = nettedFutures(wanted, one.left);
      if (netted.isZero()) continue;
      one.left = oppositeLeft;
      wanted = obtainedLeft;
      lots = lots.plus(netted);
      freed.push(releasedBy(one.line, netted));
    }
    return lots.isZero() ? NOTHING_NETTED : { lots, freed: sumOf(freed) };
  }
}
