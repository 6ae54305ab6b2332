/** A row of a statement while it is reconciled: what was charged for it, and what the broker's rule gives. */
import type { Amount, Bilingual, Day } from "../core";
import type { Figure, Line } from "./book";
import { unworkedFigure, type Charge } from "./figure";
import type { Held } from "./holding";
import type { BothSides } from "./reconcile-both-sides";
import { toFen, type BrokerTerms } from "./reconcile-terms";

/** What is found of a row, step by step. */
interface Found {
  readonly terms?: BrokerTerms | undefined;
  /** By the broker's rule, or the exchange's standard where that isn't known. */
  readonly figure?: Figure | undefined;
  /** Why it can't be checked. */
  readonly why?: Bilingual | undefined;
  /** One margin is printed for it and the other side of its future. */
  readonly both?: BothSides | undefined;
}

export class WorkRow {
  readonly terms: BrokerTerms | undefined;
  readonly figure: Figure | undefined;
  readonly why: Bilingual | undefined;
  /** The figure to the fen. */
  readonly ours: Amount | undefined;
  /** Printed less ours. */
  readonly difference: Amount | undefined;
  readonly both: BothSides | undefined;
  private onExchange: Figure | undefined;

  constructor(
    readonly held: Held,
    readonly printed: Amount | undefined,
    readonly exchange: Charge,
    readonly on: Day,
    { terms, figure, why, both }: Found,
  ) {
    this.both = both;
    this.terms = terms;
    this.figure = figure;
    this.why = why;
    this.ours = figure?.margin && toFen(figure.margin);
    this.difference = this.ours && printed?.minus(this.ours);
  }

  with(found: Found): WorkRow {
    const { held, printed, exchange, on, terms, figure, why } = this;
    return new WorkRow(held, printed, exchange, on, { terms, figure, why, ...found });
  }

  /** With its share of what is printed for both sides. */
  sharing(printed: Amount, both: BothSides): WorkRow {
    const { held, exchange, on, terms, figure, why } = this;
    return new WorkRow(held, printed, exchange, on, { terms, figure, why, both });
  }

  /** On the exchange's standard; most rows of a long book are never asked. */
  get exchangeFigure(): Figure {
    return (this.onExchange ??= unworkedFigure(this.held, this.exchange, this.on));
  }
}

/** A row whose charge and figure are both there. */
export type Comparable = WorkRow & {
  readonly printed: Amount;
  readonly figure: Figure & { readonly margin: Amount };
  readonly ours: Amount;
  readonly difference: Amount;
};

export const isComparable = (row: WorkRow): row is Comparable =>
  row.printed !== undefined && row.ours !== undefined && row.figure?.margin !== undefined;

const lines = new WeakMap<WorkRow, Line>();

/** The row as the rules of combinations see it. */
export function lineOfRow(row: WorkRow): Line {
  const known = lines.get(row);
  if (known) return known;
  const line = new RowLine(row);
  lines.set(row, line);
  return line;
}

class RowLine implements Line {
  readonly id: string;
  readonly position: Line["position"];
  readonly kind: Line["kind"];
  readonly exchange: Line["exchange"];
  readonly product: Line["product"];
  readonly underlying: string | undefined;
  readonly strike: Amount | undefined;
  readonly unit: Amount | undefined;
  readonly price: Amount | undefined;
  readonly underlyingPrice: Amount | undefined;
  readonly printed: Amount | undefined;
  readonly broker: Figure;
  readonly combined = false;
  readonly share = undefined;
  readonly premiumChange = undefined;
  readonly marginChange = undefined;
  readonly largestGain = undefined;
  readonly largestLoss = undefined;
  readonly warnings = [];

  constructor(private readonly row: WorkRow) {
    const { held } = row;
    this.id = held.id;
    this.position = held.position;
    this.kind = held.kind;
    this.exchange = held.exchange;
    this.product = held.product;
    this.underlying = held.underlying;
    this.strike = held.strike;
    this.unit = held.unit;
    this.price = held.price;
    this.underlyingPrice = held.underlyingPrice;
    this.printed = row.printed;
    this.broker = row.figure ?? row.exchangeFigure;
  }

  get exchangeFigure(): Figure {
    return this.row.exchangeFigure;
  }
}
