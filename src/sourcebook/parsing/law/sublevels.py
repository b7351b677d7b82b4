"""What follows the number of an article: its paragraphs and letters, alone, in lists and in ranges."""

from __future__ import annotations

import re

from sourcebook.core.number_words import english
from sourcebook.parsing.law.places import order, stopped

__all__ = ["HEADING", "SEPARATOR", "SubLevels"]

SEPARATOR = re.compile(
    r"\s*(?:,\s*(?:and(?:/or)?\b|or\b|AND\b|OR\b|as\s+well\s+as\b|&)?|;\s*(?:and\b|or\b)?|&|\+|et\b(?!\s+seq)|and(?:/or)?\b|or\b|AND\b|OR\b|as\s+well\s+as\b)\s*(?=[(\w§¶])"
)
#: Words in brackets that say what an article is about.
HEADING = re.compile(
    r"\s*\(\s?(?![ivx]+\))(?:[a-z“\"‘]|[A-Z](?=[a-z’'-]+(?: |\)))"
    r"(?![^()]*(?:Convention|Covenant|Charter|Protocol|Declaration|Statute|Constitution|Code|Act|Law|[A-Z]{3})(?!\w)))[^()\d]{3,90}\)"
)
_ONES = {word: str(value) for word, value in english().ones.items() if 0 < value <= 12}
_CLOSING = ("and", "or", "&", "+", "et", "as")
_LABEL = r"\d{1,3}(?:\s?bis)?|[ivxl]+|[IVX]+|[A-Za-z](?:\s?bis)?|(?P<double>[a-z])(?P=double)"
_BRACKET = re.compile(rf"\s*\(\s*(?P<label>{_LABEL})\s*\)")
_LETTER_ALONE = re.compile(
    r"(?:(?<=\))|\s)(?P<label>[a-h])(?=,?\s+(?:of|to|and)\s+(?:the\s|[A-Z(])|\s+[A-Z]{2})"
)
_HALF_BRACKET = re.compile(r"\s?(?P<label>[a-z])\)")
_PARAGRAPH = re.compile(
    r"\s*(?:,|[-–](?=§))?\s*(?:(?:and\s+)?(?:in\s+particular|especially|notably|specifically)\s+(?:its\s+)?|in\s+(?:its|the)\s+)?(?P<word>§{1,2}|¶{1,2}|(?i:paragraphs?|paras?\.?|pars?\.?(?=[\s\d])|abs(?:\.|atz)|al(?:\.|in[ée]a)|n[or]s?\.|sub(?=\s\d)))\s*(?:\(\s*(?P<letter>[a-z])\s*\)|(?P<plain>[a-z])(?=\s+of\b|\s+(?:and|or)\s+[a-z](?!\w)|\s*(?:[,.;)]|$)|\s+[A-Z]{2})|(?P<open>\()?(?P<label>\d{1,3})(?(open)\)))(?![\w/%]|\.\d)"
)
_IN_WORDS = re.compile(rf"\s*,?\s*paragraphs?\s+(?P<label>{'|'.join(_ONES)})(?![\w-])", re.IGNORECASE)
_SECTION = re.compile(
    r"\s+(?i:section|sect?\.)\s(?P<label>\d{1,2})(?![\w/%]|\.\d|\s?[–-]\s?\d)"
)  # Article 6 section 1
_AFTER_COLON = re.compile(r":(?P<label>\d{1,2})(?![\d:])")  # Article 2:4
_AFTER_COMMA = re.compile(rf"\s*,\s*\(\s*(?P<label>{_LABEL})\s*\)(?=,?\s(?:of|to|in)\b|\s?\()")
_PARTICULARLY = (
    r"(?:(?:and\s+)?(?:in\s+particular|especially|notably|specifically),?\s+(?:in\s+)?(?:(?:its|the)\s+)?)"
)
_INSIDE = re.compile(
    rf"\s*\(\s*{_PARTICULARLY}?(?:paragraph|para\.?|§)\s*(?P<label>\d{{1,3}})(?:\s*\((?P<inner>[a-z])\))?\s*\)",
    re.IGNORECASE,
)
_INSIDE_MANY = re.compile(
    rf"\s*\(\s*(?:{_PARTICULARLY}?(?:paragraphs?|paras?\.?|§§?)\s*)?(?P<labels>\d{{1,2}}(?:\s*(?:,|and|&|,\s*and|to|-|–)\s*\d{{1,2}})+)\s*\)",
    re.IGNORECASE,
)
_LETTERS_INSIDE = re.compile(r"\s*\(\s*(?P<first>[a-z])\s*(?:-|–|—|to)\s*(?P<last>[a-z])\s*\)")  # 3 (a–c)
_LISTED = re.compile(r"(\d+)(?:\s*(?:to|-|–)\s*(\d+))?")
_POINT = re.compile(
    rf"\s*,?\s*{_PARTICULARLY}?(?P<word>(?i:sub-?\s?paragraphs?|sub-?paras?\.?|sub-?sections?|points?|letters?|lit(?:\.|era)?|items?|clauses?))\s*\(?\s*"
    r"(?P<label>\d{1,2}|[ivx]+|[a-z])\s*\)?(?!\w)"
)
_PARTICULAR = re.compile(rf"\s*,?\s*{_PARTICULARLY}\(\s*(?P<label>\d{{1,2}}|[a-z])\s*\)")
_QUOTED = re.compile(
    r"\s*(?:,|,?\s*(?:and|or)(?=\s))?\s*[“\"‘'«](?P<label>[a-z])[”\"’'»](?!\w)"
)  # para. 2, “a”
#: A sentence of a paragraph, which no pinpoint holds, before a letter: Art. 6 Abs. 1 S. 1 lit. f.
_SENTENCE = re.compile(
    r"\s*,?\s*((?:S(?:\.|atz)|[Ss]entence|U(?:nter)?[Aa]bs(?:\.|atz)|HS|Halbs(?:\.|atz))\s?\d|(?:first|second|third|fourth|fifth|last)\s+sub-?paragraph(?=,?\s+(?:points?|letters?|lit\.?)\s*\(?[a-z](?!\w)))(?!\w)"
)
#: What can follow a number that has something below it; most are followed by nothing of the kind.
_MORE = re.compile(
    r":\d|\s*,?\s*(?:[(§¶,;&–—‑-]|sub|par|abs|al\.|alin|n[or]s?\.|point|in\s+particular|especially|notably|specifically|let|s\.|sent|satz|unt|uabs|[“\"‘'«]|lit|item|cl|first|sec|third|fou|fif|six|sev|eig|the\s|in\s|to\b|through|and\b|or\b|as\s"
    r"|[a-z]\))",
    re.IGNORECASE,
)
_ORDINALS = tuple(english().ordinals)[:8]  # first to eighth
_NTH = re.compile(
    r"\s*,?\s*(?P<open>\()?(?:in\s+)?(?:the\s+|its\s+|(?:in\s+particular|especially|notably|specifically)\s+(?:its|the)\s+)?"
    rf"(?P<nth>{'|'.join(_ORDINALS)})\s+paragraph(?!\w)(?(open)\))",
    re.IGNORECASE,
)
_NTHS = re.compile(
    rf"\s*,?\s*(?P<open>\()?(?:in\s+)?(?:(?:the|its)\s+)?(?:{'|'.join(_ORDINALS)})(?:(?:,\s+|,?\s+and\s+)(?:the\s+)?(?:{'|'.join(_ORDINALS)})){{1,6}}\s+paragraphs?(?!\w)(?(open)\))",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?P<label>\d{1,2})(?![\w/%]|\.\d)")
