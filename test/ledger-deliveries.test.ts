/** The evening an option ends and the day after: netting, what a delivery lacks, and an adjustment's shares. */
import { describe, expect, test } from "@jest/globals";
import { digits, ledgerNote } from "../src/core";
import { balanced, figuresOf, rowUnder, saidOf, worked, type Cells } from "./host/followed";

const HEADER = [
  ...["date", "event", "contract", "side", "lots", "price", "settlement", "previous settlement"],
  ...["underlying", "rate", "strike", "unit", "combination", "amount", "account"],
];
const row = rowUnder(HEADER);
const figures = (rows: Cells, opening = 0) => worked([HEADER, ...rows], opening).map(figuresOf);
const said = (rows: Cells) => saidOf(rows, HEADER);
const notes = (rows: Cells, day: number, opening = 0): string[] =>
  (figures(rows, opening)[day]?.notes ?? []).map((note) => ledgerNote(note).zh);

const E = "2026-11-25";
const CALL = "510050C2611M03000";
const PUT = "510050P2611M03000";

describe("deliveries of one day", () => {
  const shares = [
    row(E, "buy", "510050", { lots: 10000, price: 3 }),
    row(E, "lock", "510050", { lots: 10000 }),
    row(E, "open", CALL, { side: "covered", lots: 1, price: 0.05 }),
  ];
  const short = (code: string, lots: number) =>
    row(E, "open", code, { side: "short", lots, price: 0.05, underlying: 3.1 });
  const settled = row(E, "settle", CALL, { settlement: 0.06, underlying: 3.1 });

  test("of one contract each say what they themselves lack, and a covered one that it is covered", () => {
    const rows = [
      ...shares,
      short(CALL, 2),
      row(E, "assign", CALL, { side: "covered", lots: 1 }),
      row(E, "assign", CALL, { side: "short", lots: 2 }),
      settled,
    ];
    expect(notes(rows, 0, 100000)).toEqual([
      `${CALL}：2026-11-26 交收：付备兑 10000 份、收资金 30000`,
      `${CALL}：2026-11-26 交收：付现券 20000 份、收资金 60000；尚缺现券 20000 份`,
    ]);
    const twice = [
      short(CALL, 3),
      row(E, "assign", CALL, { lots: 1 }),
      row(E, "assign", CALL, { lots: 2 }),
      settled,
    ];
    expect(notes(twice, 0, 100000).map((text) => text.split("；")[1])).toEqual([
      "尚缺现券 10000 份",
      "尚缺现券 20000 份",
    ]);
  });

  test("shares one brings in are there for the other, cash is not", () => {
    const rows = [
      row(E, "open", CALL, { side: "long", lots: 1, price: 0.05 }),
      row(E, "open", "510050P2611M03100", { side: "long", lots: 1, price: 0.05 }),
      row(E, "exercise", "510050P2611M03100", { lots: 1 }),
      row(E, "exercise", CALL, { lots: 1 }),
      row(E, "settle", "510050", { settlement: 3.05 }),
    ];
    expect(notes(rows, 0, 31000)).toEqual([
      "510050P2611M03100：2026-11-26 交收：付现券 10000 份、收资金 31000",
      `${CALL}：2026-11-26 交收：收现券 10000 份、付资金 30000`,
    ]);
    expect(notes(rows, 0, 20000)[1]).toMatch(/尚缺资金 11000$/);
    expect(figures(rows, 31000)[1]?.closed).toBe(true);
  });

  test("each needs its own cash: what is at hand is counted once", () => {
    const rows = [
      short(PUT, 2),
      row(E, "assign", PUT, { lots: 1 }),
      row(E, "assign", PUT, { lots: 1 }),
      row(E, "settle", "510050", { settlement: 2.9 }),
    ];
    const lacking = figures(rows, 50000)[0]?.notes.map(
      (note) => note.lacking && digits(note.lacking.cash),
    );
    const available = figures(rows, 50000)[0]?.available;
    expect(available && lacking).toEqual([
      "0",
      available && digits(available.minus(60000).negated()),
    ]);
  });
});

