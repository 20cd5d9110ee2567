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
    return process.env.KAKANAI_RESIDUE ? `${line}\n${hit.around.toString("latin1")}` : line;
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
    for (const seed of SEEDS) assert.ok(inTheCase.some((line) => line.includes(seed)), `${seed} would be found`);
    const old = webProcesses();
    await print(driver);
    await end(driver);

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
