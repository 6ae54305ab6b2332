/**
 * The short options of a long statement, sorted by what they are charged alike; and the rows among all that tell what
 * the broker's rule is.
 */
import type { Day, Pace } from "../core";
import type { PlainBook, PlainContract } from "../statements";
import { Asking, ASKING, type Asked } from "./reconcile-asking";
import { tells } from "./reconcile-bare";
import type { WorkRow } from "./reconcile-row";
import { groupOf } from "./reconcile-rule";

/** Short options that are charged alike: of one underlying, product and use. */
export interface Kind {
  readonly sample: WorkRow;
  readonly tells: boolean;
  /** Its product and use, asked what the rule is. */
  readonly asked: Asked;
  /** The first of them that fits. */
  first: number;
}

/** Rows of a kind, right and unit. */
export interface Slot {
  readonly kind: Kind;
  readonly right: "call" | "put";
  readonly unit: number;
  count: number;
}

export class Slots {
  readonly all: Slot[] = [];
  /** By row; below zero for those that aren't short options. */
  readonly of: Int32Array;
  private readonly kinds = new Map<string, Kind>();

  /** @param sampleOf a row by its place, before the broker's rule is known */
  constructor(
    private readonly book: PlainBook,
    private readonly sampleOf: (place: number) => WorkRow,
  ) {
    this.of = new Int32Array(book.length);
  }

  /** Finds every row's slot, marks longs, which fit, and asks the rows that tell of the broker's rule, as many as are asked. */
  *askingInSteps(isFitting: Uint8Array, on: Day, pace: Pace): Generator<void, Asking> {
    const { contract, contracts } = this.book.summary;
    const asking = new Asking(on);
    for (const i of this.sort(isFitting, asking)) {
      const slot = this.of[i] as number;
      const { contract: code } = contracts.all[contract[i] as number] as PlainContract;
      // One row alone tells less than two.
      if (slot >= 0 && asking.isSeveral && !this.all[slot]?.kind.asked.wants(code)) continue;
      for (const row of tells(this.sampleOf(i))) if (asking.put(row) && pace.due(ASKING)) yield;
    }
    return asking;
  }

  /** Finds the slots; answers with the rows that may be asked: of each contract and use the first that was charged. */
  private sort(isFitting: Uint8Array, asking: Asking): readonly number[] {
    const { contract, contracts, rows, length } = this.book.summary;
    const { all, of } = this;
    const { isShort, margin, hedge, known } = rows;
    const words = known.texts.length;
    /** The slot of a contract under a use. */
    const slotOf = new Map<number, number>();
    const optionUnits = Float64Array.from(contracts.optionUnits);
    // A contract is mostly held for one use.
    const atContract = new Int32Array(contracts.all.length);
    const hedgeAt = new Int32Array(contracts.all.length).fill(-1);
    const chargedAt = new Int32Array(contracts.all.length).fill(-1);
    const charged: number[] = [];
    for (let i = 0; i < length; i++) {
      const place = contract[i] as number;
      const use = hedge[i] as number;
      const isOption = optionUnits[place] !== 0;
      if (!isOption || isShort[i] === 0) {
        of[i] = -1;
        // Holding an option takes nothing, and nothing was charged.
        if (isOption) isFitting[i] = 1;
      } else {
        if (hedgeAt[place] !== use) {
          const key = place * words + use;
          const slot = slotOf.get(key) ?? this.slotFor(i, place, asking);
          slotOf.set(key, slot);
          atContract[place] = slot;
          hedgeAt[place] = use;
        }
        const slot = atContract[place] as number;
        of[i] = slot;
        const one = all[slot] as Slot;
        one.count++;
        if (!one.kind.tells) continue;
      }
      if (margin[i] === 0 || isFitting[i]) continue;
      // The second of all tells that the first isn't alone, whatever its contract.
      if (chargedAt[place] === use && charged.length > 1) continue;
      chargedAt[place] = use;
      charged.push(i);
    }
    return charged;
  }

  private slotFor(index: number, place: number, asking: Asking): number {
    const { book, kinds, all } = this;
    const { option, unit } = book.summary.contracts.all[place] as PlainContract;
    const of = [option?.rules.exchange, option?.product, option?.underlying, book.hedge(index)];
    const key = of.join(" ");
    let kind = kinds.get(key);
    if (!kind) {
      const sample = this.sampleOf(index);
      kind = { sample, tells: !sample.why, asked: asking.of(groupOf(sample.held)), first: -1 };
      kinds.set(key, kind);
    }
    const right = option?.right ?? "call";
    const known = all.findIndex(
      (one) => one.kind === kind && one.right === right && one.unit === unit,
    );
    return known >= 0 ? known : all.push({ kind, right, unit, count: 0 }) - 1;
  }
}
