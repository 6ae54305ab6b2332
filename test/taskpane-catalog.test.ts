import { describe, expect, test } from "@jest/globals";
import { everyExchange, exchanges } from "../src/exchanges";
import { catalogOf, parameterText, type Metadata } from "../src/taskpane/catalog";
import { familiesOf, shortName } from "../src/taskpane/families";
import { search } from "../src/taskpane/search";
import { catalog, functions } from "./taskpane/built";

const families = familiesOf(catalog, everyExchange);
const found = (query: string) => search(families, query).map(({ id }) => id);

describe("the catalog", () => {
  test("holds every built function, with both languages", () => {
    expect(catalog.map(({ id }) => id).sort()).toEqual([...functions.keys()].sort());
    for (const { id, description, parameters } of catalog) {
      expect([id, description.zh]).toEqual([id, expect.stringMatching(/\p{Script=Han}/u)]);
      for (const { text } of parameters) {
        expect([id, text.zh.label]).toEqual([id, expect.stringMatching(/\p{Script=Han}/u)]);
        expect([id, text.en.label]).toEqual([id, expect.stringMatching(/^[A-Z][\x20-\x7e]+$/)]);
      }
    }
  });

  test.each([
    ["en", "Strike, yuan per share.", "Strike", "yuan per share", ""],
    [
      "en",
      "Ratio of the ETF price, a fraction. Left out: that of the rule in force (0.12).",
      "Ratio of the ETF price",
      "a fraction",
      "Left out: that of the rule in force (0.12).",
    ],
    ["en", "Call or put. C, P, call, put.", "Call or put", "", "C, P, call, put."],
    [
      "zh",
      "期权价格，元/份。昨结算价得开仓保证金，当日结算价得维持保证金。",
      "期权价格",
      "元/份",
      "昨结算价得开仓保证金，当日结算价得维持保证金。",
    ],
    ["zh", "行权价格，元。", "行权价格", "元", ""],
    ["zh", "比例，小数。不填为 0.12。", "比例", "小数", "不填为 0.12。"],
  ] as const)("takes a parameter's text apart (%s: %s)", (language, text, label, unit, hint) => {
    expect(parameterText(text, language)).toEqual({ label, unit, hint });
  });
});

describe("the families", () => {
  test("are named after the exchanges' own data", () => {
    const names = Object.fromEntries(families.map(({ prefix, name }) => [prefix, name.zh]));
    expect(names).toMatchObject({ SSE: "上交所", CFFEX: "中金所", ZCE: "郑商所", DCE: "大商所" });
    expect(families.flatMap(({ functions: own }) => own)).toHaveLength(catalog.length);
    expect(families.every(({ name }) => name.zh && name.en)).toBe(true);
  });

  test("show a new exchange without being told of it", () => {
    const [sse] = exchanges;
    if (!sse) throw new Error("there is no exchange");
    const invented = { ...sse, exchange: "XYZ", name: { zh: "某交易所", en: "Some Exchange" } };
    const metadata: Metadata = {
      functions: [{ id: "XYZ.MARGIN", description: "Margin.", parameters: [], result: {} }],
    };
    const [family] = familiesOf(catalogOf({ en: metadata, zh: metadata }), [
      { ...invented, aliases: ["XXYZ", "某所"] },
    ]);
    expect(family?.name).toEqual({ zh: "某所", en: "Some Exchange" });
    expect(shortName({ ...invented, aliases: [] }).zh).toBe("某交易所");
  });
});

describe("the search", () => {
  test.each([
    ["SSE.CALLMARGIN", "SSE.CALLMARGIN"],
    ["sse.callmargin", "SSE.CALLMARGIN"],
    ["ＳＺＳＥ．ＰＵＴ", "SZSE.PUTMARGIN"],
    ["riskratio", "RISKRATIO"],
    ["风险度", "RISKRATIO"],
    ["涨停", "SSE.LIMITUP"],
    ["认购保证金", "SSE.CALLMARGIN"],
    ["中金所 认沽", undefined],
    ["中金所 看跌", "CFFEX.PUTMARGIN"],
    ["大商所", "DCE.MARGIN"],
    ["Dalian", "DCE.MARGIN"],
    ["break even", "OPTION.BREAKEVEN"],
    ["closeout", "OPTION.CLOSEOUT"],
    ["put margin shanghai", "SSE.PUTMARGIN"],
    ["nothing like this", undefined],
  ])("for %s finds %s first", (query, id) => {
    expect(found(query)[0]).toBe(id);
  });

  test("lists a whole exchange for its name, and nothing of the others", () => {
    expect(found("ZCE")).toEqual(["ZCE.MARGIN", "ZCE.LEGACYMARGIN", "ZCE.COVEREDMARGIN"]);
    expect(new Set(found("深交所").slice(0, 4))).toEqual(
      new Set(["SZSE.CALLMARGIN", "SZSE.PUTMARGIN", "SZSE.LIMITUP", "SZSE.LIMITDOWN"]),
    );
  });

  test("wants every word", () => {
    expect(found("SSE 涨停")).toEqual(["SSE.LIMITUP"].concat(found("SZSE 涨停")));
    expect(found("SSE zzz")).toEqual([]);
  });
});
