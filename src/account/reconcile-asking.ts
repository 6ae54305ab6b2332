/** Which rows are asked what the broker's rule is: of each product a few contracts that tell terms. */
import type { Day, Pace } from "../core";
import { groupOf, termsTold, type ChargedRow } from "./reconcile-rule";
import { keyOf, type BrokerTerms } from "./reconcile-terms";

/** Contracts of a product that tell something and are asked; all are checked against the rule afterwards. */
const MOST_TELLING = 8;
/** The legs of sets tell nothing, and a statement may list them first: so many are passed by. */
const MOST_SILENT = 60;

/** A product's contracts that are asked, and what they tell. */
export class Asked {
  readonly told = new Map<string, BrokerTerms>();
  /** What each row tells by itself, which is what gives it. */
  readonly each = new Map<ChargedRow, ReadonlySet<string>>();
  private readonly contracts = new Set<string>();
  private telling = 0;

  get rows(): readonly ChargedRow[] {
    return [...this.each.keys()];
  }

  /** Whether it is worth asking another of its contracts. */
  wants(contract: string): boolean {
    const silent = this.each.size - this.telling;
    return this.telling < MOST_TELLING && silent < MOST_SILENT && !this.contracts.has(contract);
  }

  add(row: ChargedRow, terms: readonly BrokerTerms[]): void {
    this.contracts.add(row.held.position.contract);
    for (const one of terms) this.told.set(keyOf(one), one);
    this.each.set(row, new Set(terms.map(keyOf)));
    if (terms.length > 0) this.telling += 1;
  }
}

export class Asking {
  private readonly known = new Map<string, Asked>();
  private readonly asked = new Map<string, Asked>();
  private first: ChargedRow | undefined;
  private several = false;

  constructor(private readonly on: Day) {}

  /** Once there are two rows, a product that has told enough needs no more. */
  get isSeveral(): boolean {
    return this.several;
  }

  /** The product and use of a group, asked or not. */
  of(group: string): Asked {
    const known = this.known.get(group);
    if (known) return known;
    const none = new Asked();
    this.known.set(group, none);
    return none;
  }

  /** A row that was charged; whether one was asked. */
  put(row: ChargedRow): boolean {
    if (!this.first) {
      // Alone it tells less than one of two: it is asked when that is known.
      this.first = row;
      return false;
    }
    if (!this.several) {
      this.several = true;
      this.ask(this.first);
    }
    return this.ask(row);
  }

  /** What was told, by product and use, in the order of the rows. */
  products(): ReadonlyMap<string, Asked> {
    if (this.first && !this.several) this.ask(this.first);
    return this.asked;
  }

  private ask(row: ChargedRow): boolean {
    const key = groupOf(row.held);
    const product = this.of(key);
    if (!product.wants(row.held.position.contract)) return false;
    this.asked.set(key, product);
    product.add(row, termsTold(row, this.on, !this.several));
    return true;
  }
}

/** A row that is asked, in units of work. */
export const ASKING = 8;

/** The same of rows that are there one by one. */
export function* askedInSteps(
  rows: readonly ChargedRow[],
  on: Day,
  pace: Pace,
): Generator<void, Asking> {
  const asking = new Asking(on);
  for (const row of rows) if (asking.put(row) && pace.due(ASKING)) yield;
  return asking;
}
