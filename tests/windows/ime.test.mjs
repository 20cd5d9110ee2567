// Japanese input in the real window: real keys, fcitx5 and mozc, an ordinary user.
import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Bench } from "./bench.mjs";
import { until } from "./driver.mjs";
import { startInputMethod } from "./input-method.mjs";
import { openCase, signIn } from "./story.mjs";

let bench;
let driver;
let method;
before(async () => {
  bench = await Bench.start();
  method = await startInputMethod(bench);
  driver = await bench.app({ by: method.start });
  await signIn(driver);
  await openCase(driver);
});
after(async () => {
  await driver?.stop();
  await bench.stop();
});

const value = (testid) =>
  driver.script(`return document.querySelector('[data-testid="' + arguments[0] + '"]')?.value`, testid);

const field = (testid) =>
  driver.script(`document.querySelector('[data-testid="' + arguments[0] + '"]').focus()`, testid);

/** Whether an input method holds keys back at this moment, as the page is told. */
const composing = () => driver.script("return window.composing === true");

const keys = (...names) => bench.press("staff", ...names);
const shows = (testid, wanted) =>
  until(`${wanted} in ${testid}, not ${wanted}`, async () => {
    const now = await value(testid);
    return typeof wanted === "string" ? now === wanted : wanted.test(now);
  });

test("a name is composed inside the field, and Enter that ends the composing sends no form", async () => {
  await driver.click("step-household");
  await driver.script(`
    window.sent = 0;
    addEventListener("submit", () => (window.sent += 1), true);
    addEventListener("compositionstart", () => (window.composing = true), true);
    addEventListener("compositionend", () => (window.composing = false), true);`);
  await field("person-name");
  keys("ctrl+space");
  keys(..."mihon");
  await shows("person-name", "みほん");
  assert.equal(await composing(), true, "the text in the field is being composed");
  keys("space");
  await shows("person-name", /^(?!みほん$)\S+$/);
  assert.equal(await composing(), true);
  const converted = await value("person-name");
  keys("Return");
  await until("the end of composing", async () => !(await composing()));
  assert.equal(await value("person-name"), converted);
  assert.equal(await driver.script("return window.sent"), 0, "Enter sent the form");
  assert.ok(await driver.has("person-form"));

  keys("space", ..."tarou");
  await shows("person-name", `${converted}　たろう`);
  keys("F7");
  await shows("person-name", `${converted}　タロウ`);
  keys("Return");
  await until("the end of composing", async () => !(await composing()));
  assert.equal(await driver.script("return window.sent"), 0);
});

test("mozc learns nothing: what was chosen before is not offered first, and nothing grows on the disk", async () => {
  const files = () =>
    readdirSync(method.kept, { recursive: true })
      .map((name) => [name, statSync(join(method.kept, name)).size])
      .filter(([name]) => /history|segment|boundary/i.test(name));
  await field("person-kana");
  const convert = async () => {
    keys("ctrl+a", "BackSpace", ..."kanji", "space");
    await shows("person-kana", /^(?!かんじ$)(?!$).+$/);
    return value("person-kana");
  };
  const first = await convert();
  keys("space", "space");
  await shows("person-kana", new RegExp(`^(?!${first}$).+$`));
  const chosen = await value("person-kana");
  keys("Return");
  await until("the end of composing", async () => !(await composing()));
  assert.notEqual(chosen, first);
  const before = files();
  assert.equal(await convert(), first, "the choice was learnt");
  keys("Escape", "Escape", "Escape");
  assert.deepEqual(files(), before);
});

test("with the input method on, every question is answered with keys, and digits being composed choose nothing", async () => {
  if (existsSync(method.kept)) await driver.click("person-cancel");
  await driver.click("step-questions");
  const asked = () =>
    driver.script(`
      const form = document.querySelector('[data-testid="ask"], [data-testid="question"]');
      return form && { id: form.dataset.ask ?? form.dataset.question, typed: form.querySelector("input:not([type=radio]):not([type=checkbox]), textarea")?.dataset.testid ?? null };`);
  let typed = 0;
  for (let count = 0; count < 12 && typed < 2; count += 1) {
    const question = await until("a question", asked);
    if (question.typed === null) keys("1", "Return");
    else {
      typed += 1;
      await field(question.typed);
      keys(..."mi", "1");
      await shows(question.typed, /^み[1１]$/);
      assert.deepEqual(await asked(), question, "a digit that is being composed chose something");
      keys("Return");
      await until("the end of composing", async () => !(await composing()));
      assert.deepEqual(await asked(), question, "Enter of the composing went on");
      keys("Return");
    }
    await until("the next question", async () => JSON.stringify(await asked()) !== JSON.stringify(question));
  }
  assert.ok(typed > 0, "no question takes text");
});
