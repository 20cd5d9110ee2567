// Nobody is kept out of any screen: axe inside the app's own web view, nothing cut off, everything reached by the keys
// alone. Every heading and dialog of both windows is looked at once at least, with its empty and its wrong states.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ACCOUNT, Bench, PASSPHRASE, ROOT } from "./bench.mjs";
import { until } from "./driver.mjs";
import { keyboardFaults } from "./keyboard.mjs";
import { AXE, CUT_OFF, RUN_AXE } from "./look.mjs";
import { Clerk } from "./stories/clerk.mjs";
import { ANSWERS } from "./stories/answers.mjs";
import { cardOf, persona, picture } from "./stories/scene.mjs";

/** A name that never ends, without and with places to break a line. */
const LONG = [
  "見本寿限無寿限無五劫擦切海砂利水魚水行末雲来末風来末食寝処住処藪柑子",
  "長久命之長助太郎左衛門",
].join("　");
const LATIN = "MIHON ALEXANDRIA MARIA DE LOS ANGELES FERNANDEZ Y VILLANUEVA-SANTACRUZ MONTENEGRO";
/** A character that no font has. */
const UNPRINTABLE = "見本邉\u{E011E}太郎";

/** A script that gives which screens stand there: their headings, the open dialogs, the screen of the resident. */
const MARKS = `
  const marks = document.querySelectorAll("h1[data-testid], h2[data-testid], dialog[open][data-testid]");
  const screen = document.querySelector("[data-screen]")?.dataset.screen;
  return [...[...marks].map(({ dataset }) => dataset.testid), ...(screen ? ["resident " + screen] : [])];`;

let bench;
/** Every screen that was looked at, and the headings and dialogs on them. */
const seen = new Set();
before(async () => {
  bench = await Bench.start();
  await bench.devices("card remove");
});
after(async () => {
  await bench?.stop();
});

/** Runs a tour in an app of its own; nothing wrong is found on any screen that it looks at. */
async function tour(go) {
  const driver = await bench.app();
  const found = [];
  const look = async (screen, { keys = true } = {}) => {
    const window = screen.split("-")[0];
    await driver.window(window);
    bench.activate(window);
    if (!(await driver.script("return 'axe' in window"))) await driver.script(AXE);
    const faults = [...(await driver.asyncScript(RUN_AXE)), ...(await driver.script(CUT_OFF))];
    if (keys) faults.push(...(await keyboardFaults(driver)));
    for (const fault of faults) found.push(`${screen}: ${fault}`);
    for (const id of await driver.script(MARKS)) seen.add(id);
  };
  try {
    await go(driver, look);
  } catch (error) {
    // What was found before the tour could not go on is told with it.
    found.push(`then: ${error.message}: ${error.cause?.message ?? ""}`);
    for (const window of ["staff", "resident"]) await picture(bench, window, `a11y-${window}-stuck`);
  } finally {
    await driver.stop();
    await until("the app to be gone", () => bench.appProcesses().length === 0);
  }
  assert.deepEqual(found, []);
}

/** Presses, and waits until something else is there. */
async function press(driver, testid, then) {
  await driver.window("staff");
  await driver.click(testid);
  await driver.see(then);
}

/** What makes the staff show every step of a case, whatever is known of it. */
async function everyStep(driver, look, when) {
  for (const step of ["household", "questions", "check", "result", "papers", "print", "finish", "document"]) {
    await driver.window("staff");
    await driver.click(`step-${step}`);
    await until(
      `the step ${step}`,
      async () => (await driver.attribute(`step-${step}`, "aria-current")) === "step",
    );
    await look(`staff-${step}-${when}`);
  }
}

const summary = (driver) => driver.see("error-summary");

test("a terminal out of order, and the first account", async () => {
  bench.settings({ pack: join(ROOT, "tests") });
  await tour(async (driver, look) => {
    await driver.window("staff");
    await driver.see("trouble-heading");
    await look("staff-trouble");
  });
  bench.settings({});
  const kept = readdirSync(bench.home).filter((name) => name.startsWith("store"));
  const away = (from, to) =>
    kept.forEach((name) => renameSync(join(bench.home, from, name), join(bench.home, to, name)));
  mkdirSync(join(bench.home, "away"));
  away("", "away");
  await tour(async (driver, look) => {
    await driver.window("staff");
    await driver.see("setup-heading");
    await look("staff-setup");
    await driver.click("setup-submit");
    await summary(driver);
    await look("staff-setup-wrong");
  });
  away("away", "");
});

