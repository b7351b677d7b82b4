"""Read a UIMA CAS, as JSON and as XMI.

The reader is our own, and takes what this room needs: texts, and annotations with values. A library that makes
classes of the types of a file compiles the names in the file as Python, which the file of a stranger must not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sourcebook.exchange.untrusted import parse_json, read_text, refuse
from sourcebook.exchange.xmlfiles import Element, parse_xml

__all__ = ["Cas", "Structure", "read_cas"]

_XMI, _CAS = "{http://www.omg.org/XMI}", "{http:///uima/cas.ecore}"
_NUMBER = re.compile(r"-?[0-9]{1,12}")
_ACTION = "export the document again as UIMA CAS JSON or XMI"
_SOFA = "uima.cas.Sofa"
_OWN = {"sofa", "begin", "end"}
#: Features that refer to structures, where no type system says so; and how many types one may be below.
_REFERENCES, _HIGHEST = {"Governor", "Dependent", "next", "first", "target"}, 100
#: Types of values; every other range of a feature refers to a structure.
_VALUES = {
    f"uima.cas.{name}"
    for name in ("String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double", "StringArray")
}


@dataclass
class Structure:
    """A feature structure.

    Attributes
    ----------
    type : str
        The full name of its type.
    sofa : str
        The id of the text that it is of.
    begin, end : int or None
        In UTF-16 code units.
    values : dict of str to list of str
        The features that have values.
    references : dict of str to list of str
        The features that refer to structures, with their ids.
    """

    type: str
    sofa: str = ""
    begin: int | None = None
    end: int | None = None
    values: dict[str, list[str]] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Cas:
    """What a file holds.

    Attributes
    ----------
    texts : dict of str to str
        The texts, by their ids.
    structures : dict of str to Structure
        The structures, by their ids, in the order of the file.
    members : set of str or None
        The ids of those that a view has; None where the file does not say.
    """

    texts: dict[str, str] = field(default_factory=dict)
    structures: dict[str, Structure] = field(default_factory=dict)
    members: set[str] | None = None

    def indexed(self) -> Iterator[tuple[str, Structure]]:
        """Yield the structures that are there for a reader, with their ids."""
        for name, structure in self.structures.items():
            if self.members is None or name in self.members:
                yield name, structure


def read_cas(data: bytes, where: str, types: bytes = b"") -> Cas:
    """Return what a file holds.

    Parameters
    ----------
    data : bytes
        The file, JSON or XMI.
    where : str
        What problems call it.
    types : bytes
        The type system of a file of XMI, which tells references from numbers.

    Raises
    ------
    DataError
        If it is none.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        cas = _from_xmi(parse_xml(data, where), where, _Types(types, where))
    else:
        cas = _from_json(parse_json(read_text(data, where), where), where)
    if not cas.texts:
        refuse(where, "none", "a text (sofaString) in the CAS", _ACTION)
    return cas


def _number(value: object, where: str, what: str) -> int | None:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 10**12):
        refuse(where, f"{value!r:.40}", f"a number as {what} of an annotation", _ACTION)
    return value


# JSON


def _from_json(value: Any, where: str) -> Cas:
    structures = value.get("%FEATURE_STRUCTURES") if isinstance(value, dict) else None
    if isinstance(structures, dict):
        structures = [
            {"%ID": name, **each} if isinstance(each, dict) else each for name, each in structures.items()
        ]
    if not isinstance(structures, list) or not all(isinstance(each, dict) for each in structures):
        refuse(where, "something else", "a UIMA CAS in JSON, with %FEATURE_STRUCTURES", _ACTION)
    cas = Cas(members=_members(value.get("%VIEWS"), where))
    for each in structures:
        name, type_ = str(each.get("%ID")), each.get("%TYPE")
        if not isinstance(type_, str):
            refuse(where, f"{type_!r:.40}", f"a type of the structure {name:.40}", _ACTION)
        if type_ == _SOFA:
            if isinstance(text := each.get("sofaString"), str):
                cas.texts[name] = text
        else:
            cas.structures[name] = _structure(each, type_, where)
    _resolve_arrays(cas)
    return cas


def _members(views: Any, where: str) -> set[str] | None:
    """Return the ids of the structures that the views have."""
    if views is None or views == {}:
        return None
    if not isinstance(views, dict) or not all(
        isinstance(view, dict) and isinstance(view.get("%MEMBERS", []), list) for view in views.values()
    ):
        refuse(where, "something else", "views with lists of members (%VIEWS)", _ACTION)
    return {str(member) for view in views.values() for member in view.get("%MEMBERS", [])}


