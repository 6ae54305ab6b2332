/**
 * The normal distribution by a table: Φ(d) several times as fast as by an exponential, and to the last digits of
 * 1, though not of Φ in its lower tail; what must be right there to its own is left to `share`.
 *
 * A Taylor polynomial of eighth degree about each sixteenth of a unit, so that nothing is divided and no branch
 * depends on where d is.
 */
import { density, share } from "./pricing-normal";

/** Polynomials a unit, and how far out they reach: from there on Φ and 1 are the same double. */
const [PER_UNIT, REACH] = [16, 8.5];
const MIDDLE = REACH * PER_UNIT;
const TERMS = 9;

/** One polynomial's coefficients after the other's, by rising powers of sixteenths. */
function coefficients(): Float64Array {
  const all = new Float64Array((2 * MIDDLE + 1) * TERMS);
  for (let start = 0; start < all.length; start += TERMS) {
    const d = start / TERMS / PER_UNIT - REACH;
    all[start] = share(d);
    // φ' = −dφ gives each of its coefficients by the two before; Φ's are their integrals.
    let [before, now, sixteenths] = [0, density(d), 1];
    for (let k = 1; k < TERMS; k++) {
      sixteenths /= PER_UNIT;
      all[start + k] = (now / k) * sixteenths;
      [before, now] = [now, -(d * now + before) / k];
    }
  }
  return all;
}

const TABLE = /* @__PURE__ */ coefficients();

/** Φ(d), at most 4 × 10⁻¹⁶ off. NaN for NaN. */
export function tableShare(d: number): number {
  const y = (d > REACH ? REACH : d < -REACH ? -REACH : d) * PER_UNIT;
  const node = (y + (MIDDLE + 0.5)) | 0;
  const u = y - (node - MIDDLE);
  const at = node * TERMS;
  const u2 = u * u;
  // In pairs, which a processor works out side by side; what is largest comes last, and rounds once.
  const low =
    (TABLE[at + 1] as number) +
    (TABLE[at + 2] as number) * u +
    ((TABLE[at + 3] as number) + (TABLE[at + 4] as number) * u) * u2;
  const high =
    (TABLE[at + 5] as number) +
    (TABLE[at + 6] as number) * u +
    ((TABLE[at + 7] as number) + (TABLE[at + 8] as number) * u) * u2;
  return (TABLE[at] as number) + u * (low + high * (u2 * u2));
}

/** Φ(d), at most 4 × 10⁻¹² off: the same without the last three terms. NaN for NaN. */
export function roughShare(d: number): number {
  const y = (d > REACH ? REACH : d < -REACH ? -REACH : d) * PER_UNIT;
  const node = (y + (MIDDLE + 0.5)) | 0;
  const u = y - (node - MIDDLE);
  const at = node * TERMS;
  const u2 = u * u;
  return (
    (TABLE[at] as number) +
    (TABLE[at + 1] as number) * u +
    ((TABLE[at + 2] as number) +
      (TABLE[at + 3] as number) * u +
      ((TABLE[at + 4] as number) + (TABLE[at + 5] as number) * u) * u2) *
      u2
  );
}
