/** Combined commodities of a file in fixed columns: products, tiers, spreads, charges and credits. */
import {
  amount,
  type Amount,
  type CalendarSpread,
  type CombinedCommodity,
  type InterSpread,
  type RiskProduct,
  type SeriesKind,
  type SpreadLeg,
  type Tier,
} from "../core";
import type { RiskDraft } from "./risk-draft";
import { KINDS, type Field, type RpfFields } from "./risk-rpf-fields";

const ZERO = amount("0");

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

export class RpfCommodities {
  private readonly all = new Map<string, Commodity>();
  /** Decimals of a product's array values, by its type and code. */
  readonly locators = new Map<string, number>();

  constructor(
    private readonly draft: RiskDraft,
    private readonly fields: RpfFields,
  ) {}

  has(code: string): boolean {
    return this.all.has(code);
  }

  /** The commodity that a product belongs to. */
  homeOf(product: string, kind?: SeriesKind): Pick<Commodity, "exponent"> | undefined {
    return [...this.all.values()].find(({ products }) =>
      products.some((one) => one.code === product && (!kind || one.kind === kind)),
    );
  }

  /** @param scalings of deltas, by product */
  settleAll(scalings: ReadonlyMap<string, Amount>): void {
    for (const one of this.all.values()) this.settle(one, scalings);
  }

