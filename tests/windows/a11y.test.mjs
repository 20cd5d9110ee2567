// axe inside the app's own web view on every screen that a whole case passes, in both windows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Bench } from "./bench.mjs";
import { AXE, CUT_OFF, RUN_AXE } from "./look.mjs";
import { Clerk } from "./stories/clerk.mjs";
import { wholeCase } from "./stories/whole.mjs";

let bench;
before(async () => {
  bench = await Bench.start();
});
after(async () => {
  await bench?.stop();
});

/** What is wrong with the window that the driver is at. */
async function faults(driver) {
  if (!(await driver.script("return 'axe' in window"))) await driver.script(AXE);
  return [...(await driver.asyncScript(RUN_AXE)), ...(await driver.script(CUT_OFF))];
}

test("no screen of a whole case keeps anybody out", async (t) => {
  const driver = await bench.app();
  const found = [];
  const seen = [];
  await wholeCase(new Clerk(driver, bench), async (screen) => {
    seen.push(screen);
    for (const fault of await faults(driver)) found.push(`${screen}: ${fault}`);
  });
  await driver.stop();
  t.diagnostic(seen.join(", "));
  assert.ok(seen.length > 0);
  assert.deepEqual(found, []);
});
