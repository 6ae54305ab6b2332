/** Holdings in columns, as the reader hands over those of a long statement. */
export { inColumns, unpackedBook } from "../../statements";
