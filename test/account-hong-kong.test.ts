/** The Hong Kong part of an account: published arrays to a status, and never a figure that something is missing from. */
import fc from "fast-check";
import {
  DEFAULT_PROFILE,
  hongKongBook,
  hongKongFigure,
  inYuan,
  moveGroups,
  NO_HONG_KONG_TERMS,
  profileText,
  readProfile,
  withoutHongKong,
  type HongKongInputs,
} from "../src/account";
import { amount, digits, type Amount } from "../src/core";
import { readCells, readStatement, type Statement } from "../src/statements";
import { PUBLISHED } from "./host/risk-files";
import { caseNamed } from "./statements/files";

const DAY = "2019-03-04";

const held = (...rows: readonly (readonly [string, string, number])[]): Promise<Statement> =>
  readCells(
    [["合约", "买卖", "手数"], ...rows.map(([contract, side, lots]) => [contract, side, lots])],
    "持仓",
    { day: DAY },
  );

const RATIO = { products: { HSI: { clientRatio: "1.33" }, HHI: { clientRatio: "1.33" } } };

const inputs = (statement: Statement, change: Partial<HongKongInputs> = {}): HongKongInputs => ({
  statement,
  files: [PUBLISHED],
  terms: RATIO,
  prices: {},
  today: DAY,
  ...change,
});

const bookFor = async (
  rows: readonly (readonly [string, string, number])[],
  change: Partial<HongKongInputs> = {},
) => {
  const book = hongKongBook(inputs(await held(...rows), change));
  if (!book) throw new Error("nothing of Hong Kong");
  return book;
};

const text = (value: Amount | undefined): string | undefined => value && digits(value);

const CONDOR = [
  ["HSI29800C9", "卖", 1],
  ["HSI30200C9", "买", 1],
  ["HSI27800O9", "卖", 1],
  ["HSI27400O9", "买", 1],
] as const;

// Scan risks worked out from HKEX's arrays of 4 March 2019; the short option minimum is the file's 8,600.
test.each([
  ["a short call", [["HSI28800C9", "卖", 1]], "70830", "70830", "risk"],
  [
    "a short straddle",
    [
      ["HSI28800C9", "卖", 1],
      ["HSI28800O9", "卖", 1],
    ],
    "64230",
    "64230",
    "risk",
  ],
  [
    "a short call spread",
    [
      ["HSI29200C9", "卖", 1],
      ["HSI29600C9", "买", 1],
    ],
    "12490",
    "12490",
    "risk",
  ],
  ["an iron condor", CONDOR, "10350", "17200", "minimum"],
] as const)(
  "%s of HSI needs what its published arrays give",
  async (_, rows, scan, margin, binds) => {
    const { commodities, total, incomplete } = await bookFor(rows);
    expect(commodities.map(({ code }) => code)).toEqual(["HSI"]);
    expect(text(commodities[0]?.scan.risk)).toBe(scan);
    expect(commodities[0]?.binds).toBe(binds);
    expect(text(total?.margin)).toBe(margin);
    expect(incomplete).toBe(false);
  },
);

