import type { RuleSet } from "../core/rule";
import { cffex } from "./cffex";
import { dce } from "./dce";
import { gfex } from "./gfex";
import { ine } from "./ine";
import { shfe } from "./shfe";
import { sse } from "./sse";
import { szse } from "./szse";
import { zce, zceLegacy } from "./zce";

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
