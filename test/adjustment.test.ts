import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  adjustedCode,
  adjustedSettlement,
  adjustedShortName,
  adjustedStrike,
  adjustedTerms,
  amount,
  coveredShares,
  coveredShortfall,
  digits,
  MarginError,
  officialRows,
  officialTermsOf,
  readContract,
  sentence,
  unroundedUnit,
  wholeUnit,
  type Amount,
  type AdjustmentRule,
} from "../src/core";
import { exchanges } from "../src/exchanges";
import { sse } from "../src/exchanges/sse";
import { szse } from "../src/exchanges/szse";
import { caseTable } from "./host/case-table";

type Column =
  "id" | "exchange" | "unit" | "newUnit" | "unrounded" | "decimals" | "strikes" | "newStrikes";

const rules: Readonly<Record<string, AdjustmentRule>> = {
  SSE: sse.adjustment,
  SZSE: szse.adjustment,
};
const ruleOf = (exchange: string): AdjustmentRule => {
  const rule = rules[exchange];
  if (!rule) throw new Error(exchange);
  return rule;
};
const whole = (unit: string) => ({ over: amount(unit), under: amount("1") });

/** What happens to the ETF, per share; what is left out is 0. */
const action = (
  close: string,
  rest: Partial<Record<"dividend" | "bonus" | "rights" | "rightsPrice", string>>,
) => ({
  close: amount(close),
  dividend: amount(rest.dividend ?? "0"),
  bonus: amount(rest.bonus ?? "0"),
  rights: amount(rest.rights ?? "0"),
  rightsPrice: amount(rest.rightsPrice ?? "0"),
});

describe("published adjustments", () => {
  const rows = caseTable<Column>("adjustment.csv");

  test.each(rows.map((row) => [row.id, row] as const))("%s is exact", (_, row) => {
    const next = whole(row.unrounded || row.newUnit);
    expect(digits(wholeUnit(next))).toBe(row.newUnit);
    const strikes = row.strikes
      .split(" ")
      .map((strike) =>
        digits(
          adjustedStrike(
            ruleOf(row.exchange),
            amount(strike),
            amount(row.unit),
            next,
            Number(row.decimals),
          ),
        ),
      );
    expect(strikes).toEqual(row.newStrikes.split(" "));
  });

  test("SSE-ADJ-UNIT-50ETF-20161129: 10000 becomes 10220", () => {
    const next = unroundedUnit(amount("10000"), action("2.46", { dividend: "0.053" }));
    expect(digits(wholeUnit(next))).toBe("10220");
    expect(digits(adjustedStrike(sse.adjustment, amount("1.95"), amount("10000"), next))).toBe(
      "1.908",
    );
  });

  test.each([
    ["5.75", "10152.6", "5.664", "5.663"],
    ["4.6", "26383.6", "1.744", "1.743"],
  ])(
    "the exchanges differ: %s over %s is %s at SZSE and %s at SSE",
    (strike, v, shenzhen, shanghai) => {
      const by = (rule: AdjustmentRule) =>
        digits(adjustedStrike(rule, amount(strike), amount("10000"), whole(v)));
      expect([by(szse.adjustment), by(sse.adjustment)]).toEqual([shenzhen, shanghai]);
    },
  );
});

