/** The rows, what isn't explained first; each opens in place to the causes tried. */
import type { Reconciliation, ReconciledRow, Verdict } from "../../../account";
import { changeText, codeText, moneyText, plainText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { ACCOUNT_TEXTS } from "../../texts-account";
import type { ReconcileTexts } from "../../texts-reconcile";
import { chevron, cross, magnifier } from "../icons";
import { onRowKey } from "../row-keys";
import { chip } from "./marks";
import type { FoundProps } from "./room";
import { rowDetails } from "./row-details";
import { busyOf } from "./working";

/** More rows than anyone reads in a pane; the report lists them. */
const MOST_ROWS = 200;

const ORDER: readonly Verdict[] = ["unexplained", "explained", "notCheckable"];

interface Ordered {
  readonly breaking: readonly ReconciledRow[];
  readonly matching: readonly ReconciledRow[];
}

const orders = new WeakMap<Reconciliation, Ordered>();

/** Ordered once for a reconciliation, however often it is shown. */
function ordered(found: Reconciliation): Ordered {
  const known = orders.get(found);
  if (known) return known;
  const matching = found.rows.filter(({ verdict }) => verdict === "matching");
  const breaking = found.rows
    .filter(({ verdict }) => verdict !== "matching")
    .map((row) => ({
      row,
      place: ORDER.indexOf(row.verdict),
      size: row.difference?.abs().toNumber() ?? 0,
    }))
    .sort((a, b) => a.place - b.place || b.size - a.size)
    .map(({ row }) => row);
  const order = { breaking, matching };
  orders.set(found, order);
  return order;
}

const wordsOf = ({ position, held, verdict, reasons }: ReconciledRow, texts: ReconcileTexts) =>
  [
    position.contract,
    position.name,
    held.product?.name.zh,
    held.product?.name.en,
    texts.verdict[verdict],
    ...reasons.flatMap(({ name }) => [name.zh, name.en]),
  ]
    .join(" ")
    .toLowerCase();

let hits: { of: Reconciliation; query: string; language: Language; rows: readonly ReconciledRow[] };

/** Rows that say all the words looked for. */
export function hitsOf(
  found: Reconciliation,
  query: string,
  language: Language,
  texts: ReconcileTexts,
): readonly ReconciledRow[] {
  if (hits?.of === found && hits.query === query && hits.language === language) return hits.rows;
  const wanted = query.trim().toLowerCase().split(/\s+/);
  const { breaking, matching } = ordered(found);
  const rows = [...breaking, ...matching].filter((row) => {
    const words = wordsOf(row, texts);
    return wanted.every((word) => words.includes(word));
  });
  hits = { of: found, query, language, rows };
  return rows;
}

const chipWords = (
  { verdict, reasons }: ReconciledRow,
  language: Language,
  texts: ReconcileTexts,
): string =>
  verdict === "explained"
    ? reasons.map(({ name }) => name[language]).join(" / ")
    : texts.verdict[verdict];

const labelled = (className: string, label: string, figure: string): Described =>
  h("span", { class: className }, h("span", { class: "unseen" }, `${label} `), figure);

function rowView(
  row: ReconciledRow,
  panel: string,
  props: FoundProps,
  texts: ReconcileTexts,
): Described {
  const { ui, acts, language } = props;
  const { id, position, verdict, printed, ours, difference } = row;
  const open = ui.openRows.has(id);
  const side = ACCOUNT_TEXTS[language].side[position.side];
  return h(
    "li",
    { key: id, class: "break-item" },
    h(
      "button",
      {
        type: "button",
        class: "break",
        "aria-expanded": String(open),
        "aria-controls": panel,
        onclick: (event: MouseEvent) => acts.openRow(id, event.ctrlKey || event.metaKey),
        onkeydown: (event: KeyboardEvent) =>
          onRowKey(event, { className: "break", open, close: () => acts.openRow(id, true) }),
      },
      h(
        "span",
        { class: "break-name" },
        h("span", { class: "code", translate: "no" }, codeText(position.contract)),
        " ",
        h("span", { class: "lots" }, `${side} ${plainText(position.quantity)}`),
      ),
      " ",
      labelled("break-difference", texts.columns.difference, changeText(difference)),
      chevron(),
      " ",
      h("span", { class: "break-why" }, chip(verdict, chipWords(row, language, texts))),
      " ",
      h(
        "span",
        { class: "break-pair" },
        labelled("break-printed", texts.columns.printed, moneyText(printed)),
        h("span", { class: "break-arrow", "aria-hidden": "true" }, "→"),
        labelled("break-ours", texts.columns.ours, moneyText(ours)),
      ),
    ),
    h(
      "div",
      { id: panel, class: "break-details", hidden: !open, role: "group", "aria-label": id },
      ...(open ? rowDetails(row, props, texts) : []),
    ),
  );
}

function searchField({ ui, acts }: FoundProps, texts: ReconcileTexts): Described {
  return h(
    "div",
    { class: "search break-search" },
    magnifier(),
    h("input", {
      id: "search-rows",
      type: "text",
      role: "searchbox",
      value: ui.query,
      placeholder: texts.search,
      "aria-label": texts.search,
      autocomplete: "off",
      spellcheck: "false",
      oninput: (event: InputEvent) => acts.search((event.target as HTMLInputElement).value),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key !== "Escape" || ui.query === "") return;
        event.preventDefault();
        acts.search("");
      },
    }),
    ui.query !== "" &&
      h(
        "button",
        {
          key: "clear",
          type: "button",
          class: "icon-button",
          "aria-label": texts.clearSearch,
          title: texts.clearSearch,
          onclick: () => acts.search(""),
        },
        cross(),
      ),
  );
}

