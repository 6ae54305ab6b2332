/** What the page and the worker that reads say to each other. */
import type { BookParcel } from "../statements";
import type { Input, InputOptions } from "./reading-input";

/** What of the options passes to another thread. */
export type Choices = Pick<
  InputOptions,
  "format" | "day" | "mapping" | "remembered" | "products" | "rowByRow"
>;

export interface Ask {
  readonly id: number;
  readonly input: Input;
  readonly choices: Choices;
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

export type Answer = { readonly id: number } & Said;

/** What statements-here.js leaves on the page: answers what comes through a port. */
export type ReadHere = (port: MessagePort) => void;

declare global {
  interface Window {
    optionSellerMarginReadHere?: ReadHere;
  }
}
