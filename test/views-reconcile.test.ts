// What Reconcile says: the broker's rule, how many rows fit it, the way to the printed total, and of each row that
// breaks what was tried; in both languages.
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_PROFILE, reconcileSheet, type Profile } from "../src/account";
import { amount, digits, readNumber } from "../src/core";
import { questionText } from "../src/taskpane/broker-question";
import type { Child, Described } from "../src/taskpane/element";
import { waterfallOf } from "../src/taskpane/waterfall";
import { inPane, withCodes } from "../src/taskpane/views/reconcile/marks";
import {
  profileBy,
  reconcileRoom,
  type ReconcileProps,
} from "../src/taskpane/views/reconcile/room";
import { elements, said } from "./taskpane/books";
import { ctpBreaking, ctpDayBefore } from "./taskpane/ctp.mjs";
import { caseNamed } from "./statements/files";
import { PREVIOUS, propsOf, TYPED, type Given } from "./taskpane/reconciled";

const SR = "SR701C6000 short";
const KNOWN: Given = { typed: { "2026-11-20": { ...TYPED, previous: PREVIOUS } } };

const part = (key: string, props: ReconcileProps): Described => {
  const found = [...elements(reconcileRoom(props))].find(
    ({ attributes }) => attributes.key === key,
  );
  if (!found) throw new Error(`there is no ${key}`);
  return found;
};

const told = async (key: string, given: Given = KNOWN): Promise<string> =>
  said([part(key, await propsOf(given))]);

const ofClass = (of: readonly Child[], name: string): string[] =>
  [...elements(of)]
    .filter(({ attributes }) =>
      String(attributes["class"] ?? "")
        .split(" ")
        .includes(name),
    )
    .map((one) => said([one]));

/** The sum as it is printed. */
const figureOf = (text: string) => {
  const read = readNumber((/[+−]?[\d,]+\.\d\d$/.exec(text)?.[0] ?? "").replace("−", "-"));
  if (!read) throw new Error(`no figure in ${text}`);
  return read;
};

describe("the broker's rule", () => {
  test("is one sentence, with what bears it out and what doesn't confirm it", async () => {
    const text = await told("rule");
    expect(text).toContain("公司的收法公司在交易所保证金率上加 3 个百分点。");
    expect(text).toContain("4 个品种 7 行吻合到分；白糖未确认。");
    expect(text).toContain("用作公司参数");
    expect(await told("rule", { ...KNOWN, language: "en" })).toContain(
      "The broker adds 3 points to the exchange's margin rate.",
    );
  });

  test("becomes the broker profile, once, and never that of the sample", async () => {
    const { found } = await propsOf(KNOWN);
    if (!found) throw new Error("nothing is there");
    const then = profileBy(found, DEFAULT_PROFILE);
    expect(then?.surcharge).toEqual({ kind: "points", points: "0.03" });
    const profile = then as Profile;
    const used = await told("rule", { ...KNOWN, profile });
    expect(used).toContain("公司参数就是这样填的。");
    expect(used).not.toContain("用作公司参数");
    expect(await told("rule", { ...KNOWN, sample: true })).not.toContain("用作公司参数");
  });

  test("a rate that one product's rows tell is said of that product alone", async () => {
    const bare: Given = { typed: { "2026-11-20": { ...TYPED, prices: {}, rates: {} } } };
    expect(await told("rule", bare)).toContain(
      "豆粕按 10% 的保证金率收，交易所的率不知道，看不出加收。",
    );
    expect(await told("rule", { ...bare, language: "en" })).toContain(
      "The broker charges a margin rate of 10% on Soybean Meal, where the exchange's rate isn't known and what is added can't be told.",
    );
  });

  test("isn't offered where too few rows confirm it", async () => {
    const { found } = await propsOf({
      typed: { "2026-11-20": { ...TYPED, prices: {}, rates: {} } },
    });
    if (!found) throw new Error("nothing is there");
    const unconfirmed = {
      ...found,
      rule: { ...found.rule, terms: { ...found.rule.terms, confirmed: false } },
    };
    expect(profileBy(unconfirmed, DEFAULT_PROFILE)).toBeUndefined();
  });
});

