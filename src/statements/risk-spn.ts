/**
 * Parameter files of the XML kind (`.spn`, fileFormat 4.00): portfolios of contracts with their arrays first,
 * then the combined commodities that say which of them belong together.
 *
 * Layout as in the public schema of the format and a file of Takasbank of 17 May 2016. Arrays, charges and scan
 * ranges are raised by the commodity's `riskExponent`. A rule of a kind that isn't worked out is a problem, and
 * the figure it belongs to is left out: a charge is never quietly smaller.
 */
import {
  amount,
  digits,
  readDay,
  type Amount,
  type CalendarSpread,
  type CombinedCommodity,
  type InterSpread,
  type Scenario,
  type SeriesKind,
  type SpreadLeg,
  type Tier,
} from "../core";
import type { FiledCommodity, RiskDraft } from "./risk-draft";
import { around, childOf, childrenOf, Nodes, textOf, type Node, type Verdict } from "./risk-nodes";

const KINDS: ReadonlyMap<string, SeriesKind> = new Map([
  ["PHY", "physical"],
  ["FUT", "future"],
  ["OOP", "option"],
  ["OOF", "option"],
  ["OOE", "option"],
  ["OOC", "option"],
]);

/** Portfolios of contracts; anything in one that nobody asked for is passed over. */
const PORTFOLIOS: ReadonlyMap<string, SeriesKind> = new Map([
  ["phyPf", "physical"],
  ["futPf", "future"],
  ["oopPf", "option"],
  ["oofPf", "option"],
  ["ooePf", "option"],
  ["oocPf", "option"],
]);

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const ZERO = amount("0");

/** "201605", "201605S0", "20160531": the month and what is printed after it. */
function monthOf(text: string | undefined): { month: string; dayCode?: string } | undefined {
  const [, year, month, rest] = /^(\d{4})(\d\d)(.*)$/.exec(text ?? "") ?? [];
  if (!year || !month || month < "01" || month > "12") return undefined;
  return { month: `${year}-${month}`, ...(rest && { dayCode: rest }) };
}

const isCurrency = (text: string | undefined): text is string => /^[A-Z]{3}$/.test(text ?? "");

export class SpnReader {
  private readonly nodes: Nodes;
  /** Months of futures by exchange, portfolio and contract: an option's delta counts in its future's month. */
  private readonly futures = new Map<string, string>();
  private readonly currencies = new Set<string>();
  /** The rate whose arrays and scan ranges are taken; a file may hold those of several. */
  private rate: string | undefined;

  constructor(private readonly draft: RiskDraft) {
    this.nodes = new Nodes((node) => this.take(node));
  }

  write(text: string): void {
    this.nodes.write(text);
  }

  finish(): void {
    const { nodes, draft } = this;
    nodes.close();
    if (nodes.broken) {
      const { row, why } = nodes.broken;
      draft.note("damagedMarkup", { row }, { raw: why });
    } else if (!nodes.whole) {
      draft.note("parametersCut", { row: nodes.row }, { read: draft.series.length });
    }
  }

  private take(node: Node): Verdict {
    const { name, parent } = node;
    if (name === "pfCode" && parent && PORTFOLIOS.has(parent.name)) {
      return this.draft.wants(node.text.trim()) ? "keep" : "skipParent";
    }
    switch (name) {
      case "currency":
        if (parent?.name === "currencyDef") this.currencies.add(node.text.trim());
        return "keep";
      case "date":
        if (parent?.name === "pointInTime") this.draft.on ??= readDay(node.text.trim());
        return "keep";
      case "isSetl":
      case "setlQualifier":
        if (parent?.name === "pointInTime") this.readRun(parent, node);
        return "keep";
      case "ec":
        if (parent?.name === "clearingOrg") this.draft.house ??= node.text.trim() || undefined;
        return "keep";
      case "curConv":
        this.readConversion(node);
        return "forget";
      case "pointDef":
        this.readScenarios(node);
        return "forget";
      case "fut":
      case "phy":
      case "opt":
        this.readContract(node);
        return "forget";
      case "series":
        this.readSeriesRange(node);
        return "forget";
      case "ccDef":
        this.readCommodity(node);
        return "forget";
      case "dSpread":
      case "sSpread":
        if (parent?.name !== "interSpreads" && parent?.name !== "superSpreads") return "keep";
        this.readInterSpread(node);
        return "forget";
    }
    return PORTFOLIOS.has(name) ||
      ["acctTypeDef", "acctSubTypeDef", "groupTypeDef", "pbRateDef"].includes(name)
      ? "forget"
      : "keep";
  }

