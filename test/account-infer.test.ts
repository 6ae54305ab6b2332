/** The broker's terms are read out of printed rows only where these leave no other reading. */
import { describe, expect, test } from "@jest/globals";
import { bookOf, type Book } from "../src/account";
import { DEFAULT_PROFILE, type Profile } from "../src/account/profile";
import { amount, digits, shortMargin, type Amount } from "../src/core";
import { exchanges } from "../src/exchanges";
import { readCells } from "../src/statements";

const DAY = "2026-11-20";
const HEADER = ["合约", "方向", "手数", "结算价", "标的价", "保证金"];

interface Row {
  readonly contract: string;
  readonly lots: number;
  readonly price: string;
  readonly underlying: string;
  readonly printed: string;
}

async function bookOfRows(
  rows: readonly Row[],
  products: Profile["products"] = {},
  equity = "200000",
): Promise<Book> {
  const cells = rows.map((row) =>
    [row.contract, "卖", String(row.lots), row.price, row.underlying].concat(row.printed),
  );
  const statement = await readCells([HEADER, ...cells], "table", { day: DAY });
  return bookOf({
    statement,
    prices: {},
    equity: amount(equity),
    profile: { ...DEFAULT_PROFILE, products, surcharge: { kind: "unknown" } },
    today: DAY,
  });
}

const terms = ({ underlyings }: Book): string[] =>
  underlyings.map(({ code, brokerRate, brokerRateFrom, markup }) =>
    [
      code,
      brokerRateFrom
        ? `${brokerRate && digits(brokerRate)} × ${digits(markup?.plus(1) as Amount)}`
        : "–",
    ].join(" "),
  );

/** What the rule takes for the lots, to the fen. */
function charged(
  exchange: string,
  right: "call" | "put",
  [settlement, underlying, strike, unit]: readonly [string, string, string, number],
  {
    rate,
    markup = "0",
    lots = 1,
    product,
  }: { rate?: string; markup?: string; lots?: number; product?: string },
): string {
  const rules = exchanges.find((one) => one.exchange === exchange);
  if (!rules) throw new Error(exchange);
  const inputs = {
    right,
    terms: {
      settlement: amount(settlement),
      underlying: amount(underlying),
      strike: amount(strike),
      multiplier: amount(unit),
    },
    rate: rate === undefined ? undefined : amount(rate),
    product,
  };
  const answer = shortMargin(rules, inputs, {
    lots: amount(lots),
    markup: amount(markup),
    on: DAY,
  });
  return answer.total.toFixed(2);
}

const meal = (contract: string, price: string, terms: { rate: string; markup?: string }): Row => {
  const [, letter = "", strike = ""] = /-([CP])-(\d+)$/.exec(contract) ?? [];
  const right = letter === "C" ? "call" : "put";
  return {
    contract,
    lots: 1,
    price,
    underlying: "2985",
    printed: charged("DCE", right, [price, "2985", strike, 10], terms),
  };
};

const io = (contract: string, price: string, rate: string): Row => {
  const [, letter = "", strike = ""] = /-([CP])-(\d+)$/.exec(contract) ?? [];
  return {
    contract,
    lots: 1,
    price,
    underlying: "4650",
    printed: charged("CFFEX", letter === "C" ? "call" : "put", [price, "4650", strike, 100], {
      rate,
      product: "IO",
    }),
  };
};

describe("each underlying goes by its own rows", () => {
  test("a markup on meal says nothing of an index charged by a rate", async () => {
    const rows = [
      meal("m2701-P-2900", "45.5", { rate: "0.07", markup: "0.2" }),
      meal("m2701-C-3100", "38", { rate: "0.07", markup: "0.2" }),
      meal("m2701-P-2800", "21", { rate: "0.07", markup: "0.2" }),
      io("IO2612-C-4800", "45.2", "0.15"),
      io("IO2612-P-4300", "18.6", "0.15"),
    ];
    const book = await bookOfRows(rows, { m: { exchange: "0.07" } });
    expect(terms(book)).toEqual(["m2701 0.07 × 1.2", "IO 0.15 × 1"]);
    // Every row comes out as printed.
    for (const { printed, broker } of book.lines) {
      expect(broker.margin?.toFixed(2)).toBe(printed?.toFixed(2));
    }
  });
});

