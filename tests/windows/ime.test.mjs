// Japanese input in the real window: real keys, fcitx5 and mozc, an ordinary user.
import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ACCOUNT, Bench, PASSPHRASE } from "./bench.mjs";
import { until } from "./driver.mjs";
import { startInputMethod } from "./input-method.mjs";
import { keyboardFaults } from "./keyboard.mjs";
import { Clerk } from "./stories/clerk.mjs";

let bench;
let driver;
let clerk;
let method;
before(async () => {
  bench = await Bench.start();
  await bench.devices("card remove");
  method = await startInputMethod(bench);
  driver = await bench.app({ by: method.start });
  clerk = new Clerk(driver, bench);
  await driver.window("staff");
  await driver.see("signin-heading");
  if (await driver.has(`signin-account-${ACCOUNT}`)) await driver.click(`signin-account-${ACCOUNT}`);
  await driver.see("signin-passphrase");
  await field("signin-passphrase");
  // With real keys, as a clerk does.
  bench.typeKeys("staff", PASSPHRASE, 20);
  await driver.see("start-heading");
  await driver.click("event-tennyu");
  await driver.click("step-household");
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
  until(`${wanted} in ${testid}`, async () => {
    const now = await value(testid);
    return typeof wanted === "string" ? now === wanted : wanted.test(now);
  });

test("a name is composed inside the field, and Enter that ends the composing sends no form", async () => {
  await driver.script(`
    window.sent = 0;
    addEventListener("submit", () => (window.sent += 1), true);
    addEventListener("compositionstart", () => (window.composing = true), true);
    addEventListener("compositionend", () => (window.composing = false), true);`);
  await field("person-name");
  keys("ctrl+space");
  keys(..."mihonn");
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

/** The screen of questions: which, of what kind, and its first field for text. */
const asked = () =>
  driver.script(`
    const form = document.querySelector('[data-testid="ask"]');
    if (!form || form.getAttribute("aria-busy") === "true") return null;
    const text = [...form.querySelectorAll('input:not([type=radio]):not([type=checkbox])[data-testid^="answer-"]')]
      .map((input) => input.dataset.testid)
      .find((id) => !document.querySelector('[data-testid="' + id + '-understood"]'));
    const choice = form.querySelector("input[type=radio]") !== null;
    return { id: form.dataset.ask, kind: form.dataset.kind, text: text ?? null, choice };`);

/** Goes from control to control with the Tab key. */
async function tabTo(testid) {
  await until(`${testid} by the Tab key`, async () => {
    keys("Tab");
    return driver.script("return document.activeElement.dataset.testid === arguments[0]", testid);
  });
}

test("with the input method on, every question is answered with keys, and digits being composed choose nothing", async () => {
  // A move that needs its papers: the address on them is a question for text.
  const refused = await driver.asyncScript(`
    const done = arguments[0];
    const input = { id: null, name: "大王　花子", name_kana: "ダイオウ　ハナコ", birth_date: "1985-04-01", sex: "female", relation: "head", moving: true };
    const known = { move_date: "2026-11-14", planned_out_date: "2026-11-13", out_certificate: "paper", any_card: true };
    const { invoke } = window.__TAURI_INTERNALS__;
    (async () => {
      await invoke("staff_person_save", { input });
      for (const [fact, value] of Object.entries(known))
        await invoke("staff_answer", { input: { fact, person: null, value, said: null } });
    })().then(() => done(null), (error) => done(JSON.stringify(error)));`);
  assert.equal(refused, null);
  await driver.click("step-document");
  await driver.click("step-household");
  await driver.see("household-alone");
  keys("1");
  const seen = new Set();
  for (let count = 0; count < 150 && !(seen.has("text") && seen.has("choice")); count += 1) {
    const ask = await until("a question", async () => {
      if (await driver.has("private-turn")) await clerk.residentAnswers();
      return asked();
    });
    if (ask.text !== null) {
      await tabTo(ask.text);
      keys("ctrl+a", "BackSpace", ..."mi", "1");
      await shows(ask.text, /^み[1１]$/);
      assert.deepEqual(await asked(), ask, "a digit that is being composed chose something");
      keys("Return");
      await until("the end of composing", async () => !(await composing()));
      assert.deepEqual(await asked(), ask, "Enter of the composing went on");
      seen.add("text");
    }
    if (ask.kind === "one" && ask.choice) {
      keys("1");
      seen.add("choice");
    } else {
      await tabTo((await driver.has("answer-unknown")) ? "answer-unknown" : "answer-next");
      keys("Return");
    }
    await until(
      `the screen after ${ask.id}`,
      async () => JSON.stringify(await asked()) !== JSON.stringify(ask),
    );
  }
  assert.deepEqual([...seen].sort(), ["choice", "text"]);
});

/** The steps of a case, which Alt and their number open. */
const STEPS = ["document", "household", "questions", "check", "result", "papers", "print", "finish"];

/** Presses real keys, which the input method sees first; WebDriver's name of an arrow is longer than the display's. */
const press = (names) => keys(...names.map((name) => name.replace("Arrow", "")));

test("with the input method on, Tab and the arrows reach everything on every step, and nothing is composed", async () => {
  const faults = [];
  const composed = () => driver.script("return window.composed");
  await driver.script(`
    window.composed = 0;
    addEventListener("compositionstart", () => (window.composed += 1), true);`);
  for (const [count, step] of STEPS.entries()) {
    keys(`alt+${count + 1}`);
    await until(`the step ${step}`, () =>
      driver.script(
        "return document.querySelector('[data-testid=\"step-' + arguments[0] + '\"]')?.getAttribute('aria-current') === 'step'",
        step,
      ),
    );
    faults.push(...(await keyboardFaults(driver, press)).map((fault) => `${step}: ${fault}`));
  }
  assert.deepEqual(faults, []);
  assert.equal(await composed(), 0);
  // It was on all the while.
  keys("alt+2");
  await driver.click("person-add");
  await field("person-name");
  keys(..."mi");
  await shows("person-name", "み");
  keys("Escape", "Escape");
  await until("the end of composing", async () => !(await composing()));
  assert.notEqual(await composed(), 0);
});
