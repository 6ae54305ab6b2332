import { describe, expect, test } from "@jest/globals";
import {
  amount,
  editionOn,
  MarginError,
  productTable,
  type Arithmetic,
  type CombinationTerm,
  type Edition,
} from "../src/core";
import { exact } from "../src/core/number";
import { everyExchange, exchanges } from "../src/exchanges";
import { answerTo } from "./host/cases";
import { caseTable, marginCases } from "./host/case-table";
import { fractions, shown } from "./host/fraction";

const combinations = exchanges.flatMap(({ exchange, combinations }) =>
  combinations.flatMap((combination) =>
    combination.editions.map(
      (edition) => [`${exchange} ${combination.name} ${edition.from ?? ""}`, edition] as const,
    ),
  ),
);

const citations = everyExchange
  .flatMap(({ exchange, editions, priceLimit, netting, clearingOrder, adjustment, ...rules }) => [
    ...(rules.formedAtClearing
      ? [[`${exchange} sets formed at clearing`, rules.formedAtClearing] as const]
      : []),
    ...editions.map(({ products, from, source }) => {
      return [`${exchange} ${products?.join("/") ?? ""} ${from ?? "undated"}`, source] as const;
    }),
    ...(priceLimit ? [[`${exchange} price limits`, priceLimit.source] as const] : []),
    ...(netting ? [[`${exchange} netting`, netting] as const] : []),
    ...(clearingOrder ? [[`${exchange} clearing order`, clearingOrder] as const] : []),
    ...(rules.arrays ? [[`${exchange} arrays`, rules.arrays] as const] : []),
    ...(rules.weekly ? [[`${exchange} weekly expiry`, rules.weekly.source] as const] : []),
    ...(rules.calendar ? [[`${exchange} trading days`, rules.calendar.source] as const] : []),
    ...(rules.expiries ?? []).map(
      ({ source }) => [`${exchange} expiry, ${source.article.en}`, source] as const,
    ),
    ...(rules.exercise ?? []).map(
      ({ from, source }) => [`${exchange} exercise ${from ?? ""}`, source] as const,
    ),
    ...(adjustment
      ? [
          [`${exchange} adjustment`, adjustment.source] as const,
          [`${exchange} covered shortfall`, adjustment.coveredShortfall] as const,
        ]
      : []),
  ])
  .concat(combinations.map(([name, { source }]) => [name, source] as const));

const editions = exchanges.flatMap((rules) =>
  rules.editions.map((edition) => {
    const product = edition.products?.join("/") ?? "";
    return [`${rules.exchange} ${product} ${edition.from ?? "undated"}`, edition] as const;
  }),
);

describe.each(citations)("%s", (_name, source) => {
  test("cites its source in both languages", () => {
    const { title, article, url, certainty, asOf, note } = source;
    for (const text of [title, article, note ?? title]) {
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en).toMatch(/^[\x20-\x7e]+$/);
    }
    if (url !== undefined) expect(url).toMatch(/^https?:\/\/\S+$/);
    expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    if (certainty !== "confirmed") expect(note).toBeDefined();
  });
});

describe.each(editions)("%s", (_name, edition) => {
  test("uses every parameter it declares: another figure gives another margin somewhere", () => {
    for (const name of Object.keys(edition.parameters)) {
      expect(margins(edition, name)).not.toEqual(margins(edition));
    }
  });

  test("uses every term it needs", () => {
    for (const term of edition.needs) {
      expect(margins(edition, undefined, term)).not.toEqual(margins(edition));
    }
  });
});

describe.each(combinations)("%s", (_name, edition) => {
  /** The margins of some sets, one term or parameter raised by a tenth. */
  const margins = <N>(over: Arithmetic<N>, raised?: string): N[] =>
    [
      { firstMargin: "4000", secondMargin: "3000", firstPremium: "500", secondPremium: "400" },
      { firstMargin: "3000", secondMargin: "4000", firstPremium: "400", secondPremium: "500" },
      { firstMargin: "3000", secondMargin: "3000", firstPremium: "400", secondPremium: "500" },
    ].flatMap((amounts) =>
      ["1000", "4400"].map((strikeGap) => {
        const read = ([name, figure]: [string, string | undefined]) => {
          const whole = over.of(figure ?? "0.5");
          return [name, name === raised ? over.times(whole, over.of("1.1")) : whole] as const;
        };
        return edition.margin(
          over,
          Object.fromEntries(Object.entries({ ...amounts, strikeGap }).map(read)) as Record<
            CombinationTerm,
            N
          >,
          Object.fromEntries(Object.entries(edition.parameters).map(read)),
        );
      }),
    );
  const inDecimals = (raised?: string): string[] => margins(exact, raised).map((n) => n.toFixed());

  test("uses every term it needs, every parameter it declares, and no other term", () => {
    const terms = ["firstMargin", "secondMargin", "firstPremium", "secondPremium", "strikeGap"];
    const moves = (name: string): boolean => inDecimals(name).join() !== inDecimals().join();
    expect(terms.filter(moves).sort()).toEqual([...edition.needs].sort());
    expect(Object.keys(edition.parameters).filter(moves)).toEqual(Object.keys(edition.parameters));
  });

  test("is the same figure over fractions of integers", () => {
    expect(inDecimals()).toEqual(margins(fractions).map(shown));
  });
});