describe("while it is worked out", () => {
  test("its rows are counted beside a bar and a way out, and the count isn't read out", async () => {
    const props = await propsOf({
      ...KNOWN,
      with: { busy: true, progress: { rows: 1200, all: 5000 }, found: undefined },
    });
    expect(said([part("progress", props)])).toBe("正在核对，已核对 1,200 / 5,000 行取消");
    const live = [...elements(reconcileRoom(props))].filter(
      ({ attributes }) => attributes["role"] === "status",
    );
    expect(live.map((one) => said([one]))).toEqual(["正在核对 10 行…"]);
    const bar = [...elements([part("progress", props)])].find(
      ({ attributes }) => attributes["role"] === "progressbar",
    );
    expect(bar?.attributes).toMatchObject({ "aria-valuenow": 1200, "aria-valuemax": 5000 });
    expect(bar?.attributes["style"]).toBe("--done: 24.0%");
  });

  test("given up, it says that there is no result, and can be begun again", async () => {
    const props = await propsOf({
      language: "en",
      with: { cancelled: true, found: undefined, days: [] },
    });
    const text = said([part("cancelled", props)]);
    expect(text).toContain("The reconciliation was cancelled: there is no result.");
    expect(text).toContain("Reconcile again");
    expect(said(reconcileRoom(await propsOf(KNOWN)))).toContain("核对好了。");
  });
});

describe("while a result is there from before", () => {
  const busyParts = (props: ReconcileProps): unknown[] =>
    [...elements(reconcileRoom(props))].flatMap(({ attributes }) =>
      attributes["aria-busy"] === "true" ? [attributes.key] : [],
    );
  const state = (props: ReconcileProps): string => said([part("state", props)]);

  test("from the first breath on it is marked as being redone, and isn't said to be done", async () => {
    const done = await propsOf(KNOWN);
    expect(busyParts(done)).toEqual([]);
    expect(state(done)).toBe("核对好了。");
    const props = { ...done, busy: true };
    expect(said([part("rule", props)])).toMatch(/^公司的收法 正在重新核对/);
    expect(busyParts(props)).toEqual(["rule", "bridge", "rows", "identities"]);
    expect(state(props)).toBe("");
    const noticed = { ...props, progress: { rows: 3, all: 10 } };
    expect(state(noticed)).toBe("正在核对 10 行…");
    expect(said(reconcileRoom(noticed))).toContain("正在核对，已核对 3 / 10 行取消");
    const en = { ...(await propsOf({ ...KNOWN, language: "en" })), busy: true };
    expect(said([part("rule", en)])).toContain("Reconciling anew");
  });

  test("where no row can be checked, too", async () => {
    const props = await propsOf(KNOWN);
    if (!props.found) throw new Error("nothing is there");
    const found = { ...props.found, rows: [], length: 0 };
    const nothing = { ...props, found, busy: true, progress: { rows: 3, all: 10 } };
    expect(said([part("nothing", nothing)])).toContain("正在重新核对");
    expect(said([part("progress", nothing)])).toContain("取消");
  });

  test("given up, it stays and says that it is by earlier inputs, with the way to begin again", async () => {
    const props = { ...(await propsOf(KNOWN)), cancelled: true };
    expect(said([part("cancelled", props)])).toBe(
      "下面是按先前的输入核对的；新的核对已取消。重新核对",
    );
    expect(state(props)).toBe("下面是按先前的输入核对的；新的核对已取消。");
    expect(busyParts(props)).toEqual([]);
    const text = said(reconcileRoom(props));
    expect(text).toContain("公司在交易所保证金率上加 3 个百分点。");
    expect(text).toContain("472,728.00");
    expect(text).not.toContain("核对好了");
    const en = { ...(await propsOf({ ...KNOWN, language: "en" })), cancelled: true };
    expect(said([part("cancelled", en)])).toBe(
      "What follows is by earlier inputs; the new reconciliation was cancelled.Reconcile again",
    );
  });

  test("what isn't by the present inputs is neither written nor made the profile", async () => {
    const props = await propsOf(KNOWN);
    const disabled = (of: ReconcileProps) =>
      [...elements(reconcileRoom(of))].flatMap(({ attributes: { id, disabled } }) =>
        String(id).endsWith("-reconcile") ? [[id, disabled]] : [],
      );
    const both = (is: boolean) => [
      ["write-reconcile", is],
      ["print-reconcile", is],
    ];
    expect(disabled(props)).toEqual(both(false));
    expect(said(reconcileRoom(props))).toContain("用作公司参数");
    const cancelled = { ...props, cancelled: true };
    expect(disabled(cancelled)).toEqual(both(true));
    expect(said(reconcileRoom(cancelled))).not.toContain("用作公司参数");
    expect(said([part("why", cancelled)])).toContain("重新核对以后再写入、打印、复制");
    const busy = { ...props, busy: true };
    expect(said(reconcileRoom(busy))).not.toContain("用作公司参数");
  });
});

