// The broker profile where Excel answers late: what was typed meanwhile wins, the rest is the workbook's.
import { expect, test } from "@jest/globals";
import { DEFAULT_PROFILE, profileText, readProfile, type Profile } from "../src/account";
import { Desk } from "../src/taskpane/desk";
import { DeskActs } from "../src/taskpane/desk-acts";

const KEPT: Profile = {
  ...DEFAULT_PROFILE,
  lines: { ...DEFAULT_PROFILE.lines, watch: "0.7" },
  slippage: "0.01",
};

interface Opened {
  readonly desk: Desk;
  readonly acts: DeskActs;
  /** What was written into the workbook, the latest of each kind. */
  readonly kept: Map<string, string>;
  readonly said: string[];
  connect(): Promise<void>;
}

/** A pane whose workbook keeps a profile, and whose Excel has not answered yet. */
function open(profile: Profile | undefined): Opened {
  let connected = false;
  const kept = new Map<string, string>();
  const said: string[] = [];
  if (profile) kept.set("profile", profileText(profile));
  const desk = new Desk({
    language: () => "zh",
    connected: () => connected,
    today: () => "2026-11-20",
    show: () => undefined,
    say: (text) => void said.push(text),
    focus: () => undefined,
  });
  Object.assign(desk.memory, {
    keeper: {
      read: (kind: string) =>
        Promise.resolve(connected && kept.has(kind) ? JSON.parse(kept.get(kind) ?? "") : undefined),
      write: (kind: string, text: string) => void (connected && kept.set(kind, text)),
    },
  });
  const acts = new DeskActs(desk, {
    namespace: "",
    language: () => "zh",
    chooseLanguage: () => undefined,
    chooseTheme: () => undefined,
    chooseMoves: () => undefined,
    chooseWan: () => undefined,
  });
  return {
    desk,
    acts,
    kept,
    said,
    connect: async () => {
      connected = true;
      await desk.memory.recall();
    },
  };
}

const keptProfile = ({ kept }: Opened): Profile => {
  const read = readProfile(JSON.parse(kept.get("profile") ?? "null"));
  if ("refused" in read) throw new Error(read.refused.en);
  return read.profile;
};

const WINS = "连上 Excel 之前改的公司参数已存进工作簿，代替了原来存的；其余照原来存的。";

test("untouched, the workbook's profile is taken and nothing is said", async () => {
  const pane = open(KEPT);
  await pane.desk.memory.recall();
  await pane.connect();
  expect(pane.desk.state.profile).toEqual(KEPT);
  expect(pane.said).toEqual([]);
});

test("a line typed before Excel answers wins, is written, and is said; the rest stays as kept", async () => {
  const pane = open(KEPT);
  await pane.desk.memory.recall();
  pane.acts.settings.type("lines.call", "9");
  pane.acts.settings.type("lines.call", "95%");
  await pane.connect();
  const wanted = { ...KEPT, lines: { ...KEPT.lines, call: "0.95" } };
  expect(pane.desk.state.profile).toEqual(wanted);
  expect(keptProfile(pane)).toEqual(wanted);
  expect(pane.desk.state.notice).toEqual({ kind: "done", text: WINS });
});

test("a profile imported before Excel answers replaces the kept one whole", async () => {
  const pane = open(KEPT);
  pane.acts.settings.type("lines.call", "95%");
  const own = { ...DEFAULT_PROFILE, slippage: "0.02" };
  pane.acts.settings.importJson(new File([profileText(own)], "own.json"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await pane.connect();
  expect(pane.desk.state.profile).toEqual(own);
  expect(keptProfile(pane)).toEqual(own);
});

test("where the workbook keeps none, what was typed is written without a word", async () => {
  const pane = open(undefined);
  pane.acts.settings.type("lines.call", "95%");
  await pane.connect();
  expect(keptProfile(pane).lines.call).toBe("0.95");
  expect(pane.said).toEqual([]);
});

test("typed once Excel has answered, it is not said again when Excel answers again", async () => {
  const pane = open(KEPT);
  await pane.connect();
  pane.acts.settings.type("lines.call", "95%");
  await pane.connect();
  expect(pane.desk.state.profile.lines.call).toBe("0.95");
  expect(pane.said).toEqual([]);
});
