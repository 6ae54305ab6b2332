/** How a line's margin comes about on both standards, per lot, with the article it rests on. */
import type { Figure, Line } from "../../../account";
import type { Amount, ShortMargin } from "../../../core";
import { changeText, growthText, moneyText, plainText, rateText, UNKNOWN } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { ACCOUNT_TEXTS, type AccountTexts } from "../../texts-account";
import { citedView } from "../cited";
import { toCell } from "../icons";
import { moved } from "../moved";
import { cellFormula } from "./cell-formula";
import { withCurrency } from "./levels";
import type { AccountProps } from "./room";

type Worked = Exclude<Figure, { readonly gap: NonNullable<Figure["gap"]> }>;

const worked = (figure: Figure): Worked | undefined => (figure.gap ? undefined : figure);

const product = (...factors: (string | undefined)[]): string =>
  factors.filter((factor) => factor !== undefined && factor !== UNKNOWN).join("×");

interface Row {
  readonly key: string;
  readonly label: string;
  readonly broker: string;
  readonly exchange: string;
  readonly kind?: "sub" | "dim" | "sum";
}

const head = (name: string, figure: Figure): string => {
  const rate = worked(figure)?.rate;
  return rate ? `${name} ${rateText(rate)}` : name;
};

function tableOf(
  caption: string,
  line: Line,
  rows: readonly Row[],
  texts: AccountTexts,
): Described {
  return h(
    "table",
    { key: "working", class: "figures working-rows" },
    h("caption", {}, caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td", {}),
        h("th", { scope: "col" }, head(texts.broker, line.broker)),
        h("th", { scope: "col" }, head(texts.exchange, line.exchangeFigure)),
      ),
    ),
    h(
      "tbody",
      {},
      ...rows.map(({ key, label, broker, exchange, kind }) =>
        h(
          "tr",
          { key, class: kind },
          h("th", { scope: "row" }, label),
          h("td", {}, broker),
          h("td", {}, exchange),
        ),
      ),
    ),
  );
}

/** Rows of a short option, per lot; a standard that can't be worked out shows a dash in each. */
function optionRows(line: Line, texts: AccountTexts): readonly Row[] {
  const broker = worked(line.broker)?.working;
  const exchange = worked(line.exchangeFigure)?.working;
  const { quantity } = line.position;
  const cell = (working: ShortMargin | undefined, pick: (w: ShortMargin) => Amount): string =>
    working ? moneyText(pick(working).dividedBy(quantity)) : UNKNOWN;
  const both = (pick: (w: ShortMargin) => Amount): Pick<Row, "broker" | "exchange"> => ({
    broker: cell(broker, pick),
    exchange: cell(exchange, pick),
  });
  const some = (pick: (w: ShortMargin) => Amount): boolean =>
    [broker, exchange].some((working) => working && !pick(working).isZero());
  const branch = (broker ?? exchange)?.branch;
  const bind = (name: string, here: boolean): string => (here ? `${name} ${texts.binds}` : name);
  const unit = plainText(line.unit);
  const deducted = exchange ?? broker;
  const away =
    deducted && line.unit && !deducted.outOfTheMoney.isZero()
      ? plainText(deducted.outOfTheMoney.negated().dividedBy(quantity).dividedBy(line.unit))
      : undefined;
  const rows: (Row | false)[] = [
    {
      key: "premium",
      label: texts.premium(product(plainText(line.price), unit)),
      ...both((w) => w.premium),
    },
    {
      key: "underlying",
      label: texts.underlyingPart(product(plainText(line.underlyingPrice), unit, texts.rateWord)),
      ...both((w) => w.underlyingPart),
    },
    {
      key: "away",
      label: away === undefined ? texts.inTheMoney : texts.outOfTheMoney(product(away, unit)),
      ...both((w) => w.outOfTheMoney),
    },
    {
      key: "basic",
      label: bind(texts.basic, branch === "basic"),
      kind: branch === "minimum" ? "dim" : "sub",
      ...both((w) => w.basic),
    },
    {
      key: "minimum",
      label: bind(texts.minimum, branch === "minimum"),
      kind: branch === "minimum" ? "sub" : "dim",
      ...both((w) => w.minimum),
    },
    some((w) => w.cut) && { key: "cap", label: texts.cap, ...both((w) => w.cut) },
    some((w) => w.markup) && {
      key: "markup",
      label: markupLabel(line, texts),
      ...both((w) => w.markup),
    },
    { key: "lot", label: texts.oneLot, kind: "sum", ...both((w) => w.total) },
    {
      key: "all",
      label: texts.times(plainText(quantity)),
      kind: "sum",
      broker: moneyText(broker?.total),
      exchange: moneyText(exchange?.total),
    },
  ];
  return rows.filter((row): row is Row => row !== false);
}

function markupLabel(line: Line, texts: AccountTexts): string {
  const markup = worked(line.broker)?.markup;
  return markup && !markup.isZero() ? texts.markup(rateText(markup)) : texts.markupOnly;
}

function futureRows(line: Line, texts: AccountTexts): readonly Row[] {
  const { quantity } = line.position;
  const of = (figure: Figure): Amount | undefined => worked(figure)?.margin;
  const lot = (figure: Figure): string => moneyText(of(figure)?.dividedBy(quantity));
  return [
    {
      key: "lot",
      label: texts.futureRow(product(plainText(line.price), plainText(line.unit), texts.rateWord)),
      broker: lot(line.broker),
      exchange: lot(line.exchangeFigure),
    },
    {
      key: "all",
      label: texts.times(plainText(quantity)),
      kind: "sum",
      broker: moneyText(of(line.broker)),
      exchange: moneyText(of(line.exchangeFigure)),
    },
  ];
}

