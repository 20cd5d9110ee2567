// Plays the whole case on a virtual display and keeps the pictures and the printed PDF in the folder given.
// `--pictures` keeps the pictures of the papers too, as the manual shows them.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Bench, PASSPHRASE } from "./bench.mjs";
import { playCase } from "./story.mjs";

/** Papers of the sample case that are pictured, and what stands at the head of their first page. */
const PAPERS = {
  "juki-ido": "住民異動届",
  "inkan-toroku": "印鑑登録申請書",
  "card-keizoku": "継続利用・券面記載事項変更届",
  "jidoteate-nintei": "児童手当",
  fees: "手数料票",
  counters: "窓口案内シート",
  guide: "ご家族の手続きリスト",
};

/** How much of a page's text is its head, without white space. */
const HEAD = 60;

/** The heads of the pages of a PDF. */
function heads(pdf) {
  const text = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
  return text.split("\f").map((page) => page.replace(/\s/g, "").slice(0, HEAD));
}

const folder = resolve(process.argv[2] ?? "target/demo");
mkdirSync(folder, { recursive: true });
const bench = await Bench.start({ display: undefined });
// The devices of the bench must not outlive it, whoever ends it; it is stopped once.
let stopping;
const stop = () => (stopping ??= bench.stop());
const NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
for (const [signal, number] of Object.entries(NUMBERS)) {
  process.once(signal, () => {
    void stop().finally(() => process.exit(128 + number));
  });
}
try {
  console.log(`demo store: ${bench.home}/store, passphrase: ${PASSPHRASE}`);
  const driver = await bench.app();
  const picture = async (name) => {
    // Nothing says when the display has drawn the last change of a page.
    await pause(400);
    bench.picture(name.split("-")[0], join(folder, `${name}.png`));
  };
  await playCase(driver, picture);
  const printed = bench.received().at(-1);
  if (process.argv.includes("--pictures")) {
    const pages = heads(printed);
    for (const [name, title] of Object.entries(PAPERS)) {
      const page = `${pages.findIndex((head) => head.includes(title)) + 1}`;
      if (page === "0") throw new Error(`the printed papers have no ${name}`);
      const picture = join(folder, `paper-${name}`);
      execFileSync("pdftoppm", ["-f", page, "-l", page, "-r", "80", "-png", "-singlefile", printed, picture]);
    }
  } else {
    copyFileSync(printed, join(folder, "printed.pdf"));
    console.log(`printed PDF:  ${join(folder, "printed.pdf")}`);
  }
  console.log(`pictures:     ${folder}`);
  await driver.stop();
} finally {
  await stop();
}
