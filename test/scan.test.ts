import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  amount,
  clientCall,
  clientCallSentence,
  clientMargin,
  MarginError,
  monthDeltas,
  pooled,
  portfolioMargin,
  riskMargin,
  scan,
  scanMargin,
  scanRisk,
  sentence,
  shortOptionMargin,
  sixteenScenarios,
  type Amount,
  type CommodityMargin,
  type InterSpread,
  type RiskHolding,
  type RiskParameters,
  type RiskSeries,
} from "../src/core";
import { caseTable } from "./host/case-table";
import {
  arrayCases,
  commodity,
  future,
  holding,
  HSI,
  parameters,
  publishedSeries,
} from "./host/risk-series";

const RISK_ONLY = { optionValue: "none" } as const;
const RUNS = { seed: 20190304, numRuns: 300 };

/** Lots of published Hang Seng Index series: { "201903-C28800": -1 }. */
const bookOf = (lots: Readonly<Record<string, number>>): RiskHolding[] =>
  Object.entries(lots).map(([name, quantity]) => holding(quantity, publishedSeries(`HSI-${name}`)));

const hsi = parameters([HSI]);

function marginOf(holdings: readonly RiskHolding[], of = hsi): CommodityMargin {
  const [first, ...others] = scanMargin(holdings, of, RISK_ONLY);
  if (!first || others.length > 0) throw new Error("one commodity was meant");
  return first;
}

const figures = (amounts: readonly Amount[]): number[] => amounts.map((n) => n.toNumber());

/** What a refused book is told. */
function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof MarginError) return `${error.code}: ${sentence(error).en}`;
    throw error;
  }
  return "not refused";
}

describe("scan risk of printed arrays", () => {
  // McMillan, Options as a Strategic Investment, the chapter on futures options.
  const FUTURE =
    "0 0 -3330 -3330 3330 3330 -6670 -6670 6670 6670 -10000 -10000 10000 10000 -7000 7000";
  const CALL =
    "-460 610 -2640 -1730 1270 2340 -5210 -4540 2540 3430 -8060 -7640 3380 3990 -3130 1500";
  const risk = (array: string, lots: string | number): number =>
    scanRisk([{ quantity: amount(lots), array: array.split(" ").map(amount) }]).toNumber();

  test("a long S&P future's worst loss is 10,000, a long 410 call's 3,990, a short one's 8,060", () => {
    expect(risk(FUTURE, 1)).toBe(10000);
    expect(risk(CALL, 1)).toBe(3990);
    expect(risk(CALL, -1)).toBe(8060);
  });

  test("an array for each unit is multiplied by the lot: 2,244.36 x 75 is 168,327 (NSE)", () => {
    const worst = Array.from({ length: 16 }, (_, at) => (at === 12 ? "2244.36" : "0")).join(" ");
    expect(risk(worst, 75)).toBe(168327);
  });

  test("an array with other than one value a scenario is refused", () => {
    expect(refusal(() => scanRisk([{ quantity: amount(1), array: [amount(1)] }]))).toBe(
      "outOfRange: arrays must have one value a scenario (16); it is 1",
    );
  });
});

describe("the anchors of 2019-03-04, from published arrays", () => {
  test.each([
    [{ "201903-C28800": -1 }, 70830, 15, "risk", 70830],
    [{ "201903-P28800": -1 }, 69530, 16, "risk", 69530],
    [{ "201903-C28800": -1, "201903-P28800": -1 }, 64230, 15, "risk", 64230],
    [{ "201903-C29200": -1, "201903-C29600": 1 }, 12490, 12, "risk", 12490],
    [{ "201904-C29000": -1 }, 69600, 11, "risk", 69600],
    [{ "201906-C28600": -1 }, 74940, 11, "risk", 74940],
    [{ "201912-C28400": -1 }, 87000, 11, "risk", 87000],
    [{ "202112-C27600": -1 }, 116710, 11, "risk", 116710],
    [{ "201903-C27400": -1 }, 83070, 11, "risk", 83070],
    [
      { "201903-P27400": 1, "201903-P27800": -1, "201903-C29800": -1, "201903-C30200": 1 },
      10350,
      12,
      "minimum",
      17200,
    ],
  ] as const)("%o is scanned at %d", (lots, risk, worst, binds, margin) => {
    const found = marginOf(bookOf(lots as Record<string, number>));
    expect(found.scan.risk.toNumber()).toBe(risk);
    expect(found.binds).toBe(binds);
    expect(found.margin.toNumber()).toBe(margin);
    expect(found.scan.worst + 1).toBe(worst);
  });

  test("the condor's minimum is that of one leg where the larger of calls and puts counts", () => {
    const larger = {
      ...HSI,
      shortOptionMinimum: { rate: amount("8600"), method: "larger" },
    } as const;
    const condor = bookOf({
      ...{ "201903-P27400": 1, "201903-P27800": -1, "201903-C29800": -1, "201903-C30200": 1 },
    });
    const found = marginOf(condor, parameters([larger]));
    expect(found.shortOptionMinimum.toNumber()).toBe(8600);
    expect([found.binds, found.margin.toNumber()]).toEqual(["risk", 10350]);
  });

  test("scan risk falls into time, volatility and price risk, to the last dollar", () => {
    const { scan: parts } = marginOf(bookOf({ "201903-C28800": -1, "201903-P28800": -1 }));
    const { timeRisk, volatilityRisk, priceRisk, risk } = parts;
    expect(timeRisk.plus(volatilityRisk).plus(priceRisk).equals(risk)).toBe(true);
  });
});

