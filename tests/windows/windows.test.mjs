// The real windows over the real stack: pcscd with a virtual card, an IPP printer, the encrypted store.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Bench, ROOT, textOf } from "./bench.mjs";
import { until } from "./driver.mjs";
import {
  addFamily,
  answerAll,
  answerOne,
  end,
  openCase,
  playCase,
  print,
  readCard,
  signIn,
  typePin,
} from "./story.mjs";

const persona = JSON.parse(readFileSync(join(ROOT, "hardware/simulators/personas/ordinary.json"), "utf8"));
const NAME = persona.name.replace(/\s/g, "");

let bench;
before(async () => {
  bench = await Bench.start();
});
after(async () => {
  await bench.stop();
});

/** Runs `story` with the app started anew. */
async function withApp(story, options) {
  const driver = await bench.app(options);
  try {
    await story(driver);
  } finally {
    await driver.stop();
    await until("the app to be gone", () => bench.appProcesses().length === 0);
  }
}

/** Every file below a folder. */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}

test("a resident moves in and walks away with printed papers", async () => {
  await withApp(
    async (driver) => {
      await playCase(driver);
      const received = bench.received();
      assert.equal(received.length, 1);
      const text = textOf(received[0]);
      assert.ok(text.includes(NAME), "the name read from the card is on the printed paper");
      assert.ok(text.includes("みほん県みほん市見本町一丁目２番３号"));

      await driver.window("resident");
      assert.equal(await driver.attribute("resident-screen", "data-screen"), "thanks");
      const page = await driver.script("return document.documentElement.outerHTML");
      assert.ok(!page.includes(persona.name), "nothing of the resident stays on the resident's window");
      await driver.window("staff");
      const staffPage = await driver.script("return document.documentElement.outerHTML");
      assert.ok(!staffPage.includes(persona.name), "nothing of the resident stays on the staff window");
    },
    { traced: true },
  );

  const log = readFileSync(bench.cardLog, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const verifies = log.filter(({ command }) => /^002000800[1-9a-f]/i.test(command));
  assert.equal(verifies.length, 1, "one PIN, one VERIFY");

  for (const file of filesBelow(bench.home)) {
    assert.ok(!readFileSync(file).includes(persona.name), `${file} holds the resident's name`);
    assert.ok(!/localstorage|indexeddb/i.test(file), `${file}: a page has stored something`);
  }
});

test("the app listens on no socket and talks to the chosen printer only", () => {
  const calls = readFileSync(bench.networkLog, "utf8").split("\n");
  const printer = new URL(bench.printer.replace("ipp:", "http:")).port;
  const port = (call) => /htons\((\d+)\)/.exec(call)?.[1];
  // The driver's own door, which WebKit opens in a test build only; packaging/try-deb.sh shows that a package
  // does not obey the variable that opens it.
  const door = bench.inspector.split(":").at(-1);
  const [doorBind, ...more] = calls.filter((call) => /bind\(.*AF_INET/.test(call) && port(call) === door);
  assert.deepEqual(more, []);
  const [, pid, socket] = /^(\d+) +bind\((\d+),/.exec(doorBind);
  const isDoor = (call) => new RegExp(`^${pid} +listen\\(${socket},`).test(call);

  const connects = calls.filter((call) => /connect\(.*AF_INET/.test(call) && port(call) !== door);
  assert.ok(connects.length > 0, "the log saw the printer being called");
  for (const call of connects) {
    // Port 0: the resolver tries which address it would use; nothing is sent.
    assert.ok([printer, "0"].includes(port(call)), `a connection elsewhere: ${call}`);
    assert.match(call, /127\.0\.0\.1|::1/, "a connection to another machine");
  }
  const bound = calls.filter((call) => /bind\(.*AF_INET/.test(call) && call !== doorBind);
  assert.deepEqual(bound, [], "an address was bound");
  assert.deepEqual(
    calls.filter((call) => /listen\(/.test(call) && !isDoor(call)),
    [],
    "the app listens",
  );
});

test("each window may call its own commands only, and pages cannot leave or load anything", async () => {
  await withApp(async (driver) => {
    const invoke = (command, args = {}) =>
      driver.asyncScript(
        `const done = arguments[arguments.length - 1];
         window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(() => done("allowed"), (e) => done(String(e)));`,
        command,
        args,
      );
    await driver.window("staff");
    await driver.see("signin-heading");
    for (const [command, args] of [
      ["resident_pin", { pin: "1234", lastTry: false }],
      ["resident_confirm", { correct: true }],
      ["resident_view", {}],
    ]) {
      assert.match(await invoke(command, args), /not allowed/, `staff → ${command}`);
    }
    await driver.window("resident");
    await driver.see("resident-screen");
    for (const [command, args] of [
      ["staff_view", {}],
      ["staff_undo", {}],
      ["staff_sign_out", {}],
    ]) {
      assert.match(await invoke(command, args), /not allowed/, `resident → ${command}`);
    }
    for (const name of ["staff", "resident"]) {
      await driver.window(name);
      const url = await driver.url();
      await driver.script("location.href = 'https://example.invalid/'");
      assert.equal(await driver.script("return window.open('https://example.invalid/') === null"), true);
      assert.match(
        await driver.asyncScript(
          "const done = arguments[0]; fetch('https://example.invalid/').then(() => done('loaded'), (e) => done('refused'))",
        ),
        /refused/,
      );
      assert.equal(await driver.url(), url);
      assert.equal(
        await driver.script(`
          const script = document.createElement("script");
          script.textContent = "window.intruder = true";
          document.body.append(script);
          return window.intruder === true;`),
        false,
        "an inline script ran",
      );
    }
    await driver.window("staff");
    assert.equal(await driver.has("pin-heading"), false);
    const fields = await driver.script("return [...document.querySelectorAll('input')].map((i) => i.id)");
    assert.ok(!fields.some((id) => /pin/i.test(id)), "only the resident's window has a PIN field");
  });
});

test("a wrong PIN is told with the tries left, and nothing is sent twice", async () => {
  await withApp(async (driver) => {
    await signIn(driver);
    await openCase(driver);
    await typePin(driver, "9999");
    await driver.see("pin-wrong");
    assert.match(await driver.text("pin-tries"), /2|２/);
    await typePin(driver);
    await driver.see("confirm-heading");
  });
});

test("without a card, without a printer and without the card service the clerk is told and can go on", async () => {
  await bench.devices("card remove");
  await withApp(async (driver) => {
    await signIn(driver);
    await openCase(driver);
    await driver.click("card-ask");
    await driver.see("card-failed");
    assert.equal(await driver.text("card-failed-code").then((text) => text.includes("no-card")), true);
    await driver.see("card-type");

    await bench.devices("reader stop");
    await driver.click("card-ask");
    await until("the missing service to be told", async () =>
      (await driver.text("card-failed-code")).includes("service-unavailable"),
    );
    await driver.click("card-type");
    await driver.see("person-form");
  });
  await bench.devices("reader start");
  await bench.devices(`card insert ${join(ROOT, "hardware/simulators/personas/ordinary.json")}`);
});

test("an older case says which version it keeps, and what is discreet is counted and never named", async () => {
  const version = bench.pack().version - 1;
  const facts = {
    case: { event: "tennyu", from: "other_pref", move_date: "2026-11-14", dv_support: true },
    people: [{ id: "p1", name: persona.name, moving: true, relation: "head" }],
  };
  const reception = bench.caseOfVersion(version, facts);
  await withApp(async (driver) => {
    await signIn(driver);
    await driver.click(`resume-${reception}`);
    assert.ok((await driver.text("older-pack")).includes(`第${version}版`));
    for (const step of ["questions", "result", "papers"]) {
      await driver.click(`step-${step}`);
      if (step === "result") assert.equal(await driver.text("discreet"), "配慮項目 1件");
      for (const window of ["staff", "resident"]) {
        await driver.window(window);
        const page = await driver.script("return document.documentElement.outerHTML");
        assert.ok(!/支援措置|juki\.shien|dv_support/.test(page), `${window}, ${step}: the discreet is named`);
      }
      await driver.window("staff");
    }
    await driver.click("case-end");
    await driver.renewed(() => driver.click("end-confirm"));
    await driver.click("event-tennyu");
    await driver.see("card-heading");
    assert.equal(await driver.has("older-pack"), false, "a new case takes the pack of the terminal");
  });
});

test("kill -9 in the middle of the case loses no answer that was shown as kept, and an unreachable printer no paper", async () => {
  await withApp(async (driver) => {
    await signIn(driver);
    await openCase(driver);
    await readCard(driver);
    await addFamily(driver);
    for (let count = 0; count < 3; count += 1) await answerOne(driver);
    await driver.see("ask");
    const reception = await driver.text("case-reception");
    const left = await driver.text("questions-left");
    await driver.click("step-check");
    const known = await driver.text("table");
    process.kill(bench.appProcess(), "SIGKILL");
    bench.reception = reception;
    bench.left = left;
    bench.known = known;
  });

  bench.settings({ printer: "ipp://127.0.0.1:9/ipp/print" });
  await withApp(async (driver) => {
    await signIn(driver);
    await driver.click(`resume-${/[A-Z]-\d+/.exec(bench.reception)[0]}`);
    await driver.see("ask");
    assert.equal(await driver.text("questions-left"), bench.left);
    await driver.click("step-check");
    assert.equal(await driver.text("table"), bench.known);
    await driver.click("step-questions");
    await answerAll(driver);
    await driver.click("print-all");
    await driver.see("print-failed");
    assert.ok((await driver.text("print-failed-code")).includes("printer-unreachable"));
    await driver.see("print-all");
  });

  bench.settings({});
  const before = bench.received().length;
  await withApp(async (driver) => {
    await signIn(driver);
    await driver.click(`resume-${/[A-Z]-\d+/.exec(bench.reception)[0]}`);
    await driver.click("step-questions");
    await driver.see("questions-none");
    await print(driver);
    await end(driver);
  });
  const received = bench.received();
  assert.equal(received.length, before + 1);
  assert.ok(textOf(received.at(-1)).includes(NAME));
});
