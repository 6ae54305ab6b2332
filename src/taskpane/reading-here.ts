/** The same on the page itself, in breaths, where a host allows no worker. */
import { answering } from "./reading-answer";
import type { Ask, ReadHere, Taken } from "./reading-message";

const readHere: ReadHere = (port) => {
  const hear = answering((said, transfer) => port.postMessage(said, [...transfer]));
  port.onmessage = ({ data }: MessageEvent<Ask | Taken>) => hear(data);
};

window.optionSellerMarginReadHere = readHere;
