// The other side of the module's exports, for pages and for Node.

const CALLS = ["pack_load", "determine", "questions", "question", "prefill_encode"];

/**
 * One instance of the module. When `call` throws a `WebAssembly.RuntimeError` the module has a fault: open
 * another instance and load the pack again. Everything else that is wrong is an answer `{"error":{…}}`.
 */
export class Engine {
  #exports;

  /** @param {BufferSource} bytes the module; one that imports anything is refused */
  static async open(bytes) {
    const module = await WebAssembly.compile(bytes);
    const imports = WebAssembly.Module.imports(module);
    if (imports.length > 0) {
      throw new Error(
        `the module imports ${imports.map((each) => `${each.module}.${each.name}`).join(", ")}`,
      );
    }
    return new Engine(await WebAssembly.instantiate(module, {}));
  }

  constructor(instance) {
    this.#exports = instance.exports;
  }

  /**
   * Calls an export.
   * @param {"pack_load" | "determine" | "questions" | "question" | "prefill_encode"} name
   * @param {Uint8Array} request JSON in UTF-8
   * @returns {Uint8Array} JSON in UTF-8
   */
  call(name, request) {
    if (!CALLS.includes(name)) throw new TypeError(`there is no call ${name}`);
    const { alloc, free, memory } = this.#exports;
    // WebAssembly has signed numbers only.
    const room = alloc(request.length) >>> 0;
    if (room === 0) throw new RangeError("no memory for the request");
    new Uint8Array(memory.buffer, room, request.length).set(request);
    const place = BigInt.asUintN(64, this.#exports[name](room, request.length));
    const [pointer, length] = [Number(place >> 32n), Number(place & 0xffffffffn)];
    // The memory may have grown, and then its buffer is another one.
    const answer = new Uint8Array(memory.buffer, pointer, length).slice();
    free(pointer);
    return answer;
  }

  /** @returns {object} what {@link call} answers, parsed; `request` is a text of JSON or what becomes one */
  ask(name, request) {
    const text = typeof request === "string" ? request : JSON.stringify(request);
    return JSON.parse(new TextDecoder().decode(this.call(name, new TextEncoder().encode(text))));
  }
}
