/** Every function file; the build appends to each the calls that register its functions. */
import "./sse";
import "./szse";
import "./cffex";
import "./zce";
import "./dce";
import "./shfe";
import "./ine";
import "./gfex";
import "./margin";
import "./portfolio";
import "./working";
import "./risk";
import "./liquidate";
import "./ledger";
import "./option";
import "./pricing";
import { announce } from "./cell";

// office.js may come after this file, so that neither waits for the other; it brings CustomFunctions.
if (typeof document !== "undefined") document.addEventListener("load", announce, true);

export { CellError, registered, type CellFunction } from "./cell";
