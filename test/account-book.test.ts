/** Books of the sample statements and of the account under watch, by figures worked out beside the code. */
import { describe, expect, test } from "@jest/globals";
import { bookOf, type Book, type BookInputs, type Line } from "../src/account/book";
import { joined } from "../src/account/join";
import { DEFAULT_PROFILE, type Profile } from "../src/account/profile";
import type { Standing } from "../src/account/standing";
import { amount, digits, type Amount } from "../src/core";
import { readCells, readPasted, readStatement, type Statement } from "../src/statements";
import { caseNamed } from "./statements/files";

const TODAY = "2026-11-20";

const PRICES: Readonly<Record<string, string>> = {
  m2701: "2985",
  SR701: "5750",
  cu2701: "86500",
  sc2702: "498.6",
  si2701: "9350",
  IO: "4650",
  "510050": "3.052",
  "510300": "4.721",
  "159919": "4.735",
};

const RATES: Profile["products"] = {
  m: { exchange: "0.07" },
  SR701: { exchange: "0.07" },
  cu: { exchange: "0.09" },
  sc: { exchange: "0.1" },
  si: { exchange: "0.09" },
};

const amounts = (prices: Readonly<Record<string, string>>): Readonly<Record<string, Amount>> =>
  Object.fromEntries(Object.entries(prices).map(([code, price]) => [code, amount(price)]));

const profile = (change: Partial<Profile> = {}): Profile => ({
  ...DEFAULT_PROFILE,
  products: RATES,
  ...change,
});

const statementNamed = (name: string): Promise<Statement> => {
  const { bytes, file } = caseNamed(name);
  return readStatement(bytes, file);
};

const book = (statement: Statement, change: Partial<BookInputs> = {}): Book =>
  bookOf({ statement, prices: amounts(PRICES), profile: profile(), today: TODAY, ...change });

const shown = (n: Amount | "unlimited" | undefined): string =>
  n === undefined ? "–" : n === "unlimited" ? n : digits(n.toDecimalPlaces(8));

const lineNamed = ({ lines }: Book, contract: string): Line => {
  const found = lines.find(({ position }) => position.contract === contract);
  if (!found) throw new Error(`no line ${contract}`);
  return found;
};

const figures = ({ position, broker, exchangeFigure }: Line): string =>
  [
    position.contract,
    ...[broker, exchangeFigure].map((one) => (one.gap ? one.gap.what : shown(one.margin))),
  ].join(" ");

