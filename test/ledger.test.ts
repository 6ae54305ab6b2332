/** The life of a short option and of the account that carries it: published days, refusals, laws. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  amount,
  digits,
  ledgerNote,
  sentence,
  type Amount,
  type LedgerFigures,
  type MarginError,
} from "../src/core";
import { marginLedger } from "../src/functions/ledger";
import { caseTable } from "./host/case-table";
import { balanced, figuresOf, HEADER, saidOf, worked } from "./host/followed";

const events = caseTable<string>("ledger-events.csv");
/** A life's events as a sheet holds them. */
function lifeNamed(name: string): string[][] {
  const [, ...columns] = Object.keys(events[0] ?? {});
  const rows = events.filter(({ life }) => life === name);
  if (rows.length === 0) throw new Error(`there is no life ${name}`);
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
}

type Column = "id" | "life" | "opening" | "markup" | "day" | "column" | "expected";
const cases = caseTable<Column>("ledger.csv");

describe("the published and hand-worked days", () => {
  test.each(cases.map((row) => [row.id, row] as const))("%s", (_, row) => {
    const [header = [], ...days] = marginLedger(lifeNamed(row.life), row.opening, row.markup);
    const at = header.findIndex((name) => String(name).endsWith(` ${row.column}`));
    expect(at).toBeGreaterThan(0);
    expect(days[Number(row.day) - 1]?.[at]).toBe(Number(row.expected));
  });

  test("each of them is in the core exact to the last digit, its books balanced every day", () => {
    for (const name of new Set(events.map(({ life = "" }) => life))) {
      for (const day of worked(lifeNamed(name), 12345.67)) balanced(figuresOf(day));
    }
  });

  test("1610 is 800 − 90 + 900", () => {
    const { change } = figuresOf(worked(lifeNamed("settlement article"))[1]);
    const { premium, underlying, outOfTheMoney, other } = change;
    expect([premium, underlying, outOfTheMoney, other].map(digits)).toEqual([
      "800",
      "-90",
      "900",
      "0",
    ]);
  });
});

const SOLD = ["2026-11-19", "open", "m2701-C-3100", "short", 2, 60, "", 3050, 0.07];
const SETTLED = ["2026-11-19", "settle", "m2701-C-3100", "", "", "", 62, 3060, ""];
const IO = ["2026-11-18", "open", "IO2611-C-4800", "long", 1, 60, "", 4830, ""];

