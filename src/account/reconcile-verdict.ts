/** What is said of each row: that it fits, why it differs, or that nothing tried explains it. */
import type { Bilingual, Day, Pace } from "../core";
import { plainBook } from "../statements";
import { takesMargin } from "./figure";
import type { Held } from "./holding";
import type { ReconciledRow, ReconcileInputs } from "./reconcile";
import { Attempts } from "./reconcile-attempts";
import { readingsOf, type BothSides } from "./reconcile-both-sides";
import { tryRow } from "./reconcile-causes";
import { Evidence } from "./reconcile-evidence";
import { Fits } from "./reconcile-fitting";
import { Openings } from "./reconcile-openings";
import { MOST_PARTNERS } from "./reconcile-partners";
import { REASONS, type Reason, type Tried } from "./reconcile-reasons";
import type { Reliefs, Together } from "./reconcile-relief";
import { isComparable, type Comparable, type WorkRow } from "./reconcile-row";
import { gives, type BrokerRule, type ChargedRow } from "./reconcile-rule";
import { rateTold, termsText, type BrokerTerms } from "./reconcile-terms";
import { contestedText, explainedText, SAME, unexplainedText } from "./reconcile-words";

const NO_TRIES: readonly Tried[] = [];
const NO_LACKS = [] as const;

const BOTH_TO_THE_FEN = {
  id: "rounding",
  detail: { zh: "两边合计到分", en: "both sides together to the fen" },
} as const;

const MORE_PARTNERS: Bilingual = {
  zh: `可能的搭档超过 ${MOST_PARTNERS} 个，其余的没有试`,
  en: `there are more than ${MOST_PARTNERS} possible partners; the rest weren't tried`,
};

/** Works something out at most once. */
function once<T>(answer: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: answer() }).value;
}

/** Held against the exchange's figure where the rule is open. */
const openly = (row: Comparable): WorkRow =>
  row.with({ terms: undefined, figure: row.exchangeFigure });

/** Nothing but the exchange's own figure. */
const isAsExchange = ([only, ...more]: readonly Reason[]): boolean =>
  more.length === 0 && (!only || only.id === "exchange");

const withText = (said: Bilingual, more: Bilingual): Bilingual => ({
  zh: `${said.zh}${more.zh}`,
  en: `${said.en} ${more.en}`,
});

/** What the verdicts follow from. */
type VerdictsGiven = readonly [
  inputs: ReconcileInputs,
  rule: BrokerRule,
  on: Day,
  reliefs: Reliefs,
  together: ReadonlyMap<WorkRow, Together>,
  /** Whether a row that fits was seen to with all its openings. */
  isProven: (row: WorkRow) => boolean,
];

/** A breaking row's part in noting what it tells, and another's. */
const NOTING = 0.5;
const LOOKING = 0.01;

export class Verdicts {
  private readonly evidence: Evidence;
  private readonly fits: Fits;
  private readonly openings: Openings;

  private constructor(
    inputs: ReconcileInputs,
    private readonly rule: BrokerRule,
    private readonly on: Day,
    private readonly reliefs: Reliefs,
    private readonly together: ReadonlyMap<WorkRow, Together>,
    private readonly isProven: (row: WorkRow) => boolean,
  ) {
    this.evidence = new Evidence(inputs, rule, on);
    this.fits = new Fits(inputs.profile, on);
    this.openings = new Openings(() => inputs.statement.lots);
  }

  /** With what the rows that break tell of each other. */
  static *inSteps(
    [inputs, rule, on, reliefs, together, isProven]: VerdictsGiven,
    rows: readonly WorkRow[],
    pace: Pace,
  ): Generator<void, Verdicts> {
    const columns = plainBook(inputs.statement);
    // Asked for where a row breaks.
    if (columns && rows.length > 0) yield* columns.inSteps("lots", pace);
    const verdicts = new Verdicts(inputs, rule, on, reliefs, together, isProven);
    for (const row of rows) {
      const isAsked = !together.has(row) && verdicts.evidence.noteRate(row);
      if (pace.due(isAsked ? NOTING : LOOKING)) yield;
    }
    return verdicts;
  }

