/** The thread that reads: a file of a hundred thousand rows is no concern of the page's. */
import { answering } from "./reading-answer";
import type { Answer, Ask, Taken } from "./reading-message";

/** What a worker is to this file; the page's own types know no worker from inside. */
interface Thread {
  onmessage: ((event: MessageEvent<Ask | Taken>) => void) | null;
  postMessage(message: Answer, transfer: Transferable[]): void;
}
const thread = self as unknown as Thread;
const hear = answering((said, transfer) => thread.postMessage(said, [...transfer]));

thread.onmessage = ({ data }) => hear(data);
