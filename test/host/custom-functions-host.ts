/**
 * Plays Excel to a built functions.js: Microsoft's own custom-functions-runtime.js, unmodified, runs
 * beside it in a plain Node context and talks to the bridge a desktop Excel would offer. Calls go in
 * as Excel's invocation messages, answers come out as the runtime's SetInvocationArrayResults.
 *
 * The runtime is Microsoft's; what Excel does before and after it (coercion, recalculation) is not here.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";

/** An error as a cell shows it: Excel's name for it, and the message where Excel shows one. */
export interface CellError {
  readonly errorCode: string;
  readonly message?: string;
}

/** What a cell gets: a value (a spill is rows of values, errors among them as CellError), or an error. */
export type Outcome =
  { readonly ok: true; readonly value: unknown } | ({ readonly ok: false } & CellError);

export interface FunctionsMetadata {
  readonly allowErrorForDataTypeAny?: boolean;
  readonly functions: readonly {
    readonly id: string;
    readonly parameters: readonly { readonly name: string }[];
  }[];
}

export interface CustomFunctionsHost {
  /** Calls a function as a formula would; arguments left out at the end arrive as null. */
  invoke(id: string, args: readonly unknown[]): Promise<Outcome>;
  /** Ids in the order they were associated. */
  readonly associated: readonly string[];
}

/** An error cell as an argument, the way Excel passes it to a function that accepts errors. */
export const errorCell = (code: string): object => ({ type: "CustomFunctionError", code });

// The numbers of the wire, as custom-functions-runtime.js defines them.
const MESSAGE = { richApiRequest: 1, richApiResponse: 2, invocations: 3 } as const;
const INVOCATION = { category: 1, type: 1000 } as const;
const ALLOW_ERRORS = 4;
const ERROR_NAMES: Readonly<Record<number, string>> = {
  1: "#N/A",
  5: "#DIV/0!",
  6: "#NUM!",
  7: "#VALUE!",
  8: "#NULL!",
};
/** Excel shows #VALUE! for what isn't a CustomFunctions.Error: a thrown Error (2), a rejection (3). */
const errorName = (code: number): string => ERROR_NAMES[code] ?? "#VALUE!";

const runtimeFile = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@microsoft/office-js/package.json")),
  "dist",
  "custom-functions-runtime.js",
);

interface Bridge {
  onMessageFromHost: ((text: string) => void) | null;
  sendMessageToHost(text: string): void;
}

interface RichApiRequest {
  readonly id: number;
  readonly type: number;
  readonly message: { readonly body: string | RichApiBody };
}

interface RichApiBody {
  readonly Actions?: readonly {
    readonly Id: number;
    readonly Name?: string;
    readonly ArgumentInfo?: { readonly Arguments?: readonly unknown[] };
  }[];
}

/** A result as the runtime sends it to a host that knows its array form. */
type WireResult = readonly [id: number, ok: boolean, value: unknown, errorCode?: number];

const MILLISECONDS_TO_ANSWER = 5000;
const PACE_MILLISECONDS = 500;

/**
 * @param functionsFile the built functions.js
 * @param metadata the functions.json built with it
 * @param now the time it is for the functions when the host starts, so that no test depends on the day
 */
export function customFunctionsHost(
  functionsFile: string,
  metadata: FunctionsMetadata,
  now: string,
): CustomFunctionsHost {
  const waiting = new Map<number, (outcome: Outcome) => void>();
  const associated: string[] = [];
  let nextInvocation = 1;

  const bridge: Bridge = {
    onMessageFromHost: null,
    sendMessageToHost(text) {
      const request = JSON.parse(text) as RichApiRequest;
      if (request.type !== MESSAGE.richApiRequest) return;
      const { body } = request.message;
      const actions =
        (typeof body === "string" ? (JSON.parse(body) as RichApiBody) : body).Actions ?? [];
      for (const { Name, ArgumentInfo } of actions) {
        if (Name !== "SetInvocationArrayResults") continue;
        for (const result of ArgumentInfo?.Arguments?.[0] as readonly WireResult[]) {
          const [id, outcome] = readResult(result);
          waiting.get(id)?.(outcome);
          waiting.delete(id);
        }
      }
      const results = actions.map(({ Id }) => ({ ActionId: Id, Value: null }));
      const answer = {
        id: request.id,
        type: MESSAGE.richApiResponse,
        message: { statusCode: 200, headers: {}, body: JSON.stringify({ Results: results }) },
      };
      setTimeout(() => bridge.onMessageFromHost?.(JSON.stringify(answer)), 0);
    },
  };

  const window = fakeWindow(bridge);
  const context = vm.createContext(window);
  vm.runInContext(
    `{ const shift = ${Date.parse(now)} - Date.now(), real = Date.now; Date.now = () => real() + shift; }`,
    context,
  );
  vm.runInContext(readFileSync(runtimeFile, "utf8"), context, { filename: runtimeFile });
  const customFunctions = window.CustomFunctions as { associate: (...args: unknown[]) => void };
  const { associate } = customFunctions;
  customFunctions.associate = (...args) => {
    associated.push(String(args[0]));
    associate.apply(customFunctions, args);
  };
  vm.runInContext(readFileSync(functionsFile, "utf8"), context, { filename: functionsFile });

  const parameterCount = new Map(
    metadata.functions.map(({ id, parameters }) => [id, parameters.length]),
  );
  const flags = metadata.allowErrorForDataTypeAny ? ALLOW_ERRORS : 0;

  return {
    associated,
    invoke(id, args) {
      const count = parameterCount.get(id);
      if (count === undefined) return Promise.reject(new Error(`${id} isn't in the metadata`));
      if (args.length > count) return Promise.reject(new Error(`${id} takes ${count} arguments`));
      const padded = [...args, ...Array<null>(count - args.length).fill(null)];
      const invocation = nextInvocation++;
      const call = JSON.stringify([invocation, id, padded, "Sheet1!A1", flags, null]);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`${id} didn't answer in ${MILLISECONDS_TO_ANSWER} ms`));
        }, MILLISECONDS_TO_ANSWER);
        waiting.set(invocation, (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        });
        const entry = [INVOCATION.category, INVOCATION.type, "", call, invocation];
        bridge.onMessageFromHost?.(
          JSON.stringify({ type: MESSAGE.invocations, message: { entries: [entry] } }),
        );
      });
    },
  };
}