#: A letter that goes on with others after a word in the plural: points a and b of.
_BARE_LETTER = re.compile(
    r"(?P<label>[a-z])(?=\s*(?:[.,;:)&]|$)|\s+(?:and|or|of|to|in|as|read|taken|under|with|which|is|are|was|were)(?!\w)|\s[A-Z])"
)
_GOES_UP = re.compile(r"\s*(?:[§¶]|,?\s*para|\(\s*\d)", re.IGNORECASE)
_TO = r"\s*(?:--?|[–—‑]|to\b|through\b)\s*"
_BRACKET_RANGE = re.compile(rf"{_TO}\(\s*(?P<label>\d{{1,2}}|[ivx]+|[a-z])\s*\)(?!\s?\(\w{{1,4}}\))")
_BARE_RANGE = re.compile(rf"{_TO}(?:§\s?|para(?:graph|\.)?\s)?(?P<label>\d{{1,2}})(?![\w/%]|\s?[(§])")
_BARE_LETTER_RANGE = re.compile(
    rf"{_TO}(?P<label>[a-z])(?=\s*[,.;:)]|\s+(?:of|and|or|in|to)\s|\s[A-Z]{{2}}|$)"
)
#: A paragraph that is in another article, which is named after it: Article 6, paragraph 2 (a) of Article 5.
_NTH_WORD = "|".join(_ORDINALS)
_PART = (
    r"(?:(?:paragraphs?|paras?\.?|§§?|sub-?paragraphs?|points?|letters?|lit\.?|items?|clauses?)"
    r"(?:\s*(?:\(\w{1,4}\)|\d{1,2}|[a-z]|and|or|to|,|[-–])(?!\w)){0,12}"
    rf"|(?:{_NTH_WORD})(?:(?:\s+paragraph)?\s+and\s+(?:the\s+)?(?:{_NTH_WORD}))?\s+(?:sub-?)?paragraphs?)"
)
_ELSEWHERE = re.compile(
    rf"\s*,?\s*(?:the\s+)?{_PART}(?:\s+of\s+(?:the\s+)?{_PART})?\s+of\s+(?:the\s+)?(?:articles?|arts?\.)\s?[\dIVX]",
    re.IGNORECASE,
)
_OF_ARTICLE = re.compile(
    r"(?:[^()\n]|\(\w{1,4}\)){0,40}?\s(?:of|to)\s+(?:the\s+)?(?:art|preamble)", re.IGNORECASE
)
_GO_ON = re.compile(
    r"\s*(?:[^\s\w]|$|\s(?:the\s+)?[A-Z]{2}|\s(?:of|and|or|to|in|under|read|taken|as|with|thereof|is|are|was|were)\b)"
)
_MOST = 12  # paragraphs of an article that is named with one paragraph and a further number


