// What a run of the real windows needs: a private folder, pcscd with a virtual card, an IPP printer, a display
// and the driver. Everything is stopped by its process id.
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { TwoDisplays, oneDisplay } from "./displays.mjs";
import { Driver, until } from "./driver.mjs";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const BUILT = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug");
export const APP = process.env.KAKANAI_APP ?? join(BUILT, "kakanai-app");
export const ACCOUNT = "madoguchi";
export const PASSPHRASE = "mihon-no-kasa-2026";
export const PIN = "1234";
const PACK = join(ROOT, "packs/mihon-city");
/** The day of the sample case; the rules of the sample pack are tried on it. */
const DAY = "2026-11-20";

/** A port nobody listens on. */
function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

export class Bench {
  #processes = [];
  #devices;
  #lines;
  #more;

  /**
   * Starts devices and displays. `persona` is a file of hardware/simulators/personas, `changed` are its fields;
   * two `displays` can be unplugged; `session` is the program on them; `environment` are variables of the app.
   */
  static async start({
    persona = "ordinary.json",
    changed = {},
    displays = 1,
    session = "openbox",
    environment = {},
    display = process.env.KAKANAI_DISPLAY,
  } = {}) {
    const bench = new Bench();
    bench.#more = environment;
    bench.folder = mkdtempSync(join(tmpdir(), "kakanai-"));
    try {
      await bench.#startDevices(persona, changed);
      bench.#makeHome();
      bench.display =
        displays === 1 && display !== undefined ? display : await bench.#startDisplay(displays, session);
      return bench;
    } catch (error) {
      await bench.stop();
      throw error;
    }
  }