describe("the settlement text of a futures account", () => {
  test("each line has the exchange's figure, and the broker's by the rate its rows tell", async () => {
    expect(book(await statementNamed("ctp-standard")).lines.map(figures)).toEqual([
      "m2701-P-2900 29450 20495",
      "SR701C6000 25600 16975",
      "cu2701C90000 98800 72850",
      "IO2612-C-4800 177810 135960",
      "IO2612-P-4300 36610 27660",
      "m2701-C-3100 11240 7658",
      "m2701-P-2800 8840 5258",
      // Charged on the day before's prices: no round rate gives it.
      "sc2702C520 brokerRate 51510",
      "si2701-C-9500 0 0",
      "m2701 17910 12537",
    ]);
  });

  test("the broker's rates are inferred: 10, 10, 12 and 15 %", async () => {
    const { underlyings } = book(await statementNamed("ctp-standard"));
    expect(
      underlyings.map(({ code, price, priceFrom, exchangeRate, exchangeRateFrom, ...one }) =>
        [code, shown(price), priceFrom, shown(exchangeRate), exchangeRateFrom]
          .concat(shown(one.brokerRate), one.brokerRateFrom ?? "–")
          .join(" "),
      ),
    ).toEqual([
      "m2701 2985 statement 0.07 profile 0.1 inferred",
      "SR701 5750 user 0.07 profile 0.1 inferred",
      "cu2701 86500 user 0.09 profile 0.12 inferred",
      "IO 4650 user 0.12 rule 0.15 inferred",
      "sc2702 498.6 user 0.1 profile – –",
      "si2701 9350 user 0.09 profile – –",
    ]);
  });

  test("a leg charged its premium alone and the leg it was paired with are in a set", async () => {
    const { lines } = book(await statementNamed("ctp-standard"));
    expect(lines.flatMap(({ id, combined }) => (combined ? [id] : []))).toEqual([
      "m2701-C-3100 short",
      "m2701-P-2800 short",
    ]);
  });

  test("the headline is what the broker prints; the exchange's figure stands beside it", async () => {
    const { standings, day, currency } = book(await statementNamed("ctp-standard"));
    const { broker, exchange, recomputed } = standings;
    expect([broker.basis, shown(broker.margin), shown(broker.ratio), broker.status]).toEqual([
      "printed",
      "471396",
      "0.53848137",
      "normal",
    ]);
    // The legs' 350,903 less the strangle's relief: of m2701-P-2800's 5,258 the premium of 4 × 15 × 10 stays.
    expect([shown(exchange.margin), exchange.status, exchange.withoutRelief]).toEqual([
      "346245",
      "normal",
      false,
    ]);
    expect([recomputed.margin, recomputed.status, recomputed.linesCounted]).toEqual([
      undefined,
      "undetermined",
      9,
    ]);
    expect([shown(standings.available), standings.equityFrom, standings.toAdd, day]).toEqual([
      "404021.48",
      "printed",
      undefined,
      "2026-11-20",
    ]);
    expect([standings.status, standings.byExchange, currency]).toEqual(["normal", false, "¥"]);
  });

  test("parts by exchange and by product add up to the whole", async () => {
    const { byExchange, byProduct, lines } = book(await statementNamed("ctp-standard"));
    expect(
      byExchange.map(({ key, broker, exchange }) => `${key} ${shown(broker)} ${shown(exchange)}`),
    ).toEqual([
      "DCE 59200 41290",
      "ZCE 25600 16975",
      "SHFE 98800 72850",
      "CFFEX 214420 163620",
      "INE 73376 51510",
      "GFEX 0 0",
    ]);
    expect(byProduct.map(({ key }) => key)).toEqual(["m", "SR", "cu", "IO", "sc", "si"]);
    const shares = lines.reduce<Amount>((sum, { share }) => sum.plus(share ?? 0), amount("0"));
    expect(shares.toDecimalPlaces(20).toNumber()).toBe(1);
  });

  test("premium change, largest gain and largest loss are from the opening price", async () => {
    const one = book(await statementNamed("ctp-standard"));
    const told = (contract: string): string[] => {
      const { premiumChange, largestGain, largestLoss } = lineNamed(one, contract);
      return [premiumChange, largestGain, largestLoss].map(shown);
    };
    // (38.5 / 41 − 1); 41 × 10 × 10; (2900 − 41) × 10 × 10.
    expect(told("m2701-P-2900")).toEqual(["-0.06097561", "4100", "285900"]);
    expect(told("SR701C6000")).toEqual(["-0.12056738", "3525", "unlimited"]);
    expect(told("si2701-C-9500")).toEqual(["0.08387097", "unlimited", "3875"]);
    expect(told("m2701")).toEqual(["–", "–", "–"]);
  });

  test("the change of margin since opening is only told where it was seen", async () => {
    const statement = await statementNamed("ctp-standard");
    const openings = { "m2701-P-2900 short": amount("2500") };
    const told = book(statement, { openings });
    expect(shown(lineNamed(told, "m2701-P-2900").marginChange)).toBe("0.178");
    expect(lineNamed(told, "SR701C6000").marginChange).toBeUndefined();
  });

  test("a call asks for the money and names the day: the designer's account", async () => {
    const statement = await statementNamed("ctp-standard");
    const { account } = statement;
    if (!account) throw new Error("no account");
    const margin = amount("471896");
    const called = {
      ...statement,
      account: {
        ...account,
        figures: {
          ...account.figures,
          equity: amount("500000"),
          margin,
          available: amount("28104"),
          riskDegree: amount("0.9438"),
        },
      },
    };
    const { standings } = book(called);
    expect([standings.status, shown(standings.broker.ratio)]).toEqual(["marginCall", "0.943792"]);
    // 471896 ÷ 0.9 − 500000 = 24328.888…, up to the fen.
    expect([shown(standings.toAdd), standings.deadline]).toEqual([
      "24328.89",
      { day: "2026-11-23", certain: true, time: "11:30" },
    ]);
    expect([shown(standings.available), standings.doubts]).toEqual(["28104", []]);
  });

  test.each([
    ["450000", "0.01", "450000 ÷ 0.9 − 500000 is zero, and on the line is not below it"],
    ["450000.009", "0.02", "rounded up to the fen it would lie on the line"],
  ])("margin %s: %s is to be added", async (margin, toAdd) => {
    const statement = await statementNamed("ctp-standard");
    const account = statement.account;
    if (!account) throw new Error("no account");
    const changed = { equity: amount("500000"), margin: amount(margin) };
    const one = { ...statement, account: { ...account, figures: changed } };
    expect(shown(book(one).standings.toAdd)).toBe(toAdd);
  });
});

