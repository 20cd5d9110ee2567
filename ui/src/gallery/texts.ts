/**
 * The true words for the gallery: those of the national pack, read as it stands in the repository, with the readings
 * that Rust puts in at the counter.
 */
import { Readings } from "../home/furigana";

const TEXTS = import.meta.glob<string>("../../../packs/national/sheets/texts*.csv", {
  query: "?raw",
  import: "default",
});
const READINGS = import.meta.glob<string>("../../../packs/national/sheets/readings.csv", {
  query: "?raw",
  import: "default",
});

/** Rows of a sheet: cells between commas, quoted where they hold one (RFC 4180). */
function rows(sheet: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of sheet.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? "");
    if (end !== ",") rows.push([]);
  }
  return rows;
}

async function all(files: Record<string, () => Promise<string>>): Promise<string[][]> {
  const sheets = await Promise.all(Object.values(files).map((load) => load()));
  return sheets.flatMap(rows);
}

/** Texts by language and id. */
export type Pack = Record<string, Record<string, string>>;

/** The pack's texts in every language; Japanese with readings. */
export async function loadPack(): Promise<Pack> {
  const readings = new Readings(
    Object.fromEntries((await all(READINGS)).map(([word = "", reading = ""]) => [word, reading])),
  );
  const pack: Pack = {};
  for (const [id = "", lang = "", text = ""] of await all(TEXTS)) {
    const read = lang.startsWith("ja")
      ? readings
          .pieces(text)
          .map((piece) => (piece.reading === undefined ? piece.text : `{${piece.text}|${piece.reading}}`))
          .join("")
      : text;
    (pack[lang] ??= {})[id] ??= read;
  }
  return pack;
}

/** The window's own words, by key. */
export const windowWords = (pack: Pack, lang: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(pack[lang] ?? {}).flatMap(([id, text]) =>
      id.startsWith("window.") ? [[id.slice("window.".length), text]] : [],
    ),
  );
