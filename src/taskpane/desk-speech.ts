/** What is said of where the account stands. */
import { holdsHongKong, type Standing } from "../account";
import type { Statement } from "../statements";
import type { Desk } from "./desk";
import type { Entry } from "./desk-entries";
import { rooms, type HongKongCode } from "./rooms";
import { spokenAccount } from "./views/account/room";
import { holdsAnything } from "./views/account/status-card";
import { described } from "./views/frame/source-bar";

export class DeskSpeech {
  constructor(private readonly desk: Desk) {}

  /** What was said last of a status. */
  private spoken:
    | { readonly key: string; readonly status: Standing; readonly hongKong: Standing | undefined }
    | undefined;

  speak(statement: Statement): void {
    this.desk.calculation.onceThere(() => {
      const own = this.desk.looked?.entry.from.some((one) => one.statement === statement);
      if (own) this.sayStanding(statement.rows.read);
    });
  }

  /** Another account is in front, or none. */
  speakFront(): void {
    this.desk.calculation.onceThere(() => {
      if (this.desk.looked) this.sayStanding(this.nameOf(this.desk.looked.entry));
      else {
        this.spoken = undefined;
        this.desk.set({ alert: "" });
        this.desk.around.say("");
      }
    });
  }

  /** Another status is said; a figure that changed within it isn't, but where a term was switched. */
  speakChange(): void {
    this.desk.calculation.onceThere(() => {
      const { spoken } = this;
      const { looked } = this.desk;
      if (!looked || !spoken) return;
      const { entry, book } = looked;
      const isOther = spoken.key !== entry.key || spoken.status !== book.standings.status;
      const isNew = isOther || this.switched;
      this.switched = false;
      const code = rooms.hongKong.loaded;
      const ours = code && this.desk.hongKong(code, entry);
      if (isNew) this.sayStanding();
      else if (code && ours && spoken.hongKong !== ours.status) {
        this.spoken = { ...spoken, hongKong: ours.status };
        this.desk.around.say(code.spokenHongKong(ours, this.desk.around.language()));
      }
    });
  }

  private switched = false;

  /** A term was switched rather than typed: where the account stands by it is said, changed or not. */
  saySwitch(): void {
    this.switched = this.desk.looked !== undefined;
  }

  /** What is to be said, once it is worked out; undefined until then. */
  private due: (() => string | undefined) | undefined;

  /** An assumption was switched: where it leads is said, at once or as soon as that is known. */
  sayOnceKnown(told: () => string | undefined): void {
    this.due = told;
    this.sayDue();
  }

  sayDue(): void {
    const said = this.due?.();
    if (said === undefined) return;
    this.due = undefined;
    if (said !== "") this.desk.around.say(said);
  }

  private nameOf(entry: Entry): string {
    const language = this.desk.around.language();
    const { who, what } = described(entry, this.desk, language, this.desk.texts);
    return [who, what[0]].join(" ");
  }

  /** @param of the rows just imported, or whose account it is */
  private sayStanding(of?: number | string): void {
    const { looked } = this.desk;
    if (!looked) return;
    const { key, statement } = looked.entry;
    this.spoken = { key, status: looked.book.standings.status, hongKong: undefined };
    if (!holdsHongKong(statement)) return this.sayWith(of, undefined);
    void rooms.hongKong.arrive().then(
      (code) => {
        if (this.desk.looked?.entry.key === key) this.sayWith(of, code);
      },
      () => {
        if (this.desk.looked?.entry.key === key) this.sayWith(of, undefined);
      },
    );
  }

  /** Says where both parts of an account stand, the Hong Kong one after the other or alone. */
  private sayWith(of: number | string | undefined, code: HongKongCode | undefined): void {
    const { looked } = this.desk;
    if (!looked) return;
    const { book, entry } = looked;
    const { status } = book.standings;
    const language = this.desk.around.language();
    const ours = code && this.desk.hongKong(code, entry);
    this.spoken = { key: entry.key, status, hongKong: ours?.status };
    const there = ours ? code.spokenHongKong(ours, language) : "";
    const only = !holdsAnything(book) && holdsHongKong(entry.statement);
    const name = typeof of === "string" ? `${of} ` : "";
    const said = only
      ? there && name + there
      : [spokenAccount(book, of, language), there]
          .filter(Boolean)
          .join(language === "zh" ? "" : " ");
    const urgent = !only && (status === "liquidation" || status === "immediate");
    this.desk.set({ alert: urgent ? said : "" });
    this.desk.around.say(urgent ? "" : said);
  }
}