describe("what is missing is said and never guessed", () => {
  test("an underlying without a price leaves its lines and the exchange's standard open", async () => {
    const { sc2702, ...others } = PRICES;
    expect(sc2702).toBe("498.6");
    const one = book(await statementNamed("ctp-standard"), { prices: amounts(others) });
    const { exchangeFigure, broker } = lineNamed(one, "sc2702C520");
    expect([exchangeFigure.gap?.what, exchangeFigure.gap?.of, broker.gap?.what]).toEqual([
      "price",
      "sc2702",
      "price",
    ]);
    const { exchange, status } = one.standings;
    expect([exchange.margin, shown(exchange.counted), exchange.linesCounted]).toEqual([
      undefined,
      "294735",
      9,
    ]);
    expect([exchange.status, exchange.ratio, status]).toEqual([
      "undetermined",
      undefined,
      "normal",
    ]);
    expect(one.underlyings.filter(({ needsPrice }) => needsPrice).map(({ code }) => code)).toEqual([
      "sc2702",
    ]);
  });

  test("a commodity without a rate is asked for it", async () => {
    const one = book(await statementNamed("ctp-standard"), { profile: DEFAULT_PROFILE });
    expect(one.underlyings.filter(({ needsRate }) => needsRate).map(({ code }) => code)).toEqual([
      "m2701",
      "SR701",
      "cu2701",
      "sc2702",
    ]);
    expect(lineNamed(one, "m2701").exchangeFigure.gap?.why.zh).toBe(
      "缺 m2701 的交易所期货保证金率，交易所标准先不下结论。在公司参数里填保证金率，命令行用 --broker。",
    );
    expect(one.standings.exchange.status).toBe("undetermined");
  });

  test("no settlement price: the other price there is gets named, not used", async () => {
    const one = book(await statementNamed("securities-csv"));
    const { broker } = lineNamed(one, "510050C2612M03100");
    expect(broker.gap?.why).toEqual({
      zh: "510050C2612M03100 没有结算价，保证金算不出。有最新价 0.0512，要用它就在公司参数里改价格口径；知道结算价的，补上再导入，命令行写进 --prices（标的写 510050C2612M03100）。",
      en: "510050C2612M03100 has no settlement price, so its margin is left open. There is a last price of 0.0512: to use it, change the price basis in the broker profile. Where the settlement price is known, add it and import again, or give it in --prices under 510050C2612M03100.",
    });
    const last = book(await statementNamed("securities-csv"), {
      profile: profile({ priceBasis: "last" }),
    });
    expect(figures(lineNamed(last, "510050C2612M03100"))).toBe("510050C2612M03100 42485.6 36944");
  });

  test("an adjusted contract without its strike is left open", async () => {
    const one = book(await statementNamed("etf-option"));
    expect(one.lines.map(figures)).toEqual([
      "510050C2612M03100 42485.6 36944",
      "510050P2612M02900 13330.8 11592",
      "510300C2612A04000 terms terms",
      "159919C2612M004800 20579.25 17895",
      "510050C2612M03200 0 0",
    ]);
    // One markup of 15 % gives every row.
    expect(lineNamed(one, "159919C2612M004800").broker).toMatchObject({ branch: "basic" });
    expect(
      one.underlyings.map(({ markup, brokerRateFrom }) => [shown(markup), brokerRateFrom]),
      // What a neighbour is charged says nothing of an underlying whose own row can't be worked out.
    ).toEqual([
      ["0.15", "inferred"],
      ["0", undefined],
      ["0.15", "inferred"],
    ]);
    expect(one.standings.status).toBe("normal");
    expect(one.standings.exchange.status).toBe("undetermined");
  });

  test("options of other markets have no rule, and no status comes of them", async () => {
    const one = book(await statementNamed("futu"), { equity: amount("1000000") });
    expect(one.lines.map(({ broker }) => broker.gap?.what)).toEqual(["rule", "rule"]);
    expect([one.standings.status, one.currency]).toEqual(["undetermined", "HK$"]);
  });
});

