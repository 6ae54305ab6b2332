import { MarginError } from "./errors";
import { amount, digits, exact, type Amount } from "./number";

/**
 * 行权指派: the lots of each short that are assigned when `exercised` lots of the contract are exercised.
 * Pro rata in whole lots; what is left goes one by one to the largest remainders, equal ones first listed first
 * (an exchange draws lots among them). Remainders are compared as integers, never as fractions.
 * @throws outOfRange where more is exercised than is short.
 *
 * @example assignment([3, 3, 4], 5) // [2, 1, 2]
 */
export function assignment(shorts: readonly Amount[], exercised: Amount): readonly Amount[] {
  const total = shorts.reduce((sum, short) => sum.plus(short), exact.zero);
  if (exercised.greaterThan(total)) {
    throw new MarginError("outOfRange", {
      argument: "exercised",
      value: exercised,
      must: "notAboveShorts",
      detail: `shorts ${digits(total)}`,
    });
  }
  if (total.isZero()) return shorts;
  const [all, most] = [BigInt(digits(total)), BigInt(digits(exercised))];
  const shares = shorts.map((short, index) => {
    const product = BigInt(digits(short)) * most;
    return { index, lots: product / all, remainder: product % all };
  });
  let left = most - shares.reduce((sum, { lots }) => sum + lots, 0n);
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left === 0n) break;
    share.lots += 1n;
    left -= 1n;
  }
  return shares.map(({ lots }) => amount(lots.toString()));
}
