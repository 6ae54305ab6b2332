// What the Expiry part says: what assignment tonight asks for and by when, what each option comes to, what is
// left open and why; in both languages.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { expiring, type AssignedTonight, type Book, type Expiring } from "../src/account";
import { amount, drained } from "../src/core";
import { Assigning, tonightOf } from "../src/taskpane/desk-expiries";
import { NOTHING_ASSUMED } from "../src/taskpane/desk-state";
import type { Described } from "../src/taskpane/element";
import type { Language } from "../src/taskpane/language";
import {
  expiryPart,
  type ExpiryActs,
  type ExpiryProps,
  type ExpiryUi,
} from "../src/taskpane/views/what-if/expiry";
import { bookWith, elements, said } from "./taskpane/books";
import { bookOfExpiries, EXPIRIES, EXPIRY_DAY, FUTURES_CSV } from "./taskpane/expiries";
import { FIFTH } from "./taskpane/spread";

const tonightWith = (book: Book, { basis, all, netting, lots } = NOTHING_ASSUMED) =>
  drained(tonightOf(book, basis, all, netting, lots));

function propsOf(
  book: Book,
  ui: Partial<ExpiryUi> = {},
  language: Language = "zh",
  more: Partial<ExpiryProps> = {},
): ExpiryProps {
  const asked = { ...NOTHING_ASSUMED, ...ui };
  return {
    book,
    timeline: expiring(book, asked.basis),
    tonight: tonightWith(book, asked),
    busy: false,
    ui: asked,
    typedPrices: {},
    acts: {} as ExpiryActs,
    language,
    notice: undefined,
    canUndo: false,
    connected: true,
    writing: false,
    ...more,
  };
}

const part = (of: string, props: ExpiryProps): Described => {
  const found = [...elements(expiryPart(props))].find(({ attributes }) => attributes.key === of);
  if (!found) throw new Error(`there is no ${of}`);
  return found;
};

const told = (of: string, ...given: Parameters<typeof propsOf>): string =>
  said([part(of, propsOf(...given))]);

/** A table's rows, cell by cell. */
const rowsOf = (of: Described): string[][] =>
  [...elements([of])]
    .filter(({ tag }) => tag === "tr")
    .map(({ children }) => children.map((child) => said([child])));

/** What each option's row says. */
const options = (...given: Parameters<typeof propsOf>): string[] =>
  [...elements([part("timeline", propsOf(...given))])]
    .filter(({ attributes }) => attributes["class"] === "expiry")
    .map(({ children }) => said(children));