describe("an adjustment", () => {
  const terms = (strike = "3", settlement = "0.1234", unit = "10000") => ({
    strike: amount(strike),
    settlement: amount(settlement),
    unit: amount(unit),
  });
  const shown = ({
    unit,
    strike,
    previousSettlement,
  }: Record<"unit" | "strike" | "previousSettlement", Amount>) =>
    [unit, strike, previousSettlement].map(digits);

  test("for a split of two for one doubles the unit and halves strike and settlement", () => {
    const next = unroundedUnit(amount("10000"), action("3", { bonus: "1" }));
    for (const rule of Object.values(rules)) {
      expect(shown(adjustedTerms(rule, terms(), next))).toEqual(["20000", "1.5", "0.0617"]);
    }
  });

  test("for a consolidation of two into one halves the unit", () => {
    const next = unroundedUnit(amount("10000"), action("3", { bonus: "-0.5" }));
    expect(shown(adjustedTerms(szse.adjustment, terms(), next))).toEqual(["5000", "6", "0.2468"]);
  });

  test("for a rights issue counts the price paid: 3 for 10 at 2, the close at 3", () => {
    // 10000 × 1.3 × 3 ÷ (3 + 0.6) = 10833.33…
    const next = unroundedUnit(amount("10000"), action("3", { rights: "0.3", rightsPrice: "2" }));
    expect(shown(adjustedTerms(sse.adjustment, terms(), next))).toEqual([
      "10833",
      "2.769",
      "0.1139",
    ]);
    // 30000 ÷ 10833.33… is 2.7692…; the settlement takes the rounded unit at both.
    expect(shown(adjustedTerms(szse.adjustment, terms(), next))).toEqual([
      "10833",
      "2.769",
      "0.1139",
    ]);
  });

  test("of nothing changes nothing", () => {
    for (const rule of Object.values(rules)) {
      expect(
        shown(adjustedTerms(rule, terms(), unroundedUnit(amount("10000"), action("3", {})))),
      ).toEqual(["10000", "3", "0.1234"]);
    }
  });

  test("rounds a half up, to the share and to the thousandth", () => {
    expect(digits(wholeUnit(whole("10000.5")))).toBe("10001");
    expect(digits(wholeUnit(whole("10000.4999999999")))).toBe("10000");
    expect(
      digits(adjustedStrike(sse.adjustment, amount("2.0001"), amount("10000"), whole("20000"))),
    ).toBe("1");
    expect(
      digits(adjustedStrike(sse.adjustment, amount("2.001"), amount("10000"), whole("20000"))),
    ).toBe("1.001");
    expect(
      digits(
        adjustedSettlement(sse.adjustment, amount("0.0003"), amount("10000"), amount("20000")),
      ),
    ).toBe("0.0002");
  });

  test("keeps strike × unit, and so the sum at stake, within the rounding of the strike", () => {
    const figure = (min: number, max: number, decimals: number) =>
      fc.integer({ min, max }).map((n) => amount(n).dividedBy(10 ** decimals));
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(rules)),
        figure(500, 9000, 3),
        fc.integer({ min: 5000, max: 30000 }),
        figure(500, 9000, 3),
        figure(0, 400, 3),
        figure(-500, 2000, 3),
        (rule, strike, unit, close, dividend, bonus) => {
          const zero = amount("0");
          const next = unroundedUnit(amount(unit), {
            close,
            dividend,
            bonus,
            rights: zero,
            rightsPrice: zero,
          });
          const after = adjustedTerms(
            rule,
            { strike, settlement: strike, unit: amount(unit) },
            next,
          );
          const moved = after.strike.times(after.unit).minus(strike.times(unit)).abs();
          // Half a thousandth a share; at SZSE half a share at the new strike besides.
          const room = after.unit.times("0.0005").plus(after.strike.plus("0.0005").times("0.5"));
          expect(moved.lessThanOrEqualTo(room)).toBe(true);
          // A dividend alone never lowers the unit nor raises the strike.
          if (bonus.isZero()) {
            expect(after.unit.greaterThanOrEqualTo(unit)).toBe(true);
            expect(after.strike.lessThanOrEqualTo(strike)).toBe(true);
          }
        },
      ),
      { seed: 20261122, numRuns: 500 },
    );
  });

  test.each([
    [
      "a dividend of the whole close",
      "3",
      { dividend: "3" },
      /dividend must be below the close.*\(close 3\); it is 3/,
    ],
    ["a dividend above it", "3", { dividend: "4", rights: "0.1", rightsPrice: "2" }, /it is 4$/],
    ["what leaves no share", "3", { bonus: "-0.99999" }, /less than a share/],
  ])("refuses %s", (_, close, rest, words) => {
    expect(refusal(() => wholeUnit(unroundedUnit(amount("100"), action(close, rest))))).toMatch(
      words,
    );
  });

  test("gives no price of nothing", () => {
    expect(
      refusal(() =>
        adjustedSettlement(sse.adjustment, amount("0.0001"), amount("10000"), amount("26384")),
      ),
    ).toBe("settlement is 0.0001: it rounds to 0 after the adjustment; take the exchange's figure");
  });
});

