/** The headline: where the account stands, and what has to be done by when. */
import type { Book, Plan, PlanStep, StandardFigures, Standing } from "../../../account";
import { amount, type Amount } from "../../../core";
import { codeText, moneyText, plainText, rateText, weekdayText, type Towards } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { LANG, type Language } from "../../language";
import { ACCOUNT_TEXTS, type AccountTexts } from "../../texts-account";
import { FRAME_TEXTS } from "../../texts-frame";
import { toSheet, wayDown } from "../account-icons";
import { headlineMoney } from "../headline-money";
import { pill, STATUS_CLASS, standingWord } from "../status";
import { gauge } from "./gauge";
import { atMost, bookRatio, levelsOf, withCurrency } from "./levels";
import { noticeView, type Way } from "./notice";
import type { AccountProps } from "./room";
import { MOST_WARNINGS, warningsOf } from "./warnings";

const SEVERITY: readonly Standing[] = [
  "undetermined",
  "normal",
  "watch",
  "marginCall",
  "liquidation",
  "immediate",
];

export const atLeast = (status: Standing, other: Standing): boolean =>
  SEVERITY.indexOf(status) >= SEVERITY.indexOf(other);

/** The standard that the headline's state comes from. */
const inFront = ({ standings }: Book): StandardFigures =>
  standings.byExchange ? standings.exchange : standings.broker;

function caption(book: Book, texts: AccountTexts): Described {
  const { standings } = book;
  const { basis, incomplete } = inFront(book);
  const own = standings.brokerDefinition;
  const lines = [
    h("span", {}, standings.byExchange ? texts.exchangeStandard : texts.brokerStandard),
    h("span", {}, basis === "printed" ? texts.asPrinted : texts.byRule),
    own && h("span", {}, texts.brokerDefinition(plainText(own.toDecimalPlaces(4)))),
    incomplete && h("span", { class: "doubt" }, texts.incomplete),
  ].filter(Boolean);
  return h("p", { class: lines.length > 2 ? "big-caption more" : "big-caption" }, ...lines);
}

const bigRatio = (book: Book): Described => {
  const figures = inFront(book);
  const shown = atMost(figures, bookRatio(book, figures.ratio));
  return h(
    "p",
    { class: shown.length > 8 ? "big long" : "big" },
    h("b", {}, shown.replace("%", "")),
    shown.endsWith("%") && h("span", { class: "percent" }, "%"),
  );
};

/** A row of the headline's list: a word, and what it comes to. */
const todo = (key: string, term: string, ...body: Child[]): Described =>
  h("div", { key, class: "todo-row" }, h("dt", {}, term), h("dd", {}, ...body));

const headline = ({ book, ui, language }: AccountProps, value: Amount, towards: Towards): Child =>
  headlineMoney({
    ...{ value, towards, language, wan: ui.wan },
    text: withCurrency(book, value),
    currency: book.currency,
  });

/** The deadline, "11-23 周一 11:30", marked where holidays that are not known may put it off. */
export const deadlineText = (book: Book, language: Language): string | undefined => {
  const { deadline } = book.standings;
  if (!deadline) return undefined;
  const { day, time, certain } = deadline;
  const mark = certain ? "" : ACCOUNT_TEXTS[language].holidaysUnknown(day.slice(0, 4));
  return `${weekdayText(day, book.day, language)} ${time}${mark}`;
};

function toAddRow(props: AccountProps, texts: AccountTexts): Child {
  const { book, language } = props;
  const { toAdd } = book.standings;
  if (toAdd === undefined || toAdd.isZero()) return undefined;
  const due = deadlineText(book, language);
  const line = texts.backTo(rateText(amount(book.inputs.profile.lines.call)));
  return todo(
    "add",
    texts.toAdd,
    h(
      "p",
      { class: "money-line" },
      h("b", { class: "money" }, headline(props, toAdd, "up")),
      " ",
      h("span", { class: "keep" }, line),
    ),
    due !== undefined &&
      h("p", { class: "todo-more" }, language === "en" && "by ", h("b", {}, due), texts.by),
  );
}

/** Steps that are spelled out; a longer plan stands in What if. */
const MOST_STEPS = 2;

