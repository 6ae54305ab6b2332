/** What one short option brings if it is assigned: shares, cash or a future, with the profit of the exercise. */
import {
  amount,
  exerciseRuleOn,
  exercisePnl,
  futureSide,
  tradingDayFrom,
  type Amount,
  type Contract,
  type Day,
  type Product,
} from "../core";
import type { Line, Underlying } from "./book";
import { from, known, unknown, type Known } from "./expiring-known";
import { optionOf, tried } from "./figure";

/** Lots of a short option, assigned; amounts for all of them. */
export interface IfAssigned {
  readonly lots: Amount;
  readonly settles: Product["settles"];
  /** Of the underlying, by the basis asked for. */
  readonly price: Known<Amount>;
  /** Shares that come in (above zero) or are delivered (below). */
  readonly shares: Amount;
  /**
   * Cash that comes in or is paid: the strike for shares, the difference of an index option,
   * the first marking of a future from its strike to the settlement.
   */
  readonly cash: Known<Amount>;
  /** 行权盈亏 against the price of the underlying, the premium once received not among it. */
  readonly pnl: Known<Amount>;
  readonly future: FutureGot | undefined;
  /** Assigned on this day: the book's, or the expiry of what can't be exercised sooner. */
  readonly on: Day | undefined;
  /** Shares and cash are due on this day. */
  readonly by: Known<Day>;
}

/** The future that assignment opens at the strike. */
export interface FutureGot {
  readonly contract: string;
  readonly side: "long" | "short";
  readonly lots: Amount;
  readonly strike: Amount;
  /** On the broker's standard, at the price of the underlying; without any relief. */
  readonly marginPerLot: Known<Amount>;
  readonly margin: Known<Amount>;
}

/** What assignment is reckoned with. */
export interface Circumstances {
  readonly price: Known<Amount>;
  readonly underlying: Underlying | undefined;
  readonly on: Day | undefined;
}

const ZERO = amount("0");

/** An option's contract with what must be known of it. */
export interface AssignableTerms {
  readonly contract: Contract;
  readonly product: Product;
  readonly strike: Amount;
  readonly unit: Amount;
}

export function assignable({ position, strike, unit }: Line): Known<AssignableTerms> {
  const { contract: code } = position;
  const contract = optionOf(position);
  if (!contract?.terms) {
    return unknown(
      `没有 ${code} 的行权规则，被指派会怎样先不下结论。以交易所公告为准。`,
      `No rule of exercise here covers ${code}, so what assignment brings is left open. The exchange's notice has it.`,
    );
  }
  if (!strike || !unit) {
    return unknown(
      `${code} 没有行权价或合约单位，被指派要多少算不出。照合约公告补上。`,
      `${code} has no strike or unit, so what assignment asks for is left open. The exchange's notice has them.`,
    );
  }
  return known({ contract, product: contract.terms, strike, unit });
}

function marginPerLot(
  { underlying, price }: Circumstances,
  { contract, unit }: AssignableTerms,
): Known<Amount> {
  const { brokerRate, markup = ZERO } = underlying ?? {};
  if (!brokerRate) {
    return unknown(
      `不知道公司对 ${contract.underlying} 期货收多少，指派所得期货的保证金算不出。在公司参数里填上浮方式或公司保证金率。`,
      `What the broker charges on the future ${contract.underlying} isn't known, so neither is the margin it takes after assignment. Enter its surcharge or rate in the broker profile.`,
    );
  }
  return from(price, (at) => at.times(unit).times(brokerRate).times(markup.plus(1)));
}

/** The day of delivery, whose year's holidays may not be known; or why there is no rule for the day. */
function dayOfDelivery({ rules }: Contract, on: Day | undefined): Known<Known<Day>> {
  if (on === undefined) {
    return known(
      unknown("到期日未知，交收日也未知。", "With no expiry day there is no day of delivery."),
    );
  }
  const rule = tried(() => exerciseRuleOn(rules, on));
  if (!("value" in rule)) return { unknown: rule.refused };
  const day = tried(() => tradingDayFrom(on, rule.value.deliveredAfter, rules.calendar));
  return known("value" in day ? known(day.value) : { unknown: day.refused });
}

/**
 * So many lots of a short option or covered call, assigned. An index option out of the money pays nothing;
 * elsewhere the exercise counts against its holder too, signed.
 */
export function ifAssigned(line: Line, lots: Amount, at: Circumstances): Known<IfAssigned> {
  const terms = assignable(line);
  if (terms.unknown) return terms;
  const { contract, product, strike, unit } = terms.value;
  const { right } = contract;
  const { settles } = product;
  const by = dayOfDelivery(contract, at.on);
  if (by.unknown) return by;
  const pnl = from(at.price, (price) => {
    const worth = exercisePnl(right, "short", strike, price, unit, lots, ZERO);
    return settles === "cash" && worth.greaterThan(0) ? ZERO : worth;
  });
  const common = { lots, settles, price: at.price, pnl, on: at.on, by: by.value };
  const units = unit.times(lots);
  if (settles === "shares") {
    const paid = strike.times(units);
    return known({
      ...common,
      shares: right === "call" ? units.negated() : units,
      cash: known(right === "call" ? paid : paid.negated()),
      future: undefined,
    });
  }
  const each = marginPerLot(at, terms.value);
  const future: FutureGot | undefined =
    settles === "futures"
      ? {
          contract: contract.underlying,
          side: futureSide(right, "short"),
          lots,
          strike,
          marginPerLot: each,
          margin: from(each, (margin) => margin.times(lots)),
        }
      : undefined;
  return known({ ...common, shares: ZERO, cash: pnl, future });
}
