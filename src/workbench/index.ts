// The workbench page: sheet on the left, the add-in's pane on the right, one line below.
import type { FRange } from "@univerjs/sheets/facade";
import "./workbench.css";
import { Calls } from "./calls";
import { valuesOf, type PlainValue } from "./cell-values";
import type { FunctionsFile } from "./coercion";
import { demoWorkbook, firstFormula } from "./demo";
import { startDivider } from "./divider";
import { ErrorMessages, errorSentence } from "./error-line";
import { workbookObject } from "./excel-objects";
import { loadFace } from "./fonts";
import { Pane } from "./pane";
import { initialTheme, language, rememberTheme, switchLanguage, type Theme } from "./preferences";
import { richApiHost } from "./rich-api";
import { startSheet } from "./sheet";
import { textsIn } from "./texts";

const texts = textsIn(language);
const page = document.documentElement;
let theme: Theme = initialTheme;

function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

const sheetElement = element("sheet");
const frame = element<HTMLIFrameElement>("pane");
const line = element("line");
const themeButton = element("theme");
const languageButton = element("language");

function showTheme(): void {
  page.dataset["theme"] = theme;
  themeButton.textContent = theme === "dark" ? texts.toLight : texts.toDark;
}

function showTexts(): void {
  page.lang = language;
  document.title = texts.title;
  element("title").textContent = texts.title;
  element("about").textContent = `${texts.real} ${texts.emulated}`;
  languageButton.textContent = texts.toOtherLanguage;
  languageButton.lang = language === "en" ? "zh-CN" : "en";
  sheetElement.setAttribute("aria-label", texts.sheet);
  frame.title = texts.pane;
  element("divider").setAttribute("aria-label", texts.resizePane);
  line.textContent = texts.starting;
}

async function readFunctions(): Promise<FunctionsFile> {
  const file = language === "en" ? "functions.json" : `functions.${language}.json`;
  const response = await fetch(`/addin/${file}`);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return (await response.json()) as FunctionsFile;
}

/** What the tests wait for, and what curious hands may try in the console. */
interface Workbench {
  api: ReturnType<typeof startSheet>["api"];
  /** True while no function is being waited for. */
  isSettled(): boolean;
  values(range: FRange): PlainValue[][];
}

declare global {
  interface Window {
    workbench?: Workbench;
  }
}

async function start(): Promise<void> {
  showTheme();
  showTexts();
  startDivider(element("divider"), element("work"));
  languageButton.addEventListener("click", switchLanguage);

  const { functions, allowErrorForDataTypeAny } = await readFunctions();
  await loadFace();

  const calls = new Calls(allowErrorForDataTypeAny ?? false);
  const messages = new ErrorMessages();
  const { api, workbook, spilledCell, spillOf } = startSheet({
    container: sheetElement,
    language,
    theme,
    functions,
    calls,
    answered: (caller, value) => messages.record(caller, value),
    workbook: demoWorkbook(language),
  });

  workbook.setActiveRange(workbook.getActiveSheet().getRange(firstFormula));

  const showLine = (): void => {
    const cell = workbook.getActiveCell();
    const sentence = cell ? errorSentence(cell, messages, texts.blocked) : undefined;
    line.textContent = sentence ?? texts.noError;
    line.dataset["kind"] = sentence === undefined ? "hint" : "error";
  };
  api.addEvent(api.Event.SelectionChanged, showLine);
  api.addEvent(api.Event.ActiveSheetChanged, showLine);
  api.getFormula().calculationEnd(() => setTimeout(showLine));
  showLine();

  const recalculateAll = (): void => api.getFormula().executeCalculation();
  const model = { workbook, spilledCell, spillOf, recalculateAll };
  const pane = new Pane(frame, calls, richApiHost(workbookObject(model)));
  api.addEvent(api.Event.SelectionChanged, () => pane.selectionChanged());
  themeButton.addEventListener("click", () => {
    theme = theme === "dark" ? "light" : "dark";
    rememberTheme(theme);
    showTheme();
    api.toggleDarkMode(theme === "dark");
    void pane.start();
  });

  const late = setTimeout(() => {
    line.textContent = texts.hostTrouble;
    line.dataset["kind"] = "error";
  }, 20_000);
  await pane.start();
  clearTimeout(late);
  window.workbench = {
    api,
    isSettled: () => calls.isSettled,
    values: (range) => valuesOf(range, spilledCell),
  };
}

void start();
