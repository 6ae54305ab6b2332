import type { AdjustmentRule } from "./adjustment";
import type { Arithmetic } from "./arithmetic";
import type { ExpiryRule, TradingCalendar } from "./calendar";
import type { Day } from "./day";
import type { ExerciseEdition } from "./exercise";
import type { Combination } from "./strategy";
import type { Bilingual, Certainty, Term } from "./terms";

/**
 * What one short contract's margin is made of, every amount in the contract's currency for one contract:
 * margin = premium + max(basic, minimum), unless the article caps it; basic = underlyingPart − deduction.
 */
export interface Working<N> {
  /** 权利金: settlement × multiplier. */
  readonly premium: N;
  /** 标的部分: the rate or coefficient × the underlying's value. */
  readonly underlyingPart: N;
  /** 虚值额扣减: what the out-of-the-money amount takes off, never negative. */
  readonly deduction: N;
  /** 基本部分. */
  readonly basic: N;
  /** 最低保障. */
  readonly minimum: N;
  readonly margin: N;
}

/** A rule's formula, over any arithmetic; terms and parameters are only those its edition declares. */
export type Formula<T extends Term, P extends string> = <N>(
  arithmetic: Arithmetic<N>,
  terms: Readonly<Record<T, N>>,
  parameters: Readonly<Record<P, N>>,
) => Working<N>;

/** Where a rule stands, as data: the pane, the docs and the tests read the same object. */
export interface Citation {
  readonly title: Bilingual;
  readonly article: Bilingual;
  /** Left out where the text at hand had no address. */
  readonly url?: string;
  readonly certainty: Certainty;
  /** The day the figures were published or looked up; what is shown beside a doubt. */
  readonly asOf: Day;
  /** What is doubtful and what was taken instead; always there unless confirmed. */
  readonly note?: Bilingual;
}

/** One version of a rule, in force from a day on until the next edition of the same product. */
export interface Edition {
  /** First day in force; undefined for a formula no notice dates. */
  readonly from: Day | undefined;
  /** The products it holds for; all of the exchange's where left out. */
  readonly products?: readonly string[];
  readonly source: Citation;
  readonly needs: readonly Term[];
  readonly parameters: Readonly<Record<string, string>>;
  /**
   * The parameter that a caller's `rate` replaces, and those that move in proportion with it.
   * Left out where the rate is a term the formula needs (the futures margin rate).
   */
  readonly rate?: { readonly parameter: string; readonly proportional: readonly string[] };
  readonly call: Formula<Term, string>;
  readonly put: Formula<Term, string>;
}

/** An edition whose formulas can only touch the terms and parameters it declares. */
export interface TypedEdition<T extends Term, P extends string> {
  readonly from: Day | undefined;
  readonly products?: readonly string[];
  readonly source: Citation;
  readonly needs: readonly T[];
  readonly parameters: Readonly<Record<P, string>>;
  readonly rate?: {
    readonly parameter: NoInfer<P>;
    readonly proportional: readonly NoInfer<P>[];
  };
  readonly call: Formula<T, P>;
  readonly put: Formula<T, P>;
}

/** Declares an edition; a formula that touches an undeclared term or parameter does not compile. */
export const edition = <const T extends Term, P extends string>(
  typed: TypedEdition<T, P>,
): Edition => typed as unknown as Edition;

/** The largest rise and fall of an option's price in a day, per quoted unit; band is a fraction. */
export type LimitFormula = <N>(
  arithmetic: Arithmetic<N>,
  terms: Readonly<Record<"underlying" | "strike" | "band", N>>,
) => { readonly rise: N; readonly fall: N };

/** How far an option's price may move in a day from its previous settlement. */
export interface PriceLimit {
  readonly source: Citation;
  /** The lowest price a limit can be. */
  readonly tick: string;
  readonly call: LimitFormula;
  readonly put: LimitFormula;
}

