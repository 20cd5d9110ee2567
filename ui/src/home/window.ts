/** What the browser's window tells: its own back button, the network, and that the page is left. */
import type { Visit } from "./visit.svelte";
import { words } from "./words.svelte";

export function watch(visit: Visit) {
  addEventListener("popstate", (event) => void visit.came(event.state));
  addEventListener("online", () => (visit.offline = false));
  addEventListener("offline", () => (visit.offline = true));
  addEventListener("beforeunload", (event) => {
    if (visit.answers.given.length > 0 && visit.keptUntil === null) event.preventDefault();
  });
  // Whoever comes to this tablet next finds nothing, not even by the back button.
  addEventListener("pagehide", () => {
    const { keptUntil } = visit;
    visit.empty();
    visit.keptUntil = keptUntil;
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  // From a file there is no service worker, and none is needed.
  if (location.protocol.startsWith("http") && "serviceWorker" in navigator) {
    const { serviceWorker } = navigator;
    serviceWorker.register("sw.js").catch(() => {
      // Without it the page works as long as there is a network.
    });
    // Whoever has begun may finish without a network: what comes later is kept, too.
    visit.onBegun = () => {
      const { engine, pack, readings, postal, texts } = visit.boot.files;
      const keep = [engine, pack, readings, postal, texts["ja"], texts[words.lang]];
      void serviceWorker.ready.then(({ active }) => active?.postMessage({ keep }));
    };
  }
}
