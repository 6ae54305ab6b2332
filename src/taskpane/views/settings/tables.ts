/** The settings that come in rows: rates by underlying, stop-loss prices by contract. */
import type { Underlying } from "../../../account";
import { plainText, rateText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import { fieldPercent } from "../../profile-fields";
import type { SettingsTexts } from "../../texts-settings";
import { entry, refusal, section } from "./fields";
import type { SettingsProps } from "./page";

/** What holds while the field is blank, and where it comes from. */
function exchangeHint(
  { exchangeRate, exchangeRateFrom }: Underlying,
  texts: SettingsTexts,
): string {
  if (!exchangeRate) return "—";
  const rate = rateText(exchangeRate);
  return exchangeRateFrom === "rule" ? texts.byRule(rate) : rate;
}

function brokerHint({ brokerRate, brokerRateFrom }: Underlying, texts: SettingsTexts): string {
  if (!brokerRate) return "—";
  const rate = rateText(brokerRate);
  return brokerRateFrom === "inferred" ? texts.inferred(rate) : rate;
}

const wrongRow = (key: string, width: number, said: readonly Child[]): Child => {
  const shown = said.filter(Boolean);
  return shown.length > 0 && h("tr", { key }, h("td", { colspan: width }, ...shown));
};

function rateRows(one: Underlying, props: SettingsProps, texts: SettingsTexts): Child[] {
  const { code } = one;
  const kept = props.profile.products[code];
  const paths = { exchange: `products.${code}.exchange`, broker: `products.${code}.broker` };
  return [
    h(
      "tr",
      { key: code },
      h(
        "th",
        { scope: "row" },
        h("span", { class: "code", translate: "no" }, code),
        h("span", { class: "of" }, one.name[props.language]),
      ),
      h(
        "td",
        { key: "exchange" },
        entry(
          {
            path: paths.exchange,
            label: texts.exchangeRateOf(code),
            value: fieldPercent(kept?.exchange),
            placeholder: exchangeHint(one, texts),
            bare: true,
          },
          props,
        ),
      ),
      h(
        "td",
        { key: "broker" },
        entry(
          {
            path: paths.broker,
            label: texts.brokerRateOf(code),
            value: fieldPercent(kept?.broker),
            placeholder: brokerHint(one, texts),
            bare: true,
          },
          props,
        ),
      ),
    ),
    wrongRow(`${code} wrong`, 3, [refusal(paths.exchange, props), refusal(paths.broker, props)]),
  ];
}

export function ratesPart(props: SettingsProps, texts: SettingsTexts): Described {
  const used = props.book?.underlyings ?? [];
  return section(
    "rates",
    texts.rates,
    h("p", { key: "hint", class: "note" }, used.length > 0 ? texts.ratesHint : texts.noProducts),
    used.length > 0 &&
      h(
        "table",
        { key: "table", class: "asked" },
        h("caption", { class: "unseen" }, texts.rates),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, texts.underlying),
            h("th", { scope: "col" }, texts.exchangeRate),
            h("th", { scope: "col" }, texts.brokerRate),
          ),
        ),
        h("tbody", {}, ...used.flatMap((one) => rateRows(one, props, texts))),
      ),
    used.some(({ brokerRateFrom }) => brokerRateFrom === "inferred") &&
      h("p", { key: "inferred", class: "note" }, texts.inferredNote),
  );
}

/** Stops are for what was sold; those kept for contracts no longer held stay listed, to be taken back. */
export function stopLossPart(props: SettingsProps, texts: SettingsTexts): Child {
  const { stopLoss } = props.profile.discipline;
  const shorts = (props.book?.lines ?? []).filter(
    ({ kind, position }) => kind === "option" && position.side === "short",
  );
  const price = new Map(shorts.map((line) => [line.position.contract, line.price]));
  const contracts = [...new Set([...price.keys(), ...Object.keys(stopLoss)])];
  if (contracts.length === 0) return undefined;
  return h(
    "details",
    { key: "stops", class: "stops", open: Object.keys(stopLoss).length > 0 },
    h("summary", { class: "link" }, texts.stopLoss),
    h("p", { class: "note" }, texts.stopLossHint),
    h(
      "table",
      { class: "asked" },
      h("caption", { class: "unseen" }, texts.stopLoss),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, texts.contract),
          h("th", { scope: "col" }, texts.price),
          h("th", { scope: "col" }, texts.stopLoss),
        ),
      ),
      h(
        "tbody",
        {},
        ...contracts.flatMap((contract) => {
          const path = `discipline.stopLoss.${contract}`;
          return [
            h(
              "tr",
              { key: contract },
              h("th", { scope: "row", class: "code", translate: "no" }, contract),
              h("td", {}, plainText(price.get(contract))),
              h(
                "td",
                {},
                entry(
                  {
                    path,
                    label: texts.stopLossOf(contract),
                    value: stopLoss[contract] ?? "",
                    placeholder: "—",
                    bare: true,
                  },
                  props,
                ),
              ),
            ),
            wrongRow(`${contract} wrong`, 3, [refusal(path, props)]),
          ];
        }),
      ),
    ),
  );
}