describe("one contract alone", () => {
  test("tells a round rate, however many rows it stands in", async () => {
    const one = meal("m2701-P-2900", "45.5", { rate: "0.1" });
    expect(terms(await bookOfRows([one], { m: { exchange: "0.07" } }))).toEqual(["m2701 0.1 × 1"]);
    const odd = meal("m2701-P-2900", "45.5", { rate: "0.0955" });
    const rows = [odd, { ...odd, lots: 2, printed: amount(odd.printed).times(2).toFixed(2) }];
    expect(terms(await bookOfRows(rows, { m: { exchange: "0.07" } }))).toEqual(["m2701 –"]);
  });

  test("tells a round rate before an odd markup", async () => {
    // 15 % of 2.952 × 10,000 is also the coefficient of 12 % with 32.53 % on top.
    const row: Row = {
      contract: "510050P2612M02850",
      lots: 1,
      price: "0.02",
      underlying: "2.952",
      printed: charged("SSE", "put", ["0.02", "2.952", "2.85", 10000], { rate: "0.15" }),
    };
    expect(terms(await bookOfRows([row]))).toEqual(["510050 0.15 × 1"]);
  });

  test("tells nothing below the exchange's rate", async () => {
    const row = meal("m2701-P-2900", "45.5", { rate: "0.06" });
    expect(terms(await bookOfRows([row], { m: { exchange: "0.07" } }))).toEqual(["m2701 –"]);
    expect(terms(await bookOfRows([row]))).toEqual(["m2701 0.06 × 1"]);
  });
});

describe("several contracts", () => {
  test("must agree: a row of another day's prices leaves two of them open", async () => {
    const rows = [
      meal("m2701-P-2900", "45.5", { rate: "0.1" }),
      { ...meal("m2701-C-3100", "38", { rate: "0.1" }), price: "41.5" },
    ];
    expect(terms(await bookOfRows(rows, { m: { exchange: "0.07" } }))).toEqual(["m2701 –"]);
    const three = [...rows, meal("m2701-P-2800", "21", { rate: "0.1" })];
    expect(terms(await bookOfRows(three, { m: { exchange: "0.07" } }))).toEqual(["m2701 0.1 × 1"]);
  });

  test("that were charged their premium alone, as legs of sets are, stand first and hide nothing", async () => {
    const strikes = (from: number, count: number): string[] =>
      Array.from({ length: count }, (_, i) => `m2701-P-${from + 10 * i}`);
    const legs = strikes(2800, 9).map((contract) => ({
      ...meal(contract, "21", { rate: "0.1" }),
      printed: "210.00",
    }));
    const others = strikes(2900, 10).map((contract) => meal(contract, "45.5", { rate: "0.1" }));
    const book = await bookOfRows([...legs, ...others], { m: { exchange: "0.07" } });
    expect(terms(book)).toEqual(["m2701 0.1 × 1"]);
  });

  test("charged on the day before's prices, no rate is read into any of them", async () => {
    const found: string[] = [];
    for (let was = 2900; was <= 3070; was += 5) {
      const rows = ["m2701-P-2900", "m2701-C-3100"].map((contract, index) => {
        const [price, before] = index === 0 ? ["45.5", "41"] : ["38", "43.5"];
        const strike = contract.slice(-4);
        const right = index === 0 ? "put" : "call";
        return {
          contract,
          lots: 1,
          price,
          underlying: "2985",
          printed: charged("DCE", right, [before, String(was), strike, 10], { rate: "0.1" }),
        };
      });
      const [told] = terms(await bookOfRows(rows, { m: { exchange: "0.07" } }));
      if (told !== "m2701 –") found.push(`${was}: ${told}`);
      const [alone] = terms(await bookOfRows(rows.slice(0, 1), { m: { exchange: "0.07" } }));
      if (alone !== "m2701 –") found.push(`${was} alone: ${alone}`);
    }
    expect(found).toEqual([]);
  });
});
