/** What no statement says of Hong Kong holdings: equity, the client ratio, and parameters where no file has them. */
import {
  HONG_KONG_FIELDS,
  hongKongFigure,
  joinedTo,
  type HongKongBook,
  type HongKongField,
} from "../../../account";
import { readNumber, type OptionValueMode } from "../../../core";
import { dayText, moneyText, plainText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { HongKongTexts } from "../../texts-hong-kong";
import { BLANK, input, wrongLine } from "./entry";
import type { HongKongProps } from "./hong-kong";

interface Field {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly wrong: string | undefined;
  readonly type: (text: string) => void;
  readonly hint?: string | undefined;
}

const field = ({ id, label, text, wrong, type, hint }: Field): Described =>
  h(
    "div",
    { key: id, class: "hk-field" },
    h("span", { class: "hk-name" }, label),
    input({ id, label, text, placeholder: BLANK, wrong: wrong !== undefined, type }),
    hint !== undefined && h("span", { key: "hint", class: "note" }, hint),
    wrongLine(id, wrong),
  );

const isMoney = (text: string): boolean => text.trim() === "" || readNumber(text) !== undefined;

const isPrice = (text: string): boolean =>
  text.trim() === "" || readNumber(text)?.greaterThan(0) === true;

/** The commodities held, with what is known or asked of each. */
function commodityFields(code: string, props: HongKongProps, texts: HongKongTexts): Described {
  const { book, typed, acts, language } = props;
  const { parameters, inputs, day } = book;
  const file = parameters.files.find(({ commodities }) =>
    commodities.some((one) => one.code === code),
  );
  const filed = file?.commodities.find((one) => one.code === code);
  const modelled = book.lines.some(
    ({ product, from, gap }) =>
      joinedTo(product) === code && (from === "model" || gap?.what === "series"),
  );
  const asked: readonly HongKongField[] = file && !modelled ? ["clientRatio"] : HONG_KONG_FIELDS;
  const given = inputs.terms.products[code];
  const minimum = filed?.shortOptionMinimum?.rate;
  const charge = filed?.calendar?.[0]?.rate;
  return h(
    "fieldset",
    { key: code, class: "hk-fields" },
    h("legend", { class: "code", translate: "no" }, code),
    file
      ? h(
          "p",
          { key: "file", class: "note" },
          `${texts.fileOf(file.house, dayText(file.on, day))}${language === "zh" ? "：" : ": "}`,
          texts.filed(minimum ? plainText(minimum) : "—", charge ? plainText(charge) : "—"),
        )
      : h("p", { key: "file", class: "note" }, texts.noFile),
    ...asked.map((name) => {
      const raw = typed.terms[`${code}.${name}`];
      const text = raw ?? given?.[name] ?? "";
      const wrong =
        text.trim() !== "" && hongKongFigure(name, text) === undefined
          ? texts.wrongFigure(text.trim())
          : undefined;
      return field({
        id: `hk-${code}-${name}`,
        label: texts.field[name],
        text,
        wrong,
        type: (to) => acts.typeTerm(code, name, to),
        hint: name === "clientRatio" ? texts.ratioHint : undefined,
      });
    }),
  );
}

const MODES: readonly OptionValueMode[] = ["none", "short", "net"];

function equityField(props: HongKongProps, texts: HongKongTexts): Child {
  const { book, typed, acts } = props;
  if (book.equityFrom === "printed") {
    return h(
      "p",
      { key: "equity", class: "note" },
      `${texts.equity} ${moneyText(book.equity)}, ${texts.equityPrinted}`,
    );
  }
  const text = typed.equity;
  return field({
    id: "hk-equity",
    label: texts.equity,
    text,
    wrong: isMoney(text) ? undefined : texts.wrongMoney(text.trim()),
    type: (to) => acts.typeEquity(to),
  });
}

/** Whether something has to be filled in before there can be a status. */
const lacksTerms = ({ equity, withoutRatio, lines, futures, inputs }: HongKongBook): boolean =>
  equity === undefined ||
  withoutRatio.length > 0 ||
  lines.some(({ gap }) => gap !== undefined) ||
  futures.some((key) => !(key in inputs.prices));

export function termsPart(props: HongKongProps, texts: HongKongTexts): Described {
  const { book, typed, acts } = props;
  const codes = [...new Set(book.lines.map(({ product }) => joinedTo(product)))].sort();
  const now = book.inputs.terms.optionValue ?? "none";
  const rate = typed.terms["rate"] ?? book.inputs.terms.rate ?? "";
  return h(
    "details",
    {
      key: "terms",
      class: "hk-terms",
      open: props.open ?? lacksTerms(book),
      ontoggle: ({ target }: Event) => props.toggle((target as HTMLDetailsElement).open),
    },
    h("summary", { class: "link", id: "hong-kong-terms" }, texts.terms),
    equityField(props, texts),
    ...book.futures.map((key) => {
      const text = typed.futures[key] ?? "";
      return field({
        id: `hk-future-${key.replace(/[^\w-]/g, "-")}`,
        label: texts.future(key),
        text,
        wrong: isPrice(text) ? undefined : texts.wrongPrice(text.trim()),
        type: (to) => acts.typeFuture(key, to),
      });
    }),
    ...codes.map((code) => commodityFields(code, props, texts)),
    h(
      "div",
      { key: "value", class: "hk-field" },
      h("span", { class: "hk-name" }, texts.value),
      h(
        "select",
        {
          id: "hk-value",
          "aria-label": texts.value,
          value: now,
          onchange: ({ target }: Event) =>
            acts.optionValue((target as HTMLSelectElement).value as OptionValueMode),
        },
        ...MODES.map((mode) =>
          h("option", { value: mode, selected: mode === now }, texts.valueMode[mode]),
        ),
      ),
    ),
    field({
      id: "hk-rate",
      label: texts.rate,
      text: rate,
      wrong: isPrice(rate) ? undefined : texts.wrongFigure(rate.trim()),
      type: (to) => acts.typeRate(to),
    }),
  );
}
