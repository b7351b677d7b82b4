"""The layout of the raw files: stretches that are not running text, each with the words that must be there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import DataError, Problem
from sourcebook.sources.registry import LAYOUT, REGISTRY, raw_problem, read_raw_table
from sourcebook.text.line_ends import with_line_ends
from sourcebook.text.normalise import ZONE_KINDS, Zone
from sourcebook.text.similarity import difference

__all__ = ["zones_of"]

_NUMBER = re.compile(r"[0-9]{1,12}")


def zones_of(
    folder: Path, texts: Mapping[str, str], known: set[str]
) -> tuple[dict[str, list[Zone] | None], list[Problem]]:
    """Return the declared zones of each text, None where one of them is wrong; and what is wrong.

    Parameters
    ----------
    folder : Path
        The folder that holds ``layout.csv``, if there is one.
    texts : mapping of str to str
        The raw texts that could be read, by source id.
    known : set of str
        All source ids of the registry.

    Examples
    --------
    >>> zones_of(Path("."), {}, set())
    ({}, [])
    """
    zones: dict[str, list[Zone]] = {}
    spoilt: set[str] = set()
    problems: list[Problem] = []
    if not (folder / LAYOUT).exists():
        return {}, problems
    try:
        rows = read_raw_table(folder, LAYOUT)
    except DataError as error:
        return dict.fromkeys(texts), error.problems
    for row in rows.to_dict("records"):
        source_id, kind, exact = str(row["source_id"]), str(row["zone"]), str(row["exact"])
        wrong = None
        if source_id not in known:
            wrong = ("source_id", repr(source_id), f"a source_id of {REGISTRY}", "")
        elif kind not in ZONE_KINDS:
            wrong = ("zone", repr(kind), f"one of {', '.join(ZONE_KINDS)}", "")
        elif source_id in texts:
            zone = _placed(texts[source_id], kind, exact, str(row["start"]), str(row["end"]))
            if not isinstance(zone, Zone):
                wrong = zone
            elif clash := next((z for z in zones.get(source_id, []) if _overlap(z, zone)), None):
                wrong = ("start", f"[{zone.start}, {zone.end})", f"no overlap with {clash}", "")
            else:
                zones.setdefault(source_id, []).append(zone)
        if wrong is not None:
            spoilt.add(source_id)
            column, found, expected, action = wrong
            problems.append(raw_problem(folder, LAYOUT, int(row[LINE]), column, found, expected, action))
    return {**zones, **dict.fromkeys(spoilt)}, problems


def _overlap(one: Zone, other: Zone) -> bool:
    return one.start < other.end and other.start < one.end


def _placed(raw: str, kind: str, exact: str, start: str, end: str) -> Zone | tuple[str, str, str, str]:
    """Return the zone, or column, found, expected and action of what is wrong."""
    exact = next((words for words in with_line_ends(exact) if words and words in raw), exact)
    count = raw.count(exact) if exact else 0
    if not start and not end:
        if count != 1:
            return "exact", f"{count} places for {exact!r}", "start and end, or words that occur once", ""
        return Zone(kind=kind, start=raw.index(exact), end=raw.index(exact) + len(exact))
    if not (_NUMBER.fullmatch(start) and _NUMBER.fullmatch(end)):
        return "start", f"{start!r:.40}, {end!r:.40}", "two whole numbers", ""
    zone = Zone(kind=kind, start=int(start), end=int(end))
    if raw[zone.start : zone.end] == exact and exact:
        return zone
    if count:
        places = [match.start() for match in re.finditer(re.escape(exact), raw)]
        at = min(places, key=lambda place: abs(place - zone.start))
        shifts = {"a byte-order mark": "\ufeff", "line ends of two characters": "\r\n"}
        counted = [name for name, mark in shifts.items() if mark in raw[: at + len(exact)]]
        why = f" (what counts too: {' and '.join(counted)})" if counted else ""
        action = "correct start and end; the words are right"
        return "start", f"[{start}, {end})", f"[{at}, {at + len(exact)}), where the words are{why}", action
    if not zone.start < zone.end <= len(raw):
        return "start", f"[{start}, {end})", f"start < end <= {len(raw)}", ""
    found, expected = difference(exact, raw[zone.start : zone.end])
    return "exact", found, f"the raw words there, {expected}", ""
