// A family of four moves in. At home: the page from a plain server, then no network. At the counter: a camera, an
// encrypted store with the key, papers. What was typed once is typed never again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { startHome } from "./page.mjs";
import { PACK, factsOf, kakanai, makePage, ownFolder, run } from "./programs.mjs";

const PASSPHRASE = "mihon-no-kasa-2026\n";
const folder = ownFolder();
const store = ["--store", join(folder, "store"), "--passphrase-stdin", "--pack", PACK];
const counter = (args) => kakanai([...args, ...store], { input: PASSPHRASE });

/** The family with what the page asks beyond its facts file. One answer is left to the counter, some are not known. */
function family() {
  const facts = factsOf("family-77.json");
  Object.assign(facts.case, {
    ...{
      dog_microchip: false,
      any_card: true,
      any_licence: true,
      account_kind: "public",
      water_contract: null,
    },
    ...{
      dog_name: "ポチ〜ノ",
      dog_breed: "柴犬（豆柴）",
      hoiku_start: "2026-12-01",
      hoiku_hours: "standard",
    },
    ...{ hoiku_wish1: "みほん第１保育園　葛󠄀ヶ原分園", hoiku_wish2: "髙砂こども園", hoiku_wish3: "なし" },
    ...{ hoiku_reason_1: "work", hoiku_reason_2: "work" },
  });
  const [, spouse, pupil] = facts.people;
  spouse.child_allowance_earner = false;
  pupil.school_before = "別見本市立塚本小学校";
  return facts;
}

/** Frames of a camera in which each picture is held once, in another order than it was shown. */
function film(pictures) {
  const order = pictures.map((_, place) => (place * 2 + 1) % pictures.length);
  const isOrder = new Set(order).size === pictures.length;
  const places = isOrder ? order : pictures.map((_, place) => pictures.length - 1 - place);
  return places.map((place, number) => {
    const picture = join(folder, `shown-${place + 1}.png`);
    writeFileSync(picture, pictures[place]);
    const out = join(folder, `film-${number + 1}`);
    run("kakanai-virtual-camera", [picture, "--out", out, "--size", "1080p", "--seed", String(place + 7)]);
    return join(out, "frame-0001.pgm");
  });
}

/** The facts that were typed, by person (`case` for the household): fact → value. */
function typedOf(asked, facts) {
  const typed = { case: {} };
  for (const person of facts.people) typed[person.id] = { name: person.name };
  for (const each of asked) {
    const [fact, place] = each.split(" of ");
    const person = place === undefined ? null : facts.people[Number(place)];
    const value = (person ?? facts.case)[fact];
    if (fact !== "people" && value !== undefined && value !== null) typed[person?.id ?? "case"][fact] = value;
  }
  return typed;
}

const plain = (fact) =>
  typeof fact === "object" && !Array.isArray(fact) && "value" in fact ? fact.value : fact;
const sourceOf = (fact) => (typeof fact === "object" && !Array.isArray(fact) ? fact.source : undefined);

/** All text of a PDF, without the spaces that columns make. */
const textOf = (pdf) => execFileSync("pdftotext", ["-raw", pdf, "-"]).toString().replace(/\s/g, "");

const made = makePage(folder);
const home = await startHome(made.site);
after(() => home.stop());

test("what a family types at home without a network stands on its papers at the counter", async (t) => {
  const facts = family();
  const page = await home.open("ja");
  page.eras = true;
  await page.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

  await page.page.context().setOffline(true);
  await home.cut();
  await page.page.reload();
  await page.press("lang-ja");
  await page.begin();
  await page.answer(facts);
  await page.goToResult();
  const decided = await page.page.getByTestId("procedure").count();
  const shown = await page.codes({ shots: true });
  assert.deepEqual(page.faults.map(String), []);
  assert.ok(decided >= 8, `${decided} procedures`);
  assert.ok(shown.length >= 2 && shown.length <= 4, `${shown.length} codes`);
  assert.equal(new Set(shown.map(({ text }) => text)).size, shown.length);
  t.diagnostic(`${page.asked.length} questions, ${shown.length} codes`);

  const frames = film(shown.map(({ png }) => png));
  const { images } = kakanai(["scan", ...frames]);
  const read = images.flatMap(({ payloads_hex }) =>
    payloads_hex.map((hex) => Buffer.from(hex, "hex").toString()),
  );
  assert.deepEqual([...read].sort(), shown.map(({ text }) => text).sort());

  counter(["store", "new"]);
  counter(["prefill", "key", "add", join(folder, made.keys.private)]);
  const { case: id } = counter(["case", "new", "--image", ...frames]);
  const seen = counter(["case", "show", id]);
  const typed = typedOf(page.asked, facts);
  const kept = { case: seen.facts.case };
  for (const person of seen.facts.people) kept[person.id] = person;
  assert.deepEqual(Object.keys(kept).sort(), Object.keys(typed).sort());
  let compared = 0;
  for (const [who, answers] of Object.entries(typed)) {
    for (const [fact, value] of Object.entries(answers)) {
      const found = kept[who][fact];
      assert.deepEqual(plain(found), value, `${fact} of ${who}`);
      assert.equal(sourceOf(found), "qr", `${fact} of ${who}`);
      compared += 1;
    }
    const beyond = Object.keys(kept[who]).filter((fact) => !(fact in answers));
    const known = who === "case" ? ["counter_date"] : ["id"];
    assert.deepEqual(
      beyond.filter((fact) => !known.includes(fact)),
      [],
      who,
    );
  }
  t.diagnostic(`${compared} facts as they were typed`);
  assert.ok(compared >= 77, `${compared} facts`);
  assert.ok(
    seen.questions.some(({ fact }) => fact === "water_contract"),
    "left to the counter: asked there",
  );

  const papers = join(folder, "papers");
  mkdirSync(papers);
  const printed = counter(["case", "print", id, "--out", papers]);
  assert.ok(printed.papers.length >= 4, `${printed.papers.length} papers`);
  const text = textOf(join(papers, printed.packet));
  for (const person of facts.people) {
    for (const value of [person.name, person.name_kana]) {
      assert.ok(text.includes(value.replace(/\s/g, "")), value);
    }
  }
  for (const fact of ["new_address", "new_address_katagaki", "previous_address", "phone"]) {
    assert.ok(text.includes(facts.case[fact]), facts.case[fact]);
  }
  for (const entry of readdirSync(join(folder, "store"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    for (const { name } of facts.people) assert.ok(!bytes.includes(name), `${entry.name} is not sealed`);
  }
});
