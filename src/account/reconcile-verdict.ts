/** What is said of each row: that it fits, why it differs, or that nothing tried explains it. */
import { digits, type Amount, type Bilingual, type Day, type Pace } from "../core";
import { plainBook, type Position, type Quote } from "../statements";
import { optionOf, takesMargin } from "./figure";
import { otherRates, rateInForce, rateText, type RateInForce } from "./charge";
import { own, PriceList } from "./price";
import type { ReconciledRow, ReconcileInputs } from "./reconcile";
import { Attempts, RateTold, type Breaking, type NamedPrice } from "./reconcile-attempts";
import { tryRow } from "./reconcile-causes";
import { REASONS, type Reason, type ReasonId, type Tried } from "./reconcile-reasons";
import { MOST_PARTNERS } from "./reconcile-partners";
import type { Reliefs, Together } from "./reconcile-relief";
import { isComparable, type Comparable, type WorkRow } from "./reconcile-row";
import { gives, termsTold, type BrokerRule } from "./reconcile-rule";
import { keyOf, rateTold, termsText, type BrokerTerms } from "./reconcile-terms";

const SAME: Bilingual = { zh: "", en: "" };
const NO_TRIES: readonly Tried[] = [];
const NO_LACKS = [] as const;

/** Money with its sign, as a difference is written. */
export const signed = (n: Amount): string => `${n.greaterThan(0) ? "+" : ""}${n.toFixed(2)}`;

const said = ({ name, detail }: Reason): Bilingual => ({
  zh: detail.zh ? `${name.zh}（${detail.zh}）` : name.zh,
  en: detail.en ? `${name.en} (${detail.en})` : name.en,
});

/** Partners that one set may have had, of which so many are named. */
const MOST_NAMED = 3;

/** One cause; a set that fits with several partners is one cause still. */
function causeText(alike: readonly Reason[]): Bilingual {
  const [only, ...more] = alike as readonly [Reason, ...Reason[]];
  if (more.length === 0) return said(only);
  const named = alike.slice(0, MOST_NAMED).map(({ detail }) => detail);
  const left = alike.length - named.length;
  const { name } = only;
  return {
    zh: `${name.zh}（${alike.length} 种搭配都正好：${named.map(({ zh }) => zh).join("；")}${left > 0 ? `；另有 ${left} 种` : ""}）`,
    en: `${name.en} (with any of ${alike.length} partners: ${named.map(({ en }) => en).join("; ")}${left > 0 ? `; and ${left} more` : ""})`,
  };
}

/** One reason, or several that can't be told apart. */
function explainedText(reasons: readonly Reason[]): Bilingual {
  const causes = new Map<ReasonId, Reason[]>();
  for (const one of reasons) {
    const alike = causes.get(one.id);
    if (alike) alike.push(one);
    else causes.set(one.id, [one]);
  }
  const all = [...causes.values()].map(causeText);
  if (all.length === 1) {
    const open =
      reasons.length > 1
        ? { zh: "，无法只凭账单区分", en: "; the statement can't tell them apart" }
        : SAME;
    return { zh: `${all[0]?.zh}${open.zh}。`, en: `${all[0]?.en}${open.en}.` };
  }
  const many =
    all.length === 2 ? { zh: "两", en: "Two" } : { zh: `${all.length} `, en: `${all.length}` };
  return {
    zh: `${many.zh}种原因都能精确解释，无法只凭账单区分：${all.map(({ zh }) => zh).join("；")}。`,
    en: `${many.en} causes fit exactly and the statement can't tell them apart: ${all.map(({ en }) => en).join("; ")}.`,
  };
}

function unexplainedText(difference: Amount, tried: readonly Tried[]): Bilingual {
  const [nearest] = tried;
  const d = signed(difference);
  if (!nearest) return { zh: `未解释 ${d}。`, en: `${d} unexplained.` };
  const n = new Set(tried.map(({ id }) => id)).size;
  const left = signed(nearest.leaves);
  return {
    zh: `未解释 ${d}：试过 ${n} 种原因，最接近“${nearest.name.zh}”，仍差 ${left}。`,
    en: `${d} unexplained: ${n} causes tried; nearest “${nearest.name.en}” leaves ${left}.`,
  };
}

/** Works something out at most once. */
function once<T>(answer: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: answer() }).value;
}

