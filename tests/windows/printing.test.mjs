// Printing on the real windows: a character no font has, an empty tray, a silent printer, papers that did not come
// out, papers that lie apart, files handed over.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Bench, textOf } from "./bench.mjs";
import { until } from "./driver.mjs";
import { picture as pictureOf, withClerk } from "./stories/scene.mjs";
import { finish } from "./stories/steps.mjs";

/** A variation sequence that no font has. */
const UNPRINTABLE = "見本\u9089\u{E011E}　太郎";
const HANAKO = "見本葛\u{E0100}　\u{20BB7}子";

/** A mother and her child from another prefecture: nothing is left to ask that keeps a paper back. */
const household = (child, { name = HANAKO, ...more } = {}) => ({
  case: {
    event: "tennyu",
    counter_date: "2026-11-20",
    from: "other_pref",
    move_date: "2026-11-14",
    planned_out_date: "2026-11-13",
    out_certificate: "paper",
    any_card: true,
    new_address: "みほん県みほん市見本町二丁目３番４号",
    new_address_katagaki: "みほん荘１０２号室",
    previous_address: "かくう県かくう市仮町５番地",
    new_head_name: name,
    previous_head_name: name,
    phone: "000-0000-0000",
    ...more,
  },
  people: [
    {
      id: "p1",
      name,
      name_kana: "ミホンクズ　ヨシコ",
      birth_date: "1988-02-29",
      sex: "female",
      relation: "head",
      moving: true,
      nationality: "jp",
      insurance_after: "kokuho",
      mynumber_card: "valid",
      seal_registration: true,
      child_allowance_earner: true,
      public_servant: true,
    },
    {
      id: "p2",
      name: child,
      name_kana: "ミホン　タロウ",
      birth_date: "2019-06-01",
      sex: "male",
      relation: "child",
      moving: true,
      nationality: "jp",
      insurance_after: "kokuho",
      mynumber_card: "none",
      child_allowance_earner: false,
    },
  ],
});

let bench;
before(async () => {
  bench = await Bench.start();
});
after(async () => {
  await bench.stop();
});

const picture = (name) => pictureOf(bench, "staff", name);

/** Opens a case of this household and goes on with it on the window. */
function withCase(child, story, more = {}) {
  const reception = bench.caseOf(household(child, more));
  return withClerk(bench, async (clerk, driver) => {
    await clerk.click(`resume-${reception}`);
    await story(driver, clerk);
  });
}

const state = (driver) => driver.attribute("print-state", "data-state");

test("a character no font has is settled by the clerk, and papers that did not come out are printed again", async () => {
  await withCase(UNPRINTABLE, async (driver) => {
    await driver.click("step-household");
    assert.equal(await driver.text("person-p2-lacking"), "字形なし");
    await driver.click("step-papers");
    await driver.see("character-0");
    assert.match(await driver.text("character-0-places"), /住民異動届.*氏名/);
    assert.match(await driver.text("character-0"), /U\+9089 U\+E011E/);
    assert.equal(await driver.has("paper-juki-ido"), false, "nothing is chosen by default");
    await driver.click("character-0-settle");
    await driver.see("character-0-fault");
    await picture("staff-characters");
    await driver.click("character-0-base-form");
    await driver.click("character-0-settle");
    await driver.see("paper-juki-ido");
    assert.match(await driver.text("settled-0-chosen"), /違う字形と承知/);
    assert.equal(await driver.has("characters"), false);
    await picture("staff-characters-settled");

    await driver.click("to-print");
    await driver.click("print-all");
    await driver.see("print-ask");
    await picture("staff-print-ask");
    await driver.click("print-no");
    await until(
      "the line to say so",
      async () => (await driver.attribute("print-job-0", "data-state")) === "not-out",
    );
    await picture("staff-print-not-out");
    assert.equal(await state(driver), "idle");
    await driver.click("print-pages");
    await driver.type("print-first", "99");
    await driver.click("print-range");
    await until("the fault to be told", async () =>
      (await driver.text("print-job-0")).includes("までの数字で"),
    );
    await driver.type("print-first", "１");
    await driver.click("print-range");
    await driver.see("print-ask");
    await driver.click("print-no");
    await driver.click("print-again");
    await driver.see("print-ask");
    await driver.click("print-yes");
    await driver.see("print-done");
    const [all, page, again] = bench.received().slice(-3).map(textOf);
    assert.ok(all.includes("見本邉太郎"), "the base form stands on the paper");
    assert.equal(again, all);
    assert.ok(page.length < all.length && all.startsWith(page.slice(0, 20)), "one page only");
  });
});

