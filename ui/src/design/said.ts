/** Words ready to be shown in the language of whoever reads them. */

export interface Said {
  /** May carry readings, `{漢字|かな}`. */
  text: string;
  /** Language tag of the text, `ja-x-easy`, `vi`. */
  lang: string;
  /** The same in Japanese, where the language is another. */
  ja: string | null;
  /** Nobody who speaks the language has checked it (参考訳). */
  draft: boolean;
}

/** The tag for the `lang` attribute: easy Japanese is Japanese to those who choose glyphs and voices. */
export const plainTag = (lang: string) => (lang.startsWith("ja") ? "ja" : lang);

/** Words in Japanese that need no second line. */
export const japanese = (text: string): Said => ({ text, lang: "ja", ja: null, draft: false });

const READING = /\{([^{}|]*)\|[^{}]*\}/g;

/** The text without readings: for accessible names and titles. */
export const plain = (text: string) => text.replace(READING, "$1");

/** Puts values into the places `{name}` of a text; a reading `{漢字|かな}` is no such place. */
export const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