/** A step's ratio on the standard that the headline's state comes from. */
const headlineRatio = (
  { standings }: Book,
  { ratio, exchangeRatio }: Pick<PlanStep, "ratio" | "exchangeRatio">,
): Amount | undefined => (standings.byExchange ? (exchangeRatio ?? ratio) : ratio);

function closeRow(book: Book, plan: Plan | undefined, texts: AccountTexts): Child {
  if (!plan || plan.steps.length === 0) return undefined;
  const shown = plan.steps.slice(0, MOST_STEPS);
  const last = plan.steps.at(-1);
  const lastRatio = last && headlineRatio(book, last);
  const rest = plan.steps.length - shown.length;
  const owing = book.standings.toAdd?.greaterThan(0) ?? false;
  return todo(
    "close",
    owing ? texts.orClose : texts.close,
    ...shown.map((step, index) => {
      const ratio = headlineRatio(book, step);
      return h(
        "div",
        { key: String(index) },
        h(
          "p",
          {},
          h("span", { class: "code", translate: "no" }, codeText(step.contract)),
          ` × ${texts.lots(String(step.lots))}`,
        ),
        h(
          "p",
          { class: "todo-more" },
          `${texts.payPremium} ${moneyText(step.cost)} `,
          ratio && h("span", { class: "keep" }, "→ ", h("b", {}, bookRatio(book, ratio))),
        ),
      );
    }),
    rest > 0 &&
      h(
        "p",
        { class: "todo-more" },
        texts.moreSteps(rest),
        lastRatio && texts.afterAll(bookRatio(book, lastRatio)),
      ),
    plan.shortfall.greaterThan(0) &&
      h("p", { class: "todo-more strong" }, texts.shortfall(withCurrency(book, plan.shortfall))),
  );
}

/** How far a quiet account is from its call, on whole figures only. */
function roomRow(props: AccountProps, texts: AccountTexts): Child {
  const { book } = props;
  const { status, broker, denominator } = book.standings;
  if (status !== "normal" && status !== "watch") return undefined;
  if (!broker.margin || !denominator || broker.margin.isZero()) return undefined;
  const call = levelsOf(book).call;
  const left = denominator.minus(broker.margin.dividedBy(call));
  if (!left.greaterThan(0)) return undefined;
  const fen: Amount = left.times(100).floor().dividedBy(100);
  return todo(
    "room",
    texts.room,
    h("p", { class: "money calm" }, headline(props, fen, "down")),
    h("p", { class: "todo-more" }, texts.roomText(rateText(call))),
  );
}

/** Rows of the file, read or not: without any it tells of money alone. */
export const holdsAnything = ({ lines, standings }: Book): boolean =>
  lines.length > 0 || standings.exchange.linesInAll > 0;

/** Whether there is anything to see under Problems. */
export const hasProblems = ({ inputs }: Book): boolean =>
  inputs.statement.problems.some(({ notice }) => !notice);

/** The sentences that go with a state: what it means, and what contradicts it. */
export function sentences(book: Book, language: Language): readonly string[] {
  const texts = ACCOUNT_TEXTS[language];
  const { standings, inputs } = book;
  const { status, broker, exchange, toAdd, equity } = standings;
  const said: string[] = [];
  if (status === "liquidation") {
    const line = rateText(amount(inputs.profile.lines.call));
    said.push(
      toAdd?.greaterThan(0)
        ? texts.liquidationReached(line, withCurrency(book, toAdd))
        : texts.liquidationReachedOnly,
    );
  }
  const { denominator } = standings;
  if (denominator && !denominator.greaterThan(0)) {
    if (status === "immediate") said.push(texts.nothingLeft(withCurrency(book, denominator)));
  } else if (status === "immediate") {
    said.push(
      standings.byExchange
        ? texts.immediateByExchange(bookRatio(book, exchange.ratio))
        : texts.immediateReached(bookRatio(book, broker.ratio)),
    );
  }
  if (
    atLeast(broker.status, "marginCall") &&
    exchange.status !== "undetermined" &&
    !atLeast(exchange.status, "marginCall")
  ) {
    said.push(
      texts.standardsDiffer(
        standingWord(broker.status, language),
        standingWord(exchange.status, language),
      ),
    );
  }
  if (standings.byExchange && status !== "immediate") {
    said.push(
      texts.exchangeSeverer(
        standingWord(exchange.status, language),
        standingWord(broker.status, language),
      ),
    );
  }
  if (status === "undetermined") {
    if (equity === undefined) said.push(texts.undeterminedEquity);
    else if (!holdsAnything(book)) said.push(texts.noPositionsRead);
    else if (standings.doubts.length === 0 || broker.incomplete) {
      said.push(texts.undeterminedRows(hasProblems(book)));
    }
  } else if (inFront(book).incomplete) {
    said.push(texts.incompleteFile);
  }
  said.push(...standings.doubts.map((doubt) => doubt[language]));
  return said;
}

