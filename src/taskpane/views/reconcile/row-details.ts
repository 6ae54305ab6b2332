/** An opened row: what it is per lot, what its figure tells, and what each cause leaves. */
import type { ReconciledRow, Tried } from "../../../account";
import { amount, type Amount } from "../../../core";
import { changeText, dayText, moneyText, plainText, rateText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { ReconcileTexts } from "../../texts-reconcile";
import { noticeView } from "../account/notice";
import { pages } from "../icons";
import { headed, inPane, withCodes } from "./marks";
import type { FoundProps } from "./room";
import { isPresent } from "./working";

/** Causes listed; the others only counted. */
const MOST_TRIED = 3;

const fenOf = (n: Amount): Amount => n.toDecimalPlaces(2);
const PLACES = { rate: 5, times: 3 } as const;

const inSentence = (parts: readonly (string | false | undefined)[], space: string): string =>
  parts.filter(Boolean).join(space);

/** What one lot was charged, what the rule gives for it, and the rate the figure would tell. */
function perLotText(row: ReconciledRow, texts: ReconcileTexts, space: string): string {
  const { position, printed, ours, difference, impliedRate, impliedMarkup, rate, markup } = row;
  if (!printed || !ours || !difference || difference.isZero()) return "";
  const lot = (n: Amount): Amount => fenOf(n.dividedBy(position.quantity));
  const by = lot(difference.abs());
  // A rule that multiplies is told apart by the multiple, one on the rate by the rate.
  const byMultiple = markup !== undefined && !markup.isZero();
  return inSentence(
    [
      texts.perLot(
        moneyText(lot(printed)),
        moneyText(lot(ours)),
        moneyText(by),
        difference.greaterThan(0),
      ),
      !byMultiple &&
        impliedRate &&
        texts.implied(
          rateText(impliedRate.toDecimalPlaces(PLACES.rate)),
          rate && rateText(rate.toDecimalPlaces(PLACES.rate)),
        ),
      byMultiple &&
        impliedMarkup &&
        texts.impliedMultiple(
          plainText(impliedMarkup.plus(amount("1")).toDecimalPlaces(PLACES.times)),
        ),
    ],
    space,
  );
}

/** The nearest of each cause. */
function distinct(tried: readonly Tried[]): readonly Tried[] {
  const first = new Map<string, Tried>();
  for (const one of tried) if (!first.has(one.id)) first.set(one.id, one);
  return [...first.values()];
}

function triedTable(row: ReconciledRow, props: FoundProps, texts: ReconcileTexts): Child {
  const { language } = props;
  const all = distinct(row.tried);
  if (all.length === 0) return undefined;
  const more = all.length - MOST_TRIED;
  return h(
    "table",
    { key: "tried", class: "figures tried" },
    h("caption", {}, texts.tried),
    h(
      "tbody",
      {},
      ...all
        .slice(0, MOST_TRIED)
        .map(({ id, name, detail, leaves }) =>
          h(
            "tr",
            { key: id },
            h(
              "th",
              { scope: "row" },
              headed(name[language]),
              detail[language] !== "" && h("span", { class: "of" }, ...withCodes(detail[language])),
            ),
            h("td", {}, changeText(leaves)),
          ),
        ),
      more > 0 &&
        h("tr", { key: "more" }, h("td", { colspan: 2, class: "word" }, texts.othersTried(more))),
    ),
  );
}

function factsTable(row: ReconciledRow, texts: ReconcileTexts): Described {
  const { held, rate, markup, perLot } = row;
  const { fact } = texts;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [fact.price, held.price && plainText(held.price)],
    [fact.underlying, held.underlyingPrice && plainText(held.underlyingPrice)],
    [fact.strike, held.kind === "option" && held.strike ? plainText(held.strike) : undefined],
    [fact.unit, held.unit && plainText(held.unit)],
    [fact.rate, rate && rateText(rate)],
    [fact.markup, markup && !markup.isZero() ? rateText(markup) : undefined],
    [fact.exchange, perLot.exchange && moneyText(perLot.exchange)],
    [fact.broker, perLot.broker && moneyText(perLot.broker)],
  ];
  return h(
    "table",
    { key: "facts", class: "figures facts" },
    h("caption", { class: "unseen" }, texts.facts),
    h(
      "tbody",
      {},
      ...facts.flatMap(([name, value]) =>
        value === undefined
          ? []
          : [h("tr", { key: name }, h("th", { scope: "row" }, name), h("td", {}, value))],
      ),
    ),
  );
}

/** Since when the same row is unexplained, among the statements that are here. */
function sinceText(
  { id }: ReconciledRow,
  props: FoundProps,
  texts: ReconcileTexts,
): string | undefined {
  const { days, found } = props;
  const upToHere = days.filter(({ entry }) => (entry.day ?? "") <= (found.day ?? ""));
  if (upToHere.length < 2) return undefined;
  const broken = upToHere.filter(({ found: { breaking } }) =>
    breaking.some((row) => row.id === id && row.verdict === "unexplained"),
  );
  const [first] = broken;
  // Papers of one day are one day.
  const broke = new Set(broken.map(({ entry }) => entry.day ?? entry.key));
  if (!first || broke.size < 2) return texts.sinceToday;
  return texts.since(dayText(first.entry.day, found.day), broke.size);
}

export function rowDetails(row: ReconciledRow, props: FoundProps, texts: ReconcileTexts): Child[] {
  const { acts, language } = props;
  const space = language === "zh" ? "" : " ";
  const open = row.verdict === "unexplained";
  const lot = perLotText(row, texts, space);
  const since = open ? sinceText(row, props, texts) : undefined;
  return [
    h("p", { key: "said", class: "break-said" }, ...withCodes(headed(inPane(row.text[language])))),
    lot !== "" && h("p", { key: "lot" }, lot),
    since !== undefined && h("p", { key: "since" }, since),
    open && triedTable(row, props, texts),
    ...(open
      ? row.untried.map(({ id, name, lacks }) =>
          h(
            "p",
            { key: `untried ${id}`, class: "note" },
            texts.untried(name[language], lacks[language]),
          ),
        )
      : []),
    factsTable(row, texts),
    row.verdict !== "matching" &&
      row.verdict !== "notCheckable" &&
      h(
        "button",
        {
          key: "copy",
          type: "button",
          class: "link with-icon copy-row",
          disabled: !isPresent(props),
          onclick: () => acts.copyRow(row.id),
        },
        pages(),
        texts.copy,
      ),
    props.ui.noticeAt === row.id && noticeView(props.notice),
  ];
}
