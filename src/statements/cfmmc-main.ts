/** The monitoring centre's first sheet: the account, then blocks of holdings, each closed by 合计. */
import { readDay, readNumber, type Amount, type Day } from "../core";
import { checkAccount, checkMargin } from "./account-check";
import { positionsOf, type SideRow } from "./cfmmc-positions";
import { FUTURES, isLabel, LABELS, labelled, OPTIONS, pairsOf, TEXTS } from "./cfmmc-words";
import { summed } from "./control";
import { marginOf, sum, type Draft } from "./draft";
import { folded, locate, type Columns, type Names } from "./row";
import { findTable, isBlank, isTotal, rowAt } from "./sheet-table";
import type { Sheet } from "./source";
import { FIGURES, type Account, type AccountFigure, type Position } from "./statement";

const EXERCISES = {
  exchange: ["交易所"],
  contract: ["品种合约"],
  strike: ["执行价"],
  day: ["行权日期"],
  side: ["买/卖"],
  lots: ["成交量"],
  pnl: ["行权盈亏"],
  fee: ["手续费"],
} as const satisfies Names<string>;

interface Block {
  readonly header: number;
  readonly columns: Columns<keyof typeof FUTURES>;
  readonly names: Names<keyof typeof FUTURES>;
  readonly positions: Position[];
}

/** Read from top to bottom: a row is a header, a row of the open block, a total, money, or of no concern. */
export class MainSheet {
  private readonly figures: Partial<Record<AccountFigure, Amount>> = {};
  private readonly texts = new Map<string, string>();
  private days: Day[] = [];
  private block: Block | undefined;
  private offset = false;

  constructor(
    private readonly draft: Draft,
    private readonly sheet: Sheet,
  ) {}

  *read(): Generator<void> {
    const { rows } = this.sheet;
    const heading = rows.slice(0, 5).flat().join(" ");
    this.offset = heading.includes("逐笔");
    this.draft.period = heading.includes("月报") ? "month" : "day";
    this.findDay();
    for (let i = 0; i < rows.length; i += 1) {
      this.readRow(rows[i] ?? [], i);
      yield;
    }
    this.closeBlock(rows.length);
    this.finish();
  }

  /** The day first: codes are read by it. Dates in the rows win over the heading of a monthly file. */
  private findDay(): void {
    const { rows } = this.sheet;
    for (const cells of rows) {
      for (const [label, value] of pairsOf(cells)) {
        for (const [key, names] of Object.entries(TEXTS)) {
          if ((names as readonly string[]).includes(folded(label))) this.texts.set(key, value);
        }
      }
    }
    const found = findTable(this.sheet, OPTIONS, ["contract", "longLots", "day"]);
    const at = found?.columns.get("day");
    if (found && at !== undefined) {
      this.days = rows
        .slice(found.header + 1)
        .flatMap((cells) => readDay((cells[at] ?? "").trim()) ?? []);
    }
    const latest = this.days.reduce<Day | undefined>((a, b) => (a && a > b ? a : b), undefined);
    this.draft.readOn(latest ?? readDay(this.texts.get("day") ?? ""));
    if (!this.draft.day) {
      this.draft.note("noFigure", { sheet: this.sheet.name, column: TEXTS.day[0] }, {});
    }
  }

  private readRow(cells: readonly string[], i: number): void {
    if (isBlank(cells)) {
      this.closeBlock(i);
    } else if (this.opensBlock(cells, i)) {
      return;
    } else if (this.block && isTotal(cells)) {
      this.total(this.block, i);
    } else if (this.block) {
      this.position(this.block, i);
    } else if (cells.some(isLabel)) {
      this.money(cells, i);
    } else {
      this.exercises(cells, i);
    }
  }

  private opensBlock(cells: readonly string[], i: number): boolean {
    for (const names of [OPTIONS, FUTURES]) {
      const columns = locate(names, cells);
      if (!columns.has("contract") || !(columns.has("longLots") || columns.has("shortLots")))
        continue;
      this.closeBlock(i);
      this.block = { header: i, columns, names, positions: [] };
      const place = { sheet: this.sheet.name, row: i + 1 };
      for (const key of ["longLots", "shortLots", "settlement", "margin"] as const) {
        if (columns.has(key)) continue;
        this.draft.note("missingColumn", { ...place, column: names[key][0] }, {});
        this.block = undefined;
        return true;
      }
      return true;
    }
    return false;
  }

