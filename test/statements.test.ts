/**
 * Every statement under test/statements is read to the figures typed here, and whole to its expected.json.
 */
import { describe, expect, test } from "@jest/globals";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { digits, type Amount } from "../src/core";
import {
  masked,
  readCells,
  readStatement,
  withoutAccounts,
  type Position,
  type Statement,
} from "../src/statements";
import { caseNamed, cases, type Case } from "./statements/files";

const read = ({ bytes, file }: Case): Promise<Statement> => readStatement(bytes, file);

const readNamed = (name: string): Promise<Statement> => read(caseNamed(name));

const isAmount = (value: unknown): value is Amount =>
  typeof value === "object" && value !== null && "toFixed" in value;

/** A statement as plain data: amounts as text, of a subject only what it is. */
function plain(value: unknown): unknown {
  if (isAmount(value)) return digits(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [
        key,
        key === "subject" ? (inner as { kind: string }).kind : plain(inner),
      ]),
  );
}

describe("golden statements", () => {
  test.each(cases.map((one) => [one.name, one] as const))("%s is read whole", async (_, one) => {
    const actual = plain(await read(one));
    const actualFile = path.join(one.folder, "actual.json");
    const expectedFile = path.join(one.folder, "expected.json");
    const expected: unknown = existsSync(expectedFile)
      ? JSON.parse(readFileSync(expectedFile, "utf8"))
      : "no expected.json";
    rmSync(actualFile, { force: true });
    try {
      expect(actual).toEqual(expected);
    } catch (error) {
      writeFileSync(actualFile, `${JSON.stringify(actual, null, 2)}\n`);
      throw error;
    }
  });
});

/** A position as one line: contract, side, lots, multiplier, settlement, margin. */
const line = ({ contract, side, quantity, multiplier, settlement, margin }: Position): string =>
  [
    contract,
    side,
    ...[quantity, multiplier, settlement, margin].map((n) => (n ? digits(n) : "-")),
  ].join(" ");

/** The book the futures samples share: what each broker charges, row by row. */
const OPTIONS = [
  "m2701-P-2900 short 10 10 38.5 29450",
  "SR701C6000 short 5 10 62 25600",
  "cu2701C90000 short 2 5 1250 98800",
  "IO2612-C-4800 short 3 100 45.2 177810",
  "IO2612-P-4300 short 1 100 18.6 36610",
  "m2701-C-3100 short 4 10 40 11240",
  "m2701-P-2800 short 4 10 15 600",
  "sc2702C520 short 1 1000 12.35 73376",
  "si2701-C-9500 long 5 5 168 0",
];
const FUTURE = "m2701 long 6 10 2985 17910";

const ETF = [
  "510050C2612M03100 short 10 10000 0.0512 42485.6",
  "510050P2612M02900 short 5 10000 0.0176 13330.8",
  "510300C2612A04000 short 2 10132 0.7811 31404.4",
  "159919C2612M004800 short 3 10000 0.0933 20579.25",
  "510050C2612M03200 covered 4 10000 0.0221 0",
];

const figures = (
  statement: Statement,
  ...names: (keyof NonNullable<Statement["account"]>["figures"])[]
) =>
  names.map((name) => {
    const figure = statement.account?.figures[name];
    return figure && digits(figure);
  });

