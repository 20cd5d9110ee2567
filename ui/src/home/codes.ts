/** Drawing codes: as SVG for screen and paper, as pixels for a picture. */
import type { Code } from "./rules";

/** White around a code, in modules, as ISO 18004 wants it. */
export const QUIET = 4;

/** Whether a module is dark. */
export function isDark(code: Code, row: number, column: number): boolean {
  const digit = Number.parseInt(code.rows[row]?.[column >> 2] ?? "0", 16);
  return ((digit >> (3 - (column & 3))) & 1) === 1;
}

/** The width of a code with its quiet zone, in modules. */
export const width = (code: Code) => code.size + 2 * QUIET;

/** The dark modules as an SVG path, one stroke for each run of a row. */
export function path(code: Code): string {
  let path = "";
  for (let row = 0; row < code.size; row += 1) {
    for (let column = 0; column < code.size; column += 1) {
      if (!isDark(code, row, column)) continue;
      const start = column;
      while (column + 1 < code.size && isDark(code, row, column + 1)) column += 1;
      path += `M${start + QUIET} ${row + QUIET}h${column - start + 1}v1h-${column - start + 1}z`;
    }
  }
  return path;
}