describe("a call and a put exercised together", () => {
  const [low, high] = ["510050C2611M02900", "510050P2611M03100"];
  const long = (code: string, lots = 2) => row(E, "open", code, { side: "long", lots, price: 0.1 });
  const settled = [low, high].map((code) =>
    row(E, "settle", code, { settlement: 0.1, underlying: 3 }),
  );
  const together = (code: string, lots = 2, event = "合并行权") => row(E, event, code, { lots });

  test("pay the difference of the strikes a day later, without shares or cash to find", () => {
    const rows = [
      row(E, "buy", "510050", { lots: 500, price: 2.5 }),
      ...[long(low), long(high), together(high), together(low, 2, "combined exercise"), ...settled],
      row("2026-11-26", "settle", "510050", { settlement: 2.8 }),
    ];
    expect(notes(rows, 0, 10000)).toEqual([`${low} + ${high}：2026-11-26 交收：收资金 4000`]);
    const days = figures(rows, 10000);
    days.forEach(balanced);
    // The shares held stay, at what they cost; two lots of 0.1 were paid on either side.
    expect(days.map((day) => [day.exerciseCash, day.realised, day.open].map(digits))).toEqual([
      ["0", "-4000", "4250"],
      ["4000", "0", "150"],
    ]);
  });

  test("is what a call and a put exercised singly come to", () => {
    const ends = (event: string) =>
      figures(
        [
          ...[long(low), long(high), together(low, 2, event), together(high, 2, event), ...settled],
          row("2026-11-26", "fee", "", { amount: 1 }),
        ],
        10000,
      ).at(-1);
    const [one, other] = [ends("合并行权"), ends("exercise")];
    for (const figure of ["balance", "realised", "margin"] as const) {
      expect(one && digits(one[figure])).toBe(other && digits(other[figure]));
    }
    expect(one && [one.closed, digits(one.balance)]).toEqual([true, "9999"]);
  });

  test("must be a pair: one ETF, expiry, unit and number of lots, the put's strike above the call's", () => {
    const why = /^row \d, .*a combined exercise takes a call and a put on one ETF, a row each/;
    const day = (...rows: (typeof settled)[number][]) =>
      said([long(low), long(high), ...rows, ...settled])[0];
    expect(day(together(low))).toMatch(why);
    expect(day(together(low), together(high, 1))).toMatch(why);
    expect(day(together(low, 1), together(low, 1))).toMatch(why);
    expect(day(together(low, 3), together(high, 3))).toMatch(/^row 4.*above the lots held/);
    const put = "510050P2611M02900";
    const same = row(E, "settle", put, { settlement: 0.1, underlying: 3 });
    expect(day(long(put), together(low), together(put), same)).toMatch(
      /^row 6.*must be above the call's strike/,
    );
    const future = row(E, "open", "m2701-C-3100", { side: "long", lots: 1, price: 60 });
    expect(said([future, together("m2701-C-3100", 1)])[0]).toMatch(why);
  });

  test("not before their expiry", () => {
    const early = "2026-11-24";
    const rows = [
      row(early, "open", low, { side: "long", lots: 1, price: 0.1 }),
      row(early, "合并行权", low, { lots: 1 }),
    ];
    expect(said(rows)[0]).toContain("exercised on its expiry day only");
  });
});

describe("a settlement of 0 on the last day", () => {
  const sold = [
    row("2026-12-17", "open", "IO2612-C-4800", {
      lots: 1,
      side: "short",
      price: 50,
      underlying: 4830,
    }),
    row("2026-12-17", "settle", "IO2612-C-4800", { settlement: 60, underlying: 4850 }),
  ];
  const zero = row("2026-12-18", "settle", "IO2612-C-4800", { settlement: 0 });

  test("is one though the underlying's price stands below it, beside another option or alone", () => {
    const put = row("2026-12-18", "settle", "IO2612-P-4700", { settlement: 1, underlying: 4790 });
    expect(said([...sold, zero, put])).toEqual(["", ""]);
    const etf = [
      row(E, "open", CALL, { side: "short", lots: 1, price: 0.001, underlying: 2.9 }),
      row(E, "settle", CALL, { settlement: 0 }),
      row(E, "settle", "510050", { settlement: 2.9 }),
      row(E, "expire", CALL, { side: "short", lots: 1 }),
    ];
    expect(figures(etf)[0]?.balance.toNumber()).toBe(10);
  });

  test("is none without that price, nor where the option is worth something", () => {
    expect(said([...sold, zero])[1]).toMatch(/^row 4.*settlement must be above zero/);
    const put = row("2026-12-18", "settle", "IO2612-P-4700", { settlement: 1, underlying: 4801 });
    expect(said([...sold, zero, put])[1]).toMatch(/^row 4.*settlement must be above zero/);
  });

  test("terms given in one row of a day hold in those above it", () => {
    const code = "510050C2612A03000";
    const rows = [
      row("2026-11-19", "settle", code, { settlement: 0.05, underlying: 2.9 }),
      row("2026-11-19", "open", code, {
        ...{ side: "short", lots: 1, price: 0.05, underlying: 2.9, strike: 2.936, unit: 10220 },
      }),
    ];
    expect(said(rows)).toEqual([""]);
  });
});

