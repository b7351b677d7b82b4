"""brat's stand-off: a folder with the text of each document, and the annotations of each beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from sourcebook.core.errors import DataError, Problem
from sourcebook.exchange.brat_files import NO_CODE, read_collection
from sourcebook.exchange.brat_writing import write
from sourcebook.exchange.formats import Format
from sourcebook.exchange.model import Annotation, Document, Project
from sourcebook.exchange.spans import placed, quoted

__all__ = ["FORMAT", "read", "write"]

_ACTION = "export the documents again, or correct the line"
_NUMBER = re.compile(r"[0-9]{1,12}")
_ID = re.compile(r"[TREAMN#]\S*|\*")
_EXPECTED = {
    "T": "an id, a tab, a type and offsets, a tab and the words (T1, Place 0 5, Japan)",
    "R": "an id, a tab, a type and two arguments (R1, Origin Arg1:T3 Arg2:T4)",
    "E": "an id, a tab, and a type and a trigger (E1, Merger:T2 Org1:T1)",
    "A": "an id, a tab, a name, the id of an annotation, and a value (A1, Negation E1)",
    "N": "an id, a tab, a type, the id of an annotation and an entry (N1, Reference T1 Wikipedia:42)",
    "#": "an id, a tab, a type and the id of an annotation, a tab and the note (#1, AnnotatorNotes T1, a note)",
    "*": "an asterisk, a tab, a type and ids of annotations (*, Equiv T1 T2)",
}
#: The comments that `write` makes of what brat has no place for.
_OWN = {"id", "coder", "created", "code"}


@dataclass
class _Span:
    """A text-bound annotation, and what other lines say of it."""

    line: int
    type: str
    fragments: list[tuple[int, int]]
    words: str
    notes: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    own: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)


def read(path: Path) -> Project:
    """Return the project that a folder of brat holds, or one document of it.

    Parameters
    ----------
    path : Path
        A folder with `.txt` and `.ann` files of the same names, in folders of any depth; or one of the two files.

    Returns
    -------
    Project
        The types are codes; attributes, normalisations, relations and events are fields of the annotation that they
        begin with, and notes its note.

    Raises
    ------
    DataError
        With every line that is none of brat's, and every file without its other half.
    """
    collection = read_collection(path)
    problems: list[Problem] = []
    told: Counter[str] = Counter()
    documents, annotations = [], []
    for name, (where, text, lines) in collection.documents.items():
        reader = _Reader(where)
        for line, content in enumerate(lines.split("\n"), 1):
            reader.take(line, content.removesuffix("\r"))
        reader.join()
        problems += reader.problems
        documents.append(Document(document_id=name, text=text))
        annotations += reader.annotations(name, text, collection.ids, told)
        told += reader.told
    if problems:
        raise DataError(problems)
    known = set(collection.ids.values())
    used = dict.fromkeys(code for each in annotations for code in each.codes if code not in known)
    codes = collection.codes(used)
    return Project(
        documents=tuple(documents),
        codes=tuple(codes),
        annotations=tuple(annotations),
        told=[f"{sentence}: {count:,}" for sentence, count in told.items()],
    )


class _Reader:
    """Reads the lines of one file."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.spans: dict[str, _Span] = {}
        self.triggers: dict[str, str] = {}
        self.relations: dict[str, str] = {}
        self.later: list[tuple[int, str, str, str]] = []
        self.problems: list[Problem] = []
        self.told: Counter[str] = Counter()

    def take(self, line: int, content: str) -> None:
        """Read a line, or keep it until all annotations that it may refer to are known."""
        if not content.strip():
            return
        name, _, rest = content.partition("\t")
        if not _ID.fullmatch(name):
            found = f"{content!r:.80}"
            self._wrong(line, found, "a line of brat: an id such as T1, R1, E1, A1, N1 or #1, and a tab")
        elif name[0] == "T":
            self._span(line, name, rest)
        else:
            self.later.append((line, name, rest, content))

    def _wrong(self, line: int, found: str, expected: str) -> None:
        self.problems.append(Problem(self.where, line, "", found, expected, _ACTION))

    def _span(self, line: int, name: str, rest: str) -> None:
        head, _, words = rest.partition("\t")
        type_, _, offsets = head.partition(" ")
        fragments = [part.split() for part in offsets.split(";")]
        if not type_ or not all(len(part) == 2 and all(map(_NUMBER.fullmatch, part)) for part in fragments):
            self._wrong(line, f"{name} {rest!r:.80}", _EXPECTED["T"])
        elif name in self.spans:
            self._wrong(line, f"{name} a second time", "each id once in a file")
        else:
            places = sorted((int(start), int(end)) for start, end in fragments)
            self.spans[name] = _Span(line, type_, places, words)

    def join(self) -> None:
        """Give each annotation what the other lines say of it."""
        for line, name, rest, _ in self.later:
            if name[0] == "E":
                self._event(line, name, rest)
        for line, name, rest, _ in self.later:
            if name[0] == "R":
                self._relation(line, name, rest)
        for line, name, rest, content in self.later:
            if name[0] in "AM":
                self._attribute(line, rest)
            elif name[0] in "N#":
                self._about(line, name, rest)
            elif name == "*":
                self._equal(line, rest, content)

    def _span_of(self, line: int, name: str, expected: str) -> _Span | None:
        """Return the annotation that an id refers to: of an event its trigger, of a relation what it begins with."""
        span = self.spans.get(self.triggers.get(name, self.relations.get(name, name)))
        if span is None:
            self._wrong(line, f"{name!r:.40}, which the file has not", expected)
        return span

    def _event(self, line: int, name: str, rest: str) -> None:
        first, *others = rest.split() or [""]
        type_, _, trigger = first.partition(":")
        if not type_ or not trigger or not all(":" in other for other in others):
            self._wrong(line, f"{name} {rest!r:.80}", _EXPECTED["E"])
            return
        if span := self._span_of(line, trigger, "the trigger of an event"):
            self.triggers[name] = trigger
            span.fields[name].append(" ".join([type_, *others]))
            self.told["events, as fields of their triggers"] += 1

    def _relation(self, line: int, name: str, rest: str) -> None:
        type_, *ends = rest.split() or [""]
        arguments = [end.partition(":")[2] for end in ends]
        if not type_ or len(ends) < 2 or not all(arguments):
            self._wrong(line, f"{name} {rest!r:.80}", _EXPECTED["R"])
            return
        spans = [self._span_of(line, argument, "an annotation that is related") for argument in arguments]
        if spans[0] is not None:
            self.relations[name] = self.triggers.get(arguments[0], arguments[0])
            spans[0].fields[name].append(" ".join([type_, *ends]))
            self.told["relations, as fields of what they begin with"] += 1

    def _attribute(self, line: int, rest: str) -> None:
        name, target, value = (*rest.split(maxsplit=2), "", "", "")[:3]
        if not target:
            self._wrong(line, f"{rest!r:.80}", _EXPECTED["A"])
        elif span := self._span_of(line, target, "an annotation that has the attribute"):
            span.fields[name].append(value or "yes")

    def _about(self, line: int, name: str, rest: str) -> None:
        """Read a note or a normalisation."""
        head, _, text = rest.partition("\t")
        type_, target, entry = (*head.split(maxsplit=2), "", "", "")[:3]
        if not target or (name[0] == "N" and not entry):
            self._wrong(line, f"{name} {rest!r:.80}", _EXPECTED[name[0]])
            return
        span = self._span_of(line, target, "the annotation of a note")
        if span is None:
            return
        if name[0] == "N":
            span.fields[name].append(f"{type_} {entry} {text}".strip())
        elif type_ == "AnnotatorNotes":
            span.notes.append(text)
        elif type_ == "code":
            span.codes.append(text)
        elif type_ in _OWN:
            span.own[type_] = text
        else:
            span.fields[type_].append(text)

    def _equal(self, line: int, rest: str, content: str) -> None:
        type_, *names = rest.split() or [""]
        if not type_ or len(names) < 2:
            self._wrong(line, f"{content!r:.80}", _EXPECTED["*"])
        elif span := self._span_of(line, names[0], "annotations that are equal"):
            span.fields[type_] += names[1:]
            self.told["groups of equal annotations, as a field of the first"] += 1

    def annotations(
        self, document: str, text: str, ids: dict[str, str], told: Counter[str]
    ) -> list[Annotation]:
        """Return the annotations with their places in the text."""
        stretches = [
            (span.fragments[0][0], span.fragments[-1][1], _words(span)) for span in self.spans.values()
        ]
        places, way = placed(text, stretches)
        if stretches and way != "code points":
            told[f"documents whose offsets count {way}, not code points"] += 1
        exact = quoted(text, places, self.where)
        return [
            self._annotation(Document(document_id=document, text=text), name, place, words, told, ids)
            for name, place, words in zip(self.spans, places, exact, strict=True)
        ]

    def _annotation(
        self,
        document: Document,
        name: str,
        place: tuple[int, int] | None,
        words: str,
        told: Counter[str],
        ids: dict[str, str],
    ) -> Annotation:
        span = self.spans[name]
        if place is None:
            told["annotations whose words are not at their place, read by their words"] += 1
        elif _gaps(document.text, span):
            told["annotations of several fragments, read as one stretch from first to last"] += 1
            span.fields["fragments"] = [f"{start} {end}" for start, end in span.fragments]
        start, end = place or (None, None)
        codes = [span.type, *span.codes] if span.type != NO_CODE else span.codes
        return Annotation(
            annotation_id=span.own.get("id") or f"{document.document_id}.{name}",
            document_id=document.document_id,
            start=start,
            end=end,
            exact=words or span.words,
            codes=tuple(ids.get(code, code) for code in codes),
            note="; ".join(filter(None, span.notes)),
            coder=span.own.get("coder", ""),
            created=span.own.get("created", ""),
            fields={name: "; ".join(values) for name, values in span.fields.items()},
        )


def _words(span: _Span) -> str:
    """Return the words of a stretch, or nothing where the file gives those of its fragments alone."""
    return span.words if len(span.fragments) == 1 else ""


def _gaps(text: str, span: _Span) -> bool:
    """Return whether there are words between the fragments, not only the line ends at which brat cuts a stretch."""
    pairs = zip(span.fragments, span.fragments[1:], strict=False)
    return any(text[end:start].strip() for (_, end), (start, _) in pairs)


FORMAT = Format(
    name="brat",
    text="brat stand-off, a folder of .txt and .ann files",
    suffixes=(),
    read=read,
    write=write,
    tried="NCBI disease documents in brat stand-off",
)
