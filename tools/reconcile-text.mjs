// The reconciliation for a person at a terminal: what asks for attention first, the bridge, the account's identities.
import { account as core, core as numbers, statements } from "./reconcile-core.mjs";

/** @typedef {import("../src/core").Amount} Amount */
/** @typedef {import("../src/account").Reconciliation} Reconciliation */
/** @typedef {import("../src/account").ReconciledRow} ReconciledRow */
/** @typedef {import("../src/account").Verdict} Verdict */

const TEXTS = {
  zh: {
    verdict: {
      unexplained: "? 未解释",
      notCheckable: "– 不可核对",
      explained: "≈ 已解释",
      matching: "✓ 吻合",
    },
    side: { long: "买", short: "卖", covered: "备兑" },
    lots: (/** @type {string} */ n) => `${n} 手`,
    row: (
      /** @type {string} */ printed,
      /** @type {string} */ ours,
      /** @type {string} */ difference,
    ) => `账单 ${printed}，我们 ${ours}，差额 ${difference}`,
    bridge: "从重算到账单",
    incomplete: "（不完整）",
    from: "按公司规则逐行重算",
    rows: (/** @type {number} */ n, /** @type {number} */ unprinted) =>
      `（${n} 行${unprinted === 0 ? "" : `，${unprinted === n ? "都" : `${unprinted} 行`}没有印保证金`}）`,
    to: { account: "账单保证金", rows: "账单逐行之和" },
    identities: "账户恒等式",
    ratios: (
      /** @type {string} */ printed,
      /** @type {string} */ ofPrinted,
      /** @type {string} */ byRules,
    ) => `风险度：账单印的 ${printed}，按账单保证金 ${ofPrinted}，按公司规则重算 ${byRules}`,
    fails: (/** @type {string} */ printed, /** @type {string} */ expected) =>
      `不成立：账单 ${printed}，应为 ${expected}`,
    days: "逐日",
    day: (/** @type {Record<Verdict, number>} */ n) =>
      `未解释 ${n.unexplained} · 不可核对 ${n.notCheckable} · 已解释 ${n.explained} · 吻合 ${n.matching}`,
    identitiesFail: (/** @type {number} */ n) => `恒等式不成立 ${n}`,
    partial: "不完整",
    additions: "加收未确认",
    implied: (/** @type {string} */ rate, /** @type {string | undefined} */ times) =>
      `反推保证金率 ${rate}${times === undefined ? "" : `，是交易所保证金的 ${times} 倍`}`,
    problems: (/** @type {number} */ n) => `问题 ${n}`,
    at: (/** @type {number} */ n) => `第 ${n} 行`,
    more: (/** @type {number} */ n) => `还有 ${n} 处，见 --json 或 --xlsx`,
    since: (/** @type {string} */ day, /** @type {number} */ many) => `自 ${day} 起，共 ${many} 天`,
    unread: "读不出",
    none: "没有可核对的账单。",
    colon: "：",
  },
  en: {
    verdict: {
      unexplained: "? unexplained",
      notCheckable: "– not checkable",
      explained: "≈ explained",
      matching: "✓ matching",
    },
    side: { long: "long", short: "short", covered: "covered" },
    lots: (/** @type {string} */ n) => (n === "1" ? "1 lot" : `${n} lots`),
    row: (
      /** @type {string} */ printed,
      /** @type {string} */ ours,
      /** @type {string} */ difference,
    ) => `statement ${printed}, ours ${ours}, difference ${difference}`,
    bridge: "From the rules to the statement",
    incomplete: " (incomplete)",
    from: "By the broker's rule, row by row",
    rows: (/** @type {number} */ n, /** @type {number} */ unprinted) =>
      ` (${n} ${n === 1 ? "row" : "rows"}${unprinted === 0 ? "" : `, ${unprinted === n ? "none" : `${n - unprinted}`} with a printed margin`})`,
    to: { account: "Margin as printed", rows: "Sum of the rows as printed" },
    identities: "Account identities",
    ratios: (
      /** @type {string} */ printed,
      /** @type {string} */ ofPrinted,
      /** @type {string} */ byRules,
    ) =>
      `Risk ratio: printed ${printed}, by the printed margin ${ofPrinted}, by the broker's rule ${byRules}`,
    fails: (/** @type {string} */ printed, /** @type {string} */ expected) =>
      `fails: printed ${printed}, expected ${expected}`,
    days: "Day by day",
    day: (/** @type {Record<Verdict, number>} */ n) =>
      `unexplained ${n.unexplained} · not checkable ${n.notCheckable} · explained ${n.explained} · matching ${n.matching}`,
    identitiesFail: (/** @type {number} */ n) => `identities that fail ${n}`,
    partial: "partial",
    additions: "additions not confirmed",
    implied: (/** @type {string} */ rate, /** @type {string | undefined} */ times) =>
      `The figure tells a margin rate of ${rate}${times === undefined ? "" : `, ${times} times the exchange's margin`}`,
    problems: (/** @type {number} */ n) => `Problems ${n}`,
    at: (/** @type {number} */ n) => `row ${n}`,
    more: (/** @type {number} */ n) => `${n} more: see --json or --xlsx`,
    since: (/** @type {string} */ day, /** @type {number} */ many) =>
      `since ${day}, ${many} ${many === 1 ? "day" : "days"}`,
    unread: "can't be read",
    none: "There is no statement to reconcile.",
    colon: ": ",
  },
};

