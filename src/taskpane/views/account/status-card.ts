/** The headline: where the account stands, and what has to be done by when. */
import type { Book, Plan, StandardFigures, Standing } from "../../../account";
import { amount, type Amount } from "../../../core";
import { moneyText, plainText, rateText, weekdayText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { LANG, type Language } from "../../language";
import { ACCOUNT_TEXTS, type AccountTexts } from "../../texts-account";
import { toSheet, wayDown } from "../account-icons";
import { pill, STATUS_CLASS, standingWord } from "../status";
import { gauge } from "./gauge";
import { atMost, bookRatio, levelsOf, withCurrency } from "./levels";
import { noticeView } from "./notice";
import type { AccountProps } from "./room";

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
const headline = ({ standings }: Book): StandardFigures =>
  standings.byExchange ? standings.exchange : standings.broker;

function caption(book: Book, texts: AccountTexts): Described {
  const { standings } = book;
  const { basis, incomplete } = headline(book);
  return h(
    "p",
    { class: "big-caption" },
    h("span", {}, standings.byExchange ? texts.exchangeStandard : texts.brokerStandard),
    h("span", {}, basis === "printed" ? texts.asPrinted : texts.byRule),
    standings.brokerDefinition !== undefined &&
      h(
        "span",
        {},
        texts.brokerDefinition(plainText(standings.brokerDefinition.toDecimalPlaces(4))),
      ),
    incomplete && h("span", { class: "doubt" }, texts.incomplete),
  );
}

const bigRatio = (book: Book): Described => {
  const figures = headline(book);
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

/** The deadline, "11-23 周一 11:30". */
export const deadlineText = (book: Book, language: Language): string | undefined => {
  const { deadline } = book.standings;
  return deadline && `${weekdayText(deadline.day, book.day, language)} ${deadline.time}`;
};

function toAddRow(book: Book, language: Language, texts: AccountTexts): Child {
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
      h("b", { class: "money" }, withCurrency(book, toAdd)),
      " ",
      h("span", { class: "keep" }, line),
    ),
    due !== undefined &&
      h("p", { class: "todo-more" }, language === "en" && "by ", h("b", {}, due), texts.by),
  );
}

/** Steps that are spelled out; a longer plan stands in What if. */
const MOST_STEPS = 2;

function closeRow(book: Book, plan: Plan | undefined, texts: AccountTexts): Child {
  if (!plan || plan.steps.length === 0) return undefined;
  const shown = plan.steps.slice(0, MOST_STEPS);
  const last = plan.steps.at(-1);
  const rest = plan.steps.length - shown.length;
  const owing = book.standings.toAdd?.greaterThan(0) ?? false;
  return todo(
    "close",
    owing ? texts.orClose : texts.close,
    ...shown.map(({ contract, lineId, lots, cost, ratio }) =>
      h(
        "div",
        { key: lineId },
        h(
          "p",
          {},
          h("span", { class: "code", translate: "no" }, contract),
          ` × ${texts.lots(String(lots))}`,
        ),
        h(
          "p",
          { class: "todo-more" },
          `${texts.payPremium} ${moneyText(cost)} → `,
          h("b", {}, bookRatio(book, ratio)),
        ),
      ),
    ),
    rest > 0 && h("p", { class: "todo-more" }, texts.moreSteps(rest, bookRatio(book, last?.ratio))),
    plan.shortfall.greaterThan(0) &&
      h("p", { class: "todo-more strong" }, texts.shortfall(withCurrency(book, plan.shortfall))),
  );
}

/** How far a quiet account is from its call, on whole figures only. */
function roomRow(book: Book, texts: AccountTexts): Child {
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
    h("p", { class: "money calm" }, withCurrency(book, fen)),
    h("p", { class: "todo-more" }, texts.roomText(rateText(call))),
  );
}

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
  if (status === "immediate") {
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
    said.push(equity === undefined ? texts.undeterminedEquity : texts.undeterminedRows);
  } else if (headline(book).incomplete) {
    said.push(texts.incompleteFile);
  }
  return said;
}

const coveredShort = (book: Book, language: Language): readonly string[] =>
  [...book.warnings, ...book.lines.flatMap(({ warnings }) => warnings)]
    .filter(({ kind }) => kind === "coveredShort")
    .map(({ text }) => text[language]);

function actions(props: AccountProps, texts: AccountTexts): Child[] {
  const { ui, acts } = props;
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
          disabled: !ui.connected,
          "aria-describedby": ui.connected ? undefined : "write-why",
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
    !ui.connected && h("p", { key: "why", id: "write-why", class: "note" }, texts.notConnected),
    noticeView(ui.notice, ui.canUndo ? { label: texts.undo, act: () => acts.undo() } : undefined),
  ];
}

export function statusCard(props: AccountProps): Described {
  const { book, language, sample, recalculating, closeFirst } = props;
  const texts = ACCOUNT_TEXTS[language];
  const { status } = book.standings;
  const rows = [
    toAddRow(book, language, texts),
    closeRow(book, closeFirst, texts),
    roomRow(book, texts),
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
