"""Small projects of other tools for the tests, and the files that others made, which lie beside the repository."""

from dataclasses import replace
from pathlib import Path

import pytest

from sourcebook.exchange.model import Annotation, Code, Document, Project

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"

#: Characters of two UTF-16 code units, combining marks, line ends of two characters, and what formats escape.
TEXT = "A bridge 🌉 over the Rivie\u0300re.\r\nSaid: “it fell”, 𝄞 & <so> it\\did | yes; [no] * _x_\tend.\r\n"


def sample(name):
    """Return a folder of files that others made, or skip the test."""
    if not (SAMPLES / name).is_dir():
        pytest.skip(f"no {SAMPLES / name}: the files that other tools made are not part of the repository")
    return SAMPLES / name


def quoting(words, number, document="one", text=TEXT, **more):
    """Return an annotation of words of a text."""
    start = text.index(words)
    return Annotation(
        annotation_id=f"{document}.c{number:03}",
        document_id=document,
        start=start,
        end=start + len(words),
        exact=words,
        **more,
    )


PROJECT = Project(
    documents=(
        Document(
            document_id="one", text=TEXT, title="A & B", address="https://example.org/a?b=1&c", language="en"
        ),
        Document(document_id="zwei", text="Über 🌉 die Brücke.", title="", language="de"),
    ),
    codes=(
        Code(code_id="fell", name="fell", description="Did it fall?"),
        Code(code_id="fell=yes", name="yes", parent="fell"),
        Code(code_id="frames:", name="frames", colour="#7fa2ff"),
        Code(code_id="frames:remedy", name="remedy", parent="frames:"),
    ),
    annotations=(
        quoting("bridge 🌉", 1, codes=("fell",), fields={"table": "claims", "value": "~12"}),
        quoting(
            "Rivie\u0300re.\r\nSaid", 2, codes=("fell=yes", "frames:remedy"), note="two lines, two codes"
        ),
        quoting("𝄞 & <so> it\\did | yes; [no] * _x_", 3, codes=("frames:remedy",), coder="ann"),
        quoting("end", 4, fields={"id": "another id", "elements": "x"}),
        quoting("🌉", 1, "zwei", "Über 🌉 die Brücke.", codes=("fell",), created="2026-01-02T03:04:05Z"),
    ),
)


def by_id(project, **without):
    """Return the annotations of a project by id, some of their parts taken away."""
    return {each.annotation_id: replace(each, **without) for each in project.annotations}
