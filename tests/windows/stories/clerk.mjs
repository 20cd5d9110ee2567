// The clerk and the resident of a story. What the clerk does is counted: an input is one answer or one command, the
// Enter or Tab that belongs to it included; a field filled is one, however many characters it has.
import { writeFileSync, existsSync, readFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ACCOUNT, PASSPHRASE, PIN, ROOT } from "../bench.mjs";
import { until } from "../driver.mjs";

/** Where the figures of all stories are gathered. */
export const FIGURES = process.env.KAKANAI_STORIES ?? join(ROOT, "target/stories.json");

/** What is asked at this moment: the form, its fields and what is chosen in them. */
const ASKED = `
  const form = document.querySelector('[data-testid="ask"]');
  if (form === null) return null;
  const fields = new Map();
  for (const input of form.querySelectorAll("input, select, textarea")) {
    const testid = input.dataset.testid;
    if (!testid?.startsWith("answer-")) continue;
    const choice = input.type === "radio" || input.type === "checkbox";
    const name = choice ? input.name : testid;
    const field = fields.get(name) ?? { name, fact: input.closest("[data-fact]")?.dataset.fact ?? form.dataset.ask,
      person: input.closest("[data-person]")?.dataset.person ?? null, type: choice ? input.type : "text", choices: [], chosen: [], value: "" };
    if (choice) { field.choices.push(input.value); if (input.checked) field.chosen.push(input.value); }
    else field.value = input.value;
    fields.set(name, field);
  }
  return { id: form.dataset.ask, kind: form.dataset.kind, private: form.dataset.private === "true",
    busy: form.getAttribute("aria-busy") === "true", fields: [...fields.values()] };`;

/** Whether a field of what is asked has a fault: alone it stands beside its field, with others in a summary too. */
const FAULTY = `return document.querySelector('[data-testid="ask"] [aria-invalid="true"]') !== null`;

/** What the resident is asked at this moment; the same question about the next person is another one. */
const ASKED_OF_RESIDENT = `
  const heading = document.querySelector('[data-testid="ask-heading"]');
  return heading && { id: heading.dataset.ask, heading: heading.textContent,
    person: document.querySelector('[data-testid="ask-person"]')?.textContent ?? "",
    pad: document.querySelector('[data-testid="pad-submit"]') !== null,
    rows: [...document.querySelectorAll('[data-testid^="resident-answer-"]')].map((row) => row.dataset.testid) };`;

export class Clerk {
  inputs = 0;
  /** Digits of PINs, apart from everything else. */
  pinDigits = 0;
  /** What the resident touched on the other window, PINs apart. */
  touches = 0;
  /** Screens of questions that were asked, by their ids: at this window and at the resident's. */
  asked = new Set();
  askedOfResident = new Set();
  /** Facts that were typed, to see that no source had given them. */
  typed = [];

  constructor(driver, bench) {
    this.driver = driver;
    this.bench = bench;
  }

