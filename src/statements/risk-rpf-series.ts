/** Series of a file in fixed columns: prices and ranges, and the arrays in two halves. */
import { readDay, sixteenScenarios, type Amount, type Day, type SeriesKind } from "../core";
import { tenTo, type FiledSeries, type RiskDraft } from "./risk-draft";
import type { RpfCommodities } from "./risk-rpf-commodities";
import { KINDS, type Field, type RpfFields } from "./risk-rpf-fields";

/** Where the values of an array begin, and how wide one is beside its sign. */
const FIRST_VALUE = 55;
export const VALUES: Readonly<Record<string, readonly [count: number, width: number]>> = {
  "81": [9, 5],
  "82": [7, 5],
  "83": [9, 8],
  "84": [7, 8],
};

interface Half {
  readonly row: number;
  readonly values: readonly Amount[];
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

export class RpfSeries {
  /** Of deltas, by product. */
  readonly scalings = new Map<string, Amount>();
  private readonly decimals = new Map<string, Decimals>();
  private readonly factors = new Map<string, Amount>();
  private readonly expiries = new Map<string, Day | undefined>();
  private readonly firstHalves = new Map<string, Half>();
  private readonly pending: Pending[] = [];

  constructor(
    private readonly draft: RiskDraft,
    private readonly fields: RpfFields,
    private readonly commodities: RpfCommodities,
  ) {}

  get count(): number {
    return this.pending.length;
  }

  /** Once every record is read. */
  settle(): void {
    for (const [key, { row }] of this.firstHalves) {
      const facts = { raw: key.trim().replace(/\s+/g, " "), count: 9, expected: 16 };
      this.draft.note("arrayLength", { row }, facts);
    }
    this.settleSeries();
  }

  readPrices(field: Field): void {
    const product = field(6, 15);
    if (!this.draft.wants(product)) return;
    const key = `${field(16, 18)} ${product}`;
    const price = this.fields.plain(field(34, 36), 0, "34-36");
    const strike = this.fields.plain(field(37, 39), 0, "37-39");
    if (price && strike) {
      this.decimals.set(key, { price: price.toNumber(), strike: strike.toNumber() });
    }
    const factor = this.fields.plain(field(42, 55), 7, "42-55");
    if (factor?.greaterThan(0)) this.factors.set(key, factor);
  }

  readRange(field: Field): void {
    const { draft } = this;
    const product = field(6, 15);
    const kind = KINDS[field(16, 18)];
    if (!kind || !draft.wants(product)) return;
    if (draft.scenarios.length === 0) {
      const multiple = this.fields.plain(field(58, 62), 3, "58-62");
      const cover = this.fields.plain(field(63, 67), 4, "63-67");
      if (multiple?.greaterThan(0) && cover) {
        draft.scenarios = sixteenScenarios(multiple.toNumber(), cover.toFixed());
      }
    }
    const scaling = this.fields.plain(field(86, 91), 4, "86-91");
    if (scaling?.greaterThan(0)) this.scalings.set(product, scaling);
    const month = this.fields.monthOf(kind === "option" ? field(28, 33) : field(19, 24));
    const expiry = readDay(field(92, 99));
    const day = kind === "option" ? field(34, 35) : field(25, 26);
    if (month && expiry) this.expire(expiryKey(kind, product, month, day), expiry);
    const price = this.fields.plain(field(53, 57), 0, "53-57");
    if (!price) return;
    const volatility = kind === "option" ? this.fields.plain(field(45, 52), 6, "45-52") : undefined;
    const extremeMultiple = this.fields.plain(field(58, 62), 3, "58-62");
    const extremeCover = this.fields.plain(field(63, 67), 4, "63-67");
    const years = this.fields.plain(field(73, 79), 6, "73-79");
    const lookAhead = this.fields.plain(field(80, 85), 6, "80-85");
    const base = kind === "option" ? this.fields.plain(field(37, 44), 6, "37-44") : undefined;
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

  readArray(record: string, line: string, field: Field): void {
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
      const loss = this.fields.needed(
        field(at, at + width - 1),
        this.commodities.locators.get(`${type} ${product}`) ?? 0,
        `${at}-${at + width - 1}`,
        line[at + width - 1],
      );
      if (loss) values.push(loss);
      else whole = false;
    }
    const key = line.slice(2, FIRST_VALUE - 1);
    if (record === "81" || record === "83") {
      this.firstHalves.set(key, { row: this.fields.row, values: whole ? values : [] });
      return;
    }
    const first = this.firstHalves.get(key);
    this.firstHalves.delete(key);
    if (!first) {
      const facts = { raw: key.trim().replace(/\s+/g, " "), count: values.length, expected: 16 };
      draft.note("arrayLength", { row: this.fields.row }, facts);
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
    const [futures, option] = [
      this.fields.monthOf(field(30, 35)),
      this.fields.monthOf(field(39, 44)),
    ];
    const month = kind === "option" ? option : futures;
    const dayCode = kind === "option" ? field(45, 46) : field(36, 37);
    const right = field(29, 29) === "C" ? "call" : field(29, 29) === "P" ? "put" : undefined;
    const delta = this.fields.needed(field(at, at + 4), 4, `${at}-${at + 4}`, line[at + 4]);
    const volatility =
      kind === "option" ? this.fields.plain(field(at + 6, at + 13), 6, `${at + 6}`) : undefined;
    const price = this.fields.figure(field(at + 14, at + 20), 0, `${at + 14}`, line[at + 20]);
    const strike = kind === "option" ? this.fields.needed(field(48, 54), 0, "48-54") : undefined;
    if (!delta || price === "unread") return;
    if (kind !== "physical" && !month) {
      draft.note("outOfRange", { row: this.fields.row, column: "30-46" }, { raw: field(30, 46) });
      return;
    }
    if (kind === "option" && (!right || !strike)) {
      draft.note("outOfRange", { row: this.fields.row, column: "29" }, { raw: field(29, 29) });
      return;
    }
    const expiry = this.expiries.get(expiryKey(kind, product, month ?? "", dayCode));
    const multiplier = this.factors.get(`${type} ${product}`);
    this.pending.push({
      row: this.fields.row,
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
    const home = this.commodities.homeOf(product, kind);
    if (!home) return { price: 0, strike: 0 };
    const places = home.exponent === 0 ? 2 : 0;
    return { price: places, strike: places };
  }
}

const expiryKey = (kind: SeriesKind, product: string, month: string, day: string): string =>
  [kind, product, month, day === "00" ? "" : day].join(" ");
