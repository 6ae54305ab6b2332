/** The account as a sheet of live formulas. */
export { liveSheetInSteps, MOST_SHEET_ROWS } from "../../account";
