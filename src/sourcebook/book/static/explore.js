/* The explorer: reads the claims from the cells of the tables, filters and orders them, keeps the filters in the
 * address after "#", and writes what it shows as CSV. Text is only ever read and set as text. */
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

  const groups = [...topics.querySelectorAll("details")].map((fold) => ({
    fold, body: fold.querySelector("tbody"), rows: [],
  }));
  const rows = [];
  for (const group of groups) {
    const topic = group.fold.dataset.topic, label = text(group.fold.querySelector("summary bdi"));
    for (const line of group.body.rows) {
      const [question, source, words, answer, voice, modality, kind, states, claim] = line.cells;
      const via = voice.querySelector("small"), link = claim.querySelector("a");
      const own = text(voice.firstChild || voice);
      const row = {
        line, topic, label, class: line.dataset.class ?? "", question: text(question), source: valueOf("source", text(source)), words: text(words), answer: text(answer),
        coded: answer.dataset.value ?? text(answer), voice: valueOf("voice", own), speaker: own,
        via: via ? text(via).replace(/^via /, "") : "", modality: text(modality), kind: text(kind), claim: text(claim),
        relations: text(states), state: [...states.querySelectorAll(".sb-relation")].map((one) => text(one).replace(/ /g, "-")),
        href: link ? link.href : "", order: rows.length,
      };
      row.find = ["", ...Words.readings(plain([row.question, row.words, row.answer, row.source + "." + row.claim, own, row.via, label, text(source)].join("\n")))].join(" ");
      rows.push(row);
      group.rows.push(row);
    }
  }

  /* The table of what was found, with the heads of the first topic */
  const found = document.createElement("table");
  found.className = "sb-claims sb-found";
  const caption = found.createCaption();
  caption.textContent = "Claims found";
  found.append(groups.length ? groups[0].fold.querySelector("thead").cloneNode(true) : found.createTHead());
  const foundBody = found.createTBody();
  found.hidden = true;
  topics.before(found);

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
  let shown = rows, moved = false;

  function wanted() {
    const chosen = {};
    for (const name of ["q", ...FACETS, "sort"]) if (fields[name].value.trim()) chosen[name] = fields[name].value.trim();
    return chosen;
  }

  function passes(row, chosen, words, except) {
    return words.every((word) => row.find.includes(" " + word))
      && FACETS.every((name) => name === except || !(name in chosen) || has(row, name, chosen[name]));
  }

  function count(chosen, words) {
    for (const name of FACETS) {
      const left = rows.filter((row) => passes(row, chosen, words, name));
      for (const { option, value, label } of options[name]) {
        const number = value ? left.filter((row) => has(row, name, value)).length : left.length;
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
      foundBody.replaceChildren(...shown.map((row) => row.line));
      moved = true;
    } else if (moved) {
      for (const group of groups) group.body.replaceChildren(...group.rows.map((row) => row.line));
      moved = false;
    }
    found.hidden = !narrowed || !shown.length;
    topics.hidden = narrowed;
    count(chosen, words);
    fields.download.disabled = !shown.length;
    const speakers = new Set(shown.map((row) => row.source)).size;
    const all = rows.length.toLocaleString("en");
    const told = !narrowed || shown.length === rows.length ? `${all} claims` : `${shown.length.toLocaleString("en")} of ${all} claims`;
    output.textContent = shown.length ? `${told}, in ${speakers} ${speakers === 1 ? "source" : "sources"}` : "No claim fits.";
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
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    const act = () => tell(show());
    if (event.target === fields.q) waiting = setTimeout(act, 120);
    else act();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    fields.q.value = "";
    for (const name of [...FACETS, "sort"]) fields[name].value = "";
    tell(show());
    fields.q.focus();
  });
  fields.download.addEventListener("click", download);
  addEventListener("hashchange", hear);
  form.querySelector("fieldset").disabled = false;
  hear();
})();
