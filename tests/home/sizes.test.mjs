// How much goes over the line, counted in Chromium while a server sends what was packed beforehand; and the page as
// one file, which asks for nothing at all.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startHome } from "./page.mjs";
import { SHARED, factsOf } from "./programs.mjs";

const FIRST = 150_000;
const EVERYTHING = 350 * 1024;

const home = await startHome(join(SHARED, "site"), { packed: true });
after(() => home.stop());

/** Bytes of bodies as they came over the line, by path. */
async function weigh(page) {
  const session = await page.context().newCDPSession(page);
  const paths = new Map();
  const bytes = new Map();
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, response }) =>
    paths.set(requestId, { path: new URL(response.url).pathname, head: response.encodedDataLength }),
  );
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const { path, head } = paths.get(requestId) ?? {};
    if (path !== undefined) bytes.set(path, encodedDataLength - head);
  });
  return bytes;
}

const sum = (bytes) => [...bytes.values()].reduce((all, each) => all + each, 0);

test("little is fetched before the first question, and not much in all", async (t) => {
  const hand = await home.open(null);
  const { page } = hand;
  const bytes = await weigh(page);
  // Neither rules nor pack arrive, and the first question can be answered all the same.
  await page.route(/engine\.|pack\./, () => {});
  await page.reload({ waitUntil: "domcontentloaded" });
  await hand.press("lang-ja");
  await hand.begin();
  await hand.by("answer-tennyu").check();
  const needed = new Map([...bytes].filter(([path]) => !path.endsWith("sw.js")));
  t.diagnostic(`first question: ${sum(needed)} bytes, ${needed.size} files`);
  assert.ok(needed.size >= 3, "what was fetched was counted");
  assert.ok(sum(needed) <= FIRST, `${sum(needed)} bytes`);
  await page.context().close();

  const next = await home.open(null);
  const all = await weigh(next.page);
  await next.page.reload();
  await next.press("lang-ja");
  await next.begin();
  await next.answer(factsOf("shomei.json"));
  await next.goToResult();
  await next.codes();
  const everything = new Map([...all].filter(([path]) => !path.includes("postal")));
  t.diagnostic(`everything in Japanese: ${sum(everything)} bytes, ${everything.size} files`);
  assert.ok([...everything.keys()].some((path) => path.endsWith(".wasm")));
  assert.ok(sum(everything) <= EVERYTHING, `${sum(everything)} bytes`);
  await next.page.context().close();
});

test("the one file works from a folder and asks for nothing", async () => {
  const file = pathToFileURL(join(SHARED, "one.html")).href;
  const asked = [];
  const hand = await home.open(null, { url: file, onRequest: (url) => asked.push(url) });
  await hand.press("lang-en");
  await hand.begin();
  await hand.answer(factsOf("shomei.json"));
  await hand.goToResult();
  const codes = await hand.codes();
  assert.ok(codes.length >= 1 && codes.every(({ text }) => /^46491\d+$/.test(text)));
  const outside = asked.filter((url) => !/^(data|blob):/.test(url));
  assert.deepEqual(outside, [file]);
  assert.deepEqual(hand.faults.map(String), []);
  assert.ok((await readFile(join(SHARED, "one.html"), "utf8")).includes("<html"));
});
