/* A timeline to zoom, drawn from the data beside it: lanes of events, a mark for each claim, each a link. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg", DAY = 864e5, LANE = 20, HEAD = 26, GAP = 8;
  const moves = matchMedia("(prefers-reduced-motion: no-preference)");
  const clamp = (low, value, high) => Math.min(high, Math.max(low, value));

  function make(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  const year = (day) => new Date(day * DAY).getUTCFullYear();
  const start = (y, m = 0, d = 1) => { const date = new Date(0); date.setUTCFullYear(y, m, d); return date.getTime() / DAY; };

  /* Days to mark on the axis, far enough apart for their labels */
  function ticks(low, high, room) {
    const years = (high - low) / 365.25, most = Math.max(2, Math.floor(room / 74));
    if (years / most > 1 / 12) {
      const step = [1 / 4, 1 / 2, 1, 2, 5, 10, 20, 50, 100, 200, 500].find((one) => years / one <= most) || 1000;
      const found = [];
      if (step >= 1) {
        for (let y = Math.ceil(year(low) / step) * step; y <= year(high); y += step) found.push([start(y), String(y)]);
      } else {
        for (let y = year(low), m = 0; start(y, m) <= high; m += 12 * step) {
          found.push([start(y, m), new Date(start(y, m) * DAY).toLocaleDateString("en", { month: "short", year: "numeric", timeZone: "UTC" })]);
        }
      }
      return found.filter(([day]) => day >= low && day <= high);
    }
    const step = Math.max(1, Math.ceil((high - low) / most)), found = [];
    for (let day = Math.ceil(low); day <= high; day += step) {
      found.push([day, new Date(day * DAY).toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })]);
    }
    return found;
  }

  function build(box) {
    const data = JSON.parse(box.querySelector("script").textContent);
    if (!data.rows.length) return;
    const days = data.rows.flatMap((row) => row.days.filter((day) => day !== null));
    const air = Math.max(1, (Math.max(...days) - Math.min(...days)) * 0.03);
    const all = [Math.min(...days) - air, Math.max(...days) + 1 + air], narrowest = 6;
    let view = [...all], frame = 0, drawn = 0;

    const bar = document.createElement("div");
    bar.className = "sb-zoom-bar";
    const told = document.createElement("output");
    told.setAttribute("aria-live", "polite");
    const svg = make("svg", { class: "sb-zoom-drawing", role: "group", tabindex: "0",
      "aria-label": "Timeline: arrow keys move it, plus and minus zoom, 0 shows all; each mark is a link to its claim" });
    const key = document.createElement("ul");
    key.className = "sb-zoom-key";
    data.sources.forEach((name, n) => {
      if (!data.rows.some((row) => row.source === n)) return;
      const item = document.createElement("li"), letter = document.createElement("b");
      item.style.setProperty("--sb-mark", `var(--sb-source-${n % 8 + 1})`);
      letter.textContent = String.fromCharCode(65 + n % 26);
      item.append(letter, ` ${name}`);
      key.append(item);
    });
    for (const [label, act] of [
      ["Zoom in", () => zoom(0.5)], ["Zoom out", () => zoom(2)], ["Earlier", () => pan(-0.3)], ["Later", () => pan(0.3)],
      ["Show all", () => glide([...all])],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", act);
      bar.append(button);
    }
    const hint = document.createElement("p");
    hint.className = "sb-zoom-hint";
    hint.textContent = "Drag to move; hold Ctrl and turn the wheel to zoom. What is dated without a year has no place on this axis.";
    bar.append(told);
    box.append(key, bar, svg, hint);

    function draw() {
      const width = Math.max(280, box.clientWidth), [low, high] = view;
      drawn = width;
      const at = (day) => (day - low) / (high - low) * width;
      const parts = [];
      for (const [day, label] of ticks(low, high, width)) {
        const x = at(day);
        parts.push(make("line", { x1: x, x2: x, y1: HEAD - 4, y2: "100%", class: "sb-zoom-rule" }),
          make("text", { x: clamp(24, x, width - 30), y: 14, "text-anchor": "middle" }, label));
      }
      let y = HEAD + GAP, event = null;
      for (const row of data.rows) {
        if (row.event !== event) {
          event = row.event;
          y += GAP;
          parts.push(make("text", { x: 4, y: y + 12, class: "sb-zoom-event" }, fit(event, width)));
          y += LANE;
        }
        const [a, b, c, d] = row.days;
        const first = a ?? (d - 40), last = (d ?? all[1]) + 1;
        const x = at(first), far = at(last);
        const left = clamp(0, x, width), right = clamp(0, far, width), out = far < 0 || x > width;
        const wide = Math.max(6, right - left), where = clamp(2, left, width - 8);
        const mark = [make("rect", { x: where, y: y + 3, width: wide, height: 12, rx: 2, class: "sb-zoom-span" })];
        if (b !== null && c !== null && c > b && !out) {
          const inner = clamp(0, at(b), width);
          mark.push(make("rect", { x: inner, y: y + 3, width: Math.max(0, clamp(0, at(c + 1), width) - inner), height: 12, class: "sb-zoom-sure" }));
        }
        const sign = out ? (far < 0 ? "‹ " : "› ") : d === null ? "→ " : a === null ? "← " : "";
        const label = `${String.fromCharCode(65 + row.source % 26)} ${sign}${row.text}`;
        const after = where + wide + 5, fits = after + label.length * 7 < width;
        const words = fits ? { x: after } : { x: Math.max(0, where - 5), "text-anchor": "end" };
        if (!fits && where < label.length * 7) Object.assign(words, { x: where + 5, "text-anchor": "start", class: "sb-zoom-over" });
        mark.push(make("text", { ...words, y: y + 13 }, label));
        const link = make("a", { href: row.href, "aria-label": `${label}: ${row.label}` },
          make("title", {}, row.label), make("rect", { x: 0, y, width, height: LANE, class: "sb-zoom-target" }), ...mark);
        link.style.setProperty("--sb-mark", `var(--sb-source-${row.source % 8 + 1})`);
        if (out) link.setAttribute("class", "sb-zoom-out");
        parts.push(link);
        y += LANE;
      }
      svg.setAttribute("viewBox", `0 0 ${width} ${y + GAP}`);
      svg.setAttribute("height", y + GAP);
      const held = [...svg.querySelectorAll("a")].indexOf(document.activeElement);
      svg.replaceChildren(...parts);
      if (held >= 0) svg.querySelectorAll("a")[held].focus({ preventScroll: true });
    }

    const fit = (words, width) => (words.length * 7.2 > width ? `${words.slice(0, Math.floor(width / 7.2) - 1)}…` : words);

    function tell() {
      const say = (day) => new Date(day * DAY).toLocaleDateString("en", view[1] - view[0] > 1500
        ? { year: "numeric", timeZone: "UTC" } : { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
      told.textContent = `${say(view[0])} to ${say(view[1])}`;
    }

    function settle([low, high]) {
      const span = clamp(narrowest, high - low, all[1] - all[0]);
      const first = clamp(all[0], low, all[1] - span);
      return [first, first + span];
    }

    function glide(target, swift = false) {
      const goal = settle(target), from = [...view];
      cancelAnimationFrame(frame);
      if (swift || !moves.matches) { view = goal; draw(); tell(); return; }
      const began = performance.now();
      const step = (now) => {
        const t = clamp(0, (now - began) / 200, 1), eased = t * (2 - t);
        view = [0, 1].map((n) => from[n] + (goal[n] - from[n]) * eased);
        draw();
        if (t < 1) frame = requestAnimationFrame(step);
        else tell();
      };
      frame = requestAnimationFrame(step);
    }

    function zoom(factor, where = 0.5, swift = false) {
      const span = (view[1] - view[0]) * factor, middle = view[0] + (view[1] - view[0]) * where;
      glide([middle - span * where, middle + span * (1 - where)], swift);
    }

    function pan(share, swift = false) {
      const by = (view[1] - view[0]) * share;
      glide([view[0] + by, view[1] + by], swift);
    }

    const KEYS = { "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), 0: () => glide([...all]),
      ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2), Home: () => glide([all[0], all[0] + view[1] - view[0]]),
      End: () => glide([all[1] - view[1] + view[0], all[1]]) };
    svg.addEventListener("keydown", (event) => {
      const act = KEYS[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(Math.exp(clamp(-0.5, event.deltaY * 0.004, 0.5)), event.offsetX / drawn, true);
    }, { passive: false });
    let drag = null;
    svg.addEventListener("pointerdown", (event) => {
      if (event.button === 0) drag = { x: event.clientX, view: [...view], far: false };
    });
    svg.addEventListener("pointermove", (event) => {
      if (!drag) return;
      if (!event.buttons) { drag = null; return; }
      const moved = event.clientX - drag.x;
      if (!drag.far && Math.abs(moved) < 5) return;
      if (!drag.far) svg.setPointerCapture(event.pointerId);
      drag.far = true;
      const by = -moved / drawn * (drag.view[1] - drag.view[0]);
      view = settle([drag.view[0] + by, drag.view[1] + by]);
      draw();
    });
    addEventListener("pointerup", () => { if (drag && drag.far) tell(); setTimeout(() => { drag = null; }, 0); });
    svg.addEventListener("click", (event) => { if (drag && drag.far) event.preventDefault(); }, true);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    new ResizeObserver(() => { if (Math.max(280, box.clientWidth) !== drawn) draw(); }).observe(box);
    box.hidden = false;
    draw();
    tell();
  }

  for (const box of document.querySelectorAll(".sb-zoom")) build(box);
})();
