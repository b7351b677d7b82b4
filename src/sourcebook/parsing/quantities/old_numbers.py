"""Numbers as they were once said: five and twenty men, a score of men."""

from __future__ import annotations

import re

from sourcebook.parsing.quantities.drafts import Draft
from sourcebook.parsing.quantities.grammar import phrases
from sourcebook.parsing.quantities.leads import read_lead
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.readers import Readers

__all__ = ["OldNumbers"]

_ARTICLE = re.compile(r"(?<!\w)a\s+\Z")


class OldNumbers:
    """Reads tens after ones, and twenty as a score.

    Parameters
    ----------
    readers : Readers
    text, low : str
        The text, and the same in lower case.
    """

    def __init__(self, readers: Readers, text: str, low: str) -> None:
        self.readers, self.text, self.low = readers, text, low
        words, numbers = readers.grammar.words, readers.grammar.numbers
        self.tens = numbers.tens
        ones, tens = (
            phrases(word for word, n in of.items() if 0 < n < 100) for of in (numbers.ones, numbers.tens)
        )
        joined, of = phrases(words.get("and", ())), phrases(words.get("of", ()))
        self.turned = re.compile(
            rf"({ones})(?:\s+(?:{joined})\s+|-(?:{joined})-)({tens})(?!\w|-[a-z]*[^s\W](?!\w))"
        )
        self.score = re.compile(rf"(?:{phrases(words.get('score', ()))})(?=\s+(?:{of})\s+([a-z]+)(?!\w))")

    def read(self, at: int, floor: int) -> tuple[Draft | None, int] | None:
        """Read the old number that begins at a place.

        Parameters
        ----------
        at : int
        floor : int
            The end of what was read before.

        Returns
        -------
        tuple of Draft or None, and int; or None
            The draft, or none where both numbers may count, and where to go on; None where no old number is.
        """
        low = self.low
        if score := self.score.match(low, at):
            article = _ARTICLE.search(low[max(floor, at - 3) : at])
            if article is None or score[1] not in self.readers.grammar.nouns.get("whole", ()):
                return None
            return self._draft(
                Number(start=at - len(article[0]), end=score.end(), value=20, coefficient=20, form="words"),
                floor,
            )
        turned = self.turned.match(low, at)
        ones = self.readers.grammar.numbers.ones.get(turned[1], 0) if turned else 0
        if turned is None or ones > 9 or low[:at].rstrip().endswith(","):
            return None
        value = ones + self.tens[turned[2]]
        return self._draft(
            Number(start=at, end=turned.end(), value=value, coefficient=value, form="words"), floor
        )

    def _draft(self, number: Number, floor: int) -> tuple[Draft | None, int] | None:
        lead = read_lead(self.readers.grammar, self.text, self.low, number.start, floor)
        if lead.opener:
            return None
        measure = self.readers.measures.read(self.text, self.low, number, lead.money)
        draft = Draft(lead, measure, None, lead.sign, lead.pattern, measure.end)
        of = self.readers.nouns.of.match(self.low, number.end)
        draft.counted, _ = self.readers.nouns.counted(self.text, self.low, of.end() if of else number.end)
        if lead.refused or not (measure.unit or draft.counted):
            return None, measure.end
        return draft, measure.end
