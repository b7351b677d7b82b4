/* Quicker ways into a source edition. Without this file every passage is a link to its note. */
(() => {
  "use strict";
  const page = document.querySelector(".sb-edition");
  if (!page) return;
  const boxes = [...page.querySelectorAll('.sb-legend input[type="checkbox"]')];
  const links = [...page.querySelectorAll('mark a[href^="#note-"]')];
  const stops = links.filter((link) => link.tabIndex === 0);
  const key = "sourcebook-marks";
  const shown = () => boxes.filter((box) => box.checked).map((box) => box.id.slice("sb-show-".length));

  /* The coded passages around a link, the innermost first */
  const marksOf = (link) => {
    const found = [];
    for (let e = link.parentElement; e && e !== page; e = e.parentElement)
      if (e.tagName === "MARK" && e.dataset.category !== "shared") found.push(e);
    return found;
  };
  const rowOf = (mark) => mark.dataset.of || mark.id;

  /* No stop of the tab key on words that carry no mark now, but for those that the address names */
  let named = "";
  const live = (mark, on) => on.includes(mark.dataset.category) || rowOf(mark) === named;
  const reach = () => {
    const on = shown();
    stops.forEach((link) => { link.tabIndex = marksOf(link).some((m) => live(m, on)) ? 0 : -1; });
  };

  /* The choice of categories goes along from source to source, as long as the window is open */
  try {
    const kept = sessionStorage.getItem(key);
    if (kept !== null) boxes.forEach((box) => { box.checked = kept.split(" ").includes(box.id.slice("sb-show-".length)); });
  } catch { /* a browser that keeps nothing */ }
  boxes.forEach((box) => box.addEventListener("change", () => {
    reach();
    try { sessionStorage.setItem(key, shown().join(" ")); } catch { /* the choice holds for this page */ }
  }));
  reach();

  /* What the address names is open, and lit in all its pieces; its note comes first, also where its category is off */
  const light = (ids) => page.querySelectorAll("mark").forEach((m) => m.classList.toggle("sb-lit", ids.includes(rowOf(m))));
  const target = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { /* not an address of ours */ }
    const found = id && document.getElementById(id);
    if (found && page.contains(found)) {
      for (let e = found; e !== page; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
      const own = found.matches("li") && found.querySelector("details");
      if (own) own.open = true;
      if (document.readyState !== "loading") found.scrollIntoView();
    }
    named = found && found.matches("mark, li") ? id.replace(/^note-/, "") : "";
    light(named ? [named] : []);
    reach();
  };
  addEventListener("hashchange", target);
  target();

  /* The notes of a passage at the passage */
  if (!HTMLElement.prototype.showPopover) return;
  const box = document.createElement("div");
  box.className = "sb-popover";
  box.popover = "auto";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", "Notes on this passage");
  let opener = null;

  const fill = (link) => {
    const list = document.createElement("ol"), on = shown();
    const ids = new Map(marksOf(link).map((m) => [rowOf(m), live(m, on)]));
    const some = [...ids.values()].includes(true);
    for (const [id, shows] of [...ids].sort(([a], [b]) => (b === named) - (a === named))) {
      const note = (shows || !some) && document.getElementById("note-" + id);
      if (!note) continue;
      const copy = note.cloneNode(true);
      copy.removeAttribute("id");
      const more = copy.querySelector("details");
      if (more) more.open = !list.children.length;
      list.append(copy);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "\u00d7";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => box.hidePopover());
    box.replaceChildren(close, list);
    return list.children.length > 0;
  };

  const put = (link) => {
    box.style.cssText = "";
    if (matchMedia("(max-width: 43em)").matches) return;
    const at = link.getClientRects()[0], room = innerHeight - at.bottom - 20;
    const up = room < Math.min(box.offsetHeight, 200) && at.top > room;
    const top = up ? Math.max(8, at.top - box.offsetHeight - 10) : at.bottom + 14;
    box.style.left = Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 16)) + scrollX + "px";
    box.style.top = top + scrollY + "px";
    box.style.maxHeight = `${up ? at.top - 24 : Math.max(room, 160)}px`;
  };

  page.addEventListener("click", (event) => {
    const link = event.target.closest('mark a[href^="#note-"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !fill(link)) return;
    event.preventDefault();
    if (box.matches(":popover-open")) box.hidePopover();
    opener = link;
    link.closest(".sb-block").append(box); /* so that the tab key goes on from the passage */
    light([rowOf(marksOf(link)[0])]);
    box.showPopover();
    put(link);
    box.scrollTop = 0;
    box.focus({ preventScroll: true });
  });
  box.addEventListener("click", (event) => { if (event.target.closest("a")) { opener = null; box.hidePopover(); } });
  box.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "closed") return;
    light([]);
    if (opener && (box.contains(document.activeElement) || document.activeElement === document.body))
      opener.focus({ preventScroll: true });
    opener = null;
  });
})();
