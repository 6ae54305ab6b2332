// The benchmark's results as lines of the console and as docs/performance.md.
import { toMarkdown } from "./markdown.mjs";

/** @typedef {import("./bench-clock.mjs").Result} Result */
/** @typedef {import("./bench-sizes.mjs").Size} Size */
/** @typedef {keyof import("./bench-clock.mjs").Words} Language */
/**
 * @typedef {object} Run
 * @property {Result[]} results
 * @property {Size[]} sizes
 * @property {import("./bench-clock.mjs").Words[]} left what wasn't measured, and why
 * @property {{ model: string, cores: number, node: string, system: string, date: string, busy: boolean }} machine
 */

/** @type {[limit: number, unit: string][]} */
const UNITS = [
  [1e9, "s"],
  [1e6, "ms"],
  [1e3, "µs"],
  [0, "ns"],
];

/** Three digits, without an exponent. */
const digits = (/** @type {number} */ n) =>
  n >= 100 ? Math.round(n).toLocaleString("en") : n.toPrecision(n >= 10 ? 3 : 2);

export function duration(/** @type {number} */ nanoseconds) {
  const [limit, unit] = UNITS.find(([least]) => nanoseconds >= least) ?? [0, "ns"];
  return `${digits(nanoseconds / (limit || 1))} ${unit}`;
}

/** @type {Record<Language, Record<string, string>>} */
const WORDS = {
  zh: {
    reached: "达到",
    missed: "未达到",
    ours: "我们",
    times: "倍",
    most: "不超过",
    none: "–",
    size: "压缩后",
    goal: "目标",
  },
  en: {
    reached: "reached",
    missed: "not reached",
    ours: "ours",
    times: "×",
    most: "at most",
    none: "–",
    size: "compressed",
    goal: "goal",
  },
};
const HEADERS = {
  zh: ["工作", "我们", "对手", "对手用时", "快几倍", "目标", "结果"],
  en: ["workload", "ours", "peer", "the peer's time", "times as fast", "goal", "outcome"],
};
const SIZE_HEADERS = {
  zh: ["下载", "压缩后", "目标", "结果"],
  en: ["download", "compressed", "goal", "outcome"],
};

/**
 * A result's lines: one for each peer, and one for the time it may take.
 * @param {Result} result
 * @param {Language} language
 */
export function linesOf({ name, each, peers, most }, language) {
  const { times, none, most: atMost, ...word } = WORDS[language];
  const outcome = (/** @type {boolean} */ reached) => (reached ? word.reached : word.missed) ?? "";
  const line = (/** @type {string[]} */ ...rest) => [name[language], duration(each), ...rest];
  return [
    ...peers.map((peer) =>
      line(
        ...[peer.name[language], duration(peer.each), digits(peer.times)],
        ...(peer.goal ? [`${peer.goal} ${times}`, outcome(peer.times >= peer.goal)] : [none, none]),
      ),
    ),
    ...(most ? [line(none, none, none, `${atMost} ${duration(most)}`, outcome(each <= most))] : []),
  ].map((cells) => cells.map(String));
}

/**
 * @param {Size[]} sizes
 * @param {Language} language
 */
const sizeLines = (sizes, language) =>
  sizes.map(({ name, kilobytes, goal }) => [
    name[language],
    `${kilobytes.toFixed(1)} KB`,
    `${WORDS[language].most} ${goal} KB`,
    String(kilobytes <= goal ? WORDS[language].reached : WORDS[language].missed),
  ]);