describe("the futures account of 20 November 2026", () => {
  test("the settlement text holds its ten positions and every account figure", async () => {
    const statement = await readNamed("ctp-standard");
    expect([statement.format, statement.day, statement.account?.id]).toEqual([
      "ctp",
      "2026-11-20",
      "90000001",
    ]);
    expect(statement.positions.map(line)).toEqual([...OPTIONS, FUTURE]);
    expect(
      figures(
        statement,
        ...([
          "previousBalance",
          "netDeposit",
          "realisedPnl",
          "markToMarketPnl",
          "premiumReceived",
        ] as const),
        ...(["premiumPaid", "commission", "exerciseFee", "equity", "marketValueLong"] as const),
        ...([
          "marketValueShort",
          "marketValueEquity",
          "margin",
          "available",
          "riskDegree",
        ] as const),
      ),
    ).toEqual([
      ...["820000", "50000", "360", "900", "6250"],
      ...["2070", "20.52", "2", "875417.48", "4200"],
      ...["49420", "830197.48", "471396", "404021.48", "0.5385"],
    ]);
    expect(digits(statement.totals.margin)).toBe("471396");
    expect(statement.totals.trust).toBe("checked");
    expect(statement.lots).toHaveLength(11);
    expect(
      statement.trades.map(({ contract, side, effect }) => `${contract} ${side} ${effect}`),
    ).toEqual([
      "m2701-P-2950 buy 平",
      "cu2701C90000 sell 开",
      "SR701C6200 buy 平",
      "m2701 sell 平",
    ]);
    expect(
      statement.quotes.find(({ contract }) => contract === "m2701")?.settlement?.toNumber(),
    ).toBe(2985);
  });

  test.each(["cfmmc-daily-xls", "cfmmc-daily-xlsx"])(
    "%s holds the same book in the exchange's own case",
    async (name) => {
      const statement = await readNamed(name);
      expect(statement.positions.map(line)).toEqual([FUTURE, ...OPTIONS]);
      expect(figures(statement, "equity", "margin", "available", "riskDegree")).toEqual([
        "875417.48",
        "471396",
        "404021.48",
        "0.5385",
      ]);
      expect([statement.account?.id, statement.totals.trust]).toEqual(["099990000001", "checked"]);
      expect(statement.trades.map(({ id }) => id)).toContain("000000000030016002");
    },
  );

  test("a monthly workbook that lacks the future's margin and does not add up says both", async () => {
    const statement = await readNamed("cfmmc-monthly-xls");
    expect(statement.positions.map(line)).toEqual(OPTIONS);
    expect([statement.period, statement.day, statement.totals.trust]).toEqual([
      "month",
      "2026-11-20",
      "incomplete",
    ]);
    expect(statement.problems.map(({ text }) => text.zh)).toEqual([
      "期末结存应为 854159.48，账单是 874037.48，差 19878。",
      "保证金占用：逐行相加 453486，账单合计 471396，差 17910。",
    ]);
  });

  test("holddata holds the options, and cusfund the money", async () => {
    const holdings = await readNamed("holddata");
    expect(holdings.positions.map(line)).toEqual(OPTIONS);
    const fund = await readNamed("cusfund");
    expect(figures(fund, "equity", "available", "riskDegree", "netPremium")).toEqual([
      "875417.48",
      "404021.48",
      "0.5385",
      "4180",
    ]);
  });

  test("the Wenhua workbook holds the options without settlement prices", async () => {
    const { positions } = await readNamed("wenhua");
    const unpriced = OPTIONS.map((row) => row.replace(/ \S+( \S+)$/, " -$1"));
    expect(positions.map(line)).toEqual(unpriced);
  });
});

