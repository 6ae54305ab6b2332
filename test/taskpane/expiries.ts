/** An account whose ETF options of November expire on its day, with options of other kinds beside them. */
import { bookOf, type Book, type Profile } from "../../src/account";
import { amount } from "../../src/core";
import { readCells } from "../../src/statements";
import { FIFTH } from "./spread";

/** The fourth Wednesday of November 2026. */
export const EXPIRY_DAY = "2026-11-25";

export const EXPIRIES: readonly (readonly string[])[] = [
  ["合约", "方向", "手数", "结算价", "标的价", "锁定份数"],
  ["510050C2611M03000", "卖", "2", "0.1005", "3.1", ""],
  ["510050P2611M03200", "卖", "3", "0.1", "3.1", ""],
  ["510050C2611M02900", "备兑", "1", "0.2", "3.1", "10000"],
  ["510050P2612M02800", "卖", "1", "0.02", "3.1", ""],
  ["510050C2703M03300", "买", "2", "0.05", "3.1", ""],
  ["IO2612-C-4600", "卖", "1", "120", "4650", ""],
];

export const EXPIRIES_CSV = `${EXPIRIES.map((row) => row.join(",")).join("\n")}\n`;

/** One put in the money that expires on the day, and nothing else. */
export const ONE_PUT_CSV = `合约,方向,手数,结算价,标的价
510050P2611M03200,卖,3,0.1,3.1
`;

/** A put on a future, in the money, which takes the future from the other side. */
export const FUTURES_CSV = `合约,方向,手数,结算价,标的价
m2701-P-3000,卖,4,60,2950
m2701,空,3,2950,2950
si2701-C-9500,买,5,60,
m2711-C-3000,卖,1,50,2950
`;

/** The day's book; the broker takes a fifth more than the exchange. */
export const bookOfExpiries = async (
  rows: readonly (readonly string[])[] = EXPIRIES,
  profile: Profile = FIFTH,
): Promise<Book> =>
  bookOf({
    statement: await readCells(
      rows.map((row) => [...row]),
      "20261125.csv",
      { day: EXPIRY_DAY },
    ),
    prices: {},
    equity: amount("200000"),
    profile,
    today: EXPIRY_DAY,
  });
