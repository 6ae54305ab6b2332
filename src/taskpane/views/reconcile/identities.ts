/** What the statement's own figures owe each other, and which of it holds. */
import type { AccountIdentity } from "../../../account";
import type { Amount } from "../../../core";
import { moneyText, plainText, ratioText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import type { ReconcileTexts } from "../../texts-reconcile";
import { chevron } from "../icons";
import { chip, headed } from "./marks";
import type { FoundProps } from "./room";
import { busyOf } from "./working";

function figure({ of }: AccountIdentity, value: Amount): string {
  if (of === "fraction") return ratioText(value, []);
  return of === "money" ? moneyText(value) : plainText(value);
}

/** What the figure should be made of has the row below to itself: a pane is too narrow for it beside figures. */
const rows = (one: AccountIdentity, language: Language, texts: ReconcileTexts): Described[] => [
  h(
    "tr",
    { key: one.id },
    h("th", { scope: "row" }, headed(one.name[language])),
    h("td", {}, figure(one, one.printed)),
    h("td", {}, figure(one, one.expected)),
    h(
      "td",
      { class: "holds" },
      chip(one.holds ? "matching" : "unexplained", one.holds ? texts.holds : texts.fails),
    ),
  ),
  h(
    "tr",
    { key: `${one.id} of` },
    h("td", { class: "word of", colspan: 4 }, `= ${one.text[language]}`),
  ),
];

export function identitiesCard(props: FoundProps, texts: ReconcileTexts): Child {
  const { found, ui, acts, language } = props;
  const { identities } = found;
  const holding = identities.filter(({ holds }) => holds).length;
  // What fails isn't left folded away.
  const open = ui.identitiesOpen || holding < identities.length;
  const said =
    identities.length === 0 ? texts.noIdentities : texts.hold(holding, identities.length);
  if (identities.length === 0) {
    return h("p", { key: "identities", class: "card block note-card" }, said);
  }
  return h(
    "section",
    { key: "identities", class: "card fold", "aria-busy": busyOf(props) },
    h(
      "h2",
      {},
      h(
        "button",
        {
          type: "button",
          class: "fold-button",
          id: "identities-button",
          "aria-expanded": String(open),
          "aria-controls": "identities",
          onclick: () => acts.toggleIdentities(),
        },
        h("span", {}, texts.identities),
        h(
          "span",
          { class: "fold-value" },
          chip(holding < identities.length ? "unexplained" : "matching", said),
        ),
        chevron(),
      ),
    ),
    h(
      "div",
      { id: "identities", class: "fold-body", hidden: !open },
      open &&
        h(
          "table",
          { key: "table", class: "figures identities" },
          h("caption", { class: "unseen" }, texts.identities),
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              h("th", { scope: "col", class: "word" }, texts.identity),
              h("th", { scope: "col" }, texts.printed),
              h("th", { scope: "col" }, texts.expected),
              h("th", { scope: "col" }, h("span", { class: "unseen" }, texts.counts)),
            ),
          ),
          h("tbody", {}, ...identities.flatMap((one) => rows(one, language, texts))),
        ),
    ),
  );
}
