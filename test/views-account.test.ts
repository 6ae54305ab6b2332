import { describe, expect, test } from "@jest/globals";
import { bookOf, DEFAULT_PROFILE, planFor, type Book } from "../src/account";
import { amount } from "../src/core";
import { readCells, readStatement } from "../src/statements";
import type { Described } from "../src/taskpane/element";
import type { Language } from "../src/taskpane/language";
import { ACCOUNT_TEXTS } from "../src/taskpane/texts-account";
import { SETTINGS_TEXTS } from "../src/taskpane/texts-settings";
import { WHAT_IF_TEXTS } from "../src/taskpane/texts-what-if";
import { cellFormula } from "../src/taskpane/views/account/cell-formula";
import { gaugeLabel } from "../src/taskpane/views/account/gauge";
import { sorted, taken } from "../src/taskpane/views/account/positions";
import {
  accountRoom,
  spokenAccount,
  type AccountActs,
  type AccountProps,
  type AccountUi,
} from "../src/taskpane/views/account/room";
import { caseNamed } from "./statements/files";
import { bookWith, elements, PROFILE, said } from "./taskpane/books";

/** The broker's rate on crude oil, whose printed row is of an older price. */
const SC = { exchange: "0.1", broker: "0.13" } as const;

const UI: AccountUi = {
  openLines: new Set(),
  sort: "margin",
  sinceOpen: false,
  partsBy: "exchange",
  partsOpen: false,
  typedPrices: {},
  typedRates: {},
  typedEquity: "",
  typedTerms: {},
  notice: undefined,
  canUndo: false,
  connected: true,
};

const nothing = (): void => undefined;
const ACTS: AccountActs = {
  openLine: nothing,
  sort: nothing,
  toggleSince: nothing,
  toggleParts: nothing,
  partsBy: nothing,
  typePrice: nothing,
  typeRate: nothing,
  typeEquity: nothing,
  typeTerm: nothing,
  pricesFromSelection: nothing,
  pastePrices: nothing,
  pasteTerms: nothing,
  writeSheet: nothing,
  updateSheet: nothing,
  writeAnother: nothing,
  undo: nothing,
  reduceRisk: nothing,
  showProblems: nothing,
  openSettings: nothing,
  insertFormula: nothing,
};

const props = (
  book: Book,
  language: Language,
  change: Partial<AccountProps> = {},
): AccountProps => ({
  book,
  since: undefined,
  closeFirst: undefined,
  problems: 0,
  sample: false,
  recalculating: false,
  ui: UI,
  acts: ACTS,
  language,
  ...change,
});

const room = (book: Book, language: Language, change: Partial<AccountProps> = {}): string =>
  said(accountRoom(props(book, language, change)));

const FIVE = { equity: "500000" } as const;

