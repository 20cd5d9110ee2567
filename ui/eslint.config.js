import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** What a page at the counter may never do: keep anything, reach anything, wait for a frame. */
const FORBIDDEN = [
  ["localStorage", "Nothing of a case is kept outside the store."],
  ["sessionStorage", "Nothing of a case is kept outside the store."],
  ["indexedDB", "Nothing of a case is kept outside the store."],
  ["caches", "Nothing of a case is kept outside the store."],
  ["fetch", "Pages talk to Rust only, through door/commands.ts."],
  ["XMLHttpRequest", "Pages talk to Rust only, through door/commands.ts."],
  ["WebSocket", "Pages talk to Rust only, through door/commands.ts."],
  ["requestAnimationFrame", "A window on no visible display gets no frames."],
  ["alert", "Use a Notice."],
  ["confirm", "Use a dialog of our own."],
].map(([name, message]) => ({ name, message }));

export default defineConfig(
  globalIgnores(["dist", "dist-home", "src/door/generated"]),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: true,
        extraFileExtensions: [".svelte"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "no-restricted-globals": ["error", ...FORBIDDEN],
      "no-restricted-properties": [
        "error",
        ...FORBIDDEN.map(({ name, message }) => ({ object: "window", property: name, message })),
        { object: "document", property: "cookie", message: "Nothing of a case is kept outside the store." },
      ],
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["src/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@tauri-apps/*"], message: "Only door/ knows Tauri." }] },
      ],
    },
  },
  { files: ["src/door/**"], rules: { "no-restricted-imports": "off" } },
  {
    // The page at home has no Rust beside it: it fetches its own files, and keeps answers if the resident says so.
    files: ["src/home/**"],
    rules: { "no-restricted-globals": "off" },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // The types of markup expressions are svelte-check's business; the linter sees `any` there.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "svelte/no-at-html-tags": "error",
      "svelte/no-inline-styles": ["error", { allowTransitions: false }],
      "svelte/button-has-type": "error",
      "svelte/require-each-key": "error",
      "svelte/no-target-blank": "error",
    },
  },
  {
    files: ["*.js", "*.mjs"],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node, parserOptions: { projectService: false } },
  },
);
