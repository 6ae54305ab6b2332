/** Long work on the page, done a little at a time: between two breaths the page answers and is drawn. */

/** Steps of the work in one breath; a step takes a few milliseconds. */
const BREATH = 4;

const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** The work's answer, after as many breaths as it takes. */
export async function inBreaths<T>(work: Generator<unknown, T>): Promise<T> {
  for (;;) {
    for (let step = 0; step < BREATH; step++) {
      const { done, value } = work.next();
      if (done) return value;
    }
    await breath();
  }
}

export const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at]);

interface Running<Wish, T> {
  readonly wish: Wish;
  readonly work: Generator<number | void, T>;
  rows: number;
  breaths: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * An answer to the latest wish: short work is done at once, long work in breaths. A newer wish takes the place
 * of the one under way.
 */
export class InBreaths<Wish extends readonly unknown[], T> {
  private last: { readonly wish: Wish; readonly answer: T } | undefined;
  private running: Running<Wish, T> | undefined;

  constructor(
    private readonly work: (...wish: Wish) => Generator<number | void, T>,
    /** Steps that are done at once. */
    private readonly atOnce: number,
    /** After a breath, and `over` after the last; not for what is done at once. */
    private readonly changed: (over: boolean) => void,
  ) {}

  /** The answer; undefined while it is being worked out. */
  answer(...wish: Wish): T | undefined {
    if (this.last && same(this.last.wish, wish)) this.stop();
    else if (!this.running || !same(this.running.wish, wish)) this.begin(wish);
    return this.running ? undefined : this.last?.answer;
  }

  get busy(): boolean {
    return this.running !== undefined;
  }

  /** Rows that are done, where the work tells them. */
  get rows(): number {
    return this.running?.rows ?? 0;
  }

  /** Breaths that the work under way has taken. */
  get breaths(): number {
    return this.running?.breaths ?? 0;
  }

  stop(): void {
    clearTimeout(this.running?.timer);
    this.running = undefined;
  }

  /** Gives up what is under way, and keeps neither the last wish nor its answer. */
  forget(): void {
    this.stop();
    this.last = undefined;
  }

  private begin(wish: Wish): void {
    this.stop();
    this.running = { wish, work: this.work(...wish), rows: 0, breaths: 0, timer: undefined };
    if (!this.steps(this.running, this.atOnce)) this.next(this.running);
  }

  private next(running: Running<Wish, T>): void {
    running.timer = setTimeout(() => {
      running.breaths += 1;
      const over = this.steps(running, BREATH);
      if (!over) this.next(running);
      this.changed(over);
    }, 0);
  }

  /** Whether that was the rest of the work. */
  private steps(running: Running<Wish, T>, count: number): boolean {
    for (let step = 0; step < count; step++) {
      const { done, value } = running.work.next();
      if (done) {
        this.last = { wish: running.wish, answer: value };
        this.running = undefined;
        return true;
      }
      running.rows = value ?? running.rows;
    }
    return false;
  }
}
