/** Each option until it expires, nearest first; a row opens in place. */
import type { Expiring, ExpiringLine } from "../../../account";
import { changeText, codeText, moneyText, plainText, weekdayText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { EXPIRY_TEXTS, type ExpiryTexts } from "../../texts-expiry";
import { chevron } from "../icons";
import { moved } from "../moved";
import { onRowKey } from "../row-keys";
import { statusIcon } from "../status";
import type { ExpiryProps } from "./expiry";
import { detailsOf } from "./expiry-details";
import { kept, meaning } from "./expiry-words";
import { MOST_SHOWN } from "./left-out";

/** The longest bar is that of the last expiry shown. */
function longest(lines: readonly ExpiringLine[]): number {
  const days = lines.map(({ expiry }) => expiry.calendarDays ?? 0);
  return Math.max(1, ...days);
}

const barOf = (days: number, most: number): string =>
  `--days: ${((100 * Math.max(0, days)) / most).toFixed(2)}%`;

/** What can't be told, with the sign of the undetermined. */
const open = (text: string): Described =>
  h("span", { class: "keep open" }, statusIcon("undetermined"), text);

function moneyView({ moneyness: { value } }: ExpiringLine, texts: ExpiryTexts): Described {
  if (!value) return open(texts.moneyUnknown);
  const text = texts.money(value.at, plainText(value.by));
  return h("span", { class: value.at === "in" ? "keep strong" : "keep" }, text);
}

function worthlessView({ side, worthless }: ExpiringLine, texts: ExpiryTexts): Child {
  const { released, unlocked } = worthless;
  if (side === "covered" && unlocked) return kept(texts.unlocks(plainText(unlocked)));
  if (released.unknown) return open(texts.worthless(moneyText(undefined)));
  const nothing = side !== "short" && released.value.isZero();
  return !nothing && kept(texts.worthless(moneyText(released.value)));
}

function fateView(option: ExpiringLine, language: Language, texts: ExpiryTexts): Child[] {
  const { assigned, unasked, exercisable, netted } = option;
  if (exercisable === "past") return [h("span", {}, texts.past)];
  const partly = !netted.isZero() && kept(texts.netted(plainText(netted)));
  if (!assigned && netted.equals(option.lots)) return [h("span", {}, texts.allNetted)];
  if (!assigned) return [partly, h("span", {}, unasked?.value?.says[language] ?? texts.ownChoice)];
  if (assigned.unknown) return [partly, open(`${texts.assigned} ${texts.open}`)];
  const { pnl } = assigned.value;
  return [
    partly,
    h("span", {}, `${texts.assigned} ${meaning(assigned.value, option, texts)}`),
    pnl.value
      ? kept(texts.pnl(""), moved(pnl.value, changeText(pnl.value)))
      : open(texts.pnl(moneyText(undefined))),
  ];
}

function row(
  option: ExpiringLine,
  index: number,
  most: number,
  props: ExpiryProps,
  texts: ExpiryTexts,
): Described {
  const { ui, acts, language, book } = props;
  const { line, side, lots, expiry } = option;
  const { day, shifted, calendarDays } = expiry;
  const isOpen = ui.openLines.has(line.id);
  const id = `expiry-${index}`;
  const beside = book.day ?? book.inputs.today;
  const date = day !== undefined && weekdayText(day, beside, language);
  return h(
    "li",
    { key: line.id, class: "position-item" },
    h(
      "button",
      {
        type: "button",
        class: "expiry",
        "aria-expanded": String(isOpen),
        "aria-controls": id,
        onclick: (event: MouseEvent) => acts.openLine(line.id, event.ctrlKey || event.metaKey),
        onkeydown: (event: KeyboardEvent) =>
          onRowKey(event, {
            className: "expiry",
            open: isOpen,
            close: () => acts.openLine(line.id, true),
          }),
      },
      h(
        "span",
        { class: "expiry-name" },
        h("span", { class: "code", translate: "no" }, codeText(line.position.contract)),
        " ",
        h(
          "span",
          { class: side === "short" ? "lots" : "lots badge" },
          `${texts.side[side]} ${plainText(lots)}`,
        ),
      ),
      calendarDays === undefined
        ? h("span", { class: "expiry-days" }, open(texts.daysUnknown))
        : h("span", { class: "expiry-days strong" }, texts.days(calendarDays)),
      chevron(),
      date !== false &&
        h(
          "span",
          { key: "when", class: "expiry-when" },
          h("span", {
            class: "days-bar",
            style: barOf(calendarDays ?? 0, most),
            "aria-hidden": "true",
          }),
          h(
            "span",
            { class: "expiry-date" },
            shifted ? texts.expires(date) : texts.tentative(date),
          ),
        ),
      h(
        "span",
        { key: "fate", class: "expiry-fate run" },
        moneyView(option, texts),
        worthlessView(option, texts),
      ),
      h(
        "span",
        { key: "assigned", class: "expiry-fate run" },
        ...fateView(option, language, texts),
      ),
    ),
    h(
      "div",
      {
        id,
        class: "position-working",
        hidden: !isOpen,
        role: "group",
        "aria-label": line.position.contract,
      },
      ...(isOpen ? detailsOf(option, props, texts) : []),
    ),
  );
}

function rows({ lines }: Expiring, props: ExpiryProps, texts: ExpiryTexts): Child[] {
  if (lines.length === 0) return [h("p", { key: "none", class: "note padded" }, texts.noOptions)];
  const shown = lines.slice(0, MOST_SHOWN);
  const most = longest(shown);
  return [
    h("ul", { key: "rows" }, ...shown.map((one, index) => row(one, index, most, props, texts))),
    lines.length > shown.length &&
      h("p", { key: "more", class: "note padded" }, texts.moreLines(lines.length - shown.length)),
  ];
}

export function timelineCard(props: ExpiryProps): Described {
  const { timeline, language } = props;
  const texts = EXPIRY_TEXTS[language];
  return h(
    "section",
    { key: "timeline", class: "card positions", "aria-labelledby": "timeline-heading" },
    h(
      "div",
      { class: "positions-head" },
      h(
        "h2",
        { id: "timeline-heading" },
        texts.timeline,
        timeline !== undefined && h("small", {}, ` ${String(timeline.lines.length)}`),
      ),
    ),
    props.busy && h("p", { key: "working", class: "note padded" }, texts.working),
    ...(timeline ? rows(timeline, props, texts) : []),
  );
}
