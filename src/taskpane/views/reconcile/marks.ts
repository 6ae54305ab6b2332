/** What a row came to, told by weight and a sign: never by colour, which is kept for risk. */
import type { Verdict } from "../../../account";
import { h, type Child, type Described } from "../../element";
import { countText } from "../../figures";

const SIGNS: Readonly<Record<Verdict, string>> = {
  unexplained: "?",
  explained: "≈",
  matching: "✓",
  notCheckable: "–",
};

export const sign = (verdict: Verdict): Described =>
  h("span", { class: "verdict-sign", "aria-hidden": "true" }, SIGNS[verdict]);

export const chip = (verdict: Verdict, ...words: Child[]): Described =>
  h("span", { class: `chip ${verdict}` }, sign(verdict), " ", h("span", {}, ...words));

export const printer = (): Described =>
  h(
    "svg",
    { class: "icon icon-printer", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    h("path", { d: "M4.5 6V2.5h7V6" }),
    h("path", {
      d: "M4.5 11.5h-2a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h11a1 1 0 0 1 1 1v3.5a1 1 0 0 1-1 1h-2",
    }),
    h("path", { d: "M4.5 9.5h7v4h-7Z" }),
  );

/** Sentences of the account have a plain minus before a figure, and sums and counts without groups; the pane has all. */
export const inPane = (text: string): string =>
  text
    .replace(/(^|[\s：:，,；;(（])-(?=\d)/g, "$1\u2212")
    .replace(/[+\u2212]\d{4,}(?=\.\d\d(?!\d))/g, (sum) => sum.replace(/\B(?=(\d{3})+$)/g, ","))
    .replace(/\b\d{4,}(?= (行|rows?\b|with a cause|matching))/g, (rows) => countText(Number(rows)));

/** A contract's code is never broken at its hyphens. */
export const withCodes = (text: string): Child[] =>
  text
    .split(/(\b[A-Za-z]{1,3}\d{3,4}(?:-[A-Z]{1,3})+-\d+\b)/)
    .map((part, at) =>
      at % 2 === 1 ? h("span", { class: "unbroken", translate: "no" }, part) : part,
    );

/** A name at the head of a row begins with a capital where its letters have any. */
export const headed = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
