/**
 * Workbook of the futures monitoring centre (监控中心 客户交易结算日报/月报), the same for every broker; .xls and .xlsx.
 *
 * First sheet: 基本资料 and 资金状况 as label → value pairs side by side, then blocks, each title → header → rows → 合计:
 * 期货持仓汇总, 期权持仓汇总 (the table to reconcile; a monthly one has 日期 in front), 期权行权明细, 期权成交汇总, 出入金 …
 * Further sheets: 成交明细 and 期权成交明细 fills, 持仓明细 openings of futures, 平仓明细, 品种汇总.
 * 逐日盯市: 当日盈亏; 逐笔对冲: 平仓盈亏 in the balance and 浮动盈亏 beside it.
 * The account is company + number, twelve digits with a leading zero: text.
 * Traps: a blank cell says which side a holding is on; option fills carry no open or close; one 成交序号 may stand on
 * two rows; codes are in capitals, DCE's with dashes, ZCE's and SHFE's without; "--" is nothing; the 交易月份 of a
 * monthly file can be wrong, the dates in its rows win; 申报费 is in 当日手续费 but in no fill.
 */
import { readOpenings, readTrades } from "./cfmmc-details";
import { MainSheet } from "./cfmmc-main";
import type { Format } from "./format";
import { folded } from "./row";
import type { Sheet } from "./source";

const isMain = ({ rows }: Sheet): boolean => {
  const top = rows.slice(0, 20).flat().map(folded);
  const title = top.some((cell) => /^客户交易结算[日月]报/.test(cell));
  const account = top.includes("客户期货期权内部资金账户");
  const money = top.includes("期货期权账户资金状况") || top.includes("实有货币资金");
  return [title, account, money].filter(Boolean).length >= 2;
};

export const cfmmc: Format = {
  id: "cfmmc",
  claims: ({ sheets }) => sheets.some(isMain),
  *read({ sheets }, draft) {
    const main = sheets.find(isMain);
    if (!main) return;
    yield* new MainSheet(draft, main).read();
    for (const sheet of sheets) {
      if (sheet === main) continue;
      yield* readTrades(draft, sheet);
      yield* readOpenings(draft, sheet);
    }
  },
};