  #count() {
    this.inputs += 1;
  }

  /** Everything before the first case: no part of a story. */
  async signIn() {
    const { driver } = this;
    await driver.window("staff");
    await driver.see("signin-heading");
    if (await driver.has(`signin-account-${ACCOUNT}`)) await driver.click(`signin-account-${ACCOUNT}`);
    await driver.type("signin-passphrase", PASSPHRASE);
    await driver.click("signin-submit");
    await driver.see("start-heading");
  }

  async click(testid) {
    await this.driver.window("staff");
    await this.driver.click(testid);
    this.#count();
  }

  async type(testid, text) {
    await this.driver.window("staff");
    await this.driver.type(testid, text);
    this.#count();
  }

  async choose(testid, value) {
    await this.driver.window("staff");
    await this.driver.choose(testid, value);
    this.#count();
  }

  /** Presses one key where the focus is. */
  async press(key) {
    await this.driver.window("staff");
    await this.driver.press(key);
    this.#count();
  }

  see = async (testid) => {
    await this.driver.window("staff");
    await this.driver.see(testid);
  };

  text = async (testid) => {
    await this.driver.window("staff");
    return this.driver.text(testid);
  };

  asks = async () => {
    await this.driver.window("staff");
    return this.driver.script(ASKED);
  };

  /** The resident's half of reading a card, from the PIN to the word that it is right. */
  async residentReads(pin = PIN) {
    await this.residentPin(pin);
    await this.residentConfirms();
  }

  /** The card of somebody who is not in the household yet: the clerk says so. */
  async residentReadsAnother() {
    await this.residentPin();
    await this.click("card-whose-new");
    await this.residentConfirms();
  }

  async residentPin(pin = PIN) {
    const { driver } = this;
    await driver.window("resident");
    await driver.see("pin-heading");
    for (const digit of pin) await driver.click(`pin-${digit}`);
    await driver.click("pin-submit");
    this.pinDigits += pin.length;
  }

  async residentConfirms() {
    await this.touch("confirm-yes");
    await this.driver.window("staff");
  }

  /** The resident touches something. */
  async touch(testid) {
    await this.driver.window("resident");
    await this.driver.click(testid);
    this.touches += 1;
  }

  /** The resident answers what the window asks: `answers` by fact, no and none where there is nothing. */
  async residentAnswers(answers = {}) {
    const { driver } = this;
    await driver.window("resident");
    for (;;) {
      const screen = await driver.attribute("resident-screen", "data-screen");
      if (screen !== "questions") break;
      const ask = await driver.script(ASKED_OF_RESIDENT);
      if (ask === null) continue;
      const key = `${ask.id} ${ask.person} ${ask.heading}`;
      if (this.askedOfResident.has(key)) throw new Error(`the resident is asked ${ask.id} again`);
      this.askedOfResident.add(key);
      await this.#residentAnswers(ask, answers);
      await until(
        `the resident's next screen after ${ask.id}`,
        async () => JSON.stringify(await driver.script(ASKED_OF_RESIDENT)) !== JSON.stringify(ask),
      );
    }
    await driver.window("staff");
  }

  async #residentAnswers(ask, answers) {
    const { driver } = this;
    if (ask.pad) {
      for (const digit of answers.phone ?? "0000000000") {
        await driver.click(`pad-${digit}`);
        this.touches += 1;
      }
      await this.touch("pad-submit");
      return;
    }
    const wanted = ask.rows.filter((row) =>
      Object.entries(answers).some(([fact, value]) => row === `resident-answer-${fact}-${value}`),
    );
    for (const row of wanted) await this.touch(row);
    if (wanted.length > 0) {
      if (await driver.has("resident-next")) await this.touch("resident-next");
    } else if (await driver.has("resident-none")) {
      await this.touch("resident-none");
      if (await driver.has("resident-next")) await this.touch("resident-next");
    } else {
      const no = ask.rows.find((row) => /-(false|none)$/.test(row));
      await this.touch(no ?? "resident-decline");
      if (await driver.has("resident-next")) await this.touch("resident-next");
    }
  }

  /**
   * Answers every screen of questions. `answers` by fact: a value, or a function of the person; what is not named is
   * no, none or not known. `seen` is told of every screen of questions, once it stands on the window it names.
   */
  async answerAll(answers, { resident = {}, seen = async () => undefined } = {}) {
    for (;;) {
      const ask = await until("a question or the end of them", async () => {
        if ((await this.#residentsTurn()) === "questions") {
          await seen("resident");
          await this.residentAnswers(resident);
        }
        await this.driver.window("staff");
        if (await this.driver.has("questions-none")) return { id: null };
        const now = await this.asks();
        return now === null || now.busy ? null : now;
      });
      if (ask.id === null) return;
      await seen("staff");
      await this.answer(ask, answers);
    }
  }

  async #residentsTurn() {
    await this.driver.window("resident");
    return this.driver.attribute("resident-screen", "data-screen");
  }

  async answer(ask, answers) {
    this.asked.add(ask.id);
    const { driver } = this;
    const before = screenOf(ask);
    const wanted = ask.fields.map((field) => {
      const given = answers[field.fact];
      const value = typeof given === "function" ? given(field.person) : given;
      return { field, value };
    });
    const single = ask.kind === "one" && wanted.length === 1 && wanted[0].field.type === "radio";
    if (single) {
      const { field, value } = wanted[0];
      const place = field.choices.indexOf(String(value ?? otherwise(field.choices)));
      if (place < 0) throw new Error(`${ask.id} has no choice ${value}: ${field.choices}`);
      if (place < 9) await this.press(`${place + 1}`);
      else await this.click(`${field.name}-${field.choices[place]}`);
    } else {
      let changed = 0;
      for (const { field, value } of wanted) changed += await this.#fill(ask, field, value);
      // From whichever field: what is left blank is not asked again.
      await driver.send();
      if (changed === 0) this.#count();
    }
    await until(`the answer to ${ask.id} to be kept`, async () => {
      if (await driver.has("questions-none")) return true;
      const now = await this.asks();
      if (now?.busy) return false;
      if (now?.id === ask.id && (await driver.script(FAULTY))) {
        // What nobody has an answer to is said to be not known.
        await this.click("answer-unknown");
        return false;
      }
      return now === null || screenOf(now) !== before;
    });
  }

  async #fill(ask, field, value) {
    if (field.type === "text") {
      if (value === undefined || value === field.value) return 0;
      this.typed.push({ fact: field.fact, person: field.person, value });
      await this.type(field.name, value);
      return 1;
    }
    const chosen = [value ?? (ask.kind === "checklist" ? [] : otherwise(field.choices))].flat().map(String);
    const toChange =
      field.type === "radio"
        ? chosen.filter((id) => !field.chosen.includes(id))
        : field.choices.filter((id) => chosen.includes(id) !== field.chosen.includes(id));
    for (const id of toChange) await this.click(`${field.name}-${id}`);
    return toChange.length;
  }

  /** Keeps the figures of a story for the table. */
  figures(name, more = {}) {
    mkdirSync(dirname(FIGURES), { recursive: true });
    const all = existsSync(FIGURES) ? JSON.parse(readFileSync(FIGURES, "utf8")) : {};
    all[name] = {
      inputs: this.inputs,
      questions: this.asked.size + this.askedOfResident.size,
      touches: this.touches,
      pin: this.pinDigits,
      ...more,
    };
    writeFileSync(FIGURES, `${JSON.stringify(all, null, 2)}\n`);
    return all[name];
  }

  /** Lays another card on the reader, once the one before is seen to be gone. */
  async lay(persona) {
    await this.bench.devices("card remove");
    await until("the reader to be empty", async () => {
      await this.driver.window("staff");
      const readers = await this.driver.asyncScript(
        `window.__TAURI_INTERNALS__.invoke("staff_view").then((view) => arguments[0](view.devices.readers), () => arguments[0](null))`,
      );
      return readers !== null && readers.every(({ card }) => !card);
    });
    await this.bench.devices(`card insert ${persona}`);
  }
}

/** What tells one screen of questions from the next, whatever stands in its fields. */
const screenOf = ({ id, fields }) => JSON.stringify([id, ...fields.map(({ name }) => name)]);

/** No, none, or the first: the answer that asks for nothing. */
function otherwise(choices) {
  for (const id of ["false", "none", "same", "no"]) if (choices.includes(id)) return id;
  return choices[0];
}
