/**
 * Keeping answers beyond the page: in this browser, only when the resident said so and until a day that is told;
 * or in a file that only the resident's own pass phrase opens. Nothing else of the page is ever kept.
 */
import type { Answers } from "./answers";
import { later } from "./days";

/** How long this browser keeps answers. */
export const KEPT_DAYS = 30;
/** The shortest pass phrase. */
export const SHORTEST = 10;
/** As OWASP counts for PBKDF2 with SHA-256. */
const ROUNDS = 600_000;
const MAX_ROUNDS = 5_000_000;
const FORMAT = "kakanai home 1";

/** Answers as they are kept. */
export interface Kept {
  format: typeof FORMAT;
  /** The municipality they were meant for. */
  town: string;
  lang: string;
  saved: string;
  /** The last day on which this browser still has them. */
  until: string;
  answers: Answers;
}

export function kept(answers: Answers, town: string, lang: string, on: string): Kept {
  return { format: FORMAT, town, lang, saved: on, until: later(on, KEPT_DAYS), answers };
}

/** Reads what was kept; `null` for anything else. What the answers are worth is asked of the rules. */
export function readKept(text: string): Kept | null {
  try {
    const kept = JSON.parse(text) as Partial<Kept> | null;
    const { answers } = kept ?? {};
    const lists = [answers?.people, answers?.given, answers?.aside];
    if (kept?.format !== FORMAT || !lists.every(Array.isArray) || typeof kept.until !== "string") return null;
    return kept as Kept;
  } catch {
    return null;
  }
}

/** What this browser keeps, in a storage that may be missing, full or forbidden. */
export class Shelf {
  readonly #key: string;

  constructor(town: string) {
    this.#key = `kakanai-${town}`;
  }

  /** Whether it was kept. */
  put(kept: Kept): boolean {
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  /** What is kept and has not expired; what has is deleted. */
  look(on: string): Kept | null {
    try {
      const text = localStorage.getItem(this.#key);
      const found = text === null ? null : readKept(text);
      if (text !== null && (found === null || found.until < on)) this.clear();
      return found !== null && found.until >= on ? found : null;
    } catch {
      return null;
    }
  }

  clear() {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // A storage that cannot be reached keeps nothing either.
    }
  }
}

interface Sealed {
  kakanai: typeof FORMAT;
  rounds: number;
  salt: string;
  iv: string;
  data: string;
}

const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** Pass phrases that look the same are the same. */
async function keyOf(phrase: string, salt: BufferSource, rounds: number, use: KeyUsage) {
  const bytes = new TextEncoder().encode(phrase.normalize("NFKC"));
  const base = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, [use]);
}

/** Whether this browser can make and open such files: it cannot on an address without https. */
export const canSeal = () => (globalThis.crypto as Crypto | undefined)?.subtle !== undefined;

/** The text of a file that only the pass phrase opens. */
export async function sealFile(kept: Kept, phrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOf(phrase, salt, ROUNDS, "encrypt");
  const plain = new TextEncoder().encode(JSON.stringify(kept));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  const sealed: Sealed = {
    kakanai: FORMAT,
    rounds: ROUNDS,
    salt: toBase64(salt),
    iv: toBase64(iv),
    data: toBase64(new Uint8Array(data)),
  };
  return JSON.stringify(sealed);
}

export type Opened = { kept: Kept } | { fault: "foreign" | "wrong" };

/** Opens such a file. A file of something else is `foreign`; a wrong pass phrase and a damaged file look alike. */
export async function openFile(text: string, phrase: string): Promise<Opened> {
  let sealed: Partial<Sealed> | null;
  try {
    sealed = JSON.parse(text) as Partial<Sealed> | null;
  } catch {
    return { fault: "foreign" };
  }
  const { rounds, salt, iv, data } = sealed ?? {};
  const isOurs = sealed?.kakanai === FORMAT && salt !== undefined && iv !== undefined && data !== undefined;
  if (!isOurs || rounds === undefined || !(rounds >= 1 && rounds <= MAX_ROUNDS)) return { fault: "foreign" };
  try {
    const key = await keyOf(phrase, fromBase64(salt), rounds, "decrypt");
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(iv) }, key, fromBase64(data));
    const found = readKept(new TextDecoder().decode(plain));
    return found === null ? { fault: "foreign" } : { kept: found };
  } catch {
    return { fault: "wrong" };
  }
}
