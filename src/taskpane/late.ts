/** Code in a file of its own, which loads when it is first asked for; where that fails, it can be asked for anew. */

/** Nothing is said of what is over before anyone wonders. */
export const UNNOTICED = 300;

export class Late<Code> {
  private code: Code | undefined;
  private loading: Promise<Code> | undefined;
  /** What the user sees of it: nothing, that it loads, or that it didn't. */
  private told: "nothing" | "loading" | "failed" = "nothing";
  private patience: ReturnType<typeof setTimeout> | undefined;

  /** @param changed is called when what there is to show of it has changed */
  constructor(
    private readonly load: () => Promise<Code>,
    private readonly changed: () => void,
  ) {}

  /** The code where it is here. Else it is asked for, and `shows` says what stands in its place. */
  get here(): Code | undefined {
    if (!this.code && !this.patience && this.told === "nothing") {
      this.patience = setTimeout(() => this.tell("loading"), UNNOTICED);
      this.arrive().catch(() => this.tell("failed"));
    }
    return this.code;
  }

  /** The code where it is here already; nobody asks for it by this. */
  get loaded(): Code | undefined {
    return this.code;
  }

  get shows(): "nothing" | "loading" | "failed" {
    return this.told;
  }

  /** For work that needs the code; rejects where it can't be loaded, and the next wish loads it anew. */
  arrive(): Promise<Code> {
    this.loading ??= this.load().then(
      (code) => {
        this.code = code;
        if (this.patience || this.told !== "nothing") this.tell("nothing");
        return code;
      },
      (error: unknown) => {
        this.loading = undefined;
        throw new NotLoaded(error);
      },
    );
    return this.loading;
  }

  /** The user asks again for what didn't load. */
  retry(): void {
    this.tell("nothing");
  }

  private tell(told: typeof this.told): void {
    clearTimeout(this.patience);
    this.patience = undefined;
    this.told = told;
    this.changed();
  }
}

/** A file of the add-in couldn't be loaded: no network, or another version of it is there by now. */
export class NotLoaded extends Error {
  constructor(why: unknown) {
    super(why instanceof Error ? why.message : String(why));
  }
}
