/** The formula that gives a line's figure in a cell, with the very inputs of its working. */
import type { Book, Figure, Line } from "../../../account";
import { digits, type Amount } from "../../../core";
import { nameIn } from "../../formula-text";

const quoted = (text: string): string => `"${text.replace(/"/g, '""')}"`;

const orBlank = (value: Amount | undefined): string => (value ? digits(value) : "");

/** Undefined where no function of ours gives the figure. */
export function cellFormula(
  line: Line,
  figure: Figure,
  { day }: Pick<Book, "day">,
  namespace = "",
): string | undefined {
  if (figure.gap) return undefined;
  const { position, price, underlyingPrice } = line;
  const lots = digits(position.quantity);
  if (line.kind === "future") {
    if (!price || !line.unit || !figure.rate) return undefined;
    const factors = [price, line.unit, figure.rate].map(digits);
    const marked = figure.markup.isZero() ? [] : [digits(figure.markup.plus(1))];
    return `=${[...factors, lots, ...marked].join("*")}`;
  }
  const { subject } = position;
  if (!figure.working || !price || !underlyingPrice || subject?.kind !== "option") return undefined;
  const { contract } = subject;
  const given = [
    quoted(position.contract),
    digits(price),
    digits(underlyingPrice),
    orBlank(figure.rate),
    lots,
    figure.markup.isZero() ? "" : digits(figure.markup),
    day === undefined ? "" : quoted(day),
    contract.strike ? "" : orBlank(line.strike),
    contract.unit ? "" : orBlank(line.unit),
  ];
  while (given.at(-1) === "") given.pop();
  const list = given.map((text, index) => (index > 0 && text !== "" ? ` ${text}` : text)).join(",");
  return `=${nameIn(namespace, "MARGIN.SHORT")}(${list})`;
}
