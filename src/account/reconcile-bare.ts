/** Rows of a statement before they are told apart: what was charged, and what the broker's rule gives. */
import { amount, type Amount, type Bilingual, type Day } from "../core";
import type { Account, Position } from "../statements";
import { exchangeCharge } from "./charge";
import { currencyCode } from "./currency";
import { figureOf, optionOf, takesMargin, unworkedFigure, type Charge } from "./figure";
import type { Held } from "./holding";
import type { Profile } from "./profile";
import { WorkRow } from "./reconcile-row";
import type { BrokerRule, ChargedRow } from "./reconcile-rule";
import { chargeBy } from "./reconcile-terms";

const ZERO = amount("0");
const YUAN = "CNY";

/** Rules of the mainland's exchanges say nothing of a row in another currency. */
export function foreign(
  { currency }: Pick<Position, "currency">,
  account: Account | undefined,
): Bilingual | undefined {
  const printed = (currency ?? account?.currency ?? "").trim();
  if ((currencyCode(printed) ?? YUAN) === YUAN) return undefined;
  return {
    zh: `币种是 ${printed}，这里的规则只算人民币，这一行不核对。`,
    en: `Its currency is ${printed}; the rules here are in yuan, so this row isn't checked.`,
  };
}

const NOT_PRINTED: Bilingual = {
  zh: "账单没有印这一行的保证金，没有可比的数。",
  en: "The statement prints no margin for this row: there is nothing to compare.",
};

/** Longs, shares and what is marked as covered. */
const takesNothing = ({ kind, position }: Held): boolean =>
  kind === "shares" || (kind === "option" && position.side !== "short");

const NOTHING = {
  margin: ZERO,
  branch: "long",
  working: undefined,
  rate: undefined,
  markup: ZERO,
} as const;

/**
 * Why nothing is known of what a row marked as covered takes: it can't be covered, or lacks shares. A call that lacks
 * shares and was charged is held against nothing, to find for which lots.
 */
function uncovered(
  held: Held,
  printed: Amount | undefined,
  exchange: Charge,
  on: Day,
): Bilingual | undefined {
  if (held.kind !== "option" || held.position.side !== "covered") return undefined;
  const contract = optionOf(held.position);
  const mayBe = contract?.rules.underlying === "etf" && contract.right === "call";
  if (mayBe && printed?.greaterThan(0)) return undefined;
  return figureOf(held, exchange, on).gap?.why;
}

/** The day, the profile and whose rows they are. */
export interface Basis {
  readonly profile: Profile;
  readonly account: Account | undefined;
  readonly on: Day;
}

/** A row before the broker's rule is known. */
export function bareRow(held: Held, printed: Amount | undefined, basis: Basis): WorkRow {
  const exchange = exchangeCharge(held, basis.profile, basis.on);
  const other = foreign(held.position, basis.account);
  const open = other ?? uncovered(held, printed, exchange, basis.on);
  const nothing = takesNothing(held) && !open;
  const found = nothing
    ? { figure: NOTHING }
    : { why: open ?? (printed ? held.lacks?.why : NOT_PRINTED) };
  return new WorkRow(held, nothing ? (printed ?? ZERO) : printed, exchange, basis.on, found);
}

/** The row by the broker's rule, or on the exchange's standard where that isn't known. */
export function byRule(row: WorkRow, rule: BrokerRule, on: Day): WorkRow {
  const { held, printed, exchange } = row;
  const terms = rule.termsOf(held);
  if (row.why || row.figure || !printed) return row.with({ terms });
  const charge = terms && chargeBy(terms, exchange);
  const figure = charge ? unworkedFigure(held, charge, on) : row.exchangeFigure;
  return row.with(figure.gap ? { terms, why: figure.gap.why } : { terms, figure });
}

/** A row that tells of the broker's rule: charged, with every price. A leg charged less votes for terms of nobody else. */
export const tells = (row: WorkRow): readonly ChargedRow[] =>
  row.printed?.greaterThan(0) && takesMargin(row.held) && !row.why
    ? [{ held: row.held, printed: row.printed, exchange: row.exchange }]
    : [];
