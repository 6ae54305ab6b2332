/** Everything the rooms over statements show follows from this. */
import type { Profile, Snapshot } from "../account";
import type { Bilingual } from "../core";
import type { FormatId, Mapping } from "../statements";
import type { Found } from "./desk-mapping";
import type { Imported } from "./desk-entries";
import type { ParameterFile } from "./desk-parameters";
import type { Room } from "./preferences";
import type { Input, Read } from "./reading-input";
import type { Extent } from "./sheet-difference";
import type { Notice } from "./state";
import type { AccountUi } from "./views/account/room";
import type { TypedTerms } from "./views/account/terms";
import type { ReconcileUi } from "./views/reconcile/room";
import type { ExpiryUi } from "./views/what-if/expiry";
import type { MarketUi } from "./views/what-if/market";
import type { WhatIfUi } from "./views/what-if/room";

/** A page over the rooms. */
export type Page = "import" | "settings" | "mapping" | "problems";

/** Pages that are read or typed into; nobody is taken away from them. */
export const isKeptOpen = (page: Page | undefined): boolean =>
  page === "settings" || page === "problems";

/** The parts of What if. */
export const PARTS = ["market", "actions", "expiry"] as const;
export type Part = (typeof PARTS)[number];

/** What the user must decide before a file is taken. */
export type Question =
  | { readonly kind: "formats"; readonly input: Input; readonly choices: readonly FormatId[] }
  | { readonly kind: "again"; readonly input: Input; readonly read: Read }
  | { readonly kind: "mapping"; readonly input: Input; readonly read: Read };

export const isMapping = (
  question: Question | undefined,
): question is Extract<Question, { kind: "mapping" }> => question?.kind === "mapping";

/** A file that could not be taken, and why. */
export interface Failure {
  readonly id: number;
  readonly file: string;
  readonly text: Bilingual;
  /** Everything the reader said, for who wants to pass it on. */
  readonly details: string;
  /** To name the columns by hand, where it is a table. */
  readonly table: { readonly input: Input; readonly read: Read } | undefined;
}

export interface Reading {
  readonly file: string;
  readonly rows: number;
  /** Nothing is shown of what is over at once. */
  readonly shown: boolean;
}

export interface MappingPage {
  readonly input: Input;
  readonly read: Read;
  readonly mapping: Mapping;
  readonly found: Found;
  readonly remember: boolean;
  readonly more: boolean;
  /** What reading with these columns gives; undefined while it is read. */
  readonly preview: { readonly found: number; readonly read: number } | undefined;
}

/** What the user typed for one account and day, as typed. */
export interface Typed {
  readonly prices: Readonly<Record<string, string>>;
  readonly rates: Readonly<Record<string, string>>;
  readonly equity: string;
  /** Strike and unit by contract. */
  readonly terms: Readonly<Record<string, TypedTerms>>;
  /** Prices of underlyings on the trading day before. */
  readonly previous: Readonly<Record<string, string>>;
  readonly hongKong?: HongKongTyped | undefined;
}

/** What Market goes by before anything is moved. */
export const UNMOVED: MarketUi = { price: "", volatility: "", days: "", of: "", cell: undefined };

/** What is typed for the holdings in Hong Kong, as typed. */
export interface HongKongTyped {
  readonly equity: string;
  /** Prices of futures by product and month: "HSI 2026-12". */
  readonly futures: Readonly<Record<string, string>>;
  /** Fields of the terms whose text may not have been taken, by "HSI.psr". */
  readonly terms: Readonly<Record<string, string>>;
}

export const NO_HONG_KONG_TYPED: HongKongTyped = { equity: "", futures: {}, terms: {} };

export const NOTHING_TYPED: Typed = { prices: {}, rates: {}, equity: "", terms: {}, previous: {} };

/** Reconcile before anything is opened or looked for. */
export const NOTHING_OPEN: ReconcileUi = {
  openRows: new Set(),
  query: "",
  matchingOpen: false,
  identitiesOpen: false,
  noticeAt: undefined,
};

/** What Expiry goes by before anything is chosen. */
export const NOTHING_ASSUMED: ExpiryUi = {
  basis: "settlement",
  all: false,
  netting: false,
  lots: {},
  openLines: new Set(),
  asked: new Set(),
};

/** A sheet written from here, which can be taken back. */
export interface Written {
  readonly sheet: string;
  readonly entry: string;
  /** Where it is said: of the account as a whole, the sets to build, the expiries, other prices, or the reconciliation. */
  readonly of: "account" | "combining" | "expiry" | "market" | "reconcile";
  /** What is said of it, as long as nothing else is. */
  readonly text: Bilingual;
}

/** The sheet an account and day was written to last, and the cells it was written over. */
export interface OwnSheet extends Extent {
  readonly sheet: string;
}

export interface DeskState {
  readonly room: Room;
  readonly page: Page | undefined;
  readonly imported: readonly Imported[];
  /** Of clearing houses, for whichever account holds their products. */
  readonly parameters: readonly ParameterFile[];
  readonly chosen: string | undefined;
  readonly menu: boolean;
  readonly reading: Reading | undefined;
  readonly questions: readonly Question[];
  readonly failures: readonly Failure[];
  readonly mapping: MappingPage | undefined;
  readonly dragging: boolean;
  readonly pasted: string;
  readonly formats: boolean;
  readonly typed: Readonly<Record<string, Typed>>;
  readonly profile: Profile;
  readonly profileTyped: Readonly<Record<string, string>>;
  readonly profileRefused: Readonly<Record<string, string>>;
  readonly snapshots: readonly Snapshot[];
  readonly account: Pick<AccountUi, "openLines" | "sort" | "sinceOpen" | "partsBy" | "partsOpen">;
  /** The combined commodity whose scenarios are shown; the largest while none is chosen. */
  readonly commodity: string | undefined;
  /** Whether the fields for Hong Kong are open; undefined until someone opened or closed them. */
  readonly hongKongOpen: boolean | undefined;
  /** The part of What if that is open. */
  readonly part: Part;
  readonly whatIf: WhatIfUi;
  readonly market: MarketUi;
  readonly expiry: ExpiryUi;
  readonly reconcile: ReconcileUi;
  readonly notice: Notice | undefined;
  readonly written: Written | undefined;
  /** By account and day. */
  readonly sheets: Readonly<Record<string, OwnSheet>>;
  /** Imports whose cells in the sheet have changed since. */
  readonly stale: ReadonlySet<number>;
  /** Excel is at work on a sheet; no other is begun. */
  readonly writing: boolean;
  readonly alert: string;
}
