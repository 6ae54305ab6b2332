import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores(["dist*/", "coverage/"]),
  { files: ["**/*.{ts,mjs,cjs,js}"], extends: [tseslint.configs.recommended] },
  {
    // Nobody switches a rule off from inside a file.
    linterOptions: { noInlineConfig: true },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "@typescript-eslint/ban-ts-comment": [
        "error",
        { "ts-ignore": true, "ts-expect-error": true, "ts-nocheck": true },
      ],
      // A leading underscore says: this argument is part of a signature someone else calls.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/core/number.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { name: "decimal.js", message: "src/core/number.ts is the only door to decimal.js." },
      ],
    },
  },
  {
    // Cells hand over anything; these files take it and validate it.
    files: ["src/functions/*.ts"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
  {
    // CommonJS is what webpack and jest load here.
    files: ["**/*.cjs", "webpack.config.js"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
