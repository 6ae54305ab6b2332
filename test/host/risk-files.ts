/**
 * Writes parameter files in the layouts the readers know, so that what is read can be compared with what was written.
 * The figures are HKEX's of 4 March 2019, the layouts' words and columns those of the public descriptions.
 */
import { zipSync } from "fflate";
import {
  amount,
  digits,
  sixteenScenarios,
  type Amount,
  type CombinedCommodity,
  type RiskParameters,
  type RiskProduct,
  type RiskSeries,
  type SpreadLeg,
} from "../../src/core";
import { arrayCases, publishedSeries as published } from "./risk-series";

const one = amount("1");

/** The array HKEX published for a future of HSI that day. */
const FUTURE =
  "0 0 -28670 -28670 28670 28670 -57330 -57330 57330 57330 -86000 -86000 86000 86000 -77400 77400";

/** Every published array of HKEX in test/cases/risk-array.csv, and a future's. */
function publishedSeries(): readonly RiskSeries[] {
  const options = arrayCases.flatMap(({ id, option }): RiskSeries[] => {
    const [, name] = /^hkex-array-(.+)$/.exec(id) ?? [];
    return name ? [{ ...published(name), volatility: amount(option.volatility) }] : [];
  });
  const future: RiskSeries = {
    commodity: "HSI",
    product: "HSI",
    kind: "future",
    month: "2019-03",
    price: amount("28885"),
    multiplier: amount("50"),
    delta: one,
    array: FUTURE.split(" ").map(amount),
  };
  return [...options, future];
}

const products = (code: string, mini: string): readonly RiskProduct[] => [
  { code, kind: "future", deltaScaling: one },
  { code, kind: "option", deltaScaling: one },
  { code: mini, kind: "option", deltaScaling: amount("0.2") },
];

const leg = (commodity: string, side: "A" | "B", ratio: string): SpreadLeg => ({
  commodity,
  tier: 0,
  side,
  ratio: amount(ratio),
});

function commodity(code: string, mini: string, som: string, charge: string): CombinedCommodity {
  return {
    code,
    currency: "HKD",
    products: products(code, mini),
    calendarTiers: [],
    interTiers: [],
    calendar: [
      { priority: 1, legs: [leg(code, "A", "1"), leg(code, "B", "1")], rate: amount(charge) },
    ],
    spot: [],
    shortOptionMinimum: { rate: amount(som), method: "gross" },
  };
}

/** HSI and HHI of 4 March 2019: published arrays, short option minimum and calendar charge. */
export const PUBLISHED: RiskParameters = {
  house: "HKEX",
  on: "2019-03-04",
  run: "settlement",
  source: "published",
  scenarios: sixteenScenarios(3, "0.3"),
  commodities: [commodity("HSI", "MHI", "8600", "19800"), commodity("HHI", "MCH", "3395", "13250")],
  interSpreads: [
    {
      priority: 1,
      legs: [leg("HSI", "A", "1"), leg("HHI", "B", "2")],
      credit: { share: amount("0.55") },
    },
  ],
  series: publishedSeries(),
  ranges: [
    { product: "HSI", kind: "future", month: "2019-03", price: amount("86000") },
    {
      product: "HSI",
      kind: "option",
      month: "2019-03",
      price: amount("86000"),
      volatility: amount("0.07"),
      volatilityKind: "absolute",
    },
  ],
  currencyRates: [{ from: "USD", to: "HKD", factor: amount("7.85") }],
  complete: true,
};

/** The exponents HKEX filed its figures with. */
const EXPONENT: Readonly<Record<string, number>> = { HSI: 1, HHI: 0 };

const lowered = (value: Amount, code: string): Amount =>
  (EXPONENT[code] ?? 0) === 1 ? value.dividedBy(10) : value;

// Markup

const tag = (name: string, body: string | Amount | number): string =>
  `<${name}>${typeof body === "object" ? digits(body) : body}</${name}>`;

const period = (month: string | undefined, dayCode = ""): string =>
  `${(month ?? "").replace("-", "")}${dayCode}`;

const KIND = { future: "FUT", option: "OOF", physical: "PHY" } as const;