describe("months against each other", () => {
  test("KDPW's training example: longs and shorts are added by month, 29.51 against 50", () => {
    const held = (quantity: number, delta: string, month: string) => {
      return { quantity: amount(quantity), delta: amount(delta), scaling: amount(10), month };
    };
    const deltas = monthDeltas([
      held(-2, "1", "2011-09"),
      held(-3, "1", "2012-03"),
      held(1, "0.7028", "2011-12"),
      held(2, "0.6151", "2011-12"),
      held(-1, "-0.3032", "2011-12"),
      held(-2, "-0.3574", "2011-12"),
    ]);
    expect([pooled(deltas, 1).toFixed(), pooled(deltas, -1).toFixed()]).toEqual(["29.51", "50"]);
  });

  test("CME's calendar spread: equal scan ranges leave nothing but the charge of 200", () => {
    const spread = [
      holding(1, future("CL", "2020-03", "500")),
      holding(-1, future("CL", "2020-06", "500")),
    ];
    const found = marginOf(spread, parameters([commodity("CL", "200", undefined)]));
    expect(figures([found.scan.risk, found.calendarCharge, found.margin])).toEqual([0, 200, 200]);
  });

  test("a short March call and a long June one are charged for the smaller of their deltas", () => {
    const found = marginOf(bookOf({ "201903-C28800": -1, "201906-C28600": 1 }));
    // Deltas 0.53 short and 0.52 long, 19,800 a pair.
    expect(found.calendarCharge.toFixed()).toBe("10296");
    expect(found.netDelta.toFixed()).toBe("-0.01");
  });

  test("without a charge in the parameters they are refused, and one month alone is not", () => {
    const uncharged = parameters([commodity("HSI", undefined, "8600")]);
    const book = bookOf({ "201903-C28800": -1, "201906-C28600": 1 });
    expect(refusal(() => scanMargin(book, uncharged, RISK_ONLY))).toBe(
      "missing: calendarCharge is missing (HSI)",
    );
    expect(marginOf(bookOf({ "201903-C28800": -1 }), uncharged).margin.toNumber()).toBe(70830);
  });

  const tiered = commodity("CL", undefined, undefined, {
    calendarTiers: [
      { number: 1, from: "2020-01", to: "2020-03" },
      { number: 2, from: "2020-04", to: "2020-12" },
    ],
    calendar: [
      {
        priority: 2,
        rate: amount(50),
        legs: [
          { commodity: "CL", tier: 2, side: "A", ratio: amount(1) },
          { commodity: "CL", tier: 2, side: "B", ratio: amount(1) },
        ],
      },
      {
        priority: 1,
        rate: amount(200),
        legs: [
          { commodity: "CL", tier: 1, side: "A", ratio: amount(1) },
          { commodity: "CL", tier: 2, side: "B", ratio: amount(2) },
        ],
      },
    ],
    spot: [{ month: "2020-01", spreadRate: amount(7), outrightRate: amount(11) }],
  });
  const months = (lots: Readonly<Record<string, number>>): RiskHolding[] =>
    Object.entries(lots).map(([month, quantity]) => holding(quantity, future("CL", month, "500")));

  test("spreads are formed by priority, tier against tier, with either side long", () => {
    for (const way of [1, -1]) {
      const book = months({ "2020-01": 3 * way, "2020-05": -4 * way, "2020-09": 1 * way });
      // Priority 1: 2 spreads take 2 of tier 1 and 4 of tier 2; nothing is left for the second.
      expect(marginOf(book, parameters([tiered])).calendarCharge.toNumber()).toBe(400);
    }
    const within = months({ "2020-05": -4, "2020-09": 1 });
    expect(marginOf(within, parameters([tiered])).calendarCharge.toNumber()).toBe(50);
  });

  test("the spot month is charged for deltas in spreads and for those left over", () => {
    const book = months({ "2020-01": 3, "2020-05": -4 });
    // Two of the three are in spreads: 2 x 7 + 1 x 11.
    expect(marginOf(book, parameters([tiered])).spotCharge.toNumber()).toBe(25);
  });

  test("a month's delta is rounded half away from zero where the house rounds", () => {
    const held = [-1, 1].map((quantity, at) => ({
      ...{ quantity: amount(quantity), delta: amount("0.125"), scaling: amount(1) },
      month: `2020-0${at + 1}`,
    }));
    expect(figures([...monthDeltas(held, 2).values()])).toEqual([-0.13, 0.13]);
  });
});