/** A thrown CustomFunctions.Error is [id, false, its message, its number]; one returned is a value. */
function readResult([id, ok, value, errorCode]: WireResult): [number, Outcome] {
  if (!ok) {
    const message = typeof value === "string" && value !== "" ? value : undefined;
    return [id, { ok: false, ...cellError(errorName(errorCode ?? 0), message) }];
  }
  const read = readValue(value);
  return [id, isCellError(read) ? { ok: false, ...read } : { ok: true, value: read }];
}

/** Inside a spilled array an error travels as an object that keeps its message. */
function readValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readValue);
  if (typeof value === "object" && value !== null && "valueType" in value) {
    const { code, message } = value as unknown as { code: string; message?: string };
    return cellError(code, message);
  }
  return value;
}

/** Excel shows a message on these two alone. */
const SHOWS_MESSAGE = ["#VALUE!", "#N/A"];

function cellError(errorCode: string, message: string | undefined): CellError {
  if (message === undefined || !SHOWS_MESSAGE.includes(errorCode)) return { errorCode };
  return { errorCode, message };
}

export const isCellError = (value: unknown): value is CellError =>
  typeof value === "object" && value !== null && "errorCode" in value;

/**
 * Timers that don't wait where the runtime only paces itself (it sends its answers half a second
 * apart), and never keep a finished test alive. The runtime's start-up also tries to load the rest of
 * office.js, which isn't here and isn't needed; some seconds later it gives up with an error in a timer.
 * A function's own errors don't come this way: a call that fails to answer is rejected by `invoke`.
 */
function timers(): Record<string, unknown> {
  const quiet =
    (callback: (...args: unknown[]) => void) =>
    (...args: unknown[]): void => {
      try {
        callback(...args);
      } catch (error) {
        if (!/^MicrosoftAjax|^Office/.test(String(error))) throw error;
      }
    };
  return {
    setTimeout: (callback: () => void, delay = 0, ...rest: unknown[]) =>
      setTimeout(quiet(callback), delay <= PACE_MILLISECONDS ? 0 : delay, ...rest).unref(),
    setInterval: (callback: () => void, delay = 0, ...rest: unknown[]) =>
      setInterval(quiet(callback), delay, ...rest).unref(),
    clearTimeout,
    clearInterval,
  };
}

/** As much of a browser window as the runtime touches while it starts and answers. */
function fakeWindow(bridge: Bridge): Record<string, unknown> {
  const address = "https://localhost/";
  const script = { src: `${address}custom-functions-runtime.js`, getAttribute: () => null };
  const head = { appendChild: () => undefined };
  const window: Record<string, unknown> = {
    _richApiNativeBridge: bridge,
    console,
    ...timers(),
    performance,
    addEventListener: () => undefined,
    history: {},
    navigator: { userAgent: "node" },
    location: { search: "", hash: "", protocol: "https:", href: address },
    document: {
      readyState: "complete",
      URL: address,
      cookie: "",
      addEventListener: () => undefined,
      getElementsByTagName: (tag: string) => (tag === "script" ? [script] : [head]),
      createElement: () => ({ setAttribute: () => undefined }),
    },
  };
  for (const name of ["window", "self", "top", "parent"]) window[name] = window;
  return window;
}
