// The sheet of a reconciliation: its formulas come to the figures it was made from, in the built functions, and no text
// of a file becomes a formula. And the two functions that turn a rule round.
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { reconciliation, type Reconciliation } from "../src/account/reconcile";
import { reconcileSheet } from "../src/account/reconcile-sheet";
import { columnFormats, currencyOf, priceUnit } from "../src/account/reconcile-sheet-columns";
import type { SheetPlan } from "../src/account/sheet";
import { linesOf } from "../src/account/sheet-lines";
import { amount } from "../src/core";
import { CTP_PRICES, CTP_PROFILE, ctpStatement, HOSTILE } from "./host/books";
import { customFunctionsHost, type FunctionsMetadata } from "./host/custom-functions-host";

const dist = path.resolve("dist");
const metadata = JSON.parse(
  readFileSync(path.join(dist, "functions.json"), "utf8"),
) as FunctionsMetadata;
const host = customFunctionsHost(path.join(dist, "functions.js"), metadata, "2026-11-20T04:00:00Z");

const place = (address: string): readonly [row: number, column: number] => {
  const [, column = "", row = ""] = /^\$?([A-Z])\$?(\d+)$/.exec(address) ?? [];
  return [Number(row) - 1, column.charCodeAt(0) - 65];
};

const toFen = (n: number): number => Number(amount(n).toDecimalPlaces(2));

/** What a cell comes to: the few forms of formula that this sheet has. */
async function shown(plan: SheetPlan, address: string): Promise<unknown> {
  const [row, column] = place(address);
  const cell = plan.cells[row]?.[column];
  if (cell?.formula === undefined) return cell?.value ?? 0;
  const number = async (one: string): Promise<number> => Number(await shown(plan, one));
  const { formula } = cell;
  const short = /^=ROUND\(MARGIN\.SHORT\((.+)\),2\)$/.exec(formula);
  if (short) {
    const args = await Promise.all((short[1] ?? "").split(",").map((one) => shown(plan, one)));
    const outcome = await host.invoke("MARGIN.SHORT", args);
    if (!outcome.ok) throw new Error(`${formula}: ${outcome.message}`);
    return toFen(Number(outcome.value));
  }
  const future = /^=ROUND\((\w+)\*(\w+)\*(\w+)\*(\w+)\*\(1\+(\w+)\),2\)$/.exec(formula);
  if (future) {
    const [a, b, c, d, e] = (await Promise.all(future.slice(1).map(number))) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return toFen(Number(amount(a).times(b).times(c).times(d).times(amount(1).plus(e))));
  }
  const less = /^=(\w+)-(\w+)$/.exec(formula);
  if (less) return toFen((await number(less[1] ?? "")) - (await number(less[2] ?? "")));
  const sum = async (range: string): Promise<number> => {
    const [, letter = "", from = "", to = ""] = /^([A-Z])(\d+):[A-Z](\d+)$/.exec(range) ?? [];
    let total = 0;
    for (let at = Number(from); at <= Number(to); at++) total += await number(`${letter}${at}`);
    return toFen(total);
  };
  const whole = /^=SUM\((.+)\)$/.exec(formula);
  if (whole) return sum(whole[1] ?? "");
  const rest = /^=ROUND\((\w+)-SUM\((.+)\),2\)$/.exec(formula);
  if (rest) return toFen((await number(rest[1] ?? "")) - (await sum(rest[2] ?? "")));
  throw new Error(`${formula} is of no known form`);
}

const TEXT = { language: "zh", namespace: "", taken: [] } as const;

