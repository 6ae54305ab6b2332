// Options towards their expiry, and what if they are assigned tonight: by hand, and for random books.
import { describe, expect, test } from "@jest/globals";
import {
  assignedTonight,
  assignedTonightInSteps,
  bookOf,
  DEFAULT_PROFILE,
  expiring,
  expiringInSteps,
  expirySheet,
  expirySheetInSteps,
  type AssignedTonight,
  type Book,
  type BookInputs,
  type ExpiringLine,
  type Known,
  type Profile,
  type TonightAsked,
} from "../src/account";
import { amount, drained, ledger, readDay, readEvents, type Amount } from "../src/core";
import { exchanges } from "../src/exchanges";
import { readCells } from "../src/statements";
import { bookOfRows, ctpBook, HOSTILE, hostileBook } from "./host/books";
import { random } from "./host/random";
import { drawBook } from "./host/random-books";

const PROFILE: Profile = {
  ...DEFAULT_PROFILE,
  surcharge: { kind: "multiple", markup: "0" },
  products: Object.fromEntries(["m", "y", "SR", "CF"].map((code) => [code, { exchange: "0.1" }])),
};

const HEADER = ["合约", "方向", "手数", "结算价", "标的价", "锁定份数"];

/** The last day of the ETF options of November 2026. */
const DAY = "2026-11-25";

interface Given extends Partial<Pick<BookInputs, "profile" | "equity" | "prices">> {
  readonly on?: string;
  readonly header?: readonly string[];
  /** Cells may be blank: the statement is then incomplete. */
  readonly gaps?: boolean;
}

async function bookWith(rows: readonly (readonly unknown[])[], given: Given = {}): Promise<Book> {
  const { on = DAY, header = HEADER, gaps = false, ...inputs } = given;
  const statement = await readCells([header, ...rows], "table", { day: on });
  if (!gaps) expect(statement.problems).toEqual([]);
  return bookOf({
    statement,
    prices: {},
    equity: amount(500000),
    profile: PROFILE,
    today: on,
    ...inputs,
  });
}

const PLAIN = [
  ["510050C2611M03000", "卖", 2, 0.1005, 3.1, ""],
  ["510050P2611M03200", "卖", 3, 0.1, 3.1, ""],
  ["510050C2611M02900", "备兑", 1, 0.2, 3.1, 10000],
  ["510050P2612M02800", "卖", 1, 0.02, 3.1, ""],
  ["IO2612-C-4600", "卖", 1, 120, 4650, ""],
  ["m2701-P-3000", "卖", 4, 60, 2950, ""],
  ["m2701-C-3100", "卖", 5, 30, 2950, ""],
  ["m2701-C-2900", "买", 2, 70, 2950, ""],
  ["m2701", "卖", 3, 2950, 2950, ""],
  ["510050", "买", 25000, 3.1, 3.1, ""],
] as const;

const ASKED: TonightAsked = { basis: "settlement", all: false };

const tonight = (book: Book, more: Partial<TonightAsked> = {}): AssignedTonight =>
  assignedTonight(book, { ...ASKED, ...more });

function sure<T>(one: Known<T> | undefined): T {
  if (!one || one.unknown) throw new Error(one?.unknown.en ?? "nothing");
  return one.value;
}

const numbers = (record: object): Record<string, number> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, Number(value)]));

function lineOf(book: Book, contract: string): ExpiringLine {
  const found = expiring(book, "settlement").lines.find(
    ({ line }) => line.position.contract === contract,
  );
  if (!found) throw new Error(contract);
  return found;
}

const codes = (options: readonly { readonly option: ExpiringLine }[]): string[] =>
  options.map(({ option }) => option.line.position.contract);

