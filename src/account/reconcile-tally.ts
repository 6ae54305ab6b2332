/** Papers of one account counted: how many of them break, how many could not be checked whole, and what breaks first. */
import type { Bilingual, Day } from "../core";
import type { Reconciliation } from "./reconcile";
import { rowsEn, signed } from "./reconcile-words";

/** Whether something of a day is left unexplained. */
export const breaksOn = ({ counts, identities, bridge }: Reconciliation): boolean =>
  counts.unexplained > 0 ||
  identities.some(({ holds }) => !holds) ||
  bridge.items.some(
    ({ ids, amount: part }) =>
      (ids.includes("unexplained") || ids.includes("total")) && !part.isZero(),
  );

/** Whether nothing of a paper is left: all its rows were read, could be checked, and are accounted for. */
export const isWhole = (found: Reconciliation): boolean =>
  !breaksOn(found) && found.counts.notCheckable === 0 && found.bridge.complete;

/** Whether nothing of a paper is left to ask either: its rows' additions are the broker's known rule. */
export const isAccountedFor = (found: Reconciliation): boolean =>
  isWhole(found) && found.additions === undefined;

/** What came of several papers. */
export interface Tally {
  readonly papers: number;
  /** Whether each is of a day of its own. */
  readonly areDays: boolean;
  readonly broken: number;
  /** Papers without a break that could not be checked whole. */
  readonly partial: number;
  /** Why: rows that can't be checked or read, or a file that isn't whole. */
  readonly why: Bilingual;
  /** Papers of which nothing else is left, with rows that fit an addition while the broker's rule isn't known. */
  readonly unconfirmed: number;
  readonly first: Reconciliation | undefined;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function whyPartial(partial: readonly Reconciliation[]): Bilingual {
  const closed = sum(partial.map(({ counts }) => counts.notCheckable));
  const unread = sum(partial.map((one) => one.unread));
  const empty = partial.some(({ length, unread: lost }) => length + lost === 0);
  const cut = partial.some(
    ({ length, unread: lost, bridge, counts }) =>
      !bridge.complete && length > 0 && lost === 0 && counts.notCheckable === 0,
  );
  return {
    zh: [
      ...(closed > 0 ? [`${closed} 行不可核对`] : []),
      ...(unread > 0 ? [`${unread} 行没有读出`] : []),
      ...(cut ? ["文件不完整"] : []),
      ...(empty ? ["没有持仓"] : []),
    ].join("、"),
    en: [
      ...(closed > 0 ? [`${rowsEn(closed)} that can't be checked`] : []),
      ...(unread > 0 ? [`${rowsEn(unread)} unread`] : []),
      ...(cut ? ["a partial file"] : []),
      ...(empty ? ["no positions"] : []),
    ].join(", "),
  };
}

/** @param found the oldest first */
export function tallied(found: readonly Reconciliation[]): Tally {
  const broken = found.filter(breaksOn);
  const partial = found.filter((one) => !breaksOn(one) && !isWhole(one));
  const days = new Set<Day | Reconciliation>(found.map((one) => one.day ?? one));
  return {
    papers: found.length,
    areDays: days.size === found.length,
    broken: broken.length,
    partial: partial.length,
    why: whyPartial(partial),
    unconfirmed: found.filter((one) => isWhole(one) && !isAccountedFor(one)).length,
    first: broken[0],
  };
}

/** What breaks on a day: a contract where one does, else the account's total or an identity. */
function breakOf({ breaking, bridge, identities }: Reconciliation): Bilingual {
  const row = breaking.find(({ verdict }) => verdict === "unexplained");
  if (row?.difference) {
    const said = `${row.position.contract} ${signed(row.difference)}`;
    return { zh: said, en: said };
  }
  const open = bridge.items.find(({ ids }) => ids.includes("total") || ids.includes("unexplained"));
  if (open) {
    const part = signed(open.amount);
    return { zh: `账户合计 ${part}`, en: `the account's total ${part}` };
  }
  const failed = identities.find(({ holds }) => !holds);
  return failed
    ? { zh: `${failed.name.zh}不成立`, en: `${failed.name.en} fails` }
    : { zh: "", en: "" };
}

/** One sentence on all papers of an account. */
export function papersSentence(found: readonly Reconciliation[]): Bilingual {
  const [only, ...more] = found;
  if (only && more.length === 0) return only.sentence;
  const { papers, areDays, broken, partial, why, unconfirmed, first } = tallied(found);
  const [unit, units] = areDays ? ["天", "days"] : ["份账单", "statements"];
  if (broken + partial + unconfirmed === 0) {
    return {
      zh: `${papers} ${unit}全部对上。`,
      en: `All ${papers} ${units} are accounted for.`,
    };
  }
  const open: Bilingual[] = [];
  if (partial > 0) {
    open.push({
      zh: `${partial} ${unit}没有核对全（${why.zh}）`,
      en: `${partial} not checked whole (${why.en})`,
    });
  }
  if (unconfirmed > 0) {
    open.push({
      zh: `${unconfirmed} ${unit}的加收未确认`,
      en: `${unconfirmed} with additions that aren't confirmed`,
    });
  }
  const zh = open.map((part) => part.zh).join("；");
  const en = open.map((part) => part.en).join("; ");
  if (!first) {
    const rest =
      partial + unconfirmed === papers
        ? { zh: "", en: "" }
        : { zh: "，其余对上", en: ", the others are accounted for" };
    return {
      zh: `${papers} ${unit}中 ${zh}${rest.zh}。`,
      en: `Of ${papers} ${units} ${en}${rest.en}.`,
    };
  }
  const which = breakOf(first);
  const day = first.day ?? "—";
  return {
    zh: `${papers} ${unit}中 ${broken} ${unit}有未解释的差额，最早 ${day}：${which.zh}${zh && `；${zh}`}。`,
    en: `${broken} of ${papers} ${units} ${broken === 1 ? "has" : "have"} something unexplained, first ${day}: ${which.en}${en && `; ${en}`}.`,
  };
}
