// Lint rules: the recommended sets of eslint and typescript-eslint, and short functions.
import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules", "dist", "**/cdktf.out", ".cache"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "max-lines-per-function": "off", "max-lines": ["error", 600] },
  },
  {
    files: ["*.js", ".*.cjs", "test/support/*.js", "examples/**/*.js"],
    languageOptions: {
      globals: { module: "writable", require: "readonly", console: "readonly", process: "readonly" },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["examples/**/*.mjs", "test/support/*.mjs"],
    languageOptions: {
      globals: Object.fromEntries(
        ["AbortSignal", "console", "fetch", "process", "URL"].map((each) => [each, "readonly"]),
      ),
    },
  },
);
