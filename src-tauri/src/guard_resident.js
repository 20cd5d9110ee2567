// A resident can touch, type digits, tab and confirm; nothing of the browser underneath answers.
(() => {
  const refuse = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const early = { capture: true, passive: false };
  for (const kind of ["contextmenu", "dragstart", "drop", "selectstart", "copy", "cut", "paste"]) {
    window.addEventListener(kind, refuse, early);
  }
  window.addEventListener(
    "keydown",
    (event) => {
      const functionKey = /^F\d+$/.test(event.key);
      if (functionKey || event.ctrlKey || event.altKey || event.metaKey || event.key === "ContextMenu") {
        refuse(event);
      }
    },
    early,
  );
  window.addEventListener("wheel", (event) => event.ctrlKey && refuse(event), early);
})();
