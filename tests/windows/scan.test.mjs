// Codes read in the real staff window: a scanner that types, one on a serial port, images and frames.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Bench, ROOT } from "./bench.mjs";
import { until } from "./driver.mjs";
import { Clerk } from "./stories/clerk.mjs";
import { picture as pictureOf } from "./stories/scene.mjs";

const persona = JSON.parse(readFileSync(join(ROOT, "hardware/simulators/personas/ordinary.json"), "utf8"));

/** The committed family; its head is who the card in the reader belongs to, with another house number. */
function family({ phone = "000-0000-0001" } = {}) {
  const facts = JSON.parse(readFileSync(join(ROOT, "tests/facts/family-77.json"), "utf8"));
  facts.case.phone = phone;
  facts.case.previous_address = persona.address.replace(/３号$/, "５号");
  Object.assign(facts.people[0], { name: persona.name, birth_date: persona.birth_date, sex: persona.sex });
  return facts;
}

let bench, clerk, driver, first, second, foreign;
before(async () => {
  bench = await Bench.start();
  bench.settings({ more: `scanner = ${JSON.stringify(bench.scannerPort)}\n` });
  await bench.devices("scanner plug");
  const [ours, theirs] = [bench.keys("ours"), bench.keys("theirs")];
  bench.addKey(ours.private);
  first = bench.sheet("first", family(), ours.public);
  second = bench.sheet("second", family({ phone: "000-0000-0002" }), ours.public);
  foreign = bench.sheet("foreign", family(), theirs.public);
  driver = await bench.app();
  clerk = new Clerk(driver, bench);
  await clerk.signIn();
});
after(async () => {
  await driver?.stop();
  await bench?.stop();
});

const picture = (name) => pictureOf(bench, "staff", name);

const told = (code) =>
  until(
    `the reading to be told as ${code}`,
    async () => (await driver.attribute("scan-told", "data-code")) === code,
  );
const count = async () => Number(await driver.attribute("scan-told", "data-count"));
const readParts = () => driver.script('return document.querySelectorAll(".parts .have").length');
const send = ({ text }) => bench.devices(`scanner send ${text}`);

/** The damaged code: one digit is another. */
function damaged({ text }) {
  const at = Math.floor(text.length / 2);
  return { text: text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1) };
}

test("a scanner that types fills the case, while a name is being typed and in any order", async () => {
  assert.ok(first.length >= 3, "the family needs several parts");
  await clerk.click("event-tennyu");
  await driver.click("card-cancel");
  await driver.click("step-household");
  await driver.type("person-name", "見本44");
  const [last, ...others] = [...first].reverse();
  bench.typeKeys("staff", last.text);
  await told("new-part");
  const field = () => driver.script(`return document.querySelector('[data-testid="person-name"]').value`);
  assert.equal(await field(), "見本44", "nothing of the code is in the field");
  for (const [index, part] of others.slice(0, -1).entries()) {
    bench.typeKeys("staff", part.text, 12);
    await until("the next part", async () => (await readParts()) === index + 2);
  }
  await picture("staff-scan-parts");
  bench.typeKeys("staff", others.at(-1).text);
  await driver.see("sheet");
  const people = await driver.text("sheet-people");
  for (const name of ["花子", "花󠄁子", "蓮", "結衣"]) assert.ok(people.includes(name), `${name} in ${people}`);
  await picture("staff-scan-sheet");
  await driver.click("sheet-take-case");
  await until("the dialog to close", async () => !(await driver.has("scan")));
  assert.match(await driver.text("sheet-taken"), /取り込みました/);
  assert.equal(await field(), "見本44", "what was being typed is still there");
  await driver.click("person-cancel");
  await driver.click("step-check");
  await until("the answers in the case", async () => (await driver.text("table")).includes("000-0000-0001"));
});

