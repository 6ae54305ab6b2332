/**
 * The rows of a long statement that plainly fit the broker's rule, found in whole columns of exact figures: they are
 * counted and added up, and made into rows when somebody looks. All others are worked out one by one.
 */
import { amount, type Amount, type Pace } from "../core";
import type { PlainBook, PlainContract } from "../statements";
import { holdingOf, type Held } from "./holding";
import { PriceList } from "./price";
import type { Reading } from "./reading";
import type { ReconciledRow, ReconcileInputs } from "./reconcile";
import { RowsOnDemand } from "./reconcile-demand";
import { bareRow, byRule, foreign, type Basis } from "./reconcile-bare";
import { markFitting } from "./reconcile-columns-fit";
import { MOST_PARTNERS } from "./reconcile-partners";
import type { WorkRow } from "./reconcile-row";
import { brokerRuleInSteps, productOf, type BrokerRule, type Product } from "./reconcile-rule";
import { Slots, type Slot } from "./reconcile-slots";
import { withTerms } from "./terms";

/** Rows that fit and are nowhere shown one by one. */
export interface Fitting {
  readonly count: number;
  /** What they were charged, which is what they take by the rule. */
  readonly margin: Amount;
  /** Those that take margin by terms that are told, and those on the exchange's figure as none are known. */
  readonly told: number;
  readonly bare: number;
  /** The products of all that take margin, where each is first met. */
  readonly products: readonly FittingProduct[];
  /** Where the rows that are shown stand among them. */
  readonly places: readonly number[];
}

/** A product where a row of it stands. */
export interface Placed {
  readonly place: number;
  readonly product: Product;
}

interface FittingProduct extends Placed {
  readonly isTold: boolean;
}

/** The columns behind a statement's holdings, where nothing asks for more than they hold. */
export function columnsFor(
  { statement, profile }: ReconcileInputs,
  { columns, account }: Reading,
): PlainBook | undefined {
  const isPlain =
    statement.combinations.length === 0 &&
    profile.priceBasis === "settlement" &&
    !foreign({ currency: undefined }, account);
  return isPlain ? columns : undefined;
}

export class RowsInColumns {
  private readonly list: PriceList;
  private readonly slots: Slots;
  private readonly isFitting: Uint8Array;
  private readonly placeOf = new WeakMap<WorkRow, number>();
  private ranks: Int32Array | undefined;
  private rule: BrokerRule | undefined;

  constructor(
    private readonly book: PlainBook,
    private readonly inputs: ReconcileInputs,
    private readonly basis: Basis,
  ) {
    this.slots = new Slots(book, (place) => this.bare(place, ""));
    this.isFitting = new Uint8Array(book.length);
    this.list = new PriceList(inputs.statement, basis.profile.priceBasis, inputs.prices);
  }

  /** The rule, and the rows that have to be looked at one by one. */
  *sortedInSteps(pace: Pace): Generator<void, { rule: BrokerRule; rows: readonly WorkRow[] }> {
    const { book, slots, isFitting } = this;
    const { profile, on } = this.basis;
    const rule = yield* brokerRuleInSteps(
      yield* slots.askingInSteps(isFitting, on, pace),
      profile,
      on,
      pace,
    );
    this.rule = rule;
    markFitting(book, slots, rule, on, isFitting);
    // Openings that aren't plainly parts of their row are looked at one by one.
    const isEven = book.groups?.isEven;
    if (isEven) for (let i = 0; i < isFitting.length; i++) if (!isEven[i]) isFitting[i] = 0;
    const rows: WorkRow[] = [];
    for (const place of this.placesOfOthers()) {
      rows.push(this.row(place));
      if (pace.due()) yield;
    }
    return { rule, rows };
  }

  /** A row before the broker's rule is known. */
  private bare(place: number, id: string): WorkRow {
    const position = withTerms(this.book.at(place), this.inputs.terms);
    const held: Held = { id, ...holdingOf(position, this.list) };
    return bareRow(held, position.margin, this.basis);
  }

  private row(place: number): WorkRow {
    const rule = this.rule as BrokerRule;
    const row = byRule(this.bare(place, this.idOf(place)), rule, this.basis.on);
    this.placeOf.set(row, place);
    return row;
  }