function legText({ commodity: cc, tier, month, side, ratio }: SpreadLeg): string {
  const where = month ? tag("pe", period(month)) : tag("tn", tier);
  const name = month ? "pLeg" : "tLeg";
  return tag(name, tag("cc", cc) + where + tag("rs", side) + tag("i", ratio));
}

function contractText(series: RiskSeries, id: number): string {
  const { kind, price, volatility, delta, array, right, strike, multiplier, expiry } = series;
  const values = array.map((loss) => tag("a", lowered(loss, series.commodity))).join("");
  const ra = tag("ra", tag("r", 1) + values + tag("d", delta));
  const cvf = multiplier ? tag("cvf", multiplier) : "";
  const priced = price ? tag("p", price) : "";
  if (kind === "option") {
    const terms = tag("o", right === "call" ? "C" : "P") + tag("k", strike ?? amount("0"));
    return tag("opt", tag("cId", id) + terms + priced + tag("v", volatility ?? amount("0")) + ra);
  }
  const settles = expiry ? tag("setlDate", expiry.replace(/-/g, "")) : "";
  const dated = kind === "future" ? tag("pe", period(series.month, series.dayCode)) : "";
  return tag(
    kind === "future" ? "fut" : "phy",
    tag("cId", id) + dated + priced + cvf + settles + ra,
  );
}

function rangeText(
  { ranges }: RiskParameters,
  of: { product: string; kind: string; month?: string; commodity: string },
): string {
  const range = ranges.find(
    (each) => each.product === of.product && each.kind === of.kind && each.month === of.month,
  );
  if (!range) return "";
  const name = range.volatilityKind === "percent" ? "volScanPct" : "volScan";
  const years = range.years ? tag("t", range.years) : "";
  const base = range.baseVolatility ? tag("v", range.baseVolatility) : "";
  const price = tag("priceScan", lowered(range.price, of.commodity));
  return `${years}${base}${tag("scanRate", tag("r", 1) + price + tag(name, range.volatility ?? 0))}`;
}

function portfolioText(parameters: RiskParameters, own: readonly RiskSeries[], id: number): string {
  const [first] = own;
  if (!first) return "";
  const head = tag("pfId", id) + tag("pfCode", first.product) + tag("currency", "HKD");
  const cvf = tag("cvf", "0.0000000");
  if (first.kind !== "option") {
    const name = first.kind === "future" ? "futPf" : "phyPf";
    const body = own.map((series, at) => {
      const text = contractText(series, at + 1);
      return text.replace("<ra>", `${rangeText(parameters, series)}<ra>`);
    });
    return tag(name, head + cvf + body.join("\n"));
  }
  const months = [...new Set(own.map(({ month, dayCode }) => period(month, dayCode)))];
  const body = months.map((pe) => {
    const ofMonth = own.filter(({ month, dayCode }) => period(month, dayCode) === pe);
    const [{ multiplier, expiry } = first] = ofMonth;
    const terms =
      tag("pe", pe) +
      (expiry ? tag("setlDate", expiry.replace(/-/g, "")) : "") +
      (multiplier ? tag("cvf", multiplier) : "");
    const options = ofMonth.map((series, at) => contractText(series, at + 1)).join("\n");
    return tag("series", `${terms}${rangeText(parameters, ofMonth[0] ?? first)}\n${options}`);
  });
  return tag("oofPf", head + cvf + body.join("\n"));
}

