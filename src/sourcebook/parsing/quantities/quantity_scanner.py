"""Quantities of a text, from left to right: numbers with their hedges, units and ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from sourcebook.parsing.quantities.articles import Articles
from sourcebook.parsing.quantities.asides import past_aside
from sourcebook.parsing.quantities.attached import attached
from sourcebook.parsing.quantities.bare import Bare
from sourcebook.parsing.quantities.changes import Changes
from sourcebook.parsing.quantities.context import Chain, Place
from sourcebook.parsing.quantities.damage import mended
from sourcebook.parsing.quantities.drafts import Draft
from sourcebook.parsing.quantities.found_quantity import FoundQuantity
from sourcebook.parsing.quantities.grammar import QuantityGrammar, default_grammar
from sourcebook.parsing.quantities.leads import Lead, combined, hedge_after, read_lead
from sourcebook.parsing.quantities.list_sizes import share_sizes
from sourcebook.parsing.quantities.lists import join_bounds, share_units
from sourcebook.parsing.quantities.measures import Measure
from sourcebook.parsing.quantities.multiples import Multiples
from sourcebook.parsing.quantities.number import Number
from sourcebook.parsing.quantities.old_numbers import OldNumbers
from sourcebook.parsing.quantities.powers import multiplies, scaled
from sourcebook.parsing.quantities.ranges import Ends
from sourcebook.parsing.quantities.readers import readers_of
from sourcebook.parsing.quantities.shares import Shares
from sourcebook.parsing.quantities.singles import Singles

__all__ = ["scan_quantities"]

_TOKEN = re.compile(r"\w+(?:[-‐–−]\w+)*")
_ORDINAL = re.compile(r"(?:<sup>)?(?:st|nd|rd|th)(?!\w)")
_PLURAL_DIGITS = re.compile(r"['’]?s(?!\w)")
_OLD_MONEY = re.compile(r"\s*\d{1,2}\s?s\.?(?:\s*\d{1,2}\s?d\.?)?(?!\w)")  # £5 10s 6d
_END = re.compile(r"\s*(?:\Z|[.,;:!?)\]](?!\d))")
_COMPOUND = re.compile(r"[-‐‑][^\W\d_]{3,}")
_OTHER_NUMBER = re.compile(r"[\d¹²³⁰⁴-⁹][*_`\])}^]{0,2}\s?\Z")
_MANY_OF, _OF_DIGITS = re.compile(r"0['’]?s\s+of\s+\Z"), re.compile(r"\s+of\s+10*['’]?s(?!\w)")
_HYPHENS = frozenset("-‐‑–−")
_Read = tuple[FoundQuantity | None, int]


def scan_quantities(
    text: str,
    *,
    taken: Iterable[tuple[int, int]] = (),
    doc: str = "",
    grammar: QuantityGrammar | None = None,
    ordinals: bool = False,
) -> list[FoundQuantity]:
    """Find the quantities of a text, as a list of records.

    Parameters
    ----------
    text : str
    taken : iterable of (int, int)
        Places that are read as something else, such as dates and citations; no quantity is read in them.
    doc : str, default ""
        Id of the text, for the records.
    grammar : QuantityGrammar, optional
        Of another language or with further units; see :func:`read_grammar`. English where it is left out.
    ordinals : bool
        Whether to give ordinals too ("the third"), with their `ordinal` and no notation.

    Returns
    -------
    list of FoundQuantity
        In the order of the text, none overlapping.

    Examples
    --------
    >>> [(q.exact, q.notation, q.counted) for q in scan_quantities("Over 200 guests and some 460 others came.")]
    [('Over 200', '>200', 'guests'), ('some 460', '~460', 'others')]
    """
    grammar = grammar or default_grammar()
    whole, raw = mended(text, readers_of(grammar).joined), text
    if whole is not None:
        text, taken = whole.text, [(whole.place(start), whole.place(end)) for start, end in taken]
    found = list(_Scan(text, grammar, doc, ordinals=ordinals).run(sorted(taken)))
    found = share_units(join_bounds(share_sizes(found, text, grammar), text, grammar), text, grammar)
    if whole is None:
        return found
    placed = [(each, *whole.source(each.start, each.end)) for each in found]
    return [replace(each, start=start, end=end, exact=raw[start:end]) for each, start, end in placed]


def _lowered(text: str) -> str:
    """Return a text in lower case, of the same length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


