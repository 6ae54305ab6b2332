import type { WhyNot } from "./messages";

export type { WhyNot } from "./messages";

/** What can be wrong. Sentences live in messages.ts; no code ever compares text. */
export type ErrorCode =
  | "notANumber"
  | "outOfRange"
  | "notADate"
  | "unknownName"
  | "notAllowed"
  | "contradiction"
  | "missing"
  | "noRule"
  | "noCalendar"
  | "afterError"
  | "noModelFigure"
  | "undefinedRatio"
  | "beyondEveryLine";

/** What a number has to be, for `outOfRange`. */
export type Bound =
  | "aboveZero"
  | "notNegative"
  | "wholeAboveZero"
  | "fraction"
  | "markup"
  | "years"
  | "volatility"
  | "interest"
  | "notDecreasing"
  | "notAboveStrike"
  | "tooLarge"
  | "tooManyRows"
  | "tooManyLegs"
  | "tooManyCells"
  | "threePrices"
  | "aRange"
  | "lockedShares"
  | "wholeNotNegative"
  | "wholeNotZero"
  | "aboveMinusOne"
  | "shock"
  | "aLine"
  | "beforeExpiry"
  | "belowClose"
  | "aboveCallStrike"
  | "notAboveShorts"
  | "notAboveLots"
  | "notBefore"
  | "freeShares"
  | "lockedFree"
  | "scenarios"
  | "sameRows"
  | "deliverable";

/** The facts a message needs: the argument's name in the public contract, its value, and more by code. */
export interface ErrorParams {
  readonly argument: string;
  readonly value?: unknown;
  readonly must?: Bound;
  /** Further facts: an exchange, a day, what was expected. */
  readonly detail?: string;
  /** What could have been meant. */
  readonly choices?: readonly string[];
  /** The row of a table it is about, the header counted, and what that row names. */
  readonly row?: { readonly number: number; readonly names: string };
}

/** Codes whose detail is the name of a sentence, so that none is thrown without one. */
type WithReason = "notAllowed" | "noModelFigure";

/** A code and what its message needs. */
export type Mistake =
  | readonly [code: WithReason, params: ErrorParams & { readonly detail: WhyNot }]
  | readonly [code: Exclude<ErrorCode, WithReason>, params: ErrorParams];

/** The one error the core throws on purpose. */
export class MarginError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(...[code, params]: Mistake) {
    super(`${code}: ${params.argument}`);
    this.code = code;
    this.params = params;
    this.name = "MarginError";
  }

  /** The same mistake, said of a row or of another argument. */
  of(where: Partial<Pick<ErrorParams, "argument" | "row">>): MarginError {
    return new MarginError(...([this.code, { ...this.params, ...where }] as Mistake));
  }
}
