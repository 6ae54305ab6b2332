/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  // Types are checked by `npm run check`; here they are only stripped.
  transform: { "\\.ts$": ["ts-jest", { useESM: true, diagnostics: false }] },
  globalSetup: "<rootDir>/test/global-setup.mjs",
  reporters: ["default", "<rootDir>/test/count-reporter.cjs"],
  testTimeout: 30_000,
  testSequencer: "<rootDir>/test/longest-first.cjs",
  // Browser tests mostly wait: both cores have work then.
  maxWorkers: 2,
};
