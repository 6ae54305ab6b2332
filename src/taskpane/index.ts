/** Starts the pane: reads the functions, asks the host who it is, and shows the page from its state. */
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/tables.css";
import "./styles/chrome.css";
import "./styles/health.css";
import "./styles/list.css";
import "./styles/function.css";
import "./styles/frame.css";
import "./styles/import.css";
import "./styles/status.css";
import "./styles/account.css";
import "./styles/account-headline.css";
import "./styles/account-figures.css";
import "./styles/account-missing.css";
import "./styles/account-parts.css";
import "./styles/account-positions.css";
import "./styles/what-if.css";
import "./styles/expiry.css";
import "./styles/market.css";
import "./styles/reconcile.css";
import "./styles/reconcile-bridge.css";
import "./styles/reconcile-days.css";
import "./styles/reconcile-rows.css";
import "./styles/settings.css";
import "./styles/display.css";
import "./styles/hong-kong.css";
import { dayFromNumber, type Day } from "../core";
import { everyExchange } from "../exchanges";
import { catalogOf, type Catalog, type Metadata } from "./catalog";
import { Desk } from "./desk";
import { DeskActs, type Surroundings } from "./desk-acts";
import { listenToFiles } from "./desk-files";
import { show } from "./element";
import { familiesOf } from "./families";
import { atLast, excel, hostLanguage } from "./host";
import { listenToKeys } from "./keyboard";
import { LANG } from "./language";
import { Pane } from "./pane";
import {
  recalledLanguage,
  recalledMoves,
  recalledTheme,
  recalledWan,
  type LanguageChoice,
} from "./preferences";
import { fetchRooms, followRooms, rooms } from "./rooms";
import type { State } from "./state";
import { TEXTS } from "./texts";
import { applyMoves, applyTheme } from "./theme";
import { chrome } from "./views/chrome";
import { deskShown } from "./views/frame/shown";
import { onSelection } from "./workbook";

const root = document.getElementById("pane") ?? document.body;

const metaContent = (name: string): string =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";

const languageChoice = recalledLanguage();
const initial: State = {
  language: languageChoice === "auto" ? hostLanguage() : languageChoice,
  languageChoice,
  themeChoice: recalledTheme(),
  moves: recalledMoves(),
  wan: recalledWan(),
  menu: false,
  version: metaContent("version"),
  namespace: metaContent("namespace"),
  catalog: "loading",
  connection: "connecting",
  health: { broken: 0, partly: false, repairing: false, report: undefined },
  rules: false,
  query: "",
  unfolded: new Set(),
  open: undefined,
  target: undefined,
  said: "",
};

function render(): void {
  const { state } = pane;
  const texts = TEXTS[state.language];
  const page = document.documentElement;
  page.lang = LANG[state.language];
  document.title = texts.title;
  applyTheme(state.themeChoice);
  applyMoves(state.moves);
  const shown = deskShown(desk, acts, state, pane);
  show(root, chrome(state, pane, desk, surroundings, texts, shown));
  const dialog = root.querySelector("dialog");
  if (dialog && !dialog.open) dialog.showModal();
  announceResult();
  // With an account at hand any room may be next.
  if (desk.looked) void fetchRooms();
}

// The live region speaks once the typing rests, and only of a result that is new.
const REST = 700;
let lastSpoken = "";
let speaking: ReturnType<typeof setTimeout> | undefined;
function announceResult(): void {
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    // No call is open before the room's code is here.
    const spoken = (pane.state.open && rooms.functions.here?.spokenOpen(pane)) ?? "";
    if (spoken === lastSpoken) return;
    lastSpoken = spoken;
    if (spoken !== "") pane.set({ said: spoken });
  }, REST);
}

const pane = new Pane(initial, () => render());

const SHANGHAI_AHEAD = 8 / 24;
const today = (): Day => dayFromNumber(Math.floor(Date.now() / 86_400_000 + SHANGHAI_AHEAD));

const desk = new Desk({
  language: () => pane.state.language,
  connected: () => pane.state.connection === "connected",
  today,
  show: () => render(),
  say: (said) => pane.set({ said }),
  focus: (id) => document.getElementById(id)?.focus(),
});

/** What was said in the other language is said no longer. */
function chooseLanguage(choice: LanguageChoice): void {
  pane.chooseLanguage(choice);
  pane.set({ said: "" });
  desk.set({ notice: undefined, alert: "" });
  acts.refuseAnew();
}

const surroundings: Surroundings = {
  namespace: initial.namespace,
  language: () => pane.state.language,
  chooseLanguage,
  chooseTheme: (choice) => pane.chooseTheme(choice),
  chooseMoves: (choice) => pane.chooseMoves(choice),
  chooseWan: (on) => pane.chooseWan(on),
};

const acts = new DeskActs(desk, surroundings);

async function metadata(file: string): Promise<Metadata> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return (await response.json()) as Metadata;
}

async function catalog(): Promise<Catalog | "missing"> {
  try {
    const [en, zh] = await Promise.all([
      metadata("functions.json"),
      metadata("functions.zh-CN.json"),
    ]);
    return catalogOf({ en, zh });
  } catch (error) {
    console.error(error);
    return "missing";
  }
}

/** The user comes back to the pane: the sheet may have changed, and so may Excel's theme. */
function follow(): void {
  applyTheme(pane.state.themeChoice);
  void pane.refresh();
  acts.lookAtSheet();
}

async function connect(): Promise<void> {
  const connection = await excel();
  pane.set({ connection });
  pane.followLanguage();
  if (connection === "late") void atLast().then(connect);
  if (connection !== "connected") return;
  onSelection(() => void pane.reread());
  await Promise.all([desk.memory.recall().then(() => desk.kept.recall()), pane.refresh()]);
}

followRooms(() => render());
render();
listenToKeys(pane, desk);
listenToFiles(desk);
void desk.memory.recall();
document.documentElement.addEventListener("pointerenter", () => {
  void pane.reread();
  acts.lookAtSheet();
});
addEventListener("focus", follow);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", follow);
document.addEventListener("click", ({ target }) => {
  const inMenu = target instanceof Element && target.closest("#menu, #menu-button");
  if (!inMenu) pane.toggleMenu(false);
  const inSources = target instanceof Element && target.closest("#source-menu, #source-button");
  if (!inSources) desk.toggleMenu(false);
});
void connect();
void catalog().then((found) => {
  const first = typeof found === "string" ? undefined : familiesOf(found, everyExchange)[0];
  pane.set({ catalog: found, unfolded: new Set(first ? [first.prefix] : []) });
  void pane.refresh();
});
