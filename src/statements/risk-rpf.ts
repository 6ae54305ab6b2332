/**
 * Parameter files in fixed columns, format U2: HKEX's RPF (`….lis`) and the expanded files of other houses (`.pa2`).
 *
 * Columns as published for the format, pieced together from programs that read it; no complete file of HKEX has
 * confirmed them, so what is read carries a notice that says so. Figures have implied decimals; arrays, charges and
 * scan ranges are raised by the commodity's risk exponent.
 *
 * Decimals of strikes and settlement prices: the P record says them. HKEX's files have none; there a commodity with
 * exponent 0 writes two decimals and one with a higher exponent none, as seen in its figures of 4 March 2019.
 */
import {
  amount,
  readDay,
  sixteenScenarios,
  type Amount,
  type CalendarSpread,
  type CombinedCommodity,
  type Day,
  type InterSpread,
  type RiskProduct,
  type SeriesKind,
  type SpreadLeg,
  type Tier,
} from "../core";
import { tenTo, type FiledSeries, type RiskDraft } from "./risk-draft";

const KINDS: Readonly<Record<string, SeriesKind>> = {
  FUT: "future",
  PHY: "physical",
  OOF: "option",
  OOP: "option",
  OOC: "option",
};

/** Records whose rules aren't worked out: the figures of a commodity that has one are incomplete. */
const UNSUPPORTED: Readonly<Record<string, readonly [from: number, to: number]>> = {
  S: [3, 8],
  E: [3, 8],
  R: [6, 15],
  V: [5, 14],
  Z: [6, 15],
};

/** The shortest a record can be, up to the end of what is taken from it. */
const LENGTHS: Readonly<Record<string, number>> = {
  "0": 37,
  "2": 39,
  "3": 24,
  "4": 69,
  "5": 18,
  "6": 101,
  B: 91,
  C: 35,
  P: 39,
  T: 20,
  "81": 108,
  "82": 118,
  "83": 135,
  "84": 139,
};

/** Where the values of an array begin, and how wide one is beside its sign. */
const FIRST_VALUE = 55;
const VALUES: Readonly<Record<string, readonly [count: number, width: number]>> = {
  "81": [9, 5],
  "82": [7, 5],
  "83": [9, 8],
  "84": [7, 8],
};

const ZERO = amount("0");

interface Half {
  readonly row: number;
  readonly values: readonly Amount[];
}

/** A commodity as its records come, one after another. */
interface Commodity {
  readonly row: number;
  readonly code: string;
  readonly currency: string;
  readonly exponent: number;
  readonly products: readonly RiskProduct[];
  readonly capOptionValue: boolean;
  tiers: readonly Tier[];
  /** "01" none, "10" a table; undefined until the record is there. */
  method: string | undefined;
  readonly calendar: CalendarSpread[];
  spot: CombinedCommodity["spot"];
  minimum: CombinedCommodity["shortOptionMinimum"];
}

interface Decimals {
  readonly price: number;
  readonly strike: number;
}

/** A series whose commodity's exponent may still be to come. */
interface Pending {
  readonly row: number;
  readonly series: Omit<FiledSeries, "strike" | "price"> & {
    readonly strike: Amount | undefined;
    readonly price: Amount | undefined;
  };
}

export class RpfReader {
  private rest = "";
  private row = 0;
  private readonly commodities = new Map<string, Commodity>();
  private readonly decimals = new Map<string, Decimals>();
  private readonly factors = new Map<string, Amount>();
  private readonly locators = new Map<string, number>();
  private readonly scalings = new Map<string, Amount>();
  private readonly expiries = new Map<string, Day | undefined>();
  private readonly firstHalves = new Map<string, Half>();
  private readonly pending: Pending[] = [];
  private readonly longest = new Map<string, number>();
  private refused = false;

  constructor(private readonly draft: RiskDraft) {}

  write(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.read(line);
  }

