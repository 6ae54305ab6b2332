import { describe, expect, test } from "@jest/globals";
import {
  amount,
  columnOf,
  COLUMNS,
  digits,
  MarginError,
  marginOfRows,
  nthWeekday,
  readContract,
  readDay,
  readInstrument,
  readNumber,
  readOperand,
  readTable,
  sentence,
} from "../src/core";
import { everyExchange, exchanges } from "../src/exchanges";

const ON = "2026-11-21";
const read = (code: string, on = ON) => readContract(code, exchanges, on);

/** What a refused code is told. */
function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof MarginError) return `${error.code}: ${sentence(error).en}`;
    throw error;
  }
  return "not refused";
}

describe("contract codes", () => {
  test.each([
    // code, exchange, product, right, strike, month, unit
    ["510050C2612M03100", "SSE", "510050", "call", "3.1", "2026-12", "10000"],
    ["510050C1503M02400", "SSE", "510050", "call", "2.4", "2015-03", "10000"],
    ["159919C2006M004000", "SZSE", "159919", "call", "4", "2020-06", "10000"],
    ["159919P2612M004800", "SZSE", "159919", "put", "4.8", "2026-12", "10000"],
    ["50ETF购12月3100", "SSE", "510050", "call", "3.1", "2026-12", "10000"],
    ["50ETF沽3月2400", "SSE", "510050", "put", "2.4", "2027-03", "10000"],
    ["创业板ETF购12月2000", "SZSE", "159915", "call", "2", "2026-12", "10000"],
    ["IO2412-C-4000", "CFFEX", "IO", "call", "4000", "2024-12", "100"],
    ["MO2612-P-6000", "CFFEX", "MO", "put", "6000", "2026-12", "100"],
    ["m2501-C-3000", "DCE", "m", "call", "3000", "2025-01", "10"],
    ["m2701-P-2900", "DCE", "m", "put", "2900", "2027-01", "10"],
    ["EG2610-C-5200", "DCE", "eg", "call", "5200", "2026-10", "10"],
    ["i2701-MS-C-800", "DCE", "i", "call", "800", "2027-01", "100"],
    ["si2501-C-12000", "GFEX", "si", "call", "12000", "2025-01", "5"],
    ["SR501C6000", "ZCE", "SR", "call", "6000", "2025-01", "10"],
    ["SR701C6000", "ZCE", "SR", "call", "6000", "2027-01", "10"],
    ["AP610C8200", "ZCE", "AP", "call", "8200", "2026-10", "10"],
    ["cu2501C70000", "SHFE", "cu", "call", "70000", "2025-01", "5"],
    ["AU2610P880", "SHFE", "au", "put", "880", "2026-10", "1000"],
    ["sc2501C500", "INE", "sc", "call", "500", "2025-01", "1000"],
    ["SHFE.cu2501C70000", "SHFE", "cu", "call", "70000", "2025-01", "5"],
    ["m2701-C-3100.DCE", "DCE", "m", "call", "3100", "2027-01", "10"],
    ["510050C2612M03100.XSHG", "SSE", "510050", "call", "3.1", "2026-12", "10000"],
    ["ｍ２７０１－Ｃ－３１００", "DCE", "m", "call", "3100", "2027-01", "10"],
  ])("%s is read", (code, exchange, product, right, strike, month, unit) => {
    const contract = read(code);
    expect([contract.rules.exchange, contract.product, contract.right, contract.month]).toEqual([
      exchange,
      product,
      right,
      month,
    ]);
    expect(contract.strike && digits(contract.strike)).toBe(strike);
    expect(contract.unit && digits(contract.unit)).toBe(unit);
    expect(contract.adjusted).toBe(false);
  });

  test.each([
    // code, day, product, right, strike, month, expiry
    ["HSI24000L7", ON, "HSI", "call", "24000", "2027-12", "2027-12-30"],
    ["HSI24000X7", ON, "HSI", "put", "24000", "2027-12", "2027-12-30"],
    ["HSI26000K6", ON, "HSI", "call", "26000", "2026-11", "2026-11-27"],
    ["HHI9000L6", ON, "HHI", "call", "9000", "2026-12", "2026-12-30"],
    ["HTI5500A7", ON, "HTI", "call", "5500", "2027-01", "2027-01-28"],
    ["MHI24000O7", ON, "MHI", "put", "24000", "2027-03", "2027-03-30"],
    ["HKEX.MCH9000J5", ON, "MCH", "call", "9000", "2025-10", "2025-10-30"],
    ["HHI10400A9W25", "2019-01-15", "HHI", "call", "10400", "2019-01", "2019-01-25"],
    ["HSI28800C9", "2019-03-04", "HSI", "call", "28800", "2019-03", undefined],
    ["HSI27200L3", "2019-03-04", "HSI", "call", "27200", "2023-12", undefined],
  ])("Hong Kong's %s on %s is read", (code, on, product, right, strike, month, expiry) => {
    const contract = readContract(code, everyExchange, on);
    expect([contract.rules.exchange, contract.product, contract.right, contract.month]).toEqual([
      "HKEX",
      product,
      right,
      month,
    ]);
    expect(contract.strike && digits(contract.strike)).toBe(strike);
    // 2019's holidays are not known; a weekly option's day is in its code.
    expect(contract.expiry?.day).toBe(expiry);
  });

  test.each(["HSI24000Y7", "HSI24000L", "HSI0000L7", "HHI10400A9W32", "XYZ24000L7"])(
    "%s is no code of Hong Kong's",
    (code) => {
      expect(refusal(() => readContract(code, everyExchange, ON))).toContain("unknownName");
    },
  );

  test("where one contract is margined, Hong Kong's are sent to the function of the whole book", () => {
    for (const code of ["HSI24000L7", "HKEX.HSI24000L7", "HSIZ6", "HSI2612", "HHI10400A9W25"]) {
      expect(refusal(() => read(code))).toContain("HKEX.MARGIN");
    }
    expect(read("cu2501C70000").rules.exchange).toBe("SHFE");
    expect(refusal(() => read("XYZ2612"))).not.toContain("HKEX");
  });

  test("series options are marked", () => {
    expect(read("SR605MSP5700").series).toBe(true);
    expect(read("SR605P5700").series).toBe(false);
  });

  test.each(["510050C2103A02950", "159919C2612M004000A", "159919C2104M04000A"])(
    "%s is adjusted: neither its strike nor its unit is known from the code",
    (code) => {
      const contract = read(code);
      expect([contract.adjusted, contract.strike, contract.unit]).toEqual([
        true,
        undefined,
        undefined,
      ]);
    },
  );

  test("an adjusted short name shows the new strike but not the unit", () => {
    const contract = read("50ETF购3月2908A", "2021-01-04");
    expect([contract.adjusted, contract.strike?.toNumber(), contract.unit, contract.month]).toEqual(
      [true, 2.908, undefined, "2021-03"],
    );
  });

  test("a one-digit year is the one within two years ahead, read on the statement's own day", () => {
    expect(read("SR501C6000", "2024-09-01").month).toBe("2025-01");
    expect(read("SR501C6000", "2026-11-21").month).toBe("2025-01");
    expect(read("SR811C6000", "2026-11-21").month).toBe("2028-11");
    expect(read("SR812C6000", "2026-11-21").month).toBe("2018-12");
    expect(read("SR905C6000", "2018-06-01").month).toBe("2019-05");
  });

  test("expiry follows the exchange's rule", () => {
    expect(read("510050C1503M02400").expiry?.day).toBe("2015-03-25");
    expect(read("510050C2612M03100").expiry?.day).toBe("2026-12-23");
    expect(read("IO2612-C-4800").expiry?.day).toBe("2026-12-18");
    expect(read("m2701-C-3100").expiry?.day).toBe("2026-12-16");
    expect(read("DCE.bz2703-C-6000").expiry).toBeUndefined();
  });

  test.each([
    ["300ETF购12月4000", "SSE 510300, SZSE 159919 both have it"],
    ["10000001", "instrument number"],
    ["90000001", "instrument number"],
    ["xx2701-C-100", "use a trading code"],
    ["m2713-C-3100", "use a trading code"],
    ["m2701-C-0", "use a trading code"],
    ["510050C2612M00000", "use a trading code"],
    ["", "blank"],
    ["=A1", "use a trading code"],
  ])("%s is refused with a sentence", (code, words) => {
    const said = refusal(() => read(code));
    expect(said).toContain("unknownName");
    expect(said).toContain(words);
  });

  test("a product outside the table is read only behind its exchange, and has no unit", () => {
    const contract = read("DCE.bz2703-C-6000");
    expect([contract.product, contract.terms, contract.unit]).toEqual(["bz", undefined, undefined]);
  });

  test("every exchange's own example codes are read as its own", () => {
    for (const rules of everyExchange) {
      for (const { example, pattern } of rules.codes) {
        expect(example).toMatch(pattern);
        if (pattern.exec(example)?.groups?.["number"]) continue;
        expect(readContract(example, everyExchange, ON).rules.exchange).toBe(rules.exchange);
      }
    }
  });

  test("futures and ETF shares are told from options", () => {
    const kind = (code: unknown) => {
      const named = readInstrument(code, exchanges, ON);
      return named.kind === "option" ? named.kind : `${named.kind} ${named.product?.code ?? "?"}`;
    };
    expect(kind("m2701")).toBe("future m");
    expect(kind("SR701")).toBe("future SR");
    expect(kind("SHFE.cu2701")).toBe("future cu");
    expect(kind("510050")).toBe("shares 510050");
    expect(kind(510050)).toBe("shares 510050");
    expect(kind("m2701-C-3100")).toBe("option");
    expect(kind("IF2612")).toBe("future ?");
  });
});

