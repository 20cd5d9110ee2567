// Two displays that come and go in the middle of a case, and hands that try every key on the resident's window.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Bench } from "./bench.mjs";
import { HEIGHT, WIDTH } from "./displays.mjs";
import { until } from "./driver.mjs";
import { Clerk } from "./stories/clerk.mjs";

const TYPED = "大王　なか";

let bench;
let driver;
before(async () => {
  bench = await Bench.start({ displays: 2 });
  await bench.devices("card remove");
  bench.displays.tellWidth(WIDTH / 4);
  driver = await bench.app();
});
after(async () => {
  await driver?.stop();
  await bench.stop();
});

const same = (place, x, y, width, height) =>
  place.x === x && place.y === y && place.width === width && place.height === height;

/** Waits until the resident's window covers the second display and the staff's stays on the first. */
const apart = () =>
  until("each window on its display", () => {
    const staff = bench.place("staff");
    return same(bench.place("resident"), WIDTH, 0, WIDTH, HEIGHT) && staff.x + staff.width <= WIDTH;
  });

/** Waits until both windows stand on the staff's display. */
const together = () =>
  until("both windows on one display", () => {
    const [staff, resident] = [bench.place("staff"), bench.place("resident")];
    return staff.width < WIDTH && resident.x >= staff.width && resident.x + resident.width <= WIDTH + 20;
  });

const typed = async () => {
  await driver.window("staff");
  return driver.script(`return document.querySelector('[data-testid="person-name"]').value`);
};

test("the resident's window covers the second display, the staff's fills the first", async () => {
  await apart();
});

test("a millimetre on the page is one on the display", async () => {
  await driver.window("resident");
  await until("the display to be measured", () =>
    driver.script(`return getComputedStyle(document.documentElement).getPropertyValue("--mm") === "4px"`),
  );
  // Capitals of the usual size are 5 mm high, and 1567/2048 of the size of the font.
  const size = await driver.script(
    `return parseFloat(getComputedStyle(document.querySelector("main p, main h1")).fontSize)`,
  );
  assert.ok(size * (1567 / 2048) >= 5 * 4 - 0.1, `${size}`);
  bench.displays.tellWidth();
});

test("a display pulled in the middle of a case costs nothing: the case, the typed text and the windows stay", async () => {
  await new Clerk(driver, bench).signIn();
  await driver.click("event-tennyu");
  await driver.click("step-household");
  await driver.type("person-name", TYPED);
  assert.equal(await driver.has("display-lost"), false);

  bench.displays.plug("staff");
  await together();
  await driver.see("display-lost");
  assert.equal(await typed(), TYPED);
  await driver.window("resident");
  await driver.see("resident-screen");

  bench.displays.plug("staff", "resident");
  await apart();
  assert.equal(await typed(), TYPED);
  await until("the notice to go", async () => !(await driver.has("display-lost")));

  // The staff's display fails: the clerk goes on on the other one.
  bench.displays.plug("resident");
  await together();
  assert.equal(await typed(), TYPED);

  await driver.see("display-lost");

  bench.displays.plug();
  assert.equal(await typed(), TYPED);

  bench.displays.plug("staff", "resident");
  await apart();
  assert.equal(await typed(), TYPED);
  await until("the notice to go", async () => !(await driver.has("display-lost")));
});

test("no key, button or wheel of the browser underneath answers in the resident's window", async () => {
  await driver.window("resident");
  await driver.see("resident-screen");
  const state = () =>
    driver.script(
      "return [window.untouched, location.href, innerWidth, innerHeight, devicePixelRatio, history.length].join()",
    );
  await driver.script(
    "window.untouched = true; addEventListener('keydown', ({ key }) => (window.reached = key), true)",
  );
  bench.press("resident", "5");
  await until("a key that is allowed", () => driver.script("return window.reached === '5'"));
  const before = await state();
  const windows = bench.visibleWindows();
  const keys = ["F1", "F3", "F5", "F7", "F10", "F11", "F12", "Menu", "alt+Left", "alt+F4", "alt+Home"];
  for (const key of "acfgnopqrstuwz+-0") keys.push(`ctrl+${{ "+": "plus", "-": "minus" }[key] ?? key}`);
  keys.push("ctrl+shift+i", "ctrl+shift+r", "ctrl+F4", "ctrl+Tab", "shift+F10");
  for (const key of keys) bench.press("resident", key);
  for (const button of [2, 3, 8, 9]) bench.clickAt("resident", 300, 300, button);
  for (const button of [4, 5]) bench.clickAt("resident", 300, 300, button, "ctrl");
  bench.drag("resident", [100, 100], [600, 500]);
  assert.equal(await state(), before);
  assert.equal(await driver.script("return String(getSelection()).length"), 0, "nothing is marked");
  assert.deepEqual(bench.visibleWindows(), windows, "no menu and no window opened, none closed");
  assert.equal(await driver.script("return window.open('resident.html') === null"), true);
  await driver.script("location.href = 'staff.html'");
  assert.match(await driver.url(), /resident\.html/, "the resident's window shows the resident's page only");
});

test("the clerk may copy and paste, and neither page runs text as a program", async () => {
  await driver.window("staff");
  await driver.script(`document.querySelector('[data-testid="person-name"]').focus()`);
  bench.press("staff", "ctrl+a", "ctrl+c", "Tab", "ctrl+v");
  await until("the pasted text", () =>
    driver.script(
      `return document.querySelector('[data-testid="person-kana"]').value === arguments[0]`,
      TYPED,
    ),
  );
  for (const name of ["staff", "resident"]) {
    await driver.window(name);
    assert.match(
      await driver.script(`try { return String((0, eval)("1 + 1")); } catch (error) { return error.name; }`),
      /EvalError/,
      name,
    );
  }
});

test("at the end of the case both windows are new ones in the old places", async () => {
  await driver.window("staff");
  await driver.click("case-end");
  await driver.renewed(() => driver.click("end-confirm"));
  await apart();
  await driver.window("resident");
  await driver.see("resident-screen");
  await driver.window("staff");
  await driver.see("start-heading");
  assert.equal(await driver.script("return document.hasFocus()"), true, "the clerk goes on typing");
});

test("a window whose web process dies comes back by itself", async () => {
  const pages = () =>
    bench.appProcesses().filter((pid) => readlinkSync(`/proc/${pid}/exe`).endsWith("WebKitWebProcess"));
  const colours = (window) => {
    const file = join(bench.folder, `${window}.png`);
    bench.picture(window, file);
    return Number(execFileSync("identify", ["-format", "%k", file], { encoding: "utf8" }));
  };
  const [dying, ...others] = pages();
  process.kill(dying, "SIGKILL");
  // The session of the driver dies with the page.
  driver = undefined;
  await until("two new web processes", () => {
    const now = pages();
    return now.length === 2 && ![dying, ...others].some((pid) => now.includes(pid));
  });
  await apart();
  for (const window of ["staff", "resident"]) {
    await until(`${window}: words on the page`, () => colours(window) > 20);
  }
});
