import { duration, linesOf, performancePage } from "../tools/bench-page.mjs";

const machine = {
  ...{ model: "a processor", cores: 2, node: "20.0.0", system: "linux x64" },
  ...{ date: "2026-11-20", busy: false },
};
const words = (text: string) => ({ zh: `${text}（中）`, en: text });
const peer = (times: number, goal?: number) => ({ name: words("peer"), each: 100, times, goal });
const result = (times: number, goal?: number) => ({
  ...{ name: words("workload"), each: 10, peers: [peer(times, goal)] },
});
const size = (kilobytes: number) => ({ name: words("bundle"), kilobytes, goal: 40 });
const page = (results: ReturnType<typeof result>[], sizes: ReturnType<typeof size>[]) =>
  performancePage({ results, sizes, left: [words("Not measured: the rest.")], machine });

describe("the results page of the benchmark", () => {
  test("says of each goal whether it is reached, at equality as well", () => {
    const outcome = (times: number, goal?: number) => linesOf(result(times, goal), "en")[0]?.at(-1);
    expect(outcome(60, 60)).toBe("reached");
    expect(outcome(59.9, 60)).toBe("not reached");
    expect(outcome(59.9)).toBe("–");
  });

  test("holds a workload to the time it may take, in a line of its own", () => {
    const lines = linesOf({ ...result(2), most: 9 }, "zh");
    expect(lines).toHaveLength(2);
    expect(lines[1]?.slice(-2)).toEqual(["不超过 9.0 ns", "未达到"]);
  });

  test("names in both languages what isn't reached and what isn't measured", () => {
    const text = page([result(59.9, 60)], [size(40.1)]);
    expect(text).toContain("workload（中）：对peer（中） 59.9 倍，目标 60 倍");
    expect(text).toContain("Not reached: workload: 59.9 × peer, the goal is 60 ×");
    expect(text).toContain("bundle: 40.1 KB, the goal is at most 40 KB");
    expect(text).toContain("Not measured: the rest.（中）");
    expect(text).not.toContain("Every goal");
  });

  test("says that every goal is reached only where each is", () => {
    expect(page([result(60, 60)], [size(40)])).toContain("Every goal that is set is reached.");
  });

  test("writes times in the unit they are read in", () => {
    expect([0.5, 8.7, 1234, 50e6, 2e9].map(duration)).toEqual([
      ...["0.50 ns", "8.7 ns", "1.2 µs", "50.0 ms", "2.0 s"],
    ]);
  });
});
