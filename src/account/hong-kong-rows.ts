/** Which holdings are Hong Kong's: they are margined together in HK$, beside everything else. */
import {
  changed,
  plainBook,
  type OtherFuture,
  type OtherOption,
  type Position,
  type Statement,
} from "../statements";

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

/** Whether a statement has any; what stands in columns is the mainland's. */
export const holdsHongKong = (statement: Statement): boolean =>
  !plainBook(statement) && statement.positions.some(isHongKong);

const without = new WeakMap<Statement, Statement>();

/** The statement as the mainland's rules see it: without Hong Kong's holdings, which have an answer of their own. */
export function withoutHongKong(statement: Statement): Statement {
  if (!holdsHongKong(statement)) return statement;
  const known = without.get(statement);
  if (known) return known;
  const rest = changed(statement, {
    positions: statement.positions.filter((position) => !isHongKong(position)),
    lots: statement.lots.filter((position) => !isHongKong(position)),
  });
  without.set(statement, rest);
  return rest;
}

/** The products whose parameters a statement's holdings need: "HSI", "MHI", "TCH". */
export const hongKongProducts = (statement: Statement): readonly string[] => {
  if (!holdsHongKong(statement)) return [];
  const named = statement.positions.flatMap((one) => hongKongSubject(one)?.underlying ?? []);
  return [...new Set(named)];
};