/** Margins of some contracts, one parameter halved or one term raised by a tenth. */
function margins(edition: Edition, halved?: string, raised?: string): string[] {
  const parameters = Object.fromEntries(
    Object.entries(edition.parameters).map(([name, figure]) => [
      name,
      amount(figure).times(name === halved ? "0.5" : "1"),
    ]),
  );
  const strikes = ["60", "95", "100", "105", "140"];
  return (["call", "put"] as const).flatMap((right) =>
    strikes.map((strike) => {
      const terms = {
        settlement: amount("2"),
        underlying: amount("100"),
        strike: amount(strike),
        multiplier: amount("10"),
        rate: amount("0.1"),
      };
      const raisedTerms = Object.fromEntries(
        Object.entries(terms).map(([name, n]) => [name, n.times(name === raised ? "1.1" : "1")]),
      ) as typeof terms;
      return edition[right](exact, raisedTerms, parameters).margin.toFixed();
    }),
  );
}

describe("editions by date", () => {
  test("of combinations ascend, and a code names one combination of its exchange", () => {
    for (const { combinations } of exchanges) {
      for (const { editions } of combinations) {
        const days = editions.map(({ from }) => from ?? "");
        expect(days).toEqual([...new Set(days)].sort());
      }
      const codes = combinations.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });

  test("ascend for each product", () => {
    for (const { editions, products } of exchanges) {
      for (const product of products) {
        const days = editions
          .filter((edition) => !edition.products || edition.products.includes(product.code))
          .map(({ from }) => from ?? "");
        expect(days).toEqual([...new Set(days)].sort());
      }
    }
  });

  test.each([
    ["CFFEX", "IO", "2019-12-23", "0.10"],
    ["CFFEX", "IO", "2022-01-20", "0.10"],
    ["CFFEX", "IO", "2022-01-21", "0.12"],
    ["CFFEX", "IO", "2022-09-01", "0.12"],
    ["CFFEX", "MO", "2022-09-01", "0.15"],
    ["CFFEX", "MO", "2026-11-20", "0.12"],
    ["CFFEX", "HO", "2026-11-20", "0.12"],
  ])("%s %s on %s takes the coefficient %s", (exchange, product, day, coefficient) => {
    const rules = exchanges.find((candidate) => candidate.exchange === exchange);
    if (!rules) throw new Error(exchange);
    expect(editionOn(rules, day, product).parameters["coefficient"]).toBe(coefficient);
  });

  test.each([
    ["SSE", "2015-02-09", "2015-02-08"],
    ["SZSE", "2019-12-23", "2019-12-22"],
    ["CFFEX", "2019-12-23", "2019-12-22"],
    ["ZCE", "2017-04-19", "2017-04-18"],
    ["DCE", "2017-03-31", "2017-03-30"],
    ["SHFE", "2018-09-21", "2018-09-20"],
    ["INE", "2021-06-21", "2021-06-20"],
    ["GFEX", "2022-12-23", "2022-12-22"],
  ])("%s begins on %s and has no rule on the day before", (exchange, first, dayBefore) => {
    const rules = exchanges.find((candidate) => candidate.exchange === exchange);
    if (!rules) throw new Error(exchange);
    expect(editionOn(rules, first).from).toBe(first);
    expect(() => editionOn(rules, dayBefore)).toThrow(MarginError);
  });

  test("a product listed later has no rule before its listing", () => {
    const cffex = exchanges.find(({ exchange }) => exchange === "CFFEX");
    if (!cffex) throw new Error("CFFEX");
    expect(() => editionOn(cffex, "2022-07-21", "MO")).toThrow(MarginError);
  });
});

describe("ETF caps", () => {
  test.each(["SSE", "SZSE"])("%s has a case where the cap binds", (exchange) => {
    const rules = exchanges.find((candidate) => candidate.exchange === exchange);
    if (!rules) throw new Error(exchange);
    const branches = marginCases(exchange).map((row) => answerTo(rules, row).branch);
    expect(branches).toContain("cap");
  });
});

describe("the product table", () => {
  const listed = caseTable<
    | "exchange"
    | "product"
    | "zh"
    | "unit"
    | "unit_of"
    | "option_tick"
    | "style"
    | "settles"
    | "certainty"
  >("products.csv");

  test("holds exactly the products of products.csv, field by field, for the exchanges listed there", () => {
    const listedExchanges = new Set(listed.map(({ exchange }) => exchange));
    const published = exchanges.filter(({ exchange }) => listedExchanges.has(exchange));
    const ours = published.flatMap(({ exchange, products }) =>
      products.map((p) => ({
        exchange,
        product: p.code,
        zh: p.zh,
        unit: p.unit ?? "",
        unit_of: p.unitOf,
        option_tick: p.tick ?? "",
        style: p.style,
        settles: p.settles,
        certainty: p.certainty === "confirmed" ? "confirmed" : "from memory",
      })),
    );
    const order = (a: { exchange: string; product: string }, b: typeof a): number =>
      `${a.exchange} ${a.product}` < `${b.exchange} ${b.product}` ? -1 : 1;
    expect(ours.sort(order)).toEqual([...listed].sort(order));
  });

  test("refuses a line with a field too few", () => {
    expect(() => productTable("CNY", "m,豆粕,10,t,0.5,American,futures")).toThrow("m,豆粕");
  });
});
