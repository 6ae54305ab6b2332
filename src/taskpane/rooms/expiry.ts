/** What if · Expiry: what is shown, worked out and written there. */
export { expirySheetInSteps, MOST_SHEET_ROWS } from "../../account";
export { Assigning, timelineOf } from "../desk-expiries";
export { EXPIRY_TEXTS } from "../texts-expiry";
export { stripSpoken } from "../views/strip";
export { expiryPart } from "../views/what-if/expiry";