function commodityText(one: CombinedCommodity): string {
  const { code, calendar, shortOptionMinimum: minimum } = one;
  const links = one.products.map((product) => {
    const link =
      tag("exch", "HKFE") +
      tag("pfId", 1) +
      tag("pfCode", product.code) +
      tag("pfType", KIND[product.kind]) +
      tag("sc", product.deltaScaling);
    return tag("pfLink", link);
  });
  const tiers = (name: string, all: CombinedCommodity["interTiers"]): string => {
    const list = all.length > 0 ? all : [{ number: 0 }];
    return tag(
      name,
      list
        .map(({ number, from, to }: { number: number; from?: string; to?: string }) => {
          const run = (from ? tag("sPe", period(from)) : "") + (to ? tag("ePe", period(to)) : "");
          return tag("tier", tag("tn", number) + run);
        })
        .join(""),
    );
  };
  const rate = (value: Amount): string =>
    tag("rate", tag("r", 1) + tag("val", lowered(value, code)));
  const som = minimum
    ? tag("somMeth", minimum.method === "gross" ? "GROSS" : "MAX") +
      tag("somTiers", tag("tier", tag("tn", 0) + rate(minimum.rate)))
    : "";
  const spreads = (calendar ?? []).map((spread) =>
    tag(
      "dSpread",
      tag("spread", spread.priority) +
        tag("chargeMeth", "F") +
        rate(spread.rate) +
        spread.legs.map(legText).join(""),
    ),
  );
  const spot = one.spot.map(({ month, spreadRate, outrightRate }) =>
    tag(
      "spotRate",
      tag("r", 1) +
        tag("pe", period(month)) +
        tag("sprd", lowered(spreadRate, code)) +
        tag("outr", lowered(outrightRate, code)),
    ),
  );
  const body = [
    tag("cc", code),
    tag("currency", one.currency),
    tag("riskExponent", EXPONENT[code] ?? 0),
    one.capOptionValue ? tag("capAnov", 1) : "",
    one.priceRisk ? tag("wfprMeth", one.priceRisk === "capped" ? "CAPPED" : "NORMAL") : "",
    ...links,
    tiers("intraTiers", one.calendarTiers),
    tiers("interTiers", one.interTiers),
    som,
    ...spreads,
    ...spot,
  ];
  return tag("ccDef", body.join("\n"));
}

/** A file of the XML kind. */
export function spnText(parameters: RiskParameters): string {
  const { on, house, run, scenarios, series, commodities, interSpreads } = parameters;
  const points = scenarios.map(({ move: [numerator, denominator], volatility, cover, pair }, at) =>
    tag(
      "scanPointDef",
      tag("point", at + 1) +
        tag("priceScanDef", tag("numerator", numerator) + tag("denominator", denominator)) +
        tag("volScanDef", tag("mult", volatility) + tag("numerator", volatility)) +
        tag("weight", cover) +
        tag("pairedPoint", pair + 1),
    ),
  );
  const groups = [...new Set(series.map(({ product, kind }) => `${kind} ${product}`))];
  const portfolios = groups.map((group, at) =>
    portfolioText(
      parameters,
      series.filter(({ product, kind }) => `${kind} ${product}` === group),
      at + 1,
    ),
  );
  const inter = interSpreads.map(({ priority, legs, credit }) => {
    const share = "share" in credit;
    const value = share ? credit.share : "flat" in credit ? credit.flat : amount("0");
    return tag(
      "dSpread",
      tag("spread", priority) +
        tag("chargeMeth", share ? "W" : "F") +
        tag("rate", tag("r", 1) + tag("val", value)) +
        legs.map(legText).join(""),
    );
  });
  const rates = parameters.currencyRates.map(({ from, to, factor }) =>
    tag("curConv", tag("fromCur", from) + tag("toCur", to) + tag("factor", factor)),
  );
  const org = [
    tag("ec", house),
    ...rates,
    tag("pointDef", tag("r", 1) + points.join("\n")),
    tag("exchange", `${tag("exch", "HKFE")}\n${portfolios.join("\n")}`),
    ...commodities.map(commodityText),
    tag("interSpreads", inter.join("\n")),
  ];
  const currencies = ["HKD", "USD"].map((code) => tag("currencyDef", tag("currency", code)));
  const point = [
    tag("date", on.replace(/-/g, "")),
    tag("isSetl", run === "intraday" ? 0 : 1),
    tag("setlQualifier", run === "early" ? "early" : "final"),
    tag("clearingOrg", org.join("\n")),
  ];
  const body = [
    tag("fileFormat", "4.00"),
    tag("created", "201903041830"),
    tag("definitions", currencies.join("\n")),
    tag("pointInTime", point.join("\n")),
  ];
  return `<?xml version="1.0"?>\n${tag("spanFile", `\n${body.join("\n")}\n`)}\n`;
}