  // Figures

  /** A figure that has to be there; what is missing or no number is said, and undefined. */
  private figure(node: Node, name: string): Amount | undefined {
    const text = textOf(node, name);
    if (text === undefined) {
      this.draft.note("missing", { row: node.row, column: name }, {});
      return undefined;
    }
    return this.number(node, name, text);
  }

  private optional(node: Node | undefined, name: string): Amount | undefined {
    const text = textOf(node, name);
    return node && text !== undefined ? this.number(node, name, text) : undefined;
  }

  private number(node: Node, column: string, raw: string): Amount | undefined {
    if (NUMBER.test(raw)) return amount(raw);
    this.draft.note("notANumber", { row: node.row, column }, { raw });
    return undefined;
  }

  /** One where the format takes one for granted. */
  private factor(node: Node, name: string): Amount | undefined {
    return textOf(node, name) === undefined ? amount("1") : this.optional(node, name);
  }

  // The head

  private readRun(point: Node, last: Node): void {
    const said = (name: string) => (last.name === name ? last.text.trim() : textOf(point, name));
    const settled = said("isSetl") === "1";
    const early = /early|prelim/i.test(said("setlQualifier") ?? "");
    this.draft.run = !settled ? "intraday" : early ? "early" : "settlement";
  }

  private readConversion(node: Node): void {
    const [from, to] = [textOf(node, "fromCur"), textOf(node, "toCur")];
    const factor = this.figure(node, "factor");
    if (from && to && factor) this.draft.currencyRates.push({ from, to, factor });
  }

  private readScenarios(node: Node): void {
    const { draft } = this;
    if (draft.scenarios.length > 0) return;
    this.rate = textOf(node, "r");
    const points = childrenOf(node, "scanPointDef").map((point) => {
      const number = this.figure(point, "point");
      const price = childOf(point, "priceScanDef");
      const volatility = childOf(point, "volScanDef");
      const numerator = price && (this.optional(price, "numerator") ?? this.figure(price, "mult"));
      const denominator = price && (this.optional(price, "denominator") ?? amount("1"));
      const vol =
        volatility && (this.optional(volatility, "numerator") ?? this.figure(volatility, "mult"));
      const weight = this.figure(point, "weight");
      const pair = this.optional(point, "pairedPoint") ?? number;
      if (!number || !numerator || !denominator || !vol || !weight || !pair) return undefined;
      const scenario: Scenario = {
        move: [numerator.toNumber(), denominator.isZero() ? 1 : denominator.toNumber()],
        volatility: vol.toNumber(),
        cover: weight,
        pair: pair.toNumber() - 1,
      };
      return { number: number.toNumber(), scenario };
    });
    const read = points.filter((point) => point !== undefined);
    if (read.length < points.length) return;
    read.sort((a, b) => a.number - b.number);
    draft.scenarios = read.map(({ scenario }) => scenario);
  }

  // Contracts

  /** What `r` names, among several rates' figures: the one whose scenarios were taken, else the first. */
  private ofRate(node: Node, name: string): Node | undefined {
    const all = childrenOf(node, name);
    return all.find((one) => textOf(one, "r") === this.rate) ?? all[0];
  }

