// A small table of figures: a header in either language, one row a line, every refusal with its row and value.
import Papa from "papaparse";
import { core, statements } from "./reconcile-core.mjs";
import { Refused } from "./reconcile-refused.mjs";

/** @typedef {import("../src/core").Amount} Amount */

const fold = (/** @type {string} */ name) => name.normalize("NFKC").trim().toLowerCase();

class Row {
  /** @param {string} file @param {number} number @param {Record<string, string | undefined>} cells */
  constructor(file, number, cells) {
    this.file = file;
    this.number = number;
    this.cells = cells;
  }

  /** @param {string} column @param {string} zh @param {string} en @returns {never} */
  refuse(column, zh, en) {
    const value = this.cells[column] ?? "";
    throw new Refused({
      zh: `${this.file} 第 ${this.number} 行 ${column} 现为“${value}”：${zh}。改好再运行。`,
      en: `${this.file}, row ${this.number}: ${column} is “${value}”; ${en}. Correct it and run again.`,
    });
  }

  /** @param {string} column */
  has = (column) => this.cells[column] !== undefined;

  /** @param {string} column */
  text(column) {
    return this.cells[column] || this.refuse(column, "不能空白", "it must not be blank");
  }

  /** @param {string} column */
  day(column) {
    const day = core.readDay(this.text(column));
    return day ?? this.refuse(column, "不是日期", "it is no day such as 2026-11-20");
  }

  /** A figure above zero, or none where the cell is blank. @param {string} column */
  optional(column) {
    const text = this.cells[column];
    if (text === undefined || text === "") return undefined;
    const number = core.readNumber(text);
    return number?.greaterThan(0)
      ? number
      : this.refuse(column, "须是大于 0 的数字", "it must be a number above 0");
  }

  /** @param {Record<string, Amount>} prices @param {string} code @param {Amount} price */
  put(prices, code, price) {
    const known = Object.hasOwn(prices, code) ? prices[code] : undefined;
    if (known && !known.equals(price)) {
      this.cells["price"] = core.digits(price);
      this.refuse(
        "price",
        `${code} 这一天已有另一个价格 ${core.digits(known)}`,
        `${code} already has another price on that day, ${core.digits(known)}`,
      );
    }
    Object.defineProperty(prices, code, { value: price, enumerable: true, configurable: true });
  }
}

/**
 * @param {string} file as it was given
 * @param {Uint8Array} bytes
 * @param {Record<string, readonly string[]>} columns each with the names it goes by
 * @param {readonly string[]} needed
 */
export function rowsOf(file, bytes, columns, needed) {
  const text = statements.decode(bytes).text.replace(/^\uFEFF/, "");
  const { data } = Papa.parse(text, { skipEmptyLines: false });
  const rows = /** @type {string[][]} */ (data);
  const header = (rows[0] ?? []).map(fold);
  /** @type {Record<string, number>} */
  const at = {};
  // A column of the file is one of ours only: of 结算价 and 收盘价 the first is the price, the second the other one.
  const taken = new Set();
  for (const [name, names] of Object.entries(columns)) {
    at[name] = header.findIndex((one, index) => names.includes(one) && !taken.has(index));
    taken.add(at[name]);
  }
  const lacking = needed.filter((name) => (at[name] ?? -1) < 0);
  if (lacking.length > 0) {
    throw new Refused({
      zh: `${file} 缺列 ${lacking.join("、")}：第一行须是列名（${Object.keys(columns).join(",")}）。`,
      en: `${file} lacks the column ${lacking.join(", ")}: its first row names the columns (${Object.keys(columns).join(",")}).`,
    });
  }
  return rows.slice(1).flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === "")) return [];
    const named = Object.entries(at).map(([name, column]) => [
      name,
      column < 0 ? undefined : (cells[column] ?? "").trim(),
    ]);
    return [new Row(file, index + 2, Object.fromEntries(named))];
  });
}