// Columns

/** A record: texts at their columns, counted from 1. */
function record(kind: string, fields: readonly (readonly [number, string])[]): string {
  let line = kind.padEnd(2);
  for (const [at, text] of [...fields].sort(([a], [b]) => a - b)) {
    if (line.length > at - 1) throw new Error(`${kind}: column ${at} is taken`);
    line = line.padEnd(at - 1) + text;
  }
  return line;
}

function whole(value: Amount, width: number, decimals = 0): string {
  const figure = value.abs().times(`1e${decimals}`);
  const text = digits(figure);
  if (!/^\d+$/.test(text) || text.length > width) throw new Error(`${digits(value)}: ${width}`);
  return text.padStart(width, "0");
}

const sign = (value: Amount): string => (value.isNegative() && !value.isZero() ? "-" : "+");

const place = (month: string | undefined): string => period(month).padEnd(6);

function arrayRecords(series: RiskSeries): string[] {
  const { product, kind, month, array, commodity: of } = series;
  const values = array.map((loss) => lowered(loss, of));
  const wide = values.some((value) => value.abs().greaterThan(99_999));
  const width = wide ? 8 : 5;
  const [first, second] = wide ? ["83", "84"] : ["81", "82"];
  const places = (EXPONENT[of] ?? 0) === 0 ? 2 : 0;
  const option = kind === "option";
  const key: (readonly [number, string])[] = [
    [3, "HKF"],
    [6, product.padEnd(10)],
    [16, product.padEnd(10)],
    [26, KIND[kind]],
    [29, option ? (series.right === "call" ? "C" : "P") : " "],
    [30, option ? place(series.deltaMonth ?? month) : place(month)],
    [39, option ? place(month) : ""],
    [48, option && series.strike ? whole(series.strike, 7, places) : "".padEnd(7)],
  ];
  const cells = (part: readonly Amount[]): (readonly [number, string])[] =>
    part.map((value, at) => [55 + at * (width + 1), whole(value, width) + sign(value)] as const);
  const after = 55 + 7 * (width + 1);
  const { delta, volatility, price } = series;
  return [
    record(first ?? "", [...key, ...cells(values.slice(0, 9))]),
    record(second ?? "", [
      ...key,
      ...cells(values.slice(9)),
      [after, whole(delta, 5, 4) + sign(delta)],
      [after + 6, option ? whole(volatility ?? amount("0"), 8, 6) : "".padEnd(8)],
      [after + 14, price ? whole(price, 7, places) + sign(price) : "".padEnd(8)],
    ]),
  ];
}

function commodityRecords({ code, currency, products: all, ...one }: CombinedCommodity): string[] {
  const lines = [
    record("2", [
      [3, "HKF"],
      [7, code.padEnd(6)],
      [13, String(EXPONENT[code] ?? 0)],
      [14, currency],
      [17, "P"],
      ...all.map(
        ({ code: product, kind }, at) =>
          [23 + 16 * at, `${product.padEnd(10)}${KIND[kind]}0+ `] as const,
      ),
    ]),
    record("3", [
      [3, code.padEnd(6)],
      [9, one.calendar && one.calendar.length > 0 ? "10" : "01"],
      [11, "01201903202312"],
    ]),
    ...(one.calendar ?? []).map(({ priority, legs, rate }) =>
      record("C", [
        [3, code.padEnd(6)],
        [9, "10"],
        [11, String(priority).padStart(2, "0")],
        [13, "02"],
        [15, whole(lowered(rate, code), 7)],
        ...legs.map(
          (each, at) =>
            [22 + 7 * at, `0${at + 1}0${each.tier}${whole(each.ratio, 2)}${each.side}`] as const,
        ),
      ]),
    ),
  ];
  const { shortOptionMinimum: minimum, spot } = one;
  lines.push(
    record("4", [
      [3, code.padEnd(6)],
      [9, spot.length > 0 ? "10" : "01"],
      [11, String(spot.length).padStart(2, "0")],
      ...spot.map(
        ({ month, spreadRate, outrightRate }, at) =>
          [
            13 + 22 * at,
            `0${at + 1}${place(month)}${whole(lowered(spreadRate, code), 7)}${whole(lowered(outrightRate, code), 7)}`,
          ] as const,
      ),
      [63, minimum ? whole(lowered(minimum.rate, code), 7) : "".padEnd(7)],
      [70, "100100100"],
      [79, minimum?.method === "larger" ? "1" : "2"],
    ]),
  );
  return lines;
}

