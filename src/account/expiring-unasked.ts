/** What becomes of a long option at expiry where its holder gives no instruction. */
import {
  amount,
  atExpiry,
  exerciseRuleOn,
  type Amount,
  type AtExpiry,
  type Bilingual,
  type Citation,
  type Day,
} from "../core";
import type { Line } from "./book";
import { assignable } from "./expiring-assigned";
import { from, type Known } from "./expiring-known";
import { tried } from "./figure";

/** At the underlying's price, as if it were the settlement of the expiry day. */
export interface Unasked extends AtExpiry {
  readonly says: Bilingual;
  readonly source: Citation;
}

const ZERO = amount("0");
const NO_INSTRUCTION = { exercise: ZERO, abandon: ZERO };

function said(automatic: boolean, exercised: boolean): Bilingual {
  if (exercised) {
    return {
      zh: "按这个价到期，不下指令也由交易所自动行权。",
      en: "At this price the exchange exercises it at expiry without an instruction.",
    };
  }
  return automatic
    ? {
        zh: "按这个价到期不是实值，不下指令就作废。",
        en: "At this price it isn't in the money: without an instruction it lapses at expiry.",
      }
    : {
        zh: "交易所不自动行权：到期日不下行权指令就作废，实值也一样。",
        en: "There is no automatic exercise here: without an instruction on the expiry day it lapses, in the money too.",
      };
}

/** Lots of a long option by the exercise rule of a day. */
export function unasked(line: Line, lots: Amount, price: Known<Amount>, on: Day): Known<Unasked> {
  const terms = assignable(line);
  if (terms.unknown) return terms;
  const { contract, strike, unit } = terms.value;
  const rule = tried(() => exerciseRuleOn(contract.rules, on));
  if (!("value" in rule)) return { unknown: rule.refused };
  const { automatic, source } = rule.value;
  return from(price, (at) => {
    const end = atExpiry(rule.value, contract.right, strike, at, unit, lots, NO_INSTRUCTION);
    return { ...end, says: said(automatic, end.exercised.greaterThan(0)), source };
  });
}
