/** Why the margin is another than last time: a waterfall of rows whose parts add up. */
import type { Book, Cause, Since } from "../../../account";
import type { Amount } from "../../../core";
import { changeText, codeText, dayText, moneyText, plainText } from "../../figures";
import { amount } from "../../../core";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { ACCOUNT_TEXTS, type AccountTexts } from "../../texts-account";
import { shownCauses, waterfallOf, type Waterfall } from "../../waterfall";
import { headlineMoney } from "../headline-money";
import { chevron } from "../icons";
import type { AccountProps } from "./room";

const level = (percent: number): Described =>
  h("span", { class: "level", style: `--x: ${percent.toFixed(2)}%` });

/** A name at the head of a row begins with a capital where its letters have any. */
const headed = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

const tick = (key: string, name: string, figure: Amount, x: number): Described =>
  h(
    "tr",
    { key, class: "total" },
    h("th", { scope: "row" }, name),
    h("td", { class: "bar", "aria-hidden": "true" }, level(x)),
    h("td", {}, moneyText(figure)),
  );

function table(
  since: Since,
  { bars, before, after }: Waterfall<Cause>,
  book: Book,
  language: Language,
  texts: AccountTexts,
): Described {
  const from = since.from ? dayText(since.from, book.day) : texts.previously;
  const to = since.to ? dayText(since.to, book.day) : texts.now;
  return h(
    "table",
    { key: "chart", class: "figures waterfall" },
    h("caption", { class: "unseen" }, texts.sinceCaption),
    h(
      "thead",
      { class: "unseen" },
      h(
        "tr",
        {},
        h("th", { scope: "col" }, texts.cause),
        h("td", { "aria-hidden": "true" }),
        h("th", { scope: "col" }, texts.change),
      ),
    ),
    h(
      "tbody",
      {},
      tick("before", from, since.before, before),
      ...bars.map(({ cause, left, width, taken }) =>
        h(
          "tr",
          { key: cause.id },
          h("th", { scope: "row" }, headed(cause.name[language])),
          h(
            "td",
            { class: "bar", "aria-hidden": "true" },
            h("span", {
              class: taken ? "taken" : "released",
              style: `--x: ${left.toFixed(2)}%; --w: ${width.toFixed(2)}%`,
            }),
          ),
          h("td", {}, changeText(cause.amount)),
        ),
      ),
      tick("after", to, since.after, after),
    ),
  );
}

/** Contracts named in a sentence; more would not be read. */
const MOST_NAMED = 2;

function mainCause(since: Since, language: Language, texts: AccountTexts): string | undefined {
  const [largest] = [...shownCauses(since)].sort((a: Cause, b: Cause) =>
    b.amount.abs().comparedTo(a.amount.abs()),
  );
  if (!largest) return undefined;
  const named = largest.contracts.slice(0, MOST_NAMED).map(({ contract }) => codeText(contract));
  return named.length === 0
    ? texts.sinceMainOnly(largest.name[language])
    : texts.sinceMain(largest.name[language], named.join(language === "zh" ? "、" : ", "));
}

function body(since: Since, book: Book, language: Language, texts: AccountTexts): readonly Child[] {
  if (shownCauses(since).length === 0) {
    return [h("p", { class: "note" }, texts.sinceNothing)];
  }
  const drawn = waterfallOf(since);
  if (!drawn) return [h("p", { class: "note" }, texts.sinceWrong)];
  return [
    since.crossed && h("p", { key: "crossed", class: "verdict" }, texts.sinceCrossed),
    h("p", { key: "main", class: "note" }, mainCause(since, language, texts)),
    table(since, drawn, book, language, texts),
    h(
      "p",
      { key: "legend", class: "note legend", "aria-hidden": "true" },
      h("span", { class: "swatch taken" }),
      h("span", {}, texts.taken),
      h("span", { class: "swatch released" }),
      h("span", {}, texts.released),
      drawn.axisFrom !== 0 &&
        h("span", { class: "keep" }, texts.axisFrom(plainText(amount(drawn.axisFrom)))),
    ),
  ];
}

export function sinceCard({ book, since, ui, acts, language }: AccountProps): Child {
  if (!since) return undefined;
  const change = since.after.minus(since.before);
  const texts = ACCOUNT_TEXTS[language];
  return h(
    "section",
    { key: "since", class: "card fold" },
    h(
      "h2",
      {},
      h(
        "button",
        {
          type: "button",
          class: "fold-button",
          id: "since-button",
          "aria-expanded": String(ui.sinceOpen),
          "aria-controls": "since",
          onclick: () => acts.toggleSince(),
        },
        h("span", {}, texts.since),
        h(
          "span",
          { class: "fold-value" },
          `${texts.sinceMargin} `,
          h(
            "b",
            {},
            headlineMoney({
              ...{ value: change, text: changeText(change), wan: ui.wan, inButton: true, language },
              currency: change.isNegative() ? "" : "+",
              towards: "nearest",
            }),
          ),
        ),
        chevron(),
      ),
    ),
    h(
      "div",
      { id: "since", class: "fold-body", hidden: !ui.sinceOpen },
      ...(ui.sinceOpen ? body(since, book, language, texts) : []),
    ),
  );
}
