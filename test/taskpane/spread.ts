/** An account of ETF options that could be held as sets, as a client's table prints it. */
import { bookOf, DEFAULT_PROFILE, type Book, type Profile } from "../../src/account";
import { amount } from "../../src/core";
import { readCells } from "../../src/statements";

/** Two call bull spreads and a strangle can be built; one short call stays alone. */
export const SPREAD: readonly (readonly string[])[] = [
  ["合约", "方向", "手数", "结算价", "标的价"],
  ["510050C2612M02900", "买", "2", "0.1250", "2.95"],
  ["510050C2612M03000", "卖", "4", "0.0650", "2.95"],
  ["510050P2612M02850", "卖", "1", "0.0410", "2.95"],
];

export const SPREAD_CSV = `${SPREAD.map((row) => row.join(",")).join("\n")}\n`;

/** Nothing here has a partner. */
export const LONELY_CSV = `${[SPREAD[0], SPREAD[2]].map((row) => (row ?? []).join(",")).join("\n")}\n`;

/** The broker takes a fifth more than the exchange. */
export const FIFTH: Profile = {
  ...DEFAULT_PROFILE,
  surcharge: { kind: "multiple", markup: "0.2" },
};

/** A table's book, with an equity typed. */
export const bookOfTable = async (
  rows: readonly (readonly string[])[] = SPREAD,
  { equity = "60000", profile = FIFTH } = {},
): Promise<Book> =>
  bookOf({
    statement: await readCells(
      rows.map((row) => [...row]),
      "持仓.csv",
      { day: "2026-11-20" },
    ),
    prices: {},
    equity: amount(equity),
    profile,
    today: "2026-11-20",
  });

/**
 * A statement whose short strangle ties up the call that a spread would need no margin for. Equity 25,000; the
 * broker takes 1.2 times the exchange's margin: 4,920 for the set.
 */
export const HELD_STRANGLE = `                                  交易结算单 Settlement Statement
客户号 Client ID：  99000001        客户名称 Client Name：测试客户
日期 Date：20261120

   资金状况   资金账号：99000001  币种：人民币  Account Summary AccountID：99000001 Currency：CNY
----------------------------------------------------------------------------------------------------
期初结存 Balance b/f：                  25000.00  权利仓市值 Long Market Value：           1250.00
出 入 金 Deposit/Withdrawal：               0.00  义务仓市值 Short Market Value：          1060.00
权利金收入 Premium received：               0.00  市值权益 Market value(equity)：         25190.00
权利金支出 Premium paid：                   0.00  维持保证金 SMargin：                     4920.00
手 续 费 Commission：                       0.00  可用资金 Fund Avail.：                  20080.00
执行冻结资金 StrikeFrozenSum：              0.00  风 险 度 Risk Degree：                    19.68%
期末结存 Balance c/f：                  25000.00  追加保证金 Margin Call：                    0.00

持仓汇总 Positions
----------------------------------------------------------------------------------------------------
|交易日期|交易所|标的证券|合约编码|合约代码|备兑|权利仓数量|未组合权利仓数量|组合权利仓数量|义务仓数量|未组合义务仓数量|组合义务仓数量|保证金占用|今结算|权利仓市值|义务仓市值|
----------------------------------------------------------------------------------------------------
|20261120|SSE|510050|10011029|510050C2612M02900|否|1|1|0|0|0|0|0.00|0.1250|1250.00|0.00|
|20261120|SSE|510050|10011030|510050C2612M03000|否|0|0|0|1|0|1|0.00|0.0650|0.00|650.00|
|20261120|SSE|510050|10011028|510050P2612M02850|否|0|0|0|1|0|1|0.00|0.0410|0.00|410.00|
|共   3条||||||1|1|0|2|0|2|0.00||1250.00|1060.00|
----------------------------------------------------------------------------------------------------

组合持仓
----------------------------------------------------------------------------------------------------
|组合编号|组合策略编码|持仓量|保证金占用|组合成分数量|合约编码一|持仓量一|合约编码二|持仓量二|
----------------------------------------------------------------------------------------------------
|1|KKS|1|4920.00|2|10011030|1|10011028|1|
|共   1条||1|4920.00|||||||
----------------------------------------------------------------------------------------------------
`;