describe("what a ledger refuses", () => {
  test.each<[string, (readonly unknown[])[], string[]]>([
    [
      "days out of order",
      [SOLD, SETTLED, ["2026-11-18", "close", "m2701-C-3100", "short", 1, 50, "", "", ""]],
      ["", "date must not come before the days above it: list events by date (2026-11-19)"],
    ],
    [
      "closing more than is open",
      [SOLD, ["2026-11-19", "close", "m2701-C-3100", "short", 3, 50, "", "", ""]],
      ["quantity must not be above the lots held (m2701-C-3100 short 2); it is 3"],
    ],
    [
      "exercising a European option early",
      [
        IO,
        ["2026-11-18", "settle", "IO2611-C-4800", "", "", "", 70, 4850, ""],
        ["2026-11-19", "exercise", "IO2611-C-4800", "", 1, "", "", 4850, ""],
      ],
      ["", "a European option is exercised on its expiry day only"],
    ],
    [
      "assigning more than is short",
      [SOLD, ["2026-11-19", "assign", "m2701-C-3100", "", 3, "", "", 3060, ""]],
      ["quantity must not be above the lots held (m2701-C-3100 short 2); it is 3"],
    ],
    ["a day without the settlement of what is held", [SOLD], ["settlement is missing"]],
    [
      "a negative price",
      [["2026-11-19", "open", "m2701-C-3100", "short", 2, -60, "", 3050, 0.07]],
      ["price must be above zero; it is -60"],
    ],
    [
      "a blank price",
      [["2026-11-19", "open", "m2701-C-3100", "short", 2, "", "", 3050, 0.07]],
      ["price must be above zero"],
    ],
    [
      "a margin without its rate",
      [["2026-11-19", "open", "m2701-C-3100", "short", 2, 60, "", 3050, ""]],
      ["rate is missing"],
    ],
    [
      "a day that is none",
      [["tomorrow", "open", "m2701-C-3100", "short", 2, 60, "", 3050, 0.07]],
      ["date must be a date"],
    ],
    [
      "an event it does not know",
      [["2026-11-19", "gift", "m2701-C-3100", "short", 2, 60, "", 3050, 0.07]],
      ["event"],
    ],
    [
      "a covered call without locked shares",
      [["2026-11-19", "open", "510050C2612M03000", "covered", 1, 0.05, "", 2.9, ""]],
      ["lockedShares"],
    ],
    [
      "selling locked shares",
      [
        ["2026-11-19", "buy", "510050", "", 10000, 2.9, "", "", ""],
        ["2026-11-19", "lock", "510050", "", 10000, "", "", "", ""],
        ["2026-11-19", "sell", "510050", "", 100, 2.9, "", "", ""],
      ],
      ["quantity must not be above the shares that are free"],
    ],
    [
      "holding an option past its expiry",
      [
        ["2026-11-20", "open", "IO2611-C-4800", "short", 1, 60, "", 4830, ""],
        ["2026-11-20", "settle", "IO2611-C-4800", "", "", "", 60, 4830, ""],
        ["2026-11-23", "settle", "IO2611-C-4800", "", "", "", 60, 4830, ""],
      ],
      ["", "it is still held after its expiry"],
    ],
    [
      "two settlement prices of one day",
      [SOLD, SETTLED, ["2026-11-19", "settle", "m2701-C-3100", "", "", "", 63, 3060, ""]],
      ["another row of the day has another settlement price"],
    ],
    [
      "a side that the event contradicts",
      [["2026-11-19", "卖出开仓", "m2701-C-3100", "long", 2, 60, "", 3050, 0.07]],
      ["it does not fit the event"],
    ],
    [
      "a fee in two columns",
      [["2026-11-19", "fee", "", "", "", "", "", "", "", 7, 5]],
      ["a fee row takes amount or fee, not both"],
    ],
    [
      "a half of a set",
      [SOLD.slice(0, 9), ["2026-11-19", "build", "m2701-C-3100", "short", 2, "", "", "", ""]],
      ["combination is missing"],
    ],
  ])("%s", (_, rows, said) => {
    const found = saidOf(rows);
    expect(found).toHaveLength(said.length);
    said.forEach((text, index) => {
      if (text === "") expect(found[index]).toBe("");
      else expect(found[index]).toContain(text);
    });
  });

  test("the row is named, and no day after it pretends to be right", () => {
    const rows = [
      SOLD,
      ["2026-11-19", "close", "m2701-C-3100", "short", 3, 50, "", "", ""],
      ["2026-11-20", "deposit", "", "", "", "", "", "", ""],
      ["2026-11-23", "settle", "m2701-C-3100", "", "", "", 62, 3060, ""],
    ];
    const [first, ...rest] = saidOf(rows);
    expect(first).toMatch(/^row 3/);
    expect(rest).toEqual(Array(2).fill("row 3 is wrong: days after it wait until it is put right"));
    const [, day, after] = marginLedger([HEADER, ...rows]);
    for (const line of [day, after]) {
      expect(line?.[1]).toBeInstanceOf(Error);
      expect(line?.slice(2).every((cell) => cell === "")).toBe(true);
    }
  });

  test("closing what is in a set names the set and says what to do", () => {
    const header = [...HEADER.slice(0, 9), "combination"];
    const [call, other] = ["510050C2612M03000", "510050C2612M03100"];
    const rows = [
      ["2026-11-20", "open", call, "short", 1, 0.08, "", 3, "", ""],
      ["2026-11-20", "open", other, "long", 1, 0.04, "", 3, "", ""],
      ["2026-11-20", "build", call, "short", 1, "", "", "", "", "A"],
      ["2026-11-20", "build", other, "long", 1, "", "", "", "", "A"],
      ["2026-11-20", "close", call, "short", 1, 0.09, "", "", "", ""],
    ];
    const [day] = worked([header, ...rows]);
    const { zh, en } = sentence((day as { error: MarginError }).error);
    expect(zh).toContain("组合编号现为“A”，持仓在这个组合里，先写 拆分");
    expect(en).toContain('combination is "A": what is held is in this set: dissolve it first');
  });

  test("netting what is held one way only", () => {
    const net = ["2026-11-19", "net", "m2701-C-3100", "", "", "", "", "", ""];
    expect(saidOf([SOLD, net])[0]).toMatch(/^row 3, .*it is not held both ways/);
  });

  test("two margin rates settled on one day", () => {
    const rows = [
      SOLD,
      [...SETTLED.slice(0, 8), 0.08],
      ["2026-11-19", "settle", "m2701", "", "", "", 3060, "", 0.1],
    ];
    expect(saidOf(rows)[0]).toMatch(/^row 4, .*rate is 0.1: another row of the day has another/);
  });

  test("a future or an ETF with two settlement prices in one row", () => {
    for (const code of ["510050", "m2701"]) {
      const rows = [
        ["2026-11-19", "buy", code, "", 1, 3000, "", "", 0.07],
        ["2026-11-19", "settle", code, "", "", "", 3000, 3100, ""],
      ];
      expect(saidOf(rows)[0]).toMatch(/^row 3, .*another settlement price/);
    }
  });

  test("terms that contradict those an option came in with", () => {
    const header = [...HEADER.slice(0, 9), "strike", "unit"];
    const rows = [
      ["2026-11-19", "open", "510050C2612A03000", "long", 1, 0.05, "", "", "", 2.936, 10220],
      ["2026-11-19", "close", "510050C2612A03000", "long", 1, 0.05, "", "", "", 3, 10220],
    ];
    expect(saidOf(rows, header)).toEqual([
      expect.stringContaining("strike is 3, which contradicts"),
    ]);
  });
});

