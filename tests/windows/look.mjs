// What is looked at on any screen, inside the page: axe, nothing cut off, nothing to scroll sideways, a ring around
// whatever has the focus.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(fileURLToPath(new URL("../../ui/package.json", import.meta.url)));

/** The source of axe, to be run in the page once. */
export const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** The rules of the web content guidelines 2.2, A and AA, and what axe counts as good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** A script that gives what axe finds, one line for each rule; the last argument is the callback of the driver. */
export const RUN_AXE = `
  const done = arguments[arguments.length - 1];
  axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ["violations"] }).then(
    ({ violations }) => done(violations.map(({ id, nodes }) =>
      id + ": " + nodes.map(({ target, any, all, none }) =>
        target.join(" ") + " " + ([...any, ...all, ...none][0]?.message ?? "")).join(" | "))),
    (error) => done(["axe: " + error]));`;

/** A script that gives what is cut off or sticks out. Readings may be wider than their word; marks for those who hear are not seen. */
export const CUT_OFF = `
  const found = [];
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push("scrolls sideways by " + (scrollWidth - clientWidth));
  const name = (element) => element.closest("[data-testid]")?.dataset.testid ?? element.tagName;
  // What is scrolled to is not cut off.
  const scrolls = (element, frame) => frame && element !== frame
    && (/auto|scroll/.test(getComputedStyle(element).overflowY) || scrolls(element.parentElement, frame));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (text.data.trim() === "" || parent.closest(".unseen, script, style, rt, rp, option, .skip")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.left < -1 || box.right > innerWidth + 1)
      found.push(name(parent) + " sticks out of the window: " + text.data.trim().slice(0, 20));
    const framed = parent.closest("button, label, .notice, .typed, dialog, header, th, td");
    if (scrolls(parent, framed)) continue;
    const frame = framed?.getBoundingClientRect();
    if (frame && (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3))
      found.push(name(parent) + " sticks out of its frame: " + text.data.trim().slice(0, 20));
  }
  return found;`;

/** A script that gives what is touched and smaller than the millimetres in its argument, and what lies closer than the other. */
export const TOUCH = `
  const [least, apart] = arguments;
  const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--mm"));
  const found = [];
  const boxes = [...document.querySelectorAll("button, label:has(input), input:not(label input)")]
    .map((element) => [element, element.getBoundingClientRect(), element.closest(".scroller")?.getBoundingClientRect()])
    .filter(([, box, frame]) => box.width > 0 && (!frame || (box.top >= frame.top && box.bottom <= frame.bottom)));
  const name = ([element]) => element.dataset.testid ?? element.querySelector("input")?.dataset.testid ?? element.textContent;
  for (const each of boxes)
    if (Math.min(each[1].width, each[1].height) < least * mm - 1)
      found.push(name(each) + " is " + Math.round(each[1].width) + "x" + Math.round(each[1].height));
  boxes.forEach((one, place) => boxes.slice(place + 1).forEach((other) => {
    const [a, b] = [one[1], other[1]];
    const x = Math.max(a.left, b.left) - Math.min(a.right, b.right);
    const y = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
    if (x < 0 && y >= 0 && y < apart * mm - 1 || y < 0 && x >= 0 && x < apart * mm - 1)
      found.push(name(one) + " and " + name(other) + " lie " + Math.round(Math.max(x, y)) + " px apart");
  }));
  return found;`;

/** A script that gives what has the focus and whether a ring shows it. */
export const FOCUSED = `
  const active = document.activeElement;
  if (!active || active === document.body) return null;
  const ringed = active.matches("label input") ? active.closest("label") : active;
  const { outlineStyle, outlineWidth } = getComputedStyle(ringed);
  return {
    id: active.dataset.testid ?? active.className,
    ring: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
  };`;

/** A script that gives how much the keyboard has to reach. A group of radio buttons counts once; what leads on goes away at the end. */
export const REACHABLE = `
  const groups = new Set();
  return [...document.querySelectorAll('button:not([data-testid="more"]), input, select, a[href], [tabindex="0"]')]
    .filter((element) => element.getBoundingClientRect().width > 0)
    .filter(({ type, name }) => type !== "radio" || (!groups.has(name) && groups.add(name)))
    .length;`;