/** What can be traded: one underlying's options (and the future they are on). */
export interface Product {
  /** As the exchange writes it: "510050", "m", "IO". */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** 合约单位/合约乘数; undefined where no source is at hand. */
  readonly unit: string | undefined;
  /** What the unit counts: shares, t, yuan a point. */
  readonly unitOf: string;
  readonly tick: string | undefined;
  readonly style: "European" | "American";
  readonly settles: "shares" | "cash" | "futures";
  readonly currency: string;
  readonly certainty: Certainty;
}

/**
 * One way an exchange writes its contract codes. Named groups say what is what:
 * product or shortName; yy or y, mm; right; strike, or milli (the strike × 1000);
 * flag (a letter, M or none = standard, A, B … = adjusted); series; number (a bare instrument number);
 * letter (right and month at once: A to L a call of January to December, M to X a put);
 * week (the day of the month on which a weekly option expires).
 */
export interface CodeGrammar {
  readonly example: string;
  readonly pattern: RegExp;
  /** How far ahead options are listed, for the decade of a one-digit year; 24 where left out. */
  readonly monthsAhead?: number;
}

/** What an exchange must provide. */
export interface RuleSet {
  /** The family name in the functions: "SSE". */
  readonly exchange: string;
  readonly name: Bilingual;
  /** Other names it goes by, and code prefixes and suffixes: "上交所", "XSHG". */
  readonly aliases: readonly string[];
  /** What the underlying is: ETF shares, an index, or a future. */
  readonly underlying: "etf" | "index" | "future";
  readonly editions: readonly Edition[];
  /** The product whose editions hold where a caller names none. */
  readonly defaultProduct?: string;
  readonly products: readonly Product[];
  readonly codes: readonly CodeGrammar[];
  /** Names used in short names ("50ETF"), by product code. */
  readonly shortNames?: Readonly<Record<string, readonly string[]>>;
  /** The days it trades on. */
  readonly calendar?: TradingCalendar;
  /** How the last trading day is found; none until a source says so. */
  readonly expiries?: readonly ExpiryRule[];
  /** Where margin comes from risk arrays, not from editions: how its arrays are made. */
  readonly arrays?: Citation;
  /** The rule of weekly options, whose code says the day. */
  readonly weekly?: ExpiryRule;
  readonly priceLimit?: PriceLimit;
  /** How a contract is changed after a dividend, a split or a rights issue; none where it never is. */
  readonly adjustment?: AdjustmentRule;
  /** How options are exercised, oldest edition first. */
  readonly exercise?: readonly ExerciseEdition[];
  /** What may be held together for less margin; none until a source says so. */
  readonly combinations: readonly Combination[];
  /** Where clearing forms the sets itself at settlement: there are no orders to build them or take them apart. */
  readonly formedAtClearing?: Citation;
  /** Where it does so in an order that the exchange lists pair by pair. */
  readonly clearingOrder?: Citation;
  /** Where the exchange itself sets long against short of one contract after the close. */
  readonly netting?: Citation;
}

const CERTAINTY: Readonly<Record<string, Certainty>> = {
  confirmed: "confirmed",
  "from memory": "unverified",
};

/**
 * Reads a product table: one line a product,
 * `code,Chinese name,English name,unit,what the unit counts,tick,style,settles in,certainty`; an empty field is unknown.
 */
export function productTable(currency: string, lines: string): readonly Product[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const fields = line.trim().split(",");
      const [code, zh, en, unit, unitOf, tick, style, settles, certainty] = fields;
      const sure = CERTAINTY[certainty ?? ""];
      if (fields.length !== 9 || !code || !zh || !en || !unitOf || !sure) {
        throw new Error(`product table: ${line}`);
      }
      return {
        code,
        zh,
        en,
        unit: unit || undefined,
        unitOf,
        tick: tick || undefined,
        style: style as Product["style"],
        settles: settles as Product["settles"],
        currency,
        certainty: sure,
      };
    });
}
