// The clerk keeps copy, paste and the menu in text fields; nowhere else does the browser's own menu open,
// and no key prints, reloads or saves the page.
(() => {
  const early = { capture: true, passive: false };
  const refuse = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener(
    "contextmenu",
    (event) => event.target.closest?.("input, textarea") || refuse(event),
    early,
  );
  window.addEventListener(
    "keydown",
    (event) => {
      const functionKey = /^F([3-9]|1[0-2])$/.test(event.key);
      const pageKey = (event.ctrlKey || event.metaKey) && /^[prsufgoj]$/i.test(event.key);
      if (functionKey || pageKey) {
        refuse(event);
      }
    },
    early,
  );
  for (const kind of ["dragstart", "drop"]) {
    window.addEventListener(kind, refuse, early);
  }
})();
