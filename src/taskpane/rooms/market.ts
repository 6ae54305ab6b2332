/** What if · Market: what is shown, worked out and written there. */
export { marketSheetInSteps } from "../../account";
export { Marketing } from "../desk-market";
export { slidText } from "../market-typed";
export { marketPart } from "../views/what-if/market";
export { MARKET_TEXTS } from "../texts-market";
export { stripSpoken } from "../views/strip";
