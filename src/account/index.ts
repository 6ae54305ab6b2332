/** The account under watch: a statement, prices and the broker's terms → where it stands. No DOM, no Excel, no clock. */
export * from "./book";
export * from "./combining";
export { onHeadline, type OnHeadline } from "./combining-headline";
export { combiningSheet } from "./combining-sheet";
export {
  ALWAYS_CLOSED,
  deadlineAfter,
  deadlineOf,
  weekdayOf,
  type Deadline,
  type TradingCalendar,
} from "./deadline";
export { sameCurrency } from "./currency";
export {
  expiring,
  expiringInSteps,
  type Expiring,
  type ExpiringLine,
  type Worthless,
} from "./expiring";
export type { FutureGot, IfAssigned } from "./expiring-assigned";
export type { LeftOut, TonightAsked } from "./expiring-counted";
export type { ExpiryDay } from "./expiring-day";
export type { Known } from "./expiring-known";
export type { LineObligation, Needs, SharesNeeded } from "./expiring-needs";
export { nettedNote } from "./expiring-netted";
export type { Unasked } from "./expiring-unasked";
export type { Netted } from "./expiring-netting";
export type { ExpiryBasis, Moneyness } from "./expiring-price";
export { expirySheet, expirySheetInSteps } from "./expiring-sheet";
export * from "./expiring-tonight";
export * from "./hong-kong";
export type { HongKongGap, HongKongLine } from "./hong-kong-lines";
export { joinedTo, type HongKongParameters } from "./hong-kong-parameters";
export { holdsHongKong, hongKongProducts, isHongKong, withoutHongKong } from "./hong-kong-rows";
export * from "./hong-kong-terms";
export { joined } from "./join";
export * from "./market";
export * from "./market-crossing";
export * from "./market-grid";
export { breakEven, payoffInSteps, type Payoff } from "./market-payoff";
export type { Open } from "./market-positions";
export { marketSheet, marketSheetInSteps } from "./market-sheet";
export * from "./plan";
export { kindOf } from "./prices-kind";
export * from "./profile";
export { hongKongFigure, profileText, readProfile } from "./profile-text";
export { ratesCode } from "./rates-code";
export { recomputedOf, type Recomputed } from "./recomputed";
export * from "./reconcile";
export type { AccountIdentity, Bridge, BridgeItem } from "./reconcile-bridge";
export * from "./reconcile-papers";
export { REASONS, type Reason, type ReasonId, type Tried, type Untried } from "./reconcile-reasons";
export type { BrokerRule, RulePart } from "./reconcile-rule";
export { reconcileSheet } from "./reconcile-sheet";
export { breaksOn, isAccountedFor, isWhole, tallied, type Tally } from "./reconcile-tally";
export type { BrokerTerms } from "./reconcile-terms";
export type { HeldSet } from "./sets";
export * from "./sheet";
export { MOST_SHEET_ROWS, sheetName } from "./sheet-name";
export * from "./since";
export * from "./standing";
export {
  askedTerms,
  officialOf,
  type AskedTerms,
  type GivenTerms,
  type OfficialContract,
  type TermsByContract,
} from "./terms";
export * from "./strip";
export { readTrade, type OwnTrade } from "./trade";
