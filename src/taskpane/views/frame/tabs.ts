/** Tabs: the rooms' and those of a room's parts. The order of ROOMS is theirs; a new room is a name there and a text. */
import type { Desk } from "../../desk";
import { h, type Described } from "../../element";
import { ROOMS } from "../../preferences";
import type { FrameTexts } from "../../texts-frame";

interface Tabs<T extends string> {
  readonly className: string;
  readonly label: string;
  readonly all: readonly T[];
  readonly chosen: T;
  readonly names: Readonly<Record<T, string>>;
  readonly idOf: (one: T) => string;
  /** The id of what they show. */
  readonly panel: string;
  choose(one: T): void;
}

/** Arrows, Home and End move among the tabs, and what they reach is shown. */
function walk<T extends string>(event: KeyboardEvent, { all, chosen, idOf, choose }: Tabs<T>) {
  const at = all.indexOf(chosen);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % all.length,
    ArrowLeft: (at + all.length - 1) % all.length,
    Home: 0,
    End: all.length - 1,
  };
  const next = all[steps[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  choose(next);
  document.getElementById(idOf(next))?.focus();
}

export function tabList<T extends string>(of: Tabs<T>): Described {
  const { className, label, all, chosen, names, idOf, panel, choose } = of;
  return h(
    "div",
    {
      key: `tabs ${panel}`,
      class: className,
      role: "tablist",
      "aria-label": label,
      onkeydown: (event: KeyboardEvent) => walk(event, of),
    },
    ...all.map((one) =>
      h(
        "button",
        {
          key: one,
          type: "button",
          role: "tab",
          id: idOf(one),
          "aria-selected": String(one === chosen),
          "aria-controls": panel,
          tabindex: one === chosen ? 0 : -1,
          onclick: () => choose(one),
        },
        names[one],
      ),
    ),
  );
}

export const tabs = (desk: Desk, label: string, texts: FrameTexts): Described =>
  tabList({
    className: "tabs",
    label,
    all: ROOMS,
    chosen: desk.state.room,
    names: texts,
    idOf: (room) => `tab-${room}`,
    panel: "room",
    choose: (room) => desk.enter(room),
  });
