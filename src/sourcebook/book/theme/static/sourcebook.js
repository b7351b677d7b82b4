/* The paper: follows the system until the reader chooses the other; choosing the system's own forgets it. */
(() => {
  "use strict";
  const root = document.documentElement, key = "sourcebook-paper";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector("button.sb-paper");
  if (!button) return;
  const own = () => (system.matches ? "dark" : "light");
  const shown = () => root.dataset.theme || own();
  const label = () => {
    const other = shown() === "dark" ? "light" : "dark";
    button.textContent = other === "dark" ? "Dark" : "Light";
    button.title = `Show the book on ${other} paper`;
  };
  button.addEventListener("click", () => {
    const wanted = shown() === "dark" ? "light" : "dark";
    if (wanted === own()) delete root.dataset.theme;
    else root.dataset.theme = wanted;
    try {
      if (root.dataset.theme) localStorage.setItem(key, wanted);
      else localStorage.removeItem(key);
    } catch { /* a browser that keeps nothing: the choice holds for this page */ }
    label();
  });
  system.addEventListener("change", label);
  label();
  button.hidden = false;
})();

/* The rest of a long page on a phone: a piece at a time, the outer before the inner, when there is nothing else to do */
(() => {
  "use strict";
  const root = document.documentElement;
  if (!root.classList.contains("sb-early")) return;
  const far = [...document.querySelectorAll(".sb-article > section section")];
  const all = () => { far.length = 0; root.classList.remove("sb-early"); };
  const later = window.requestIdleCallback || ((act) => setTimeout(act, 30));
  const next = () => {
    const piece = far.shift();
    if (!piece) return all();
    piece.classList.add("sb-laid");
    later(next);
  };
  for (const event of ["hashchange", "beforeprint"]) addEventListener(event, all);
  if (document.readyState === "complete") later(next);
  else addEventListener("load", () => later(next));
})();

/* An address of a place opens the fold that holds it, or that stands in the entry that it names */
(() => {
  "use strict";
  const named = () => {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  };
  const show = () => {
    const place = document.getElementById(named());
    if (!place) return;
    const entry = place.tagName === "DT" ? place.nextElementSibling : null;
    const folds = [place.closest("details"), entry && entry.querySelector("details")];
    const shut = folds.filter((fold) => fold && !fold.open);
    for (const fold of shut) fold.open = true;
    if (shut.length) place.scrollIntoView();
  };
  addEventListener("hashchange", show);
  show();
})();

/* A text to take along: to the clipboard, or marked, so that the reader can take it */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("button.sb-copy")) {
    const text = document.getElementById(button.dataset.copy), said = button.nextElementSibling;
    if (!text) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.innerText.replace(/\s+/g, " ").trim());
        said.textContent = "Copied.";
      } catch {
        getSelection().selectAllChildren(text);
        said.textContent = "Marked: copy it with Ctrl or Command and C.";
      }
    });
  }
})();