  private position(block: Block, i: number): void {
    const { draft } = this;
    const row: SideRow = rowAt(draft, this.sheet, block.names, block, i);
    // A monthly file lists every day: the holdings are the last one's.
    const day = row.day("day");
    if (day && day !== draft.day) return;
    draft.found += 1;
    const positions = positionsOf(draft, row, this.texts.get("account"));
    if (!positions) return;
    block.positions.push(...positions);
    draft.positions.push(...positions);
    draft.read += 1;
  }

  private total(block: Block, i: number): void {
    const { draft } = this;
    const row: SideRow = rowAt(draft, this.sheet, block.names, block, i);
    const lots = (side: Position["side"]): Amount =>
      sum(block.positions.map((one) => (one.side === side ? one.quantity : undefined)));
    const has = (side: Position["side"]): boolean => lots(side).greaterThan(0);
    const table = block.names === OPTIONS ? "options" : "futures";
    // A blank total is none; but a side without holdings has none to print.
    for (const [key, side] of [
      ["longLots", "long"],
      ["shortLots", "short"],
    ] as const) {
      const printed = row.amount(key);
      if (printed || has(side)) {
        const column = row.at(key).column ?? "";
        draft.control(column, lots(side), printed, row.place, summed(table, key));
      }
    }
    draft.control(
      row.at("margin").column ?? "",
      marginOf(block.positions),
      row.amount("margin"),
      row.place,
      summed(table, "margin"),
    );
    this.block = undefined;
  }

  private closeBlock(i: number): void {
    if (!this.block) return;
    const { header } = this.block;
    const place = { sheet: this.sheet.name, row: header + 1 };
    if (i >= this.sheet.rows.length) {
      this.draft.noteCut({ ...place, row: i });
    } else this.draft.note("noTotalRow", place, {});
    this.block = undefined;
  }

  private money(cells: readonly string[], i: number): void {
    for (const [label, value] of pairsOf(cells)) {
      const named = LABELS.get(labelled(label));
      if (!named) continue;
      // Offset trade by trade, the day's profit is the realised one; the floating profit stands beside the balance.
      const figure = this.offset && named === "dayPnl" ? "realisedPnl" : named;
      const place = { sheet: this.sheet.name, row: i + 1, column: label };
      const number = readNumber(value);
      if (number && value.endsWith("%") === (figure === "riskDegree")) {
        if (this.figures[figure] && !this.figures[figure].equals(number)) {
          this.draft.note("figureTwice", place, { raw: value });
        }
        this.figures[figure] = number;
      } else if (value && value !== "--") this.draft.note("notANumber", place, { raw: value });
    }
  }

  private exercises(cells: readonly string[], header: number): void {
    const { draft, sheet } = this;
    const columns = locate(EXERCISES, cells);
    if (!columns.has("day") || !columns.has("contract")) return;
    for (let i = header + 1; i < sheet.rows.length; i += 1) {
      const under = sheet.rows[i] ?? [];
      if (isBlank(under) || isTotal(under)) break;
      const row = rowAt(draft, sheet, EXERCISES, { header, columns }, i);
      const code = row.neededText("contract");
      const side = row.bought("side");
      const quantity = row.needed("lots");
      if (row.unread || !side || !quantity) continue;
      const strike = row.amount("strike");
      const named = draft.contract(code, row.place, row.optional("exchange"));
      draft.agreeWithCode(named.subject, { strike }, () => row.at("strike"));
      draft.exercises.push({
        place: row.place,
        account: this.texts.get("account"),
        day: row.day("day"),
        contract: named.contract,
        side,
        quantity,
        strike,
        pnl: row.amount("pnl"),
        fee: row.amount("fee"),
      });
    }
  }

  private finish(): void {
    const { draft, sheet } = this;
    const account: Account = {
      id: this.texts.get("account"),
      name: this.texts.get("name"),
      broker: this.texts.get("broker"),
      currency: "人民币",
      day: draft.day,
      figures: this.figures,
    };
    draft.accounts.push(account);
    const place = { sheet: sheet.name };
    checkAccount(draft, account, place, ["equity", "margin", "previousBalance"]);
    checkMargin(draft, marginOf(draft.positions), this.figures, {
      ...place,
      column: FIGURES.margin.zh,
    });
  }
}