describe("credits between commodities", () => {
  const between = (ratio: string, credit: InterSpread["credit"], priority = 1): InterSpread => ({
    priority,
    credit,
    legs: [
      { commodity: "corn", tier: 0, side: "A", ratio: amount(ratio) },
      { commodity: "soybeans", tier: 0, side: "B", ratio: amount(1) },
    ],
  });
  const whole = { deltaDecimals: 0 };
  const grains = (...interSpreads: InterSpread[]): RiskParameters =>
    parameters(
      ["corn", "soybeans"].map((code) => commodity(code, "0", undefined, whole)),
      { interSpreads },
    );
  const corn = (lots: number) => holding(lots, future("corn", "2020-03", "1750"));
  const soybeans = (lots: number) => holding(lots, future("soybeans", "2020-03", "2500"));
  const credited = (book: RiskHolding[], ...spreads: InterSpread[]): number[] =>
    scanMargin(book, grains(...spreads), RISK_ONLY).map(({ credit }) => credit.toNumber());

  test("CME's worked example: two corn against one soybean, 55 per cent, 6,000 becomes 2,700", () => {
    const share = { share: amount("0.55") };
    const margins = scanMargin([corn(2), soybeans(-1)], grains(between("2", share)), RISK_ONLY);
    const total = (figure: (one: CommodityMargin) => Amount) =>
      margins
        .map(figure)
        .reduce((a, b) => a.plus(b))
        .toNumber();
    expect(total((one) => one.scan.risk)).toBe(6000);
    expect(total((one) => one.credit)).toBe(3300);
    expect(total((one) => one.margin)).toBe(2700);
  });

  test("deltas of one sign earn none", () => {
    expect(credited([corn(2), soybeans(1)], between("2", { share: amount("0.55") }))).toEqual([
      0, 0,
    ]);
  });

  test("a later spread takes only what an earlier one has left, at the first price risk", () => {
    const first = between("2", { share: amount("0.5") }, 1);
    const second = between("1", { share: amount("0.1") }, 2);
    // Priority 1: 1 spread of 2 corn and 1 soybean; priority 2: 1 spread of the rest.
    expect(credited([corn(3), soybeans(-2)], second, first)).toEqual([1750 + 175, 1250 + 250]);
  });

  test("a commodity without price risk earns none, and gives none to the other", () => {
    const hedged = [corn(1), holding(1, future("corn", "2020-03", "-1750"))];
    expect(credited([...hedged, soybeans(-1)], between("1", { share: amount("0.5") }))).toEqual([
      0, 0,
    ]);
  });

  test("shares may differ by leg, and a flat amount is shared by the legs", () => {
    const shares = { shares: [amount("0.5"), amount("0.1")] };
    expect(credited([corn(1), soybeans(-1)], between("1", shares))).toEqual([875, 250]);
    expect(credited([corn(1), soybeans(-1)], between("1", { flat: amount(300) }))).toEqual([
      150, 150,
    ]);
  });
});

