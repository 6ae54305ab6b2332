// The report as a workbook: a sheet an account and day, as the task pane writes it, and before several of them a
// sheet that lists them. Texts of a file stay text. Functions of the add-in are none of a spreadsheet's own: where
// one stands, the workbook has its figure, and the formula beside it as text.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { account, core } from "./reconcile-core.mjs";
import { place } from "./reconcile-input.mjs";
import { Refused } from "./reconcile-refused.mjs";

/** @typedef {import("../src/account").SheetCell} SheetCell */
/** @typedef {import("../src/account").SheetPlan} SheetPlan */
/** @typedef {import("@e965/xlsx").CellObject} CellObject */

/** @type {typeof import("@e965/xlsx")} */
const XLSX = createRequire(import.meta.url)("@e965/xlsx");

const TEXTS = {
  zh: {
    sheet: "汇总",
    header: [
      "账户",
      "日期",
      "工作表",
      "未解释",
      "不可核对",
      "已解释",
      "吻合",
      "未解释差额",
      "合计差额",
      "恒等式不成立",
      "没有读出",
      "核对全否",
      "结论",
    ],
    formula: "公式（装有加载项时可用）",
    whole: "全",
    partial: "不完整",
  },
  en: {
    sheet: "Summary",
    header: [
      "Account",
      "Day",
      "Sheet",
      "Unexplained",
      "Not checkable",
      "Explained",
      "Matching",
      "Left",
      "Total off by",
      "Identities failing",
      "Unread rows",
      "Whole",
      "Finding",
    ],
    formula: "Formula (with the add-in)",
    whole: "whole",
    partial: "partial",
  },
};

const MONEY = "#,##0.00";
const TEXT_FORMAT = "@";
const text = (/** @type {string} */ value) =>
  /** @type {CellObject} */ ({ t: "s", v: value, z: TEXT_FORMAT });
const number = (/** @type {number} */ value, z = "General") =>
  /** @type {CellObject} */ ({ t: "n", v: value, z });

/** Functions of the add-in have a point in their name; a spreadsheet's own in these sheets have none. */
const isOurs = (/** @type {string} */ formula) => /[A-Z]\.[A-Z]+\(/.test(formula);

/** @param {SheetCell} cell @returns {CellObject | undefined} */
function cellOf({ value, formula, format = "General" }) {
  if (typeof value === "string") return text(value);
  if (formula !== undefined && !isOurs(formula)) {
    return { ...number(value ?? 0, format), f: formula.slice(1) };
  }
  return value === undefined ? undefined : number(value, format);
}

/** @param {readonly (readonly (CellObject | undefined)[])[]} rows @param {readonly number[]} widths */
function sheetOf(rows, widths) {
  /** @type {import("@e965/xlsx").WorkSheet} */
  const sheet = {};
  let columns = 1;
  rows.forEach((row, r) =>
    row.forEach((cell, c) => {
      columns = Math.max(columns, c + 1);
      if (cell) sheet[XLSX.utils.encode_cell({ r, c })] = cell;
    }),
  );
  sheet["!ref"] = XLSX.utils.encode_range({
    s: { r: 0, c: 0 },
    e: { r: Math.max(0, rows.length - 1), c: columns - 1 },
  });
  sheet["!cols"] = widths.map((wch) => ({ wch }));
  return sheet;
}

/** The plan's cells, and behind each row whose figure is a function of ours that formula. @param {SheetPlan} plan @param {string} said */
function planned({ cells, widths }, said) {
  const ours = cells.map(
    (row) => row.find((cell) => cell?.formula && isOurs(cell.formula))?.formula,
  );
  const first = ours.findIndex((formula) => formula !== undefined);
  const rows = cells.map((row, index) => {
    const beside = index === first - 1 ? said : ours[index];
    return [
      ...row.map((cell) => cell && cellOf(cell)),
      beside === undefined ? undefined : text(beside),
    ];
  });
  return sheetOf(rows, [...widths, 70]);
}

/** @param {string} file @param {import("./reconcile-json.mjs").Whole} whole */
export function writeWorkbook(file, { papers, language }) {
  const texts = TEXTS[language];
  const book = XLSX.utils.book_new();
  /** @type {(readonly [SheetPlan, import("../src/account").AccountPapers, import("../src/account").Reconciliation])[]} */
  const sheets = [];
  for (const one of papers.accounts) {
    for (const day of one.days) {
      const taken = [texts.sheet, ...sheets.map(([plan]) => plan.name)];
      sheets.push([account.reconcileSheet(day, { language, namespace: "", taken }), one, day]);
    }
  }
  if (sheets.length !== 1) {
    const rows = sheets.map(([plan, { name }, found]) => {
      const { day, counts, bridge, identities, unread, sentence } = found;
      const left = (/** @type {"unexplained" | "total"} */ id) =>
        bridge.items
          .reduce(
            (sum, { ids, amount }) => (ids.includes(id) ? sum.plus(amount) : sum),
            core.amount("0"),
          )
          .toNumber();
      const failed = identities.filter(({ holds }) => !holds).length;
      const { unexplained, notCheckable, explained, matching } = counts;
      return [
        ...[text(name), text(day ?? ""), text(plan.name)],
        ...[unexplained, notCheckable, explained, matching].map((n) => number(n)),
        ...[number(left("unexplained"), MONEY), number(left("total"), MONEY)],
        ...[number(failed), number(unread)],
        text(bridge.complete ? texts.whole : texts.partial),
        text(sentence[language]),
      ];
    });
    const notes = papers.notes.map((note) => [text(note[language])]);
    const summary = sheetOf(
      [texts.header.map(text), ...rows, [], ...notes],
      [18, 12, 22, 10, 12, 10, 10, 16, 16, 14, 12, 12, 80],
    );
    XLSX.utils.book_append_sheet(book, summary, texts.sheet);
  }
  for (const [plan] of sheets)
    XLSX.utils.book_append_sheet(book, planned(plan, texts.formula), plan.name);
  const bytes = XLSX.write(book, { type: "buffer", bookType: "xlsx", compression: true });
  try {
    writeFileSync(place(file), bytes);
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? "";
    throw new Refused({
      zh: `报告写不进 ${file}（${code}）。核对路径，关掉打开着它的程序。`,
      en: `The report can't be written to ${file} (${code}). Check the path, and close the program that has it open.`,
    });
  }
}
