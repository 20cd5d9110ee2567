import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The resident's page at home: one script and one style sheet beside index.html, in any folder of any server.
export default defineConfig({
  root: "src/home",
  base: "./",
  plugins: [svelte()],
  build: {
    outDir: "../../dist-home",
    emptyOutDir: true,
    target: ["es2022", "safari15.4", "chrome100", "firefox100"],
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
