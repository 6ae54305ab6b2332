/**
 * Settlement text of futures companies on CTP (交易结算单), daily and monthly, standard and wide.
 *
 * How it arrives: queried in chunks cut inside characters, mailed, or saved by the client; GBK, CRLF;
 * the file's name varies and is never believed.
 * Order: broker, 制表时间, 交易结算单(盯市) or 交易核算单, 客户号 and 客户名称, 日期 (two dates joined by "-" in
 * a monthly one), 资金状况, then tables; a table without rows is absent.
 * - 成交记录 fills, 行权明细 exercises, 平仓明细 closings, 出入金明细 deposits
 * - 持仓明细 one row per opening; 持仓汇总 one row per contract, both sides side by side, no exchange
 * The wide kind has 投资单元 first and 资金账号 last and says 买开仓均价; brokers spell the English differently.
 * Options: profit columns are 0, the money is in 权利金收支, the value in 期权市值.
 * Margin uses the day's settlement and is the broker's: the exchange's figure is nowhere in the text.
 * Trap: the total row of 成交记录 has one cell less than its header (合约 and 买/卖 are merged).
 */
import type { Amount } from "../core";
import { checkAccount, checkMargin } from "./account-check";
import { EXERCISES, readExercises, readTrades, TRADES } from "./ctp-fills";
import { compareTables, merged, wholeOf, type Whole } from "./ctp-openings";
import {
  DETAIL,
  isInColumns,
  plainLayout,
  positionsOf,
  readDetail,
  readSummary,
  SUMMARY,
  type Holdings,
} from "./ctp-positions";
import { marginOf, type Draft } from "./draft";
import type { Format } from "./format";
import { latest, noteCut } from "./pipe-rows";
import { headerWords, partsOf, type Part, type PipeTable } from "./pipes";
import { PlainBook } from "./plain-book";
import { PlainContracts } from "./plain-holdings";
import type { PlainText } from "./plain-text";
import { folded } from "./row";

/** Tables that hold no positions, fills or exercises of ours. */
const OTHERS = {
  closings: ["平仓日期"],
  deposits: ["出入金类型", "入金", "出金", "发生日期"],
  deliveries: ["交割日期", "交割价"],
} as const;

const HEADERS = headerWords(SUMMARY, DETAIL, TRADES, EXERCISES, OTHERS);

type Kind = "summary" | "detail" | "trades" | "exercises" | "other" | "unknown";

/** A table is known by its columns: titles are centred, translated and sometimes damaged. */
function kindOf({ header, english }: Pick<PipeTable, "header" | "english">): Kind {
  const columns = new Set([...header, ...english].map(folded));
  const has = (...names: string[]): boolean => names.some((name) => columns.has(folded(name)));
  if (has(...SUMMARY.longLots) || has(...SUMMARY.shortLots)) return "summary";
  if (has(...EXERCISES.outcome) || has(...EXERCISES.lots)) return "exercises";
  if (has("平仓日期", "Close Date")) return "other";
  if (has(...DETAIL.lots) || has("期权市值")) return "detail";
  if (has(...TRADES.id) || has("成交额")) return "trades";
  return has(...OTHERS.deposits, ...OTHERS.deliveries) ? "other" : "unknown";
}

function* readPart(draft: Draft, part: Part): Generator<void> {
  draft.whose = part.id;
  if (!part.day) draft.note("noFigure", { row: part.row, column: "日期" }, {});
  draft.readOn(part.day);
  draft.from = part.from;
  draft.period = part.from ? "month" : "day";
  draft.accounts.push(...part.accounts);
  const summaries: Holdings[] = [];
  const openings: Holdings[] = [];
  const contracts = new PlainContracts(draft.codes);
  for (const table of part.tables) {
    const kind = kindOf(table);
    if (kind === "summary") summaries.push(yield* readSummary(draft, table, part.id, contracts));
    else if (kind === "detail") openings.push(yield* readDetail(draft, table, part.id, contracts));
    else if (kind === "trades") yield* readTrades(draft, table, part.id);
    else if (kind === "exercises") yield* readExercises(draft, table, part.id);
    else if (kind === "unknown") {
      draft.note(
        "unknownTable",
        { row: table.row },
        { raw: table.title || table.header.join(" ") },
      );
    }
  }
  noteCut(draft, part, (table) => {
    const kind = kindOf(table);
    if (kind === "summary" || kind === "detail") return "checked";
    return kind === "unknown" ? "unknown" : "known";
  });
  const margin = hold(draft, summaries, openings);
  const place = { row: part.row };
  for (const account of part.accounts) {
    checkAccount(draft, account, place, ["equity", "margin", "previousBalance"]);
  }
  const [account] = part.accounts;
  if (part.accounts.length === 1) {
    checkMargin(draft, margin, account?.figures ?? {}, place);
  } else {
    if (part.accounts.length === 0) draft.note("noFigure", { ...place, column: "资金状况" }, {});
    draft.leaveUnproved();
  }
}

/** Both tables in columns, where each stands once, every row of them is plain and they tell the same. */
function inColumns(
  [summary, ...more]: readonly Holdings[],
  [openings, ...others]: readonly Holdings[],
): PlainBook | undefined {
  if (!summary || !isInColumns(summary) || summary.length === 0) return undefined;
  if (more.length + others.length > 0 || (openings && !isInColumns(openings))) return undefined;
  return PlainBook.of(summary, openings);
}

/** Takes a statement's holdings; what they were charged in all. */
function hold(draft: Draft, summaries: readonly Holdings[], openings: readonly Holdings[]): Amount {
  draft.book = inColumns(summaries, openings);
  if (draft.book) {
    const { summary, openings: detail } = draft.book;
    const whole = ({ sums, length }: typeof summary): Whole => ({
      ...{ lots: sums.long.plus(sums.short), margin: sums.margin, rows: length },
    });
    if (detail) compareTables(draft, whole(summary), whole(detail));
    return summary.sums.margin;
  }
  const lots = openings.flatMap(positionsOf);
  const summed = summaries.flatMap(positionsOf);
  if (lots.length > 0 && summed.length > 0) {
    // One margin for both sides may be the larger one's alone.
    const both = summed.filter(({ sharedMargin }) => sharedMargin);
    const shared = new Set(both.map(({ contract }) => contract));
    compareTables(draft, wholeOf(summed, shared), wholeOf(lots, shared));
  }
  const positions = merged(draft, summed, lots);
  for (const position of positions) draft.positions.push(position);
  for (const lot of lots) draft.lots.push(lot);
  return marginOf(positions);
}

const SIGNATURE = [
  "交易结算单(盯市)",
  "交易结算单(逐笔)",
  "交易核算单",
  "Settlement Statement(MTM)",
  "基础保证金",
  "空头期权市值",
  "买持",
  "Positions Detail",
];

/** Reads a long text by its bytes; undefined where it must be read the long way. */
export function readPlain(text: PlainText, draft: Draft): Generator<void> | undefined {
  const part = text.part(draft, HEADERS, (table) => {
    const kind = kindOf(table);
    return kind === "summary" || kind === "detail" ? plainLayout(kind, table) : undefined;
  });
  return part && readPart(draft, part);
}

export const ctp: Format = {
  id: "ctp",
  claims({ head }) {
    return SIGNATURE.filter((words) => head.includes(words)).length >= 2;
  },
  *read({ lines }, draft) {
    const parts = latest(draft, partsOf(draft, lines, HEADERS));
    for (const part of parts) yield* readPart(draft, part);
  },
};
