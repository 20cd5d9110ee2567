import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, loadEnv } from "vite";

// Two pages, one for each window, and in a debug build the gallery of components. Nothing is inlined: the content
// security policy allows files only.
export default defineConfig(({ mode }) => {
  const isDebug = loadEnv(mode, ".", "TAURI_ENV_")["TAURI_ENV_DEBUG"] === "true";
  return {
    plugins: [svelte()],
    build: {
      target: "safari17",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: ["staff.html", "resident.html", ...(isDebug ? ["gallery.html"] : [])] },
    },
  };
});
