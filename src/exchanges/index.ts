import type { RuleSet } from "../core/rule";
import { cffex } from "./cffex";
import { dce } from "./dce";
import { gfex } from "./gfex";
import { hkex } from "./hkex";
import { ine } from "./ine";
import { shfe } from "./shfe";
import { sse } from "./sse";
import { szse } from "./szse";
import { zce, zceLegacy } from "./zce";

/** The exchanges with a margin for one contract. */
export const exchanges: readonly RuleSet[] = [
  sse,
  szse,
  cffex,
  zce,
  zceLegacy,
  dce,
  shfe,
  ine,
  gfex,
];

/** All of them: Hong Kong margins a whole book by risk arrays, never one contract. */
export const everyExchange: readonly RuleSet[] = [...exchanges, hkex];
