/** Fields of a record in fixed columns: figures with implied decimals, months; what can't be read is said. */
import { amount, type Amount, type SeriesKind } from "../core";
import { tenTo, type RiskDraft } from "./risk-draft";

/** Products' kinds as the records name them. */
export const KINDS: Readonly<Record<string, SeriesKind>> = {
  FUT: "future",
  PHY: "physical",
  OOF: "option",
  OOP: "option",
  OOC: "option",
};

/** What stands from one column to another, both counted from 1. */
export type Field = (from: number, to: number) => string;

export class RpfFields {
  /** The record that is read. */
  row = 0;

  constructor(private readonly draft: RiskDraft) {}

  /** Digits with implied decimals; blank where the file says nothing. */
  figure(text: string, decimals: number, column: string, sign = ""): Amount | undefined | "unread" {
    if (text === "") return undefined;
    if (!/^\d+$/.test(text)) {
      this.draft.note("notANumber", { row: this.row, column }, { raw: text });
      return "unread";
    }
    const value = amount(text).times(tenTo(-decimals));
    return sign === "-" ? value.negated() : value;
  }

  plain(text: string, decimals: number, column: string): Amount | undefined {
    const value = this.figure(text, decimals, column);
    return value === "unread" ? undefined : value;
  }

  needed(text: string, decimals: number, column: string, sign = ""): Amount | undefined {
    if (text === "") this.draft.note("missing", { row: this.row, column }, {});
    const value = this.figure(text, decimals, column, sign);
    return value === "unread" ? undefined : value;
  }

  monthOf(text: string): string | undefined {
    const [, year, month] = /^(\d{4})(0[1-9]|1[0-2])$/.exec(text) ?? [];
    return year && month ? `${year}-${month}` : undefined;
  }

  unsupported(of: string, raw: string): void {
    this.draft.note("unsupportedRule", { row: this.row }, { of, raw });
  }
}
