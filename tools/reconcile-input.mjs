// What the command is given: statements, prices of underlyings, terms of adjusted contracts, a broker profile.
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { account, core, statements } from "./reconcile-core.mjs";
import { Refused } from "./reconcile-refused.mjs";
import { rowsOf } from "./reconcile-table.mjs";
import { unusedNotes } from "./reconcile-unused.mjs";

/** @typedef {{ zh: string, en: string }} Bilingual */
/** @typedef {import("../src/core").Amount} Amount */
/** @typedef {Record<string, Amount>} Prices */
/** @typedef {import("../src/statements").Statement} Statement */
/** @typedef {{ file: string, statement: Statement | undefined, readable: boolean, problems: readonly Bilingual[] }} FileRead */

/** Where npm was called, which is where its user's paths start. */
const here = () =>
  (process.env.npm_lifecycle_event === "reconcile" && process.env.INIT_CWD) || process.cwd();
export const place = (/** @type {string} */ file) => path.resolve(here(), file);

/** @param {string} file */
function bytesOf(file) {
  try {
    return new Uint8Array(readFileSync(place(file)));
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? "";
    throw new Refused({
      zh: `打不开 ${file}（${code}）。核对路径。`,
      en: `${file} can't be opened (${code}). Check the path.`,
    });
  }
}

/** The files given, and those in the folders given. */
function* filesOf(/** @type {readonly string[]} */ given) {
  for (const one of given) {
    const found = statSync(place(one), { throwIfNoEntry: false });
    if (!found?.isDirectory()) {
      yield one;
      continue;
    }
    for (const entry of readdirSync(place(one), { withFileTypes: true })) {
      if (entry.isFile() && !entry.name.startsWith(".")) yield path.join(one, entry.name);
    }
  }
}

/** @param {readonly FormatId[]} choices */
const chooseFormat = (choices) => ({
  zh: `用 --format 说明是哪一种：${choices.join("、")}。`,
  en: `Tell with --format which it is: ${choices.join(", ")}.`,
});

const NOTHING = {
  zh: "这个文件里没有持仓，也没有资金：没有可核对的。",
  en: "This file holds neither positions nor money: there is nothing to reconcile.",
};

const TRADES_ONLY = {
  zh: "这个文件只有成交，没有持仓，也没有资金：没有可核对的。给出同一天的持仓或结算单。",
  en: "This file holds trades only, neither positions nor money: there is nothing to reconcile. Give that day's positions or settlement statement.",
};

/** @typedef {import("../src/statements").FormatId} FormatId */

/**
 * @param {string} file @param {string | undefined} day @param {FormatId | undefined} format
 * @returns {Promise<FileRead>}
 */
async function fileRead(file, day, format) {
  const name = path.basename(file);
  const shown = statements.withoutAccounts(name);
  const options = day === undefined ? {} : { day };
  let bytes;
  try {
    bytes = bytesOf(file);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { file: shown, statement: undefined, readable: false, problems: [error.sentence] };
  }
  let found = await statements.readStatement(bytes, name, options);
  // Where a file fits several formats the given one is taken, if it is one of them.
  const choices = found.choices ?? [];
  const isChosen = format !== undefined && choices.includes(format);
  if (isChosen) found = await statements.readStatement(bytes, name, { ...options, format });
  const dated = found.day ?? found.account?.day;
  const statement =
    dated === undefined && day !== undefined ? statements.changed(found, { day }) : found;
  const holds = statements.heldCount(statement) > 0 || statement.accounts.length > 0;
  const readable = statement.format !== undefined && holds;
  const isEmpty = statement.format !== undefined && !holds;
  // Of a file without holdings rows that are no trades are no reason why it isn't read.
  const told = statement.problems.filter(({ notice }) => !isEmpty || !notice);
  const problems = told.map(({ text }) => text);
  if (isEmpty && statement.trades.length > 0) problems.unshift(TRADES_ONLY);
  if (choices.length > 0 && !isChosen) problems.push(chooseFormat(choices));
  if (!readable && problems.length === 0) problems.push(NOTHING);
  return { file: shown, statement, readable, problems };
}

/** The codes in a statement, as its exchange writes them, by themselves and by the numbers printed beside them. @param {readonly Statement[]} papers */
function spellings(papers) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const paper of papers) {
    for (const { contract } of paper.quotes) found.set(contract.toUpperCase(), contract);
    for (const code of statements.codesHeld(paper)) found.set(code.toUpperCase(), code);
    for (const [number, code] of statements.numbersHeld(paper)) found.set(number, code);
  }
  return (/** @type {string} */ code) => found.get(code.toUpperCase()) ?? code;
}

const PRICE_COLUMNS = {
  underlying: ["underlying", "标的", "标的合约", "标的代码"],
  day: ["day", "date", "日期", "交易日"],
  price: ["price", "价格", "结算价", "收盘价", "标的价"],
  previous: ["previous", "前一日价格", "昨日价格", "昨结算"],
  other: ["other", "另一价格", "其他价格", "收盘价", "结算价"],
};

/** @typedef {Record<string, Amount[]>} OtherPrices */

/**
 * Prices by day, those of the day before each, and others of the same day: a settlement beside the close. Without a
 * column of days they hold for statements of one day.
 * @param {string} file @param {(code: string) => string} spelled
 */
