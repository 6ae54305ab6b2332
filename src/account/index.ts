/** The account under watch: a statement, prices and the broker's terms → where it stands. No DOM, no Excel, no clock. */
export * from "./book";
export { deadlineAfter, weekdayOf, type TradingCalendar } from "./deadline";
export { joined } from "./join";
export * from "./plan";
export * from "./profile";
export { profileText, readProfile } from "./profile-text";
export { recomputedOf, type Recomputed } from "./recomputed";
export * from "./sheet";
export * from "./since";
export * from "./standing";
export { askedTerms, type AskedTerms, type GivenTerms, type TermsByContract } from "./terms";
export * from "./strip";
export { readTrade, type OwnTrade } from "./trade";
