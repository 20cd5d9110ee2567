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

/** The language in which the resident's window speaks. */
async function residentLang(driver) {
  await driver.window("resident");
  return driver.script(
    `return document.querySelector('[data-testid="resident-screen"]')?.closest("[lang]").lang`,
  );
}

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

test("a family with one card and a 転出証明書, typed in the paper's own order", async () => {
  await bench.devices(`card insert ${cardOf("father")}`);
  await withClerk(bench, async (clerk, driver) => {
    await clerk.click("event-tennyu");
    await clerk.residentReads();
    await clerk.click("certificate-open");
    await clerk.see("certificate-heading");
    // The father's name, birth date and sex stand there already: the card gave them.
    assert.equal(
      await driver.script(`return document.querySelector('[data-testid="certificate-0-name"]').value`),
      persona("father").name,
    );
    const rows = [
      ["ミホン　タロウ", null],
      ["ミホン　ハナコ", "mother"],
      ["ミホン　レン", "son"],
      ["ミホン　ユイ", "daughter"],
    ];
    const relations = ["head", "spouse", "child", "child"];
    for (const [row, [kana, name]] of rows.entries()) {
      if (name !== null) {
        if (!(await driver.has(`certificate-${row}-name`))) await clerk.click("certificate-add");
        const { name: written, birth_date, sex } = persona(name);
        await clerk.type(`certificate-${row}-name`, written);
        await clerk.type(`certificate-${row}-birth_date`, birth_date);
        await clerk.choose(`certificate-${row}-sex`, sex);
      }
      await clerk.type(`certificate-${row}-name_kana`, kana);
      await clerk.choose(`certificate-${row}-relation`, relations[row]);
    }
    await clerk.type("certificate-case-previous_head_name", persona("father").name);
    await clerk.type("certificate-case-planned_out_date", "2026-11-13");
    await picture(bench, "staff", "staff-certificate");
    await clerk.click("certificate-save");
    await checkIdentity(clerk);
    await clerk.answerAll(ANSWERS.certificate, { resident: { phone: "09000000000" } });
    const fields = await printAll(clerk);
    const printed = textOf(bench.received().at(-1));
    for (const [kana, name] of rows) {
      assert.ok(printed.includes(squeezed(kana)), kana);
      assert.ok(printed.includes(squeezed(persona(name ?? "father").name)));
    }
    await finish(clerk);
    nothingTypedTwice(clerk);
    clerk.figures("family-certificate", { fields });
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

test("a foreign couple reads everything in Vietnamese, and the clerk sees the Japanese sentence beside it", async () => {
  await bench.devices(`card insert ${cardOf("foreign-husband")}`);
  await withClerk(bench, async (clerk, driver) => {
    await driver.window("resident");
    await driver.see("resident-screen");
    await clerk.touch("lang-vi");
    await until("the welcome in Vietnamese", async () => (await residentLang(driver)) === "vi");
    await clerk.click("event-tennyu");
    await clerk.residentReads();
    assert.equal(await residentLang(driver), "vi", "the language chosen before the case goes on in it");
    await clerk.lay(cardOf("foreign-wife"));
    await clerk.residentReadsAnother();
    await checkIdentity(clerk);
    await clerk.click("household-complete");
    const pair = await until("the sentence in Vietnamese beside the clerk's", () =>
      driver.script(`
        const pair = document.querySelector('[data-testid="sentence-pair"]');
        return pair && [...pair.querySelectorAll("p[lang]")].map(({ lang, textContent }) => [lang, textContent]);`),
    );
    assert.deepEqual(
      pair.map(([lang]) => lang),
      ["ja", "vi"],
    );
    assert.match(pair[1][1], /[àáảãạăâđêôơư]/u);
    const said = await until("the same sentence on the resident's window", async () => {
      await driver.window("resident");
      return driver.script(`return document.querySelector('[data-testid^="pair-"]')?.textContent`);
    });
    assert.ok(said.includes(pair[1][1].replace("参考訳", "").trim()), said);
    await picture(bench, "staff", "staff-pairs");
    await picture(bench, "resident", "resident-vi");
    await clerk.answerAll(ANSWERS.foreign, { resident: { phone: "09000000000" } });
    const fields = await printAll(clerk);
    const printed = textOf(bench.received().at(-1));
    assert.ok(printed.includes("MIHONVANAN") && printed.includes("MIHONTHIBINH"));
    assert.match(printed, /[ảạấềệộợưđ]/u, "the list to keep speaks Vietnamese");
    await finish(clerk);
    nothingTypedTwice(clerk);
    clerk.figures("foreign-couple", { fields });
    const atWelcome = () => driver.attribute("resident-screen", "data-screen");
    await until(
      "the welcome in Japanese again",
      async () => (await residentLang(driver)) === "ja" && (await atWelcome()) === "welcome",
      60_000,
    );
  });
});
