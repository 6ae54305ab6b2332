// Putting a demo sheet together: rows of cells in a few named styles.
import {
  BorderStyleTypes,
  HorizontalAlign,
  VerticalAlign,
  WrapStrategy,
  type ICellData,
  type IStyleData,
  type IWorksheetData,
} from "@univerjs/core";
import { cellFont } from "../fonts";

/** What a cell holds: a figure, a text, or a formula, which begins with "="; null where one spills. */
export type Content = number | string | null;

const ink = {
  plain: "#242424",
  muted: "#5C5C5C",
  input: "#0F4C9E",
  published: "#6F5200",
  inferred: "#5B2A7E",
};

const shade = { header: "#E9EEF5", live: "#EAF4EC", published: "#FDF3D1", inferred: "#F3ECF9" };

const rule = { s: BorderStyleTypes.THIN, cl: { rgb: "#C9D2DE" } };

// Where a figure comes from decides its look: typed in, calculated, published, inferred.
const looks = {
  input: { cl: { rgb: ink.input } },
  live: { bl: 1, bg: { rgb: shade.live } },
  published: { cl: { rgb: ink.published }, bg: { rgb: shade.published } },
  inferred: { cl: { rgb: ink.inferred }, bg: { rgb: shade.inferred } },
} satisfies Record<string, IStyleData>;

const patterns = {
  strike: "0.00",
  fund: "0.000",
  option: "0.0000",
  whole: "#,##0",
  money: "#,##0.00",
  signed: "+#,##0.00;-#,##0.00;0.00",
  percent: "0.00%",
  signedPercent: "+0.00%;-0.00%;0.00%",
};

export type Look = keyof typeof looks;
export type Pattern = keyof typeof patterns;

const middle = VerticalAlign.MIDDLE;
const right = HorizontalAlign.RIGHT;

// A little air between a figure and the line at its right.
const padding = { r: 4 };

/** A figure's style: "live money", "published percent"… */
type FigureStyle = `${Look} ${Pattern}`;
export type TextStyle = keyof typeof texts;
export type StyleName = FigureStyle | TextStyle;

const texts = {
  title: { fs: 12, bl: 1, vt: middle },
  subtitle: { fs: 11, bl: 1, vt: middle },
  header: {
    bl: 1,
    bg: { rgb: shade.header },
    bd: { b: rule },
    ht: right,
    vt: middle,
    pd: padding,
    tb: WrapStrategy.WRAP,
  },
  "left header": { bl: 1, bg: { rgb: shade.header }, bd: { b: rule }, vt: middle },
  label: { vt: middle, cl: { rgb: ink.muted } },
  note: { fs: 9, vt: middle, cl: { rgb: ink.muted } },
  word: { vt: middle },
  typed: { vt: middle, ht: right, pd: padding, ...looks.input },
  "live word": { vt: middle, ht: right, pd: padding, ...looks.live },
  "live term": { vt: middle, ht: HorizontalAlign.LEFT, bg: { rgb: shade.live } },
} satisfies Record<string, IStyleData>;

/** Every style of the demo workbook by name. */
export function demoStyles(): Record<string, IStyleData> {
  const styles: Record<string, IStyleData> = {};
  const base: IStyleData = { ff: cellFont, fs: 10, cl: { rgb: ink.plain } };
  for (const [name, style] of Object.entries(texts)) styles[name] = { ...base, ...style };
  for (const [look, style] of Object.entries(looks)) {
    for (const [pattern, format] of Object.entries(patterns)) {
      styles[`${look} ${pattern}`] = {
        ...base,
        ht: right,
        vt: middle,
        pd: padding,
        ...style,
        n: { pattern: format },
      };
    }
  }
  return styles;
}

/** One cell of a row: what it holds and its style; null leaves the cell empty. */
export type Cell = readonly [content: Content, style: StyleName] | null;

/** A demo sheet, filled row by row; formulas name their own row with "{row}". */
export class SheetBuilder {
  private readonly cellData: Record<number, Record<number, ICellData>> = {};
  private readonly rowData: Record<number, { h: number }> = {};

  /** Puts cells from column A on; rows are counted as they are labelled, from 1. */
  put(row: number, cells: readonly Cell[], height?: number): void {
    const data: Record<number, ICellData> = {};
    for (const [column, cell] of cells.entries()) {
      if (!cell) continue;
      const [content, style] = cell;
      const isFormula = typeof content === "string" && content.startsWith("=");
      data[column] = isFormula
        ? { f: content.replaceAll("{row}", String(row)), s: style }
        : { ...(content === null ? {} : { v: content }), s: style };
    }
    this.cellData[row - 1] = data;
    if (height !== undefined) this.rowData[row - 1] = { h: height };
  }

  build(id: string, name: string, widths: readonly number[]): Partial<IWorksheetData> {
    return {
      id,
      name,
      rowCount: 200,
      columnCount: Math.max(26, widths.length),
      defaultRowHeight: 20,
      defaultColumnWidth: 80,
      cellData: this.cellData,
      rowData: this.rowData,
      columnData: Object.fromEntries(widths.map((w, column) => [column, { w }])),
    };
  }
}