function readPrices(file, spelled) {
  /** @type {Record<string, Prices>} */ const prices = {};
  /** @type {Record<string, Prices>} */ const previousPrices = {};
  /** @type {Prices} */ const always = {};
  /** @type {Prices} */ const alwaysPrevious = {};
  /** @type {Record<string, OtherPrices>} */ const otherPrices = {};
  /** @type {OtherPrices} */ const alwaysOther = {};
  const rows = rowsOf(file, bytesOf(file), PRICE_COLUMNS, ["underlying", "price"]);
  const lines = [];
  for (const row of rows) {
    const name = row.text("underlying");
    const code = spelled(name);
    const day = row.has("day") ? row.day("day") : undefined;
    const price = row.optional("price");
    const previous = row.optional("previous");
    const other = row.optional("other");
    lines.push({ row: row.number, name, code, day, price });
    const into = (/** @type {Record<string, Prices>} */ byDay, /** @type {Prices} */ all) =>
      day === undefined ? all : (byDay[day] ??= {});
    if (price) row.put(into(prices, always), code, price);
    if (previous) row.put(into(previousPrices, alwaysPrevious), code, previous);
    if (!other) continue;
    const others = day === undefined ? alwaysOther : (otherPrices[day] ??= {});
    const known = Object.hasOwn(others, code) ? (others[code] ?? []) : [];
    Object.defineProperty(others, code, {
      value: [...known, other],
      enumerable: true,
      configurable: true,
    });
  }
  return { prices, previousPrices, always, alwaysPrevious, otherPrices, alwaysOther, lines };
}

const TERM_COLUMNS = {
  contract: ["contract", "合约", "合约代码"],
  strike: ["strike", "行权价", "行权价格"],
  unit: ["unit", "合约单位", "单位"],
};

/** @param {string} file @param {(code: string) => string} spelled */
function readTerms(file, spelled) {
  const rows = rowsOf(file, bytesOf(file), TERM_COLUMNS, ["contract", "strike", "unit"]);
  const lines = rows.map((row) => {
    const name = row.text("contract");
    const [strike, unit] = [row.optional("strike"), row.optional("unit")];
    return { row: row.number, name, code: spelled(name), strike, unit };
  });
  return {
    lines,
    terms: Object.fromEntries(lines.map(({ code, strike, unit }) => [code, { strike, unit }])),
  };
}

/** @param {string} file */
function readBroker(file) {
  const bytes = bytesOf(file);
  let json;
  try {
    json = JSON.parse(statements.decode(bytes).text.replace(/^\uFEFF/, ""));
  } catch {
    throw new Refused({
      zh: `${file} 不是公司参数的 JSON。用任务窗格导出的那一份。`,
      en: `${file} is no JSON of a broker profile. Give the one the task pane exports.`,
    });
  }
  const read = account.readProfile(json);
  if ("wrong" in read) {
    const { zh, en } = read.wrong;
    throw new Refused({
      zh: `${file}：${zh}改好再运行。`,
      en: `${file}: ${en} Correct it and run again.`,
    });
  }
  return read.profile;
}

/** @param {Statement} statement */
const dayOf = (statement) => statement.account?.day ?? statement.day;

/**
 * @param {readonly string[]} given
 * @param {{ prices?: string, terms?: string, broker?: string, day?: string, format?: string }} options
 */
export async function readInputs(given, { prices, terms, broker, day, format }) {
  const on = day === undefined ? undefined : core.readDay(day);
  if (day !== undefined && on === undefined) {
    throw new Refused(
      {
        zh: `--day 须是 2026-11-20 这样的日期，现为 ${day}。`,
        en: `--day is a day such as 2026-11-20, not ${day}.`,
      },
      true,
    );
  }
  const formats = /** @type {FormatId[]} */ (Object.keys(statements.FORMATS));
  const chosen = formats.find((one) => one.toLowerCase() === format?.trim().toLowerCase());
  if (format !== undefined && chosen === undefined) {
    throw new Refused(
      {
        zh: `--format 须是 ${formats.join("、")} 之一，现为 ${format}。`,
        en: `--format is one of ${formats.join(", ")}, not ${format}.`,
      },
      true,
    );
  }
  const profile = broker === undefined ? account.DEFAULT_PROFILE : readBroker(broker);
  /** @type {FileRead[]} */
  const files = [];
  for (const file of filesOf(given)) files.push(await fileRead(file, on, chosen));
  if (files.length === 0) {
    throw new Refused({ zh: "文件夹里没有文件。", en: "The folder holds no file." });
  }
  const papers = files.flatMap(({ readable, statement }) =>
    readable && statement ? [statement] : [],
  );
  const spelled = spellings(papers);
  const known = prices === undefined ? undefined : readPrices(prices, spelled);
  const days = [...new Set(papers.map(dayOf))];
  const [only] = days;
  if (known && Object.keys(known.always).length > 0 && days.length > 1) {
    throw new Refused({
      zh: `${prices} 没有日期列，而账单有 ${days.length} 天：加一列 day，写明每个价格是哪一天的。`,
      en: `${prices} has no day column, but the statements are of ${days.length} days: add a column day that tells each price's day.`,
    });
  }
  const told = terms === undefined ? undefined : readTerms(terms, spelled);
  const unused = [
    ...(prices === undefined || !known
      ? []
      : unusedNotes(
          prices,
          known.lines,
          account.unusedPrices(papers, profile.priceBasis, known.lines),
        )),
    ...(terms === undefined || !told
      ? []
      : unusedNotes(terms, told.lines, account.unusedTerms(papers, told.lines))),
  ];
  return {
    files,
    unused: papers.length === 0 ? [] : unused,
    undated: papers
      .filter((one) => dayOf(one) === undefined)
      .map(({ file }) => statements.withoutAccounts(file)),
    statements: papers,
    prices: known?.prices ?? {},
    previousPrices:
      known && only !== undefined
        ? {
            ...known.previousPrices,
            [only]: { ...known.previousPrices[only], ...known.alwaysPrevious },
          }
        : known?.previousPrices,
    pricesNow: known?.always,
    otherPrices: known?.otherPrices,
    otherPricesNow: known?.alwaysOther,
    terms: told?.terms,
    profile,
  };
}