describe("the headline", () => {
  test("says the state, the ratio, the amount to add and the deadline", async () => {
    const book = await bookWith({ figures: FIVE });
    expect(spokenAccount(book, 10, "zh")).toBe(
      "导入完成，10 行，追保 94.28%，需追加 ¥23,773.34，11-23 周一 11:30 前。",
    );
    expect(spokenAccount(book, 10, "en")).toBe(
      "Import finished, 10 rows, Margin call 94.28%, add ¥23,773.34 by Mon 23 Nov 11:30.",
    );
    const text = room(book, "zh");
    expect(text).toContain("状态 追保");
    expect(text).toContain("账单所列");
    expect(text).toContain("¥23,773.34");
    expect(text).toContain("公司标准追保，交易所标准正常：先是公司的要求。");
  });

  test("marks a deadline in a year whose holidays are not known", async () => {
    const known = await bookWith({ figures: FIVE });
    const { standings } = known;
    const deadline = { day: "2027-01-04", certain: false, time: "11:30" };
    const book = { ...known, standings: { ...standings, deadline } };
    expect(room(book, "zh")).toContain("11:30（2027 年休市日未知）");
    expect(spokenAccount(book, 10, "en")).toContain("11:30 (holidays of 2027 not known).");
    expect(room(known, "zh")).not.toContain("休市日未知");
  });

  test.each([
    ["900000", "正常", "离追保"],
    ["560000", "关注", "离追保"],
    ["460000", "平仓", "已到平仓线"],
    ["380000", "即时处置", "已到即时处置线 124.05%"],
  ])("with an equity of %s it says %s", async (equity, word, sentence) => {
    const text = room(await bookWith({ figures: { equity } }), "zh");
    expect(text).toContain(`状态 ${word}`);
    expect(text).toContain(sentence);
  });

  test("without an equity nothing is concluded, and the equity is asked for", async () => {
    const book = await bookWith({ figures: { equity: undefined, balance: undefined } });
    const text = room(book, "zh");
    expect(text).toContain("状态 未定");
    expect(text).not.toContain("状态 正常");
    expect(text).toContain("缺客户权益");
    const ids = [...elements(accountRoom(props(book, "zh")))].map(
      ({ attributes }) => attributes["id"],
    );
    expect(ids).toContain("typed-equity");
  });

  test("the heading can take the focus", async () => {
    const heading = [...elements(accountRoom(props(await bookWith(), "zh")))].find(
      ({ attributes }) => attributes["id"] === "status-heading",
    );
    expect(heading?.tag).toBe("h2");
    expect(heading?.attributes["tabindex"]).toBe("-1");
  });

  test.each(["0", "-5"])("an equity of %s has no ratio, and that is said", async (equity) => {
    const book = await bookWith({ figures: { equity } });
    const plan = planFor(book, { order: "fewest", line: amount("0.9"), slippage: amount("0") });
    const closeFirst = "steps" in plan ? plan : undefined;
    for (const language of ["zh", "en"] as const) {
      const text = room(book, language, { closeFirst });
      expect(text).toContain(language === "zh" ? "不在 0 以上" : "not above 0");
      expect(text).not.toContain("处置线 —");
      expect(text).not.toContain("→ —");
      expect(text).not.toMatch(/全部做完 —|— after all/);
    }
  });

  test("the recomputed figure has the sets' relief in it, and is taken from the printed one", async () => {
    const book = await bookWith({
      figures: FIVE,
      profile: { ...PROFILE, products: { ...PROFILE.products, sc2702: SC } },
    });
    expect(room(book, "zh")).toContain(
      "按规则重算公司标准 464,488.00（含组合优惠 −8,240.00），账单 − 重算 +6,908.00。",
    );
    const line = book.lines.find(({ position }) => position.contract === "sc2702C520");
    const ui = { ...UI, openLines: new Set([line?.id ?? ""]) };
    expect(room(book, "en", { ui })).toContain("Printed − recomputed+6,908.00");
  });

  test("a file of money alone has no margin to write, and says where the positions are", async () => {
    const book = await bookWith({ figures: FIVE });
    const alone = bookOf({
      ...book.inputs,
      statement: { ...book.inputs.statement, positions: [], rows: { found: 0, read: 0 } },
    });
    const write = [...elements(accountRoom(props(alone, "zh")))].find(
      ({ attributes }) => attributes["id"] === "write-sheet",
    );
    expect(write?.attributes["disabled"]).toBe(true);
    const text = room(alone, "zh");
    expect(text).toContain("没有持仓，只有资金");
    expect(text).not.toContain("状态 正常");
    expect(text).not.toMatch(/交易所标准保证金471,396.000.00/);
  });

  test("rows that take no margin are no sum of zero", async () => {
    const book = await bookWith({ figures: FIVE, profile: DEFAULT_PROFILE });
    const nothing = { ...book.standings.exchange, counted: amount("0"), margin: undefined };
    const standings = { ...book.standings, exchange: nothing };
    expect(room({ ...book, standings }, "zh")).toContain("471,396.00—");
  });

  test("a real account without the broker's terms is sent to them, the sample isn't", async () => {
    const book = await bookWith({ figures: FIVE, profile: DEFAULT_PROFILE });
    expect(room(book, "zh")).toContain("去公司参数填上浮方式");
    expect(room(book, "zh", { sample: true })).not.toContain("去公司参数填上浮方式");
  });

  test("the gauge says in words what it shows", async () => {
    const label = gaugeLabel(await bookWith({ figures: FIVE }), "zh");
    expect(label).toContain("公司标准 94.28%，追保");
    expect(label).toContain("下一条线 平仓线 100%");
  });
});