/** What isn't there and what to do, once where both standards lack the same. */
function gaps(line: Line, language: Language, texts: AccountTexts): Child[] {
  const broker = line.broker.gap?.why[language];
  const exchange = line.exchangeFigure.gap?.why[language];
  const said = (key: string, standard: string, why: string): Described =>
    h("p", { key, class: "gap" }, texts.gap(standard, why));
  if (broker !== undefined && broker === exchange) {
    const name = language === "zh" ? "两种标准都" : "Either";
    return [said("gap", name, broker)];
  }
  return [
    broker !== undefined && said("gap broker", texts.brokerStandard, broker),
    exchange !== undefined && said("gap exchange", texts.exchangeStandard, exchange),
  ];
}

function printedRows(line: Line, texts: AccountTexts): Child {
  const { printed } = line;
  if (!printed) return undefined;
  const ours = worked(line.broker)?.margin;
  return h(
    "table",
    { key: "printed", class: "figures" },
    h("caption", { class: "unseen" }, texts.printed),
    h(
      "tbody",
      {},
      h(
        "tr",
        { key: "printed" },
        h("th", { scope: "row" }, texts.printed),
        h("td", {}, moneyText(printed)),
      ),
      ours &&
        h(
          "tr",
          { key: "difference" },
          h("th", { scope: "row" }, texts.difference),
          h("td", {}, changeText(printed.minus(ours))),
        ),
    ),
  );
}

/** What can be gained, or lost, at most. */
function bound(
  value: Amount | "unlimited" | undefined,
  isGain: boolean,
  { book }: AccountProps,
  texts: AccountTexts,
): Child {
  if (value === undefined) return UNKNOWN;
  if (value === "unlimited") return texts.unlimited;
  return moved(isGain ? value : value.negated(), withCurrency(book, value));
}

function facts(line: Line, props: AccountProps, texts: AccountTexts): Child {
  const { premiumChange, marginChange, largestGain, largestLoss } = line;
  const known = [premiumChange, marginChange, largestGain, largestLoss];
  if (known.every((value) => value === undefined)) return undefined;
  const fact = (key: string, name: string, ...value: Child[]): Described =>
    h("tr", { key }, h("th", { scope: "row" }, name), h("td", {}, ...value));
  return h(
    "table",
    { key: "facts", class: "figures" },
    h("caption", { class: "unseen" }, texts.sinceOpening),
    h(
      "tbody",
      {},
      (premiumChange ?? marginChange) !== undefined &&
        fact(
          "opening",
          texts.sinceOpening,
          `${texts.premiumChange} `,
          moved(premiumChange, growthText(premiumChange)),
          `${props.language === "zh" ? "，" : ", "}${texts.marginChange} ${growthText(marginChange)}`,
        ),
      fact("gain", texts.largestGain, bound(largestGain, true, props, texts)),
      fact("loss", texts.largestLoss, bound(largestLoss, false, props, texts)),
    ),
  );
}

function source(line: Line, language: Language): Child {
  const working = worked(line.exchangeFigure)?.working ?? worked(line.broker)?.working;
  return working && citedView(working.edition.source, working.edition.from, language);
}

function formula(line: Line, props: AccountProps, texts: AccountTexts): Child {
  const { book, ui, acts } = props;
  const figure = line.broker.gap ? line.exchangeFigure : line.broker;
  const text = cellFormula(line, figure, book, ui.namespace);
  return (
    text !== undefined &&
    h(
      "div",
      { key: "formula", class: "formula" },
      h("code", { translate: "no", "aria-label": texts.formula }, text),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": texts.insertFormula,
          title: texts.insertFormula,
          disabled: !ui.connected,
          onclick: () => acts.insertFormula(text),
        },
        toCell(),
      ),
    )
  );
}

/** Why nothing is taken, for lines that need no margin. */
function nothingTaken(line: Line, texts: AccountTexts): string | undefined {
  const figure = worked(line.exchangeFigure);
  switch (figure?.branch) {
    case "long":
      return texts.nothingTaken.long;
    case "covered":
      return texts.nothingTaken.covered;
    case "shares":
      return texts.nothingTaken.shares;
    default:
      return line.kind === "other" ? texts.nothingTaken.other : undefined;
  }
}

export function workingOfLine(line: Line, props: AccountProps): Child[] {
  const { language } = props;
  const texts = ACCOUNT_TEXTS[language];
  const figures = [worked(line.broker), worked(line.exchangeFigure)];
  const rows = figures.some((figure) => figure?.working)
    ? optionRows(line, texts)
    : line.kind === "future" && figures.some(Boolean)
      ? futureRows(line, texts)
      : undefined;
  const reason = nothingTaken(line, texts);
  return [
    reason !== undefined && h("p", { key: "reason" }, reason),
    rows && tableOf(texts.perLot, line, rows, texts),
    ...gaps(line, language, texts),
    printedRows(line, texts),
    line.combined && h("p", { key: "set", class: "note" }, texts.combinedNote),
    facts(line, props, texts),
    ...line.warnings.map(({ text }, index) =>
      h("p", { key: `warning ${index}`, class: "gap" }, text[language]),
    ),
    source(line, language),
    formula(line, props, texts),
  ];
}
