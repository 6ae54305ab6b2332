/** Strike and unit of contracts that neither their codes nor the statement tell: adjusted ones above all. */
import { askedTerms, type AskedTerms, type Book, type OfficialContract } from "../../../account";
import { digits, readNumber, type Amount } from "../../../core";
import { h, type Child, type Described } from "../../element";
import { codeText, plainText } from "../../figures";
import type { AccountTexts } from "../../texts-account";
import type { TermsLacked } from "../../texts-missing";
import { BLANK, input, wrongLine } from "./entry";
import { pasteField } from "./paste";
import type { Asking } from "./missing";

/** As typed for one contract, or as the exchange's table has it. */
export interface TypedTerms {
  readonly strike: string;
  readonly unit: string;
  /** The strike by the rule, where the exchange's table has another one. */
  readonly computed?: string | undefined;
}

type Term = "strike" | "unit";

export const NO_TERMS: TypedTerms = { strike: "", unit: "" };

const TERMS = ["strike", "unit"] as const;

const aboveZero = (text: string): Amount | undefined => {
  const read = text.includes("%") ? undefined : readNumber(text);
  return read?.greaterThan(0) ? read : undefined;
};

/** Undefined for a text that is no strike. */
export const readStrike = (text: string): Amount | undefined => aboveZero(text);

/** Undefined for a text that is no unit: a unit is whole. */
export function readUnit(text: string): Amount | undefined {
  const read = aboveZero(text);
  return read?.isInteger() ? read : undefined;
}

const READ = { strike: readStrike, unit: readUnit };

const typedOf = ({ typedTerms }: Asking["ui"], contract: string): TypedTerms =>
  Object.prototype.hasOwnProperty.call(typedTerms, contract)
    ? (typedTerms[contract] ?? NO_TERMS)
    : NO_TERMS;

/** Whether the exchange's strike, which counts, isn't the rule's: that stays to be seen. */
const differs = (typed: TypedTerms): typed is TypedTerms & { readonly computed: string } =>
  typed.computed !== undefined && typed.strike !== "";

export const openTerms = (book: Book): readonly AskedTerms[] =>
  askedTerms(book).filter(({ open }) => open);

export function termsLacked(terms: readonly AskedTerms[]): TermsLacked {
  const strikes = terms.some(({ asks }) => asks.strike);
  const units = terms.some(({ asks }) => asks.unit);
  return strikes && units ? "both" : units ? "unit" : "strike";
}

/** Contracts whose terms are all there by what the user typed. */
export const termsTyped = (book: Book): number =>
  askedTerms(book).filter(({ open }) => !open).length;

export const asksTerms = (book: Book): boolean => askedTerms(book).length > 0;

function rowOf(
  { contract, name, asks, open, refused }: AskedTerms,
  { book, ui, acts, language }: Asking,
  texts: AccountTexts,
): Described[] {
  const typed = typedOf(ui, contract);
  const line = book.lines.find(({ position }) => position.contract === contract);
  const label = { strike: texts.strikeOf, unit: texts.unitOf };
  const objection = { strike: texts.wrongStrike, unit: texts.wrongUnit };
  const idOf = (term: Term): string => `${term}-${contract}`;
  const wrong = (term: Term): string | undefined =>
    typed[term].trim() === "" || READ[term](typed[term])
      ? undefined
      : objection[term](typed[term].trim());
  const row = h(
    "tr",
    { key: contract, class: open || refused || differs(typed) ? undefined : "given" },
    h(
      "th",
      { scope: "row" },
      h("span", { class: "code", translate: "no" }, codeText(contract)),
      name && h("span", { class: "of" }, name[language]),
    ),
    ...TERMS.map((term) =>
      h(
        "td",
        { key: term },
        asks[term] || typed[term] !== ""
          ? input({
              id: idOf(term),
              label: label[term](contract),
              text: typed[term],
              placeholder: BLANK,
              wrong: wrong(term) !== undefined,
              type: (text) => acts.typeTerm(contract, term, text),
            })
          : plainText(line?.[term]),
      ),
    ),
  );
  const said = [
    ...TERMS.map((term) => wrongLine(idOf(term), wrong(term))),
    wrongLine(`terms-${contract}`, refused?.[language]),
    differs(typed) &&
      h(
        "p",
        { key: "official", class: "note" },
        texts.officialDiffers(typed.strike, typed.computed),
      ),
  ].filter(Boolean);
  return said.length === 0
    ? [row]
    : [row, h("tr", { key: `${contract} wrong` }, h("td", { colspan: 3 }, ...said))];
}

/** Where an adjusted contract is asked about, the exchange's own table may be pasted. */
export const officialField = (
  { book, acts }: Pick<Asking, "book" | "acts">,
  texts: AccountTexts,
): Child =>
  askedTerms(book).length > 0 &&
  h(
    "div",
    { key: "official", class: openTerms(book).length > 0 ? "ways" : "ways given" },
    pasteField({
      ...{ name: "terms", summary: texts.officialTable, hint: texts.officialHint },
      ...{ take: texts.pasteTake, example: texts.officialExample, done: acts.pasteTerms },
    }),
  );

/** What the exchange's table gives, as it would be typed: what is asked for, and what contradicts the statement. */
export function typedFrom(book: Book, official: readonly OfficialContract[]) {
  const asked = new Map(askedTerms(book).map((one) => [one.contract, one.asks]));
  return Object.fromEntries(
    official.flatMap(({ contract, strike, unit, computed }) => {
      const line = book.lines.find(({ position }) => position.contract === contract);
      const told = (term: Term, figure: Amount): string =>
        asked.get(contract)?.[term] || !line?.[term]?.equals(figure) ? digits(figure) : "";
      const typed = {
        ...{ strike: told("strike", strike), unit: told("unit", unit) },
        computed: computed && digits(computed),
      };
      return typed.strike || typed.unit ? [[contract, typed] as const] : [];
    }),
  );
}

export function termsTable(props: Asking, texts: AccountTexts): Child {
  const asked = askedTerms(props.book);
  if (asked.length === 0) return undefined;
  const settled = asked.every(
    ({ contract, open, refused }) => !open && !refused && !differs(typedOf(props.ui, contract)),
  );
  const folded = settled ? " given" : "";
  return h(
    "table",
    { key: "terms", class: `asked terms${folded}` },
    h("caption", { class: "unseen" }, texts.termsCaption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, texts.contract),
        h("th", { scope: "col" }, texts.strike),
        h("th", { scope: "col" }, texts.unit),
      ),
    ),
    h("tbody", {}, ...asked.flatMap((one) => rowOf(one, props, texts))),
  );
}
