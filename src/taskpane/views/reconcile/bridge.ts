/** The counts of rows by result, and the way from what the rules give to what is printed, cause by cause. */
import type { Reconciliation, Verdict } from "../../../account";
import { amount, type Amount } from "../../../core";
import { changeText, countText, moneyText, plainText, UNKNOWN } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { ACCOUNT_TEXTS } from "../../texts-account";
import type { ReconcileTexts } from "../../texts-reconcile";
import { waterfallOf } from "../../waterfall";
import { headed, inPane, sign } from "./marks";
import type { FoundProps } from "./room";
import { busyOf } from "./working";

const COUNTED: readonly Verdict[] = ["unexplained", "explained", "matching", "notCheckable"];

const sums = new WeakMap<Reconciliation, Readonly<Record<Verdict, Amount>>>();

/** What the rows of a result differ by in all. */
function differences(found: Reconciliation): Readonly<Record<Verdict, Amount>> {
  const known = sums.get(found);
  if (known) return known;
  const zero = amount("0");
  const sum = { unexplained: zero, explained: zero, matching: zero, notCheckable: zero };
  sum.matching = found.matched.difference;
  for (const { verdict, difference } of found.breaking) {
    if (difference && !difference.isZero()) sum[verdict] = sum[verdict].plus(difference);
  }
  sums.set(found, sum);
  return sum;
}

function countsView({ found }: FoundProps, texts: ReconcileTexts): Described {
  const { counts } = found;
  const sum = differences(found);
  const shown = COUNTED.filter((verdict) => verdict !== "notCheckable" || counts[verdict] > 0);
  return h(
    "ul",
    { key: "counts", class: "counts", "aria-label": texts.counts },
    ...shown.map((verdict) =>
      h(
        "li",
        {
          key: verdict,
          class: counts[verdict] > 0 ? `verdict-count ${verdict}` : "verdict-count none",
        },
        h("b", {}, countText(counts[verdict])),
        " ",
        h("span", { class: "count-word" }, sign(verdict), " ", texts.verdict[verdict]),
        " ",
        h(
          "span",
          { class: "count-sum" },
          verdict === "notCheckable" ? UNKNOWN : changeText(sum[verdict]),
        ),
      ),
    ),
  );
}

const bar = (className: string, style: string): Described =>
  h(
    "span",
    { class: "bridge-bar bar", "aria-hidden": "true" },
    h("span", { class: className, style }),
  );

const level = (key: string, name: string, figure: Amount, at: number): Described =>
  h(
    "li",
    { key, class: "bridge-level" },
    h("span", {}, name),
    " ",
    h("span", { class: "bridge-figure" }, moneyText(figure)),
    bar("level", `--x: ${at.toFixed(2)}%`),
  );

function bridgeView({ found, language }: FoundProps, texts: ReconcileTexts): Child[] {
  const { from, items, to, toFrom, complete, unprinted } = found.bridge;
  // A sum of rows of which some aren't printed is no sum.
  if (unprinted > 0) {
    return [h("p", { key: "unprinted", class: "gap" }, texts.bridgeUnprinted(unprinted))];
  }
  const drawn = waterfallOf({ before: from, causes: items, after: to });
  if (!drawn) return [h("p", { key: "wrong", class: "gap" }, texts.bridgeWrong)];
  const words = ACCOUNT_TEXTS[language];
  const { bars, before, after, axisFrom } = drawn;
  return [
    h(
      "ul",
      { key: "bridge", class: "bridge", "aria-label": texts.bridge },
      level("from", texts.from, from, before),
      ...bars.map(({ cause, left, width, taken }) =>
        h(
          "li",
          {
            key: cause.ids.join(" "),
            class: cause.ids.includes("unexplained") ? "bridge-cause open" : "bridge-cause",
          },
          h(
            "span",
            {},
            headed(cause.name[language]),
            cause.rows > 0 && h("small", {}, ` ${texts.rowsOf(cause.rows)}`),
          ),
          " ",
          h("span", { class: "bridge-figure" }, changeText(cause.amount)),
          bar(taken ? "taken" : "released", `--x: ${left.toFixed(2)}%; --w: ${width.toFixed(2)}%`),
        ),
      ),
      level("to", texts.to[toFrom], to, after),
    ),
    axisFrom !== 0 &&
      h(
        "p",
        { key: "axis", class: "note", "aria-hidden": "true" },
        words.axisFrom(plainText(amount(axisFrom))),
      ),
    !complete && h("p", { key: "partial", class: "gap" }, texts.bridgePartial),
  ];
}

export function bridgeCard(props: FoundProps, texts: ReconcileTexts): Described {
  const { found, language } = props;
  return h(
    "section",
    {
      key: "bridge",
      class: "card block",
      "aria-labelledby": "bridge-heading",
      "aria-busy": busyOf(props),
    },
    h("h2", { id: "bridge-heading", class: "unseen" }, texts.bridge),
    countsView(props, texts),
    h("p", { key: "said", class: "verdict" }, inPane(found.sentence[language])),
    ...bridgeView(props, texts),
  );
}
