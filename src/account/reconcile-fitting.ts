/** What a row that fits is charged by. */
import type { Bilingual, Day } from "../core";
import { rateInForce, rateText, type RateInForce } from "./charge";
import { optionOf, takesMargin } from "./figure";
import type { Profile } from "./profile";
import { REASONS, type Reason, type ReasonId } from "./reconcile-reasons";
import type { Comparable } from "./reconcile-row";
import { keyOf, termsText } from "./reconcile-terms";
import { fitText, SAME } from "./reconcile-words";

interface Fit {
  readonly reasons: readonly Reason[];
  readonly text: Bilingual;
}

export class Fits {
  private readonly known = new Map<string, Fit>();

  constructor(
    private readonly profile: Profile,
    private readonly on: Day,
  ) {}

  /** Rows that fit by the same terms are said the same of. */
  of(row: Comparable): Fit {
    const { terms, held } = row;
    const { kind, position } = held;
    const adjusted = optionOf(position)?.adjusted ? position.contract : "";
    const dated = this.stepOf(row);
    const step = dated ? rateText(dated).en : "";
    const key = `${kind} ${position.side} ${terms ? keyOf(terms) : ""} ${adjusted} ${step}`;
    const known = this.known.get(key);
    if (known) return known;
    const reasons = this.reasonsOf(row);
    const found = { reasons, text: fitText(reasons) };
    this.known.set(key, found);
    return found;
  }

  private reasonsOf(row: Comparable): readonly Reason[] {
    const { held, terms } = row;
    const as = (id: ReasonId, detail: Bilingual = SAME): Reason => ({
      id,
      name: REASONS[id],
      detail,
    });
    const contract = optionOf(held.position);
    const adjusted = contract?.adjusted
      ? [
          as("adjusted", {
            zh: `行权价 ${held.strike?.toFixed() ?? "—"}、单位 ${held.unit?.toFixed() ?? "—"}`,
            en: `strike ${held.strike?.toFixed() ?? "—"}, unit ${held.unit?.toFixed() ?? "—"}`,
          }),
        ]
      : [];
    if (held.kind === "option" && held.position.side === "long") return [as("long")];
    if (held.kind === "option" && held.position.side === "covered") return [as("covered")];
    if (!takesMargin(held)) return adjusted;
    const by = terms ?? { kind: "exchange" as const };
    const dated = this.stepOf(row);
    const steps = dated ? [as("datedRate", rateText(dated))] : [];
    return [...adjusted, as(by.kind, termsText(by)), ...steps];
  }

  /** The rate of its table's step that a row is charged by. */
  private stepOf({ held, terms }: Comparable): RateInForce | undefined {
    if (!takesMargin(held)) return undefined;
    const kind = terms?.kind === "rate" ? "broker" : "exchange";
    const found = rateInForce(this.profile, held, kind, this.on);
    return found?.step && found;
  }
}
