/* The explorer: reads the claims from the cells of the tables, or of a large book from scripts that hand them over in
 * pieces, filters and orders them, keeps the filters in the address after "#", and writes what it shows as CSV. Text is
 * only ever read and set as text. */
(() => {
  "use strict";
  const box = document.querySelector(".sb-explore");
  if (!box) return;
  const form = box.querySelector("form"), fields = form.elements;
  const output = box.querySelector("output"), topics = box.querySelector(".sb-topics");
  const FACETS = ["source", "topic", "class", "voice", "state", "kind", "modality"].filter((name) => fields[name]);
  const text = (node) => node.textContent.replace(/\s+/g, " ").trim();
  /* Words without accents, each with a space before it: what is looked for begins one of them. */
  const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "");

  /* A select's options by value, with their labels before any count is put behind them */
  const options = {};
  for (const name of FACETS) {
    options[name] = [...fields[name].options].map((option) => ({ option, value: option.value, label: option.text }));
  }
  const valueOf = (name, label) => (options[name].find((one) => one.value && one.label === label) || { value: label }).value;

  const labelOf = (name, value) => (options[name].find((one) => one.value === value) || { label: value }).label;

  const rows = [];
  function keep(row, source) {
    row.order = rows.length;
    row.find = ["", ...Words.readings(plain([row.question, row.words, row.answer, row.source + "." + row.claim, row.speaker, row.via, row.label, source].join("\n")))].join(" ");
    rows.push(row);
    return row;
  }

  const groups = [...topics.querySelectorAll("details")].map((fold) => ({
    fold, body: fold.querySelector("tbody"), rows: [],
  }));
  for (const group of groups) {
    const topic = group.fold.dataset.topic, label = text(group.fold.querySelector("summary bdi"));
    for (const line of group.body.rows) {
      const [question, source, words, answer, voice, modality, kind, states, claim] = line.cells;
      const via = voice.querySelector("small"), link = claim.querySelector("a");
      const own = text(voice.firstChild || voice);
      group.rows.push(keep({
        line, topic, label, class: line.dataset.class ?? "", question: text(question), source: valueOf("source", text(source)), words: text(words), answer: text(answer),
        coded: answer.dataset.value ?? text(answer), voice: valueOf("voice", own), speaker: own,
        via: via ? text(via).replace(/^via /, "") : "", modality: text(modality), kind: text(kind), claim: text(claim),
        relations: text(states), state: [...states.querySelectorAll(".sb-relation")].map((one) => text(one).replace(/ /g, "-")),
        href: link ? link.href : "",
      }, text(source)));
    }
  }

  /* A claim of a piece, with the cells that it would have in a table once it is shown */
  function take({ questions, rows: taken }) {
    for (const [n, source, words, answer, coded, voice, speaker, via, modality, kind, states, id, href, passage] of taken) {
      const [question, topic, kindOf] = questions[n];
      const spelled = states.map(([state, number]) => state.replace(/-/g, " ") + (number ? ` ${number}` : "")).join(", ");
      keep({
        topic, label: labelOf("topic", topic), class: kindOf, question, source, words, answer, coded: coded || answer, voice, speaker, via, modality, kind,
        claim: id.slice(id.lastIndexOf(".") + 1), relations: spelled, state: states.map(([state]) => state), states, passage, href,
      }, labelOf("source", source));
    }
  }

  function node(name, content = "", about = {}) {
    const made = document.createElement(name);
    if (content) made.textContent = content;
    return Object.assign(made, about);
  }

  function lineOf(row) {
    if (row.line) return row.line;
    const words = node("td", "", { dir: "auto" }), voice = node("td", row.speaker, { dir: "auto" }), states = node("td"), claim = node("td");
    words.append(row.passage ? node("a", row.words, { href: row.passage }) : row.words);
    if (row.via) voice.append(" ", node("small", `via ${row.via}`));
    row.states.forEach(([state, number], n) => {
      const relation = node("span", state.replace(/-/g, " "), { className: "sb-relation" });
      relation.dataset.relation = state.replace(/-within$/, "");
      states.append(n ? ", " : "", relation, number ? ` ${number}` : "");
    });
    claim.append(node("a", row.claim, { href: row.href }));
    row.line = node("tr");
    row.line.append(
      node("th", row.question, { scope: "row", dir: "auto" }), node("td", labelOf("source", row.source)), words, node("td", row.answer, { dir: "auto" }),
      voice, node("td", row.modality), node("td", row.kind), states, claim,
    );
    return row.line;
  }

  /* The table of what was found, so many lines at a time */
  const found = box.querySelector(".sb-found"), foundBody = found.tBodies[0];
  const more = box.querySelector(".sb-more"), STEP = 100;
  let lines = STEP;

  const has = (row, name, wanted) => (name === "state" ? row.state.includes(wanted) : row[name] === wanted);
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const sources = options.source.map((one) => one.value);
  const worst = (row) => (row.state.includes("contradict") ? 0 : row.state.includes("contradict-within") ? 1 : 2);
  const SORTS = {
    source: (a, b) => sources.indexOf(a.source) - sources.indexOf(b.source) || compare(a.claim, b.claim),
    answer: (a, b) => compare(a.answer, b.answer),
    voice: (a, b) => compare(a.speaker, b.speaker),
    state: (a, b) => worst(a) - worst(b),
  };
  let shown = rows, moved = false, missing = 0;

  function wanted() {
    const chosen = {};
    for (const name of ["q", ...FACETS, "sort"]) if (fields[name].value.trim()) chosen[name] = fields[name].value.trim();
    return chosen;
  }

  function passes(row, chosen, words) {
    return FACETS.every((name) => !(name in chosen) || has(row, name, chosen[name]))
      && words.every((word) => row.find.includes(" " + word));
  }

  /* How many claims each option would leave: a claim counts for the options of a choice if all others let it pass */
  function count(chosen, words) {
    const left = Object.fromEntries(FACETS.map((name) => [name, { all: 0, by: new Map() }]));
    for (const row of rows) {
      if (!words.every((word) => row.find.includes(" " + word))) continue;
      const against = FACETS.filter((name) => name in chosen && !has(row, name, chosen[name]));
      if (against.length > 1) continue;
      for (const name of against.length ? against : FACETS) {
        left[name].all += 1;
        for (const value of name === "state" ? new Set(row.state) : [row[name]]) left[name].by.set(value, (left[name].by.get(value) || 0) + 1);
      }
    }
    for (const name of FACETS) {
      for (const { option, value, label } of options[name]) {
        const number = value ? left[name].by.get(value) || 0 : left[name].all;
        option.textContent = `${label} (${number})`;
        option.disabled = Boolean(value) && number === 0 && chosen[name] !== value;
      }
    }
  }

  function show() {
    const chosen = wanted(), words = Words.split(plain(chosen.q || ""));
    const narrowed = Object.keys(chosen).length > 0;
    shown = rows.filter((row) => passes(row, chosen, words));
    if (chosen.sort in SORTS) shown = [...shown].sort((a, b) => SORTS[chosen.sort](a, b) || a.order - b.order);
    if (narrowed) {
      foundBody.replaceChildren(...shown.slice(0, lines).map(lineOf));
      moved = true;
    } else if (moved) {
      for (const group of groups) group.body.replaceChildren(...group.rows.map((row) => row.line));
      moved = false;
    }
    found.hidden = !narrowed || !shown.length;
    more.hidden = found.hidden || shown.length <= lines;
    topics.hidden = narrowed;
    count(chosen, words);
    fields.download.disabled = !shown.length;
    const speakers = new Set(shown.map((row) => row.source)).size;
    const all = rows.length.toLocaleString("en");
    const told = !narrowed || shown.length === rows.length ? `${all} claims` : `${shown.length.toLocaleString("en")} of ${all} claims`;
    const result = shown.length ? `${told}, in ${speakers} ${speakers === 1 ? "source" : "sources"}` : "No claim fits.";
    output.textContent = missing ? `${result} So far: ${missing} parts are still to come.` : result;
    return chosen;
  }

  function tell(chosen) {
    const hash = new URLSearchParams(chosen).toString();
    try {
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch { /* an address that may not be changed: the filters hold for this visit */ }
  }

  function hear() {
    const asked = location.hash.includes("=") ? new URLSearchParams(location.hash.slice(1)) : new URLSearchParams();
    for (const name of ["q", ...FACETS, "sort"]) {
      const value = asked.get(name) || "";
      const known = name === "q" || [...fields[name].options].some((option) => option.value === value);
      fields[name].value = known ? value : "";
    }
    show();
  }

  /* RFC 4180: cells in quotation marks, those inside doubled, lines end in CR LF. A mark of the encoding stands first,
   * for spreadsheets. A cell that a spreadsheet would run as a formula is preceded by an apostrophe. */
  const cell = (value) => `"${(/^[=+\-@\t\r\n]/.test(value) ? "'" : "") + value.replace(/"/g, '""')}"`;
  const COLUMNS = {
    claim_id: (row) => `${row.source}.${row.claim}`, source_id: (row) => row.source, topic: (row) => row.topic,
    question: (row) => row.question, quote: (row) => row.words, value: (row) => row.coded, answer: (row) => row.answer,
    voice: (row) => row.voice, via: (row) => row.via, modality: (row) => row.modality, kind: (row) => row.kind,
    relations: (row) => row.relations,
  };

  function download() {
    const lines = [Object.keys(COLUMNS).map(cell), ...shown.map((row) => Object.values(COLUMNS).map((of) => cell(of(row))))];
    const csv = "\ufeff" + lines.map((line) => line.join(",") + "\r\n").join("");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
    link.download = "claims-shown.csv";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  let waiting = 0;
  const changed = () => {
    lines = STEP;
    tell(show());
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target === fields.q) waiting = setTimeout(changed, 120);
    else changed();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    fields.q.value = "";
    for (const name of [...FACETS, "sort"]) fields[name].value = "";
    changed();
    fields.q.focus();
  });
  more.querySelector("button").addEventListener("click", () => {
    const first = lines;
    lines += STEP;
    show();
    foundBody.rows[first].querySelector("a").focus();
  });
  fields.download.addEventListener("click", download);
  addEventListener("hashchange", hear);
  form.querySelector("fieldset").disabled = false;

  /* The pieces come one after the other, in their order; what is asked for meanwhile is answered as they come */
  function fetchPiece(n, last) {
    missing = last - n + 1;
    if (n === 1) hear();
    else if (n > last || n % 8 === 1) show();
    if (n > last) return;
    const script = node("script", "", { src: `${box.dataset.pieces}${n}.js` });
    script.addEventListener("load", () => fetchPiece(n + 1, last));
    script.addEventListener("error", () => { output.textContent = `Part ${n} of the claims could not be read.`; });
    document.head.append(script);
  }
  window.sourcebookClaims = take;
  fetchPiece(1, Number(box.dataset.count || 0));
})();
