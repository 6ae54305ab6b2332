// The report as a workbook: a sheet an account and day, as the task pane writes it, and before several of them a
// sheet that lists them. Texts of a file stay text. Functions of the add-in are none of a spreadsheet's own: where
// one stands, the workbook has its figure, and the formula beside it as text.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { account, core } from "./reconcile-core.mjs";
import { place } from "./reconcile-input.mjs";
import { laidOut } from "./reconcile-page.mjs";
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
      "币种",
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
      "风险度（账单所印）",
      "风险度（账单保证金 ÷ 权益）",
      "风险度（按规则重算）",
      "是否完整",
      "结论",
    ],
    formula: "公式（装有加载项时可用）",
    whole: "完整",
    partial: "不完整",
  },
  en: {
    sheet: "Summary",
    header: [
      "Account",
      "Currency",
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
      "Risk ratio as printed",
      "Risk ratio of the printed margin",
      "Risk ratio by the rules",
      "Complete",
      "Finding",
    ],
    formula: "Formula (with the add-in)",
    whole: "complete",
    partial: "partial",
  },
};

const MONEY = "#,##0.00";
const RATIO = "0.00%";
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

const WRAPS = ' wrapText="1"';
const ALIGNED = {
  center: ' horizontal="center"',
  right: ' horizontal="right"',
  indent: ' horizontal="left" indent="1"',
};

/** How the plan's cells stand, by address. @param {SheetPlan} plan @returns {import("./reconcile-page.mjs").Looks} */
function looksOf({ cells }) {
  /** @type {Map<string, string>} */
  const looks = new Map();
  cells.forEach((row, r) =>
    row.forEach((cell, c) => {
      const look = `${cell?.align ? ALIGNED[cell.align] : ""}${cell?.wraps ? WRAPS : ""}`;
      if (look !== "") looks.set(XLSX.utils.encode_cell({ r, c }), look);
    }),
  );
  return looks;
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
function planned({ cells, widths, headerRow = 0 }, said) {
  const ours = cells.map(
    (row) => row.find((cell) => cell?.formula && isOurs(cell.formula))?.formula,
  );
  const some = ours.some((formula) => formula !== undefined);
  const rows = cells.map((row, index) => {
    const beside = some && index === headerRow - 1 ? said : ours[index];
    return [
      ...row.map((cell) => cell && cellOf(cell)),
      beside === undefined ? undefined : text(beside),
    ];
  });
  return sheetOf(rows, [...widths, 70]);
}

/** What a sheet prints, and which of its rows stands on every page. @param {string} name @param {string} [area] "A1:N40" @param {number} [titles] */
function printed(name, area, titles) {
  const sheet = `'${name.replaceAll("'", "''")}'!`;
  const fixed = (/** @type {string} */ range) => range.replace(/([A-Z]+)(\d+)/g, "$$$1$$$2");
  return [
    ...(area === undefined ? [] : [{ Name: "_xlnm.Print_Area", Ref: `${sheet}${fixed(area)}` }]),
    ...(titles === undefined
      ? []
      : [{ Name: "_xlnm.Print_Titles", Ref: `${sheet}$${titles}:$${titles}` }]),
  ];
}

/** Of the list of sheets: words, counts, then money and the like, and the finding, which is long. */
const SUMMARY = [18, 8, 12, 22, 12, 12, 10, 10, 16, 16, 14, 12, 14, 18, 14, 12, 80];
const FIRST_FIGURE = 4;
const LAST_FIGURE = 14;

/** @param {number} rows */
function summaryLooks(rows) {
  /** @type {Map<string, string>} */
  const looks = new Map();
  SUMMARY.forEach((_, c) => {
    const isFigure = c >= FIRST_FIGURE && c <= LAST_FIGURE;
    looks.set(XLSX.utils.encode_cell({ r: 0, c }), `${isFigure ? ALIGNED.right : ""}${WRAPS}`);
    for (let r = 1; r <= rows; r++) {
      const look = isFigure ? ALIGNED.right : c === SUMMARY.length - 1 ? WRAPS : undefined;
      if (look) looks.set(XLSX.utils.encode_cell({ r, c }), look);
    }
  });
  return looks;
}

/** A fraction of the equity where it is known. @param {import("../src/core").Amount | undefined} value */
const ratio = (value) => (value ? number(value.toNumber(), RATIO) : text("—"));

/** @param {string} file @param {import("./reconcile-json.mjs").Whole} whole */
export function writeWorkbook(file, { papers, language }) {
  const texts = TEXTS[language];
  const book = XLSX.utils.book_new();
  /** @type {import("@e965/xlsx").DefinedName[]} */
  const names = [];
  /** @type {import("./reconcile-page.mjs").Looks[]} */
  const looks = [];
  const append = (
    /** @type {import("@e965/xlsx").WorkSheet} */ sheet,
    /** @type {string} */ name,
    /** @type {import("./reconcile-page.mjs").Looks} */ look,
    /** @type {ReturnType<typeof printed>} */ prints,
  ) => {
    names.push(...prints.map((one) => ({ ...one, Sheet: looks.length })));
    looks.push(look);
    XLSX.utils.book_append_sheet(book, sheet, name);
  };
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
      const { day, counts, bridge, identities, unread, sentence, ratios } = found;
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
        ...[
          text(name),
          text(account.currencyOf(found, found.perContract())),
          text(day ?? ""),
          text(plan.name),
        ],
        ...[unexplained, notCheckable, explained, matching].map((n) => number(n)),
        ...[number(left("unexplained"), MONEY), number(left("total"), MONEY)],
        ...[number(failed), number(unread)],
        ratio(ratios.printed),
        // A sum of rows of which some aren't printed is no sum.
        ratio(bridge.unprinted > 0 ? undefined : ratios.ofPrinted),
        ratio(ratios.byRules),
        text(bridge.complete ? texts.whole : texts.partial),
        text(sentence[language]),
      ];
    });
    const notes = papers.notes.map((note) => [text(note[language])]);
    const summary = sheetOf([texts.header.map(text), ...rows, [], ...notes], SUMMARY);
    append(summary, texts.sheet, summaryLooks(rows.length), printed(texts.sheet, undefined, 1));
  }
  for (const [plan] of sheets) {
    const { name, printArea, headerRow } = plan;
    append(planned(plan, texts.formula), name, looksOf(plan), printed(name, printArea, headerRow));
  }
  book.Workbook = { Names: names };
  const bytes = laidOut(
    XLSX.write(book, { type: "buffer", bookType: "xlsx", compression: true }),
    looks,
  );
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