  readCommodity(field: Field): void {
    const { draft } = this;
    const code = field(7, 12);
    const products: RiskProduct[] = [];
    for (let at = 23; at + 15 <= 118; at += 16) {
      const product = field(at, at + 9);
      const kind = KINDS[field(at + 10, at + 12)];
      if (!product || !kind) continue;
      products.push({ code: product, kind, deltaScaling: amount("1") });
      const locator = this.fields.plain(field(at + 13, at + 13), 0, `${at + 13}`)?.toNumber() ?? 0;
      const key = `${field(at + 10, at + 12)} ${product}`;
      this.locators.set(key, field(at + 14, at + 14) === "-" ? -locator : locator);
    }
    if (!draft.wantsAny(code, products)) return;
    const currency = field(14, 16);
    if (!/^[A-Z]{3}$/.test(currency)) {
      const facts = { raw: currency, of: code };
      draft.note("unknownCurrency", { row: this.fields.row, column: "14-16" }, facts);
      draft.refuse(products);
      return;
    }
    const exponent = this.fields.figure(field(13, 13), 0, "13");
    if (exponent === "unread") return draft.refuse(products);
    const known = this.all.get(code);
    if (known) {
      // More than six products go on in a second record.
      this.all.set(code, { ...known, products: [...known.products, ...products] });
      return;
    }
    this.all.set(code, {
      row: this.fields.row,
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

  readTiers(field: Field): void {
    const commodity = this.all.get(field(3, 8));
    if (!commodity) return;
    commodity.method = field(9, 10);
    const tiers: Tier[] = [];
    for (let at = 11; at + 13 <= 66; at += 14) {
      const number = this.fields.plain(field(at, at + 1), 0, `${at}`)?.toNumber();
      const [from, to] = [
        this.fields.monthOf(field(at + 2, at + 7)),
        this.fields.monthOf(field(at + 8, at + 13)),
      ];
      if (!number) continue;
      tiers.push({ number, ...(from && { from }), ...(to && { to }) });
    }
    commodity.tiers = [...commodity.tiers, ...tiers];
  }

  readSpread(field: Field): void {
    const commodity = this.all.get(field(3, 8));
    if (!commodity) return;
    const priority = this.fields.needed(field(11, 12), 0, "11-12");
    const rate = this.fields.needed(field(15, 21), 0, "15-21");
    const legs: SpreadLeg[] = [];
    for (let at = 22; at + 6 <= 77; at += 7) {
      if (field(at, at + 6) === "") continue;
      const tier = this.fields.plain(field(at + 2, at + 3), 0, `${at + 2}`) ?? ZERO;
      const ratio = this.fields.needed(field(at + 4, at + 5), 0, `${at + 4}`);
      const side = field(at + 6, at + 6);
      if (!ratio || (side !== "A" && side !== "B")) {
        this.fields.unsupported(commodity.code, `C ${side}`);
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

  readCharges(field: Field): void {
    const commodity = this.all.get(field(3, 8));
    if (!commodity) return;
    const method = field(9, 10);
    if (method === "10") {
      const months = this.fields.plain(field(11, 12), 0, "11-12")?.toNumber() ?? 0;
      commodity.spot = [13, 35].slice(0, months).flatMap((at) => {
        const month = this.fields.monthOf(field(at + 2, at + 7));
        const spreadRate = this.fields.plain(field(at + 8, at + 14), 0, `${at + 8}`);
        const outrightRate = this.fields.plain(field(at + 15, at + 21), 0, `${at + 15}`);
        return month && spreadRate && outrightRate ? [{ month, spreadRate, outrightRate }] : [];
      });
    } else if (method === "11") this.fields.unsupported(commodity.code, `4 ${method}`);
    for (const at of [70, 73, 76]) {
      // What a factor above 1 would add is for one kind of account: whose, nobody has confirmed.
      const factor = /^\d{3}$/.exec(field(at, at + 2))?.[0] ?? "";
      if (Number(factor) > 100) this.fields.unsupported(commodity.code, `4 ${factor}`);
    }
    const rate = this.fields.plain(field(63, 69), 0, "63-69");
    const how = field(79, 79);
    if (rate) commodity.minimum = { rate, method: how === "1" ? "larger" : "gross" };
  }

  private settle(
    { row: _row, method, calendar, minimum, tiers, ...one }: Commodity,
    scalings: ReadonlyMap<string, Amount>,
  ): void {
    const whole = method === "01" || method === "1" || calendar.length > 0;
    this.draft.commodities.push({
      code: one.code,
      currency: one.currency,
      exponent: one.exponent,
      products: one.products.map((product) => ({
        ...product,
        deltaScaling: scalings.get(product.code) ?? product.deltaScaling,
      })),
      calendarTiers: tiers,
      interTiers: [],
      ...(whole && method !== undefined && { calendar }),
      spot: one.spot,
      ...(minimum && { shortOptionMinimum: minimum }),
      ...(one.capOptionValue && { capOptionValue: true }),
    });
  }

  readInterSpread(field: Field): void {
    const legs: SpreadLeg[] = [];
    const shares: Amount[] = [];
    for (const [index, at] of [17, 35, 53, 71].entries()) {
      const commodity = field(at + 4, at + 9);
      const side = field(at + 17, at + 17);
      if (!commodity || (side !== "A" && side !== "B")) continue;
      const ratio = this.fields.needed(field(at + 10, at + 16), 4, `${at + 10}`);
      const tier = this.fields.plain(field(102 + 2 * index, 103 + 2 * index), 0, "102-109") ?? ZERO;
      const share = this.fields.plain(field(123 + 7 * index, 129 + 7 * index), 6, "123-150");
      if (!ratio) return;
      legs.push({ commodity, tier: tier.toNumber(), side, ratio });
      if (share) shares.push(share);
    }
    const known = legs.filter(({ commodity }) => this.all.has(commodity));
    if (known.length < legs.length || legs.length < 2) return;
    const of = legs.map(({ commodity }) => commodity).join("/");
    const method = field(89, 90);
    const superSpread = field(110, 110);
    if (!["", "01", "1"].includes(method) || !["", "0", "N"].includes(superSpread)) {
      this.fields.unsupported(of, `6 ${method} ${superSpread}`.trim());
      return;
    }
    const priority = this.fields.needed(field(6, 9), 0, "6-9");
    const separate = ["1", "Y"].includes(field(122, 122));
    const flat = field(101, 101) === "F";
    // A percentage with four decimals, or an amount.
    const rate = this.fields.needed(field(10, 16), flat ? 0 : 6, "10-16");
    if (!priority || !rate || (separate && shares.length < legs.length)) return;
    const credit: InterSpread["credit"] = separate
      ? { shares }
      : flat
        ? { flat: rate }
        : { share: rate };
    this.draft.interSpreads.push({ priority: priority.toNumber(), legs, credit });
  }
}
