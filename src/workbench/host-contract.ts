// What the page and the emulated host inside the pane's frame say to each other. Everything else
// that crosses between them is Microsoft's own protocol.

/** One call of a custom function, as Excel sends it to Microsoft's runtime. */
export interface Invocation {
  id: number;
  functionId: string;
  args: unknown[];
  /** The calling cell, e.g. "Sheet1!C5". */
  address: string;
  /** Bit 4: error values among the arguments are passed on as errors. */
  flags: number;
}

/** What Microsoft's runtime sends back for a call. */
export interface InvocationResult {
  id: number;
  ok: boolean;
  /** The value, or the message of the error when not ok. */
  value: unknown;
  errorCode: number;
}

/** A batch of the Excel JavaScript API, as Microsoft's client library serialises it. */
export interface RichApiRequest {
  Actions: RichApiAction[];
  ObjectPaths: Record<string, RichApiPath>;
}

export interface RichApiAction {
  Id: number;
  /** 1 instantiates an object, 2 loads properties, 3 calls a method, 4 sets a property. */
  ActionType: number;
  Name: string;
  ObjectPathId: number;
  ArgumentInfo?: RichApiArguments;
  QueryInfo?: RichApiQuery;
}

export interface RichApiPath {
  Id: number;
  ObjectPathType: number;
  Name: string;
  ParentObjectPathId?: number;
  ArgumentInfo?: RichApiArguments;
}

export interface RichApiArguments {
  Arguments?: unknown[];
  ReferencedObjectPathIds?: unknown;
}

export interface RichApiQuery {
  Select?: string[];
  Expand?: string[];
}

export interface RichApiResponse {
  Results: { ActionId: number; Value: unknown }[];
  Error?: { Code: string; Message: string; Location?: string; ActionIndex: number };
}

/** The host object that the injected script leaves on the pane's window. */
export interface EmulatedHost {
  /** True once Microsoft's runtime has announced that it takes calls. */
  ready: boolean;
  /** Set by the page: told once when `ready` becomes true. */
  onReady(): void;
  /** Set by the page: results, in the batches in which the runtime sends them. */
  onResults(results: InvocationResult[]): void;
  /** Set by the page: answers a batch of the Excel API. */
  onRequest(request: RichApiRequest): RichApiResponse;
  /** Raises the event of a new selection, for who asked for it. */
  selectionChanged(): void;
  /** Sends calls to Microsoft's runtime in one message, as Excel does. */
  invoke(calls: Invocation[]): void;
}

declare global {
  interface Window {
    emulatedHost?: EmulatedHost;
  }
}
