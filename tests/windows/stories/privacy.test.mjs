// Certificates without a detour, what is private in the hall, and a wife who needs protection beside her husband.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { textOf } from "../bench.mjs";
import { until } from "../driver.mjs";
import { ANSWERS } from "./answers.mjs";
import { benchWith, cardOf, persona, picture, withClerk } from "./scene.mjs";
import { checkIdentity, finish, printAll } from "./steps.mjs";

const squeezed = (text) => text.replace(/\s/g, "");

let bench;
before(async () => {
  bench = await benchWith();
});
after(async () => {
  await bench?.stop();
});

test("only a certificate: from the card to the printed request in three choices", async () => {
  await bench.devices(`card insert ${cardOf("single")}`);
  await withClerk(bench, async (clerk) => {
    await clerk.click("event-shomei");
    await clerk.residentReads();
    const before = clerk.inputs;
    await clerk.see("certificates");
    await clerk.click("certificate-juminhyo");
    await clerk.click("certificates-next");
    await picture(bench, "staff", "staff-certificates");
    await clerk.click("print-all");
    await until("the printer to be done", () => clerk.driver.has("print-ask"));
    const choices = clerk.inputs - before;
    assert.ok(choices <= 3, `${choices} choices from the card to the printed request`);
    assert.ok(textOf(bench.received().at(-1)).includes(squeezed(persona("single").name)));
    await finish(clerk);
    clerk.figures("certificate-only", { choices });
  });
});

test("a wife who needs protection beside her husband: nothing of it on any shared screen, paper, list or job", async () => {
  await bench.devices(`card insert ${cardOf("wife")}`);
  await withClerk(bench, async (clerk, driver) => {
    const SECRET = /支援措置|ＤＶ|DV|dv_support|住民基本台帳事務における/;
    const seen = [];
    /** What stands on both windows at this moment. */
    const look = async () => {
      for (const window of ["resident", "staff"]) {
        await driver.window(window);
        seen.push(await driver.script("return document.body.innerText + document.title"));
      }
      await driver.window("resident");
      seen.push(
        JSON.stringify(
          await driver.asyncScript(
            `window.__TAURI_INTERNALS__.invoke("resident_view").then(arguments[0], (error) => arguments[0](String(error)))`,
          ),
        ),
      );
      await driver.window("staff");
    };
    await clerk.click("event-tennyu");
    await look();
    await clerk.residentReads();
    await look();
    await checkIdentity(clerk);
    await clerk.click("household-alone");
    await look();
    // The husband has gone to the waiting area: the clerk says so, and only then asks.
    await clerk.click("step-check");
    await clerk.click("alone-open");
    await clerk.click("alone-confirm");
    await clerk.see("discreet-question");
    await driver.window("resident");
    assert.doesNotMatch(await driver.script("return document.body.innerText"), SECRET);
    await clerk.click("discreet-answer-dv_support-true");
    await picture(bench, "staff", "staff-discreet");
    await clerk.click("alone-end");
    await until("the discreet panel to be gone", async () => !(await driver.has("discreet-question")));
    await look();
    await clerk.click("step-questions");
    await clerk.answerAll(ANSWERS.single, { resident: { phone: "09000000000" } });
    await look();
    await printAll(clerk);
    await look();
    for (const pdf of bench.received()) assert.doesNotMatch(textOf(pdf), SECRET);
    await finish(clerk);
    await look();
    for (const text of seen) assert.doesNotMatch(text, SECRET);
    clerk.figures("protection");
  });
});