describe("a price that nobody gave", () => {
  test("is asked for, leaves the exchange undetermined and the sum marked", async () => {
    const book = await bookWith({ figures: FIVE, without: ["sc2702"] });
    const text = room(book, "zh");
    expect(text).toContain("缺 1 个标的价");
    expect(text).toContain("账单没有 sc2702 的价格");
    expect(text).toContain("10 行中 9 行已计");
    expect(text).toContain("未定");
    const fields = [...elements(accountRoom(props(book, "zh")))].filter(
      ({ attributes }) => attributes["id"] === "price-sc2702",
    );
    expect(fields).toHaveLength(1);
  });

  test("a text that is no price is said to be none", async () => {
    const book = await bookWith({ figures: FIVE, without: ["sc2702"] });
    const ui = { ...UI, typedPrices: { sc2702: "abc" } };
    expect(room(book, "en", { ui })).toContain("“abc” isn't a price");
    expect(room(book, "en", { ui })).toContain("No price is in use.");
  });

  test("what was refused is not what counts, and what counts is said", async () => {
    const book = await bookWith({ figures: FIVE });
    const ui = { ...UI, typedRates: { m2701: "200%" } };
    expect(room(book, "zh", { ui })).toMatch(/“200%”.*没有采用。.*现用 7%。/);
  });

  test("rows that are not counted are only looked for under Problems where there are some", async () => {
    const book = await bookWith({ figures: FIVE, without: ["sc2702"] });
    expect(room(book, "zh")).toContain("未计的行在持仓里展开");
    const [problem] = (
      await readCells(
        [
          ["合约", "手数"],
          ["x", "y"],
        ],
        "t",
      )
    ).problems;
    if (!problem) throw new Error("no problem");
    const statement = { ...book.inputs.statement, problems: [{ ...problem, notice: false }] };
    const broken = { ...book, inputs: { ...book.inputs, statement } };
    expect(room(broken, "zh")).toContain("未计的行见“问题”");
  });

  test("pasting fills in at once, typing when the button says so, and the answer stands beside", async () => {
    const book = await bookWith({ figures: FIVE, without: ["sc2702"] });
    const notice = { kind: "problem", at: "prices", text: "没有认出价格" } as const;
    const all = accountRoom(props(book, "zh", { ui: { ...UI, notice } }));
    const field = [...elements(all)].find(({ attributes }) => attributes["id"] === "paste-prices");
    expect(Object.keys(field?.attributes ?? {})).toContain("onpaste");
    expect(Object.keys(field?.attributes ?? {})).not.toContain("oninput");
    const [hero, need] = all as Described[];
    expect(said([hero as Described])).not.toContain("没有认出价格");
    expect(said([need as Described])).toContain("没有认出价格");
  });

  test("an opened line says what is missing", async () => {
    const book = await bookWith({ figures: FIVE, without: ["sc2702"] });
    const line = book.lines.find(({ position }) => position.contract === "sc2702C520");
    const ui = { ...UI, openLines: new Set([line?.id ?? ""]) };
    expect(room(book, "zh", { ui })).toContain("两种标准都算不出：缺 sc2702 的价格");
  });
});