test("a row of what was found before isn't copied for the broker", async () => {
  const props = await propsOf({ ...KNOWN, ui: { openRows: new Set([SR]) } });
  const disabled = (of: ReconcileProps): unknown => part("copy", of).attributes["disabled"];
  expect(disabled(props)).toBe(false);
  expect(disabled({ ...props, busy: true })).toBe(true);
  expect(disabled({ ...props, cancelled: true })).toBe(true);
});

describe("counts and bridge", () => {
  test("the counts say how many rows and how much, what isn't explained first", async () => {
    const counts = ofClass([part("counts", await propsOf(KNOWN))], "verdict-count");
    expect(counts).toEqual(["1 ? 未解释 +500.00", "3 ≈ 已解释 −1,332.00", "6 ✓ 吻合 0.00"]);
    expect(await told("bridge")).toContain("1 行未解释，共 +500.00；3 行有原因，6 行吻合。");
  });

  test("the bridge goes from the rules to the print, and its printed figures add up", async () => {
    const rows = ofClass([part("bridge", await propsOf(KNOWN))], "bridge").join("");
    expect(rows).toContain("按公司规则逐行重算 472,728.00");
    const props = await propsOf(KNOWN);
    const items = [...elements([part("bridge", props)])]
      .filter(({ tag, attributes }) => tag === "li" && /^bridge-/.test(String(attributes["class"])))
      .map((one) => said([one]));
    expect(items).toEqual([
      "按公司规则逐行重算 472,728.00",
      "组合优惠 2 行 −8,240.00",
      "昨日价格 1 行 +6,908.00",
      "未解释 1 行 +500.00",
      "账单保证金 471,896.00",
    ]);
    const figures = items.map(figureOf);
    const sum = figures.slice(0, -1).reduce((total, one) => total.plus(one), amount("0"));
    expect(digits(sum)).toBe(digits(figures.at(-1) ?? amount("0")));
  });

  test("says where its axis begins, and is not drawn where its parts don't add up", async () => {
    expect(await told("axis")).toMatch(/^横轴自 [\d,]+ 起$/);
    const props = await propsOf(KNOWN);
    const { found } = props;
    if (!found) throw new Error("nothing is there");
    const to = found.bridge.to.plus("0.01");
    const wrong = { ...props, found: { ...found, bridge: { ...found.bridge, to } } };
    expect(said([part("wrong", wrong)])).toBe("各项相加与账单对不上，没有画出来。");
    const { from: before, items: causes } = found.bridge;
    expect(waterfallOf({ before, causes, after: to })).toBeUndefined();
  });
});

