// The quick card (docs/manual/quick-card.ja.md) as what it says to do: every bold phrase of a numbered step is one
// thing that somebody does, in the fixed notation below. A phrase in no notation is a fault of the card.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./bench.mjs";

export const CARD = join(ROOT, "docs/manual/quick-card.ja.md");

const QUOTED = /「([^」]+)」/g;
const quoted = (text) => [...text.matchAll(QUOTED)].map(([, words]) => words);

/** The notations, the first that fits: what is done, and with what. */
const NOTATIONS = [
  [/^カードをリーダーに置く$/, () => ({ kind: "lay" })],
  [
    /^住民画面(?:で|の)(?:「[^」]+」)+を押す$/,
    (text) => ({ kind: "press", window: "resident", words: quoted(text) }),
  ],
  [
    /^住民画面に「[^」]+」と出るまで待つ$/,
    (text) => ({ kind: "wait", window: "resident", words: quoted(text) }),
  ],
  [/^「[^」]+」と出るまで待つ$/, (text) => ({ kind: "wait", window: "staff", words: quoted(text) })],
  [
    /^「[^」]+」に「[^」]+」と入力する$/,
    (text) => {
      const [field, value] = quoted(text);
      return { kind: "type", window: "staff", field, value };
    },
  ],
  [/^(?:「[^」]+」)+を(?:押す|選ぶ)$/, (text) => ({ kind: "press", window: "staff", words: quoted(text) })],
  [/^([0-9]|Enter|Tab) キーを押す$/, (text) => ({ kind: "key", window: "staff", key: text.split(" ")[0] })],
];

function action(text) {
  for (const [notation, make] of NOTATIONS) if (notation.test(text)) return make(text);
  throw new Error(`the quick card says what nobody can follow: ${text}`);
}

/** The steps of the card in order, each with its number, its words and its actions. */
export function steps(page = readFileSync(CARD, "utf8")) {
  const found = [];
  for (const line of page.split("\n")) {
    const numbered = /^(\d+)\. (.*)$/.exec(line);
    if (numbered === null) continue;
    const [, number, text] = numbered;
    const actions = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, bold]) => action(bold));
    found.push({ number: Number(number), text, actions });
  }
  return found;
}

/** The pictures that the card shows, by their names. */
export const shown = (page = readFileSync(CARD, "utf8")) =>
  new Set([...page.matchAll(/\/pictures\/([^)]+)\.png/g)].map(([, name]) => name));

/**
 * Finds what can be pressed or typed into by the words that stand on it: gives its test id, or null. Readings, key
 * marks and words for screen readers alone are not what stands there.
 */
export const BY_WORDS = `
  const [words, kind] = arguments;
  const plain = (text) => text.normalize("NFKC").replace(/\\s/g, "");
  const says = (element) => {
    const copy = element.cloneNode(true);
    for (const other of copy.querySelectorAll("rt, rp, kbd, .unseen, [aria-hidden=true]")) other.remove();
    return plain(copy.textContent);
  };
  const shown = (element) => element.getClientRects().length > 0;
  const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const all = [...top.querySelectorAll(kind === "field" ? "label" : "button, summary, label:has(input[type=radio], input[type=checkbox])")];
  const fits = all.filter((element) => shown(element) && says(element).includes(plain(words)));
  const exact = fits.filter((element) => says(element) === plain(words));
  const found = exact[0] ?? fits[0];
  if (!found) return null;
  const target = found.matches("label") ? (found.control ?? found) : found;
  return target.dataset.testid ?? null;`;

/** Whether words stand on the window. */
export const STANDS = `
  const plain = (text) => text.normalize("NFKC").replace(/\\s/g, "");
  const body = document.body.cloneNode(true);
  for (const other of body.querySelectorAll("rt, rp")) other.remove();
  return plain(body.textContent).includes(plain(arguments[0]));`;
