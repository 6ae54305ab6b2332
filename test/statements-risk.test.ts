/** Parameter files of clearing houses: what is written in their layouts is what is read, and damage is said. */
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { amount, digits, isAmount, type RiskParameters, type RiskSeries } from "../src/core";
import { readRiskFile, type RiskFile } from "../src/statements/risk-file";
import { isRiskFile } from "../src/statements/risk-head";
import { bytesOf, piecesOf, PUBLISHED, rpfText, spnText, zipped } from "./host/risk-files";

/** Everything in a value, its exact numbers as their digits. */
function plain(value: unknown): unknown {
  if (isAmount(value)) return digits(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}

const read = (text: string, file = "file", products?: readonly string[]): Promise<RiskFile> =>
  readRiskFile(piecesOf(bytesOf(text)), file, { products });

const codes = ({ problems }: RiskFile): string[] =>
  problems.filter(({ notice }) => !notice).map(({ code }) => code);

/** By commodity, kind, month, right and strike: files order their contracts each in their own way. */
const keyOf = (one: RiskSeries): string =>
  [one.commodity, one.kind, one.month, one.right, one.strike && digits(one.strike)].join(" ");

const sorted = (parameters: RiskParameters | undefined) =>
  plain(
    parameters && {
      ...parameters,
      source: "",
      series: [...parameters.series].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
      ranges: [...parameters.ranges].sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    },
  );

/** What the positional file says beside: the months of its one tier, multiples, no multipliers or kinds of pricing risk. */
const asColumns = (parameters: RiskParameters): RiskParameters => ({
  ...parameters,
  series: parameters.series.map(({ multiplier: _, ...one }) => one),
  commodities: parameters.commodities.map((one) => ({
    ...one,
    calendarTiers: [{ number: 1, from: "2019-03", to: "2023-12" }],
  })),
  ranges: parameters.ranges.map((range) => ({
    ...range,
    extremeMultiple: amount("3"),
    extremeCover: amount("0.3"),
  })),
});

const asMarkup = (parameters: RiskParameters): RiskParameters => ({
  ...parameters,
  commodities: parameters.commodities.map((one) => ({
    ...one,
    priceRisk: one.priceRisk ?? "normal",
  })),
});

describe("a file of the XML kind", () => {
  test("every field that is written is read, amounts raised by the risk exponent", async () => {
    const file = await read(spnText(PUBLISHED));
    expect(file.problems).toEqual([]);
    expect(sorted(file.parameters)).toEqual(sorted(asMarkup(PUBLISHED)));
  });

  test("only the products asked for are kept, with the commodities they belong to", async () => {
    const { parameters } = await read(spnText(PUBLISHED), "file", ["HHI"]);
    expect(new Set(parameters?.series.map(({ product }) => product))).toEqual(new Set(["HHI"]));
    expect(parameters?.commodities.map(({ code }) => code)).toEqual(["HHI"]);
    expect(parameters?.interSpreads).toEqual([]);
  });

  test("however the bytes are cut into pieces, the same is read", async () => {
    const bytes = bytesOf(spnText(PUBLISHED));
    for (const length of [1021, 4096, bytes.length]) {
      const { parameters } = await readRiskFile(piecesOf(bytes, length), "file");
      expect(sorted(parameters)).toEqual(sorted(asMarkup(PUBLISHED)));
    }
  });

  test("a spread of methods that can't be worked out leaves no charge rather than a smaller one", async () => {
    const text = spnText(PUBLISHED).replace(
      "<chargeMeth>F</chargeMeth>",
      "<chargeMeth>W</chargeMeth>",
    );
    const file = await read(text);
    expect(codes(file)).toEqual(["unsupportedRule"]);
    expect(file.parameters?.commodities[0]?.calendar).toBeUndefined();
    expect(file.parameters?.commodities[1]?.calendar).toHaveLength(1);
    expect(file.parameters?.complete).toBe(false);
  });

  test("an adjustment factor that would make a margin larger is not left out quietly", async () => {
    const factor = (value: string): string =>
      spnText(PUBLISHED).replace(
        "</ccDef>",
        `<adjRate><r>1</r><baseR>1</baseR><val>${value}</val></adjRate></ccDef>`,
      );
    const file = await read(factor("1.33"));
    expect(codes(file)).toEqual(["unsupportedRule"]);
    expect(file.problems[0]?.raw).toContain("adjRate 1.33");
    expect(codes(await read(factor("0.75")))).toEqual([]);
  });

  test("text that is no markup any more is said with its row, and what came before stays", async () => {
    const text = spnText(PUBLISHED);
    const at = text.indexOf("<opt>", text.length / 3);
    const file = await read(`${text.slice(0, at)}<opt <a>${text.slice(at + 5)}`);
    expect(codes(file)[0]).toBe("damagedMarkup");
    expect(file.problems[0]?.row).toBeGreaterThan(10);
    expect(file.parameters?.complete).toBe(false);
  });
});

describe("a file in fixed columns", () => {
  test("every field that is written is read, decimals and exponent applied", async () => {
    const file = await read(rpfText(PUBLISHED));
    expect(codes(file)).toEqual([]);
    expect(sorted(file.parameters)).toEqual(sorted(asColumns(PUBLISHED)));
  });

  test("that its columns are not yet confirmed is said", async () => {
    const { problems } = await read(rpfText(PUBLISHED));
    expect(problems.map(({ code, notice }) => [code, notice])).toEqual([
      ["unverifiedLayout", true],
    ]);
  });

  test("values of eight digits stand in records of their own", async () => {
    const [first] = PUBLISHED.series;
    if (!first) throw new Error("no series");
    const array = first.array.map((loss) => loss.times(1000));
    const large = { ...PUBLISHED, series: [{ ...first, array }] };
    expect(rpfText(large)).toMatch(/^84/m);
    const { parameters } = await read(rpfText(large));
    expect(plain(parameters?.series[0]?.array)).toEqual(plain(array));
  });

  test("a weekly option's last day isn't taken for the monthly one's of its month", async () => {
    const [first] = PUBLISHED.series.filter(({ kind }) => kind === "option");
    if (!first) throw new Error("no option");
    const series = [{ ...first, month: "2019-03" }];
    const text = rpfText({ ...PUBLISHED, series, ranges: [] });
    const range = (day: string, expiry: string): string =>
      `B HKF${first.product.padEnd(10)}OOF`.padEnd(27) + `201903${day}`.padEnd(64) + expiry;
    const expiryOf = async (...records: string[]) => {
      const { parameters } = await read(text.replace(/^81/m, `${records.join("\r\n")}\r\n81`));
      return parameters?.series[0]?.expiry;
    };
    const monthly = range("  ", "20190328");
    expect(await expiryOf(monthly)).toBe("2019-03-28");
    expect(await expiryOf(monthly, range("08", "20190308"))).toBe("2019-03-28");
    expect(await expiryOf(monthly, range("00", "20190308"), range("  ", "20190315"))).toBe(
      undefined,
    );
  });

  test("an adjustment factor that would make a margin larger is not left out quietly", async () => {
    const text = rpfText(PUBLISHED);
    expect(text).toContain("100100100");
    const file = await read(text.replace("100100100", "100133100"));
    expect(codes(file)).toEqual(["unsupportedRule"]);
    expect(file.parameters?.complete).toBe(false);
    expect(codes(await read(text.replace("100100100", "100075000")))).toEqual([]);
  });

  test("another variant of the format is refused by its name", async () => {
    const file = await read(rpfText(PUBLISHED).replace("U2", "UP"));
    expect(codes(file)).toEqual(["unknownLayout"]);
    expect(file.problems[0]?.raw).toBe("UP");
    expect(file.parameters).toBeUndefined();
  });

  test("of a house whose decimals nobody states, prices aren't guessed", async () => {
    const file = await read(rpfText({ ...PUBLISHED, house: "OTHER" }));
    expect(new Set(codes(file))).toEqual(new Set(["noDecimals"]));
    expect(file.parameters?.series).toEqual([]);
    expect(file.parameters?.complete).toBe(false);
  });
});

describe.each([
  ["XML", spnText],
  ["fixed columns", rpfText],
] as const)("%s", (layout, written) => {
  const kinds = layout === "XML" ? asMarkup : asColumns;

  test("zipped, alone or behind a note, the same is read", async () => {
    const text = written(PUBLISHED);
    const name = layout === "XML" ? "rpf.spn" : "rpf.lis";
    for (const files of [{ [name]: text }, { "readme.txt": "hello", [name]: text }]) {
      const file = await readRiskFile(piecesOf(zipped(files), 1000), "rpf.zip");
      expect(sorted(file.parameters)).toEqual(sorted(kinds(PUBLISHED)));
    }
  });

  test("a zip of two such files reads the first and says so", async () => {
    const text = written(PUBLISHED);
    const zip = zipped({ "a.spn": text, "b.spn": text });
    const file = await readRiskFile(piecesOf(zip), "rpf.zip");
    expect(codes(file)).toEqual(["moreThanOneFile"]);
    expect(file.parameters?.complete).toBe(false);
  });

  test("a damaged zip is said, and nothing is thrown", async () => {
    const zip = zipped({ "a.spn": written(PUBLISHED) });
    for (const damaged of [
      zip.subarray(0, zip.length / 2),
      zip.map((byte, at) => (at === 400 ? byte ^ 0xff : byte)),
    ]) {
      const file = await readRiskFile(piecesOf(damaged), "rpf.zip");
      expect(file.problems.length).toBeGreaterThan(0);
      expect(file.parameters?.complete ?? false).toBe(false);
    }
  });

  test("a file cut anywhere is incomplete, and holds no contract that isn't whole", async () => {
    const text = written(PUBLISHED);
    const whole = new Map(kinds(PUBLISHED).series.map((one) => [keyOf(one), plain(one)]));
    for (let part = 1; part < 24; part += 1) {
      const end = Math.floor((text.length * part) / 24);
      const cut = text.slice(0, end);
      // At the end of a record nothing tells that more should follow.
      if (layout !== "XML" && /[\r\n]/.test(text.slice(end - 1, end + 1))) continue;
      const file = await read(cut);
      expect([end, file.parameters?.complete ?? false]).toEqual([end, false]);
      for (const one of file.parameters?.series ?? []) {
        expect(plain(one)).toEqual(whole.get(keyOf(one)));
      }
    }
  });

  test("an unknown currency is said, and its commodity isn't used", async () => {
    const text = written({
      ...PUBLISHED,
      commodities: PUBLISHED.commodities.map((one) => ({
        ...one,
        currency: one.code === "HHI" ? "?? " : one.currency,
      })),
    });
    const file = await read(text);
    expect(codes(file)).toEqual(["unknownCurrency"]);
    expect(file.parameters?.commodities.map(({ code }) => code)).toEqual(["HSI"]);
    expect(file.parameters?.series.some(({ product }) => product === "HHI")).toBe(false);
    expect(file.parameters?.complete).toBe(false);
  });

  test("a value that is no number is said with its row, column and text", async () => {
    const text = written(PUBLISHED);
    const loss = layout === "XML" ? "<a>-958</a>" : "00958-";
    expect(text).toContain(loss);
    const file = await read(text.replace(loss, loss.replace("958", "9x8")));
    expect(file.problems[0]).toMatchObject({ code: "notANumber" });
    expect(file.problems[0]?.raw).toContain("9x8");
    expect(file.problems[0]?.row).toBeGreaterThan(1);
    expect(file.parameters?.series.length).toBe(PUBLISHED.series.length - 1);
  });

  test("random figures come back to the last digit, losses and gains alike", async () => {
    const money = fc.integer({ min: -99_999, max: 99_999 }).map((n) => amount(n));
    const random = fc.record({
      array: fc.array(money, { minLength: 16, maxLength: 16 }),
      delta: fc.integer({ min: -10_000, max: 10_000 }).map((n) => amount(n).dividedBy(10_000)),
      strike: fc.integer({ min: 1, max: 99_999 }).map((n) => amount(n)),
      price: fc.integer({ min: 0, max: 99_999 }).map((n) => amount(n)),
      volatility: fc.integer({ min: 0, max: 3_000_000 }).map((n) => amount(n).dividedBy(1_000_000)),
      right: fc.constantFrom("call" as const, "put" as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(random, { minLength: 1, maxLength: 8 }), async (drawn) => {
        const series = drawn.map((one, at): RiskSeries => ({
          commodity: "HHI",
          product: "HHI",
          kind: "option",
          month: `2019-${String(at + 1).padStart(2, "0")}`,
          ...one,
        }));
        // In markup a scan range stands in its contract; in columns it has a record of its own.
        const ranges = layout === "XML" ? [] : PUBLISHED.ranges;
        const given = { ...PUBLISHED, series, ranges };
        const file = await read(written(given));
        expect(sorted(file.parameters)).toEqual(sorted(kinds(given)));
      }),
      { seed: 20190304, numRuns: 60 },
    );
  });
});

test.each([15, 17, 0])(
  "an array of %i values is refused by name, the others stay",
  async (count) => {
    const text = spnText(PUBLISHED).replace(
      /(<ra><r>1<\/r>)((?:<a>[^<]*<\/a>)*)/,
      (_, head, values) => {
        const all: string[] = String(values).match(/<a>[^<]*<\/a>/g) ?? [];
        return head + [...all, "<a>1</a>"].slice(0, count).join("");
      },
    );
    const file = await read(text);
    expect(codes(file)).toEqual(["arrayLength"]);
    expect(file.problems[0]?.text.en).toContain(`${count} values where 16 are due`);
    expect(file.parameters?.series).toHaveLength(PUBLISHED.series.length - 1);
    expect(file.parameters?.complete).toBe(false);
  },
);

test("half of an array in columns is refused, whichever half it is", async () => {
  for (const half of [/^81.*\r\n/m, /^82.*\r\n/m]) {
    const file = await read(rpfText(PUBLISHED).replace(half, ""));
    expect(codes(file)).toEqual(["arrayLength"]);
    expect(file.parameters?.series).toHaveLength(PUBLISHED.series.length - 1);
  }
});

test("what is no parameter file is said to be none", async () => {
  for (const text of ["", "hello", "<html></html>", "a,b\n1,2\n"]) {
    expect(codes(await read(text))).toEqual(["notParameters"]);
  }
  expect(isRiskFile(bytesOf(spnText(PUBLISHED)))).toBe(true);
  expect(isRiskFile(bytesOf(rpfText(PUBLISHED)))).toBe(true);
  expect(isRiskFile(zipped({ "rpf.lis": "x" }))).toBe(true);
  expect(isRiskFile(zipped({ "[Content_Types].xml": "x" }))).toBe(false);
  expect(isRiskFile(bytesOf("结算单"))).toBe(false);
  expect(isRiskFile(new Uint8Array(0))).toBe(false);
});

test("cancelling rejects with the reason given", async () => {
  const cancelling = new AbortController();
  const reading = readRiskFile(piecesOf(bytesOf(spnText(PUBLISHED).padEnd(2_000_000))), "file", {
    signal: cancelling.signal,
    onProgress: () => cancelling.abort(new Error("enough")),
  });
  await expect(reading).rejects.toThrow("enough");
});

test("a long file is read in breaths: the page answers at least once every 131,072 letters", async () => {
  const text = spnText(PUBLISHED);
  const at = text.indexOf("<exchange>");
  const end = text.indexOf("</exchange>") + "</exchange>".length;
  const others = text.slice(at, end).replace(/<pfCode>\w+/g, "<pfCode>OTHER");
  const long = text.slice(0, end) + others.repeat(60) + text.slice(end);
  let breaths = 0;
  const file = await readRiskFile(piecesOf(bytesOf(long)), "file", {
    products: ["HSI", "HHI"],
    onProgress: () => (breaths += 1),
  });
  expect(codes(file)).toEqual([]);
  expect(file.parameters?.series).toHaveLength(PUBLISHED.series.length);
  expect(breaths).toBeGreaterThanOrEqual(Math.floor(long.length / (2 * 131_072)));
});

const REAL = "../shared/data/risk-parameters/takasbank_20160517_subset.spn";
const real = existsSync(REAL);

(real ? test : test.skip)(
  `a clearing house's own file is read whole${real ? "" : ` (skipped: ${REAL} isn't there)`}`,
  async () => {
    const file = await readRiskFile(piecesOf(new Uint8Array(readFileSync(REAL))), "takasbank.spn");
    const { parameters } = file;
    expect(codes(file)).toEqual([]);
    expect([parameters?.house, parameters?.on, parameters?.run]).toEqual([
      "TAKASBANK",
      "2016-05-17",
      "settlement",
    ]);
    const count = (kind: string): number =>
      parameters?.series.filter((one) => one.kind === kind).length ?? 0;
    expect([count("option"), count("future")]).toEqual([440, 12]);
    expect(parameters?.series.every(({ array }) => array.length === 16)).toBe(true);
    expect(plain(parameters?.scenarios[14])).toMatchObject({
      volatility: 0,
      cover: "0.32",
      pair: 14,
    });
    expect(plain(parameters?.commodities.find(({ code }) => code === "XU030"))).toMatchObject({
      currency: "TRY",
      shortOptionMinimum: { rate: "130", method: "gross" },
      calendar: [{ priority: 1, rate: "955" }],
    });
    expect(plain(parameters?.interSpreads[1])).toMatchObject({
      priority: 2,
      credit: { share: "1" },
      legs: [
        { commodity: "XU030", side: "A", ratio: "1" },
        { commodity: "XU030X", side: "B", ratio: "100" },
      ],
    });
    const call = parameters?.series.find(
      ({ product, month, right, strike }) =>
        product === "AKBNKE" && month === "2016-06" && right === "call" && strike?.equals("8.25"),
    );
    expect(call?.multiplier?.toFixed()).toBe("100");
    expect(call?.expiry).toBe("2016-06-30");
  },
);
