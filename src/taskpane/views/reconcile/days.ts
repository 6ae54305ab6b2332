/** Several statements of one account: what each day came to, and the first on which something breaks. */
import { breaksOn, isAccountedFor, isWhole, tallied, type Reconciliation } from "../../../account";
import { dayText, weekdayText } from "../../figures";
import { h, type Child, type Described } from "../../element";
import type { Language } from "../../language";
import type { ReconcileTexts } from "../../texts-reconcile";
import { chip } from "./marks";
import type { ReconcileProps } from "./room";
import { busyOf } from "./working";

function dayChips(found: Reconciliation, texts: ReconcileTexts): Described[] {
  const { unexplained, notCheckable } = found.counts;
  const broken = breaksOn(found);
  const isOff = found.bridge.items.some(
    ({ ids }) => ids.includes("total") || ids.includes("unexplained"),
  );
  const whole = found.bridge.complete;
  return [
    ...(unexplained > 0 ? [chip("unexplained", texts.dayOpen(unexplained))] : []),
    ...(broken && unexplained === 0
      ? [chip("unexplained", isOff ? texts.dayTotal : texts.dayIdentity)]
      : []),
    ...(notCheckable > 0 ? [chip("notCheckable", texts.dayNotCheckable(notCheckable))] : []),
    ...(whole || notCheckable > 0 ? [] : [chip("notCheckable", texts.dayPartial)]),
    ...(isAccountedFor(found) ? [chip("matching", texts.dayFits)] : []),
    ...(isWhole(found) && found.additions ? [chip("explained", texts.dayAdditions)] : []),
  ];
}

const named = (day: string | undefined, front: string | undefined, language: Language): string =>
  day === undefined ? dayText(day, front) : weekdayText(day, front, language);

export function daysCard(props: ReconcileProps, texts: ReconcileTexts): Child {
  const { days, front, acts, language } = props;
  if (days.length < 2) return undefined;
  const tally = tallied(days.map(({ found }) => found));
  const last = days.at(-1)?.entry.day;
  const first = named(tally.first?.day, last, language);
  return h(
    "section",
    {
      key: "days",
      class: "card days",
      "aria-labelledby": "days-heading",
      "aria-busy": busyOf(props),
    },
    h("h2", { id: "days-heading" }, texts.days, h("small", {}, ` ${days.length}`)),
    h("p", { class: "note" }, texts.daysSaid(tally, first, tally.why[language])),
    h(
      "ul",
      {},
      ...days.map(({ entry, found }, index) =>
        h(
          "li",
          { key: entry.key },
          h(
            "button",
            {
              type: "button",
              id: `day-${index}`,
              class: "day",
              "aria-pressed": String(entry.key === front),
              onclick: () => acts.day(entry.key),
            },
            h("span", { class: "day-name" }, named(entry.day, last, language)),
            " ",
            ...dayChips(found, texts),
          ),
        ),
      ),
    ),
  );
}
