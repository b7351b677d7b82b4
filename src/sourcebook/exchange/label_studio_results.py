"""The results of an annotation of Label Studio: what is labelled, chosen and written in one region of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Region", "regions"]

#: Types of results that carry codes; their value has a list under the same name, or under `labels`.
_LABELS = {"labels", "hypertextlabels", "paragraphlabels", "timeserieslabels"}
_CODES = (*_LABELS, "choices", "taxonomy")
_LONGEST, _SHORTEST = 200, 60


@dataclass
class Region:
    """What is said of a stretch of a text, or of the whole of it.

    Attributes
    ----------
    name : str
        Its id.
    value : dict
        The value that has its place.
    codes, notes : list of str
        What was labelled and chosen, and what was written.
    fields : dict of str to str
        What else there is: numbers, ratings.
    of : str
        The tag that it is of.
    """

    name: str
    value: dict[str, Any] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    of: str = ""

    @property
    def is_stretch(self) -> bool:
        """Whether it is of a stretch, not of the whole text."""
        return "start" in self.value or "globalOffsets" in self.value

    @property
    def words(self) -> str:
        """The words that the file gives."""
        text = self.value.get("text")
        return text if isinstance(text, str) and self.is_stretch else ""


def regions(results: list[Any], told: Counter[str]) -> Iterator[Region]:
    """Yield the regions of an annotation, in its order; results of the same region are one.

    Parameters
    ----------
    results : list
        The results.
    told : Counter
        Counts what is not taken.
    """
    found: dict[str, Region] = {}
    for number, result in enumerate(results):
        if not isinstance(result, dict):
            told["results that are none, not taken"] += 1
        elif result.get("type") == "relation":
            told["relations, not taken"] += 1
        else:
            _take(found, result, number, told)
    for region in found.values():
        if region.codes or region.notes or region.fields:
            yield region


def _take(found: dict[str, Region], result: dict[str, Any], number: int, told: Counter[str]) -> None:
    value = result.get("value")
    tag = str(result.get("from_name", ""))
    if "type" not in result and "to_name" not in result:  # JSON-MIN
        _take_short(found, tag, value, told)
        return
    if not isinstance(value, dict):
        told["results without a value, not taken"] += 1
        return
    name = str(result.get("id") or f"{number + 1}")
    if not ("start" in value or "globalOffsets" in value):
        name = name if name in found else ""  # a choice for the whole text
    region = found.setdefault(name, Region(name))
    region.of = region.of or str(result.get("to_name", ""))
    _say(region, value, tag, str(result.get("type", "")), told)
    _note(region, result.get("meta"))


def _take_short(found: dict[str, Region], tag: str, value: Any, told: Counter[str]) -> None:
    """Take what a task of JSON-MIN has under the name of a tag: a list of values, one, or a choice."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and ("start" in each or "globalOffsets" in each):
            region = Region(str(len(found) + 1))
            found[f"{tag} {len(found)}"] = region
            _say(region, each, tag, "", told)
        elif isinstance(each, dict) and "choices" in each:
            _say(found.setdefault("", Region("")), each, tag, "choices", told)
        elif isinstance(each, str) and 0 < len(each) <= _SHORTEST:
            told[
                f"values of {tag}, of which JSON-MIN does not say whether they are choices or data, not taken"
            ] += 1


def _say(region: Region, value: dict[str, Any], tag: str, type_: str, told: Counter[str]) -> None:
    """Add what a value says to its region."""
    if not region.value and ("start" in value or "globalOffsets" in value):
        region.value = value
    known = False
    for key in _CODES:
        if isinstance(labels := value.get(key), list):
            known = True
            region.codes += [label for each in labels if (label := _label(each))]
    if type_ == "textarea":
        known = True
        texts = value.get("text")
        region.notes += [
            each for each in (texts if isinstance(texts, list) else [texts]) if isinstance(each, str)
        ]
    for key in ("number", "rating", "datetime"):
        if isinstance(each := value.get(key), str | int | float):
            known = True
            region.fields[tag or key] = str(each)
    if not known:
        told[f"results of the type {type_ or tag or 'none'}, not taken"] += 1


def _label(each: Any) -> str:
    """Return a label; of a taxonomy the way to it."""
    if isinstance(each, list):
        each = " / ".join(str(part) for part in each if isinstance(part, str))
    return each if isinstance(each, str) and len(each) <= _LONGEST else ""


def _note(region: Region, meta: Any) -> None:
    """Add what somebody wrote about a region."""
    text = meta.get("text") if isinstance(meta, dict) else None
    region.notes += [
        each for each in (text if isinstance(text, list) else [text]) if isinstance(each, str) and each
    ]
