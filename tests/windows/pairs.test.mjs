// Every screen of the resident × languages × sizes × contrasts, pairwise, and every component of the staff window, in
// the app's own web view: the gallery of a debug build with the real words of the pack.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Bench } from "./bench.mjs";
import { until } from "./driver.mjs";
import { AXE, CUT_OFF, FOCUSED, REACHABLE, RUN_AXE, TOUCH } from "./look.mjs";
import { missing, pairwise } from "./pairs.mjs";

const LANGS = ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi", "pt-BR", "fil", "ne"];
const SIZES = [1, 2, 3, 4];
const CONTRASTS = ["standard", "inverted", "medium", "low"];
const PARTS = ["controls", "messages"];
/** Least size of what is touched and least gap, in millimetres. */
const [TARGET, GAP] = [12.7, 2.54];
/** How many faults are told before the test gives up. */
const ENOUGH = 20;

let bench;
let driver;
let screens;
before(async () => {
  bench = await Bench.start();
  driver = await bench.app();
  await driver.window("resident");
  await driver.see("resident-screen");
  bench.activate("resident");
  await driver.script("location.href = 'gallery.html'");
  await driver.see("gallery");
  await driver.script(AXE);
  screens = await driver.script(
    "return JSON.parse(document.querySelector('[data-testid=gallery]').dataset.screens)",
  );
});
after(async () => {
  await driver?.stop();
  await bench?.stop();
});

/** Shows a place of the gallery and waits until it is there. */
async function show(place) {
  await driver.script("location.hash = arguments[0]", place);
  await until(
    `the gallery at ${place}`,
    async () => place === (await driver.attribute("gallery", "data-place")),
  );
}

/** What is wrong with what is shown. */
async function faults() {
  return [...(await driver.asyncScript(RUN_AXE)), ...(await driver.script(CUT_OFF))];
}

test("no screen of the resident keeps anybody out, in any language, size and contrast", async (t) => {
  const found = [];
  const factors = [screens, LANGS, SIZES, CONTRASTS];
  const rows = pairwise(factors);
  assert.deepEqual(missing(factors, rows), []);
  for (const [screen, lang, size, contrast] of rows) {
    const place = `resident?screen=${screen}&lang=${lang}&size=${size}&contrast=${contrast}`;
    await show(place);
    for (const fault of await faults()) found.push(`${place}: ${fault}`);
    for (const fault of await driver.script(TOUCH, TARGET, GAP)) found.push(`${place}: ${fault}`);
    if (found.length >= ENOUGH) break;
  }
  t.diagnostic(`${rows.length} rows for ${screens.length} screens`);
  assert.deepEqual(found, []);
});

test("everything on the resident's window is reached by the keyboard, and a ring shows where one is", async () => {
  for (const screen of screens) {
    await show(`resident?screen=${screen}&lang=ja&size=2`);
    const many = await driver.script(REACHABLE);
    const reached = new Set();
    for (let press = 0; press < many + 2; press += 1) {
      await driver.press("Tab");
      const focused = await driver.script(FOCUSED);
      if (focused === null) continue;
      assert.ok(focused.ring, `${screen}: nothing shows that ${focused.id} has the focus`);
      reached.add(focused.id);
    }
    assert.ok(reached.size >= many, `${screen}: of ${many} only ${[...reached].join(", ")} are reached`);
  }
});

test("no component keeps anybody out of the staff window, in any size and contrast", async () => {
  const found = [];
  for (const [contrast, part, size] of pairwise([CONTRASTS, PARTS, [1, 2]])) {
    const place = `${part}?size=${size}&contrast=${contrast}`;
    await show(place);
    for (const fault of await faults()) found.push(`${place}: ${fault}`);
  }
  assert.deepEqual(found, []);
});
