// A range's looks, as far as the workbench draws them: font, fill, alignment, broken lines, column width.
import type { FRange, FWorksheet } from "@univerjs/sheets/facade";
import { HostError, type HostObject } from "./rich-api";

/** Excel measures in points, the sheet in pixels. */
const PIXELS_PER_POINT = 4 / 3;

const ALIGNMENTS: Readonly<Record<string, "left" | "center" | "normal">> = {
  Left: "left",
  Center: "center",
  // The sheet's own word for what stands at the end of the line.
  Right: "normal",
};

const VERTICAL: Readonly<Record<string, "top" | "middle" | "bottom">> = {
  Top: "top",
  Center: "middle",
  Bottom: "bottom",
};

export function formatObject(range: FRange, sheet: () => FWorksheet): HostObject {
  const left = range.getColumn();
  return {
    kind: "RangeFormat",
    values: { ColumnWidth: () => sheet().getColumnWidth(left) / PIXELS_PER_POINT },
    setters: {
      ColumnWidth: (points) => {
        const pixels = Math.round(Number(points) * PIXELS_PER_POINT);
        sheet().setColumnWidths(left, range.getWidth(), pixels);
      },
      HorizontalAlignment: (given) => {
        const wanted = ALIGNMENTS[String(given)];
        if (!wanted) throw new HostError("InvalidArgument", `no alignment ${String(given)}`);
        range.setHorizontalAlignment(wanted);
      },
      VerticalAlignment: (given) => {
        const wanted = VERTICAL[String(given)];
        if (!wanted) throw new HostError("InvalidArgument", `no alignment ${String(given)}`);
        range.setVerticalAlignment(wanted);
      },
      WrapText: (wraps) => void range.setWrap(wraps === true),
    },
    methods: {
      AutofitRows: () => void sheet().setRowAutoHeight(range.getRow(), range.getHeight()),
    },
    children: {
      Font: () => fontObject(range),
      Fill: () => fillObject(range),
    },
  };
}

function fontObject(range: FRange): HostObject {
  const style = () => range.getCellStyleData();
  return {
    kind: "RangeFont",
    values: {
      Color: () => (style()?.cl?.rgb ?? "#000000").toUpperCase(),
      Bold: () => style()?.bl === 1,
    },
    setters: {
      Color: (colour) => void range.setFontColor(String(colour)),
      Bold: (bold) => void range.setFontWeight(bold === true ? "bold" : "normal"),
    },
  };
}

function fillObject(range: FRange): HostObject {
  return {
    kind: "RangeFill",
    values: { Color: () => range.getBackground().toUpperCase() },
    setters: { Color: (colour) => void range.setBackgroundColor(String(colour)) },
  };
}
