/** Hong Kong holdings: a status card of their own in HK$, the sixteen scenarios, the rows and what they lack. */
import { inYuan, type HongKongBook, type HongKongField } from "../../../account";
import { amount, type Amount, type CommodityMargin, type OptionValueMode } from "../../../core";
import type { HongKongTyped } from "../../desk-state";
import { h, type Child, type Described } from "../../element";
import { codeText, moneyText, plainText, ratioText } from "../../figures";
import { LANG, type Language } from "../../language";
import type { Notice } from "../../state";
import { HONG_KONG_TEXTS, type HongKongTexts } from "../../texts-hong-kong";
import { headlineMoney } from "../headline-money";
import { pill, STATUS_CLASS, standingWord } from "../status";
import { scenarioPart } from "./hong-kong-scenarios";
import { termsPart } from "./hong-kong-terms";
import { noticeView } from "./notice";

export interface HongKongActs {
  typeEquity(text: string): void;
  /** The price of a month's future, "HSI 2026-12". */
  typeFuture(key: string, text: string): void;
  typeTerm(commodity: string, field: HongKongField, text: string): void;
  /** Yuan for one Hong Kong dollar. */
  typeRate(text: string): void;
  optionValue(mode: OptionValueMode): void;
  /** Whose scenarios are shown. */
  commodity(code: string): void;
}

export interface HongKongProps {
  readonly book: HongKongBook;
  /** Nothing else is held: this card is the account's headline. */
  readonly only: boolean;
  readonly sample: boolean;
  readonly typed: HongKongTyped;
  readonly commodity: string | undefined;
  /** Whether the fields are open; undefined until the user has opened or closed them. */
  readonly open: boolean | undefined;
  readonly toggle: (open: boolean) => void;
  readonly notice: Notice | undefined;
  readonly acts: HongKongActs;
  readonly wan?: boolean | undefined;
  readonly language: Language;
}

const ONE = amount("1");

const hkd = (value: Amount): string => `HK$${moneyText(value)}`;

/** Whole dollars as they are asked for; cents only where there are any. */
const asked = (value: Amount): string => plainText(value.toDecimalPlaces(2));

function head({ book, only, language }: HongKongProps, texts: HongKongTexts): Described {
  const ratio = ratioText(book.ratio, [ONE]);
  const notes = [
    texts.caption,
    texts.ratioCaption,
    book.estimated && texts.estimated,
    book.incomplete && texts.incomplete,
  ].filter((note): note is string => Boolean(note));
  return h(
    "div",
    { key: "head", class: "hero-head" },
    h(
      "h2",
      {
        id: only ? "status-heading" : "hong-kong-heading",
        tabindex: "-1",
        class: "status-heading",
        lang: LANG[language],
      },
      h("span", { class: "unseen" }, `${texts.status} `),
      pill(book.status, language),
    ),
    h(
      "p",
      { class: ratio.length > 8 ? "big long" : "big" },
      h("b", {}, ratio.replace("%", "")),
      ratio.endsWith("%") && h("span", { class: "percent" }, "%"),
    ),
    h(
      "p",
      { class: notes.length > 2 ? "big-caption more" : "big-caption" },
      ...notes.map((note) =>
        h("span", { class: note === texts.incomplete ? "doubt" : undefined }, note),
      ),
    ),
  );
}

/** An amount's line in yuan, where the user gave a rate. */
function yuan(book: HongKongBook, value: Amount, texts: HongKongTexts): Child {
  const money = inYuan(book, value);
  if (!money || !book.rate) return undefined;
  return h("p", { class: "todo-more" }, texts.yuan(`¥${moneyText(money)}`, plainText(book.rate)));
}

function moneyStillToAdd({ book, wan, language }: HongKongProps, texts: HongKongTexts): Child {
  const { toAdd, room, total } = book;
  const client = total?.client;
  if (!client) return undefined;
  const money = toAdd ?? room;
  if (!money) return undefined;
  const towards = toAdd ? "up" : "down";
  const shown = headlineMoney({
    ...{ value: money, text: hkd(money), currency: "HK$" },
    ...{ wan, towards, language },
  });
  return h(
    "dl",
    { key: "todo", class: "todo" },
    h(
      "div",
      { key: toAdd ? "add" : "room", class: "todo-row" },
      h("dt", {}, toAdd ? texts.toAdd : texts.room),
      h(
        "dd",
        {},
        h(
          "p",
          { class: toAdd ? "money-line" : "money calm" },
          toAdd ? h("b", { class: "money" }, shown) : shown,
        ),
        h(
          "p",
          { class: "todo-more" },
          toAdd ? texts.toInitial(asked(client.initial)) : texts.roomText,
        ),
        yuan(book, money, texts),
      ),
    ),
  );
}