  /** Starts a program that ends with the bench. */
  spawn(program, args, options = {}) {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "ignore"], ...options });
    child.once("error", (error) => (child.failure = error));
    this.#processes.push(child);
    return child;
  }

  async #startDevices(persona, changed) {
    const folder = join(this.folder, "devices");
    mkdirSync(folder);
    const file = join(this.folder, "persona.json");
    const kept = readFileSync(join(ROOT, "hardware/simulators/personas", persona), "utf8");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(kept), ...changed }));
    this.#devices = this.spawn(
      join(BUILT, "kakanai-bench-devices"),
      [folder, "--persona", file, "--pin", PIN],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    this.#lines = createInterface({ input: this.#devices.stdout })[Symbol.asyncIterator]();
    const first = await this.#lines.next();
    if (first.done) throw new Error("the devices did not start");
    const ready = JSON.parse(first.value);
    this.socket = ready.pcsclite_csock_name;
    this.printer = ready.printer_uri;
    this.spool = ready.spool;
    this.cardLog = ready.card_log;
    this.scannerPort = ready.scanner_port;
  }

  /** Sends a control line to the devices: `card remove`, `printer stop`, `scanner send 46491…`, …. */
  async devices(line) {
    this.#devices.stdin.write(`${line}\n`);
    const answer = JSON.parse((await this.#lines.next()).value);
    if (!answer.ok) throw new Error(`${line}: ${answer.error}`);
  }

  #makeHome() {
    this.home = join(this.folder, "home");
    mkdirSync(this.home);
    this.settings({});
    execFileSync(
      join(BUILT, "kakanai"),
      ["store", "new", "--passphrase-stdin", "--account", ACCOUNT, "--name", "見本 太郎"],
      { env: this.environment(), input: `${PASSPHRASE}\n` },
    );
  }

  #kakanai(args, input = "") {
    const options = { env: this.environment(), input, encoding: "utf8" };
    return JSON.parse(execFileSync(join(BUILT, "kakanai"), ["--json", ...args], options));
  }

  /** The compiled pack of the terminal. */
  pack() {
    const file = join(this.folder, "pack.json");
    this.#kakanai(["pack", "compile", PACK, file]);
    return JSON.parse(readFileSync(file, "utf8"));
  }

  /** Opens a case with another version of the pack, as a terminal did before; gives its reception number. */
  caseOfVersion(version, facts) {
    const pack = join(this.folder, "other-pack.json");
    writeFileSync(pack, JSON.stringify({ ...this.pack(), version }));
    return this.caseOf(facts, pack);
  }

  /** Opens a case with a facts file; gives its reception number. */
  caseOf(facts, pack = PACK) {
    const file = join(this.folder, "facts.json");
    writeFileSync(file, JSON.stringify(facts));
    const open = ["case", "new", "--facts", file, "--pack", pack, "--passphrase-stdin", "--account", ACCOUNT];
    return this.#kakanai(open, `${PASSPHRASE}\n`).reception;
  }

  /** Makes a pair of keys for sheets; gives the files of both. */
  keys(name) {
    const out = join(this.folder, name);
    const made = this.#kakanai(["prefill", "keygen", "--out", out]);
    return { private: join(out, basename(made.private)), public: join(out, basename(made.public)) };
  }

  /** Puts a private key into the store of the terminal. */
  addKey(file) {
    const add = ["prefill", "key", "add", "--passphrase-stdin", "--account", ACCOUNT, file];
    this.#kakanai(add, `${PASSPHRASE}\n`);
  }

  /** Makes a sheet of codes as the page at home does; gives the digits and the picture of each part. */
  sheet(name, facts, key) {
    const [file, out] = [join(this.folder, `${name}.json`), join(this.folder, name)];
    writeFileSync(file, JSON.stringify(facts));
    const encode = [
      "prefill",
      "encode",
      "--pack",
      PACK,
      "--facts",
      file,
      "--key",
      key,
      "--out",
      out,
      "--on",
      DAY,
    ];
    const { parts } = this.#kakanai(encode);
    return parts.map((part) => ({ text: part.text, picture: join(out, basename(part.file)) }));
  }

  #xdotool(...args) {
    const env = { ...process.env, LANG: "C.UTF-8", DISPLAY: this.display };
    return execFileSync("xdotool", args, { env, encoding: "utf8" });
  }

  /** Gives a window the focus of the display, without which no ring is drawn. */
  activate(window) {
    this.#xdotool("windowactivate", "--sync", this.#windowId(window));
  }

  /** Types into the window with real key events, `delay` milliseconds apart; then Enter. */
  typeKeys(window, text, delay = 3) {
    const keys = ["type", "--delay", `${delay}`, "--args", "1", text, "key", "Return"];
    this.#xdotool("windowactivate", "--sync", this.#windowId(window), ...keys);
  }

  /** Presses keys one after the other, in the names of X. */
  press(window, ...keys) {
    this.#xdotool("windowactivate", "--sync", this.#windowId(window), "key", "--delay", "40", ...keys);
  }

  /** Clicks a button of the mouse at a point of the window, with a key held if named. */
  clickAt(window, x, y, button = 1, held = null) {
    const [down, up] = held
      ? [
          ["keydown", held],
          ["keyup", held],
        ]
      : [[], []];
    this.#xdotool(
      "mousemove",
      "--window",
      this.#windowId(window),
      `${x}`,
      `${y}`,
      ...down,
      "click",
      `${button}`,
      ...up,
    );
  }

  /** Pulls with the first button from one point of the window to another. */
  drag(window, from, to) {
    const move = ([x, y]) => ["mousemove", "--sync", "--window", this.#windowId(window), `${x}`, `${y}`];
    this.#xdotool(...move(from), "mousedown", "1", ...move(to), "mouseup", "1");
  }

  /** Where a window stands: `{ x, y, width, height }` of what is inside its frame. */
  place(window) {
    const lines = this.#xdotool("getwindowgeometry", "--shell", this.#windowId(window));
    const value = (name) => Number(new RegExp(`^${name}=(-?\\d+)$`, "m").exec(lines)[1]);
    return { x: value("X"), y: value("Y"), width: value("WIDTH"), height: value("HEIGHT") };
  }

  /** Every window that is seen, menus and dialogs too. */
  visibleWindows() {
    return this.#xdotool("search", "--onlyvisible", "--name", ".*").trim().split("\n").sort();
  }

  /** Writes the settings of the terminal; `more` are tables. The print service of this machine is left alone. */
  settings({ pack = PACK, printer = this.printer, more = "" }) {
    const lines = { pack, printer, cups: "", on: DAY };
    const text = Object.entries(lines).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
    writeFileSync(join(this.home, "settings.toml"), `${text.join("")}demo = true\n${more}`);
  }

  environment() {
    return {
      PATH: process.env.PATH,
      HOME: this.home,
      LANG: "C.UTF-8",
      KAKANAI_HOME: this.home,
      PCSCLITE_CSOCK_NAME: this.socket,
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      GDK_BACKEND: "x11",
      NO_AT_BRIDGE: "1",
      ...(this.display ? { DISPLAY: this.display } : {}),
      ...this.#more,
    };
  }

  async #startDisplay(displays, session) {
    const display = `:${90 + (process.pid % 400)}`;
    const start = (program, args) => this.spawn(program, args);
    if (displays === 2) this.displays = await TwoDisplays.start(start, display, this.folder);
    else await oneDisplay(start, display);
    this.spawn(session, [], { env: { ...this.environment(), DISPLAY: display } });
    return display;
  }

  /**
   * Starts the app under the driver; `traced` notes every network call in `networkLog`, `by` is a program that
   * starts it in its own way.
   */
  async app({ traced = false, by = APP } = {}) {
    const port = await freePort();
    const native = await freePort();
    const start = traced ? this.#tracedStart(port) : by;
    const driver = this.spawn("tauri-driver", ["--port", `${port}`, "--native-port", `${native}`], {
      env: this.environment(),
    });
    await until("the driver", async () => {
      if (driver.failure) throw driver.failure;
      return (await fetch(`http://127.0.0.1:${port}/status`)).ok;
    });
    const session = await Driver.start(port, start);
    const environment = readFileSync(`/proc/${this.appProcess()}/environ`, "utf8").split("\0");
    this.inspector = environment.find((line) => line.startsWith("WEBKIT_INSPECTOR_SERVER=")) ?? "";
    return session;
  }

  /**
   * Keeps a picture of the window `staff` or `resident` as the display shows it. The driver's own picture waits
   * for ever where there is no graphics card.
   */
  picture(window, file) {
    const env = { ...process.env, DISPLAY: this.display };
    execFileSync("import", ["-window", this.#windowId(window), file], { env });
  }

  #windowId(window) {
    const title = { staff: "職員画面", resident: "住民画面" }[window];
    const found = this.#xdotool("search", "--onlyvisible", "--name", title);
    return found.trim().split("\n").at(-1);
  }

  #tracedStart(number) {
    this.networkLog = join(this.folder, `network-${number}.log`);
    const start = join(this.folder, `app-${number}.sh`);
    const strace = `strace -D -f --seccomp-bpf -e trace=connect,bind,listen -o '${this.networkLog}'`;
    writeFileSync(start, `#!/bin/sh\nexec ${strace} '${APP}'\n`);
    chmodSync(start, 0o755);
    return start;
  }

  /** Process ids of the app, its own and those of its web views. */
  appProcesses() {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return (
            readFileSync(`/proc/${pid}/environ`, "utf8").includes(`KAKANAI_HOME=${this.home}`) &&
            /kakanai-app|WebKit/.test(readlinkSync(`/proc/${pid}/exe`)) &&
            !readlinkSync(`/proc/${pid}/exe`).includes("WebKitWebDriver")
          );
        } catch {
          return false;
        }
      })
      .map(Number);
  }

  /** The process id of the app itself. */
  appProcess() {
    return this.appProcesses().find((pid) => readlinkSync(`/proc/${pid}/exe`).includes("kakanai-app"));
  }

  /** What the printer received, oldest first. */
  received() {
    return readdirSync(this.spool)
      .filter((name) => name.endsWith(".pdf"))
      .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
      .map((name) => join(this.spool, name));
  }

  async stop() {
    for (const child of this.#processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) continue;
      const gone = new Promise((done) => child.once("exit", done));
      if (child === this.#devices) child.stdin.end();
      else child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(late);
    }
    for (const pid of this.appProcesses()) process.kill(pid, "SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The text of a PDF without white space. */
export function textOf(pdf) {
  return execFileSync("pdftotext", ["-raw", pdf, "-"], { encoding: "utf8" }).replace(/\s/g, "");
}
