/** What a broker prints beside the margin: delivery margin, its own call, money that is frozen; and files put together. */
import { describe, expect, test } from "@jest/globals";
import { bookOf, joined, type Book, type BookInputs } from "../src/account";
import { DEFAULT_PROFILE, type Profile } from "../src/account/profile";
import { amount, digits, type Amount } from "../src/core";
import { readCells, readStatement, type AccountFigure, type Statement } from "../src/statements";
import { CTP_PRICES, CTP_PROFILE, ctpBook, ctpStatement } from "./host/books";
import { caseNamed, fromGbk, toGbk } from "./statements/files";

const shown = (n: Amount | undefined): string | undefined => n && digits(n.toDecimalPlaces(4));

type Figures = Partial<Record<AccountFigure, string>>;

/** The sample with figures of its account changed in its text, in place. */
async function changedText(
  ...changes: readonly (readonly [label: string, from: string, to: string])[]
): Promise<Statement> {
  const { bytes, file } = caseNamed("ctp-standard");
  let text = fromGbk(bytes);
  for (const [label, from, to] of changes) {
    const at = text.indexOf(from, text.indexOf(label));
    expect(at).toBeGreaterThan(0);
    const width = Math.max(from.length, to.length);
    const end = at + from.length;
    text = text.slice(0, end - width) + to.padStart(width) + text.slice(end);
  }
  return readStatement(toGbk(text), file);
}

/** One short put on soybean meal, P-2900, with an account as a query prints it. */
async function query(figures: Figures, { margin = "30000" } = {}): Promise<Statement> {
  const header = ["合约", "方向", "手数", "结算价", "保证金", "标的价"];
  const row = ["m2701-P-2900", "卖", "10", "45", margin, "2985"];
  const statement = await readCells([header, row], "table", { day: "2026-11-20" });
  const account = {
    id: "90000001",
    name: undefined,
    broker: undefined,
    currency: undefined,
    day: "2026-11-20",
    figures: Object.fromEntries(
      Object.entries({ margin, ...figures }).map(([name, figure]) => [name, amount(figure)]),
    ),
  };
  return { ...statement, account, accounts: [account] };
}

const PROFILE: Profile = { ...CTP_PROFILE, surcharge: { kind: "multiple", markup: "0.2" } };

const book = (statement: Statement, change: Partial<BookInputs> = {}): Book =>
  bookOf({ statement, prices: CTP_PRICES, profile: PROFILE, today: "2026-11-20", ...change });

const said = ({ standings }: Book): string =>
  [standings.status, shown(standings.broker.margin), shown(standings.broker.ratio)].join(" ");

describe("delivery and exercise margin", () => {
  const delivery = () =>
    changedText(
      ["Delivery Margin", "0.00", "350000.00"],
      ["Fund Avail.", "404021.48", "54021.48"],
      ["Risk Degree", "53.85%", "93.83%"],
    );

  test("count in where the printed risk degree counts them in", async () => {
    const one = await ctpBook({ statement: await delivery() });
    expect(one.inputs.statement.problems).toEqual([]);
    expect(said(one)).toBe("marginCall 821396 0.9383");
    expect(shown(one.standings.available)).toBe("54021.48");
    // 821,396 ÷ 0.9 − 875,417.48, and below the line.
    expect(shown(one.standings.toAdd)).toBe("37244.75");
    // It is in use on the exchange's standard too, though no rule gives it.
    expect(shown(one.standings.exchange.margin)).toBe("696245");
  });

  test("a margin locked for exercise is read the same way", async () => {
    const figures = { equity: "100000", exerciseMargin: "65000", riskDegree: "0.95" };
    expect(said(book(await query(figures)))).toBe("marginCall 95000 0.95");
    const without = { ...figures, riskDegree: "0.3" };
    expect(said(book(await query(without)))).toBe("normal 30000 0.3");
  });

  test("stands in the rules' sum where the printed margin counts it in", async () => {
    const changes = [
      ["Margin Occupied", "471396.00", "481396.00"],
      ["Fund Avail.", "404021.48", "394021.48"],
      ["Risk Degree", "53.85%", "54.99%"],
    ] as const;
    const missing = await changedText(...changes);
    expect(missing.totals.trust).toBe("incomplete");
    const within = await changedText(...changes, ["Delivery Margin", "0.00", "10000.00"]);
    expect([within.totals.trust, within.problems]).toEqual(["checked", []]);
    const { broker, exchange } = (await ctpBook({ statement: within })).standings;
    expect(shown(broker.margin)).toBe("481396");
    // The exchange's 346,245 of the sample, and the delivery's 10,000.
    expect(shown(exchange.margin)).toBe("356245");
  });

  test("count in where nothing tells: the sum is never too small", async () => {
    const figures = { equity: "100000", exerciseMargin: "65000", deliveryMargin: "1000" };
    expect(said(book(await query(figures)))).toBe("marginCall 96000 0.96");
  });
});