test("a card read after the sheet shows the address that differs, side by side, and the clerk settles it", async () => {
  await driver.click("step-document");
  await driver.click("card-ask");
  await clerk.residentReads();
  await driver.see("conflicts");
  const conflict = "case-previous_address";
  const shown = await driver.text(`conflict-${conflict}`);
  assert.ok(shown.includes("５号") && shown.includes("３号"), shown);
  const marked = await driver.script(
    `return [...document.querySelectorAll('[data-testid="conflict-${conflict}"] mark')].map((mark) => mark.textContent)`,
  );
  assert.ok(
    marked.length > 0 && marked.every((text) => text.length < 8),
    `only what differs is marked: ${marked}`,
  );
  await driver.click("step-document");
  await picture("staff-conflict");
  await driver.click(`settle-${conflict}-card`);
  await until("the conflict to be settled", async () => !(await driver.has(`conflict-${conflict}`)));
});

test("a scanner on a serial port reads by itself, also after it was unplugged", async () => {
  await send(second[0]);
  await told("new-part");
  await until(
    "the scanner",
    async () => (await driver.attribute("scan-scanner", "data-state")) === "connected",
  );
  await bench.devices("scanner unplug");
  await until(
    "the missing scanner",
    async () => (await driver.attribute("scan-scanner", "data-state")) === "unplugged",
  );
  await until("what was read to be kept", async () => (await readParts()) === 1);
  await bench.devices("scanner plug");
  await until(
    "the scanner",
    async () => (await driver.attribute("scan-scanner", "data-state")) === "connected",
  );
  await send(second[0]);
  await told("repeated-part");
});

test("a part of another sheet, a damaged one and a code of others lose nothing that was read", async () => {
  await send(first[0]);
  await told("foreign-sheet");
  await picture("staff-scan-foreign");
  await driver.click("scan-keep-old");
  await until("the dialog to close", async () => !(await driver.has("scan")));
  await send(damaged(second[1]));
  await told("damaged");
  await send({ text: "4901234567894" });
  await told("not-ours");
  assert.equal(await readParts(), 1);
});

test("an image file and a frame of the camera give the parts that are missing", async () => {
  const before = await count();
  await driver.give("scan-files", second[1].picture);
  await until("the image to be read", async () => (await count()) > before);
  assert.equal(await readParts(), 2);
  const png = readFileSync(second[2].picture).toString("base64");
  const answer = await driver.asyncScript(
    `const [png, done] = arguments;
     const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
     createImageBitmap(new Blob([bytes], { type: "image/png" })).then(async (image) => {
       const { width, height } = image;
       const pen = new OffscreenCanvas(width, height).getContext("2d");
       pen.drawImage(image, 0, 0);
       const { data } = pen.getImageData(0, 0, width, height);
       const frame = new Uint8Array(8 + width * height);
       const head = new DataView(frame.buffer);
       head.setUint32(0, width, true);
       head.setUint32(4, height, true);
       for (let at = 0; at < width * height; at += 1) frame[8 + at] = data[4 * at];
       await window.__TAURI_INTERNALS__.invoke("staff_scan_frame", frame);
       return "taken";
     }).then(done, (error) => done(String(error) + JSON.stringify(error)));`,
    png,
  );
  assert.equal(answer, "taken");
  if (second.length > 3) {
    await until("the frame to be read", async () => (await readParts()) === 3);
    await send(second[3]);
  }
  await driver.see("sheet");
  await driver.click("scan-discard");
  await until("the sheet to be gone", async () => !(await driver.has("sheet")));
});

test("a sheet that was received says when, a sheet of another town says that it is none of ours", async () => {
  for (const part of first) await send(part);
  assert.match(await driver.text("sheet-received"), /\d{2}:\d{2}/);
  await driver.click("scan-discard");
  await until("the sheet to be gone", async () => !(await driver.has("sheet")));
  for (const part of foreign) await send(part);
  await told("key-unknown");
  await picture("staff-scan-other-town");
});

test("without a camera the clerk is told what else to do", async () => {
  await driver.click("scan-camera");
  assert.match(await driver.text("camera-failed"), /カメラが見つかりません/);
  assert.match(await driver.text("camera-failed"), /画像ファイル/);
  await driver.click("camera-stop");
  await driver.click("scan-close");
  await until("the dialog to close", async () => !(await driver.has("scan")));
});
