import { describe, expect, test } from "@jest/globals";
import { DEFAULT_PROFILE, type Profile } from "../src/account";
import { digits } from "../src/core";
import {
  changeDated,
  newStep,
  stepPath,
  stepsOf,
  withDated,
  type StepTyped,
} from "../src/taskpane/profile-dated";
import { changeProfile, readShare, SPANS } from "../src/taskpane/profile-fields";

function changed(path: string, text: string, profile: Profile = DEFAULT_PROFILE): Profile {
  const answer = changeProfile(profile, path, text);
  if ("refused" in answer) throw new Error(answer.refused.en);
  return answer.profile;
}

function refused(path: string, text: string, profile: Profile = DEFAULT_PROFILE): string {
  const answer = changeProfile(profile, path, text);
  if (!("refused" in answer)) throw new Error(`${path} took ${text}`);
  expect(answer.refused.zh).toMatch(/\p{Script=Han}/u);
  return answer.refused.en;
}

describe("a share may be typed as a percentage or as a fraction", () => {
  test.each([
    ["20%", "0.2"],
    ["20", "0.2"],
    ["0.2", "0.2"],
    ["２０％", "0.2"],
    [" 20 % ", "0.2"],
    ["1.5%", "0.015"],
    ["0", "0"],
  ])("%j as a markup is %s", (text, fraction) => {
    const read = readShare(text, SPANS.markup);
    expect("value" in read && digits(read.value)).toBe(fraction);
  });

  test.each([
    ["1", "1"],
    ["100", "1"],
    ["80", "0.8"],
    ["1.2", "1.2"],
    ["120%", "1.2"],
  ])("%j as a line is %s", (text, fraction) => {
    const read = readShare(text, SPANS.line);
    expect("value" in read && digits(read.value)).toBe(fraction);
  });

  test("where both meanings make sense, the text is refused and both are named", () => {
    const read = readShare("1.15", { least: "0.01", most: "2" });
    expect("refused" in read && read.refused.en).toBe(
      "“1.15” could be 1.15% or 115% and wasn't taken. Type it with a %.",
    );
    expect(refused("slippage", "0.1")).toContain("could be");
    expect(changed("slippage", "0.1%").slippage).toBe("0.001");
  });

  test.each(["", "abc", "-5%", "20%%", "1e9"])("%j is no share", (text) => {
    expect("refused" in readShare(text, SPANS.rate)).toBe(true);
  });
});

describe("the broker's terms", () => {
  test("a kind of surcharge is chosen, then its figure typed", () => {
    const points = changed("surcharge.kind", "points");
    expect(points.surcharge).toEqual({ kind: "points", points: "0" });
    expect(changed("surcharge.points", "3", points).surcharge).toEqual({
      kind: "points",
      points: "0.03",
    });
    expect(
      changed("surcharge.kind", "points", changed("surcharge.points", "3%")).surcharge,
    ).toEqual({ kind: "points", points: "0.03" });
    expect(refused("surcharge.kind", "twice")).toContain("“twice”");
  });

  test("rates are kept by underlying; a blank takes one back", () => {
    const one = changed("products.m2701.exchange", "7");
    const two = changed("products.m2701.broker", "10%", one);
    expect(two.products).toEqual({ m2701: { exchange: "0.07", broker: "0.1" } });
    const back = changed("products.m2701.broker", "", two);
    expect(back.products["m2701"]?.broker).toBeUndefined();
    expect(back.products["m2701"]?.exchange).toBe("0.07");
    expect(changed("products.m2701.exchange", " ", back).products).toEqual({});
    expect(refused("products.m2701.exchange", "0")).toContain("above 0%");
  });

  test("no line falls below the one before, or rises above the next", () => {
    expect(changed("lines.call", "85%").lines.call).toBe("0.85");
    expect(changed("lines.call", "80").lines.call).toBe("0.8");
    expect(refused("lines.call", "70%")).toBe(
      "The call line, 70%, is below the watch line, 80%, and wasn't taken. Change the watch line first.",
    );
    expect(refused("lines.call", "105%")).toContain("above the liquidation line, 100%");
    expect(refused("lines.watch", "0")).toContain("above 0%");
  });

  test("the deadline", () => {
    expect(changed("deadline.tradingDays", "２").deadline.tradingDays).toBe(2);
    expect(changed("deadline.time", "9：05").deadline.time).toBe("09:05");
    expect(refused("deadline.tradingDays", "1.5")).toContain("whole number");
    expect(refused("deadline.time", "25:00")).toContain("isn't a time");
    expect(
      changed("deadline.holidays", "2026-10-02\n2026/10/1，20261002").deadline.holidays,
    ).toEqual(["2026-10-01", "2026-10-02"]);
    expect(refused("deadline.holidays", "2026-10-01 2026-02-30")).toContain("2026-02-30");
    expect(changed("deadline.holidays", "").deadline.holidays).toEqual([]);
  });

  test("price basis and ratio are chosen from what there is", () => {
    expect(changed("priceBasis", "higher").priceBasis).toBe("higher");
    expect(changed("ratio", "inverse").ratio).toBe("inverse");
    expect(refused("ratio", "cube")).toContain("“cube”");
  });

  test("collateral", () => {
    expect(changed("collateral.amount", "100,000").collateral.amount).toBe("100000");
    expect(changed("collateral.amount", "").collateral.amount).toBe("0");
    expect(changed("collateral.haircut", "20").collateral.haircut).toBe("0.2");
    expect(refused("collateral.amount", "-1")).toContain("isn't an amount");
  });

  test("the seller's own rules may be left blank again", () => {
    const cushion = changed("discipline.cushion", "10%");
    expect(cushion.discipline.cushion).toBe("0.1");
    expect(changed("discipline.cushion", "", cushion).discipline.cushion).toBeUndefined();
    const stop = changed("discipline.stopLoss.IO2612-C-4800", "60");
    expect(stop.discipline.stopLoss).toEqual({ "IO2612-C-4800": "60" });
    expect(changed("discipline.stopLoss.IO2612-C-4800", "", stop).discipline.stopLoss).toEqual({});
    expect(refused("discipline.stopLoss.IO2612-C-4800", "0")).toContain("isn't a price");
  });

  test("a path that isn't there changes nothing and says so", () => {
    for (const path of ["", "lines", "lines.top", "deadline.moon", "discipline.mood", "x.y"]) {
      expect(refused(path, "1")).toContain("There is no");
    }
  });
});

