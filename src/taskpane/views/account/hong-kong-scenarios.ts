/** The sixteen scenarios of a commodity as bars: nine price moves, losses upward, the worst filled and named. */
import { moveGroups, type HongKongBook } from "../../../account";
import { amount, type Amount, type CommodityMargin, type Scenario } from "../../../core";
import { h, type Child, type Described } from "../../element";
import { changeText, plainText } from "../../figures";
import type { HongKongTexts } from "../../texts-hong-kong";
import { moved } from "../moved";

const MINUS = "\u2212";
const ZERO = amount("0");

/** Whole Hong Kong dollars with their sign, for labels where room is short. */
export const dollars = (value: Amount): string => `HK$${plainText(value.toDecimalPlaces(0))}`;

const gained = (value: Amount): Child => moved(value, changeText(value));

const bare = (value: Amount): string => plainText(value.toDecimalPlaces(0));

/** "−3", "−2/3", "0", "+1/3": a move in price scan ranges. */
export function moveText({ move: [above, below] }: Scenario): string {
  if (above === 0) return "0";
  const whole = Math.abs(above) % below === 0;
  const size = whole ? String(Math.abs(above) / below) : `${Math.abs(above)}/${below}`;
  return `${above < 0 ? MINUS : "+"}${size}`;
}

const volatilityWord = ({ volatility }: Scenario, texts: HongKongTexts): string =>
  volatility > 0 ? texts.withVol.up : volatility < 0 ? texts.withVol.down : texts.withVol.none;

function moveWord(scenario: Scenario, texts: HongKongTexts): string {
  const [above] = scenario.move;
  if (above === 0) return texts.still;
  const size = moveText(scenario).slice(1);
  return above > 0 ? texts.up(size) : texts.down(size);
}

/** The answer in a sentence; it is the picture's name too. */
export function scenarioSentence(
  { scan }: CommodityMargin,
  scenarios: readonly Scenario[],
  texts: HongKongTexts,
): string {
  const scenario = scenarios[scan.worst];
  const loss = scan.losses[scan.worst] ?? ZERO;
  if (!scenario) return "";
  const where = [
    scan.worst + 1,
    moveWord(scenario, texts),
    volatilityWord(scenario, texts),
  ] as const;
  return loss.isNegative()
    ? texts.noLoss(...where, dollars(loss.negated()))
    : texts.worst(...where, dollars(loss));
}

/** Room for the chart's losses and gains, of its height in per cent. */
interface Scale {
  readonly zero: number;
  of(value: Amount): number;
}

function scaleOf(losses: readonly Amount[], minimum: Amount | undefined): Scale {
  const all = [...losses, ZERO, ...(minimum ? [minimum] : [])].map((value) => value.toNumber());
  const [top, bottom] = [Math.max(...all), Math.min(...all)];
  const span = top - bottom || 1;
  return {
    zero: (-bottom / span) * 100,
    of: (value) => (Math.abs(value.toNumber()) / span) * 100,
  };
}

const percent = (share: number): string => `${share.toFixed(2)}%`;

const barClass = (volatility: number, worst: boolean): string =>
  [
    "scenario-bar",
    volatility > 0 ? "solid" : volatility < 0 ? "hollow" : "extreme",
    worst && "worst",
  ]
    .filter(Boolean)
    .join(" ");

function chart(
  commodity: CommodityMargin,
  scenarios: readonly Scenario[],
  texts: HongKongTexts,
): Described {
  const { scan, binds, shortOptionMinimum } = commodity;
  const minimum = binds === "minimum" ? shortOptionMinimum : undefined;
  const scale = scaleOf(scan.losses, minimum);
  const groups = moveGroups(commodity, scenarios);
  const label = (at: number, scenario: number, loss: Amount): Described =>
    h(
      "span",
      {
        class: `worst-label ${at < groups.length / 2 ? "to-right" : "to-left"}`,
        style: `bottom:${percent(scale.zero + (loss.isNegative() ? 0 : scale.of(loss)))}`,
      },
      `#${scenario + 1} ${bare(loss)}`,
    );
  return h(
    "div",
    {
      key: "chart",
      class: "scenarios",
      role: "img",
      "aria-label": scenarioSentence(commodity, scenarios, texts),
    },
    h(
      "div",
      { class: "scenario-plot" },
      minimum &&
        h(
          "div",
          {
            class: "minimum-line",
            style: `bottom:${percent(scale.zero + scale.of(minimum))}`,
          },
          h("span", {}, texts.minimumLine(bare(minimum))),
        ),
      ...groups.map(({ bars }, at) =>
        h(
          "div",
          { class: "scenario-group" },
          ...bars.map(({ scenario, volatility, loss, worst }) =>
            h(
              "div",
              { class: "bar-room" },
              h("div", {
                class: barClass(volatility, worst),
                style: loss.isNegative()
                  ? `bottom:${percent(scale.zero - scale.of(loss))};height:${percent(scale.of(loss))}`
                  : `bottom:${percent(scale.zero)};height:${percent(scale.of(loss))}`,
              }),
              worst && label(at, scenario, loss),
            ),
          ),
        ),
      ),
      h("div", { class: "zero-line", style: `bottom:${percent(scale.zero)}` }),
    ),
    h(
      "div",
      { class: "scenario-axis" },
      ...groups.map(({ bars: [first] }) => {
        const scenario = first && scenarios[first.scenario];
        return h("span", {}, scenario ? moveText(scenario) : "");
      }),
    ),
  );
}