describe("the positions", () => {
  test("stand by their margin, by contract or by product", async () => {
    const { lines } = await bookWith();
    const codes = (by: AccountUi["sort"]): string[] =>
      sorted(lines, by).map(({ position }) => position.contract);
    expect(codes("margin").slice(0, 3)).toEqual(["IO2612-C-4800", "cu2701C90000", "sc2702C520"]);
    expect(codes("contract")[0]).toBe("IO2612-C-4800");
    expect(codes("exchange").slice(0, 2)).toEqual(["IO2612-C-4800", "IO2612-P-4300"]);
  });

  test("one whose margin isn't known stands first, not last", async () => {
    const { lines } = await bookWith();
    const [first, ...rest] = lines;
    if (!first) throw new Error("no lines");
    const gap = { what: "price", of: "x", why: { zh: "缺价", en: "no price" } } as const;
    const unknown = {
      ...first,
      id: "unknown",
      printed: undefined,
      broker: { gap },
      exchangeFigure: { gap },
    };
    expect(taken(unknown)).toBeUndefined();
    expect(sorted([...rest, unknown], "margin")[0]?.id).toBe("unknown");
  });

  test("an opened line shows its working on both standards, its source and its formula", async () => {
    const book = await bookWith({ figures: FIVE });
    const line = book.lines.find(({ position }) => position.contract === "IO2612-C-4800");
    if (!line) throw new Error("no such line");
    const text = room(book, "zh", { ui: { ...UI, openLines: new Set([line.id]) } });
    for (const figure of ["59,270.00", "45,320.00", "135,960.00", "\u221215,000.00", "34,875.00"]) {
      expect(text).toContain(figure);
    }
    expect(text).toContain("基本部分 ← 取此");
    expect(text).toContain("待核");
    expect(text).toContain('=MARGIN.SHORT("IO2612-C-4800", 45.2, 4650, 0.15, 3,, "2026-11-20")');
  });

  test("a formula stands in the namespace of the build; a gap has none", async () => {
    const book = await bookWith();
    const [line] = book.lines.filter(({ position }) => position.contract === "m2701");
    if (!line) throw new Error("no such line");
    expect(cellFormula(line, line.broker, book)).toBe("=2985*10*0.1*6");
    const option = book.lines.find(({ position }) => position.contract === "cu2701C90000");
    if (!option) throw new Error("no such line");
    expect(cellFormula(option, option.exchangeFigure, book, "OSM")).toMatch(
      /^=OSM\.MARGIN\.SHORT\(/,
    );
    const gap = { what: "price", of: "x", why: { zh: "缺价", en: "no price" } } as const;
    expect(cellFormula(option, { gap }, book)).toBeUndefined();
  });
});

describe("the change since last time", () => {
  test("isn't drawn where its parts don't add up", async () => {
    const book = await bookWith({ figures: FIVE });
    const since = {
      from: "2026-11-19",
      to: "2026-11-20",
      before: amount("400000"),
      after: amount("471396"),
      causes: [
        {
          id: "opened",
          name: { zh: "新开仓", en: "opened" },
          amount: amount("71000"),
          contracts: [],
        },
      ],
      crossed: true,
    } as const;
    const ui = { ...UI, sinceOpen: true };
    expect(room(book, "zh", { since, ui })).toContain("各项相加与总变化对不上");
    const whole = { ...since, causes: [{ ...since.causes[0], amount: amount("71396") }] };
    const text = room(book, "zh", { since: whole, ui });
    expect(text).toContain("+71,396.00");
    expect(text).toContain("这期间越过了一条线");
  });
});

describe("every view", () => {
  const HAN = /\p{Script=Han}/u;

  /** Every sentence with figures put in. */
  function* sentencesOf(texts: object): Generator<[string, string]> {
    for (const [name, text] of Object.entries(texts)) {
      if (typeof text === "string") yield [name, text];
      else if (typeof text === "function") {
        yield [name, String((text as (...args: unknown[]) => unknown)(1, 2, 3))];
      } else if (typeof text === "object" && text !== null) yield* sentencesOf(text as object);
    }
  }

  test.each([
    ["account", ACCOUNT_TEXTS],
    ["what if", WHAT_IF_TEXTS],
    ["settings", SETTINGS_TEXTS],
  ] as const)("of %s has its sentences in both languages", (_, texts) => {
    const zh = [...sentencesOf(texts.zh)];
    const en = [...sentencesOf(texts.en)];
    expect(en.map(([name]) => name)).toEqual(zh.map(([name]) => name));
    expect(en.filter(([, text]) => HAN.test(text))).toEqual([]);
    for (const [, text] of [...zh, ...en]) expect(text).not.toMatch(/[!！]|\bplease\b|请/);
  });

  test("says nothing Chinese in English but what the statement and the rules quote", async () => {
    const book = await bookWith({ figures: FIVE, without: ["sc2702"] });
    const all = new Set(book.lines.map(({ id }) => id));
    const text = room(book, "en", {
      ui: { ...UI, openLines: all, partsOpen: true },
      problems: 2,
      sample: true,
    });
    expect(text.match(/\p{Script=Han}+/gu) ?? []).toEqual([]);
  });

  test("names its tables, and every field has a label", async () => {
    const book = await bookWith({ figures: FIVE, without: ["sc2702"] });
    const described = [...elements(accountRoom(props(book, "zh")))];
    for (const table of described.filter(({ tag }) => tag === "table")) {
      expect([...elements(table.children)].some(({ tag }) => tag === "caption")).toBe(true);
      for (const { tag, attributes } of elements(table.children)) {
        if (tag === "th") expect(attributes["scope"]).toMatch(/^(row|col)$/);
      }
    }
    for (const { attributes } of described.filter(({ tag }) => tag === "input")) {
      if (attributes["type"] === "text") expect(attributes["aria-label"]).toBeTruthy();
    }
  });
});

describe("an adjusted contract whose strike nothing tells", () => {
  const ADJUSTED = "510300C2612A04000";

  const bookOfEtfs = async (strike?: string): Promise<Book> => {
    const { bytes, file } = caseNamed("etf-option");
    return bookOf({
      statement: await readStatement(bytes, file),
      prices: { "510050": amount("3.052"), "510300": amount("4.721"), "159919": amount("4.735") },
      profile: DEFAULT_PROFILE,
      today: "2026-11-20",
      terms: strike === undefined ? undefined : { [ADJUSTED]: { strike: amount(strike) } },
    });
  };

  const fields = (book: Book, ui: AccountUi) =>
    [...elements(accountRoom(props(book, "zh", { ui })))].filter(({ tag }) => tag === "input");

  test("is asked for its strike in the card of what is missing, and for nothing else", async () => {
    const book = await bookOfEtfs();
    expect(room(book, "zh")).toContain("缺 1 个合约的行权价");
    expect(room(book, "zh")).toContain(
      "510300C2612A04000 的代码和账单都没有写明行权价，保证金先不下结论。照交易所的合约公告填。",
    );
    expect(room(book, "en")).toContain("1 contract without strike");
    const ids = fields(book, UI).map(({ attributes }) => String(attributes["id"]));
    expect(ids.filter((id) => id.endsWith(ADJUSTED))).toEqual([`strike-${ADJUSTED}`]);
  });

  test("is asked no more once it is typed, and the field stays", async () => {
    const book = await bookOfEtfs("3.948");
    const ui = { ...UI, typedTerms: { [ADJUSTED]: { strike: "3.948", unit: "" } } };
    expect(said(accountRoom(props(book, "zh", { ui })))).toContain("你已填 4 个，可改");
    expect(fields(book, ui)[0]?.attributes["value"]).toBe("3.948");
  });

  test("says why a text is no strike", async () => {
    const ui = { ...UI, typedTerms: { [ADJUSTED]: { strike: "3.9x", unit: "" } } };
    const text = said(accountRoom(props(await bookOfEtfs(), "zh", { ui })));
    expect(text).toContain("“3.9x”不是行权价，没有采用。填大于 0 的数字。");
  });

  test("takes the exchange's table, and says where its strike isn't the rule's", async () => {
    const pasted: string[] = [];
    const acts = { ...ACTS, pasteTerms: (text: string) => void pasted.push(text) };
    const ui = {
      ...UI,
      typedTerms: { [ADJUSTED]: { strike: "3.95", unit: "", computed: "3.948" } },
    };
    const shown = accountRoom(props(await bookOfEtfs("3.95"), "zh", { ui, acts }));
    expect(said(shown)).toContain("调整表的行权价是 3.95，按规则算是 3.948：用调整表的。");
    const field = [...elements(shown)].find(({ attributes }) => attributes["id"] === "paste-terms");
    const paste = field?.attributes["onpaste"] as (event: unknown) => void;
    paste({ clipboardData: { getData: () => "合约代码\t…" } });
    expect(pasted).toEqual(["合约代码\t…"]);
    const unasked = await bookWith({ without: ["510300"] });
    expect(said(accountRoom(props(unasked, "zh")))).not.toContain("合约调整表");
  });

  test("no field that is asked for shows a figure nobody typed", async () => {
    const book = await bookWith({
      without: ["IO"],
      figures: { equity: undefined, balance: undefined },
    });
    for (const { attributes } of fields(book, UI)) {
      expect(String(attributes["placeholder"])).not.toMatch(/\d/);
    }
  });
});

describe("how figures look", () => {
  const wanIn = (children: Parameters<typeof elements>[0]) =>
    [...elements(children)].filter(({ attributes }) => attributes["class"] === "wan");

  test("a headline of a million and more stands in 万 where that is chosen, with the whole behind it", async () => {
    const book = await bookWith({ figures: { equity: "8754174.80" } });
    const [short, ...others] = wanIn(
      accountRoom(props(book, "zh", { ui: { ...UI, wan: true, partsOpen: true } })),
    );
    expect(others).toEqual([]);
    expect(short && said([short])).toBe("¥823.04 万¥8,230,401.46");
    expect(short?.attributes["tabindex"]).toBe("0");
    expect(wanIn(accountRoom(props(book, "zh")))).toEqual([]);
  });

  test("an amount below a million stays whole", async () => {
    const book = await bookWith({ figures: FIVE });
    expect(wanIn(accountRoom(props(book, "zh", { ui: { ...UI, wan: true } })))).toEqual([]);
  });

  test("moves of the premium, gains and losses can be coloured; margin, ratio and status never are", async () => {
    const book = await bookWith({ figures: FIVE });
    const openLines = new Set(book.lines.map(({ id }) => id));
    const shown = accountRoom(props(book, "zh", { ui: { ...UI, openLines, partsOpen: true } }));
    const coloured = [...elements(shown)].filter(({ attributes }) =>
      String(attributes["class"] ?? "").startsWith("move "),
    );
    expect(coloured.length).toBeGreaterThan(book.lines.length);
    for (const one of coloured) {
      const [text, up] = [said([one]), one.attributes["class"] === "move up"];
      expect(text).toMatch(/^(¥[\d,.]+|[+\u2212][\d,.]+%)$/);
      if (text.endsWith("%")) expect(text.startsWith("+")).toBe(up);
    }
    const rows = [...elements(shown)].filter(({ tag }) => tag === "tr");
    const heads = rows
      .filter((row) => [...elements([row])].some((one) => coloured.includes(one)))
      .map((row) => said(row.children.slice(0, 1)));
    expect([...new Set(heads)].sort()).toEqual(["开仓以来", "最大亏损", "最大盈利"].sort());
  });
});