  finish(): void {
    const { draft } = this;
    const { rest } = this;
    if (rest.trim() !== "" && rest !== "\u001a") {
      // A last line without an end is whole where others of its kind are no longer.
      const longest = this.longest.get(rest.slice(0, 2).trim()) ?? Infinity;
      if (rest.length >= longest) this.read(rest);
      else if (!this.refused) {
        draft.note("parametersCut", { row: this.row + 1 }, { read: this.pending.length });
      }
    }
    if (this.refused) return;
    for (const { code, ...one } of this.commodities.values()) this.settle({ code, ...one });
    for (const [key, { row }] of this.firstHalves) {
      const facts = { raw: key.trim().replace(/\s+/g, " "), count: 9, expected: 16 };
      draft.note("arrayLength", { row }, facts);
    }
    this.settleSeries();
    draft.note("unverifiedLayout", {}, {});
  }

  private read(given: string): void {
    this.row += 1;
    const line = given.replace(/\r$/, "");
    if (this.refused || line.trim() === "" || line === "\u001a") return;
    const kind = line.slice(0, 2).trim();
    this.longest.set(kind, Math.max(line.length, this.longest.get(kind) ?? 0));
    const least = LENGTHS[kind];
    if (least !== undefined && line.trimEnd().length < least && !this.mayBeBlank(kind, line)) {
      this.draft.note("parametersCut", { row: this.row }, { read: this.pending.length });
      return;
    }
    const padded = line.padEnd(160);
    const field = (from: number, to: number): string => padded.slice(from - 1, to).trim();
    if (kind === "0") this.readHead(field);
    else if (kind === "T") this.readConversion(field);
    else if (kind === "2") this.readCommodity(field);
    else if (kind === "3") this.readTiers(field);
    else if (kind === "C") this.readSpread(field);
    else if (kind === "4") this.readCharges(field);
    else if (kind === "6") this.readInterSpread(field);
    else if (kind === "P") this.readPrices(field);
    else if (kind === "B") this.readRange(field);
    else if (kind in VALUES) this.readArray(kind, padded, field);
    else if (kind in UNSUPPORTED) this.readUnsupported(kind, field);
  }

  /** Trailing blanks are often cut off: a record is whole where its last field may be blank. */
  private mayBeBlank(kind: string, line: string): boolean {
    return (kind === "3" || kind === "5" || kind === "0") && line.trimEnd().length >= 8;
  }

  /** Digits with implied decimals; blank where the file says nothing. */
  private figure(
    text: string,
    decimals: number,
    column: string,
    sign = "",
  ): Amount | undefined | "unread" {
    if (text === "") return undefined;
    if (!/^\d+$/.test(text)) {
      this.draft.note("notANumber", { row: this.row, column }, { raw: text });
      return "unread";
    }
    const value = amount(text).times(tenTo(-decimals));
    return sign === "-" ? value.negated() : value;
  }

  private plain(text: string, decimals: number, column: string): Amount | undefined {
    const value = this.figure(text, decimals, column);
    return value === "unread" ? undefined : value;
  }

  private needed(text: string, decimals: number, column: string, sign = ""): Amount | undefined {
    if (text === "") this.draft.note("missing", { row: this.row, column }, {});
    const value = this.figure(text, decimals, column, sign);
    return value === "unread" ? undefined : value;
  }

  private monthOf(text: string): string | undefined {
    const [, year, month] = /^(\d{4})(0[1-9]|1[0-2])$/.exec(text) ?? [];
    return year && month ? `${year}-${month}` : undefined;
  }

  // The head

  private readHead(field: Field): void {
    const { draft } = this;
    const format = field(36, 37);
    if (format !== "U2") {
      draft.note("unknownLayout", { row: this.row }, { raw: format });
      this.refused = true;
      return;
    }
    draft.house = field(3, 8) || undefined;
    draft.on = readDay(field(9, 16));
    if (!draft.on) {
      draft.note("notADay", { row: this.row, column: "9-16" }, { raw: field(9, 16) });
      this.refused = true;
    }
    draft.run = /^[SE]/.test(field(17, 17))
      ? field(18, 18) === "E"
        ? "early"
        : "settlement"
      : "intraday";
  }

