// What the command takes of the product: the readers, the reconciliation and its report, loaded from their sources.
import path from "node:path";
import { root } from "./config.mjs";
import { loadTypeScript } from "./load-typescript.mjs";

const load = (/** @type {string[]} */ ...names) => loadTypeScript(path.join(root, "src", ...names));

/** @type {typeof import("../src/core")} */
export const core = load("core", "index.ts");
/** @type {typeof import("../src/statements")} */
export const statements = load("statements", "index.ts");

/** Only these modules: the whole account takes longer to load. */
export const account = {
  /** @type {typeof import("../src/account").breaksOn} */
  breaksOn: load("account", "reconcile-tally.ts").breaksOn,
  /** @type {typeof import("../src/account").isAccountedFor} */
  isAccountedFor: load("account", "reconcile-tally.ts").isAccountedFor,
  /** @type {typeof import("../src/account/reconcile-bridge").isUnknown} */
  isUnknown: load("account", "reconcile-bridge.ts").isUnknown,
  /** @type {typeof import("../src/account").isWhole} */
  isWhole: load("account", "reconcile-tally.ts").isWhole,
  /** @type {typeof import("../src/account").reconciledPapersInSteps} */
  reconciledPapersInSteps: load("account", "reconcile-papers.ts").reconciledPapersInSteps,
  /** @type {typeof import("../src/account/reconcile-sheet-columns").currencyOf} */
  currencyOf: load("account", "reconcile-sheet-columns.ts").currencyOf,
  /** @type {typeof import("../src/account").reconcileSheet} */
  reconcileSheet: load("account", "reconcile-sheet.ts").reconcileSheet,
  /** @type {typeof import("../src/account/unused-given").unusedPrices} */
  unusedPrices: load("account", "unused-given.ts").unusedPrices,
  /** @type {typeof import("../src/account/unused-given").unusedTerms} */
  unusedTerms: load("account", "unused-given.ts").unusedTerms,
  /** @type {typeof import("../src/account").readProfile} */
  readProfile: load("account", "profile-text.ts").readProfile,
  /** @type {typeof import("../src/account/currency").currencyCode} */
  currencyCode: load("account", "currency.ts").currencyCode,
  /** @type {typeof import("../src/account").DEFAULT_PROFILE} */
  DEFAULT_PROFILE: load("account", "profile.ts").DEFAULT_PROFILE,
};