/** What the columns are; each row says it by itself to who doesn't see them. */
const head = ({ columns, columnsNarrow }: ReconcileTexts): Described =>
  h(
    "div",
    { key: "head", class: "break-head", "aria-hidden": "true" },
    h("span", { class: "break-name" }, columns.contract),
    h("span", { class: "break-narrow" }, columnsNarrow),
    h("span", { class: "break-printed" }, columns.printed),
    h("span", { class: "break-ours" }, columns.ours),
    h("span", { class: "break-difference" }, columns.difference),
  );

function matchingFold(count: number, { ui, acts }: FoundProps, texts: ReconcileTexts): Described {
  const { matchingOpen: open } = ui;
  return h(
    "li",
    { key: "matching", class: "break-item" },
    h(
      "button",
      {
        type: "button",
        id: "matching-button",
        class: "break fold-row",
        "aria-expanded": String(open),
        onclick: () => acts.toggleMatching(),
        onkeydown: (event: KeyboardEvent) =>
          onRowKey(event, { className: "break", open, close: () => acts.toggleMatching() }),
      },
      h("span", { class: "break-name" }, texts.matchingRows(count)),
      " ",
      h("span", { class: "break-difference" }, "0.00"),
      chevron(),
    ),
  );
}

function listed(props: FoundProps, texts: ReconcileTexts): Child[] {
  const { found, ui, language } = props;
  const views = (rows: readonly ReconciledRow[]): Described[] =>
    rows
      .slice(0, MOST_ROWS)
      .map((row, index) => rowView(row, `causes-${row.verdict}-${index}`, props, texts));
  const unlisted = (rows: readonly ReconciledRow[], said: (n: number) => string): Child =>
    rows.length > MOST_ROWS &&
    h("p", { key: said(0), class: "note padded" }, said(rows.length - MOST_ROWS));
  if (ui.query.trim() !== "") {
    const rows = hitsOf(found, ui.query, language, texts);
    if (rows.length === 0) {
      return [h("p", { key: "none", class: "note padded" }, texts.noHits(ui.query.trim()))];
    }
    return [h("ul", { key: "hits" }, ...views(rows)), unlisted(rows, texts.more)];
  }
  const { breaking, matching } = ordered(found);
  return [
    h(
      "ul",
      { key: "rows" },
      ...views(breaking),
      matching.length > 0 && matchingFold(matching.length, props, texts),
      ...(ui.matchingOpen ? views(matching) : []),
    ),
    unlisted(breaking, texts.more),
    ui.matchingOpen && unlisted(matching, texts.moreMatching),
  ];
}

export function rowsCard(props: FoundProps, texts: ReconcileTexts): Described {
  return h(
    "section",
    {
      key: "rows",
      class: "card breaks",
      "aria-labelledby": "rows-heading",
      "aria-busy": busyOf(props),
    },
    h(
      "div",
      { class: "breaks-head" },
      h("h2", { id: "rows-heading" }, texts.rows, h("small", {}, ` ${props.found.rows.length}`)),
      searchField(props, texts),
    ),
    head(texts),
    ...listed(props, texts),
  );
}
