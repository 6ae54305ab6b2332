/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$|/decimal\\.mjs$": "<rootDir>/test/transform.cjs" },
  transformIgnorePatterns: ["/node_modules/(?!decimal\\.js/)"],
  globalSetup: "<rootDir>/test/global-setup.mjs",
  reporters: ["default", "<rootDir>/test/count-reporter.cjs"],
  testTimeout: 30_000,
  testSequencer: "<rootDir>/test/longest-first.cjs",
  // Browser tests mostly wait: both cores have work then.
  maxWorkers: 2,
};