def _structure(each: dict[str, Any], type_: str, where: str) -> Structure:
    begin, end = (_number(each.get(name), where, name) for name in ("begin", "end"))
    if end is not None and begin is None:
        begin = 0  # a number that is 0 may be left out
    made = Structure(type_, str(each.get("@sofa", "")), begin, end)
    for name, value in each.items():
        if name.startswith("@"):
            if name != "@sofa" and value is not None:
                made.references[name[1:]] = _texts(value)
        elif name == "%ELEMENTS":
            made.values[name] = _texts(value)
        elif not name.startswith("%") and name not in _OWN and value is not None:
            made.values[name.removeprefix("#")] = _texts(value)
    return made


def _texts(value: Any) -> list[str]:
    """Return a value, or the values of a list, as texts; what is nested deeper is left out."""
    values = value if isinstance(value, list) else [value]
    return [
        str(each).lower() if isinstance(each, bool) else str(each)
        for each in values
        if isinstance(each, str | int | float)
    ]


def _resolve_arrays(cas: Cas) -> None:
    """Make values of the features that refer to an array of texts."""
    for structure in cas.structures.values():
        for name, ids in list(structure.references.items()):
            target = cas.structures.get(ids[0]) if len(ids) == 1 else None
            if target is not None and target.type in {"uima.cas.StringArray", "uima.cas.String[]"}:
                structure.values[name] = target.values.get("%ELEMENTS", [])
                del structure.references[name]


# XMI


def _from_xmi(root: Element, where: str, types: _Types) -> Cas:
    if root.tag != f"{_XMI}XMI":
        refuse(
            where, f"{root.tag!r:.60}", "a UIMA CAS in XMI, with the root xmi:XMI", _ACTION, line=root.line
        )
    cas = Cas()
    for each in root:
        name = each.get(f"{_XMI}id", "")
        if each.tag == f"{_CAS}Sofa":
            if (text := each.get("sofaString")) is not None:
                cas.texts[name] = text
        elif each.tag == f"{_CAS}View":
            cas.members = (cas.members or set()) | set((each.get("members") or "").split())
        elif name:
            cas.structures[name] = _xmi_structure(each, where, types)
    return cas


def _xmi_structure(each: Any, where: str, types: _Types) -> Structure:
    namespace, _, local = each.tag.rpartition("}")
    package = namespace.removeprefix("{http:///").removesuffix(".ecore").replace("/", ".")
    type_ = f"{package}.{local}" if package and package != "uima.noNamespace" else local
    begin, end = (_number(each.get(name), where, name) for name in ("begin", "end"))
    made = Structure(type_, each.get("sofa", ""), begin, end)
    for name, value in each.items():
        if name.startswith("{") or name in _OWN:
            continue
        if types.has_value(type_, name):
            made.values[name] = [value]
        else:
            made.references[name] = value.split()
    for part in each:
        made.values.setdefault(part.tag, []).append(part.text or "")
    return made


class _Types:
    """A type system: which features of which types have values."""

    def __init__(self, data: bytes, where: str) -> None:
        self.above: dict[str, str] = {}
        self.own: dict[str, dict[str, str]] = {}
        root = parse_xml(data, f"{where} (its type system)") if data else ()
        for each in (part for types in root for part in types if part.tag.endswith("}typeDescription")):
            name = _text(each, "name")
            self.above[name] = _text(each, "supertypeName")
            self.own[name] = {
                _text(part, "name"): _text(part, "rangeTypeName")
                for features in each
                if features.tag.endswith("}features")
                for part in features
            }

    def has_value(self, type_: str, feature: str) -> bool:
        """Return whether a feature has a value; without a type system by its name."""
        for _ in range(_HIGHEST):
            if type_ not in self.own:
                break
            if feature in self.own[type_]:
                range_ = self.own[type_][feature]
                return range_ in _VALUES or self.above.get(range_) == "uima.cas.String"
            type_ = self.above[type_]
        return feature not in _REFERENCES


def _text(element: Any, name: str) -> str:
    part = next((each for each in element if each.tag.endswith(f"}}{name}")), None)
    return "" if part is None else (part.text or "").strip()
