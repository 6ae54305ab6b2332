/** The end of a part of What if: what the last act came to, writing its sheet, and the way to the account. */
import { h, type Child } from "../../element";
import type { Language } from "../../language";
import { ACCOUNT_TEXTS } from "../../texts-account";
import { WHAT_IF_TEXTS } from "../../texts-what-if";
import { noticeView } from "../account/notice";
import type { AccountUi } from "../account/room";
import { toSheet } from "../account-icons";

export interface Writing {
  readonly notice: AccountUi["notice"];
  /** The notice is of a sheet that can be taken back. */
  readonly canUndo: boolean;
  /** Excel is reached: writing works. */
  readonly connected: boolean;
  /** A sheet is being written; one at a time. */
  readonly writing: boolean;
  readonly language: Language;
  readonly acts: { write(): void; undo(): void; toAccount(): void };
}

/** @param ready whether there is something to write */
export function writingActs(
  id: string,
  label: string,
  ready: boolean,
  { notice, canUndo, connected, writing, language, acts }: Writing,
): Child[] {
  const words = ACCOUNT_TEXTS[language];
  const undo = { id: "undo", label: words.undo, act: () => acts.undo() };
  return [
    noticeView(notice, canUndo ? [undo] : []),
    h(
      "div",
      { key: "acts", class: "pair" },
      h(
        "button",
        {
          key: "write",
          type: "button",
          id,
          class: "button primary",
          disabled: !connected || !ready,
          "aria-disabled": writing ? "true" : undefined,
          "aria-describedby": connected ? undefined : "write-why",
          onclick: () => acts.write(),
        },
        toSheet(),
        label,
      ),
      h(
        "button",
        {
          key: "account",
          type: "button",
          id: "to-account",
          class: "button",
          onclick: () => acts.toAccount(),
        },
        WHAT_IF_TEXTS[language].toAccount,
      ),
    ),
    !connected && h("p", { key: "why", id: "write-why", class: "note" }, words.notConnected),
  ];
}
