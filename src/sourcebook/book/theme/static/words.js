/* Words as the library has them, in sourcebook.text.words: the same letters are the same word, so what is searched for
 * in a page is what is searched for in the sources. Tested with the same cases. */
"use strict";
const Words = (() => {
  const INVISIBLE = "\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}";
  const APOSTROPHES = "'’‘‛ʼʻʽʾʿʹˈ′‵`´＇", HYPHENS = "\\-\u2010\u2011\u058a\u2e17\ufe63\uff0d";
  const UNSPACED = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17b3"
    + "\u17b6-\u17d3\u17d7\u17dc\u17dd\u1980-\u19c9\u1a20-\u1a7e\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f\u2e80-\u2fd5"
    + "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u3098\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    + "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\u{1b000}-\u{1b16f}\u{20000}-\u{3ffff}";
  const MARK = /[\p{M}\uff9e\uff9f]/u, NO_LETTER = /[ʼʻʽʾʿʹˈ²³¹⁰⁴-⁹¼-¾⅐-⅟↉]/u, ALONE = new RegExp(`[${UNSPACED}]`, "u");
  const LINE_END = /[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/, SPACE = "[\\s\\x1c-\\x1f\\x85]";
  const CLUSTER = new RegExp(`(?:\u0e4d\u0e32|\u0ecd\u0eb2|[${UNSPACED}])(?:\u0e4d\u0e32|\u0ecd\u0eb2|[\\p{M}\uff9e\uff9f\u0e33\u0eb3])*`, "gu");
  const PARTING = new Set(("address article aside blockquote body br button caption center col colgroup dd dir div dl dt fieldset"
    + " figcaption figure footer form frame h1 h2 h3 h4 h5 h6 head header hr html iframe img input label lb legend li main map"
    + " menu nav object ol optgroup option p pb pre script section select style summary table tbody td template textarea tfoot"
    + " th thead title tr ul").split(" "));
  const INNER = new Set(("a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr o:p q rp rt ruby s"
    + " samp small span strike strong sub sup time tt u var wbr").split(" "));
  const EMPTY = new Set("br col hr img input lb pb wbr".split(" "));

  const last = (text) => [...text.slice(-2)].pop() || "";
  const first = (text) => (text ? String.fromCodePoint(text.codePointAt(0)) : "");
  const is = (kind, character) => kind.test(character);
  const letter = (character) => is(/[\p{L}\p{N}]/u, character) && !is(NO_LETTER, character);
  const inWord = (character) => letter(character) || is(MARK, character);
  /* Replace matches, given what is before and behind each of them */
  const edit = (text, pattern, replace) => text.replace(pattern, (...found) => {
    const named = typeof found[found.length - 1] === "object" ? found.pop() : {};
    const whole = found.pop(), at = found.pop();
    return replace(found[0], whole.slice(0, at), whole.slice(at + found[0].length), named);
  });

  function withoutMarkup(text) {
    if (!/[<&]/.test(text)) return text;
    const closed = new Set([...text.matchAll(/<\/([A-Za-z][\p{L}\p{N}_:.-]{0,40})\s*>/gu)].map((found) => found[1]));
    const tag = /<(?:!--[^\0]{0,4000}?-->|(?<close>\/?)(?<name>[A-Za-z][\p{L}\p{N}_:.-]{0,40})(?<rest>(?:\s[^<>\0]{0,2000})?\/?)>)|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/gu;
    return edit(text, tag, (found, before, behind, { close, name, rest }) => {
      if (found[0] === "&") return new DOMParser().parseFromString(found, "text/html").documentElement.textContent;
      if (!name) return "";
      const low = name.toLowerCase();
      const known = (PARTING.has(low) || INNER.has(low)) && (name === low || /[^/ ]/.test(rest));
      if (!close && !closed.has(name) && !EMPTY.has(low) && !known) return found;
      const note = low === "sup" && /\p{Nd}/u.test(close ? last(before) : first(behind));
      return note || (PARTING.has(low) && !rest.includes('break="no"')) ? " " : "";
    });
  }

  function whole(text) {
    text = withoutMarkup(text);
    text = text.replace(new RegExp(`[${INVISIBLE}]+|\\xad(?![\\xad${INVISIBLE}]*${SPACE})`, "gu"), "");
    text = edit(text, /\*+|~~/g, (sign, before, behind) => (/\p{Nd}$/u.test(before) && /^\p{Nd}/u.test(behind) ? " " : ""));
    text = edit(text, new RegExp(`[\\xad\\xac]+${SPACE}*`, "gu"), (found, before, behind) => {
      const ends = new RegExp(`${SPACE}$`, "u").test(found) && /^[\p{L}\p{Nl}\p{No}_]/u.test(behind);
      const broken = found[0] === "\xad" || /[\p{L}\p{Nl}\p{No}_\p{M}]$/u.test(before);
      return ends && broken ? "" : found.replace(/\xad/g, "");
    });
    text = edit(text, new RegExp(`[${HYPHENS}]${SPACE}+[${HYPHENS}]?`, "gu"), (found, before, behind) => {
      const [one, other] = [last(before), first(behind)];
      const between = (letter(one) && !/\p{Nd}/u.test(one) || is(MARK, one)) && letter(other) && !/\p{Nd}/u.test(other);
      const small = !/\p{Uppercase}/u.test(other) || /\p{Uppercase}/u.test(one);
      return between && LINE_END.test(found) && small ? "" : found;
    });
    text = text.replace(/[\s\S][\p{M}\uff9e\uff9f\u1160-\u11ff\ud7b0-\ud7fb]+/gu, (found) => {
      if (!inWord(first(found))) return found;
      const cluster = found.normalize("NFKC");
      return /^[iıIİ]/.test(cluster) && cluster.includes("\u0307") ? "i" + cluster.slice(1).replace(/\u0307/g, "") : cluster;
    });
    return edit(text, new RegExp(`[${APOSTROPHES}]`, "gu"), (sign, before, behind) => {
      const [one, other] = [last(before), first(behind)];
      return inWord(one) && letter(other) && !is(ALONE, one) && !is(ALONE, other) ? "" : sign;
    });
  }

  function folded(character) {
    if (/\p{Nd}/u.test(character)) {
      const plain = character.normalize("NFKC"), code = plain.codePointAt(0);
      let tens = 0;
      while (tens < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - tens - 1))) tens += 1;
      return String(tens);
    }
    let found = character.normalize("NFKC");
    for (let again = 0; again < 2; again += 1) {
      found = [...found].map((one) => one.toUpperCase().toLowerCase()).join("").normalize("NFKC");
    }
    if (/[\u0370-\u03ff\u1f00-\u1fff]/.test(found)) found = found.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
    return found.replace(/i\u0307/g, "i").replace(/ı/g, "i").replace(
      /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]/g, "");
  }

  const known = new Map();
  function compared(character) {
    if (!known.has(character)) {
      const found = inWord(character) ? [...folded(character)].map((one) => (inWord(one) ? one : " ")).join("") : " ";
      const stays = /[\u0e33\u0eb3]/.test(character) || ([...found].length === 1 && is(ALONE, character));
      known.set(character, stays ? found : found.replace(CLUSTER, " $& "));
    }
    return known.get(character);
  }

  /* The words of a text as they are compared, in their order */
  const split = (text) => [...whole(text).replace(CLUSTER, " $& ")].map(compared).join("").split(" ").filter(Boolean);
  /* And the parts of those that an apostrophe, or a hyphen at the end of a line, may part */
  const readings = (text) => [...split(text), ...split(text.replace(new RegExp(`[${APOSTROPHES}]|[${HYPHENS}]${SPACE}+`, "gu"), " "))];
  return { split, readings };
})();
