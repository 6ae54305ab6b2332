/**
 * IBKR activity statement as CSV: UTF-8 with a byte-order mark, every row `Section,Header|Data|SubTotal|Total,…`.
 * A section may come again with another header; columns vary (Mult or Multiplier).
 *
 * Open Positions: DataDiscriminator (Summary counts, Lot repeats it), Asset Category, Currency, Symbol, signed Quantity,
 * Mult, Cost Price, Close Price, Value. Trades: DataDiscriminator Order, "2026-11-18, 10:31:05".
 * No margin by position: the account's margin is in another report and follows another rule, so positions only.
 */
import { readDay, type Day } from "../core";
import type { Draft } from "./draft";
import type { Format } from "./format";
import { folded, locate, Row, type Columns, type Names } from "./row";

const POSITIONS = {
  discriminator: ["DataDiscriminator"],
  category: ["Asset Category"],
  currency: ["Currency"],
  symbol: ["Symbol"],
  quantity: ["Quantity"],
  multiplier: ["Mult", "Multiplier"],
  costPrice: ["Cost Price"],
  closePrice: ["Close Price"],
  value: ["Value"],
} as const satisfies Names<string>;

const TRADES = {
  discriminator: ["DataDiscriminator"],
  category: ["Asset Category"],
  symbol: ["Symbol"],
  time: ["Date/Time"],
  quantity: ["Quantity"],
  price: ["T. Price"],
  proceeds: ["Proceeds"],
  fee: ["Comm/Fee"],
  realisedPnl: ["Realized P/L"],
  code: ["Code"],
} as const satisfies Names<string>;

/** One section's rows under its latest header. */
class Section<K extends string> {
  private columns: Columns<K> | undefined;
  private header: readonly string[] = [];

  constructor(
    private readonly draft: Draft,
    private readonly names: Names<K>,
  ) {}

  /** The row of data, nothing for another kind of row. */
  next(cells: readonly string[], index: number): Row<K> | "unread" | undefined {
    const place = { row: index + 1 };
    if (cells[1] === "Header") {
      this.columns = locate(this.names, cells);
      this.header = cells;
    }
    if (cells[1] !== "Data") return undefined;
    if (this.columns && cells.length === this.header.length) {
      return new Row(this.draft, this.names, this.columns, cells, place, this.header);
    }
    this.draft.note("rowShape", place, { cells: cells.length, expected: this.header.length });
    return "unread";
  }
}

const MONTHS =
  "january february march april may june july august september october november december";

/** "November 20, 2026", or the end of "November 2, 2026 - November 20, 2026". */
export function readPeriod(text: string): Day | undefined {
  const [, month = "", day = "", year = ""] =
    /([a-z]+) (\d{1,2}), (\d{4})$/i.exec(text.trim().slice(-40)) ?? [];
  const index = MONTHS.split(" ").indexOf(month.toLowerCase());
  return index < 0 ? undefined : readDay(`${year}-${index + 1}-${day}`);
}

function readPosition(
  draft: Draft,
  row: Row<keyof typeof POSITIONS>,
  id: string | undefined,
): void {
  if (row.text("discriminator") === "Lot") return;
  draft.found += 1;
  const symbol = row.neededText("symbol");
  const quantity = row.needed("quantity");
  const category = row.neededText("category");
  if (row.unread || !quantity || quantity.isZero()) return;
  const named = /option/i.test(category)
    ? draft.contract(symbol, row.place)
    : { contract: symbol, subject: { kind: "security" } as const };
  draft.read += 1;
  draft.positions.push({
    place: row.place,
    account: id,
    ...named,
    side: quantity.lessThan(0) ? "short" : "long",
    quantity: quantity.abs(),
    multiplier: row.expected("multiplier"),
    openPrice: row.expected("costPrice"),
    lastPrice: row.price("closePrice"),
    marketValue: row.expected("value")?.abs(),
    currency: row.optional("currency"),
  });
}

function readTrade(draft: Draft, row: Row<keyof typeof TRADES>, id: string | undefined): void {
  if (row.has("discriminator") && row.text("discriminator") !== "Order") return;
  const symbol = row.neededText("symbol");
  const quantity = row.needed("quantity");
  if (row.unread || !quantity || quantity.isZero()) return;
  const [day, time] = row.text("time").split(",");
  draft.trades.push({
    place: row.place,
    account: id,
    day: readDay(day?.trim() ?? ""),
    time: time?.trim(),
    contract: symbol,
    side: quantity.lessThan(0) ? "sell" : "buy",
    effect: row.optional("code"),
    quantity: quantity.abs(),
    price: row.expected("price"),
    premium: row.amount("proceeds"),
    fee: row.amount("fee"),
    realisedPnl: row.amount("realisedPnl"),
  });
}

export const ibkr: Format = {
  id: "ibkr",
  claims({ sheets }) {
    const rows = sheets[0]?.rows ?? [];
    const marks = rows.slice(0, 200).filter(([, kind]) => kind === "Header" || kind === "Data");
    const known = marks.filter(([section]) =>
      ["Statement", "Account Information", "Open Positions"].includes(section ?? ""),
    );
    return known.length >= 2;
  },
  *read({ sheets }, draft) {
    const rows = sheets[0]?.rows ?? [];
    const facts = new Map(
      rows.flatMap(([section, kind, name, value]): [string, string][] =>
        kind === "Data" && (section === "Statement" || section === "Account Information")
          ? [[folded(name ?? ""), value ?? ""]]
          : [],
      ),
    );
    draft.readOn(readPeriod(facts.get("period") ?? ""));
    draft.period = (facts.get("period") ?? "").includes(" - ") ? "month" : "day";
    const id = facts.get("account") || undefined;
    draft.accounts.push({
      id,
      name: facts.get("name") || undefined,
      broker: facts.get("brokername") || undefined,
      currency: facts.get("basecurrency") || undefined,
      day: draft.day,
      figures: {},
    });
    const positions = new Section(draft, POSITIONS);
    const trades = new Section(draft, TRADES);
    for (const [index, cells] of rows.entries()) {
      if (cells[0] === "Open Positions") {
        const row = positions.next(cells, index);
        if (row === "unread") draft.found += 1;
        else if (row) readPosition(draft, row, id);
      } else if (cells[0] === "Trades") {
        const row = trades.next(cells, index);
        if (row && row !== "unread") readTrade(draft, row, id);
      }
      yield;
    }
  },
};
