/** The broker's terms, the seller's own rules, language and theme. */
export { settingsPage } from "../views/settings/page";
