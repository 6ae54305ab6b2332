/** What if · Expiry: what assignment tonight would ask for, and the life of each option until it expires. */
import type { AssignedTonight, Book, Expiring, ExpiryBasis } from "../../../account";
import type { Child } from "../../element";
import type { Language } from "../../language";
import { EXPIRY_TEXTS } from "../../texts-expiry";
import type { AccountUi } from "../account/room";
import { timelineCard } from "./expiry-timeline";
import { tonightCard } from "./expiry-tonight";
import { writingActs } from "./writing";

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
  const { timeline, language } = props;
  const ready = timeline !== undefined && timeline.lines.length > 0;
  return [
    tonightCard(props),
    timelineCard(props),
    ...writingActs("write-expiry", EXPIRY_TEXTS[language].write, ready, props),
  ];
}