/** A file's text must not steer the terminal. */
const plain = (/** @type {string} */ text) => text.replace(/[\p{Cc}\p{Cf}]/gu, " ");

const money = (/** @type {Amount | undefined} */ n) => n?.toFixed(2) ?? "—";
const signed = (/** @type {Amount | undefined} */ n) =>
  n?.greaterThan(0) ? `+${n.toFixed(2)}` : money(n);

/** Chinese characters take two columns. */
const width = (/** @type {string} */ text) =>
  [...text].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1), 0);

/** @param {readonly (readonly [string, string])[]} rows labels to the left, figures to the right */
function aligned(rows) {
  const left = Math.max(...rows.map(([label]) => width(label)));
  const right = Math.max(...rows.map(([, figure]) => figure.length));
  return rows.map(
    ([label, figure]) =>
      `  ${label}${" ".repeat(left - width(label) + 2)}${figure.padStart(right)}`,
  );
}

/** Problems listed of a file; the others are counted. */
const MOST_PROBLEMS = 10;

/** @type {readonly Verdict[]} */
const ORDER = ["unexplained", "notCheckable", "explained"];

/** @param {import("./reconcile-json.mjs").Whole} whole */
export function asText({ papers, files, language }) {
  const texts = TEXTS[language];
  const say = (/** @type {{ zh: string, en: string }} */ words) => words[language];
  /** @type {string[]} */
  const lines = [];
  /** @type {Set<string>} Problems that were listed: no note says them again. */
  const said = new Set();

  /** What rate the figure of a row that nothing explains would tell. */
  const impliedBy = (/** @type {ReconciledRow} */ { verdict, impliedRate, impliedMarkup }) => {
    if (verdict !== "unexplained" || !impliedRate) return [];
    const rate = `${impliedRate.times(100).toFixed(4)}%`;
    return [`    ${texts.implied(rate, impliedMarkup?.plus(1).toFixed(4))}`];
  };

  const putRow = (/** @type {ReconciledRow} */ row) => {
    const { position, verdict, printed, ours, difference } = row;
    const lots = texts.lots(numbers.digits(position.quantity));
    const figures = texts.row(money(printed), money(ours), signed(difference));
    lines.push(
      `${texts.verdict[verdict]}  ${position.contract} ${texts.side[position.side]} ${lots}${texts.colon}${figures}`,
      `    ${say(row.text)}`,
      ...impliedBy(row),
      ...row.untried.map(({ lacks }) => `    ${say(lacks)}`),
    );
  };

  const putRows = (
    /** @type {Reconciliation} */ { breaking },
    /** @type {readonly Verdict[]} */ shown,
  ) => {
    const listed = shown.flatMap((verdict) => breaking.filter((row) => row.verdict === verdict));
    if (listed.length > 0) lines.push("");
    listed.forEach(putRow);
  };

  /** What could not be read, or doesn't fit: the first of it, with its row. */
  const putProblems = (/** @type {Reconciliation} */ { inputs }) => {
    const problems = inputs.statement.problems.filter(({ notice }) => !notice);
    if (problems.length === 0) return;
    const listed = problems.slice(0, MOST_PROBLEMS);
    lines.push("", texts.problems(problems.length));
    lines.push(...listed.map((one) => `  ${statements.placeSaid(one, texts.at)}${say(one.text)}`));
    for (const { text } of listed) said.add(say(text));
    const more = problems.length - MOST_PROBLEMS;
    if (more > 0) lines.push(`  ${texts.more(more)}`);
  };

  const putBridge = (/** @type {Reconciliation} */ { bridge, counts, length }) => {
    if (length === 0 && bridge.items.length === 0) return;
    const { from, items, to, toFrom, complete, unprinted } = bridge;
    lines.push("", `${texts.bridge}${complete ? "" : texts.incomplete}`);
    lines.push(
      ...aligned([
        // Where no row could be checked the rules gave none.
        [texts.from, money(counts.notCheckable === length ? undefined : from)],
        ...items.map(
          (item) =>
            /** @type {const} */ ([
              `${say(item.name)}${item.rows > 0 ? texts.rows(item.rows, item.unprinted) : ""}`,
              signed(core.isUnknown(item) ? undefined : item.amount),
            ]),
        ),
        // A sum of rows of which some aren't printed is no sum.
        [texts.to[toFrom], money(unprinted > 0 ? undefined : to)],
      ]),
    );
  };

  const putIdentities = (/** @type {Reconciliation} */ { identities }) => {
    if (identities.length === 0) return;
    const holding = identities.filter(({ holds }) => holds).length;
    lines.push("", `${texts.identities} ${holding}/${identities.length}`);
    for (const { name, text, printed, expected, holds } of identities) {
      if (holds) continue;
      const [one, other] = [printed, expected].map((n) => numbers.digits(n.toDecimalPlaces(4)));
      lines.push(
        `  ${say(name)} = ${say(text)}${texts.colon}${texts.fails(one ?? "", other ?? "")}`,
      );
    }
  };

  /** A day, and of several papers of one day which it is. @param {readonly Reconciliation[]} days */
  const dayAmong = (days) => (/** @type {Reconciliation} */ one) =>
    days.filter(({ day }) => day === one.day).length > 1 ? whereFrom(one) : (one.day ?? "—");

  /** The account's risk ratio: as printed, and as its margins by print and by rule over its equity. */
  const putRatios = (/** @type {Reconciliation} */ { ratios }) => {
    const { printed, ofPrinted, byRules } = ratios;
    if (!printed && !ofPrinted) return;
    const percent = (/** @type {Amount | undefined} */ n) =>
      n ? `${n.times(100).toFixed(2)}%` : "—";
    lines.push("", texts.ratios(percent(printed), percent(ofPrinted), percent(byRules)));
  };

  const whereFrom = (/** @type {Reconciliation} */ { day, inputs }) =>
    [day, statements.withoutAccounts(inputs.statement.file)].filter(Boolean).join(" · ");

  for (const { account, names, days, breaks, sentence } of papers.accounts) {
    const broker = account?.broker;
    if (lines.length > 0) lines.push("");
    lines.push(`== ${[say(names), broker].filter(Boolean).join(" · ")} ==`);
    const many = days.length > 1;
    if (many) {
      lines.push(say(sentence));
      for (const { contract, from, days: on, difference } of breaks) {
        lines.push(
          `  ${contract} ${signed(difference)}${texts.colon}${texts.since(from ?? "—", on)}`,
        );
      }
      lines.push("", texts.days);
      const named = dayAmong(days);
      for (const one of days) {
        const failed = one.identities.filter(({ holds }) => !holds).length;
        const left = [
          texts.day(one.counts),
          ...(failed > 0 ? [texts.identitiesFail(failed)] : []),
          ...(one.bridge.complete ? [] : [texts.partial]),
          ...(one.additions ? [texts.additions] : []),
        ].join(" · ");
        lines.push(`  ${core.breaksOn(one) ? "?" : " "} ${named(one)}  ${left}`);
      }
    }
    for (const one of days) {
      // Of a month only the days that ask for something are told in full.
      if (many && core.isAccountedFor(one)) continue;
      if (many) lines.push("");
      lines.push(whereFrom(one), say(one.rule.sentence), say(one.rule.borneOut), say(one.sentence));
      lines.push(...one.notes.map(say));
      putProblems(one);
      putRows(one, ORDER);
      putBridge(one);
      putIdentities(one);
      putRatios(one);
    }
  }
  const unread = files.filter(({ readable }) => !readable);
  if (papers.accounts.length === 0) lines.push(texts.none);
  const notes = papers.notes.map(say).filter((note) => !said.has(note));
  if (unread.length > 0 || notes.length > 0) lines.push("");
  for (const { file, problems } of unread) {
    lines.push(
      `! ${file} ${texts.unread}${texts.colon.trimEnd()}`,
      ...problems.map((one) => `    ${say(one)}`),
    );
  }
  lines.push(...notes.map((note) => `! ${note}`));
  return lines.map(plain).join("\n");
}