describe("exercise out of the money", () => {
  const exercised = (contract: string, price: number, underlying: number, rate: unknown) =>
    figuresOf(
      worked([
        HEADER,
        ["2026-11-19", "open", contract, "long", 1, price, "", underlying, rate],
        ["2026-11-19", "settle", contract, "", "", "", price, underlying, ""],
        ["2026-11-20", "exercise", contract, "", 1, "", "", underlying, ""],
        ["2026-11-20", "settle", contract, "", "", "", price, underlying, ""],
      ])[1],
    ).notes.find(({ kind }) => kind === "outOfTheMoney");

  test("is allowed, with what it loses and the cash it needs", () => {
    const note = exercised("m2701-C-3100", 20, 3050, 0.07);
    // 50 × 10 against the market; 3050 × 10 × 7 % of futures margin besides.
    expect([note?.cash, note?.needed].map((cash) => cash && digits(cash))).toEqual([
      "-500",
      "2635",
    ]);
    expect(exercised("m2701-P-3100", 70, 3050, 0.07)).toBeUndefined();
  });

  test("of an index option pays nothing and needs nothing", () => {
    const note = exercised("IO2611-C-4800", 20, 4790, "");
    expect([note?.cash, note?.needed].map((cash) => cash && digits(cash))).toEqual(["0", "0"]);
  });

  test("of a put is a loss against the market too, not a higher price", () => {
    const note = exercised("m2701-P-3100", 20, 3150, 0.07);
    expect(note && ledgerNote(note).zh).toContain("较市价亏 500，须备资金 2705");
    expect(note && ledgerNote(note).en).toContain("500 worse than the market; it takes 2705");
    const index = exercised("IO2611-C-4800", 20, 4790, "");
    expect(index && ledgerNote(index)).toEqual({
      zh: "IO2611-C-4800：虚值行权 1 手，没有收付",
      en: "IO2611-C-4800: 1 exercised out of the money, nothing is paid",
    });
  });

  test("is said in the day's notes, in both languages", () => {
    const table = marginLedger(lifeNamed("index out of the money"), 10000);
    expect(table[2]?.at(-1)).toMatch(/虚值行权 1 手.* · .*exercised out of the money/);
  });
});

test("shares from an exercise that fell due between two rows may be sold on the second", () => {
  const days = worked([
    HEADER,
    ["2026-11-24", "open", "510050P2611M03000", "short", 1, 0.05, 0.04, 2.99, ""],
    ["2026-11-24", "settle", "510050P2611M03000", "", "", "", 0.06, 2.95, ""],
    ["2026-11-25", "assign", "510050P2611M03000", "", 1, "", "", "", ""],
    ["2026-11-25", "settle", "510050", "", "", "", 2.9, "", ""],
    ["2026-11-27", "sell", "510050", "", 10000, 2.93, "", "", ""],
  ]);
  const last = figuresOf(days.at(-1));
  expect([last.closed, digits(last.balance)]).toEqual([true, "-200"]);
});

test("shares that are not there by the delivery are an error, not a guess", () => {
  const said = saidOf([
    ["2026-11-24", "open", "510050C2611M03000", "short", 1, 0.05, 0.04, 2.99, ""],
    ["2026-11-24", "settle", "510050C2611M03000", "", "", "", 0.06, 3.02, ""],
    ["2026-11-25", "assign", "510050C2611M03000", "", 1, "", "", "", ""],
    ["2026-11-25", "settle", "510050", "", "", "", 3.05, "", ""],
    ["2026-11-26", "settle", "510050", "", "", "", 3.05, "", ""],
  ]);
  expect(said[2]).toContain("must be held and free by the delivery");
});

test("a covered call that an adjustment leaves short of shares says how many", () => {
  const [, day] = worked(lifeNamed("adjusted"), 60000);
  const note = figuresOf(day).notes.find(({ kind }) => kind === "coveredShort");
  expect([note?.label, note?.shares && digits(note.shares)]).toEqual(["510050C1612A01950", "440"]);
});

test("events are read in Chinese and English, and in both at once", () => {
  const days = (open: string, close: string) =>
    worked([
      ["日期", "事件", "合约", "手数", "价格", "标的价", "保证金率"],
      [46345, open, "m2701-C-3100", 1, 60, 3050, 0.07],
      ["2026/11/19", close, "m2701-C-3100", 1, 50, "", ""],
    ]);
  for (const [open, close] of [
    ["开仓", "平仓"],
    ["卖出开仓 sell to open", "买入平仓 buy to close"],
    ["Sell to Open", "buy to close"],
    ["卖开", "买平"],
  ] as const) {
    expect(digits(figuresOf(days(open, close)[0]).realised)).toBe("100");
  }
});

test("a day is settled by its settle row's rate, what was opened on it by the rate until then", () => {
  const sold = (on: string, rate: unknown) => [...[on, ...SOLD.slice(1, 8)], rate];
  const settled = (on: string, rate: unknown) => [...[on, ...SETTLED.slice(1, 8)], rate];
  const [first, second, third] = worked([
    HEADER,
    sold("2026-11-18", 0.07),
    settled("2026-11-18", 0.1),
    settled("2026-11-19", ""),
    sold("2026-11-20", ""),
    settled("2026-11-20", 0.12),
  ]).map(figuresOf);
  // (620 + 3060 × 10 × 10 % − half of 400) × 2, once opened at (600 + 3050 × 10 × 7 % − half of 500) × 2
  expect(first && [first.margin, first.usedToOpen].map(digits)).toEqual(["6960", "3770"]);
  expect(second && digits(second.margin)).toBe("6960");
  // Opened at 10 %: 600 + 3050 − 250 a lot; settled at 12 %: 620 + 3672 − 200 a lot of four.
  expect(third && [third.usedToOpen, third.margin].map(digits)).toEqual(["5600", "16368"]);
});

