/** What the page says: texts of the pack in the language that was chosen, and what is shown beside them. */
import type { Boot, TextVersion, Texts } from "./boot";
import { plainTag, showDay, today } from "./days";
import { Readings } from "./furigana";

/** Each language in its own words; one that is not listed here stands under its tag. */
export const OWN_NAMES: Record<string, string> = {
  ja: "日本語",
  "ja-x-easy": "やさしい日本語",
  en: "English",
  "zh-Hans": "简体中文",
  ko: "한국어",
  vi: "Tiếng Việt",
  "pt-BR": "Português (Brasil)",
  fil: "Filipino",
  ne: "नेपाली",
};

/** Words ready to be shown. */
export interface Said {
  text: string;
  /** For the `lang` attribute. */
  lang: string;
  /** The Japanese, where what is shown is a translation that no native reader has checked. */
  beneath: string | null;
  /** What people typed, inside the text. */
  values: string[];
}

/** A value that is worded in the chosen language and in Japanese. */
interface Worded {
  own: string;
  japanese: string;
}
export type Values = Record<string, string | number | Worded>;

const CHECKED = ["author", "native-checked"];

const holds = (version: TextVersion, on: string) =>
  (version.from === undefined || version.from <= on) && (version.until === undefined || on <= version.until);

const worded = (value: Values[string], japanese: boolean) =>
  typeof value !== "object" ? String(value) : japanese ? value.japanese : value.own;

function fill(text: string, values: Values, japanese: boolean): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : worded(value, japanese);
  });
}

class Words {
  lang = $state("ja");
  furigana = $state(false);
  readings = $state.raw(new Readings());
  #texts = $state.raw<Record<string, Texts>>({});
  #first: Boot["first"] = {};

  /** The texts that stand in the page, before the others come. */
  begin(boot: Boot) {
    this.#first = boot.first;
  }

  has(lang: string): boolean {
    return this.#texts[lang] !== undefined;
  }

  add(lang: string, texts: Texts) {
    this.#texts = { ...this.#texts, [lang]: texts };
  }

  /** The languages whose texts are there. */
  get languages(): string[] {
    return Object.keys(this.#texts);
  }

  texts(lang: string): Texts {
    return this.#texts[lang] ?? {};
  }

  choose(lang: string) {
    this.lang = lang;
    this.furigana = lang === "ja-x-easy";
  }

  get isJapanese() {
    return this.lang.startsWith("ja");
  }

  /** Whether the page has words under an id. */
  knows(id: string): boolean {
    return this.#find("ja", id) !== undefined;
  }

  /** Words of the page in the language that was chosen, else in Japanese. */
  say(id: string, values: Values = {}): Said {
    const japanese = this.#find("ja", id);
    const own = this.#find(this.lang, id);
    const found = own ?? japanese;
    const isDraft =
      own !== undefined && own.text !== japanese?.text && !CHECKED.includes(own.origin ?? "machine-draft");
    return {
      text: fill(found?.text ?? id, values, own === undefined),
      lang: plainTag(own === undefined ? "ja" : this.lang),
      beneath: isDraft && japanese !== undefined ? fill(japanese.text, values, true) : null,
      values: Object.values(values).map((value) => worded(value, own === undefined)),
    };
  }

  /** The text alone: titles, names for those who hear the page. */
  plain(id: string, values: Values = {}): string {
    return this.say(id, values).text;
  }

  /**
   * What the rules said in the chosen language, with the same in Japanese. `id` is the text's own, if it is known:
   * its origin decides whether the Japanese has to stand beneath.
   */
  pair(text: string, japanese: string | undefined, id: string | null, values: string[] = []): Said {
    const same = text === japanese || this.lang === "ja";
    const own = id === null ? undefined : this.#find(this.lang, id);
    const checked = own !== undefined && CHECKED.includes(own.origin ?? "machine-draft");
    return {
      text,
      lang: plainTag(same ? "ja" : this.lang),
      beneath: same || checked || japanese === undefined ? null : japanese,
      values,
    };
  }

  /** Several names as one list. */
  list(names: string[], lang = this.lang): string {
    return new Intl.ListFormat([plainTag(lang), "ja"], { type: "conjunction", style: "narrow" }).format(
      names,
    );
  }

  /** A day, as a value of a text. */
  day(iso: string): Worded {
    return { own: showDay(iso, this.lang), japanese: showDay(iso, "ja") };
  }

  /** The words of several ids as one list, as a value of a text. */
  listOf(ids: string[]): Worded {
    const of = (lang: string) =>
      this.list(
        ids.map((id) => (this.#find(lang, id) ?? this.#find("ja", id))?.text ?? id),
        lang,
      );
    return { own: of(this.lang), japanese: of("ja") };
  }

  /** Text that people typed. */
  typed(text: string): Said {
    return { text, lang: "ja", beneath: null, values: [text] };
  }

  #find(lang: string, id: string): TextVersion | undefined {
    const versions = this.#texts[lang]?.[id];
    const first = this.#first[lang]?.[id];
    if (versions === undefined || versions.length === 0) {
      return first === undefined
        ? undefined
        : { text: first, origin: lang === "ja" ? "author" : "machine-draft" };
    }
    return versions.find((version) => holds(version, today())) ?? versions.at(-1);
  }
}

export const words = new Words();
