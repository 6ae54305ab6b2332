/** What no statement says, asked for in one small table: prices of underlyings, exchange rates, equity. */
import type { Underlying } from "../../../account";
import { readNumber } from "../../../core";
import { codeText, plainText, rateText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { readShare, SPANS } from "../../profile-fields";
import { ACCOUNT_TEXTS, type AccountTexts } from "../../texts-account";
import { crosshair } from "../icons";
import { statusIcon } from "../status";
import { BLANK, input, wrongLine } from "./entry";
import { noticeView } from "./notice";
import { pasteField } from "./paste";
import type { AccountActs, AccountProps, AccountUi } from "./room";
import { asksTerms, officialField, openTerms, termsLacked, termsTable, termsTyped } from "./terms";

/** What asking takes of a room. */
export interface Asking {
  readonly book: AccountProps["book"];
  readonly ui: Pick<
    AccountUi,
    "typedPrices" | "typedRates" | "typedEquity" | "typedTerms" | "notice" | "connected"
  >;
  readonly acts: Pick<
    AccountActs,
    | "typePrice"
    | "typeRate"
    | "typeEquity"
    | "typeTerm"
    | "pricesFromSelection"
    | "pastePrices"
    | "pasteTerms"
    | "openSettings"
  >;
  readonly language: AccountProps["language"];
  /** What the gaps mean in a room that needs no equity. */
  readonly why?: string | undefined;
}

type AskingUi = Asking["ui"];

const typedOf = (typed: Readonly<Record<string, string>>, code: string): string =>
  typed[code] ?? "";

const lacksPrice = ({ needsPrice, price }: Underlying): boolean => needsPrice && !price;
const lacksRate = ({ needsRate, exchangeRate }: Underlying): boolean => needsRate && !exchangeRate;

/** A field stays while its figure is the user's own: it would vanish under the hands that type. */
const asksPrice = (one: Underlying, ui: AskingUi): boolean =>
  lacksPrice(one) || one.priceFrom === "user" || typedOf(ui.typedPrices, one.code) !== "";
const asksRate = (one: Underlying, ui: AskingUi): boolean =>
  lacksRate(one) || typedOf(ui.typedRates, one.code) !== "";

/** Prices, rates or terms. */
const asksOfRows = ({ book, ui }: Asking): boolean =>
  asksTerms(book) || book.underlyings.some((one) => asksPrice(one, ui) || asksRate(one, ui));

/** No equity is known, and the room needs one. */
const lacksEquity = ({ book, why }: Asking): boolean =>
  why === undefined && book.standings.equity === undefined;

const equityTyped = ({ book, why }: Asking): boolean =>
  why === undefined && book.standings.equityFrom === "user";

export const asksSomething = (props: Asking): boolean =>
  lacksEquity(props) || equityTyped(props) || asksOfRows(props);

/** Why what was typed isn't taken; undefined while there is nothing to say. */
export function priceProblem(text: string, texts: AccountTexts): string | undefined {
  if (text.trim() === "") return undefined;
  const read = readNumber(text);
  const good = read?.greaterThan(0) && !text.includes("%");
  return good ? undefined : texts.wrongPrice(text.trim());
}

function rowOf(
  one: Underlying,
  columns: { readonly price: boolean; readonly rate: boolean },
  props: Asking,
  texts: AccountTexts,
): Described[] {
  const { ui, acts, language } = props;
  const priceText = typedOf(ui.typedPrices, one.code);
  const rateTyped = typedOf(ui.typedRates, one.code);
  const priceWrong = priceProblem(priceText, texts);
  const read = rateTyped.trim() === "" ? undefined : readShare(rateTyped, SPANS.rate);
  const rateWrong = read && "refused" in read ? read.refused[language] : undefined;
  const priceId = `price-${one.code}`;
  const rateId = `rate-${one.code}`;
  const row = h(
    "tr",
    { key: one.code, class: lacksPrice(one) || lacksRate(one) ? undefined : "given" },
    h(
      "th",
      { scope: "row" },
      h("span", { class: "code", translate: "no" }, one.code),
      h("span", { class: "of" }, one.name[language]),
    ),
    columns.price &&
      h(
        "td",
        { key: "price" },
        asksPrice(one, ui)
          ? input({
              id: priceId,
              label: texts.priceOf(one.code),
              text: priceText,
              placeholder: BLANK,
              wrong: priceWrong !== undefined,
              type: (text) => acts.typePrice(one.code, text),
            })
          : plainText(one.price),
      ),
    columns.rate &&
      h(
        "td",
        { key: "rate" },
        asksRate(one, ui)
          ? input({
              id: rateId,
              label: texts.rateOf(one.code),
              text: rateTyped,
              placeholder: texts.rateHint,
              wrong: rateWrong !== undefined,
              type: (text) => acts.typeRate(one.code, text),
            })
          : rateText(one.exchangeRate),
      ),
  );
  const width = 1 + Number(columns.price) + Number(columns.rate);
  // What was refused isn't what counts: say what does.
  const priceNow = one.price ? texts.priceInForce(plainText(one.price)) : texts.noPriceInForce;
  const rateNow = one.exchangeRate
    ? texts.rateInForce(rateText(one.exchangeRate))
    : texts.noRateInForce;
  const between = language === "zh" ? "" : " ";
  const wrong = [
    wrongLine(priceId, priceWrong && `${priceWrong}${between}${priceNow}`),
    wrongLine(rateId, rateWrong && `${rateWrong}${between}${rateNow}`),
  ].filter(Boolean);
  return wrong.length === 0
    ? [row]
    : [row, h("tr", { key: `${one.code} wrong` }, h("td", { colspan: width }, ...wrong))];
}

/** Something is still missing. */
const isOpen = (props: Asking): boolean =>
  lacksEquity(props) ||
  openTerms(props.book).length > 0 ||
  props.book.underlyings.some((one) => lacksPrice(one) || lacksRate(one));

function title(props: Asking, texts: AccountTexts): string {
  const { underlyings } = props.book;
  const prices = underlyings.filter(lacksPrice).length;
  const rates = underlyings.filter(lacksRate).length;
  const terms = openTerms(props.book);
  const parts = [
    prices > 0 && texts.missingPrices(prices),
    rates > 0 && texts.missingRates(rates),
    terms.length > 0 && texts.missingTerms(terms.length, termsLacked(terms)),
    lacksEquity(props) && texts.missingEquity,
  ].filter((part): part is string => part !== false);
  return parts.join(texts.and);
}

function explained(props: Asking, texts: AccountTexts): readonly string[] {
  const { book, language, why } = props;
  if (why !== undefined) return isOpen(props) ? [why] : [];
  const separator = language === "zh" ? "、" : ", ";
  const names = (all: readonly Underlying[]): string => all.map(({ code }) => code).join(separator);
  const prices = book.underlyings.filter(lacksPrice);
  const rates = book.underlyings.filter(lacksRate);
  const terms = openTerms(book);
  const sentence =
    book.standings.broker.basis === "printed" ? texts.priceSentence : texts.priceSentenceComputed;
  const said = [
    prices.length > 0 && sentence(names(prices)),
    rates.length > 0 && texts.rateSentence(names(rates)),
    terms.length > 0 &&
      texts.termsSentence(
        terms.map(({ contract }) => codeText(contract)).join(separator),
        termsLacked(terms),
      ),
    lacksEquity(props) && texts.equitySentence,
  ].filter((one): one is string => one !== false);
  return said;
}

function equityField(props: Asking, texts: AccountTexts): Child {
  const { book, ui, acts } = props;
  if (!lacksEquity(props) && !equityTyped(props)) return undefined;
  const text = ui.typedEquity;
  const wrong =
    text.trim() !== "" && (!readNumber(text) || text.includes("%"))
      ? texts.wrongEquity(text.trim())
      : undefined;
  return h(
    "div",
    {
      key: "equity",
      class: book.standings.equity ? "asked-equity given" : "asked-equity",
    },
    h("label", { for: "typed-equity" }, texts.equity),
    input({
      id: "typed-equity",
      label: texts.equity,
      text,
      placeholder: BLANK,
      wrong: wrong !== undefined,
      type: (typed) => acts.typeEquity(typed),
    }),
    wrongLine("typed-equity", wrong),
  );
}

export function missingCard(props: Asking): Child {
  if (!asksSomething(props)) return undefined;
  const { book, ui, acts, language } = props;
  const texts = ACCOUNT_TEXTS[language];
  const rows = book.underlyings.filter((one) => asksPrice(one, ui) || asksRate(one, ui));
  const columns = {
    price: rows.some((one) => asksPrice(one, ui)),
    rate: rows.some((one) => asksRate(one, ui)),
  };
  const given = (one: Underlying): boolean => !lacksPrice(one) && !lacksRate(one);
  const folded = rows.every(given) ? " given" : "";
  const still = isOpen(props);
  const filled = rows.filter(given).length + termsTyped(book) + Number(equityTyped(props));
  return h(
    "section",
    {
      key: "missing",
      class: still ? "card need" : "card need met",
      "aria-label": still ? title(props, texts) : texts.given(filled),
    },
    still && h("h2", { key: "title" }, statusIcon("undetermined"), title(props, texts)),
    ...explained(props, texts).map((text, index) => h("p", { key: `why ${index}` }, text)),
    // Before what it unfolds: the style sheet hides what is filled in until this is open.
    filled > 0 &&
      h(
        "details",
        { key: "filled", class: "filled" },
        h("summary", { class: "link" }, texts.given(filled)),
      ),
    equityField(props, texts),
    termsTable(props, texts),
    officialField(props, texts),
    ui.notice?.at === "terms" && noticeView(ui.notice),
    rows.length > 0 &&
      h(
        "table",
        { key: "table", class: `asked${folded}` },
        h("caption", { class: "unseen" }, texts.askedCaption),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, texts.underlying),
            columns.price && h("th", { key: "price", scope: "col" }, texts.price),
            columns.rate && h("th", { key: "rate", scope: "col" }, texts.rate),
          ),
        ),
        h("tbody", {}, ...rows.flatMap((one) => rowOf(one, columns, props, texts))),
      ),
    columns.price &&
      h(
        "div",
        { key: "ways", class: `ways${folded}` },
        h(
          "button",
          {
            type: "button",
            class: "link with-icon",
            id: "prices-from-selection",
            disabled: !ui.connected,
            onclick: () => acts.pricesFromSelection(),
          },
          crosshair(),
          texts.fromSelection,
        ),
        pasteField({
          ...{ name: "prices", example: "m2701\t2985", take: texts.pasteTake },
          ...{ summary: texts.pasteColumn, hint: texts.pasteHint, done: acts.pastePrices },
        }),
      ),
    ui.notice?.at === "prices" && noticeView(ui.notice),
    columns.rate &&
      h(
        "button",
        {
          key: "settings",
          type: "button",
          class: "link",
          id: "rates-in-settings",
          onclick: () => acts.openSettings(),
        },
        texts.openSettings,
      ),
  );
}