describe("where the exchange nets long against short by itself", () => {
  const held = (short: number, long: number) => [
    row(E, "open", CALL, { side: "short", lots: short, price: 0.05, underlying: 3.1 }),
    row(E, "open", CALL, { side: "long", lots: long, price: 0.04 }),
    row(E, "settle", CALL, { settlement: 0.1, underlying: 3.1 }),
  ];
  const expire = (side: string, lots: number | "" = "") => row(E, "expire", CALL, { side, lots });
  const netted = (lots: number) => `${CALL}：日终双向持仓对冲 ${lots} 手`;
  const lapsed = (lots: number) =>
    `${CALL}：${lots} 手实值到期未行权，内在价值 ${lots * 1000}，核对是否漏记行权`;

  test.each<[string, Cells]>([
    ["each side's row", [expire("short", 1), expire("long", 1)]],
    ["rows without lots", [expire("long"), expire("short")]],
    ["rows without a side", [expire(""), expire("")]],
    ["one row alone", [expire("short")]],
  ])("nothing of what nets lapses in the money: %s", (_, rows) => {
    const all = [...held(1, 1), ...rows];
    expect(notes(all, 0)).toEqual([netted(1)]);
    const [day] = figures(all);
    expect(day && [day.closed, digits(day.balance)]).toEqual([true, "100"]);
  });

  test("what is left lapses, whether the row counts what was netted or not", () => {
    for (const lots of [3, 2, ""] as const) {
      expect(notes([...held(3, 1), expire("short", lots)], 0)).toEqual([netted(1), lapsed(2)]);
    }
    expect(said([...held(3, 1), expire("short", 4)])[0]).toContain("not be above the lots held");
  });

  test("covered calls net after uncovered ones and let their shares go", () => {
    const rows = [
      row(E, "buy", "510050", { lots: 10000, price: 3 }),
      row(E, "lock", "510050", { lots: 10000 }),
      row(E, "open", CALL, { side: "covered", lots: 1, price: 0.05 }),
      ...held(1, 2),
      expire("covered"),
      expire("long"),
      row(E, "sell", "510050", { lots: 1, price: 3 }),
    ];
    expect(said(rows)[0]).toContain("shares that are free");
    expect(notes(rows.slice(0, -1), 0)).toEqual([
      netted(1),
      netted(1),
      "510050：没有备兑仓要用的 10000 份日终解锁",
    ]);
  });
});

describe("shares merged, two into one", () => {
  const call = "510050C2612M01650";
  const [DAY, EX] = ["2026-11-19", "2026-11-20"];
  const bought = (shares: number, locked: number, lots: number) => [
    row(DAY, "buy", "510050", { lots: shares, price: 1.5 }),
    row(DAY, "lock", "510050", { lots: locked }),
    row(DAY, "open", call, { side: "covered", lots, price: 0.05 }),
    row(DAY, "settle", call, { settlement: 0.05, underlying: 1.5 }),
  ];
  const merged = row(EX, "adjust", "510050", { lots: -10000 });
  const contract = (strike: number, unit: number) => row(EX, "adjust", call, { strike, unit });
  const after = row(EX, "settle", "510050C2612A01650", { settlement: 0.1, underlying: 3 });

  test("halve, those locked with the others, and cost what they cost", () => {
    for (const adjusted of [
      [merged, contract(3.3, 5000)],
      [contract(3.3, 5000), merged],
    ]) {
      const rows = [...bought(20000, 10000, 1), ...adjusted, after];
      const [, ex] = figures(rows);
      expect(ex?.notes).toEqual([]);
      expect(ex && [ex.shareValue, ex.open, ex.realised].map(digits)).toEqual(["30000", "0", "0"]);
      const later = [
        row("2026-11-23", "sell", "510050", { lots: 5000, price: 3 }),
        row("2026-11-23", "settle", "510050", { settlement: 3 }),
        row("2026-11-23", "close", "510050C2612A01650", { side: "covered", lots: 1, price: 0.1 }),
        row("2026-11-24", "sell", "510050", { lots: 5000, price: 3 }),
      ];
      const last = figures([...rows, ...later]).at(-1);
      expect(last && [last.closed, digits(last.balance)]).toEqual([true, "0"]);
      const more = row("2026-11-23", "sell", "510050", { lots: 5001, price: 3 });
      expect(said([...rows, more])[2]).toContain("shares that are free");
    }
  });

  test("leave covered calls short where the unit is rounded up, and each exchange does as it does", () => {
    // 30000 become 20000; three lots of 6667 take 20001.
    const days = [
      ...bought(30000, 30000, 3),
      merged,
      contract(2.475, 6667),
      row(EX, "settle", "510050C2612A01650", { settlement: 0.1, underlying: 2.25 }),
    ];
    expect(notes(days, 1)).toEqual(["510050C2612A01650：备兑不足，差 1 份，须补锁或平仓"]);
    const next = row("2026-11-23", "settle", "510050C2612A01650", {
      ...{ settlement: 0.1, underlying: 2.25 },
    });
    expect(said([...days, next])[2]).toContain("lock the rest or close by the trading day after");
    const szse = days.map((cells) =>
      cells.map((cell) =>
        cell === "510050"
          ? "159919"
          : cell === call
            ? "159919C2612M001650"
            : cell === "510050C2612A01650"
              ? "159919C2612M001650A"
              : cell,
      ),
    );
    const kinds = figures(szse)[1]?.notes.map(({ kind }) => kind);
    expect(kinds).toEqual(["coveredShort", "becameShort", "unlocked"]);
  });

  test.each([
    [-20000, "leaves less than a share"],
    [-0.5, "must be a whole number: above zero for shares that come in, below zero"],
  ])("%s is refused", (lots, text) => {
    const rows = [
      ...bought(20000, 0, 1).slice(0, 1),
      row(DAY, "settle", "510050", { settlement: 3 }),
    ];
    const wrong = said([...rows, row(EX, "adjust", "510050", { lots })])[1];
    expect(wrong).toMatch(/^row 4, adjust 510050/);
    expect(wrong).toContain(text);
  });
});