  private readConversion(field: Field): void {
    const [from, to] = [field(3, 5), field(7, 9)];
    const factor = this.plain(field(11, 20), 6, "11-20");
    if (from && to && factor) this.draft.currencyRates.push({ from, to, factor });
  }

  private readPrices(field: Field): void {
    const product = field(6, 15);
    if (!this.draft.wants(product)) return;
    const key = `${field(16, 18)} ${product}`;
    const price = this.plain(field(34, 36), 0, "34-36");
    const strike = this.plain(field(37, 39), 0, "37-39");
    if (price && strike) {
      this.decimals.set(key, { price: price.toNumber(), strike: strike.toNumber() });
    }
    const factor = this.plain(field(42, 55), 7, "42-55");
    if (factor?.greaterThan(0)) this.factors.set(key, factor);
  }

  // Commodities

  private readCommodity(field: Field): void {
    const { draft } = this;
    const code = field(7, 12);
    const products: RiskProduct[] = [];
    for (let at = 23; at + 15 <= 118; at += 16) {
      const product = field(at, at + 9);
      const kind = KINDS[field(at + 10, at + 12)];
      if (!product || !kind) continue;
      products.push({ code: product, kind, deltaScaling: amount("1") });
      const locator = this.plain(field(at + 13, at + 13), 0, `${at + 13}`)?.toNumber() ?? 0;
      const key = `${field(at + 10, at + 12)} ${product}`;
      this.locators.set(key, field(at + 14, at + 14) === "-" ? -locator : locator);
    }
    if (!draft.wantsAny(code, products)) return;
    const currency = field(14, 16);
    if (!/^[A-Z]{3}$/.test(currency)) {
      const facts = { raw: currency, of: code };
      draft.note("unknownCurrency", { row: this.row, column: "14-16" }, facts);
      draft.refuse(products);
      return;
    }
    const exponent = this.figure(field(13, 13), 0, "13");
    if (exponent === "unread") return draft.refuse(products);
    const known = this.commodities.get(code);
    if (known) {
      // More than six products go on in a second record.
      this.commodities.set(code, { ...known, products: [...known.products, ...products] });
      return;
    }
    this.commodities.set(code, {
      row: this.row,
      code,
      currency,
      exponent: exponent?.toNumber() ?? 0,
      products,
      capOptionValue: field(19, 19) === "Y",
      tiers: [],
      method: undefined,
      calendar: [],
      spot: [],
      minimum: undefined,
    });
  }

  private readTiers(field: Field): void {
    const commodity = this.commodities.get(field(3, 8));
    if (!commodity) return;
    commodity.method = field(9, 10);
    const tiers: Tier[] = [];
    for (let at = 11; at + 13 <= 66; at += 14) {
      const number = this.plain(field(at, at + 1), 0, `${at}`)?.toNumber();
      const [from, to] = [
        this.monthOf(field(at + 2, at + 7)),
        this.monthOf(field(at + 8, at + 13)),
      ];
      if (!number) continue;
      tiers.push({ number, ...(from && { from }), ...(to && { to }) });
    }
    commodity.tiers = [...commodity.tiers, ...tiers];
  }

  private readSpread(field: Field): void {
    const commodity = this.commodities.get(field(3, 8));
    if (!commodity) return;
    const priority = this.needed(field(11, 12), 0, "11-12");
    const rate = this.needed(field(15, 21), 0, "15-21");
    const legs: SpreadLeg[] = [];
    for (let at = 22; at + 6 <= 77; at += 7) {
      if (field(at, at + 6) === "") continue;
      const tier = this.plain(field(at + 2, at + 3), 0, `${at + 2}`) ?? ZERO;
      const ratio = this.needed(field(at + 4, at + 5), 0, `${at + 4}`);
      const side = field(at + 6, at + 6);
      if (!ratio || (side !== "A" && side !== "B")) {
        this.unsupported(commodity.code, `C ${side}`);
        commodity.method = undefined;
        return;
      }
      // An empty leg is filled with zeros.
      if (ratio.isZero()) continue;
      legs.push({ commodity: commodity.code, tier: tier.toNumber(), side, ratio });
    }
    if (priority && rate && legs.length > 1) {
      commodity.calendar.push({ priority: priority.toNumber(), legs, rate });
    } else commodity.method = undefined;
  }