describe("the broker's own word", () => {
  test("a call on paper is a call, and asks for no less than it says", async () => {
    const called = await ctpBook({
      statement: await changedText(["Margin Call", "0.00", "95000.00"]),
    });
    expect(said(called)).toBe("marginCall 471396 0.5385");
    expect(shown(called.standings.toAdd)).toBe("95000");
    expect(called.standings.deadline?.day).toBe("2026-11-23");
    expect(called.standings.doubts.map(({ zh }) => zh)).toEqual([
      "账单列有应追加资金 95000.00：公司已要求追保，不看这里的线。这里算出的风险度是 53.85%，核对账单和公司参数里的线。",
    ]);
    const more = { equity: "31000", marginCall: "100", riskDegree: "0.9677" };
    const figures = (await query(more)) as Statement;
    expect(shown(book(figures).standings.toAdd)).toBe("2333.34");
  });

  test("a risk degree that follows from nothing printed is never normal", async () => {
    const { standings } = book(await query({ equity: "100000", riskDegree: "1.05" }));
    expect(standings.status).toBe("undetermined");
    expect(standings.doubts.map(({ en }) => en)).toEqual([
      "The printed risk degree of 105% follows from none of the statement's own figures, so nothing is called normal. Here it is 30%. Check with the broker.",
    ]);
    const plain = book(await query({ equity: "100000", riskDegree: "0.3", marginCall: "0" }));
    expect([plain.standings.status, plain.standings.doubts]).toEqual(["normal", []]);
  });
});

describe("equity and money available", () => {
  const row = ["m2701", "买", "1", "2985", "3000"];
  const withBalance = async (figures: Figures, held = row): Promise<Book> => {
    const cells = [["合约", "方向", "手数", "结算价", "保证金"], held];
    const table = await readCells(cells, "table", { day: "2026-11-20" });
    const { accounts } = await query(figures, { margin: "3000" });
    return book({ ...table, account: accounts[0], accounts });
  };

  test("a balance takes its floating loss along", async () => {
    const one = await withBalance({ balance: "5000", floatingPnl: "-1900" });
    expect([shown(one.standings.equity), said(one)]).toEqual(["3100", "marginCall 3000 0.9677"]);
  });

  test("a balance with futures and no word of their profit is no equity; without futures it is", async () => {
    const one = await withBalance({ balance: "5000" });
    expect([one.standings.equity, one.standings.status]).toEqual([undefined, "undetermined"]);
    const option = ["m2701-P-2900", "卖", "1", "45", "3000"];
    expect(said(await withBalance({ balance: "5000" }, option))).toBe("normal 3000 0.6");
    // Marked to market, the day's profit is in it.
    expect(said(await withBalance({ balance: "5000", markToMarketPnl: "-300" }))).toBe(
      "normal 3000 0.6",
    );
  });

  test("money available is the printed one; else frozen money is taken off", async () => {
    const printed = book(await query({ equity: "100000", available: "20000", frozen: "50000" }));
    expect([shown(printed.standings.available), printed.standings.availableFrom]).toEqual([
      "20000",
      "printed",
    ]);
    const computed = book(await query({ equity: "100000", frozen: "50000" }), {
      profile: { ...PROFILE, discipline: { ...DEFAULT_PROFILE.discipline, cushion: "0.3" } },
    });
    expect([shown(computed.standings.available), computed.standings.availableFrom]).toEqual([
      "20000",
      "computed",
    ]);
    expect(computed.warnings.map(({ kind }) => kind)).toContain("cushion");
  });

  test("equity typed in is what a ratio on market value divides by", async () => {
    const { standings } = book(await query({}), {
      equity: amount("32000"),
      profile: { ...PROFILE, ratio: "marketValue" },
    });
    expect([standings.status, shown(standings.broker.ratio)]).toEqual(["marginCall", "0.9375"]);
  });
});

describe("money to add covers both standards", () => {
  /** A lot of the put takes 450 + 29,850 × the rate − half of 850, ten are held; the broker printed 30,000. */
  const atRate = async (equity: string, exchange: string): Promise<Book> =>
    book(await query({ equity }), {
      profile: { ...PROFILE, products: { m: { exchange } }, surcharge: { kind: "unknown" } },
    });

  test("a breach on the exchange's standard alone asks for what cures it", async () => {
    const { standings } = await atRate("31500", "0.12");
    expect([shown(standings.exchange.margin), standings.exchange.status]).toEqual([
      "36070",
      "immediate",
    ]);
    expect(standings.byExchange).toBe(true);
    // 36,070 ÷ 0.9 − 31,500.
    expect(shown(standings.toAdd)).toBe("8577.78");
    expect(standings.deadline).toBeDefined();
  });

  test("where both call, the larger amount is asked for", async () => {
    const { standings } = await atRate("33000", "0.16");
    // The broker alone would ask for 333.34.
    expect(shown(standings.exchange.margin)).toBe("48010");
    expect(shown(standings.toAdd)).toBe("20344.45");
  });
});

