/**
 * Parameter files in fixed columns, format U2: HKEX's RPF (`….lis`) and the expanded files of other houses (`.pa2`).
 *
 * Columns as published for the format, pieced together from programs that read it; no complete file of HKEX has
 * confirmed them, so what is read carries a notice that says so. Figures have implied decimals; arrays, charges and
 * scan ranges are raised by the commodity's risk exponent.
 *
 * Decimals of strikes and settlement prices: the P record says them. HKEX's files have none; there a commodity with
 * exponent 0 writes two decimals and one with a higher exponent none, as seen in its figures of 4 March 2019.
 */
import { readDay } from "../core";
import type { RiskDraft } from "./risk-draft";
import { RpfCommodities } from "./risk-rpf-commodities";
import { RpfFields, type Field } from "./risk-rpf-fields";
import { RpfSeries, VALUES } from "./risk-rpf-series";

/** Records whose rules aren't worked out: the figures of a commodity that has one are incomplete. */
const UNSUPPORTED: Readonly<Record<string, readonly [from: number, to: number]>> = {
  S: [3, 8],
  E: [3, 8],
  R: [6, 15],
  V: [5, 14],
  Z: [6, 15],
};

/** The shortest a record can be, up to the end of what is taken from it. */
const LENGTHS: Readonly<Record<string, number>> = {
  "0": 37,
  "2": 39,
  "3": 24,
  "4": 69,
  "5": 18,
  "6": 101,
  B: 91,
  C: 35,
  P: 39,
  T: 20,
  "81": 108,
  "82": 118,
  "83": 135,
  "84": 139,
};

export class RpfReader {
  private rest = "";
  private readonly fields: RpfFields;
  private readonly commodities: RpfCommodities;
  private readonly series: RpfSeries;
  private readonly longest = new Map<string, number>();
  private readonly said = new Set<string>();
  private refused = false;

  constructor(private readonly draft: RiskDraft) {
    this.fields = new RpfFields(draft);
    this.commodities = new RpfCommodities(draft, this.fields);
    this.series = new RpfSeries(draft, this.fields, this.commodities);
  }

  write(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.read(line);
  }

  finish(): void {
    const { draft } = this;
    const { rest } = this;
    if (rest.trim() !== "" && rest !== "\u001a") {
      // A last line without an end is whole where others of its kind are no longer.
      const longest = this.longest.get(rest.slice(0, 2).trim()) ?? Infinity;
      if (rest.length >= longest) this.read(rest);
      else if (!this.refused) {
        draft.note("parametersCut", { row: this.fields.row + 1 }, { read: this.series.count });
      }
    }
    if (this.refused) return;
    this.commodities.settleAll(this.series.scalings);
    this.series.settle();
    draft.note("unverifiedLayout", {}, {});
  }

  private read(given: string): void {
    this.fields.row += 1;
    const line = given.replace(/\r$/, "");
    if (this.refused || line.trim() === "" || line === "\u001a") return;
    const kind = line.slice(0, 2).trim();
    this.longest.set(kind, Math.max(line.length, this.longest.get(kind) ?? 0));
    const least = LENGTHS[kind];
    if (least !== undefined && line.trimEnd().length < least && !this.mayBeBlank(kind, line)) {
      this.draft.note("parametersCut", { row: this.fields.row }, { read: this.series.count });
      return;
    }
    const padded = line.padEnd(160);
    const field = (from: number, to: number): string => padded.slice(from - 1, to).trim();
    if (kind === "0") this.readHead(field);
    else if (kind === "T") this.readConversion(field);
    else if (kind === "2") this.commodities.readCommodity(field);
    else if (kind === "3") this.commodities.readTiers(field);
    else if (kind === "C") this.commodities.readSpread(field);
    else if (kind === "4") this.commodities.readCharges(field);
    else if (kind === "6") this.commodities.readInterSpread(field);
    else if (kind === "P") this.series.readPrices(field);
    else if (kind === "B") this.series.readRange(field);
    else if (kind in VALUES) this.series.readArray(kind, padded, field);
    else if (kind in UNSUPPORTED) this.readUnsupported(kind, field);
  }

  /** Trailing blanks are often cut off: a record is whole where its last field may be blank. */
  private mayBeBlank(kind: string, line: string): boolean {
    return (kind === "3" || kind === "5" || kind === "0") && line.trimEnd().length >= 8;
  }

  private readHead(field: Field): void {
    const { draft } = this;
    const format = field(36, 37);
    if (format !== "U2") {
      draft.note("unknownLayout", { row: this.fields.row }, { raw: format });
      this.refused = true;
      return;
    }
    draft.house = field(3, 8) || undefined;
    draft.on = readDay(field(9, 16));
    if (!draft.on) {
      draft.note("notADay", { row: this.fields.row, column: "9-16" }, { raw: field(9, 16) });
      this.refused = true;
    }
    draft.run = /^[SE]/.test(field(17, 17))
      ? field(18, 18) === "E"
        ? "early"
        : "settlement"
      : "intraday";
  }

  private readConversion(field: Field): void {
    const [from, to] = [field(3, 5), field(7, 9)];
    const factor = this.fields.plain(field(11, 20), 6, "11-20");
    if (from && to && factor) this.draft.currencyRates.push({ from, to, factor });
  }

  private readUnsupported(kind: string, field: Field): void {
    const [from, to] = UNSUPPORTED[kind] ?? [3, 8];
    const of = field(from, to);
    const mine = this.commodities.has(of) || this.commodities.homeOf(of) !== undefined;
    if (!mine || this.said.has(kind + of)) return;
    this.said.add(kind + of);
    this.fields.unsupported(of, kind);
  }
}