  private unsupported(of: string, raw: string): void {
    this.draft.note("unsupportedRule", { row: this.row }, { of, raw });
  }

  private readCharges(field: Field): void {
    const commodity = this.commodities.get(field(3, 8));
    if (!commodity) return;
    const method = field(9, 10);
    if (method === "10") {
      const months = this.plain(field(11, 12), 0, "11-12")?.toNumber() ?? 0;
      commodity.spot = [13, 35].slice(0, months).flatMap((at) => {
        const month = this.monthOf(field(at + 2, at + 7));
        const spreadRate = this.plain(field(at + 8, at + 14), 0, `${at + 8}`);
        const outrightRate = this.plain(field(at + 15, at + 21), 0, `${at + 15}`);
        return month && spreadRate && outrightRate ? [{ month, spreadRate, outrightRate }] : [];
      });
    } else if (method === "11") this.unsupported(commodity.code, `4 ${method}`);
    for (const at of [70, 73, 76]) {
      // What a factor above 1 would add is for one kind of account: whose, nobody has confirmed.
      const factor = /^\d{3}$/.exec(field(at, at + 2))?.[0] ?? "";
      if (Number(factor) > 100) this.unsupported(commodity.code, `4 ${factor}`);
    }
    const rate = this.plain(field(63, 69), 0, "63-69");
    const how = field(79, 79);
    if (rate) commodity.minimum = { rate, method: how === "1" ? "larger" : "gross" };
  }

  private settle({ row: _row, method, calendar, minimum, tiers, ...one }: Commodity): void {
    const whole = method === "01" || method === "1" || calendar.length > 0;
    this.draft.commodities.push({
      code: one.code,
      currency: one.currency,
      exponent: one.exponent,
      products: one.products.map((product) => ({
        ...product,
        deltaScaling: this.scalings.get(product.code) ?? product.deltaScaling,
      })),
      calendarTiers: tiers,
      interTiers: [],
      ...(whole && method !== undefined && { calendar }),
      spot: one.spot,
      ...(minimum && { shortOptionMinimum: minimum }),
      ...(one.capOptionValue && { capOptionValue: true }),
    });
  }

  private readInterSpread(field: Field): void {
    const legs: SpreadLeg[] = [];
    const shares: Amount[] = [];
    for (const [index, at] of [17, 35, 53, 71].entries()) {
      const commodity = field(at + 4, at + 9);
      const side = field(at + 17, at + 17);
      if (!commodity || (side !== "A" && side !== "B")) continue;
      const ratio = this.needed(field(at + 10, at + 16), 4, `${at + 10}`);
      const tier = this.plain(field(102 + 2 * index, 103 + 2 * index), 0, "102-109") ?? ZERO;
      const share = this.plain(field(123 + 7 * index, 129 + 7 * index), 6, "123-150");
      if (!ratio) return;
      legs.push({ commodity, tier: tier.toNumber(), side, ratio });
      if (share) shares.push(share);
    }
    const known = legs.filter(({ commodity }) => this.commodities.has(commodity));
    if (known.length < legs.length || legs.length < 2) return;
    const of = legs.map(({ commodity }) => commodity).join("/");
    const method = field(89, 90);
    const superSpread = field(110, 110);
    if (!["", "01", "1"].includes(method) || !["", "0", "N"].includes(superSpread)) {
      this.unsupported(of, `6 ${method} ${superSpread}`.trim());
      return;
    }
    const priority = this.needed(field(6, 9), 0, "6-9");
    const separate = ["1", "Y"].includes(field(122, 122));
    const flat = field(101, 101) === "F";
    // A percentage with four decimals, or an amount.
    const rate = this.needed(field(10, 16), flat ? 0 : 6, "10-16");
    if (!priority || !rate || (separate && shares.length < legs.length)) return;
    const credit: InterSpread["credit"] = separate
      ? { shares }
      : flat
        ? { flat: rate }
        : { share: rate };
    this.draft.interSpreads.push({ priority: priority.toNumber(), legs, credit });
  }