class _Scan:
    """One run over one text."""

    def __init__(self, text: str, grammar: QuantityGrammar, doc: str, *, ordinals: bool) -> None:
        self.text, self.low, self.grammar = text, _lowered(text), grammar
        self.readers, self.doc, self.ordinals = readers_of(grammar), doc, ordinals
        self.bare = Bare(self.readers, self.text, self.low)
        self.articles = Articles(self.readers, text, self.low)
        self.shares = Shares(self.readers, text, self.low)
        self.changes = Changes(self.readers, text, self.low)
        self.multiples = Multiples(self.readers, text, self.low)
        self.worded = (
            self.multiples,
            Singles(self.readers, text, self.low),
            OldNumbers(self.readers, text, self.low),
        )
        self.ranks = self.readers.ranks.find(self.low) if ordinals else {}
        self.chain = Chain()
        self.done = 0

    def run(self, taken: list[tuple[int, int]]) -> Iterator[FoundQuantity]:
        """Yield the quantities in order, none in the places that are taken."""
        position = number = 0
        for at in sorted([*self.grammar.seeds.find(self.low), *self.ranks]):
            if at < position:
                continue
            while number < len(taken) and taken[number][1] <= at:
                self.done = max(self.done, taken[number][1])
                number += 1
            if number < len(taken) and taken[number][0] <= at:
                position = self.done = taken[number][1]
                continue
            found, position = self._at(at)
            if found is not None and not (number < len(taken) and taken[number][0] < found.end):
                self.done = position
                yield found

    def _at(self, at: int) -> _Read:
        """Read the quantity whose number begins at a place; and say where to go on."""
        if at in self.ranks:
            return self._ordinal(at, *self.ranks[at])
        if label := self.grammar.whole.match(self.text, at):
            return None, label.end()
        for reader in self.worded:
            if worded := reader.read(at, self.done):
                return self._finished(worded[0], worded[1]) if worded[0] else (None, worded[1])
        return self._number_at(at)

    def _number_at(self, at: int) -> _Read:
        """Read the quantity with the number that begins at a place."""
        low = self.low
        skip, at = attached(self.readers, self.text, low, at, self.done)
        if skip:
            return None, skip
        lead = read_lead(self.grammar, self.text, low, at, self.done)
        number, end = self.readers.numbers.read(low, at, money=lead.money is not None, text=self.text)
        if number is None:
            return None, end
        if self.readers.mark.match(low, end):
            self.articles.outside(lead, self.done)
        if number.form == "digits" and (tail := _ORDINAL.match(low, end)):
            return self._ordinal(at, tail.end(), number.value)
        if number.form == "ordinal":
            return self._ordinal(at, end, number.value)
        if refused := self._refused(number, end):
            return None, refused
        ratio = self._ratio(number, lead)
        if ratio is not None:
            return ratio
        if number.form != "plural" and (draft := self.articles.read(number, lead, self.done)):
            return (None, draft.end) if draft.lead.refused else self._finished(draft, draft.end)
        if not number.bare and number.form != "plural":
            return self._quantity(number, lead)
        measure = self.bare.one_and_part(number, lead)
        if measure is not None:
            whole = read_lead(self.grammar, self.text, low, measure.number.start, self.done)
            return self._finished(
                Draft(whole, measure, None, whole.sign, whole.pattern, measure.end), measure.end
            )
        read = self.bare.read(number, lead, self.done)
        if read is None:
            return self._ordinal(number.start, end, self.readers.speller.which(low[number.start : end]))
        number, lead, vague = read
        return self._vague(number, lead, vague) if vague else self._quantity(number, lead)

    def _refused(self, number: Number, end: int) -> int:
        """Return where to go on if what follows a number makes another thing of it, else 0."""
        if number.plain and _PLURAL_DIGITS.match(self.low, end):
            return end + 1
        if number.power != 1 and multiplies(self.low, number.start):
            return end
        if aside := past_aside(self.grammar, self.low, end):
            return aside
        before = self.low[max(0, number.start - 8) : number.start]
        if number.bare and number.form == "words" and _OTHER_NUMBER.search(before):
            return end  # of digits that were not read: 3.4.5 million
        if number.form == "plural" and (_MANY_OF.search(before) or _OF_DIGITS.match(self.low, end)):
            return end  # 10s of thousands, tens of 1000s
        hedge = hedge_after(self.grammar, self.low, end)
        refused = self.readers.refused_after.match(self.low, end)
        if refused and (hedge is None or hedge[1] == "to-life") and not self.multiples.stands_alone(refused):
            return end
        parts = self.readers.compound_part.match(self.low, end)
        return parts.end() if parts else self.shares.of_bare(number)

    def _ratio(self, number: Number, lead: Lead) -> _Read | None:
        """Read "one over twenty" where nothing follows, and neither number where something does."""
        odds = self.shares.to_one(number) if not (lead.money or lead.opener) else 0
        if odds and not self.changes.follows(lead):
            return None, odds
        link = self.readers.ratio.match(self.low, number.end)
        if link is None or number.form not in ("digits", "words") or lead.money:
            return None
        second, end = self.readers.numbers.read(self.low, link.end(), text=self.text)
        if second is None or second.form not in ("digits", "words") or not second.value:
            return None
        measure = self.readers.measures.read(self.text, self.low, second, None)
        if measure.unit:
            return None
        if not _END.match(self.low, end) or lead.refused:
            return None, end
        value = Fraction(number.value) / second.value
        both = replace(number, value=value, end=end, form="fraction", coefficient=0)
        draft = Draft(lead, Measure(both, "", end), None, lead.sign, lead.pattern or "fraction", end)
        return draft.record(self.readers, self.text, self.low, self.doc), end

    def _ordinal(self, start: int, end: int, which: int | Fraction) -> _Read:
        if not self.ordinals or not isinstance(which, int) or not which:
            return None, end
        nan = float("nan")
        found = FoundQuantity(
            doc=self.doc, start=start, end=end, exact=self.text[start:end], pattern="ordinal", notation="", low=nan,
            high=nan, low_closed=False, high_closed=False, ordinal=which,
        )  # fmt: skip
        return found, end

    def _vague(self, number: Number, lead: Lead, pattern: str) -> _Read:
        """Read hundreds, several thousand; an upper bound of them cannot be written."""
        size = int(number.value)
        size = size if size % 12 or size == 12 else size // 12 * 10
        if (
            lead.refused
            or lead.negative
            or lead.sign.startswith("<")
            or str(size).strip("0") not in ("1", "12")
        ):
            return None, number.end
        measure = self.readers.measures.vague(self.text, self.low, number, lead.money)
        return self._finished(Draft(lead, measure, None, "", pattern, measure.end, vague=size), measure.end)

    def _quantity(self, number: Number, lead: Lead) -> _Read:
        """Read what belongs to a number: hedges, unit, the other end of a range, what is counted."""
        low, text, readers = self.low, self.text, self.readers
        number, sign, pattern, end = self._hedged_inside(number, lead)
        end = readers.measures.repeated(low, number) if end == number.end else end
        if lead.money and (coins := _OLD_MONEY.match(low, end)):
            return None, coins.end()
        measure = readers.measures.read(text, low, number, lead.money, end)
        if not lead.negative and (below := readers.below_zero.match(low, measure.end)):
            lead.negative, measure = True, replace(measure, end=below.end())
        draft = Draft(lead, measure, None, sign, pattern, measure.end)
        if end == number.end and not (lead.money or number.suffix) and self._in_word(number, measure, lead):
            token = _TOKEN.match(low, end)
            return None, token.end() if token else end + 1
        ends = readers.ranges.tolerance(text, low, measure)
        if ends is None and sign == lead.sign:
            ends = self._ends(lead, measure, draft.value())
        if refused := self._lent(draft) or (ends.end if ends and ends.low > ends.high else 0):
            return None, refused
        measure = draft.measure
        if ends is not None and not readers.ranges.is_change(low, lead):
            draft.ends, draft.end, draft.lossy = ends, ends.end, ends.lossy
            draft.pattern = ends.pattern
        if raised := scaled(readers, text, low, draft):
            return self._finished(raised, raised.end)
        last = draft.ends.second if draft.ends else measure
        draft.sign = "" if not last.unit and self.multiples.compared_things(lead) else draft.sign
        counted_end = draft.end
        if not last.unit or last.money:
            draft.counted, counted_end = readers.nouns.counted(text, low, draft.end, one=draft.value() == 1)
        if draft.counted and (share := self._of_many(draft, last, counted_end)):
            if share.low > share.high:
                return None, share.end
            draft.ends, draft.end, draft.pattern, counted_end = share, share.end, share.pattern, share.end
        years = draft.ends.years if draft.ends else None
        place = Place(
            measure.number, lead, draft.end, bool(last.unit or measure.unit), bool(draft.counted), years
        )
        per = bool(lead.words) and lead.words[0][0] in self.grammar.words.get("per", ())
        if skipped := self._skipped(place) or (draft.end if lead.refused or per else 0):
            return None, skipped
        alone = number.form == "words" and not (draft.ends or measure.unit or sign or draft.counted)
        if alone and number.value in (0, 1) and not self.changes.by_one(lead, number):
            return None, number.end
        return self._finished(draft, counted_end)

    def _of_many(self, draft: Draft, last: Measure, end: int) -> Ends | None:
        """Return the share after what is counted: one person in four; or give it its rate: 5 deaths per 1,000."""
        if not last.unit:
            rate = self.readers.measures.rates.of_number(self.text, self.low, end, counted=True)
            draft.measure = replace(draft.measure, unit=rate[0] if rate else draft.measure.unit)
        return self.shares.of_counted(draft.value(), end) if draft.ends is None else None

    def _lent(self, draft: Draft) -> int:
        """Give a number the magnitude that the next lends it; return where to go on if it may or may not, else 0."""
        lent = self.changes.lent(draft.lead, draft.measure)
        if lent is None or lent[1]:
            return lent[1] if lent else 0
        draft.measure = replace(draft.measure, number=replace(draft.measure.number, value=lent[0]))
        return 0

    def _skipped(self, place: Place) -> int:
        """Return where to go on if a number does not count, else 0; after a name, a result does: beat Rayo 3-1."""
        name, start = self.readers.context.skipped(self.text, self.low, place, self.chain), place.number.start
        pair = self.readers.scores.pair_end(self.low, start) if name == "name" and place.number.plain else 0
        if not name or (pair and self.readers.scores.at(self.text, self.low, start)):
            return 0
        return pair or place.number.end

    def _ends(self, lead: Lead, measure: Measure, value: int | Fraction) -> Ends | None:
        """Read the other number of a share or of a range, and the share of a range."""
        share = None if measure.unit else self.shares.of(value, value, measure.number.end)
        if share is not None:
            return share
        ends = self.readers.ranges.read(self.text, self.low, lead, measure, value)
        if ends is not None and (two := self.changes.judge(lead, measure, ends)):
            return None if two == "two" else replace(ends, low=1, high=0)
        if ends is None or ends.second.unit:
            return ends
        if ends.pattern == "dash" and not (lead.money or lead.sign or lead.opener) and not measure.unit:
            counted = self.readers.nouns.counted(self.text, self.low, ends.end)[0]
            if not counted and self.readers.scores.at(self.text, self.low, measure.number.start):
                return None
        return self.shares.of(ends.low, ends.high, ends.end) or ends

    def _hedged_inside(self, number: Number, lead: Lead) -> tuple[Number, str, str, int]:
        """Read a hedge between a number and its magnitude: 20-odd thousand, 200-plus."""
        after = hedge_after(self.grammar, self.low, number.end)
        sign = combined(after[0], lead.sign) if after else None
        unit = after is not None and self.low[number.end : after[2]].strip() in self.grammar.units.signs
        if after is None or sign is None or after[1] == "to-life" or unit:  # 5 min
            return number, lead.sign, lead.pattern, number.end
        whole, end = self.readers.speller.magnified(self.low, replace(number, end=after[2]))
        if whole is not None and end > after[2] and number.magnitude == 1:
            return whole, sign, after[1], end
        return number, sign, after[1], after[2]

    def _in_word(self, number: Number, measure: Measure, lead: Lead) -> bool:
        """Return whether letters are stuck to a number that are no unit, nor lead to another number."""
        if measure.end > number.end:
            return False
        if self.low[number.end : number.end + 1] in _HYPHENS and self.readers.in_of.match(
            self.low, number.end
        ):
            return self.shares.of(number.value, number.value, number.end) is None
        link = self.readers.ranges.ranges.link.match(self.low, number.end)
        if link and link["word"] and link[0][0] in _HYPHENS and link[0][-1] in _HYPHENS:
            ends = self._ends(lead, measure, number.value)
            named = ends and (
                ends.second.unit or self.readers.nouns.counted(self.text, self.low, ends.end)[0]
            )
            return not named or ends is None or ends.low == ends.high
        after, letter = self.low[number.end : number.end + 1], self.low[number.end + 1 : number.end + 2]
        if after.isalnum() or after == "_" or (after and after in "'’′" and letter.isdigit()):
            return True
        if after in _HYPHENS and letter.isalpha():
            if number.form == "words":
                return number.value == 1
            return number.form == "digits" and _COMPOUND.match(self.text, number.end) is None
        return after == "/" and letter.isalnum()

    def _finished(self, draft: Draft, counted_end: int) -> _Read:
        """Read the hedge after the unit or after what is counted, and make the record."""
        low, lead = self.low, draft.lead
        if lead.opener and draft.ends is None and draft.sign == lead.sign:
            draft.sign = lead.inner
        last = draft.ends.second if draft.ends else draft.measure
        if not draft.vague:
            for at in draft.closes(low, counted_end):
                after = hedge_after(self.grammar, low, at, counted=at > draft.end)
                sign = combined(after[0], draft.sign) if after else None
                if after and sign is not None and (after[1] != "to-life" or last.duration):
                    draft.sign, draft.end = sign, after[2]
                    draft.pattern = draft.pattern if draft.ends else after[1]
                    break
        over = draft.sign == ">" and draft.measure.duration and low.startswith("over", lead.start)
        if over and self.done and lead.start - self.done <= 1:
            draft.sign, draft.pattern, draft.lossy = "", "", "“over” is read as “during”"
        covered = (
            draft.sign == "<" and last.unit not in ("", "%") and self.readers.cover.match(low, draft.end)
        )
        under = (
            low.startswith(("under ", "below "), lead.start)
            and low[max(0, lead.start - 3) : lead.start] != "in "
        )
        if covered and under:
            draft.sign, lead.start = "", draft.measure.number.start
            draft.pattern = draft.ends.pattern if draft.ends else ""
        draft.pattern = draft.pattern or draft.measure.number.form
        found = draft.record(self.readers, self.text, low, self.doc)
        return found, draft.end