const sideKey = ({ contract, side }: Position): string => `${contract} ${side}`;

/** What the verdicts follow from. */
type VerdictsGiven = readonly [
  inputs: ReconcileInputs,
  rule: BrokerRule,
  on: Day,
  reliefs: Reliefs,
  together: ReadonlyMap<WorkRow, Together>,
];

/** What else there is of an underlying. */
interface Others {
  readonly underlyings: Breaking["underlyings"];
  readonly rates: Breaking["otherRates"];
}

/** A breaking row's part in noting what it tells, and another's. */
const NOTING = 0.5;
const LOOKING = 0.01;

export class Verdicts {
  private bySide: ReadonlyMap<string, readonly Position[]> | undefined;
  private readonly quotes: ReadonlyMap<string, Quote>;
  /** The futures that the statement quotes, by their product's letters. */
  private readonly futures = new Map<string, NamedPrice[]>();
  private readonly previous: PriceList;
  private readonly rates = new Map<WorkRow, RateTold>();
  private readonly ratesTold = new Map<string, Map<string, Set<string>>>();
  private readonly fits = new Map<string, Pick<ReconciledRow, "reasons" | "text">>();
  private readonly others = new Map<string, Others>();
  private readonly ofTerms: readonly BrokerTerms[];

  private constructor(
    private readonly inputs: ReconcileInputs,
    private readonly rule: BrokerRule,
    private readonly on: Day,
    private readonly reliefs: Reliefs,
    private readonly together: ReadonlyMap<WorkRow, Together>,
  ) {
    const { statement, previousPrices = {} } = inputs;
    this.quotes = new Map(statement.quotes.map((quote) => [quote.contract, quote]));
    for (const { contract, settlement } of this.quotes.values()) {
      const letters = /^[A-Za-z]+(?=\d+$)/.exec(contract)?.[0];
      if (letters === undefined || !settlement) continue;
      const named = { name: { zh: contract, en: contract }, price: settlement };
      const known = this.futures.get(letters);
      if (known) known.push(named);
      else this.futures.set(letters, [named]);
    }
    this.previous = new PriceList(statement, "previousSettlement", previousPrices);
    this.ofTerms = [rule.main, ...rule.others].flatMap((part) => (part ? [part.terms] : []));
  }

  /** With what the rows that break tell of each other. */
  static *inSteps(
    [inputs, rule, on, reliefs, together]: VerdictsGiven,
    rows: readonly WorkRow[],
    pace: Pace,
  ): Generator<void, Verdicts> {
    const columns = plainBook(inputs.statement);
    // Asked for where a row breaks.
    if (columns && rows.length > 0) yield* columns.inSteps("lots", pace);
    const verdicts = new Verdicts(inputs, rule, on, reliefs, together);
    for (const row of rows) {
      if (pace.due(verdicts.noteRate(row) ? NOTING : LOOKING)) yield;
    }
    return verdicts;
  }

  /** Which round rates the breaking rows of an underlying tell, by which contracts; whether the row was asked. */
  private noteRate(row: WorkRow): boolean {
    const { held, printed, difference } = row;
    const { underlying } = held;
    if (!printed?.greaterThan(0) || !difference || difference.isZero()) return false;
    if (!takesMargin(held) || this.together.has(row) || underlying === undefined) return false;
    const { round } = this.rateOf(row, printed);
    if (!round) return true;
    const told = this.ratesTold.get(underlying) ?? new Map<string, Set<string>>();
    const by = told.get(digits(round)) ?? new Set<string>();
    // Both sides of a future, or a contract in two rows, are one contract.
    told.set(digits(round), by.add(held.position.contract));
    this.ratesTold.set(underlying, told);
    return true;
  }

  private rateOf(row: WorkRow, printed: Amount): RateTold {
    const known = this.rates.get(row);
    if (known) return known;
    const rate = new RateTold(row.held, printed, this.on);
    this.rates.set(row, rate);
    return rate;
  }

