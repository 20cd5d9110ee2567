// Displays without hardware: Xvfb for one, Xorg with its dummy driver for two that can be unplugged.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./driver.mjs";

export const WIDTH = 1280;
export const HEIGHT = 900;

const CONFIGURATION = `
Section "Device"
  Identifier "device"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
  Modeline "${WIDTH}x${HEIGHT}" 92.75 1280 1352 1480 1680 900 903 913 934
EndSection
Section "Screen"
  Identifier "screen"
  Device "device"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Modes "${WIDTH}x${HEIGHT}"
    Virtual ${2 * WIDTH} ${HEIGHT}
  EndSubSection
EndSection
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
EndSection
`;

const MODE = `${WIDTH}x${HEIGHT}`;
const PLACES = { staff: "0x0", resident: `${WIDTH}x0` };
const OUTPUTS = { staff: "DUMMY0", resident: "DUMMY1" };

async function ready(display) {
  await until("the virtual display", () => {
    execFileSync("xdpyinfo", ["-display", display], { stdio: "ignore" });
    return true;
  });
}

/** One display; `start` starts a program of the bench. */
export async function oneDisplay(start, display) {
  start("Xvfb", [display, "-screen", "0", "2304x900x24", "-nolisten", "tcp"]);
  await ready(display);
}

/** Two displays side by side, the staff's and the resident's. */
export class TwoDisplays {
  #display;

  constructor(display) {
    this.#display = display;
  }

  static async start(start, display, folder) {
    const file = join(folder, "xorg.conf");
    writeFileSync(file, CONFIGURATION);
    const log = join(folder, "xorg.log");
    const terminal = `vt${7 + (process.pid % 50)}`;
    start("Xorg", [
      display,
      ...["-config", file, "-logfile", log, "-noreset", "-novtswitch", "-sharevts", terminal],
      ...["-nolisten", "tcp"],
    ]);
    await ready(display);
    const displays = new TwoDisplays(display);
    displays.#xrandr("--addmode", OUTPUTS.resident, MODE);
    displays.plug("staff", "resident");
    return displays;
  }

  #xrandr(...args) {
    return execFileSync("xrandr", args, {
      env: { ...process.env, DISPLAY: this.#display },
      encoding: "utf8",
    });
  }

  /** Says how wide the resident's display is, as the EDID of a real one does; nothing: as before. */
  tellWidth(millimetres) {
    if (millimetres === undefined) return this.#xrandr("--delmonitor", "measured");
    const height = Math.round((millimetres * HEIGHT) / WIDTH);
    const monitor = `${WIDTH}/${millimetres}x${HEIGHT}/${height}+${WIDTH}+0`;
    return this.#xrandr("--setmonitor", "measured", monitor, OUTPUTS.resident);
  }

  /** Leaves exactly these displays connected, of `staff` and `resident`. */
  plug(...names) {
    const args = Object.entries(OUTPUTS).flatMap(([name, output]) =>
      names.includes(name)
        ? [
            "--output",
            output,
            "--mode",
            MODE,
            "--pos",
            PLACES[name],
            ...(name === "staff" ? ["--primary"] : []),
          ]
        : ["--output", output, "--off"],
    );
    this.#xrandr(...args);
    // GTK sees a monitor only after somebody has asked for the list.
    return this.#xrandr("--listmonitors");
  }
}
