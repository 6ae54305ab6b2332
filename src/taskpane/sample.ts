/** The invented account one can try things on: a settlement statement, and the market of its day. */
import type { Typed } from "./desk-state";
import type { Input } from "./reading-input";

const FILE = "assets/sample/ctp-20261120.txt";

export async function sampleInput(): Promise<Input> {
  const response = await fetch(FILE);
  if (!response.ok) throw new Error(`${FILE}: ${response.status}`);
  const file = new Blob([await response.arrayBuffer()]);
  return { kind: "file", name: "样例 sample 20261120.txt", file };
}

/** What the statement doesn't print: prices of the underlyings, and the exchanges' futures margin rates. */
export const SAMPLE_MARKET: Typed = {
  prices: { IO: "4650", SR701: "5750", cu2701: "86500", sc2702: "498.6", si2701: "9350" },
  rates: { m2701: "7%", SR701: "7%", cu2701: "9%", sc2702: "10%", si2701: "9%" },
  equity: "",
  terms: {},
  previous: { IO: "4638", SR701: "5742", cu2701: "86120", sc2702: "505.2", si2701: "9310" },
};

/** What the broker charges on the one underlying whose rate its figure doesn't tell. */
export const SAMPLE_BROKER_RATES: Readonly<Record<string, string>> = { sc2702: "0.13" };
