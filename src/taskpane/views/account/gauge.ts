/** The gauge: five zones, the broker's marker above, the exchange's below. */
import type { Book, StandardFigures } from "../../../account";
import type { Amount, Status } from "../../../core";
import { rateText, ratioNumber } from "../../figures";
import { positionOn, zonesOf } from "../../gauge";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import { ACCOUNT_TEXTS, type AccountTexts } from "../../texts-account";
import { STATUS_CLASS } from "../status";
import { atMost, bookRatio, levelsOf, linesOf } from "./levels";

const at = (percent: number): string => `--x: ${percent.toFixed(2)}%`;

const LINE_OF = {
  watch: "watch",
  marginCall: "call",
  liquidation: "liquidation",
  immediate: "immediate",
} as const satisfies Partial<Record<Status, string>>;

/** What the picture says, for those who don't see it: both ratios, both states, the next line. */
export function gaugeLabel(book: Book, language: Language): string {
  const texts = ACCOUNT_TEXTS[language];
  const { broker, exchange } = book.standings;
  const said = (standard: string, figures: StandardFigures): string =>
    figures.ratio
      ? texts.gaugeStanding(
          standard,
          atMost(figures, bookRatio(book, figures.ratio)),
          texts.standing[figures.status],
        )
      : texts.gaugeUnknown(standard);
  const parts = [said(texts.brokerStandard, broker), said(texts.exchangeStandard, exchange)];
  const shown = broker.ratio ?? exchange.ratio;
  if (shown) parts.push(nextLine(book, shown, texts));
  return parts.join(texts.listSeparator) + texts.stop;
}

function nextLine(book: Book, ratio: Amount, texts: AccountTexts): string {
  const levels = levelsOf(book);
  for (const status of ["watch", "marginCall", "liquidation", "immediate"] as const) {
    const level = levels[LINE_OF[status]];
    if (ratio.lessThan(level)) return texts.gaugeNext(texts.line[status], rateText(level));
  }
  return texts.gaugePast;
}

const marker = (side: "above" | "below", name: string, figure: string, x: number): Described =>
  h(
    "div",
    { key: side, class: `marker-label ${side}`, style: at(x) },
    h("span", {}, `${name} ${figure}`),
  );

export function gauge(book: Book, language: Language): Child {
  const texts = ACCOUNT_TEXTS[language];
  const { broker, exchange } = book.standings;
  if (!broker.ratio && !exchange.ratio) return undefined;
  const zones = zonesOf(levelsOf(book));
  const lines = linesOf(book);
  const brokerAt = broker.ratio && positionOn(broker.ratio, zones);
  const exchangeAt = exchange.ratio && positionOn(exchange.ratio, zones);
  return h(
    "div",
    { key: "gauge", class: "gauge", role: "img", "aria-label": gaugeLabel(book, language) },
    broker.ratio &&
      brokerAt !== undefined &&
      marker("above", texts.broker, atMost(broker, ratioNumber(broker.ratio, lines)), brokerAt),
    h(
      "div",
      { key: "bands", class: "bands" },
      ...zones.map(({ status, width }) =>
        h("span", {
          key: status,
          class: `band ${STATUS_CLASS[status]}`,
          style: `flex-grow: ${width.toFixed(2)}`,
        }),
      ),
      exchangeAt !== undefined &&
        h("span", { key: "exchange mark", class: "mark", style: at(exchangeAt) }),
      brokerAt !== undefined &&
        h("span", { key: "broker mark", class: "mark broker", style: at(brokerAt) }),
    ),
    h(
      "div",
      { key: "ticks", class: "ticks" },
      ...zones
        .slice(1)
        .map(({ status, left }) =>
          h(
            "span",
            { key: status, style: at(left) },
            rateText(levelsOf(book)[LINE_OF[status as keyof typeof LINE_OF]]).replace("%", ""),
          ),
        ),
    ),
    h(
      "div",
      { key: "zones", class: "zones" },
      ...zones.map(({ status, width }) =>
        h("span", { key: status, style: `flex-grow: ${width.toFixed(2)}` }, texts.zone[status]),
      ),
    ),
    exchange.ratio &&
      exchangeAt !== undefined &&
      marker(
        "below",
        texts.exchange,
        atMost(exchange, ratioNumber(exchange.ratio, lines)),
        exchangeAt,
      ),
  );
}