const HEADER = ["合约", "方向", "手数", "结算价", "标的价"];

describe("the account under watch: one short 50ETF call 2.400, 9 March 2015, margin money 3340", () => {
  // The prices of 10:00, 14:00 and the close are printed; the others give the printed margins.
  const MOMENTS: readonly [string, string, string, string, string, Standing][] = [
    ["open", "0.0282", "2.339", "0.8906", "0.7422", "watch"],
    ["10:00", "0.015", "2.294", "0.6621", "0.5517", "normal"],
    ["11:00", "0.016", "2.295", "0.6697", "0.5581", "normal"],
    ["13:00", "0.015", "2.296", "0.6701", "0.5584", "normal"],
    ["13:30", "0.0164", "2.328", "0.8039", "0.6699", "watch"],
    ["13:47", "0.029", "2.352", "0.9458", "0.7881", "marginCall"],
    ["14:00", "0.035", "2.364", "1.0156", "0.8463", "liquidation"],
    ["14:30", "0.0536", "2.398", "1.2193", "1.016", "immediate"],
    ["14:45", "0.0536", "2.397", "1.2152", "1.0127", "immediate"],
    ["close", "0.0498", "2.397", "1.2016", "1.0013", "immediate"],
  ];

  const account = async (
    settlement: string,
    underlying: string,
    change: Partial<Profile> = {},
  ): Promise<Book> => {
    const row = ["510050C1504M02400", "卖", "1", settlement, underlying];
    const statement = await readCells([HEADER, row], "selection", { day: "2015-03-09" });
    return bookOf({
      statement,
      prices: {},
      equity: amount("3340"),
      profile: profile({ surcharge: { kind: "multiple", markup: "0.2" }, ...change }),
      today: "2015-03-09",
    });
  };

  test.each(MOMENTS)("%s", async (_, settlement, underlying, broker, exchange, status) => {
    const { standings } = await account(settlement, underlying);
    const ratios = [standings.broker, standings.exchange].map(({ ratio }) =>
      shown(ratio?.toDecimalPlaces(4)),
    );
    expect([...ratios, standings.status]).toEqual([broker, exchange, status]);
    expect([standings.broker.basis, standings.equityFrom]).toEqual(["computed", "user"]);
  });

  test("at 13:47 the money asked for brings it below the call line", async () => {
    const { standings } = await account("0.029", "2.352");
    // 3158.88 ÷ 0.9 − 3340 = 169.8666…
    expect(shown(standings.toAdd)).toBe("169.87");
    expect(standings.deadline).toEqual({ day: "2015-03-10", certain: true, time: "11:30" });
  });

  test("the exchange's ratio reaching 100 % is immediate, whatever the broker's lines", async () => {
    const lines = { ...DEFAULT_PROFILE.lines, immediate: "1.5" };
    const { standings } = await account("0.0536", "2.398", { lines });
    expect([standings.broker.status, standings.exchange.status]).toEqual([
      "liquidation",
      "immediate",
    ]);
    expect([standings.status, standings.byExchange]).toEqual(["immediate", true]);
  });

  test("without the price of the underlying nothing is said", async () => {
    const row = ["510050C1504M02400", "卖", "1", "0.015"];
    const statement = await readCells([HEADER.slice(0, 4), row], "selection", {
      day: "2015-03-09",
    });
    const { standings, underlyings } = bookOf({
      statement,
      prices: {},
      equity: amount("3340"),
      profile: profile({ surcharge: { kind: "multiple", markup: "0.2" } }),
      today: "2015-03-09",
    });
    expect([standings.status, standings.exchange.status]).toEqual(["undetermined", "undetermined"]);
    expect(underlyings.map(({ code, needsPrice }) => [code, needsPrice])).toEqual([
      ["510050", true],
    ]);
  });
});

const table = (
  rows: readonly (readonly string[])[],
  header: readonly string[] = [...HEADER, "开仓价", "锁定份数"],
): Promise<Statement> => readCells([header, ...rows], "selection", { day: TODAY });

