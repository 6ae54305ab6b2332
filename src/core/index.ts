/** The public door of the core. */
export * from "./account";
export * from "./adjustment";
export * from "./adjustment-table";
export { numberWithin } from "./argument";
export type { Arithmetic } from "./arithmetic";
export { assignment } from "./assignment";
export * from "./calendar";
export { callPrices, type CallPrice, type CallPriceRow, type Reached } from "./call-price";
export { marginedParts } from "./call-price-margin";
export { firstReached, type LineAim, type Moving, type Walk } from "./call-price-search";
export { steepnessOf } from "./call-price-slope";
export {
  combinationEditionOn,
  combinationNamed,
  combinationOf,
  combinedMargin,
} from "./combination";
export { formOfTwo, type NoSet } from "./combination-forms";
export * from "./contract";
export * from "./day";
export * from "./errors";
export * from "./exercise";
export { readOperand, text, type Expression } from "./formula";
export { gainfulSets, type GainfulSets } from "./gainful-sets";
export * from "./holding";
export { chargedInFen, columnLength, type ShortList } from "./fen";
export { impliedRate } from "./implied";
export { ledger, type LedgerDay, type LedgerTerms } from "./ledger";
export type { LedgerNote } from "./ledger-books";
export type { LedgerFigures } from "./ledger-day";
export { EVENT_COLUMNS, EVENT_KINDS, readEvents, type EventRow } from "./ledger-event";
export { ledgerNote } from "./ledger-notes";
export * from "./liquidation";
export * from "./margin";
export { marginsAlone, marginsOfTable, type TableMargins } from "./margin-table";
export { maxLots } from "./max-lots";
export { argumentName, sentence } from "./messages";
export * from "./netting";
export * from "./obligation";
export { amount, digits, double, isAmount, readNumber, type Amount } from "./number";
export { priceLimits } from "./limits";
export { black76, bsm, greeks, toTick, type Greeks } from "./pricing";
export { impliedVolatility } from "./pricing-implied";
export * from "./portfolio";
export * from "./positions";
export { historicalVolatility, richness, VERDICT, type Richness } from "./richness";
export * from "./risk-array";
export * from "./risk-book";
export {
  readRiskCredits,
  readRiskParameters,
  readRiskPositions,
  type CreditColumn,
  type ParameterColumn,
  type RiskColumn,
} from "./risk-columns";
export * from "./risk-parameters";
export * from "./risk-scenarios";
export * from "./rule";
export * from "./scan";
export * from "./scan-credits";
export * from "./scan-deltas";
export * from "./scan-margin";
export { clientCallSentence } from "./scan-words";
export * from "./scenario";
export { scenarioBook } from "./scenario-book";
export { heldOfRows, setsHeld, type RowHeld } from "./scenario-rows";
export { drained, Pace, partOf, sortedInSteps } from "./steps";
export { possibleSets, setOfTwo, setOrNone, type Sets } from "./sets";
export * from "./strategy";
export * from "./table";
export * from "./terms";
