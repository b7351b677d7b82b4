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
