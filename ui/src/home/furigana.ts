/** Readings above kanji. Of the words that begin at a place the longest counts, as the check of the pack reads. */

/** A piece of a text; `reading` stands above it. */
export interface Piece {
  text: string;
  reading?: string;
}

const KANA = /[ぁ-ゖァ-ヺー]/;

/** Words by their first character, the longest first. */
export class Readings {
  readonly #words = new Map<string, [string, string][]>();

  constructor(words: Record<string, string> = {}) {
    for (const [word, reading] of Object.entries(words)) {
      const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
      const list = this.#words.get(first);
      if (list) list.push([word, reading]);
      else this.#words.set(first, [[word, reading]]);
    }
    for (const list of this.#words.values()) list.sort((a, b) => b[0].length - a[0].length);
  }

  /** The pieces of a text; what stands in `spared` (names that people typed) gets no reading of ours. */
  pieces(text: string, spared: readonly string[] = []): Piece[] {
    const pieces: Piece[] = [];
    let plain = "";
    const flush = () => {
      if (plain !== "") pieces.push({ text: plain });
      plain = "";
    };
    for (let at = 0; at < text.length;) {
      const own = spared.find((value) => value !== "" && text.startsWith(value, at));
      const first = String.fromCodePoint(text.codePointAt(at) ?? 0);
      const found =
        own === undefined ? this.#words.get(first)?.find(([word]) => text.startsWith(word, at)) : undefined;
      if (found === undefined) {
        plain += own ?? first;
        at += (own ?? first).length;
        continue;
      }
      const [before, kanji, reading, after] = bare(...found);
      plain += before;
      flush();
      pieces.push({ text: kanji, reading });
      plain = after;
      at += found[0].length;
    }
    flush();
    return pieces;
  }
}

/** A reading stands above the kanji only: the kana around them that word and reading share are taken off. */
function bare(word: string, reading: string): [string, string, string, string] {
  let start = 0;
  while (start < word.length - 1 && word[start] === reading[start] && KANA.test(word[start] ?? ""))
    start += 1;
  let end = 0;
  while (
    end < word.length - start - 1 &&
    end < reading.length - start - 1 &&
    word[word.length - 1 - end] === reading[reading.length - 1 - end] &&
    KANA.test(word[word.length - 1 - end] ?? "")
  )
    end += 1;
  return [
    word.slice(0, start),
    word.slice(start, word.length - end),
    reading.slice(start, reading.length - end),
    word.slice(word.length - end),
  ];
}
