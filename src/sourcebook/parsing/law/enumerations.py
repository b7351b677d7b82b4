"""Places that a list of names and numbers says once for several, in two parts, or without a unit word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from sourcebook.core.errors import ParseError
from sourcebook.parsing.law.after_names import read_after
from sourcebook.parsing.law.connectives import ARTICLES, BEFORE, BRACKET, LONGEST_GAP, SHORT_GAP
from sourcebook.parsing.law.instruments import Instrument
from sourcebook.parsing.law.mentions import Mention
from sourcebook.parsing.law.pinpoint_reader import Places, read_places
from sourcebook.parsing.law.sublevels import SubLevels

__all__ = ["complete"]

_CONTINUED = re.compile(r"\)?\s*(?:;\s*(?:and\s+)?|,\s*(?:and\s+)?|and\s+|or\s+|as\s+well\s+as\s+)(?=\d)")
_WITH_PARAGRAPH = re.compile(
    r"[,:]?\s\(?(?=\d{1,3}(?:\(\d{1,2}\)|\([a-z]\)|\.\d{1,2}(?![\d.%]|\s(?:[mb]illion|per|years)\b)))"
)
_ALONE = re.compile(r"\s(?=\d{1,3}(?![\w.%/-])|\d{1,3}(?:\.(?!\d)|[-–]\d))")
_LAST_OF_CITATION = re.compile(r"\s*(?:[,;:)\]]|\.(?!\d)|$|(?:and|or|&)\s+[A-Z])")
_CITED = re.compile(
    r"(?:[(\[;:]\s*|(?<!\w)(?:see|cf\.?|e\.g\.|also|under|per|violat\w+|breach\s+of)\s+|\d[,;]?\s+(?:and\s+)?)$",
    re.IGNORECASE,
)
_UNIT_WORDS = {"art": "Articles", "princ": "Principles", "rule": "Rules", "para": "paras"}
_COMMON_TO = re.compile(r",?\s+(?:common\s+to|(?:of|in|to|under)\s+both)\s+(?:the\s+)?", re.IGNORECASE)
_COMMON = re.compile(r"(?<!\w)common\s+$", re.IGNORECASE)
_AND = re.compile(r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:(?:of|to|for)\s+)?(?:the\s+)?")
_AND_OF = re.compile(r"\s+and\s+(?:also\s+)?(?:of|for)\s+(?:the\s+)?")
_PARAGRAPH_AFTER = re.compile(
    r",?\s+(?:(?:and\s+)?(?:in\s+particular|especially|notably|specifically)\s+(?:its\s+)?|(?:which\s+|also\s+|further\s+){0,2}[a-z]{3,}s\s*,?\s+(?=in\s))?(?P<open>[(\[])?\s*(?:in\s+(?:its\s+)?)?(?=(?:§|¶|(?:sub-?)?para|(?:first|second|third|fourth|fifth|sixth|seventh|eighth)\s+para)"
    r"|(?:lit\.|letter|point)\s)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?<!\w)[Aa]rticles?\s+of\s+the\s+$")
_LIST_OF_HEADING = re.compile(r"\)?\s?:\s*(?=\d)")
_RESPECTIVELY = re.compile(r",?\s+respectively(?!\w)")
_GOES_ON = (" ", ",", "\n", "\u00a0", "\t")
_OF_ANOTHER = re.compile(r",?\s+(?:of|in|to)\s")
_CLOSED = re.compile(r".?[)\]]")
_MOST = 12  # paragraphs of an article, beyond which a paragraph after its name is one of something else


def complete(text: str, mentions: Sequence[Mention], instruments: Mapping[str, Instrument]) -> None:
    """Give each mention the places that are told from those of its neighbours, or from the name alone.

    Parameters
    ----------
    text : str
        Any text.
    mentions : sequence of Mention
        In the order of the text, with the places that are written out; their `places` are added to.
    instruments : mapping of str to Instrument
        Those of the authority by their ids, for the articles that they have.
    """
    common: Places | None = None
    last = len(mentions) - 1
    taken = {places.start for mention in mentions for places in mention.places}
    for number, mention in enumerate(mentions):
        following = mentions[number + 1] if number < last else None
        before = _before(mention)
        if before is not None and text[mention.end : mention.end + 1] in _GOES_ON:
            _paragraph_after(text, mention, following.start if following else len(text), taken)
            before = _before(mention)
        elif before is None and not (mention.places or mention.place) and not _headed(text, mention):
            _bare_numbers(text, mention, following.start if following else len(text), instruments)
        if text[mention.end : mention.end + 1] in _GOES_ON:
            read_after(text, mention, before, following.start if following else len(text))
            before = _before(mention)
        if before is not None and _of_each(text, before, mention, instruments):
            _to_members(text, before, mention, instruments[mention.instrument_id])
            before = None
        if following is not None and text[mention.end : following.start] == "/":
            _of_both(mention, following)
        if before is None or following is None or following.places:
            common = None
            continue
        _continue_list(text, mention, following, before.points[0].unit, instruments)
        joined = not following.places and _AND.fullmatch(text, mention.end, following.start)
        if joined and before is not common:
            _distribute(text, mentions, number, before)
            named = instruments.get(mention.instrument_id)
            group = named is not None and bool(named.candidates)  # Article 3 common to the Geneva Conventions
            shared = not group and (
                _is_common(text, before, mention)
                or _one_article(text, mention, following)
                or (_of_both_names(text, mention, following) and _may_have(instruments, following, before))
            )
            common = before if not following.places and shared else None
        if not joined:
            common = None
        if common is not None:
            following.places.append(common)


def _of_both(first: Mention, second: Mention) -> None:
    """Give two names with a stroke between them the place of one of them: UDHR/ICCPR art. 19."""
    if not first.places:
        first.places += [places for places in second.places if places.start >= second.end]
    elif not second.places:
        second.places += first.places


def _of_each(text: str, before: Places, name: Mention, instruments: Mapping[str, Instrument]) -> bool:
    """Return whether each member of a group has an article of its own: Articles 9, 9, 9 and 10 respectively."""
    instrument = instruments.get(name.instrument_id)
    group = instrument is not None and bool(instrument.candidates) and len(before.points) > 1
    return group and _RESPECTIVELY.search(text, before.end, name.start) is not None


def _to_members(text: str, before: Places, group: Mention, instrument: Instrument) -> None:
    """Give each member of a group its own of several articles, or none where their numbers differ."""
    group.places.remove(before)
    if len(instrument.candidates) != len(before.points) or group.places:
        group.refused = " ".join(text[before.start : group.start].split())
        return
    group.instrument_id = "|".join(instrument.candidates)
    group.places = [replace(before, points=(point,)) for point in before.points]
    group.distributed = True


def _before(mention: Mention) -> Places | None:
    """Return the last of the places that a mention has before it."""
    for places in reversed(mention.places):
        if places.end <= mention.start:
            return places
    return None


def _distribute(text: str, mentions: Sequence[Mention], number: int, places: Places) -> None:
    """Give each name its own of several places: Articles 12 and 13, respectively, of the ICCPR and the UDHR.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
    number : int
        Of the first of the names.
    places : Places
        Before it.
    """
    end = number + 1
    while (
        end < len(mentions)
        and not mentions[end].places
        and _AND.fullmatch(text, mentions[end - 1].end, mentions[end].start)
    ):
        end += 1
    named = mentions[number:end]
    first = named[0]
    respectively = _RESPECTIVELY.search(text, places.end, first.start)
    if len(named) == 1 or not (respectively or _RESPECTIVELY.match(text, named[-1].end)):
        return
    first.places.remove(places)
    if len(named) != len(places.points) or any(point.last for point in places.points):
        for mention in named:
            mention.refused = " ".join(text[places.start : places.end].split())
        return
    for mention, point in zip(named, places.points, strict=True):
        mention.places.append(replace(places, points=(point,)))


def _continue_list(
    text: str, first: Mention, second: Mention, unit: str, instruments: Mapping[str, Instrument]
) -> None:
    """Read numbers whose unit word was written once: Articles 12 of the ICCPR and 13 of the UDHR.

    Parameters
    ----------
    text : str
    first, second : Mention
    unit : str
        Of the places of the first.
    instruments : mapping of str to Instrument
        The second must have them where no word says that they are of it.
    """
    joint = _CONTINUED.match(text, first.end)
    word = _UNIT_WORDS.get(unit)
    if joint is None or word is None or not 0 <= second.start - first.end <= LONGEST_GAP:
        return
    part = f"{word} {text[joint.end() : second.start]}"
    try:
        found = read_places(part, 0)
    except ParseError:
        return
    if text[second.end : second.end + 1] == ")" and BRACKET.fullmatch(part, found.end):
        second.places.append(_moved(found, joint.end(), word))
        return
    gap = BEFORE.fullmatch(part, found.end)
    instrument = instruments.get(second.instrument_id)
    if gap and (gap["of"] or (gap[0].isspace() and instrument and _has(instrument, found))):
        second.places.append(_moved(found, joint.end(), word))


def _moved(found: Places, start: int, word: str) -> Places:
    """Return places that were read after a unit word of ours as those of the text."""
    return replace(found, start=start, end=found.end + start - len(word) - 1)


def _is_common(text: str, places: Places, name: Mention) -> bool:
    """Return whether names have a place in common: Article 1 common to the ICCPR and the ICESCR."""
    if _COMMON_TO.fullmatch(text, places.end, name.start):
        return True
    return _COMMON.search(text, max(0, places.start - SHORT_GAP), places.start) is not None


def _one_article(text: str, first: Mention, second: Mention) -> bool:
    """Return whether two abbreviations have one “the”, and so one place: article 19 of the UDHR and ICCPR."""
    names = text[first.start : first.end], text[second.start : second.end]
    joined = text[first.end : second.start] == " and " and text.endswith(" the ", 0, first.start)
    joined = joined and not _WITH_PARAGRAPH.match(text, second.end) and not _ALONE.match(text, second.end)
    return joined and all(name.isalpha() and name.isupper() for name in names)


def _of_both_names(text: str, first: Mention, second: Mention) -> bool:
    """Return whether “of” before both of two names gives them one place: article 18 of the UDHR and of the ICCPR."""
    joined = _AND_OF.fullmatch(text, first.end, second.start)
    return joined is not None and not (
        _WITH_PARAGRAPH.match(text, second.end) or _ALONE.match(text, second.end)
    )


def _may_have(instruments: Mapping[str, Instrument], mention: Mention, places: Places) -> bool:
    instrument = instruments.get(mention.instrument_id)
    return instrument is not None and _has(instrument, places)


def _bare_numbers(text: str, mention: Mention, end: int, instruments: Mapping[str, Instrument]) -> None:
    """Read numbers right after a name, which need no unit word: UDHR 13(2), or ICCPR 12 as a citation.

    Parameters
    ----------
    text : str
    mention : Mention
        Without places.
    end : int
        Where the next name begins.
    instruments : mapping of str to Instrument
    """
    if mention.pattern != "name":
        return
    bare = _WITH_PARAGRAPH.match(text, mention.end)
    short = text[mention.start : mention.end].removesuffix("s").isupper()
    alone = _ALONE.match(text, mention.end) if short and not bare else None
    start = bare or alone
    if start is None:
        return
    instrument = instruments.get(mention.instrument_id)
    known = instrument.provisions[:1] if instrument else ()
    word = _UNIT_WORDS.get(known[0].unit if known else "art", "Articles")
    try:
        found = read_places(f"{word} {text[start.end() : min(end, start.end() + LONGEST_GAP)]}", 0)
    except ParseError:
        return
    found = _moved(found, start.end(), word)
    if alone and not _is_citation(text, mention, found, instrument):
        return
    mention.places.append(found)


def _is_citation(text: str, mention: Mention, found: Places, instrument: Instrument | None) -> bool:
    """Return whether numbers alone after an abbreviation are its articles, and not what a sentence counts.

    Parameters
    ----------
    text : str
    mention : Mention
    found : Places
    instrument : Instrument or None
        Whose articles have to be known.
    """
    if instrument is None or not _has(instrument, found):
        return False
    if not _LAST_OF_CITATION.match(text, found.end):
        return False
    if _CITED.search(text, max(0, mention.start - 20), mention.start):
        return True
    mention.refused = text[mention.start : found.end]
    return False


def _has(instrument: Instrument, found: Places) -> bool:
    """Return whether an instrument is known to have places."""
    return bool(instrument.provisions) and not any(map(instrument.lacks, found.points))


def _headed(text: str, mention: Mention) -> bool:
    """Read the list that a heading announces: Articles of the Covenant: 9 (1), 14 and 15."""
    start = _LIST_OF_HEADING.match(text, mention.end)
    if start is None or not _HEADING.search(text, max(0, mention.start - SHORT_GAP), mention.start):
        return False
    word = _UNIT_WORDS["art"]
    try:
        found = read_places(f"{word} {text[start.end() : start.end() + LONGEST_GAP]}", 0)
    except ParseError:
        return False
    mention.places.append(_moved(found, start.end(), word))
    return True


def _paragraph_after(text: str, mention: Mention, end: int, taken: Set[int]) -> None:
    """Read the paragraph that follows the name when the article is before it: Article 8 ECHR (para. 2).

    Parameters
    ----------
    text : str
    mention : Mention
    end : int
        Where the next name begins.
    taken : set of int
        Where places begin that names have.
    """
    start = _PARAGRAPH_AFTER.match(text, mention.end)
    own = {places.start for places in mention.places}
    if start and start.end() in taken and start.end() not in own:
        return
    before = [number for number, places in enumerate(mention.places) if places.end <= mention.start]
    if start is None or not before or len(mention.places) > before[-1] + 2:
        return
    article, others = mention.places[before[-1]], mention.places[before[-1] + 1 :]
    unit = article.points[0].unit
    if unit not in ARTICLES or any(places.points[0].unit != "para" for places in others):
        return
    part = text[start.end() : min(end, start.end() + LONGEST_GAP)]
    point, below = article.points[-1], SubLevels(part, 0, 0)
    try:
        paths = below.read(point.subs)
    except ParseError:
        paths = []
    if not start["open"] and _OF_ANOTHER.match(part, below.end):
        return
    closed = not start["open"] or _CLOSED.match(part, max(0, below.end - 1))
    labels = [path[len(point.subs)] for path, _ in paths if len(path) > len(point.subs)]
    few = labels and all(not label.isdigit() or int(label) <= _MOST for label in labels)
    if len(article.points) > 1 or point.last or not closed or not few:
        mention.refused = " ".join(part[: below.end or SHORT_GAP].split()).rstrip(")")
        return
    points = tuple(replace(point, subs=path, last=last) for path, last in paths)
    lossy = ", ".join(filter(None, (article.lossy, *below.told)))
    first = Places(start=article.start, end=article.end, points=points, lossy=lossy)
    mention.places[before[-1] :] = [
        first,
        Places(start=start.end(), end=start.end() + below.end, points=points),
    ]
