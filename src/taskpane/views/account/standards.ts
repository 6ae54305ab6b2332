/** The two standards side by side, the account's money, and where its margin sits. */
import { recomputedOf, type Book, type Part, type StandardFigures } from "../../../account";
import { exchanges } from "../../../exchanges";
import { shortName } from "../../families";
import { changeText, moneyText, UNKNOWN } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { ACCOUNT_TEXTS, type AccountTexts } from "../../texts-account";
import { chevron } from "../icons";
import { pill, statusIcon } from "../status";
import { atMost, bookRatio, withCurrency } from "./levels";
import type { AccountProps } from "./room";
import { hasProblems } from "./status-card";
import { MOST_WARNINGS, warningsOf } from "./warnings";

/** The whole margin, or the sum of the rows that could be counted, marked as such. */
function marginCell(figures: StandardFigures, texts: AccountTexts): Described {
  if (figures.margin) return h("td", {}, atMost(figures, moneyText(figures.margin)));
  // Rows that take no margin say nothing of those that do.
  if (figures.counted.isZero()) return h("td", {}, UNKNOWN);
  return h(
    "td",
    {},
    h("span", { class: "partial" }, moneyText(figures.counted)),
    h("span", { class: "unseen" }, ` ${texts.incomplete}`),
  );
}

const partly = ({ margin, linesCounted, linesInAll }: StandardFigures): boolean =>
  margin === undefined && linesCounted < linesInAll;

/** How the broker's printed figure compares with the rules, where both are whole. */
function recomputedNote(book: Book, texts: AccountTexts): Child {
  const { broker, recomputed } = book.standings;
  if (broker.basis !== "printed" || !broker.margin) return undefined;
  const ours = recomputedOf(book);
  if (ours) {
    const relief = ours.relief.isZero() ? undefined : moneyText(ours.relief);
    return h(
      "p",
      { key: "recomputed", class: "note" },
      texts.recomputed(moneyText(ours.margin), relief, changeText(ours.difference)),
    );
  }
  if (recomputed.margin) {
    const most = moneyText(recomputed.margin);
    return h("p", { key: "recomputed", class: "note" }, texts.recomputedAtMost(most));
  }
  return (
    !recomputed.counted.isZero() &&
    h(
      "p",
      { key: "recomputed", class: "note" },
      texts.recomputedPartly(
        recomputed.linesCounted,
        recomputed.linesInAll,
        moneyText(recomputed.counted),
      ),
    )
  );
}

/** Of a real statement, until the broker's terms are set: what recomputing waits for. */
function termsHint({ book, sample, acts }: AccountProps, texts: AccountTexts): Child {
  const { lines, inputs, standings } = book;
  if (sample || inputs.profile.surcharge.kind !== "unknown") return undefined;
  if (lines.length === 0 || standings.recomputed.margin) return undefined;
  return h(
    "p",
    { key: "terms", class: "note" },
    `${texts.termsHint} `,
    h(
      "button",
      {
        type: "button",
        class: "link",
        id: "terms-in-settings",
        onclick: () => acts.openSettings(),
      },
      texts.termsHintLink,
    ),
  );
}

export function standardsCard(props: AccountProps): Described {
  const { book, language } = props;
  const texts = ACCOUNT_TEXTS[language];
  const { broker, exchange } = book.standings;
  const short = [broker, exchange].find(partly);
  return h(
    "section",
    { key: "standards", class: "card block" },
    h(
      "table",
      { class: "figures two" },
      h("caption", { class: "unseen" }, texts.bothStandards),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("td", {}),
          h("th", { scope: "col" }, texts.brokerStandard),
          h("th", { scope: "col" }, texts.exchangeStandard),
        ),
      ),
      h(
        "tbody",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "row" }, texts.margin),
          marginCell(broker, texts),
          marginCell(exchange, texts),
        ),
        h(
          "tr",
          {},
          h("th", { scope: "row" }, texts.ratio),
          h("td", {}, atMost(broker, bookRatio(book, broker.ratio))),
          h("td", {}, atMost(exchange, bookRatio(book, exchange.ratio))),
        ),
        h(
          "tr",
          { class: "states" },
          h("th", { scope: "row" }, texts.status),
          h("td", {}, pill(broker.status, language, "small")),
          h("td", {}, pill(exchange.status, language, "small")),
        ),
      ),
    ),
    short &&
      h(
        "p",
        { key: "short", class: "incomplete" },
        statusIcon("undetermined"),
        h(
          "span",
          {},
          texts.incompleteRows(short.linesCounted, short.linesInAll, hasProblems(book)),
        ),
      ),
    [broker, exchange].some(({ withoutRelief, margin }) => withoutRelief && margin) &&
      h("p", { key: "relief", class: "note" }, texts.withoutRelief),
    recomputedNote(book, texts),
    termsHint(props, texts),
    exchange.status === "immediate" && h("p", { key: "full", class: "note" }, texts.exchangeFull),
  );
}

