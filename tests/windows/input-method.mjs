// Japanese input as on a terminal: fcitx5 with mozc on a session bus of an ordinary user, because mozc refuses
// root. The settings are those of packaging/kiosk.
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { APP, ROOT } from "./bench.mjs";
import { until } from "./driver.mjs";

/** `nobody`, there on every machine. */
const USER = 65534;

function give(path) {
  chownSync(path, USER, USER);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) give(inside);
    else chownSync(inside, USER, USER);
  }
}

/**
 * Starts the input method on the bench's display. Gives the program that starts the app as the ordinary user, and
 * the folder in which mozc keeps its files.
 */
export async function startInputMethod(bench) {
  const { folder, home } = bench;
  const run = join(folder, "run");
  mkdirSync(run, { mode: 0o700 });
  // The ordinary user may not be able to read the place this repository lies in.
  const [program, settle] = [join(folder, "kakanai-app"), join(folder, "prepare-input")];
  cpSync(APP, program);
  cpSync(join(ROOT, "packaging/kiosk/prepare-input"), settle);
  chmodSync(folder, 0o711);
  bench.pack();
  bench.settings({ pack: join(folder, "pack.json") });
  for (const path of [run, home]) give(path);

  const bus = join(run, "bus");
  const session = {
    HOME: home,
    XDG_RUNTIME_DIR: run,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}`,
    GTK_IM_MODULE: "fcitx",
    XMODIFIERS: "@im=fcitx",
    KAKANAI_KEYBOARD: "us",
  };
  const env = { ...bench.environment(), ...session };
  const user = { env, uid: USER, gid: USER, cwd: home };
  execFileSync(settle, user);
  bench.spawn("dbus-daemon", ["--session", "--nofork", `--address=unix:path=${bus}`], user);
  const onBus = (...words) =>
    execFileSync("dbus-send", ["--session", "--print-reply", ...words], { ...user, stdio: "pipe" });
  const names = ["--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames"];
  await until("the session bus", () => onBus(...names));
  bench.spawn("fcitx5", ["--disable", "clipboard,quickphrase,unicode,wayland"], user);
  await until("the input method", () => onBus(...names).includes("org.fcitx.Fcitx5"));

  const start = join(folder, "app-as-user.sh");
  const variables = Object.entries(session).map(([name, value]) => `${name}='${value}'`);
  writeFileSync(
    start,
    `#!/bin/sh\ncd '${home}'\nexec setpriv --reuid=${USER} --regid=${USER} --clear-groups env ${variables.join(" ")} '${program}'\n`,
  );
  chmodSync(start, 0o755);
  return { start, kept: join(home, ".config/mozc") };
}
