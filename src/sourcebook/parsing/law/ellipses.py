"""Instruments named without their noun, and groups with their members: the one on the sale of children."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from sourcebook.parsing.law.instruments import Authority
from sourcebook.parsing.law.mentions import Mention
from sourcebook.parsing.law.subjects import subject

__all__ = ["read_ellipses", "without_explained"]

_ONE = re.compile(
    r"(?:\band|\bor|,|\bas\s+well\s+as)\s+(?:(?:to|of|with)\s+)?(?P<one>the\s+(?:one|other)|that|those)"
    r"(?P<on>\s+(?P<to>to|of)\s+(?:the\s+)?|(?=\s+(?:on|concerning|regarding|relating\s+to)\s))"
)
_CLAUSE = re.compile(r"[^.;!?]{0,200}")
_EXPLAINED = re.compile(r"\s*[,(:—–-]\s*(?:(?:namely|i\.e\.|that\s+is|both|the)\s*,?\s+)*")
_LISTED = re.compile(r"\s*(?:,|and|&|,\s+and|/)\s*(?:the\s+)?")
_GROUP = "group of instruments"


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
    if not any(_parent(mention, authority) for mention in mentions):
        return mentions
    ends = [mention.end for mention in mentions]
    found, replaced = list[Mention](), set[int]()
    for one in _ONE.finditer(text):
        number = bisect_right(ends, one.start("one")) - 1
        parent = _parent(mentions[number], authority) if number >= 0 else ""
        if not parent or not _CLAUSE.fullmatch(text, ends[number], one.start("one")):
            continue
        following = number + 1
        if one["to"]:
            if following == len(mentions) or mentions[following].start != one.end():
                continue
            known = authority.protocols(mentions[following].instrument_id)
            meant = [protocol for protocol in known if "*" in protocol.keys]
            end = ends[following]
        else:
            known = authority.protocols(parent)
            named = [(match.end(), each) for each in known if (match := subject(each, text, one.end("on")))]
            end = max((close for close, _ in named), default=0)
            meant = [each for close, each in named if close == end]
        if len(meant) == 1:
            replaced |= {n for n in (following,) if n < len(mentions) and mentions[n].start < end}
            found.append(Mention(one.start("one"), end, meant[0].instrument_id, "protocol-to-an-instrument"))
    kept = [mention for number, mention in enumerate(mentions) if number not in replaced]
    return sorted([*kept, *found], key=lambda mention: (mention.start, mention.end))


def _parent(mention: Mention, authority: Authority) -> str:
    """Return what a protocol belongs to, or nothing."""
    instrument = authority.instruments.get(mention.instrument_id)
    return instrument.parent if instrument else ""


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
    for number, mention in enumerate(mentions):
        instrument = authority.instruments.get(mention.instrument_id)
        if instrument is None or instrument.kind != _GROUP or mention.places or mention.refused:
            yield mention
            continue
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