describe("rates for some days", () => {
  const BLANK: StepTyped = { product: "", from: "", to: "", exchange: "", broker: "" };
  const HOLIDAY = { product: "M2701", from: "2026/9/28", to: "2026-10-08", exchange: "12" };

  function added(typed: Partial<StepTyped>, profile: Profile = DEFAULT_PROFILE): Profile {
    const step = newStep(profile, { ...BLANK, ...typed }, ["XX99"]);
    if ("refused" in step) throw new Error(step.refused.en);
    return withDated(step.code, step.dated)(profile);
  }

  const KEPT = added({ product: "m2701", from: "2026-12-01", broker: "20%" }, added(HOLIDAY));

  test("are added by the code their exchange writes, the earliest first, beside the ordinary ones", () => {
    expect(KEPT.products).toEqual({
      m2701: {
        dated: [
          { from: "2026-09-28", to: "2026-10-08", exchange: "0.12" },
          { from: "2026-12-01", broker: "0.2" },
        ],
      },
    });
    const ordinary = changed("products.m2701.exchange", "7%", KEPT);
    expect(ordinary.products["m2701"]?.dated).toEqual(KEPT.products["m2701"]?.dated);
    expect(changed("products.m2701.exchange", "", ordinary)).toEqual(KEPT);
    const codes = ["io", "510050", "sr701", "XX99"].map(
      (product) => Object.keys(added({ ...HOLIDAY, product }).products)[0],
    );
    expect(codes).toEqual(["IO", "510050", "SR701", "XX99"]);
  });

  test.each([
    [{}, "product", "The underlying is blank, so nothing was added."],
    [{ ...HOLIDAY, product: "qq1" }, "product", "“qq1” is no underlying known here"],
    [{ ...HOLIDAY, from: "soon" }, "from", "“soon” isn't a day"],
    [{ ...HOLIDAY, to: "2026-09-01" }, "to", "Its last day, 2026-09-01, is before its first"],
    [{ ...HOLIDAY, exchange: "0" }, "exchange", "it has to be above 0%"],
    [{ ...HOLIDAY, exchange: "" }, "exchange", "This step has no rate"],
    [{ ...HOLIDAY, broker: "much" }, "broker", "“much” isn't a number"],
  ] as const)("a new step of %j is refused at its %s", (typed, field, sentence) => {
    const step = newStep(DEFAULT_PROFILE, { ...BLANK, ...typed }, []);
    if (!("refused" in step)) throw new Error("it was taken");
    expect([step.field, step.refused.en]).toEqual([field, expect.stringContaining(sentence)]);
    expect(step.refused.zh).toMatch(/\p{Script=Han}/u);
  });

  const change = (index: number, field: "from" | "to" | "exchange" | "broker", text: string) => {
    const answer = changeDated(KEPT, stepPath("m2701", index, field), text);
    if (!answer) throw new Error("there is no such step");
    return "refused" in answer ? answer.refused.en : stepsOf(answer.profile, "m2701")[index];
  };

  test("a field of one is changed by itself, and refused where the step would make no sense", () => {
    expect(change(0, "to", "")).toEqual({ from: "2026-09-28", exchange: "0.12" });
    expect(change(1, "exchange", "15")).toEqual({
      ...{ from: "2026-12-01", exchange: "0.15", broker: "0.2" },
    });
    expect(change(0, "from", "2026-10-09")).toContain("is before its first, 2026-10-09");
    expect(change(1, "broker", "")).toContain("has no rate");
    expect(change(0, "from", "")).toContain("isn't a day");
    expect(changeDated(KEPT, stepPath("m2701", 2, "to"), "")).toBeUndefined();
    expect(changeDated(KEPT, "lines.call", "80%")).toBeUndefined();
  });

  test("without its last step a product that has no rate of its own is gone", () => {
    expect(withDated("m2701", [])(KEPT)).toEqual(DEFAULT_PROFILE);
    expect(stepsOf(KEPT, "constructor")).toEqual([]);
  });
});