describe("status", () => {
  // 70,830 × 1.33 = 94,203.9 → 94,203; × 0.8 = 75,362.4 → 75,362.
  const rows = [["HSI28800C9", "卖", 1]] as const;

  test.each([
    ["100000", "normal", undefined],
    ["75362", "normal", undefined],
    ["75361.99", "marginCall", "18841.01"],
    ["50000", "marginCall", "44203"],
    ["0", "marginCall", "94203"],
    ["-1000", "marginCall", "95203"],
  ])("equity of %s is %s, and %s is to be added", async (equity, status, toAdd) => {
    const book = await bookFor(rows, { equity: amount(equity) });
    expect(text(book.total?.client?.initial)).toBe("94203");
    expect(text(book.total?.client?.maintenance)).toBe("75362");
    expect([book.status, text(book.toAdd)]).toEqual([status, toAdd]);
    if (book.toAdd) {
      const after = await bookFor(rows, { equity: amount(equity).plus(book.toAdd) });
      expect(after.status).toBe("normal");
      expect(text(after.equity)).toBe("94203");
    }
  });

  test("without equity, a client ratio or an array nothing is concluded", async () => {
    const equity = amount("1000000");
    expect((await bookFor(rows)).status).toBe("undetermined");
    const noRatio = await bookFor(rows, { equity, terms: NO_HONG_KONG_TERMS });
    expect([noRatio.status, noRatio.withoutRatio]).toEqual(["undetermined", ["HSI"]]);
    const noFile = await bookFor(rows, { equity, files: [] });
    expect([noFile.status, noFile.lines[0]?.gap?.what]).toEqual(["undetermined", "parameters"]);
    expect(noFile.total).toBeUndefined();
  });

  test("one row that no array is known of leaves the whole open, whatever the others say", async () => {
    const equity = amount("1");
    const book = await bookFor([...rows, ["HSI31000C9", "卖", 1]], { equity });
    expect([book.status, book.incomplete, book.total]).toEqual(["undetermined", true, undefined]);
    expect([book.linesCounted, book.linesInAll]).toEqual([1, 2]);
    expect(book.lines[1]?.gap?.what).toBe("series");
  });

  test("parameters that were not read whole, or of another week, prove nothing", async () => {
    const equity = amount("1000000");
    const cut = await bookFor(rows, { equity, files: [{ ...PUBLISHED, complete: false }] });
    expect([cut.status, cut.total]).toEqual(["undetermined", undefined]);
    const old = await bookFor(rows, { equity, files: [{ ...PUBLISHED, on: "2019-02-20" }] });
    expect([old.status, old.stale?.on]).toEqual(["undetermined", "2019-02-20"]);
    expect(old.room).toBeUndefined();
  });

  test("removing any row's array never makes an account normal that wasn't", async () => {
    const equity = amount("14000");
    const whole = await bookFor(CONDOR, { equity });
    expect(whole.status).toBe("marginCall");
    for (const gone of PUBLISHED.series) {
      const files = [{ ...PUBLISHED, series: PUBLISHED.series.filter((one) => one !== gone) }];
      const { status } = await bookFor(CONDOR, { equity, files });
      expect(status).not.toBe("normal");
    }
  });
});

test("two months against each other pay the calendar charge once a pair", async () => {
  const book = await bookFor([
    ["HSI28800C9", "卖", 1],
    ["HSI29000D9", "买", 1],
  ]);
  const [hsi] = book.commodities;
  // The smaller of 0.53 short in March and what is long in April, at 19,800 a delta.
  const april = PUBLISHED.series.find(
    ({ month, right, strike }) => month === "2019-04" && right === "call" && strike?.equals(29000),
  );
  const pair = amount(Math.min(0.53, april?.delta.toNumber() ?? 0));
  expect(text(hsi?.calendarCharge)).toBe(digits(pair.times(19800)));
});

test("a commodity in another currency isn't added to Hong Kong dollars", async () => {
  const commodities = PUBLISHED.commodities.map((one) => ({ ...one, currency: "CNH" }));
  const book = await bookFor([["HSI28800C9", "卖", 1]], { files: [{ ...PUBLISHED, commodities }] });
  expect(book.lines[0]?.gap?.what).toBe("currency");
  expect(book.total).toBeUndefined();
});

test("a commodity without a charge leaves the account open, and the others their own margin", async () => {
  const commodities = PUBLISHED.commodities.map(({ shortOptionMinimum, ...one }) =>
    one.code === "HSI" && shortOptionMinimum ? { ...one, shortOptionMinimum } : one,
  );
  const book = await bookFor(
    [
      ["HSI28800C9", "卖", 1],
      ["HHI11600C9", "卖", 1],
    ],
    { files: [{ ...PUBLISHED, commodities }], equity: amount("1000000") },
  );
  expect(book.commodities.map(({ code, margin }) => [code, digits(margin)])).toEqual([
    ["HSI", "70830"],
  ]);
  expect(book.refused?.en).toBe("shortOptionMinimum is missing (HHI)");
  expect([book.status, book.total]).toEqual(["undetermined", undefined]);
});