test("where the statement prints neither some rows' margin nor a total, no sum is given", async () => {
  const csv = (rows: readonly string[]) =>
    Buffer.from(["合约,方向,手数,结算价,标的价,保证金", ...rows].join("\n"));
  const printed = "IO2612-C-4800,卖,1,45.2,4650,59270";
  const unprinted = "IO2612-P-4300,卖,1,18.6,4650,";
  const props = await propsOf({ papers: [csv([printed, unprinted])] });
  expect(said([part("unprinted", props)])).toBe(
    "账单没有印 1 行的保证金，也没有印合计：合计先不下结论，没有画出来。",
  );
  expect(ofClass(reconcileRoom(props), "bridge")).toEqual([]);
  const { found } = props;
  if (!found) throw new Error("nothing is there");
  const sheet = reconcileSheet(found, { language: "zh", namespace: "", taken: [] });
  const ends = sheet.cells.filter(([name]) =>
    ["账单逐行之和", "相加后剩余"].includes(String(name?.value)),
  );
  expect(ends.map((row) => row[9]?.value)).toEqual(["—", "—"]);
  const whole = await propsOf({ papers: [csv([printed])] });
  expect(ofClass(reconcileRoom(whole), "bridge").join("")).toContain("账单逐行之和 59,270.00");
});

test("counts of rows stand in groups, and a contract's code is never broken", () => {
  expect(inPane("1199 行未解释，共 -12225100.00；1000 行吻合。")).toBe(
    "1,199 行未解释，共 −12,225,100.00；1,000 行吻合。",
  );
  expect(inPane("1199 rows unexplained; 1000 with a cause")).toBe(
    "1,199 rows unexplained; 1,000 with a cause",
  );
  const words = withCodes("组合优惠（卖出宽跨式 m2701-P-2800 + m2701-C-3100 × 4）。");
  expect(ofClass(words, "unbroken")).toEqual(["m2701-P-2800", "m2701-C-3100"]);
});

test("sums in the account's sentences stand in groups with a real minus; prices stay as printed", () => {
  expect(inPane("2 行未解释，共 -2804060.00；标的价 86120.00")).toBe(
    "2 行未解释，共 −2,804,060.00；标的价 86120.00",
  );
  expect(inPane("+1000.00 in all, +999.99 left, +1234.5678")).toBe(
    "+1,000.00 in all, +999.99 left, +1234.5678",
  );
});

describe("rows", () => {
  const names = (props: ReconcileProps): string[] => ofClass(reconcileRoom(props), "break-item");

  test("stand with what isn't explained first, then the largest, and matching ones folded", async () => {
    expect(names(await propsOf(KNOWN))).toEqual([
      "SR701C6000 卖 5 差额 +500.00 ? 未解释 账单 26,100.00→重算 25,600.00",
      "m2701-P-2800 卖 4 差额 −8,240.00 ≈ 组合优惠 账单 600.00→重算 8,840.00",
      "sc2702C520 卖 1 差额 +6,908.00 ≈ 昨日价格 账单 73,376.00→重算 66,468.00",
      "m2701-C-3100 卖 4 差额 0.00 ≈ 组合优惠 账单 11,240.00→重算 11,240.00",
      "吻合 6 行 0.00",
    ]);
    expect(names(await propsOf({ ...KNOWN, ui: { matchingOpen: true } }))).toHaveLength(11);
  });

  test("are found by contract, product or cause, matching ones too", async () => {
    const hits = async (query: string, language: "zh" | "en" = "zh") =>
      names(await propsOf({ ...KNOWN, language, ui: { query } })).map((row) => row.split(" ")[0]);
    expect(await hits("m2701-p")).toEqual(["m2701-P-2800", "m2701-P-2900"]);
    expect(await hits("昨日")).toEqual(["sc2702C520"]);
    expect(await hits("combination relief", "en")).toEqual(["m2701-P-2800", "m2701-C-3100"]);
    expect(await hits("未解释")).toEqual(["SR701C6000"]);
    const none = await propsOf({ ...KNOWN, ui: { query: "cf " } });
    expect(said(reconcileRoom(none))).toContain("没有“cf”。");
  });

  test("an unexplained row says what it is per lot, the rate it tells, and what each cause leaves", async () => {
    const open = await propsOf({ ...KNOWN, ui: { openRows: new Set([SR]) } });
    const [details = ""] = ofClass(reconcileRoom(open), "break-details").filter(
      (text) => text !== "",
    );
    expect(details).toMatch(/^未解释 \+500\.00：试过 \d+ 种原因，最接近“.+”，仍差 [+−][\d.]+。/);
    expect(details).toContain(
      "每手 5,220.00，按规则应 5,120.00，多 100.00。反推保证金率 10.174%（规则 10%）。",
    );
    expect(details).toContain("试过的原因与剩余差额");
    expect(details).toMatch(/其余 \d+ 种剩得更多/);
    expect(details).toContain("复制给公司核对");
    const en = await propsOf({ ...KNOWN, language: "en", ui: { openRows: new Set([SR]) } });
    expect(said(reconcileRoom(en))).toContain(
      "5,220.00 per lot; by the rule 5,120.00: 100.00 too much. The figure tells a margin rate of 10.174% (rule 10%).",
    );
  });

  test("an explained row says by which prices", async () => {
    const open = await propsOf({ ...KNOWN, ui: { openRows: new Set(["sc2702C520 short"]) } });
    expect(said(reconcileRoom(open))).toContain("昨日价格（期权昨结算 15.1、标的昨日价 505.2）。");
  });

  test("the question to the broker names row, figures and rule, and no account in full", async () => {
    const { found } = await propsOf(KNOWN);
    const row = found?.rows.find(({ id }) => id === SR);
    if (!found || !row) throw new Error("nothing is there");
    const text = questionText(found, row, "zh");
    expect(text.split("\n").slice(0, 5)).toEqual([
      "结算单 2026-11-20 90****01",
      "SR701C6000 卖 5 手",
      "账单保证金 26100.00，我们按规则算 25600.00，差 +500.00。",
      "依据：公司在交易所保证金率上加 3 个百分点。",
      "所用：价格 62，标的价 5750，单位 10，行权价 6000，保证金率 10%。",
    ]);
    expect(text).not.toContain("90000001");
    expect(text).not.toContain("\u2212");
    expect(questionText(found, row, "en")).toContain("SR701C6000 short 5 lots");
  });
});

