/** What the sums are called that a file prints beneath its rows. */
import type { Bilingual } from "../core";
import type { Control } from "./statement";

/** A printed sum, and what it is the sum of. */
export type ControlName = Pick<Control, "id" | "name" | "text" | "of">;

/** The tables of holdings that have a total. */
const TABLES = {
  summary: { zh: "持仓汇总", en: "positions" },
  detail: { zh: "持仓明细", en: "positions detail" },
  futures: { zh: "期货持仓汇总", en: "positions in futures" },
  options: { zh: "期权持仓汇总", en: "positions in options" },
  table: { zh: "表格", en: "the table" },
} as const satisfies Record<string, Bilingual>;

const SUMMED = {
  rows: { zh: "行数", en: "rows" },
  longLots: { zh: "买持手数", en: "long lots" },
  shortLots: { zh: "卖持手数", en: "short lots" },
  lots: { zh: "手数", en: "lots" },
  margin: { zh: "保证金", en: "margin" },
  marketValueLong: { zh: "多头期权市值", en: "value of long options" },
  marketValueShort: { zh: "空头期权市值", en: "value of short options" },
  marketValue: { zh: "期权市值", en: "value of options" },
} as const satisfies Record<string, Bilingual>;

export type SummedTable = keyof typeof TABLES;
export type Summed = keyof typeof SUMMED;

const unitOf = (key: Summed): Control["of"] =>
  key === "margin" || key.startsWith("market") ? "money" : "number";

/** The total of a table's column. */
export function summed(table: SummedTable, key: Summed): ControlName {
  const [of, what] = [TABLES[table], SUMMED[key]];
  return {
    id: `${table} ${key}`,
    name: { zh: `${of.zh}合计${what.zh}`, en: `total ${what.en} of ${of.en}` },
    text: { zh: "各行之和", en: "the sum of its rows" },
    of: unitOf(key),
  };
}

/** What the summary of holdings and their openings tell alike. */
export function alike(key: "lots" | "margin"): ControlName {
  const what = SUMMED[key];
  return {
    id: `tables ${key}`,
    name: { zh: `持仓汇总${what.zh}`, en: `${what.en} of positions` },
    text: { zh: "持仓明细之和", en: "the sum of positions detail" },
    of: unitOf(key),
  };
}
