// The whole case of a mother and her child, from signing in to the end, on which every screen is shown.
import { until } from "../driver.mjs";
import { ANSWERS } from "./answers.mjs";
import { addPerson, checkIdentity, finish } from "./steps.mjs";

const CHILD = {
  name: "大王　次郎",
  kana: "ダイオウ　ジロウ",
  birth: "2018-05-05",
  sex: "male",
  relation: "child",
};

/** Which question of the clerk's is looked at: one of the child's, with what became needed beside it. */
const LOOKED_AT = 3;

const nothing = async () => undefined;

/** From the card to the household, which is complete with the child. */
export async function readAndAddChild(clerk, look = nothing) {
  const { driver } = clerk;
  await clerk.click("event-tennyu");
  await clerk.see("card-waiting");
  await look("staff-card");
  await driver.window("resident");
  await driver.see("pin-heading");
  await look("resident-pin");
  await clerk.residentPin();
  await driver.see("confirm-heading");
  await look("resident-confirm");
  await clerk.residentConfirms();
  await until("the resident to have confirmed", async () =>
    (await clerk.text("card-confirmed")).includes("本人が"),
  );
  await clerk.see("identity-confirm");
  await look("staff-identity");
  await checkIdentity(clerk);
  await addPerson(clerk, CHILD, () => look("staff-household"));
  await clerk.click("household-complete");
}

export async function answerEverything(clerk, look = nothing) {
  const count = { staff: 0, resident: 0 };
  await clerk.answerAll(ANSWERS.mother, {
    resident: { phone: "0000000000" },
    seen: async (window) => {
      count[window] += 1;
      if (count[window] === (window === "staff" ? LOOKED_AT : 1)) await look(`${window}-questions`);
    },
  });
  await look("staff-questions-none");
}

async function checkAndPrint(clerk, look) {
  await clerk.click("to-check");
  await clerk.see("check-heading");
  await look("staff-check");
  await clerk.click("step-result");
  await clerk.see("result-heading");
  await look("staff-result");
  await clerk.click("to-papers");
  await clerk.see("papers");
  await look("staff-papers");
  await clerk.click("preview-juki-ido");
  await clerk.see("preview-page");
  await look("staff-preview");
  await clerk.click("preview-close");
  await clerk.click("to-print");
  await clerk.click("print-all");
  await clerk.see("print-ask");
  await look("staff-print");
  await clerk.click("print-yes");
  await clerk.see("print-done");
  await clerk.driver.window("resident");
  await clerk.driver.see("resident-message");
  await look("resident-papers");
}

/** `look` is called with the name of each screen, at its window. */
export async function wholeCase(clerk, look = nothing) {
  const { driver } = clerk;
  await driver.window("resident");
  await driver.see("resident-screen");
  await look("resident-welcome");
  await clerk.see("signin-heading");
  await look("staff-signin");
  await clerk.signIn();
  await look("staff-start");
  await readAndAddChild(clerk, look);
  await answerEverything(clerk, look);
  await checkAndPrint(clerk, look);
  await clerk.click("case-end");
  await clerk.see("end-case");
  await look("staff-end");
  await clerk.click("end-stay");
  await clerk.click("step-finish");
  await clerk.see("finish-heading");
  await look("staff-finish");
  await finish(clerk);
  await driver.window("resident");
  await look("resident-thanks");
  await driver.window("staff");
}
