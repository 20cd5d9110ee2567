// People who move in, told on the real windows with pcscd, the scanner and the printer: what the clerk has to do is
// counted, and what comes out of the printer is read.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { textOf } from "../bench.mjs";
import { until } from "../driver.mjs";
import { ANSWERS } from "./answers.mjs";
import { benchWith, cardOf, persona, picture, withClerk } from "./scene.mjs";
import { checkIdentity, finish, nothingHeldTwice, nothingTypedTwice, printAll } from "./steps.mjs";

const squeezed = (text) => text.replace(/\s/g, "");

let bench;
before(async () => {
  bench = await benchWith();
});
after(async () => {
  await bench?.stop();
});

test("single, no child, one card: at most 12 inputs and 8 questions", async () => {
  await bench.devices(`card insert ${cardOf("single")}`);
  await withClerk(bench, async (clerk) => {
    await clerk.click("event-tennyu");
    await clerk.residentReads();
    await checkIdentity(clerk);
    await clerk.click("household-alone");
    await clerk.answerAll(ANSWERS.single, { resident: { phone: "09000000000" } });
    const fields = await printAll(clerk);
    const printed = textOf(bench.received().at(-1));
    for (const text of [persona("single").name, "見本町一丁目２番３号", "ミホン　アオイ", "09000000000"]) {
      assert.ok(printed.includes(squeezed(text)), `${text} is printed`);
    }
    await finish(clerk);
    nothingTypedTwice(clerk);
    const figures = clerk.figures("single", { fields });
    assert.ok(figures.inputs <= 12, `${figures.inputs} inputs`);
    assert.ok(figures.questions <= 8, `${figures.questions} questions: ${[...clerk.asked]}`);
  });
});

test("a family of four with four cards: at most 40 inputs", async () => {
  await bench.devices(`card insert ${cardOf("father")}`);
  await withClerk(bench, async (clerk, driver) => {
    await clerk.click("event-tennyu");
    await clerk.residentReads();
    for (const name of ["mother", "son", "daughter"]) {
      await clerk.lay(cardOf(name));
      await clerk.residentReadsAnother();
    }
    await picture(bench, "staff", "staff-cards");
    await checkIdentity(clerk);
    await until("four people", () =>
      driver.script(`return document.querySelectorAll('[data-testid^="relation-"]').length >= 4`),
    );
    await clerk.click("household-complete");
    await clerk.answerAll(ANSWERS.family, { resident: { phone: "09000000000" } });
    const fields = await printAll(clerk);
    const printed = textOf(bench.received().at(-1));
    for (const name of ["father", "mother", "son", "daughter"]) {
      assert.ok(printed.includes(squeezed(persona(name).name)), name);
    }
    await finish(clerk);
    nothingTypedTwice(clerk);
    const figures = clerk.figures("family-four-cards", { fields });
    assert.ok(figures.inputs <= 40, `${figures.inputs} inputs`);
  });
});

test("a single student with the codes made at home: a scanner, a look, a signature", async () => {
  await bench.devices(`card insert ${cardOf("single")}`);
  bench.settings({ more: `scanner = ${JSON.stringify(bench.scannerPort)}\n` });
  await bench.devices("scanner plug");
  const keys = bench.keys("town");
  bench.addKey(keys.private);
  const parts = bench.sheet("student", ANSWERS.studentSheet(persona("single")), keys.public);
  await withClerk(bench, async (clerk, driver) => {
    for (const part of parts) await bench.devices(`scanner send ${part.text}`);
    await clerk.see("sheet");
    await clerk.click("sheet-take-new");
    await until("the case", async () => (await driver.has("case-label")) && !(await driver.has("scan")));
    await clerk.residentReads();
    await checkIdentity(clerk);
    await clerk.answerAll(ANSWERS.single);
    const fields = await printAll(clerk);
    const printed = textOf(bench.received().at(-1));
    assert.ok(printed.includes(squeezed(persona("single").name)));
    assert.ok(printed.includes("見本学生寮"));
    await finish(clerk);
    nothingHeldTwice(clerk, ["new_address", "name_kana", "phone", "insurance_after"]);
    clerk.figures("student-codes", { fields });
  });
  bench.settings({});
});
