// Takes the pictures of the page at home in docs/pictures again: `./dev pictures`.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startHome } from "./page.mjs";
import { ROOT, SHARED, factsOf, ownFolder } from "./programs.mjs";

const PHONE = { width: 360, height: 740 };
const TABLET = { width: 768, height: 1024 };
const folder = ownFolder();
const facts = factsOf("family-77.json");
const home = await startHome(join(SHARED, "site"));

/** Few colours are enough, and a repository is no album. */
function keep(picture, name) {
  const out = join(ROOT, "docs/pictures", `home-${name}.png`);
  execFileSync("convert", [
    picture,
    "-strip",
    "+dither",
    "-colors",
    "32",
    "-define",
    "png:compression-level=9",
    out,
  ]);
}

/** A household on its way; the screens named in `wanted` become pictures. */
async function walk(lang, size, wanted) {
  const hand = await home.open(lang, size);
  const label = `${lang}-${size.width}`;
  const take = async (screen) => {
    if (!wanted.includes(screen)) return;
    const shot = join(folder, `${label}-${screen}.png`);
    await hand.page.evaluate(() => scrollTo(0, 0));
    await hand.page.screenshot({ path: shot });
    keep(shot, `${label}-${screen}`);
  };
  await take("start");
  await hand.begin();
  await hand.answer(facts, async ({ fact, person }) => {
    if (person === null || person === 0) await take(fact);
  });
  await take("review");
  await hand.goToResult();
  await take("result");
  await hand.codes();
  await take("codes");
  if (wanted.includes("paper")) {
    const pdf = join(folder, `${label}.pdf`);
    writeFileSync(pdf, await hand.paper());
    execFileSync("pdftoppm", ["-r", "60", "-png", "-singlefile", pdf, join(folder, label)]);
    keep(join(folder, `${label}.png`), `${lang}-paper`);
  }
  await hand.page.context().close();
}

await walk("ja", PHONE, ["start", "birth_date", "result", "codes", "paper"]);
await walk("vi", PHONE, ["event", "result", "paper"]);
await walk("ne", PHONE, ["start"]);
await walk("zh-Hans", TABLET, ["new_address", "codes"]);
await walk("ko", TABLET, ["result"]);
await home.stop();
