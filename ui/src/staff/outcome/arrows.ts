/** Arrow keys on the list of procedures: up and down from one to the next, left and right among its outcomes. */

const PROCEDURE = "article[data-status]";
const KEY = "[data-outcome-key]";

const step = (key: string) => ({ ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 })[key] ?? 0;

/** Moves focus, where the key means a move and focus is on an outcome. */
export function moveByArrow(event: KeyboardEvent) {
  const { key, target } = event;
  if (step(key) === 0 || event.altKey || event.isComposing || !(target instanceof HTMLElement)) return;
  const from = target.closest<HTMLElement>(KEY);
  const article = from?.closest(PROCEDURE);
  if (!from || !article) return;
  const keys = [...article.querySelectorAll<HTMLElement>(KEY)];
  const column = keys.indexOf(from);
  const articles = [...document.querySelectorAll(PROCEDURE)].filter((one) => one.querySelector(KEY));
  const up = key === "ArrowUp" || key === "ArrowDown";
  const row = up ? articles[articles.indexOf(article) + step(key)] : article;
  const to = row?.querySelectorAll<HTMLElement>(KEY)[up ? column : column + step(key)];
  if (to === undefined) return;
  event.preventDefault();
  to.focus();
}
