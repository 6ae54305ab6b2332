/** Sets to dissolve and to build: what they save, what they cost meanwhile, and what to mind about them. */
import {
  onHeadline,
  type Book,
  type Combining,
  type HeldSet,
  type Line,
  type OnHeadline,
  type SetAct,
  type StripSide,
} from "../../../account";
import type { Amount, Combination } from "../../../core";
import { codeText, moneyText, plainText, weekdayText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { COMBINE_TEXTS, type CombineTexts } from "../../texts-combine";
import { bookRatio } from "../account/levels";
import { headlineMoney } from "../headline-money";
import { pill } from "../status";
import { leftOutView, MOST_SHOWN } from "./left-out";
import type { WhatIfProps } from "./room";

/** Words with their figure, which stay on one line. */
const kept = (...said: Child[]): Described => h("span", { class: "keep" }, ...said);

/** Several such beside each other, with a dot between those on one line. */
const run = (key: string, className: string, ...said: Child[]): Described =>
  h("p", { key, class: `run ${className}` }, ...said);

/** A strategy's name in the reader's language, and its code as counters write it. */
const nameOf = ({ title, name }: Combination, language: Language): Child[] => [
  `${title[language]} `,
  h("span", { class: "code keep", translate: "no" }, name),
];

export function sideWord({ kind, position }: Line, { side }: CombineTexts): string {
  if (kind === "shares") return side.held;
  if (kind === "future") return position.side === "long" ? side.many : side.few;
  return side[position.side];
}

const legView = (line: Line, texts: CombineTexts, ...more: Child[]): Described =>
  h(
    "li",
    {},
    h("span", { class: "leg-side" }, sideWord(line, texts)),
    " ",
    h("span", { class: "leg-code", translate: "no" }, codeText(line.position.contract)),
    ...more,
  );

const legsView = (legs: readonly Line[], texts: CombineTexts): Described =>
  h("ul", { class: "legs" }, ...legs.map((line) => legView(line, texts)));

/** More margin or less, as a word and a figure without a sign. */
const effect = (saved: Amount, texts: CombineTexts): string =>
  saved.isNegative() ? texts.taken(moneyText(saved.negated())) : texts.saved(moneyText(saved));

interface Whole {
  readonly margin: Amount;
  readonly ratio: Amount | undefined;
  /** Some rows have no figure: the margin is that of the others. */
  readonly partial: boolean;
}

/** The way of the account's margin on this standard; undefined where it isn't known or is no start. */
function headlineOf(book: Book, combining: Combining): OnHeadline | undefined {
  const headline = wayOf(book, combining);
  return headline === "open" || "tooLow" in headline ? undefined : headline;
}

function wayOf({ standings }: Book, combining: Combining): ReturnType<typeof onHeadline> {
  const { standard } = combining;
  const { incomplete, margin: whole, withoutRelief } = standings[standard];
  const known = !incomplete && (standard === "broker" || !withoutRelief);
  return known && whole ? onHeadline(whole, combining) : "open";
}

/**
 * The account after the lines counted have come to a margin: the rows that aren't counted stay as they are.
 * Without the account's margin on this standard it is the margin of the lines counted, and no ratio.
 */
function wholeAt(book: Book, combining: Combining, margin: Amount): Whole {
  const headline = headlineOf(book, combining);
  if (!headline) return { margin, ratio: undefined, partial: true };
  const { denominator: money } = book.standings;
  const then = headline.at(margin);
  const ratio = money?.greaterThan(0) ? then.dividedBy(money) : undefined;
  return { margin: then, ratio, partial: false };
}

function actView(
  act: SetAct,
  index: number,
  of: Combining,
  { book, language }: WhatIfProps,
  texts: CombineTexts,
): Described {
  const { bySelf } = act;
  const { margin, ratio, partial } = wholeAt(book, of, act.margin);
  // Clearing forms its sets at once: only after the last of them is there a margin.
  const between = bySelf && index < of.acts.length - 1;
  const then = partial ? texts.countedThen : texts.marginThen;
  // What a set saved is taken again once it is dissolved.
  const saved = act.act === "build" ? act.saved : act.saved.negated();
  return h(
    "li",
    { key: String(index), class: "step set-act" },
    h(
      "p",
      { class: "step-head" },
      `${(bySelf ? texts.bySelf : texts.act)[act.act]} `,
      ...nameOf(act.combination, language),
      " ",
      kept(`× ${texts.sets(String(act.sets))}`),
    ),
    !between && ratio && h("p", { class: "step-ratio" }, "→ ", h("b", {}, bookRatio(book, ratio))),
    legsView([act.first, act.second], texts),
    run("more", "step-more", kept(effect(saved, texts)), !between && kept(then(moneyText(margin)))),
  );
}

function meanwhile(combining: Combining, texts: CombineTexts): Child {
  const { acts, meanwhile: cash, setBySet } = combining;
  const orders = acts.filter(({ bySelf }) => !bySelf);
  if (orders.length === 0) return undefined;
  const sets = orders.reduce((sum, { act, sets: n }) => sum + (act === "dissolve" ? n : 0), 0);
  const [first, then] = texts.meanwhile(String(sets), moneyText(cash));
  return run(
    "meanwhile",
    "step-totals",
    kept(first),
    kept(then),
    setBySet.lessThan(cash) && kept(texts.setBySet(moneyText(setBySet))),
  );
}

/** Orders that take margin first are rejected where the money for it isn't there. */
function shortOfCash({ standings }: Book, combining: Combining, texts: CombineTexts): Child {
  const { standard, setBySet } = combining;
  const { available } = standings;
  if (standard === "exchange" || !available || !setBySet.greaterThan(0)) return undefined;
  if (available.greaterThanOrEqualTo(setBySet)) return undefined;
  const [has, lacks] = [available, setBySet.minus(available)].map(moneyText);
  return h("p", { key: "short", class: "gap" }, texts.short(has ?? "", lacks ?? ""));
}

/** By a statement of an earlier day, the day it is of. */
function asOf({ day, inputs: { today } }: Book, language: Language, texts: CombineTexts): Child {
  if (!day || day >= today) return undefined;
  return h("p", { key: "as of", class: "note" }, texts.asOf(weekdayText(day, today, language)));
}

/** Relief that the printed margin may have in it already. */
function alreadyThere(book: Book, combining: Combining, texts: CombineTexts): Child {
  const headline = wayOf(book, combining);
  if (headline === "open" || combining.freed.isZero()) return undefined;
  if ("tooLow" in headline) {
    const least = moneyText(headline.tooLow);
    return h("p", { key: "too low", class: "note" }, texts.tooLow(least));
  }
  if (!headline.below.greaterThan(0)) return undefined;
  const said = texts.inPrint(moneyText(headline.below), moneyText(headline.freed));
  return h("p", { key: "in print", class: "note" }, said);
}

/** What to know of exchanges whose clearing forms the sets. */
const clearingView = (
  { byClearing }: Combining,
  language: Language,
  texts: CombineTexts,
): Child[] =>
  byClearing.map(({ exchange, inOwnOrder }) => {
    const said = inOwnOrder ? texts.inOwnOrder : texts.atSettlement;
    return h("p", { key: `clearing ${exchange.en}`, class: "note" }, said(exchange[language]));
  });

function figures(
  { book, wan, language }: WhatIfProps,
  combining: Combining,
  texts: CombineTexts,
): Described {
  const { saved } = combining;
  const freed = headlineOf(book, combining)?.freed ?? combining.freed;
  const told = ([before, behind]: readonly string[], value: Amount): Described =>
    kept(
      before,
      h(
        "b",
        {},
        headlineMoney({
          ...{ value, text: moneyText(value), currency: "" },
          ...{ wan, towards: "nearest" as const, language },
        }),
      ),
      behind,
    );
  const sofar = told(saved.isNegative() ? texts.costs : texts.saves, saved.abs());
  return run("figures", "combine-figures", sofar, told(texts.more, freed));
}

const nothingToDo = (
  { acts, saved, shortsWithoutPartner: alone, leftOut }: Combining,
  texts: CombineTexts,
) =>
  acts.length === 0 &&
  h(
    "p",
    { key: "nothing", class: "note" },
    `${leftOut.length > 0 ? texts.amongCounted : ""}${
      saved.isZero() && alone > 0 ? texts.nothing(alone) : texts.best
    }`,
  );

interface Minded {
  readonly name: readonly Child[];
  readonly legs: readonly Line[];
  readonly sets: string;
  readonly text: string;
}

function mindedOf({ book, language }: WhatIfProps, of: Combining, texts: CombineTexts): Minded[] {
  return [
    ...of.costlier.map((set): Minded => ({
      name: heldName(set, language),
      legs: set.legs,
      sets: texts.sets(plainText(set.sets)),
      text: costlierText(set, of, texts),
    })),
    ...of.dissolving.map((soon): Minded => {
      const { day, combination, first, second, sets, rises, held, passed } = soon;
      const money = moneyText(rises.abs());
      const told = passed ? texts.passed : rises.isNegative() ? texts.falls : texts.rises;
      return {
        name: nameOf(combination, language),
        legs: [first, second],
        sets: `${texts.sets(String(sets))}${held ? "" : texts.toBuild}`,
        text: told(weekdayText(day, book.day ?? book.inputs.today, language), money),
      };
    }),
  ];
}

const heldName = ({ combination, strategy, id }: HeldSet, language: Language): Child[] =>
  combination ? nameOf(combination, language) : [strategy ?? id];

function costlierText({ saved }: HeldSet, { standard }: Combining, texts: CombineTexts): string {
  const more = saved[standard]?.negated();
  return more?.greaterThan(0) ? texts.costlier(moneyText(more)) : texts.costlierThere;
}

function warningsView(props: WhatIfProps, of: Combining, texts: CombineTexts): Child {
  const minded = mindedOf(props, of, texts);
  if (minded.length === 0) return undefined;
  return h(
    "ul",
    { key: "minded", class: "set-warnings", "aria-label": texts.warnings },
    ...minded
      .slice(0, MOST_SHOWN)
      .map(({ name, legs, sets, text }, index) =>
        h(
          "li",
          { key: String(index) },
          h("p", { class: "step-head" }, ...name, " ", kept(`× ${sets}`)),
          legsView(legs, texts),
          h("p", { class: "gap" }, text),
        ),
      ),
  );
}

/** Margin and ratio after something, and what that frees. */
const outcome = (
  book: Book,
  { margin, ratio, partial }: Whole,
  freed: string,
  texts: CombineTexts,
): Described =>
  run(
    "outcome",
    "block-figures",
    kept((partial ? texts.counted : texts.margin)(moneyText(margin))),
    kept(freed),
    ratio && kept(texts.ratio(bookRatio(book, ratio))),
  );

function tonightView(book: Book, of: Combining, texts: CombineTexts): Child {
  const { tonight } = of;
  if (!tonight) return undefined;
  const whole = wholeAt(book, of, tonight.margin);
  return h(
    "div",
    { key: "tonight", class: "combine-block" },
    h("h3", {}, texts.tonight),
    outcome(book, whole, texts.released(moneyText(tonight.released)), texts),
    h(
      "ul",
      { class: "legs" },
      ...tonight.netted.map(({ line, lots }) =>
        legView(line, texts, " ", kept(texts.lots(String(lots)))),
      ),
    ),
    h("p", { class: "note" }, texts.tonightHow),
  );
}

function inOrderView(props: WhatIfProps, of: Combining, texts: CombineTexts): Child {
  const { book, language } = props;
  const { inOrder, best } = of;
  if (!inOrder) return undefined;
  const more = inOrder.margin.minus(best);
  const beside = more.greaterThan(0) ? texts.inOrderMore(moneyText(more)) : texts.inOrderSame;
  return h(
    "div",
    { key: "in order", class: "combine-block" },
    h("h3", {}, texts.inOrder(inOrder.exchange[language])),
    outcome(book, wholeAt(book, of, inOrder.margin), effect(inOrder.saved, texts), texts),
    h("p", { class: "note" }, beside),
  );
}

/** The best pairing of what is held, and the way there. */
export function combineSteps(props: WhatIfProps): Child[] {
  const { book, combining, language } = props;
  const texts = COMBINE_TEXTS[language];
  if (!combining) {
    const text = props.planning ? texts.combining : texts.noBook;
    return [h("p", { key: "none", class: "note" }, text)];
  }
  if ("refused" in combining) {
    return [h("p", { key: "refused", class: "gap" }, combining.refused[language])];
  }
  const { acts, standard, leftOut } = combining;
  return [
    asOf(book, language, texts),
    standard === "exchange" && h("p", { key: "standard", class: "note" }, texts.byExchange),
    figures(props, combining, texts),
    alreadyThere(book, combining, texts),
    nothingToDo(combining, texts),
    acts.length > 0 &&
      h(
        "ol",
        { key: "acts", class: "steps", "aria-label": texts.acts },
        ...acts
          .slice(0, MOST_SHOWN)
          .map((act, index) => actView(act, index, combining, props, texts)),
      ),
    acts.length > MOST_SHOWN &&
      h("p", { key: "more", class: "note" }, texts.moreActs(acts.length - MOST_SHOWN)),
    meanwhile(combining, texts),
    shortOfCash(book, combining, texts),
    ...clearingView(combining, language, texts),
    warningsView(props, combining, texts),
    inOrderView(props, combining, texts),
    tonightView(book, combining, texts),
    leftOutView(leftOut, language),
  ];
}

/** Where own trades would lead if what is then held were paired as best it can be. */
export function withBest(best: StripSide | undefined, book: Book, language: Language): Child {
  if (!best?.margin) return undefined;
  const texts = COMBINE_TEXTS[language];
  return h(
    "p",
    { key: "best", class: "with-best" },
    h("span", { class: "keep" }, texts.withBest),
    kept(texts.margin(moneyText(best.margin))),
    best.ratio && kept(texts.ratio(bookRatio(book, best.ratio))),
    pill(best.status, language, "small"),
  );
}