describe("assigned tonight", () => {
  let book: Book;

  beforeAll(async () => {
    book = await bookOfExpiries();
  });

  test("on the sample asks for nothing, as nothing that can be exercised is in the money", async () => {
    const sample = await bookWith();
    expect(told("tonight", sample)).toContain("需 现金 ¥0.00股票 0缺 0");
    expect(told("tonight", sample)).toContain("按这个价，今晚能行权的义务仓没有实值的。");
    expect(told("tonight", sample, {}, "en")).toContain("Needs cash ¥0.00shares 0short of 0");
    expect(told("tonight", sample)).toContain("没有计入 8 行");
  });

  test("names cash and shares, what is short of each, and by when", () => {
    const rows = rowsOf(part("needs", propsOf(book)));
    // 3 puts at 3.2 take 30,000 shares; two calls deliver 20,000 that nobody holds; the covered call its own.
    expect(rows.slice(1)).toEqual([
      ["现金", "¥96,000.00", expect.stringMatching(/^[\d,.]+$/)],
      [expect.stringContaining("11-26 周四 前可用 ")],
      ["510050 份", "30,000", "20,000"],
      ["11-26 周四 前持有 10,000其中备兑锁定 10,000"],
    ]);
    const en = rowsOf(part("needs", propsOf(book, {}, "en")));
    expect(en[0]).toEqual(["", "Needs", "short of"]);
    expect(en[4]).toEqual(["by Thu 26 Novheld 10,000of them locked 10,000"]);
  });

  test("shows the same strip as every other what-if, and the parts of its change add up", () => {
    const { tonight } = propsOf(book);
    const { now, then } = tonight?.strip ?? {};
    const change = tonight?.change.value;
    expect(change?.released.isZero()).toBe(false);
    expect(then?.margin).toEqual(now?.margin?.minus(change?.released ?? 0));
    const text = told("tonight", book);
    expect(text).toContain(`资金 −7,000.00`);
    expect(text).toContain("风险度");
    expect(text).toContain("“之后”是交收完成后");
  });

  test("lists what is counted with what it brings, and why the rest isn't", () => {
    const text = told("tonight", book);
    expect(text).toContain("计入 3 行");
    expect(text).toContain("510050P2611M03200 × 3 → 收 30,000 份 510050，付 96,000.00");
    expect(text).toContain("510050C2611M03000 × 2 → 交 20,000 份 510050，收 60,000.00");
    expect(text).toContain("没有计入 2 行");
    expect(text).toContain("IO2612-C-4600 是欧式，2026-12-18 到期才能行权，今晚不会被指派。");
  });

  test("assumes all are assigned where it is asked to", () => {
    const text = told("tonight", book, { all: true }, "en");
    expect(text).toContain("5 rows counted");
    expect(text).not.toContain("not counted");
    expect(text).toContain("IO2612-C-4600 × 1 → pay 5,000.00");
    expect(text).toContain("All lots, those out of the money or not yet exercisable among them.");
  });

  test("leaves the totals open where one price is missing, and asks for that price", async () => {
    const sample = await bookWith({ without: ["SR701", "cu2701", "si2701"] });
    const text = told("tonight", sample);
    expect(text).toContain("需 现金 —股票 —缺 —");
    expect(text).toContain("缺 SR701 的结算价");
    expect(text).toContain("另有 1 行先不下结论");
    // Said once, though the strip is refused for the same reason.
    expect(text.split("缺 SR701 的结算价")).toHaveLength(2);
    const ids = (props: ExpiryProps): unknown[] =>
      [...elements(expiryPart(props))].flatMap(({ tag, attributes }) =>
        tag === "input" && attributes["type"] === "text" ? [attributes.id] : [],
      );
    expect(ids(propsOf(sample))).toEqual([
      "expiry-price-si2701",
      "expiry-price-SR701",
      "expiry-price-cu2701",
    ]);
    // The field that was typed into stays; a text that is no price is told as such.
    const typed = propsOf(await bookWith(), { asked: new Set(["IO"]) }, "en", {
      typedPrices: { IO: "abc" },
    });
    expect(ids(typed)).toEqual(["expiry-price-IO"]);
    expect(said(expiryPart(typed))).toContain("“abc”");
  });

  test("without the funds available, what is missing of the cash is left open", async () => {
    const rows = EXPIRIES.slice(0, 3);
    const poor = await bookOfExpiries(rows);
    const tonight = tonightWith(poor);
    const needs = tonight.needs.value;
    if (!needs) throw new Error("there are no needs");
    const unsure: AssignedTonight = {
      ...tonight,
      needs: {
        value: {
          ...needs,
          available: undefined,
          cashShort: { unknown: { zh: "没有可用资金。", en: "No funds." } },
          cashBy: [
            { by: "2026-11-25", cash: amount("1000") },
            { by: undefined, cash: amount("95000") },
          ],
          incomplete: true,
        },
      },
    };
    const text = told("tonight", poor, {}, "zh", { tonight: unsure });
    expect(text).toContain("现金¥96,000.00—11-25 周三 前 1,000.00日期未知 95,000.00");
    expect(text).toContain("没有可用资金。");
    expect(text).toContain("账单有没读出的行，需要的可能更多。");
  });

  test("futures received are set off only where that is asked for", async () => {
    const rows = FUTURES_CSV.trim()
      .split("\n")
      .map((row) => row.split(","));
    const [header = []] = rows;
    const futures = await bookOfExpiries([header, ...rows.slice(1, 3)], {
      ...FIFTH,
      products: { m: { exchange: "0.1" } },
    });
    const props = propsOf(futures, {}, "zh");
    const boxes = [...elements(expiryPart(props))].flatMap(({ attributes }) =>
      attributes["type"] === "checkbox" ? [attributes.id] : [],
    );
    expect(boxes).toEqual(["assume-all", "set-off"]);
    // 4 puts bring 4 longs, of which 3 are set off: 10 % of 29,500 and a fifth more, 3540 a lot.
    expect(said(expiryPart(props))).toContain("新期货保证金 14,160.00");
    const off = said(expiryPart(propsOf(futures, { netting: true })));
    expect(off).toContain("新期货保证金 3,540.00");
    expect(off).toContain("对冲释放 10,620.00");
    const none = [...elements(expiryPart(propsOf(book)))].filter(
      ({ attributes }) => attributes.id === "set-off",
    );
    expect(none).toEqual([]);
  });

  test("lots typed for one option count instead of all of them, and whatever the assumption", () => {
    const put = expiring(book, "settlement").lines.find(
      ({ line }) => line.position.contract === "510050P2611M03200",
    );
    const { id = "" } = put?.line ?? {};
    const assigning = new Assigning(() => undefined);
    const cash = (text: string): string | undefined =>
      assigning
        .expiries(book, { ...NOTHING_ASSUMED, lots: { [id]: text } }, undefined)
        .tonight?.needs.value?.cash.toString();
    expect([cash(""), cash("1"), cash("0"), cash("x")]).toEqual(["96000", "32000", "0", "96000"]);
    expect(cash("4")).toBeUndefined();
    const typed = { lots: { [id]: "4" }, openLines: new Set([id]) };
    expect(told("timeline", book, typed)).toContain("“4”不是 0 到 3 的整数。");
    expect(told("timeline", book, typed, "en")).toContain("isn't a whole number from 0 to 3");
  });

  test("of a statement of another day says which night is meant", () => {
    const later: Book = {
      ...book,
      day: EXPIRY_DAY,
      inputs: { ...book.inputs, today: "2026-11-30" },
    };
    expect(told("tonight", later)).toContain("“今晚”指账单日 11-25 周三 的晚上。");
    expect(told("tonight", book)).not.toContain("账单日");
  });

  test("while it is worked out that is said, and what was there stays", () => {
    const none: Partial<ExpiryProps> = { timeline: undefined, tonight: undefined, busy: true };
    expect(told("tonight", book, {}, "zh", none)).toContain("正在算到期…");
    const stale = told("tonight", book, {}, "en", { busy: true });
    expect(stale).toContain("Looking at the expiries…");
    expect(stale).toContain("Needs");
  });
});