describe("the timeline", () => {
  test("has the nearest expiry first, with calendar and trading days from the book's day", async () => {
    const { on, lines } = expiring(await bookWith(PLAIN), "settlement");
    expect(on).toBe(DAY);
    expect(
      lines.map(({ line, expiry }) => [
        line.position.contract,
        expiry.day,
        expiry.calendarDays,
        expiry.tradingDays.value,
      ]),
    ).toEqual([
      ["510050C2611M03000", "2026-11-25", 0, 0],
      ["510050P2611M03200", "2026-11-25", 0, 0],
      ["510050C2611M02900", "2026-11-25", 0, 0],
      // Twelfth trading day of December: Thursday 26 November is the first of 15 trading days.
      ["m2701-P-3000", "2026-12-16", 21, 15],
      ["m2701-C-3100", "2026-12-16", 21, 15],
      ["m2701-C-2900", "2026-12-16", 21, 15],
      ["IO2612-C-4600", "2026-12-18", 23, 17],
      ["510050P2612M02800", "2026-12-23", 28, 20],
    ]);
    expect(lines[0]?.expiry.source?.article.en).toContain("fourth Wednesday");
    expect(lines[3]?.expiry.source?.article.en).toContain("twelfth trading day");
  });

  test("counts no holiday as a trading day, and days that have passed below zero", async () => {
    // 2026: 1 to 7 October without trading; the options of September expired on the 23rd, a Wednesday.
    const rows = [
      ["510050C2610M03000", "卖", 1, 0.1, 3.1, ""],
      ["510050C2609M03000", "卖", 1, 0.1, 3.1, ""],
    ];
    const { lines } = expiring(await bookWith(rows, { on: "2026-09-30" }), "settlement");
    expect(
      lines.map(({ expiry, exercisable }) => [
        expiry.day,
        expiry.calendarDays,
        expiry.tradingDays.value,
        exercisable,
      ]),
    ).toEqual([
      ["2026-09-23", -7, -4, "past"],
      ["2026-10-28", 28, 15, "later"],
    ]);
  });

  test("says how far an option is in, at or out of the money", async () => {
    const book = await bookWith([
      ...PLAIN,
      ["m2701-C-2950", "卖", 1, 50, 2950, ""],
      ["m2701-P-2900", "卖", 1, 50, 2950, ""],
    ]);
    const shown = (contract: string) => {
      const { at, by, difference } = sure(lineOf(book, contract).moneyness);
      return [at, Number(by), Number(difference)];
    };
    expect(shown("510050C2611M03000")).toEqual(["in", 0.1, 0.1]);
    expect(shown("510050P2611M03200")).toEqual(["in", 0.1, -0.1]);
    expect(shown("m2701-C-3100")).toEqual(["out", 150, -150]);
    expect(shown("m2701-P-2900")).toEqual(["out", 50, 50]);
    expect(shown("m2701-C-2950")).toEqual(["at", 0, 0]);
    expect(shown("IO2612-C-4600")).toEqual(["in", 50, 50]);
  });

  test("frees on the expiry day what each line takes; a covered call frees its shares", async () => {
    const book = await bookWith(PLAIN);
    const freed = (contract: string) => {
      const { on, released, unlocked } = lineOf(book, contract).worthless;
      return [on, Number(sure(released)), unlocked?.toNumber()];
    };
    // 0.1005 × 10000 + 12 % × 31000 = 4725 a lot; 60 × 10 + 2950 = 3550 a lot.
    expect(freed("510050C2611M03000")).toEqual([DAY, 9450, undefined]);
    expect(freed("m2701-P-3000")).toEqual(["2026-12-16", 14200, undefined]);
    expect(freed("510050C2611M02900")).toEqual([DAY, 0, 10000]);
    expect(freed("m2701-C-2900")).toEqual(["2026-12-16", 0, undefined]);
  });

  test("frees what is printed, and leaves open what a leg of a combination frees", async () => {
    const book = await ctpBook();
    const { lines } = expiring(book, "settlement");
    const free = lines.filter(
      ({ line }) => !line.combined && line.printed && line.kind === "option",
    );
    expect(free.length).toBeGreaterThan(3);
    for (const { line, worthless } of free) expect(worthless.released.value).toEqual(line.printed);
    const leg = lineOf(book, "m2701-C-3100").worthless.released;
    expect(leg.value).toBeUndefined();
    expect(leg.unknown?.en).toContain("m2701-C-3100 is in a combination");
    expect(leg.unknown?.zh).toContain("组合");
  });

  test("tells what assignment delivers: shares, cash or a future at the strike", async () => {
    const book = await bookWith(PLAIN);
    const shown = (contract: string) => {
      const { shares, cash, pnl, on, by, future } = sure(lineOf(book, contract).assigned);
      const figures = [shares, sure(cash), sure(pnl)].map(Number);
      return [...figures, on, by.value, future && `${future.side} ${future.contract}`];
    };
    expect(shown("510050C2611M03000")).toEqual([
      -20000,
      60000,
      -2000,
      DAY,
      "2026-11-26",
      undefined,
    ]);
    expect(shown("510050P2611M03200")).toEqual([
      30000,
      -96000,
      -3000,
      DAY,
      "2026-11-26",
      undefined,
    ]);
    expect(shown("510050C2611M02900")).toEqual([
      -10000,
      29000,
      -2000,
      DAY,
      "2026-11-26",
      undefined,
    ]);
    // European: on its expiry day at the soonest.
    expect(shown("IO2612-C-4600")).toEqual([
      0,
      -5000,
      -5000,
      "2026-12-18",
      "2026-12-18",
      undefined,
    ]);
    // American: any day.
    expect(shown("m2701-P-3000")).toEqual([0, -2000, -2000, DAY, DAY, "long m2701"]);
    expect(shown("m2701-C-3100")).toEqual([0, 7500, 7500, DAY, DAY, "short m2701"]);
    const { future } = sure(lineOf(book, "m2701-P-3000").assigned);
    expect([future?.marginPerLot, future?.margin].map((one) => Number(sure(one)))).toEqual([
      2950, 11800,
    ]);
    expect(lineOf(book, "m2701-C-2900").assigned).toBeUndefined();
    const when = ["m2701-P-3000", "IO2612-C-4600", "510050C2611M03000"].map(
      (contract) => [lineOf(book, contract).style, lineOf(book, contract).exercisable] as const,
    );
    expect(when).toEqual([
      ["American", "now"],
      ["European", "later"],
      ["European", "now"],
    ]);
  });

  test("takes the price by the basis asked for, of a future held too, and no other in its place", async () => {
    const header = ["合约", "方向", "手数", "结算价", "最新价"];
    const rows = [
      ["m2701-P-3000", "卖", 4, 60, 55],
      ["m2701", "卖", 3, 2950, 2960],
      ["y2701-P-8000", "卖", 4, 60, 55],
      ["y2701", "卖", 3, 7950, ""],
    ];
    const book = await bookWith(rows, { header, gaps: true });
    const price = (basis: "settlement" | "last") =>
      expiring(book, basis).lines.map(({ moneyness }) => moneyness.value?.price.toNumber());
    expect([price("settlement"), price("last")]).toEqual([
      [2950, 7950],
      [2960, undefined],
    ]);
    const open = expiring(book, "last").lines[1]?.moneyness.unknown;
    expect(open?.en).toContain("y2701 has no last price");
    expect(open?.zh).toContain("缺 y2701 的最新价");
  });

  test("says why a day is not known, or may still move, and puts unknown days last", async () => {
    const rows = [
      ["rb2701-MS-C-3300", "卖", 1, 50, 3200, ""],
      ["m2711-C-3000", "卖", 1, 50, 2950, ""],
      ["510050C2703M03000", "卖", 1, 0.1, 3.1, ""],
      ["510050C2612M03000", "卖", 1, 0.1, 3.1, ""],
    ];
    const statement = await readCells([HEADER, ...rows], "table", { day: DAY });
    const book = bookOf({ statement, prices: {}, profile: PROFILE, today: DAY });
    const { lines } = expiring(book, "settlement");
    const days = lines.map(({ line, expiry }) => [line.position.contract, expiry.day]);
    expect(days.slice(0, 2)).toEqual([
      ["510050C2612M03000", "2026-12-23"],
      ["510050C2703M03000", "2027-03-24"],
    ]);
    expect(days.slice(2).every(([, day]) => day === undefined)).toBe(true);
    const spring = lines[1]?.expiry;
    expect([spring?.shifted, spring?.calendarDays, spring?.tradingDays.value]).toEqual([
      false,
      119,
      undefined,
    ]);
    expect(spring?.note?.en).toContain("2027-03-24 is the rule's day");
    const beyond = lineOf(book, "m2711-C-3000").expiry;
    expect(beyond.note?.zh).toContain("2027 年的休市日尚未收录");
    // The rule of another market's option is its code.
    const hong = await readCells([HEADER, ["HK.TCH261230P480000", "卖", 1, 5, 500, ""]], "table", {
      day: DAY,
    });
    const other = bookOf({ statement: hong, prices: {}, profile: PROFILE, today: DAY });
    const [option] = expiring(other, "settlement").lines;
    expect([option?.expiry.day, option?.expiry.calendarDays]).toEqual(["2026-12-30", 35]);
    expect(option?.assigned?.unknown?.en).toContain("No rule of exercise");
    expect(option?.exercisable).toBe("unknown");
  });
});