describe("an adjusted contract", () => {
  const sold = [
    row("2026-11-19", "buy", "510050", { lots: 30000, price: 2.9 }),
    row("2026-11-19", "lock", "510050", { lots: 20000 }),
    ...["510050C2612M03000", "510050C2612M03100"].map((code) =>
      row("2026-11-19", "open", code, { side: "covered", lots: 1, price: 0.05 }),
    ),
    ...["510050C2612M03000", "510050C2612M03100"].map((code) =>
      row("2026-11-19", "settle", code, { settlement: 0.05, underlying: 2.9 }),
    ),
  ];
  const EX = "2026-11-20";
  const adjusted = [
    row(EX, "adjust", "510050C2612M03000", { strike: 2.935, unit: 10220 }),
    row(EX, "adjust", "510050C2612M03100", { strike: 3.033, unit: 10220 }),
  ];
  const after = ["510050C2612A03000", "510050C2612A03100"].map((code) =>
    row(EX, "settle", code, { settlement: 0.05, underlying: 2.85 }),
  );

  test("of several on one ETF the shares they lack together are said once", () => {
    expect(notes([...sold, ...adjusted, ...after], 1)).toEqual([
      "510050C2612A03000、510050C2612A03100：备兑不足，差 440 份，须补锁或平仓",
    ]);
  });

  test("has the figures of its row, the exchange's, whatever would have been computed", () => {
    // By the rule the strike of 3000 over 10220 is 2.935.
    const other = [
      row(EX, "adjust", "510050C2612M03000", { strike: 2.936, unit: 10220 }),
      row(EX, "unlock", "510050C2612A03000", { lots: 1 }),
      adjusted[1] as Cells[number],
    ];
    const day = figures([...sold, ...other, ...after])[1];
    // (0.05 + 12 % × 2.85 − (2.936 − 2.85)) × 10220
    expect(day && digits(day.margin)).toBe("3127.32");
  });

  test("goes on from its last settlement over the new unit, or from the exchange's own figure", () => {
    const change = (beside: object): string | undefined => {
      const rows = [
        ...sold,
        row(EX, "adjust", "510050C2612M03000", { strike: 2.935, unit: 10220, ...beside }),
        adjusted[1] as Cells[number],
        row(EX, "unlock", "510050C2612A03000", { lots: 1, underlying: 2.85 }),
        ...after,
      ];
      const premium = figures(rows)[1]?.change.premium;
      return premium && digits(premium);
    };
    // 0.05 × 10000 ÷ 10220 is 0.0489: what the settlement of 0.05 adds, for 10220.
    expect(change({})).toBe("11.242");
    expect(change({ "previous settlement": 0.049 })).toBe("10.22");
  });
});

test("a ledger follows one account: a row of another is refused", () => {
  const rows = [
    row("2026-11-19", "deposit", "", { amount: 100, account: "8801" }),
    row("2026-11-19", "deposit", "", { amount: 100 }),
    row("2026-11-20", "deposit", "", { amount: 100, account: "8802" }),
  ];
  expect(said(rows)).toEqual([
    "",
    'row 4, deposit: account is "8802": rows above are of another account: a ledger follows one',
  ]);
});
