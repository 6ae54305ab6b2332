// A broker's statements against the rules, for a morning job without Excel: `npm run reconcile -- <files…>`.
// Exit code 0: everything is explained; 1: something isn't, or can't be checked; 2: a file can't be read, or
// the command is wrong. docs/reconcile.md tells the columns, the options and the shape of --json.
import { parseArgs } from "node:util";
import { isMain } from "./main.mjs";
import { Refused } from "./reconcile-refused.mjs";

const USAGE = {
  zh: `用法：npm run reconcile -- <账单或文件夹…> [选项]
  --prices 价格.csv   标的价格：underlying,day,price[,previous][,other]（标的、日期、价格、前一日价格、另一价格）
  --terms 合约.csv    调整过的合约、期货的合约乘数：contract,strike,unit（合约、行权价、合约单位）
  --broker 参数.json  任务窗格导出的公司参数
  --day 2026-11-20    没有印日期的账单是哪一天的
  --format ctp        文件像几种格式时，是哪一种
  --json              向标准输出写 JSON
  --xlsx 报告.xlsx    写报告工作簿
  --lang zh|en        语言，默认 zh
退出码：0 全部有解释；1 有未解释或不可核对的；2 有文件读不出，或命令有误。`,
  en: `Usage: npm run reconcile -- <statements or folders…> [options]
  --prices prices.csv  prices of underlyings: underlying,day,price[,previous][,other]
  --terms terms.csv    adjusted contracts, and units of futures: contract,strike,unit
  --broker terms.json  the broker profile as the task pane exports it
  --day 2026-11-20     the day of statements that print none
  --format ctp         which format it is where a file fits several
  --json               writes JSON to standard output
  --xlsx report.xlsx   writes the report workbook
  --lang zh|en         the language, zh unless told
Exit code: 0 all explained; 1 something unexplained or not checkable; 2 a file can't be read, or the command is wrong.`,
};

const OPTIONS = /** @type {const} */ ({
  prices: { type: "string" },
  terms: { type: "string" },
  broker: { type: "string" },
  day: { type: "string" },
  format: { type: "string" },
  json: { type: "boolean" },
  xlsx: { type: "string" },
  lang: { type: "string" },
  help: { type: "boolean", short: "h" },
});

/** @param {string} zh @param {string} en @returns {never} */
function wrong(zh, en) {
  throw new Refused({ zh: `命令有误：${zh}`, en: `The command is wrong: ${en}` }, true);
}

/** What is wrong with an option is said in the product's own words. @param {string[]} args */
function read(args) {
  const options = { args, options: OPTIONS, allowPositionals: true };
  const { tokens } = parseArgs({ ...options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName: said, value, inlineValue } = token;
    if (!Object.hasOwn(OPTIONS, name))
      wrong(`没有 ${said} 这个选项。`, `there is no option ${said}.`);
    const { type } = OPTIONS[/** @type {keyof typeof OPTIONS} */ (name)];
    if (type === "boolean" && value !== undefined) {
      wrong(`${said} 后面不带值，现为 ${value}。`, `${said} takes no value, but has ${value}.`);
    }
    const isOption = !inlineValue && value?.startsWith("-");
    if (type === "string" && (!value || isOption)) {
      const [zh, en] = value ? [`，现为 ${value}`, `, not ${value}`] : ["", ""];
      wrong(`${said} 后面须有它的值${zh}。`, `${said} needs a value${en}.`);
    }
  }
  return parseArgs(options);
}

/** What the command is said to answer in, before the rest of it is read. @param {readonly string[]} args */
function languageIn(args) {
  const at = args.findLastIndex((one) => /^--lang(?:=|$)/.test(one));
  const said = args[at] === "--lang" ? args[at + 1] : args[at]?.slice("--lang=".length);
  return at >= 0 && said === "en" ? "en" : "zh";
}

/**
 * @param {string[]} args
 * @param {{ out: (text: string) => void, err: (text: string) => void, line?: (text: string) => void }} print
 *   `line` shows a text in place of the last one, where somebody looks on
 * @returns {Promise<number>} the exit code
 */
export async function reconcile(args, print) {
  // Known before the rest is read: what is wrong with that is said in it.
  const language = languageIn(args);
  try {
    const { values, positionals } = read(args);
    if (values.help) {
      print.out(USAGE[language]);
      return 0;
    }
    if (values.lang !== undefined && values.lang !== "zh" && values.lang !== "en") {
      throw new Refused(
        {
          zh: `--lang 须是 zh 或 en，现为 ${values.lang}。`,
          en: `--lang is zh or en, not ${values.lang}.`,
        },
        true,
      );
    }
    if (positionals.length === 0) {
      throw new Refused({ zh: "没有给出账单文件。", en: "No statement is given." }, true);
    }
    // The product is loaded once the command is right.
    const { reconciled } = await import("./reconcile-run.mjs");
    const { code, text } = await reconciled(positionals, values, language, print.line);
    print.out(text);
    return code;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    print.err(error.sentence[language]);
    if (error.isUsage) print.err(`\n${USAGE[language]}`);
    return 2;
  }
}

if (isMain(import.meta.url)) {
  const print = {
    out: (/** @type {string} */ text) => process.stdout.write(`${text}\n`),
    err: (/** @type {string} */ text) => process.stderr.write(`${text}\n`),
    ...(process.stderr.isTTY && {
      line: (/** @type {string} */ text) => process.stderr.write(`\r\u001b[K${text}`),
    }),
  };
  try {
    process.exitCode = await reconcile(process.argv.slice(2), print);
  } catch (error) {
    // Where something breaks down nothing was found either way: never the code of an unexplained row.
    print.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 2;
  }
}