test("a side that one language of an event says holds, and two that differ are refused", () => {
  const header = ["date", "event", "contract", "lots", "price"];
  const told = (open: string, close: string) => [
    ["2026-11-19", open, "m2701-C-3100", 1, 60],
    ["2026-11-19", close, "m2701-C-3100", 1, 70],
  ];
  const [day] = worked([header, ...told("开仓 buy to open", "卖出平仓 close")]);
  expect([figuresOf(day).premiumOut, figuresOf(day).realised].map(digits)).toEqual(["600", "100"]);
  expect(saidOf(told("卖出开仓 buy to open", "close"), header)[0]).toMatch(/^row 2.*is not known/);
});

test("a margin that no decimal holds whole is released whole", () => {
  // A ratio of 7 % makes the floor 7 × 7 ÷ 12 %.
  const [first, last] = worked([
    HEADER,
    ["2026-11-17", "open", "IO2612-C-4800", "short", 1, 2, "", 4506, ""],
    ["2026-11-17", "open", "510050C2612M03000", "short", 1, 0.001, "", 2.51, 0.07],
    ["2026-11-17", "settle", "IO2612-C-4800", "", "", "", 2, 4506, ""],
    ["2026-11-17", "settle", "510050C2612M03000", "", "", "", 0.001, 2.51, ""],
    ["2026-11-23", "close", "IO2612-C-4800", "short", 1, 2, "", "", ""],
    ["2026-11-23", "close", "510050C2612M03000", "short", 1, 0.01, "", "", ""],
  ]).map(figuresOf);
  expect(first && digits(first.margin)).toMatch(/\.\d{20,}$/);
  expect(last && digits(last.margin)).toBe("0");
});