describe("what is missing", () => {
  test("is asked for, and its rows aren't checked meanwhile", async () => {
    const prices = { ...TYPED.prices, SR701: "" };
    const given: Given = { typed: { "2026-11-20": { ...TYPED, prices, previous: PREVIOUS } } };
    const counts = ofClass([part("counts", await propsOf(given))], "verdict-count");
    expect(counts[0]).toBe("0 ? 未解释 0.00");
    expect(counts.at(-1)).toBe("1 – 不可核对 —");
    expect(await told("missing", given)).toContain(
      "相关的行不可核对，不猜。填了，不缺别的数的行就核对。",
    );
    expect(await told("bridge", given)).toContain("不完整：不可核对的行按账单原数列在里面");
    expect(await told("bridge", given)).not.toContain("全部对上");
  });

  test("options without a price of their own are counted, with where it can be given", async () => {
    const props = await propsOf({ papers: [caseNamed("wenhua").bytes] });
    const text = said([part("unpriced", props)]);
    expect(text).toContain("8 个期权合约没有自己的价格（结算价）");
    for (const way of ["“结算价”一列", "公司参数里改价格口径", "--prices"]) {
      expect(text).toContain(way);
    }
    const { book } = props;
    const [one] = book.lines.filter(({ position }) => position.contract === "m2701-P-2900");
    if (!one) throw new Error("nothing is there");
    // Both sides of one contract are one; what is held long takes none.
    const lines = [one, { ...one }, { ...one, position: { ...one.position, side: "long" } }];
    const few = { ...props, language: "en", book: { ...book, lines } } as ReconcileProps;
    expect(said([part("unpriced", few)])).toMatch(/^1 option contract has no price of its own/);
    expect(() => part("unpriced", { ...props, book: { ...book, lines: [] } })).toThrow();
    const priced = await propsOf(KNOWN);
    expect(() => part("unpriced", priced)).toThrow("there is no unpriced");
  });

  test("of yesterday's prices only those are taken that its statement prints", async () => {
    const en: Given = { language: "en" };
    expect(await told("previous", {})).toContain(
      "上一交易日的结算单也导入的话，其中印有的自动取用，没印的在这里填。",
    );
    expect(await told("previous", en)).toContain("type the others here");
    // The day before is here and prints no price of sugar: it is asked for still.
    const day = await propsOf({
      papers: [ctpDayBefore(), ctpBreaking()],
      typed: { "2026-11-19": { ...TYPED, prices: {} } },
    });
    expect(said([part("previous", day)])).toContain("SR701");
  });

  test("a cause and its figures that have no line for both stand below each other", async () => {
    const of = async (given: Given) =>
      [...elements([part("rows", await propsOf(given))])].flatMap(({ attributes }) => {
        const names = String(attributes["class"] ?? "").split(" ");
        return names.includes("break") && !names.includes("fold-row")
          ? [names.includes("stacked")]
          : [];
      });
    // Sugar, the combination, crude oil and the combination's other leg.
    expect(await of({ ...KNOWN, language: "en" })).toEqual([false, false, true, true]);
    expect(await of(KNOWN)).toEqual([false, false, false, false]);
  });

  test("yesterday's price is asked for where a row breaks without it, and is then the cause", async () => {
    const asked = await propsOf();
    const ids = (props: ReconcileProps) =>
      [...elements(reconcileRoom(props))].flatMap(({ attributes: { id } }) =>
        String(id).startsWith("previous-") && id !== "previous-heading" ? [id] : [],
      );
    expect(ids(asked)).toEqual(["previous-SR701", "previous-sc2702"]);
    expect(asked.found?.counts.unexplained).toBe(2);
    // The field stays while it is typed into.
    const typed = await propsOf({
      typed: { "2026-11-20": { ...TYPED, previous: { sc2702: "505.2" } } },
    });
    expect(ids(typed)).toEqual(["previous-SR701", "previous-sc2702"]);
    expect(typed.found?.counts.unexplained).toBe(1);
  });
});

