"""A number at a place of a text: digits in every grouping, with power, fraction and magnitude.

What is not understood to its end is no number: the reader then says where the next one may begin.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction

from sourcebook.parsing.quantities.letters import Letters
from sourcebook.parsing.quantities.number import MOST, Number
from sourcebook.parsing.quantities.spelled import Speller

__all__ = ["NumberReader"]

_TO_POWER = r"10(?:\s?(?:\^|\*\*|[⁺⁻⁰¹²³⁴-⁹])|\s\d{1,2}(?![\w.,]))"  # 5·10⁶
_BLANK = "[ \u00a0\u2007\u2009\u200a\u202f\u2005\u2006]"


def _digits(magnitudes: str, decimal: str) -> re.Pattern[str]:
    """Return what a number in digits looks like; a pair in which group and decimal mark are exchanged for a comma."""
    mark, group = (rf"(?:\.|·(?!{_TO_POWER}))", ",") if decimal == "." else (",", r"\.")
    return re.compile(
        rf"""(?P<indian>\d{{1,2}}(?:,\d\d)+,\d{{3}}(?:\.\d{{1,30}})?(?!\d|[,.]\d))
        |(?P<group>\d{{1,3}}(?:{group}\d{{3}})+(?:{mark}\d{{1,30}})?(?!\d|[.,:/]\d))
        |(?P<quote>\d{{1,3}}(?:['’]\d{{3}})+(?:{mark}\d{{1,30}})?(?!\d|['’.,]\d))
        |(?P<blank>[1-9]\d{{0,2}}(?P<gap>{_BLANK})\d{{3}}(?:(?P=gap)\d{{3}})*(?:[.,·]\d{{1,30}})?(?!\d|[.,]\d|(?P=gap)\d))
        |(?P<point>\d{{1,3}}(?:\.\d{{3}}){{2,}}(?:,\d{{1,30}})?(?!\d|[.,]\d)|\d{{1,3}}(?:\.\d{{3}})+,\d{{1,2}}(?!\d|[.,]\d))
        |(?P<split>\d{{1,3}}[ ]\.[ ]\d{{1,4}}(?=[ ]?%|[ ](?:{magnitudes}|percent)\b))
        |(?P<decimal>\d{{1,30}}{mark}\d{{1,30}}(?!\d|[.,:/]\d|·(?!{_TO_POWER})\d))
        |(?P<comma>\d{{1,3}},\d{{1,2}}(?!\d|[.,:/]\d))
        |(?P<whole>\d{{1,30}}(?!\d|[.,:/]\d|·(?!{_TO_POWER})\d))
        |(?P<bare>[.]\d{{1,30}}(?!\d|[.,:/]\d))""",
        re.VERBOSE,
    )


_CHAIN = re.compile(r"\d+(?:[.,:/·'’]\d+)*")
_LONGEST = 60  # characters of a number in digits
_FRACTION = re.compile(r"(?P<top>\d{1,4})[/⁄](?P<bottom>\d{1,4})(?![\d/⁄]|[.,]\d)")
_MIXED = r"(?:\s{{1,2}}|-|\s+(?:{joined})\s+)(?P<top>\d{{1,3}})[/⁄](?P<bottom>\d{{1,3}})(?![\d/⁄]|[.,]\d)"
_AND_VULGAR = r"\s+(?:{joined})\s+(?P<sign>[½¼¾⅐-⅞])"
_VULGAR = re.compile(r"[\s-]?(?P<sign>[½¼¾⅐-⅞])")
_BOTTOMS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 20, 25, 32, 50, 64, 100, 1000))
_RATED = 100
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−–", "0123456789+---")
_POWER = re.compile(
    r"\s?(?:[×x✕*·⋅])\s?10(?:\s?(?:\^|\*\*)\s?[({]?\s?(?P<caret>[-−–+]?\s?\d{1,3})[)}]?|(?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]+)"
    r"|\s?(?P<minus>[-−–]\s?\d{1,2})(?!\d)|(?P<bare>[1-9]\d?)(?!\d))"
)
_TEN = re.compile(
    r"10(?:(?:\^|\*\*)\s?[({]?\s?(?P<caret>[-−–+]?\d{1,3}(?!\d|\.\d))[)}]?|(?P<raised>[⁺⁻]?[⁰¹²³⁴-⁹]+)|(?P<minus>−\d{1,2})(?!\d))"
)
_E = re.compile(r"e(?P<power>[-−+]?\d{1,3})(?![\w.])")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")  # with a point that groups or is the decimal mark
_SMALLER = re.compile(r"\s+(?=\d{1,3}\s+[a-z])")
#: What is torn after a number: 5 , 000 and 5 ,000 and 5, 000; 1 . 5 and 1 .5; 5 × 10 6.
_TORN = re.compile(
    r"(?:\s,\s?\d{3})+(?!\d)|(?:[,.]\s000)+(?!\d)|(?:\s+0{2,3})+(?![\d.,])|(?<=,\d\d)\s0(?![\d.,])|(?<!\d{4})\s\.\s?\d{1,3}(?!\w|[.,]\d)"
    r"|(?:\s?[×*·⋅]|\sx)\s?10(?:\s\d{1,2}|\([-−–]?\d{1,2}\))(?!\w|[.,]\d)"
    r"|\s10(?=\^|\*\*|[⁺⁻⁰¹²³⁴-⁹])|(?<!\d{4})\.\s\d{1,3}(?=\s?(?:%|per\s?cent|[mb]illion))"
)
_GRAND = re.compile(
    r"\s+grand(?=\s*(?:\Z|[.,;:!?)”\"]|(?:a|an|in|for|to|on|of|from|and|or|each|every|at|by|per|is|was|off|more)\s))"
)
_POWER_CHAIN = re.compile(r"\s?(?:\^|\*\*)[-−–+\s]*[\d.]*|[⁻⁰¹²³⁴-⁹]+")
_RAISED = re.compile(
    r"(?:\^|\*\*)[({]?(?P<power>[-−–+]?\d{1,3})[)}]?(?![\w.^*])|(?P<small>⁻[⁰¹²³⁴-⁹]{1,3})(?![\w.^*⁰¹²³⁴-⁹])"
)
_BASES = (2, 10)  # of whole numbers, what is usually raised
_LEAST, _FINEST = Fraction(1, 10**12), 10**30
_CARET = re.compile(r"\s?\^|\*\*|⁻(?=[⁰¹²³⁴-⁹])")
_BETWEEN = re.compile(r"between\s\Z")
_GLUED = re.compile(r"[^\W\d_]{4,}")  # 1.2million
_SUFFIX = re.compile(
    r"(?P<gap>\s?)(?P<word>k|mm?|mn|mln|mio|mill(?=\.)|tsd|bn|bln|mrd|mlrd|b|(?<! )t|tn|tr|trn|trln)(?![\w²³/]|\.\w)"
)
_SUFFIXES = {
    "k": 10**3, "tsd": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "mill": 10**6,
    "b": 10**9, "bn": 10**9, "bln": 10**9, "mrd": 10**9, "mlrd": 10**9, "trln": 10**12,
    "t": 10**12, "tn": 10**12, "tr": 10**12, "trn": 10**12,
}  # fmt: skip
#: Abbreviations, with a point and perhaps a capital: 5 Mio. EUR.
_SHORT = frozenset(("mio", "mrd", "mill", "mlrd", "tsd"))
#: Suffixes of one letter are units too: metres, kelvins, bytes.
_LETTERS = frozenset("kmbt")


@dataclass(frozen=True, slots=True)
class NumberReader:
    """Reads the number that begins at a place.

    Attributes
    ----------
    speller : Speller
        Reads words.
    digits : re.Pattern
        Reads digits.
    decimal : str
        The decimal mark.
    letters : Letters
        Tells metres from millions.
    mixed : tuple of re.Pattern
        Read the fraction of a mixed number.
    """

    speller: Speller
    digits: re.Pattern[str]
    decimal: str
    letters: Letters
    mixed: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, speller: Speller, decimal: str) -> NumberReader:
        """Return the reader of a language.

        Parameters
        ----------
        speller : Speller
        decimal : str
            The decimal mark.

        Returns
        -------
        NumberReader
        """
        digits = _digits("|".join(map(re.escape, speller.numbers.magnitudes)), decimal)
        joined = "|".join(map(re.escape, speller.words.get("and", ()))) or "(?!)"
        mixed = tuple(re.compile(form.format(joined=joined)) for form in (_MIXED, _AND_VULGAR))
        return cls(speller, digits, decimal, Letters(speller.lexicon), (*mixed, _VULGAR))

    def read(self, low: str, start: int, *, money: bool = False, text: str = "") -> tuple[Number | None, int]:
        """Read the number at a place.

        Parameters
        ----------
        low : str
            The text in lower case.
        start : int
        money : bool
            A sign of a currency stands before it.
        text : str, optional
            The text as it is, for letters whose case tells a unit from a magnitude.

        Returns
        -------
        tuple of Number or None, and int
            The number, and the place after it; None with the place after what is refused.
        """
        sign = low[start : start + 1]
        if sign.isdigit() or sign == ".":
            return self._digits(low, start, money, text or low)
        if sign.isalpha():
            return self._worded(low, *self.speller.read(low, start))
        match = _VULGAR.match(low, start)
        if match is None:
            return None, start + 1
        value = Fraction(unicodedata.numeric(match["sign"])).limit_denominator(100)
        number = Number(start=start, end=match.end(), value=value, coefficient=value, form="fraction")
        return self.speller.magnified(low, number)

    def _worded(self, low: str, number: Number | None, end: int) -> tuple[Number | None, int]:
        """Read what follows a number in words: the fraction of five and 1/2, the thousand of five grand."""
        if number is None or number.magnitude > 1 or number.bare or number.form not in ("words", "fraction"):
            return number, end
        if number.form == "words" and (whole := self._mixed(low, number)).end > number.end:
            return (None, whole.end) if whole.value < 0 else self.speller.magnified(low, whole)
        grand = _GRAND.match(low, end) if end == number.end else None
        return (_times(number, grand.end(), 1000), grand.end()) if grand else (number, end)

    def _digits(self, low: str, start: int, money: bool, text: str) -> tuple[Number | None, int]:
        ten = _TEN.match(low, start)
        if ten:
            return self._powered(
                Number(start=start, end=ten.end(), value=Fraction(1), coefficient=Fraction(1), form="digits"),
                ten,
            )
        fraction = _FRACTION.match(low, start)
        if fraction:
            part = _part(fraction)
            if part is None or (money and int(fraction["bottom"]) >= _RATED):  # €3/100 kg
                return None, _chain_end(low, start)
            number = Number(start=start, end=fraction.end(), value=part, coefficient=part, form="fraction")
            return self.speller.magnified(low, number)
        match = self.digits.match(low, start)
        if match is None or match.end() - start > _LONGEST:
            return None, match.end() if match else _chain_end(low, start)
        torn = _TORN.match(low, match.end())
        if torn or (len(match[0]) > 1 and match[0][0] == "0" and match.lastgroup not in ("decimal", "comma")):
            return None, torn.end() if torn else match.end()
        value = self._value(match)
        if match.lastgroup == "decimal" and _THOUSANDS.fullmatch(match[0]):
            value = (
                int(match[0].replace(".", "")) if self.speller.lexicon.whole_next(low, match.end()) else value
            )
        plain = match.lastgroup == "whole"
        number = Number(
            start=start, end=match.end(), value=value, coefficient=value, form="digits", plain=plain
        )
        return self._continued(low, number, money, text)

    def _value(self, match: re.Match[str]) -> int | Fraction:
        """Return the value of digits, by the kind of their groups."""
        kind, text = match.lastgroup, match[0]
        if kind == "whole":
            return int(text)
        if kind == "split":
            text = text.replace(" ", "")
        elif kind in ("comma", "point") or (kind in ("group", "decimal") and self.decimal == ","):
            text = text.replace(".", "").replace(",", ".") if kind != "comma" else text.replace(",", ".")
        elif kind == "blank":
            head, mark, tail = re.fullmatch(r"(.*?)(?:([.,·])(\d+))?", text).groups()  # type: ignore[union-attr]
            text = re.sub(r"\D", "", head) + (f".{tail}" if mark else "")
        else:
            text = re.sub("[,'’]", "", text).replace("·", ".")
        whole, _, places = text.partition(".")
        return Fraction(int(whole + places), 10 ** len(places)) if places else int(whole)

    def _continued(self, low: str, number: Number, money: bool, text: str) -> tuple[Number | None, int]:
        """Read what follows the digits: a power, a fraction, a suffix, magnitudes."""
        power = _POWER.match(low, number.end)
        if power and not (power["bare"] and number.value >= 10):
            return self._powered(replace(number, end=power.end()), power)
        raised = _E.match(low, number.end)
        if raised:
            return self._powered(replace(number, end=raised.end()), raised)
        if to_power := _raised(low, number):
            return to_power, to_power.end
        if _CARET.match(low, number.end):
            chain = _POWER_CHAIN.match(low, number.end)
            return None, chain.end() if chain else number.end
        whole = self._mixed(low, number)
        if whole.value < 0:
            return None, whole.end
        number = whole
        glued = _GLUED.match(low, number.end)
        many = self.speller.numbers.magnitudes.get(glued[0], 0) if glued else 0
        if glued and many >= 1000:
            return _times(number, glued.end(), many), glued.end()
        if grand := _GRAND.match(low, number.end):
            return _times(number, grand.end(), 1000), grand.end()
        suffix = _SUFFIX.match(low, number.end)
        if suffix and suffix["word"] == "m" and not (suffix["gap"] or money):
            meaning = self.letters.meaning(
                low, number.start, suffix.end(), capital=text[suffix.end() - 1].isupper()
            )
            if not meaning:
                return None, suffix.end()
            counts = meaning == "million"
        else:
            counts = suffix is not None and self._counts(low, suffix, money, text)
        if suffix and counts:
            word, end = suffix["word"], suffix.end()
            end += word in _SHORT and low.startswith(".", end) and low[end + 1 : end + 2].isspace()
            return replace(_times(number, end, _SUFFIXES[word]), suffix=word), end
        return self._summed(low, *self.speller.magnified(low, number))

    def _mixed(self, low: str, number: Number) -> Number:
        """Return a number with the fraction that follows it: 5 1/2, 5 and ¾; negative where both are not understood."""
        match = next((m for form in self.mixed if (m := form.match(low, number.end))), None)
        if match is None or (
            _BETWEEN.search(low, max(0, number.start - 9), number.start) and match[0][1:4] == "and"
        ):
            return number
        part = _part(match) if "top" in match.groupdict() else Fraction(unicodedata.numeric(match["sign"]))
        if part is None or not isinstance(number.value, int):
            return replace(number, end=match.end(), value=-1)
        value = number.value + part.limit_denominator(1000)
        return replace(number, end=match.end(), value=value, coefficient=value, form="fraction", plain=False)

    def _summed(self, low: str, number: Number | None, end: int) -> tuple[Number | None, int]:
        """Read what is added to a number with its magnitude: 1 million 500 thousand."""
        more = _SMALLER.match(low, end) if number is not None and number.magnitude > 1000 else None
        if number is None or more is None or not isinstance(number.coefficient, int):
            return number, end
        second, last = self.speller.magnified(low, self._plain(low, more.end()))
        if second is None or not 1 < second.magnitude < number.magnitude or second.form != "digits":
            return number, end
        return replace(number, value=number.value + second.value, end=last, coefficient=0), last

    def _plain(self, low: str, start: int) -> Number:
        digits = _CHAIN.match(low, start)
        end = digits.end() if digits else start
        value = int(low[start:end]) if low[start:end].isdigit() else 0
        return Number(start=start, end=end, value=value, coefficient=value, form="digits")

    def _counts(self, low: str, suffix: re.Match[str], money: bool, text: str) -> bool:
        """Return whether a suffix is a magnitude and no unit."""
        word, glued = suffix["word"], not suffix["gap"]
        if money or word == "mm":
            return money
        if not glued and text[suffix.start("word") : suffix.end()] != word and word not in _SHORT:
            return False
        if word not in _LETTERS or word == "k":
            return True
        if word == "t":
            return False
        return self.speller.lexicon.counts_next(low, suffix.end())

    def _powered(self, number: Number, match: re.Match[str]) -> tuple[Number | None, int]:
        groups = [text for text in match.groupdict().values() if text]
        power = int(re.sub(r"\s", "", groups[0].translate(_SUPERSCRIPT)))
        size = Fraction(10) ** power
        value = number.value * size
        return replace(number, value=value, coefficient=value, plain=False, power=size), number.end


def _times(number: Number, end: int, size: int) -> Number:
    """Return a number times a magnitude that ends at a place."""
    return replace(number, end=end, value=number.value * size, magnitude=size, plain=False)


def _raised(low: str, number: Number) -> Number | None:
    """Return the power of a number, where what is raised cannot be a mark of a note: 1.1^23, 2^10, but 1994^3 not."""
    match = _RAISED.match(low, number.end)
    if match is None or number.value == 0 or low.startswith(".10", number.end - 3):  # 5.10^6
        return None
    power = int((match["power"] or match["small"]).translate(_SUPERSCRIPT))
    if power > 0 and isinstance(number.value, int) and number.value not in _BASES:
        return None
    value = Fraction(number.value) ** power
    if not _LEAST < value < MOST or value.denominator > _FINEST:
        return None
    return replace(number, end=match.end(), value=value, coefficient=value, plain=False)


def _chain_end(low: str, start: int) -> int:
    """Return the end of digits with marks between them, of which no part is read."""
    chain = _CHAIN.match(low, start)
    return chain.end() if chain else start + 1


def _part(match: re.Match[str]) -> Fraction | None:
    """Return a fraction written with a stroke; None where it may be a date or a ratio."""
    top, bottom = int(match["top"]), int(match["bottom"])
    if bottom not in _BOTTOMS or not 0 < top < bottom:
        return None
    return Fraction(top, bottom)
