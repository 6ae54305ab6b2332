/**
 * A broker's statement against the rules: which rule its rows tell, which rows don't fit it, and why. A reason is named
 * only where it gives the printed figure to the fen; where two do, both are; else the row stays unexplained.
 */
import { drained, Pace, partOf, type Amount, type Bilingual, type Day } from "../core";
import type { Account, Position, Statement } from "../statements";
import { holdingsInSteps, type Held } from "./holding";
import { PriceList } from "./price";
import type { Profile } from "./profile";
import { printedMargins, readingOf, type Reading } from "./reading";
import { askedInSteps } from "./reconcile-asking";
import { bareRow, byRule, type Basis } from "./reconcile-bare";
import { chargedRows, printedTogetherIn, shareOut } from "./reconcile-both-sides";
import type { AccountIdentity, Bridge } from "./reconcile-bridge";
import { columnsFor, RowsInColumns } from "./reconcile-columns";
import type { Reason, Tried, Untried } from "./reconcile-reasons";
import { reliefsInSteps, type Together } from "./reconcile-relief";
import type { WorkRow } from "./reconcile-row";
import { brokerRuleInSteps, type BrokerRule, type Product } from "./reconcile-rule";
import { summedInSteps } from "./reconcile-summary";
import { Verdicts } from "./reconcile-verdict";
import { withTerms, type TermsByContract } from "./terms";
import { toldInSteps } from "./told";

type Prices = Readonly<Record<string, Amount>>;

export interface ReconcileInputs {
  readonly statement: Statement;
  /** Whose rows; left out: the statement's only account, or none. */
  readonly account?: Account | undefined;
  /** Prices of underlyings on the statement's day, by underlying: "m2701", "IO", "510050". */
  readonly prices: Prices;
  /** The trading day before. */
  readonly previousPrices?: Prices | undefined;
  /** Other prices an underlying had on the day: an index's settlement beside its close. */
  readonly otherPrices?: Readonly<Record<string, readonly Amount[]>> | undefined;
  readonly terms?: TermsByContract | undefined;
  readonly profile: Profile;
  /** The day whose rules apply where the statement has none. */
  readonly today: Day;
}

export type Verdict = "matching" | "explained" | "unexplained" | "notCheckable";

export interface ReconciledRow {
  /** Unique in the reconciliation: "IO2612-C-4800 short". */
  readonly id: string;
  readonly position: Position;
  readonly held: Held;
  readonly verdict: Verdict;
  readonly printed: Amount | undefined;
  /** By the broker's rule, to the fen; by the exchange's standard where that rule isn't known. */
  readonly ours: Amount | undefined;
  /** One lot on either standard, unrounded. */
  readonly perLot: { readonly broker: Amount | undefined; readonly exchange: Amount | undefined };
  /** The rate and markup ours was worked out with. */
  readonly rate: Amount | undefined;
  readonly markup: Amount | undefined;
  /** Printed less ours. */
  readonly difference: Amount | undefined;
  /** What gives the printed figure to the fen; several where they can't be told apart. */
  readonly reasons: readonly Reason[];
  /** Of a row that breaks: everything tried, the nearest first, and what could not be. */
  readonly tried: readonly Tried[];
  readonly untried: readonly Untried[];
  /** The rate and the multiple the printed figure would tell. */
  readonly impliedRate: Amount | undefined;
  readonly impliedMarkup: Amount | undefined;
  /** What there is to say of it. */
  readonly text: Bilingual;
}

/** The first of rows that match, and how many there are. */
export interface Matching {
  readonly rows: readonly ReconciledRow[];
  readonly count: number;
}

export interface Reconciliation {
  readonly inputs: ReconcileInputs;
  readonly account: Account | undefined;
  readonly currency: string;
  readonly day: Day | undefined;
  /** The broker's rule, and what of the book bears it out. */
  readonly rule: {
    readonly sentence: Bilingual;
    /** "5 products, 8 rows to the fen; not confirmed: …". */
    readonly borneOut: Bilingual;
    readonly terms: BrokerRule;
    readonly products: readonly Product[];
    readonly rows: number;
    readonly unconfirmed: readonly Product[];
  };
  readonly counts: Readonly<Record<Verdict, number>>;
  /** What is left to ask the broker, in one sentence. */
  readonly sentence: Bilingual;
  /** What is said of rows that fit an addition while the broker's rule isn't known. */
  readonly additions: Bilingual | undefined;
  readonly bridge: Bridge;
  readonly rows: readonly ReconciledRow[];
  /** The same in turn, for who looks at each once: of a long statement they aren't kept. */
  rowsInTurn(): Iterable<ReconciledRow>;
  /** How many there are, and those of them that don't match; where rows stand in columns no other is made for it. */
  readonly length: number;
  readonly breaking: readonly ReconciledRow[];
  /** What the rows that match come to. */
  readonly matched: {
    readonly printed: Amount;
    readonly ours: Amount;
    readonly difference: Amount;
  };
  /** Rows that match of which a condition holds that asks for no figure; no more are made than are wanted. */
  matching(most: number, says?: (row: ReconciledRow) => boolean): Matching;
  /** A row at least of each contract and side. */
  perContract(): readonly ReconciledRow[];
  readonly identities: readonly AccountIdentity[];
  /** Fractions of the printed equity; undefined where the figures aren't there. */
  readonly ratios: {
    readonly printed: Amount | undefined;
    readonly ofPrinted: Amount | undefined;
    readonly byRules: Amount | undefined;
  };
  /** Rows of the file that could not be read. */
  readonly unread: number;
  /** A partial file, a currency that can't be checked, and the like. */
  readonly notes: readonly Bilingual[];
}