describe("JPX's worked example, its scan risks and credits given", () => {
  test("900,000 and 1,000,000 with 300,000 of charges and 1,400,000 of credits are 800,000; net option value adds 900,000", () => {
    const parts = { spot: amount(0), credit: amount(700000) };
    const nikkei = riskMargin(
      { scan: amount(900000), calendar: amount(300000), ...parts },
      amount(0),
    );
    const topix = riskMargin({ scan: amount(1000000), calendar: amount(0), ...parts }, amount(0));
    expect(nikkei.plus(topix).toNumber()).toBe(800000);
    const shortCall: RiskSeries = {
      ...future("NK", "2020-09", "0"),
      ...{ kind: "option", right: "call", price: amount(900), multiplier: amount(1000) },
    };
    const [found] = scanMargin(
      [holding(-1, shortCall)],
      parameters([commodity("NK", undefined, "0")]),
      { optionValue: "net" },
    );
    expect(found?.optionValue.toNumber()).toBe(900000);
  });
});

describe("client margin", () => {
  type Column =
    "id" | "source" | "on" | "product" | "margin" | "initial" | "maintenance" | "tolerance";
  test.each(caseTable<Column>("risk-client.csv").map((row) => [row.id, row] as const))(
    "%s is the printed rate",
    (_id, row) => {
      const { initial, maintenance } = clientMargin(amount(row.margin), amount("1.33"));
      expect(initial.toFixed()).toBe(row.initial);
      // One row of one circular prints a dollar more than the rule that gives all others.
      const off = maintenance.minus(row.maintenance).abs();
      expect(off.lessThanOrEqualTo(row.tolerance)).toBe(true);
    },
  );

  test("a call comes below maintenance, not at it, and what is added restores initial margin", () => {
    const client = clientMargin(amount(86000), amount("1.33"));
    expect(figures([client.initial, client.maintenance])).toEqual([114380, 91504]);
    expect(clientCall(amount(91504), client)).toMatchObject({ called: false });
    const equity = amount("91503.99");
    const { called, toAdd } = clientCall(equity, client);
    expect([called, toAdd.toFixed()]).toEqual([true, "22876.01"]);
    expect(equity.plus(toAdd).equals(client.initial)).toBe(true);
    expect(clientCall(amount(-500), client).toAdd.toNumber()).toBe(114880);
  });

  test("the call is said with its figures, in both languages", () => {
    const client = clientMargin(amount(86000), amount("1.33"));
    const call = clientCallSentence(amount("91000.5"), client, "HKD");
    expect(call).toEqual({
      zh: "追加保证金：权益 HKD 91,000.5 低于客户维持保证金 91,504，追加 23,379.5 补到客户开仓保证金 114,380",
      en: "margin call: equity of HKD 91,000.5 is below client maintenance margin of 91,504; add 23,379.5 to come back to client initial margin of 114,380",
    });
    expect(clientCallSentence(amount("-1234567"), client, "HKD").en).toContain("HKD -1,234,567 is");
    expect(clientCallSentence(amount("91504"), client, "HKD").en).toMatch(/^no call: /);
  });

  test("one short option alone: its minimum counts for each lot, and a ratio of 1 is not rounded", () => {
    const { array } = publishedSeries("HSI-201903-C28800");
    const one = (minimum: number, ratio: string) =>
      shortOptionMargin(array, amount(2), amount(minimum), amount(ratio)).toFixed();
    expect(one(8600, "1")).toBe("141660");
    expect(one(80000, "1")).toBe("160000");
    expect(one(8600, "1.33")).toBe("188407");
  });
});