const cashRow = (key: string, name: string, aside: string, figure: string): Described =>
  h(
    "tr",
    { key },
    h("th", { scope: "row" }, name, aside !== "" && h("small", {}, aside)),
    h("td", {}, figure),
  );

export function cashCard(book: Book, language: Language): Described {
  const texts = ACCOUNT_TEXTS[language];
  const { equity, equityFrom, marketValueEquity, available, availableFrom, denominator } =
    book.standings;
  const differs = denominator && (!equity || !denominator.equals(equity));
  const warnings = warningsOf(book).filter(
    ({ kind }) => kind !== "coveredShort" && kind !== "coveredUnknown",
  );
  const more = warnings.length - MOST_WARNINGS;
  return h(
    "section",
    { key: "cash", class: "card block" },
    h(
      "table",
      { class: "figures" },
      h("caption", { class: "unseen" }, texts.cash),
      h(
        "tbody",
        {},
        cashRow(
          "equity",
          texts.customerEquity,
          equityFrom === "user" ? texts.equityByUser : "",
          equity ? withCurrency(book, equity) : UNKNOWN,
        ),
        cashRow("market", texts.marketValueEquity, "", moneyText(marketValueEquity)),
        cashRow(
          "available",
          texts.available,
          availableFrom === "printed" ? texts.asPrinted : texts.lessMargin,
          moneyText(available),
        ),
        differs && cashRow("denominator", texts.denominator, "", moneyText(denominator)),
      ),
    ),
    warnings.length > 0 &&
      h(
        "ul",
        { key: "warnings", class: "warnings", "aria-label": texts.warnings },
        ...warnings
          .slice(0, MOST_WARNINGS)
          .map(({ text }, index) => h("li", { key: String(index) }, text[language])),
        more > 0 && h("li", { key: "more" }, texts.moreWarnings(more)),
      ),
  );
}

/** An exchange goes by the name traders use; in English by its code. */
function partName(
  { key, name }: Part,
  by: AccountProps["ui"]["partsBy"],
  language: Language,
): string {
  const rules = by === "exchange" && exchanges.find(({ exchange }) => exchange === key);
  if (!rules) return name[language];
  return language === "zh" ? shortName(rules).zh : key;
}

const partRow = (part: Part, name: string): Described =>
  h(
    "tr",
    { key: part.key },
    h("th", { scope: "row" }, name),
    h("td", {}, moneyText(part.broker)),
    h("td", {}, moneyText(part.exchange)),
  );

export function partsCard(props: AccountProps): Child {
  const { book, ui, acts, language } = props;
  const texts = ACCOUNT_TEXTS[language];
  if (book.byExchange.length === 0) return undefined;
  const parts = ui.partsBy === "exchange" ? book.byExchange : book.byProduct;
  const choice = (by: AccountProps["ui"]["partsBy"], label: string): Described =>
    h(
      "label",
      { key: by, class: "choice" },
      h("input", {
        type: "radio",
        name: "parts-by",
        value: by,
        checked: ui.partsBy === by,
        onchange: () => acts.partsBy(by),
      }),
      h("span", {}, label),
    );
  return h(
    "section",
    { key: "parts", class: "card fold" },
    h(
      "h2",
      {},
      h(
        "button",
        {
          type: "button",
          class: "fold-button",
          id: "parts-button",
          "aria-expanded": String(ui.partsOpen),
          "aria-controls": "parts",
          onclick: () => acts.toggleParts(),
        },
        h("span", {}, texts.parts),
        h(
          "span",
          { class: "fold-value" },
          texts.exchanges(book.byExchange.length),
          h("span", { class: "dot" }),
          texts.products(book.byProduct.length),
        ),
        chevron(),
      ),
    ),
    h(
      "div",
      { id: "parts", class: "fold-body", hidden: !ui.partsOpen },
      ui.partsOpen &&
        h(
          "fieldset",
          { key: "by", class: "inline-choices" },
          h("legend", { class: "unseen" }, texts.partsBy),
          choice("exchange", texts.byExchange),
          choice("product", texts.byProduct),
        ),
      ui.partsOpen &&
        h(
          "table",
          { key: "table", class: "figures two" },
          h("caption", { class: "unseen" }, texts.parts),
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              h("th", { scope: "col", class: "word" }, texts.part),
              h("th", { scope: "col" }, texts.brokerStandard),
              h("th", { scope: "col" }, texts.exchangeStandard),
            ),
          ),
          h(
            "tbody",
            {},
            ...parts.map((part) => partRow(part, partName(part, ui.partsBy, language))),
          ),
        ),
    ),
  );
}