test("of several files a commodity's figures are those of the newest that has it", async () => {
  const old = {
    ...PUBLISHED,
    on: "2019-03-01",
    series: PUBLISHED.series.map((one) => ({
      ...one,
      array: one.array.map((loss) => loss.times(2)),
    })),
  };
  for (const files of [
    [PUBLISHED, old],
    [old, PUBLISHED],
  ]) {
    const book = await bookFor([["HSI28800C9", "卖", 1]], { files });
    expect(text(book.total?.margin)).toBe("70830");
    expect(book.parameters.files.map(({ on }) => on)).toEqual([DAY]);
  }
});

test("a weekly option is never taken for the monthly one of its month", async () => {
  const statement = await held(["HSI28800C9W08", "卖", 1]);
  const book = hongKongBook(inputs(statement));
  expect(book?.lines[0]?.gap?.what).toBe("series");
});

describe("typed parameters", () => {
  const typed = {
    products: {
      HSI: {
        psr: "1720",
        vsr: "0.07",
        calendarCharge: "19800",
        shortOptionMinimum: "8600",
        clientRatio: "1.33",
      },
    },
  };
  const statement = (): Promise<Statement> =>
    readCells(
      [
        ["合约", "买卖", "手数", "结算价"],
        ["HSI28800L6", "卖", 1, 523],
      ],
      "持仓",
      { day: "2026-12-05" },
    );

  test("the model asks for the month's future, and then estimates", async () => {
    const given = { ...inputs(await statement()), files: [], terms: typed, today: "2026-12-05" };
    const asking = hongKongBook(given);
    expect([asking?.futures, asking?.lines[0]?.gap?.what]).toEqual([["HSI 2026-12"], "future"]);
    const book = hongKongBook({ ...given, prices: { "HSI 2026-12": amount("28885") } });
    expect([book?.lines[0]?.from, book?.estimated, book?.incomplete]).toEqual([
      "model",
      true,
      false,
    ]);
    expect(book?.total?.margin.toNumber()).toBeGreaterThan(60_000);
    expect(book?.futures).toEqual(["HSI 2026-12"]);
  });

  test("a figure that can't be is named with its product, and nothing is worked out from it", async () => {
    const terms = { products: { HSI: { ...typed.products.HSI, psr: "-1" } } };
    const book = hongKongBook({ ...inputs(await statement()), files: [], terms });
    expect(book?.lines[0]?.gap?.what).toBe("refused");
    expect(book?.lines[0]?.gap?.why.en).toContain("-1");
  });
});

test("sixteen scenarios stand in nine groups from −3 to +3, and one bar is the worst", async () => {
  const { commodities, scenarios } = await bookFor([["HSI28800C9", "卖", 1]]);
  const [hsi] = commodities;
  if (!hsi) throw new Error("no HSI");
  const groups = moveGroups(hsi, scenarios);
  expect(groups.map(({ move, bars }) => [Math.round(move * 3), bars.length])).toEqual([
    [-9, 1],
    [-3, 2],
    [-2, 2],
    [-1, 2],
    [0, 2],
    [1, 2],
    [2, 2],
    [3, 2],
    [9, 1],
  ]);
  const bars = groups.flatMap((group) => group.bars);
  expect(bars.map(({ scenario }) => scenario + 1).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 16 }, (_, at) => at + 1),
  );
  expect(
    bars.filter(({ worst }) => worst).map(({ scenario, loss }) => [scenario + 1, digits(loss)]),
  ).toEqual([[15, "70830"]]);
});

