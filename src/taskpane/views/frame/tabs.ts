/** The rooms' tabs. The order of ROOMS is theirs; a new room is a name there and a text. */
import type { Desk } from "../../desk";
import { h, type Described } from "../../element";
import { ROOMS, type Room } from "../../preferences";
import type { FrameTexts } from "../../texts-frame";

const tabId = (room: Room): string => `tab-${room}`;

/** Arrows, Home and End move among the tabs, and what they reach is shown. */
function walk(event: KeyboardEvent, desk: Desk): void {
  const at = ROOMS.indexOf(desk.state.room);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % ROOMS.length,
    ArrowLeft: (at + ROOMS.length - 1) % ROOMS.length,
    Home: 0,
    End: ROOMS.length - 1,
  };
  const next = ROOMS[steps[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  desk.enter(next);
  document.getElementById(tabId(next))?.focus();
}

export const tabs = (desk: Desk, label: string, texts: FrameTexts): Described =>
  h(
    "div",
    {
      class: "tabs",
      role: "tablist",
      "aria-label": label,
      onkeydown: (event: KeyboardEvent) => walk(event, desk),
    },
    ...ROOMS.map((room) =>
      h(
        "button",
        {
          key: room,
          type: "button",
          role: "tab",
          id: tabId(room),
          "aria-selected": String(room === desk.state.room),
          "aria-controls": "room",
          tabindex: room === desk.state.room ? 0 : -1,
          onclick: () => desk.enter(room),
        },
        texts[room],
      ),
    ),
  );
