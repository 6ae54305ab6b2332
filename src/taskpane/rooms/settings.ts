/** The broker's terms, the seller's own rules, language and theme. */
export { addStep, removeStep, takeStep, typeNewStep } from "../desk-dated";
export { changeDated } from "../profile-dated";
export { settingsPage } from "../views/settings/page";
