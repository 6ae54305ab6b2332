// What is said of lines of --prices and --terms that nothing takes: a slip in a code or a day would go unseen.
import path from "node:path";
import { core } from "./reconcile-core.mjs";

/** @typedef {import("../src/core").Amount} Amount */
/** @typedef {import("../src/account/unused-given").Unused} Unused */
/** @typedef {{ row: number, name: string, day?: string, price?: Amount, strike?: Amount, unit?: Amount }} Line */

/** Lines that are named; the others are counted. */
const MOST_NAMED = 5;

const TERMS = {
  price: { zh: "", en: "" },
  strike: { zh: "行权价 ", en: "strike " },
  unit: { zh: "合约单位 ", en: "unit " },
};

/** @param {Line} line @param {Unused} unused @param {"zh" | "en"} language */
function said({ row, name, day, ...figures }, unused, language) {
  const zh = language === "zh";
  const at = zh ? `第 ${row} 行 ${name}` : `row ${row}, ${name}`;
  if (unused === "code") return at + (zh ? "（账单里没有）" : " (in no statement)");
  const on = day === undefined ? "" : ` ${day}`;
  if (unused === "day")
    return `${at}${on}${zh ? "（没有用得上的账单）" : " (no statement takes it)"}`;
  const { printed, term } = unused;
  const [given, told] = [figures[term], printed].map((n) => (n ? core.digits(n) : ""));
  const figure = `${at}${on} ${TERMS[term][language]}${given}`;
  return figure + (zh ? `（账单是 ${told}）` : ` (the statement has ${told})`);
}

/** @param {string} given the file @param {readonly Line[]} lines @param {readonly (Unused | undefined)[]} unused */
export function unusedNotes(given, lines, unused) {
  const left = lines.flatMap((line, index) => {
    const why = unused[index];
    return why === undefined ? [] : [{ line, why }];
  });
  if (left.length === 0) return [];
  const file = path.basename(given);
  const named = (/** @type {"zh" | "en"} */ language) =>
    left.slice(0, MOST_NAMED).map(({ line, why }) => said(line, why, language));
  const more = left.length - MOST_NAMED;
  const [zh, en] = more > 0 ? [`，还有 ${more} 行`, `, and ${more} more`] : ["", ""];
  const many = left.length === 1 ? "1 line was" : `${left.length} lines were`;
  return [
    {
      zh: `${file} 有 ${left.length} 行没有用上：${named("zh").join("、")}${zh}。核对代码、日期和数字。`,
      en: `Of ${file} ${many} not taken: ${named("en").join("; ")}${en}. Check code, day and figure.`,
    },
  ];
}
