/** What the page and the worker that reads say to each other. */
import type { BookParcel } from "../statements";
import { RULES_HELD } from "./parcel";
import type { Input, InputOptions } from "./reading-input";

/** What of the options passes to another thread. */
export type Choices = Pick<
  InputOptions,
  "format" | "day" | "mapping" | "remembered" | "products" | "rowByRow"
>;

/**
 * The forms of an answer. After an update page and worker may be of two builds, as either is kept by the host: what is
 * said in a form that the page doesn't know is never taken for an empty book. Whatever else changes of what passes, a
 * statement's fields or the columns, changes the number.
 */
export const ROWS = `rows 1 ${RULES_HELD}`;
export const COLUMNS = `columns 2 ${RULES_HELD}`;
export const FORMS: readonly string[] = [ROWS, COLUMNS];

export interface Ask {
  readonly id: number;
  readonly input: Input;
  readonly choices: Choices;
  /** The forms the page understands; one that names none is of a build that takes rows. */
  readonly takes?: readonly string[] | undefined;
}

/** The page has taken a part and is ready for the next. */
export interface Taken {
  readonly taken: number;
}

/** Lists of a statement that may be as long as its file; they come in parts. */
export const LISTS = ["positions", "lots", "quotes", "trades", "exercises"] as const;

/** The contracts of a parameter file come in parts too. */
export type Part = (typeof LISTS)[number] | "series";

export type Said =
  | { readonly kind: "rows"; readonly rows: number }
  | {
      readonly kind: "part";
      readonly list: Part;
      readonly items: readonly unknown[];
    }
  | {
      readonly kind: "done";
      readonly statement: unknown;
      /** Its holdings where they stand in columns; their lists are empty then. */
      readonly book?: BookParcel | undefined;
      readonly head: unknown;
      /** Of a parameter file, without its contracts. */
      readonly parameters?: unknown;
    }
  | { readonly kind: "failed"; readonly why: string };

/** Builds before there were forms name none. */
export type Answer = { readonly id: number; readonly form?: string | undefined } & Said;

/** What statements-here.js leaves on the page: answers what comes through a port. */
export type ReadHere = (port: MessagePort) => void;

declare global {
  interface Window {
    optionSellerMarginReadHere?: ReadHere;
  }
}