test("signing in, the start, the keys, accounts, several events, practice", async () => {
  await tour(async (driver, look) => {
    await driver.window("resident");
    await driver.see("resident-screen");
    await look("resident-welcome");
    await press(driver, "signin-submit", "error-summary");
    await look("staff-signin-wrong");
    await driver.type("signin-passphrase", "wrong");
    await press(driver, "signin-submit", "error");
    await look("staff-signin-refused");
    await new Clerk(driver, bench).signIn();
    await look("staff-start-empty");
    await press(driver, "keys-open", "keys");
    await look("staff-keys");
    await driver.click("keys-close");
    await press(driver, "staff-display-open", "staff-display");
    await look("staff-display");
    await driver.click("staff-display-close");
    await press(driver, "scan-open", "scan");
    await driver.script(`document.querySelector('[data-testid="scan"] summary').click()`);
    await driver.type("scan-text", "46491");
    await driver.click("scan-text-take");
    await until(
      "the text to be judged",
      async () => (await driver.attribute("scan-told", "data-count")) !== "0",
    );
    await look("staff-scan-wrong");
    await driver.click("scan-close");
    await press(driver, "events-more", "events-open");
    await look("staff-start-several");
    await press(driver, "accounts-open", "accounts-heading");
    await press(driver, "account-save", "error-summary");
    await look("staff-accounts-wrong");
    await driver.type("account-id", "kari");
    await driver.type("account-name", "見本　次郎");
    await driver.type("account-passphrase", `${PASSPHRASE}-kari`);
    await driver.type("account-own", PASSPHRASE);
    await driver.click("account-save");
    await press(driver, "account-kari-stop", "account-stop");
    await look("staff-accounts-stop");
    await driver.click("account-stop-no");
    await driver.click("accounts-close");
    await driver.type("practice-on", "2027-04-01");
    await press(driver, "practice-start", "practice-banner");
    await driver.click("practice-cards");
    await look("staff-practice");
    await look("resident-welcome-practice");
  });
});

test("a whole case: nothing known, wrong, half and whole", async () => {
  await tour(async (driver, look) => {
    const clerk = new Clerk(driver, bench);
    await new Clerk(driver, bench).signIn();
    await press(driver, "event-tennyu", "card-heading");
    await press(driver, "card-ask", "card-failed");
    await look("staff-card-failed");
    await everyStep(driver, look, "empty");
    await look("resident-working");
    await press(driver, "step-finish", "finish-heading");
    await press(driver, "case-finish", "finish");
    await look("staff-finish-asks");
    await driver.click("finish-stay");
    await press(driver, "step-household", "person-form");
    await press(driver, "person-save", "error-summary");
    await look("staff-person-wrong");
    await press(driver, "step-document", "code-b-open");
    await press(driver, "code-b-open", "code-b-heading");
    await press(driver, "code-b-submit", "error-summary");
    await look("staff-code-b-wrong");
    await driver.click("code-b-cancel");
    await press(driver, "certificate-open", "certificate-heading");
    await look("staff-certificate");
    await driver.type("certificate-0-birth_date", "いつか");
    await press(driver, "certificate-save", "error-summary");
    await look("staff-certificate-wrong");
    await driver.click("certificate-cancel");
    await bench.devices(`card insert ${cardOf("single")}`);
    await driver.see("card-waiting");
    await look("staff-card-waiting");
    // The card is pulled out while its holder types.
    await driver.window("resident");
    await driver.see("pin-heading");
    await bench.devices("card remove");
    await new Clerk(driver, bench).residentPin();
    await driver.see("resident-heading");
    await look("resident-trouble");
    await driver.window("staff");
    await driver.see("card-failed");
    await look("staff-card-failed");
    await bench.devices(`card insert ${cardOf("single")}`);
    await driver.see("card-waiting");
    await look("resident-pin");
    for (const wrong of ["9999", "8888"]) {
      await new Clerk(driver, bench).residentPin(wrong);
      await driver.see(wrong === "9999" ? "pin-wrong" : "last-try-heading");
      await look(`resident-pin-wrong-${wrong}`);
    }
    await driver.click("last-try-yes");
    await new Clerk(driver, bench).residentPin();
    await driver.see("confirm-heading");
    await look("resident-confirm");
    await driver.click("resident-call");
    await driver.see("called");
    for (const dialog of ["lang", "display"]) {
      await driver.click(`${dialog}-open`);
      await driver.see(`${dialog}-close`);
      await look(`resident-${dialog}`);
      await driver.click(`${dialog}-close`);
    }
    await driver.window("staff");
    await driver.see("call");
    await look("staff-call");
    await driver.click("call-seen");
    await driver.window("resident");
    await driver.click("confirm-yes");
    await driver.window("staff");
    await driver.see("identity-confirm");
    await look("staff-identity");
    await driver.click("identity-visitor-agent");
    await driver.see("identity-agent-name");
    await look("staff-identity-agent");
    await driver.click("identity-visitor-self");
    await press(driver, "identity-confirm", "household-heading");
    await press(driver, "step-document", "identity-checked");
    await look("staff-identity-checked");
    await press(driver, "step-household", "household");
    await look("staff-household-alone");
    await press(driver, "person-add", "person-form");
    await driver.type("person-name", LONG);
    await driver.type("person-kana", "ミホン");
    await driver.type("person-birth", "2018-05-05");
    await driver.choose("person-sex", "male");
    await driver.choose("person-relation", "child");
    await driver.click("person-save");
    await press(driver, "person-p2-remove", "person-remove");
    await look("staff-person-remove");
    await driver.click("person-remove-no");
    await driver.click("household-complete");
    await questions(driver, look, clerk);
    await results(driver, look);
    await papersAndEnd(driver, look);
  });
});

