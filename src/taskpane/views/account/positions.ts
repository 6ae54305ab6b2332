/** The positions, largest first; a row opens in place and shows its working. */
import type { Book, Line } from "../../../account";
import { amount, type Amount } from "../../../core";
import { exchanges } from "../../../exchanges";
import { shortName } from "../../families";
import { codeText, moneyText, plainText, shareText, UNKNOWN } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { langOf, type Language } from "../../language";
import { ACCOUNT_TEXTS, type AccountTexts } from "../../texts-account";
import { chevron, warning } from "../icons";
import { onRowKey } from "../row-keys";
import { statusIcon } from "../status";
import type { AccountProps, AccountUi } from "./room";
import { holdsAnything } from "./status-card";
import { workingOfLine } from "./working";

/** What a line takes: as printed, else by the broker's terms, else by the exchange's. */
export const taken = ({ printed, broker, exchangeFigure }: Line): Amount | undefined =>
  printed ?? broker.margin ?? exchangeFigure.margin;

const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What isn't known stands first where the largest does: it may be the largest. */
function byMargin(a: Line, b: Line): number {
  const [x, y] = [taken(a), taken(b)];
  if (!x || !y) return Number(x !== undefined) - Number(y !== undefined);
  return y.comparedTo(x);
}

const byContract = (a: Line, b: Line): number =>
  textOrder(a.position.contract, b.position.contract);

const byProduct = (a: Line, b: Line): number =>
  textOrder(a.exchange?.code ?? "~", b.exchange?.code ?? "~") ||
  textOrder(a.product?.code ?? "~", b.product?.code ?? "~") ||
  byMargin(a, b);

const ORDER = { margin: byMargin, contract: byContract, exchange: byProduct, ratio: byMargin };

/** The first of all lines in an order, and how long the longest bar is. */
interface Shown {
  readonly first: readonly Line[];
  readonly longest: Amount;
}

/** As sorting and taking the first would give, without sorting what isn't shown. */
function firstOf(lines: readonly Line[], by: (a: Line, b: Line) => number): readonly Line[] {
  const first: Line[] = [];
  for (const line of lines) {
    const last = first[MOST_ROWS - 1];
    if (last && by(line, last) >= 0) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (by(first[middle] as Line, line) <= 0) low = middle + 1;
      else high = middle;
    }
    first.splice(low, 0, line);
    if (first.length > MOST_ROWS) first.pop();
  }
  return first;
}

export const sorted = (lines: readonly Line[], by: AccountUi["sort"]): readonly Line[] =>
  firstOf(lines, ORDER[by]);

const known = new WeakMap<readonly Line[], Map<AccountUi["sort"], Shown>>();

/** Looked for once for a book and an order, however often they are shown. */
function shownOf({ lines }: Book, by: AccountUi["sort"]): Shown {
  const orders = known.get(lines) ?? new Map<AccountUi["sort"], Shown>();
  known.set(lines, orders);
  const shown = orders.get(by) ?? { first: sorted(lines, by), longest: longest(lines) };
  orders.set(by, shown);
  return shown;
}

/** The name traders use for an exchange; in English its code says it. */
function exchangeName({ exchange }: Line, language: Language): string | undefined {
  if (!exchange) return undefined;
  if (language === "en") return exchange.code;
  const rules = exchanges.find((one) => one.exchange === exchange.code);
  return rules ? shortName(rules).zh : exchange.name.zh;
}

/** The longest bar is the largest line's. */
function longest(lines: readonly Line[]): Amount {
  let most = amount("0");
  for (const { share } of lines) if (share?.greaterThan(most)) most = share;
  return most;
}

const barOf = ({ share }: Line, most: Amount): string =>
  `--share: ${share && most.greaterThan(0) ? share.dividedBy(most).times(100).toFixed(2) : "0"}%`;