describe("other accounts", () => {
  test.each([
    ["ctp-wide", "day", undefined],
    ["ctp-monthly", "month", "2026-11-02"],
  ])("%s is of a %s", async (name, period, from) => {
    const statement = await readNamed(name);
    expect([statement.period, statement.from, statement.day]).toEqual([period, from, "2026-11-20"]);
    expect(statement.positions.map(line)).toEqual(["m2701-P-2900 short 10 10 38.5 20495"]);
    expect(
      statement.exercises.map(({ contract, side, outcome, quantity }) =>
        [contract, side, outcome, digits(quantity)].join(" "),
      ),
    ).toEqual(["i2612-P-700 sell 期权履约 1", "i2612-C-850 buy 期权放弃 2"]);
    expect(figures(statement, "equity", "margin", "exerciseFee")).toEqual(["99988", "20495", "2"]);
    expect([statement.account?.id, statement.totals.trust]).toEqual(["90000002", "checked"]);
  });

  test("an adjusted ETF contract's unit is found from its market value, its strike is left open", async () => {
    const statement = await readNamed("etf-option");
    expect(statement.positions.map(line)).toEqual(ETF);
    const adjusted = statement.positions[2];
    expect([adjusted?.number, adjusted?.strike]).toEqual(["10010777", undefined]);
    expect(figures(statement, "equity", "margin", "marketValueShort", "marketValueEquity")).toEqual(
      ["600000", "107800.05", "25511.21", "574488.79"],
    );
    expect(statement.totals.trust).toBe("checked");
  });

  test.each(["securities-csv", "securities-html", "securities-tsv"])(
    "%s: the same three rows from another kind of file",
    async (name) => {
      const statement = await readNamed(name);
      expect(
        statement.positions.map(({ number, contract, side, quantity, strike, margin }) =>
          [number, contract, side, ...[quantity, strike, margin].map((n) => n && digits(n))].join(
            " ",
          ),
        ),
      ).toEqual([
        "10011001 510050C2612M03100 short 10 3.1 42485.6",
        "10010777 510300C2612A04000 short 2 3.948 31404.4",
        "10011002 510050C2612M03200 covered 4 3.2 0",
      ]);
      expect(statement.positions[2]?.lockedShares?.toNumber()).toBe(40000);
      expect(statement.positions[0]?.account).toBe("A000000001");
      expect([statement.encoding, statement.totals.trust]).toEqual(["gb18030", "unchecked"]);
    },
  );

  test("the securities account query holds margin, equity and a risk rate that agree", async () => {
    const statement = await readNamed("securities-account");
    expect(
      figures(statement, "equity", "margin", "available", "riskDegree", "marketValueShort"),
    ).toEqual(["600000", "73890", "526110", "0.1231", "21832.21"]);
    expect(statement.problems).toEqual([]);
  });

  test("trade lists keep sixteen-digit numbers as text and skip the locking of shares with a notice", async () => {
    const history = await readNamed("securities-trades-history");
    expect(history.trades.map(({ id, number, side, day }) => [id, number, side, day])).toEqual([
      ["0000000012345678", "10011001", "sell", "2026-11-19"],
    ]);
    expect(history.problems.map(({ code, notice }) => [code, notice])).toEqual([
      ["eventRow", true],
    ]);
    const today = await readNamed("securities-trades-today");
    expect(today.trades.map(({ id, number, side }) => [id, number, side])).toEqual([
      ["0000000022345678", "10011018", "sell"],
    ]);
  });

  test("options of other markets are read with underlying, strike and expiry, and no margin is invented", async () => {
    for (const name of ["ibkr", "futu"]) {
      const { positions } = await readNamed(name);
      const options = positions.flatMap(({ subject, side, quantity, marketValue, margin }) =>
        subject?.kind === "otherOption"
          ? [
              [subject.underlying, subject.expiry, digits(subject.strike), subject.right, side]
                .concat([quantity, marketValue].map((n) => (n ? digits(n) : "-")))
                .concat(margin ? "margin" : [])
                .join(" "),
            ]
          : [],
      );
      expect(options.sort()).toEqual([
        "SPY 2026-12-18 600 put short 2 870",
        "TCH 2026-12-30 480 put short 3 2715",
      ]);
    }
  });
});

test.each([
  ["90000001", "90****01"],
  ["099990000001", "09****01"],
  ["U12", "**2"],
  ["7", "*"],
  ["", ""],
])("account %s is shown as %s", (id, shown) => {
  expect(masked(id)).toBe(shown);
});

test.each([
  ["cfmmc_daily_099990000001_2026-11-20.xls", "cfmmc_daily_09****01_2026-11-20.xls"],
  ["90001234560001_x.txt", "90****01_x.txt"],
  ["90000001.20261120.txt", "90****01.20261120.txt"],
  ["U1234567_20261120153000.csv", "U1****67_20261120153000.csv"],
  ["holddata_20261120.txt", "holddata_20261120.txt"],
  ["99999999", "99****99"],
  ["保证金 123456789.00 与 0.123456789", "保证金 123456789.00 与 0.123456789"],
])("%s is shown as %s", (text, shown) => {
  expect(withoutAccounts(text)).toBe(shown);
});

test("a minus that speaks against the side is a problem, one that repeats it is not", async () => {
  const rows = (first: string, second: string) =>
    readCells(
      [
        ["合约", "方向", "手数", "结算价"],
        ["IO2612-C-4800", "卖", first, "45.2"],
        ["IO2612-P-4300", "卖", second, "18.6"],
      ],
      "table",
      { day: "2026-11-20" },
    );
  const codes = async (first: string, second: string) =>
    (await rows(first, second)).problems.map(({ code }) => code);
  expect(await codes("3", "-5")).toEqual(["signAgainstSide"]);
  expect(await codes("-3", "-5")).toEqual([]);
  expect((await rows("3", "-5")).rows).toEqual({ found: 2, read: 1 });
});
