/**
 * Holdings in columns: a table's plain rows by what their codes name. They are added up and compared whole; one is made
 * into a position when somebody looks.
 */
import { amount, readDay, type Amount, type Contract, type Day } from "../core";
import type { Draft } from "./draft";
import {
  EXCHANGE,
  OPEN_PRICE,
  PARTS,
  PREVIOUS,
  SHORT_PRICE,
  SHORT_VALUE,
  VALUE,
} from "./plain-layout";
import type { PlainRows } from "./plain-rows";
import type { Words } from "./plain-words";
import type { Position } from "./statement";
import type { Codes, Subject } from "./subject";

/** A contract whose terms its code tells. */
export interface PlainContract {
  readonly contract: string;
  readonly subject: Subject;
  /** Undefined for a future. */
  readonly option: Contract | undefined;
  readonly strike: number;
  readonly unit: number;
}

/** The place of a code's contract before the code is read. */
const UNREAD = -2;

/** What codes name, each once. */
export class PlainContracts {
  readonly all: PlainContract[] = [];
  /** The units of options; 0 for a future. */
  readonly optionUnits: number[] = [];
  readonly strikes: number[] = [];
  /** Places by the word of a code. */
  private byWord = new Int32Array(0);
  private readonly byName = new Map<string, number>();

  constructor(readonly codes: Codes) {}

  /** The places of the contracts that codes name; below zero where one must be read the long way. */
  placesOf({ texts }: Words, words: Int32Array, count: number): Int32Array {
    if (this.byWord.length < texts.length) {
      const wider = new Int32Array(texts.length * 2).fill(UNREAD);
      wider.set(this.byWord);
      this.byWord = wider;
    }
    const { byWord } = this;
    const places = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const word = words[i] as number;
      const place = byWord[word] as number;
      places[i] = place === UNREAD ? (byWord[word] = this.read(texts[word] as string)) : place;
    }
    return places;
  }

  private read(code: string): number {
    const reading = code === "" ? undefined : this.codes.read(code);
    if (!reading || !("subject" in reading)) return -1;
    const { contract, subject } = reading;
    const known = this.byName.get(contract);
    if (known !== undefined) return known;
    const plain = plainContract(contract, subject);
    const place = plain ? this.all.push(plain) - 1 : -1;
    if (plain) {
      this.optionUnits.push(plain.option ? plain.unit : 0);
      this.strikes.push(plain.strike);
    }
    this.byName.set(contract, place);
    return place;
  }
}

function plainContract(contract: string, subject: Subject): PlainContract | undefined {
  if (subject.kind === "future") {
    const unit = Number(subject.product?.unit);
    return Number.isSafeInteger(unit)
      ? { contract, subject, option: undefined, strike: 0, unit }
      : undefined;
  }
  if (subject.kind !== "option" || subject.contract.adjusted) return undefined;
  const option = subject.contract;
  const [strike, unit] = [option.strike?.toNumber(), option.unit?.toNumber()];
  if (!strike || !unit || !option.strike?.equals(strike) || !Number.isSafeInteger(unit))
    return undefined;
  return { contract, subject, option, strike, unit };
}

/** Up to it a product of whole numbers is exact. */
const MOST_VALUE = Number.MAX_SAFE_INTEGER;

/** A figure that was held in ten-thousandths. */
export const ofParts = (parts: number): Amount => amount(parts / PARTS);

/** Money that was held in fen. */
export const ofFen = (fen: number): Amount => amount(`${fen}e-2`);

/** The plain rows of a table by what their codes name. */
export class PlainHoldings {
  readonly length: number;
  /** Places among the contracts; below zero for rows that must be read the long way. */
  readonly contract: Int32Array;
  /** How many of these there are. */
  readonly odd: number;

  constructor(
    readonly rows: PlainRows,
    readonly contracts: PlainContracts,
    readonly id: string | undefined,
  ) {
    const { length, known, isShort, lots, settlement, margin, value } = rows;
    const contract = contracts.placesOf(known, rows.contract, length);
    const units = Float64Array.from(contracts.optionUnits);
    let odd = 0;
    for (let i = 0; i < length; i++) {
      const place = contract[i] as number;
      if (place >= 0) {
        const unit = units[place] as number;
        // A future's value stands nowhere.
        if (unit === 0) continue;
        const printed = value[i] as number;
        const expected = (settlement[i] as number) * (lots[i] as number) * unit;
        // To the fen, as the long way has it. Holding an option costs nothing; who is charged is a case of its own.
        const fits =
          printed !== printed || (expected <= MOST_VALUE && Math.abs(expected - printed) <= 100);
        if (fits && (isShort[i] === 1 || margin[i] === 0)) continue;
        contract[i] = -1;
      }
      odd++;
    }
    this.length = length;
    this.contract = contract;
    this.odd = odd;
  }

