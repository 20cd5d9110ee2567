/** One instance of the module; see `engine.mjs`. */
export declare class Engine {
  static open(bytes: BufferSource): Promise<Engine>;
  call(name: string, request: Uint8Array): Uint8Array;
  ask(name: string, request: string | object): unknown;
}