/** A file in fixed columns, format U2. */
export function rpfText(parameters: RiskParameters): string {
  const { house, on, run, scenarios, commodities, interSpreads, ranges, series } = parameters;
  const day = on.replace(/-/g, "");
  const flag = run === "intraday" ? "II" : run === "early" ? "SE" : "SF";
  const extreme = scenarios[14];
  const terms: (readonly [number, string])[] = extreme
    ? [
        [58, whole(amount(extreme.move[0]), 5, 3)],
        [63, whole(extreme.cover, 5, 4)],
      ]
    : [];
  const scaling = new Map(
    commodities.flatMap(({ products: all }) =>
      all.map(({ code, deltaScaling }) => [code, deltaScaling] as const),
    ),
  );
  const of = (product: string): string =>
    commodities.find(({ products: all }) => all.some(({ code }) => code === product))?.code ?? "";
  const described = new Set(ranges.map(({ product, kind }) => `${kind} ${product}`));
  const others = commodities
    .flatMap(({ products: all }) => all)
    .filter(
      ({ kind, code }) =>
        !described.has(`${kind} ${code}`) && !amount("1").equals(scaling.get(code) ?? one),
    );
  return [
    record("0", [
      [3, house.padEnd(6)],
      [9, day],
      [17, flag],
      [20, "1830"],
      [24, day],
      [32, "1830"],
      [36, "U2"],
      [51, "C CUST"],
    ]),
    ...parameters.currencyRates.map(({ from, to, factor }) =>
      record("T", [
        [3, `${from}U${to}H`],
        [11, whole(factor, 10, 6)],
      ]),
    ),
    record("1", [
      [3, "HKF"],
      [8, "01"],
    ]),
    ...commodities.flatMap(commodityRecords),
    ...interSpreads.map(({ priority, legs, credit }) =>
      record("6", [
        [3, "001"],
        [6, String(priority).padStart(4, "0")],
        [
          10,
          "share" in credit
            ? whole(credit.share, 7, 6)
            : "flat" in credit
              ? whole(credit.flat, 7)
              : "0000000",
        ],
        ...legs.map(
          (each, at) =>
            [
              17 + 18 * at,
              `HKF0${each.commodity.padEnd(6)}${whole(each.ratio, 7, 4)}${each.side}`,
            ] as const,
        ),
        [89, "01"],
        [101, "flat" in credit ? "F" : "W"],
        [102, legs.map(({ tier }) => `0${tier}`).join("")],
        [110, "N"],
      ]),
    ),
    ...others.map(({ code, kind }) =>
      record("B", [
        [3, "HKF"],
        [6, code.padEnd(10)],
        [16, KIND[kind]],
        [86, whole(scaling.get(code) ?? one, 6, 4)],
      ]),
    ),
    ...ranges.map((range) =>
      record("B", [
        [3, "HKF"],
        [6, range.product.padEnd(10)],
        [16, KIND[range.kind]],
        [range.kind === "option" ? 28 : 19, place(range.month)],
        [45, range.kind === "option" ? whole(range.volatility ?? amount("0"), 8, 6) : ""],
        [53, whole(lowered(range.price, of(range.product)), 5)],
        ...terms,
        [86, whole(scaling.get(range.product) ?? one, 6, 4)],
        [164, range.volatilityKind === "percent" ? "P" : "A"],
      ]),
    ),
    ...series.flatMap(arrayRecords),
    "",
  ].join("\r\n");
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const zipped = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytesOf(text)])));

/** A file's bytes in pieces, as a page reads them. */
export function* piecesOf(bytes: Uint8Array, length = 65_536): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
