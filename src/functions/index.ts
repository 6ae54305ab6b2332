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
import "./working";
import "./risk";
import "./option";

export { CellError, registered, type CellFunction } from "./cell";
