"""Articles that are listed with those of a protocol, which does not have them, and are in what it belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sourcebook.parsing.law.instruments import Instrument
from sourcebook.parsing.law.mentions import Mention
from sourcebook.parsing.law.pinpoint_reader import Places

__all__ = ["read_parents"]


def read_parents(mentions: Sequence[Mention], instruments: Mapping[str, Instrument]) -> list[Mention]:
    """Return the mentions, in which articles that only its parent has are no longer those of a protocol.

    In “Article 1 of Protocol No. 1, Article 8 and Article 13” the last two are in the Convention.

    Parameters
    ----------
    mentions : sequence of Mention
        In the order of the text, with their places.
    instruments : mapping of str to Instrument
        Those of the authority by their ids.

    Returns
    -------
    list of Mention
        In the order of the text. What a protocol belongs to has the words of the protocol where the text names it
        nowhere else.
    """
    found: list[Mention] = []
    named: dict[str, list[Mention]] = {}
    for mention in mentions:
        named.setdefault(mention.instrument_id, []).append(mention)
    for mention in mentions:
        protocol = instruments.get(mention.instrument_id)
        parent = instruments.get(protocol.parent) if protocol else None
        found.append(mention)
        if protocol is None or parent is None or len(mention.places) < 2:
            continue
        of_parent = [each for each in mention.places if _is_only_in(each, parent, protocol)]
        if not of_parent or len(of_parent) == len(mention.places):
            continue
        starts = {each.start for each in of_parent}
        mention.places = [each for each in mention.places if each.start not in starts]
        if parent.instrument_id in named:
            _nearest(named[parent.instrument_id], of_parent[0].start).places += of_parent
        else:
            found.append(
                replace(
                    mention, instrument_id=parent.instrument_id, pattern="by-its-protocol", places=of_parent
                )
            )
    return found


def _nearest(mentions: Sequence[Mention], place: int) -> Mention:
    """Return the mention, of some in the order of the text, that begins nearest to a place."""
    number = bisect_left(mentions, place, key=lambda mention: mention.start)
    return min(mentions[max(0, number - 1) : number + 1], key=lambda mention: abs(mention.start - place))


def _is_only_in(places: Places, parent: Instrument, protocol: Instrument) -> bool:
    """Return whether a treaty has articles, and a protocol to it has none of them.

    Parameters
    ----------
    places : Places
    parent, protocol : Instrument
    """
    articles = all(point.unit == "art" for point in places.points)
    return articles and all(map(protocol.lacks, places.points)) and not any(map(parent.lacks, places.points))