  private readonly said = new Set<string>();

  private readUnsupported(kind: string, field: Field): void {
    const [from, to] = UNSUPPORTED[kind] ?? [3, 8];
    const of = field(from, to);
    const mine =
      this.commodities.has(of) ||
      [...this.commodities.values()].some(({ products }) =>
        products.some(({ code }) => code === of),
      );
    if (!mine || this.said.has(kind + of)) return;
    this.said.add(kind + of);
    this.unsupported(of, kind);
  }

  // Series

  private readRange(field: Field): void {
    const { draft } = this;
    const product = field(6, 15);
    const kind = KINDS[field(16, 18)];
    if (!kind || !draft.wants(product)) return;
    if (draft.scenarios.length === 0) {
      const multiple = this.plain(field(58, 62), 3, "58-62");
      const cover = this.plain(field(63, 67), 4, "63-67");
      if (multiple?.greaterThan(0) && cover) {
        draft.scenarios = sixteenScenarios(multiple.toNumber(), cover.toFixed());
      }
    }
    const scaling = this.plain(field(86, 91), 4, "86-91");
    if (scaling?.greaterThan(0)) this.scalings.set(product, scaling);
    const month = this.monthOf(kind === "option" ? field(28, 33) : field(19, 24));
    const expiry = readDay(field(92, 99));
    const day = kind === "option" ? field(34, 35) : field(25, 26);
    if (month && expiry) this.expire(expiryKey(kind, product, month, day), expiry);
    const price = this.plain(field(53, 57), 0, "53-57");
    if (!price) return;
    const volatility = kind === "option" ? this.plain(field(45, 52), 6, "45-52") : undefined;
    const extremeMultiple = this.plain(field(58, 62), 3, "58-62");
    const extremeCover = this.plain(field(63, 67), 4, "63-67");
    const years = this.plain(field(73, 79), 6, "73-79");
    const lookAhead = this.plain(field(80, 85), 6, "80-85");
    const base = kind === "option" ? this.plain(field(37, 44), 6, "37-44") : undefined;
    const quoted = field(164, 164);
    draft.ranges.push({
      product,
      kind,
      ...(month && { month }),
      price,
      ...(volatility && {
        volatility,
        ...(quoted && { volatilityKind: quoted === "P" ? "percent" : "absolute" }),
      }),
      ...(extremeMultiple && { extremeMultiple }),
      ...(extremeCover && { extremeCover }),
      ...(lookAhead && { lookAhead }),
      ...(years && { years }),
      ...(expiry && { expiry }),
      ...(base?.greaterThan(0) && { baseVolatility: base }),
    });
  }

  /** A month may have weekly options beside the monthly one: two last days for one name are none. */
  private expire(key: string, expiry: Day): void {
    const alone = !this.expiries.has(key) || this.expiries.get(key) === expiry;
    this.expiries.set(key, alone ? expiry : undefined);
  }

  private readArray(record: string, line: string, field: Field): void {
    const { draft } = this;
    const product = field(6, 15);
    const type = field(26, 28);
    const kind = KINDS[type];
    if (!draft.wants(product) || !kind) return;
    const [count, width] = VALUES[record] ?? [0, 0];
    const values: Amount[] = [];
    let whole = true;
    for (let index = 0; index < count; index += 1) {
      const at = FIRST_VALUE + index * (width + 1);
      const loss = this.needed(
        field(at, at + width - 1),
        this.locators.get(`${type} ${product}`) ?? 0,
        `${at}-${at + width - 1}`,
        line[at + width - 1],
      );
      if (loss) values.push(loss);
      else whole = false;
    }
    const key = line.slice(2, FIRST_VALUE - 1);
    if (record === "81" || record === "83") {
      this.firstHalves.set(key, { row: this.row, values: whole ? values : [] });
      return;
    }
    const first = this.firstHalves.get(key);
    this.firstHalves.delete(key);
    if (!first) {
      const facts = { raw: key.trim().replace(/\s+/g, " "), count: values.length, expected: 16 };
      draft.note("arrayLength", { row: this.row }, facts);
      return;
    }
    if (!whole || first.values.length === 0) return;
    this.readSeries(
      kind,
      type,
      [...first.values, ...values],
      FIRST_VALUE + count * (width + 1),
      line,
      field,
    );
  }

