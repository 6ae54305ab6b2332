// One run of the command: what was given, reconciled, and written as it was asked for.
import { account } from "./reconcile-core.mjs";
import { readInputs } from "./reconcile-input.mjs";
import { asJson } from "./reconcile-json.mjs";
import { asText } from "./reconcile-text.mjs";

/** The day in Shanghai, for statements without one. */
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/**
 * Everything is explained, something isn't, or a file could not be read.
 * @param {import("../src/account").Papers} papers
 * @param {readonly { readable: boolean }[]} files
 */
function exitCode(papers, files) {
  if (files.some(({ readable }) => !readable)) return 2;
  const open = papers.accounts.some(({ days }) => days.some((day) => !account.isWhole(day)));
  return open ? 1 : 0;
}

/** @param {readonly string[]} undated */
const undatedNotes = (undated) =>
  undated.map((file) => ({
    zh: `${file} 没有日期，按今天的规则核对；用 --day 给出它的日期。`,
    en: `${file} has no day and is checked by today's rules; --day tells its day.`,
  }));

const PERCENT = 100;

/**
 * Everything worked out, with its share that is done told on the way.
 * @param {import("../src/account").PapersInputs} inputs
 * @param {((share: number) => void) | undefined} watch
 */
function worked(inputs, watch) {
  const work = account.reconciledPapersInSteps(inputs);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    watch?.(value);
  }
}

/** @param {((line: string) => void) | undefined} show @param {"zh" | "en"} language */
function watching(show, language) {
  if (!show) return undefined;
  let last = -1;
  return (/** @type {number} */ share) => {
    const percent = Math.floor(share * PERCENT);
    if (percent === last) return;
    last = percent;
    show(language === "zh" ? `正在核对 ${percent}%` : `Reconciling ${percent}%`);
  };
}

/**
 * @param {readonly string[]} given
 * @param {{ prices?: string, terms?: string, broker?: string, day?: string, format?: string, json?: boolean, xlsx?: string }} options
 * @param {"zh" | "en"} language
 * @param {(line: string) => void} [show] shows a line in place of the last, "" for none
 */
export async function reconciled(given, options, language, show) {
  const { files, undated, unused, ...inputs } = await readInputs(given, options);
  const papers = worked({ ...inputs, today: today() }, watching(show, language));
  show?.("");
  const code = exitCode(papers, files);
  const notes = [...papers.notes, ...undatedNotes(undated), ...unused];
  const whole = { papers: { ...papers, notes }, files, code, language };
  if (options.xlsx !== undefined) {
    // The writer of workbooks takes a while to load.
    const { writeWorkbook } = await import("./reconcile-workbook.mjs");
    writeWorkbook(options.xlsx, whole);
  }
  const text = options.json ? asJson(whole) : asText(whole);
  return { code, text };
}