  /** A contract may stand in a statement twice on one side. */
  private idOf(place: number): string {
    const { contract, side } = this.book.at(place);
    const rank = (this.ranks ??= this.ranked())[place] as number;
    return rank === 1 ? `${contract} ${side}` : `${contract} ${side} ${rank}`;
  }

  private ranked(): Int32Array {
    const { contract, contracts, rows, length } = this.book.summary;
    const counts = new Int32Array(contracts.all.length * 2);
    const ranks = new Int32Array(length);
    for (let i = 0; i < length; i++) {
      const key = (contract[i] as number) * 2 + (rows.isShort[i] as number);
      ranks[i] = counts[key] = (counts[key] as number) + 1;
    }
    return ranks;
  }

  /** Rows that don't fit, and of those that do the first of each month, kind and use that may be part of a set with them. */
  private placesOfOthers(): readonly number[] {
    const { isFitting, book } = this;
    const { contract, contracts, rows } = book.summary;
    const productAt = (i: number): string => {
      const { option, subject } = contracts.all[contract[i] as number] as PlainContract;
      if (option) return `${option.rules.exchange} ${option.product}`;
      const future = subject.kind === "future" ? subject : undefined;
      return `${future?.rules?.exchange ?? ""} ${future?.product?.code ?? ""}`;
    };
    const breaking = new Set<string>();
    for (let i = 0; i < isFitting.length; i++) if (!isFitting[i]) breaking.add(productAt(i));
    if (breaking.size === 0) return [];
    const alike = new Map<string, number>();
    const keyOf = contracts.all.map(({ option }) => {
      const product = option && `${option.rules.exchange} ${option.product}`;
      return product && breaking.has(product)
        ? `${product} ${option.month} ${option.right}`
        : undefined;
    });
    const places: number[] = [];
    for (let i = 0; i < isFitting.length; i++) {
      if (isFitting[i]) {
        const named = keyOf[contract[i] as number];
        if (named === undefined) continue;
        const key = `${named} ${rows.isShort[i]} ${rows.hedge[i]}`;
        const before = alike.get(key) ?? 0;
        // One more tells that there were more than are tried.
        if (before > MOST_PARTNERS) continue;
        alike.set(key, before + 1);
      }
      places.push(i);
    }
    return places;
  }

  fits(row: WorkRow): boolean {
    return this.isFitting[this.placeOf.get(row) as number] === 1;
  }

  /** What the rows that fit come to, but for those that are shown. */
  fitting(shown: readonly WorkRow[]): Fitting {
    const { isFitting, slots, book } = this;
    const { margin } = book.summary.rows;
    const places = shown.map((row) => this.placeOf.get(row) as number);
    const apart = new Set(places);
    const rule = this.rule as BrokerRule;
    const counts = new Int32Array(slots.all.length);
    const firsts: FittingProduct[] = [];
    let [count, fen] = [0, 0];
    for (let i = 0; i < isFitting.length; i++) {
      if (isFitting[i] === 0 || (apart.size > 0 && apart.has(i))) continue;
      count++;
      fen += margin[i] as number;
      const at = slots.of[i] as number;
      if (at < 0) continue;
      const before = counts[at] as number;
      counts[at] = before + 1;
      if (before > 0) continue;
      const { kind } = slots.all[at] as Slot;
      if (kind.first >= 0) continue;
      kind.first = i;
      const { held } = kind.sample;
      firsts.push({ place: i, product: productOf(held), isTold: rule.isTold(held) });
    }
    let [told, bare] = [0, 0];
    for (const [at, { kind }] of slots.all.entries()) {
      const many = counts[at] as number;
      if (rule.isTold(kind.sample.held)) told += many;
      if (!rule.termsOf(kind.sample.held)) bare += many;
    }
    return { count, margin: amount(`${fen}e-2`), told, bare, products: firsts, places };
  }

  /** All rows, those that were judged already among them. */
  onDemand(
    shown: readonly WorkRow[],
    reconciled: readonly ReconciledRow[],
    judge: (row: WorkRow) => ReconciledRow,
  ): RowsOnDemand {
    const known = new Map<number, ReconciledRow>();
    reconciled.forEach((row, i) => known.set(this.placeOf.get(shown[i] as WorkRow) as number, row));
    return new RowsOnDemand(this.book, known, (place) => judge(this.row(place)));
  }
}
