"""Ways in which one word is written, one upon the other: it is the same word in spite of them."""

import random
import unicodedata

#: What breaks a word at the end of a line: without doubt, and with a hyphen that may be its own.
SOFT_BREAKS = [
    "\u00ad\n",
    "\u00ad\r\n",
    "\u00ad \n",
    "\u00ad\n\n",
    "\u00ad\f",
    "¬\n",
    "¬\r\n",
    "\u00ad\u200b\n",
    "¬ \n",
]
HARD_BREAKS = [
    "-\n",
    "-\r\n",
    "-\n  ",
    "\u2010\n",
    "-\f",
    "-\n\f\n",
    "-\u2028",
    "\u2011\n",
    "-\x0b",
    "- \n",
    "-\n-",
]
EVERY_BREAK = SOFT_BREAKS + HARD_BREAKS
#: What nobody sees inside a word.
UNSEEN = list(
    "\u00ad\u200b\u2060\ufeff\u200c\u200d\u200e\u200f\u202a\u202c\u2066\u2069\u2061\u034f\u061c\ufe0f\u180e"
)
UNSEEN += ["&shy;", "&#173;", "&#xAD;", "&zwnj;", "<wbr>", "<!-- note -->", '<lb break="no"/>']
#: Markup of the first letters of a word.
TAGS = [
    ("<span>", "</span>"), ("<b>", "</b>"), ("<I>", "</I>"), ("<em class='x'>", "</em>"), ('<hi rend="it">', "</hi>"),
    ("**", "**"), ("***", "***"), ("*", "*"), ("~~", "~~"), ("<a href='x.html'>", "</a>"),
]  # fmt: skip
LETTERS = [
    str.upper,
    str.capitalize,
    lambda word: word.replace("i", "İ").upper(),
    lambda word: word.replace("i", "ı"),
    lambda word: word.replace("i", "i\u0307"),
    lambda word: unicodedata.normalize("NFD", word),
    lambda word: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word),
    lambda word: word.replace("fi", "ﬁ").replace("fl", "ﬂ"),
    lambda word: "".join(c.upper() if k % 2 else c for k, c in enumerate(word)),
]
#: What is around a word without being part of it.
AROUND = [
    ("", ""), ("“", "”"), ("(", ")"), ("_", "_"), ("*", "*"), ("**", "**"), ("<i>", "</i>"), ("'", "'"), ("«", "»"),
    ("\u200b", "\u200b"), ("[", "]¹"), ("‘", "’"), ("\u2067", "\u2069"), ("—", "—"), ("`", "`"), ("¿", "?"),
    ("<sup>1</sup>", "<sup>2</sup>"), ("\ufeff", ","), ("\x0c", "\x0c"), ("<p>", "</p>"), ("&laquo;", "&raquo;"),
]  # fmt: skip


#: What makes a longer word, in which this one still begins.
ELISIONS = ["l’", "d'", "Qu’", "nell’"]


def _units(word):
    """Return the letters of a word, each with its marks."""
    units = []
    for character in word:
        if units and (unicodedata.combining(character) or unicodedata.category(character).startswith("M")):
            units[-1] += character
        else:
            units.append(character)
    return units


def planted(word, seed, breaks, most=3):
    """Return a text with a word in some disguises, and where the word is.

    The word may be broken once, by one of ``breaks``.
    """
    chance = random.Random(seed)
    letters = chance.choice([*LETTERS, str, str])(word)
    units = _units(letters)
    before, gaps = "", [""] * len(units)
    places = range(len(units) - 1)
    if breaks and chance.random() < 0.6:
        gaps[chance.choice(places)] = chance.choice(breaks)
    for _ in range(chance.randint(0, most)):
        place = chance.choice(places)
        gaps[place] = chance.choice(
            (gaps[place] + chance.choice(UNSEEN), chance.choice(UNSEEN) + gaps[place])
        )
    if chance.random() < 0.5:
        opening, closing = chance.choice(TAGS)
        place = chance.choice(places)
        before, gaps[place] = opening, closing + gaps[place]
    shown = "".join(unit + gap for unit, gap in zip(units, gaps, strict=True))
    left, right = chance.choice(AROUND)
    left += chance.choice(ELISIONS) if breaks is EVERY_BREAK and chance.random() < 0.1 else ""
    start = "Somebody said so: " + left + before
    return start + shown + right + " and went on.", len(start), len(start) + len(shown)
