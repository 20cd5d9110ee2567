// The demo on this machine's own display: virtual card and printer, the sample municipality, the real windows.
import { spawn } from "node:child_process";
import { ACCOUNT, APP, Bench, PASSPHRASE, PIN } from "./bench.mjs";

const bench = await Bench.start({ display: process.env.DISPLAY ?? "" });
console.log(`account ${ACCOUNT}, passphrase ${PASSPHRASE}, PIN of the virtual card ${PIN}`);
console.log(`what the printer receives: ${bench.spool}`);
// The display belongs to the person who started this: their home and session stay as they are.
const { GDK_BACKEND, HOME, ...environment } = bench.environment();
const app = spawn(APP, [], { stdio: "inherit", env: { ...process.env, ...environment } });
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => app.kill());
await new Promise((done) => app.once("exit", done));
await bench.stop();