  private readContract(node: Node): void {
    const { draft } = this;
    const series = node.name === "opt" ? node.parent : undefined;
    const portfolio = series ? series.parent : node.parent;
    const kind = portfolio && PORTFOLIOS.get(portfolio.name);
    const product = portfolio && textOf(portfolio, "pfCode");
    if (!kind || !product) {
      draft.note("missing", { row: node.row, column: "pfCode" }, {});
      return;
    }
    const dated = series ?? node;
    const when = monthOf(textOf(dated, "pe"));
    const expiry = readDay(textOf(dated, "setlDate") ?? "");
    const right = series ? rightOf(textOf(node, "o")) : undefined;
    const strike = series ? this.figure(node, "k") : undefined;
    const name = [product, textOf(dated, "pe"), textOf(node, "o"), textOf(node, "k")].join(" ");
    if (kind === "future" && when) {
      this.futures.set(contractKey(node, portfolio), when.month);
      this.readRange(node, product, kind, when.month);
    }
    if (kind !== "physical" && !when) {
      draft.note(
        "outOfRange",
        { row: dated.row, column: "pe" },
        { raw: textOf(dated, "pe") ?? "" },
      );
      return;
    }
    if (series && (!right || !strike)) {
      if (!right)
        draft.note("outOfRange", { row: node.row, column: "o" }, { raw: textOf(node, "o") ?? "" });
      return;
    }
    const array = this.ofRate(node, "ra");
    if (!array) {
      draft.note("missing", { row: node.row, column: "ra" }, {});
      return;
    }
    const expected = draft.scenarios.length || 16;
    const values = childrenOf(array, "a");
    if (values.length !== expected) {
      const facts = { raw: name.trim(), count: values.length, expected };
      draft.note("arrayLength", { row: array.row, column: "a" }, facts);
      return;
    }
    const losses = values.map((value) => this.number(value, "a", value.text.trim()));
    const delta = this.figure(array, "d");
    if (!delta || losses.some((loss) => !loss)) return;
    const underlying = series && this.futureMonth(series);
    const multiplier = [node, series, portfolio]
      .map((one) => this.optional(one, "cvf"))
      .find((one) => one?.greaterThan(0));
    const price = this.optional(node, "p");
    const volatility = series ? this.optional(node, "v") : undefined;
    draft.series.push({
      product,
      kind,
      ...when,
      ...(expiry && { expiry }),
      ...(underlying && underlying !== when?.month && { deltaMonth: underlying }),
      ...(right && { right }),
      ...(strike && { strike }),
      ...(price && { price }),
      ...(volatility && { volatility }),
      ...(multiplier && { multiplier }),
      delta,
      array: losses as Amount[],
    });
  }

  private futureMonth(series: Node): string | undefined {
    const underlying = childOf(series, "undC");
    if (!underlying) return undefined;
    const key = ["exch", "pfId", "cId"].map((name) => textOf(underlying, name)).join(" ");
    return this.futures.get(key);
  }

  private readSeriesRange(series: Node): void {
    const portfolio = series.parent;
    const product = portfolio && textOf(portfolio, "pfCode");
    const when = monthOf(textOf(series, "pe"));
    if (product && when) this.readRange(series, product, "option", when.month);
  }

  private readRange(node: Node, product: string, kind: SeriesKind, month: string): void {
    const scan = this.ofRate(node, "scanRate");
    const price = scan && this.optional(scan, "priceScan");
    if (!scan || !price) return;
    if (textOf(scan, "priceScanDown") !== undefined || textOf(scan, "volScanDown") !== undefined) {
      // The arrays hold it already; only a model of one's own would need it.
      return;
    }
    const absolute = this.optional(scan, "volScan");
    const percent = this.optional(scan, "volScanPct");
    const volatility = kind === "option" ? (percent ?? absolute) : undefined;
    const years = this.optional(node, "t");
    const expiry = readDay(textOf(node, "setlDate") ?? "");
    const base = kind === "option" ? this.optional(node, "v") : undefined;
    const house = around(node, "clearingOrg");
    const lookAhead = this.lookAhead(house);
    this.draft.ranges.push({
      product,
      kind,
      month,
      price,
      ...(volatility && {
        volatility,
        volatilityKind: percent ? ("percent" as const) : ("absolute" as const),
      }),
      ...(lookAhead && { lookAhead }),
      ...(years && { years }),
      ...(expiry && { expiry }),
      ...(base?.greaterThan(0) && { baseVolatility: base }),
    });
  }

