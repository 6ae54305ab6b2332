/**
 * The normal distribution's tail, in doubles and to nearly their last digit however far out.
 *
 * The Mills ratio of h is Φ(−h) ÷ φ(h): it neither vanishes nor overflows, so that what vanishes is
 * left to one exponential of the caller's. After W. J. Cody, "Rational Chebyshev approximations for
 * the error function", Mathematics of Computation 23 (1969): three rationals, by the size of h ÷ √2.
 */

/** 1 ÷ √(2π), the density at 0. */
export const DENSITY = 0.3989422804014327;
const ROOT_PI = 1.772453850905516;
const ROOT_HALF_PI = 1.2533141373155003;
/** Where the rational of the far tail begins: 4 × √2. */
const FAR = 5.656854249492381;

/** 1 − h × Mills ratio of h, far out, where it is the small remainder of a long division. */
function farRest(h: number): number {
  const z = 2 / (h * h);
  const above =
    ((((0.0163153871373020978 * z + 0.305326634961232344) * z + 0.360344899949804439) * z +
      0.125781726111229246) *
      z +
      0.0160837851487422766) *
      z +
    0.000658749161529837803;
  const below =
    ((((z + 2.56852019228982242) * z + 1.87295284992346725) * z + 0.527905102951428412) * z +
      0.0605183413124413191) *
      z +
    0.00233520497626869185;
  return (ROOT_PI * z * above) / below;
}

/** Φ(−h) ÷ φ(h) for h from 0 on; relative error about 2 × 10⁻¹⁶. */
export function mills(h: number): number {
  if (h > FAR) return (1 - farRest(h)) / h;
  const y = h * Math.SQRT1_2;
  if (y > 0.46875) {
    const above =
      (((((((2.15311535474403846e-8 * y + 0.564188496988670089) * y + 8.88314979438837594) * y +
        66.1191906371416295) *
        y +
        298.635138197400131) *
        y +
        881.95222124176909) *
        y +
        1712.04761263407058) *
        y +
        2051.07837782607147) *
        y +
      1230.33935479799725;
    const below =
      (((((((y + 15.7449261107098347) * y + 117.693950891312499) * y + 537.181101862009858) * y +
        1621.38957456669019) *
        y +
        3290.79923573345963) *
        y +
        4362.61909014324716) *
        y +
        3439.36767414372164) *
        y +
      1230.33935480374942;
    return (ROOT_HALF_PI * above) / below;
  }
  const z = y * y;
  const above =
    (((0.185777706184603153 * z + 3.1611237438705656) * z + 113.864154151050156) * z +
      377.485237685302021) *
      z +
    3209.37758913846947;
  const below =
    (((z + 23.6012909523441209) * z + 244.024637934444173) * z + 1282.61652607737228) * z +
    2844.23683343917062;
  return ROOT_HALF_PI * Math.exp(z) * (1 - (y * above) / below);
}

/** 1 − h × its Mills ratio, given that ratio; never the difference of two numbers that nearly cancel. */
export const millsRest = (h: number, ratio: number): number =>
  h > FAR ? farRest(h) : 1 - h * ratio;

/** φ(d), the density. */
export const density = (d: number): number => DENSITY * Math.exp(-0.5 * d * d);

/** Φ(d), the share below d, to its last digits in the lower tail as well. */
export const share = (d: number): number =>
  d < 0 ? density(d) * mills(-d) : 1 - density(d) * mills(d);

/**
 * The d for which ±d holds `inside` and leaves `outside`, to about three digits: a start for a search.
 * Both are given, since either can be too small for the other to show; neither is below 0.
 */
export function roughQuantile(inside: number, outside: number): number {
  if (inside < 1e-4) return inside / (2 * DENSITY);
  // S. Winitzki's closed form of the inverse error function.
  const logarithm = Math.log(outside * (1 + inside));
  const half = 2 / (Math.PI * 0.147) + logarithm / 2;
  return Math.SQRT2 * Math.sqrt(Math.sqrt(half * half - logarithm / 0.147) - half);
}
