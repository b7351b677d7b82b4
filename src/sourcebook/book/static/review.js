/* A second opinion: what a reader thinks of each coding, kept in the browser, and exported as a coding pass.
 *
 * A coding is an element with `data-answers` (what a pass would have, by variable) and `data-unit`. Without this file
 * nothing is missing but the switch. Nothing leaves the browser but by the reader's own download or copy. */
(() => {
  "use strict";
  const places = [...document.querySelectorAll("[data-answers]")];
  if (!places.length) return;
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href).href;
  const KEY = `sourcebook-review ${root}`;
  const VERDICTS = { agree: "agree", otherwise: "code otherwise", unsupported: "not supported" };
  const PASS = "pass "; // before the name of a coder, who may be called like a property of every object
  const COLUMNS = ["coder", "unit", "variable", "value", "exact", "note"];
  const title = document.querySelector(".sb-running")?.textContent.trim() || document.title;

  const make = (tag, given = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), given);
    element.append(...inside);
    return element;
  };
  const plain = (text) => text.replace(/\s+/g, " ").trim();

  /* What is kept: who reviews, whether the switch is on, the verdicts by coding, and the passes that were opened */
  let lost = false;
  const read = () => {
    const empty = { coder: "", on: false, verdicts: {}, passes: {} };
    try { return { ...empty, ...JSON.parse(localStorage.getItem(KEY) || "{}") }; } catch { lost = true; return empty; }
  };
  let kept = read();
  const keep = () => {
    try { localStorage.setItem(KEY, JSON.stringify(kept)); lost = false; } catch { lost = true; }
    tell();
  };
  addEventListener("storage", (event) => { if (event.key === KEY) { kept = read(); show(); } });

  /* The codings of this page */
  const idOf = (place) => place.dataset.of || place.id.replace(/^note-/, "");
  const codings = new Map(places.map((place) => {
    const id = idOf(place), answers = JSON.parse(place.dataset.answers);
    return [id, { id, place, answers, unit: place.dataset.unit, others: (place.dataset.others || "").split(" ").filter(Boolean) }];
  }));
  for (const one of codings.values()) {
    if (one.place.dataset.of) continue;
    const shares = (other) => other !== one && other.unit === one.unit && Object.keys(other.answers).some((name) => name in one.answers);
    one.others = [...codings.values()].filter(shares).map((other) => other.id);
  }
  const wordsOf = (one) => {
    const marks = one.place.dataset.of
      ? document.querySelectorAll(".sb-quote mark")
      : document.querySelectorAll(`#${CSS.escape(one.id)}, mark[data-of="${CSS.escape(one.id)}"]`);
    return plain([...marks].map((mark) => mark.textContent).join(" "));
  };
  const questionOf = (one) => plain((one.place.querySelector(".sb-question") || document.querySelector(".sb-claim-page h1") || { textContent: "" }).textContent);
  /* A verdict counts as long as the coding is the one that was judged */
  const verdictOf = (id) => {
    const verdict = kept.verdicts[id], one = codings.get(id);
    return verdict && one && JSON.stringify(verdict.answers) !== JSON.stringify(one.answers) ? { ...verdict, old: true } : verdict;
  };

  function judge(one, change) {
    const before = verdictOf(one.id);
    const base = before && !before.old ? before : { coded: one.answers, note: before ? before.note : "" };
    kept.verdicts[one.id] = {
      ...base, unit: one.unit, answers: one.answers, others: one.others, words: wordsOf(one),
      question: questionOf(one), page: location.href.replace(/#.*/, ""), ...change,
    };
    delete kept.verdicts[one.id].old;
    keep();
  }

  /* The form of one coding */
  function form(one) {
    const field = make("fieldset", { className: "sb-verdict" }, make("legend", { textContent: "Your review" }));
    const verdict = verdictOf(one.id);
    const now = verdict && !verdict.old ? verdict.verdict : "";
    if (verdict && verdict.old) field.append(make("p", { className: "sb-old", textContent: `The coding has changed since you judged it (${VERDICTS[verdict.verdict]}).` }));
    const otherwise = make("div", { className: "sb-otherwise", hidden: now !== "otherwise" });
    for (const [value, words] of Object.entries(VERDICTS)) {
      const input = make("input", { type: "radio", name: `review-${one.id}`, value, checked: value === now });
      input.addEventListener("change", () => {
        otherwise.hidden = value !== "otherwise";
        judge(one, { verdict: value, settled: "" });
        others(one, field);
      });
      field.append(make("label", {}, input, ` ${words}`));
    }
    for (const [name, answer] of Object.entries(one.answers)) {
      const input = make("input", { type: "text", value: (verdict && verdict.coded[name]) ?? answer, autocomplete: "off", spellcheck: false });
      input.addEventListener("input", () => {
        const coded = { ...(kept.verdicts[one.id]?.coded || one.answers), [name]: input.value };
        judge(one, { verdict: "otherwise", coded, settled: "" });
      });
      otherwise.append(make("label", {}, `${name} `, input));
    }
    const note = make("input", { type: "text", value: verdict ? verdict.note : "", autocomplete: "off" });
    note.addEventListener("input", () => {
      if (kept.verdicts[one.id] && !verdictOf(one.id).old) judge(one, { note: note.value });
    });
    field.append(otherwise, make("label", { className: "sb-remark" }, "note ", note));
    others(one, field);
    one.field?.remove();
    one.field = field;
    one.place.append(field);
  }

  /* What the opened passes have for a coding, and which of them to take */
  function others(one, field) {
    field.querySelector("ul")?.remove();
    const list = make("ul");
    for (const [key, cells] of Object.entries(kept.passes)) {
      const coder = key.slice(PASS.length);
      const found = Object.fromEntries(Object.keys(one.answers).map((name) => [name, cells[`${one.unit}\t${name}`] ?? ""]));
      const values = Object.entries(found).filter(([, value]) => value);
      if (!values.length) continue;
      const differs = values.some(([name, value]) => !value.split(";").includes(one.answers[name]));
      const item = make("li", {}, make("b", { textContent: coder }), `: ${values.map(([name, value]) => `${name} ${value}`).join(", ")} `);
      item.append(make("em", { textContent: differs ? "differs" : "the same" }), " ");
      if (differs) {
        item.classList.add("sb-differs");
        const take = make("button", { type: "button", textContent: "Take this" });
        take.addEventListener("click", () => {
          const none = values.every(([, value]) => value === "none");
          const coded = none ? one.answers : { ...one.answers, ...Object.fromEntries(values.filter(([, value]) => value !== "none")) };
          judge(one, { verdict: none ? "unsupported" : "otherwise", coded, settled: coder });
          form(one);
        });
        item.append(take);
      }
      list.append(item);
    }
    if (list.children.length) field.append(list);
  }

  /* The pass: a unit counts when every coding of it on its page has a verdict */
  function pass() {
    const units = new Map(), open = new Set();
    for (const [id, verdict] of Object.entries(kept.verdicts)) {
      if (verdictOf(id).old) continue;
      const waiting = verdict.others.filter((other) => !kept.verdicts[other] || verdictOf(other).old);
      waiting.forEach((other) => open.add(other));
      if (waiting.length) continue;
      const coded = verdict.verdict === "agree" ? verdict.answers : verdict.verdict === "otherwise" ? verdict.coded : {};
      for (const name of Object.keys(verdict.answers)) {
        const unit = units.get(`${verdict.unit}\t${name}`) || { values: new Set(), words: verdict.words, notes: [] };
        for (const label of (coded[name] || "").split(";").map(plain)) if (label && label !== "none") unit.values.add(label);
        if (verdict.note.trim()) unit.notes.push(plain(verdict.note));
        units.set(`${verdict.unit}\t${name}`, unit);
      }
    }
    const rows = [...units].map(([key, unit]) => {
      const [at, name] = key.split("\t");
      return [kept.coder.trim(), at, name, [...unit.values].sort().join(";") || "none", unit.words, [...new Set(unit.notes)].join(" ")];
    });
    return { rows: rows.sort((a, b) => (a[1] + a[2] < b[1] + b[2] ? -1 : 1)), open: [...open] };
  }
  /* The decisions: every coding that has a verdict, a row for each of its variables; `sourcebook accept` merges them */
  const DECISIONS = ["row_id", "verdict", "variable", "coded", "review", "reviewer", "follows", "note"];
  function decisions() {
    return Object.entries(kept.verdicts).filter(([id]) => !verdictOf(id).old).sort().flatMap(([id, verdict]) =>
      Object.entries(verdict.answers).map(([name, coded]) => {
        const now = { agree: coded, otherwise: verdict.coded[name] ?? coded, unsupported: "" }[verdict.verdict];
        return [id, VERDICTS[verdict.verdict], name, coded, now, kept.coder.trim(), verdict.settled || "", plain(verdict.note)];
      }));
  }
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const csv = (rows, columns = COLUMNS) => [columns, ...rows].map((row) => row.map(cell).join(",") + "\n").join("");

  /* The issue: what is not agreed with, in words */
  function issue() {
    const all = Object.entries(kept.verdicts).filter(([id]) => !verdictOf(id).old);
    const count = (name) => all.filter(([, verdict]) => verdict.verdict === name).length;
    const lines = [`Review of “${title}” by ${kept.coder.trim() || "a reader"}: ${all.length} codings, ${count("agree")} agreed with, ${count("otherwise")} coded otherwise, ${count("unsupported")} not supported.`];
    for (const [id, verdict] of all) {
      if (verdict.verdict === "agree" && !verdict.note.trim()) continue;
      const say = (answers) => Object.entries(answers).map(([name, value]) => `${name} \`${value}\``).join(", ");
      lines.push("", `- **${id}** ${verdict.question}`.trim(), `  - words: “${verdict.words}”`, `  - coded: ${say(verdict.answers)}`);
      lines.push(`  - review: ${VERDICTS[verdict.verdict]}${verdict.verdict === "otherwise" ? `: ${say(verdict.coded)}` : ""}${verdict.settled ? ` (as the ${verdict.settled} pass)` : ""}`);
      if (verdict.note.trim()) lines.push(`  - note: ${plain(verdict.note)}`);
      lines.push(`  - page: ${verdict.page}`);
    }
    return lines.join("\n") + "\n";
  }

  function save(name, text, type) {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /* A CSV file as rows, quotation marks doubled inside quotation marks */
  function records(text) {
    const rows = [[""]];
    let quoted = false;
    for (let i = 0; i < text.length; i++) {
      const row = rows.at(-1), c = text[i];
      if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
      else if (c === '"' && (quoted || row.at(-1) === "")) quoted = !quoted;
      else if (!quoted && c === ",") row.push("");
      else if (!quoted && (c === "\n" || c === "\r")) { if (c === "\n") rows.push([""]); } else row[row.length - 1] += c;
    }
    return rows.filter((row) => row.length > 1 || row[0]);
  }
  function open(text, file) {
    const [head, ...rows] = records(text.replace(/^\ufeff/, ""));
    const at = Object.fromEntries(COLUMNS.map((name) => [name, (head || []).indexOf(name)]));
    const missing = COLUMNS.slice(0, 4).filter((name) => at[name] < 0);
    if (missing.length) return `${file}: expected a coding pass with ${COLUMNS.join(", ")}; missing ${missing.join(", ")}`;
    for (const row of rows) {
      const coder = (row[at.coder] || "").trim();
      if (!coder || !(row[at.value] || "").trim()) continue;
      (kept.passes[`${PASS}${coder}`] ||= {})[`${row[at.unit]}\t${row[at.variable]}`] = row[at.value].trim();
    }
    keep();
    show();
    return `${file}: ${rows.length} answers opened`;
  }

  /* The switch, and what is done with the whole */
  const toggle = make("button", { type: "button", className: "sb-review-switch" });
  const name = make("input", { type: "text", autocomplete: "name" });
  const status = make("p", { role: "status" });
  const files = make("input", { type: "file", accept: ".csv,text/csv", multiple: true });
  const button = (words, act) => {
    const made = make("button", { type: "button", textContent: words });
    made.addEventListener("click", act);
    return made;
  };
  const named = () => {
    if (kept.coder.trim()) return true;
    status.textContent = "A pass needs the name of its coder.";
    name.focus();
    return false;
  };
  const buttons = make("p", {},
    button("Download as coding pass", () => {
      if (!named()) return;
      const { rows, open: waiting } = pass();
      const note = waiting.length ? ` Left out, since other codings of the same unit have no verdict: ${waiting.join(", ")}.` : "";
      if (rows.length) save(`review-${kept.coder.trim().replace(/[^\p{L}\p{N}-]+/gu, "-")}.csv`, csv(rows), "text/csv;charset=utf-8");
      status.textContent = `${rows.length} answers.${note}`;
    }),
    button("Download the decisions", () => {
      if (!named()) return;
      const rows = decisions();
      if (rows.length) save(`decisions-${kept.coder.trim().replace(/[^\p{L}\p{N}-]+/gu, "-")}.csv`, csv(rows, DECISIONS), "text/csv;charset=utf-8");
      status.textContent = rows.length ? "`sourcebook accept` merges them." : "Nothing is judged yet.";
    }),
    button("Download as issue text", () => save("review.md", issue(), "text/markdown;charset=utf-8")),
    button("Forget my review", () => {
      const all = Object.keys(kept.verdicts).length;
      if (!all || !confirm(`Forget ${all} verdicts of this book in this browser?`)) return;
      kept.verdicts = {};
      keep();
      show();
    }));
  const bar = make("section", { className: "sb-review", hidden: true },
    make("h2", { textContent: "Review" }),
    make("p", { textContent: "What you judge stays in this browser until you download it. Open further passes to see them beside the coding, and settle where they differ." }),
    make("p", {}, make("label", {}, "Your name ", name), " ", make("label", {}, "Passes to open ", files)), buttons, status);
  bar.setAttribute("aria-label", "Review");
  name.addEventListener("input", () => { kept.coder = name.value; keep(); });
  files.addEventListener("change", async () => {
    const told = await Promise.all([...files.files].map(async (file) => open(await file.text(), file.name)));
    status.textContent = told.join(" ");
    files.value = "";
  });

  function tell() {
    toggle.setAttribute("aria-pressed", String(kept.on));
    toggle.textContent = kept.on ? "End the review" : "Review this page";
    if (!kept.on) return;
    const here = [...codings.keys()].filter((id) => kept.verdicts[id] && !verdictOf(id).old).length;
    const opened = Object.keys(kept.passes).map((key) => key.slice(PASS.length));
    status.textContent = `${here} of ${codings.size} codings of this page reviewed, ${Object.keys(kept.verdicts).length} of the book.`
      + (opened.length ? ` Passes opened: ${opened.join(", ")}.` : "")
      + (lost ? " This browser keeps nothing: download before you leave the page." : "");
  }
  function show() {
    bar.hidden = !kept.on;
    name.value = kept.coder;
    for (const one of codings.values()) {
      one.field?.remove();
      one.field = null;
      if (kept.on && (!one.place.closest("details") || one.place.closest("details").open)) form(one);
    }
    tell();
  }
  document.addEventListener("toggle", (event) => {
    if (!kept.on || event.target.tagName !== "DETAILS" || !event.target.open) return;
    for (const one of codings.values()) if (!one.field && one.place.closest("details") === event.target) form(one);
  }, true);
  toggle.addEventListener("click", () => { kept.on = !kept.on; keep(); show(); });
  const first = document.querySelector(".sb-edition .sb-legend") || places[0];
  first.before(make("p", { className: "sb-review-on" }, toggle), bar);
  show();
})();
