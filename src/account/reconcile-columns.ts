/**
 * The rows of a long statement that plainly fit the broker's rule, found in whole columns of exact figures: they are
 * counted and added up, and made into rows when somebody looks. All others are worked out one by one.
 */
import {
  amount,
  chargedInFen,
  columnLength,
  type Amount,
  type Pace,
  type ShortList,
} from "../core";
import type { PlainBook, PlainContract } from "../statements";
import { optionOf, tried } from "./figure";
import { holdingOf, type Held } from "./holding";
import { PriceList } from "./price";
import type { Reading } from "./reading";
import type { ReconciledRow, ReconcileInputs } from "./reconcile";
import { Asking, ASKING, type Asked } from "./reconcile-asking";
import { RowsOnDemand } from "./reconcile-demand";
import { bareRow, byRule, foreign, tells, type Basis } from "./reconcile-bare";
import { MOST_PARTNERS } from "./reconcile-partners";
import type { WorkRow } from "./reconcile-row";
import {
  brokerRuleInSteps,
  groupOf,
  productOf,
  type BrokerRule,
  type Product,
} from "./reconcile-rule";
import { chargeBy } from "./reconcile-terms";
import { withTerms } from "./terms";

/** Rows that fit and are nowhere shown one by one. */
export interface Fitting {
  readonly count: number;
  /** What they were charged, which is what they take by the rule. */
  readonly margin: Amount;
  /** Those that take margin, and their products where each is first met. */
  readonly charged: number;
  readonly products: readonly Placed[];
  /** Where the rows that are shown stand among them. */
  readonly places: readonly number[];
}

/** A product where a row of it stands. */
export interface Placed {
  readonly place: number;
  readonly product: Product;
}

/** Short options that are charged alike: of one underlying, product and use. */
interface Kind {
  readonly sample: WorkRow;
  readonly tells: boolean;
  /** Its product and use, asked what the rule is. */
  readonly asked: Asked;
  /** The first of them that fits. */
  first: number;
}

/** The rows of all slots, one slot behind the other, and what one of them is worked out in. */
type Sorted = Pick<ShortList, "settlement" | "strike" | "lots" | "charged" | "over"> & {
  readonly places: Int32Array;
  readonly fits: Uint8Array;
};

/** Rows of a kind, right and unit. */
interface Slot {
  readonly kind: Kind;
  readonly right: "call" | "put";
  readonly unit: number;
  count: number;
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
  private readonly kinds = new Map<string, Kind>();
  private readonly slots: Slot[] = [];
  /** By row; below zero for those that aren't short options. */
  private readonly slot: Int32Array;
  private readonly isFitting: Uint8Array;
  private readonly placeOf = new WeakMap<WorkRow, number>();
  private ranks: Int32Array | undefined;
  private rule: BrokerRule | undefined;

  constructor(
    private readonly book: PlainBook,
    private readonly inputs: ReconcileInputs,
    private readonly basis: Basis,
  ) {
    this.slot = new Int32Array(book.length);
    this.isFitting = new Uint8Array(book.length);
    this.list = new PriceList(inputs.statement, basis.profile.priceBasis, inputs.prices);
  }

