import { describe, expect, test } from "@jest/globals";
import { amount, digits, priceLimits } from "../src/core";
import { exact } from "../src/core/number";
import { exchanges } from "../src/exchanges";
import { sse } from "../src/exchanges/sse";
import { answerTo, workingOf } from "./host/cases";
import { marginCases } from "./host/case-table";
import { fractions, shown } from "./host/fraction";

const STATUSES = ["golden", "inferred_inputs", "legacy_param", "broker_param", "trap", "worked"];

describe.each(exchanges.map((rules) => [rules.exchange, rules] as const))("%s", (name, rules) => {
  const rows = marginCases(name);

  test.each(rows.map((row) => [row.id, row] as const))("%s is exact", (_id, row) => {
    expect(digits(answerTo(rules, row).total)).toBe(row.margin);
  });

  test.each(rows.filter((row) => !row.lots && !row.markup).map((row) => [row.id, row] as const))(
    "%s is the same figure over fractions of integers",
    (_id, row) => {
      expect(shown(workingOf(rules, row, fractions).margin)).toBe(row.margin);
    },
  );

  test("has at least three cases, each with a known status and a source", () => {
    expect(rows.length).toBeGreaterThanOrEqual(3);
    for (const row of rows) {
      expect(STATUSES).toContain(row.status);
      expect(row.source).not.toBe("");
    }
  });

  test("its cases bind on the basic part and on the minimum", () => {
    const branches = new Set(rows.map((row) => answerTo(rules, row).branch));
    expect(branches).toContain("basic");
    expect(branches).toContain("minimum");
  });
});

describe("the printed branches of the two-branch formula", () => {
  test.each([
    ["CFFEX", "CFFEX-IO-CALL-3900-S3850", "35500", "21250"],
    ["DCE", "DCE-M2101-C-ATM", "3900", "2400"],
    ["ZCE", "CZCE-TA2101-C-3450", "2425", "1562.5"],
  ])("%s %s prints both", (exchange, id, first, second) => {
    const rules = exchanges.find((candidate) => candidate.exchange === exchange);
    const row = marginCases(exchange).find((candidate) => candidate.id === id);
    if (!rules || !row) throw new Error(id);
    const { premium, basic, minimum } = workingOf(rules, row, exact);
    expect(digits(premium.plus(basic))).toBe(first);
    expect(digits(premium.plus(minimum))).toBe(second);
  });
});

describe("price limits of ETF options", () => {
  const limits = (
    strike: string,
    underlying: string,
    previousSettlement: string,
    limit = sse.priceLimit,
  ) =>
    priceLimits(limit, "call", {
      previousSettlement: amount(previousSettlement),
      underlying: amount(underlying),
      strike: amount(strike),
      band: amount("0.1"),
    });

  test("SSE-LIMIT-CALL-2900: the call 2.9 on an ETF at 3.0 may rise by 0.3 (coscoxh.com, p=5256)", () => {
    expect(digits(limits("2.9", "3", "0.15").up.minus("0.15"))).toBe("0.3");
  });

  // The mock trading of 2012 had a tick of 0.001; its other floor (0.2 % of the strike) binds in neither case.
  const mockTrading = { ...sse.priceLimit, tick: "0.001" };

  test("SSE-LIMIT-LEGACY-ICBC-2012: up 0.424, down one tick (hand93.com, 2017-05-25)", () => {
    const { up, down } = limits("3.8", "3.72", "0.06", mockTrading);
    expect([digits(up), digits(down)]).toEqual(["0.424", "0.001"]);
  });

  test("SSE-LIMIT-LEGACY-PINGAN: a band of 4.009, down one tick (talaoshi.com)", () => {
    const { up, down } = limits("40", "40.09", "1.268", mockTrading);
    expect([digits(up.minus("1.268")), digits(down)]).toEqual(["4.009", "0.001"]);
  });

  test("a far put rises by half a per cent of its strike", () => {
    const { up } = priceLimits(sse.priceLimit, "put", {
      previousSettlement: amount("0.001"),
      underlying: amount("3"),
      strike: amount("1.5"),
      band: amount("0.1"),
    });
    expect(digits(up)).toBe("0.0085");
  });
});