describe("the last day of an option", () => {
  const io = (...last: (readonly unknown[])[]) => [
    ["2026-12-17", "open", "IO2612-C-4800", "short", 1, 50, "", 4830, ""],
    ["2026-12-17", "settle", "IO2612-C-4800", "", "", "", 60, 4850, ""],
    ...last,
  ];
  const on18 = (...cells: unknown[]) => ["2026-12-18", ...cells];
  const index = on18("settle", "IO2612-C-4800", "", "", "", 150, 4950, "");
  const expires = on18("expire", "IO2612-C-4800", "", "", "", "", "", "");

  test("an index option is never assigned, exercised or lapsed by an earlier day's index", () => {
    for (const event of ["assign", "expire"]) {
      const [, said] = saidOf(io(on18(event, "IO2612-C-4800", "", 1, "", "", "", "")));
      expect(said).toMatch(/^row 4.*settlement is missing \(IO 2026-12-18\)/);
    }
  });

  test("an index option that expires in the money is paid in cash", () => {
    const last = figuresOf(worked([HEADER, ...io(index, expires)])[1]);
    expect([last.exerciseCash, last.realised, last.balance].map(digits)).toEqual([
      "-15000",
      "-10000",
      "-10000",
    ]);
    expect(last.closed).toBe(true);
    expect(last.notes.map(({ kind }) => kind)).toContain("exercisedByItself");
  });

  test("out of the money it settles at 0, which is a settlement price on that day only", () => {
    const zero = (on: string, spot: number) => [
      on,
      "settle",
      "IO2612-C-4800",
      ...["", "", "", 0, spot, ""],
    ];
    const days = worked([HEADER, ...io(zero("2026-12-18", 4790), expires)]);
    expect(digits(figuresOf(days[1]).balance)).toBe("5000");
    // What is still held that evening is worth nothing and valued so.
    const held = figuresOf(worked([HEADER, ...io(zero("2026-12-18", 4790))])[1]);
    expect([held.shortValue, held.open].map(digits)).toEqual(["0", "5000"]);
    expect(saidOf(io(zero("2026-12-18", 4801)))[1]).toContain("settlement must be above zero");
    const [early] = saidOf([
      io()[0] as unknown[],
      ["2026-12-17", "settle", "IO2612-C-4800", "", "", "", 0, 4790, ""],
    ]);
    expect(early).toContain("settlement must be above zero");
  });

  const m = "m2701-P-3100";
  const put = (side: string, ...last: (readonly unknown[])[]) => [
    ["2026-12-15", "open", m, side, 2, 30, "", 3050, 0.07],
    ["2026-12-15", "settle", m, "", "", "", 60, 3050, ""],
    ...last,
  ];
  const on16 = (...cells: unknown[]) => ["2026-12-16", ...cells];
  const future = on16("settle", "m2701", "", "", "", 3000, "", "");

  test("a long futures option in the money becomes a future though the row says it expired", () => {
    const days = worked([
      HEADER,
      ...put("long", future, on16("expire", m, "", "", "", "", "", "")),
      ["2026-12-17", "close", "m2701", "short", 2, 3000, "", "", ""],
    ]);
    const [, expired, last] = days.map(figuresOf);
    expect(expired && [expired.futuresPnl, expired.realised].map(digits)).toEqual(["2000", "-600"]);
    expect(expired?.notes.map(({ kind }) => kind)).toContain("exercisedByItself");
    expect(last && [last.closed, digits(last.balance)]).toEqual([true, "1400"]);
  });

  test("a short one asks for its assignment, or for what its holders gave up", () => {
    const [, said] = saidOf(put("short", future, on16("expire", m, "", "", "", "", "", "")));
    expect(said).toMatch(/^row 5.*exercised by the exchange itself: use assign, and abandon/);
    const abandoned = worked([
      HEADER,
      ...put("short", future, on16("abandon", m, "", "", "", "", "", "")),
    ]);
    expect(digits(figuresOf(abandoned[1]).balance)).toBe("600");
    // 100 × 10 × 2 that its holders gave up: said, not doubted.
    const [gone] = figuresOf(abandoned[1]).notes.map(ledgerNote);
    expect(gone).toEqual({
      zh: `${m}：放弃实值 2 手，内在价值 2000`,
      en: `${m}: 2 abandoned in the money, worth 2000`,
    });
  });

  test("ends with what is still held, and says that its end is open", () => {
    const price = on16("settle", m, "", "", "", 60, 3000, "");
    const notes = (...rows: (readonly unknown[])[]) =>
      figuresOf(worked([HEADER, ...put("short", price, ...rows)])[1]).notes.map(ledgerNote);
    expect(notes()).toEqual([
      {
        zh: `${m}：今日到期，还有 2 手没写行权、指派或到期`,
        en: `${m}: expires today; whether 2 were exercised, assigned or expired is still to be said`,
      },
    ]);
    const row = on16("assign", m, "", 2, "", "", "", "");
    expect(notes(row, future)).toEqual([]);
    const uncertain = "510050C2701M03000";
    const [day] = worked([
      HEADER,
      ["2027-01-27", "open", uncertain, "short", 1, 0.05, "", 3.02, ""],
      ["2027-01-27", "settle", uncertain, "", "", "", 0.05, 3.02, ""],
    ]);
    expect(figuresOf(day).notes).toEqual([]);
  });

  test("whether it is in the money takes the day's price, not the day before's", () => {
    expect(saidOf(put("short", on16("expire", m, "", "", "", "", "", "")))[1]).toContain(
      "settlement is missing (m2701 2026-12-16)",
    );
    const row = on16("expire", m, "", "", "", "", 3150, "");
    expect(digits(figuresOf(worked([HEADER, ...put("short", row)])[1]).balance)).toBe("600");
  });

  test("an abandonment is as the exchange takes it", () => {
    // GFEX takes the whole position only.
    const gfex = "si2701-P-9000";
    const expiry = "2026-12-07";
    const part = (lots: number) =>
      saidOf([
        [expiry, "open", gfex, "long", 3, 30, "", 8900, 0.1],
        [expiry, "settle", gfex, "", "", "", 100, 8900, ""],
        [expiry, "abandon", gfex, "", lots, "", "", "", ""],
      ])[0];
    expect(part(2)).toContain("an abandonment of the whole position only");
    expect(part(3)).toBe("");
    const [etf] = saidOf([
      ["2026-11-25", "open", "510050C2611M03000", "long", 1, 0.05, "", 3.1, ""],
      ["2026-11-25", "abandon", "510050C2611M03000", "", 1, "", "", "", ""],
    ]);
    expect(etf).toContain("use expire");
  });

  test("a leg of a set is seen to have expired too", () => {
    const [call, other] = ["m2701-C-3100", "m2701-P-3100"];
    const settles = (on: string) =>
      [call, other].map((code) => [on, "settle", code, "", "", "", 60, 3100, "", ""]);
    const said = saidOf(
      [
        ["2026-12-16", "open", call, "short", 1, 60, "", 3100, 0.07, ""],
        ["2026-12-16", "open", other, "short", 1, 60, "", 3100, 0.07, ""],
        ["2026-12-16", "build", call, "short", 1, "", "", "", "", "A"],
        ["2026-12-16", "build", other, "short", 1, "", "", "", "", "A"],
        ...settles("2026-12-16"),
        ...settles("2026-12-17"),
      ],
      [...HEADER.slice(0, 9), "combination"],
    );
    expect(said).toEqual(["", expect.stringContaining("still held after its expiry")]);
  });

  test("where holidays are not known may lie later, but by no longer than any closing has lasted", () => {
    const call = "510050C2701M03000";
    const held = (on: string) =>
      saidOf([
        ["2027-01-26", "open", call, "short", 1, 0.05, "", 3.02, ""],
        ["2027-01-26", "settle", call, "", "", "", 0.05, 3.02, ""],
        [on, "settle", call, "", "", "", 0.05, 3.02, ""],
      ])[1];
    expect(held("2027-01-28")).toBe("");
    expect(held("2027-02-10")).toBe("");
    expect(held("2027-02-11")).toContain("still held after its expiry");
  });

  test("nothing is traded after it, though it be closed on the same day", () => {
    const [said] = saidOf([
      ["2026-12-17", "open", m, "short", 1, 30, "", 3050, 0.07],
      ["2026-12-17", "close", m, "short", 1, 20, "", "", ""],
    ]);
    expect(said).toMatch(/^row 2.*date is .*2026-12-17.*after the option's expiry/);
  });

  test("nothing happens on a day without trading, and no money moves: nothing could be valued then", () => {
    const open = (on: string) => saidOf([[on, "open", m, "long", 1, 30, "", "", ""]])[0];
    for (const on of ["2026-10-01", "2026-11-21"]) {
      expect(open(on)).toMatch(/^row 2.*date is .*there is no trading on that day/);
    }
    expect(saidOf([["2026-11-21", "deposit", "", "", "", "", "", "", "", 5, ""]])[0]).toMatch(
      /^row 2.*date is .*there is no trading on that day/,
    );
  });
});

describe("covered calls and their shares", () => {
  const covered = (code: string, call: string, ...rest: (readonly unknown[])[]) => [
    ["2026-11-19", "buy", code, "", 10000, 1.6, "", "", "", "", "", ""],
    ["2026-11-19", "lock", code, "", 10000, "", "", "", "", "", "", ""],
    ["2026-11-19", "open", call, "covered", 1, 0.05, "", "", "", "", "", ""],
    ["2026-11-19", "settle", call, "", "", "", 0.05, 1.65, "", "", "", ""],
    ...rest,
  ];
  const header = [...HEADER.slice(0, 9), "strike", "unit", "amount"];
  const short = (code: string, call: string, after: string, days: readonly string[]) =>
    covered(
      code,
      call,
      ["2026-11-20", "adjust", call, "", "", "", "", "", "", 1.6, 10313, ""],
      ...days.map((on) => [on, "settle", after, "", "", "", 0.03, 1.61, "", "", "", ""]),
    );

  test("at SZSE one short of shares after an adjustment is an ordinary short by that evening", () => {
    const [call, after] = ["159919C2612M001650", "159919C2612M001650A"];
    const [, day] = worked([header, ...short("159919", call, after, ["2026-11-20"])], 20000);
    // (0.03 + 12 % × 1.61) × 10313
    expect(digits(figuresOf(day).margin)).toBe("2301.8616");
    const kinds = figuresOf(day).notes.map(({ kind }) => kind);
    expect(kinds).toEqual(["coveredShort", "becameShort", "unlocked"]);
  });

  test("at SSE it is to be made up or closed by the day after", () => {
    const [call, after] = ["510050C2612M01650", "510050C2612A01650"];
    const days = ["2026-11-20", "2026-11-23"];
    const rows = short("510050", call, after, days);
    expect(saidOf(rows, header)).toEqual([
      "",
      "",
      expect.stringContaining("lock the rest or close by the trading day after the adjustment"),
    ]);
    const cured = [
      ...rows,
      ["2026-11-23", "buy", "510050", "", 313, 1.61, "", "", "", "", "", ""],
      ["2026-11-23", "lock", "510050", "", 313, "", "", "", "", "", "", ""],
    ];
    expect(saidOf(cured, header)).toEqual(["", "", ""]);
  });

  test("shares that no covered call needs any more are unlocked in the evening", () => {
    const call = "510050C2611M01650";
    const [, first, second] = worked([
      header,
      ...covered(
        "510050",
        call,
        ["2026-11-25", "expire", call, "", "", "", "", 1.6, "", "", "", ""],
        ["2026-11-25", "settle", "510050", "", "", "", 1.6, "", "", "", "", ""],
        ["2026-11-26", "sell", "510050", "", 10000, 1.6, "", "", "", "", "", ""],
      ),
    ]).map(figuresOf);
    expect(first?.notes.map(({ kind, shares }) => [kind, shares && digits(shares)])).toEqual([
      ["unlocked", "10000"],
    ]);
    expect(second && [second.closed, digits(second.balance)]).toEqual([true, "500"]);
    // Shares locked for calls still to come stay so, and one may unlock them oneself.
    const rows = covered(
      "510050",
      "510050C2612M01650",
      ["2026-11-20", "close", "510050C2612M01650", "", 1, 0.05, "", "", "", "", "", ""],
      ["2026-11-20", "unlock", "510050", "", 10000, "", "", "", "", "", "", ""],
      ["2026-11-20", "sell", "510050", "", 10000, 1.6, "", "", "", "", "", ""],
    );
    expect(figuresOf(worked([header, ...rows])[1]).notes).toEqual([]);
  });

  test("a split and a dividend are followed: shares come in, the cost is spread over all", () => {
    const [, split, sold] = worked([
      header,
      ["2026-11-19", "buy", "510050", "", 10001, 3, "", "", "", "", "", ""],
      ["2026-11-19", "settle", "510050", "", "", "", 3, "", "", "", "", ""],
      ["2026-11-20", "adjust", "510050", "", 20000, "", "", "", "", "", "", 50.5],
      ["2026-11-20", "settle", "510050", "", "", "", 1, "", "", "", "", ""],
      ["2026-11-23", "sell", "510050", "", 30001, 1, "", "", "", "", "", ""],
    ]).map(figuresOf);
    expect(split && [split.shareCash, split.open, split.realised].map(digits)).toEqual([
      "50.5",
      "-2",
      "50.5",
    ]);
    expect(sold && [sold.balance, sold.realised].map(digits)).toEqual(["48.5", "48.5"]);
    const day = ["2026-11-19", "adjust", "510050"];
    const none = ["", "", "", "", "", "", "", "", ""];
    expect(saidOf([[...day, "", 100, ...none.slice(2)]], header)[0]).toContain("nothing of it");
    expect(
      saidOf(
        [
          ["2026-11-18", "buy", "510050", "", 10, 3, ...none.slice(3)],
          ["2026-11-18", "settle", "510050", "", "", "", 3, "", "", "", "", ""],
          [...day, ...none],
        ],
        header,
      )[1],
    ).toContain("quantity is missing");
  });
});

describe("买 and 卖 on a closing are the trade, as counters print them", () => {
  const closed = (open: string, event: string, side: string) => {
    const [day] = worked([
      HEADER,
      ["2026-11-19", "open", "m2701-C-3100", open, 1, 60, "", 3050, 0.07],
      ["2026-11-19", event, "m2701-C-3100", side, 1, 50, "", "", ""],
    ]);
    if (day && "error" in day) return sentence(day.error).en;
    return digits(figuresOf(day).realised);
  };
  test.each([
    ["short", "平仓", "买", "10"],
    ["short", "close", "buy", "10"],
    ["short", "买入平仓", "买入", "10"],
    ["short", "平仓", "义务", "10"],
    ["short", "close", "short", "10"],
    ["long", "平仓", "卖", "-10"],
    ["long", "平仓", "权利", "-10"],
  ])("%s, %s %s", (open, event, side, tens) => {
    expect(closed(open, event, side)).toBe(`${tens}0`);
  });
  test("the wrong way round it is more than is held", () => {
    expect(closed("short", "平仓", "卖")).toContain("must not be above the lots held");
    expect(closed("long", "平仓", "买")).toContain("must not be above the lots held");
    expect(closed("short", "买入平仓", "卖")).toContain("it does not fit the event");
    expect(closed("short", "平仓", "s")).toContain("side");
  });
});

test("what a delivery still lacks is said while there is time", () => {
  const note = (code: string, spot: number) =>
    figuresOf(
      worked([
        HEADER,
        ["2026-11-25", "open", code, "short", 1, 0.05, 0.04, spot, ""],
        ["2026-11-25", "assign", code, "", 1, "", "", "", ""],
        ["2026-11-25", "settle", code, "", "", "", 0.06, spot, ""],
      ])[0],
    ).notes.find(({ kind }) => kind === "toDeliver");
  const call = note("510050C2611M03000", 3.05);
  expect(call?.lacking?.shares && digits(call.lacking.shares)).toBe("10000");
  expect(call && ledgerNote(call).en).toContain("10000 shares still to be found");
  const put = note("510050P2611M03000", 2.95);
  expect(put && ledgerNote(put).en).toMatch(/still to be found/);
  expect(put?.lacking?.cash.greaterThan(0)).toBe(true);
});

test("a closed account below zero is not merely closed", () => {
  const rows = [
    HEADER,
    ["2026-11-19", "open", "m2701-C-3100", "short", 1, 60, "", 3050, 0.07],
    ["2026-11-19", "close", "m2701-C-3100", "short", 1, 80, "", "", ""],
  ];
  const [header = [], day] = marginLedger(rows);
  const status = header.findIndex((name) => String(name).endsWith(" status"));
  expect(day?.[status]).toContain("immediate");
});

test("what is refused names the ledger's own columns and rows", () => {
  const [, early] = saidOf([
    IO,
    ["2026-11-18", "settle", "IO2611-C-4800", "", "", "", 70, 4850, ""],
    ["2026-11-19", "exercise", "IO2611-C-4800", "", 1, "", "", 4850, ""],
  ]);
  expect(early).toMatch(/^row 4, .*: date is /);
  const failed = saidOf([
    ["2026-11-25", "open", "510050C2611M03000", "short", 1, 0.05, 0.04, 2.99, ""],
    ["2026-11-25", "assign", "510050C2611M03000", "", 1, "", "", "", ""],
    ["2026-11-25", "settle", "510050C2611M03000", "", "", "", 0.06, 3.02, ""],
    ["2026-11-26", "settle", "510050", "", "", "", 3.05, "", ""],
  ]);
  expect(failed[1]).toMatch(/^row 3, assign 510050C2611M03000: .*held and free by the delivery/);
});

describe("laws over random lives", () => {
  const CODES = ["m2701-C-3100", "m2701-P-3000", "IO2612-C-4800", "510050C2612M03000"] as const;
  const DAYS = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"] as const;
  const step = fc.record({
    code: fc.constantFrom(...CODES),
    lots: fc.integer({ min: 1, max: 5 }),
    part: fc.integer({ min: 1, max: 100 }),
    act: fc.constantFrom("open", "open", "close", "exercise"),
    fee: fc.integer({ min: 0, max: 9 }),
  });
  const life = fc.array(
    fc.tuple(fc.array(step, { maxLength: 4 }), fc.integer({ min: 1, max: 99 })),
    {
      minLength: 1,
      maxLength: DAYS.length,
    },
  );
  type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

  const priceOf = (code: string, n: number): number =>
    code.startsWith("51") ? n / 1000 : code.startsWith("IO") ? n * 2 : n;
  const under = (code: string, n: number): number =>
    code.startsWith("51") ? 2.5 + n / 100 : code.startsWith("IO") ? 4500 + n * 6 : 2900 + n * 4;

  const FEED = [...HEADER.slice(0, 9), "fee"];
  const rateOf = (code: string): number | string => (code.startsWith("m") ? 0.07 : "");

  /** One book as its holder or its writer keeps it; at the end all is closed. */
  function told(days: Life, side: "long" | "short"): unknown[][] {
    const held = new Map<string, number>();
    const futures = new Map<string, number>();
    const rows: unknown[][] = [];
    const outcome = side === "long" ? "exercise" : "assign";
    const settles = (on: string, n: number): void => {
      for (const code of CODES)
        rows.push([
          on,
          "settle",
          code,
          "",
          "",
          "",
          priceOf(code, n),
          under(code, n),
          rateOf(code),
          "",
        ]);
    };
    days.forEach(([steps, n], index) => {
      const on = DAYS[index] as string;
      for (const { code, lots, part, act, fee } of steps) {
        const open = held.get(code) ?? 0;
        if (act === "open") {
          rows.push([
            on,
            "open",
            code,
            side,
            lots,
            priceOf(code, part),
            "",
            under(code, n),
            rateOf(code),
            fee,
          ]);
          held.set(code, open + lots);
        } else if (open > 0 && (act === "close" || code.startsWith("m2701"))) {
          const some = Math.min(open, lots);
          const event = act === "close" ? "close" : outcome;
          rows.push([
            on,
            event,
            code,
            side,
            some,
            priceOf(code, part),
            "",
            under(code, n),
            rateOf(code),
            fee,
          ]);
          held.set(code, open - some);
          const rises = code === "m2701-C-3100" ? 1 : -1;
          if (act !== "close") {
            const way = side === "long" ? rises : -rises;
            futures.set(
              way > 0 ? "long" : "short",
              (futures.get(way > 0 ? "long" : "short") ?? 0) + some,
            );
          }
        }
      }
      settles(on, n);
    });
    const end = "2026-11-23";
    for (const [code, lots] of held) {
      if (lots > 0) rows.push([end, "close", code, side, lots, priceOf(code, 7), "", "", "", ""]);
    }
    for (const [way, lots] of futures)
      rows.push([end, "close", "m2701", way, lots, 3033, "", "", "", ""]);
    return [FEED, ...(rows.length > 0 ? rows : []), [end, "fee", "", "", "", "", "", "", "", 1]];
  }
  const sum = (days: readonly LedgerFigures[], each: (day: LedgerFigures) => Amount): Amount =>
    days.reduce((all, day) => all.plus(each(day)), amount(0));

  const followed = (days: Life, side: "long" | "short") =>
    worked(told(days, side), 100000, 0.1).map(figuresOf);

  test("every day balances, no margin is negative, and all closed leaves none and the identity", () => {
    fc.assert(
      fc.property(life, fc.constantFrom("long", "short"), (days, side) => {
        const figures = followed(days, side as "long" | "short");
        figures.forEach(balanced);
        const last = figures.at(-1) as LedgerFigures;
        expect([last.closed, digits(last.margin)]).toEqual([true, "0"]);
        const fees = sum(figures, (day) => day.fees);
        expect(digits(last.balance)).toBe(digits(amount(100000).plus(last.realised).minus(fees)));
        expect(digits(last.running)).toBe(digits(last.realised.minus(fees)));
        // Margin that was frozen is released, no more and no less.
        expect(digits(sum(figures, (day) => day.frozen.minus(day.released)))).toBe("0");
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  test("what one side pays the other takes, every day", () => {
    fc.assert(
      fc.property(life, (days) => {
        const [buyer, seller] = [followed(days, "long"), followed(days, "short")];
        expect(buyer).toHaveLength(seller.length);
        buyer.forEach((day, index) => {
          const other = seller[index] as LedgerFigures;
          const cash = ({
            premiumIn,
            premiumOut,
            futuresPnl,
            exerciseCash,
            shareCash,
          }: LedgerFigures) =>
            premiumIn.minus(premiumOut).plus(futuresPnl).plus(exerciseCash).plus(shareCash);
          expect(digits(cash(day).plus(cash(other)))).toBe("0");
          expect(digits(day.realised.plus(other.realised))).toBe("0");
          expect(digits(day.open.plus(other.open))).toBe("0");
        });
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  test("delivered shares and an index's cash are conserved too", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 99 }), (lots, n) => {
        for (const [code, expiry, after] of [
          ["510050C2611M03000", "2026-11-25", "2026-11-26"],
          ["510050P2611M03000", "2026-11-25", "2026-11-26"],
          ["IO2611-P-4800", "2026-11-20", "2026-11-23"],
        ] as const) {
          const spot = under(code, n);
          const both = (["long", "short"] as const).map((side) =>
            worked([
              HEADER,
              ...(code.startsWith("51")
                ? [[expiry, "buy", "510050", "", 90000, spot, "", "", ""]]
                : []),
              [expiry, "open", code, side, lots, priceOf(code, n), "", spot, ""],
              [expiry, side === "long" ? "exercise" : "assign", code, side, lots, "", "", spot, ""],
              [expiry, "settle", code, "", "", "", priceOf(code, n), spot, ""],
              [after, "settle", code, "", "", "", priceOf(code, n), spot, ""],
            ]).map(figuresOf),
          );
          const [buyer = [], seller = []] = both;
          [...buyer, ...seller].forEach(balanced);
          const paid = (days: readonly LedgerFigures[]) => sum(days, (day) => day.exerciseCash);
          expect(digits(paid(buyer).plus(paid(seller)))).toBe("0");
          for (const day of [0, 1]) {
            const margin = [buyer, seller].map((days) => days[day]?.margin ?? amount(0));
            expect(margin.every((m) => m.greaterThanOrEqualTo(0))).toBe(true);
          }
          expect(digits(seller.at(-1)?.margin ?? amount(1))).toBe("0");
        }
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});