/** Every kind of question, at both windows. */
async function questions(driver, look, clerk) {
  await driver.window("staff");
  await driver.see("ask");
  await press(driver, "answer-next", "error-summary");
  await look("staff-ask-wrong");
  await driver.choose("beside-lang", "vi");
  await press(driver, "pairs", "sentence-pair");
  await look("staff-ask-pair");
  await look("resident-saying");
  await driver.window("staff");
  await driver.choose("beside-lang", "ja");
  await press(driver, "mode-page", "mode-page");
  await look("staff-ask-page");
  await driver.click("answer-next");
  await look("staff-ask-page-wrong");
  await driver.click("mode-guided");
  const kinds = new Set();
  for (;;) {
    await driver.window("staff");
    const ask = await until("a question, the resident's turn or the end", async () => {
      if (await driver.has("questions-none")) return { id: null };
      const now = await clerk.asks();
      if (now !== null && !now.busy) return now;
      return now === null && (await driver.has("private-turn")) && { id: "resident" };
    });
    if (ask.id === null) break;
    const kind = ask.id === "resident" ? ask.id : `${ask.kind}-${ask.fields[0]?.type ?? "none"}`;
    const isNew = !kinds.has(kind);
    kinds.add(kind);
    if (kind === "resident") {
      if (isNew) await residentsTurn(driver, look);
      await clerk.residentAnswers({ phone: "09000000000" });
    } else {
      if (isNew) await look(`staff-ask-${kind}`);
      await clerk.answer(ask, ANSWERS.family);
    }
  }
  assert.ok(kinds.size >= 4, `kinds of questions: ${[...kinds]}`);
  await look("staff-questions-none");
}

/** The clerk takes the private questions and gives them back. */
async function residentsTurn(driver, look) {
  await look("staff-turn-resident");
  await press(driver, "ask-take-back", "ask-hand-over");
  await look("staff-turn-staff");
  await driver.click("ask-hand-over");
  await driver.window("resident");
  await driver.see("ask-heading");
  await look("resident-ask");
  await driver.click("resident-next");
  await driver.see("ask-missing");
  await look("resident-ask-missing");
}

async function results(driver, look) {
  await press(driver, "step-check", "table");
  await look("staff-check");
  await press(driver, "cell-move_date-case", "again");
  await look("staff-again");
  await driver.click("again-stay");
  await press(driver, "alone-open", "alone");
  await look("staff-alone");
  await press(driver, "alone-confirm", "discreet-open");
  await look("staff-discreet");
  await driver.click("alone-end");
  await press(driver, "step-result", "group-required");
  await driver.script(`for (const details of document.querySelectorAll("details")) details.open = true`);
  await look("staff-result");
  for (const outcome of ["missing", "paper-to-follow"]) {
    await press(driver, `outcome-juki.tennyu-${outcome}`, "outcome-juki.tennyu-form");
    await driver.click("outcome-juki.tennyu-save");
    await look(`staff-outcome-${outcome}`);
    await driver.click("outcome-juki.tennyu-cancel");
  }
  await press(driver, "list", "list");
  await driver.window("resident");
  await driver.see("list");
  await look("resident-list");
  await driver.window("staff");
  await driver.click("list");
}

async function papersAndEnd(driver, look) {
  await press(driver, "step-papers", "papers");
  await press(driver, "preview-juki-ido", "preview-page");
  await look("staff-preview");
  await press(driver, "paper-juki-ido-correct", "correct");
  await look("staff-correct");
  await driver.click("correct-close");
  await press(driver, "to-print", "print-heading");
  await press(driver, "printer-other", "printer-use");
  await look("staff-print-printers");
  await driver.click("printer-stay");
  await press(driver, "print-all", "print-ask");
  await look("staff-print-ask");
  await press(driver, "print-no", "print-pages");
  await driver.click("print-pages");
  await look("staff-print-not-out");
  await press(driver, "print-again", "print-ask");
  await press(driver, "print-yes", "print-done");
  await look("staff-print-done");
  await press(driver, "step-finish", "finish-heading");
  await look("staff-finish");
  await look("resident-papers");
  await driver.window("staff");
  await driver.renewed(() => driver.click("lock-now"));
  await driver.see("signin-parked");
  await look("staff-signin-parked");
  await driver.click(`signin-account-${ACCOUNT}`);
  await driver.type("signin-passphrase", PASSPHRASE);
  await press(driver, "signin-submit", "case-label");
  await press(driver, "case-end", "end-case");
  await look("staff-end");
  await driver.renewed(() => driver.click("end-confirm"));
  await driver.window("staff");
  await driver.see("start-heading");
  await look("staff-start-cases");
  await look("resident-thanks");
}