describe("numbers as typed", () => {
  test.each([
    [0.1 + 0.2, "0.3"],
    [2.339, "2.339"],
    ["1,234.5", "1234.5"],
    ["１，２３４．５", "1234.5"],
    [" 7% ", "0.07"],
    ["−3", "-3"],
    ["1e-4", "0.0001"],
    [".5", "0.5"],
  ])("%p is %s", (value, expected) => {
    const number = readNumber(value);
    expect(number && digits(number)).toBe(expected);
  });

  test.each([
    NaN,
    Infinity,
    -Infinity,
    "",
    " ",
    "abc",
    "1,2",
    "0,028",
    "1,23,456",
    "0x10",
    "1 2",
    true,
    null,
    undefined,
    {},
    [],
  ])("%p is no number", (value) => {
    expect(readNumber(value)).toBeUndefined();
  });
});

describe("days", () => {
  test.each([
    ["2026-11-20", "2026-11-20"],
    ["2026/1/5", "2026-01-05"],
    ["2026年11月20日", "2026-11-20"],
    ["20261120", "2026-11-20"],
    ["2024-02-29", "2024-02-29"],
    ["2026-02-29", undefined],
    ["2026-13-01", undefined],
    ["20/11/2026", undefined],
    ["yesterday", undefined],
  ])("%s reads as %s", (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  test("the n-th weekday of a month", () => {
    expect(nthWeekday("2026-12", 3, 4)).toBe("2026-12-23");
    expect(nthWeekday("2024-05", 5, 3)).toBe("2024-05-17");
    expect(nthWeekday("2025-02", 6, 1)).toBe("2025-02-01");
  });
});

describe("operands of a native formula", () => {
  test.each([
    "A2",
    "$A$2",
    "Sheet1!B3",
    "'my sheet'!$C4",
    "'它''s'!A1",
    "价格",
    "spot_price",
    "3.5",
    "XFD1048576",
  ])("%s is taken", (text) => {
    expect(readOperand(text, "strike").text).toBe(text);
  });

  test.each([
    "A2+1",
    "A1:B2",
    "SUM(A1)",
    "=A1",
    "A1)",
    '"x"',
    "",
    "TRUE",
    "R1C1",
    "@A1",
    "-3",
    "0",
    "[1]Sheet!A1",
    "A1;B1",
    "'a'!A1&1",
    "Sheet1!A1!B1",
    "{1}",
    "A 2",
  ])("%s is refused", (text) => {
    expect(() => readOperand(text, "strike")).toThrow(MarginError);
  });
});

describe("table headers", () => {
  test("no accepted name belongs to two columns", () => {
    const all = Object.values(COLUMNS).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  test.each([
    ["合约", "contract"],
    ["合约代码 Contract", "contract"],
    ["行权价 (元)", "strike"],
    ["结算价 settlement", "settlement"],
    ["标的价", "underlying"],
    ["Multiplier", "unit"],
    ["买/卖", "side"],
    ["保证金率", "rate"],
    ["合约 settlement", undefined],
    ["备注", "note"],
    ["前结算价 settlement", undefined],
    ["前结算价", "previousSettlement"],
    ["随便", undefined],
    ["权利金", undefined],
  ])("%s names %s", (header, column) => {
    expect(columnOf(header)?.column).toBe(column);
  });

  test("a price column wins over one that names the underlying", () => {
    const rows = readTable([
      ["合约", "标的", "标的价"],
      ["m2701-C-3100", "m2701", 2985],
    ]);
    expect(rows[0]?.underlying).toBe(2985);
  });

  test("a trading code is taken before an instrument number, whichever column holds it", () => {
    const rows = readTable([
      ["合约代码", "交易代码"],
      ["10011001", "510050C2612M03100"],
      ["510050P2612M02900", "10011018"],
      ["10011002", ""],
    ]);
    expect(rows.map((row) => row?.contract)).toEqual([
      "510050C2612M03100",
      "510050P2612M02900",
      "10011002",
    ]);
  });

  test("the same name twice is refused, and so is a header without contracts", () => {
    expect(refusal(() => readTable([["合约", "手数", "手数"]]))).toContain("two columns");
    expect(refusal(() => readTable([["a", "b"]]))).toContain(
      "the first row must hold column names",
    );
    expect(refusal(() => readTable([]))).toContain("the first row must hold column names");
  });

  test("names not known must not hide the quantity or the side", () => {
    expect(refusal(() => readTable([["合约", "Menge", "买卖"]]))).toContain('"Menge"');
    expect(refusal(() => readTable([["合约", "手数", "Seite"]]))).toContain(
      "short cannot be assumed",
    );
    expect(readTable([["合约", "手数", "买卖", "anything"]])).toEqual([]);
  });

  test("a blank row stays blank", () => {
    const table = [
      ["合约", "手数"],
      ["", 0],
      [null, null],
    ];
    expect(readTable(table)).toEqual([undefined, undefined]);
  });
});

describe("rows of a positions table", () => {
  const marginOf = marginOfRows(exchanges, { markup: amount("0"), on: "2026-11-20" });
  const header = [
    "合约",
    "交易所",
    "认购认沽",
    "买卖",
    "手数",
    "结算价",
    "标的价",
    "保证金率",
    "行权价",
    "合约单位",
    "锁定份数",
  ];
  const row = (...cells: unknown[]) => {
    const [read] = readTable([header, cells]);
    if (!read) throw new Error("blank");
    return marginOf(read);
  };
  const plain = (...cells: unknown[]): string => digits(row(...cells).margin);

  test.each([
    ["m2701-P-2900", "", "", "卖", 10, 38.5, 2985, 0.07, "", "", "", "20495"],
    ["m2701-P-2900", "大商所", "看跌", "卖", 10, 38.5, 2985, 0.07, 2900, 10, "", "20495"],
    ["300ETF购12月4000", "SSE", "", "卖", 1, 0.5, 4.721, "", "", "", "", "10665.2"],
    ["", "SSE", "C", "卖", 1, 0.0282, 2.339, "", 2.4, 10000, "", "2478.8"],
    ["", "CFFEX.MO", "C", "卖", 1, 100, 6000, "", 6000, 100, "", "82000"],
    ["510300C2612A04000", "", "", "卖", 1, 0.8, 4.721, "", 3.948, 10132, "", "13845.58064"],
    ["m2701", "", "", "买", 6, 2985, "", 0.1, "", "", "", "17910"],
    ["IF2612", "", "", "卖", 1, 4640, "", 0.12, "", 300, "", "167040"],
    ["IF2612", "CFFEX", "", "卖", 1, 4640, "", 0.12, "", 300, "", "167040"],
    ["510050", "", "", "买", 20000, "", "", "", "", "", "", "0"],
    ["si2701-C-9500", "", "", "买", 5, 168, "", "", "", "", "", "0"],
    ["510050C2612M03200", "", "", "备兑", 4, "", "", "", "", "", "40000", "0"],
  ] as const)("%s %s %s %s %s …", (...cells) => {
    expect(plain(...cells.slice(0, -1))).toBe(cells.at(-1));
  });

  test.each([
    [["m2701-P-2900", "", "", "卖", 10, 0, 2985, 0.07], "settlement must be above zero; it is 0"],
    [
      ["m2701-P-2900", "", "", "卖", 10, "", 2985, 0.07],
      "settlement must be above zero; it is blank",
    ],
    [
      ["m2701-P-2900", "", "", "卖", 10, "#N/A", 2985, 0.07],
      'settlement must be a number; it is "#N/A"',
    ],
    [["m2701-P-2900", "", "", "卖", 10, 38.5, 2985, 0], "rate is missing"],
    [["m2701-P-2900", "", "", "卖", 10, 38.5, 2985, 7], "rate must be a fraction"],
    [["m2701-P-2900", "", "", "卖", 1.5, 38.5, 2985, 0.07], "quantity must be a whole number"],
    [["m2701-P-2900", "", "", "卖", 0, 38.5, 2985, 0.07], "quantity must be a whole number"],
    [["m2701-P-2900", "", "", "", 1, 38.5, 2985, 0.07], "side is blank"],
    [
      ["m2701-P-2900", "", "", "constructor", 1, 38.5, 2985, 0.07],
      'side "constructor" is not known',
    ],
    [["m2701-P-2900", "上期所", "", "卖", 1, 38.5, 2985, 0.07], "contradicts the contract code"],
    [["m2701", "上期所", "", "卖", 1, 2985, "", 0.07], "contradicts the contract code"],
    [
      ["m2701-P-2900", "XYZ", "", "卖", 1, 38.5, 2985, 0.07],
      'exchange "XYZ" is not known: use SSE, SZSE',
    ],
    [["m2701-P-2900", "", "C", "卖", 1, 38.5, 2985, 0.07], "right is"],
    [
      ["m2701-P-2900", "", "", "卖", 1, 38.5, 2985, 0.07, 2950],
      "contradicts the contract code (2900)",
    ],
    [
      ["m2701-P-2900", "", "", "卖", 1, 38.5, 2985, 0.07, "", 5],
      "contradicts the contract code (10)",
    ],
    [["510300C2612A04000", "", "", "卖", 1, 0.8, 4.721], "strike must be above zero; it is blank"],
    [
      ["DCE.bz2703-C-6000", "", "", "卖", 1, 80, 5900, 0.08],
      "unit must be a whole number above zero; it is blank",
    ],
    [["IF2612", "", "", "卖", 1, 4640, "", 0.12], "unit is missing"],
    [["m2701", "", "", "备兑", 1, 2985, "", 0.12], "covered is for ETF calls"],
    [["m2701-C-2900", "", "", "备兑", 1, 38.5, 2985, 0.07], "covered is for ETF calls"],
    [["510050P2612M03200", "", "", "备兑", 4], "covered is for ETF calls"],
    [
      ["510050C2612M03200", "", "", "备兑", 4, "", "", "", "", "", "30000"],
      "must cover all lots (≥ 40000); it is",
    ],
    [
      ["510050C2612M03200", "", "", "备兑", 4, "", "", "", "", "", "abc"],
      "lockedShares must be a number",
    ],
    [["510050", "", "", "卖", 20000], "cannot be held short"],
    [["m2701-P-2900", "", "", "卖", "1e300", 38.5, 2985, 0.07], "too large"],
    [["", "SSE", "X", "卖", 1, 0.0282, 2.339, "", 2.4, 10000], 'right "X" is not known'],
    [["", "SSE", "C", "卖", 1, 0.0282, 2.339, "", 0, 10000], "strike must be above zero; it is 0"],
    [
      ["", "SSE", "C", "卖", 1, 0.0282, 2.339, "", 2.4, ""],
      "unit must be a whole number above zero; it is blank",
    ],
  ] as const)("%j is refused: %s", (cells, words) => {
    expect(refusal(() => row(...cells))).toContain(words);
  });

  test("a product without a rule on that day, or at all, says so", () => {
    const before = marginOfRows(exchanges, { markup: amount("0"), on: "2022-01-20" });
    const said = (code: string) =>
      refusal(() => {
        const [read] = readTable([header, [code, "", "", "卖", 1, 100, 6000, "", "", 100]]);
        return read && before(read);
      });
    expect(said("MO2206-C-6000")).toContain("no rule for 2022-01-20 (first: CFFEX MO 2022-07-22)");
    expect(said("CFFEX.XX2206-C-6000")).toContain("there is no rule for CFFEX XX");
  });
});
