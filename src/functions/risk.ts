import { marginCall, riskRatio, riskStatus, STATUS, MarginError } from "../core";
import { answer, number, orElse, wordOf } from "./cell";

/**
 * Risk ratio: margin ÷ equity, a fraction. Some brokers divide the other way round.
 * @customfunction RISKRATIO RISKRATIO
 * @param {any} margin Margin, in the account's currency. 0 gives 0.
 * @param {any} equity Equity, in the account's currency. Cash basis, premium received included.
 * @returns {number} Margin ÷ equity.
 */
export function riskRatioCell(margin: any, equity: any): number {
  return answer(() => riskRatio(number(margin, "margin", "notNegative"), number(equity, "equity")));
}

/**
 * Status of an account by its risk ratio: normal, watch, margin call, liquidation, immediate liquidation. A line is reached at equality.
 * @customfunction RISKSTATUS RISKSTATUS
 * @param {any} ratio Risk ratio, a fraction.
 * @param {any} [callLine] Margin call line, a fraction. Left out: 0.9.
 * @param {any} [liquidationLine] Liquidation line, a fraction. Left out: 1.
 * @param {any} [immediateLine] Immediate liquidation line, a fraction. Left out: 1.2.
 * @param {any} [watchLine] Watch line, a fraction. Left out: 0.8.
 * @param {any} [language] Language of the answer, zh or en. Left out: en.
 * @returns {string} The status.
 */
export function riskStatusCell(
  ratio: any,
  callLine?: any,
  liquidationLine?: any,
  immediateLine?: any,
  watchLine?: any,
  language?: any,
): string {
  return answer(() => {
    const status = riskStatus(number(ratio, "riskRatio", "notNegative"), {
      watchLine: orElse(watchLine, "watchLine", "aboveZero", "0.8"),
      callLine: orElse(callLine, "callLine", "aboveZero", "0.9"),
      liquidationLine: orElse(liquidationLine, "liquidationLine", "aboveZero", "1"),
      immediateLine: orElse(immediateLine, "immediateLine", "aboveZero", "1.2"),
    });
    return STATUS[status][languageOf(language)];
  });
}

function languageOf(value: unknown): "zh" | "en" {
  const word = wordOf(value, "language") ?? "en";
  const language = String(word).trim().toLowerCase() || "en";
  if (language === "zh" || language === "en") return language;
  throw new MarginError("unknownName", { argument: "language", value: word });
}

/**
 * Money that brings the risk ratio back to a line: margin ÷ line − equity, or 0. The line itself still counts as reached.
 * @customfunction MARGINCALL MARGINCALL
 * @param {any} margin Margin, in the account's currency.
 * @param {any} equity Equity, in the account's currency. May be negative.
 * @param {any} [line] Line to come back to, a fraction. Left out: 1.
 * @returns {number} Money to add.
 */
export function marginCallCell(margin: any, equity: any, line?: any): number {
  return answer(() =>
    marginCall(
      number(margin, "margin", "notNegative"),
      number(equity, "equity"),
      orElse(line, "line", "aboveZero", "1"),
    ),
  );
}
