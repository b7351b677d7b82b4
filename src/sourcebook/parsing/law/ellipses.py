"""Instruments named without their noun, and groups with their members: the one on the sale of children."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sourcebook.parsing.law.instruments import Authority
from sourcebook.parsing.law.mentions import Mention, parent_of
from sourcebook.parsing.law.subjects import subject

__all__ = ["read_ellipses", "without_explained"]

_ONE = re.compile(
    r"(?:\band|\bor|,|\bas\s+well\s+as)\s+(?:(?:to|of|with)\s+)?(?P<one>the\s+(?:one|other)|that|those)"
    r"(?P<on>\s+(?P<to>to|of)\s+(?:the\s+)?|(?=\s+(?:on|concerning|regarding|relating\s+to)\s))"
)
_CLAUSE = re.compile(r"[^.;!?]{0,200}")
_EXPLAINED = re.compile(r"\s*[,(:—–-]\s*(?:(?:namely|i\.e\.|that\s+is|both|the)\s*,?\s+)*")
_LISTED = re.compile(r"\s*(?:,|and|&|,\s+and|/)\s*(?:the\s+)?")


def read_ellipses(text: str, mentions: list[Mention], authority: Authority) -> list[Mention]:
    """Return the mentions with the protocols that a text names without their noun.

    Parameters
    ----------
    text : str
        Any text.
    mentions : list of Mention
        In the order of the text.
    authority : Authority

    Returns
    -------
    list of Mention
        In the order of the text.
    """
    found, replaced = list[Mention](), set[int]()
    for number, mention in enumerate(mentions):
        parent = parent_of(mention, authority.instruments)
        if not parent:
            continue
        clause = _CLAUSE.match(text, mention.end)
        limit = clause.end() if clause else mention.end
        if number + 1 < len(mentions):
            limit = min(limit, mentions[number + 1].start)
        one = _ONE.search(text, mention.end, limit)
        if one is None:
            continue
        following = number + 1
        if one["to"]:
            if following == len(mentions) or mentions[following].start != one.end():
                continue
            known = authority.protocols(mentions[following].instrument_id)
            meant = [protocol for protocol in known if "*" in protocol.keys]
            end = mentions[following].end
        else:
            known = authority.protocols(parent)
            named = [(match.end(), each) for each in known if (match := subject(each, text, one.end("on")))]
            end = max((close for close, _ in named), default=0)
            meant = [each for close, each in named if close == end]
        if len(meant) == 1:
            if following < len(mentions) and mentions[following].start < end:
                replaced.add(following)
            found.append(Mention(one.start("one"), end, meant[0].instrument_id, "protocol-to-an-instrument"))
    if not found:
        return mentions
    kept = [mention for number, mention in enumerate(mentions) if number not in replaced]
    return sorted([*kept, *found], key=lambda mention: (mention.start, mention.end))


def without_explained(text: str, mentions: Sequence[Mention], authority: Authority) -> Iterable[Mention]:
    """Yield the mentions but for groups whose members follow: the international covenants, ICCPR and ICESCR.

    Parameters
    ----------
    text : str
        Any text.
    mentions : sequence of Mention
        In the order of the text, with their places.
    authority : Authority

    Yields
    ------
    Mention
    """
    groups = authority.groups
    for number, mention in enumerate(mentions):
        if mention.instrument_id not in groups or mention.places or mention.refused:
            yield mention
            continue
        instrument = authority.instruments[mention.instrument_id]
        end, named, expected = mention.end, set[str](), _EXPLAINED
        for following in mentions[number + 1 :]:
            if following.instrument_id not in instrument.candidates:
                break
            if not expected.fullmatch(text, end, following.start):
                break
            named.add(following.instrument_id)
            end, expected = following.end, _LISTED
        if named != set(instrument.candidates):
            yield mention
