/** If assigned tonight: cash and shares needed and by when, where the account stands then, what is left out. */
import type { AssignedTonight, Book, ExpiryBasis, Needs, SharesNeeded } from "../../../account";
import type { Amount, Day } from "../../../core";
import { changeText, codeText, moneyText, plainText, UNKNOWN, weekdayText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { EXPIRY_TEXTS, type ExpiryTexts } from "../../texts-expiry";
import { withCurrency } from "../account/levels";
import { stripView } from "../strip";
import type { ExpiryProps } from "./expiry";
import { pricesView } from "./expiry-prices";
import { kept, meaning } from "./expiry-words";
import { MOST_SHOWN } from "./left-out";

const BASES = ["settlement", "last"] as const satisfies readonly ExpiryBasis[];

function basisSelect({ ui, acts }: ExpiryProps, texts: ExpiryTexts): Described {
  return h(
    "select",
    {
      key: "basis",
      id: "expiry-basis",
      "aria-label": texts.basis,
      value: ui.basis,
      onchange: (event: Event) => {
        const basis = BASES.find((one) => one === (event.target as HTMLSelectElement).value);
        if (basis) acts.basis(basis);
      },
    },
    ...BASES.map((basis) =>
      h("option", { key: basis, value: basis, selected: ui.basis === basis }, texts.basisOf[basis]),
    ),
  );
}

const assumption = (
  id: string,
  label: string,
  checked: boolean,
  change: (on: boolean) => void,
  hint?: string,
): Described =>
  h(
    "div",
    { key: id, class: "assumption" },
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        id,
        checked,
        "aria-describedby": hint && `${id}-hint`,
        onchange: (event: Event) => change((event.target as HTMLInputElement).checked),
      }),
      h("span", {}, label),
    ),
    hint !== undefined && h("p", { key: "hint", id: `${id}-hint`, class: "note" }, hint),
  );

function assumptions({ book, tonight, ui, acts }: ExpiryProps, texts: ExpiryTexts): Child[] {
  const holds = book.lines.some(({ kind }) => kind === "future");
  const receives = tonight?.assigned.some(({ assigned }) => assigned.future) ?? false;
  return [
    assumption("assume-all", texts.all, ui.all, acts.all, ui.all ? texts.allHint : undefined),
    holds && receives && assumption("set-off", texts.netting, ui.netting, acts.netting),
  ];
}

const run = (key: string, className: string, ...said: Child[]): Described =>
  h("p", { key, class: `run ${className}` }, ...said);

/** In one line, where nothing is needed or nothing is known. */
const needsLine = (cash: string, shares: string, short: string, texts: ExpiryTexts): Described =>
  run(
    "needs",
    "needs",
    kept(`${texts.need} ${texts.cash} `, h("b", {}, cash)),
    kept(`${texts.shares} `, h("b", {}, shares)),
    kept(`${texts.short} `, h("b", {}, short)),
  );

const dayWord = (day: Day, { book, language }: ExpiryProps): string =>
  weekdayText(day, book.day ?? book.inputs.today, language);

const missing = (value: Amount | undefined, text: string): Described =>
  h("td", { class: value?.greaterThan(0) ? "strong" : undefined }, text);

function cashRows(needs: Needs, props: ExpiryProps, texts: ExpiryTexts): Child[] {
  const { cash, cashShort, cashBy, available, freed } = needs;
  const [only, ...others] = cashBy;
  const due = ({ by, cash: money }: Needs["cashBy"][number]): string => {
    if (by === undefined) return texts.onUnknown(moneyText(money));
    return texts.onDay(dayWord(by, props), moneyText(money));
  };
  const single = only && (only.by ? texts.by(dayWord(only.by, props)) : texts.byUnknown);
  const dates = others.length > 0 ? cashBy.map(due) : single === undefined ? [] : [single];
  const said = [
    ...dates,
    ...(available ? [texts.available(moneyText(available))] : []),
    ...(freed.value?.isZero() ? [] : [texts.freed(moneyText(freed.value))]),
  ];
  return [
    h(
      "tr",
      { key: "cash" },
      h("th", { scope: "row" }, texts.cash),
      h("td", {}, withCurrency(props.book, cash)),
      missing(cashShort.value, moneyText(cashShort.value)),
    ),
    about("cash about", said),
  ];
}

const about = (key: string, said: readonly string[]): Child =>
  said.length > 0 &&
  h(
    "tr",
    { key, class: "about" },
    h("td", { colspan: 3 }, h("span", { class: "run" }, ...said.map((one) => kept(one)))),
  );

function sharesRows(
  { code, needed, held, locked, short, by }: SharesNeeded,
  props: ExpiryProps,
  texts: ExpiryTexts,
): Child[] {
  const said = [
    by === undefined ? texts.byUnknown : texts.by(dayWord(by, props)),
    texts.held(plainText(held)),
    ...(locked.isZero() ? [] : [texts.locked(plainText(locked))]),
  ];
  return [
    h(
      "tr",
      { key: code },
      h(
        "th",
        { scope: "row" },
        h("span", { class: "code", translate: "no" }, codeText(code)),
        " ",
        kept(texts.sharesOf),
      ),
      h("td", {}, plainText(needed)),
      missing(short, plainText(short)),
    ),
    about(`${code} about`, said),
  ];
}

