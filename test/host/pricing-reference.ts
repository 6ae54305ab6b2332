/** The reference values of test/reference/pricing.csv, and how far a double may be from them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Right } from "../../src/core";

const file = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  "..",
  "reference",
  "pricing.csv",
);

type Field =
  | "model"
  | "right"
  | "underlying"
  | "strike"
  | "years"
  | "volatility"
  | "rate"
  | "dividend"
  | "price"
  | "delta"
  | "gamma"
  | "vega"
  | "theta"
  | "implied";

export type ReferencePoint = Readonly<Record<Exclude<Field, "model" | "right">, number>> & {
  readonly right: Right;
  /** The line of the file, for a message. */
  readonly line: string;
};

const [header = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
const fields = header.split(",");

/** The points of a model; what the file leaves blank is NaN. */
export const referencePoints = (model: "black76" | "bsm"): readonly ReferencePoint[] =>
  lines
    .filter((line) => line.startsWith(`${model},`))
    .map((line) => {
      const values = line.split(",").map((text, at) => [fields[at], text] as const);
      const point = values.map(([field, text]) => [
        field,
        field === "right" ? text : text === "" ? NaN : Number(text),
      ]);
      return { ...(Object.fromEntries(point) as Omit<ReferencePoint, "line">), line };
    });

/** One unit in the last place of a double. */
export const lastPlace = (value: number): number =>
  2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -1022) - 52);