/** A statement against the rules. */
export const reconciliation = (inputs: ReconcileInputs): Reconciliation =>
  drained(reconciliationInSteps(inputs));

/** Working out a row, and trying what else it may be, in units of work. */
const WORKING_OUT = 0.6;
const TRYING = 2;

/** From where to where in the whole each part of the work is, about. */
const PARTS = {
  reading: [0, 0.15],
  bare: [0.15, 0.25],
  rule: [0.25, 0.3],
  byRule: [0.3, 0.5],
  reliefs: [0.5, 0.7],
  verdicts: [0.7, 0.95],
  sums: [0.95, 1],
} as const satisfies Record<string, readonly [from: number, to: number]>;

type Part = keyof typeof PARTS;

function shareAt(part: Part, done: number): number {
  const [from, to] = PARTS[part];
  return from + (to - from) * done;
}

const partly = <T>(part: Part, work: Generator<number | void, T>): Generator<number, T> =>
  partOf(work, (done) => shareAt(part, done));

/** The broker's rule and the rows that are worked out one by one. */
interface Sorted {
  readonly rule: BrokerRule;
  readonly rows: readonly WorkRow[];
}

/** Every row by itself. */
function* oneByOne(
  inputs: ReconcileInputs,
  { positions: printedPositions }: Reading,
  basis: Basis,
  pace: Pace,
): Generator<number, Sorted> {
  const { statement, profile } = inputs;
  const { on } = basis;
  const positions = printedPositions.map((position) => withTerms(position, inputs.terms));
  const printed = printedMargins(positions);
  const list = new PriceList(statement, profile.priceBasis, inputs.prices);
  const holdings = yield* partly("reading", holdingsInSteps(positions, list, pace));
  const bare: WorkRow[] = [];
  for (const [index, held] of holdings.entries()) {
    bare.push(bareRow(held, printed[index], basis));
    if (pace.due(WORKING_OUT)) yield shareAt("bare", index / holdings.length);
  }
  const pairs = printedTogetherIn(bare);
  const asking = yield* partly("rule", askedInSteps(chargedRows(bare, pairs), on, pace));
  const rule = yield* partly("rule", brokerRuleInSteps(asking, profile, on, pace));
  const rows: WorkRow[] = [];
  for (const [index, row] of bare.entries()) {
    rows.push(byRule(row, rule, on));
    if (pace.due(WORKING_OUT)) yield shareAt("byRule", index / bare.length);
  }
  shareOut(rows, pairs, rule, on);
  return { rule, rows };
}

/** The same for a book of any length: pauses now and then, and tells about which share of it is done. */
export function* reconciliationInSteps(inputs: ReconcileInputs): Generator<number, Reconciliation> {
  const { statement } = inputs;
  const pace = new Pace();
  const reading = readingOf(statement, inputs.account);
  const { account } = reading;
  const on = account?.day ?? statement.day ?? inputs.today;
  const basis: Basis = { profile: inputs.profile, account, on };
  const book = columnsFor(inputs, reading);
  const columns = book && new RowsInColumns(book, inputs, basis);
  const { rule, rows } = columns
    ? yield* partly("byRule", columns.sortedInSteps(pace))
    : yield* oneByOne(inputs, reading, basis, pace);
  // What only the charges tell is looked for later, among the rows that break.
  const inSets =
    statement.combinations.length === 0
      ? []
      : rows.map(({ held, printed }) => ({ holding: held, printed, alone: undefined }));
  const told = yield* partly("reliefs", toldInSteps(statement, inSets, pace));
  const reliefs = yield* partly(
    "reliefs",
    reliefsInSteps(rows, told, statement, [rule.alternatives, on], pace),
  );
  const together = new Map<WorkRow, Together>();
  for (const found of reliefs.together) {
    for (const row of found.rows) if (!together.has(row)) together.set(row, found);
  }
  const isProven = (row: WorkRow): boolean => columns?.fits(row) ?? false;
  const given = [inputs, rule, on, reliefs, together, isProven] as const;
  const judged = columns ? rows.filter((row) => !columns.fits(row) || together.has(row)) : rows;
  // Where all rows fit, nobody may ever ask.
  let verdicts =
    judged.length > 0 ? yield* partly("verdicts", Verdicts.inSteps(given, rows, pace)) : undefined;
  const verdictOf = (row: WorkRow): ReconciledRow =>
    (verdicts ??= drained(Verdicts.inSteps(given, rows, pace))).of(row);
  const reconciled: ReconciledRow[] = [];
  for (const [index, row] of judged.entries()) {
    reconciled.push(verdictOf(row));
    const work = row.difference?.isZero() === false ? TRYING : 0.1;
    if (pace.due(work)) yield shareAt("verdicts", index / judged.length);
  }
  const worked = { rule, rows, reconciled, reliefs };
  if (!columns) return yield* partly("sums", summedInSteps(inputs, reading, worked, pace));
  const demand = columns.onDemand(judged, reconciled, verdictOf);
  const fitting = columns.fitting(judged);
  return yield* partly(
    "sums",
    summedInSteps(inputs, reading, { ...worked, fitting, demand }, pace),
  );
}
