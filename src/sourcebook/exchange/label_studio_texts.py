"""The text of a task of Label Studio, and the places in it: of plain text, of a page, of a dialogue."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from sourcebook.exchange.label_studio_results import Region

__all__ = ["Text", "text_of"]

_ADDRESS = re.compile(r"(https?|s3|gs)://\S+|/data/(upload|local-files)\S*")
_NUMBER = re.compile(r"[0-9]{1,9}")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
_HIDDEN = {"script", "style", "head", "title", "template"}
#: What parts of a dialogue do not have and labels do, which JSON-MIN lists in the same way.
_OF_LABELS = {"startOffset", "globalOffsets"}
#: The times of a part, which come among the words of a stretch that leads into it.
_TIMES = re.compile(r"\n[0-9]{2}:[0-9]{2}:[0-9]{2} - [0-9]{2}:[0-9]{2}:[0-9]{2}(?=\n)")


@dataclass(frozen=True)
class Text:
    """The text of a task.

    Attributes
    ----------
    text : str
        Its characters; empty where the task has the address of a file alone.
    address : str
        The address of a page.
    starts : list of int
        Of a dialogue, where its parts begin, in UTF-16 code units.
    """

    text: str
    address: str = ""
    starts: list[int] = field(default_factory=list)

    def stretch(self, region: Region) -> tuple[int, int, str] | None:
        """Return the place of a region as the file counts it, with its words; None where there is none.

        Parameters
        ----------
        region : Region
            The region.
        """
        value = region.value
        both = value.get("globalOffsets")
        start, end = value.get("start"), value.get("end")
        if isinstance(both, dict):
            start, end = both.get("start"), both.get("end")
        elif self.starts:
            start, end = (
                self._in_part(value.get(part), value.get(f"{part}Offset")) for part in ("start", "end")
            )
        if not all(
            isinstance(each, int) and not isinstance(each, bool) and abs(each) < 10**12
            for each in (start, end)
        ):
            return None
        return start, end, self.words(region)  # type: ignore[return-value]

    def words(self, region: Region) -> str:
        """Return the words of a region: its line ends, which the file may write as a backslash and n, as such.

        Parameters
        ----------
        region : Region
            The region.
        """
        words = region.words if "\\n" in self.text else region.words.replace("\\n", "\n")
        return _TIMES.sub("", words) if self.starts else words

    def _in_part(self, part: Any, offset: Any) -> int | None:
        """Return a place in a part of a dialogue."""
        if not (isinstance(part, str | int) and _NUMBER.fullmatch(str(part)) and isinstance(offset, int)):
            return None
        return self.starts[int(part)] + offset if int(part) < len(self.starts) else None


def text_of(data: dict[str, Any], found: list[Region]) -> Text:
    """Return the text of a task: under the name of the tag that was labelled, or the one that is there.

    Parameters
    ----------
    data : dict
        The data of the task.
    found : list of Region
        What was labelled in it.
    """
    paged = any("globalOffsets" in region.value for region in found)
    dialogue = next((value for value in data.values() if _is_dialogue(value)), None)
    if dialogue is not None and not paged and any("startOffset" in region.value for region in found):
        return _joined(dialogue)
    names = [*dict.fromkeys(region.of for region in found), "text", "html", "document", "content"]
    texts = {name: value for name, value in data.items() if isinstance(value, str)}
    name = next((name for name in names if name in texts), "")
    if not name and texts:
        name = max(texts, key=lambda each: len(texts[each]))
    text = texts.get(name, "")
    if _ADDRESS.fullmatch(text.strip()):
        return Text("", text.strip() if text.strip().startswith("http") else "")
    return Text(_of_page(text) if paged else text)


def _is_dialogue(value: Any) -> bool:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(each, dict) and not _OF_LABELS & each.keys() for each in value)


def _joined(parts: list[dict[str, Any]]) -> Text:
    """Return a dialogue as one text, a line for each part."""
    lines: list[str] = []
    starts: list[int] = []
    length = 0
    for part in parts:
        line = next(
            (part[name] for name in ("text", "content", "dialogue") if isinstance(part.get(name), str)), ""
        )
        starts.append(length)
        lines.append(line)
        length += len(line.encode("utf-16-le", "surrogatepass")) // 2 + 1
    return Text("\n".join(lines), "", starts)


def _of_page(markup: str) -> str:
    """Return the text of a page, what a browser hides left out, `br` as a line end.

    Each character of the markup is looked at once.
    """
    pieces: list[str] = []
    at, hidden = 0, ""
    while at < len(markup):
        opened = markup.find("<", at)
        if opened < 0:
            opened = len(markup)
        if not hidden:
            pieces.append(html.unescape(markup[at:opened]))
        closing = "-->" if markup.startswith("<!--", opened) else ">"
        closed = markup.find(closing, opened)
        if closed < 0:
            break
        if match := _TAG.match(markup, opened):
            end, tag = bool(match[1]), match[2].lower()
            if not hidden and not end and tag in _HIDDEN:
                hidden = tag
            elif not hidden and tag == "br":
                pieces.append("\n")
            elif end and tag == hidden:
                hidden = ""
        at = closed + len(closing)
    return "".join(pieces)