describe("the sheet of a reconciliation", () => {
  let found: Reconciliation;
  let plan: SheetPlan;
  /** The row of the table's header, from 1. */
  let top = 0;

  beforeAll(async () => {
    const previousPrices = { sc2702: amount("505.2") };
    const inputs = {
      profile: CTP_PROFILE,
      prices: CTP_PRICES,
      previousPrices,
      today: "2026-11-21",
    };
    found = reconciliation({ statement: await ctpStatement(), ...inputs });
    plan = reconcileSheet(found, TEXT);
    top = plan.cells.findIndex(([first]) => first?.value === "合约") + 1;
  });

  test("is named after its day and opens with the broker's rule", () => {
    expect(plan.name).toBe("对账 11-20");
    const firsts = plan.cells.slice(0, 6).map(([first]) => first?.value);
    expect(firsts[0]).toBe("对账 2026-11-20");
    expect(firsts[2]).toBe("公司在交易所保证金率上加 3 个百分点；原油按公司参数核对。");
    expect(firsts[5]).toBe("未解释 0 · 已解释 3 · 吻合 7");
  });

  test("each row's formulas come to our figure and the difference, what asks for attention first", async () => {
    expect(plan.liveRows).toBe(9);
    const listed = plan.cells.slice(top, top + found.rows.length);
    expect(listed.map((row) => row[12]?.value)).toEqual([
      ...["组合优惠", "昨日价格", "组合优惠"],
      ...Array.from({ length: 7 }, () => "吻合"),
    ]);
    for (let row = top + 1; row <= top + found.rows.length; row++) {
      const contract = await shown(plan, `A${row}`);
      const one = found.rows.find(({ position }) => position.contract === contract);
      expect([contract, await shown(plan, `K${row}`)]).toEqual([contract, one?.ours?.toNumber()]);
      expect([contract, await shown(plan, `L${row}`)]).toEqual([
        contract,
        one?.difference?.toNumber(),
      ]);
    }
  });

  test("the bridge starts at the sum of our figures, ends at the print and leaves nothing", async () => {
    const start = plan.cells.findIndex(([first]) => first?.value === "从重算到账单") + 2;
    expect(await shown(plan, `J${start}`)).toBe(472728);
    const end = start + found.bridge.items.length + 1;
    expect(await shown(plan, `J${end}`)).toBe(471396);
    expect(await shown(plan, `J${end + 1}`)).toBe(0);
  });

  test("what no row prints is no zero in it", () => {
    const { bridge } = found;
    const item = {
      ...{ ids: ["notCheckable"] as const, name: { zh: "不可核对的行", en: "" } },
      amount: amount("0"),
    };
    const cellsOf = (rows: number, unprinted: number, part = "0"): unknown[] => {
      const items = [{ ...item, rows, unprinted, amount: amount(part) }];
      const { cells } = reconcileSheet({ ...found, bridge: { ...bridge, items } }, TEXT);
      const row = cells.find(([first]) => String(first?.value).startsWith("不可核对的行"));
      return [row?.[0]?.value, row?.[9]?.value];
    };
    expect(cellsOf(2, 2)).toEqual(["不可核对的行（都没有印保证金）", "—"]);
    expect(cellsOf(3, 2, "5")).toEqual(["不可核对的行（2 行没有印保证金）", 5]);
    expect(cellsOf(3, 0, "5")).toEqual(["不可核对的行", 5]);
  });

  test("every row is as wide as the first, and it prints on one page's width", () => {
    expect(new Set(plan.cells.map((row) => row.length))).toEqual(new Set([plan.widths.length]));
    expect(plan.printArea).toBe(`A1:N${plan.cells.length}`);
  });

  const headings = (of: SheetPlan): unknown[] => {
    const row = of.cells[(of.headerRow ?? 0) - 1];
    return (row ?? []).map((cell) => cell?.value);
  };

  test("its headings say what the figures are in: the account's money, and points of indices", () => {
    expect(plan.headerRow).toBe(top);
    expect(headings(plan)).toEqual([
      ...["合约", "方向", "手数", "价格 CNY 或点", "标的价 CNY 或点"],
      ...["保证金率", "上浮", "单位/手", "行权价 CNY 或点"],
      ...["账单 CNY", "我们 CNY", "差额 CNY", "原因", "说明"],
    ]);
    const rows = found.rows.filter(({ position }) => !position.contract.startsWith("IO"));
    const dollars = { ...found, rows, account: { ...found.account, currency: "港元" } };
    const english = reconcileSheet(dollars as Reconciliation, { ...TEXT, language: "en" });
    expect(headings(english).slice(3, 12)).toEqual([
      ...["Price HKD", "Underlying HKD", "Rate", "Markup", "Unit/lot", "Strike HKD"],
      ...["Statement HKD", "Ours HKD", "Difference HKD"],
    ]);
  });

  test("rows in several currencies have no one code, and rows of indices alone are in points", () => {
    const [one, other] = found.rows.map((row, index) => ({
      ...row,
      position: { ...row.position, currency: index === 0 ? "人民币" : "USD" },
    }));
    if (!one || !other) throw new Error("too few rows");
    expect(currencyOf({ account: undefined }, [one, other])).toBe("");
    expect(currencyOf({ account: undefined }, [one])).toBe("CNY");
    expect(currencyOf({ account: undefined }, [other])).toBe("USD");
    expect(currencyOf({ account: undefined }, found.rows)).toBe("CNY");
    const of = (start: string) =>
      found.rows.filter(({ position }) => position.contract.startsWith(start));
    expect([of("IO"), of("cu"), [...of("cu"), ...of("IO")]].map(priceUnit)).toEqual([
      ...["points", "money", "both"],
    ]);
  });

  test("the printed risk ratio stands above the bridge, with the recomputed ones", async () => {
    const at = plan.cells.findIndex(([first]) => first?.value === "风险度，账单所印") + 1;
    expect(at).toBeGreaterThan(1);
    const block = plan.cells.slice(at - 1, at + 3).map((row) => row[0]?.value);
    expect(block).toEqual([
      ...["风险度，账单所印", "风险度，账单保证金 ÷ 权益", "风险度，按规则重算", "从重算到账单"],
    ]);
    const { printed, ofPrinted, byRules } = found.ratios;
    for (const [index, ratio] of [printed, ofPrinted, byRules].entries()) {
      expect(await shown(plan, `J${at + index}`)).toBe(ratio?.toNumber());
      expect(plan.cells[at - 1 + index]?.[9]?.format).toBe("0.00%");
    }
    const open = { ...found, ratios: { ...found.ratios, byRules: undefined } };
    expect(reconcileSheet(open, TEXT).cells[at + 1]?.[9]?.value).toBe("—");
    // The rows' sum where some print no margin is no margin to divide.
    const bridge = { ...found.bridge, unprinted: 2 };
    expect(reconcileSheet({ ...found, bridge }, TEXT).cells[at]?.[9]?.value).toBe("—");
    const ratios = { printed: undefined, ofPrinted: undefined, byRules: undefined };
    const none = reconcileSheet({ ...found, ratios }, TEXT).cells.map((row) => row[0]?.value);
    expect(none.filter((value) => String(value).startsWith("风险度，"))).toEqual([]);
  });

  test("one column has one count of decimals, and shows every figure in full", () => {
    const listed = plan.cells.slice(top, top + found.rows.length);
    const formats = (column: number) =>
      new Set(listed.flatMap((row) => (row[column]?.format ? [row[column].format] : [])));
    expect([3, 4, 5, 6, 8].map((column) => [...formats(column)])).toEqual([
      ...[["#,##0.00"], ["#,##0.0"], ["0.0%"], ["0.0%"], ["#,##0"]],
    ]);
    const finer = found.rows.map((row) => ({
      ...row,
      held: { ...row.held, price: amount("0.0512") },
    }));
    expect(columnFormats(finer, () => true).price).toBe("#,##0.0000");
  });

  test("reasons stand off the differences, and reasons and notes break within their columns", () => {
    for (const row of plan.cells.slice(top, top + found.rows.length)) {
      expect([row[12]?.align, row[12]?.wraps, row[13]?.wraps]).toEqual(["indent", true, true]);
    }
    const heading = plan.cells[top - 1] ?? [];
    expect([heading[12]?.align, heading[11]?.align]).toEqual(["indent", "right"]);
  });

  test("a text longer than the page goes on in the row below, and formulas keep to their rows", async () => {
    const zh = "账单没有印的合约，都按公司规则逐行核对；".repeat(12);
    const en = "rows that the statement doesn't print are checked by the rule, ".repeat(9).trim();
    const long = { zh, en };
    const identity = { ...found.identities[0], text: long } as Reconciliation["identities"][number];
    const whole = {
      ...found,
      notes: [long],
      sentence: long,
      identities: [identity, ...found.identities.slice(1)],
    };
    for (const language of ["zh", "en"] as const) {
      const longer = reconcileSheet(whole, { ...TEXT, language });
      const texts = longer.cells.flatMap((row) => (row[9] ? [] : [String(row[0]?.value ?? "")]));
      expect(texts.join("").split(long[language]).length - 1).toBeGreaterThanOrEqual(2);
      const page = longer.widths.reduce((sum, width) => sum + width, 0);
      const wide = (said: string) => said.replace(/[\u2e80-\uffe6]/g, "  ").length;
      expect(Math.max(...texts.map(wide))).toBeLessThan(page);
      // Beside sums there is less room.
      const beside = longer.cells.flatMap((row) => (row[9] ? [String(row[0]?.value ?? "")] : []));
      expect(Math.max(...beside.map(wide))).toBeLessThan(page - 138);
      expect(new Set(longer.cells.map((row) => row.length))).toEqual(new Set([14]));
      const first = longer.headerRow ?? 0;
      const from = longer.cells.flatMap((row) => row[9]?.formula ?? [])[0];
      expect(from).toBe(`=SUM(K${first + 1}:K${first + found.rows.length})`);
    }
  });

  test("lines end at spaces and punctuation, and joined are the text", () => {
    expect(linesOf("短", 20)).toEqual(["短"]);
    expect(linesOf("", 20)).toEqual([""]);
    expect(linesOf("one two three four five", 10)).toEqual(["one two ", "three ", "four five"]);
    expect(linesOf("逐行核对，没有差额。", 15)).toEqual(["逐行核对，", "没有差额。"]);
    expect(linesOf("x".repeat(25), 10).map((line) => line.length)).toEqual([9, 9, 7]);
  });

  test("one row is said to be one", () => {
    const { cells } = reconcileSheet(found, { ...TEXT, language: "en" });
    const counts = cells.flatMap((row) => (row[8]?.format?.includes("row") ? [row[8]] : []));
    expect(counts.map(({ value }) => value)).toEqual([2, 1]);
    // A condition in the format: what is 1 is one row.
    for (const { format } of counts) expect(format).toBe('[=1]0 "row";0 "rows"');
    const omitted = (more: number): unknown[] => {
      const length = 2000 + more;
      const breaking = Array.from({ length: 2000 }, () => found.rows[0]);
      const many = { ...found, length, breaking } as unknown as Reconciliation;
      const sheet = reconcileSheet(many, { ...TEXT, language: "en" }).cells;
      return sheet.flatMap((row) =>
        String(row[0]?.value).includes("more") ? [row[0]?.value] : [],
      );
    };
    expect([omitted(1), omitted(2)]).toEqual([
      ["1 more row matches and is not listed"],
      ["2 more rows match and are not listed"],
    ]);
  });

  test("a text that begins as a formula stays text", () => {
    for (const contract of HOSTILE) {
      const rows = found.rows.map((row) => ({ ...row, position: { ...row.position, contract } }));
      const { cells } = reconcileSheet({ ...found, rows }, { ...TEXT, language: "en" });
      const cell = cells[top]?.[0];
      expect([cell?.formula, cell?.value]).toEqual([undefined, contract]);
    }
  });
});

