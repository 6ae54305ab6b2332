/** Every function file; the build appends to each the calls that register its functions. */
import "./sse";
import "./szse";
import "./cffex";
import "./zce";
import "./dce";
import "./shfe";
import "./ine";
import "./gfex";
import "./hkex";
import "./margin";
import "./portfolio";
import "./working";
import "./reconcile";
import "./risk";
import "./liquidate";
import "./call-price";
import "./max-lots";
import "./stress";
import "./ledger";
import "./option";
import "./pricing";
import "./richness";
import { announce } from "./cell";

// office.js may come after this file, so that neither waits for the other; it brings CustomFunctions.
if (typeof document !== "undefined") document.addEventListener("load", announce, true);

export { CellError, registered, type CellFunction } from "./cell";
