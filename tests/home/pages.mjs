// Makes the page that the tests of the page at home share: node tests/home/pages.mjs, into target/home/page.
import { mkdirSync, rmSync } from "node:fs";
import { SHARED, makePage } from "./programs.mjs";

rmSync(SHARED, { recursive: true, force: true });
mkdirSync(SHARED, { recursive: true });
const { made } = makePage(SHARED, { single: true });
const { first, everything, postal } = made.sizes;
console.error(
  `before the first question ${first.br} bytes, all ${everything.br}, postal codes ${postal.br} (brotli)`,
);