  /** The rule, and the rows that have to be looked at one by one. */
  *sortedInSteps(pace: Pace): Generator<void, { rule: BrokerRule; rows: readonly WorkRow[] }> {
    const { profile, on } = this.basis;
    const rule = yield* brokerRuleInSteps(yield* this.telling(pace), profile, on, pace);
    this.rule = rule;
    this.fit(rule);
    const rows: WorkRow[] = [];
    for (const place of this.placesOfOthers()) {
      const row = this.row(place);
      this.placeOf.set(row, place);
      rows.push(row);
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
    return byRule(this.bare(place, this.idOf(place)), rule, this.basis.on);
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

  /** Asks the rows that tell of the broker's rule, as many as are asked; and finds every row's slot. */
  private *telling(pace: Pace): Generator<void, Asking> {
    const { contract, contracts, rows, length } = this.book.summary;
    const { isShort, margin, hedge, known } = rows;
    const words = known.texts.length;
    /** One more than the slot of a contract under a use. */
    const slotOf = new Map<number, number>();
    const asking = new Asking(this.basis.on);
    const optionUnits = Float64Array.from(contracts.optionUnits);
    const atContract = new Int32Array(contracts.all.length);
    const hedgeAt = new Int32Array(contracts.all.length).fill(-1);
    for (let i = 0; i < length; i++) {
      const place = contract[i] as number;
      const isOption = optionUnits[place] !== 0;
      if (isOption && isShort[i] === 0) {
        this.slot[i] = -1;
        // Holding an option takes nothing, and nothing was charged.
        this.isFitting[i] = 1;
        continue;
      }
      if (!isOption) {
        this.slot[i] = -1;
        for (const row of tells(this.bare(i, ""))) if (asking.put(row) && pace.due(ASKING)) yield;
        continue;
      }
      // A contract is mostly held for one use.
      if (hedgeAt[place] !== hedge[i]) {
        const key = place * words + (hedge[i] as number);
        const slot = slotOf.get(key) ?? this.slotFor(i, place, asking);
        slotOf.set(key, slot);
        atContract[place] = slot;
        hedgeAt[place] = hedge[i] as number;
      }
      const slot = atContract[place] as number;
      this.slot[i] = slot;
      const one = this.slots[slot] as Slot;
      one.count++;
      const { kind } = one;
      if (!kind.tells || margin[i] === 0) continue;
      // One row alone tells less than two.
      if (asking.isSeveral && !kind.asked.wants((contracts.all[place] as PlainContract).contract))
        continue;
      for (const row of tells(this.bare(i, ""))) if (asking.put(row) && pace.due(ASKING)) yield;
    }
    return asking;
  }

  private slotFor(index: number, place: number, asking: Asking): number {
    const { book, kinds, slots } = this;
    const { option, unit } = book.summary.contracts.all[place] as PlainContract;
    const of = [option?.rules.exchange, option?.product, option?.underlying, book.hedge(index)];
    const key = of.join(" ");
    let kind = kinds.get(key);
    if (!kind) {
      const sample = this.bare(index, "");
      kind = { sample, tells: !sample.why, asked: asking.of(groupOf(sample.held)), first: -1 };
      kinds.set(key, kind);
    }
    const right = option?.right ?? "call";
    const known = slots.findIndex(
      (one) => one.kind === kind && one.right === right && one.unit === unit,
    );
    return known >= 0 ? known : slots.push({ kind, right, unit, count: 0 }) - 1;
  }

  /** Which rows the rule gives to the fen. */
  private fit(rule: BrokerRule): void {
    const { slots } = this;
    const starts: number[] = [];
    let [length, most] = [0, 0];
    for (const { count } of slots) {
      starts.push(length);
      length += columnLength(count);
      most = Math.max(most, count);
    }
    const sorted: Sorted = {
      settlement: new Float64Array(length),
      strike: new Float64Array(length),
      lots: new Float64Array(length),
      charged: new Float64Array(length),
      places: new Int32Array(length),
      over: new Float64Array(columnLength(most)),
      fits: new Uint8Array(most),
    };
    this.sort(starts, sorted);
    slots.forEach((one, at) => this.fitSlot(one, starts[at] as number, rule, sorted));
  }

  /** Rows in the order of their slots. */
  private sort(starts: readonly number[], sorted: Sorted): void {
    const { slot } = this;
    const { contract, contracts, rows } = this.book.summary;
    const strikes = Float64Array.from(contracts.strikes);
    const { settlement, strike, lots, charged, places } = sorted;
    const next = Int32Array.from(starts);
    for (let i = 0; i < slot.length; i++) {
      const at = slot[i] as number;
      if (at < 0) continue;
      const to = next[at] as number;
      next[at] = to + 1;
      places[to] = i;
      settlement[to] = rows.settlement[i] as number;
      strike[to] = strikes[contract[i] as number] as number;
      lots[to] = rows.lots[i] as number;
      charged[to] = rows.margin[i] as number;
    }
  }

  private fitSlot(slot: Slot, start: number, rule: BrokerRule, sorted: Sorted): void {
    const { kind, right, unit, count } = slot;
    const { held, exchange, why } = kind.sample;
    const option = optionOf(held.position);
    const terms = rule.termsOf(held);
    const charge = (terms && chargeBy(terms, exchange)) ?? exchange;
    const { underlyingPrice } = held;
    if (why || charge.gap || !option || !underlyingPrice) return;
    // What the style of its terms leaves open is told row by row.
    if (rule.openOf(held).length > 0) return;
    const own = (column: Float64Array): Float64Array =>
      column.subarray(start, start + columnLength(count));
    const { settlement, strike, lots, charged, over, places, fits } = sorted;
    const list: ShortList = {
      rules: option.rules,
      product: option.product,
      right,
      underlying: underlyingPrice,
      rate: charge.given,
      markup: charge.markup,
      unit: amount(unit),
      height: count,
      settlement: own(settlement),
      strike: own(strike),
      lots: own(lots),
      charged: own(charged),
      over,
    };
    fits.fill(0);
    if (!("value" in tried(() => chargedInFen(list, this.basis.on, fits)))) return;
    for (let i = 0; i < count; i++) if (fits[i]) this.isFitting[places[start + i] as number] = 1;
  }

  /** Rows that don't fit, and of those that do the first of each month and kind that may be part of a set with them. */
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
        const key = `${named} ${rows.isShort[i]}`;
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
    const { isFitting, slot, slots, book } = this;
    const { margin } = book.summary.rows;
    const places = shown.map((row) => this.placeOf.get(row) as number);
    const apart = new Set(places);
    let [count, charged, fen] = [0, 0, 0];
    const firsts: Placed[] = [];
    for (let i = 0; i < isFitting.length; i++) {
      if (isFitting[i] === 0 || (apart.size > 0 && apart.has(i))) continue;
      count++;
      fen += margin[i] as number;
      const at = slot[i] as number;
      if (at < 0) continue;
      charged++;
      const { kind } = slots[at] as Slot;
      if (kind.first >= 0) continue;
      kind.first = i;
      firsts.push({ place: i, product: productOf(kind.sample.held) });
    }
    return { count, margin: amount(`${fen}e-2`), charged, products: firsts, places };
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
