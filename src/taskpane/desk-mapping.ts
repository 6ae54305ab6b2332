/** Naming a table's columns: what is guessed for a header, and what still lacks. */
import { columnNamed, TABLE_COLUMNS, type Mapping, type TableColumn } from "../statements";
import type { Language } from "./language";
import type { Read } from "./reading-input";

/** In the order they are asked for; the others stand below, folded. */
export const FIRST_COLUMNS: readonly TableColumn[] = [
  "contract",
  "side",
  "quantity",
  "settlement",
  "underlyingPrice",
  "openPrice",
  "margin",
];
export const OTHER_COLUMNS: readonly TableColumn[] = (
  Object.keys(TABLE_COLUMNS) as TableColumn[]
).filter((column) => !FIRST_COLUMNS.includes(column));

/** Where the commonest name in files isn't the clearest on a page. */
const LABELS: Readonly<Partial<Record<TableColumn, Readonly<Record<Language, string>>>>> = {
  contract: { zh: "合约", en: "Contract" },
  number: { zh: "合约编码", en: "Contract number" },
  side: { zh: "方向", en: "Side" },
  quantity: { zh: "手数", en: "Lots" },
  longLots: { zh: "多头手数", en: "Long lots" },
  shortLots: { zh: "空头手数", en: "Short lots" },
  openPrice: { zh: "开仓价", en: "Open price" },
};

/** What a column is called on the page: else its commonest name in files. */
export function columnLabel(column: TableColumn, language: Language): string {
  const label = LABELS[column];
  if (label) return label[language];
  const names: readonly string[] = TABLE_COLUMNS[column];
  const latin = names.find((name) => /^[a-z]/.test(name));
  if (language === "zh") return names.find((name) => /\p{Script=Han}/u.test(name)) ?? column;
  if (latin === undefined) return column;
  return latin.charAt(0).toUpperCase() + latin.slice(1);
}

const surest = (confidence: number): "sure" | "guessed" => (confidence >= 0.9 ? "sure" : "guessed");

/** The columns of a file under a header row, each with a few of its cells. */
export interface FileColumn {
  readonly index: number;
  readonly header: string;
  readonly samples: readonly string[];
}

export function fileColumns(head: Read["head"], headerRow: number): readonly FileColumn[] {
  const body = head.slice(headerRow, headerRow + 20);
  const width = Math.max(
    0,
    ...head.slice(Math.max(0, headerRow - 1), headerRow + 20).map((row) => row.length),
  );
  return Array.from({ length: width }, (_, index) => ({
    index,
    header: (headerRow > 0 ? (head[headerRow - 1]?.[index] ?? "") : "").trim(),
    samples: body
      .map((row) => (row[index] ?? "").trim())
      .filter(Boolean)
      .slice(0, 3),
  }));
}

/** No text holds these, but tabs and ends of lines; what was never text is full of them. */
const isNotText = (character: string): boolean =>
  character === "\ufffd" || (character < " " && !/\s/.test(character));

/** Whether there are columns whose meaning a hand could name: two at least, under a header. */
export function looksLikeTable(head: Read["head"]): boolean {
  const filled = (row: readonly string[]): number => row.filter((cell) => cell.trim()).length;
  const wide = head.filter((row) => filled(row) >= 2);
  return wide.length >= 2 && !head.some((row) => row.some((cell) => [...cell].some(isNotText)));
}

/** How surely each column was found: by its name, by its cells, by the user. */
export type Found = Readonly<Partial<Record<TableColumn, "sure" | "guessed" | "byHand">>>;

/** What the reader guessed. */
export const guessedByReader = ({ statement }: Read): Found =>
  Object.fromEntries(
    (statement.table?.guesses ?? []).flatMap(({ column, confidence }) =>
      column ? [[column, surest(confidence)]] : [],
    ),
  );

/** A guess by names alone, for a header the user pointed at. */
export function guessUnder(
  head: Read["head"],
  headerRow: number,
): { readonly mapping: Mapping; readonly found: Found } {
  const best = new Map<TableColumn, { index: number; confidence: number }>();
  for (const { index, header } of fileColumns(head, headerRow)) {
    const named = columnNamed(header);
    if (named && named.confidence > (best.get(named.column)?.confidence ?? 0)) {
      best.set(named.column, { index, confidence: named.confidence });
    }
  }
  const all = [...best];
  return {
    mapping: {
      headerRow,
      columns: Object.fromEntries(all.map(([name, { index }]) => [name, index])),
    },
    found: Object.fromEntries(all.map(([name, { confidence }]) => [name, surest(confidence)])),
  };
}

/** One column means one thing: choosing it for another takes it from the first. */
export function assigned(
  mapping: Mapping,
  column: TableColumn,
  index: number | undefined,
): Mapping {
  const rest = Object.entries(mapping.columns).filter(
    ([name, at]) => name !== column && at !== index,
  );
  return {
    ...mapping,
    columns: Object.fromEntries(index === undefined ? rest : [...rest, [column, index]]),
  };
}

export type Lack = "needsContract" | "needsLots" | "noSide";

export function lacking({ columns }: Mapping): readonly Lack[] {
  const { contract, name, quantity, longLots, shortLots, side, covered } = columns;
  const lots = quantity ?? longLots ?? shortLots;
  const sides = side ?? covered ?? longLots ?? shortLots;
  const lacks: Lack[] = [];
  if ((contract ?? name) === undefined) lacks.push("needsContract");
  if (lots === undefined) lacks.push("needsLots");
  if (lots !== undefined && sides === undefined) lacks.push("noSide");
  return lacks;
}

/** A table whose every column that counts goes by a name we know needs no one to look at it. */
export function isPlain(read: Read): boolean {
  const { table, problems } = read.statement;
  if (!table || problems.some(({ code }) => code === "noSide")) return false;
  const found = guessedByReader(read);
  return Object.keys(table.mapping.columns).every(
    (column) => found[column as TableColumn] === "sure",
  );
}
