/** The rows, what isn't explained first; each opens in place to the causes tried. */
import type { Matching, Reconciliation, ReconciledRow, Verdict } from "../../../account";
import { changeText, codeText, countText, moneyText, plainText } from "../../figures";
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

/** Longer codes, those of ETF options, have no room beside three columns of figures. */
const LONG_CODE = 14;

/** A cause and two figures that are longer than this, in letters of which full-width ones count twice, have no line for both. */
const LONG_LINE = 33;

const lengthOf = (text: string): number => text.replace(/[\u2e80-\uffe6]/g, "  ").length;

/** More rows than anyone reads in a pane; the report lists them. */
const MOST_ROWS = 200;

const ORDER: readonly Verdict[] = ["unexplained", "explained", "notCheckable"];

const orders = new WeakMap<Reconciliation, readonly ReconciledRow[]>();

/** Those that break, ordered once for a reconciliation, however often it is shown. */
function ordered(found: Reconciliation): readonly ReconciledRow[] {
  const known = orders.get(found);
  if (known) return known;
  const breaking = found.breaking
    .map((row) => ({
      row,
      place: ORDER.indexOf(row.verdict),
      size: row.difference?.abs().toNumber() ?? 0,
    }))
    .sort((a, b) => a.place - b.place || b.size - a.size)
    .map(({ row }) => row);
  orders.set(found, breaking);
  return breaking;
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

let hits: { of: Reconciliation; query: string; language: Language; rows: Matching };

/** Rows that say all the words looked for, as many as are listed. */
export function hitsOf(
  found: Reconciliation,
  query: string,
  language: Language,
  texts: ReconcileTexts,
): Matching {
  if (hits?.of === found && hits.query === query && hits.language === language) return hits.rows;
  const wanted = query.trim().toLowerCase().split(/\s+/);
  const says = (row: ReconciledRow): boolean => {
    const words = wordsOf(row, texts);
    return wanted.every((word) => words.includes(word));
  };
  const breaking = ordered(found).filter(says);
  const matching = found.matching(Math.max(0, MOST_ROWS - breaking.length), says);
  const rows = {
    rows: [...breaking, ...matching.rows],
    count: breaking.length + matching.count,
  };
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
  const words = chipWords(row, language, texts);
  const pair = [moneyText(printed), moneyText(ours)] as const;
  const isLong = position.contract.length > LONG_CODE;
  const isStacked = lengthOf(words + pair.join("")) > LONG_LINE;
  return h(
    "li",
    { key: id, class: "break-item" },
    h(
      "button",
      {
        type: "button",
        class: ["break", isLong && "long", isStacked && "stacked"].filter(Boolean).join(" "),
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
      h("span", { class: "break-why" }, chip(verdict, words)),
      " ",
      h(
        "span",
        { class: "break-pair" },
        labelled("break-printed", texts.columns.printed, pair[0]),
        h("span", { class: "break-arrow", "aria-hidden": "true" }, "→"),
        labelled("break-ours", texts.columns.ours, pair[1]),
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
  const unlisted = (count: number, said: (n: number) => string): Child =>
    count > MOST_ROWS && h("p", { key: said(0), class: "note padded" }, said(count - MOST_ROWS));
  if (ui.query.trim() !== "") {
    const { rows, count } = hitsOf(found, ui.query, language, texts);
    if (count === 0) {
      return [h("p", { key: "none", class: "note padded" }, texts.noHits(ui.query.trim()))];
    }
    return [head(texts), h("ul", { key: "hits" }, ...views(rows)), unlisted(count, texts.more)];
  }
  const breaking = ordered(found);
  const { matching } = found.counts;
  return [
    head(texts),
    h(
      "ul",
      { key: "rows" },
      ...views(breaking),
      matching > 0 && matchingFold(matching, props, texts),
      ...(ui.matchingOpen ? views(found.matching(MOST_ROWS).rows) : []),
    ),
    unlisted(breaking.length, texts.more),
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
      h(
        "h2",
        { id: "rows-heading" },
        texts.rows,
        h("small", {}, ` ${countText(props.found.length)}`),
      ),
      searchField(props, texts),
    ),
    ...listed(props, texts),
  );
}