describe("options' value", () => {
  const straddle = bookOf({ "201903-C28800": -1, "201903-P28800": 1 });
  const value = (name: string): Amount => {
    const { price, multiplier } = publishedSeries(`HSI-${name}`);
    if (!price || !multiplier) throw new Error(name);
    return price.times(multiplier);
  };

  test("is left out, asked for on top for shorts, or netted", () => {
    const added = (optionValue: "none" | "short" | "net") =>
      scanMargin(straddle, hsi, { optionValue })[0]?.optionValue.toFixed();
    expect(added("none")).toBe("0");
    expect(added("short")).toBe(value("201903-C28800").toFixed());
    expect(added("net")).toBe(value("201903-C28800").minus(value("201903-P28800")).toFixed());
  });

  test("caps what is only long: it never needs more than it is worth", () => {
    const { scan: scanned, margin, binds } = marginOf(bookOf({ "201903-C30200": 1 }));
    expect(scanned.risk.toNumber()).toBe(3800);
    expect([margin.toNumber(), binds]).toEqual([3800, "risk"]);
    const cheap = { ...publishedSeries("HSI-201903-C30200"), price: amount(10) };
    expect(marginOf([holding(1, cheap)])).toMatchObject({ binds: "longValue" });
    expect(marginOf([holding(1, cheap)]).margin.toNumber()).toBe(500);
  });

  test("caps what a client pays for it too, the ratio not taken on top of the cap", () => {
    const clientOf = (price: string) => {
      const long = { ...publishedSeries("HSI-201903-C30200"), price: amount(price) };
      const of = parameters([commodity("HSI", "19800", "8600", { clientRatio: amount("1.33") })]);
      const { client, margin } = marginOf([holding(1, long)], of);
      return figures([margin, client?.initial ?? amount(0), client?.maintenance ?? amount(0)]);
    };
    // Scanned at 3,800, of which a client's is 5,054; at 50 dollars a point they are worth 500, 4,500 and 5,500.
    expect(clientOf("10")).toEqual([500, 500, 400]);
    expect(clientOf("90")).toEqual([3800, 4500, 3600]);
    expect(clientOf("110")).toEqual([3800, 5054, 4043]);
  });

  test("a price that is needed and missing is said", () => {
    const { price, ...unpriced } = publishedSeries("HSI-201903-C30200");
    expect(price?.toNumber()).toBe(76);
    expect(refusal(() => marginOf([holding(1, unpriced)]))).toContain("settlement is missing");
  });
});

describe("what is not known", () => {
  test("a product without parameters, and a short option without a minimum, are refused", () => {
    const book = bookOf({ "201903-C28800": -1 });
    expect(refusal(() => scanMargin(book, parameters([]), RISK_ONLY))).toBe(
      "missing: parameters is missing (HSI)",
    );
    const unset = parameters([commodity("HSI", "19800", undefined)]);
    expect(refusal(() => scanMargin(book, unset, RISK_ONLY))).toBe(
      "missing: shortOptionMinimum is missing (HSI)",
    );
  });

  test("one commodity without a charge leaves the others their margin, and no credit to it", () => {
    const half = { share: amount("0.5") };
    const legs = ["HSI", "CL"].map((code, at) => ({
      ...{ commodity: code, tier: 0, ratio: amount(1) },
      side: at === 0 ? ("A" as const) : ("B" as const),
    }));
    const of = (charge: string | undefined) =>
      parameters([HSI, commodity("CL", charge, undefined)], {
        interSpreads: [{ priority: 1, credit: half, legs }],
      });
    const book = [
      ...bookOf({ "201903-C28800": -1 }),
      holding(2, future("CL", "2020-03", "500")),
      holding(-1, future("CL", "2020-06", "500")),
    ];
    const whole = portfolioMargin(book, of("200"), RISK_ONLY);
    expect([whole.margins.length, whole.refused]).toEqual([2, []]);
    expect(whole.margins[0]?.credit.greaterThan(0)).toBe(true);
    const { margins, refused } = portfolioMargin(book, of(undefined), RISK_ONLY);
    expect(margins.map(({ code, margin }) => [code, margin.toNumber()])).toEqual([["HSI", 70830]]);
    expect(refused.map(({ code, error }) => `${code} ${sentence(error).en}`)).toEqual([
      "CL calendarCharge is missing (CL)",
    ]);
  });

  test("a product that its commodity doesn't count is refused: a mini's deltas are not those of a whole one", () => {
    const mini = future("HSI", "2019-03", "17200", { product: "MHI" });
    expect(refusal(() => marginOf([holding(1, mini)]))).toBe(
      "missing: parameters is missing (HSI MHI)",
    );
  });

  test("client margin is left out where no ratio is known", () => {
    expect(marginOf(bookOf({ "201903-C28800": -1 })).client).toBeUndefined();
    const [found] = scanMargin(bookOf({ "201903-C28800": -1 }), hsi, {
      ...RISK_ONLY,
      clientRatio: amount("1.33"),
    });
    expect(found?.client?.initial.toFixed()).toBe("94203");
  });
});

