// Code that loads later: what is there while it doesn't, and how it is asked for anew.
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { Late, NotLoaded } from "../src/taskpane/late";

interface Asked {
  come(code: string): Promise<void>;
  fail(): Promise<void>;
}

/** Loading that ends when the test says so; `asked` holds one for each time it was begun. */
function late() {
  const asked: Asked[] = [];
  const changed = jest.fn();
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  const code = new Late<string>(
    () =>
      new Promise((resolve, reject) => {
        asked.push({
          come: (text) => (resolve(text), settled()),
          fail: () => (reject(new Error("offline")), settled()),
        });
      }),
    changed,
  );
  return { code, asked, changed };
}

describe("code that loads later", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test("is asked for once, however often it is looked for, and is there when it has come", async () => {
    const { code, asked, changed } = late();
    expect([code.here, code.here, code.here]).toEqual([undefined, undefined, undefined]);
    expect(asked).toHaveLength(1);
    await asked[0]?.come("room");
    expect([code.here, code.shows]).toEqual(["room", "nothing"]);
    expect(changed).toHaveBeenCalledTimes(1);
    jest.runAllTimers();
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test("shows nothing for 300 ms, then that it loads", () => {
    const { code, changed } = late();
    void code.here;
    jest.advanceTimersByTime(299);
    expect([code.shows, changed.mock.calls.length]).toEqual(["nothing", 0]);
    jest.advanceTimersByTime(1);
    expect([code.shows, changed.mock.calls.length]).toEqual(["loading", 1]);
  });

  test("says once that it didn't come, and only the user asks anew", async () => {
    const { code, asked, changed } = late();
    void code.here;
    jest.advanceTimersByTime(300);
    await asked[0]?.fail();
    expect([code.here, code.shows, asked.length]).toEqual([undefined, "failed", 1]);
    expect(changed).toHaveBeenCalledTimes(2);
    code.retry();
    expect([code.here, code.shows, asked.length]).toEqual([undefined, "nothing", 2]);
    await asked[1]?.come("room");
    expect([code.here, code.shows]).toEqual(["room", "nothing"]);
  });

  test("that was fetched before anyone asked changes nothing on the page, whether it came or not", async () => {
    const { code, asked, changed } = late();
    const first = code.arrive();
    const refused = expect(first).rejects.toThrow(NotLoaded);
    await asked[0]?.fail();
    await refused;
    expect([code.shows, changed.mock.calls.length]).toEqual(["nothing", 0]);
    const second = code.arrive();
    await asked[1]?.come("room");
    expect([await second, await code.arrive(), asked.length]).toEqual(["room", "room", 2]);
    expect(changed).not.toHaveBeenCalled();
    expect(code.here).toBe("room");
  });

  test("that work has fetched takes the place of what was said of it", async () => {
    const { code, asked } = late();
    void code.here;
    await asked[0]?.fail();
    expect(code.shows).toBe("failed");
    void code.arrive();
    await asked[1]?.come("room");
    expect([code.here, code.shows]).toEqual(["room", "nothing"]);
  });
});
