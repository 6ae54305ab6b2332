/** What was typed for a call, as arguments, and the references it needs read. */
import { readArgument, type Argument } from "./argument";
import type { FunctionEntry } from "./catalog";
import type { Draft } from "./draft";
import type { Reference } from "./reference";

export const argumentsOf = ({ id, typed }: Draft, entry: FunctionEntry): readonly Argument[] =>
  entry.parameters.map((parameter) => readArgument(typed[parameter.name] ?? "", id, parameter));

/** The references a call needs read. */
export const referencesOf = (draft: Draft, entry: FunctionEntry): readonly Reference[] =>
  argumentsOf(draft, entry).flatMap((argument) =>
    argument.kind === "reference" ? [argument.reference] : [],
  );