  private lookAhead(house: Node | undefined): Amount | undefined {
    const years = this.optional(house, "lookAheadYears");
    if (years) return years;
    const days = this.optional(house, "lookAheadDays");
    const perYear = this.optional(house, "daysPerYear");
    return days && perYear?.greaterThan(0) ? days.dividedBy(perYear) : undefined;
  }

  // Commodities

  private readCommodity(node: Node): void {
    const { draft } = this;
    const code = textOf(node, "cc");
    const links = childrenOf(node, "pfLink").flatMap((link) => {
      const product = textOf(link, "pfCode");
      const kind = KINDS.get(textOf(link, "pfType") ?? "");
      const deltaScaling = this.factor(link, "sc");
      return product && kind && deltaScaling ? [{ code: product, kind, deltaScaling }] : [];
    });
    if (!code || !draft.wantsAny(code, links)) return;
    const currency = textOf(node, "currency");
    const listed = this.currencies.size === 0 || this.currencies.has(currency ?? "");
    if (!isCurrency(currency) || !listed) {
      const facts = { raw: currency ?? "", of: code };
      draft.note("unknownCurrency", { row: node.row, column: "currency" }, facts);
      draft.refuse(links);
      return;
    }
    const exponent = this.optional(node, "riskExponent") ?? ZERO;
    if (!exponent.isInteger() || exponent.abs().greaterThan(9)) {
      const raw = exponent.toFixed();
      draft.note("outOfRange", { row: node.row, column: "riskExponent" }, { raw });
      draft.refuse(links);
      return;
    }
    for (const rate of childrenOf(node, "adjRate")) {
      const factor = this.optional(rate, "val");
      // A factor above 1 makes the margin of one kind of account larger: it is never quietly left out.
      if (factor?.greaterThan(1)) this.unsupported(rate, code, `adjRate ${digits(factor)}`);
    }
    const calendar = this.calendarOf(node, code);
    const shortOptionMinimum = this.minimumOf(node, code);
    const priceRisk = this.priceRiskOf(node, code);
    const commodity: FiledCommodity = {
      code,
      currency,
      exponent: exponent.toNumber(),
      products: links,
      calendarTiers: this.tiersOf(childOf(node, "intraTiers")),
      interTiers: this.tiersOf(childOf(node, "interTiers")),
      ...(calendar && { calendar }),
      spot: childrenOf(node, "spotRate").flatMap((rate) => {
        const when = monthOf(textOf(rate, "pe"));
        const [spreadRate, outrightRate] = [this.figure(rate, "sprd"), this.figure(rate, "outr")];
        return when && spreadRate && outrightRate
          ? [{ month: when.month, spreadRate, outrightRate }]
          : [];
      }),
      ...(shortOptionMinimum && { shortOptionMinimum }),
      ...(priceRisk && { priceRisk }),
      ...(textOf(node, "capAnov") === "1" && { capOptionValue: true }),
    };
    draft.commodities.push(commodity);
  }

  private unsupported(node: Node, of: string, raw: string): undefined {
    this.draft.note("unsupportedRule", { row: node.row }, { of, raw });
    return undefined;
  }

  private tiersOf(node: Node | undefined): readonly Tier[] {
    if (!node) return [];
    const tiers = childrenOf(node, "tier").flatMap((tier): Tier[] => {
      const number = this.figure(tier, "tn");
      const [from, to] = [monthOf(textOf(tier, "sPe")), monthOf(textOf(tier, "ePe"))];
      if (!number) return [];
      return [
        {
          number: number.toNumber(),
          ...(from && { from: from.month }),
          ...(to && { to: to.month }),
        },
      ];
    });
    return tiers.filter(({ number, from, to }) => number !== 0 || from || to);
  }

  private calendarOf(node: Node, of: string): readonly CalendarSpread[] | undefined {
    const spreads: CalendarSpread[] = [];
    for (const spread of childrenOf(node, "dSpread")) {
      const method = textOf(spread, "chargeMeth") ?? "F";
      if (method !== "F") return this.unsupported(spread, of, `chargeMeth ${method}`);
      const terms = this.spreadTerms(spread, of);
      if (!terms) return undefined;
      spreads.push(terms);
    }
    return spreads;
  }

