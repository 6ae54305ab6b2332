// The plan goes by the slippage that its field takes, and by no other.
import { expect, test } from "@jest/globals";
import { digits, drained } from "../src/core";
import { planOf } from "../src/taskpane/desk-derived";
import { bookWith, PROFILE } from "./taskpane/books";

async function costWith(slippage: string, own = "0"): Promise<string> {
  const profile = { ...PROFILE, slippage: own };
  const book = await bookWith({ figures: { equity: "500000" }, profile });
  const plan = drained(planOf(book, "fewest", slippage));
  if (!plan || !("steps" in plan)) throw new Error("no plan");
  return digits(plan.cost);
}

test.each(["1%", "1", "0.01"])("“%s” is one per cent", async (text) => {
  expect(await costWith(text)).toBe(await costWith("", "0.01"));
  expect(await costWith(text)).not.toBe(await costWith(""));
});

test.each(["abc", "50%", "-1%", "0.2"])(
  "“%s” is refused by the field, and the plan is as without it",
  async (text) => {
    expect(await costWith(text, "0.01")).toBe(await costWith("", "0.01"));
  },
);

test("a profile whose slippage could be read two ways is not read as a text", async () => {
  expect(await costWith("", "0.2")).not.toBe(await costWith("", "0"));
});
