/**
 * What stands in the page itself, and the files it names. The bootstrap makes the first question answerable before
 * any of the files is there. Nothing is ever asked of another server.
 */

/** A text of a pack in one language; of its versions the one counts that holds on the day. */
export interface TextVersion {
  text: string;
  origin?: string;
  from?: string;
  until?: string;
}
export type Texts = Record<string, TextVersion[]>;

/** The JSON in `<script id="kakanai">`, written by `kakanai prefill page`. */
export interface Boot {
  /** Places of the files, relative to the page. */
  files: {
    engine: string;
    pack: string;
    texts: Record<string, string>;
    readings: string;
    postal: string;
  };
  /** `hash`: the first 4 bytes of the SHA-256 of the full compiled pack, in hex. */
  pack: { id: string; version: number; hash: string };
  municipality: { code: string; name: string };
  /** The municipality's public key, in hex. */
  key: string;
  url?: string;
  langs: string[];
  /** Per language: the texts that are needed before the pack is there, by id. */
  first: Record<string, Record<string, string>>;
  /** The first question, as the engine asks it in Japanese. */
  question?: unknown;
  /** The files themselves, by their place, where all is one file: base64 or JSON. */
  inline?: Record<string, unknown>;
}

/** The bootstrap of this page. */
export function readBoot(): Boot {
  const boot = JSON.parse(document.getElementById("kakanai")?.textContent ?? "null") as Boot | null;
  if (boot === null) throw new Error("the page has no bootstrap");
  return boot;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text);
  const bytes = new Uint8Array(plain.length);
  for (let at = 0; at < plain.length; at += 1) bytes[at] = plain.charCodeAt(at);
  return bytes;
}

/** Files of the page: from itself where they stand in it, else from beside it. */
export class Files {
  readonly #inline: Record<string, unknown>;

  constructor(boot: Boot) {
    this.#inline = boot.inline ?? {};
  }

  async bytes(place: string): Promise<ArrayBuffer> {
    const inline = this.#inline[place];
    if (typeof inline === "string") return fromBase64(inline).buffer;
    return (await this.#get(place)).arrayBuffer();
  }

  async json(place: string): Promise<unknown> {
    const inline = this.#inline[place];
    if (typeof inline === "string") return JSON.parse(new TextDecoder().decode(fromBase64(inline)));
    if (inline !== undefined) return inline;
    return (await this.#get(place)).json();
  }

  async #get(place: string): Promise<Response> {
    const response = await fetch(place, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!response.ok) throw new Error(`${place}: ${response.status}`);
    return response;
  }
}
