/** The public door of the core. */
export * from "./account";
export { numberWithin } from "./argument";
export type { Arithmetic } from "./arithmetic";
export * from "./contract";
export * from "./day";
export * from "./errors";
export * from "./exercise";
export { readOperand } from "./formula";
export { impliedRate } from "./implied";
export * from "./liquidation";
export * from "./margin";
export { argumentName, sentence } from "./messages";
export { amount, digits, readNumber, type Amount } from "./number";
export { priceLimits } from "./limits";
export * from "./positions";
export * from "./rule";
export * from "./table";
export * from "./terms";
