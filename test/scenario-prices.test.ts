import { describe, expect, test } from "@jest/globals";
import { amount, type OptionHeld, type Right } from "../src/core";
import { logRatio, worth } from "../src/core/pricing";
import { modelOf, pricesIn, type Model, type Run } from "../src/core/scenario-model";
import { sse } from "../src/exchanges/sse";
import { random } from "./host/random";

const ON = "2026-09-21";

type Draw = () => number;

const pick = <T>(draw: Draw, from: readonly T[]): T => from[Math.floor(draw() * from.length)] as T;

const TICKS = ["0.0001", "0.001", "0.005", "0.01", "0.02", "0.2", "0.5", "1", "2", "10"];

/** An option from far in to far out of the money, of no time, little or much, with or without a volatility of its own. */
function drawOption(draw: Draw): OptionHeld {
  const tick = pick(draw, TICKS);
  const price = Number(tick) * 10 ** (1.5 + 3 * draw());
  const spot = Number(price.toPrecision(5));
  const moneyness = pick(draw, [1, Math.exp(0.4 * (draw() - 0.5)), Math.exp(6 * (draw() - 0.5))]);
  const strike = amount((spot * moneyness).toPrecision(4));
  const right = pick<Right>(draw, ["call", "put"]);
  const underlying = amount(spot);
  const inTheMoney = right === "call" ? underlying.minus(strike) : strike.minus(underlying);
  const intrinsic = inTheMoney.greaterThan(0) ? inTheMoney : amount(0);
  const most = (right === "call" ? underlying : strike).minus(intrinsic);
  const some = most.times(amount((0.5 * draw() * draw() * draw()).toPrecision(6)));
  const more = some.dividedBy(tick).floor().plus(1).times(tick);
  const least = more.lessThan(most) ? more : most.dividedBy(2);
  const days = pick(draw, [0, 1, Math.floor(5 * draw()), Math.floor(400 * draw())]);
  const expiry = new Date(Date.parse(ON) + days * 86_400_000).toISOString().slice(0, 10);
  const volatility = pick(draw, [undefined, "0.000001", "0.0007", "0.2", "3", "400"]);
  return {
    ...{ kind: "option", label: "", side: "short", lots: amount(1), unit: amount(100), of: "" },
    ...{ rules: sse, product: undefined, right, strike, underlying, expiry },
    settlement: intrinsic.plus(least),
    volatility: volatility === undefined ? undefined : amount(volatility),
    tick: pick(draw, [amount(tick), amount(tick), undefined]),
  };
}

describe("prices in scenarios, in whole numbers", () => {
  const EACH = 250;

  function drawRun(draw: Draw, { underlying, tick }: OptionHeld, daysLeft: number) {
    const now = underlying?.toNumber() ?? 0;
    const halves = (tick?.toNumber() ?? 0.0001) / 2;
    const run: Run = {
      volatilities: new Float64Array(EACH),
      inverses: new Float64Array(EACH),
      days: new Float64Array(EACH),
    };
    const spots = Float64Array.from({ length: EACH }, (_, i) => {
      const more = pick(draw, [1, 1, 1 + draw(), 1e-9, 0.01, 20, 1e4]);
      run.volatilities[i] = more;
      run.inverses[i] = 1 / more;
      run.days[i] = pick(draw, [0, 0, daysLeft, Math.floor(draw() * (daysLeft + 1))]);
      const steps = Math.floor(40 * draw()) - 20;
      // By whole halves of ticks an option deep in the money comes to stand between two.
      const near = Number(Math.max(now + steps * halves, halves).toPrecision(15));
      return pick(draw, [now, near, now * (0.8 + 0.4 * draw()), now * Math.exp(8 * draw() - 4)]);
    });
    return { run, spots };
  }

  /** The same worked out plainly, one price at a time. */
  function plainly(model: Model, spot: number, more: number, days: number): number {
    const { right, strike, daysLeft, volatility, above, doubles, wholes } = model;
    const left = daysLeft - days;
    const s = volatility * Math.sqrt(left / 365) * more;
    const over = (daysLeft > 0 ? above * (left / daysLeft) : above) - doubles.given;
    const price = worth(right, spot, strike, logRatio(spot, strike), s);
    const ticks = Math.floor((price + over) / doubles.tick + 0.5);
    const least = left > 0 || daysLeft === 0 ? wholes.least : 0;
    return Math.max(wholes.given + wholes.tick * ticks, least);
  }

  test("are the model's at every tick, however near to the next, over 200,000 of them", () => {
    const draw = random(41);
    let [compared, between] = [0, 0];
    const wrong: string[] = [];
    while (compared < 205_000) {
      const option = drawOption(draw);
      const model = modelOf(option, ON);
      const { run, spots } = drawRun(draw, option, model.daysLeft);
      const memory = new Float64Array(EACH + 3);
      const { wholes, start, scale, most, at } = pricesIn(model, spots, run, memory, 3);
      const [volatilities, days] = [run.volatilities, run.days];
      for (let i = 0; i < EACH; i++) {
        const spot = spots[i] as number;
        const plain = plainly(model, spot, volatilities[i] as number, days[i] as number);
        const whole = wholes[start + i] as number;
        const safe = plain <= Number.MAX_SAFE_INTEGER;
        if (safe ? whole !== plain || whole > most : !Number.isNaN(whole)) {
          wrong.push(`${option.right} ${model.strike} at ${spot}: ${whole} for ${plain}`);
        }
        const intrinsic = (spot - model.strike) / model.doubles.tick;
        if (Math.abs(Math.abs(intrinsic % 1) - 0.5) < 1e-9) between += 1;
      }
      // What falls back to decimals has the same price.
      const [some, exactly] = [wholes[start + 7] as number, at(7).toNumber()];
      if (!Number.isNaN(some)) expect(some / 10 ** scale).toBe(exactly);
      compared += EACH;
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    // Many stand between two ticks to the last digit, where the table cannot tell.
    expect(between).toBeGreaterThan(1000);
  });
});
