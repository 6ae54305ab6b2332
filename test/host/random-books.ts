/** Random books of positions that often combine, with prices on a coarse grid so that margins often tie. */
import type { BookRow } from "./position-rows";

/** What a test knows of a row besides what it types: enough to say by itself what combines. */
export interface DrawnLeg {
  readonly row: BookRow;
  readonly exchange: "SSE" | "SZSE" | "DCE" | "ZCE";
  readonly kind: "call" | "put" | "future" | "shares";
  readonly side: "long" | "short";
  /** Underlying and contract month together where a future is the underlying. */
  readonly underlying: string;
  readonly month: string;
  readonly strike: number;
  readonly lots: number;
}

const MONTHS = ["2612", "2701", "2705"];

export function drawBook(draw: () => number, legs: number, groups: number): DrawnLeg[] {
  const below = (n: number): number => Math.floor(draw() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const families = Array.from({ length: groups }, () => ({
    exchange: pick(["SSE", "SSE", "SZSE", "DCE", "DCE", "ZCE"] as const),
    underlying: below(2),
    months: [pick(MONTHS), pick(MONTHS)],
  }));
  return Array.from({ length: legs }, (): DrawnLeg => {
    const { exchange, underlying, months } = pick(families);
    const month = pick(months);
    const etf = exchange === "SSE" || exchange === "SZSE";
    const side = draw() < 0.5 ? "long" : "short";
    const lots = 1 + below(3);
    const bare = draw() < 0.12;
    const step = below(9) - 4;
    const right = draw() < 0.5 ? "call" : "put";
    const letter = right === "call" ? "C" : "P";
    if (etf) {
      const code = (exchange === "SSE" ? ["510050", "510300"] : ["159919", "159915"])[underlying];
      const strike = 3000 + 100 * step;
      const option =
        exchange === "SSE"
          ? `${code}${letter}${month}M0${strike}`
          : `${code}${letter}${month}M00${strike}`;
      return {
        exchange,
        kind: bare ? "shares" : right,
        side: bare ? "long" : side,
        underlying: String(code),
        month: bare ? "" : month,
        strike,
        lots,
        row: bare
          ? { contract: String(code), side: "long", quantity: 10_000 * lots + below(10_000) }
          : {
              ...{ contract: option, side, quantity: lots },
              ...{ settlement: (1 + below(8)) / 50, underlying: 3 },
            },
      };
    }
    const [product, price] = (
      exchange === "DCE"
        ? [
            ["m", 3000],
            ["y", 8000],
          ]
        : [
            ["SR", 6000],
            ["CF", 14000],
          ]
    )[underlying] as [string, number];
    const future = `${product}${exchange === "ZCE" ? month.slice(1) : month}`;
    const strike = price + (step * price) / 40;
    const option =
      exchange === "ZCE" ? `${future}${letter}${strike}` : `${future}-${letter}-${strike}`;
    const quoted = bare ? price : (1 + below(8)) * (price / 50);
    return {
      exchange,
      kind: bare ? "future" : right,
      side,
      underlying: product,
      month,
      strike,
      lots,
      row: {
        ...{ contract: bare ? future : option, side, quantity: lots },
        ...{ settlement: quoted, underlying: price, rate: 0.1 },
      },
    };
  });
}
