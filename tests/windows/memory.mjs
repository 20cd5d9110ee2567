// What the processes of the app hold in memory, read from the outside as somebody with the machine's disk and
// its root account would: every page that is there, of every mapping that can be read.
import { closeSync, openSync, readFileSync, readSync } from "node:fs";

const PAGE = 4096;
/** Bytes read at a time; a name at a seam is found in the overlap. */
const WINDOW = 16 * 1024 * 1024;

/** The ways a text may lie in memory. */
function encodings(text) {
  return [
    ["UTF-8", Buffer.from(text, "utf8")],
    ["UTF-16", Buffer.from(text, "utf16le")],
  ];
}

/** The parts of a mapping whose pages are there (or swapped out), as [start, end) in bytes. */
function present(pagemap, start, end) {
  const entries = Buffer.alloc(((end - start) / PAGE) * 8);
  const read = readSync(pagemap, entries, 0, entries.length, (start / PAGE) * 8);
  const runs = [];
  for (let at = 0; at + 8 <= read; at += 8) {
    // Bit 63: in memory. Bit 62: swapped out.
    if ((entries[at + 7] & 0xc0) === 0) continue;
    const page = start + (at / 8) * PAGE;
    const last = runs.at(-1);
    if (last !== undefined && last[1] === page) last[1] = page + PAGE;
    else runs.push([page, page + PAGE]);
  }
  return runs;
}

/** Where one of `texts` stands in the memory of a process: `{ pid, text, encoding, mapping, address }`. */
export function find(pid, texts) {
  const wanted = texts.flatMap((text) =>
    encodings(text).map(([encoding, bytes]) => ({ text, encoding, bytes })),
  );
  const overlap = Math.max(...wanted.map(({ bytes }) => bytes.length));
  const found = [];
  const maps = readFileSync(`/proc/${pid}/maps`, "utf8").trim().split("\n");
  const memory = openSync(`/proc/${pid}/mem`, "r");
  const pagemap = openSync(`/proc/${pid}/pagemap`, "r");
  try {
    for (const line of maps) {
      const [range, rights, , , , ...name] = line.split(/\s+/);
      const [start, end] = range.split("-").map((address) => Number.parseInt(address, 16));
      if (!rights.startsWith("r") || name[0] === "[vsyscall]" || name[0] === "[vvar]") continue;
      for (const [from, to] of present(pagemap, start, end)) {
        for (let at = from; at < to; at += WINDOW) {
          const bytes = Buffer.allocUnsafe(Math.min(WINDOW + overlap, to - at));
          let length;
          try {
            length = readSync(memory, bytes, 0, bytes.length, at);
          } catch {
            continue; // The page went away meanwhile.
          }
          const part = bytes.subarray(0, length);
          for (const { text, encoding, bytes: needle } of wanted) {
            for (let hit = part.indexOf(needle); hit !== -1; hit = part.indexOf(needle, hit + 1)) {
              if (hit >= WINDOW) break;
              const mapping = name.join(" ") || "anonymous";
              const around = part.subarray(Math.max(0, hit - 400), hit + 300);
              found.push({ pid, text, encoding, mapping, address: (at + hit).toString(16), around });
            }
          }
        }
      }
    }
  } finally {
    closeSync(memory);
    closeSync(pagemap);
  }
  return found;
}