describe("assigned tonight", () => {
  test("counts what is in the money and may be exercised, and says why the others aren't", async () => {
    const { assigned, left, open } = tonight(await bookWith(PLAIN));
    expect(codes(assigned)).toEqual([
      "510050C2611M03000",
      "510050P2611M03200",
      "510050C2611M02900",
      "m2701-P-3000",
    ]);
    expect(left.map(({ option, reason }) => [option.line.position.contract, reason])).toEqual([
      ["m2701-C-3100", "notInTheMoney"],
      ["IO2612-C-4600", "notYet"],
      ["510050P2612M02800", "notYet"],
    ]);
    expect(left[0]?.why.zh).toContain("虚值 150");
    expect(left[1]?.why.en).toContain("2026-12-18 only");
    expect(open).toEqual([]);
  });

  test("adds up margin and cash, before and after", async () => {
    const { strip, change } = tonight(await bookWith(PLAIN));
    // 9450 + 14,160 + 2160 + 67,800 + 14,200 + 12,500 + 8850.
    expect([strip.now.margin, strip.now.equity].map(Number)).toEqual([129120, 500000]);
    expect(numbers(sure(change))).toEqual({
      released: 9450 + 14160 + 14200,
      nettedOptions: 0,
      netted: 0,
      futuresMargin: 11800,
      // Strikes 60,000 + 29,000 − 96,000, first marking −2000.
      cash: -9000,
      // 15,000 free shares for 20,000 due: 5,000 at 3.1.
      bought: 15500,
      booked: 0,
    });
    expect([strip.then?.margin, strip.then?.equity].map(Number)).toEqual([103110, 475500]);
    expect(strip.then?.ratio?.equals(amount(103110).dividedBy(475500))).toBe(true);
    // Nothing proves that a table of one's own is the whole book, yet it is taken so.
    expect(strip.then?.status).toBe("normal");
  });

  test("asks for cash and shares by the day they are due, against what is at hand", async () => {
    const needs = sure(tonight(await bookWith(PLAIN)).needs);
    // The put's strike 96,000; margin 11,800 and loss 2000 of the futures. What calls bring in is not set against it.
    expect([needs.cash, needs.available, sure(needs.cashShort)].map(Number)).toEqual([
      109800, 370880, 0,
    ]);
    expect(needs.cashBy.map(({ by, cash }) => [by, Number(cash)])).toEqual([
      [DAY, 13800],
      ["2026-11-26", 96000],
    ]);
    const [shares] = needs.shares;
    expect(needs.shares).toHaveLength(1);
    // 10,000 locked of 25,000 held go to the covered call; 15,000 of 20,000 are left for the other.
    expect({
      ...shares,
      ...numbers({ ...shares, code: 0, by: 0 }),
      code: shares?.code,
      by: shares?.by,
    }).toEqual({
      code: "510050",
      needed: 30000,
      held: 25000,
      locked: 10000,
      short: 5000,
      by: "2026-11-26",
    });
    expect(
      needs.obligations.map(({ lineId, shares: due, cash, sharesShort }) => [
        lineId,
        ...[due, cash, sharesShort].map(Number),
      ]),
    ).toEqual([
      ["510050C2611M03000 short", 20000, 0, 5000],
      ["510050P2611M03200 short", 0, 96000, 0],
      ["510050C2611M02900 covered", 10000, 0, 0],
      ["m2701-P-3000 short", 0, 13800, 0],
    ]);
    expect(needs.incomplete).toBe(false);
  });

  test("leaves shares alone that are locked for covered calls which aren't assigned", async () => {
    const lots = { "510050C2611M02900 covered": amount(0) };
    const { needs, left } = tonight(await bookWith(PLAIN), { lots });
    expect(left[0]?.reason).toBe("noLots");
    const [shares] = sure(needs).shares;
    expect([shares?.needed, shares?.held, shares?.locked, shares?.short].map(Number)).toEqual([
      20000, 25000, 10000, 5000,
    ]);
  });

  test("says what cash is short, and that it isn't known where no money is", async () => {
    const poor = sure(tonight(await bookWith(PLAIN, { equity: amount(200000) })).needs);
    // 200,000 − 129,120 = 70,880 and 14,200 that the same clearing frees, of 109,800.
    expect(Number(sure(poor.freed))).toBe(14200);
    expect(Number(sure(poor.cashShort))).toBe(24720);
    const { needs, strip } = tonight(await bookWith(PLAIN, { equity: undefined }));
    expect(sure(needs).cashShort.unknown?.en).toContain("Funds available aren't known");
    expect(strip.refused?.en).toContain("Equity is missing");
  });

  test("sets what the same clearing frees against what it asks for", async () => {
    const puts = [["m2701-P-3000", "卖", 10, 60, 2950, ""]];
    const { needs, strip, notes } = tonight(await bookWith(puts, { equity: amount(36000) }));
    const { cash, available, freed, cashShort, obligations } = sure(needs);
    // 29,500 of margin and the loss of 5000; 500 free and 35,500 released.
    expect([cash, available, sure(freed), sure(cashShort)].map(Number)).toEqual([
      34500, 500, 35500, 0,
    ]);
    expect(obligations.map((one) => Number(sure(one.cashShort)))).toEqual([0]);
    expect([strip.then?.margin, strip.then?.equity].map(Number)).toEqual([29500, 31000]);
    expect(notes.map(({ en }) => en).join(" ")).toContain("the same clearing");
    // What stays short is what the account lacks then: equity 30,000 − 5000 of 29,500.
    const poor = tonight(await bookWith(puts, { equity: amount(30000) }));
    expect(Number(sure(sure(poor.needs).cashShort))).toBe(4500);
    expect(Number(poor.strip.then?.margin?.minus(poor.strip.then.equity ?? 0))).toBe(4500);
  });

  test("counts the gain of a first marking, and no margin of shares before their delivery", async () => {
    const rows = [
      ["m2701-C-3100", "卖", 5, 30, 2950, ""],
      ["510050P2611M03200", "卖", 1, 0.1, 3.1, ""],
    ];
    const { needs, change, notes } = tonight(await bookWith(rows, { equity: amount(20000) }), {
      all: true,
    });
    // 12,500 released and 7500 gained; the put's 4720 stay in use until its shares are there.
    expect(Number(sure(change).released)).toBe(12500 + 4720);
    expect(Number(sure(sure(needs).freed))).toBe(20000);
    // 20,000 − 17,220 + 20,000 of 14,750 tonight and 32,000 tomorrow.
    expect(Number(sure(sure(needs).cashShort))).toBe(14750 + 32000 - 22780);
    expect(notes.map(({ en }) => en).join(" ")).toContain("the margin stays in use until then");
  });

  test("leaves open what is short where what a combination frees is not known", async () => {
    const book = await ctpBook();
    const lots = { "m2701-C-3100 short": amount(1) };
    const { freed, cashShort } = sure(tonight(book, { lots }).needs);
    expect(freed.unknown?.en).toContain("m2701-C-3100 is in a combination");
    // The money at hand is enough without it.
    expect(Number(sure(cashShort))).toBe(0);
    const poor = { ...book, standings: { ...book.standings, available: amount(0) } };
    expect(sure(tonight(poor, { lots }).needs).cashShort.unknown).toEqual(freed.unknown);
  });

  test("assumes every short on request", async () => {
    const { assigned, left, change, notes } = tonight(await bookWith(PLAIN), { all: true });
    expect([assigned.length, left.length]).toEqual([7, 0]);
    expect(numbers(sure(change))).toEqual({
      released: 129120 - 8850,
      nettedOptions: 0,
      netted: 0,
      futuresMargin: 9 * 2950,
      // The index −5000, the far put's strike −28,000, the far call's marking +7500.
      cash: -9000 - 5000 - 28000 + 7500,
      bought: 15500,
      booked: 0,
    });
    expect(notes.map(({ en }) => en).join(" ")).toContain("last two hours");
  });

  test("buys the shares that are missing: a naked call assigned leaves its loss", async () => {
    const book = await bookWith([["510050C2611M03000", "卖", 20, 0.1005, 3.1, ""]], {
      equity: amount(60000),
    });
    const { strip, needs } = tonight(book);
    expect(Number(sure(needs).shares[0]?.short)).toBe(200000);
    // 60,000 + 600,000 for the strikes − 200,000 × 3.1.
    expect([strip.then?.margin, strip.then?.equity].map(Number)).toEqual([0, 40000]);
  });

  test("pays nothing for an index option out of the money", async () => {
    const book = await bookWith([["IO2612-P-4600", "卖", 2, 120, 4650, ""]]);
    const { assigned, change, needs } = tonight(book, { all: true });
    expect(Number(sure(assigned[0]?.assigned.pnl))).toBe(0);
    expect([sure(change).cash, sure(needs).cash].map(Number)).toEqual([0, 0]);
  });

  test("takes lots by line, out of the money too, and refuses more than are held", async () => {
    const book = await bookWith(PLAIN);
    const lots = { "m2701-C-3100 short": amount(2), "m2701-P-3000 short": amount(1) };
    const { assigned, change } = tonight(book, { lots });
    expect(assigned.map(({ lots: n }) => n.toNumber())).toEqual([2, 3, 1, 1, 2]);
    // 14,200 ÷ 4 and 12,500 ÷ 5 × 2.
    expect(Number(sure(change).released)).toBe(9450 + 14160 + 3550 + 5000);
    expect(Number(sure(change).futuresMargin)).toBe(3 * 2950);
    for (const wrong of [6, 1.5, -1]) {
      const { open, needs, strip } = tonight(book, {
        lots: { "m2701-C-3100 short": amount(wrong) },
      });
      expect(codes(open)).toEqual(["m2701-C-3100"]);
      expect(needs.unknown?.en).toContain("a whole number from 0 to 5");
      expect(strip.refused).toEqual(needs.unknown);
    }
    // Lots don't make a European option assignable before its day.
    const early = tonight(book, { lots: { "IO2612-C-4600 short": amount(1) } });
    expect(codes(early.assigned)).not.toContain("IO2612-C-4600");
  });

  test("sets futures off against opposite ones held, each lot once", async () => {
    const book = await bookWith([...PLAIN, ["m2701-P-3050", "卖", 2, 110, 2950, ""]]);
    const plain = tonight(book);
    expect(plain.notes.map(({ en }) => en).join(" ")).toContain("held the other way");
    const { assigned, change, needs, notes } = tonight(book, { netting: true });
    // Three short futures: against three of the first put's four long ones, none is left for the other put's.
    const netted = assigned
      .filter(({ assigned: { future } }) => future)
      .map(({ netted: { lots, freed }, futuresMargin }) =>
        [lots, sure(freed), futuresMargin].map(Number),
      );
    expect(netted).toEqual([
      [3, 8850, 2950],
      [0, 0, 5900],
    ]);
    expect([sure(change).netted, sure(change).futuresMargin].map(Number)).toEqual([8850, 8850]);
    // Set off or not, the first marking is paid.
    expect(sure(change).cash).toEqual(sure(plain.change).cash);
    // 96,000; one future's margin and 2000; two futures' margin and 2000.
    expect(Number(sure(needs).cash)).toBe(96000 + 2950 + 2000 + 5900 + 2000);
    expect(notes.map(({ en }) => en).join(" ")).not.toContain("held the other way");
  });

  test("refuses the strip where a line is in a combination, and still tells what is needed", async () => {
    const book = await ctpBook();
    const lots = { "m2701-C-3100 short": amount(1) };
    const { strip, change, needs } = tonight(book, { lots });
    expect(strip.then).toBeUndefined();
    expect(strip.refused?.en).toContain("m2701-C-3100 is in a combination");
    expect(change.unknown).toEqual(strip.refused);
    expect(sure(needs).obligations.some(({ lineId }) => lineId === "m2701-C-3100 short")).toBe(
      true,
    );
  });

  test("refuses totals where a price or a rate is missing, and names the lines", async () => {
    const priceless = await bookWith([["m2701-P-3000", "卖", 4, 60, "", ""]], { gaps: true });
    const missing = tonight(priceless);
    expect(codes(missing.open)).toEqual(["m2701-P-3000"]);
    expect(missing.needs.unknown?.zh).toContain("缺 m2701 的结算价");
    expect([missing.strip.then, missing.strip.refused]).toEqual([undefined, missing.needs.unknown]);
    const rateless = await bookWith([["m2701-P-3000", "卖", 4, 60, 2950, ""]], {
      profile: { ...PROFILE, products: {} },
    });
    expect(tonight(rateless).needs.unknown?.en).toContain(
      "What the broker charges on the future m2701",
    );
    // An ETF's delivery needs no price, whether it is exercised does.
    const shares = await bookWith([["510050C2611M03000", "卖", 1, 0.1, "", ""]], { gaps: true });
    expect(tonight(shares).needs.unknown?.en).toContain("510050 has no settlement price");
    const all = sure(tonight(shares, { all: true }).needs);
    expect(Number(all.shares[0]?.short)).toBe(10000);
  });

  test("gives an equity at market value back what the shorts had taken from it", async () => {
    const book = await bookWith(PLAIN, { profile: { ...PROFILE, ratio: "marketValue" } });
    const { change, strip } = tonight(book);
    // 0.1005 × 20,000 + 0.1 × 30,000 + 0.2 × 10,000 + 60 × 40.
    expect(Number(sure(change).booked)).toBe(2010 + 3000 + 2000 + 2400);
    expect(Number(strip.then?.equity)).toBe(500000 - 9000 - 15500 + 9410);
  });

  test("refuses to say what setting off frees where the futures held take margin together", async () => {
    const book = await bookWith([...PLAIN, ["m2701", "买", 1, 2950, 2950, ""]]);
    expect(tonight(book).change.unknown).toBeUndefined();
    const { change, needs, strip } = tonight(book, { netting: true });
    expect(change.unknown?.en).toContain("m2701 is in a combination");
    expect(strip.then).toBeUndefined();
    // 96,000 for the put, one future's margin and the loss of four.
    expect(Number(sure(needs).cash)).toBe(96000 + 2950 + 2000);
  });

  test("serves covered calls first, however many lines there are", async () => {
    const naked = Array.from({ length: 150 }, (_, row) => [
      ...[`510050C2611M0${2500 + row}`, "卖", 1, 0.5, 3.1, ""],
    ]);
    const covered = ["510050C2611M02900", "备兑", 1, 0.2, 3.1, 10000];
    const shares = ["510050", "买", 1205000, 3.1, 3.1, ""];
    const { shares: asked, obligations } = sure(
      tonight(await bookWith([...naked, covered, shares])).needs,
    );
    // 151 lots of 10,000 against 1,205,000: the last of the naked ones go short.
    expect([asked[0]?.needed, asked[0]?.short].map(Number)).toEqual([1510000, 305000]);
    const short = obligations.filter(({ sharesShort }) => !sharesShort.isZero());
    expect(short).toHaveLength(31);
    expect(Number(short[0]?.sharesShort)).toBe(5000);
    expect(short.some(({ lineId }) => lineId.includes("covered"))).toBe(false);
  });

  test("comes to what the ledger books for the same assignment", async () => {
    const header = [
      "date",
      "event",
      "contract",
      "side",
      "quantity",
      "price",
      "settlement",
      "underlying",
      "rate",
    ];
    const NEXT = "2026-11-26";
    const opened = [
      [DAY, "open", "m2701-P-3000", "short", 4, 60, "", 2950, 0.1],
      [DAY, "open", "510050P2611M03200", "short", 3, 0.1, "", 3.1, ""],
      [DAY, "settle", "m2701-P-3000", "", "", "", 60, 2950, 0.1],
      [DAY, "settle", "510050P2611M03200", "", "", "", 0.1, 3.1, ""],
    ];
    const assigned = [
      [DAY, "assign", "m2701-P-3000", "short", 4, "", "", "", ""],
      [DAY, "assign", "510050P2611M03200", "short", 3, "", "", "", ""],
      [DAY, "settle", "m2701", "", "", "", 2950, "", 0.1],
      [NEXT, "settle", "m2701", "", "", "", 2950, "", 0.1],
      [NEXT, "settle", "510050", "", "", "", 3.1, "", ""],
    ];
    const booked = (rows: unknown[][]) => {
      const terms = {
        ...{ exchanges, opening: amount(500000), markup: amount(0) },
        dayOfCell: (cell: unknown) => readDay(String(cell)),
      };
      const last = ledger(readEvents([header, ...rows]), terms).at(-1);
      if (!last || "error" in last) throw last?.error ?? new Error("nothing booked");
      return [last.figures.margin, last.figures.balance].map(Number);
    };
    const [margin, balance] = booked(opened);
    const book = await bookWith([PLAIN[1], PLAIN[5]], { equity: amount(balance ?? 0) });
    const { strip } = tonight(book);
    expect([strip.now.margin, strip.now.equity].map(Number)).toEqual([margin, balance]);
    expect([strip.then?.margin, strip.then?.equity].map(Number)).toEqual(
      booked([...opened, ...assigned]),
    );
  });

  test("does nothing to a book without shorts", async () => {
    const { strip, needs, notes } = tonight(
      await bookWith([["m2701-C-2900", "买", 2, 70, 2950, ""]]),
    );
    expect(strip.then).toEqual({ ...strip.now, ratio: strip.then?.ratio });
    expect([Number(sure(needs).cash), sure(needs).shares, notes]).toEqual([0, [], []]);
  });
});

