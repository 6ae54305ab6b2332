import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_PROFILE, profileText, readProfile, type Profile } from "../src/account";

const read = (json: unknown): Profile => {
  const answer = readProfile(json);
  if ("refused" in answer) throw new Error(answer.refused.en);
  return answer.profile;
};

const FULL: Profile = {
  surcharge: { kind: "multiple", markup: "0.2" },
  products: {
    m: {
      ...{ exchange: "0.07", broker: "0.1" },
      dated: [
        { from: "2026-09-28", to: "2026-10-08", exchange: "0.12" },
        { from: "2026-12-15", broker: "0.2" },
      ],
    },
    IO: { broker: "0.15" },
  },
  lines: { watch: "0.75", call: "0.9", liquidation: "1", immediate: "1.1" },
  deadline: { tradingDays: 2, time: "09:00", holidays: ["2026-10-01", "2026-10-02"] },
  priceBasis: "higher",
  ratio: "marketValue",
  collateral: { amount: "100000", haircut: "0.2" },
  slippage: "0.05",
  discipline: { stopLoss: { "m2701-P-2900": "60" }, productShare: "0.3", cushion: "0.1" },
};

describe("a profile goes out as JSON and comes back the same", () => {
  test.each([
    ["the standard one", DEFAULT_PROFILE],
    ["a full one", FULL],
    ["one with points", { ...DEFAULT_PROFILE, surcharge: { kind: "points", points: "0.03" } }],
    ["one with own rates", { ...DEFAULT_PROFILE, surcharge: { kind: "own" } }],
  ] as [string, Profile][])("%s", (_, profile) => {
    const text = profileText(profile);
    expect(JSON.parse(text)).toHaveProperty("version", 1);
    const back = read(JSON.parse(text));
    expect(back).toEqual(profile);
    expect(profileText(back)).toBe(text);
  });

  test("its text does not depend on the order things were entered in", () => {
    const turned = { ...FULL, products: { IO: { broker: "0.15" }, m: FULL.products["m"] ?? {} } };
    expect(profileText(turned)).toBe(profileText(FULL));
  });

  test("fields left out have their standard values", () => {
    expect(read({})).toEqual(DEFAULT_PROFILE);
    expect(read({ lines: { call: "0.95" } }).lines).toEqual({
      ...DEFAULT_PROFILE.lines,
      call: "0.95",
    });
  });

  test("numbers may be JSON numbers, percentages or full-width digits", () => {
    const { slippage, lines, surcharge } = read({
      slippage: 0.05,
      lines: { watch: "８０%" },
      surcharge: { kind: "points", points: "3%" },
    });
    expect([slippage, lines.watch, surcharge]).toEqual([
      "0.05",
      "0.8",
      { kind: "points", points: "0.03" },
    ]);
  });

  test("a product's code may be any word", () => {
    const json: unknown = JSON.parse('{"products":{"__proto__":{"broker":"0.1"}}}');
    expect(Object.keys(read(json).products)).toEqual(["__proto__"]);
    expect(read({}).products).toEqual({});
  });
});

describe("a wrong field is named with its value", () => {
  test.each([
    ["profile", '"x"', "x"],
    ["profile", "null", null],
    ["profile", "[]", []],
    ["version", "2", { version: 2 }],
    ["colour", '"red"', { colour: "red" }],
    ["surcharge.kind", '"double"', { surcharge: { kind: "double" } }],
    ["surcharge.markup", '"-0.1"', { surcharge: { kind: "multiple", markup: "-0.1" } }],
    ["surcharge.markup", "blank", { surcharge: { kind: "multiple" } }],
    ["surcharge.points", '"1.5"', { surcharge: { kind: "points", points: "1.5" } }],
    ["products.m.exchange", '"7"', { products: { m: { exchange: "7" } } }],
    ["products.m.broker", '"0"', { products: { m: { broker: "0" } } }],
    ["products.m.rate", '"0.1"', { products: { m: { rate: "0.1" } } }],
    ["lines.liquidation", '"0.85"', { lines: { liquidation: "0.85" } }],
    ["lines.watch", "true", { lines: { watch: true } }],
    ["deadline.tradingDays", "1.5", { deadline: { tradingDays: 1.5 } }],
    ["deadline.time", '"25:00"', { deadline: { time: "25:00" } }],
    ["deadline.holidays[1]", '"soon"', { deadline: { holidays: ["2026-10-01", "soon"] } }],
    ["priceBasis", '"close"', { priceBasis: "close" }],
    ["ratio", "3", { ratio: 3 }],
    ["collateral.haircut", '"1.2"', { collateral: { amount: "1", haircut: "1.2" } }],
    ["slippage", '"a lot"', { slippage: "a lot" }],
    [
      "discipline.stopLoss.IO2612-C-4800",
      '"0"',
      {
        discipline: { stopLoss: { "IO2612-C-4800": "0" } },
      },
    ],
    ["discipline.cushion", "2", { discipline: { cushion: 2 } }],
  ])("%s: %s", (path, value, json) => {
    const answer = readProfile(json);
    const { zh, en } = "refused" in answer ? answer.refused : { zh: "", en: "" };
    expect(en).toContain(`${path} is ${value}`);
    expect(zh).toContain(`“${path}”`);
    expect(zh + en).not.toMatch(/[!！]|undefined|NaN/);
  });
});

test("the profile written out in the documentation is read as it says", () => {
  const [, text = ""] = /```json\n([^]*?)```/.exec(readFileSync("docs/reconcile.md", "utf8")) ?? [];
  const { products, surcharge, lines } = read(JSON.parse(text));
  expect(surcharge).toEqual({ kind: "points", points: "0.03" });
  expect(Object.entries(products).map(([code, { exchange }]) => [code, exchange])).toEqual([
    ...[
      ["m", "0.07"],
      ["SR", "0.07"],
      ["cu2701", "0.09"],
    ],
  ]);
  expect(products["m"]?.dated).toHaveLength(1);
  expect(lines).toEqual(DEFAULT_PROFILE.lines);
});
