/* The keys of the book, and the list of them. A sign alone is a key only while the reader has not turned that off, and
 * never where text is typed. */
"use strict";
(() => {
  const KEY = "sourcebook-keys", own = document.currentScript;
  const make = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const kept = () => { try { return localStorage.getItem(KEY) !== "off"; } catch { return true; } };
  const keep = (on) => { try { if (on) localStorage.removeItem(KEY); else localStorage.setItem(KEY, "off"); } catch { /* for this page */ } };
  let on = kept();

  const follow = (rel) => { const link = document.querySelector(`.sb-turn a[rel="${rel}"]`); if (link) link.click(); };
  const ACTS = {
    "?": () => open(),
    "/": () => {
      const input = [...document.querySelectorAll('input[type="search"]')].find((one) => one.checkVisibility());
      if (input) { input.focus(); input.select(); } else document.querySelector(".sb-find button")?.click();
    },
    "[": () => follow("prev"),
    "]": () => follow("next"),
  };
  const LIST = [
    ["Tab, Shift + Tab", "to the next and the previous link, fold or field"],
    ["Enter", "follow a link, open or close a fold"],
    ["Space", "press a button, tick a box, open or close a fold"],
    ["/", "search the book"],
    ["[ and ]", "the previous and the next page"],
    ["?", "this list"],
    ["Escape", "close this list, or what is open above the page"],
    ["+, −, 0", "on a timeline: closer, farther, all of it"],
    ["← →, Home, End", "on a timeline: earlier and later, its beginning and its end"],
  ];

  let dialog = null;
  function build() {
    dialog = make("dialog", "", { class: "sb-dialog", "aria-labelledby": "sb-keys-title" });
    const list = make("dl", ""), choice = make("label", " Signs alone are keys: / [ ] ?"), box = make("input", "", { type: "checkbox" });
    for (const [keys, act] of LIST) {
      const term = make("dt", "");
      term.append(make("kbd", keys));
      list.append(term, make("dd", act));
    }
    box.checked = on;
    box.addEventListener("change", () => { on = box.checked; keep(on); });
    choice.prepend(box);
    const close = make("button", "Close", { type: "button" });
    close.addEventListener("click", () => dialog.close());
    dialog.append(make("h2", "Keys", { id: "sb-keys-title" }), list, choice, close);
    document.body.append(dialog);
  }
  function open() {
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    const act = ACTS[event.key], at = event.target;
    if (!act || !on || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") || at.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    act();
  });

  const foot = document.querySelector(".sb-foot");
  if (!foot) return;
  const button = make("button", "Keys", { type: "button", class: "sb-more" });
  button.addEventListener("click", open);
  const line = make("p", "", { class: "sb-tools" });
  line.append(button);
  foot.prepend(line);
  /* What the page holds that can be taken along needs a script of its own, and only when it is asked for */
  if (document.querySelector(".sb-article :is(.sb-figure, table)")) {
    const take = make("button", "Figures and tables of this page", { type: "button", class: "sb-more" });
    take.addEventListener("click", () => {
      if (globalThis.Take) return Take.open();
      const script = make("script", "", { src: new URL("take.js", own.src) });
      script.addEventListener("load", () => Take.open());
      document.head.append(script);
    });
    line.append(take);
  }
})();
