/**
 * The scenarios of a risk array, and how each clearing house fills them: data, one profile a house.
 *
 * The sixteen stand in one order everywhere; what differs is how far the extreme ones go, how much of
 * them counts, how volatility moves and what a loss is counted from.
 */
import { exact } from "./number";
import type { Scenario } from "./risk-parameters";
import type { Citation } from "./rule";

const THIRDS: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 3],
  [-1, 3],
  [2, 3],
  [-2, 3],
  [1, 1],
  [-1, 1],
];

/**
 * The sixteen scenarios: seven price moves, each with volatility up and down, then two extreme moves
 * of which only a share counts.
 *
 * @example sixteenScenarios(3, "0.30")[14] // up three price scan ranges, 30 per cent of the loss
 */
export function sixteenScenarios(extremeMultiple: number, cover: string): readonly Scenario[] {
  const whole = exact.of("1");
  const plain = THIRDS.flatMap((move, at): Scenario[] => [
    { move, volatility: 1, cover: whole, pair: 2 * at + 1 },
    { move, volatility: -1, cover: whole, pair: 2 * at },
  ]);
  const extreme = [extremeMultiple, -extremeMultiple].map((multiple, at): Scenario => {
    return { move: [multiple, 1], volatility: 0, cover: exact.of(cover), pair: 14 + at };
  });
  return [...plain, ...extreme];
}

/** Weights of the seven price moves from all the way down to all the way up, for a composite delta. */
export const DELTA_POINTS: readonly (readonly [move: number, weight: number])[] = [
  [-1, 0.037],
  [-2 / 3, 0.111],
  [-1 / 3, 0.217],
  [0, 0.27],
  [1 / 3, 0.217],
  [2 / 3, 0.111],
  [1, 0.037],
];

/** How a clearing house makes its options' arrays. */
export interface ArrayProfile {
  readonly scenarios: readonly Scenario[];
  /** Options on a future by Black-76, or on a price today by Black–Scholes–Merton. */
  readonly model: "black76" | "bsm";
  /** Volatility points are added, or a share of the volatility. */
  readonly volatilityShift: "absolute" | "percent";
  /** A loss is counted from the settlement price, or from the model's price today. */
  readonly base: "settlement" | "theoretical";
  /** How far ahead the scenarios are priced, in years. */
  readonly lookAhead: number;
  /** The composite delta is taken at the volatility itself, or half at each of the moved ones. */
  readonly deltaAt: "base" | "moved";
  readonly source: Citation;
}

/** One day, of the 365 that years are counted in. */
export const DAYS_A_YEAR = 365;

/** Index futures and options at HKEX: found by fitting the arrays HKEX published. */
export const HKEX_PROFILE: ArrayProfile = {
  scenarios: sixteenScenarios(3, "0.30"),
  model: "black76",
  volatilityShift: "absolute",
  base: "settlement",
  lookAhead: 1 / DAYS_A_YEAR,
  deltaAt: "moved",
  source: {
    title: { zh: "港交所风险参数文件（RPF）", en: "HKEX risk parameter file (RPF)" },
    article: {
      zh: "2019-03-04 恒指与国指全部 2,486 个期权系列的风险阵列",
      en: "the arrays of all 2,486 HSI and HHI option series of 2019-03-04",
    },
    url: "https://www.hkex.com.hk/eng/market/rm/rm_dcrm/riskdata/rpf/riskdata.asp",
    certainty: "weak",
    asOf: "2019-03-04",
    note: {
      zh: "模型由公布的阵列拟合得出，当日误差不超过文件的取整；其后年份、周期权与恒生科技指数期权是否相同未见资料，以当日参数文件为准",
      en: "the model was found by fitting published arrays and was within the file's rounding that day; later years, weekly and Hang Seng TECH options were not seen: the day's own parameter file comes first",
    },
  },
};

/** Takasbank, Istanbul: a second house, which shows that the profile is data. */
export const TAKASBANK_PROFILE: ArrayProfile = {
  scenarios: /* @__PURE__ */ sixteenScenarios(3, "0.32"),
  model: "bsm",
  volatilityShift: "percent",
  base: "theoretical",
  lookAhead: 0.004,
  deltaAt: "base",
  source: {
    title: { zh: "Takasbank 风险参数文件", en: "Takasbank risk parameter file" },
    article: {
      zh: "2016-05-17 结算文件的风险阵列",
      en: "the arrays of the settlement file of 2016-05-17",
    },
    certainty: "weak",
    asOf: "2016-05-17",
    note: {
      zh: "模型由公布的阵列拟合得出",
      en: "the model was found by fitting published arrays",
    },
  },
};
