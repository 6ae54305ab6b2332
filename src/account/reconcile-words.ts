/** How the verdict on a row is said. */
import type { Amount, Bilingual } from "../core";
import { REASONS, type Reason, type ReasonId, type Tried } from "./reconcile-reasons";
import type { Wanted } from "./reconcile-relief";

/** Nothing to be said beside a cause's name. */
export const SAME: Bilingual = { zh: "", en: "" };

/** Money with its sign, as a difference is written. */
export const signed = (n: Amount): string => `${n.greaterThan(0) ? "+" : ""}${n.toFixed(2)}`;

/** "1 row", "2 rows". */
export const rowsEn = (n: number): string => `${n} row${n === 1 ? "" : "s"}`;

const said = ({ name, detail }: Reason): Bilingual => ({
  zh: detail.zh ? `${name.zh}（${detail.zh}）` : name.zh,
  en: detail.en ? `${name.en} (${detail.en})` : name.en,
});

/** Partners that one set may have had, of which so many are named. */
const MOST_NAMED = 3;

/** One cause; what fits in several ways, or a set with several partners, is one cause still. */
function causeText(alike: readonly Reason[]): Bilingual {
  const [only, ...more] = alike as readonly [Reason, ...Reason[]];
  if (more.length === 0) return said(only);
  if (only.id !== "relief") {
    const detail = {
      zh: alike.map((one) => one.detail.zh).join("；或"),
      en: alike.map((one) => one.detail.en).join("; or "),
    };
    return said({ ...only, detail });
  }
  const named = alike.slice(0, MOST_NAMED).map(({ detail }) => detail);
  const left = alike.length - named.length;
  const { name } = only;
  return {
    zh: `${name.zh}（${alike.length} 种搭配都正好：${named.map(({ zh }) => zh).join("；")}${left > 0 ? `；另有 ${left} 种` : ""}）`,
    en: `${name.en} (with any of ${alike.length} partners: ${named.map(({ en }) => en).join("; ")}${left > 0 ? `; and ${left} more` : ""})`,
  };
}

/** One reason, or several that can't be told apart. */
export function explainedText(reasons: readonly Reason[]): Bilingual {
  const causes = new Map<ReasonId, Reason[]>();
  for (const one of reasons) {
    const alike = causes.get(one.id);
    if (alike) alike.push(one);
    else causes.set(one.id, [one]);
  }
  const all = [...causes.values()].map(causeText);
  if (all.length === 1) {
    const open =
      reasons.length > 1
        ? { zh: "，无法只凭账单区分", en: "; the statement can't tell them apart" }
        : SAME;
    return { zh: `${all[0]?.zh}${open.zh}。`, en: `${all[0]?.en}${open.en}.` };
  }
  const many =
    all.length === 2 ? { zh: "两", en: "Two" } : { zh: `${all.length} `, en: `${all.length}` };
  return {
    zh: `${many.zh}种原因都能精确解释，无法只凭账单区分：${all.map(({ zh }) => zh).join("；")}。`,
    en: `${many.en} causes fit exactly and the statement can't tell them apart: ${all.map(({ en }) => en).join("; ")}.`,
  };
}

/** Whether what a cause leaves is less than without any. */
const isNearer = ({ leaves }: Tried, difference: Amount): boolean =>
  leaves.abs().lessThan(difference.abs());

export function unexplainedText(difference: Amount, tried: readonly Tried[]): Bilingual {
  const [nearest] = tried;
  const d = signed(difference);
  if (!nearest) {
    return {
      zh: `未解释 ${d}：没有能试的原因。`,
      en: `${d} unexplained: there was no cause to try.`,
    };
  }
  const n = new Set(tried.map(({ id }) => id)).size;
  if (!isNearer(nearest, difference)) {
    const causes = n === 1 ? "1 cause" : `${n} causes`;
    return {
      zh: `未解释 ${d}：试过 ${n} 种原因，没有一种更接近。`,
      en: `${d} unexplained: ${causes} tried, none comes nearer.`,
    };
  }
  const left = signed(nearest.leaves);
  return {
    zh: `未解释 ${d}：试过 ${n} 种原因，最接近“${nearest.name.zh}”，仍差 ${left}。`,
    en: `${d} unexplained: ${n} causes tried; nearest “${nearest.name.en}” leaves ${left}.`,
  };
}

/** Rows named beside one whose partners they need too. */
const MOST_RIVALS = 3;

/** Sets that give the figure, of which not all can be: whose it is isn't told. */
export function contestedText(difference: Amount, { ways, rivals }: Wanted): Bilingual {
  const [first, ...more] = ways;
  const d = signed(difference);
  const some = rivals.slice(0, MOST_RIVALS);
  const others = rivals.length > some.length;
  const zh = `${first?.detail.zh}${more.length > 0 ? ` 等 ${ways.length} 组` : ""}`;
  const en = `${first?.detail.en}${more.length > 0 ? ` and ${more.length} more` : ""}`;
  return {
    zh: `未解释 ${d}：“${REASONS.relief.zh}”正好（${zh}），但搭档的手数不够，${some.join("、")} ${others ? "等" : ""}也要用，不能都是。`,
    en: `${d} unexplained: “${REASONS.relief.en}” fits (${en}), but its partner's lots don't suffice, ${some.join(", ")}${others ? " and others" : ""} would need them too: not all can be.`,
  };
}

/** A row that fits, and what it is charged by. */
export const fitText = (reasons: readonly Reason[]): Bilingual =>
  reasons.length === 0
    ? { zh: "吻合。", en: "It fits." }
    : {
        zh: `吻合：${reasons.map((one) => said(one).zh).join("，")}。`,
        en: `It fits: ${reasons.map((one) => said(one).en).join(", ")}.`,
      };