  of(row: WorkRow): ReconciledRow {
    const found = this.together.get(row);
    if (row.why || !isComparable(row)) return this.notCheckable(row);
    const readings = row.both ? readingsOf(row.both, this.rule.openOf(row.held), this.on) : [];
    const isFree = !found || found.id === "largerSide";
    if (row.both && readings.length > 0 && isFree) return this.openPair(row, row.both, readings);
    if (found) return this.inTogether(row, found);
    if (row.both) return this.ofBoth(row, row.both);
    return row.difference.isZero() ? this.fitting(row) : this.broken(row);
  }

  private common(row: WorkRow) {
    const { held, printed, ours, figure, difference } = row;
    const { position } = held;
    return {
      id: held.id,
      position,
      held,
      printed,
      ours,
      difference,
      // Worked out when it is asked for: of a long book few rows are looked at.
      perLot: {
        get broker() {
          return figure?.margin?.dividedBy(position.quantity);
        },
        get exchange() {
          return row.exchangeFigure.margin?.dividedBy(position.quantity);
        },
      },
      rate: figure?.gap ? undefined : figure?.rate,
      markup: figure?.gap ? undefined : figure?.markup,
      tried: NO_TRIES,
      untried: NO_LACKS,
      impliedRate: undefined,
      impliedMarkup: undefined,
    };
  }

  private notCheckable(row: WorkRow): ReconciledRow {
    const text = row.why ?? { zh: "没有可比的数。", en: "There is nothing to compare." };
    return {
      ...this.common(row),
      ...this.implied(row),
      verdict: "notCheckable",
      reasons: [],
      text,
    };
  }

  /** A row to which the rule gives what it was charged. */
  private fitting(row: Comparable): ReconciledRow {
    const wrong = this.isProven(row) ? undefined : this.openings.wrongOf(row);
    if (wrong) return { ...this.common(row), verdict: "unexplained", reasons: [], text: wrong };
    const open = takesMargin(row.held) ? this.rule.openOf(row.held) : [];
    return open.length > 0 ? this.eitherWay(row, open) : this.matching(row);
  }

  /** A row of a product whose style the statement leaves open: what it may go by, beside the exchange's figure. */
  private eitherWay(row: Comparable, open: readonly BrokerTerms[]): ReconciledRow {
    const { held, printed, exchange } = row;
    const charged: ChargedRow = { held, printed, exchange };
    const reasons = open
      .filter((terms) => gives(terms, charged, this.on))
      .map((terms): Reason => ({
        id: terms.kind,
        name: REASONS[terms.kind],
        detail: terms.kind === "exchange" ? SAME : termsText(terms),
      }));
    return isAsExchange(reasons) ? this.matching(row) : this.openlyExplained(row, row, reasons);
  }

  /** Held against the exchange's figure; what is implied is told of all lots. */
  private openlyExplained(
    row: Comparable,
    whole: Comparable,
    reasons: readonly Reason[],
  ): ReconciledRow {
    return {
      ...this.common(openly(row)),
      ...this.implied(whole),
      verdict: "explained",
      reasons,
      text: explainedText(reasons),
    };
  }

  /** Both sides of a future of such a product, by every reading that gives what is printed for them. */
  private openPair(
    row: Comparable,
    { whole, difference, text }: BothSides,
    readings: readonly Reason[],
  ): ReconciledRow {
    const found =
      difference.isZero() && isAsExchange(readings)
        ? this.matching(row)
        : this.openlyExplained(row, whole, readings);
    return { ...found, text: withText(found.text, text) };
  }

