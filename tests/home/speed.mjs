// How soon the first question can be answered on a slow line and a slow telephone, by Chromium's own throttling:
//   ./dev bench home
// Slow 4G as the developer tools call it (562.5 ms, 1.44 Mbit/s down, 675 kbit/s up), the processor six times slower.
import { join } from "node:path";
import { startHome } from "./page.mjs";
import { SHARED } from "./programs.mjs";

const ROUNDS = 5;
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };
const SLOWER = { rate: 6 };

const home = await startHome(join(SHARED, "site"), { packed: true });

/** Milliseconds from the address to a first question that was answered. */
async function firstQuestion(lang) {
  const hand = await home.open(null, {
    prepare: async (page) => {
      const session = await page.context().newCDPSession(page);
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", SLOW_4G);
      await session.send("Emulation.setCPUThrottlingRate", SLOWER);
      // What a person does is no part of it: the page is shown, and goes on by itself.
      await page.addInitScript((lang) => {
        const on = { [`lang-${lang}`]: 1, "page.start.go": 1, "answer-tennyu": 1 };
        const press = () => {
          for (const id of Object.keys(on)) {
            const found = document.querySelector(`[data-testid="${id}"]`);
            if (found === null || !on[id]) continue;
            on[id] = 0;
            found.click();
            if (id === "answer-tennyu") window.answered = performance.now();
          }
        };
        new MutationObserver(press).observe(document, { childList: true, subtree: true });
      }, lang);
    },
    serviceWorkers: "block",
  });
  const answered = await hand.page.waitForFunction(() => window.answered).then((value) => value.jsonValue());
  await hand.page.context().close();
  return Math.round(answered);
}

for (const lang of ["ja", "vi"]) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await firstQuestion(lang));
  rounds.sort((a, b) => a - b);
  console.log(`| ${lang} | ${rounds[ROUNDS >> 1]} ms | ${rounds[0]} - ${rounds[ROUNDS - 1]} ms |`);
}
await home.stop();
