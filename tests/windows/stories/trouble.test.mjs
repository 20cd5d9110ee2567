// What goes wrong at a counter, and how the case goes on: a PIN forgotten, a tray empty, a power cut, sources that
// disagree.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { textOf } from "../bench.mjs";
import { until } from "../driver.mjs";
import { ANSWERS } from "./answers.mjs";
import { benchWith, cardOf, persona, picture, withClerk } from "./scene.mjs";
import { checkIdentity, finish, nothingTypedTwice, printAll } from "./steps.mjs";

const squeezed = (text) => text.replace(/\s/g, "");

let bench;
before(async () => {
  bench = await benchWith();
});
after(async () => {
  await bench?.stop();
});

/** VERIFY commands of the card since `from`, by their key reference. */
function verifies(from) {
  const log = readFileSync(bench.cardLog, "utf8")
    .trim()
    .split("\n")
    .slice(from)
    .map((line) => JSON.parse(line));
  return log.filter(({ command }) => /^002000[0-9a-f]{2}0[1-9a-f]|^002000[0-9a-f]{2}1/i.test(command));
}
const logged = () => {
  try {
    return readFileSync(bench.cardLog, "utf8").trim().split("\n").length;
  } catch {
    return 0;
  }
};

test("a wrong PIN, then the code printed on the card: no second try is spent on guessing", async () => {
  await bench.devices(`card insert ${cardOf("coded")}`);
  const from = logged();
  await withClerk(bench, async (clerk, driver) => {
    await clerk.click("event-tennyu");
    await clerk.residentPin("9999");
    await until("the wrong PIN to be told", async () => {
      await driver.window("resident");
      return driver.has("pin-wrong");
    });
    await clerk.touch("pin-decline");
    await clerk.click("code-b-open");
    const { birth, year, security } = codeOf(persona("coded"));
    await clerk.type("code-b-birth", birth);
    await clerk.type("code-b-year", year);
    await clerk.type("code-b-security", security);
    await picture(bench, "staff", "staff-code-b");
    await clerk.click("code-b-submit");
    await clerk.residentConfirms();
    await checkIdentity(clerk);
    await clerk.click("household-alone");
    await clerk.answerAll(ANSWERS.single, { resident: { phone: "09000000000" } });
    const fields = await printAll(clerk);
    assert.ok(textOf(bench.received().at(-1)).includes(squeezed(persona("coded").name)));
    await finish(clerk);
    nothingTypedTwice(clerk);
    clerk.figures("wrong-pin-code-b", { fields });
  });
  assert.equal(verifies(from).length, 2, "one PIN and one code: two VERIFYs");
});

test("the printer runs out of paper in the middle: the clerk refills it, nothing is lost or printed twice", async () => {
  await bench.devices(`card insert ${cardOf("single")}`);
  await withClerk(bench, async (clerk, driver) => {
    await clerk.click("event-tennyu");
    await clerk.residentReads();
    await checkIdentity(clerk);
    await clerk.click("household-alone");
    await clerk.answerAll(ANSWERS.single, { resident: { phone: "09000000000" } });
    await clerk.see("questions-none");
    await bench.devices("printer empty");
    const before = bench.received().length;
    await clerk.click("print-all");
    await until("the empty tray to be told", async () =>
      /紙がありません/.test(await driver.text("print-reason")),
    );
    await picture(bench, "staff", "staff-paper-out");
    await bench.devices("printer refill");
    await until("the papers", async () => driver.has("print-ask"));
    assert.equal(bench.received().length, before + 1, "one job, printed once");
    await finish(clerk);
    clerk.figures("paper-out");
  });
});

test("killed in the middle and taken up again: every answer is there, nothing is asked twice", async () => {
  await bench.devices(`card insert ${cardOf("single")}`);
  let asked;
  await withClerk(bench, async (clerk, driver) => {
    await clerk.click("event-tennyu");
    await clerk.residentReads();
    await checkIdentity(clerk);
    await clerk.click("household-alone");
    const first = await until("a question", () => clerk.asks());
    await clerk.answer(first, ANSWERS.single);
    asked = new Set(clerk.asked);
    process.kill(bench.appProcess(), "SIGKILL");
    await until("the app to be dead", () => bench.appProcess() === undefined);
    await driver.stop();
  }).catch((error) => {
    if (asked === undefined) throw error;
  });
  await withClerk(bench, async (clerk, driver) => {
    const line = await driver.script(
      `return [...document.querySelectorAll('[data-testid^="resume-"]')].at(0)?.dataset.testid ?? null`,
    );
    assert.notEqual(line, null, "the case stands in the list, to be taken up");
    await clerk.click(line);
    const now = await until("the next question", () => clerk.asks());
    assert.ok(!asked.has(now.id), `${now.id} is asked again`);
    await clerk.answerAll(ANSWERS.single, { resident: { phone: "09000000000" } });
    await printAll(clerk);
    assert.ok(textOf(bench.received().at(-1)).includes(squeezed(persona("single").name)));
    await finish(clerk);
    clerk.figures("killed-and-resumed");
  });
});

test("card and codes disagree: both are shown with their source, the clerk settles it, the paper says the settled one", async () => {
  const { name, birth_date, sex } = persona("single");
  const sheet = ANSWERS.studentSheet({
    name,
    birth_date,
    sex,
    address: "三重県みほん市見本町４丁目５番７号",
  });
  const keys = bench.keys("disagree");
  bench.addKey(keys.private);
  bench.settings({ more: `scanner = ${JSON.stringify(bench.scannerPort)}\n` });
  await bench.devices("scanner plug");
  await bench.devices(`card insert ${cardOf("single")}`);
  const parts = bench.sheet("disagree", sheet, keys.public);
  await withClerk(bench, async (clerk, driver) => {
    for (const part of parts) await bench.devices(`scanner send ${part.text}`);
    await clerk.see("sheet");
    await clerk.click("sheet-take-new");
    await until("the case", async () => (await driver.has("case-label")) && !(await driver.has("scan")));
    await clerk.residentReads();
    await clerk.see("conflicts");
    const conflict = "conflict-case-previous_address";
    const both = await clerk.text(conflict);
    assert.ok(both.includes("７号") && both.includes("６号"), both);
    await picture(bench, "staff", "staff-disagree");
    await clerk.click("settle-case-previous_address-card");
    await until("the conflict to be settled", async () => !(await driver.has(conflict)));
    await checkIdentity(clerk);
    await clerk.answerAll(ANSWERS.single);
    await printAll(clerk);
    const printed = textOf(bench.received().at(-1));
    assert.ok(printed.includes("見本町４丁目５番６号") && !printed.includes("見本町４丁目５番７号"));
    await finish(clerk);
    clerk.figures("card-and-codes-disagree");
  });
  bench.settings({});
});

/** The three parts of 照合番号B as they are printed on a card. */
function codeOf({ birth_date, expiry_year, security_code }) {
  const [year, month, day] = birth_date.split("-").map(Number);
  const era = year > 1989 || (year === 1989 && month > 1) ? year - 1988 : year - 1925;
  const two = (number) => String(number).padStart(2, "0");
  return { birth: two(era) + two(month) + two(day), year: expiry_year, security: security_code };
}