  /** Both sides of a future under one printed margin: what is said of one is said of the other. */
  private ofBoth(row: Comparable, { whole, larger, difference, text }: BothSides): ReconciledRow {
    const found = difference.isZero()
      ? this.matching(whole)
      : whole.difference.isZero()
        ? this.inTogether(whole, BOTH_TO_THE_FEN)
        : this.broken(whole, larger);
    return {
      ...found,
      ...this.common(found.verdict === "matching" ? row : this.basis(row)),
      tried: found.tried,
      untried: found.untried,
      impliedRate: found.impliedRate,
      impliedMarkup: found.impliedMarkup,
      text: withText(found.text, text),
    };
  }

  /** What a row that fits is charged by. */
  private matching(row: Comparable): ReconciledRow {
    const { reasons, text } = this.fits.of(row);
    return { ...this.common(row), verdict: "matching", reasons, text };
  }

  private inTogether(
    row: Comparable,
    { id, detail, additions }: Pick<Together, "id" | "detail" | "additions">,
  ): ReconciledRow {
    if (id === "unexplained") {
      return { ...this.common(row), verdict: id, reasons: [], text: detail };
    }
    const reasons: readonly Reason[] = additions ?? [{ id, name: REASONS[id], detail }];
    const text = explainedText(reasons);
    return { ...this.common(row), ...this.implied(row), verdict: "explained", reasons, text };
  }

  private implied(row: WorkRow): Pick<ReconciledRow, "impliedRate" | "impliedMarkup"> {
    const { held, printed, exchangeFigure } = row;
    const charged = takesMargin(held) && printed?.greaterThan(0) ? printed : undefined;
    const { margin } = exchangeFigure;
    return {
      impliedRate: charged && !held.lacks ? rateTold(held, charged, this.on) : undefined,
      impliedMarkup:
        charged && margin?.greaterThan(0) ? charged.dividedBy(margin).minus(1) : undefined,
    };
  }

  /** What breaks in a product whose style is left open is held against the exchange's figure, like all of it. */
  private basis(row: Comparable): WorkRow {
    const isOpen = takesMargin(row.held) && this.rule.openOf(row.held).length > 0;
    return isOpen && row.exchangeFigure.margin ? openly(row) : row;
  }

  private broken(row: Comparable, larger?: Held): ReconciledRow {
    const possible = this.reliefs.possible.get(row) ?? [];
    const given = this.evidence.of(row, larger);
    const quick = new Attempts(given, true);
    tryRow(given, quick);
    const contested = this.reliefs.contested.get(row);
    // A row that something else explains may be in one of the sets as well.
    const open = quick.exact.length > 0 ? (contested?.ways ?? []) : [];
    const reasons = [...quick.exact, ...possible, ...open];
    // What was tried beside what fits is worked out of the rows that are looked at.
    const tried = once(() => this.allTried(row, possible, larger));
    const basis = this.basis(row);
    const { difference = row.difference } = basis;
    const implied = once(() => this.implied(row));
    const explained = reasons.length > 0 ? explainedText(reasons) : undefined;
    return {
      ...this.common(basis),
      verdict: explained ? "explained" : "unexplained",
      reasons,
      get tried() {
        return tried().tried;
      },
      get untried() {
        return tried().untried;
      },
      get impliedRate() {
        return implied().impliedRate;
      },
      get impliedMarkup() {
        return implied().impliedMarkup;
      },
      get text() {
        if (explained) return explained;
        return contested
          ? contestedText(difference, contested)
          : unexplainedText(difference, tried().tried);
      },
    };
  }

  private allTried(
    row: Comparable,
    possible: readonly Tried[],
    larger: Held | undefined,
  ): Pick<ReconciledRow, "tried" | "untried"> {
    const given = this.evidence.of(row, larger);
    const attempts = new Attempts(given);
    tryRow(given, attempts);
    const reliefs = possible.length > 0 ? possible : this.reliefs.tried(row);
    const tried = [...attempts.tried, ...reliefs].sort((a, b) =>
      a.leaves.abs().comparedTo(b.leaves.abs()),
    );
    if (this.reliefs.leavesSome(row)) attempts.lacks("relief", () => MORE_PARTNERS);
    return { tried, untried: attempts.untried };
  }
}
