/**
 * Futu position list as CSV: code, qty (below zero for shorts), position_side, nominal_price, cost_price, market_val.
 *
 * Codes are HK.TCH261230P480000 or US.SPY261218P600000: market, class, yymmdd, right, strike × 1000; the class is the
 * exchange's (TCH), not the share's number. No margin, no total row, no day: that is the caller's or the file name's.
 */
import type { Format } from "./format";
import { type Names } from "./row";
import { findTable, rowsBelow } from "./sheet-table";

const POSITIONS = {
  code: ["code"],
  name: ["stock_name"],
  quantity: ["qty"],
  side: ["position_side"],
  lastPrice: ["nominal_price"],
  costPrice: ["cost_price"],
  value: ["market_val"],
  currency: ["currency"],
} as const satisfies Names<string>;

const NEEDED = ["code", "quantity", "side", "value"] as const;

export const futu: Format = {
  id: "futu",
  claims: ({ sheets }) => sheets.some((sheet) => findTable(sheet, POSITIONS, NEEDED)),
  *read({ sheets }, draft) {
    draft.period = "day";
    for (const sheet of sheets) {
      const found = findTable(sheet, POSITIONS, NEEDED);
      if (!found) continue;
      const seen = new Map<string, number>();
      for (const row of rowsBelow(draft, sheet, POSITIONS, found)) {
        draft.found += 1;
        const code = row.neededText("code");
        const quantity = row.needed("quantity");
        const side = row.side("side");
        if (!row.unread && quantity && !quantity.isZero() && side) {
          const line = row.cells.join("\t");
          const first = seen.get(line);
          if (first !== undefined) draft.note("duplicateRow", row.place, { first });
          else seen.set(line, row.place.row ?? 0);
          if ((side === "long") !== quantity.greaterThan(0)) {
            draft.note("outOfRange", row.at("quantity"), { raw: row.text("quantity") });
          }
          const security = !/\d{6}[CP]\d+$/.test(code);
          const named = security
            ? { contract: code, subject: { kind: "security" } as const }
            : draft.contract(code, row.place);
          draft.read += 1;
          draft.positions.push({
            place: row.place,
            account: undefined,
            ...named,
            name: row.optional("name"),
            side,
            quantity: quantity.abs(),
            openPrice: row.expected("costPrice"),
            lastPrice: row.price("lastPrice"),
            marketValue: row.expected("value")?.abs(),
            currency: row.optional("currency"),
          });
        }
        yield;
      }
    }
  },
};
