/** What Settings let a user do: the profile's fields one by one, or as a whole. */
import { DEFAULT_PROFILE, profileText, readProfile, type Profile } from "../account";
import type { Desk } from "./desk";
import type { Surroundings } from "./desk-acts";
import { changeProfile, withField } from "./profile-fields";
import { rooms } from "./rooms";
import type { SettingsActs } from "./views/settings/page";

/** Whether a field is one of rates for some days. */
const isOfSteps = (path: string): boolean => path.startsWith("dated.");
const isOfNewStep = (path: string): boolean => path.startsWith("dated.new.");

function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export class DeskSettings {
  constructor(
    private readonly desk: Desk,
    private readonly surroundings: Surroundings,
  ) {}

  /** Whole, as it was imported or is by default. */
  private keepProfile(profile: Profile): void {
    this.desk.typing();
    this.desk.memory.changeProfile("", () => profile);
  }

  /** Whether the profile takes it; undefined, or the sentence why not. */
  private refusal(path: string, text: string): string | undefined {
    const { profile, profileRefused } = this.desk.state;
    // A new step is asked about when it is added.
    if (isOfNewStep(path)) return profileRefused[path];
    const changed = isOfSteps(path)
      ? rooms.settings.here?.changeDated(profile, path, text)
      : changeProfile(profile, path, text);
    return changed && "refused" in changed
      ? changed.refused[this.surroundings.language()]
      : undefined;
  }

  /** A field that is taken may make room for another that wasn't: a line for the one above it. */
  private change(path: string, text: string): void {
    const { desk } = this;
    desk.typing();
    const waiting = new Map([...this.refusedTexts(), [path, text]]);
    if (this.refusal(path, text) === undefined) {
      for (let taken: string | undefined = path; taken !== undefined;) {
        this.take(taken, waiting.get(taken) ?? "");
        waiting.delete(taken);
        taken = [...waiting].find(([at, typed]) => this.refusal(at, typed) === undefined)?.[0];
      }
    }
    this.refuse(waiting);
  }

  /** Rates for some days are seen to by the code of the page. */
  private take(path: string, text: string): void {
    if (isOfSteps(path)) rooms.settings.here?.takeStep(this.desk, path, text);
    else this.desk.memory.changeProfile(path, withField(path, text));
  }

  /** What stands in the fields that were refused. */
  private refusedTexts(): readonly (readonly [string, string])[] {
    const { profileRefused, profileTyped } = this.desk.state;
    return Object.keys(profileRefused).map((path) => [path, profileTyped[path] ?? ""] as const);
  }

  private refuse(waiting: ReadonlyMap<string, string>): void {
    const profileRefused = Object.fromEntries(
      [...waiting].flatMap(([path, text]) => {
        const why = this.refusal(path, text);
        return why === undefined ? [] : [[path, why]];
      }),
    );
    this.desk.set({ profileRefused });
  }

  /** In the language that was chosen. */
  refuseAnew(): void {
    this.refuse(new Map(this.refusedTexts()));
  }

  readonly acts: SettingsActs = {
    back: () => this.desk.closePage(),
    type: (path, text) => {
      const { profileTyped } = this.desk.state;
      this.desk.set({ profileTyped: { ...profileTyped, [path]: text }, notice: undefined });
      // A new step is taken whole, when it is added.
      if (isOfNewStep(path)) rooms.settings.here?.typeNewStep(this.desk, path);
      else this.change(path, text);
    },
    addStep: () => rooms.settings.here?.addStep(this.desk, this.surroundings.language()),
    removeStep: (code, index) =>
      rooms.settings.here?.removeStep(this.desk, this.surroundings.language(), code, index),
    choose: (path, value) => {
      this.desk.speech.saySwitch();
      this.change(path, value);
    },
    exportJson: () =>
      download("option-seller-margin-profile.json", profileText(this.desk.state.profile)),
    importJson: (file) => void this.importJson(file),
    clearSnapshots: () => {
      const { desk } = this;
      desk.set({ snapshots: [] });
      desk.memory.keeper.write("snapshots", "[]");
      desk.notify({ kind: "done", text: desk.texts.snapshotsCleared });
    },
    keepImports: (on) => void this.desk.kept.choose(on),
    clearImports: () => void this.desk.kept.clear(),
    reset: () => {
      const { desk } = this;
      desk.set({ profileTyped: {}, profileRefused: {} });
      this.keepProfile(DEFAULT_PROFILE);
      desk.notify({ kind: "done", text: desk.texts.settingsReset });
    },
    language: (choice) => this.surroundings.chooseLanguage(choice),
    theme: (choice) => this.surroundings.chooseTheme(choice),
    moves: (choice) => this.surroundings.chooseMoves(choice),
    wan: (on) => this.surroundings.chooseWan(on),
  };

  private async importJson(file: File): Promise<void> {
    const { desk } = this;
    let json: unknown;
    try {
      json = JSON.parse(await file.text());
    } catch {
      return desk.notify({ kind: "problem", text: desk.texts.settingsNotJson(file.name) });
    }
    const read = readProfile(json);
    if ("refused" in read) {
      return desk.notify({ kind: "problem", text: read.refused[this.surroundings.language()] });
    }
    desk.set({ profileTyped: {}, profileRefused: {} });
    this.keepProfile(read.profile);
    desk.notify({ kind: "done", text: desk.texts.settingsRead });
  }
}
