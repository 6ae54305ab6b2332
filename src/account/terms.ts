/** Strike and unit of a contract where neither its code nor the statement tells them, as the user gives them. */
import {
  amount,
  digits,
  officialRows,
  officialTermsOf,
  type Amount,
  type Bilingual,
  type OfficialTerms,
} from "../core";
import type { Position } from "../statements";
import type { Book, Line } from "./book";
import { optionOf } from "./figure";
import { own } from "./price";
import { readingOf } from "./reading";

/** From the exchange's notice of an adjusted contract. */
export interface GivenTerms {
  readonly strike?: Amount | undefined;
  readonly unit?: Amount | undefined;
}

export type TermsByContract = Readonly<Record<string, GivenTerms>>;

type Term = keyof GivenTerms;

const TERMS = ["strike", "unit"] as const satisfies readonly Term[];

const NAMES: Readonly<Record<Term, Bilingual>> = {
  strike: { zh: "行权价", en: "strike" },
  unit: { zh: "合约单位", en: "contract unit" },
};

/** What code and statement tell together: the reader has put the code's terms beside the printed ones. */
const told = ({ strike, multiplier }: Position): GivenTerms => ({ strike, unit: multiplier });

/** Why what was given isn't taken: the code or the statement says otherwise. */
function contradiction(position: Position, given: GivenTerms): Bilingual | undefined {
  const { contract } = position;
  for (const term of TERMS) {
    const [typed, known] = [given[term], told(position)[term]];
    if (!typed || !known || typed.equals(known)) continue;
    const { zh, en } = NAMES[term];
    return {
      zh: `填的${zh} ${digits(typed)} 与账单的 ${digits(known)} 不同，没有采用。核对 ${contract}，或清空这一格。`,
      en: `The ${en} typed, ${digits(typed)}, differs from the statement's ${digits(known)} and wasn't taken. Check ${contract}, or clear the field.`,
    };
  }
  return undefined;
}

/** A position with the terms given for it, where its own don't tell; what contradicts them is left out whole. */
export function withTerms(position: Position, terms: TermsByContract | undefined): Position {
  const given = terms && own(terms, position.contract);
  if (!given || contradiction(position, given)) return position;
  const { strike = given.strike, multiplier = given.unit } = position;
  return { ...position, strike, multiplier };
}

/** A contract whose margin hangs on terms that the user must give. */
export interface AskedTerms {
  readonly contract: string;
  readonly name: Bilingual | undefined;
  /** Which of the two neither code nor statement tells. */
  readonly asks: Readonly<Record<Term, boolean>>;
  /** Whether one is still open. */
  readonly open: boolean;
  readonly refused: Bilingual | undefined;
}

/** What the exchange's own table, pasted, says of a contract of the book. */
export interface OfficialContract extends OfficialTerms {
  readonly contract: string;
}

/** The adjusted contracts of a book that the exchange's table has. @throws what officialRows and officialTermsOf do */
export function officialOf(
  { lines }: Book,
  table: readonly (readonly unknown[])[],
): readonly OfficialContract[] {
  const rows = officialRows(table);
  const seen = new Set<string>();
  return lines.flatMap(({ position }) => {
    const option = optionOf(position);
    const { contract } = position;
    const rule = option?.adjusted ? option.rules.adjustment : undefined;
    if (!rule || seen.has(contract)) return [];
    seen.add(contract);
    const standard = option?.terms?.unit;
    const found = officialTermsOf(rows, rule, contract, standard ? amount(standard) : undefined);
    return found ? [{ contract, ...found }] : [];
  });
}

/** What must be asked for of one line, whose position as printed is given beside it. */
function asksOf({ kind, position }: Line, printed: Position): AskedTerms["asks"] {
  const { strike, unit } = told(printed);
  const short = kind === "option" && position.side === "short";
  const locked = position.side === "covered" && position.lockedShares !== undefined;
  return {
    strike: short && !strike,
    unit: (short || kind === "future" || (kind === "option" && locked)) && !unit,
  };
}

/** The contracts of a book whose strike or unit is asked for, and those for which one was refused. */
export function askedTerms(book: Book): readonly AskedTerms[] {
  const known = askedOf.get(book) ?? findAsked(book);
  askedOf.set(book, known);
  return known;
}

/** A book is looked through once, however often it is shown. */
const askedOf = new WeakMap<Book, readonly AskedTerms[]>();

function findAsked({ inputs, account, lines }: Book): readonly AskedTerms[] {
  const { positions } = readingOf(inputs.statement, account);
  const asked = new Map<string, AskedTerms>();
  lines.forEach((line, index) => {
    const { contract } = line.position;
    const printed = positions[index];
    if (!printed || asked.has(contract)) return;
    const asks = asksOf(line, printed);
    const given = inputs.terms && own(inputs.terms, contract);
    const refused = given && contradiction(printed, given);
    if (!asks.strike && !asks.unit && !refused) return;
    const open = (asks.strike && !line.strike) || (asks.unit && !line.unit);
    asked.set(contract, { contract, name: line.product?.name, asks, open, refused });
  });
  return [...asked.values()];
}
