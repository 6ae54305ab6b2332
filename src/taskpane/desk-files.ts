/** Files dropped anywhere on the pane, and what is pasted outside a field. */
import type { Desk } from "./desk";
import { IMPORT_TEXTS } from "./texts-import";
import { inputsOf } from "./views/import/start";

const holdsFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes("Files") ?? false;

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, textarea, select") !== null;

export function listenToFiles(desk: Desk): void {
  const drag = (dragging: boolean): void => {
    if (desk.state.dragging !== dragging) desk.set({ dragging });
  };
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drag(true);
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => {
    if (relatedTarget === null) drag(false);
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    // Else the browser leaves the pane and shows the file.
    event.preventDefault();
    drag(false);
    void desk.imports.take(inputsOf(event.dataTransfer?.files));
  });
  document.addEventListener("paste", (event) => {
    const { room, page } = desk.state;
    if (isField(event.target) || room === "functions" || (page && page !== "import")) return;
    const { clipboardData } = event;
    const files = inputsOf(clipboardData?.files);
    const text = clipboardData?.getData("text/plain") ?? "";
    if (files.length === 0 && text.trim() === "") return;
    event.preventDefault();
    const name = IMPORT_TEXTS[desk.around.language()].pastedName;
    void desk.imports.take(files.length > 0 ? files : [{ kind: "text", name, text }]);
  });
}