describe("the exchange's own table", () => {
  const header = ["合约代码", "原合约单位", "新合约单位", "原行权价格", "新行权价格", "新前结算价"];
  const before = { strike: amount("5.75"), settlement: amount("0.1"), unit: amount("10000") };
  const next = whole("10153");
  const by = (table: readonly (readonly unknown[])[], code?: string) =>
    adjustedTerms(szse.adjustment, code ? { ...before, code } : before, next, officialRows(table));

  test("stands above the computation where it has the contract", () => {
    const { unit, strike, previousSettlement, official } = by([
      header,
      ["", "", "", "", "", ""],
      ["159919C2603M005750", "10,000", 10153, 5.75, "5.664", 0.0986],
    ]);
    expect([...[unit, strike, previousSettlement].map(digits), official]).toEqual([
      "10153",
      "5.664",
      "0.0986",
      true,
    ]);
    // Without it the rounded unit given here would have made 5.663.
    expect(digits(by([header]).strike)).toBe("5.663");
    expect(by([header]).official).toBe(false);
  });

  test("finds a contract by its code first; a settlement it does not print is computed with its unit", () => {
    const table = [
      header.slice(0, 5),
      ["159919C2603M005750", 10000, 10153, 5.75, 5.664],
      ["159919P2603M005750", 10000, 10153, 5.75, 5.665],
    ];
    const { strike, previousSettlement } = by(table, "159919p2603m005750");
    expect([digits(strike), digits(previousSettlement)]).toEqual(["5.665", "0.0985"]);
    expect(by(table, "159919C2606M005750").official).toBe(false);
    expect(refusal(() => by(table))).toContain("two rows of the official table fit it and differ");
  });

  test("that has other old terms for the contract is refused", () => {
    const table = [header.slice(0, 5), ["159919C2603M005750", 10000, 10153, 5.5, 5.417]];
    expect(refusal(() => by(table, "159919C2603M005750"))).toContain("another old unit or strike");
  });

  test("says which column is missing and which cell is wrong", () => {
    expect(refusal(() => officialRows([["原合约单位", "新合约单位", "原行权价"]]))).toBe(
      "newStrike is missing",
    );
    expect(refusal(() => officialRows([]))).toBe("unit is missing");
    expect(refusal(() => officialRows([header, ["X", 10000, "10153.5", 5.75, 5.664, ""]]))).toBe(
      'row 2, X: newUnit must be a whole number above zero; it is "10153.5"',
    );
  });
});

describe("what the exchange's table makes of an adjusted contract", () => {
  const header = ["合约代码", "原合约单位", "新合约单位", "原行权价格", "新行权价格"];
  const terms = (
    rule: AdjustmentRule,
    contract: string,
    table: readonly (readonly unknown[])[],
  ): unknown[] | undefined => {
    const found = officialTermsOf(officialRows(table), rule, contract, amount("10000"));
    return found && [found.unit, found.strike, found.computed].map((one) => one && digits(one));
  };
  const row = ["510300C2612M04000", 10000, 10132, 4, 3.948];

  test.each<[string, (readonly unknown[])[]]>([
    ["its old code", [header, row]],
    ["its new code", [header, ["510300c2612a04000", ...row.slice(1)]]],
    [
      "both codes",
      [
        [
          "原合约代码",
          "新合约代码",
          "原合约单位（份）",
          "新合约单位（份）",
          "原行权价",
          "新行权价",
        ],
        ["510300C2612M04000", "510300C2612A04000", "10,000", "10,132", "4.000", "3.948"],
      ],
    ],
    [
      "a header over two rows, under a title",
      [
        ["合约调整公告"],
        ["调整前", "", "", "调整后", "", ""],
        ["合约代码", "合约单位", "行权价格", "合约代码", "合约单位", "行权价格"],
        ["510300C2612M04000", 10000, 4, "510300C2612A04000", 10132, 3.948],
      ],
    ],
  ])("is found by %s", (_, table) => {
    expect(terms(sse.adjustment, "510300C2612A04000", table)).toEqual([
      "10132",
      "3.948",
      undefined,
    ]);
    expect(terms(sse.adjustment, "510300C2612A04100", table)).toBeUndefined();
  });

  test("is found by its new short name", () => {
    const table = [
      ["新合约简称", "原合约单位", "新合约单位", "原行权价", "新行权价"],
      ["300ETF购12月3948A", 10000, 10132, 4, 3.948],
    ];
    expect(terms(sse.adjustment, "300ETF购12月3948A", table)?.[1]).toBe("3.948");
  });

  test("adjusted once more goes by its next mark, never by a table of the time before", () => {
    const second = [header, ["510300C2612A04000", 10132, 10300, 3.948, 3.884]];
    expect(terms(sse.adjustment, "510300C2612B04000", second)?.[0]).toBe("10300");
    expect(terms(sse.adjustment, "510300C2612A04000", second)).toBeUndefined();
    const first = [header, ["510300C2612A04000", ...row.slice(1)]];
    expect(terms(sse.adjustment, "510300C2612B04000", first)).toBeUndefined();
  });

  test("has the exchange's strike, with the rule's beside it where that is another", () => {
    const other = [header, [...row.slice(0, 4), 3.95]];
    expect(terms(sse.adjustment, "510300C2612A04000", other)).toEqual(["10132", "3.95", "3.948"]);
    // Shenzhen divides by the unit before it was rounded to 10153, which no table shows.
    const szseRow = (strike: number) => [
      header,
      ["159919C2603M005750", 10000, 10153, 5.75, strike],
    ];
    for (const strike of [5.663, 5.664]) {
      expect(terms(szse.adjustment, "159919C2603M005750A", szseRow(strike))?.[2]).toBeUndefined();
    }
    expect(terms(szse.adjustment, "159919C2603M005750A", szseRow(5.67))?.[2]).toBe("5.663");
  });

  test("is not guessed where two rows differ, nor where commas have split a figure", () => {
    const by = (...rows: (readonly unknown[])[]) =>
      refusal(() => terms(sse.adjustment, "510300C2612A04000", [header, ...rows]));
    expect(by(row, [...row.slice(0, 4), 3.95])).toMatch(
      /^row 3, 510300C2612M04000: .*two rows of the official table fit it and differ/,
    );
    expect(by(["510300C2612A04000", "10", "132", "10", "260", "3.948", "3.9"])).toMatch(
      /^row 2, 510300C2612A04000: .*more cells than the header/,
    );
    expect(by(["510300C2612A04000", 10000, "", 4, 3.948])).toMatch(/^row 2, .*newUnit/);
  });
});