class SubLevels:
    """Reads the paragraphs and letters after a number.

    Parameters
    ----------
    text : str
        Any text.
    end : int
        Where the number ends; afterwards, where what was read ends.
    start : int
        Where the unit word begins.
    plural : bool, default True
        Whether the unit word is in the plural, so that a further number is one of its own.
    nested : bool, default False
        Whether a letter right after a letter is below it, and not beside it.

    Examples
    --------
    >>> SubLevels("Article 6(1)(e) and (f)", 9, 0).read(())
    [(('1', 'e'), ''), (('1', 'f'), '')]
    """

    def __init__(self, text: str, end: int, start: int, *, plural: bool = True, nested: bool = False) -> None:
        self.text, self.end, self.plural, self.nested = text, end, plural, nested
        self._of_article = text[start : start + 3].lower() == "art"
        self._bracketed = text[max(0, start - 1) : start] == "("
        self._of_points = False  # whether that word is one for points or letters
        self._word = ""  # that introduces paragraphs without brackets
        self._closed = False
        self.told: list[str] = []  # words that no path holds

    def read(self, first: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
        """Return each path of labels with the last one of its range, if it is one."""
        if not _MORE.match(self.text, self.end) or self._is_elsewhere():
            return [(first, "")]
        if many := _INSIDE_MANY.match(self.text, self.end):
            self.end = many.end()
            listed = _LISTED.finditer(many["labels"])
            return [((*first, label[1]), label[2] or "") for label in listed]
        if not first and (many := _NTHS.match(self.text, self.end)):
            self.end = many.end()
            said = [word for word in re.findall(r"[a-z]+", many[0].lower()) if word in _ORDINALS]
            return [((str(_ORDINALS.index(word) + 1),), "") for word in said]
        found = []
        path: tuple[str, ...] | None = first
        while path is not None:
            path = self._levels(path)
            inside = _LETTERS_INSIDE.match(self.text, self.end) if path and path[-1].isdigit() else None
            if inside and inside["first"] < inside["last"]:
                self.end = inside.end()
                found.append(((*path, inside["first"]), inside["last"]))
            else:
                found.append((path, self._range(path)))
            path = self._next(path) if path else None
        return found

    def _levels(self, path: tuple[str, ...]) -> tuple[str, ...]:
        while not self._is_elsewhere():
            if match := _PARAGRAPH.match(self.text, self.end):
                beside = path and path[-1].isalpha() and not match["label"]
                if beside or any(label.isdigit() for label in path):
                    return path
                self._word, self._of_points = match["word"].lower().rstrip("."), False
                path = (*path, match["label"] or match["letter"] or match["plain"])
            elif not path and (match := self._first()):
                path = (_ONES.get(match["label"].lower(), match["label"]),)
            elif match := _INSIDE.match(self.text, self.end):
                path = (*path, match["label"], *([match["inner"]] if match["inner"] else ()))
            elif match := _NTH.match(self.text, self.end):
                path = (*path, str(_ORDINALS.index(match["nth"].lower()) + 1))
            elif match := _BRACKET.match(self.text, self.end) or _POINT.match(self.text, self.end):
                label = "".join(match["label"].split())
                if path and not self.nested and _beside(path[-1], label):
                    return path
                path = (*path, label)
                self._note_points(match.groupdict().get("word"))
            elif (match := _PARTICULAR.match(self.text, self.end)) and _goes_below(path, match["label"]):
                path = (*path, match["label"])
            elif match := _SENTENCE.match(self.text, self.end):
                self.told.append(match[1])
            elif match := self._letter(path):
                path = (*path, match["label"])
            else:
                return path
            self.end = match.end()
        return path

    def _is_elsewhere(self) -> bool:
        """Return whether what follows an article is in another one, which is named after it."""
        return self._of_article and _ELSEWHERE.match(self.text, self.end) is not None

    def _note_points(self, word: str | None) -> None:
        """Note the word that has introduced letters, which may go on without it: points a and b."""
        if word:
            self._word, self._of_points = word.lower().rstrip("."), True

    def _first(self) -> re.Match[str] | None:
        """Return what stands right after a number: Article 31, (1) of; Article 2:4; Article 49, paragraph six."""
        for expression in (_AFTER_COMMA, _AFTER_COLON, _IN_WORDS, _SECTION):
            if match := expression.match(self.text, self.end):
                return match
        return None

    def _letter(self, path: tuple[str, ...]) -> re.Match[str] | None:
        """Return a letter without brackets: Article 73(1) e of the Charter, Article 73 e), para. 2, “a”."""
        if not (path and path[-1].isalpha()) and (quoted := _QUOTED.match(self.text, self.end)):
            return quoted
        if not path:
            return None
        match = _LETTER_ALONE.match(self.text, self.end) if path[-1].isdigit() else None
        return match or (None if self._bracketed else _HALF_BRACKET.match(self.text, self.end))

    def _range(self, path: tuple[str, ...]) -> str:
        """Read the end of a range of what was read last."""
        if not path:
            return ""
        match = _BRACKET_RANGE.match(self.text, self.end)
        if match is None and self._word and path[-1].isdigit():
            match = _BARE_RANGE.match(self.text, self.end)
        if match is None and path[-1].isalpha() and self._word:
            match = _BARE_LETTER_RANGE.match(self.text, self.end)
        if match is None:
            return ""
        first, last = path[-1], match["label"]
        both = [order(label) for label in (first, last)]
        if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
            both = [(ord(first), ""), (ord(last), "")]
        if first.isdigit() != last.isdigit() or None in both or both[1] <= both[0]:  # type: ignore[operator]
            raise stopped(self.text, match.start(), f"a label after {first!r}")
        self.end = match.end()
        return last

    def _next(self, path: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the path of the next of a list, or None where the list of this article ends."""
        if path and path[-1].isalpha() and (quoted := _QUOTED.match(self.text, self.end)):
            self.end = quoted.end()
            return (*path[:-1], quoted["label"])
        heading = HEADING.match(self.text, self.end) if path else None
        joint = SEPARATOR.match(self.text, heading.end() if heading else self.end)
        if joint is None:
            beside = _BRACKET.match(self.text, self.end) if path else None
            if beside is None or not _beside(path[-1], beside["label"]):
                return None
            self.end = beside.end()
            return (*path[:-1], beside["label"])
        match = _BRACKET.match(self.text, joint.end())
        if match is None:
            match = _PARAGRAPH.match(self.text, joint.end()) or _POINT.match(self.text, joint.end())
            if match and _OF_ARTICLE.match(self.text, match.end()):
                return None
            if match and self._goes_back(path, match["label"], joint):
                self.end = match.end()
                self.told.append(" ".join(match[0].split()))
                return None
        if match is None:
            return self._next_number(path, joint)
        label = "".join((match["label"] or match["letter"] or match["plain"]).split())
        depth = _depth(path, label)
        if depth is None:
            return None
        self.end = match.end()
        return (*path[:depth], label)

    def _goes_back(self, path: tuple[str, ...], label: str | None, joint: re.Match[str]) -> bool:
        """Return whether a paragraph after a comma comes before the one that was read: 8(2)(e)(viii), para. 1."""
        if label is None or not label.isdigit() or joint[0].strip() != "," or len(path) < 3:
            return False
        return path[0].isdigit() and int(label) <= int(path[0])

    def _next_number(self, path: tuple[str, ...], joint: re.Match[str]) -> tuple[str, ...] | None:
        """Return the path of a paragraph that is named by its number alone: §§ 1 and 3."""
        many = self._word.endswith("s") or self._word == "lit" or len(self._word) == 2
        number = _BARE.match(self.text, joint.end()) if self._word and not self._closed else None
        if number and self._of_points and not path[-1].isdigit():
            return None  # points (b) and (c), 8
        if number is None and path[-1].isalpha() and many and not self._closed:
            number = _BARE_LETTER.match(self.text, joint.end())
        if number is None or _GOES_UP.match(self.text, number.end()) or (not many and self.plural):
            return None
        depth = _depth(path, number["label"])
        if depth is None:
            return None
        if not many:
            if not _GO_ON.match(self.text, number.end()):
                return None
            if not path[depth].isdigit() or not int(path[depth]) < int(number["label"]) <= _MOST:
                raise stopped(self.text, number.start(), "a paragraph, or Articles in the plural")
        self._closed = joint[0].strip(" ,\n").startswith(_CLOSING)
        self.end = number.end()
        return (*path[:depth], number["label"])


def _beside(label: str, following: str) -> bool:
    """Return whether a letter right after another is its neighbour and not below it: (a)(d)(e)."""
    both = label + following
    return (
        len(both) == 2 and both.isalpha() and both.islower() and following not in "ivx" and label < following
    )


def _goes_below(path: tuple[str, ...], label: str) -> bool:
    """Return whether a label in brackets can be below a path: Article 14, in particular (3)."""
    return not path or (path[-1].isdigit() and label.isalpha())


def _depth(path: tuple[str, ...], label: str) -> int | None:
    """Return the level of a path at which a label is one of the next, from the innermost on."""
    label = label.removesuffix("bis").strip()
    for depth in range(len(path) - 1, -1, -1):
        other = path[depth].removesuffix("bis")
        if other.isdigit() != label.isdigit() or other.isupper() != label.isupper():
            continue
        if label.isdigit() or _is_roman(label, path[:depth]) == _is_roman(other, path[:depth]):
            return depth
        if len(label) == len(other) == 1 and not _letters(path[:depth]) and ord(label) == ord(other) + 1:
            return depth
        if len(other) == 1 and _all_roman(other) and _all_roman(label):
            return depth
    return None


def _all_roman(label: str) -> bool:
    return set(label.lower()) <= set("ivxl")


def _letters(above: tuple[str, ...]) -> bool:
    return any(label.isalpha() and label.islower() for label in above)


def _is_roman(label: str, above: tuple[str, ...]) -> bool:
    """Return whether a label is a Roman numeral: of several letters, or one below a letter."""
    return _all_roman(label) and (len(label) > 1 or _letters(above))