test("yuan are shown by the user's rate alone", async () => {
  const rows = [["HSI28800C9", "卖", 1]] as const;
  const without = await bookFor(rows);
  expect(inYuan(without, amount("100"))).toBeUndefined();
  const book = await bookFor(rows, { terms: { ...RATIO, rate: "0.921" } });
  expect(text(inYuan(book, amount("94203")))).toBe("86760.963");
});

test("splitting a holding over rows changes nothing", async () => {
  const options = PUBLISHED.series.filter(
    ({ product, kind }) => product === "HSI" && kind === "option",
  );
  const code = ({ right, strike, month = "" }: (typeof options)[number]): string => {
    const letter = "ABCDEFGHIJKL"[Number(month.slice(5)) - 1] ?? "";
    const put = "MNOPQRSTUVWX"[Number(month.slice(5)) - 1] ?? "";
    return `HSI${strike ? digits(strike) : ""}${right === "call" ? letter : put}${month.slice(3, 4)}`;
  };
  const near = options.filter(({ month = "" }) => month < "2020");
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        fc.tuple(
          fc.constantFrom(...near),
          fc.boolean(),
          fc.integer({ min: 1, max: 9 }),
          fc.integer({ min: 1, max: 9 }),
        ),
        { minLength: 1, maxLength: 5, selector: ([series]) => code(series) },
      ),
      async (drawn) => {
        const side = (short: boolean): string => (short ? "卖" : "买");
        const whole = await bookFor(
          drawn.map(([series, short, a, b]) => [code(series), side(short), 2 * a + b] as const),
        );
        const split = await bookFor(
          drawn.flatMap(([series, short, a, b]) => [
            [code(series), side(short), a] as const,
            [code(series), side(short), a + b] as const,
          ]),
        );
        expect(text(split.total?.margin)).toBe(text(whole.total?.margin));
        expect(whole.total).toBeDefined();
      },
    ),
    { seed: 7, numRuns: 40 },
  );
});

test("brokers' lists of Hong Kong options are read as such; shares and American options stay where they are", async () => {
  for (const name of ["futu", "ibkr"]) {
    const { bytes, file } = caseNamed(name);
    const statement = await readStatement(bytes, file);
    const book = hongKongBook({ ...inputs(statement), files: [] });
    expect(book?.lines.map(({ product, month, gap }) => [product, month, gap?.what])).toEqual([
      ["TCH", "2026-12", "parameters"],
    ]);
    const rest = withoutHongKong(statement);
    expect(rest.positions).toHaveLength(statement.positions.length - 1);
    expect(withoutHongKong(statement)).toBe(rest);
  }
});

test("the terms are kept with the profile, and a wrong one is named with its value", () => {
  const hongKong = {
    products: {
      HSI: { psr: "1720", vsr: "0.07", calendarCharge: "none", minimumMethod: "larger" },
    },
    optionValue: "short",
    rate: "0.921",
  } as const;
  const text = profileText({ ...DEFAULT_PROFILE, hongKong });
  const read = readProfile(JSON.parse(text));
  expect("profile" in read && read.profile.hongKong).toEqual(hongKong);
  expect(profileText(DEFAULT_PROFILE)).not.toContain("hongKong");
  const wrong = readProfile({ hongKong: { products: { HSI: { clientRatio: "-2" } } } });
  expect("refused" in wrong && wrong.refused.en).toContain(
    'hongKong.products.HSI.clientRatio is "-2"',
  );
  expect([hongKongFigure("vsr", "7%"), hongKongFigure("psr", "none")]).toEqual(["0.07", undefined]);
});

test("a statement without any of it has no Hong Kong part", async () => {
  expect(hongKongBook(inputs(await held(["IO2612-C-4800", "卖", 1])))).toBeUndefined();
  const plain = await held(["IO2612-C-4800", "卖", 1]);
  expect(withoutHongKong(plain)).toBe(plain);
});
