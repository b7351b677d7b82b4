"""Serialise a UIMA CAS: as JSON, as XMI, and its type system as XML."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

__all__ = ["ARRAY", "STRING", "Structures", "TypesOf", "as_json", "as_xmi", "as_xml"]

STRING, ARRAY = "uima.cas.String", "uima.cas.StringArray"

Structures = list[dict[str, Any]]
TypesOf = dict[str, tuple[str, dict[str, str]]]

_XMI, _CAS = "http://www.omg.org/XMI", "http:///uima/cas.ecore"
#: Characters that XML does not have.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(structures: Structures, types: TypesOf) -> bytes:
    """Return a CAS as JSON.

    Parameters
    ----------
    structures : list of dict
        Its structures, the text first.
    types : dict
        Its types, each with the one above it and the ranges of its features.
    """
    described = {
        name: {
            "%NAME": name,
            "%SUPER_TYPE": above,
            **{
                feature: {"%NAME": feature, "%RANGE": f"{STRING}[]" if range_ == ARRAY else range_}
                for feature, range_ in features.items()
            },
        }
        for name, (above, features) in types.items()
    }
    members = [each["%ID"] for each in structures[1:] if each["%TYPE"] != ARRAY]
    value = {
        "%TYPES": described,
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def as_xml(types: TypesOf) -> bytes:
    """Return a type system as XML.

    Parameters
    ----------
    types : dict
        As for :func:`as_json`.
    """
    root = ElementTree.Element("typeSystemDescription", xmlns="http://uima.apache.org/resourceSpecifier")
    listed = ElementTree.SubElement(root, "types")
    for name, (above, features) in types.items():
        described = ElementTree.SubElement(listed, "typeDescription")
        for tag, text in (("name", name), ("description", ""), ("supertypeName", above)):
            ElementTree.SubElement(described, tag).text = text
        parts = ElementTree.SubElement(described, "features")
        for feature, range_ in features.items():
            part = ElementTree.SubElement(parts, "featureDescription")
            for tag, text in (("name", feature), ("description", ""), ("rangeTypeName", range_)):
                ElementTree.SubElement(part, tag).text = text
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def as_xmi(structures: Structures) -> bytes:
    """Return a CAS as XMI; characters that XML does not have are replaced by one that says so.

    Parameters
    ----------
    structures : list of dict
        As for :func:`as_json`.
    """
    ElementTree.register_namespace("xmi", _XMI)
    ElementTree.register_namespace("cas", _CAS)
    root = ElementTree.Element(f"{{{_XMI}}}XMI", {f"{{{_XMI}}}version": "2.0"})
    ElementTree.SubElement(root, f"{{{_CAS}}}NULL", {f"{{{_XMI}}}id": "0"})
    arrays = {each["%ID"]: each["%ELEMENTS"] for each in structures if each["%TYPE"] == ARRAY}
    for each in structures[1:] + structures[:1]:
        if each["%TYPE"] == ARRAY:
            continue
        package, _, local = each["%TYPE"].rpartition(".")
        element = ElementTree.SubElement(root, f"{{http:///{package.replace('.', '/')}.ecore}}{local}")
        element.set(f"{{{_XMI}}}id", str(each["%ID"]))
        for name, value in each.items():
            if name == "@sofa":
                element.set("sofa", str(value))
            elif name.startswith("@"):
                for text in arrays[value]:
                    ElementTree.SubElement(element, name[1:]).text = _NO_XML.sub("\ufffd", text)
            elif not name.startswith("%"):
                element.set(name, _NO_XML.sub("\ufffd", str(value)))
    members = [str(each["%ID"]) for each in structures[1:] if each["%TYPE"] != ARRAY]
    ElementTree.SubElement(root, f"{{{_CAS}}}View", {"sofa": "1", "members": " ".join(members)})
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made
