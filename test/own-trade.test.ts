// Own trades as they are typed: which are counted, and what the others lack.
import { expect, test } from "@jest/globals";
import { digits } from "../src/core";
import { stripFor } from "../src/taskpane/desk-planning";
import { countedTrades, isBlank, readTyped } from "../src/taskpane/own-trade";
import { WHAT_IF_TEXTS } from "../src/taskpane/texts-what-if";
import type { TypedTrade } from "../src/taskpane/views/what-if/room";
import { bookWith } from "./taskpane/books";

const typed = (of: Partial<TypedTrade> = {}): TypedTrade => ({
  contract: "IO2612-C-4800",
  side: "buy",
  effect: "close",
  lots: "1",
  price: "45.2",
  ...of,
});

const own = (trades: readonly TypedTrade[]) => ({ order: "own", trades, slippage: "" }) as const;

test("a row with every field is a trade", () => {
  const read = readTyped(typed());
  expect(read).toMatchObject({ trade: { contract: "IO2612-C-4800", lots: 1 } });
});

test.each([
  [{ price: "" }, { lacks: ["price"] }],
  [{ lots: " ", price: "" }, { lacks: ["lots", "price"] }],
  [{ lots: "0" }, { wrong: "lots" }],
  [{ lots: "1.5" }, { wrong: "lots" }],
  [{ lots: "100%" }, { wrong: "lots" }],
  [{ price: "-1" }, { wrong: "price" }],
  [{ price: "5%" }, { wrong: "price" }],
  [{ price: "abc", lots: "" }, { wrong: "price" }],
] as const)("%j keeps a row from being counted", (of, expected) => {
  expect(readTyped(typed(of))).toEqual(expected);
  expect(countedTrades([typed(of)])).toEqual([]);
});

test("a row that was only just added is blank", () => {
  expect(isBlank(readTyped(typed({ contract: "", lots: "", price: "" })))).toBe(true);
  expect(isBlank(readTyped(typed({ lots: "", price: "" })))).toBe(false);
});

test("what isn't counted is said with its number, in both languages", () => {
  expect(WHAT_IF_TEXTS.zh.lacks(2, WHAT_IF_TEXTS.zh.price)).toBe("第 2 笔缺价格，未计入。");
  expect(WHAT_IF_TEXTS.en.lacks(2, WHAT_IF_TEXTS.en.price)).toBe(
    "Trade 2 has no price and isn't counted.",
  );
});

test("with no trade counted there is no figure after the trades", async () => {
  const book = await bookWith({ figures: { equity: "500000" } });
  expect(stripFor(book, own([]), undefined).then).toBeUndefined();
  expect(stripFor(book, own([typed({ price: "" })]), undefined).then).toBeUndefined();
  expect(stripFor(book, own([typed()]), undefined).then).toBeDefined();
});

test("a refused trade goes by its number in the list, whatever before it isn't counted", async () => {
  const book = await bookWith({ figures: { equity: "500000" } });
  const strip = stripFor(book, own([typed({ price: "" }), typed({ lots: "999" })]), undefined);
  expect(strip.refused?.zh).toMatch(/^第 2 笔：/);
  expect(digits(strip.now.equity ?? book.standings.equity!)).toBe("500000");
});
