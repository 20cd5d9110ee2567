// Walks over a page with the keys alone: Tab reaches whatever can be used, arrows the rest of a group; a ring shows where
// one is, and nothing lies over it.

/**
 * Counts the stops of Tab and notes from here on what is reached: gives how many stops there are. An open dialog is the
 * whole page; a group of radio buttons is one stop; what is moved to by arrows has one stop in its group.
 */
const BEGIN = `
  const page = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && element.getClientRects().length > 0;
  const groups = new Set();
  const isStop = (element) => {
    if (element.matches(":disabled, [tabindex='-1']") || !shown(element)) return false;
    if (element.type !== "radio") return true;
    const alike = groups.has(element.name);
    groups.add(element.name);
    return !alike;
  };
  const stops = [...page.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(isStop);
  const byArrows = [...page.querySelectorAll("button[tabindex='-1'], div.cell[tabindex='-1']")].filter(shown);
  const isRinged = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  };
  const walk = { before: document.activeElement, at: [scrollX, scrollY], stops, byArrows, reached: new Set(), ringless: new Set(), hidden: new Set() };
  walk.note = ({ target }) => {
    walk.reached.add(target);
    if (![target, target.closest("label") ?? target].some(isRinged)) walk.ringless.add(target);
  };
  const owner = (element) => element?.closest("label") ?? element;
  // Before the next key: by then what has the focus was scrolled to.
  walk.look = () => {
    const element = owner(document.activeElement);
    if (!walk.reached.has(document.activeElement) || element === document.body) return;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const points = [[(left + right) / 2, (top + bottom) / 2], [left + 3, top + 3], [right - 3, bottom - 3]];
    const isSeen = ([x, y]) => element.contains(document.elementFromPoint(x, y));
    if (!points.some(isSeen)) walk.hidden.add(document.activeElement);
  };
  addEventListener("focusin", walk.note, true);
  addEventListener("keydown", walk.look, true);
  window.walk = walk;
  return stops.length;`;

/** What Tab has not reached yet. */
const LEFT = `
  const { stops, reached } = window.walk;
  const isReached = (stop) => reached.has(stop) || (stop.type === "radio"
    && [...reached].some((element) => element.type === "radio" && element.name === stop.name));
  return stops.filter((stop) => !isReached(stop)).length;`;

/** Goes to the next group that arrows move in; gives its rows and columns, or null after the last. */
const NEXT_GROUP = `
  const { walk } = window;
  const open = walk.byArrows.find((element) => !walk.reached.has(element) && !walk.tried?.has(element));
  if (!open) return null;
  const group = open.closest("table, [role=group]");
  walk.tried ??= new Set();
  for (const element of walk.byArrows) if (group?.contains(element)) walk.tried.add(element);
  walk.tried.add(open);
  const begin = group?.querySelector("[tabindex='0']");
  if (!begin) return { rows: 0, columns: 0 };
  begin.focus();
  return group.matches("table") ? { rows: group.rows.length, columns: Math.max(...[...group.rows].map(({ cells }) => cells.length)) }
    : { rows: 1, columns: group.querySelectorAll("[tabindex]").length };`;

/** Ends the walk where it began; gives what is wrong. */
const END = `
  const { before, at, stops, byArrows, reached, ringless, hidden, note, look } = window.walk;
  removeEventListener("focusin", note, true);
  removeEventListener("keydown", look, true);
  delete window.walk;
  const radio = (stop) => stop.type === "radio" && [...reached].some(({ type, name }) => type === "radio" && name === stop.name);
  const name = (element) => element.dataset.testid ?? element.id ?? element.className;
  const said = (element) => element.tagName.toLowerCase() + " " + (name(element) || element.textContent.trim().slice(0, 20));
  before?.focus({ preventScroll: true });
  scrollTo(...at);
  return [
    ...stops.filter((stop) => !reached.has(stop) && !radio(stop)).map((stop) => "Tab does not reach " + said(stop)),
    ...byArrows.filter((element) => !reached.has(element)).map((element) => "no arrow reaches " + said(element)),
    ...[...ringless].filter((element) => element.isConnected).map((element) => "no ring around " + said(element)),
    ...[...hidden].filter((element) => element.isConnected).map((element) => "with the focus, nothing is seen of " + said(element)),
  ];`;

/** Tab goes round in any order and may pass through the frame of the page. */
const TURNS = 3;

const times = (key, count) => Array.from({ length: count }, () => key);

/**
 * What on the page of the window, which has the focus of the display, the keys do not reach. `press` presses keys by their
 * WebDriver names.
 */
export async function keyboardFaults(driver, press = (keys) => driver.pressAll(keys)) {
  const stops = await driver.script(BEGIN);
  for (let turn = 0; turn < TURNS; turn += 1) {
    await press(times("Tab", stops + 2));
    if ((await driver.script(LEFT)) === 0) break;
  }
  for (let group = await driver.script(NEXT_GROUP); group; group = await driver.script(NEXT_GROUP)) {
    const { rows, columns } = group;
    const row =
      rows > 1 ? ["Home", ...times("ArrowRight", columns), "ArrowDown"] : times("ArrowRight", columns);
    await press([...times("ArrowUp", rows > 1 ? rows : 0), ...times(row, rows).flat()]);
  }
  const faults = await driver.script(END);
  // A click goes where things stood when they were last drawn.
  await driver.asyncScript(
    "const [done] = arguments; requestAnimationFrame(() => requestAnimationFrame(() => done()))",
  );
  return faults;
}
