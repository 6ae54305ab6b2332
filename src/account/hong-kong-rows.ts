/** Which holdings are Hong Kong's: they are margined together in HK$, beside everything else. */
import type { OtherFuture, OtherOption, Position, Statement } from "../statements";

export type HongKongSubject = OtherOption | OtherFuture;

const HKD = /^(?:HKD|港币|港元|HK\$)$/i;

/** What a holding of Hong Kong's derivatives market names; undefined for any other holding, shares too. */
export function hongKongSubject({ subject, currency }: Position): HongKongSubject | undefined {
  if (subject?.kind !== "otherOption" && subject?.kind !== "otherFuture") return undefined;
  const { market } = subject;
  const here = market === "HK" || (market === undefined && HKD.test(currency?.trim() ?? ""));
  return here ? subject : undefined;
}

export const isHongKong = (position: Position): boolean => hongKongSubject(position) !== undefined;

const without = new WeakMap<Statement, Statement>();

/** The statement as the mainland's rules see it: without Hong Kong's holdings, which have an answer of their own. */
export function withoutHongKong(statement: Statement): Statement {
  if (!statement.positions.some(isHongKong)) return statement;
  const known = without.get(statement);
  if (known) return known;
  const rest: Statement = {
    ...statement,
    positions: statement.positions.filter((position) => !isHongKong(position)),
    lots: statement.lots.filter((position) => !isHongKong(position)),
  };
  without.set(statement, rest);
  return rest;
}

/** The products whose parameters a statement's holdings need: "HSI", "MHI", "TCH". */
export const hongKongProducts = ({ positions }: Statement): readonly string[] => [
  ...new Set(positions.flatMap((position) => hongKongSubject(position)?.underlying ?? [])),
];
