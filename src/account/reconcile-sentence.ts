/** What is left to ask the broker, in one sentence: all is accounted for only where nothing whatever is left. */
import { amount, type Bilingual } from "../core";
import { takesMargin } from "./figure";
import type { ReconciledRow, Verdict } from "./reconcile";
import type { AccountIdentity, Bridge } from "./reconcile-bridge";
import { ADDITIONS, type ReasonId } from "./reconcile-reasons";
import type { BrokerRule } from "./reconcile-rule";
import { rowsEn, signed } from "./reconcile-words";

const ZERO = amount("0");

interface Findings {
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly bridge: Bridge;
  readonly identities: readonly AccountIdentity[];
  readonly unread: number;
  readonly incomplete: boolean;
  /** What is said of rows that fit an addition while the broker's rule isn't known. */
  readonly additions: Bilingual | undefined;
}

/** Identities that fail; the rows' sum is told by what it is off. */
function failedPart(identities: readonly AccountIdentity[], isTotalTold: boolean): Bilingual[] {
  const failed = identities.filter(({ id, holds }) => !holds && !(isTotalTold && id === "rows"));
  const [only, ...more] = failed;
  if (!only) return [];
  if (more.length === 0) {
    return [{ zh: `恒等式不成立：${only.name.zh}`, en: `an identity fails: ${only.name.en}` }];
  }
  return [{ zh: `${failed.length} 个恒等式不成立`, en: `${failed.length} identities fail` }];
}

/** The second of two sides under one printed margin: it prints none of its own. */
const isSecondSide = ({ held: { kind, position } }: ReconciledRow): boolean =>
  kind === "future" && position.side === "short" && !position.margin;

/**
 * What is said of rows that fit an addition while the broker's rule isn't known, and of rows on the exchange's own
 * figure whose product no other row tells of; undefined where there is none.
 *
 * @param bare such rows beside those that were reconciled one by one
 */
export function additionsText(
  rule: BrokerRule,
  reconciled: readonly ReconciledRow[],
  bare: number,
): Bilingual | undefined {
  const explained = reconciled.filter(({ verdict }) => verdict === "explained");
  const isOpen = ({ held }: ReconciledRow): boolean =>
    rule.openOf(held).length > 0 || rule.besideOf(held).length > 0;
  const isTold = ({ held }: ReconciledRow): boolean => rule.confirmed && rule.isTold(held);
  // A rate of its own is as good as an addition where no confirmed rule stands beside it.
  const isAdded = (row: ReconciledRow): boolean =>
    row.reasons.some(({ id }) => ADDITIONS.has(id)) ||
    (!isTold(row) && row.reasons.every(({ id }) => id === "otherRate"));
  // The larger side by an open style is as open.
  const open = explained.filter(
    (row) => isOpen(row) && (isAdded(row) || row.reasons.some(({ id }) => id === "largerSide")),
  ).length;
  // Both sides under one margin fit one addition.
  const own = explained.filter((row) => !isOpen(row) && isAdded(row) && !isSecondSide(row)).length;
  const untold = bare + reconciled.filter((row) => isUntold(rule, row)).length;
  const said: Bilingual[] = [];
  if (own > 0) {
    said.push({
      zh: `${own} 行${own === 1 ? "只" : "各"}按自己的加收才正好，公司的收法未确认`,
      en: `${rowsEn(own)} fit${own === 1 ? "s" : ""} only ${own === 1 ? "an addition of its" : "additions of their"} own, and the broker's rule isn't confirmed`,
    });
  }
  if (open > 0) {
    said.push({
      zh: `${open} 行的加收看不出是哪一种`,
      en: `of ${rowsEn(open)} the style of the addition can't be told`,
    });
  }
  if (untold > 0) {
    said.push({
      zh: `${untold} 行只对上交易所标准，这个品种的收法未确认`,
      en: `${rowsEn(untold)} fit${untold === 1 ? "s" : ""} the exchange's margin only: what the broker adds to the product isn't confirmed`,
    });
  }
  if (said.length === 0) return undefined;
  return { zh: said.map(({ zh }) => zh).join("；"), en: said.map(({ en }) => en).join("; ") };
}