describe("the broker's terms as the profile gives them", () => {
  const ROWS = [
    ["m2701-P-2900", "卖", "10", "38.5", "2985"],
    ["510050C2612M03100", "卖", "10", "0.0512", "3.052"],
  ];

  test.each([
    ["a multiple", { surcharge: { kind: "multiple", markup: "0.15" } }, "23569.25", "42485.6"],
    // 10 %: 29450. ETF 15 %, floor 8.75 %: 10 lots of (0.0512 + max(0.4578 − 0.048, 0.26705)) × 10000.
    ["points", { surcharge: { kind: "points", points: "0.03" } }, "29450", "46100"],
    [
      "own rates, which go before",
      { surcharge: { kind: "own" }, products: { m: { exchange: "0.07", broker: "0.1" } } },
      "29450",
      "brokerRate",
    ],
    ["nothing", { surcharge: { kind: "unknown" } }, "brokerRate", "brokerRate"],
  ] as [string, Partial<Profile>, string, string][])("%s", async (_, change, future, etf) => {
    const one = book(await table(ROWS, HEADER), { profile: profile(change) });
    expect(one.lines.map((line) => figures(line).split(" ")[1])).toEqual([future, etf]);
  });

  test.each([
    ["equity", "0.9", undefined],
    ["marginMoney", "0.9", undefined],
    ["inverse", "0.9", "1.11111111"],
    ["marketValue", "0.9", undefined],
  ] as const)("the ratio by %s", async (ratio, expected, definition) => {
    const statement = await table(ROWS.slice(0, 1), HEADER);
    const terms = profile({ ratio, surcharge: { kind: "points", points: "0.03" } });
    const { standings } = book(statement, { profile: terms, equity: amount("29450").div("0.9") });
    expect(standings.broker.ratio && shown(standings.broker.ratio)).toBe(expected);
    expect(standings.brokerDefinition && shown(standings.brokerDefinition)).toBe(definition);
    expect(standings.status).toBe("marginCall");
  });

  test("collateral counts after its haircut", async () => {
    const statement = await table(ROWS.slice(0, 1), HEADER);
    const terms = profile({
      surcharge: { kind: "points", points: "0.03" },
      collateral: { amount: "10000", haircut: "0.2" },
    });
    const { standings } = book(statement, { profile: terms, equity: amount("30000") });
    expect([shown(standings.denominator), shown(standings.broker.ratio)]).toEqual([
      "38000",
      "0.775",
    ]);
  });

  test.each([
    ["settlement", "0.04"],
    ["previousSettlement", "0.05"],
    ["last", "0.06"],
    ["higher", "0.06"],
    ["trade", "0.03"],
  ] as const)("by the %s price the option costs %s", async (priceBasis, price) => {
    const header = ["合约", "方向", "手数", "结算价", "昨结算", "最新价", "开仓价", "标的价"];
    const row = ["510050C2612M03100", "卖", "1", "0.04", "0.05", "0.06", "0.03", "3.052"];
    const one = book(await table([row], header), { profile: profile({ priceBasis }) });
    expect(shown(one.lines[0]?.price)).toBe(price);
  });

  test.each([
    ["0", "immediate"],
    ["-100", "immediate"],
  ])("an equity of %s with margin in use is %s", async (equity, status) => {
    const one = book(await table(ROWS.slice(0, 1), HEADER), {
      profile: profile({ surcharge: { kind: "points", points: "0.03" } }),
      equity: amount(equity),
    });
    expect([one.standings.status, one.standings.broker.ratio]).toEqual([status, undefined]);
    // All of the margin ÷ 0.9, and what is owed.
    expect(shown(one.standings.toAdd)).toBe(equity === "0" ? "32722.23" : "32822.23");
  });
});

