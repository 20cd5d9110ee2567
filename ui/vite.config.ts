import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// Two pages, one for each window. Nothing is inlined: the content security policy allows files only.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "safari17",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["staff.html", "resident.html"] },
  },
});