  /** Priority, legs and the rate of a spread; undefined where one of them can't be read. */
  private spreadTerms(spread: Node, of: string): CalendarSpread | undefined {
    const priority = this.figure(spread, "spread");
    const rate = this.ofRate(spread, "rate");
    if (!rate) return this.unsupported(spread, of, "pmpsRate");
    const value = this.figure(rate, "val");
    const legs: SpreadLeg[] = [];
    for (const leg of spread.children) {
      if (leg.name === "rpLeg") return this.unsupported(leg, of, "rpLeg");
      if (leg.name !== "tLeg" && leg.name !== "pLeg") continue;
      const commodity = textOf(leg, "cc");
      const side = textOf(leg, "rs");
      const ratio = this.figure(leg, "i");
      const tier = leg.name === "tLeg" ? this.figure(leg, "tn") : ZERO;
      const month = leg.name === "pLeg" ? monthOf(textOf(leg, "pe"))?.month : undefined;
      if (!commodity || !ratio || !tier || (side !== "A" && side !== "B")) {
        return this.unsupported(leg, of, leg.name);
      }
      if (leg.name === "pLeg" && !month) return this.unsupported(leg, of, leg.name);
      legs.push({ commodity, tier: tier.toNumber(), side, ratio, ...(month && { month }) });
    }
    if (!priority || !value || legs.length < 2) return undefined;
    return { priority: priority.toNumber(), legs, rate: value };
  }

  private minimumOf(node: Node, of: string): CombinedCommodity["shortOptionMinimum"] {
    const tiers = childOf(node, "somTiers");
    const rates = (tiers ? childrenOf(tiers, "tier") : []).map((tier) => this.ofRate(tier, "rate"));
    const [first] = rates;
    if (!first) return undefined;
    if (rates.length > 1) return this.unsupported(first, of, "somTiers");
    const method = textOf(node, "somMeth") ?? "GROSS";
    if (method !== "GROSS" && method !== "MAX") {
      return this.unsupported(node, of, `somMeth ${method}`);
    }
    const rate = this.figure(first, "val");
    return rate && { rate, method: method === "MAX" ? "larger" : "gross" };
  }

  private priceRiskOf(node: Node, of: string): CombinedCommodity["priceRisk"] {
    const method = (textOf(node, "wfprMeth") ?? "NORMAL").toUpperCase();
    if (method === "NORMAL") return "normal";
    if (method.startsWith("CAP")) return "capped";
    if (method.startsWith("SCAN")) return "scanRange";
    return this.unsupported(node, of, `wfprMeth ${method}`);
  }

  private readInterSpread(node: Node): void {
    const { draft } = this;
    const named = node.children.flatMap((leg) =>
      /Leg$/.test(leg.name) ? (textOf(leg, "cc") ?? []) : [],
    );
    // Without one of its commodities nobody can be given the credit.
    const known = new Set(draft.commodities.map(({ code }) => code));
    if (!named.every((code) => known.has(code))) return;
    const of = named.join("/");
    const method = textOf(node, "chargeMeth");
    if (node.name === "sSpread" || node.parent?.name === "superSpreads") {
      this.unsupported(node, of, node.parent?.name ?? node.name);
      return;
    }
    const terms = this.spreadTerms(node, of);
    if (!terms) return;
    const { priority, legs, rate } = terms;
    if (method !== "W" && method !== "F") {
      this.unsupported(node, of, `chargeMeth ${method ?? ""}`);
      return;
    }
    const credit: InterSpread["credit"] = method === "W" ? { share: rate } : { flat: rate };
    draft.interSpreads.push({ priority, legs, credit });
  }
}

const rightOf = (text: string | undefined): "call" | "put" | undefined =>
  text === "C" ? "call" : text === "P" ? "put" : undefined;

function contractKey(node: Node, portfolio: Node): string {
  const exchange = around(node, "exchange");
  return [
    exchange && textOf(exchange, "exch"),
    textOf(portfolio, "pfId"),
    textOf(node, "cId"),
  ].join(" ");
}
