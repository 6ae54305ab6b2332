/** What if · Market: what is shown, worked out and written there. */
export { marketSheetInSteps } from "../../account";
export { Marketing } from "../desk-market";
export { slidText } from "../market-typed";
export { MARKET_TEXTS } from "../texts-market";
export { marketPart } from "../views/what-if/market";
export { movedWords } from "../views/what-if/market-words";
