/**
 * What two rows save as one set: in doubles, which show of most pairs that they don't give a figure, and exactly where
 * somebody asks.
 */
import {
  amount,
  digits,
  double,
  formOfTwo,
  type Amount,
  type CombinationEdition,
  type Day,
} from "../core";
import { tried } from "./figure";
import { legOfLine, type LineLeg } from "./legs";
import { doubles, isCertain } from "./nearly";
import { lineOfRow, type Comparable } from "./reconcile-row";
import { markupOf, pricedTogether, type Priced } from "./sets";

/** A row that may be part of a set, its figures in doubles. */
export interface Candidate {
  readonly row: Comparable;
  readonly leg: LineLeg | undefined;
  /** One number for legs that are alike but for their figures; below zero for what joins no other. */
  readonly kind: number;
  /** The printed figure less the one by the rule. */
  readonly less: number;
  /** The figure by the rule; without the broker's markup; and what a set's rule asks of one lot. */
  readonly size: number;
  readonly alone: number;
  readonly lots: number;
  readonly margin: number;
  readonly premium: number;
  /** Strike × unit; of a future and of shares zero. */
  readonly strike: number;
}

/** The form in which legs of two kinds are held together, with its rule's figures. */
interface Form {
  readonly edition: CombinationEdition;
  readonly parameters: Readonly<Record<string, number>>;
  /** Whether the second of them is its first leg. */
  readonly isTurned: boolean;
}

/** What one set of two rows saves, exactly; above nothing. */
export type Saving = Priced & { readonly saved: Amount };

/** A row that saves something with another. */
export interface Partner {
  readonly candidate: Candidate;
  readonly row: Comparable;
  /** What one set saves with its legs' markup, and without; and that markup. In doubles. */
  readonly saved: number;
  readonly plain: number;
  readonly markup: number;
  /** To the last digit. */
  readonly priced: () => Saving;
}

export class Pairs {
  private readonly candidates = new Map<Comparable, Candidate>();
  private readonly kinds = new Map<string, number>();
  /** By the kinds of both legs. */
  private readonly forms: Map<number, Form | undefined>[] = [];

  constructor(private readonly on: Day) {}

  candidate(row: Comparable): Candidate {
    const known = this.candidates.get(row);
    if (known) return known;
    const leg = legOfLine(lineOfRow(row), "broker");
    const joins = leg?.joins;
    const size = double(row.figure.margin);
    const alone = leg ? size / (1 + double(leg.markup)) : size;
    const lots = double(row.held.position.quantity);
    const found: Candidate = {
      row,
      leg,
      kind: this.kindOf(leg),
      less: double(row.printed.minus(row.figure.margin)),
      size,
      alone,
      lots,
      margin: alone / lots,
      premium: joins ? double(joins.premium) : 0,
      strike: joins?.strike ? double(joins.strike) * double(joins.unit) : 0,
    };
    this.candidates.set(row, found);
    return found;
  }

  private kindOf(leg: LineLeg | undefined): number {
    if (!leg?.joins) return -1;
    const { rules, product, leg: way, month, series, unit, strike, expiry } = leg.joins;
    const terms = [digits(unit), strike && digits(strike)];
    const key = [rules.exchange, product, way, month, series, expiry, ...terms].join(" ");
    const known = this.kinds.get(key) ?? this.kinds.size;
    this.kinds.set(key, known);
    return known;
  }

  /** The other as the row's partner; undefined where the two save nothing. */
  partner(row: Candidate, other: Candidate): Partner | undefined {
    const form = this.formOf(row, other);
    const [one, its] = [row.leg, other.leg];
    if (!form || !one || !its) return undefined;
    const markup = markupOf(one, its);
    if (!markup) return undefined;
    const { edition, parameters, isTurned } = form;
    const [first, second] = isTurned ? [other, row] : [row, other];
    const apart = first.margin + second.margin;
    const terms = {
      firstMargin: first.margin,
      secondMargin: second.margin,
      firstPremium: first.premium,
      secondPremium: second.premium,
      strikeGap: Math.abs(first.strike - second.strike),
    };
    const plain = apart - edition.margin(doubles, terms, parameters);
    const price = () => pricedTogether(one, its, this.on) as Saving;
    const size = apart + first.premium + second.premium + terms.strikeGap;
    const saves = isCertain(plain, size) ? plain > 0 : price().saved.greaterThan(0);
    if (!saves) return undefined;
    let exactly: Saving | undefined;
    const raised = double(markup);
    return {
      candidate: other,
      row: other.row,
      saved: plain * (1 + raised),
      plain,
      markup: raised,
      priced: () => (exactly ??= price()),
    };
  }

  private formOf(row: Candidate, other: Candidate): Form | undefined {
    if (row.kind < 0 || other.kind < 0) return undefined;
    const forms = (this.forms[row.kind] ??= new Map<number, Form | undefined>());
    const known = forms.get(other.kind);
    if (known || forms.has(other.kind)) return known;
    const found = formOfKinds(row.leg, other.leg, this.on);
    forms.set(other.kind, found);
    return found;
  }
}

/** Undefined where legs make no set, or its rule lacks a figure. */
function formOfKinds(
  one: LineLeg | undefined,
  other: LineLeg | undefined,
  on: Day,
): Form | undefined {
  const [a, b] = [one?.joins, other?.joins];
  if (!a || !b) return undefined;
  const form = tried(() => formOfTwo(a, b, on));
  if (!("value" in form) || typeof form.value === "string") return undefined;
  const { known, isTurned } = form.value;
  const { edition } = known;
  if (edition.needs.includes("strikeGap") && !(a.strike && b.strike)) return undefined;
  const parameters: Record<string, number> = {};
  for (const [name, figure] of Object.entries(edition.parameters)) {
    if (figure === undefined) return undefined;
    parameters[name] = double(amount(figure));
  }
  return { edition, parameters, isTurned };
}
