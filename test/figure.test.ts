// A figure whose working waits until somebody looks is the figure with its working, wherever it answers.
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  figureOf,
  marginBy,
  termsOf,
  unworkedFigure,
  type Charge,
  type Holding,
} from "../src/account/figure";
import type { Figure } from "../src/account/book";
import { amount, type Amount } from "../src/core";
import { readCells, type Position } from "../src/statements";
import { shown } from "./host/shown";

const CODES = [
  ...["m2701-C-3000", "m2701-P-2900", "SR701C5700", "SR701P5900", "cu2701C86000", "sc2702P490"],
  ...["si2701-C-9500", "IO2612-C-4800", "IO2612-P-4500", "510050C2612M03200", "510050P2612M03100"],
  ...[
    "510050C2612A03166",
    "159919P2612M004000",
    "m2701",
    "SR701",
    "IF2612",
    "510050",
    "HSI24000L7",
  ],
];

const positions = (
  await readCells(
    [
      ["合约", "方向", "手数", "结算价", "合约乘数", "锁定份数"],
      ...CODES.flatMap((code) => [
        [code, "卖", 3, 100, "", ""],
        [code, "买", 2, 100, "", ""],
        [code, "备兑", 4, 100, 10000, 39999],
      ]),
    ],
    "table",
    { day: "2026-11-20" },
  )
).positions;

const shorts = positions.filter(({ side }) => side === "short");

/** Prices, strikes and rates as they are, and as no rule takes them. */
const figure: fc.Arbitrary<Amount | undefined> = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 9_000_000 }).map((n) => amount(`${n}e-3`)) },
  { weight: 1, arbitrary: fc.constantFrom(amount("0"), amount("-12.5"), undefined) },
);
const rate: fc.Arbitrary<Amount | undefined> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 400 }).map((n) => amount(`${n}e-3`)) },
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(amount("0"), amount("-0.1"), amount("1.5")) },
);
const markup = fc.constantFrom("0", "0.2", "0.15", "-0.1", "-1").map((text) => amount(text));
const missing = { what: "price", of: "m2701", why: { zh: "缺", en: "missing" } } as const;

const charge: fc.Arbitrary<Charge> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(rate, rate, markup)
      .map(([given, its, markup]) => ({ given, rate: its, markup })),
  },
  { weight: 1, arbitrary: fc.constant({ gap: missing }) },
);

const kindOf = ({ subject }: Position): Holding["kind"] =>
  subject?.kind === "option" || subject?.kind === "future" || subject?.kind === "shares"
    ? subject.kind
    : "other";

const holding: fc.Arbitrary<Holding> = fc
  .tuple(
    fc.constantFrom(...positions, ...shorts, ...shorts),
    fc.tuple(figure, figure, figure, figure),
    fc.boolean(),
    fc.nat({ max: 11 }),
    fc.integer({ min: 1, max: 900 }),
  )
  .map(([printed, [price, underlyingPrice, strike, unit], isOwn, lack, lots]) => {
    const position = { ...printed, quantity: amount(String(lots)) };
    const { subject } = position;
    const own = subject?.kind === "option" ? termsOf(subject.contract, position) : undefined;
    const terms = own && !("what" in own) && isOwn ? own : { strike, unit };
    const lacks = lack === 0 ? missing : undefined;
    const underlying = position.contract;
    return {
      position,
      kind: kindOf(position),
      underlying,
      price,
      underlyingPrice,
      lacks,
      ...terms,
    };
  });

const parts = (one: Figure): unknown =>
  one.gap
    ? one.gap
    : [one.working, one.branch, one.margin, one.rate, one.markup].map((part) => shown(part));

const day = fc.constantFrom("2026-11-20", "2026-11-20", "2015-02-09", "1999-12-31");

test("its margin, branch, working, rate and markup are those of the figure at once, and so is why there is none", () => {
  let [margins, gaps, workings] = [0, 0, 0];
  fc.assert(
    fc.property(holding, charge, day, (held, by, on) => {
      const whole = figureOf(held, by, on);
      const later = unworkedFigure(held, by, on);
      if (whole.gap) gaps++;
      else margins++;
      if (!whole.gap && whole.working) workings++;
      // The working first, then the rest, and all of it again.
      expect(parts(later)).toEqual(parts(whole));
      expect(shown(later)).toEqual(shown(whole));
      expect(shown({ ...unworkedFigure(held, by, on) })).toEqual(shown(whole));
      expect(shown(unworkedFigure(held, by, on).margin)).toEqual(shown(whole.margin));
      expect(shown(marginBy(held, by, on))).toEqual(shown(whole.margin));
    }),
    { seed: 20261120, numRuns: 3000 },
  );
  expect(new Set(positions.map(({ contract }) => contract)).size).toBe(CODES.length);
  expect([margins > 1000, gaps > 300, workings > 300]).toEqual([true, true, true]);
});
