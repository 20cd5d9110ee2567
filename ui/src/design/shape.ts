/** A name as outlines that Rust drew, the same as on the papers. */
export interface Shape {
  /** One SVG path; y runs downwards from the top. */
  path: string;
  width: number;
  height: number;
  /** Where the line of text runs, from the top. */
  baseline: number;
  /** The characters whose shape no font has; empty when all are exact. */
  missing: readonly string[];
}
