// The list of documents by keyboard: J and K or the arrows, Enter opens, / searches.
"use strict";

(() => {
  const links = () => [...document.querySelectorAll(".documents tbody a")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
    const by = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 }[event.code];
    if (by) {
      event.preventDefault();
      const all = links();
      const here = all.indexOf(document.activeElement);
      const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
      if (next) next.focus();
    } else if (event.code === "Slash" && !event.shiftKey && document.getElementById("search")) {
      event.preventDefault();
      document.getElementById("search").focus();
    }
  });
})();