  of(row: WorkRow): ReconciledRow {
    const found = this.together.get(row);
    if (row.why || !isComparable(row)) return this.notCheckable(row);
    if (found) return this.inTogether(row, found);
    if (!row.difference.isZero()) return this.broken(row);
    const open = takesMargin(row.held) ? this.rule.openOf(row.held) : [];
    return open.length > 0 ? this.eitherWay(row, open) : this.matching(row);
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

  /** A row of a product whose style the statement leaves open: what it may go by, beside the exchange's figure. */
  private eitherWay(row: Comparable, open: readonly BrokerTerms[]): ReconciledRow {
    const { held, printed, exchange, exchangeFigure } = row;
    const reasons = open
      .filter((terms) => gives(terms, { held, printed, exchange }, this.on))
      .map((terms): Reason => ({
        id: terms.kind,
        name: REASONS[terms.kind],
        detail: terms.kind === "exchange" ? SAME : termsText(terms),
      }));
    const [only, ...more] = reasons;
    if (only?.id === "exchange" && more.length === 0) return this.matching(row);
    return {
      ...this.common(row.with({ terms: undefined, figure: exchangeFigure })),
      ...this.implied(row),
      verdict: "explained",
      reasons,
      text: explainedText(reasons),
    };
  }

  /** What a row that fits is charged by. */
  private matching(row: Comparable): ReconciledRow {
    const { reasons, text } = this.fit(row);
    return { ...this.common(row), verdict: "matching", reasons, text };
  }

  /** Rows that fit by the same terms are said the same of. */
  private fit(row: Comparable): Pick<ReconciledRow, "reasons" | "text"> {
    const { terms, held } = row;
    const { kind, position } = held;
    const adjusted = optionOf(position)?.adjusted ? position.contract : "";
    const dated = this.stepOf(row);
    const step = dated ? rateText(dated).en : "";
    const key = `${kind} ${position.side} ${terms ? keyOf(terms) : ""} ${adjusted} ${step}`;
    const known = this.fits.get(key);
    if (known) return known;
    const reasons = this.fitting(row);
    const found = { reasons, text: fitText(reasons) };
    this.fits.set(key, found);
    return found;
  }

  private fitting(row: Comparable): readonly Reason[] {
    const { held, terms } = row;
    const as = (id: ReasonId, detail: Bilingual = SAME): Reason => ({
      id,
      name: REASONS[id],
      detail,
    });
    const contract = optionOf(held.position);
    const adjusted = contract?.adjusted
      ? [
          as("adjusted", {
            zh: `行权价 ${held.strike?.toFixed() ?? "—"}、单位 ${held.unit?.toFixed() ?? "—"}`,
            en: `strike ${held.strike?.toFixed() ?? "—"}, unit ${held.unit?.toFixed() ?? "—"}`,
          }),
        ]
      : [];
    if (held.kind === "option" && held.position.side === "long") return [as("long")];
    if (held.kind === "option" && held.position.side === "covered") return [as("covered")];
    if (!takesMargin(held)) return adjusted;
    const by = terms ?? { kind: "exchange" as const };
    const dated = this.stepOf(row);
    const steps = dated ? [as("datedRate", rateText(dated))] : [];
    return [...adjusted, as(by.kind, termsText(by)), ...steps];
  }

  /** The rate of its table's step that a row is charged by. */
  private stepOf({ held, terms }: Comparable): RateInForce | undefined {
    if (!takesMargin(held)) return undefined;
    const kind = terms?.kind === "rate" ? "broker" : "exchange";
    const found = rateInForce(this.inputs.profile, held, kind, this.on);
    return found?.step && found;
  }

  private inTogether(row: Comparable, { id, detail }: Together): ReconciledRow {
    const reasons: readonly Reason[] = [{ id, name: REASONS[id], detail }];
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

  private broken(row: Comparable): ReconciledRow {
    const possible = this.reliefs.possible.get(row) ?? [];
    const given = this.breaking(row);
    const quick = new Attempts(given, true);
    tryRow(given, quick);
    const reasons = [...quick.exact, ...possible];
    // What was tried beside what fits is worked out of the rows that are looked at.
    const tried = once(() => this.allTried(row, possible));
    const implied = once(() => this.implied(row));
    const explained = reasons.length > 0 ? explainedText(reasons) : undefined;
    return {
      ...this.common(row),
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
        return explained ?? unexplainedText(row.difference, tried().tried);
      },
    };
  }

  private allTried(
    row: Comparable,
    possible: readonly Tried[],
  ): Pick<ReconciledRow, "tried" | "untried"> {
    const given = this.breaking(row);
    const attempts = new Attempts(given);
    tryRow(given, attempts);
    const reliefs = possible.length > 0 ? possible : this.reliefs.tried(row);
    const tried = [...attempts.tried, ...reliefs].sort((a, b) =>
      a.leaves.abs().comparedTo(b.leaves.abs()),
    );
    if (this.reliefs.leavesSome(row)) attempts.lacks("relief", () => MORE_PARTNERS);
    return { tried, untried: attempts.untried };
  }

  private openings(): ReadonlyMap<string, readonly Position[]> {
    if (this.bySide) return this.bySide;
    const openings = new Map<string, Position[]>();
    for (const lot of this.inputs.statement.lots) {
      const key = sideKey(lot);
      const known = openings.get(key);
      if (known) known.push(lot);
      else openings.set(key, [lot]);
    }
    return (this.bySide = openings);
  }

  private breaking(row: Comparable): Breaking {
    const { held, printed, exchange, terms, figure } = row;
    const charged = { held, printed, exchange };
    const open = this.rule.openOf(held);
    return {
      ...charged,
      margin: figure.margin,
      terms: terms ?? { kind: "exchange" },
      ruleKnown: terms !== undefined,
      ownTerms: terms ? open : termsTold(charged, this.on, true),
      otherTerms: terms ? this.ofTerms : [],
      openings: this.openings().get(sideKey(held.position)) ?? [],
      quote: this.quoteOf(held.position.contract),
      underlyings: this.othersOf(row).underlyings,
      previous: held.underlying ? this.previous.ofUnderlying(held.underlying)?.price : undefined,
      rate: this.rateOf(row, printed),
      ratesTold: this.ratesTold.get(held.underlying ?? "") ?? new Map<string, Set<string>>(),
      otherRates: this.othersOf(row).rates,
      on: this.on,
    };
  }

  /** The other prices and rates there are of a row's underlying: the same for all rows on it. */
  private othersOf(row: WorkRow): Others {
    const { held } = row;
    const { underlying, productCode, exchange } = held;
    const key = [underlying, productCode, exchange?.code].join(" ");
    const known = this.others.get(key);
    if (known) return known;
    const { profile } = this.inputs;
    const found = {
      underlyings: this.underlyingPrices(row),
      rates: {
        exchange: otherRates(profile, held, "exchange", this.on),
        broker: otherRates(profile, held, "broker", this.on),
      },
    };
    this.others.set(key, found);
    return found;
  }

  /** An option's previous settlement may stand in the statement of the day before alone. */
  private quoteOf(contract: string): Quote | undefined {
    const quote = this.quotes.get(contract);
    const before = this.previous.ofUser(contract);
    if (quote?.previousSettlement || !before) return quote;
    return { contract, day: undefined, ...quote, previousSettlement: before };
  }

  /** What else the underlying may have been taken at: its last price, others given, other months of its future. */
  private underlyingPrices({ held }: WorkRow): readonly NamedPrice[] {
    const { underlying, productCode } = held;
    if (underlying === undefined) return [];
    const own_ = this.quotes.get(underlying);
    const found: NamedPrice[] = [];
    const put = (zh: string, en: string, price: Amount | undefined): void => {
      if (price?.greaterThan(0)) found.push({ name: { zh, en }, price });
    };
    put("标的最新价", "underlying's last price", own_?.lastPrice);
    put("标的结算价", "underlying's settlement", own_?.settlement);
    for (const price of own(this.inputs.otherPrices ?? {}, underlying) ?? []) {
      put("标的另一价格", "underlying's other price", price);
    }
    if (held.exchange === undefined || productCode === undefined) return found;
    for (const { name, price } of this.futures.get(productCode) ?? []) {
      if (name.zh !== underlying) put(name.zh, name.en, price);
    }
    return found;
  }
}

const MORE_PARTNERS: Bilingual = {
  zh: `可能的搭档超过 ${MOST_PARTNERS} 个，其余的没有试`,
  en: `there are more than ${MOST_PARTNERS} possible partners; the rest weren't tried`,
};

const fitText = (reasons: readonly Reason[]): Bilingual =>
  reasons.length === 0
    ? { zh: "吻合。", en: "It fits." }
    : {
        zh: `吻合：${reasons.map((one) => said(one).zh).join("，")}。`,
        en: `It fits: ${reasons.map((one) => said(one).en).join(", ")}.`,
      };
