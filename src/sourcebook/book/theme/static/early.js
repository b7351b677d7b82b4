/* Before the first paint: a reader's own choice of paper. Without it, or without scripts, the system's. The faces that
 * every page needs are asked for at once; from a folder a browser lets no page do so, and needs it least. */
(() => {
  "use strict";
  const root = document.documentElement, script = document.currentScript;
  try {
    const paper = localStorage.getItem("sourcebook-paper");
    if (paper === "light" || paper === "dark") root.dataset.theme = paper;
  } catch { /* a browser that keeps nothing */ }
  const [visit] = performance.getEntriesByType("navigation");
  if (!location.hash && matchMedia("(max-width:75em)").matches && visit?.type === "navigate") root.classList.add("sb-early");
  if (location.protocol === "file:") return;
  for (const face of script.dataset.faces.split(" ")) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", crossOrigin: "", href: new URL(`fonts/${face}.woff2`, script.src) });
    document.head.append(link);
  }
})();
