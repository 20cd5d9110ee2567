/** The codes and the list of what to bring as one picture, for the phone's album. */
import { QUIET, isDark, width } from "./codes";
import { plainTag, showDay } from "./days";
import type { Result } from "./result";
import type { Sheet, Visit } from "./visit.svelte";
import { words } from "./words.svelte";

/** Pixels across: as wide as most phones, so that a code fills the screen. */
const WIDTH = 1080;
const MARGIN = 60;
const LINE = 56;

/** Breaks a text into lines that fit, between words where it has any. */
export function fold(text: string, most: number, measure: (text: string) => number, lang: string): string[] {
  const segments =
    "Segmenter" in Intl
      ? new Intl.Segmenter(lang, { granularity: "word" }).segment(text)
      : Array.from(text, (segment) => ({ segment }));
  const lines: string[] = [];
  let line = "";
  for (const { segment } of segments) {
    if (line !== "" && measure(line + segment) > most) {
      lines.push(line.trimEnd());
      line = segment.trimStart();
    } else {
      line += segment;
    }
  }
  return line === "" ? lines : [...lines, line];
}

type Block = { code: Sheet["phone"]["codes"][number]; label: string } | { text: string; bold: boolean };

function blocks(sheet: Sheet, result: Result, visit: Visit): Block[] {
  const town = visit.boot.municipality.name;
  const text = (text: string, bold = false): Block => ({ text, bold });
  const n = sheet.phone.codes.length;
  const who = (ids: string[]) =>
    ids.length === 0
      ? words.plain("page.result.bring.visitor")
      : words.list(ids.map((id) => visit.callPerson(id)));
  return [
    text(words.plain("page.paper.heading", { town }), true),
    text(words.plain("page.codes.all", { n })),
    text(words.plain("page.codes.until", { date: showDay(sheet.until, words.lang) })),
    ...sheet.phone.codes.map((code, place): Block => ({ code, label: `${place + 1}/${n}` })),
    text(words.plain("page.result.bring"), true),
    ...result.bring.map((thing) => text(`・${thing.text}（${who(thing.who)}）`)),
  ];
}

/** Draws the picture; a code takes whole pixels for each module, so that its edges are sharp. */
export function draw(canvas: HTMLCanvasElement, sheet: Sheet, result: Result, visit: Visit) {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  const lang = plainTag(words.lang);
  const family = getComputedStyle(document.body).fontFamily;
  const font = (bold: boolean) => `${bold ? "bold " : ""}38px ${family}`;
  const laid = blocks(sheet, result, visit).map((block) => {
    if ("code" in block) {
      const module = Math.floor(WIDTH / width(block.code));
      return { block, lines: [] as string[], module, height: module * width(block.code) + 2 * LINE };
    }
    context.font = font(block.bold);
    const lines = fold(block.text, WIDTH - 2 * MARGIN, (line) => context.measureText(line).width, lang);
    return { block, lines, module: 0, height: lines.length * LINE + (block.bold ? 40 : 12) };
  });
  canvas.width = WIDTH;
  canvas.height = MARGIN * 2 + laid.reduce((sum, { height }) => sum + height, 0);
  canvas.lang = lang;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  context.textBaseline = "top";
  let y = MARGIN;
  for (const { block, lines, module, height } of laid) {
    if ("code" in block) {
      const left = Math.floor((WIDTH - module * width(block.code)) / 2);
      for (let row = 0; row < block.code.size; row += 1)
        for (let column = 0; column < block.code.size; column += 1)
          if (isDark(block.code, row, column))
            context.fillRect(left + (column + QUIET) * module, y + (row + QUIET) * module, module, module);
      context.font = font(true);
      context.textAlign = "center";
      context.fillText(block.label, WIDTH / 2, y + module * width(block.code));
      context.textAlign = "left";
    } else {
      context.font = font(block.bold);
      lines.forEach((line, place) =>
        context.fillText(line, MARGIN, y + (block.bold ? 24 : 0) + place * LINE),
      );
    }
    y += height;
  }
}

/** Hands a file to the browser to be kept. */
export function download(blob: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export async function savePicture(sheet: Sheet, result: Result, visit: Visit) {
  const canvas = document.createElement("canvas");
  draw(canvas, sheet, result, visit);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob !== null) download(blob, `kakanai-qr-${sheet.made}.png`);
}
