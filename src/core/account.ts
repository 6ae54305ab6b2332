import { MarginError } from "./errors";
import { digits, exact, type Amount } from "./number";
import type { Bilingual } from "./terms";

/**
 * Risk ratio 风险度: margin ÷ equity, a fraction.
 * Equity is the cash-basis customer equity, premium included; some brokers divide the other way round.
 * @throws undefinedRatio for zero equity, beyondEveryLine for negative equity.
 */
export function riskRatio(margin: Amount, equity: Amount): Amount {
  // Before the margin of zero: an account below zero is never comfortable.
  if (equity.lessThan(0)) {
    throw new MarginError("beyondEveryLine", { argument: "equity", value: equity });
  }
  if (margin.isZero()) return exact.zero;
  if (equity.isZero()) throw new MarginError("undefinedRatio", { argument: "equity", value: 0 });
  return margin.dividedBy(equity);
}

/** The status of an account, from safe to severest. */
export type Status = "normal" | "watch" | "marginCall" | "liquidation" | "immediate";

export const STATUS: Readonly<Record<Status, Bilingual>> = {
  normal: { zh: "正常", en: "normal" },
  watch: { zh: "关注", en: "watch" },
  marginCall: { zh: "追保", en: "margin call" },
  liquidation: { zh: "平仓", en: "liquidation" },
  immediate: { zh: "即时处置", en: "immediate liquidation" },
};

/** The lines a broker watches, fractions of equity, none below the one before. */
export interface Lines {
  readonly watchLine: Amount;
  readonly callLine: Amount;
  readonly liquidationLine: Amount;
  readonly immediateLine: Amount;
}

/**
 * The severest line that a risk ratio has reached; a line is reached at equality.
 * @throws outOfRange for a negative ratio or lines that decrease.
 */
export function riskStatus(ratio: Amount, lines: Lines): Status {
  if (ratio.lessThan(0)) {
    throw new MarginError("outOfRange", {
      argument: "riskRatio",
      value: ratio,
      must: "notNegative",
    });
  }
  const ladder = [
    ["watchLine", "watch"],
    ["callLine", "marginCall"],
    ["liquidationLine", "liquidation"],
    ["immediateLine", "immediate"],
  ] as const;
  let status: Status = "normal";
  let below: Amount = exact.zero;
  let previous = "";
  for (const [line, reached] of ladder) {
    const level = lines[line];
    if (level.lessThan(below)) {
      throw new MarginError("outOfRange", {
        argument: line,
        value: level,
        must: "notDecreasing",
        detail: `${previous} ${digits(below)}`,
      });
    }
    if (ratio.greaterThanOrEqualTo(level)) status = reached;
    below = level;
    previous = line;
  }
  return status;
}

/** The money that brings the ratio back to a line: max(0, margin ÷ line − equity). */
export const marginCall = (margin: Amount, equity: Amount, line: Amount): Amount =>
  exact.max(margin.dividedBy(line).minus(equity), exact.zero);

/** 权利金: price × unit × lots. */
export const premium = (price: Amount, unit: Amount, lots: Amount): Amount =>
  price.times(unit).times(lots);

/** Buying a short option back: the cash that comes free and the profit that is realised, for all lots. */
export interface CloseOut {
  readonly cashBack: Amount;
  readonly realisedPnl: Amount;
}

/** Cash back = margin held for all lots − premium paid to close; profit = (open − close) × unit × lots. */
export const closeOut = (
  openPrice: Amount,
  closePrice: Amount,
  unit: Amount,
  marginHeld: Amount,
  lots: Amount,
): CloseOut => ({
  cashBack: marginHeld.minus(premium(closePrice, unit, lots)),
  realisedPnl: premium(openPrice.minus(closePrice), unit, lots),
});
