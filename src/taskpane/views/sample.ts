/** What to put in the sheet for a function that takes a table: nobody can guess a range from its name. */
import { h, type Child } from "../element";
import type { Evaluation } from "../draft";
import { SAMPLE_RANGES } from "../examples";
import { numberText } from "../formula-text";
import { langOf, type Language } from "../language";
import type { Texts } from "../texts";

/** Shown until a range is given. */
export function sampleView(
  id: string,
  { missing }: Evaluation,
  language: Language,
  texts: Texts,
): Child {
  const sample = SAMPLE_RANGES[id]?.[language];
  if (!sample || !missing.some(({ table }) => table)) return undefined;
  const [names = [], ...rows] = sample;
  const isFigures = names.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  return h(
    "div",
    { key: "sample", class: "sample" },
    h("p", { class: "muted", id: "sample-says" }, texts.sample),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "sample-says" },
      h(
        "table",
        { class: "facts" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...names.map((name, column) =>
              h(
                "th",
                { scope: "col", class: isFigures[column] ? "figure-name" : "" },
                String(name),
              ),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          ...rows.map((row) =>
            h(
              "tr",
              {},
              ...row.map((cell) =>
                typeof cell === "number"
                  ? h("td", { class: "figure" }, numberText(cell))
                  : h("td", { lang: langOf(cell) }, cell),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