  /** What the rows' contracts were quoted at: each contract where it is first met, by its last row. */
  quote(draft: Draft): void {
    const { contract, contracts, rows, length } = this;
    const { settlement } = rows;
    const first = new Int32Array(contracts.all.length).fill(-1);
    const last = new Int32Array(contracts.all.length);
    const met: number[] = [];
    /** The first row of each contract that prints another settlement, by the contract's place. */
    const others = new Map<number, number>();
    for (let i = 0; i < length; i++) {
      const place = contract[i] as number;
      const before = first[place] as number;
      if (before < 0) {
        met.push(place);
        first[place] = i;
      } else if (settlement[i] !== settlement[before] && !others.has(place)) others.set(place, i);
      last[place] = i;
    }
    if (others.size === 0) {
      for (const place of met) this.quoteRow(draft, last[place] as number, first[place] as number);
      return;
    }
    // Rows in their order: what is said of one is said where it stands.
    const told = new Set(others.values());
    for (const place of met) told.add(first[place] as number).add(last[place] as number);
    for (const i of Int32Array.from(told).sort()) this.quoteRow(draft, i, i);
  }

  /** @param at the row where what is said of it stands */
  private quoteRow(draft: Draft, i: number, at: number): void {
    const { contract, contracts, rows } = this;
    const { contract: code } = contracts.all[contract[i] as number] as PlainContract;
    const settlement = ofParts(rows.settlement[i] as number);
    const previousSettlement = rows.has(PREVIOUS)
      ? ofParts(rows.again(i).figures[PREVIOUS] as number)
      : undefined;
    const place = { row: rows.lines[at] as number, sheet: undefined };
    draft.quote({ contract: code, day: draft.day, settlement, previousSettlement }, place);
  }

  private added: Sums | undefined;

  get sums(): Sums {
    return (this.added ??= this.sumsOfRows());
  }

  private sumsOfRows(): Sums {
    const { isShort, lots, margin, value, length } = this.rows;
    let [long, short, fen] = [0, 0, 0];
    let [valueLong, valueShort] = [0, 0];
    for (let i = 0; i < length; i++) {
      if (isShort[i]) {
        short += lots[i] as number;
        valueShort += value[i] as number;
      } else {
        long += lots[i] as number;
        valueLong += value[i] as number;
      }
      fen += margin[i] as number;
    }
    return {
      long: amount(long),
      short: amount(short),
      margin: ofFen(fen),
      // Without a column of them a value is no number.
      valueLong: valueLong <= MOST_VALUE ? ofParts(valueLong) : undefined,
      valueShort: valueShort <= MOST_VALUE ? ofParts(valueShort) : undefined,
    };
  }

  /** The holding of a row, with the terms its code tells. */
  at(i: number): Position {
    const { rows } = this;
    const { known, lines, isSummary } = rows;
    const { contract, subject, option, unit } = this.contracts.all[
      this.contract[i] as number
    ] as PlainContract;
    const isShort = rows.isShort[i] === 1;
    const { figures } = rows.again(i);
    const figure = (which: number): Amount | undefined =>
      rows.has(which) ? ofParts(figures[which] as number) : undefined;
    const onShort = isSummary && isShort;
    return {
      place: { row: lines[i] as number, sheet: undefined },
      account: known.optional(rows.account[i] as number) ?? this.id,
      ...{ contract, subject },
      ...(isSummary ? {} : { exchange: this.exchange(i), openDay: this.openDay(i) }),
      side: isShort ? "short" : "long",
      quantity: amount(rows.lots[i] as number),
      openPrice: figure(onShort ? SHORT_PRICE : OPEN_PRICE),
      previousSettlement: figure(PREVIOUS),
      settlement: ofParts(rows.settlement[i] as number),
      margin: ofFen(rows.margin[i] as number),
      hedge: known.optional(rows.hedge[i] as number),
      marketValue: figure(onShort ? SHORT_VALUE : VALUE)?.abs(),
      ...(option ? { right: option.right, strike: option.strike } : {}),
      multiplier: option?.unit ?? amount(unit),
    };
  }

  exchange(i: number): string | undefined {
    return this.rows.known.optional(this.rows.again(i).words[EXCHANGE] as number);
  }

  openDay(i: number): Day | undefined {
    return readDay(String(this.rows.openDay[i]));
  }
}

/** Lots by side, the printed margins and the options' printed values of a table's holdings. */
export interface Sums {
  readonly long: Amount;
  readonly short: Amount;
  readonly margin: Amount;
  /** Undefined where one isn't printed. */
  readonly valueLong: Amount | undefined;
  readonly valueShort: Amount | undefined;
}
