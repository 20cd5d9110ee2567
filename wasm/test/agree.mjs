// The module answers what the native rules answer, byte for byte:
//   cargo run -p kakanai-wasm --example answers -- PACK.json | node wasm/test/agree.mjs MODULE.wasm
// Ends with 1 at the first difference.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import { Engine } from "../engine.mjs";

const EXPORTS = [
  "alloc",
  "determine",
  "free",
  "memory",
  "pack_load",
  "prefill_encode",
  "question",
  "questions",
];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

function fail(text) {
  console.error(`agree: ${text}`);
  process.exit(1);
}

function expect(what, found, wanted) {
  if (found !== wanted) fail(`${what}: ${found} instead of ${wanted}`);
}

/** What no request can say: pointers that are none, bytes that are no text, buffers that are not given back. */
function misuse(exports) {
  const { alloc, free, determine, memory } = exports;
  const code = (place) => {
    const [pointer, length] = [Number(BigInt.asUintN(64, place) >> 32n), Number(place & 0xffffffffn)];
    const answer = new TextDecoder("utf-8", { fatal: true }).decode(
      new Uint8Array(memory.buffer, pointer, length),
    );
    free(pointer);
    return JSON.parse(answer).error?.code;
  };
  for (const [pointer, length] of [
    [0, 0],
    [4, 8],
    [-1, -1],
    [0x7fffffff, 1],
    [0x80000000, 0x80000000],
  ]) {
    free(pointer);
    expect(`determine(${pointer}, ${length})`, code(determine(pointer, length)), "buffer-unknown");
  }
  const short = alloc(8);
  expect("a length beyond the buffer", code(determine(short, 9)), "buffer-unknown");
  expect("a buffer used twice", code(determine(short, 8)), "buffer-unknown");
  const bytes = alloc(3);
  new Uint8Array(memory.buffer, bytes, 3).set([0x22, 0xff, 0x22]);
  expect("bytes that are no text", code(determine(bytes, 3)), "pack-missing");
  for (const length of [-1, 0x80000000, 0x7fffffff, 1 << 25]) expect(`alloc(${length})`, alloc(length), 0);
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 100; round += 1) {
    for (const room of [alloc(1 << 20), alloc(1 << 10)]) free(room);
  }
  expect("growth by buffers that were given back", memory.buffer.byteLength - before <= 2 << 20, true);
}

const path = process.argv[2];
if (!path) fail("usage: agree.mjs MODULE.wasm < ANSWERS");
const bytes = readFileSync(path);
const module = new WebAssembly.Module(bytes);
expect("imports", JSON.stringify(WebAssembly.Module.imports(module)), "[]");
const exported = WebAssembly.Module.exports(module).map((each) => each.name);
expect(
  "exports",
  exported
    .filter((name) => !name.startsWith("__"))
    .sort()
    .join(),
  EXPORTS.join(),
);
misuse(new WebAssembly.Instance(module, {}).exports);

const engine = await Engine.open(bytes);
const times = { pack_load: [], determine: [], questions: [], question: [], prefill_encode: [] };
let [made, counted] = [0, undefined];
for await (const line of createInterface({ input: process.stdin })) {
  const { call, request, answer, count } = JSON.parse(line);
  if (count !== undefined) {
    counted = count;
    continue;
  }
  const sent = Buffer.from(request);
  const start = performance.now();
  const found = engine.call(call, sent);
  times[call].push(performance.now() - start);
  made += 1;
  const wanted = Buffer.from(answer);
  if (!wanted.equals(found)) {
    const at = wanted.findIndex((byte, index) => byte !== found[index]);
    const from = Math.max(0, (at < 0 ? wanted.length : at) - 100);
    const near = (bytes) => Buffer.from(bytes.slice(from, from + 200));
    fail(`${call} ${request}\nbyte ${at}, native: ${near(wanted)}\nbyte ${at}, module: ${near(found)}`);
  }
}
expect("answers of the native program (it must have ended well)", made, counted);

const speed = ["determine", "questions", "prefill_encode"]
  .map((call) => `${call} ${median(times[call]).toFixed(2)} ms`)
  .join(", ");
const size = `${Math.ceil(bytes.length / 1024)} KiB, gzip ${Math.ceil(gzipSync(bytes, { level: 9 }).length / 1024)} KiB`;
console.log(`agree: ${made} answers are the same byte for byte (${speed}; module ${size})`);
