/** An option's expiry in full: days, exercise, what is freed or asked for, and the rule its day comes from. */
import { nettedNote, type ExpiringLine, type IfAssigned, type Known } from "../../../account";
import { readNumber, type Amount, type Bilingual, type Day } from "../../../core";
import { changeText, moneyText, plainText, UNKNOWN, weekdayText } from "../../figures";
import { h, type Child } from "../../element";
import type { ExpiryTexts } from "../../texts-expiry";
import { BLANK, input, wrongLine } from "../account/entry";
import { citedView } from "../cited";
import { moved } from "../moved";
import type { ExpiryProps } from "./expiry";
import { meaning } from "./expiry-words";

type Row = readonly [key: string, name: string, value: Child];

/** Everything that is left open, and why; each sentence once. */
function gaps(option: ExpiringLine): readonly (Bilingual | undefined)[] {
  const { expiry, moneyness, worthless, assigned, unasked, exercisable } = option;
  const got = assigned?.value;
  const dated = expiry.day !== undefined;
  return [
    expiry.note,
    dated ? expiry.tradingDays.unknown : undefined,
    moneyness.unknown,
    worthless.released.unknown,
    ...(exercisable === "past"
      ? []
      : [
          assigned?.unknown,
          unasked?.unknown,
          got?.pnl.unknown,
          got?.future?.margin.unknown,
          dated ? got?.by.unknown : undefined,
        ]),
  ];
}

const money = (one: Known<Amount>): string => moneyText(one.value);

/** Shares and cash that come in are above zero. */
function assignedRows(
  got: IfAssigned,
  option: ExpiringLine,
  day: (one: Day | undefined) => string,
  texts: ExpiryTexts,
): readonly Row[] {
  const { settles, shares, cash, future, pnl, on, by } = got;
  return [
    ["on", texts.on, day(on)],
    ...(settles === "shares" ? ([["shares", texts.getsShares, signedCount(shares)]] as const) : []),
    ...(future
      ? ([
          ["future", texts.getsFuture, meaning(got, option, texts)],
          ["per lot", texts.marginPerLot, money(future.marginPerLot)],
          ["future margin", texts.futureMargin, money(future.margin)],
        ] as const)
      : []),
    ["cash", texts.getsCash, changeText(cash.value)],
    ["pnl", texts.exercisePnl, moved(pnl.value, changeText(pnl.value))],
    ["by", texts.delivery, day(by.value)],
  ];
}

const signedCount = (shares: Amount): string =>
  `${shares.greaterThan(0) ? "+" : ""}${plainText(shares)}`;

function rowsOf(option: ExpiringLine, props: ExpiryProps, texts: ExpiryTexts): readonly Row[] {
  const { book, language } = props;
  const { line, expiry, style, exercisable, moneyness, worthless, assigned } = option;
  const beside = book.day ?? book.inputs.today;
  const day = (one: Day | undefined): string =>
    one === undefined ? UNKNOWN : weekdayText(one, beside, language);
  const { calendarDays, tradingDays } = expiry;
  const left = [
    calendarDays === undefined ? UNKNOWN : texts.days(calendarDays),
    ...(tradingDays.value === undefined || calendarDays === 0
      ? []
      : [texts.tradingDays(tradingDays.value)]),
  ];
  const { value } = moneyness;
  const difference = value?.difference;
  const sign = difference?.greaterThan(0) ? "+" : "";
  return [
    ["expiry", texts.expiryDay, day(expiry.day)],
    ["left", texts.daysLeft, left.join(texts.dayComma)],
    ...(style ? ([["style", texts.styles[style], texts.exercisable[exercisable]]] as const) : []),
    ["price", texts.price, plainText(value?.price)],
    ["strike", texts.strike, plainText(line.strike)],
    ["difference", texts.difference, `${sign}${plainText(difference)}`],
    ["worthless", texts.ifWorthless, money(worthless.released)],
    ...(worthless.unlocked
      ? ([["unlocked", texts.unlocked, plainText(worthless.unlocked)]] as const)
      : []),
    ...(assigned?.value && exercisable !== "past"
      ? assignedRows(assigned.value, option, day, texts)
      : []),
  ];
}

/** How many lots of it to take for assigned, where another number than the assumption's is meant. */
function lotsField(
  { line, assigned, exercisable, lots, netted }: ExpiringLine,
  { ui, acts }: ExpiryProps,
  texts: ExpiryTexts,
): Child {
  if (!assigned || exercisable === "past") return undefined;
  const most = lots.minus(netted);
  const id = `lots-${line.id}`;
  const text = ui.lots[line.id] ?? "";
  const read = readNumber(text);
  const good = read?.isInteger() && !read.isNegative() && !read.greaterThan(most);
  const wrong = text.trim() === "" || good ? undefined : texts.wrongLots(text, plainText(most));
  return h(
    "div",
    { key: "lots", class: "labelled" },
    h("span", {}, texts.assignedLots),
    input({
      id,
      label: texts.lotsOf(line.position.contract),
      text,
      placeholder: BLANK,
      wrong: wrong !== undefined,
      type: (typed) => acts.lots(line.id, typed),
    }),
    wrongLine(id, wrong),
  );
}

export function detailsOf(option: ExpiringLine, props: ExpiryProps, texts: ExpiryTexts): Child[] {
  const { language } = props;
  const { expiry, unasked, exercisable } = option;
  const first = nettedNote(option);
  const alone = exercisable === "past" ? undefined : unasked?.value;
  const open = new Set(gaps(option).flatMap((one) => (one ? [one[language]] : [])));
  return [
    lotsField(option, props, texts),
    h(
      "table",
      { key: "facts", class: "figures expiry-facts" },
      h("caption", { class: "unseen" }, texts.details),
      h(
        "tbody",
        {},
        ...rowsOf(option, props, texts).map(([key, name, value]) =>
          h("tr", { key }, h("th", { scope: "row" }, name), h("td", {}, value)),
        ),
      ),
    ),
    ...[...open].map((text) => h("p", { key: text, class: "gap" }, text)),
    first && h("p", { key: "netted", class: "note" }, first[language]),
    expiry.source && citedView(expiry.source, undefined, language),
    alone && h("p", { key: "alone", class: "note" }, alone.says[language]),
    alone && citedView(alone.source, undefined, language, "source of exercise"),
  ];
}
