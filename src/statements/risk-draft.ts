/** What is being read of a parameter file: its parts as they come, put together at the end. */
import {
  amount,
  type Amount,
  type CombinedCommodity,
  type CurrencyRate,
  type Day,
  type InterSpread,
  type RiskParameters,
  type RiskProduct,
  type RiskSeries,
  type ScanRange,
  type Scenario,
} from "../core";
import { problem, type Facts, type Problem, type ProblemCode } from "./problems";
import type { Place } from "./statement";

/** A commodity as filed: `exponent` is the power of ten that its amounts are still to be raised by. */
export interface FiledCommodity extends CombinedCommodity {
  readonly exponent: number;
}

/** A series or range under its product; the commodity, and with it the scale of its amounts, is known at the end. */
export type FiledSeries = Omit<RiskSeries, "commodity">;

/** A parameter file as read. Nothing in it throws. */
export interface RiskFile {
  readonly file: string;
  /** Undefined where it is no parameter file. */
  readonly format: "xml" | "columns" | undefined;
  /** Undefined where nothing of it could be read. */
  readonly parameters: RiskParameters | undefined;
  readonly problems: readonly Problem[];
}

const TEN = amount("10");

/** A power of ten, by which filed figures are raised or lowered. */
export const tenTo = (exponent: number): Amount => {
  let power = amount("1");
  for (let left = Math.abs(exponent); left > 0; left -= 1) power = power.times(TEN);
  return exponent < 0 ? amount("1").dividedBy(power) : power;
};

const keyOf = (code: string, kind: string): string => `${kind} ${code}`;

export class RiskDraft {
  house: string | undefined;
  on: Day | undefined;
  run: RiskParameters["run"];
  scenarios: readonly Scenario[] = [];
  readonly commodities: FiledCommodity[] = [];
  readonly interSpreads: InterSpread[] = [];
  readonly series: FiledSeries[] = [];
  readonly ranges: ScanRange[] = [];
  readonly currencyRates: CurrencyRate[] = [];
  readonly problems: Problem[] = [];

  /** @param asked the products wanted, by code; all where left out. */
  constructor(
    readonly file: string,
    private readonly asked: ReadonlySet<string> | undefined,
  ) {}

  wants(product: string): boolean {
    return this.asked === undefined || this.asked.has(product);
  }

  /** Whether any product of a commodity is wanted. */
  wantsAny(commodity: string, products: readonly Pick<RiskProduct, "code">[]): boolean {
    return this.wants(commodity) || products.some(({ code }) => this.wants(code));
  }

  note(code: ProblemCode, place: Place, facts: Facts): void {
    this.problems.push(problem(code, this.file, place, facts));
  }

  finish(format: "xml" | "columns"): RiskFile {
    const { file, problems, on, house } = this;
    if (!on || !house) {
      if (problems.length === 0) this.note("notParameters", {}, {});
      return { file, format, parameters: undefined, problems };
    }
    const byProduct = new Map<string, FiledCommodity[]>();
    for (const commodity of this.commodities) {
      for (const { code, kind } of commodity.products) {
        const key = keyOf(code, kind);
        byProduct.set(key, [...(byProduct.get(key) ?? []), commodity]);
      }
    }
    const scales = new Map(this.commodities.map(({ code, exponent }) => [code, tenTo(exponent)]));
    const scaled = (of: string, figure: Amount): Amount => {
      const scale = scales.get(of);
      return scale ? figure.times(scale) : figure;
    };
    const homeless = new Set<string>();
    const series = this.series.flatMap((one): RiskSeries[] => {
      const homes = byProduct.get(keyOf(one.product, one.kind)) ?? [];
      if (homes.length === 0) homeless.add(one.product);
      return homes.map(({ code }) => ({
        ...one,
        commodity: code,
        array: one.array.map((loss) => scaled(code, loss)),
      }));
    });
    for (const raw of homeless) {
      // A commodity that was refused has been said already.
      if (!this.refused.has(raw)) this.note("noCommodity", {}, { raw });
    }
    const ranges = this.ranges.flatMap((one): ScanRange[] => {
      const [home] = byProduct.get(keyOf(one.product, one.kind)) ?? [];
      return home ? [{ ...one, price: scaled(home.code, one.price) }] : [];
    });
    const kept = new Set(this.commodities.map(({ code }) => code));
    const parameters: RiskParameters = {
      house,
      on,
      ...(this.run && { run: this.run }),
      source: file,
      scenarios: this.scenarios,
      commodities: this.commodities.map((one) => inCurrency(one, (f) => scaled(one.code, f))),
      // Without one of its legs nobody can be given a spread's credit.
      interSpreads: this.interSpreads.filter(({ legs }) =>
        legs.every(({ commodity }) => kept.has(commodity)),
      ),
      series,
      ranges,
      currencyRates: this.currencyRates,
      complete: problems.every(({ notice }) => notice),
    };
    return { file, format, parameters, problems };
  }

  private readonly refused = new Set<string>();

  /** A commodity that can't be used, so that nobody wonders about its series. */
  refuse(products: readonly Pick<RiskProduct, "code">[]): void {
    for (const { code } of products) this.refused.add(code);
  }
}

/** A commodity's amounts with its exponent applied. */
function inCurrency(
  { exponent: _, ...one }: FiledCommodity,
  scaled: (figure: Amount) => Amount,
): CombinedCommodity {
  const { calendar, shortOptionMinimum, spot } = one;
  return {
    ...one,
    spot: spot.map(({ month, spreadRate, outrightRate }) => ({
      month,
      spreadRate: scaled(spreadRate),
      outrightRate: scaled(outrightRate),
    })),
    ...(calendar && { calendar: calendar.map((one) => ({ ...one, rate: scaled(one.rate) })) }),
    ...(shortOptionMinimum && {
      shortOptionMinimum: { ...shortOptionMinimum, rate: scaled(shortOptionMinimum.rate) },
    }),
  };
}
