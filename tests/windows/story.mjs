// The whole case, as a clerk and a resident do it by pointing: sign in, card, 本人確認, household, questions, result,
// papers, print, end. The stories in stories/ go by keys and count; here every screen is looked at.
import { ACCOUNT, PASSPHRASE, PIN } from "./bench.mjs";
import { until } from "./driver.mjs";
import { Clerk } from "./stories/clerk.mjs";

/** The rest of the household, typed by the clerk. */
export const FAMILY = [
  { name: "大王　次郎", kana: "ダイオウ　ジロウ", birth: "2018-05-05", sex: "male", relation: "child" },
];

const CARD_HOLDER = "p1";

/**
 * What the story is about, by fact; a function gets the person's id. Every other field is answered by `otherwise`, so
 * that a pack may ask more.
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

const PHONE = "0000000000";

/** No, none, else the first: the answer to a choice that does not matter. */
const otherwise = (choices) => ["false", "none"].find((id) => choices.includes(id)) ?? choices[0];

const nothing = async () => undefined;

export async function signIn(driver) {
  await driver.window("staff");
  await driver.see("signin-heading");
  if (await driver.has(`signin-account-${ACCOUNT}`)) await driver.click(`signin-account-${ACCOUNT}`);
  await driver.type("signin-passphrase", PASSPHRASE);
  await driver.click("signin-submit");
  await driver.see("start-heading");
}

/** Opens a case; a card on the reader is read from here on by itself. */
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

/** The card is read and the resident says that it is right; the clerk's window is still at the documents. */
export async function readCard(driver, picture = nothing) {
  await driver.window("staff");
  await driver.see("card-waiting");
  await picture("staff-card");
  await driver.window("resident");
  await driver.see("pin-heading");
  await picture("resident-pin");
  await typePin(driver);
  await driver.see("confirm-heading");
  await picture("resident-confirm");
  await driver.click("confirm-yes");
  await driver.window("staff");
  await until("the resident to have confirmed", async () =>
    (await driver.text("card-confirmed")).includes("本人が"),
  );
}

/** 本人確認: what was read stands chosen already. */
export async function checkIdentity(driver, picture = nothing) {
  await driver.window("staff");
  await driver.see("identity-confirm");
  await picture("staff-identity");
  await driver.click("identity-confirm");
  await until("the identity to be recorded", async () => !(await driver.has("identity-confirm")));
}

/** Types the rest of the household and says that it is all. */
export async function addFamily(driver, picture = nothing) {
  await driver.window("staff");
  if (await driver.has("identity-confirm")) await checkIdentity(driver);
  await driver.click("step-household");
  for (const person of FAMILY) {
    if (!(await driver.has("person-form"))) await driver.click("person-add");
    await driver.type("person-name", person.name);
    await driver.type("person-kana", person.kana);
    await driver.type("person-birth", person.birth);
    await driver.choose("person-sex", person.sex);
    await driver.choose("person-relation", person.relation);
    await picture("staff-household");
    await driver.click("person-save");
    await until("the form to be ready for the next", async () =>
      driver.script(`return document.querySelector('[data-testid="person-name"]')?.value === ""`),
    );
  }
  await driver.click("household-complete");
  await until("the questions", async () => !(await driver.has("household-heading")));
}

/** Answers one screen of questions; gives its id, or null when none is left. */
export async function answerOne(driver) {
  const clerk = new Clerk(driver);
  const ask = await until("a question or the end of them", async () => {
    await driver.window("staff");
    if (await driver.has("questions-none")) return { id: null };
    const now = await clerk.asks();
    if (now !== null && !now.busy) return now;
    if (await driver.has("private-turn")) await clerk.residentAnswers({ phone: PHONE });
    return null;
  });
  if (ask.id === null) return null;
  let open = false;
  for (const field of ask.fields) {
    const given = ANSWERS[field.fact];
    const value = typeof given === "function" ? given(field.person) : given;
    if (field.type === "text") {
      open ||= value === undefined;
      if (value !== undefined) await driver.type(field.name, value);
    } else if (ask.kind === "checklist") {
      if (field.choices.includes(value) !== field.chosen.length > 0) await driver.click(`${field.name}-true`);
    } else if (field.chosen.length === 0 || value !== undefined) {
      const choice = field.choices.includes(value) ? value : otherwise(field.choices);
      if (!field.chosen.includes(choice)) await driver.click(`${field.name}-${choice}`);
    }
  }
  await driver.click(open ? "answer-unknown" : "answer-next");
  const before = JSON.stringify(ask.fields.map(({ name }) => name));
  await until(`the answer to ${ask.id} to be kept`, async () => {
    if (await driver.has("questions-none")) return true;
    const now = await clerk.asks();
    return now === null || now.id !== ask.id || JSON.stringify(now.fields.map(({ name }) => name)) !== before;
  });
  return ask.id;
}

export async function answerAll(driver, picture = nothing) {
  for (let count = 0; ; count += 1) {
    if (count === 2) await picture("staff-questions");
    if ((await answerOne(driver)) === null) break;
  }
  await picture("staff-questions-none");
}

export async function print(driver, picture = nothing) {
  await driver.click("to-check");
  await driver.see("check-heading");
  await picture("staff-check");
  await driver.click("step-result");
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
  await driver.click("case-end");
  await driver.see("end-case");
  await picture("staff-end");
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
  await checkIdentity(driver, picture);
  await addFamily(driver, picture);
  await answerAll(driver, picture);
  await print(driver, picture);
  await end(driver, picture);
}