test("certificates alone", async () => {
  await bench.devices(`card insert ${cardOf("single")}`);
  await tour(async (driver, look) => {
    const clerk = new Clerk(driver, bench);
    await new Clerk(driver, bench).signIn();
    await press(driver, "event-shomei", "card-heading");
    await clerk.residentReads();
    await clerk.see("certificates");
    await press(driver, "certificates-next", "error-summary");
    await look("staff-certificates-wrong");
    await driver.click("certificate-juminhyo");
    await press(driver, "certificates-next", "print-all");
    await look("staff-certificates-details");
  });
});

test("the longest names, a character no font has, the countdown", async () => {
  const person = (id, name, relation) => ({
    id,
    name,
    relation,
    moving: true,
    birth_date: "1988-02-29",
    sex: "female",
  });
  const reception = bench.caseOf({
    case: {
      event: "tennyu",
      move_date: "2026-11-14",
      from: "other_pref",
      new_address: `みほん県みほん市${"見本町".repeat(12)}`,
    },
    people: [person("p1", LONG, "head"), person("p2", LATIN, "spouse"), person("p3", UNPRINTABLE, "child")],
  });
  bench.settings({ more: "lock_minutes = 1\n" });
  await tour(async (driver, look) => {
    await new Clerk(driver, bench).signIn();
    await driver.click(`resume-${reception}`);
    await everyStep(driver, look, "long");
    await press(driver, "step-papers", "character-0");
    await press(driver, "character-0-settle", "character-0-fault");
    await look("staff-characters-wrong");
    await driver.click("character-0-base-form");
    await press(driver, "character-0-settle", "settled-0-chosen");
    await look("staff-characters-settled");
    // Any key stays: there is nothing to walk over.
    await driver.see("lock-stay");
    await look("staff-lock", { keys: false });
    await driver.click("lock-stay");
  });
  bench.settings({});
});

test("codes from home that disagree with the card", async () => {
  const { name, birth_date, sex } = persona("single");
  const keys = bench.keys("a11y");
  bench.addKey(keys.private);
  bench.settings({ more: `scanner = ${JSON.stringify(bench.scannerPort)}\n` });
  await bench.devices("scanner plug");
  const address = "三重県みほん市見本町４丁目５番７号";
  const [first, ...others] = bench.sheet(
    "a11y",
    ANSWERS.studentSheet({ name, birth_date, sex, address }),
    keys.public,
  );
  await tour(async (driver, look) => {
    const clerk = new Clerk(driver, bench);
    await new Clerk(driver, bench).signIn();
    await bench.devices(`scanner send ${first.text}`);
    await clerk.see("scan-parts");
    await look("staff-scan-parts");
    for (const part of others) await bench.devices(`scanner send ${part.text}`);
    await clerk.see("sheet");
    await look("staff-sheet");
    await driver.click("sheet-take-new");
    await until("the case", async () => (await driver.has("case-label")) && !(await driver.has("scan")));
    await look("staff-sheet-taken");
    await clerk.residentReads();
    await clerk.see("conflicts");
    await look("staff-conflicts");
    await press(driver, "step-check", "check-heading");
    await look("staff-check-conflicts");
  });
  bench.settings({});
});

/** Every heading of a screen and every dialog in the sources of a window. */
function marks(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".svelte"));
  const opening = /<(?:Heading|Dialog|h1)\b[^>]*?testid="([a-z-]+)"/gs;
  return files.flatMap((name) =>
    [...readFileSync(join(folder, name), "utf8").matchAll(opening)].map(([, id]) => id),
  );
}

test("no screen was left out", () => {
  const staff = marks(join(ROOT, "ui/src/staff"));
  assert.ok(staff.length >= 25, `${staff.length} screens`);
  const resident = [
    "welcome",
    "working",
    "questions",
    "pin",
    "confirm",
    "trouble",
    "list",
    "papers",
    "thanks",
  ];
  const expected = [...staff, "languages", "display", ...resident.map((screen) => `resident ${screen}`)];
  assert.deepEqual(
    expected.filter((mark) => !seen.has(mark)),
    [],
  );
});
