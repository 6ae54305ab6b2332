/** Is it working: functions, version, the day of the rules, and the button that repairs. */
import { h, type Child, type Described } from "../element";
import { PATIENCE } from "../host";
import type { Pane } from "../pane";
import { currentRules, rulesAsOf, type RuleLine } from "../source";
import type { State } from "../state";
import type { Texts } from "../texts";
import { chevron, offline, tick, warning } from "./icons";
import { MOST_LOOKED_AT } from "../workbook";
import { certainty } from "./source";

interface Condition {
  readonly icon: Described;
  readonly headline: string;
  /** What to do, where there is something to do. */
  readonly advice?: string;
}

export function condition(state: State, registered: ReadonlySet<string>, texts: Texts): Condition {
  const { catalog, connection, health } = state;
  if (catalog === "loading") return { icon: offline(), headline: texts.loading };
  if (catalog === "missing") return { icon: warning(), headline: texts.missing };
  const here = catalog.filter(({ id }) => registered.has(id)).length;
  // Only Excel can say what is registered; before it has answered, they are loaded and no more.
  const headline =
    connection === "connected"
      ? texts.registered(here, catalog.length)
      : texts.loaded(here, catalog.length);
  if (here < catalog.length) return { icon: warning(), headline, advice: texts.reload };
  if (connection === "connecting") return { icon: offline(), headline: texts.connecting };
  if (connection === "late") {
    return { icon: offline(), headline, advice: texts.noAnswer(PATIENCE) };
  }
  if (connection === "unloaded") return { icon: offline(), headline, advice: texts.unloaded };
  if (connection === "elsewhere") return { icon: offline(), headline, advice: texts.elsewhere };
  if (health.broken > 0) {
    return {
      icon: warning(),
      headline: texts.broken(health.broken),
      advice: texts.notRegistered,
    };
  }
  return health.partly
    ? { icon: tick(), headline, advice: texts.lookedAt(MOST_LOOKED_AT) }
    : { icon: tick(), headline };
}

function rules(inForce: readonly RuleLine[], state: State, texts: Texts): Described {
  const { language } = state;
  return h(
    "div",
    { class: "rules", id: "rules", hidden: !state.rules },
    h(
      "table",
      { class: "facts" },
      h("caption", { class: "unseen" }, texts.rulesCaption),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, texts.rule),
          h("th", { scope: "col" }, texts.since),
          h("th", { scope: "col" }, texts.looked),
        ),
      ),
      h(
        "tbody",
        {},
        ...inForce.map(({ key, name, citation, from }) =>
          h(
            "tr",
            { key },
            h(
              "th",
              { scope: "row" },
              h("span", { class: "code" }, key),
              " ",
              h("span", { class: "rule-name" }, name[language], " "),
              certainty(citation, texts),
            ),
            h("td", {}, from ?? texts.undated),
            h("td", {}, citation.asOf),
          ),
        ),
      ),
    ),
  );
}

export function healthCard(
  state: State,
  pane: Pane,
  texts: Texts,
  registered: ReadonlySet<string>,
): Child {
  const { icon, headline, advice } = condition(state, registered, texts);
  const { health, connection } = state;
  const inForce = currentRules();
  const doubtful = inForce.filter(({ citation }) => citation.certainty !== "confirmed").length;
  const retry = connection === "late" || connection === "unloaded";
  return h(
    "section",
    { class: "card health", "aria-label": texts.health },
    h(
      "div",
      { class: "health-line" },
      icon,
      h("p", { class: "headline" }, headline),
      h(
        "button",
        {
          type: "button",
          class: "button small",
          id: "repair",
          disabled: !retry && (connection !== "connected" || health.repairing),
          onclick: () => void (retry ? location.reload() : pane.repair()),
        },
        retry ? texts.retry : health.repairing ? texts.repairing : texts.repair,
      ),
    ),
    advice !== undefined && h("p", { key: "advice", class: "advice" }, advice),
    health.report !== undefined && h("p", { key: "report", class: "advice" }, health.report),
    h(
      "button",
      {
        key: "as-of",
        type: "button",
        class: "as-of disclosure",
        "aria-expanded": String(state.rules),
        "aria-controls": "rules",
        onclick: () => pane.toggleRules(),
      },
      h("span", {}, texts.version(state.version)),
      h("span", { class: "dot" }),
      h("span", {}, texts.rulesAsOf(rulesAsOf(inForce))),
      doubtful > 0 && h("span", { class: "dot" }),
      doubtful > 0 && h("span", {}, texts.notVerified(doubtful)),
      chevron(),
    ),
    h("div", { key: "rules" }, rules(inForce, state, texts)),
  );
}