describe("papers that only look the same", () => {
  const table = async (contract: string): Promise<Statement> =>
    readCells(
      [
        ["合约", "方向", "手数", "保证金"],
        [contract, "卖", "1", "3000"],
      ],
      "持仓.csv",
      { day: "2026-11-20" },
    );

  test("are kept apart, each incomplete, and neither is normal", async () => {
    const apart = joined([await table("m2701-P-2900"), await table("m2701-C-3100")]);
    expect(apart.map(({ totals, positions }) => [totals.trust, positions[0]?.contract])).toEqual([
      ["incomplete", "m2701-P-2900"],
      ["incomplete", "m2701-C-3100"],
    ]);
    expect(apart[0]?.problems.map(({ notice }) => notice)).toEqual([false]);
    for (const one of apart) {
      expect(book(one, { equity: amount("6500") }).standings.status).toBe("undetermined");
    }
  });

  test("the same content in both counts once", async () => {
    const once = joined([await table("m2701-P-2900"), await table("m2701-P-2900")]);
    expect(once).toHaveLength(1);
    expect(once[0]?.problems.map(({ notice }) => notice)).toEqual([true]);
    expect(joined([await ctpStatement(), await ctpStatement()])).toHaveLength(1);
  });
});

describe("a set that shows only in what was charged", () => {
  const HEADER = ["合约", "方向", "手数", "结算价", "昨结算价", "保证金"];
  const sets = async (...rows: readonly (readonly string[])[]): Promise<string[]> => {
    const statement = await readCells([HEADER, ...rows], "table", { day: "2026-11-20" });
    return book(statement).lines.flatMap(({ combined, position }) =>
      combined ? [position.contract] : [],
    );
  };
  const CALL = ["m2701-C-3100", "卖", "1", "60", "55", "2810"];

  test("needs a leg charged exactly its premium, of this day or the day before", async () => {
    expect(await sets(["m2701-P-2800", "卖", "1", "15", "22", "150"], CALL)).toHaveLength(2);
    expect(await sets(["m2701-P-2800", "卖", "1", "15", "22", "220"], CALL)).toHaveLength(2);
    // Less than the premium only by another day's prices.
    expect(await sets(["m2701-P-2800", "卖", "1", "400", "", "3685"], CALL)).toEqual([]);
  });

  test("never has a leg of another month", async () => {
    const other = ["m2705-C-3100", "卖", "1", "60", "55", "2810"];
    expect(await sets(["m2701-P-2800", "卖", "1", "15", "22", "150"], other)).toEqual([
      "m2701-P-2800",
    ]);
    const io = ["IO2612-P-4300", "卖", "1", "18.6", "", "1860"];
    const later = ["IO2703-C-4800", "卖", "1", "45.2", "", "59270"];
    expect(await sets(io, later)).toEqual(["IO2612-P-4300"]);
  });
});

test("a covered call whose locked shares aren't printed says so", async () => {
  const table = async (locked: string): Promise<Book> =>
    book(
      await readCells(
        [
          ["合约", "方向", "手数", "结算价", "标的价", "锁定份数"],
          ["510050C2612M03200", "备兑", "1", "0.01", "3.052", locked],
        ],
        "table",
        { day: "2026-11-20" },
      ),
    );
  const kinds = async (locked: string): Promise<string[]> =>
    (await table(locked)).lines.flatMap(({ warnings }) => warnings.map(({ kind }) => kind));
  expect(await kinds("10000")).toEqual([]);
  expect(await kinds("9000")).toEqual(["coveredShort"]);
  expect(await kinds("")).toEqual(["coveredUnknown"]);
});

describe("a set that no rule prices and that can take more than its legs", () => {
  /** A bear call spread of ten, its strikes 0.5 apart: 50,000 for a call of 41,000, named as another strategy. */
  const spread = async (margin: string | undefined, equity: string): Promise<Book> => {
    const header = ["合约", "方向", "手数", "结算价", "标的价"];
    const rows = [
      ["510050C2612M03500", "买", "10", "0.001", "3"],
      ["510050C2612M03000", "卖", "10", "0.05", "3"],
    ];
    const table = await readCells([header, ...rows], "表", { day: "2026-11-20" });
    const set = {
      ...{ place: {}, id: "1", strategy: "KKS", quantity: amount(10) },
      ...{ legs: rows.map(([code = ""]) => code), margin: margin && amount(margin) },
    };
    const statement = { ...table, combinations: [set] } as Statement;
    return bookOf({
      ...{ statement, prices: {}, equity: amount(equity), today: "2026-11-20" },
      profile: { ...DEFAULT_PROFILE, surcharge: { kind: "multiple", markup: "0" } },
    });
  };

  test("is normal only where no more is printed for it than its legs take", async () => {
    const status = async (margin: string | undefined, equity: string) =>
      (await spread(margin, equity)).standings.recomputed.status;
    // The legs alone take 41,000.
    expect(await status("50000", "60000")).toBe("undetermined");
    expect(await status("50000", "1000000")).toBe("undetermined");
    expect(await status("30000", "60000")).toBe("normal");
  });

  test("is never normal where nothing is printed for it", async () => {
    expect((await spread(undefined, "1000000")).standings.recomputed.status).toBe("undetermined");
  });
});