describe("the name of an adjusted contract", () => {
  test.each([
    ["SSE", "510050C2612M03100", "510050C2612A03100"],
    ["SSE", "510050C2612A03100", "510050C2612B03100"],
    ["SZSE", "159919C2612M004800", "159919C2612M004800A"],
    ["SZSE", "159919C2612M004800A", "159919C2612M004800B"],
    ["SZSE", "159919C2104M04000A", "159919C2104M04000B"],
  ])("%s: %s becomes %s", (exchange, code, renamed) => {
    expect(adjustedCode(ruleOf(exchange), code)).toBe(renamed);
    const contract = readContract(renamed, exchanges, "2026-11-20");
    expect([contract.adjusted, contract.strike, contract.unit]).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });

  test("shows the new strike", () => {
    expect(adjustedShortName("50ETF购12月3100", amount("3.033"))).toBe("50ETF购12月3033A");
    expect(adjustedShortName("50ETF购12月3033A", amount("2.95"))).toBe("50ETF购12月2950B");
    const contract = readContract("50ETF购12月3033A", exchanges, "2026-11-20");
    expect([contract.adjusted, contract.strike?.toNumber()]).toEqual([true, 3.033]);
    for (const code of ["m2701-C-3100", "510050", "", "510050C26123100"]) {
      expect(refusal(() => adjustedCode(sse.adjustment, code))).toContain("use a trading code");
    }
    expect(refusal(() => adjustedShortName("m2701-C-3100", amount("3")))).toContain("not known");
  });
});

describe("the last mark", () => {
  test.each([
    () => adjustedCode(sse.adjustment, "510050C2612Z03100"),
    () => adjustedCode(szse.adjustment, "159919C2612M004800Z"),
    () => adjustedShortName("50ETF购12月3033Z", amount("2.95")),
  ])("has none after it: the exchange's code is asked for", (next) => {
    expect(refusal(next)).toContain("Z is the last mark there is; take the exchange's code");
  });
});

describe("covered calls", () => {
  test("lock the unit for each lot; after an adjustment the new unit leaves some short", () => {
    expect(digits(coveredShares(amount("10000"), amount("3")))).toBe("30000");
    expect(digits(coveredShortfall(amount("10220"), amount("3"), amount("30000")))).toBe("660");
    expect(digits(coveredShortfall(amount("10220"), amount("3"), amount("30660")))).toBe("0");
    expect(digits(coveredShortfall(amount("10220"), amount("3"), amount("40000")))).toBe("0");
  });

  test("that are short are closed at SSE and become ordinary shorts at SZSE, by dated sources", () => {
    expect(sse.adjustment.coveredShortfall).toMatchObject({
      certainty: "confirmed",
      asOf: "2016-11-25",
    });
    expect(sse.adjustment.coveredShortfall.article.en).toContain("closed by force");
    expect(szse.adjustment.coveredShortfall.article.en).toContain("ordinary short position");
    expect(szse.adjustment.coveredShortfall.certainty).toBe("weak");
  });
});

function refusal(body: () => unknown): string {
  try {
    return String(body());
  } catch (error) {
    if (error instanceof MarginError) return sentence(error).en;
    throw error;
  }
}
