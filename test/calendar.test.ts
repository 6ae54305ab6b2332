import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  dayFromNumber,
  expiryOf,
  isTradingDay,
  likelyTradingDayFrom,
  MarginError,
  readContract,
  sentence,
  tradingDayFrom,
} from "../src/core";
import { exchanges } from "../src/exchanges";
import { tradingDays } from "../src/exchanges/trading-days";
import { closedDaysSource } from "../tools/trading-days.mjs";
import { caseTable } from "./host/case-table";

const { isHoliday } = createRequire(import.meta.url)("chinese-days") as {
  isHoliday: (day: string) => boolean;
};

const FIRST_DAY = 16436; // 2015-01-01
const LAST_DAY = 20818; // 2026-12-31
const aDay = fc.integer({ min: FIRST_DAY + 40, max: LAST_DAY - 40 }).map(dayFromNumber);

describe("the trading days", () => {
  test("the file of closed days is the one its tool writes", () => {
    expect(readFileSync("src/exchanges/closed-days.ts", "utf8")).toBe(closedDaysSource());
  });

  test("of 2015 to 2026 are the weekdays that are no state holiday, but for one known closing", () => {
    expect([dayFromNumber(FIRST_DAY), dayFromNumber(LAST_DAY)]).toEqual([
      "2015-01-01",
      "2026-12-31",
    ]);
    expect([tradingDays.firstYear, tradingDays.lastYear]).toEqual([2015, 2026]);
    const differ: string[] = [];
    for (let n = FIRST_DAY; n <= LAST_DAY; n++) {
      const day = dayFromNumber(n);
      const weekend = [2, 3].includes(n % 7); // 1970-01-03 was a Saturday.
      if (isTradingDay(day, tradingDays) !== !(weekend || isHoliday(day))) differ.push(day);
    }
    expect(differ).toEqual(["2024-02-09"]);
  });

  test("a weekend on which people work is no trading day", () => {
    expect(isTradingDay("2026-02-14", tradingDays)).toBe(false);
    expect(isTradingDay("2026-02-13", tradingDays)).toBe(true);
  });

  test.each([
    ["over the National Day holiday", "2026-09-30", 1, "2026-10-08"],
    ["back over the Spring Festival", "2026-02-24", -1, "2026-02-13"],
    ["E-2 of a contract that expires after it", "2023-01-30", -2, "2023-01-19"],
    ["nowhere", "2026-10-03", 0, "2026-10-03"],
  ])("are counted %s", (_, day, n, expected) => {
    expect(tradingDayFrom(day, n, tradingDays)).toBe(expected);
  });

  test("one on and one back is where one was, and a further step lies further", () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 1, max: 15 }), (day, n) => {
        const on = tradingDayFrom(day, n, tradingDays);
        expect(isTradingDay(on, tradingDays)).toBe(true);
        expect(on > day).toBe(true);
        expect(tradingDayFrom(on, 1, tradingDays) > on).toBe(true);
        if (isTradingDay(day, tradingDays)) {
          expect(tradingDayFrom(on, -n, tradingDays)).toBe(day);
        }
        expect(likelyTradingDayFrom(day, n, tradingDays)).toBe(on);
      }),
      { seed: 20261122 },
    );
  });

  test("beyond the known years there is no answer, and a sentence says so", () => {
    for (const [day, year] of [
      ["2026-12-31", 2027],
      ["2027-03-01", 2027],
    ] as const) {
      const said = refusal(() => tradingDayFrom(day, 1, tradingDays));
      expect(said).toBe(
        `the trading days of ${year} are not known yet (known: 2015 to 2026); see the exchange's notice`,
      );
    }
    expect(refusal(() => isTradingDay("2014-12-31", tradingDays))).toContain("2014");
    expect(likelyTradingDayFrom("2026-12-31", 1, tradingDays)).toBe("2027-01-01");
  });
});

type Column = "code" | "on" | "expiry" | "source" | "note";

describe("expiry days that were published", () => {
  test.each(caseTable<Column>("expiry.csv").map((row) => [row.code, row.expiry, row] as const))(
    "%s expired on %s",
    (code, expiry, { on }) => {
      const contract = readContract(code, exchanges, on);
      expect([contract.expiry?.day, contract.expiry?.shifted]).toEqual([expiry, true]);
    },
  );

  test("a closing announced afterwards moves the rule's day, not the one that was: CU2002", () => {
    // Expired on 2020-01-20; that 31 January would be closed was announced on the 26th.
    expect(readContract("cu2002C48000", exchanges, "2020-01-10").expiry?.day).toBe("2020-01-17");
  });
});

describe("an expiry day", () => {
  const dayOf = (code: string, on = "2026-11-20") => readContract(code, exchanges, on).expiry;

  test("in a year whose holidays are not known is the rule's before any shift, and marked so", () => {
    expect(dayOf("510050C2703M03100")).toMatchObject({ day: "2027-03-24", shifted: false });
    expect(dayOf("IO2703-C-4800")).toMatchObject({ day: "2027-03-19", shifted: false });
  });

  test("that is counted in such a year is not known", () => {
    expect(dayOf("m2703-C-3100")).toMatchObject({ month: "2027-02", day: undefined });
    expect(dayOf("m2703-MS-C-3100")).toMatchObject({ month: "2027-01", day: undefined });
    // Counted in December 2026.
    expect(dayOf("m2702-MS-C-3100")?.day).toBe("2026-12-16");
  });

  test.each([
    "DCE.bz2701-C-6000",
    "SR201C6000",
    "AP405C9000",
    "cu2701MSC90000",
    "si2701-MS-C-9500",
  ])("%s has none: no source gave a rule", (code) => {
    expect(dayOf(code, code.startsWith("SR") ? "2021-12-01" : "2024-01-10")).toBeUndefined();
  });

  test("is a trading day wherever the year is known", () => {
    const rules = fc.constantFrom(...exchanges.filter(({ expiries }) => expiries));
    fc.assert(
      fc.property(
        rules,
        fc.integer({ min: 2016, max: 2026 }),
        fc.integer({ min: 1, max: 12 }),
        (of, y, m) => {
          for (const { code } of of.products) {
            const found = expiryOf(of, code, `${y}-${String(m).padStart(2, "0")}`, false);
            if (found) {
              expect(found.day && isTradingDay(found.day, tradingDays)).toBe(true);
              expect(found.day?.startsWith(found.month)).toBe(true);
            }
          }
        },
      ),
      { seed: 20261122 },
    );
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