describe("minis", () => {
  test("five join one of the big contract: their deltas count a fifth and nothing is left of a hedge", () => {
    const joined = commodity("HSI", "19800", "8600", {
      products: [
        { code: "HSI", kind: "future", deltaScaling: amount(1) },
        { code: "MHI", kind: "future", deltaScaling: amount("0.2") },
      ],
    });
    const mini = future("HSI", "2019-03", "17200", { product: "MHI" });
    const found = marginOf(
      [holding(1, future("HSI", "2019-03", "86000")), holding(-5, mini)],
      parameters([joined]),
    );
    expect(figures([found.margin, found.netDelta])).toEqual([0, 0]);
  });
});

describe("laws", () => {
  const names = arrayCases
    .filter(({ id }) => id.startsWith("hkex-array-HSI"))
    .map(({ id }) => id.slice("hkex-array-".length));
  const drawn = fc.array(
    fc.record({
      series: fc.constantFrom(...names).map(publishedSeries),
      quantity: fc.integer({ min: -20, max: 20 }).filter((n) => n !== 0),
    }),
    { maxLength: 12 },
  );
  const scenarios = sixteenScenarios(3, "0.30");
  const held = (book: readonly { series: RiskSeries; quantity: number }[]): RiskHolding[] =>
    book.map(({ series, quantity }) => holding(quantity, series));
  const scanned = (book: readonly RiskHolding[]) =>
    scan(
      book.map(({ quantity, series }) => ({ quantity, array: series.array })),
      scenarios,
    );

  test("splitting a position changes nothing", () => {
    const shown = (book: readonly RiskHolding[]) =>
      JSON.stringify(scanMargin(book, hsi, { ...RISK_ONLY, clientRatio: amount("1.33") }));
    fc.assert(
      fc.property(drawn, fc.integer({ min: -9, max: 9 }), (book, part) => {
        const whole = held(book);
        const split = whole.flatMap(({ quantity, series }) => [
          { quantity: quantity.minus(part), series: { ...series } },
          { quantity: amount(part), series },
        ]);
        expect(shown(split)).toBe(shown(whole));
      }),
      RUNS,
    );
  });

  test("scan risk is sub-additive: two books together never need more than apart", () => {
    fc.assert(
      fc.property(drawn, drawn, (a, b) => {
        const together = scanned(held([...a, ...b])).risk;
        const apart = scanned(held(a)).risk.plus(scanned(held(b)).risk);
        expect(together.lessThanOrEqualTo(apart)).toBe(true);
      }),
      RUNS,
    );
  });

  test("what is only long never needs more than it is worth", () => {
    fc.assert(
      fc.property(drawn, (book) => {
        const long = held(book).map(({ quantity, series }) => ({
          quantity: quantity.abs(),
          series,
        }));
        const worth = long.reduce(
          (sum, { quantity, series: { price, multiplier } }) =>
            sum.plus(quantity.times(price ?? 0).times(multiplier ?? 0)),
          amount(0),
        );
        const settings = { ...RISK_ONLY, clientRatio: amount("1.33") };
        for (const { margin, client } of scanMargin(long, hsi, settings)) {
          expect(margin.lessThanOrEqualTo(worth)).toBe(true);
          expect(client?.initial.lessThanOrEqualTo(worth)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("turning every position round turns losses into gains, to the last digit", () => {
    fc.assert(
      fc.property(drawn, (book) => {
        const turned = held(book).map(({ quantity, series }) => ({
          quantity: quantity.negated(),
          series,
        }));
        const negated = scanned(turned).losses.map((loss) => loss.negated().toFixed());
        expect(negated.map(Number)).toEqual(figures(scanned(held(book)).losses));
      }),
      RUNS,
    );
  });

  test("sums are exact: tenths of cents added ten thousand times over are whole", () => {
    const array = Array.from({ length: 16 }, () => amount("0.001"));
    const many = Array.from({ length: 10000 }, () => ({ quantity: amount(1), array }));
    expect(scanRisk(many).toFixed()).toBe("10");
  });

  test("margin is never below the short option minimum, nor below the risk where that binds", () => {
    fc.assert(
      fc.property(drawn, (book) => {
        for (const one of scanMargin(held(book), hsi, RISK_ONLY)) {
          if (one.binds === "longValue") continue;
          const risk = one.scan.risk.plus(one.calendarCharge);
          expect(one.margin.greaterThanOrEqualTo(one.shortOptionMinimum)).toBe(true);
          expect(one.margin.greaterThanOrEqualTo(risk)).toBe(true);
          expect(one.margin.equals(one.binds === "minimum" ? one.shortOptionMinimum : risk)).toBe(
            true,
          );
        }
      }),
      RUNS,
    );
  });
});