function needsTable(needs: Needs, props: ExpiryProps, texts: ExpiryTexts): Child[] {
  const { shares, cashShort, incomplete } = needs;
  const { language } = props;
  return [
    h(
      "table",
      { key: "needs", class: "figures needs-table" },
      h("caption", { class: "unseen" }, texts.needed),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("td", {}),
          h("th", { scope: "col" }, texts.need),
          h("th", { scope: "col" }, texts.short),
        ),
      ),
      h(
        "tbody",
        {},
        ...cashRows(needs, props, texts),
        shares.length === 0 &&
          h(
            "tr",
            { key: "no shares" },
            h("th", { scope: "row" }, texts.shares),
            h("td", {}, "0"),
            h("td", {}, "0"),
          ),
        ...shares.flatMap((one) => sharesRows(one, props, texts)),
      ),
    ),
    cashShort.unknown && h("p", { key: "no money", class: "gap" }, cashShort.unknown[language]),
    incomplete && h("p", { key: "incomplete", class: "gap" }, texts.incomplete),
  ];
}

function needsView(tonight: AssignedTonight, props: ExpiryProps, texts: ExpiryTexts): Child[] {
  const { assigned, left, open, needs } = tonight;
  const { language, ui } = props;
  if (needs.unknown) {
    return [
      needsLine(UNKNOWN, UNKNOWN, UNKNOWN, texts),
      h("p", { key: "open", class: "gap" }, needs.unknown[language]),
      more(
        "open rows",
        texts.moreOpen(open.length - 1),
        open.slice(1),
        ({ why }) => [why[language]],
        texts,
      ),
    ];
  }
  if (assigned.length > 0) return needsTable(needs.value, props, texts);
  const why = left.length === 0 ? texts.noShorts : ui.all ? undefined : texts.inMoney;
  return [
    needsLine(withCurrency(props.book, needs.value.cash), "0", "0", texts),
    why !== undefined && h("p", { key: "why", class: "note" }, why),
    needs.value.incomplete && h("p", { key: "incomplete", class: "gap" }, texts.incomplete),
  ];
}

/** A list that unfolds, the first of it. */
function more<T>(
  key: string,
  title: string,
  all: readonly T[],
  itemOf: (one: T) => readonly Child[],
  texts: ExpiryTexts,
): Child {
  if (all.length === 0) return undefined;
  return h(
    "details",
    { key, class: "left-out" },
    h("summary", { class: "link" }, title),
    h(
      "ul",
      {},
      ...all
        .slice(0, MOST_SHOWN)
        .map((one, index) => h("li", { key: String(index) }, ...itemOf(one))),
      all.length > MOST_SHOWN && h("li", { key: "more" }, texts.moreRows(all.length - MOST_SHOWN)),
    ),
  );
}

/** What of margin and money changes, each part that there is. */
function changeView({ change }: AssignedTonight, texts: ExpiryTexts): Child {
  const { value } = change;
  if (!value) return undefined;
  const { released, nettedOptions, netted, futuresMargin, cash, bought, booked } = value;
  const parts = [
    [released, texts.released(moneyText(released))],
    [nettedOptions, texts.nettedOptions(moneyText(nettedOptions))],
    [netted, texts.nettedMargin(moneyText(netted))],
    [futuresMargin, texts.futuresMargin(moneyText(futuresMargin))],
    [cash, texts.moves(changeText(cash))],
    [bought, texts.bought(moneyText(bought))],
    [booked, texts.booked(moneyText(booked))],
  ] as const;
  const some = parts.flatMap(([amount, text]) => (amount.isZero() ? [] : [kept(text)]));
  return some.length > 0 && run("parts", "change-parts", ...some);
}

const earlier = ({ inputs, day }: Book, props: ExpiryProps, texts: ExpiryTexts): Child =>
  day !== undefined &&
  day !== inputs.today &&
  h("p", { key: "night", class: "note" }, texts.earlierNight(dayWord(day, props)));

function countedItem(
  { option, lots, assigned }: AssignedTonight["assigned"][number],
  texts: ExpiryTexts,
): readonly Child[] {
  return [
    h("span", { class: "code", translate: "no" }, codeText(option.line.position.contract)),
    ` × ${plainText(lots)} → ${meaning(assigned, option, texts)}`,
  ];
}

function outcome(tonight: AssignedTonight, props: ExpiryProps, texts: ExpiryTexts): Child[] {
  const { book, language } = props;
  const { assigned, left, open, strip, notes } = tonight;
  // What is open has been told above, and once is enough.
  const shown = open.length > 0 ? { ...strip, refused: undefined } : strip;
  return [
    ...needsView(tonight, props, texts),
    pricesView(props),
    ...stripView(shown, book, language),
    changeView(tonight, texts),
    ...notes.map((note, index) => h("p", { key: `note ${index}`, class: "note" }, note[language])),
    more(
      "counted",
      texts.counted(assigned.length),
      assigned,
      (one) => countedItem(one, texts),
      texts,
    ),
    more("left out", texts.leftOut(left.length), left, ({ why }) => [why[language]], texts),
  ];
}

export function tonightCard(props: ExpiryProps): Described {
  const { book, tonight, language } = props;
  const texts = EXPIRY_TEXTS[language];
  return h(
    "section",
    { key: "tonight", class: "card block", "aria-labelledby": "tonight-heading" },
    h(
      "div",
      { key: "head", class: "tonight-head" },
      h("h2", { id: "tonight-heading" }, texts.tonight),
      basisSelect(props, texts),
    ),
    earlier(book, props, texts),
    ...assumptions(props, texts),
    props.busy && h("p", { key: "working", class: "note" }, texts.working),
    ...(tonight ? outcome(tonight, props, texts) : []),
  );
}