describe("the seller's own discipline", () => {
  test("warns at the stop, above the share, below the cushion, and of locked shares short", async () => {
    const statement = await table([
      ["m2701-P-2900", "卖", "10", "38.5", "2985", "41", ""],
      ["510050C2612M03200", "备兑", "4", "0.0221", "3.052", "0.025", "39000"],
    ]);
    const one = book(statement, {
      equity: amount("30000"),
      profile: profile({
        surcharge: { kind: "points", points: "0.03" },
        discipline: {
          stopLoss: { "m2701-P-2900": "38.5" },
          productShare: "0.5",
          cushion: "0.1",
        },
      }),
    });
    expect(one.lines.flatMap(({ warnings }) => warnings.map(({ kind }) => kind))).toEqual([
      "stopLoss",
      "coveredShort",
    ]);
    expect(lineNamed(one, "510050C2612M03200").warnings[0]?.text.zh).toContain("还差 1000 份");
    expect(lineNamed(one, "510050C2612M03200").exchangeFigure.gap?.what).toBe("terms");
    expect(one.warnings.map(({ text }) => text.en)).toEqual([
      "Soybean Meal takes 98.17% of equity, more than your 50%. Close some, or raise the limit.",
    ]);
  });

  test("a cushion too thin is said with its size", async () => {
    const statement = await table([["m2701-P-2900", "卖", "10", "38.5", "2985", "", ""]]);
    const one = book(statement, {
      equity: amount("30000"),
      profile: profile({
        surcharge: { kind: "points", points: "0.03" },
        discipline: { stopLoss: {}, cushion: "0.05" },
      }),
    });
    expect(one.warnings.map(({ kind, text }) => `${kind} ${text.zh}`)).toEqual([
      "cushion 可用资金只占权益的 1.83%，低于自定的 5%。减仓或入金。",
    ]);
  });
});

describe("holddata and cusfund put together", () => {
  const read = async (name: string, change: (text: string) => string): Promise<Statement> =>
    readPasted(change(Buffer.from(caseNamed(name).bytes).toString("utf8")), caseNamed(name).file);
  const FUTURE = "2026-11-20@90000001@m2701@B@S@6@17910.00@0@0@2970@2970@2985@1@D@N@CNY@";
  const same = (text: string): string => text;
  const withFuture = (text: string): string => `${text.trimEnd()}\n${FUTURE}\n`;

  test("rows that don't give the account's risk degree leave the totals incomplete", async () => {
    const [one, ...others] = joined([await read("holddata", same), await read("cusfund", same)]);
    expect(others).toEqual([]);
    expect([one?.positions.length, one?.account?.id, one?.totals.trust]).toEqual([
      9,
      "90000001",
      "incomplete",
    ]);
    expect(one?.problems.map(({ text }) => text.zh)).toEqual([
      "holddata_20261120.txt 的持仓保证金合计 453486，除以权益 875417.48 是 51.80%，账户印的风险度是 53.85%：持仓可能不全，合计不完整。核对有没有漏掉的持仓。",
    ]);
    const { standings } = book(one as Statement);
    expect([standings.status, shown(standings.broker.margin)]).toEqual(["undetermined", "471396"]);
  });

  test("rows that do give it prove the account", async () => {
    const [one] = joined([await read("cusfund", same), await read("holddata", withFuture)]);
    const { standings } = book(one as Statement);
    expect([
      standings.status,
      shown(standings.broker.margin),
      shown(standings.broker.ratio),
    ]).toEqual(["normal", "471396", "0.53848137"]);
    const lines = withFuture(Buffer.from(caseNamed("holddata").bytes).toString("utf8")).split("\n");
    for (const [index, line] of lines.entries()) {
      // A long option takes nothing, so that no margin misses it.
      if (!line || line.includes("si2701-C-9500")) continue;
      const less = await read("holddata", () => lines.filter((_, i) => i !== index).join("\n"));
      const [part] = joined([less, await read("cusfund", same)]);
      expect([line, book(part as Statement).standings.status]).toEqual([line, "undetermined"]);
    }
  });

  test("the same paper twice is reported and counted once", async () => {
    const statement = await statementNamed("ctp-standard");
    const [one, ...others] = joined([statement, { ...statement, file: "copy.txt" }]);
    expect([others.length, one?.positions.length]).toEqual([0, 10]);
    expect(one?.problems.map(({ notice, text }) => [notice, text.en])).toEqual([
      [
        true,
        "copy.txt is the same account's paper of 2026-11-20 as ctp_mtm_daily_std_20261120.txt; only ctp_mtm_daily_std_20261120.txt counts.",
      ],
    ]);
  });

  test("papers of different accounts stay apart", async () => {
    const both = [await statementNamed("ctp-standard"), await statementNamed("ctp-wide")];
    expect(joined(both)).toEqual(both);
  });
});