/** Reasons of a row's own, whatever the broker adds. */
const OWN_FIGURE: ReadonlySet<ReasonId> = new Set<ReasonId>([
  ...ADDITIONS,
  ...(["otherTerms", "otherRate", "covered"] as const),
]);

/** A row worked out on the exchange's margin alone, while other products tell terms. */
const isUntold = (rule: BrokerRule, { held, verdict, reasons }: ReconciledRow): boolean =>
  rule.confirmed &&
  takesMargin(held) &&
  (verdict === "matching" ||
    (verdict === "explained" && !reasons.some(({ id }) => OWN_FIGURE.has(id)))) &&
  rule.termsOf(held) === undefined;

/** What is left, part by part. */
function leftOf({ counts, bridge, identities, unread, incomplete }: Findings): Bilingual[] {
  const { unexplained, notCheckable } = counts;
  const open = bridge.items.find(({ ids }) => ids.includes("unexplained"))?.amount ?? ZERO;
  const total = bridge.items.find(({ ids }) => ids.includes("total"))?.amount;
  const left: Bilingual[] = [];
  if (unexplained > 0 || !open.isZero()) {
    left.push({
      zh: `${unexplained} 行未解释，共 ${signed(open)}`,
      en: `${rowsEn(unexplained)} unexplained, ${signed(open)} in all`,
    });
  }
  if (total) {
    left.push({
      zh: `账户合计与逐行之和差 ${signed(total)}`,
      en: `the account's total is ${signed(total)} off its rows`,
    });
  }
  left.push(...failedPart(identities, total !== undefined));
  if (notCheckable > 0) {
    left.push({
      zh: `${notCheckable} 行不可核对`,
      en: `${rowsEn(notCheckable)} that can't be checked`,
    });
  }
  if (unread > 0) left.push({ zh: `${unread} 行没有读出`, en: `${rowsEn(unread)} unread` });
  else if (incomplete) left.push({ zh: "文件不完整", en: "the file is partial" });
  return left;
}

export function sentenceOf(findings: Findings): Bilingual {
  const { counts, bridge, additions } = findings;
  const { matching, explained, unexplained, notCheckable } = counts;
  const said = leftOf(findings);
  if (matching + explained + unexplained + notCheckable === 0) {
    said.unshift({ zh: "没有可以核对的行", en: "there is no row to check" });
  } else if (said.length === 0) {
    const all = signed(bridge.to.minus(bridge.from));
    if (additions) {
      return {
        zh: `${matching} 行吻合，${explained} 行有原因，差额合计 ${all}；其中 ${additions.zh}。`,
        en: `${rowsEn(matching)} matching, ${explained} with a cause, ${all} in all; ${additions.en}.`,
      };
    }
    return {
      zh: `全部对上：${matching} 行吻合，${explained} 行有原因，差额合计 ${all}。`,
      en: `All accounted for: ${rowsEn(matching)} matching, ${explained} with a cause, ${all} in all.`,
    };
  } else {
    const fitting: Bilingual[] = [];
    if (explained > 0)
      fitting.push({ zh: `${explained} 行有原因`, en: `${explained} with a cause` });
    if (matching > 0) fitting.push({ zh: `${matching} 行吻合`, en: `${matching} matching` });
    const [zh, en] = [fitting.map((part) => part.zh), fitting.map((part) => part.en)];
    if (fitting.length > 0) said.push({ zh: zh.join("，"), en: en.join(", ") });
    if (additions) said.push({ zh: `其中 ${additions.zh}`, en: additions.en });
  }
  const en = said.map((part) => part.en).join("; ");
  return {
    zh: `${said.map((part) => part.zh).join("；")}。`,
    en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.`,
  };
}
