/** The window's own words out of the view, in its language with the Japanese beside. */
import type { ResidentView } from "../door/generated/door";
import { fill, plain, type Said } from "../design/said";
import { RESIDENT, type ResidentKey } from "../words/resident";

export type SayIt = (key: ResidentKey, values?: Record<string, string | number>) => Said;

/** What a view needs to have for its words. */
export type Worded = Pick<ResidentView, "lang" | "texts" | "texts_ja" | "draft">;

export const isJapanese = (lang: string) => lang.startsWith("ja");

/** Words of the window by key. A key without words in its language is said in Japanese alone. */
export function wordsOf(view: Worded): SayIt {
  return (key, values = {}) => {
    const own = view.texts[key];
    const ja = fill(view.texts_ja[key] ?? RESIDENT[key], values);
    if (own === undefined) return { text: ja, lang: "ja", ja: null, draft: false };
    return pair(view, fill(own, values), ja);
  };
}

/** What the rules say, in the window's language; an empty Japanese text means that there is no other. */
export function pair(view: Pick<Worded, "lang" | "draft">, text: string, ja: string): Said {
  const lone = isJapanese(view.lang) || ja === "" || plain(ja) === plain(text);
  return { text, lang: view.lang, ja: lone ? null : ja, draft: view.draft && !lone };
}