  /** @param at where the composite delta begins, behind the last value */
  private readSeries(
    kind: SeriesKind,
    type: string,
    array: readonly Amount[],
    at: number,
    line: string,
    field: Field,
  ): void {
    const { draft } = this;
    const product = field(6, 15);
    const [futures, option] = [this.monthOf(field(30, 35)), this.monthOf(field(39, 44))];
    const month = kind === "option" ? option : futures;
    const dayCode = kind === "option" ? field(45, 46) : field(36, 37);
    const right = field(29, 29) === "C" ? "call" : field(29, 29) === "P" ? "put" : undefined;
    const delta = this.needed(field(at, at + 4), 4, `${at}-${at + 4}`, line[at + 4]);
    const volatility =
      kind === "option" ? this.plain(field(at + 6, at + 13), 6, `${at + 6}`) : undefined;
    const price = this.figure(field(at + 14, at + 20), 0, `${at + 14}`, line[at + 20]);
    const strike = kind === "option" ? this.needed(field(48, 54), 0, "48-54") : undefined;
    if (!delta || price === "unread") return;
    if (kind !== "physical" && !month) {
      draft.note("outOfRange", { row: this.row, column: "30-46" }, { raw: field(30, 46) });
      return;
    }
    if (kind === "option" && (!right || !strike)) {
      draft.note("outOfRange", { row: this.row, column: "29" }, { raw: field(29, 29) });
      return;
    }
    const expiry = this.expiries.get(expiryKey(kind, product, month ?? "", dayCode));
    const multiplier = this.factors.get(`${type} ${product}`);
    this.pending.push({
      row: this.row,
      series: {
        product,
        kind,
        ...(month && { month }),
        ...(dayCode && dayCode !== "00" && { dayCode }),
        ...(expiry && { expiry }),
        ...(kind === "option" && futures && futures !== month && { deltaMonth: futures }),
        ...(right && kind === "option" && { right }),
        ...(volatility && { volatility }),
        ...(multiplier && { multiplier }),
        delta,
        array,
        strike,
        price,
      },
    });
  }

  private settleSeries(): void {
    const { draft } = this;
    const undecided = new Set<string>();
    for (const { row, series } of this.pending) {
      const { strike, price, ...rest } = series;
      const decimals = this.decimalsOf(series);
      if (!decimals && (strike || price)) {
        const { product } = series;
        if (!undecided.has(product)) draft.note("noDecimals", { row }, { raw: product });
        undecided.add(product);
        continue;
      }
      const [ofPrice, ofStrike] = [decimals?.price ?? 0, decimals?.strike ?? 0];
      draft.series.push({
        ...rest,
        ...(strike && { strike: strike.times(tenTo(-ofStrike)) }),
        ...(price && { price: price.times(tenTo(-ofPrice)) }),
      });
    }
    if (draft.scenarios.length === 0 && draft.series.length > 0) {
      draft.note("missing", { column: "B 58-67" }, {});
    }
  }

  private decimalsOf({ product, kind }: Pending["series"]): Decimals | undefined {
    for (const [type, ofType] of Object.entries(KINDS)) {
      const filed = ofType === kind ? this.decimals.get(`${type} ${product}`) : undefined;
      if (filed) return filed;
    }
    if (!/^(HK|SEH)/.test(this.draft.house ?? "")) return undefined;
    const home = [...this.commodities.values()].find(({ products }) =>
      products.some((one) => one.code === product && one.kind === kind),
    );
    if (!home) return { price: 0, strike: 0 };
    const places = home.exponent === 0 ? 2 : 0;
    return { price: places, strike: places };
  }
}

type Field = (from: number, to: number) => string;

const expiryKey = (kind: SeriesKind, product: string, month: string, day: string): string =>
  [kind, product, month, day === "00" ? "" : day].join(" ");
