/** Accounts to show: the CTP case with another equity, with a price or a rate missing, with or without terms. */
import { bookOf, DEFAULT_PROFILE, type Book, type Profile } from "../../src/account";
import { amount } from "../../src/core";
import { readStatement, type AccountFigure, type Statement } from "../../src/statements";
import type { Child, Described } from "../../src/taskpane/element";
import { caseNamed } from "../statements/files";

const PRICES: Readonly<Record<string, string>> = {
  m2701: "2985",
  SR701: "5750",
  cu2701: "86500",
  sc2702: "498.6",
  si2701: "9350",
  IO: "4650",
};

const RATES: Readonly<Record<string, string>> = {
  m2701: "0.07",
  SR701: "0.07",
  cu2701: "0.09",
  sc2702: "0.1",
  si2701: "0.09",
};

export const PROFILE: Profile = {
  ...DEFAULT_PROFILE,
  products: Object.fromEntries(
    Object.entries(RATES).map(([code, exchange]) => [code, { exchange }]),
  ),
};

export interface Changes {
  /** Undefined takes the figure out of the statement. */
  readonly figures?: Partial<Record<AccountFigure, string | undefined>>;
  /** Underlyings whose price nobody gives. */
  readonly without?: readonly string[];
  readonly profile?: Profile;
}

async function statementWith(figures: Changes["figures"]): Promise<Statement> {
  const { bytes, file } = caseNamed("ctp-standard");
  const statement = await readStatement(bytes, file);
  const [account] = statement.accounts;
  if (!account) throw new Error("the case has no account");
  const changed = { ...account.figures };
  for (const [name, text] of Object.entries(figures ?? {}) as [AccountFigure, string?][]) {
    if (text === undefined) delete changed[name];
    else changed[name] = amount(text);
  }
  // Of another equity the statement would print another risk degree, and other funds.
  if (figures && "equity" in figures) {
    if (!("riskDegree" in figures)) delete changed.riskDegree;
    if (!("available" in figures)) delete changed.available;
  }
  const own = { ...account, figures: changed };
  return { ...statement, account: own, accounts: [own] };
}

/** The CTP case, whose printed margin is 471,396.00, under the given changes. */
export async function bookWith({ figures, without = [], profile }: Changes = {}): Promise<Book> {
  const prices = Object.entries(PRICES).filter(([code]) => !without.includes(code));
  return bookOf({
    statement: await statementWith(figures),
    prices: Object.fromEntries(prices.map(([code, price]) => [code, amount(price)])),
    profile: profile ?? PROFILE,
    today: "2026-11-20",
  });
}

/** All a view says, in reading order. */
export function said(children: readonly Child[]): string {
  return children
    .map((child) =>
      child === false || child === undefined
        ? ""
        : typeof child === "string"
          ? child
          : said(child.children),
    )
    .join("");
}

/** Every element a view describes. */
export function* elements(children: readonly Child[]): Generator<Described> {
  for (const child of children) {
    if (typeof child !== "object") continue;
    yield child;
    yield* elements(child.children);
  }
}
