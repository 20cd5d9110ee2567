// The page decides what the counter decides: every test of the pack, in every language, with the files of the page
// and with the whole pack. That the module answers like the native rules is another test's: wasm/test/agree.mjs.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Engine } from "../../wasm/engine.mjs";
import { LANGS, PACK, SHARED, kakanai, ownFolder } from "./programs.mjs";

const site = join(SHARED, "site");
const names = readdirSync(site);
const read = (start, end) =>
  readFileSync(
    join(
      site,
      names.find((name) => name.startsWith(start) && name.endsWith(end)),
    ),
  );
const json = (bytes) => JSON.parse(bytes.toString());

const file = join(ownFolder(), "pack.json");
kakanai(["pack", "compile", PACK, file]);
const whole = json(readFileSync(file));
const core = json(read("pack.", ".json"));
const engine = read("engine.", ".wasm");
const texts = (lang) => json(read(`texts.${lang}.`, ".json")).texts;
const discreet = new Set(whole.procedures.filter((each) => each.discreet).map((each) => each.id));

const counter = await Engine.open(engine);
assert.ok(counter.ask("pack_load", whole).pack);

/** What the counter tells everybody: nothing of what is told to one person alone. */
function open({ decisions, ...rest }) {
  return { ...rest, decisions: decisions.filter(({ procedure }) => !discreet.has(procedure)) };
}

for (const lang of LANGS) {
  test(`the page decides what the counter decides: ${lang}`, async (t) => {
    const page = await Engine.open(engine);
    const own = lang === "ja" ? {} : { [lang]: texts(lang) };
    assert.ok(page.ask("pack_load", { ...core, texts: { ja: texts("ja"), ...own } }).pack);
    let compared = 0;
    for (const { id, facts, on } of whole.tests) {
      const asked = { facts, on, lang };
      const at = { counter: counter.ask("determine", asked), home: page.ask("determine", asked) };
      assert.ok(at.counter.decisions, `${id}: ${JSON.stringify(at.counter.error)}`);
      assert.deepEqual(open(at.home), open(at.counter), id);
      compared += at.home.decisions.length;
      assert.ok(
        at.home.decisions.every(({ procedure }) => !discreet.has(procedure)),
        id,
      );
    }
    t.diagnostic(`${whole.tests.length} tests, ${compared} decisions`);
    assert.ok(compared > 10_000);
  });
}
