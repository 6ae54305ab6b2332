/** Everything the pane shows follows from this. */
import type { Catalog } from "./catalog";
import type { Draft } from "./draft";
import type { Language } from "./language";
import type { LanguageChoice, MoveColours, ThemeChoice } from "./preferences";
import type { Target } from "./workbook";

/** How far Excel has been reached. */
export type Connection = "connecting" | "connected" | "late" | "unloaded" | "elsewhere";

export interface Health {
  /** Cells of ours that show #NAME?. */
  readonly broken: number;
  /** The workbook is too large to be looked over whole. */
  readonly partly: boolean;
  readonly repairing: boolean;
  /** What the last repair came to. */
  readonly report: string | undefined;
}

export interface Notice {
  readonly kind: "done" | "problem";
  readonly text: string;
  /** Beside the prices or terms asked for, where they were pasted; at the head of the room where left out. */
  readonly at?: "prices" | "terms" | undefined;
  /** Asks whether a sheet is to be rewritten, of which so many cells would change. */
  readonly update?: { readonly cells: number } | undefined;
}

/** The function that is open, and which parts of it. */
export interface OpenFunction {
  readonly draft: Draft;
  /** The parameter whose field had the focus last: its hint is shown. */
  readonly hint: string | undefined;
  readonly more: boolean;
  readonly working: boolean;
  readonly source: boolean;
  readonly notice: Notice | undefined;
}

export interface State {
  readonly language: Language;
  readonly languageChoice: LanguageChoice;
  readonly themeChoice: ThemeChoice;
  readonly moves: MoveColours;
  /** Headline amounts of a million and more stand in 万. */
  readonly wan: boolean;
  readonly menu: boolean;
  readonly version: string;
  /** Set in a build whose functions stand in a namespace: they are then typed as NAMESPACE.SSE.… */
  readonly namespace: string;
  readonly catalog: Catalog | "loading" | "missing";
  readonly connection: Connection;
  readonly health: Health;
  readonly rules: boolean;
  readonly query: string;
  /** Families whose functions are listed. */
  readonly unfolded: ReadonlySet<string>;
  readonly open: OpenFunction | undefined;
  readonly target: Target | undefined;
  /** What the live region says. */
  readonly said: string;
}

export const openFunction = (id: string): OpenFunction => ({
  draft: { id, typed: {}, readings: {} },
  hint: undefined,
  more: false,
  working: false,
  source: false,
  notice: undefined,
});
