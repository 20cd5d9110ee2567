/** Runes everywhere; styles go into files, because the content security policy refuses them in the page. */
export default {
  compilerOptions: { runes: true, css: "external" },
};
