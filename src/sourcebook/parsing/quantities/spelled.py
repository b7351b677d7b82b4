"""A number in words at a place of a text, and the words that go on after digits: magnitudes, fractions, points."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from sourcebook.parsing.quantities.compound_fractions import compound_fraction
from sourcebook.parsing.quantities.lexicon import HYPHENS, STEP, Lexicon
from sourcebook.parsing.quantities.number import MOST, Number, NumberSum

__all__ = ["Speller"]

_WORD = re.compile(r"[^\W\d_]+")
_TAIL = re.compile(r"\s+(\d{1,2})(?!\w|[.,:/]\d)")
_PLACES = 28  # decimals in words
_Read = tuple[Number | None, int]


class Speller:
    """Reads numbers in the words of one language.

    Parameters
    ----------
    lexicon : Lexicon
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.numbers, self.words = lexicon, lexicon.numbers, lexicon.words

    def read(self, low: str, start: int) -> _Read:
        """Read the number in words that begins at a place.

        Parameters
        ----------
        low : str
            The text in lower case.
        start : int

        Returns
        -------
        tuple of Number or None, and int
            The number and the place after it; None with the place after what is refused.
        """
        number, end = self._read(low, start)
        goes_on = end > start + 1 if number is None else self.lexicon.is_number_at(low, end)
        fraction = compound_fraction(low, start, self.lexicon, self._read) if goes_on else None
        return (fraction, fraction.end) if fraction else (number, end)

    def _read(self, low: str, start: int) -> _Read:
        """Read a number as :meth:`read` does, but for fractions of several words."""
        match = _WORD.match(low, start)
        if match is None:
            return None, start + 1
        word, end = match[0], match.end()
        if word in self.lexicon.plurals:
            return self._plural(low, start, end)
        if (fold := self._fold(word)) is not None:
            return replace(fold, start=start, end=start + fold.end), start + fold.end
        part = self.lexicon.part(word)
        if part is not None:
            share = Fraction(1, part)
            return self._of(
                low, Number(start=start, end=end, value=share, coefficient=share, form="fraction", bare=True)
            )
        state, size = NumberSum(end=end), self.numbers.magnitudes.get(word, 0)
        if word in self.lexicon.number_words:
            state.open = self.lexicon.number_words[word]
            state.last = "tens" if word in self.numbers.tens else "hundred" if state.open >= 100 else "ones"
        elif size == 100:
            state.open, state.last, state.magnitude, state.coefficient = 100, "hundred", 100, 1
        elif size:
            state.close(1, size)
        else:
            return None, end
        return self._go_on(low, start, state, bare=bool(size))

    def _fold(self, word: str) -> Number | None:
        """Return the number of "tenfold", which ends before the unit."""
        for end in self.words.get("fold", ()):
            value = self.lexicon.number_words.get(word.removesuffix(end), 0) if word.endswith(end) else 0
            if value > 1:
                return Number(start=0, end=len(word) - len(end), value=value, coefficient=value, form="words")
        return None

    def magnified(self, low: str, number: Number) -> _Read:
        """Read the words that go on after digits or a fraction: 3 million, 5 and a half, ½ million.

        Parameters
        ----------
        low : str
        number : Number

        Returns
        -------
        tuple of Number or None, and int
        """
        if number.form == "fraction" and number.value < 1:
            return self._of(low, number)
        if not self.lexicon.goes_on.match(low, number.end):
            return number, number.end
        state = NumberSum(open=number.value, last="digits", end=number.end)
        read, end = self._go_on(low, number.start, state, form=number.form)
        if read is not None and read.end == number.end:
            return number, number.end
        return read, end

    def which(self, low: str) -> int:
        """Return the number of an ordinal in words, or 0."""
        words = low.replace("-", " ").split()
        of = self.numbers.ordinals.get(words[-1], 0) if words else 0
        base, _ = self.read(" ".join(words[:-1]), 0) if of and len(words) > 1 else (None, 0)
        if base is None:
            return of
        return int(base.value * of if of >= 100 and base.value < of else base.value + of)

    # Word after word

    def _go_on(
        self, low: str, start: int, state: NumberSum, *, form: str = "words", bare: bool = False
    ) -> _Read:
        """Read the words after the first one."""
        while match := STEP.match(low, state.end) or self._after_comma(low, state):
            if match["word"] in self.words.get("and", ()):
                step = self._linked(low, match.end(), state, form)
                if step == "ordinal":
                    end = STEP.match(low, match.end()).end()  # type: ignore[union-attr]
                    which = self.which(low[start:end])
                    ordinal = Number(start=start, end=end, value=which, coefficient=which, form="ordinal")
                    return (ordinal if which else None), end
                if step == "stop":
                    mixed, value = self._ones_and_part(low, match.end(), state)
                    if mixed and not (low[:start].strip() or low[mixed:].strip(" .")):
                        value += state.value()
                        return Number(
                            start=start, end=mixed, value=value, coefficient=value, form="fraction"
                        ), mixed
                    if mixed:
                        return None, mixed
                    break
                form = "fraction" if step == "part" else form
                continue
            word, end, hyphen = match["word"], match.end(), bool(match["gap"].strip())
            step = self._step(state, word)
            if step == "one part" and hyphen and self._is_which(low, end, word):
                return None, end
            if step == "plural part" or (
                step == "one part" and (hyphen or self.lexicon.is_share_at(low, end))
            ):
                return self._divided(low, start, state, word, end)
            if step == "ordinal" or (
                step in ("stop", "one part") and hyphen and word in self.numbers.ordinals
            ):
                which = self.which(low[start:end]) if step == "ordinal" else 0
                ordinal = Number(start=start, end=end, value=which, coefficient=which, form="ordinal")
                return (ordinal if which else None), end
            if step == "refuse" and (
                hyphen or low[end : end + 1] != "-" or self.lexicon.is_number_at(low, end)
            ):
                return None, self.lexicon.run_end(low, end)
            if step != "added":
                break
            state.end = end
        if state.value() > MOST:
            return None, state.end
        return self._pointed(low, state.as_number(start, form, bare=bare))

    def _is_which(self, low: str, end: int, word: str) -> bool:
        """Return whether "one-millionth" says which one: after "the", before what is no unit and no share."""
        following = STEP.match(low, end)
        if (self.lexicon.part(word) or 0) < 100 or self.lexicon.is_share_at(low, end):
            return False
        return following is not None and following["word"] not in self.lexicon.units

    def _after_comma(self, low: str, state: NumberSum) -> re.Match[str] | None:
        """Return the next word where a comma parts the thousands: one million, two hundred thousand."""
        if not low.startswith(",", state.end) or not state.terms or state.open is not None:
            return None
        match = STEP.match(low, state.end + 1)
        word, sizes = match, 0
        while word and self.lexicon.is_number(word["word"]) and not sizes:
            sizes, word = self.lexicon.magnitude(word["word"]), STEP.match(low, word.end())
        return match if match and 0 < sizes < state.least and self.lexicon.is_number(match["word"]) else None

    def _linked(self, low: str, at: int, state: NumberSum, form: str) -> str:
        """Read what follows "and": a fraction, or a smaller number; say which was added, or to stop before it."""
        tail = _TAIL.match(low, at) if form == "digits" and state.last == "hundred" else None
        if tail and state.open is not None:
            state.open, state.end, state.coefficient = state.open + int(tail[1]), tail.end(), 0
            return "number"
        match = STEP.match(low, at)
        if match is None:
            return "stop"
        whole = state.last == "magnitude" and form == "words"
        fraction = self._and_part(low, match.start("word"), whole=whole)
        if fraction:
            part, state.end = fraction
            following = STEP.match(low, state.end)
            if state.open is None and following and following["word"] in self.numbers.magnitudes:
                state.open, state.last = part, "fraction"
            else:
                state.add_part(part)
            return "part"
        trial = replace(state)
        step = self._step(trial, match["word"], linked=True)
        if step != "added":
            after = state.last in ("hundred", "magnitude") and form == "words"
            return "ordinal" if after and step == "ordinal" else "stop"
        trial.end = match.end()
        if not self._holds(low, trial):
            return "stop"
        for name in ("closed", "open", "last", "coefficient", "end"):
            setattr(state, name, getattr(trial, name))
        return "number"

    def _ones_and_part(self, low: str, at: int, state: NumberSum) -> tuple[int, Fraction]:
        """Return where a mixed number of ones ends joined to tens, and it, or 0: twenty and three and a half."""
        ones = STEP.match(low, at)
        if state.last != "tens" or ones is None or self.numbers.ones.get(ones["word"], 10) > 9:
            return 0, Fraction(0)
        joint = STEP.match(low, ones.end())
        part = STEP.match(low, joint.end()) if joint and joint["word"] in self.words.get("and", ()) else None
        read = self._and_part(low, part.start("word")) if part else None
        if not read or self._lends(low, read[1]):
            return 0, Fraction(0)
        return read[1], self.numbers.ones[ones["word"]] + read[0]

    def _step(self, state: NumberSum, word: str, *, linked: bool = False) -> str:
        """Add one word to a number; say whether it was added, ends the number, or cannot be understood with it."""
        size = self.lexicon.magnitude(word)
        if size:
            return "added" if not linked and state.magnify(size) else "refuse"
        small = self.lexicon.number_words.get(word)
        if small is not None:
            return self._add(state, small, tens=word in self.numbers.tens, linked=linked)
        of, part = self.numbers.ordinals.get(word), self.lexicon.part(word)
        if part and state.last == "ones" and state.value() == 1:
            return "one part"
        if of is not None:
            under = {"tens": 10, "hundred": 100}.get(state.last, 0)
            fits = of < under or state.open is None or (of >= 100 and state.last in ("ones", "tens"))
            return "ordinal" if fits else "stop"
        return "plural part" if part and not linked else "stop"

    def _add(self, state: NumberSum, small: int, *, tens: bool, linked: bool) -> str:
        """Add a number below the magnitudes, where it may stand there."""
        joined = not linked or bool(self.words.get("and_in_tens"))
        if state.open is None and small:
            state.open = small
        elif state.open is not None and (
            (state.last == "tens" and not tens and 0 < small < 10 and joined)
            or (state.last == "hundred" and 0 < small < 100)
        ):
            state.open += small
        else:
            return "refuse"
        state.last = "tens" if tens else "hundred" if small >= 100 else "ones"
        if state.magnitude > 1:
            state.coefficient = 0
        return "added"

    def _holds(self, low: str, state: NumberSum) -> bool:
        """Return whether a number joined by "and" belongs to the sum: after a magnitude, smaller than it."""
        following = STEP.match(low, state.end)
        if following and state.open and state.open > 100 and self.lexicon.magnitude(following["word"]) == 100:
            return False  # a hundred and two hundred
        if state.open is None or not state.terms:
            return True
        largest, ahead = 1, STEP.match(low, state.end)
        while ahead and self.lexicon.is_number(ahead["word"]) and largest < state.least:
            largest = max(largest, self.numbers.magnitudes.get(ahead["word"], 1))
            ahead = STEP.match(low, ahead.end())
        return state.open * largest < state.least

    # Fractions

    def _and_part(self, low: str, at: int, *, whole: bool = False) -> tuple[Fraction, int] | None:
        """Read the fraction of a mixed number: "a half", "three quarters"; after a magnitude, "of" may follow."""
        match = _WORD.match(low, at)
        if match is None:
            return None
        article = match[0] in self.words.get("one", ())
        top = 1 if article else self.lexicon.number_words.get(match[0], 0)
        step = STEP.match(low, match.end())
        if step and match[0] in self.numbers.tens and step["word"] in self.numbers.ones:
            top += self.numbers.ones[step["word"]]
            step = STEP.match(low, step.end())
        bottom = self.lexicon.part(step["word"]) if step else None
        if step is None or not bottom or not 0 < top < bottom:
            return None
        if (top > 1) != step["word"].endswith("s") and not (top > 1 and self._lends(low, step.end())):
            return None
        after = STEP.match(low, step.end())
        following = after["word"] if after else ""
        if following in self.words.get("of", ()):
            named = whole and article and step["word"] in self.words.get("half", ())
            return (Fraction(top, bottom), step.end()) if named else None
        if following and top == 1 and step["word"] not in self.words.get("half", ()):
            known = following in self.lexicon.nouns.get("stops", ()) or following in self.lexicon.units
            if not known and following not in self.numbers.magnitudes:
                return None
        return Fraction(top, bottom), step.end()

    def _lends(self, low: str, end: int) -> bool:
        """Return whether a magnitude or unit follows a part, which is then singular: three quarter million."""
        match = STEP.match(low, end)
        return match is not None and (
            match["word"] in self.numbers.magnitudes or match["word"] in self.lexicon.units
        )

    def _divided(self, low: str, start: int, state: NumberSum, word: str, end: int) -> _Read:
        """Read what a number of parts is: two thirds. Of quarters, one and three are read; others may be of years."""
        bottom, top = self.lexicon.part(word), state.value()
        plural = word.endswith("s")
        tops = {2: (1,), 4: (1, 3)}.get(bottom or 0)
        hyphened = low[end - len(word) - 1] in HYPHENS
        lends = top > 1 and (hyphened or self._lends(low, end))
        if bottom is None or top <= 0 or ((top > 1) != plural and not lends) or (tops and top not in tops):
            return state.as_number(start, "words", bare=False), state.end
        either = state.last == "hundred" and bottom >= 1000  # two hundred thousandths
        parted = top <= 100 or not self._unparted(low[start:end])
        if either or not parted or self._is_compound(low, state, end - len(word), bottom):
            return None, end
        value = Fraction(top) / bottom
        return self._of(low, Number(start=start, end=end, value=value, coefficient=value, form="fraction"))

    def _is_compound(self, low: str, state: NumberSum, at: int, bottom: int) -> bool:
        """Return whether a hyphen leaves open if the parts are of two words: twenty-fifths, ten-thousandths."""
        if low[at - 1 : at] not in HYPHENS or bottom == 100:
            return False
        return (state.last == "tens" and bottom < 10) or (state.value() in (10, 100, 1000) and bottom > 100)

    def _unparted(self, phrase: str) -> bool:
        """Return whether in a number of parts nothing says where it ends: one hundred thirty fifths."""
        words = _WORD.findall(phrase)
        return any(
            first in self.numbers.magnitudes and second in self.lexicon.number_words
            for first, second in pairwise(words)
        )

    def _of(self, low: str, number: Number) -> _Read:
        """Read the magnitude that a fraction is of: half a million, two thirds of a million, quarter million."""
        match = self.lexicon.of_size.match(low, number.end)
        if match is None:
            return number, number.end
        size = 1
        for word in match[1].split()[:_PLACES]:
            size *= self.numbers.magnitudes[word]
        if size > MOST:
            return None, match.end()
        number = replace(number, end=match.end(), value=number.value * size, magnitude=size, form="words")
        return number, number.end

    def _pointed(self, low: str, number: Number) -> _Read:
        """Read decimals in words: nought point five."""
        match = STEP.match(low, number.end)
        if match is None or match["word"] not in self.words.get("point", ()) or number.magnitude > 1:
            return number, number.end
        digits, end = [], match.end()
        while (step := STEP.match(low, end)) and step["word"] in self.lexicon.number_words:
            digits.append(str(self.lexicon.number_words[step["word"]]))
            end = step.end()
        places = "".join(digits[: _PLACES + 1])
        if len(places) > _PLACES:
            return None, end
        if not places:
            return number, number.end
        value = number.value + Fraction(int(places), 10 ** len(places))
        return self.magnified(low, replace(number, end=end, value=value, coefficient=value, form="digits"))

    def _plural(self, low: str, start: int, end: int) -> _Read:
        """Read magnitudes that stand alone: tens of thousands, dozens, thousands and thousands."""
        plurals, of = self.lexicon.plurals, self.words.get("of", ())
        links, size = (*of, *self.words.get("and", ())), plurals[low[start:end]]
        while (match := STEP.match(low, end)) and match["word"] in links:
            after = STEP.match(low, match.end())
            if after is None or after["word"] not in plurals:
                break
            size = min(plurals[after["word"]] * (size if match["word"] in of else 1), MOST * 10)
            end = after.end()
        if size > MOST:
            return None, end
        size = size if size % 12 or size == 12 else size // 12 * 10
        return Number(start=start, end=end, value=size, coefficient=1, magnitude=size, form="plural"), end
