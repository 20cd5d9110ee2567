// How much goes over the line, counted in Chromium while a server sends what was packed beforehand; and the page as
// one file, which asks for nothing at all.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startHome } from "./page.mjs";
import { SHARED, factsOf } from "./programs.mjs";

const FIRST = 150_000;
const EVERYTHING = 350_000;
/** Easy Japanese brings the readings and the Japanese along: 350 KB of 1,024 bytes, not of 1,000. */
const EASY = 358_400;

const home = await startHome(join(SHARED, "site"), { packed: true });
after(() => home.stop());

/** Bytes of bodies as they come over the line, by path. */
function scales() {
  const bytes = new Map();
  const prepare = async (page) => {
    const session = await page.context().newCDPSession(page);
    const heads = new Map();
    session.on("Network.responseReceived", ({ requestId, response }) =>
      heads.set(requestId, [new URL(response.url).pathname, response.encodedDataLength]),
    );
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const [path, head] = heads.get(requestId) ?? [];
      if (path !== undefined) bytes.set(path, encodedDataLength - head);
    });
    await session.send("Network.enable");
  };
  return { bytes, prepare };
}

const sum = (bytes) => [...bytes.values()].reduce((all, each) => all + each, 0);

test("little is fetched before the first question", async (t) => {
  const first = scales();
  const hand = await home.open("ja", {
    // Neither rules nor pack arrive, and the first question can be answered all the same.
    prepare: async (page) => {
      await first.prepare(page);
      await page.route(/engine\.|pack\./, () => {});
    },
    serviceWorkers: "block",
  });
  await hand.begin();
  await hand.by("answer-tennyu").check();
  t.diagnostic(`first question: ${sum(first.bytes)} bytes, ${first.bytes.size} files`);
  assert.ok(first.bytes.size >= 3, "what was fetched was counted");
  assert.ok(sum(first.bytes) <= FIRST, `${sum(first.bytes)} bytes`);
  await hand.page.context().close();
});

// The longest texts of another language, and of those with readings.
for (const lang of ["ja", "pt-BR", "ja-x-easy"]) {
  test(`not much is fetched in all: ${lang}`, async (t) => {
    const all = scales();
    const next = await home.open(lang, { prepare: all.prepare, serviceWorkers: "block" });
    await next.begin();
    await next.answer(factsOf("shomei.json"));
    await next.goToResult();
    await next.codes();
    const everything = new Map([...all.bytes].filter(([path]) => !path.includes("postal")));
    t.diagnostic(`everything: ${sum(everything)} bytes, ${everything.size} files`);
    assert.ok([...everything.keys()].some((path) => path.endsWith(".wasm")));
    assert.ok(sum(everything) <= (lang === "ja-x-easy" ? EASY : EVERYTHING), `${sum(everything)} bytes`);
    await next.page.context().close();
  });
}

test("the one file works from a folder and asks for nothing", async () => {
  const file = pathToFileURL(join(SHARED, "one.html")).href;
  const asked = [];
  const hand = await home.open(null, {
    url: file,
    prepare: (page) => page.on("request", (request) => asked.push(request.url())),
  });
  await hand.press("lang-en");
  await hand.begin();
  await hand.answer(factsOf("shomei.json"));
  await hand.goToResult();
  const codes = await hand.codes();
  assert.ok(codes.length >= 1 && codes.every(({ text }) => /^46491\d+$/.test(text)));
  const outside = asked.filter((url) => !/^(data|blob):/.test(url));
  assert.deepEqual(outside, [file]);
  assert.deepEqual(hand.faults.map(String), []);
});
