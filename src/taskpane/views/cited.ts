/** The source of a rule: its title, the article, and what is not sure of it. */
import type { Citation, Day } from "../../core";
import { h, type Child, type Described } from "../element";
import { langOf, type Language } from "../language";
import { ACCOUNT_TEXTS } from "../texts-account";
import { book as bookIcon } from "./account-icons";

export function citedView(
  cited: Citation,
  from: Day | undefined,
  language: Language,
  key = "source",
): Described {
  const texts = ACCOUNT_TEXTS[language];
  const sure = cited.certainty === "confirmed";
  const more: Child =
    (from !== undefined || !sure) &&
    h(
      "p",
      { key: "from" },
      !sure && h("span", { class: "doubt" }, texts.unverified),
      !sure && from !== undefined && " ",
      from !== undefined && h("span", { class: "keep" }, texts.inForce(from)),
    );
  return h(
    "div",
    { key, class: "cited" },
    h(
      "p",
      {},
      bookIcon(),
      h("span", { class: "unseen" }, `${texts.sourceWord} `),
      h("span", { lang: langOf(cited.title[language]) }, cited.title[language]),
    ),
    h("p", { lang: langOf(cited.article[language]) }, cited.article[language]),
    more,
    !sure && cited.note !== undefined && h("p", { key: "note" }, cited.note[language]),
  );
}