function row(
  line: Line,
  index: number,
  most: Amount,
  props: AccountProps,
  texts: AccountTexts,
): Described {
  const { ui, acts, language } = props;
  const { position, product } = line;
  const open = ui.openLines.has(line.id);
  const figure = taken(line);
  const productName = product?.name[language] ?? position.name;
  const exchange = exchangeName(line, language);
  const doubtful = line.warnings.length > 0;
  const missing = figure === undefined || (!line.printed && line.broker.gap !== undefined);
  const id = `working-${index}`;
  return h(
    "li",
    { key: line.id, class: "position-item" },
    h(
      "button",
      {
        type: "button",
        class: "position",
        style: barOf(line, most),
        "aria-expanded": String(open),
        "aria-controls": id,
        onclick: (event: MouseEvent) => acts.openLine(line.id, event.ctrlKey || event.metaKey),
        onkeydown: (event: KeyboardEvent) =>
          onRowKey(event, {
            className: "position",
            open,
            close: () => acts.openLine(line.id, true),
          }),
      },
      h(
        "span",
        { class: "position-name" },
        h("span", { class: "code", translate: "no" }, codeText(position.contract)),
        " ",
        h(
          "span",
          { class: "lots" },
          `${texts.side[position.side]} ${plainText(position.quantity)}`,
          line.combined && ` ${texts.combined}`,
        ),
      ),
      h(
        "span",
        { class: "position-figure" },
        doubtful && warning(),
        missing && statusIcon("undetermined"),
        moneyText(figure),
      ),
      chevron(),
      h(
        "span",
        { class: "position-about" },
        productName !== undefined && h("span", { lang: langOf(productName) }, productName),
        productName !== undefined && exchange !== undefined && h("span", { class: "dot" }),
        exchange !== undefined && h("span", {}, exchange),
      ),
      h("span", { class: "position-share" }, line.share ? shareText(line.share) : UNKNOWN),
    ),
    h(
      "div",
      { id, class: "position-working", hidden: !open, role: "group", "aria-label": line.id },
      ...(open ? workingOfLine(line, props) : []),
    ),
  );
}

/** More rows than anyone reads in a pane; the sheet shows them all. */
const MOST_ROWS = 200;

const SORTS = ["margin", "contract", "exchange"] as const;

function sortSelect({ ui, acts }: AccountProps, texts: AccountTexts): Described {
  return h(
    "label",
    { class: "sort" },
    h("span", {}, texts.sort),
    h(
      "select",
      {
        id: "sort",
        value: ui.sort,
        onchange: (event: Event) => {
          const by = SORTS.find((one) => one === (event.target as HTMLSelectElement).value);
          if (by) acts.sort(by);
        },
      },
      ...SORTS.map((by) =>
        h("option", { key: by, value: by, selected: ui.sort === by }, texts.sortBy[by]),
      ),
    ),
  );
}

export function positionsCard(props: AccountProps): Described {
  const { ui, language } = props;
  const book: Book = props.book;
  const texts = ACCOUNT_TEXTS[language];
  const { first: shown, longest: most } = shownOf(book, ui.sort);
  const more = book.lines.length - shown.length;
  if (!holdsAnything(book)) {
    return h(
      "section",
      { key: "positions", class: "card block", "aria-labelledby": "positions-heading" },
      h("h2", { id: "positions-heading", class: "block-title" }, texts.positions),
      h("p", { key: "none" }, texts.noPositions),
      h("p", { key: "next", class: "note" }, texts.noPositionsNext),
    );
  }
  const unlisted: Child =
    more > 0 && h("p", { key: "more", class: "note padded" }, texts.morePositions(more));
  return h(
    "section",
    { key: "positions", class: "card positions", "aria-labelledby": "positions-heading" },
    h(
      "div",
      { class: "positions-head" },
      h(
        "h2",
        { id: "positions-heading" },
        texts.positions,
        h("small", {}, ` ${String(book.lines.length)}`),
      ),
      sortSelect(props, texts),
    ),
    h("ul", { key: "rows" }, ...shown.map((line, index) => row(line, index, most, props, texts))),
    unlisted,
  );
}
