// Plays the whole case on a virtual display and keeps the pictures and the printed PDF in the folder given.
// `--pictures` keeps the pictures of the papers too, as the manual shows them.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Bench, PASSPHRASE } from "./bench.mjs";
import { playCase } from "./story.mjs";

/** The papers of the sample case in the order of the packet, one page each. */
const PAPERS = ["juki-ido", "inkan-toroku", "card-keizoku", "jidoteate-nintei", "fees", "counters", "guide"];

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
    PAPERS.forEach((name, index) => {
      const page = ["-f", `${index + 1}`, "-l", `${index + 1}`];
      execFileSync("pdftoppm", [
        ...page,
        "-r",
        "80",
        "-png",
        "-singlefile",
        printed,
        join(folder, `paper-${name}`),
      ]);
    });
  } else {
    copyFileSync(printed, join(folder, "printed.pdf"));
    console.log(`printed PDF:  ${join(folder, "printed.pdf")}`);
  }
  console.log(`pictures:     ${folder}`);
  await driver.stop();
} finally {
  await stop();
}
