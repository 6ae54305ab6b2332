/** What if · Expiry: what assignment tonight would ask for, and the life of each option until it expires. */
import type { AssignedTonight, Book, Expiring, ExpiryBasis } from "../../../account";
import { h, type Child } from "../../element";
import type { Language } from "../../language";
import { ACCOUNT_TEXTS } from "../../texts-account";
import { EXPIRY_TEXTS } from "../../texts-expiry";
import { WHAT_IF_TEXTS } from "../../texts-what-if";
import { noticeView } from "../account/notice";
import type { AccountUi } from "../account/room";
import { toSheet } from "../account-icons";
import { timelineCard } from "./expiry-timeline";
import { tonightCard } from "./expiry-tonight";

export interface ExpiryUi {
  readonly basis: ExpiryBasis;
  /** Every short is assigned, in the money or not. */
  readonly all: boolean;
  /** Futures received are set off against opposite ones held. */
  readonly netting: boolean;
  /** Lots assigned tonight, as typed, by line. */
  readonly lots: Readonly<Record<string, string>>;
  readonly openLines: ReadonlySet<string>;
  /** Underlyings whose price was typed here. */
  readonly asked: ReadonlySet<string>;
}

export interface ExpiryActs {
  basis(basis: ExpiryBasis): void;
  all(all: boolean): void;
  netting(netting: boolean): void;
  lots(id: string, text: string): void;
  price(underlying: string, text: string): void;
  openLine(id: string, alsoOthers: boolean): void;
  /** The timeline, as a sheet of its own. */
  write(): void;
  undo(): void;
  toAccount(): void;
}

export interface ExpiryProps {
  readonly book: Book;
  /** Undefined until they are worked out for the first time. */
  readonly timeline: Expiring | undefined;
  readonly tonight: AssignedTonight | undefined;
  /** What is shown is that of before, or nothing. */
  readonly busy: boolean;
  readonly ui: ExpiryUi;
  readonly typedPrices: Readonly<Record<string, string>>;
  readonly acts: ExpiryActs;
  readonly language: Language;
  readonly notice: AccountUi["notice"];
  /** The notice is of a sheet that can be taken back. */
  readonly canUndo: boolean;
  /** Excel is reached: writing works. */
  readonly connected: boolean;
  /** A sheet is being written; one at a time. */
  readonly writing: boolean;
}

export function expiryPart(props: ExpiryProps): Child[] {
  const { timeline, acts, language, notice, canUndo, connected, writing } = props;
  const texts = EXPIRY_TEXTS[language];
  const words = ACCOUNT_TEXTS[language];
  const undo = { id: "undo", label: words.undo, act: () => acts.undo() };
  return [
    tonightCard(props),
    timelineCard(props),
    noticeView(notice, canUndo ? [undo] : []),
    h(
      "div",
      { key: "acts", class: "pair" },
      h(
        "button",
        {
          key: "write",
          type: "button",
          id: "write-expiry",
          class: "button primary",
          disabled: !connected || !timeline || timeline.lines.length === 0,
          "aria-disabled": writing ? "true" : undefined,
          "aria-describedby": connected ? undefined : "write-why",
          onclick: () => acts.write(),
        },
        toSheet(),
        texts.write,
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
