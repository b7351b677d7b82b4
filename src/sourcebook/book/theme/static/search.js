/* Search over the index that Sphinx writes. Everything from the index is shown as text, never as mark-up.
 * searchindex.js calls Search.setIndex; language_data.js brings the stemmer and the stop words, words.js the words. */
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

  function link(text, address) {
    const item = document.createElement("li"), anchor = document.createElement("a");
    anchor.textContent = text;
    anchor.href = address;
    item.append(anchor);
    return item;
  }

  function show(index, query) {
    const wanted = words(query), ranked = rank(index, wanted), under = sections(index, wanted);
    const pages = [...ranked].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([page]) => page);
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
    const n = pages.length;
    document.getElementById("sb-found").textContent = !wanted.length
      ? "These words are too common to search for."
      : n === 0 ? `No page holds all of: ${wanted.join(", ")}.` : `${n} ${n === 1 ? "page holds" : "pages hold"} all of: ${wanted.join(", ")}.`;
  }

  /* The index is heavier than any page, and is fetched for a query only. */
  const query = new URLSearchParams(location.search).get("q") || "";
  for (const input of document.querySelectorAll('input[name="q"]')) input.value = query;
  if (query.trim()) {
    const index = document.createElement("script");
    index.src = document.currentScript.dataset.index;
    document.head.append(index);
  }
  return { setIndex: (index) => show(index, query) };
})();
