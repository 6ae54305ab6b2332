/** Where a rule stands: title, article, day, and how sure it is. */
import type { Bilingual, Citation } from "../../core";
import { h, type Child, type Described } from "../element";
import { langOf, type Language } from "../language";
import type { Source } from "../source";
import type { Texts } from "../texts";

/** 待核 where a figure isn't confirmed; nothing where it is. */
export const certainty = (citation: Citation, texts: Texts): Child =>
  citation.certainty !== "confirmed" && h("span", { class: "doubt" }, texts.unverified);

const DOUBT = { weak: "weak", unverified: "fromMemory" } as const;

export function sourceView(
  source: Source | Bilingual,
  language: Language,
  texts: Texts,
): readonly Child[] {
  if (!("citation" in source)) return [h("p", {}, source[language])];
  const { citation, from } = source;
  const sure = citation.certainty === "confirmed";
  const said: Child[] = [
    sure
      ? h("span", {}, texts.confirmed)
      : h(
          "span",
          {},
          certainty(citation, texts),
          ` ${texts[DOUBT[citation.certainty as keyof typeof DOUBT]]}`,
        ),
    h("span", { class: "dot" }),
    h("span", {}, texts.lookedUp(citation.asOf)),
    from !== undefined && h("span", { class: "dot" }),
    from !== undefined && h("span", {}, texts.inForce(from)),
  ];
  return [
    h("p", { class: "title", lang: langOf(citation.title[language]) }, citation.title[language]),
    h("p", { lang: langOf(citation.article[language]) }, citation.article[language]),
    h("p", { class: "muted" }, ...said),
    citation.note !== undefined && h("p", { class: "muted" }, citation.note[language]),
    citation.url !== undefined && address(citation.url, texts),
  ];
}

const address = (url: string, texts: Texts): Described =>
  h(
    "p",
    {},
    h(
      "a",
      { href: url, target: "_blank", rel: "noopener noreferrer" },
      texts.open(new URL(url).host),
      h("span", { class: "unseen" }, ` ${texts.newWindow}`),
    ),
  );
