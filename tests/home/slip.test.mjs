// A case goes from terminal to terminal on paper: heard on A, the card on B, printed on C. The terminals have nothing
// in common but the key of slips; nothing is typed twice.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { createInterface } from "node:readline";
import { PACK, ROOT, factsOf, kakanai, ownFolder, programOf, run } from "./programs.mjs";

const PASSPHRASE = "mihon-no-kasa-2026\n";
const PIN = "1234";
/** Points above the number under a code at which nothing of the code is left: 7 cm and its margin. */
const HEIGHT = 225;
const folder = ownFolder();

/** A terminal: a store of its own, with the key of slips. */
function terminalOf(name, key) {
  const store = ["--store", join(folder, name), "--passphrase-stdin", "--pack", PACK];
  const terminal = (args, more = {}) =>
    kakanai([...args, ...store], { ...more, input: PASSPHRASE + (more.input ?? "") });
  terminal(["store", "new"]);
  terminal(["prefill", "key", "add", "--slip", key]);
  return terminal;
}

/** A reader with a card in it. */
async function startCard(persona) {
  const file = join(folder, "persona.json");
  writeFileSync(file, JSON.stringify({ ...persona, pin: PIN }));
  const devices = spawn(programOf("kakanai-bench-devices"), [join(folder, "devices"), "--persona", file], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  after(() => devices.stdin.end());
  for await (const line of createInterface({ input: devices.stdout })) {
    return { ...process.env, PCSCLITE_CSOCK_NAME: JSON.parse(line).pcsclite_csock_name };
  }
  throw new Error("the devices did not start");
}

/** What a camera sees of the codes at the end of a check sheet. */
function film(sheet, name) {
  const words = execFileSync("pdftotext", ["-bbox", sheet, "-"]).toString();
  const pages = words.split("<page ").slice(1);
  const number = pages.findIndex((page) => page.includes(">1／2<") || page.includes(">1／1<"));
  assert.ok(number >= 0, "the check sheet carries the slip");
  const [, below] = /yMax="([\d.]+)">1／[12]</.exec(pages[number]);
  const page = String(number + 1);
  const dots = 150 / 72;
  const top = Math.max(0, Math.round((Number(below) - HEIGHT) * dots));
  const cut = ["-x", "0", "-y", String(top), "-W", "1241", "-H", String(Math.round(HEIGHT * dots))];
  const picture = join(folder, name);
  execFileSync("pdftoppm", [
    ...["-r", "150", "-png", "-singlefile", "-f", page, "-l", page],
    ...[...cut, sheet, picture],
  ]);
  run("kakanai-virtual-camera", [`${picture}.png`, "--out", picture, "--size", "1080p"]);
  return join(picture, "frame-0001.pgm");
}

/** The check sheet of a case with its slip, as the camera of the next terminal sees it. */
function handOn(terminal, id, name) {
  const sheet = join(folder, `${name}.pdf`);
  const { texts } = terminal(["case", "slip", id, "--out", sheet]);
  assert.ok(texts.length <= 2, `${texts.length} codes`);
  return film(sheet, name);
}

/** The facts of a case with their sources; the day at the counter goes with the slip as the day of the case. */
function factsIn({ facts }) {
  const { counter_date: _, ...of } = facts.case;
  return { ...facts, case: of };
}

test("heard at one counter, the card read at another, printed at a third", async () => {
  const family = factsOf("family-77.json");
  const [holder] = family.people;
  const keys = kakanai(["prefill", "keygen", "--slip", "--out", folder]);
  const key = join(folder, keys.private);
  const [a, b, c] = ["a", "b", "c"].map((name) => terminalOf(name, key));

  const heard = a(["case", "new", "--facts", join(ROOT, "tests/facts/family-77.json")]).case;
  const atA = a(["case", "show", heard]);
  const known = factsIn(atA);
  const fromA = handOn(a, heard, "slip-a");

  const atB = b(["case", "new", "--image", fromA]).case;
  const begun = b(["case", "show", atB]);
  assert.deepEqual(factsIn(begun), known);
  assert.equal(begun.continues, atA.case.reception);
  const env = await startCard({
    name: holder.name,
    address: family.case.previous_address,
    birth_date: holder.birth_date,
    sex: holder.sex,
  });
  b(["case", "add", atB, "--card", "--person", holder.id, "--pin-stdin"], { env, input: `${PIN}\n` });
  const read = factsIn(b(["case", "show", atB]));
  assert.notDeepEqual(read, known);
  const fromB = handOn(b, atB, "slip-b");

  const atC = c(["case", "new", "--image", fromB]).case;
  assert.deepEqual(factsIn(c(["case", "show", atC])), read);
  const papers = join(folder, "papers");
  mkdirSync(papers);
  const printed = c(["case", "print", atC, "--out", papers]);
  const text = execFileSync("pdftotext", ["-raw", join(papers, printed.packet), "-"]).toString();
  for (const { name } of family.people) assert.ok(text.replace(/\s/g, "").includes(name.replace(/\s/g, "")));
});