test("an empty tray is told in words, and the job is stopped by the clerk", async () => {
  await withCase("見本　太郎", async (driver) => {
    await bench.devices("printer empty");
    await driver.click("step-print");
    await driver.click("print-all");
    assert.match(await driver.text("print-reason"), /紙がありません/);
    await picture("staff-print-empty");
    await driver.click("print-cancel");
    // The device lets go of the job when it has paper again.
    await until("the printer to be asked", async () =>
      (await driver.text("print-state")).includes("印刷を止めています"),
    );
    await bench.devices("printer refill");
    await driver.see("print-failed");
    assert.match(await driver.text("print-failed-code"), /job-canceled/);
    assert.equal(await driver.attribute("print-job-0", "data-state"), "failed");
    await picture("staff-print-canceled");
    await driver.click("print-again");
    await driver.see("print-ask");
    await driver.click("print-yes");
    await driver.see("print-done");
  });
});

test("a printer that falls silent is told, and the papers go to another one", async () => {
  const silent = bench.printer;
  const other = silent.replace("localhost", "127.0.0.1");
  bench.settings({ more: `[[printers]]\nuri = ${JSON.stringify(other)}\nname = "奥のプリンター"\n` });
  await withCase("見本　太郎", async (driver) => {
    await bench.devices("printer sleep");
    await driver.click("step-print");
    await driver.click("print-all");
    await driver.see("print-silent");
    await picture("staff-print-silent");
    await driver.click("print-leave");
    await driver.see("printers");
    await bench.devices("printer wake");
    await until("the list of printers", async () =>
      (await driver.text("printers")).includes("奥のプリンター"),
    );
    assert.match(await driver.text("print-failed-code"), /printer-no-answer/);
    await picture("staff-printers");
    await driver.click(`printer-${other}`);
    await driver.click("printer-use");
    assert.equal(await driver.text("print-printer"), other);
    const before = bench.received().length;
    await driver.click("print-again");
    await driver.see("print-ask");
    await driver.click("print-yes");
    await driver.see("print-done");
    assert.ok(bench.received().length > before);
    assert.ok(readFileSync(bench.received().at(-1)).subarray(0, 5).equals(Buffer.from("%PDF-")));
  });
});

/** Sends papers by a click on `testid` and says that they came out; gives the text of what the printer received. */
async function printBy(driver, testid) {
  const before = bench.received().length;
  await driver.click(testid);
  await driver.see("print-ask");
  await driver.click("print-yes");
  await driver.see("print-done");
  assert.equal(bench.received().length, before + 1);
  return textOf(bench.received().at(-1));
}

test("what lies apart is printed by itself, the discreet once the person is alone, and the files are handed over at the end", async () => {
  bench.settings({ more: 'handover = "out"\n' });
  const story = async (driver, clerk) => {
    await driver.click("step-papers");
    await driver.see("papers-office");
    const wished = await driver.script(
      `return [...document.querySelectorAll('[data-testid="papers-wished"] li')].map((line) => line.dataset.testid)`,
    );
    assert.ok(wished.length > 0, "somebody may wish for something");
    for (const place of ["apart-discreet", "discreet-print"]) {
      assert.equal(await driver.has(place), false, `${place}: nothing of it shows`);
    }
    await picture("staff-papers-apart");
    await driver.click("alone-open");
    assert.equal(await driver.has("discreet-print"), false, "not before the clerk's word");
    await driver.click("alone-confirm");
    await driver.see("discreet-open");
    await picture("staff-papers-alone");
    const discreet = await printBy(driver, "discreet-print");
    assert.ok(discreet.includes("支援措置"));
    assert.ok(!(await driver.text("print-jobs")).includes("支援"));
    assert.equal(
      await driver.has("case-finish"),
      false,
      "Enter is for the packet, which is still to be printed",
    );
    await picture("staff-print-apart");
    await driver.click("step-papers");
    await driver.see("alone-open");
    assert.equal(await driver.has("discreet-open"), false, "another step has closed the panel");
    for (const paper of ["apart-print-check", wished[0].replace("apart-", "apart-print-")]) {
      await driver.click("step-papers");
      assert.ok(!(await printBy(driver, paper)).includes("支援措置"), `${paper} names the discreet`);
    }
    assert.ok(!(await printBy(driver, "print-all")).includes("支援措置"));
    await driver.see("case-finish");
    await driver.click("step-finish");
    await driver.see("finish-heading");
    assert.equal(await driver.has("left-papers"), false, "everything is printed");
    await picture("staff-end");
    await driver.click("handover-write");
    await driver.see("handover-done");
    await picture("staff-end-handed-over");
    const [folder] = readdirSync(join(bench.home, "out"));
    assert.ok(existsSync(join(bench.home, "out", folder, ".done")));
    await finish(clerk);
  };
  await withCase("見本　太郎", story, { dv_support: true, name: "大王　花子" });
});