describe("the rule turned round", () => {
  const answer = async (id: string, ...args: unknown[]): Promise<unknown> => {
    const outcome = await host.invoke(id, args);
    return outcome.ok ? outcome.value : `${outcome.errorCode} ${outcome.message ?? ""}`;
  };
  const _ = null;

  test.each<[string, unknown[], unknown]>([
    ["MARGIN.IMPLIEDRATE", ["DCE", "P", 29450, 38.5, 2985, 2900, 10, 10], 0.1],
    ["MARGIN.IMPLIEDRATE", ["ZCE", "C", 25600, 62, 5750, 6000, 10, 5], 0.1],
    ["MARGIN.IMPLIEDRATE", ["SHFE", "C", 98800, 1250, 86500, 90000, 5, 2], 0.12],
    ["MARGIN.IMPLIEDRATE", ["CFFEX", "C", 177810, 45.2, 4650, 4800, 100, 3], 0.15],
    ["MARGIN.IMPLIEDRATE", ["CFFEX", "P", 36610, 18.6, 4650, 4300, 100], 0.15],
    ["MARGIN.IMPLIEDMARKUP", ["SSE", "C", 42485.6, 0.0512, 3.052, 3.1, 10000, _, 10], 0.15],
    ["MARGIN.IMPLIEDMARKUP", ["SZSE", "C", 20579.25, 0.0933, 4.735, 4.8, 10000, _, 3], 0.15],
    ["MARGIN.IMPLIEDMARKUP", ["DCE", "P", 2049.5, 38.5, 2985, 2900, 10, 0.07], 0],
  ])("%s%j is %s", async (id, args, expected) => {
    expect(await answer(id, ...args)).toBe(expected);
  });

  test.each<[string, unknown[], RegExp]>([
    ["MARGIN.IMPLIEDRATE", ["DCE", "P", 385, 38.5, 2985, 2900, 10], /^#N\/A .*385.*权利金/],
    ["MARGIN.IMPLIEDRATE", ["SSE", "P", 24000, 2.39, 0.1, 2.4, 10000], /^#N\/A .*封顶/],
    ["MARGIN.IMPLIEDRATE", ["DCE", "P", -1, 38.5, 2985, 2900, 10], /^#VALUE! .*所收保证金.*-1/],
    [
      "MARGIN.IMPLIEDMARKUP",
      ["DCE", "P", 2049.5, 38.5, 2985, 2900, 10],
      /^#N\/A .*rate is missing/,
    ],
    ["MARGIN.IMPLIEDMARKUP", ["ZCE.LEGACY", "C", 10, 1, 100, 300, 10, 0.05], /^#N\/A .*为 0/],
  ])("%s%j is refused", async (id, args, expected) => {
    expect(await answer(id, ...args)).toMatch(expected);
  });
});
