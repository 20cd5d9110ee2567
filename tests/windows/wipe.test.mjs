// What is left of a resident when the case has ended: nothing on a page, in web storage or in memory.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Bench } from "./bench.mjs";
import { until } from "./driver.mjs";
import { find } from "./memory.mjs";
import { FAMILY, addFamily, answerAll, end, openCase, print, readCard, signIn } from "./story.mjs";

/** On the card, typed by the clerk, and typed as an answer. */
const SEEDS = ["瑠璃子", FAMILY[0].name, FAMILY[0].kana, "見本ハイツ１０１"];

let bench;
before(async () => {
  bench = await Bench.start({ changed: { name: "大王　瑠璃子" } });
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

/** Whether a file below the folder is a page's storage. */
function storedBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /localstorage|indexeddb|serviceworker|cachestorage|cookies/i.test(file));
}

test("after the end of a case its web processes are gone and no process of the app holds a name of it", async () => {
  const driver = await bench.app();
  try {
    await signIn(driver);
    assert.deepEqual(residue(), [], "the seeds are in no text of the app");

    await openCase(driver);
    await readCard(driver);
    await addFamily(driver);
    await answerAll(driver);
    const inTheCase = residue();
    for (const seed of SEEDS)
      assert.ok(
        inTheCase.some((line) => line.includes(seed)),
        `${seed} would be found`,
      );
    const old = webProcesses();
    await print(driver);
    await end(driver);

    await driver.overwriteMessages();
    await until("the old web processes to be gone", () => !old.some((pid) => existsSync(`/proc/${pid}`)));
    const left = await until(
      "memory without the names",
      () => {
        const now = residue();
        return now.length === 0 ? { none: true } : Promise.reject(new Error(now.join("\n")));
      },
      10_000,
    ).catch((error) => error.cause.message);
    assert.deepEqual(left, { none: true });
  } finally {
    await driver.stop();
  }
});

/** Calls a command from the staff page; the page may go before the answer comes. */
const invoke = (driver, command, input) =>
  driver.asyncScript(
    `const done = arguments[arguments.length - 1];
     window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(done, (error) => done({ error }));`,
    command,
    input,
  );

/** What a page keeps in the stores that the web view has. */
const stored = (driver) =>
  driver.asyncScript(`
    const done = arguments[0];
    indexedDB.databases().then((databases) =>
      done(localStorage.length + sessionStorage.length + databases.length + document.cookie.length));`);

test("after a hundred cases nothing is in web storage, no process is left over, and no name in memory", async () => {
  const driver = await bench.app();
  try {
    await signIn(driver);
    const first = (await invoke(driver, "staff_view")).cases.length;
    const ended = async () => {
      const { cases, case: open } = await invoke(driver, "staff_view");
      return open === null ? cases.length - first : cases.length - first - 1;
    };
    // Faster than pages are renewed: one renewal serves the cases that ended meanwhile, and ends this script too.
    await until(
      "a hundred cases",
      async () => {
        await driver.find();
        const left = 99 - (await ended());
        if (left <= 0) return true;
        await driver.asyncScript(
          `const [left, input, done] = arguments;
           const invoke = window.__TAURI_INTERNALS__.invoke;
           (async () => {
             for (let count = 0; count < left; count += 1) {
               await invoke("staff_case_new", { event: "tennyu" });
               await invoke("staff_person_save", { input });
               await invoke("staff_case_end");
             }
           })().then(done, (error) => done(error));`,
          left,
          { id: null, ...FAMILY[0], name_kana: FAMILY[0].kana, birth_date: FAMILY[0].birth, moving: true },
        );
        return false;
      },
      240_000,
    );
    await invoke(driver, "staff_case_new", { event: "tennyu" });
    const old = webProcesses();
    await driver.renewed(() => invoke(driver, "staff_case_end"));
    await until("the old web processes to be gone", () => !old.some((pid) => existsSync(`/proc/${pid}`)));
    assert.ok((await ended()) >= 100);
    assert.equal(webProcesses().length, 2);
    for (const window of ["staff", "resident"]) {
      await driver.window(window);
      assert.equal(await stored(driver), 0, `${window}: something is in web storage`);
    }
    await driver.overwriteMessages();
    assert.deepEqual(residue(), []);
    assert.deepEqual(storedBelow(bench.home), []);
  } finally {
    await driver.stop();
  }
});
