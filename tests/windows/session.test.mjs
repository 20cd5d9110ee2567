// The session of packaging/kiosk: the app and nothing else, started again whenever it ends.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { APP, Bench, ROOT } from "./bench.mjs";
import { WIDTH } from "./displays.mjs";
import { until } from "./driver.mjs";

let bench;
before(async () => {
  const session = join(ROOT, "packaging/kiosk/session");
  bench = await Bench.start({ displays: 2, session, environment: { KAKANAI_PROGRAM: APP } });
});
after(async () => {
  await bench.stop();
});

const bothShown = () =>
  until(
    "both windows in their places",
    () => bench.place("resident").x === WIDTH && bench.place("staff").x < WIDTH,
  );

test("the session shows both windows, and no key or button of the window manager answers", async () => {
  await bothShown();
  const [app, windows] = [bench.appProcess(), bench.visibleWindows()];
  for (const key of [
    "alt+F4",
    "alt+Tab",
    "alt+Escape",
    "super+d",
    "super+e",
    "ctrl+alt+Right",
    "alt+space",
  ]) {
    for (const window of ["staff", "resident"]) bench.press(window, key);
  }
  assert.deepEqual(bench.visibleWindows(), windows);
  assert.equal(bench.appProcess(), app);
});

test("an app that is killed is back by itself, and the input method keeps no history", async () => {
  const app = bench.appProcess();
  process.kill(app, "SIGKILL");
  await until("another app", () => ![app, undefined].includes(bench.appProcess()));
  await bothShown();
  const settings = join(bench.home, ".config/mozc/config1.db");
  assert.equal(readFileSync(settings).toString("hex"), "a00101900302a00600");
  assert.equal(statSync(settings).mode & 0o077, 0);
});
