import type { Holding } from "./holding";

/** Lots of a row that its exchange sets off after the close. */
export interface Netted {
  readonly holding: Holding;
  readonly lots: number;
}

/**
 * What the exchange nets by itself tonight: long against short of one contract, uncovered short before
 * covered, only lots outside sets, and only where the exchange does so at all.
 * `inSets` gives the lots of a row that stay in sets overnight.
 */
export function nettedTonight(
  holdings: readonly Holding[],
  inSets: (holding: Holding) => number,
): readonly Netted[] {
  const contracts = new Map<string, Holding[]>();
  for (const holding of holdings) {
    const { contract } = holding;
    if (!contract?.rules.netting) continue;
    contracts.set(contract.key, [...(contracts.get(contract.key) ?? []), holding]);
  }
  return [...contracts.values()].flatMap((rows) => {
    const free = (sides: readonly Holding["side"][]): Netted[] =>
      sides.flatMap((side) =>
        rows
          .filter((row) => row.side === side)
          .map((holding) => ({ holding, lots: holding.lots.toNumber() - inSets(holding) })),
      );
    const [long, short] = [free(["long"]), free(["short", "covered"])];
    const sum = (list: readonly Netted[]): number => list.reduce((all, { lots }) => all + lots, 0);
    const net = Math.min(sum(long), sum(short));
    return [...take(long, net), ...take(short, net)];
  });
}

/** The first lots of a list up to a number. */
function take(list: readonly Netted[], most: number): Netted[] {
  let left = most;
  return list.flatMap(({ holding, lots }) => {
    const taken = Math.min(left, lots);
    left -= taken;
    return taken > 0 ? [{ holding, lots: taken }] : [];
  });
}
