/** From a postal code to the beginning of an address, offline. */
import type { Files } from "./boot";
import { type Dictionary, lookUp } from "./dictionary";

/** A postal code as seven digits, or `null`. */
export function readPostal(text: string): string | null {
  const digits = text.normalize("NFKC").replace(/[\s〒‐-―ー−-]/g, "");
  return /^\d{7}$/.test(digits) ? digits : null;
}

/** Addresses by postal code; the dictionary is fetched when the first is asked for. */
export class Postal {
  #dictionary: Promise<Dictionary> | null = null;

  constructor(
    private readonly files: Files,
    private readonly place: string,
  ) {}

  /** Fetches the dictionary; after a failure the next call tries again. */
  load(): Promise<Dictionary> {
    this.#dictionary ??= (this.files.json(this.place) as Promise<Dictionary>).catch((error: unknown) => {
      this.#dictionary = null;
      throw error;
    });
    return this.#dictionary;
  }

  /** The towns of a postal code, each as an address begins. */
  async find(code: string): Promise<string[]> {
    return lookUp(await this.load(), code);
  }
}