/** The sentences that go with a state: what it means, and what keeps it open. */
export function hongKongSentences(book: HongKongBook, language: Language): readonly string[] {
  const texts = HONG_KONG_TEXTS[language];
  const { total, equity, withoutRatio, commodities, incomplete, linesCounted, linesInAll } = book;
  const said: string[] = [];
  if (book.status === "marginCall" && total?.client) {
    said.push(texts.called(asked(total.client.maintenance)));
  }
  if (linesCounted < linesInAll) said.push(texts.rowsCounted(linesCounted, linesInAll));
  else if (incomplete) said.push(texts.notWhole);
  if (book.refused) said.push(book.refused[language]);
  if (withoutRatio.length > 0) {
    said.push(texts.noRatio(withoutRatio.join(language === "zh" ? "、" : ", ")));
  }
  if (equity === undefined) said.push(texts.noEquity);
  if (book.stale) {
    const { house, on } = book.stale;
    said.push(texts.stale(house, on, book.day));
  }
  for (const one of commodities) {
    if (one.binds === "minimum") {
      said.push(texts.minimumBinds(asked(one.shortOptionMinimum), asked(one.scan.risk)));
    } else if (one.binds === "longValue") said.push(texts.longBinds(asked(one.margin)));
  }
  if (book.estimated) said.push(texts.estimateNote);
  return said;
}

const cell = (value: Amount | undefined, partial: boolean): Described =>
  h(
    "td",
    {},
    value === undefined
      ? "—"
      : partial
        ? h("span", { class: "partial" }, asked(value))
        : asked(value),
  );

function margins({ commodities, total, incomplete }: HongKongBook, texts: HongKongTexts): Child {
  if (commodities.length === 0) return undefined;
  const row = (name: string, one: Pick<CommodityMargin, "margin" | "client"> | undefined) =>
    h(
      "tr",
      { key: name },
      h("th", { scope: "row" }, h("span", { class: "code", translate: "no" }, name)),
      cell(one?.margin, incomplete),
      cell(one?.client?.initial, incomplete),
      cell(one?.client?.maintenance, incomplete),
    );
  return h(
    "table",
    { key: "margins", class: "figures hk-margins" },
    h("caption", { class: "unseen" }, texts.marginsCaption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, h("span", { class: "unseen" }, texts.commodity)),
        ...[texts.house, texts.initial, texts.maintenance].map((name) =>
          h("th", { scope: "col" }, name),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      ...commodities.map((one) => row(one.code, one)),
      commodities.length > 1 && row(texts.total, total),
    ),
  );
}

function rows({ book, language }: HongKongProps, texts: HongKongTexts): Described {
  const { lines } = book;
  const open = lines.some(({ gap }) => gap !== undefined);
  return h(
    "details",
    { key: "rows", class: "hk-rows", open: open || lines.length <= 4 },
    h("summary", { class: "link", id: "hong-kong-rows" }, `${texts.rows} ${lines.length}`),
    h(
      "ul",
      {},
      ...lines.map(({ id, position, from, gap }) =>
        h(
          "li",
          { key: id },
          h(
            "p",
            { class: "hk-row" },
            h("span", { class: "code", translate: "no" }, codeText(position.contract)),
            h("span", {}, `${texts.side[position.side]} ${plainText(position.quantity)}`),
            h(
              "span",
              { class: "muted" },
              from === "file" ? texts.fromFile : from === "model" ? texts.fromModel : texts.open,
            ),
          ),
          gap && h("p", { key: "gap", class: "gap" }, gap.why[language]),
        ),
      ),
    ),
  );
}

export function hongKongCards(props: HongKongProps): readonly Described[] {
  const { book, language, sample } = props;
  const texts = HONG_KONG_TEXTS[language];
  const said = hongKongSentences(book, language);
  return [
    h(
      "section",
      {
        key: "hong-kong",
        id: "hong-kong",
        class: `card hero ${STATUS_CLASS[book.status]}`,
        "aria-labelledby": props.only ? "status-heading" : "hong-kong-heading",
      },
      sample &&
        h(
          "p",
          { key: "badges", class: "badges" },
          h("span", { class: "sample-badge" }, texts.sample),
        ),
      head(props, texts),
      ...said.map((text, index) => h("p", { key: `said ${index}`, class: "verdict" }, text)),
      moneyStillToAdd(props, texts),
      margins(book, texts),
      h("p", { key: "alone", class: "note" }, texts.neverSummed),
      noticeView(props.notice),
    ),
    h(
      "section",
      { key: "hong-kong-more", class: "card block" },
      scenarioPart(book, props.commodity, (code) => props.acts.commodity(code), texts),
      rows(props, texts),
      termsPart(props, texts),
    ),
  ];
}

/** What the live region says where nothing else is held. */
export function spokenHongKong(book: HongKongBook, language: Language): string {
  const texts = HONG_KONG_TEXTS[language];
  const word = standingWord(book.status, language);
  const add = book.toAdd ? `${texts.toAdd} ${hkd(book.toAdd)}` : "";
  const between = language === "zh" ? "，" : ", ";
  const head = [`${texts.status} ${word}`, add].filter(Boolean).join(between);
  const stop = language === "zh" ? "。" : ".";
  const more = book.status === "undetermined" ? hongKongSentences(book, language) : [];
  return [`${head}${stop}`, ...more].join(language === "zh" ? "" : " ");
}
