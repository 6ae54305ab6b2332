/** A hundred statements with an error planted in each: every one is found and named, and none is invented. */
import { describe, expect, test } from "@jest/globals";
import { reconciliation, type Reconciliation } from "../src/account/reconcile";
import { DEFAULT_PROFILE } from "../src/account/profile";
import { amount, type Amount } from "../src/core";
import { readStatement } from "../src/statements";
import { planted, PLANTS, type Plant, type Planted, type PlantedRow } from "./host/planted";
import { toGbk } from "./statements/files";

/** What each plant is named; a fen or some money has no cause to be named by. */
const NAMED: Readonly<Partial<Record<Plant, string>>> = {
  lots: "lots",
  previousDay: "previousDay",
  openPrice: "openPrice",
  openPriceOnPrevious: "openPrice",
  previousOption: "otherPrice",
  previousUnderlying: "otherUnderlying",
  notAdded: "exchange",
  wrongRate: "otherRate",
  toTheYuan: "rounding",
  twoCauses: "otherPrice",
  relief: "relief",
  largerSide: "largerSide",
};

const toFen = (n: Amount): Amount => n.toDecimalPlaces(2);

/** Every cause that gives a row's printed figure, worked out by the generator's own rules. */
function causesOf(row: PlantedRow, { previousPrices }: Planted): readonly string[] {
  const { charged, previous, open, lots } = row;
  const before = previousPrices[row.underlying];
  const whole = row.margin();
  const lot = whole.dividedBy(lots);
  const given = (...figures: readonly Amount[]): boolean =>
    figures.some((figure) => toFen(figure).equals(charged));
  const at = (figure: Amount, step: "floor" | "ceil", unit: number): Amount =>
    figure.times(unit)[step]().dividedBy(unit);
  const rounded = [
    toFen(lot).times(lots),
    whole.toDecimalPlaces(1),
    whole.toDecimalPlaces(0),
    lot.toDecimalPlaces(0).times(lots),
    ...([100, 1] as const).flatMap((unit) =>
      (["floor", "ceil"] as const).flatMap((step) => [
        at(whole, step, unit),
        at(lot, step, unit).times(lots),
      ]),
    ),
  ];
  const found: Readonly<Record<string, boolean>> = {
    exchange: given(row.margin({ added: amount("0") })),
    previousDay: given(row.margin({ price: previous, underlying: before as Amount })),
    otherPrice: given(row.margin({ price: previous })),
    openPrice: given(
      row.margin({ price: open }),
      row.margin({ price: open, underlying: before as Amount }),
    ),
    otherUnderlying: given(row.margin({ underlying: before as Amount })),
    rounding: rounded.some((figure) => figure.equals(charged)),
    lots: Array.from({ length: 2 * lots + 1 }, (_, i) => i + 1).some(
      (other) => other !== lots && given(row.margin({ lots: other })),
    ),
  };
  return Object.keys(found).filter((id) => found[id]);
}

async function reconciled(made: Planted): Promise<Reconciliation> {
  const bytes = toGbk(made.text);
  const statement = await readStatement(bytes, "结算单.txt");
  return reconciliation({
    statement,
    profile: { ...DEFAULT_PROFILE, products: made.exchangeRates },
    prices: made.prices,
    previousPrices: made.previousPrices,
    today: "2026-11-20",
  });
}

const all = Array.from({ length: 102 }, (_, seed) =>
  planted(seed + 1, PLANTS[seed % PLANTS.length] as Plant),
);

test("the plants are many, and most break a row", () => {
  expect(all.length).toBeGreaterThanOrEqual(100);
  expect(all.filter(({ at }) => at.length > 0).length).toBeGreaterThan(75);
});

describe.each(all)("seed $seed: $plant, $style", (made) => {
  test("what was planted is found and named, and nothing else", async () => {
    const found = await reconciled(made);
    // The rule is found through the error.
    const { main, confirmed } = found.rule.terms;
    expect(confirmed).toBe(true);
    expect(main?.terms).toEqual(
      made.style === "points"
        ? { kind: "points", points: made.added }
        : { kind: "multiple", markup: made.added },
    );
    expect(found.rows).toHaveLength(made.rows.length);
    made.rows.forEach((row) => {
      const one = found.rows.find(
        ({ position }) => position.contract === row.contract && position.side === row.side,
      );
      const said = [row.contract, one?.verdict, ...(one?.reasons ?? []).map(({ id }) => id)];
      const ids = one?.reasons.map(({ id }) => id) ?? [];
      if (!made.at.includes(row)) {
        expect(said.slice(0, 2)).toEqual([row.contract, "matching"]);
        return;
      }
      const name = NAMED[made.plant];
      const isSame = toFen(row.margin()).equals(row.charged);
      if (made.plant === "relief" || made.plant === "largerSide") {
        expect(said).toEqual([row.contract, "explained", name]);
      } else if (isSame) {
        // The price or the rounding happened to change nothing.
        expect(one?.verdict).toBe("matching");
      } else {
        const expected = [...causesOf(row, made)];
        if (name === "otherRate") expected.push(name);
        else if (name) expect(expected).toContain(name);
        expect([...ids].sort()).toEqual(expected.sort());
        expect(one?.verdict).toBe(ids.length > 0 ? "explained" : "unexplained");
        for (const { name: said } of one?.reasons ?? []) expect(one?.text.zh).toContain(said.zh);
        expect(one?.difference?.toFixed(2)).toBe(row.charged.minus(toFen(row.margin())).toFixed(2));
        if (made.plant === "twoCauses")
          expect(ids).toEqual(expect.arrayContaining(["otherPrice", "openPrice"]));
      }
    });
    const { bridge } = found;
    const added = bridge.items.reduce<Amount>((sum, item) => sum.plus(item.amount), bridge.from);
    expect(added.toFixed()).toBe(bridge.to.toFixed());
    const beyond = bridge.items.filter(
      ({ ids }) => ids.includes("total") || ids.includes("beside"),
    );
    expect(beyond.map(({ ids, amount: part }) => [ids[0], part.toFixed(2)])).toEqual(
      made.off.isZero()
        ? []
        : [[made.plant === "delivery" ? "beside" : "total", made.off.toFixed(2)]],
    );
    const failed = found.identities.filter(({ holds }) => !holds).map(({ id }) => id);
    expect(failed).toEqual(made.plant === "total" ? ["rows"] : []);
  });
});
