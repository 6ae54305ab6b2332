// What if counts nothing of Hong Kong, and says so rather than that nothing is held.
import { expect, test } from "@jest/globals";
import { bookOf, DEFAULT_PROFILE, withoutHongKong } from "../src/account";
import { amount } from "../src/core";
import { readCells } from "../src/statements";
import { FRAME_TEXTS } from "../src/taskpane/texts-frame";
import { hongKongLeftOut } from "../src/taskpane/views/frame/hong-kong-left-out";
import { elements, said } from "./taskpane/books";

const HEADER = ["合约", "买卖", "手数", "结算价", "标的价"];
const HSI = ["HSI28800C9", "卖", 1, 300, 28800];
const IO = ["IO2612-P-4300", "卖", 1, 18.6, 4650];

async function leftOut(rows: readonly unknown[][], language: "zh" | "en", act = () => {}) {
  const statement = await readCells([HEADER, ...rows] as never, "持仓", { day: "2026-11-20" });
  const book = bookOf({
    statement: withoutHongKong(statement),
    prices: {},
    equity: amount("100000"),
    profile: DEFAULT_PROFILE,
    today: "2026-11-20",
  });
  return hongKongLeftOut(book, statement, FRAME_TEXTS[language], act);
}

test.each(["zh", "en"] as const)(
  "an account of Hong Kong alone is shown the way: %s",
  async (language) => {
    let gone = 0;
    const { only, said: shown } = await leftOut([HSI], language, () => (gone += 1));
    expect(only).toBe(true);
    expect(said([shown])).toContain(FRAME_TEXTS[language].hongKongOnly);
    const [button] = [...elements([shown])].filter(
      ({ attributes }) => attributes.id === "to-hong-kong",
    );
    (button?.attributes.onclick as () => void)();
    expect(gone).toBe(1);
  },
);

test("beside other holdings it is said that Hong Kong is in none of the figures", async () => {
  const { only, said: shown } = await leftOut([IO, HSI], "zh");
  expect(only).toBe(false);
  expect(said([shown])).toBe(FRAME_TEXTS.zh.hongKongBeside);
});

test("without any of it nothing is said", async () => {
  expect(await leftOut([IO], "zh")).toEqual({ only: false, said: undefined });
});