describe("several days", () => {
  const DAYS: Given = { papers: [ctpDayBefore(), ctpBreaking()] };

  test("each says what it came to, and the first day something breaks is named", async () => {
    const props = await propsOf(DAYS);
    expect(props.days.map(({ entry }) => entry.day)).toEqual(["2026-11-19", "2026-11-20"]);
    const text = said([part("days", props)]);
    expect(text).toMatch(/^逐日 2/);
    expect(text).toMatch(/2 天中 \d 天有未解释的差额，最早 /);
  });

  test("a day whose additions aren't confirmed isn't said to be all accounted for", async () => {
    const props = await propsOf({ ...KNOWN, papers: [caseNamed("ctp-standard").bytes] });
    const [day] = props.days;
    if (!day) throw new Error("no day");
    const additions = { zh: "加收", en: "additions" };
    const open = Object.create(day.found, { additions: { value: additions } }) as typeof day.found;
    const days = [day, { ...day, found: open }];
    const text = said([part("days", { ...props, days })]);
    expect(text.match(/✓ 全部对上/g)).toHaveLength(1);
    expect(text.match(/≈ 加收未确认/g)).toHaveLength(1);
    expect(text).toContain("1 份账单的加收未确认。");
    const english = said([part("days", { ...props, days, language: "en" })]);
    expect(english).toContain("1 with additions that aren't confirmed.");
  });

  test("the day before gives its prices as yesterday's, and another day does not", async () => {
    const before = { ...TYPED, prices: { ...TYPED.prices, sc2702: "505.2" } };
    const next = await propsOf({ ...DAYS, typed: { "2026-11-19": before } });
    const sc = next.found?.rows.find(({ position }) => position.contract === "sc2702C520");
    expect(sc?.reasons.map(({ id }) => id)).toContain("previousDay");
    // The same paper as of two days before: its prices are nobody's yesterday.
    const text = Buffer.from(ctpDayBefore())
      .toString("latin1")
      .replace(/20261119/g, "20261118");
    const earlier = await propsOf({
      papers: [Buffer.from(text, "latin1"), ctpBreaking()],
      typed: { "2026-11-18": before },
    });
    expect(earlier.days).toHaveLength(2);
    const same = earlier.found?.rows.find(({ position }) => position.contract === "sc2702C520");
    expect(same?.verdict).toBe("unexplained");
  });
});
