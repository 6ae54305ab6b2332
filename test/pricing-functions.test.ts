import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { black76, bsm, greeks, impliedVolatility } from "../src/core";
import {
  customFunctionsHost,
  isCellError,
  type FunctionsMetadata,
} from "./host/custom-functions-host";

const dist = path.resolve("dist");
const metadata = JSON.parse(
  readFileSync(path.join(dist, "functions.json"), "utf8"),
) as FunctionsMetadata;
const host = customFunctionsHost(path.join(dist, "functions.js"), metadata, "2026-11-20T04:00:00Z");
const invoke = (id: string, args: readonly unknown[]) => host.invoke(`OPTION.${id}`, [...args]);

describe("a model's function", () => {
  test.each<[id: string, args: unknown[], expected: unknown]>([
    ["BLACK76", ["C", 2985, 3000, 0.25, 0.18, 0.02], black76("call", 2985, 3000, 0.25, 0.18, 0.02)],
    ["BLACK76", ["看跌", 2985, 3000, 0.25, "18%"], black76("put", 2985, 3000, 0.25, 0.18)],
    ["BLACK76", ["P", 2985, 3000, 0, 0.18], 15],
    ["BSM", ["C", 3, 2.9, 0.25, 0.2, 0.02, 0.01], bsm("call", 3, 2.9, 0.25, 0.2, 0.02, 0.01)],
    ["IMPLIEDVOL", ["P", 38.5, 2985, 2900, 0.1], impliedVolatility("put", 38.5, 2985, 2900, 0.1)],
  ])("OPTION.%s of %j is the core's figure", async (id, args, expected) => {
    expect(await invoke(id, args)).toEqual({ ok: true, value: expected });
  });

  test("OPTION.GREEKS spills four figures under a header", async () => {
    const moves = greeks("call", 2985, 3000, 0.25, 0.18, 0.02);
    expect(await invoke("GREEKS", ["C", 2985, 3000, 0.25, 0.18, 0.02])).toEqual({
      ok: true,
      value: [
        ["Delta", "Gamma", "Vega（每 1.00 per 1.00）", "Theta（每年 per year）"],
        [moves?.delta, moves?.gamma, moves?.vega, moves?.theta],
      ],
    });
  });
});

describe("a model's function refuses, with the reason,", () => {
  test.each<[what: string, id: string, args: unknown[], code: string, zh: string, en: string]>([
    [
      "an expired option",
      "BLACK76",
      ["C", 2985, 3000, -0.01, 0.18],
      "#VALUE!",
      "剩余年数须在 0 到 100 之间（30 天写 30/365，负数是已到期），现为 -0.01",
      "years must be from 0 to 100 (30 days are 30/365; below 0 the option has expired); it is -0.01",
    ],
    ...[0, -0.2].map((volatility): [string, string, unknown[], string, string, string] => [
      `a volatility of ${volatility}`,
      "BSM",
      ["C", 3, 2.9, 0.25, volatility],
      "#VALUE!",
      `波动率须大于 0、不超过 10（年化百分之二十写 0.2 或 20%），现为 ${volatility}`,
      `volatility must be above 0 and at most 10 (20 per cent a year is 0.2 or 20%); it is ${volatility}`,
    ]),
    [
      "a rate in per cent",
      "BLACK76",
      ["C", 2985, 3000, 0.25, 0.18, 2],
      "#VALUE!",
      "利率须是 -1 到 1 之间的小数",
      "interestRate must be a fraction from -1 to 1 (two per cent is 0.02 or 2%); it is 2",
    ],
    [
      "a price below intrinsic value",
      "IMPLIEDVOL",
      ["P", 14, 2985, 3000, 0.1],
      "#N/A",
      "价格现为 14，不高于内在价值（折现后 15）",
      "price is 14: not above the intrinsic value (15 discounted), so no volatility gives it",
    ],
    [
      "a price above the forward",
      "IMPLIEDVOL",
      ["C", 3100, 2985, 3000, 0.1],
      "#N/A",
      "折现后 2985",
      "not below the most an option can be worth",
    ],
    [
      "a volatility at expiry",
      "IMPLIEDVOL",
      ["C", 10, 2985, 3000, 0],
      "#VALUE!",
      "剩余年数须大于 0，现为 0",
      "years must be above zero; it is 0",
    ],
    [
      "greeks at expiry on the strike",
      "GREEKS",
      ["C", 3000, 3000, 0, 0.2],
      "#N/A",
      "希腊值没有意义",
      "at expiry exactly on the strike there are no greeks",
    ],
    [
      "a blank price",
      "BLACK76",
      ["C", 0, 3000, 0.1, 0.2],
      "#VALUE!",
      "标的期货价须大于 0",
      "futures",
    ],
  ])("%s", async (_what, id, args, code, zh, en) => {
    const outcome = await invoke(id, args);
    expect(outcome).toMatchObject({ ok: false, errorCode: code });
    const said = isCellError(outcome) ? (outcome.message ?? "") : "";
    expect(said).toContain(zh);
    expect(said).toContain(en);
  });
});
