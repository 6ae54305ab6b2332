// Calls of custom functions, in Excel's rhythm. A cell that calls one first shows that it is waiting;
// all calls that are ready leave together; when their results are back, those cells are calculated
// again and now find their answer. So a chain of n functions takes n rounds, as in Excel.
import {
  ErrorCell,
  fromResult,
  toInvocation,
  type Argument,
  type CellValue,
  type FunctionMetadata,
} from "./coercion";
import type { Invocation, InvocationResult } from "./host-contract";

/** A cell that calls a function. */
export interface Caller {
  sheetId: string;
  row: number;
  column: number;
  /** As Excel writes it: "Sheet1!C5". */
  address: string;
}

export type CallValue = CellValue | CellValue[][];

interface WaitingCall {
  invocation: Invocation;
  key: string;
  callers: Map<string, Caller>;
}

export class Calls {
  /** Sends calls to the runtime; set when the pane is there. */
  send: ((calls: Invocation[]) => void) | undefined;
  /** Calculates these cells again. */
  recalculate: (callers: Caller[]) => void = () => {};

  /** @param passErrors the metadata's allowErrorForDataTypeAny */
  constructor(private readonly passErrors: boolean) {}

  private nextId = 1;
  private readonly answers = new Map<string, CallValue>();
  private readonly waiting = new Map<string, WaitingCall>();
  private readonly sent = new Map<number, WaitingCall>();
  private unsent: WaitingCall[] = [];
  private isFlushPlanned = false;
  private isRecalculationDue = false;
  private isCalculating = true;

  /** The answer if it is there; undefined while it is on its way. */
  answer(metadata: FunctionMetadata, given: Argument[], caller: Caller): CallValue | undefined {
    const call = toInvocation(metadata, given, this.passErrors);
    if (call instanceof ErrorCell) return call;
    const key = JSON.stringify([metadata.id, call.args]);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    let waiting = this.waiting.get(key);
    if (!waiting) {
      const { address } = caller;
      const invocation = { id: this.nextId++, functionId: metadata.id, address, ...call };
      waiting = { invocation, key, callers: new Map() };
      this.waiting.set(key, waiting);
      this.unsent.push(waiting);
      this.planFlush();
    }
    waiting.callers.set(`${caller.sheetId}!${caller.row},${caller.column}`, caller);
    return undefined;
  }

  /** Results from Microsoft's runtime, in the batches it makes. */
  receive(results: InvocationResult[]): void {
    const callers = new Map<string, Caller>();
    for (const result of results) {
      const call = this.sent.get(result.id);
      if (!call) continue;
      this.sent.delete(result.id);
      this.waiting.delete(call.key);
      this.answers.set(call.key, fromResult(result));
      for (const [key, caller] of call.callers) callers.set(key, caller);
    }
    if (callers.size === 0) return;
    this.isRecalculationDue = true;
    this.recalculate([...callers.values()]);
  }

  calculationStarted(): void {
    this.isRecalculationDue = false;
    this.isCalculating = true;
  }

  /** With no call on its way and every answer used, the next calculation asks the functions anew. */
  calculationEnded(): void {
    this.isCalculating = false;
    if (this.isSettled) this.answers.clear();
  }

  /** The runtime is a new one (the pane was loaded again): what was on its way is sent again. */
  restart(): void {
    this.unsent = [...this.waiting.values()];
    this.sent.clear();
    this.planFlush();
  }

  /** True while nothing calculates, no call is on its way and no answer waits to be used. */
  get isSettled(): boolean {
    return this.waiting.size === 0 && !this.isRecalculationDue && !this.isCalculating;
  }

  private planFlush(): void {
    if (this.isFlushPlanned) return;
    this.isFlushPlanned = true;
    setTimeout(() => {
      this.isFlushPlanned = false;
      if (!this.send || this.unsent.length === 0) return;
      const calls = this.unsent;
      this.unsent = [];
      for (const call of calls) this.sent.set(call.invocation.id, call);
      this.send(calls.map((call) => call.invocation));
    });
  }
}
