// What a slider asks for while it moves: of a large book two scenarios a move and no more; curves, once it rests.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { bookOf, DEFAULT_PROFILE, type Book, type Market } from "../src/account";
import { amount, type ScenarioBook, type Shock } from "../src/core";
import { readCells } from "../src/statements";
import { Marketing, MOST_MARKET_LINES, type Marketed } from "../src/taskpane/desk-market";
import { UNMOVED } from "../src/taskpane/desk-state";

async function bookOfLegs(count: number): Promise<Book> {
  const rows = Array.from({ length: count }, (_, i) => {
    const right = i % 2 === 0 ? "P" : "C";
    const month = ["2612", "2701", "2702", "2703"][Math.floor(i / 50)] ?? "";
    return [
      `IO${month}-${right}-${4000 + (Math.floor(i / 2) % 25) * 50}`,
      "卖",
      1 + (i % 3),
      700,
      4650,
    ];
  });
  const head = ["合约", "方向", "手数", "结算价", "标的价"];
  return bookOf({
    statement: await readCells([head, ...rows], "持仓", { day: "2026-11-20" }),
    prices: {},
    equity: amount("90000000"),
    profile: { ...DEFAULT_PROFILE, surcharge: { kind: "multiple", markup: "0.1" } },
    today: "2026-11-20",
  });
}

/** Scenarios a book is asked for from now on. */
function counted(market: Market): { count: number } {
  const asked = { count: 0 };
  const follow = (book: ScenarioBook): void => {
    const { outcomes } = book;
    const following = (shocks: readonly Shock[]) => {
      asked.count += shocks.length;
      return outcomes(shocks);
    };
    Object.assign(book, { outcomes: following });
  };
  follow(market.broker);
  if (market.exchange) follow(market.exchange.scenarios);
  if (!("why" in market.worth)) follow(market.worth);
  return asked;
}

/** What there is once all that was begun is done. */
function settled(marketing: Marketing, book: Book, ui: Partial<typeof UNMOVED> = {}): Marketed {
  for (let n = 0; n < 5; n++) {
    const shown = marketing.of(book, { ...UNMOVED, ...ui });
    if (!shown.busy) return shown;
    jest.runAllTimers();
  }
  throw new Error("it is never done");
}

describe("a slider over two hundred legs", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test("asks for one scenario on each standard a move, and for the curves once it rests", async () => {
    const book = await bookOfLegs(200);
    let changes = 0;
    const marketing = new Marketing(() => (changes += 1));
    const ready = settled(marketing, book);
    expect(ready.strip?.strip.then).toEqual(ready.strip?.strip.now);
    expect(ready.strip?.strip.now.ratio).toBeDefined();
    expect(ready.curve?.moves).toHaveLength(161);
    expect(ready.grid?.rows).toHaveLength(5);
    if (!ready.market || "refused" in ready.market) throw new Error("no market");
    const asked = counted(ready.market);
    for (let n = 1; n <= 20; n++) {
      const shown = marketing.of(book, { ...UNMOVED, price: String(n / 2) });
      expect(shown.busy).toBe(false);
      expect(asked.count).toBe(2 * n);
    }
    asked.count = 0;
    for (let n = 1; n <= 20; n++) {
      const shown = marketing.of(book, { ...UNMOVED, volatility: String(n) });
      expect(shown.curve).toBe(ready.curve);
      expect(asked.count).toBe(2 * n);
    }
    const before = changes;
    jest.runAllTimers();
    expect(changes).toBeGreaterThan(before);
    const rested = settled(marketing, book, { volatility: "20" });
    expect(rested.curve?.assumed.volatility.toString()).toBe("0.2");
    expect(rested.crossings?.assumed.volatility.toString()).toBe("0.2");
  });

  test("shows the same move again without asking anew, and of a longer book says that it is too long", async () => {
    const book = await bookOfLegs(3);
    const marketing = new Marketing(() => undefined);
    const moved = { ...UNMOVED, price: "+1" };
    const { market, strip } = marketing.of(book, moved);
    if (!market || "refused" in market) throw new Error("no market");
    const asked = counted(market);
    expect(marketing.of(book, moved).strip).toBe(strip);
    expect(asked.count).toBe(0);
    const [line] = book.lines;
    const long = { ...book, lines: Array(MOST_MARKET_LINES + 1).fill(line) };
    expect(marketing.of(long, UNMOVED)).toMatchObject({ market: undefined, busy: false });
  });
});
