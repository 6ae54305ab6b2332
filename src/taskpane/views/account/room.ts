/** The Account room: where do I stand, what has to be done by when, and why. */
import type { Book, Plan, Since } from "../../../account";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import type { Notice } from "../../state";
import { ACCOUNT_TEXTS } from "../../texts-account";
import { warning } from "../icons";
import { bookRatio, withCurrency } from "./levels";
import { missingCard } from "./missing";
import { positionsCard } from "./positions";
import { sinceCard } from "./since";
import { cashCard, partsCard, standardsCard } from "./standards";
import { atLeast, deadlineText, holdsAnything, sentences, statusCard } from "./status-card";
import type { TypedTerms } from "./terms";

export interface AccountUi {
  /** Ids of lines whose working is open. */
  readonly openLines: ReadonlySet<string>;
  readonly sort: "margin" | "contract" | "exchange" | "ratio";
  readonly sinceOpen: boolean;
  readonly partsBy: "exchange" | "product";
  readonly partsOpen: boolean;
  /** Raw text by underlying, as typed. */
  readonly typedPrices: Readonly<Record<string, string>>;
  readonly typedRates: Readonly<Record<string, string>>;
  readonly typedEquity: string;
  /** Strike and unit by contract, as typed. */
  readonly typedTerms: Readonly<Record<string, TypedTerms>>;
  readonly notice: Notice | undefined;
  readonly canUndo: boolean;
  /** Excel is reached: writing works. */
  readonly connected: boolean;
  /** A sheet is being written; one at a time. */
  readonly writing?: boolean | undefined;
  /** Headline amounts of a million and more stand in 万. */
  readonly wan?: boolean | undefined;
  /** Set in a build whose functions stand in a namespace. */
  readonly namespace?: string | undefined;
}

export interface AccountActs {
  openLine(id: string, alsoOthers: boolean): void;
  sort(by: AccountUi["sort"]): void;
  toggleSince(): void;
  toggleParts(): void;
  partsBy(by: AccountUi["partsBy"]): void;
  typePrice(underlying: string, text: string): void;
  typeRate(underlying: string, text: string): void;
  typeEquity(text: string): void;
  typeTerm(contract: string, term: "strike" | "unit", text: string): void;
  /** The exchange's table of an adjustment, as copied. */
  pasteTerms(text: string): void;
  pricesFromSelection(): void;
  /** Lines "m2701<tab>2985". */
  pastePrices(text: string): void;
  writeSheet(): void;
  /** Rewrites the sheet there is, of which so many cells change. */
  updateSheet(cells: number): void;
  writeAnother(): void;
  undo(): void;
  /** To What if · Actions. */
  reduceRisk(): void;
  showProblems(): void;
  openSettings(): void;
  /** The cell formula of an opened working, into the active cell. */
  insertFormula(line: string): void;
}

export interface AccountProps {
  readonly book: Book;
  readonly since: Since | undefined;
  /** Fewest lots back below the call line. */
  readonly closeFirst: Plan | undefined;
  /** Rows not read. */
  readonly problems: number;
  /** Wears a badge that says so. */
  readonly sample: boolean;
  readonly recalculating: boolean;
  /** What stands for the holdings in Hong Kong; undefined where there are none. */
  readonly hongKong?: readonly Child[] | undefined;
  readonly ui: AccountUi;
  readonly acts: AccountActs;
  readonly language: Language;
}

function problemsLink({ problems, acts, language }: AccountProps): Child {
  if (problems === 0) return undefined;
  const texts = ACCOUNT_TEXTS[language];
  return h(
    "p",
    { key: "problems", class: "card problems-line" },
    warning(),
    h("span", {}, texts.showProblems(problems)),
    h(
      "button",
      { type: "button", class: "link", id: "show-problems", onclick: () => acts.showProblems() },
      texts.look,
    ),
  );
}

export function accountRoom(props: AccountProps): Child[] {
  const { book, language, hongKong } = props;
  if (hongKong && !holdsAnything(book)) return [...hongKong, problemsLink(props)];
  return [
    statusCard(props),
    ...(hongKong ?? []),
    missingCard(props),
    problemsLink(props),
    standardsCard(props),
    cashCard(book, language),
    sinceCard(props),
    partsCard(props),
    positionsCard(props) as Described,
  ];
}

/**
 * What the live region says of an account.
 * @param of the rows just imported, or the name of the account that came to the front; neither where its status changed
 */
export function spokenAccount(
  book: Book,
  of: number | string | undefined,
  language: Language,
): string {
  const texts = ACCOUNT_TEXTS[language];
  const { status, byExchange, broker, exchange, toAdd } = book.standings;
  const { ratio } = byExchange ? exchange : broker;
  const now = ratio ? bookRatio(book, ratio) : "";
  const word = texts.standing[status];
  const head =
    typeof of === "number" ? texts.spoken(of, word, now) : texts.spokenNow(of ?? "", word, now);
  const due = deadlineText(book, language);
  const add =
    toAdd && toAdd.greaterThan(0)
      ? due !== undefined
        ? texts.spokenAdd(withCurrency(book, toAdd), due)
        : texts.spokenAddOnly(withCurrency(book, toAdd))
      : "";
  // What is grave or open is said whole; a margin call says it in its amount and day.
  const grave = status === "undetermined" || atLeast(status, "liquidation");
  const more = grave ? sentences(book, language).join(language === "en" ? " " : "") : "";
  return `${head}${add}${texts.stop}${more === "" ? "" : language === "en" ? ` ${more}` : more}`;
}
