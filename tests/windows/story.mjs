// The whole case, as a clerk and a resident do it: sign in, card, questions, result, papers, print, end.
import { ACCOUNT, PASSPHRASE, PIN } from "./bench.mjs";
import { until } from "./driver.mjs";

/** The rest of the household, typed by the clerk. */
export const FAMILY = [
  { name: "大王　次郎", kana: "ダイオウ　ジロウ", birth: "2018-05-05", sex: "male", relation: "child" },
];

const CARD_HOLDER = "p1";

/**
 * What the story is about, by question; a function gets the person's id. Every other question is answered by
 * `otherwise`, so that a pack may ask more.
 */
const ANSWERS = {
  from: "other_pref",
  move_date: "2026-11-07",
  planned_out_date: "2026-11-05",
  out_certificate: "paper",
  any_card: "true",
  moving: "true",
  relation: (person) => (person === CARD_HOLDER ? "head" : "child"),
  insurance_after: "kokuho",
  mynumber_card: (person) => (person === CARD_HOLDER ? "valid" : "none"),
  public_servant: "false",
  child_allowance_earner: (person) => String(person === CARD_HOLDER),
  seal_registration: (person) => String(person === CARD_HOLDER),
  new_address: "みほん県みほん市見本町一丁目２番３号",
  new_address_katagaki: "見本ハイツ１０１",
  previous_address: "みほん県となり市見本１－２",
  previous_head_name: "大王　花子",
  new_head_name: "大王　花子",
  phone: "000-0000-0000",
  name: "見本　太郎",
  name_kana: "ダイオウ　ハナコ",
  birth_date: "1985-04-01",
  sex: "female",
};

/** No, none, not known, a sample: the answer to a question that does not matter; `null` is "not known". */
function otherwise({ type, choices }) {
  switch (type) {
    case "yes-no":
      return "false";
    case "choice":
    case "choices":
      return choices.includes("none") ? "none" : choices[0];
    case "number":
      return "1";
    case "text":
      return "見本";
    default:
      return null;
  }
}

const nothing = async () => undefined;

export async function signIn(driver) {
  await driver.window("staff");
  await driver.see("signin-heading");
  if (await driver.has(`signin-account-${ACCOUNT}`)) await driver.click(`signin-account-${ACCOUNT}`);
  await driver.type("signin-passphrase", PASSPHRASE);
  await driver.click("signin-submit");
  await driver.see("start-heading");
}

export async function openCase(driver) {
  await driver.window("staff");
  await driver.click("event-tennyu");
  await driver.see("card-heading");
}

/** Types the PIN on the resident's window. */
export async function typePin(driver, pin = PIN) {
  await driver.window("resident");
  await driver.see("pin-heading");
  for (const digit of pin) await driver.click(`pin-${digit}`);
  await driver.click("pin-submit");
}

export async function readCard(driver, picture = nothing) {
  await driver.window("staff");
  await until("a card in the reader", async () => {
    if ((await driver.text("devices")).includes("カードあり")) return true;
    await driver.click("devices-refresh");
    return false;
  });
  await picture("staff-card");
  await driver.click("card-ask");
  await driver.window("resident");
  await driver.see("pin-heading");
  await picture("resident-pin");
  await typePin(driver);
  await driver.see("confirm-heading");
  await picture("resident-confirm");
  await driver.click("confirm-yes");
  await driver.window("staff");
  await driver.click("card-next");
}

export async function addFamily(driver) {
  await driver.window("staff");
  for (const person of FAMILY) {
    await driver.click("person-add");
    await driver.type("person-name", person.name);
    await driver.type("person-kana", person.kana);
    await driver.type("person-birth", person.birth);
    await driver.choose("person-sex", person.sex);
    await driver.choose("person-relation", person.relation);
    await driver.click("person-save");
    await until("the form to close", async () => !(await driver.has("person-form")));
  }
}

/** What is asked at this moment: question, fact and person. */
const asked = (driver) =>
  driver.script(`
    const form = document.querySelector('[data-testid="question"]');
    const person = document.querySelector('[data-testid="question-person"]');
    return form && { id: form.dataset.question, type: form.dataset.type, person: person ? person.textContent.trim() : null,
      choices: [...form.querySelectorAll("[name=answer]")].map((input) => input.value) };`);

/** Answers one question; gives its id, or null when none is left. */
export async function answerOne(driver) {
  const question = await until("a question or the end of them", async () => {
    if (await driver.has("questions-none")) return { id: null };
    return asked(driver);
  });
  if (question.id === null) return null;
  const person =
    question.person === null ? null : question.person.includes(FAMILY[0].name) ? "p2" : CARD_HOLDER;
  const answer = ANSWERS[question.id] ?? otherwise(question);
  const value = typeof answer === "function" ? answer(person) : answer;
  if (question.type === "person-list") await driver.click("answer-next");
  else if (value === null) await driver.click("answer-unknown");
  else {
    if (question.choices.includes(value)) await driver.click(`answer-${value}`);
    else await driver.type("answer", value);
    await driver.click("answer-next");
  }
  const before = JSON.stringify(question);
  await until(`the answer to ${question.id} to be kept`, async () => {
    if (await driver.has("questions-none")) return true;
    const now = await asked(driver);
    return now !== null && JSON.stringify(now) !== before;
  });
  return question.id;
}

export async function answerAll(driver, picture = nothing) {
  let pictured = false;
  for (;;) {
    const id = await answerOne(driver);
    if (id === null) return;
    const next = await asked(driver);
    if (next?.id === "insurance_after" && !pictured) {
      pictured = true;
      await picture("staff-questions");
    }
  }
}

export async function print(driver, picture = nothing) {
  await driver.click("to-result");
  await driver.see("result-heading");
  await picture("staff-result");
  await driver.click("to-papers");
  await driver.see("papers");
  await picture("staff-papers");
  await driver.click("preview-juki-ido");
  await driver.see("preview-page");
  await picture("staff-preview");
  await driver.click("preview-close");
  await driver.click("to-print");
  await driver.click("print-all");
  await driver.see("print-ask");
  await picture("staff-print");
  await driver.click("print-yes");
  await driver.see("print-done");
}

export async function end(driver, picture = nothing) {
  await driver.window("resident");
  await driver.see("resident-message");
  await picture("resident-papers");
  await driver.window("staff");
  await driver.click("print-end");
  await driver.renewed(() => driver.click("end-confirm"));
  await driver.see("start-heading");
}

/** The case from signing in to its end. */
export async function playCase(driver, picture = nothing) {
  await driver.window("resident");
  await driver.see("resident-screen");
  await picture("resident-welcome");
  await driver.window("staff");
  await driver.see("signin-heading");
  await picture("staff-signin");
  await signIn(driver);
  await picture("staff-start");
  await openCase(driver);
  await readCard(driver, picture);
  await addFamily(driver);
  await answerAll(driver, picture);
  await print(driver, picture);
  await end(driver, picture);
}