describe("the timeline", () => {
  let book: Book;

  beforeAll(async () => {
    book = await bookOfExpiries();
  });

  test("says of each option when it expires, how far in or out of the money, and what becomes of it", () => {
    const rows = options(book);
    expect(rows[1]).toMatch(
      /^510050P2611M03200 卖 3今天11-25 周三 到期实值 0.1作废释放 [\d,.]+指派 → 收 30,000 份 510050，付 96,000.00行权盈亏 −3,000.00$/,
    );
    expect(rows[2]).toBe(
      "510050C2611M02900 备兑 1今天11-25 周三 到期实值 0.2作废解锁 10,000 份指派 → 交 10,000 份 510050，收 29,000.00行权盈亏 −2,000.00",
    );
    expect(rows[3]).toMatch(
      /^IO2612-C-4600 卖 123 天12-18 周五 到期实值 50作废释放 [\d,.]+指派 → 付 5,000.00行权盈亏 −5,000.00$/,
    );
    // The year's holidays aren't known yet.
    expect(rows[5]).toBe(
      "510050C2703M03300 买 2119 天2027-03-24 周三 暂定虚值 0.2交易所不自动行权：到期日不下行权指令就作废，实值也一样。",
    );
    const en = options(book, {}, "en");
    expect(en[1]).toMatch(
      /today.+0.1 in the money.+take 30,000 510050, pay 96,000.00exercise P&L −3,000.00$/,
    );
    expect(en[5]).toContain("Wed 24 Mar 2027, tentative0.2 out of the money");
  });

  test("bars grow with the days, up to the last expiry shown", () => {
    const bars = [...elements([part("timeline", propsOf(book))])].flatMap(({ attributes }) =>
      attributes["class"] === "days-bar" ? [attributes["style"]] : [],
    );
    expect(bars).toEqual([
      "--days: 0.00%",
      "--days: 0.00%",
      "--days: 0.00%",
      "--days: 19.33%",
      "--days: 23.53%",
      "--days: 100.00%",
    ]);
  });

  test("an option on a future brings the future; a day that isn't known is told, and its rule in the row", async () => {
    const rows = FUTURES_CSV.trim()
      .split("\n")
      .map((row) => row.split(","));
    const futures = await bookOfExpiries(rows);
    const texts = options(futures);
    const about = (contract: string): string =>
      texts.find((text) => text.startsWith(contract)) ?? "";
    expect(about("m2701-P-3000")).toContain("指派 → 多 m2701 4 手，价 3,000行权盈亏 −2,000.00");
    expect(about("m2711-C-3000")).toContain("到期日未知");
    expect(about("si2701-C-9500")).toContain("实值虚值未知");
  });

  test("a row opens to days, exercise, figures, what is open and the rule of the day", () => {
    const [option] = expiring(book, "settlement").lines.filter(
      ({ line }) => line.position.contract === "510050P2611M03200",
    );
    const props = propsOf(book, { openLines: new Set([option?.line.id ?? ""]) });
    const rows = Object.fromEntries(
      rowsOf(part("facts", props)).map(([name = "", value = ""]) => [name, value]),
    );
    expect(rows).toMatchObject({
      到期日: "11-25 周三",
      距到期: "今天",
      欧式: "现在可行权",
      标的价: "3.1",
      行权价: "3.2",
      "标的价 − 行权价": "−0.1",
      指派日: "11-25 周三",
      交收份数: "+30,000",
      收付现金: "−96,000.00",
      行权盈亏: "−3,000.00",
      交收日: "11-26 周四",
    });
    expect(told("timeline", book, props.ui)).toContain("合约月份的第四个星期三");
  });

  test("lots that the exchange nets first are told, and none of them is assigned", async () => {
    const [header = []] = EXPIRIES;
    const both = await bookOfExpiries([
      header,
      ["510050P2611M03200", "卖", "5", "0.1", "3.1", ""],
      ["510050P2611M03200", "买", "2", "0.1", "3.1", ""],
      ["510050C2611M02900", "卖", "1", "0.2", "3.1", ""],
      ["510050C2611M02900", "买", "3", "0.2", "3.1", ""],
    ]);
    const rows = options(both);
    expect(rows[0]).toContain("今晚先轧平 2 手指派 → 收 30,000 份 510050，付 96,000.00");
    expect(rows[1]).toContain("今晚全部轧平");
    expect(rows[2]).toContain("今晚全部轧平");
    expect(rows[3]).toContain("今晚先轧平 1 手交易所不自动行权");
    expect(told("tonight", both)).toContain("轧平释放 ");
    const ids = expiring(both, "settlement").lines.map(({ line }) => line.id);
    const open = told("timeline", both, { openLines: new Set(ids) }, "en");
    expect(open).toContain("2 of the 5 lots of 510050P2611M03200 held short are netted tonight");
    // Nothing is asked of what is netted whole, and of the other no more than what is left.
    const fields = [...elements([part("timeline", propsOf(both, { openLines: new Set(ids) }))])]
      .filter(({ tag }) => tag === "input")
      .map(({ attributes }) => attributes.id);
    expect(fields).toEqual([`lots-${ids[0]}`]);
  });

  test("an option past its day is told as such, and no assignment is reckoned for it", async () => {
    const rows = [EXPIRIES[0] ?? [], ["510050C2610M03000", "卖", "1", "0.1", "3.1", ""]];
    const [text] = options(await bookOfExpiries(rows));
    expect(text).toContain("过 28 天10-28 周三 到期");
    expect(text).toContain("按规则已过期，账单仍列着：核对账单日期");
    expect(text).not.toContain("指派");
  });

  test("a book without options says so, and there is nothing to write", async () => {
    const rows = [EXPIRIES[0] ?? [], ["510050", "买", "10000", "3.1", "3.1", ""]];
    const bare = await bookOfExpiries(rows);
    expect(told("timeline", bare)).toContain("账单里没有期权持仓。");
    expect(told("tonight", bare)).toContain("没有义务仓。");
    expect(part("write", propsOf(bare)).attributes["disabled"]).toBe(true);
  });

  test("of more options than anyone reads the nearest are listed, and the rest is counted", () => {
    const timeline = expiring(book, "settlement");
    const [first] = timeline.lines;
    if (!first) throw new Error("there is no option");
    const many: Expiring = {
      ...timeline,
      lines: Array.from({ length: 203 }, (_, at) => ({
        ...first,
        line: { ...first.line, id: String(at) },
      })),
    };
    const props = propsOf(book, {}, "en", { timeline: many });
    expect(said([part("timeline", props)])).toContain(
      "3 more rows aren't listed; the sheet has all.",
    );
    const { tonight } = props;
    const [counted] = tonight?.assigned ?? [];
    if (!tonight || !counted) throw new Error("nothing is counted");
    const assigned = Array.from({ length: 205 }, () => counted);
    const text = told("tonight", book, {}, "en", { tonight: { ...tonight, assigned } });
    expect(text).toContain("205 rows counted");
    expect(text).toContain("5 more rows");
  });
});

describe("worked out beside the page", () => {
  test("a book's expiries are the same object until something they follow from changes", async () => {
    const assigning = new Assigning(() => undefined);
    const book = await bookOfExpiries();
    const first = assigning.expiries(book, NOTHING_ASSUMED, undefined);
    expect(first.busy).toBe(false);
    expect(first.tonight).toEqual(tonightWith(book));
    const again = assigning.expiries(
      book,
      { ...NOTHING_ASSUMED, openLines: new Set(["1"]) },
      undefined,
    );
    expect(again.timeline).toBe(first.timeline);
    expect(again.tonight).toBe(first.tonight);
    const all = assigning.expiries(book, { ...NOTHING_ASSUMED, all: true }, undefined);
    expect(all.timeline).toBe(first.timeline);
    expect(all.tonight).not.toBe(first.tonight);
  });
});
