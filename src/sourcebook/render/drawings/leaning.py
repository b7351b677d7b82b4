"""Drawings of matplotlib, made light enough to stand as text in a page.

Matplotlib wraps every stroke in groups, repeats its style in words and writes six decimals. :func:`lean` parses
such a drawing and writes the same picture in a fraction of the size: styles become classes that all drawings of
a figure share, neighbours of one style become one path, coordinates are relative and hold one decimal (a twentieth
of a pixel off at most), and what is not seen or not referred to is left out. The text stays text, in its order.

References
----------
W3C (2018). Scalable Vector Graphics (SVG) 2, chapters 5 (structure), 6 (styling) and 9 (paths).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from sourcebook.render.drawings.paths import NUMBER, Box, lean_path, path_box, written_number

__all__ = ["ROOT_STYLE", "Styles", "lean"]

_URL = re.compile(r"url\(#([^)]+)\)")
#: Containers whose content is drawn only where something refers to it.
_REFERRED = {"defs", "clipPath", "pattern", "mask", "marker", "symbol"}
#: What a style need not say: initial values that nothing around sets otherwise.
_SILENT = {"text-anchor": "start", "stroke-dashoffset": "0"}
#: What the root of a drawing sets for all in it.
ROOT_STYLE = "stroke-linejoin:round;stroke-linecap:butt"


@dataclass(kw_only=True)
class Styles:
    """The classes of the drawings of one figure, in the order in which their styles appear.

    Attributes
    ----------
    key : str
        Start of every name, unique in the page.
    names : dict of str to str
        Class of each style.
    """

    key: str
    names: dict[str, str] = field(default_factory=dict)

    def name(self, style: str) -> str:
        """Return the class of a style."""
        return self.names.setdefault(style, f"{self.key}{len(self.names)}")

    def rules(self) -> str:
        """Return the rules of a style sheet for all classes so far."""
        return "".join(f".{name}{{{style}}}" for style, name in self.names.items())


def _style(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _is_unseen(style: dict[str, str]) -> bool:
    return style.get("fill", "black") == "none" and style.get("stroke", "none") == "none"


def _plain(element: ET.Element) -> None:
    """Take the namespaces from the names of an element, its attributes and those of all below."""
    for each in element.iter():
        each.tag = each.tag.rpartition("}")[2]
        for name in [name for name in each.attrib if "}" in name]:
            each.set(name.rpartition("}")[2], each.attrib.pop(name))


def _apart(one: Box, two: Box, room: float) -> bool:
    return (
        one[1] + room < two[0] or two[1] + room < one[0] or one[3] + room < two[2] or two[3] + room < one[2]
    )


class _Lean:
    """One pass over one drawing."""

    def __init__(self, root: ET.Element, styles: Styles, prefix: str) -> None:
        self.root, self.styles, self.prefix = root, styles, prefix
        self.ids: dict[str, str] = {}

    def run(self) -> None:
        for parent in list(self.root.iter()):
            for child in list(parent):
                if child.tag in {"metadata", "style"}:
                    parent.remove(child)
        self._name_references()
        self._unwrap(self.root)
        self._share_definitions()
        self._merge(self.root)
        self._write(self.root, referred=False)

    def _referred(self) -> list[str]:
        found: list[str] = []
        for element in self.root.iter():
            found += [m for value in element.attrib.values() for m in _URL.findall(value)]
            found += [element.get("href", "")[1:]] * element.get("href", "").startswith("#")
        return found

    def _name_references(self) -> None:
        """Keep the ids that something refers to, under names unique in the page."""
        self.ids = {old: f"{self.prefix}{i}" for i, old in enumerate(dict.fromkeys(self._referred()))}
        for element in self.root.iter():
            old = element.attrib.pop("id", "")
            if old in self.ids:
                element.set("id", self.ids[old])
            for name, value in element.attrib.items():
                if name == "href" and value.startswith("#"):
                    element.set(name, f"#{self.ids[value[1:]]}")
                elif "url(#" in value:
                    element.set(name, _URL.sub(lambda m: f"url(#{self.ids[m[1]]})", value))

    def _unwrap(self, parent: ET.Element) -> None:
        """Put the children of a group that says nothing in its place; drop what is empty or not seen."""
        children: list[ET.Element] = []
        for child in list(parent):
            self._unwrap(child)
            hidden = parent.tag not in _REFERRED and child.tag == "path" and "id" not in child.attrib
            if child.tag == "g" and not child.attrib:
                children += list(child)
            elif child.tag in {"defs", "g"} and not len(child):
                continue
            elif not (hidden and _is_unseen(_style(child.get("style", "")))):
                children.append(child)
            child.tail = None
        parent[:] = children
        if parent.tag not in {"text", "tspan"}:
            parent.text = None

    def _share_definitions(self) -> None:
        """Take from a marker what each of its uses says itself, and keep one of those that are alike."""
        uses: dict[str, list[ET.Element]] = {}
        for use in self.root.iter("use"):
            uses.setdefault(use.get("href", "")[1:], []).append(use)
        seen: dict[tuple[str, str], str] = {}
        for defs in list(self.root.iter("defs")):
            for path in list(defs):
                name = path.get("id", "")
                if path.tag != "path" or not uses.get(name):
                    continue
                said = [_style(use.get("style", "")) for use in uses[name]]
                own = {
                    k: v
                    for k, v in _style(path.get("style", "")).items()
                    if any(style.get(k) != v for style in said)
                }
                path.set("style", ";".join(f"{k}:{v}" for k, v in own.items()))
                first = seen.setdefault((path.get("d", ""), path.get("style", "")), name)
                if first != name:
                    defs.remove(path)
                    for use in uses[name]:
                        use.set("href", f"#{first}")
        self._unwrap(self.root)

    def _merge(self, parent: ET.Element) -> None:
        """Write neighbours of one style as one path, where none of them covers another."""
        kept: list[ET.Element] = []
        boxes: list[Box] = []
        for child in list(parent):
            self._merge(child)
            box = (
                path_box(child.get("d", ""))
                if child.tag == "path" and set(child.attrib) <= {"d", "style"}
                else None
            )
            same = kept and boxes and box and kept[-1].get("style") == child.get("style")
            style = _style(child.get("style", ""))
            width = re.match(NUMBER, style.get("stroke-width", ""))
            room = float(width[0]) if width else 1.0
            strokes = style.get("fill") == "none" and not {"opacity", "stroke-opacity"} & set(style)
            if same and box and (strokes or all(_apart(box, other, room) for other in boxes)):
                kept[-1].set("d", f"{kept[-1].get('d')} {child.get('d')}")
                boxes.append(box)
            else:
                kept.append(child)
                boxes = [box] if box else []
        if parent.tag not in _REFERRED:
            parent[:] = kept

    def _write(self, element: ET.Element, *, referred: bool) -> None:
        """Shorten numbers and styles, of an element and of all below it."""
        referred = referred or element.tag in _REFERRED
        if "d" in element.attrib:
            element.set("d", lean_path(element.get("d", ""), decimals=2 if referred else 1))
        if element.tag in {"text", "use", "tspan"}:
            for name in [name for name in ("x", "y") if re.fullmatch(NUMBER, element.get(name, ""))]:
                value = written_number(round(float(element.attrib.pop(name)) * 100), 100)
                if value != "0" or element.tag == "tspan":
                    element.set(name, value)
        if re.fullmatch(rf"rotate\(-?0(?:\.0+)?(?: {NUMBER})*\)", element.get("transform", "")):
            del element.attrib["transform"]
        style = {k: v for k, v in _style(element.attrib.pop("style", "")).items() if _SILENT.get(k) != v}
        if style:
            element.set("class", self.styles.name(";".join(f"{k}:{v}" for k, v in style.items())))
        for child in element:
            self._write(child, referred=referred)


def lean(svg: str, styles: Styles, *, prefix: str) -> tuple[str, str]:
    """Return the content of a drawing, light, and the box that it fills.

    Parameters
    ----------
    svg : str
        What matplotlib wrote.
    styles : Styles
        The classes of the figure, which gains those of this drawing.
    prefix : str
        Start of every id in the drawing, unique in the page.

    Returns
    -------
    content, box : str
        The elements inside of the root, which is to carry :data:`ROOT_STYLE`, and its ``viewBox``.
    """
    root = ET.fromstring(svg)
    _plain(root)
    box = root.get("viewBox", "")
    root.attrib.clear()
    _Lean(root, styles, prefix).run()
    return "".join(ET.tostring(child, encoding="unicode") for child in root), box
