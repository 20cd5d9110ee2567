// Steps that several stories share, and what is true after each of them.
import assert from "node:assert/strict";
import { until } from "../driver.mjs";

/** 本人確認: what was read is preselected, one input confirms it. */
export async function checkIdentity(clerk) {
  const { driver } = clerk;
  await driver.window("staff");
  if (!(await driver.has("identity-heading"))) await driver.click("step-document");
  await clerk.see("identity-heading");
  await until("what was read to stand chosen", () =>
    driver.script(`return document.querySelector('[data-testid^="identity-doc-"]:checked') !== null`),
  );
  await clerk.click("identity-confirm");
}

/** Types somebody who has no card on the household's form. */
export async function addPerson(clerk, { name, kana, birth, sex, relation }, look = async () => undefined) {
  const { driver } = clerk;
  await clerk.see("household-heading");
  if (!(await driver.has("person-form"))) await clerk.click("person-add");
  await clerk.type("person-name", name);
  await clerk.type("person-kana", kana);
  await clerk.type("person-birth", birth);
  await clerk.choose("person-sex", sex);
  await clerk.choose("person-relation", relation);
  await look();
  await clerk.click("person-save");
  await until("the form to be ready for the next", async () =>
    driver.script(`return document.querySelector('[data-testid="person-name"]')?.value === ""`),
  );
}

/** Prints everything, from wherever the questions ended; gives how many fields the papers would have asked for. */
export async function printAll(clerk) {
  const { driver } = clerk;
  await clerk.see("questions-none");
  const fields = await driver.asyncScript(`
    const done = arguments[0];
    window.__TAURI_INTERNALS__.invoke("staff_view").then((view) => done(
      view.case.papers.reduce((sum, paper) => sum + paper.fields.length, 0)), (error) => done(String(error)));`);
  await clerk.click("print-all");
  await until("the printer to be done", async () => driver.has("print-ask"));
  return fields;
}

/** The papers came out, the signature is received, the case ends: one input. */
export async function finish(clerk) {
  const { driver } = clerk;
  await driver.renewed(async () => {
    await clerk.click("case-finish");
    await until(
      "the start or the question what is left",
      async () => (await driver.has("start-heading")) || (await driver.has("finish-confirm")),
    );
    if (await driver.has("finish-confirm")) await clerk.click("finish-confirm");
  });
  await clerk.see("start-heading");
}

/** Facts that a card gives. */
const OF_CARDS = ["name", "birth_date", "sex", "address", "previous_address"];

/** Nothing was typed that a card had given. */
export function nothingTypedTwice(clerk) {
  nothingHeldTwice(clerk, OF_CARDS);
}

/** None of `facts` was typed: a source had given them. */
export function nothingHeldTwice(clerk, facts) {
  const twice = clerk.typed.filter(({ fact }) => facts.includes(fact));
  assert.deepEqual(twice, [], "typed though a source had given it");
}
