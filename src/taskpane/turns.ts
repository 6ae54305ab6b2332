/** Work that waits its turn: one at a time, in the order it came, whatever becomes of the one before. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private waitingNow = 0;
  private working = false;

  /** How many wait behind the one at work. */
  get waiting(): number {
    return this.waitingNow;
  }

  get busy(): boolean {
    return this.working || this.waitingNow > 0;
  }

  /** Work must not take a turn of its own and wait for it: its turn would never come. */
  take<T>(work: () => Promise<T>): Promise<T> {
    this.waitingNow += 1;
    const turn = this.last.then(async () => {
      this.waitingNow -= 1;
      this.working = true;
      try {
        return await work();
      } finally {
        this.working = false;
      }
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
