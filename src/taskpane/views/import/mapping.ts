/** Which column of a table is which: guessed, shown with samples, corrected by hand. */
import type { Desk } from "../../desk";
import {
  columnLabel,
  fileColumns,
  FIRST_COLUMNS,
  lacking,
  OTHER_COLUMNS,
  type FileColumn,
} from "../../desk-mapping";
import type { MappingPage } from "../../desk-state";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import type { TableColumn } from "../../../statements";
import type { ImportTexts } from "../../texts-import";
import { chevron } from "../icons";

const REQUIRED: ReadonlySet<TableColumn> = new Set<TableColumn>(["contract", "quantity"]);

/** The choice of no column. */
const NONE = "none";

const optionOf = (value: string, chosen: boolean, text: string): Described =>
  h("option", { key: value, value, selected: chosen }, text);

function columnSelect(
  column: TableColumn,
  { mapping }: MappingPage,
  columns: readonly FileColumn[],
  desk: Desk,
  label: string,
  texts: ImportTexts,
): Described {
  const index = mapping.columns[column];
  const value = index === undefined ? NONE : String(index);
  return h(
    "select",
    {
      id: `map-${column}`,
      "aria-label": label,
      value,
      onchange: ({ target }: Event) => {
        const chosen = (target as HTMLSelectElement).value;
        desk.columns.mapColumn(column, chosen === NONE ? undefined : Number(chosen));
      },
    },
    optionOf(NONE, value === NONE, texts.none),
    ...columns.map(({ index: at, header }) =>
      optionOf(String(at), value === String(at), header === "" ? texts.columnNo(at + 1) : header),
    ),
  );
}

function columnRow(
  column: TableColumn,
  page: MappingPage,
  columns: readonly FileColumn[],
  desk: Desk,
  language: Language,
  texts: ImportTexts,
): Described {
  const label = columnLabel(column, language);
  const index = page.mapping.columns[column];
  const samples = index === undefined ? [] : (columns[index]?.samples ?? []);
  const found = index === undefined ? undefined : (page.found[column] ?? "byHand");
  return h(
    "tr",
    { key: column },
    h(
      "th",
      { scope: "row" },
      label,
      REQUIRED.has(column) && h("span", { class: "required" }, texts.required),
    ),
    h(
      "td",
      {},
      columnSelect(column, page, columns, desk, label, texts),
      h(
        "span",
        { class: "samples" },
        found !== undefined && h("span", { class: `sureness ${found}` }, texts[found]),
        ...samples.map((sample) => h("span", { class: "sample-cell", translate: "no" }, sample)),
      ),
    ),
  );
}

/** The first cells of a row, enough to know it by. */
const rowText = (cells: readonly string[]): string =>
  cells
    .filter((cell) => cell.trim() !== "")
    .slice(0, 4)
    .join(" | ")
    .slice(0, 40);

const HEADERS_OFFERED = 20;

function headerSelect(page: MappingPage, desk: Desk, texts: ImportTexts): Described {
  const { head } = page.read;
  const { headerRow } = page.mapping;
  return h(
    "label",
    { class: "header-row" },
    h("span", {}, texts.headerRow),
    h(
      "select",
      {
        id: "map-header",
        value: String(headerRow),
        onchange: ({ target }: Event) =>
          desk.columns.mapHeader(Number((target as HTMLSelectElement).value)),
      },
      optionOf("0", headerRow === 0, texts.noHeader),
      ...head
        .slice(0, Math.max(HEADERS_OFFERED, headerRow))
        .map((cells, at) =>
          optionOf(String(at + 1), headerRow === at + 1, texts.headerRowOf(at + 1, rowText(cells))),
        ),
    ),
  );
}

function table(
  list: readonly TableColumn[],
  page: MappingPage,
  columns: readonly FileColumn[],
  desk: Desk,
  language: Language,
  texts: ImportTexts,
): Described {
  return h(
    "table",
    { key: `columns ${list[0]}`, class: "mapping" },
    h("caption", { class: "unseen" }, texts.mapping),
    h(
      "thead",
      { class: "unseen" },
      h("tr", {}, h("th", { scope: "col" }, texts.ours), h("th", { scope: "col" }, texts.theirs)),
    ),
    h("tbody", {}, ...list.map((one) => columnRow(one, page, columns, desk, language, texts))),
  );
}

export function mappingPage(
  page: MappingPage,
  desk: Desk,
  language: Language,
  texts: ImportTexts,
): Child[] {
  const columns = fileColumns(page.read.head, page.mapping.headerRow);
  const lacks = lacking(page.mapping);
  const ready = !lacks.some((lack) => lack !== "noSide");
  const { preview, more } = page;
  return [
    h("p", { class: "muted" }, texts.mappingHint(page.input.name)),
    h(
      "section",
      { class: "card mapping-card" },
      headerSelect(page, desk, texts),
      table(FIRST_COLUMNS, page, columns, desk, language, texts),
      h(
        "button",
        {
          type: "button",
          class: "disclosure",
          "aria-expanded": String(more),
          onclick: () => desk.columns.mapMore(),
        },
        chevron(),
        texts.more(OTHER_COLUMNS.length),
      ),
      more && table(OTHER_COLUMNS, page, columns, desk, language, texts),
    ),
    ...lacks.map((lack) => h("p", { key: lack, class: "advice" }, texts[lack])),
    ready &&
      h(
        "p",
        { key: "preview", class: "muted", "aria-live": "polite" },
        preview ? texts.preview(preview.read, preview.found) : texts.counting,
      ),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        id: "map-remember",
        checked: page.remember,
        onchange: ({ target }: Event) =>
          desk.columns.mapRemember((target as HTMLInputElement).checked),
      }),
      h("span", {}, texts.remember),
    ),
    h(
      "div",
      { class: "page-acts" },
      h(
        "button",
        {
          type: "button",
          id: "import-mapped",
          class: "button primary",
          disabled: !ready || !preview || preview.read === 0,
          onclick: () => void desk.columns.importMapped(),
        },
        texts.importRows(preview?.read ?? 0),
      ),
      h(
        "button",
        { type: "button", class: "button", onclick: () => desk.closePage() },
        texts.cancel,
      ),
    ),
  ];
}