const coveredShort = (book: Book, language: Language): readonly string[] =>
  warningsOf(book)
    .filter(({ kind }) => kind === "coveredShort")
    .slice(0, MOST_WARNINGS)
    .map(({ text }) => text[language]);

function waysOn({ ui, acts, language }: AccountProps, texts: AccountTexts): readonly Way[] {
  const { update } = ui.notice ?? {};
  const frame = FRAME_TEXTS[language];
  if (!update) return ui.canUndo ? [{ id: "undo", label: texts.undo, act: () => acts.undo() }] : [];
  const { cells } = update;
  const another = { id: "write-another", label: frame.another, act: () => acts.writeAnother() };
  if (cells === 0) return [another];
  const label = frame.update(cells);
  return [{ id: "update-sheet", label, act: () => acts.updateSheet(cells) }, another];
}

function actions(props: AccountProps, texts: AccountTexts): Child[] {
  const { book, ui, acts } = props;
  const nothing = holdsAnything(book) ? undefined : texts.nothingToWrite;
  const why = ui.connected ? nothing : texts.notConnected;
  return [
    h(
      "div",
      { key: "acts", class: "pair" },
      h(
        "button",
        {
          type: "button",
          id: "write-sheet",
          class: "button primary",
          disabled: why !== undefined,
          "aria-disabled": ui.writing ? "true" : undefined,
          "aria-describedby": why === undefined ? undefined : "write-why",
          onclick: () => acts.writeSheet(),
        },
        toSheet(),
        texts.write,
      ),
      h(
        "button",
        {
          type: "button",
          id: "reduce-risk",
          class: "button",
          onclick: () => acts.reduceRisk(),
        },
        wayDown(),
        texts.reduce,
      ),
    ),
    why !== undefined && h("p", { key: "why", id: "write-why", class: "note" }, why),
    !ui.notice?.at && noticeView(ui.notice, waysOn(props, texts)),
  ];
}

export function statusCard(props: AccountProps): Described {
  const { book, language, sample, recalculating, closeFirst } = props;
  const texts = ACCOUNT_TEXTS[language];
  const { status } = book.standings;
  const rows = [
    toAddRow(props, texts),
    closeRow(book, closeFirst, texts),
    roomRow(props, texts),
  ].filter(Boolean);
  const said = [...sentences(book, language), ...coveredShort(book, language)];
  return h(
    "section",
    {
      key: "status",
      class: `card hero ${STATUS_CLASS[status]}`,
      "aria-labelledby": "status-heading",
      "aria-busy": recalculating ? "true" : undefined,
    },
    (sample || recalculating) &&
      h(
        "p",
        { key: "badges", class: "badges" },
        sample && h("span", { key: "sample", class: "sample-badge" }, texts.sample),
        recalculating &&
          h("span", { key: "busy", class: "sample-badge quiet" }, texts.recalculating),
      ),
    h(
      "div",
      { key: "head", class: "hero-head" },
      h(
        "h2",
        { id: "status-heading", tabindex: "-1", class: "status-heading", lang: LANG[language] },
        h("span", { class: "unseen" }, `${texts.statusHeading} `),
        pill(status, language),
      ),
      bigRatio(book),
      caption(book, texts),
    ),
    gauge(book, language),
    ...said.map((text, index) => h("p", { key: `said ${index}`, class: "verdict" }, text)),
    rows.length > 0 && h("dl", { key: "todo", class: "todo" }, ...rows),
    ...actions(props, texts),
  );
}
