// What a resident can rely on, in a real Chromium: a step back, another language, keeping and deleting, errors.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startHome } from "./page.mjs";
import { LANGS, SHARED, factsOf } from "./programs.mjs";

const facts = factsOf("tennyu.json");

/** Answers a few questions of the case, so that there is something to keep. */
async function begin(home, lang = "ja", options = {}) {
  const page = await home.open(lang, options);
  await page.begin();
  for (let turn = 0; turn < 5; turn += 1) {
    const question = await page.question();
    await page.give(question, facts.case[question.fact], facts.people);
  }
  return page;
}

const stored = (page) => page.page.evaluate(() => Object.values(localStorage).join(""));

describe("the page at home", () => {
  let home;
  before(async () => (home = await startHome(join(SHARED, "site"))));
  after(() => home.stop());

  test("a step back and forth loses nothing, not even what was half typed", async () => {
    const page = await begin(home);
    const here = await page.question();
    await page.page.goBack();
    const before = await page.question();
    assert.notEqual(before.fact, here.fact);
    assert.ok((await page.page.locator("input:checked, #answer-year, textarea").count()) > 0);
    await page.page.goForward();
    assert.equal((await page.question()).fact, here.fact);
    await page.page.goBack();
    await page.page.goBack();
    await page.press("lang");
    assert.deepEqual(page.faults, []);
    await page.page.context().close();
  });

  test("another language asks the same question and keeps every answer", async () => {
    const page = await begin(home);
    const here = await page.question();
    for (const lang of LANGS) {
      if ((await page.page.locator(`#lang option[value="${lang}"]`).count()) === 0) continue;
      await page.by("lang").selectOption(lang);
      await page.page.waitForFunction(
        (tag) => document.documentElement.lang === tag,
        lang.startsWith("ja") ? "ja" : lang,
      );
      assert.equal((await page.question()).fact, here.fact);
    }
    await page.press("page.review.see");
    await page.by("review").waitFor();
    await page.page.waitForFunction(() => document.querySelectorAll("[data-testid=line]").length >= 7);
    await page.page.context().close();
  });

  test("nothing is kept unless the resident says so, and then until it is deleted", async () => {
    const page = await begin(home);
    assert.equal(await stored(page), "");
    await page.press("page.save.heading");
    await page.press("page.save.here");
    assert.match(await stored(page), /tennyu/);
    await page.page.reload();
    await page.press("lang-ja");
    await page.press("page.start.resume");
    await page.question();
    await page.press("page.wipe");
    await page.press("page.wipe.yes");
    await page.by("page.start.go").waitFor();
    assert.equal(await stored(page), "");
    await page.page.context().close();
  });

  test("a file opens again with its pass phrase, next year, on another phone", async () => {
    const page = await begin(home);
    await page.press("page.save.heading");
    await page.by("phrase").fill("青い空と白い雲と青い海");
    await page.by("phrase-again").fill("青い空と白い雲と青い海");
    const [download] = await Promise.all([
      page.page.waitForEvent("download"),
      page.press("page.save.file.make"),
    ]);
    const file = await download.path();
    const text = await readFile(file, "utf8");
    for (const person of facts.people) assert.ok(!text.includes(person.name));
    const other = await home.open("ja");
    await other.press("page.start.file");
    await other.by("file").setInputFiles({
      name: "x.kakanai",
      mimeType: "application/json",
      buffer: Buffer.from(text),
    });
    await other.by("phrase").fill("ちがう合言葉です");
    await other.press("page.open.go");
    await other.by("faults").waitFor();
    await other.by("phrase").fill("青い空と白い雲と青い海");
    await other.press("page.open.go");
    await other.by("review").waitFor();
    await other.page.getByText(facts.people[0].name).first().waitFor();
    for (const each of [page, other]) await each.page.context().close();
  });

  test("a change lays aside what hung on it and keeps everything else", async () => {
    const page = await begin(home);
    await page.press("page.review.see");
    await page.by("change-case-event").click();
    const question = await page.question();
    assert.equal(question.fact, "event");
    await page.give(question, "shomei");
    await page.press("page.review.see");
    await page.by("review").waitFor();
    await page.by("change-case-people").waitFor();
    assert.equal(await page.by("change-case-from").count(), 0);
    assert.deepEqual(page.faults, []);
    await page.page.context().close();
  });

  test("an error is said above, tied to its field, and has the focus", async () => {
    const page = await home.open("ja");
    await page.begin();
    await page.press("page.next");
    assert.equal(await page.page.evaluate(() => document.activeElement.dataset.testid), "faults");
    assert.equal(await page.page.locator("#answer[aria-describedby~=answer-fault]").count(), 1);
    assert.match(await page.page.title(), /^エラー/);
    await page.page.context().close();
  });

  test("a fault of the rules costs no answer", async () => {
    const page = await begin(home);
    const here = await page.question();
    await page.page.evaluate(() => {
      const compile = WebAssembly.instantiate;
      WebAssembly.instantiate = (...args) => compile(...args);
      const encode = TextEncoder.prototype.encode;
      let broken = true;
      TextEncoder.prototype.encode = function (text) {
        if (broken) {
          broken = false;
          throw new WebAssembly.RuntimeError("unreachable");
        }
        return encode.call(this, text);
      };
    });
    await page.give(here, undefined);
    await page.question();
    assert.deepEqual(page.faults, []);
    await page.page.context().close();
  });
});
