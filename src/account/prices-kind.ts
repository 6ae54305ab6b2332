/** Of what hour a statement's prices are. */
import type { FormatId, Statement } from "../statements";

export type Kind = "settled" | "live" | "estimate";

const SETTLED: ReadonlySet<FormatId | undefined> = new Set<FormatId>([
  "ctp",
  "etfOption",
  "cfmmc",
  "machineText",
  "wenhua",
]);

/** What the prices are: settled, of a running day, or neither is said. */
export function kindOf(statement: Statement): Kind {
  if (SETTLED.has(statement.format)) return "settled";
  const { positions } = statement;
  if (positions.some(({ settlement }) => settlement)) return "settled";
  return positions.some(({ lastPrice }) => lastPrice) ? "live" : "estimate";
}
