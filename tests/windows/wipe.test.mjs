// What is left of a resident when the case has ended: nothing on a page, in web storage or in memory.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { Bench, PASSPHRASE } from "./bench.mjs";
import { until } from "./driver.mjs";
import { find } from "./memory.mjs";
import { ANSWERS } from "./stories/answers.mjs";
import { withClerk } from "./stories/scene.mjs";
import { finish, printAll } from "./stories/steps.mjs";

/** On the card; typed from the 転出証明書; typed as an answer; typed to sign in. */
const CARD = {
  name: "見本　瑠璃子",
  address: "三重県みほん市見本町九丁目９番９号",
  birth_date: "1986-01-20",
  sex: "female",
};
const CHILD = {
  name: "見本　琥珀",
  name_kana: "ミホン　コハク",
  birth_date: "2018-05-05",
  sex: "male",
  relation: "child",
};
const ADDRESS = "みほん県みほん市翡翠町一丁目２番３号";
const SEEDS = ["瑠璃子", "琥珀", "コハク", "翡翠町", PASSPHRASE];

let bench;
before(async () => {
  bench = await Bench.start({ changed: CARD });
});
after(async () => {
  await bench.stop();
});

/** What a process is: `kakanai-app`, `WebKitWebProcess`, `WebKitNetworkProcess`. */
const kind = (pid) => readlinkSync(`/proc/${pid}/exe`).split("/").at(-1);
const webProcesses = () => bench.appProcesses().filter((pid) => kind(pid) === "WebKitWebProcess");

/** The seeds that stand in the memory of the app and its web processes, one line a place. */
function residue() {
  const found = bench.appProcesses().flatMap((pid) => find(pid, SEEDS));
  return found.map((hit) => {
    const line = `${kind(hit.pid)} ${hit.text} ${hit.encoding} ${hit.mapping} ${hit.address}`;
    return process.env.KAKANAI_RESIDUE ? `${line}\n${JSON.stringify(hit.around.toString("utf8"))}` : line;
  });
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** WebKit makes a random number for each kind of storage before any page stores something. */
const isSalt = (file) => basename(file) === "salt" && statSync(file).size === 8;

/** The files below the folder that are a page's storage. */
const storedBelow = (folder) =>
  filesBelow(folder).filter(
    (file) => /localstorage|indexeddb|serviceworker|cachestorage|cookies/i.test(file) && !isSalt(file),
  );

/** The files below the folder in which a seed stands. */
function holdersBelow(folder) {
  const wanted = SEEDS.flatMap((seed) => [Buffer.from(seed, "utf8"), Buffer.from(seed, "utf16le")]);
  return filesBelow(folder).filter((file) => {
    const bytes = readFileSync(file);
    return wanted.some((seed) => bytes.includes(seed));
  });
}

test("after the end of a case its web processes are gone and no process of the app holds a name of it", async () => {
  await withClerk(bench, async (clerk, driver) => {
    await driver.overwriteMessages();
    assert.deepEqual(
      residue().filter((line) => !line.includes(PASSPHRASE)),
      [],
      "the names are in no text of the app",
    );
    await clerk.click("event-tennyu");
    await clerk.residentReads();
    await clerk.click("certificate-open");
    await clerk.type("certificate-0-name_kana", "ミホン　ルリコ");
    await clerk.choose("certificate-0-relation", "head");
    if (!(await driver.has("certificate-1-name"))) await clerk.click("certificate-add");
    for (const field of ["name", "name_kana", "birth_date"])
      await clerk.type(`certificate-1-${field}`, CHILD[field]);
    for (const field of ["sex", "relation"]) await clerk.choose(`certificate-1-${field}`, CHILD[field]);
    await clerk.click("certificate-save");
    await driver.click("step-questions");
    await clerk.answerAll(
      { ...ANSWERS.certificate, insurance_after: "kokuho", new_address: ADDRESS },
      { resident: { phone: "09000000000" } },
    );
    const inTheCase = residue();
    for (const seed of SEEDS.slice(0, 4)) {
      assert.ok(
        inTheCase.some((line) => line.startsWith("kakanai-app") && line.includes(seed)),
        `${seed} can be found`,
      );
    }
    const old = webProcesses();
    await driver.click("step-papers");
    await driver.click("preview-juki-ido");
    await driver.see("preview-page");
    await driver.click("preview-close");
    await driver.click("step-questions");
    await printAll(clerk);
    await finish(clerk);

    await driver.overwriteMessages();
    await until("the old web processes to be gone", () => !old.some((pid) => existsSync(`/proc/${pid}`)));
    assert.deepEqual(residue(), []);
    for (const window of ["staff", "resident"]) {
      await driver.window(window);
      assert.equal(await driver.script("return history.length"), 1, `${window} is a new page`);
    }
  });
});

/** Calls a command from the staff page; the page may go before the answer comes. */
const invoke = (driver, command, input) =>
  driver.asyncScript(
    `const done = arguments[arguments.length - 1];
     window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(done, (error) => done({ error }));`,
    command,
    input,
  );

const NEW_CASE = { input: { events: ["tennyu"] } };

/** What a page keeps in the stores that the web view has. */
const stored = (driver) =>
  driver.asyncScript(`
    const done = arguments[0];
    indexedDB.databases().then((databases) =>
      done(localStorage.length + sessionStorage.length + databases.length + document.cookie.length));`);

test("after a hundred cases nothing is in web storage, no process is left over, and no name in memory", async () => {
  await withClerk(bench, async (_, driver) => {
    const first = (await invoke(driver, "staff_view")).cases.length;
    let old;
    for (let count = 0; count < 100; count += 1) {
      const begun = await invoke(driver, "staff_case_new", NEW_CASE);
      assert.equal(begun.error, undefined);
      const saved = await invoke(driver, "staff_person_save", {
        input: { id: null, moving: true, ...CHILD },
      });
      assert.equal(saved.case.people.at(-1).name, CHILD.name);
      old = webProcesses();
      await driver.renewed(() => invoke(driver, "staff_case_end"));
    }
    await until("the old web processes to be gone", () => !old.some((pid) => existsSync(`/proc/${pid}`)));
    const { cases, case: open } = await invoke(driver, "staff_view");
    assert.equal(cases.length - first, 100);
    assert.equal(open, null);
    assert.equal(webProcesses().length, 2);
    for (const window of ["staff", "resident"]) {
      await driver.window(window);
      assert.equal(await stored(driver), 0, `${window}: something is in web storage`);
    }
    await driver.overwriteMessages();
    assert.deepEqual(residue(), []);
    assert.deepEqual(storedBelow(bench.home), []);
    assert.deepEqual(holdersBelow(bench.home), []);
  });
});
