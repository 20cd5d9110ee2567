// The programs and the page that the tests of the page at home work with. A page is made from the sample pack, with
// keys of its own, out of what `./dev home` built.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
export const PACK = join(ROOT, "packs/mihon-city");
export const LANGS = ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi", "pt-BR", "fil", "ne"];
/** Where `node tests/home/pages.mjs` puts the page that the tests share: site/ and one.html. */
export const SHARED = join(TARGET, "home/page");
const ASSETS = join(ROOT, "ui/dist-home");
const ENGINE = join(ASSETS, "engine.wasm");
const LARGEST = 64 * 1024 * 1024;

export const programOf = (name) => join(TARGET, "debug", name);

/** Runs one of the programs; its standard output as bytes. */
export const run = (program, args, { input = "", env = process.env } = {}) =>
  execFileSync(programOf(program), args, { input, env, maxBuffer: LARGEST });

/** Runs `kakanai --json`; its one document. */
export function kakanai(args, options) {
  try {
    return JSON.parse(run("kakanai", ["--json", ...args], options).toString());
  } catch (error) {
    throw new Error(`kakanai ${args[0]} ${args[1]}: ${error.stdout || error.stderr || error.message}`);
  }
}

/** A facts file of tests/facts. */
export const factsOf = (name) => JSON.parse(readFileSync(join(ROOT, "tests/facts", name), "utf8"));

/** A folder of one test file, gone with its process. */
export function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), "kakanai-home-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A key pair and the page made with it: `site` is the folder for a server, `single` the one file. */
export function makePage(folder, { single = false } = {}) {
  if (!existsSync(ENGINE)) throw new Error(`${ENGINE} is missing: ./dev home builds it`);
  const keys = kakanai(["prefill", "keygen", "--out", folder]);
  const site = join(folder, "site");
  const one = join(folder, "one.html");
  const made = kakanai([
    ...[
      "prefill",
      "page",
      "--pack",
      PACK,
      "--key",
      join(folder, keys.public),
      "--assets",
      ASSETS,
      "--out",
      site,
    ],
    ...(single ? ["--single", one] : []),
  ]);
  return { keys, site, single: one, made };
}