/** What isn't reached, as a sentence. */
function shortfall(/** @type {Run} */ { results, sizes }, /** @type {Language} */ language) {
  const { most: atMost } = WORDS[language];
  const kilobytes = (/** @type {number} */ n) => `${n.toFixed(1)} KB`;
  const zh = language === "zh";
  /** @type {string[]} */
  const short = [];
  const note = (/** @type {string} */ name, /** @type {string} */ is, /** @type {string} */ goal) =>
    short.push(zh ? `${name}：${is}，目标${goal}` : `${name}: ${is}, the goal is ${goal}`);
  for (const { name, each, peers, most } of results) {
    for (const { name: peer, times, goal } of peers) {
      if (!goal || times >= goal) continue;
      const than = zh ? `对${peer.zh} ${digits(times)} 倍` : `${digits(times)} × ${peer.en}`;
      note(name[language], than, zh ? ` ${goal} 倍` : `${goal} ×`);
    }
    if (most && each > most) note(name[language], duration(each), `${atMost} ${duration(most)}`);
  }
  for (const { name, kilobytes: is, goal } of sizes) {
    if (is > goal) note(name[language], kilobytes(is), `${atMost} ${goal} KB`);
  }
  if (short.length === 0)
    return zh ? "有目标的各项都已达到。" : "Every goal that is set is reached.";
  return zh ? `未达到目标的：${short.join("；")}。` : `Not reached: ${short.join("; ")}.`;
}

/** Where goals come from that weren't set against the peer beside them. */
const reasons = (/** @type {Run} */ { results }, /** @type {Language} */ language) =>
  results.flatMap(({ name, peers }) =>
    peers.flatMap(({ why, goal }) =>
      why
        ? [
            language === "zh"
              ? `${name.zh}，目标 ${goal} 倍：${why.zh}。`
              : `${name.en}, the goal of ${goal} times: ${why.en}.`,
          ]
        : [],
    ),
  );

/** @param {Run["machine"]} machine */
const told = ({ model, cores, node, system, date, busy }) => ({
  zh: `${date}，${model}，${cores} 核，Node ${node}，${system}。${busy ? "测量时机器上还有别的工作，这些数字不代表安静时。" : ""}`,
  en: `${date}: ${model}, ${cores} cores, Node ${node}, ${system}.${busy ? " The machine had other work meanwhile: these figures are not a quiet one's." : ""}`,
});

/**
 * @param {Run} run
 * @returns {string} Markdown
 */
export function performancePage(run) {
  const machine = told(run.machine);
  /** @type {(language: Language) => import("./help-page.mjs").Block[]} */
  const part = (language) => [
    {
      ...{ kind: "table", header: HEADERS[language] },
      // A workload with several peers is named once.
      rows: run.results.flatMap((result) =>
        linesOf(result, language).map((line, at) => (at > 0 ? ["", "", ...line.slice(2)] : line)),
      ),
    },
    {
      ...{ kind: "table", header: SIZE_HEADERS[language] },
      rows: sizeLines(run.sizes, language),
    },
    { kind: "paragraph", text: shortfall(run, language) },
    ...reasons(run, language).map((text) => ({ kind: /** @type {const} */ ("paragraph"), text })),
    ...run.left.map((words) => ({
      ...{ kind: /** @type {const} */ ("paragraph"), text: words[language] },
    })),
  ];
  return toMarkdown([
    { kind: "heading", level: 1, text: "速度 · Speed" },
    {
      kind: "paragraph",
      text: "`npm run bench -- --page` 写下本页。中文在前，English below.",
    },
    { kind: "heading", level: 2, text: "中文" },
    { kind: "paragraph", text: machine.zh },
    {
      kind: "paragraph",
      text: "每项与对手在同一进程里轮流运行（账单与其对手另有一个进程；NumPy 在自己的进程里计时），先热身一轮（账单八轮），取其余各轮的中位数；时间取钟表时间与处理器时间之小者。答案先与对手核对：精确的须完全相等，模型价在对手的精度以内。倍数在机器之间大致不变，绝对时间则不然。",
    },
    ...part("zh"),
    { kind: "heading", level: 2, text: "English" },
    { kind: "paragraph", text: machine.en },
    {
      kind: "paragraph",
      text: "Each row and its peers take turns in one process (a statement and its peer in one of their own; NumPy times itself), one round to warm up (eight for statements), medians of the others; a time is the clock's or the processor's, whichever is less. Answers are compared first: exact ones must be equal, a model's within what its peer is good for. Ratios hold roughly from machine to machine, absolute times do not.",
    },
    ...part("en"),
  ]);
}
