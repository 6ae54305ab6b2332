/** What outlasts the pane: the broker's terms, snapshots, and the columns that were named. */
import { profileText, readProfile, readSnapshots, type Profile, type Snapshot } from "../account";
import type { Mapping } from "../statements";
import type { Desk } from "./desk";
import { withSnapshot } from "./desk-derived";
import { Keeper } from "./desk-kept";

export class DeskMemory {
  readonly keeper: Keeper;
  /** Columns by the fingerprint of their table. */
  mappings: Readonly<Record<string, Mapping>> = {};

  constructor(private readonly desk: Desk) {
    this.keeper = new Keeper(desk.around.connected, (kind) => {
      if (kind === "mark") desk.kept.unmarkable();
      if (kind === "profile") desk.notify({ kind: "problem", text: desk.texts.notKept });
    });
  }

  async recall(): Promise<void> {
    const [profile, snapshots, mappings] = await Promise.all([
      this.keeper.read("profile"),
      this.keeper.read("snapshots"),
      this.keeper.read("mappings"),
    ]);
    const read = profile === undefined ? undefined : readProfile(profile);
    const kept = read && "profile" in read ? read.profile : undefined;
    if (mappings && typeof mappings === "object") {
      this.mappings = { ...(mappings as Record<string, Mapping>), ...this.mappings };
    }
    this.snapshotsRead = snapshots === undefined ? undefined : readSnapshots(snapshots);
    this.desk.set({
      profile: this.withTyped(kept),
      snapshots: this.snapshotsRead ?? this.desk.state.snapshots,
    });
    if (!this.desk.around.connected()) return;
    this.keepTyped(kept);
    this.keepSnapshot();
    this.desk.speech.speakChange();
  }

  // Excel may answer late: until then the profile is changed without knowing what the workbook keeps.
  private readonly typedProfile = new Map<string, (profile: Profile) => Profile>();
  private recalled = false;
  /** As the workbook holds them. */
  private snapshotsRead: readonly Snapshot[] | undefined;

  /** Changes the profile; `path` names the field, and is "" for the whole of it. */
  changeProfile(path: string, change: (profile: Profile) => Profile): void {
    if (!this.recalled) {
      if (path === "") this.typedProfile.clear();
      this.typedProfile.delete(path);
      this.typedProfile.set(path, change);
    }
    this.desk.set({ profile: change(this.desk.state.profile) });
    this.keeper.write("profile", profileText(this.desk.state.profile));
    this.keepSnapshot();
  }

  /** What the workbook keeps, with what was typed here over it. */
  private withTyped(kept: Profile | undefined): Profile {
    if (!kept || this.recalled) return kept ?? this.desk.state.profile;
    return [...this.typedProfile.values()].reduce((profile, change) => change(profile), kept);
  }

  /** What was typed before Excel answered is kept now; where it replaces something, that is said. */
  private keepTyped(kept: Profile | undefined): void {
    if (!this.recalled && this.typedProfile.size > 0) {
      const text = profileText(this.desk.state.profile);
      this.keeper.write("profile", text);
      if (kept && profileText(kept) !== text) {
        this.desk.notify({ kind: "done", text: this.desk.texts.typedWins });
      }
    }
    this.recalled = true;
    this.typedProfile.clear();
  }

  /** The state of a real account is kept, with what is known of its prices by now. */
  keepSnapshot(): void {
    const { looked } = this.desk;
    if (this.desk.isTyping) return;
    this.desk.calculation.snapshotDue = this.desk.looking.busy;
    if (this.desk.calculation.snapshotDue) return;
    if (!looked || looked.entry.sample) return;
    const snapshots = withSnapshot(this.desk.state.snapshots, looked.book);
    // A workbook that is only looked at stays as it is: Excel would ask whether to save it.
    if (snapshots === this.snapshotsRead) return;
    this.desk.set({ snapshots });
    this.keeper.write("snapshots", () => JSON.stringify(snapshots));
  }

  keepMapping(fingerprint: string, mapping: Mapping): void {
    this.mappings = { ...this.mappings, [fingerprint]: mapping };
    this.keeper.write("mappings", JSON.stringify(this.mappings));
  }
}