describe("long and short of one contract", () => {
  const BOTH = [
    ["510050C2611M03000", "卖", 3, 0.1, 3.1, ""],
    ["510050C2611M03000", "买", 2, 0.1, 3.1, ""],
  ];
  const lineIn = (book: Book, id: string): ExpiringLine => {
    const found = expiring(book, "settlement").lines.find(({ line }) => line.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  const SHORT = "510050C2611M03000 short";

  test("are netted before lots are assigned", async () => {
    const book = await bookWith(BOTH);
    const { assigned, needs, change, strip, netted } = tonight(book);
    expect(assigned.map(({ lots }) => Number(lots))).toEqual([1]);
    expect(netted.map(({ option, lots }) => [option.line.id, Number(lots)])).toEqual([[SHORT, 2]]);
    expect(netted[0]?.why.zh).toBe(
      "510050C2611M03000 卖 3 手，其中 2 手今晚先与权利仓净额轧平，不会被指派。",
    );
    expect(Number(sure(needs).shares[0]?.needed)).toBe(10000);
    // 4720 a lot: two are freed by netting, one by assignment.
    expect([sure(change).nettedOptions, sure(change).released].map(Number)).toEqual([9440, 4720]);
    expect([strip.now.margin, strip.then?.margin].map(Number)).toEqual([14160, 0]);
    const short = lineIn(book, SHORT);
    expect([short.lots, short.netted, sure(short.assigned).lots].map(Number)).toEqual([3, 2, 1]);
  });

  test("leave nothing to assign where all are netted, and lots chosen go no further than what is left", async () => {
    const book = await bookWith([BOTH[0] ?? [], ["510050C2611M03000", "买", 5, 0.1, 3.1, ""]]);
    const { assigned, left, strip } = tonight(book, { all: true });
    expect(assigned).toEqual([]);
    expect(left.map(({ reason }) => reason)).toEqual(["netted"]);
    expect(Number(strip.then?.margin)).toBe(0);
    expect(lineIn(book, SHORT).assigned).toBeUndefined();
    const { needs } = tonight(await bookWith(BOTH), { lots: { [SHORT]: amount(2) } });
    expect(needs.unknown?.en).toContain("a whole number from 0 to 1");
  });

  test("go by the uncovered before the covered, and stay apart where the exchange nets nothing", async () => {
    const rows = [
      ["510050C2611M03000", "备兑", 2, 0.1, 3.1, 20000],
      ["510050C2611M03000", "卖", 1, 0.1, 3.1, ""],
      ["510050C2611M03000", "买", 2, 0.1, 3.1, ""],
    ];
    const { assigned, left } = tonight(await bookWith(rows));
    expect(assigned.map(({ option, lots }) => [option.side, Number(lots)])).toEqual([
      ["covered", 1],
    ]);
    expect(left.map(({ option, reason }) => [option.side, reason])).toEqual([["short", "netted"]]);
    const futures = await bookWith([
      ["m2701-P-3000", "卖", 3, 60, 2950, ""],
      ["m2701-P-3000", "买", 2, 60, 2950, ""],
    ]);
    expect(tonight(futures).assigned.map(({ lots }) => Number(lots))).toEqual([3]);
    expect(tonight(futures).netted).toEqual([]);
  });

  test("are netted only outside sets", async () => {
    const book = await bookWith(BOTH);
    const lines = book.lines.map((line) =>
      line.position.side === "short" ? { ...line, inSets: amount(2), combined: true } : line,
    );
    // One of three shorts is outside.
    const { assigned, change } = tonight({ ...book, lines });
    expect(assigned.map(({ lots }) => Number(lots))).toEqual([2]);
    expect(change.unknown?.en).toContain("is in a combination");
  });
});

describe("a long option at expiry", () => {
  test("is exercised by itself in the money where the exchange does so, else it lapses without an instruction", async () => {
    const book = await bookWith([
      ["m2701-C-2900", "买", 2, 70, 2950, ""],
      ["m2701-C-3000", "买", 2, 30, 2950, ""],
      ["IO2612-C-4600", "买", 1, 120, 4650, ""],
      ["510050C2611M03000", "买", 1, 0.1, 3.1, ""],
      ["m2701-P-3000", "卖", 1, 60, 2950, ""],
    ]);
    const shown = (contract: string) => {
      const { exercised, lapsed } = sure(lineOf(book, contract).unasked);
      return [exercised, lapsed].map(Number);
    };
    expect(shown("m2701-C-2900")).toEqual([2, 0]);
    expect(shown("m2701-C-3000")).toEqual([0, 2]);
    expect(shown("IO2612-C-4600")).toEqual([1, 0]);
    expect(shown("510050C2611M03000")).toEqual([0, 1]);
    expect(lineOf(book, "m2701-P-3000").unasked).toBeUndefined();
    const { says } = sure(lineOf(book, "m2701-C-2900").unasked);
    expect(says.zh).toBe("按这个价到期，不下指令也由交易所自动行权。");
    expect(sure(lineOf(book, "510050C2611M03000").unasked).says.en).toContain(
      "no automatic exercise",
    );
    const { cells } = expirySheet(expiring(book, "settlement"), { language: "zh", taken: [] });
    const remark = cells.find((row) => row[3]?.value === "m2701-C-2900")?.[20]?.value;
    expect(remark).toContain("自动行权");
  });
});

describe("random books", () => {
  const draw = random(20261125);
  /** Two settlements of one contract make a statement incomplete. */
  const drawn = (): unknown[][] => {
    const prices = new Map<unknown, unknown>();
    return drawBook(draw, 1 + Math.floor(draw() * 14), 2).map(({ row }) => {
      const { contract, side, quantity, settlement = 3, underlying = 3 } = row;
      const price = prices.get(contract) ?? settlement;
      prices.set(contract, price);
      return [contract, side, quantity, price, underlying, ""];
    });
  };
  /** So does a row that repeats another. */
  const unlike = (rows: unknown[][]): unknown[][] => [
    ...new Map(rows.map((row) => [row.join(" "), row])).values(),
  ];
  const books: Promise<Book[]> = Promise.all(
    Array.from({ length: 60 }, () =>
      bookWith(unlike(drawn()), { equity: amount(1 + Math.floor(draw() * 1e6)) }),
    ),
  );
  const sum = (parts: readonly Amount[]): number =>
    parts.reduce((all, one) => all.plus(one), amount(0)).toNumber();

  test("put every short in one place, and totals are the sums of the lines' parts", async () => {
    for (const book of await books) {
      for (const more of [{}, { all: true }, { all: true, netting: true }]) {
        const { assigned, left, open, needs, change, strip } = tonight(book, more);
        const ids = [...assigned, ...left, ...open].map(({ option }) => option.line.id).sort();
        const shorts = book.lines.filter(
          ({ kind, position }) => kind === "option" && position.side !== "long",
        );
        expect(ids).toEqual(shorts.map(({ id }) => id).sort());
        expect(open).toEqual([]);
        const asked = sure(needs);
        expect(asked.cash.toNumber()).toBe(sum(asked.obligations.map(({ cash }) => cash)));
        expect(asked.cash.toNumber()).toBe(sum(asked.cashBy.map(({ cash }) => cash)));
        expect(sum(asked.shares.map(({ needed }) => needed))).toBe(
          sum(asked.obligations.map(({ shares }) => shares)),
        );
        if (change.unknown) continue;
        const { released, nettedOptions, netted, futuresMargin, cash, bought } = change.value;
        const freed = released.plus(nettedOptions).plus(netted);
        expect(released.toNumber()).toBe(sum(assigned.map((one) => sure(one.released))));
        expect(cash.toNumber()).toBe(sum(assigned.map((one) => sure(one.assigned.cash))));
        expect(futuresMargin.toNumber()).toBe(sum(assigned.map((one) => one.futuresMargin)));
        expect(strip.then?.margin?.plus(freed).minus(futuresMargin)).toEqual(strip.now.margin);
        expect(strip.then?.equity?.minus(cash).plus(bought)).toEqual(strip.now.equity);
      }
    }
  });

  test("go short of what the account then lacks, where all is delivered the same night", async () => {
    let seen = 0;
    for (const book of await books) {
      const whole = tonight(book, { all: true }).assigned;
      // Shares are delivered a day later.
      const later = whole.filter(({ assigned }) => assigned.settles === "shares");
      const lots = Object.fromEntries(later.map(({ option }) => [option.line.id, amount(0)]));
      for (const free of [0, 1000, 50000]) {
        const { standings, inputs } = book;
        if (!standings.broker.margin) continue;
        const equity = standings.broker.margin.plus(free);
        const money = { equity, denominator: equity, available: amount(free) };
        const poor = {
          ...book,
          inputs: { ...inputs, equity },
          standings: { ...standings, ...money },
        };
        const { needs, strip } = tonight(poor, { all: true, lots });
        if (!strip.then?.margin || !strip.then.equity) continue;
        const lacking = strip.then.margin.minus(strip.then.equity).toNumber();
        expect(sure(sure(needs).cashShort).toNumber()).toBe(Math.max(0, lacking));
        if (lacking > 0) seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(0);
  });

  test("assigned line by line ask for as much as all at once", async () => {
    for (const book of await books) {
      const whole = tonight(book, { all: true });
      const ids = whole.assigned.map(({ option }) => option.line.id);
      const single = ids.map((id) => {
        const none = Object.fromEntries(ids.map((one) => [one, amount(0)]));
        delete none[id];
        return tonight(book, { all: true, lots: none });
      });
      const parts = single.map(({ change }) => sure(change));
      const all = sure(whole.change);
      for (const key of ["released", "futuresMargin", "cash"] as const) {
        expect(all[key].toNumber()).toBe(sum(parts.map((part) => part[key])));
      }
      expect(sure(whole.needs).cash.toNumber()).toBe(
        sum(single.map(({ needs }) => sure(needs).cash)),
      );
      // Alone each may use all the shares held; together they share them.
      const short = (one: AssignedTonight): number =>
        sum(sure(one.needs).shares.map((shares) => shares.short));
      expect(short(whole)).toBeGreaterThanOrEqual(Math.max(0, ...single.map(short)));
    }
  });

  test("never set off more futures than are held the other way", async () => {
    let seen = 0;
    for (const book of await books) {
      const held = (contract: string, side: string): number =>
        sum(
          book.lines
            .filter(({ kind, underlying }) => kind === "future" && underlying === contract)
            .flatMap(({ position }) => (position.side === side ? [position.quantity] : [])),
        );
      const taken = new Map<string, number>();
      for (const { assigned, netted } of tonight(book, { all: true, netting: true }).assigned) {
        const { future } = assigned;
        if (!future) continue;
        expect(netted.lots.lessThanOrEqualTo(future.lots)).toBe(true);
        const key = `${future.contract} ${future.side === "long" ? "short" : "long"}`;
        taken.set(key, (taken.get(key) ?? 0) + netted.lots.toNumber());
      }
      for (const [key, lots] of taken) {
        const [contract = "", side = ""] = key.split(" ");
        expect(lots).toBeLessThanOrEqual(held(contract, side));
        if (lots > 0) seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(0);
  });
});

describe("the sheet of expiries", () => {
  test("has one row an option, figures as figures and blanks with their reason", async () => {
    const book = await bookWith([...PLAIN.slice(0, 6), ["y2701-P-8000", "卖", 1, 60, "", ""]], {
      gaps: true,
    });
    const plan = expirySheet(expiring(book, "settlement"), { language: "zh", taken: [] });
    expect(plan.name).toBe("到期 11-25");
    expect(plan.cells[0]?.[0]?.value).toBe("到期 2026-11-25");
    const rows = plan.cells.map((row) => row.map((cell) => cell?.value));
    expect(rows[2]?.slice(0, 7)).toEqual([
      ..."到期日 天数 交易日 合约 方向 手数 行权价".split(" "),
    ]);
    expect(rows[3]).toEqual([
      ...[46351, 0, 0, "510050C2611M03000", "卖", 2, 3, "510050", 3.1, "实值", 0.1, 9450, "现在"],
      ...[-20000, 60000, undefined, undefined, undefined, -2000, 46352, undefined],
    ]);
    const soy = rows.find((row) => row[3] === "m2701-P-3000");
    expect(soy?.slice(11)).toEqual([
      ...[14200, "现在", 0, -2000, "m2701 买", 4, 11800, -2000, 46351, undefined],
    ]);
    const open = rows.find((row) => row[3] === "y2701-P-8000");
    expect([open?.[8], open?.[10], open?.[18]]).toEqual([undefined, undefined, undefined]);
    expect(open?.[20]).toContain("缺 y2701 的结算价");
    expect(plan.printArea).toBe("A1:U10");
    const widths = plan.cells.map((row) => row.length);
    expect(new Set([...widths, plan.widths.length])).toEqual(new Set([21]));
  });

  test("is in English too, and takes a name that is free", async () => {
    const timeline = expiring(await bookWith(PLAIN), "last");
    const plan = expirySheet(timeline, { language: "en", taken: ["expiry 11-25"] });
    expect(plan.name).toBe("Expiry 11-25 (2)");
    expect(plan.cells[2]?.[3]?.value).toBe("Contract");
    expect(plan.cells[1]?.[0]?.value).toContain("last price");
  });

  test("makes no formula of any text of a file", async () => {
    const book = await hostileBook();
    const lines = book.lines.map((line) => ({ ...line, kind: "option" as const }));
    const timeline = expiring({ ...book, lines }, "settlement");
    const { cells } = expirySheet(timeline, { language: "zh", taken: [] });
    const all = cells.flat().flatMap((cell) => cell ?? []);
    expect(all.filter(({ formula }) => formula !== undefined)).toEqual([]);
    const hostile = all.filter(({ value }) => HOSTILE.some((one) => one === value));
    expect(hostile.length).toBeGreaterThan(3);
    expect(hostile.every(({ format }) => format === "@")).toBe(true);
  });
});

describe("long books", () => {
  test("pause, and come out the same", async () => {
    const book = await bookOfRows(2000);
    const run = <T>(work: Generator<void, T>): [T, number] => {
      for (let pauses = 0; ; pauses++) {
        const { done, value } = work.next();
        if (done) return [value, pauses];
      }
    };
    const [timeline, pauses] = run(expiringInSteps(book, "settlement"));
    expect(pauses).toBeGreaterThan(10);
    expect(timeline.lines).toHaveLength(2000);
    const [whole, rests] = run(assignedTonightInSteps(book, { ...ASKED, all: true }));
    expect(rests).toBeGreaterThan(20);
    expect(whole.assigned.length).toBe(
      drained(assignedTonightInSteps(book, { ...ASKED, all: true })).assigned.length,
    );
    const [plan, stops] = run(expirySheetInSteps(timeline, { language: "zh", taken: [] }));
    expect([plan.cells.length, stops > 10]).toEqual([2003, true]);
  });
});