const legend = (texts: HongKongTexts): Described =>
  h(
    "p",
    { key: "legend", class: "note scenario-legend" },
    ...(["volUp", "volDown", "extreme"] as const).map((name, at) =>
      h(
        "span",
        { class: "keep" },
        h("span", { class: `scenario-swatch ${["solid", "hollow", "extreme"][at] ?? ""}` }),
        texts[name],
      ),
    ),
    h("span", { class: "axis-name" }, texts.axis),
  );

function table(
  { scan }: CommodityMargin,
  scenarios: readonly Scenario[],
  texts: HongKongTexts,
): Described {
  return h(
    "details",
    { key: "table", class: "scenario-table" },
    h("summary", { class: "link", id: "scenario-table" }, texts.table),
    h(
      "table",
      { class: "figures" },
      h("caption", { class: "unseen" }, texts.scenarioCaption),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...[texts.scenario, texts.move, texts.volatility, texts.loss].map((name) =>
            h("th", { scope: "col" }, name),
          ),
        ),
      ),
      h(
        "tbody",
        {},
        ...scenarios.map((scenario, at) =>
          h(
            "tr",
            { class: at === scan.worst ? "strong" : undefined },
            h("th", { scope: "row" }, `#${at + 1}`),
            h("td", {}, moveText(scenario)),
            h("td", {}, scenario.volatility > 0 ? "+" : scenario.volatility < 0 ? MINUS : "0"),
            h("td", {}, gained((scan.losses[at] ?? ZERO).negated())),
          ),
        ),
      ),
    ),
  );
}

/** What the clearing house's figure is added up from, where it is the risk that binds. */
function parts(commodity: CommodityMargin, texts: HongKongTexts): string | undefined {
  const { scan, calendarCharge, spotCharge, credit, optionValue, binds } = commodity;
  const more: readonly (readonly [string, Amount])[] = [
    [texts.calendar, calendarCharge],
    [texts.spot, spotCharge],
    [texts.credit, credit.negated()],
    [texts.optionValue, optionValue],
  ];
  const shown = more.filter(([, value]) => !value.isZero());
  if (binds !== "risk" || shown.length === 0) return undefined;
  const said = shown.map(
    ([name, value]) => `${value.isNegative() ? MINUS : "+"} ${name} ${plainText(value.abs())}`,
  );
  return texts.sum([`${texts.scan} ${plainText(scan.risk)}`, ...said].join(" "));
}

/** The commodity that is shown: the chosen one, else the one that needs most. */
function shownOf({ commodities }: HongKongBook, chosen: string | undefined) {
  return (
    commodities.find(({ code }) => code === chosen) ??
    [...commodities].sort((a, b) => b.margin.comparedTo(a.margin))[0]
  );
}

export function scenarioPart(
  book: HongKongBook,
  chosen: string | undefined,
  choose: (code: string) => void,
  texts: HongKongTexts,
): Child {
  const shown = shownOf(book, chosen);
  if (!shown) return undefined;
  const { commodities, scenarios } = book;
  const sum = parts(shown, texts);
  return h(
    "div",
    { key: "scenarios", class: "scenario-part" },
    h(
      "div",
      { key: "head", class: "scenario-head" },
      h("h3", {}, texts.scenarios),
      commodities.length > 1
        ? h(
            "select",
            {
              id: "hong-kong-commodity",
              "aria-label": texts.showScenarios,
              value: shown.code,
              onchange: ({ target }: Event) => choose((target as HTMLSelectElement).value),
            },
            ...commodities.map(({ code }) =>
              h("option", { value: code, selected: code === shown.code }, code),
            ),
          )
        : h("span", { class: "code", translate: "no" }, shown.code),
    ),
    h("p", { key: "says", class: "verdict" }, scenarioSentence(shown, scenarios, texts)),
    chart(shown, scenarios, texts),
    legend(texts),
    sum !== undefined && h("p", { key: "sum", class: "note" }, sum),
    table(shown, scenarios, texts),
  );
}
