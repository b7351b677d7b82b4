/* Search over the index that Sphinx writes. Everything from the index is shown as text, never as mark-up.
 * searchindex.js calls Search.setIndex, searchtexts.js calls Search.setTexts with the paragraphs of the pages;
 * language_data.js brings the stemmer and the stop words, words.js the words. */
"use strict";
const Search = (() => {
  const one = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
  const words = (query) => Words.split(query).filter((word) => !stopwords.includes(word));
  /* Titles of pages stand in the index as HTML: a parsed document that is never shown gives their text. */
  const plain = (title) => new DOMParser().parseFromString(title, "text/html").body.textContent;

  /* Page number to score: a page must hold every word, whole, stemmed, or (from three letters) begun. */
  function rank(index, wanted) {
    const stemmer = new Stemmer();
    let pages = null;
    for (const word of wanted) {
      const stem = stemmer.stemWord(word), scores = new Map();
      const count = (table, whole, begun) => {
        for (const [term, where] of Object.entries(table)) {
          const worth = term === stem || term === word ? whole : word.length > 2 && term.startsWith(word) ? begun : 0;
          if (worth) for (const page of one(where)) scores.set(page, Math.max(scores.get(page) || 0, worth));
        }
      };
      count(index.terms, 5, 2);
      count(index.titleterms, 15, 7);
      pages = pages === null ? scores
        : new Map([...pages].filter(([page]) => scores.has(page)).map(([page, s]) => [page, s + scores.get(page)]));
    }
    return pages || new Map();
  }

  /* Page number to the sections whose titles hold one of the words. */
  function sections(index, wanted) {
    const found = new Map();
    for (const [title, places] of Object.entries(index.alltitles)) {
      const own = Words.readings(plain(title));
      if (!wanted.some((word) => own.some((one) => one.startsWith(word)))) continue;
      for (const [page, id] of places) {
        if (id !== null) found.set(page, [...(found.get(page) || []), [title, id]]);
      }
    }
    return found;
  }

  const PART = /[\p{L}\p{N}\p{M}'’‘ʼ\u00ad\u200b-\u200d-]+/gu, MOST = 3, AROUND = 90, PAGES = 30;
  const seen = new Map();
  let shown = null;

  /* Which of the wanted words a part of a text is: their places in the list */
  function meant(part, wanted, stems) {
    if (!seen.has(part)) {
      const own = Words.readings(part), stemmer = new Stemmer();
      seen.set(part, wanted.map((word, n) => n).filter((n) => own.some((one) =>
        one === wanted[n] || stemmer.stemWord(one) === stems[n] || (wanted[n].length > 2 && one.startsWith(wanted[n])))));
    }
    return seen.get(part);
  }

  /* A paragraph with its wanted words: their places, and how many different ones there are */
  function matches([id, text], wanted, stems) {
    const places = [], kinds = new Set();
    for (const found of text.matchAll(PART)) {
      const words = meant(found[0], wanted, stems);
      if (words.length) places.push([found.index, found.index + found[0].length]);
      for (const word of words) kinds.add(word);
    }
    return { id, text, places, kinds: kinds.size };
  }

  /* What is around the first wanted word, cut between words, the wanted ones marked; it leads to its place */
  function excerpt(page, { id, text, places }) {
    const from = places[0][0] <= AROUND ? 0 : text.indexOf(" ", places[0][0] - AROUND) + 1;
    const to = text.length <= from + 3 * AROUND ? text.length : text.lastIndexOf(" ", from + 3 * AROUND);
    const item = link("", `${page}.html${id ? `#${encodeURIComponent(id)}` : ""}`), anchor = item.firstChild;
    let at = Math.min(from, places[0][0]);
    anchor.append(at ? "… " : "");
    for (const [start, end] of places.filter(([, end]) => end <= to)) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      anchor.append(text.slice(at, start), mark);
      at = end;
    }
    anchor.append(text.slice(at, Math.max(to, at)), to < text.length ? " …" : "");
    return item;
  }

  /* Under each page the paragraphs that hold most of the words, in their order */
  function setTexts(texts) {
    if (!shown) return;
    const { pages, wanted, items } = shown, stemmer = new Stemmer(), stems = wanted.map((word) => stemmer.stemWord(word));
    for (const [n, page] of pages.slice(0, PAGES).entries()) {
      const parts = (texts[page] || []).flatMap(([id, ...all]) => all.map((text) => [id, text]));
      const all = parts.map((part) => matches(part, wanted, stems)).filter((one) => one.kinds);
      const best = [...all].sort((a, b) => b.kinds - a.kinds).slice(0, MOST);
      if (!best.length) continue;
      const list = document.createElement("ul");
      list.className = "sb-excerpts";
      list.append(...all.filter((one) => best.includes(one)).map((one) => excerpt(page, one)));
      items[n].append(list);
    }
  }

  function link(text, address) {
    const item = document.createElement("li"), anchor = document.createElement("a");
    anchor.textContent = text;
    anchor.href = address;
    item.append(anchor);
    return item;
  }

  function show(index, query) {
    const wanted = words(query), ranked = rank(index, wanted), under = sections(index, wanted);
    /* Of pages that fit alike, those of the reference of a library come after what people read */
    const reference = (page) => /(^|\/)api(\/|$)/.test(index.docnames[page]);
    const pages = [...ranked].sort((a, b) => b[1] - a[1] || reference(a[0]) - reference(b[0]) || a[0] - b[0]).map(([page]) => page);
    const list = document.getElementById("sb-results");
    for (const page of pages) {
      const item = link(plain(index.titles[page]), `${index.docnames[page]}.html`);
      const parts = (under.get(page) || []).slice(0, 6);
      if (parts.length) {
        const inner = document.createElement("ul");
        inner.append(...parts.map(([title, id]) => link(title, `${index.docnames[page]}.html#${encodeURIComponent(id)}`)));
        item.append(inner);
      }
      list.append(item);
    }
    shown = { pages: pages.map((page) => index.docnames[page]), wanted, items: [...list.children] };
    load(data.texts);
    const n = pages.length;
    document.getElementById("sb-found").textContent = !wanted.length
      ? "These words are too common to search for."
      : n === 0 ? `No page holds all of: ${wanted.join(", ")}.` : `${n} ${n === 1 ? "page holds" : "pages hold"} all of: ${wanted.join(", ")}.`;
  }

  /* The index and the texts are heavier than any page, and are fetched for a query only. */
  const query = new URLSearchParams(location.search).get("q") || "";
  for (const input of document.querySelectorAll('input[name="q"]')) input.value = query;
  const data = document.currentScript.dataset;
  function load(address) {
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
  }
  if (query.trim()) load(data.index);
  return { setIndex: (index) => show(index, query), setTexts };
})();
