// Plays the whole case on a virtual display and keeps the pictures and the printed PDF in the folder given.
// `--pictures` keeps a picture of the first paper instead of the PDF, as the manual shows it.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Bench, PASSPHRASE } from "./bench.mjs";
import { Clerk } from "./stories/clerk.mjs";
import { wholeCase } from "./stories/whole.mjs";

/** The paper of the manual, the first of the packet, and what stands at its head. */
const [PAPER, TITLE] = ["paper-juki-ido", "住民異動届"];

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
  await wholeCase(new Clerk(driver, bench), picture);
  const printed = bench.received().at(-1);
  if (process.argv.includes("--pictures")) {
    const text = execFileSync("pdftotext", ["-l", "1", "-layout", printed, "-"], { encoding: "utf8" });
    if (!text.replace(/\s/g, "").includes(TITLE)) throw new Error(`the packet does not begin with ${TITLE}`);
    const size = ["-l", "1", "-r", "80", "-png", "-singlefile"];
    execFileSync("pdftoppm", [...size, printed, join(folder, PAPER)]);
  } else {
    copyFileSync(printed, join(folder, "printed.pdf"));
    console.log(`printed PDF:  ${join(folder, "printed.pdf")}`);
  }
  console.log(`pictures:     ${folder}`);
  await driver.stop();
} finally {
  await stop();
}
